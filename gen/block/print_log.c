/* .log: a table to fill over time. Rows that were filled come first, then empty ones up to rows=;
 * a dated log has one row a period, what was filled in standing in its period's row. */
#include "block/print_log.h"

#include "calc/expr.h"
#include "calc/format.h"
#include "model/address.h"

enum {
    CELL_PAD_UM = 1000,
    MANY_COLUMNS = 5, /* from here on columns are narrow: rows leave room for two lines */
    SECOND_LINE_UM = 3500,
};

/* One line of the table: the answers' row (-1: none yet) and its preset date. */
struct log_row {
    int32_t row;
    int32_t field_row; /* what its fields are called by */
    date_t date;
};

static bool is_dated(const struct block *block) {
    return block->every != EVERY_NONE && block->from != DATE_NONE && block->column_count &&
           block->columns[0].type == SLOT_DATE;
}

/* A filled row whose date lies in the period, not taken before; -1 if there is none. */
static int32_t row_of_period(struct print *print, const struct block *block, int32_t index,
                             int32_t filled, bool *taken) {
    date_t from = block_period_start(block, index);
    date_t to = block_period_start(block, index + 1);
    for (int32_t r = 0; r < filled; r++) {
        struct value date = print_answer(print, block->columns[0].slot, RESPONDENT_NONE, r);
        if (!taken[r] && date.kind == VALUE_DATE && date.number >= from && date.number < to) {
            taken[r] = true;
            return r;
        }
    }
    return -1;
}

static struct log_row *log_rows(struct print *print, const struct block *block, size_t *count) {
    int32_t filled = scope_log_rows(&print->scope, block), next = filled;
    bool *taken = ARENA_ARRAY(print->arena, bool, filled + 1);
    struct log_row *rows = ARENA_ARRAY(print->arena, struct log_row, filled + block->rows + 1);
    *count = 0;
    if (is_dated(block)) {
        for (int32_t i = 0; i < block->rows; i++) {
            int32_t row = row_of_period(print, block, i, filled, taken);
            rows[(*count)++] =
                (struct log_row){row, row >= 0 ? row : next++, block_period_start(block, i)};
        }
    }
    for (int32_t r = 0; r < filled; r++)
        if (!taken[r])
            rows[(*count)++] = (struct log_row){r, r, DATE_NONE};
    while (!is_dated(block) && *count < (size_t)block->rows)
        rows[(*count)++] = (struct log_row){-1, next++, DATE_NONE};
    return rows;
}

void log_field_numbers(struct print *print, const struct block *log, int32_t *from, int32_t *to) {
    size_t count;
    const struct log_row *rows = log_rows(print, log, &count);
    *from = INT32_MAX;
    *to = 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].row >= 0)
            continue;
        *from = rows[i].field_row + 1 < *from ? rows[i].field_row + 1 : *from;
        *to = rows[i].field_row + 1 > *to ? rows[i].field_row + 1 : *to;
    }
}

enum line_align log_column_align(const struct column *column) {
    switch (column->type) {
    case SLOT_NUMBER:
    case SLOT_MONEY:
    case SLOT_PERCENT:
        return LINE_RIGHT;
    case SLOT_CHECK:
        return LINE_CENTRE;
    default:
        return LINE_LEFT;
    }
}

