/* Names to what they mean: name[@selector]… */
#include "calc/expr_node.h"

#include <string.h>

struct lookup {
    struct arena *arena;
    struct diag *diag;
    const struct course *course;
    const struct block *log;
    const char *base; /* the name without its selectors */
    struct span at;
    int depth;
};

const struct expr *reference_expr(const struct reference *reference) {
    if (reference->kind == REFERENCE_CALC)
        return reference->block->expr;
    return reference->column ? reference->column->calc : NULL;
}

static const struct column *find_column(const struct block *log, const char *id) {
    for (size_t i = 0; i < log->column_count; i++)
        if (strcmp(log->columns[i].id, id) == 0)
            return &log->columns[i];
    return NULL;
}

/* Properties of the course itself, as text or date; missing if it does not give them. */
static struct value course_property(const struct course *course, const char *name) {
    const struct {
        const char *name, *text;
    } texts[] = {
        {"title", course->title},         {"version", course->version},
        {"publisher", course->publisher}, {"licence", course->licence},
        {"language", course->language},   {"currency", course->currency},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].name, name) == 0 && texts[i].text)
            return value_text(texts[i].text);
    if (strcmp(name, "start") == 0 && course->start != DATE_NONE)
        return value_date(course->start);
    for (size_t i = 0; i < course->values.count; i++)
        if (strcmp(course->values.at[i].name, name) == 0)
            return course->values.at[i].value;
    return VALUE_NONE;
}

static bool find_course(const struct lookup *lookup, struct reference *reference) {
    if (strncmp(lookup->base, "course.", 7) != 0)
        return false;
    const char *name = lookup->base + 7;
    reference->kind = REFERENCE_COURSE;
    reference->constant = course_property(lookup->course, name);
    /* The build's date is settled after names are: read when evaluated. */
    return !value_is_missing(reference->constant) || strcmp(name, "as-of") == 0;
}

static bool find_profile(const struct lookup *lookup, struct reference *reference) {
    reference->profile = course_find_profile(lookup->course, lookup->base);
    if (reference->profile < 0)
        return false;
    reference->kind = REFERENCE_PROFILE;
    reference->may_be_missing = !lookup->course->profile.at[reference->profile].required;
    return true;
}

static bool find_in_log(const struct lookup *lookup, const struct block *log, const char *id,
                        enum reference_kind kind, struct reference *reference) {
    const struct column *column = find_column(log, id);
    if (!column)
        return false;
    reference->kind = kind;
    reference->block = log;
    reference->column = column;
    reference->slot = column->calc ? NULL : column->slot;
    if (!column->calc && !column->slot)
        reference->slot = course_find_slot(lookup->course, column->name);
    return true;
}

static bool find_slot(const struct lookup *lookup, struct reference *reference) {
    const struct slot *slot = course_find_slot(lookup->course, lookup->base);
    if (!slot || slot->rows || slot->repeat)
        return false;
    reference->kind = REFERENCE_SLOT;
    reference->slot = slot;
    reference->block = slot->block;
    return true;
}

/* A calc, a whole rating or checklist, an ask of a rating, a column of a log. */
static bool find_block(const struct lookup *lookup, struct reference *reference) {
    const char *dot = strchr(lookup->base, '.');
    const char *id = dot ? arena_strndup(lookup->arena, lookup->base, (size_t)(dot - lookup->base))
                         : lookup->base;
    const struct block *block = course_find_block(lookup->course, id);
    if (!block)
        return false;
    reference->block = block;
    if (dot && block->column_count)
        return find_in_log(lookup, block, dot + 1, REFERENCE_COLUMN, reference);
    if (!dot && block->expr) {
        struct expr *expr = (struct expr *)(uintptr_t)block->expr;
        if (lookup->depth < EXPR_CALC_DEPTH_LIMIT)
            expr_resolve_at(expr, lookup->arena, lookup->diag, lookup->course, NULL,
                            lookup->depth + 1);
        reference->kind = REFERENCE_CALC;
        reference->may_be_missing = expr->state != EXPR_RESOLVED || expr->may_be_missing;
        return true;
    }
    reference->kind = REFERENCE_SLOTS;
    if (!dot)
        return block->item_count > 0 && block->slot_count > 0;
    for (size_t i = 0; i < block->ask_count; i++)
        if (strcmp(block->asks[i].id, dot + 1) == 0)
            reference->ask = block->asks[i].id;
    return reference->ask != NULL;
}

static const char *const properties[] = {"value",  "name",    "answered", "missing",
                                         "change", "sitting", "day"};
