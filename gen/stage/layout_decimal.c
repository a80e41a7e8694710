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

/* A figure such as "−1,234.50" or "£3" or "7.5%", or a dash in its place: what begins with its
 * currency or first digit, and what comes after its units; tail NULL for other words. */
struct figure {
    const char *text, *head, *tail;
};

static struct figure figure_of(const struct lay *lay, const struct flow *cell) {
    static const char *const signs[] = {"+", "-", "\u2212", "\u2013", "(", NULL};
    static const char *const currencies[] = {"£", "€", "$", NULL};
    static const char *const dashes[] = {"-", "\u2212", "\u2013", "\u2014", NULL};
    static const char *const spaces[] = {" ", "\u00a0", "\u202f", NULL};
    static const char *const behind[] = {"%", ")", NULL};
    const struct number_style *style = number_style_find(lay->edition->course->language);
    const struct inline_item *item = only_item(cell);
    if (!item)
        return (struct figure){0};
    const char *text = arena_strndup(lay->job, item->text, item->length), *at = text;
    if (skip_any(&at, dashes) && !*at)
        return (struct figure){text, text, at};
    at = text;
    while (skip_any(&at, signs) || skip_any(&at, spaces)) {
    }
    const char *head = at;
    while (skip_any(&at, currencies) || skip_any(&at, signs) || skip_any(&at, spaces)) {
    }
    if (!skip_digits(&at))
        return (struct figure){0};
    for (const char *group = at; skip(&group, style->group) && skip_digits(&group);)
        at = group;
    const char *tail = at;
    if (skip(&at, style->point) && !skip_digits(&at))
        return (struct figure){0};
    while (skip_any(&at, spaces) || skip_any(&at, behind)) {
    }
    return (struct figure){text, head, *at ? NULL : tail};
}

static int32_t part_um(struct lay *lay, const char *part, size_t length,
                       const struct text_style *style) {
    if (length == 0)
        return 0;
    return typeset_line(lay->typesetter, lay->scratch, part, length, style, NULL).width_um;
}

int32_t decimal_tail_um(struct lay *lay, const struct flow *cell) {
    struct figure figure = figure_of(lay, cell);
    if (!figure.tail)
        return -1;
    const struct text_style *style = only_item(cell)->style;
    int32_t tail_um = part_um(lay, figure.tail, strlen(figure.tail), style);
    if (lay->mirrored) /* signs before a figure stand behind it */
        tail_um += part_um(lay, figure.text, (size_t)(figure.head - figure.text), style);
    return tail_um;
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
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].align == LINE_RIGHT)
            tails[c] = column_tail_um(lay, table, c);
    return tails;
}
