/* .log: a table to fill over time. Fills columns, rows, every, from; a slot a column. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"
#include "calc/expr.h"

static const char *const column_keys[] = {"type", "options", "width", "total", "to", "calc", "due"};
enum { COLUMN_KEYS = sizeof column_keys / sizeof *column_keys };

static void check_column_keys(struct check *check, const struct node *cell) {
    const struct attributes *attributes = cell->attributes;
    for (size_t i = 0; attributes && i < attributes->count; i++) {
        const struct attribute *attribute = &attributes->items[i];
        bool known = false;
        for (size_t k = 0; k < COLUMN_KEYS; k++)
            known = known || strcmp(attribute->key, column_keys[k]) == 0;
        if (!known)
            diag_report(check->diag, DIAG_ITEM_ATTRIBUTE_UNKNOWN, attribute->key_at, "column",
                        attribute->key, diag_nearest(attribute->key, column_keys, COLUMN_KEYS),
                        diag_list(check->arena, column_keys, COLUMN_KEYS));
    }
}

static bool type_is_figure(enum slot_type type) {
    return type == SLOT_NUMBER || type == SLOT_MONEY || type == SLOT_PERCENT;
}

static void check_column_type(struct check *check, struct column *column) {
    static const char *const types[] = {"text",  "date",  "number", "money", "percent",
                                        "email", "check", "choice", "ref"};
    const struct attributes *attributes = column->node->attributes;
    const struct attribute *type = attributes_find(attributes, "type");
    const struct attribute *options = attributes_find(attributes, "options");
    const struct attribute *calc = attributes_find(attributes, "calc");
    column->type = options ? SLOT_CHOICE : calc ? SLOT_NUMBER : SLOT_TEXT;
    if (type) {
        int32_t index = check_word(check, type, types, 9);
        if (index >= 0)
            slot_type_parse(types[index], &column->type);
    }
    if (options)
        column->options = check_text_options(check, options, &column->option_count);
    else if (column->type == SLOT_CHOICE)
        diag_report(check->diag, DIAG_CHOICE_NEEDS_OPTIONS, column->node->at);
    if (column->type == SLOT_REF && !attributes_find(attributes, "to"))
        diag_report(check->diag, DIAG_REF_NEEDS_LOG, column->node->at);
    if (calc)
        column->calc = check_expr(check, calc);
}

static void check_column_total(struct check *check, struct column *column) {
    static const char *const totals[] = {"none", "sum", "mean", "count", "min", "max"};
    const struct attribute *total = attributes_find(column->node->attributes, "total");
    if (!total)
        return;
    int32_t index = check_word(check, total, totals, 6);
    if (index < 0)
        return;
    column->total = (enum column_total)index;
    bool fits =
        column->total == TOTAL_NONE || column->total == TOTAL_COUNT ||
        type_is_figure(column->type) ||
        (column->type == SLOT_DATE && (column->total == TOTAL_MIN || column->total == TOTAL_MAX));
    if (!fits)
        diag_report(check->diag, DIAG_TOTAL_UNFIT, total->value_at, slot_type_name(column->type),
                    totals[index]);
}

static void check_column(struct check *check, struct block *block, const struct node *cell,
                         struct map *taken) {
    struct column *column = &block->columns[block->column_count++];
    column->node = cell;
    column->label = node_plain_text(check->arena, cell);
    column->at = cell->at;
    bool empty = !*column->label;
    if (empty)
        diag_report(check->diag, DIAG_COLUMN_EMPTY, cell->at);
    column->id = cell->attributes ? cell->attributes->id : NULL;
    if (column->id) {
        column->at = cell->attributes->id_at;
        check_id(check, column->id, column->at);
    } else {
        column->id = check_propose_id(check, column->label);
        if (!empty)
            diag_report(check->diag, DIAG_ITEM_NEEDS_ID, cell->at, "column", column->id);
    }
    if (map_set(taken, column->id, column))
        diag_report(check->diag, DIAG_ITEM_ID_TWICE, column->at, column->id);
    column->name = arena_printf(check->arena, "%s.%s", block->id, column->id);
    check_column_keys(check, cell);
    check_column_type(check, column);
    check_column_total(check, column);
    column->width = check_int(check, attributes_find(cell->attributes, "width"), 1, 100, 0);
}

static void check_log_dates(struct check *check, struct block *block) {
    static const char *const units[] = {"day", "week", "month", "quarter", "year"};
    const struct attribute *every = check_find(block, "every"), *from = check_find(block, "from");
    block->from = DATE_NONE;
    if (!every)
        return;
    int32_t unit = check_word(check, every, units, 5);
    if (unit >= 0)
        block->every = (enum period_unit)(unit + 1);
    if (from)
        block->from = check_date(check, from);
    else
        diag_report(check->diag, DIAG_LOG_DATED, every->key_at);
    if (block->column_count && block->columns[0].type != SLOT_DATE)
        diag_report(check->diag, DIAG_LOG_DATED_COLUMN, block->columns[0].node->at);
}

/* due=done: the date is overdue once it is past and the column `done` is not ticked. */
static void check_due(struct check *check, struct block *block, struct column *column) {
    const struct attribute *due = attributes_find(column->node->attributes, "due");
    if (!due)
        return;
    const char **ticks = ARENA_ARRAY(check->arena, const char *, block->column_count);
    const struct column **found =
        ARENA_ARRAY(check->arena, const struct column *, block->column_count);
    size_t count = 0;
    for (size_t i = 0; i < block->column_count; i++)
        if (block->columns[i].type == SLOT_CHECK) {
            found[count] = &block->columns[i];
            ticks[count++] = block->columns[i].id;
        }
    if (column->type != SLOT_DATE || !count) {
        diag_report(check->diag, DIAG_DUE_UNFIT, due->key_at);
        return;
    }
    int32_t index = check_word(check, due, ticks, count);
    if (index >= 0)
        column->due = found[index];
}

static void check_log(struct check *check, struct block *block) {
    block->rows = check_int(check, check_find(block, "rows"), 1, 1000, 10);
    if (!block->body || !block->body->first)
        return;
    const struct node *header = block->body->first;
    for (const struct node *row = header->next; row; row = row->next)
        diag_report(check->diag, DIAG_LOG_HAS_ROWS, row->at);
    size_t count = 0;
    for (const struct node *cell = header->first; cell; cell = cell->next)
        count++;
    block->columns = ARENA_ARRAY(check->arena, struct column, count);
    struct map taken;
    map_init(&taken, check->arena);
    size_t first = check->course->slots.count;
    for (const struct node *cell = header->first; cell; cell = cell->next)
        check_column(check, block, cell, &taken);
    for (size_t i = 0; i < block->column_count; i++)
        check_due(check, block, &block->columns[i]);
    for (size_t i = 0; i < block->column_count; i++) {
        struct column *column = &block->columns[i];
        struct slot *slot = check_slot(check, block, column->type, column->name, column->label);
        slot->column = column;
        slot->options = column->options;
        slot->option_count = column->option_count;
        slot->rows = true;
        slot->computed = column->calc != NULL;
        column->slot = slot;
    }
    check_take_slots(check, block, first);
    check_log_dates(check, block);
}

const struct block_type type_log = {
    .name = "log",
    .body = BODY_TABLE,
    .needs_id = true,
    .answerable = true,
    .keys = (const char *const[]){"rows", "every", "from", NULL},
    .check = check_log,
    .print = print_log,
    .sheet = sheet_log,
};