struct width log_column_width(struct print *print, const struct column *const *columns,
                              size_t count, size_t index) {
    const struct column *column = columns[index];
    /* Dates and boxes need what they need, whatever weight was written. */
    if (column->width > 0 && column->type != SLOT_DATE && column->type != SLOT_CHECK)
        return (struct width){WIDTH_FRACTION, column->width};
    const struct text_style *head = &print_style(print, STYLE_TABLE_HEAD)->text;
    const struct text_style *text = &print_style(print, STYLE_TABLE)->text;
    int32_t room = 0;
    bool weighted = false;
    for (size_t i = 0; i < count; i++)
        weighted = weighted || columns[i]->width > 0;
    switch (column->type) {
    case SLOT_DATE:
        room = 20000;
        break;
    case SLOT_NUMBER:
    case SLOT_MONEY:
    case SLOT_PERCENT:
        room = 17000;
        break;
    case SLOT_CHECK:
        return (struct width){WIDTH_MIN_CONTENT, 0};
    case SLOT_CHOICE:
        for (size_t i = 0; i < column->option_count; i++) {
            int32_t word = text_room_um(column->options[i].label, text);
            room = word > room ? word : room;
        }
        room = room > 30000 ? 30000 : room;
        break;
    default:
        return (struct width){WIDTH_FRACTION, weighted ? 3 : 1};
    }
    int32_t label = word_room_um(column->label, head);
    room = (label > room ? label : room) + 2 * CELL_PAD_UM;
    return (struct width){WIDTH_FIXED, room};
}

struct flow *log_text_cell(struct print *print, const struct column *column, const char *text) {
    struct flow *paragraph = paragraph_new(print, ROLE_P, STYLE_TABLE);
    struct text_style *style = ARENA_NEW(print->arena, struct text_style);
    *style = paragraph->style->text;
    style->colour = print_colour(print, COLOUR_ANSWER);
    style->tabular = log_column_align(column) == LINE_RIGHT;
    struct inlines inlines;
    inlines_init(&inlines, print, style);
    inlines_text(&inlines, text, 0);
    inlines_finish(&inlines, paragraph);
    paragraph->align = log_column_align(column);
    paragraph->space_before_um = paragraph->space_after_um = 0;
    return paragraph;
}

static const char *date_text(struct print *print, date_t date) {
    return date_format_short(print->arena, print->course, date);
}

const char *log_cell_text(struct print *print, const struct column *column, struct value value) {
    if (value_is_missing(value))
        return print_word(print, WORD_MISSING);
    if (value.kind == VALUE_DATE)
        return date_text(print, (date_t)value.number);
    return print_value(print, column->slot, value, -1);
}

static struct flow *check_cell(struct print *print, const struct column *column,
                               const struct log_row *row) {
    struct value answer =
        row->row < 0 ? VALUE_NONE : print_answer(print, column->slot, RESPONDENT_NONE, row->row);
    bool on = answer.kind == VALUE_DATE || (answer.kind == VALUE_BOOL && answer.number != 0);
    struct field *field =
        field_button(print, FIELD_CHECK, column->slot, NULL, RESPONDENT_NONE, "", NULL, on);
    field->row = row->field_row;
    field->tooltip = arena_printf(print->arena, "%s, %d", column->label, row->field_row + 1);
    field->name = address_field_name(print->arena, print->course, column->slot, RESPONDENT_NONE,
                                     row->field_row);
    return print_button(print, field);
}

/* What may be chosen in a column's cells. */
struct choices {
    const struct option *at;
    size_t count;
};

/* Of a reference the rows that the other log has so far, by their first column. */
static struct choices column_choices(struct print *print, const struct column *column) {
    if (column->type == SLOT_CHOICE)
        return (struct choices){column->options, column->option_count};
    if (column->type != SLOT_REF || !column->ref || !column->ref->column_count)
        return (struct choices){0};
    int32_t rows = scope_log_rows(&print->scope, column->ref);
    struct option *options = ARENA_ARRAY(print->arena, struct option, rows + 1);
    size_t count = 0;
    for (int32_t r = 0; r < rows; r++) {
        struct value value = log_value(print, &column->ref->columns[0], r);
        if (value.kind != VALUE_TEXT || !value.text)
            continue;
        options[count++] = (struct option){.id = value.text, .label = value.text};
    }
    return (struct choices){options, count};
}