enum { PROPERTY_COUNT = sizeof properties / sizeof *properties };

static bool has_property(const struct score *score, int property) {
    return property != PROPERTY_NAME || score->band_count;
}

static int property_find(const struct score *score, const char *word) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (strcmp(properties[i], word) == 0 && has_property(score, i))
            return i;
    return -1;
}

static void report_dimension(const struct lookup *lookup, const struct score *score,
                             const char *word) {
    struct strings names = {0};
    for (size_t i = 0; i < score->dimension_count; i++)
        VEC_PUSH(lookup->arena, &names, score->dimensions[i]);
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (has_property(score, i))
            VEC_PUSH(lookup->arena, &names, properties[i]);
    diag_report(lookup->diag, DIAG_EXPR_DIMENSION, lookup->at, score->id, word,
                diag_nearest(word, names.at, names.count),
                diag_list(lookup->arena, names.at, names.count));
}

/* ".dimension", ".property", both in this order, or nothing: the value. */
static bool score_parts(const struct lookup *lookup, const struct score *score, const char *rest,
                        struct reference *reference) {
    reference->dimension = -1;
    reference->property = PROPERTY_VALUE;
    bool property = false;
    while (*rest == '.') {
        rest++;
        size_t length = strcspn(rest, ".");
        const char *word = arena_strndup(lookup->arena, rest, length);
        int found = -1;
        for (size_t i = 0; reference->dimension < 0 && !property && i < score->dimension_count; i++)
            if (strcmp(score->dimensions[i], word) == 0)
                found = (int)i;
        if (found >= 0) {
            reference->dimension = found;
        } else if (!property && property_find(score, word) >= 0) {
            reference->property = (enum score_property)property_find(score, word);
            property = true;
        } else {
            report_dimension(lookup, score, word);
            return false;
        }
        rest += length;
    }
    return true;
}

/* Who may answer what a score pools; 0 if check could not resolve its parts. */
static uint32_t score_answerers(const struct score *score) {
    uint32_t mask = 0;
    for (size_t p = 0; p < score->part_count; p++)
        for (size_t i = 0; i < score->parts[p].rating->slot_count; i++)
            mask |= score->parts[p].rating->slots[i]->respondents;
    return mask;
}

/* "score.ID…": true if the score exists; *ok false if its parts were reported. */
static bool find_score(const struct lookup *lookup, struct reference *reference, bool *ok) {
    if (strncmp(lookup->base, "score.", 6) != 0)
        return false;
    const char *name = lookup->base + 6;
    size_t length = strcspn(name, ".");
    const struct score *score =
        course_find_score(lookup->course, arena_strndup(lookup->arena, name, length));
    if (!score)
        return false;
    reference->kind = REFERENCE_SCORE;
    reference->score = score;
    reference->respondent = score->respondent;
    uint32_t mask = score_answerers(score);
    if (score->respondent == RESPONDENT_NONE && mask && !(mask & (mask - 1)))
        reference->respondent = __builtin_ctz(mask);
    *ok = score_parts(lookup, score, name + length, reference);
    return true;
}

static void add_candidates(const struct lookup *lookup, struct strings *names) {
    struct arena *arena = lookup->arena;
    const struct course *course = lookup->course;
    static const char *const fixed[] = {"course.title",   "course.version",  "course.publisher",
                                        "course.licence", "course.language", "course.currency",
                                        "course.start",   "course.as-of",    "cohort.name",
                                        "cohort.count",   "cohort.answered"};
    for (size_t i = 0; lookup->log && i < lookup->log->column_count; i++)
        VEC_PUSH(arena, names, lookup->log->columns[i].id);
    for (size_t i = 0; i < course->profile.count; i++)
        VEC_PUSH(arena, names, course->profile.at[i].name);
    for (size_t i = 0; i < course->slots.count; i++)
        VEC_PUSH(arena, names, course->slots.at[i]->name);
    for (size_t i = 0; i < course->blocks.count; i++) {
        const struct block *block = course->blocks.at[i];
        if (block->id && (block->expr || block->item_count))
            VEC_PUSH(arena, names, block->id);
        for (size_t k = 0; block->id && k < block->ask_count; k++)
            VEC_PUSH(arena, names, arena_printf(arena, "%s.%s", block->id, block->asks[k].id));
        for (size_t k = 0; k < block->column_count; k++)
            VEC_PUSH(arena, names, block->columns[k].name);
    }
    for (size_t i = 0; i < course->scores.count; i++) {
        VEC_PUSH(arena, names, arena_printf(arena, "score.%s", course->scores.at[i].id));
        for (int k = 0; k < PROPERTY_COUNT; k++)
            VEC_PUSH(arena, names,
                     arena_printf(arena, "score.%s.%s", course->scores.at[i].id, properties[k]));
    }
    for (size_t i = 0; i < course->values.count; i++)
        VEC_PUSH(arena, names, arena_printf(arena, "course.%s", course->values.at[i].name));
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        VEC_PUSH(arena, names, fixed[i]);
}

