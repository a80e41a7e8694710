/* Documents that are read from right to left. All is measured and set as its mirror image: where
 * code says left, it means the side that lines begin on. At the end each page is turned, boxes,
 * strokes and drawings as a mirror does; texts and pictures keep their own direction and come to
 * stand where the mirror shows them.
 *
 * Not turned: pictures, which are shown as they are. */
#include "stage/layout_parts.h"

struct line line_mirrored(struct lay *lay, const struct line *line) {
    struct line seen = *line;
    if (!lay->mirrored || line->count == 0)
        return seen;
    struct line_span *spans = ARENA_ARRAY(lay->job, struct line_span, line->count);
    for (size_t i = 0; i < line->count; i++) {
        const struct line_span *from = &line->spans[i];
        spans[i] = *from;
        spans[i].x_um = line->column_um - from->x_um - from->width_um;
        if (!from->piece_count)
            continue;
        struct text_piece *pieces = ARENA_ARRAY(lay->job, struct text_piece, from->piece_count);
        for (size_t k = 0; k < from->piece_count; k++) {
            pieces[k] = from->pieces[k];
            pieces[k].x_um += spans[i].x_um - from->x_um;
        }
        spans[i].pieces = pieces;
    }
    seen.spans = spans;
    return seen;
}

static void mirror_path(const struct lay *lay, struct mark *mark) {
    struct path_step *steps = ARENA_ARRAY(lay->job, struct path_step, mark->count);
    for (size_t i = 0; i < mark->count; i++) {
        steps[i] = mark->steps[i];
        for (int k = 0; k < 3; k++)
            steps[i].x[k] = lay->paper->width_um - steps[i].x[k];
    }
    mark->steps = steps;
}

static void mirror_mark(const struct lay *lay, struct mark *mark) {
    int32_t width_um = lay->paper->width_um;
    switch (mark->kind) {
    case MARK_TEXT: {
        int32_t left_um = mark->count ? mark->pieces[0].x_um : 0;
        for (size_t i = 1; i < mark->count; i++)
            left_um = mark->pieces[i].x_um < left_um ? mark->pieces[i].x_um : left_um;
        mark->x_um = width_um - mark->x_um - mark->width_um - left_um;
        break;
    }
    case MARK_LINE:
        mark->x_um = width_um - mark->x_um;
        mark->to_x_um = width_um - mark->to_x_um;
        break;
    case MARK_PATH:
        mirror_path(lay, mark);
        break;
    case MARK_RECT:
    case MARK_IMAGE:
    case MARK_FIELD:
    case MARK_LINK:
    case MARK_CODE:
        mark->x_um = width_um - mark->x_um - mark->width_um;
        break;
    }
}

void mirror_page(const struct lay *lay, struct page *page) {
    for (size_t i = 0; i < page->body_count; i++)
        mirror_mark(lay, &page->body[i]);
    for (size_t i = 0; i < page->furniture_count; i++)
        mirror_mark(lay, &page->furniture[i]);
}
