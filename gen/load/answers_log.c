/* Logs: rows that accumulate over files and respondents.
 *
 * A row without `row:` gets the next free number, unless one of the same content is there already;
 * `row: 3` means the third row, whatever it holds so far. */
#include "load/answers.h"

#include "base/buf.h"

static struct log_rows *find_log(struct answers_reader *reader, const struct block *log) {
    for (size_t i = 0; i < reader->logs.count; i++)
        if (reader->logs.at[i].log == log)
            return &reader->logs.at[i];
    struct log_rows *made = VEC_ADD(reader->reader.arena, &reader->logs);
    made->log = log;
    map_init(&made->known, reader->reader.arena);
    return made;
}

struct cell {
    const struct slot *slot;
    struct value value;
    struct span at;
};

struct row {
    struct cell *cells;
    size_t count;
    int32_t number; /* from `row:`, from 1; 0 if not given */
};

static const struct slot *find_column(const struct block *log, const char *id) {
    for (size_t i = 0; i < log->slot_count; i++)
        if (log->slots[i]->column && strcmp(log->slots[i]->column->id, id) == 0)
            return log->slots[i];
    return NULL;
}

static void report_column(struct answers_reader *reader, const struct block *log,
                          const struct yaml_pair *pair) {
    struct strings known = {0};
    for (size_t i = 0; i < log->slot_count; i++)
        if (!log->slots[i]->computed && log->slots[i]->column->id)
            VEC_PUSH(reader->reader.arena, &known, log->slots[i]->column->id);
    VEC_PUSH(reader->reader.arena, &known, "row");
    diag_report(reader->reader.diag, DIAG_ANSWER_COLUMN, pair->key_at, pair->key,
                diag_nearest(pair->key, known.at, known.count),
                diag_list(reader->reader.arena, known.at, known.count), log->id);
}

/* Cells with mistakes are left out: the others may be what a ref points to. */
static void read_row(struct answers_reader *reader, const struct block *log, const struct yaml *map,
                     struct row *row) {
    row->cells = ARENA_ARRAY(reader->reader.arena, struct cell, map->count);
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        const struct slot *slot = find_column(log, pair->key);
        if (!slot && strcmp(pair->key, "row") == 0) {
            yaml_integer(&reader->reader, &pair->value, 1, ROW_LIMIT, &row->number);
            continue;
        }
        if (!slot) {
            report_column(reader, log, pair);
            continue;
        }
        if (slot->computed) {
            diag_report(reader->reader.diag, DIAG_ANSWER_COMPUTED, pair->key_at, pair->key);
            continue;
        }
        struct cell cell = {.slot = slot, .at = pair->value.at};
        if (answers_parse(&reader->reader, slot, &pair->value, &cell.value) &&
            !value_is_missing(cell.value))
            row->cells[row->count++] = cell;
    }
}

/* A row as text, columns in the log's order: the same content gives the same text. */
static const char *row_text(struct answers_reader *reader, const struct block *log,
                            const struct row *row) {
    struct buf out;
    buf_init(&out, reader->reader.arena);
    for (size_t i = 0; i < log->slot_count; i++) {
        for (size_t k = 0; k < row->count; k++) {
            const struct value *value = &row->cells[k].value;
            if (row->cells[k].slot != log->slots[i])
                continue;
            buf_printf(&out, "%zu:%d:%.17g:%zu:", i, (int)value->kind, value->number,
                       value->text ? strlen(value->text) : 0);
            if (value->text)
                buf_puts(&out, value->text);
        }
    }
    return out.data;
}

static void add_row(struct answers_reader *reader, const struct answer_file *file,
                    struct log_rows *log, const struct row *row, struct span at) {
    const char *text = row_text(reader, log->log, row);
    const int32_t *known = map_find(&log->known, text);
    int32_t number = row->number ? row->number - 1 : known ? *known : log->rows;
    if (number >= ROW_LIMIT) {
        diag_report(reader->reader.diag, DIAG_ANSWER_ROWS, at, log->log->id,
                    arena_printf(reader->reader.arena, "%d", ROW_LIMIT));
        return;
    }
    if (!known) {
        int32_t *kept = ARENA_NEW(reader->reader.arena, int32_t);
        *kept = number;
        map_set(&log->known, text, kept);
    }
    if (number >= log->rows)
        log->rows = number + 1;
    for (size_t i = 0; i < row->count; i++)
        answers_add(reader, file, row->cells[i].slot, number, row->cells[i].value,
                    row->cells[i].at);
}

void answers_read_log(struct answers_reader *reader, const struct answer_file *file,
                      const struct block *block, const struct yaml *list) {
    struct log_rows *log = find_log(reader, block);
    if (!yaml_is_list(&reader->reader, list, "a list of rows"))
        return;
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml *map = &list->items[i];
        struct row row = {0};
        if (map->kind == YAML_NULL || !yaml_is_map(&reader->reader, map, "{column: answer, …}"))
            continue;
        read_row(reader, block, map, &row);
        if (row.count)
            add_row(reader, file, log, &row, map->at);
    }
}

/* The first column of a log as people would name its rows. */
static void collect_names(struct answers_reader *reader, const struct block *log,
                          struct strings *names) {
    for (size_t i = 0; log && log->slot_count && i < reader->answers.count; i++) {
        const struct answer *answer = &reader->answers.at[i];
        if (answer->slot != log->slots[0])
            continue;
        char date[16];
        if (answer->value.kind == VALUE_DATE) {
            date_format_iso((date_t)answer->value.number, date);
            VEC_PUSH(reader->reader.arena, names, arena_strdup(reader->reader.arena, date));
        } else if (answer->value.kind == VALUE_TEXT) {
            VEC_PUSH(reader->reader.arena, names, answer->value.text);
        } else {
            VEC_PUSH(reader->reader.arena, names,
                     arena_printf(reader->reader.arena, "%.15g", answer->value.number));
        }
    }
}

void answers_check_refs(struct answers_reader *reader) {
    const struct block *collected = NULL;
    struct strings names = {0};
    struct map by_words = {0};
    for (size_t i = 0; i < reader->answers.count; i++) {
        struct answer *answer = &reader->answers.at[i];
        if (answer->slot->type != SLOT_REF || answer->value.kind != VALUE_TEXT)
            continue;
        const struct block *log = answer->slot->column->ref;
        if (log != collected) {
            names.count = 0;
            collect_names(reader, log, &names);
            collected = log;
            map_init(&by_words, reader->reader.arena);
            for (size_t k = names.count; k-- > 0;)
                map_set(&by_words, fold_words(reader->reader.arena, names.at[k]),
                        (void *)names.at[k]);
        }
        const char *found =
            log ? map_find(&by_words, fold_words(reader->reader.arena, answer->value.text)) : NULL;
        if (found)
            answer->value.text = found;
        else if (log)
            diag_report(reader->reader.diag, DIAG_ANSWER_REF, answer->at, answer->value.text,
                        log->id, diag_nearest(answer->value.text, names.at, names.count),
                        diag_list(reader->reader.arena, names.at, names.count));
    }
}