static void report_unknown(const struct lookup *lookup) {
    const struct block *block = course_find_block(lookup->course, lookup->base);
    struct strings names = {0};
    if (block && block->column_count) {
        for (size_t i = 0; i < block->column_count; i++)
            VEC_PUSH(lookup->arena, &names, block->columns[i].name);
    } else {
        /* block.item of a rating that asks several things about it */
        size_t length = strlen(lookup->base);
        for (size_t i = 0; i < lookup->course->slots.count; i++) {
            const char *name = lookup->course->slots.at[i]->name;
            if (strncmp(name, lookup->base, length) == 0 && name[length] == '.')
                VEC_PUSH(lookup->arena, &names, name);
        }
    }
    if (block || names.count) {
        diag_report(lookup->diag, DIAG_EXPR_NO_VALUE, lookup->at, lookup->base,
                    diag_list(lookup->arena, names.at, names.count));
        return;
    }
    add_candidates(lookup, &names);
    const char *nearest = diag_nearest(lookup->base, names.at, names.count);
    const char *hint = strcmp(lookup->base, "AND") == 0 || strcmp(lookup->base, "OR") == 0 ||
                               strcmp(lookup->base, "NOT") == 0
                           ? "write and, or, not in small letters"
                           : "names are ids of fields, items, calcs, log.column, score.ID.value, "
                             "profile fields and course.…";
    diag_report(lookup->diag, DIAG_EXPR_NAME, lookup->at, lookup->base, nearest, hint);
}

/* --- selectors --- */

static bool takes_sitting(const struct reference *reference) {
    return reference->kind == REFERENCE_SLOT || reference->kind == REFERENCE_SLOTS ||
           reference->kind == REFERENCE_SCORE;
}

/* "3": the third sitting where the course names none. */
static int32_t sitting_number(const struct course *course, const char *word) {
    int32_t number = 0;
    if (course->sittings.count || !*word || strlen(word) > 4)
        return -1;
    for (; *word >= '0' && *word <= '9'; word++)
        number = number * 10 + (*word - '0');
    return *word ? -1 : number - 1;
}

static bool select_sitting(const struct lookup *lookup, const char *word,
                           struct reference *reference) {
    const struct course *course = lookup->course;
    if (strcmp(word, "first") == 0 || strcmp(word, "previous") == 0) {
        reference->sitting = *word == 'f' ? SITTING_FIRST : SITTING_PREVIOUS;
        return true;
    }
    for (size_t i = 0; i < course->sittings.count; i++)
        if (strcmp(course->sittings.at[i].id, word) == 0) {
            reference->sitting = SITTING_NAMED;
            reference->sitting_index = (int32_t)i;
            return true;
        }
    int32_t number = sitting_number(course, word);
    if (number >= 0) {
        reference->sitting = SITTING_NAMED;
        reference->sitting_index = number;
        return true;
    }
    reference->date = date_parse_iso(word, strlen(word));
    reference->sitting = SITTING_ON_DATE;
    return reference->date != DATE_NONE;
}

static void report_selector(const struct lookup *lookup, const char *word) {
    struct strings names = {0};
    VEC_PUSH(lookup->arena, &names, "first");
    VEC_PUSH(lookup->arena, &names, "previous");
    for (size_t i = 0; i < lookup->course->respondents.count; i++)
        VEC_PUSH(lookup->arena, &names, lookup->course->respondents.at[i].id);
    for (size_t i = 0; i < lookup->course->sittings.count; i++)
        VEC_PUSH(lookup->arena, &names, lookup->course->sittings.at[i].id);
    const char *nearest = diag_nearest(word, names.at, names.count), *hint = NULL;
    const char *dot = strchr(word, '.');
    if (dot)
        hint = arena_printf(lookup->arena, "what begins with @ comes last: %s%s@%.*s", lookup->base,
                            dot, (int)(dot - word), word);
    else if (nearest)
        hint = arena_printf(lookup->arena, "did you mean '@%s'?", nearest);
    diag_report(lookup->diag, DIAG_EXPR_SELECTOR, lookup->at, word, hint);
}

