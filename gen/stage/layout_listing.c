/* Listings: lines of code as they were written. One that is too long goes on below, indented behind
 * a mark, so that it can be told from a line of its own; to a reader of the text it is one line. */
#include "stage/layout_parts.h"

enum { HANG_CHARS = 3, MARK_WEIGHT_UM = 130 };

static const char space[] = "\u00a0";

/* White space that the line begins with, in characters. */
static int32_t indent_of(const struct inline_item *item) {
    size_t at = 0, step = sizeof space - 1;
    while (at + step <= item->length && memcmp(item->text + at, space, step) == 0)
        at += step;
    return (int32_t)(at / step);
}

/* An arrow that comes from above and turns to the right, in the white before a line's words. */
static void set_mark(struct lay *lay, int32_t right_um, int32_t char_um, int32_t baseline_um) {
    uint32_t colour = lay->theme->colours[COLOUR_MUTED];
    int32_t tip_um = right_um - char_um / 2, left_um = tip_um - char_um * 5 / 4;
    int32_t y_um = baseline_um - char_um / 2, head_um = char_um * 2 / 5;
    mark_line(lay, left_um, y_um - char_um * 3 / 4, left_um, y_um, colour, MARK_WEIGHT_UM);
    mark_line(lay, left_um, y_um, tip_um, y_um, colour, MARK_WEIGHT_UM);
    mark_line(lay, tip_um - head_um, y_um - head_um, tip_um, y_um, colour, MARK_WEIGHT_UM);
    mark_line(lay, tip_um - head_um, y_um + head_um, tip_um, y_um, colour, MARK_WEIGHT_UM);
}

/* A word space follows, to whoever reads on. */
static void end_line(struct lay *lay) {
    struct mark *last = &lay->list->marks.at[lay->list->marks.count - 1];
    if (last->kind == MARK_TEXT)
        last->line_end = true;
}

/* One line of the source: its items are [first, end) of the paragraph's. */
static void set_source_line(struct lay *lay, const struct flow *node, size_t first, size_t end,
                            int32_t x_um, int32_t width_um) {
    const struct paragraph_style *style = node->style;
    struct line wide = typeset_line(lay->typesetter, lay->scratch, "0", 1, &style->text, NULL);
    int32_t char_um = wide.width_um;
    struct paragraph_request request = paragraph_request(lay, node, width_um);
    request.items = &node->items[first];
    request.count = end - first;
    request.hanging_um = (indent_of(request.items) + HANG_CHARS) * char_um;
    if (request.hanging_um > width_um / 2)
        request.hanging_um = HANG_CHARS * char_um;
    struct paragraph_lines lines = typeset_paragraph(lay->typesetter, lay->job, &request);
    if (lines.overfull_um > 300)
        VEC_PUSH(lay->scratch, &lay->overfull, ((struct overfull){node, lines.overfull_um}));
    int32_t baseline_um = text_baseline(lay, &style->text, style->leading_um);
    for (size_t i = 0; i < lines.count; i++) {
        bool goes_on = i + 1 < lines.count;
        struct slice *slice = slice_new(lay, node, style->leading_um);
        slice->baseline_um = baseline_um;
        slice->penalty += i ? PENALTY_SINGLE : 0;
        if (i)
            set_mark(lay, x_um + request.hanging_um, char_um, baseline_um);
        set_text_line(lay, &lines.lines[i], NULL, x_um, baseline_um);
        if (!goes_on || !lines.lines[i].hyphenated)
            end_line(lay);
    }
}

void measure_listing(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    struct list *list = lay->list;
    size_t breaks = 0, number = 0;
    for (size_t i = 0; i < node->item_count; i++)
        breaks += node->items[i].kind == INLINE_BREAK;
    for (size_t first = 0; first < node->item_count; number++) {
        size_t end = first;
        while (end < node->item_count && node->items[end].kind != INLINE_BREAK)
            end++;
        uint32_t slice = (uint32_t)list->slices.count;
        if (end > first)
            set_source_line(lay, node, first, end, x_um, width_um);
        if (number && slice < list->slices.count)
            list->slices.at[slice].penalty +=
                PENALTY_LINE + (number == 1 || number == breaks ? PENALTY_SINGLE : 0);
        first = end + 1;
    }
}
