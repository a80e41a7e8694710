/* A participant's rows of forms, as if each were a file of answers: what a column holds goes where
 * its question's key would stand, with the cell's place for messages. */
#include "load/forms.h"

enum { FORM_ROWS = 1000 }; /* of one participant */

static struct yaml *add_pair(struct yaml *map, const char *key, struct span at) {
    for (size_t i = 0; i < map->count; i++)
        if (strcmp(map->pairs[i].key, key) == 0)
            return &map->pairs[i].value;
    struct yaml_pair *pair = &map->pairs[map->count++];
    *pair = (struct yaml_pair){.key = key, .key_at = at};
    return &pair->value;
}

static void become_map(struct arena *arena, struct yaml *node, size_t room, struct span at) {
    if (node->kind == YAML_MAP)
        return;
    *node = (struct yaml){
        .kind = YAML_MAP, .at = at, .pairs = ARENA_ARRAY(arena, struct yaml_pair, room)};
}

/* Columns of a log make one row of it. */
static struct yaml *row_of_log(struct arena *arena, struct yaml *node, const struct block *log,
                               struct span at) {
    if (node->kind != YAML_LIST) {
        *node = (struct yaml){
            .kind = YAML_LIST, .at = at, .items = ARENA_NEW(arena, struct yaml), .count = 1};
        become_map(arena, &node->items[0], log->slot_count, at);
    }
    return &node->items[0];
}

static void add_value(struct arena *arena, struct yaml *root, const struct slot *slot,
                      struct yaml value) {
    const struct block *block = slot->block;
    struct yaml *node = add_pair(root, block->id, value.at);
    if (slot->rows) {
        struct yaml *row = row_of_log(arena, node, block, value.at);
        *add_pair(row, slot->column->id, value.at) = value;
        return;
    }
    if (slot->item) {
        become_map(arena, node, block->slot_count, value.at);
        node = add_pair(node, slot->item->id, value.at);
    }
    if (slot->ask) {
        become_map(arena, node, block->ask_count, value.at);
        node = add_pair(node, slot->ask, value.at);
    }
    *node = value;
}

/* A ticked option joins those that are ticked already. */
static void add_option(struct arena *arena, struct yaml *root, const struct form_column *column,
                       struct span at) {
    struct yaml *node = add_pair(root, column->slot->block->id, at);
    if (node->kind != YAML_LIST)
        *node =
            (struct yaml){.kind = YAML_LIST,
                          .at = at,
                          .items = ARENA_ARRAY(arena, struct yaml, column->slot->option_count + 1)};
    if (node->count < column->slot->option_count)
        node->items[node->count++] =
            (struct yaml){.kind = YAML_TEXT, .at = at, .text = column->option->id};
}

/* Anything but a no ticks an option: forms write yes, x, 1, or the option again. */
static bool is_ticked(struct answers_reader *reader, const struct form *form,
                      const struct csv_cell *cell) {
    static const struct slot check = {.type = SLOT_CHECK};
    struct yaml value = form_value(&reader->reader, reader->course, form, &check, cell);
    return value.kind == YAML_TEXT && strcmp(value.text, "false") != 0;
}

static int32_t find_respondent(struct answers_reader *reader, const struct form *form,
                               const struct csv_cell *cell) {
    const struct course *course = reader->course;
    struct strings known = {0};
    for (size_t i = 0; i < course->respondents.count; i++) {
        VEC_PUSH(reader->reader.arena, &known, course->respondents.at[i].id);
        if (same_words(course->respondents.at[i].id, cell->text) ||
            same_words(course->respondents.at[i].label, cell->text))
            return (int32_t)i;
    }
    diag_report(reader->reader.diag, DIAG_RESPONDENT_UNKNOWN, csv_span(&form->csv, cell),
                cell->text, diag_nearest(cell->text, known.at, known.count),
                diag_list(reader->reader.arena, known.at, known.count));
    return RESPONDENT_NONE;
}

/* What a row says of itself; false if it cannot be placed. */
static bool read_heads(struct answers_reader *reader, const struct form *form,
                       const struct csv_row *row, struct answer_file *file) {
    bool good = true;
    for (size_t i = 0; i < form->count && i < row->count; i++) {
        const struct csv_cell *cell = &row->at[i];
        switch (form->columns[i].kind) {
        case FORM_DATE:
            file->date = form_date(cell->text, form->month_first);
            if (file->date == DATE_NONE)
                diag_report(reader->reader.diag, DIAG_CSV_DATE, csv_span(&form->csv, cell),
                            cell->text);
            good = good && file->date != DATE_NONE;
            break;
        case FORM_RESPONDENT:
            if (*cell->text)
                file->respondent = find_respondent(reader, form, cell);
            good = good && file->respondent != RESPONDENT_NONE;
            break;
        case FORM_SITTING:
            if (*cell->text)
                file->sitting_name = (struct name){cell->text, csv_span(&form->csv, cell)};
            break;
        default:
            break;
        }
    }
    return good && file->date != DATE_NONE;
}