/* A cell that is worked out on screen; NULL if it is not. */
static struct flow *worked_out_cell(struct print *print, const struct block *block,
                                    const struct column *column, const char *name,
                                    const char *tooltip, int32_t row, const char *value) {
    struct field *field = ARENA_NEW(print->arena, struct field);
    *field = (struct field){.kind = FIELD_TEXT,
                            .respondent = RESPONDENT_NONE,
                            .row = row,
                            .name = name,
                            .tooltip = tooltip,
                            .value = value,
                            .at_right = log_column_align(column) == LINE_RIGHT};
    if (!field_set_cell(print, field, block, column, row))
        return NULL;
    struct flow *line = flow_line(print, field);
    line->height_um = print->theme->write_line_um - 2 * CELL_PAD_UM;
    line->colour = COLOUR_NONE;
    return line;
}

static struct flow *calc_cell(struct print *print, const struct block *block,
                              const struct column *column, const struct log_row *row) {
    if (row->row >= 0)
        return log_text_cell(print, column,
                             log_cell_text(print, column, log_value(print, column, row->row)));
    return worked_out_cell(print, block, column,
                           arena_printf(print->arena, "%s.r%d", column->name, row->field_row + 1),
                           arena_printf(print->arena, "%s, %d", column->label, row->field_row + 1),
                           row->field_row, NULL);
}

static struct flow *log_cell(struct print *print, const struct block *block,
                             const struct column *column, const struct choices *choices,
                             const struct log_row *row) {
    bool first = column == &block->columns[0];
    if (column->type == SLOT_CHECK)
        return check_cell(print, column, row);
    if (first && row->date != DATE_NONE)
        return log_text_cell(print, column, date_text(print, row->date));
    if (column->calc)
        return calc_cell(print, block, column, row);
    if (row->row >= 0) {
        struct value value = print_answer(print, column->slot, RESPONDENT_NONE, row->row);
        return log_text_cell(print, column,
                             value_is_missing(value) ? "" : log_cell_text(print, column, value));
    }
    struct field *field = field_new(print, choices->count ? FIELD_COMBO : FIELD_TEXT, column->slot,
                                    NULL, RESPONDENT_NONE, row->field_row);
    field->tooltip = arena_printf(print->arena, "%s, %d", column->label, row->field_row + 1);
    field->options = choices->at;
    field->option_count = choices->count;
    field->editable = column->type == SLOT_REF;
    struct flow *line = flow_line(print, field);
    line->height_um = print->theme->write_line_um - 2 * CELL_PAD_UM;
    line->colour = COLOUR_NONE; /* the row's rule is line enough */
    return line;
}

struct value log_value(struct print *print, const struct column *column, int32_t row) {
    if (!column->calc)
        return print_answer(print, column->slot, RESPONDENT_NONE, row);
    int32_t before = print->scope.row;
    print->scope.row = row;
    struct value value = expr_eval(column->calc, &print->scope);
    print->scope.row = before;
    return value;
}

uint32_t log_column_ground(struct print *print, size_t index) {
    return index % 2 ? print_colour(print, COLOUR_PANEL) : COLOUR_NONE;
}

void log_add_heads(struct print *print, struct flow *table, const struct column *const *columns,
                   size_t count) {
    struct flow *row = flow_row(print, table);
    row->keep_with_next = true;
    for (size_t c = 0; c < count; c++) {
        struct flow *head = paragraph_node(print, ROLE_P, STYLE_TABLE_HEAD, columns[c]->node);
        head->align = log_column_align(columns[c]);
        head->hyphenate_off = true;
        struct flow *cell = flow_cell(print, row, head, true);
        cell->vertical = VERTICAL_BOTTOM;
        cell->ground = log_column_ground(print, c);
    }
    table->header_rows = 1;
}

