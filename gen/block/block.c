/* The one table of block types. A new block is a file and a row here. */
#include "block/block.h"

extern const struct block_type block_rating, block_choice, block_checklist, block_write,
    block_field, block_log, block_calc, block_score, block_gap, block_when, block_otherwise,
    block_group, block_note, block_tip, block_example, block_quote, block_warning, block_columns,
    block_column, block_card, block_keep, block_page_break, block_sign, block_facilitator;

static const struct block_type *const types[] = {
    &block_rating,     &block_choice,  &block_checklist, &block_write,   &block_field,
    &block_log,        &block_calc,    &block_score,     &block_gap,     &block_when,
    &block_otherwise,  &block_group,   &block_note,      &block_tip,     &block_example,
    &block_quote,      &block_warning, &block_columns,   &block_column,  &block_card,
    &block_keep,       &block_page_break, &block_sign,   &block_facilitator,
};
enum { TYPE_COUNT = sizeof types / sizeof *types };

const struct block_type *block_type_find(const char *name) {
    for (size_t i = 0; i < TYPE_COUNT; i++)
        if (strcmp(types[i]->name, name) == 0)
            return types[i];
    return NULL;
}

const char *const *block_type_names(size_t *count) {
    static const char *const names[] = {
        "rating", "choice",  "checklist", "write",   "field",   "log",   "calc",   "score",
        "gap",    "when",    "otherwise", "group",   "note",    "tip",   "example", "quote",
        "warning", "columns", "column",   "card",    "keep",    "page-break", "sign", "facilitator",
    };
    _Static_assert(sizeof names / sizeof *names == TYPE_COUNT, "one name a type");
    *count = TYPE_COUNT;
    return names;
}