static bool answered_by(const struct reference *reference, int32_t respondent) {
    uint32_t mask = 0;
    if (reference->kind == REFERENCE_SCORE)
        mask = score_answerers(reference->score);
    else if (reference->kind == REFERENCE_SLOT)
        mask = reference->slot->respondents;
    else
        for (size_t i = 0; i < reference->block->slot_count; i++)
            mask |= reference->block->slots[i]->respondents;
    return !mask || (mask >> respondent & 1);
}

static bool apply_selector(const struct lookup *lookup, const char *word,
                           struct reference *reference, bool *whose, bool *when) {
    int32_t respondent = course_find_respondent(lookup->course, word);
    if (respondent == RESPONDENT_NONE && !select_sitting(lookup, word, reference)) {
        report_selector(lookup, word);
        return false;
    }
    bool *given = respondent == RESPONDENT_NONE ? when : whose;
    if (*given) {
        diag_report(lookup->diag, DIAG_EXPR_SELECTOR_TWICE, lookup->at, reference->text,
                    given == when ? "which sitting" : "whose answer");
        return false;
    }
    *given = true;
    if (!takes_sitting(reference)) {
        diag_report(lookup->diag, DIAG_EXPR_SELECTOR_UNFIT, lookup->at, lookup->base, word);
        return false;
    }
    if (respondent == RESPONDENT_NONE)
        return true;
    if (!answered_by(reference, respondent)) {
        diag_report(lookup->diag, DIAG_EXPR_NOT_ANSWERED_BY, lookup->at, lookup->base, word);
        return false;
    }
    reference->respondent = respondent;
    return true;
}

/* Whether a .repeat is around it is looked at by check, which knows where the name stands. */
static bool find_period(const struct lookup *lookup, struct reference *reference) {
    static const char *const names[] = {"period.from", "period.to", "period.number"};
    for (int i = 0; i < 3; i++)
        if (strcmp(lookup->base, names[i]) == 0) {
            reference->kind = REFERENCE_PERIOD;
            reference->period = (enum period_property)i;
            reference->may_be_missing = false;
            return true;
        }
    return false;
}

static bool find_cohort(const struct lookup *lookup, struct reference *reference) {
    static const char *const names[] = {"cohort.name", "cohort.count", "cohort.answered"};
    for (int i = 0; i < 3; i++)
        if (strcmp(lookup->base, names[i]) == 0) {
            reference->kind = REFERENCE_COHORT;
            reference->cohort = (enum cohort_property)i;
            reference->may_be_missing = false;
            return true;
        }
    return false;
}

static bool find_base(const struct lookup *lookup, struct reference *reference) {
    bool ok = true;
    if (find_period(lookup, reference) || find_cohort(lookup, reference))
        return true;
    if (lookup->log && !strchr(lookup->base, '.') &&
        find_in_log(lookup, lookup->log, lookup->base, REFERENCE_OWN_ROW, reference))
        return true;
    if (find_course(lookup, reference)) {
        reference->may_be_missing = false;
        return true;
    }
    if (find_profile(lookup, reference))
        return true;
    if (find_score(lookup, reference, &ok))
        return ok;
    reference->block = NULL;
    if (find_slot(lookup, reference) || find_block(lookup, reference))
        return true;
    report_unknown(lookup);
    return false;
}

struct reference *reference_resolve_at(struct arena *arena, struct diag *diag,
                                       const struct course *course, const struct block *log,
                                       const char *text, struct span at, int depth) {
    struct reference *reference = ARENA_NEW(arena, struct reference);
    reference->text = arena_strdup(arena, text);
    reference->at = at;
    reference->dimension = -1;
    reference->respondent = RESPONDENT_NONE;
    reference->date = DATE_NONE;
    reference->may_be_missing = true;
    size_t length = strcspn(text, "@");
    struct lookup lookup = {arena, diag, course, log, arena_strndup(arena, text, length),
                            at,    depth};
    if (!find_base(&lookup, reference))
        return NULL;
    bool whose = false, when = false;
    for (const char *rest = text + length; *rest == '@'; rest += length) {
        rest++;
        length = strcspn(rest, "@");
        if (!apply_selector(&lookup, arena_strndup(arena, rest, length), reference, &whose, &when))
            return NULL;
    }
    return reference;
}

struct reference *reference_resolve(struct arena *arena, struct diag *diag,
                                    const struct course *course, const struct block *log,
                                    const char *text, struct span at) {
    return reference_resolve_at(arena, diag, course, log, text, at, 0);
}
