/* The one table of block types. A new block is a file and a row here. */
#include "block/block.h"

extern const struct block_type type_rating, type_choice, type_checklist, type_write, type_field,
    type_log, type_calc, type_score, type_gap, type_when, type_otherwise, type_group, type_note,
    type_tip, type_example, type_quote, type_warning, type_columns, type_column, type_card,
    type_keep, type_page_break, type_sign, type_facilitator, type_advice, type_rows, type_use,
    type_repeat, type_distribution, type_roster;

static const struct block_type *const types[] = {
    &type_rating,    &type_choice,     &type_checklist, &type_write,        &type_field,
    &type_log,       &type_calc,       &type_score,     &type_gap,          &type_when,
    &type_otherwise, &type_group,      &type_note,      &type_tip,          &type_example,
    &type_quote,     &type_warning,    &type_columns,   &type_column,       &type_card,
    &type_keep,      &type_page_break, &type_sign,      &type_facilitator,  &type_advice,
    &type_rows,      &type_use,        &type_repeat,    &type_distribution, &type_roster,
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
        "rating", "choice", "checklist", "write",      "field",        "log",
        "calc",   "score",  "gap",       "when",       "otherwise",    "group",
        "note",   "tip",    "example",   "quote",      "warning",      "columns",
        "column", "card",   "keep",      "page-break", "sign",         "facilitator",
        "advice", "rows",   "use",       "repeat",     "distribution", "roster",
    };
    _Static_assert(sizeof names / sizeof *names == TYPE_COUNT, "one name a type");
    *count = TYPE_COUNT;
    return names;
}