/* The figure below a column; missing while nothing is filled in. */
static struct value column_total(struct print *print, const struct block *block,
                                 const struct column *column) {
    int32_t rows = scope_log_rows(&print->scope, block);
    double sum = 0, least = 0, most = 0;
    int32_t count = 0;
    struct value one = VALUE_NONE, value = VALUE_NONE;
    for (int32_t r = 0; r < rows; r++) {
        value = log_value(print, column, r);
        bool empty = value_is_missing(value) || (value.kind == VALUE_BOOL && value.number == 0);
        if (empty)
            continue;
        one = value;
        least = count == 0 || value.number < least ? value.number : least;
        most = count == 0 || value.number > most ? value.number : most;
        sum += value.number;
        count++;
    }
    if (count == 0)
        return VALUE_NONE;
    if (column->total == TOTAL_COUNT)
        return value_number(count);
    one.number = column->total == TOTAL_SUM    ? sum
                 : column->total == TOTAL_MEAN ? sum / count
                 : column->total == TOTAL_MIN  ? least
                                               : most;
    return one;
}

static void add_totals(struct print *print, const struct block *block, struct flow *table) {
    bool any = false;
    for (size_t c = 0; c < block->column_count; c++)
        any = any || block->columns[c].total != TOTAL_NONE;
    if (!any)
        return;
    struct flow *row = flow_row(print, table);
    row->ground = print_colour(print, COLOUR_PANEL);
    row->min_height_um = print->theme->write_line_um;
    for (size_t c = 0; c < block->column_count; c++) {
        const struct column *column = &block->columns[c];
        struct value total =
            column->total == TOTAL_NONE ? VALUE_NONE : column_total(print, block, column);
        struct flow *content = NULL;
        const char *text = value_is_missing(total) ? NULL : log_cell_text(print, column, total);
        if (column->total != TOTAL_NONE)
            content = worked_out_cell(
                print, block, column, arena_printf(print->arena, "%s.total", column->name),
                arena_printf(print->arena, "%s: %s", column->label, print_word(print, WORD_TOTAL)),
                -1, text);
        if (!content && text)
            content = log_text_cell(print, column, text);
        if (!content && c == 0)
            content =
                paragraph_text(print, ROLE_P, STYLE_TABLE_HEAD, print_word(print, WORD_TOTAL));
        struct flow *cell =
            flow_cell(print, row, content, c == 0 && content && content->kind == FLOW_PARAGRAPH);
        cell->row_header = cell->header;
    }
}

struct flow *print_log(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    block_prompt(print, stack, block);
    struct table_column *columns =
        ARENA_ARRAY(print->arena, struct table_column, block->column_count);
    const struct column **all =
        ARENA_ARRAY(print->arena, const struct column *, block->column_count);
    for (size_t c = 0; c < block->column_count; c++)
        all[c] = &block->columns[c];
    for (size_t c = 0; c < block->column_count; c++)
        columns[c] = (struct table_column){log_column_width(print, all, block->column_count, c),
                                           log_column_align(all[c])};
    struct flow *table = flow_table_new(print, ROLE_TABLE, columns, block->column_count);
    table->at = block->at;
    table->rules_between = true;
    table->cell_pad_um = CELL_PAD_UM;
    log_add_heads(print, table, all, block->column_count);
    size_t count;
    const struct log_row *rows = log_rows(print, block, &count);
    struct choices *choices = ARENA_ARRAY(print->arena, struct choices, block->column_count + 1);
    for (size_t c = 0; c < block->column_count; c++)
        choices[c] = column_choices(print, all[c]);
    for (size_t r = 0; r < count; r++) {
        struct flow *row = flow_row(print, table);
        row->min_height_um =
            print->theme->write_line_um + (block->column_count < MANY_COLUMNS ? 0 : SECOND_LINE_UM);
        row->keep_together = true;
        row->keep_with_next = print_row_keeps(r, count);
        for (size_t c = 0; c < block->column_count; c++)
            flow_cell(print, row, log_cell(print, block, all[c], &choices[c], &rows[r]), false)
                ->ground = log_column_ground(print, c);
    }
    add_totals(print, block, table);
    flow_add(stack, table);
    block_note(print, stack, block);
    return stack;
}
