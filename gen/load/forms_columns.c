/* What the columns of a form's export are: by the format's own names, by `columns:` in course.yml, or
 * by the question's own words. */
#include "load/forms.h"

#include "calc/format.h"

static const struct {
    const char *name;
    enum form_kind kind;
} heads[] = {{"participant", FORM_PARTICIPANT}, {"date", FORM_DATE},
             {"respondent", FORM_RESPONDENT},   {"sitting", FORM_SITTING},
             {"cohort", FORM_COHORT},           {"skip", FORM_SKIP}};

enum { HEAD_COUNT = sizeof heads / sizeof *heads };

struct lookup {
    struct reader *reader;
    const struct course *course;
    struct map questions; /* folded words → struct slot; &doubtful where two slots share them */
    struct map mapped;    /* folded header → struct name: `columns:` */
};

static const struct slot doubtful;

static void add_question(struct lookup *lookup, const char *words, const struct slot *slot) {
    const char *key = fold_words(lookup->reader->arena, words);
    const struct slot *other = map_find(&lookup->questions, key);
    map_set(&lookup->questions, key, (void *)(other && other != slot ? &doubtful : slot));
}

/* "Question", "Item", and as grids are exported "Question [Item]"; each only if it is one slot's. */
static void add_questions(struct lookup *lookup) {
    struct arena *arena = lookup->reader->arena;
    for (size_t i = 0; i < lookup->course->slots.count; i++) {
        const struct slot *slot = lookup->course->slots.at[i];
        if (slot->rows || slot->repeat || slot->computed)
            continue;
        if (slot->ask && slot->item) {
            const struct block *block = slot->block;
            for (size_t a = 0; a < block->ask_count; a++)
                if (strcmp(block->asks[a].id, slot->ask) == 0)
                    add_question(
                        lookup,
                        arena_printf(arena, "%s [%s]", block->asks[a].label, slot->item->label),
                        slot);
        } else if (slot->item) {
            add_question(lookup, slot->item->label, slot);
            add_question(lookup,
                         arena_printf(arena, "%s [%s]", slot->block->label, slot->item->label),
                         slot);
        } else if (slot->label) {
            add_question(lookup, slot->label, slot);
        }
    }
}

/* "block[item][ask]", as survey programs write it, to "block.item.ask". */
static const char *dotted(struct arena *arena, const char *text) {
    char *out = arena_strdup(arena, text), *put = out;
    for (const char *at = text; *at; at++) {
        if (*at == ']')
            continue;
        *put++ = *at == '[' ? '.' : *at;
    }
    *put = 0;
    return out;
}

static const struct option *find_option(const struct slot *slot, const char *id) {
    for (size_t i = 0; i < slot->option_count; i++)
        if (strcmp(slot->options[i].id, id) == 0)
            return &slot->options[i];
    return NULL;
}

/* "NAME[@RESPONDENT]": a head, a profile field, a slot, or an option of a choice of several. */
static bool find_name(struct lookup *lookup, const char *text, struct form_column *column) {
    struct arena *arena = lookup->reader->arena;
    const struct course *course = lookup->course;
    const char *at = strchr(text, '@');
    const char *name = at ? arena_strndup(arena, text, (size_t)(at - text)) : text;
    *column = (struct form_column){.respondent = RESPONDENT_NONE, .profile = -1};
    if (at && (column->respondent = course_find_respondent(course, at + 1)) == RESPONDENT_NONE)
        return false;
    for (size_t i = 0; i < HEAD_COUNT && !at; i++)
        if (strcmp(name, heads[i].name) == 0) {
            column->kind = heads[i].kind;
            return true;
        }
    const char *field = strncmp(name, "profile.", 8) == 0 ? name + 8 : name;
    column->profile = course_find_profile(course, field);
    if (column->profile >= 0) {
        column->kind = FORM_PROFILE;
        return true;
    }
    name = dotted(arena, name);
    column->kind = FORM_SLOT;
    column->slot = course_find_slot(course, name);
    if (column->slot)
        return !column->slot->computed && !column->slot->repeat;
    const char *dot = strrchr(name, '.');
    if (!dot)
        return false;
    column->slot = course_find_slot(course, arena_strndup(arena, name, (size_t)(dot - name)));
    column->kind = FORM_OPTION;
    column->option = column->slot && column->slot->type == SLOT_CHOICES
                         ? find_option(column->slot, dot + 1)
                         : NULL;
    return column->option != NULL;
}