/* The answers of one respondent: `sender` gave those that name nobody. */
static struct yaml *row_answers(struct answers_reader *reader, const struct form *form,
                                const struct csv_row *row, int32_t respondent, bool sender) {
    struct arena *arena = reader->reader.arena;
    struct yaml *root = ARENA_NEW(arena, struct yaml);
    become_map(arena, root, form->count, csv_span(&form->csv, &row->at[0]));
    for (size_t i = 0; i < form->count && i < row->count; i++) {
        const struct form_column *column = &form->columns[i];
        const struct csv_cell *cell = &row->at[i];
        bool theirs =
            column->respondent == respondent || (column->respondent == RESPONDENT_NONE && sender);
        if (!theirs || !column->slot)
            continue;
        if (column->kind == FORM_OPTION) {
            if (is_ticked(reader, form, cell))
                add_option(arena, root, column, csv_span(&form->csv, cell));
            continue;
        }
        struct yaml value = form_value(&reader->reader, reader->course, form, column->slot, cell);
        if (value.kind != YAML_NULL)
            add_value(arena, root, column->slot, value);
    }
    return root;
}

static void read_row(struct answers_reader *reader, const struct form *form,
                     const struct form_row *at) {
    struct csv csv = form->csv;
    csv.offset = at->offset;
    csv.line = at->line;
    struct csv_row row;
    if (!csv_read(&csv, &reader->reader, &row))
        return;
    struct answer_file file = {.shown = csv.source->path,
                               .source = csv.source,
                               .line = at->line,
                               .date = DATE_NONE,
                               .respondent = 0};
    if (!read_heads(reader, form, &row, &file))
        return;
    int32_t sender = file.respondent;
    for (int32_t r = 0; r < (int32_t)reader->course->respondents.count; r++) {
        file.respondent = r;
        file.root = row_answers(reader, form, &row, r, r == sender);
        if (r == sender || file.root->count)
            VEC_PUSH(reader->reader.arena, &reader->files, file);
    }
}

void answers_read_forms(struct answers_reader *reader) {
    const struct forms *forms = reader->course->forms;
    size_t count;
    const struct form_row *rows = forms_find(forms, reader->id, &count);
    if (count > FORM_ROWS) {
        const struct csv *csv = &forms->at.at[rows[FORM_ROWS].form].csv;
        char limit[16];
        snprintf(limit, sizeof limit, "%d", FORM_ROWS);
        diag_report(reader->reader.diag, DIAG_CSV_ROWS_LIMIT,
                    source_span(csv->source, rows[FORM_ROWS].offset, 1), reader->id, limit);
        count = FORM_ROWS;
    }
    for (size_t i = 0; i < count; i++)
        read_row(reader, &forms->at.at[rows[i].form], &rows[i]);
}

static void fill_field(struct answers_reader *reader, const struct form *form,
                       const struct form_column *column, const struct csv_cell *cell,
                       struct value *values) {
    const struct slot slot = {.type = reader->course->profile.at[column->profile].type};
    struct yaml value = form_value(&reader->reader, reader->course, form, &slot, cell);
    if (value.kind != YAML_NULL && value_is_missing(values[column->profile]))
        answers_parse_type(&reader->reader, slot.type, &value, &values[column->profile]);
}

static void set_cohort(struct answers_reader *reader, struct participant *participant,
                       const char *cohort, struct span at) {
    if (strcmp(cohort, "all") == 0)
        diag_report(reader->reader.diag, DIAG_ID_RESERVED, at, cohort);
    else
        participant->cohort = cohort;
}

void answers_fill_profile(struct answers_reader *reader, struct participant *participant,
                          struct value *values) {
    const struct forms *forms = reader->course->forms;
    size_t count;
    const struct form_row *rows = forms_find(forms, reader->id, &count);
    for (size_t i = count; i-- > 0;) { /* the latest row knows best */
        const struct form *form = &forms->at.at[rows[i].form];
        struct csv csv = form->csv;
        csv.offset = rows[i].offset;
        csv.line = rows[i].line;
        struct csv_row row;
        if (!csv_read(&csv, &reader->reader, &row))
            continue;
        for (size_t c = 0; c < form->count && c < row.count; c++) {
            const struct form_column *column = &form->columns[c];
            if (column->kind == FORM_PROFILE)
                fill_field(reader, form, column, &row.at[c], values);
            if (column->kind == FORM_COHORT && *row.at[c].text && !participant->cohort &&
                id_check(&reader->reader, row.at[c].text, csv_span(&csv, &row.at[c])))
                set_cohort(reader, participant, row.at[c].text, csv_span(&csv, &row.at[c]));
        }
        if (!participant->cohort)
            participant->cohort = form->cohort;
    }
}
