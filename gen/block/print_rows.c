/* .rows: what was filled into a log, shown elsewhere; blank: empty rows to copy it into by hand. */
#include "block/print_log.h"

#include "calc/expr.h"

#include <stdlib.h>

enum { CELL_PAD_UM = 1000, BLANK_ROWS = 3 };

/* A row with what it is sorted by. */
struct sorted_row {
    int32_t row;
    struct value key;
    bool descending;
};

static int compare_values(struct value a, struct value b) {
    if (a.kind == VALUE_TEXT && b.kind == VALUE_TEXT)
        return strcmp(a.text, b.text);
    return (a.number > b.number) - (a.number < b.number);
}

/* Rows without a key come last, equal ones in the log's order. */
static int by_key(const void *left, const void *right) {
    const struct sorted_row *a = left, *b = right;
    bool lacking[2] = {value_is_missing(a->key), value_is_missing(b->key)};
    if (lacking[0] != lacking[1])
        return lacking[0] ? 1 : -1;
    int order = lacking[0] ? 0 : compare_values(a->key, b->key);
    order = a->descending ? -order : order;
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

static bool row_holds(struct print *print, const struct expr *where, int32_t row) {
    if (!where)
        return true;
    struct scope scope = print->scope;
    scope.row = row;
    scope.unticked_is_no = true;
    struct value value = expr_eval(where, &scope);
    return (value.kind == VALUE_BOOL || value.kind == VALUE_NUMBER) && value.number != 0;
}

static struct sorted_row *chosen_rows(struct print *print, const struct block *block,
                                      size_t *count) {
    int32_t filled = scope_log_rows(&print->scope, block->log);
    struct sorted_row *rows = ARENA_ARRAY(print->arena, struct sorted_row, filled + 1);
    *count = 0;
    for (int32_t r = 0; r < filled; r++) {
        if (!row_holds(print, block->where, r))
            continue;
        struct value key = block->sort ? log_value(print, block->sort, r) : VALUE_NONE;
        rows[(*count)++] = (struct sorted_row){r, key, block->descending};
    }
    if (*count)
        qsort(rows, *count, sizeof *rows, by_key);
    if (block->top > 0 && *count > (size_t)block->top)
        *count = (size_t)block->top;
    return rows;
}

static struct flow *rows_table(struct print *print, const struct block *block) {
    struct table_column *columns =
        ARENA_ARRAY(print->arena, struct table_column, block->shown_count);
    for (size_t c = 0; c < block->shown_count; c++)
        columns[c] =
            (struct table_column){log_column_width(print, block->shown, block->shown_count, c),
                                  log_column_align(block->shown[c])};
    struct flow *table = flow_table_new(print, ROLE_TABLE, columns, block->shown_count);
    table->at = block->at;
    table->rules_between = true;
    table->cell_pad_um = CELL_PAD_UM;
    log_add_heads(print, table, block->shown, block->shown_count);
    return table;
}

static struct flow *filled_cell(struct print *print, const struct column *column, int32_t row) {
    struct value value = log_value(print, column, row);
    if (column->type == SLOT_CHECK) {
        bool done = value.kind == VALUE_DATE || (value.kind == VALUE_BOOL && value.number != 0);
        return log_text_cell(print, column, print_word(print, done ? WORD_YES : WORD_NO));
    }
    bool empty = value_is_missing(value) && !column->calc;
    return log_text_cell(print, column, empty ? "" : log_cell_text(print, column, value));
}

/* A place to copy a cell into: it belongs to this page alone, not to the log. */
static struct flow *empty_cell(struct print *print, const struct block *block, size_t column,
                               int32_t row) {
    const char *label = block->shown[column]->label;
    struct field *field = ARENA_NEW(print->arena, struct field);
    *field = (struct field){
        .kind = FIELD_TEXT,
        .respondent = RESPONDENT_NONE,
        .row = -1,
        .name = arena_printf(print->arena, "_rows%zu.%d.%s", block->index, row + 1,
                             block->shown[column]->id),
        .tooltip = arena_printf(print->arena, "%s, %d", label, row + 1),
    };
    struct flow *line = flow_line(print, field);
    line->height_um = print->theme->write_line_um - 2 * CELL_PAD_UM;
    line->colour = COLOUR_NONE;
    return line;
}

struct flow *print_rows(struct print *print, const struct block *block) {
    if (!block->log || block->shown_count == 0)
        return NULL;
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    block_prompt(print, stack, block);
    size_t count;
    const struct sorted_row *rows = chosen_rows(print, block, &count);
    bool blank = !print->edition->participant;
    if (!count && !blank) {
        flow_add(stack, paragraph_text(print, ROLE_P, STYLE_HINT, print_word(print, WORD_NO_ROWS)));
        return stack;
    }
    struct flow *table = rows_table(print, block);
    if (blank)
        count = block->top > 0 ? (size_t)block->top : BLANK_ROWS;
    for (size_t r = 0; r < count; r++) {
        struct flow *row = flow_row(print, table);
        row->keep_together = true;
        row->keep_with_next = print_row_keeps(r, count);
        row->min_height_um = blank ? print->theme->write_line_um : 0;
        for (size_t c = 0; c < block->shown_count; c++)
            flow_cell(print, row,
                      blank ? empty_cell(print, block, c, (int32_t)r)
                            : filled_cell(print, block->shown[c], rows[r].row),
                      false)
                ->ground = log_column_ground(print, c);
    }
    flow_add(stack, table);
    return stack;
}