static void report_target(struct lookup *lookup, const struct name *target) {
    const struct course *course = lookup->course;
    struct strings names = {0};
    struct arena *arena = lookup->reader->arena;
    for (size_t i = 0; i < HEAD_COUNT; i++)
        VEC_PUSH(arena, &names, heads[i].name);
    for (size_t i = 0; i < course->profile.count; i++)
        VEC_PUSH(arena, &names, course->profile.at[i].name);
    for (size_t i = 0; i < course->slots.count; i++)
        VEC_PUSH(arena, &names, course->slots.at[i]->name);
    diag_report(lookup->reader->diag, DIAG_CSV_TARGET_UNKNOWN, target->at, target->text,
                diag_nearest(target->text, names.at, names.count));
}

static bool find_column(struct lookup *lookup, const char *header, struct form_column *column) {
    const char *words = fold_words(lookup->reader->arena, header);
    const struct name *target = map_find(&lookup->mapped, words);
    if (target) {
        bool found = find_name(lookup, target->text, column);
        if (!found)
            *column = (struct form_column){.kind = FORM_SKIP}; /* reported once, for all files */
        return true;
    }
    if (find_name(lookup, header, column))
        return true;
    const struct slot *slot = map_find(&lookup->questions, words);
    if (!slot || slot == &doubtful)
        return false;
    *column = (struct form_column){
        .kind = FORM_SLOT, .slot = slot, .profile = -1, .respondent = RESPONDENT_NONE};
    return true;
}

static bool same_column(const struct form_column *a, const struct form_column *b) {
    return a->kind == b->kind && a->kind != FORM_SKIP && a->slot == b->slot &&
           a->option == b->option && a->profile == b->profile && a->respondent == b->respondent;
}

void forms_check_targets(struct reader *reader, const struct course *course) {
    struct lookup lookup = {.reader = reader, .course = course};
    struct form_column column;
    for (size_t i = 0; i < course->columns.count; i++)
        if (!find_name(&lookup, course->columns.at[i].target.text, &column))
            report_target(&lookup, &course->columns.at[i].target);
}

/* Whether the file says who and when. */
static bool check_heads(struct lookup *lookup, const struct form *form,
                        const struct csv_cell *first) {
    bool who = false, when = false;
    for (size_t i = 0; i < form->count; i++) {
        who = who || form->columns[i].kind == FORM_PARTICIPANT;
        when = when || form->columns[i].kind == FORM_DATE;
    }
    struct span at = csv_span(&form->csv, first);
    if (!who)
        diag_report(lookup->reader->diag, DIAG_CSV_NO_HEAD, at, "participant");
    if (!when)
        diag_report(lookup->reader->diag, DIAG_CSV_NO_HEAD, at, "date");
    return who && when;
}

bool form_read_header(struct reader *reader, const struct course *course, struct form *form,
                      const struct csv_row *header) {
    struct lookup lookup = {.reader = reader, .course = course};
    map_init(&lookup.questions, reader->arena);
    map_init(&lookup.mapped, reader->arena);
    add_questions(&lookup);
    for (size_t i = 0; i < course->columns.count; i++) {
        struct column_header *column = &course->columns.at[i];
        map_set(&lookup.mapped, fold_words(reader->arena, column->text), &column->target);
    }
    form->columns = ARENA_ARRAY(reader->arena, struct form_column, header->count);
    form->count = header->count;
    for (size_t i = 0; i < header->count; i++) {
        struct form_column *column = &form->columns[i];
        struct span at = csv_span(&form->csv, &header->at[i]);
        if (!find_column(&lookup, header->at[i].text, column)) {
            *column = (struct form_column){.kind = FORM_SKIP};
            if (*header->at[i].text)
                diag_report(reader->diag, DIAG_CSV_COLUMN_UNKNOWN, at, header->at[i].text);
        }
        for (size_t k = 0; k < i; k++)
            if (same_column(&form->columns[k], column)) {
                diag_report(reader->diag, DIAG_CSV_COLUMN_TWICE, at, header->at[i].text,
                            header->at[k].text);
                column->kind = FORM_SKIP;
            }
    }
    form->month_first = date_is_month_first(course);
    return check_heads(&lookup, form, &header->at[0]);
}
