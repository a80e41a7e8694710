/* Figures of a column that stand on its right: their decimal points below one another, where some
 * have more decimals than others. */
#include "stage/layout_parts.h"

#include "calc/format.h"

static bool skip(const char **at, const char *what) {
    size_t length = strlen(what);
    if (strncmp(*at, what, length) != 0)
        return false;
    *at += length;
    return true;
}

static bool skip_any(const char **at, const char *const *what) {
    for (; *what; what++)
        if (skip(at, *what))
            return true;
    return false;
}

static bool skip_digits(const char **at) {
    const char *start = *at;
    while (**at >= '0' && **at <= '9')
        ++*at;
    return *at > start;
}

/* A cell's only words, all of one look; NULL if it holds anything else. */
static const struct inline_item *only_item(const struct flow *cell) {
    const struct flow *paragraph = cell->first;
    if (!paragraph || paragraph->next || paragraph->kind != FLOW_PARAGRAPH ||
        paragraph->item_count != 1 || paragraph->items[0].kind != INLINE_TEXT)
        return NULL;
    return &paragraph->items[0];
}

/* What comes after the units of a figure such as "−1,234.50" or "£3" or "7.5%"; NULL for other
 * words, and "" for a dash in a figure's place. */
static const char *tail_of(const struct lay *lay, const struct flow *cell) {
    static const char *const before[] = {"+", "-", "\u2212", "\u2013", "(", "£", "€", "$", NULL};
    static const char *const dashes[] = {"-", "\u2212", "\u2013", "\u2014", NULL};
    static const char *const spaces[] = {" ", "\u00a0", "\u202f", NULL};
    static const char *const behind[] = {"%", ")", NULL};
    const struct number_style *style = number_style_find(lay->edition->course->language);
    const struct inline_item *item = only_item(cell);
    if (!item)
        return NULL;
    const char *text = arena_strndup(lay->job, item->text, item->length), *at = text;
    if (skip_any(&at, dashes) && !*at)
        return at;
    at = text;
    while (skip_any(&at, before) || skip_any(&at, spaces)) {
    }
    if (!skip_digits(&at))
        return NULL;
    for (const char *group = at; skip(&group, style->group) && skip_digits(&group);)
        at = group;
    const char *tail = at;
    if (skip(&at, style->point) && !skip_digits(&at))
        return NULL;
    while (skip_any(&at, spaces) || skip_any(&at, behind)) {
    }
    return *at ? NULL : tail;
}

int32_t decimal_tail_um(struct lay *lay, const struct flow *cell) {
    const char *tail = tail_of(lay, cell);
    if (!tail)
        return -1;
    if (!*tail)
        return 0;
    const struct text_style *style = only_item(cell)->style;
    return typeset_line(lay->typesetter, lay->scratch, tail, strlen(tail), style, NULL).width_um;
}

/* The widest tail of a column; 0 if not all of it are figures, or their tails are alike. */
static int32_t column_tail_um(struct lay *lay, const struct flow *table, size_t column) {
    int32_t widest = -1, least = INT32_MAX, r = 0;
    for (const struct flow *row = table->first; row; row = row->next, r++) {
        if (r < table->header_rows)
            continue;
        size_t c = 0;
        const struct flow *cell = row->first;
        for (; cell && c < column; cell = cell->next)
            c += cell->span > 1 ? (size_t)cell->span : 1;
        if (!cell || c != column || !cell->first ||
            (cell->first->kind == FLOW_PARAGRAPH && cell->first->item_count == 0))
            continue;
        int32_t tail = cell->span > 1 ? -1 : decimal_tail_um(lay, cell);
        if (tail < 0)
            return 0;
        widest = tail > widest ? tail : widest;
        least = tail < least ? tail : least;
    }
    return widest > least ? widest : 0;
}

const int32_t *decimal_tails(struct lay *lay, const struct flow *table) {
    int32_t *tails = ARENA_ARRAY(lay->scratch, int32_t, table->column_count);
    for (size_t c = 0; c < table->column_count && !lay->mirrored; c++)
        if (table->columns[c].align == LINE_RIGHT)
            tails[c] = column_tail_um(lay, table, c);
    return tails;
}
