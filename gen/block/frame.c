/* Blocks that only arrange or frame others: .group, callouts, .columns, .column, .card, .keep,
 * .page-break, .facilitator, and .sign. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

static void check_columns(struct check *check, struct block *block) {
    for (const struct node *child = block->node->first; child; child = child->next)
        if (child->kind != NODE_DIV || !attributes_has_class(child->attributes, "column"))
            diag_report(check->diag, DIAG_BLOCK_NEEDS_COLUMN, child->at);
}

static void check_column_place(struct check *check, struct block *block) {
    if (!block->parent || block->node->parent != block->parent->node ||
        strcmp(block->parent->type->name, "columns") != 0)
        diag_report(check->diag, DIAG_BLOCK_COLUMN_ALONE, block->at);
    const struct attribute *width = check_find(block, "width");
    size_t length = width ? strlen(width->value) : 0;
    if (length == 0 || width->value[length - 1] != '%') {
        check_int(check, width, 1, 100, 1);
        return;
    }
    struct attribute percent = *width;
    percent.value = arena_strndup(check->arena, width->value, length - 1);
    check_int(check, &percent, 1, 100, 1);
}

const struct block_type type_group = {
    .name = "group", .body = BODY_ANY, .print = print_group, .sheet = sheet_group};
const struct block_type type_note = {.name = "note", .body = BODY_ANY, .print = print_callout};
const struct block_type type_tip = {.name = "tip", .body = BODY_ANY, .print = print_callout};
const struct block_type type_example = {
    .name = "example", .body = BODY_ANY, .print = print_callout};
const struct block_type type_quote = {.name = "quote", .body = BODY_ANY, .print = print_callout};
const struct block_type type_warning = {
    .name = "warning", .body = BODY_ANY, .print = print_callout};
const struct block_type type_facilitator = {
    .name = "facilitator", .body = BODY_ANY, .print = print_facilitator};
const struct block_type type_columns = {
    .name = "columns", .body = BODY_ANY, .check = check_columns, .print = print_columns};
const struct block_type type_column = {.name = "column",
                                       .body = BODY_ANY,
                                       .keys = (const char *const[]){"width", NULL},
                                       .check = check_column_place,
                                       .print = print_column};
const struct block_type type_card = {.name = "card", .body = BODY_ANY, .print = print_card};
const struct block_type type_keep = {.name = "keep", .body = BODY_ANY, .print = print_keep};
const struct block_type type_page_break = {
    .name = "page-break", .body = BODY_ANY, .print = print_page_break};
const struct block_type type_sign = {.name = "sign",
                                     .body = BODY_ANY,
                                     .keys = (const char *const[]){"by", NULL},
                                     .print = print_sign};
