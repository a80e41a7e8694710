/* Flow in columns side by side, made level: what is alike in two columns begins at one height. */
#include "stage/layout_parts.h"

enum {
    MOST_DOWN_UM = 16000,   /* answers are not parted further than this from their prompt */
    LABELS_APART_UM = 1500, /* between rows of fields whose labels take several lines */
};

/* Rows of fields are as high as one another, so that their lines are at one height although some
 * labels take more lines than others. */
void level_rows(struct lay *lay, const struct side *sides, size_t count) {
    struct list *list = lay->list;
    uint32_t rows = UINT32_MAX;
    for (size_t i = 0; i < count; i++)
        rows = sides[i].end - sides[i].slice < rows ? sides[i].end - sides[i].slice : rows;
    for (uint32_t r = 0; r < rows; r++) {
        int32_t height_um = 0, space_um = 0, least_um = 0;
        for (size_t i = 0; i < count; i++) {
            const struct slice *slice = &list->slices.at[sides[i].slice + r];
            height_um = slice->height_um > height_um ? slice->height_um : height_um;
            space_um = slice->space_um > space_um ? slice->space_um : space_um;
            least_um = slice->node ? slice->node->min_height_um : 0;
        }
        if (r > 0 && height_um > least_um && space_um < LABELS_APART_UM)
            space_um = LABELS_APART_UM;
        for (size_t i = 0; i < count; i++) {
            struct slice *slice = &list->slices.at[sides[i].slice + r];
            int32_t down_um = height_um - slice->height_um;
            slice_move(list, slice, down_um);
            slice->height_um = height_um;
            slice->space_um = space_um;
            if (slice->baseline_um >= 0)
                slice->baseline_um += down_um;
        }
    }
}

/* ---- answers below prompts ---- */

/* A line to write on, a button with its label, neither. */
enum answer_kind { ANSWER_NONE, ANSWER_LINE, ANSWER_BUTTON };

static enum answer_kind answer_on(const struct list *list, const struct slice *slice) {
    if (slice->node && slice->node->kind == FLOW_LINES)
        return ANSWER_LINE;
    for (uint32_t m = 0; m < slice->mark_count; m++) {
        const struct mark *mark = &list->marks.at[slice->first_mark + m];
        if (mark->kind == MARK_FIELD && is_button(mark->field))
            return ANSWER_BUTTON;
    }
    return ANSWER_NONE;
}

/* The slice that the `number`th run of answers in a side begins with, counted from 0, below some
 * prompt; the side's end if it has no more. */
static uint32_t answers_begin(const struct list *list, const struct side *side, size_t number) {
    for (uint32_t i = side->slice + 1; i < side->end; i++)
        if (answer_on(list, &list->slices.at[i]) && !answer_on(list, &list->slices.at[i - 1]) &&
            number-- == 0)
            return i;
    return side->end;
}

/* Prompts begin at one height and so do the answers below them, also where one prompt takes more
 * lines than the other. */
void level_answers(struct lay *lay, const struct side *sides, size_t count) {
    struct list *list = lay->list;
    uint32_t *begin = ARENA_ARRAY(lay->scratch, uint32_t, count);
    for (size_t number = 0;; number++) {
        int32_t down_um = 0;
        for (size_t i = 0; i < count; i++) {
            begin[i] = answers_begin(list, &sides[i], number);
            if (begin[i] == sides[i].end || answer_on(list, &list->slices.at[begin[i]]) !=
                                                answer_on(list, &list->slices.at[begin[0]]))
                return;
            int32_t top_um =
                slices_height(list, sides[i].slice, begin[i]) + list->slices.at[begin[i]].space_um;
            down_um = top_um > down_um ? top_um : down_um;
        }
        for (size_t i = 0; i < count; i++) {
            struct slice *slice = &list->slices.at[begin[i]];
            int32_t top_um = slices_height(list, sides[i].slice, begin[i]) + slice->space_um;
            if (down_um - top_um <= MOST_DOWN_UM)
                slice->space_um += down_um - top_um;
        }
    }
}

/* ---- boxes ---- */

/* The box that begins or ends with a slice of a side, outside all others; NULL if there is none. */
static const struct frame *box_at(const struct lay *lay, const struct side *side, uint32_t first,
                                  uint32_t end) {
    for (uint32_t f = side->frame; f < side->frame_end; f++) {
        const struct frame *frame = &lay->frames.at[f];
        if (frame->kind == FRAME_BOX && frame->box && frame->parent == lay->frame &&
            (frame->first == first || frame->end == end) && frame->end > frame->first)
            return frame;
    }
    return NULL;
}

/* How many boxes a side is made of; 0 if something else stands beside or between them. */
static size_t boxes_of(const struct lay *lay, const struct side *side) {
    size_t boxes = 0;
    for (uint32_t i = side->slice; i < side->end; boxes++) {
        const struct frame *box = box_at(lay, side, i, UINT32_MAX);
        if (!box)
            return 0;
        i = box->end;
    }
    return boxes;
}

static void grow_box(struct list *list, const struct frame *box, int32_t height_um) {
    int32_t lacking_um = height_um - slices_height(list, box->first, box->end);
    if (lacking_um > 0)
        list->slices.at[box->end - 1].height_um += lacking_um;
}

/* Boxes in rows: every one as high as the tallest of its row. */
static void level_row_of_boxes(struct lay *lay, const struct side *sides, size_t count,
                               uint32_t *at) {
    struct list *list = lay->list;
    int32_t height_um = 0, space_um = 0;
    for (size_t i = 0; i < count; i++) {
        const struct frame *box = box_at(lay, &sides[i], at[i], UINT32_MAX);
        int32_t own_um = slices_height(list, box->first, box->end);
        height_um = own_um > height_um ? own_um : height_um;
        if (at[i] > sides[i].slice && list->slices.at[at[i]].space_um > space_um)
            space_um = list->slices.at[at[i]].space_um;
    }
    for (size_t i = 0; i < count; i++) {
        const struct frame *box = box_at(lay, &sides[i], at[i], UINT32_MAX);
        grow_box(list, box, height_um);
        list->slices.at[at[i]].space_um = space_um;
        at[i] = box->end;
    }
}

void level_boxes(struct lay *lay, const struct side *sides, size_t count,
                 const enum vertical_align *vertical) {
    struct list *list = lay->list;
    size_t rows = boxes_of(lay, &sides[0]);
    int32_t height_um = 0;
    for (size_t i = 0; i < count; i++) {
        rows = boxes_of(lay, &sides[i]) == rows ? rows : 0;
        int32_t own_um = slices_height(list, sides[i].slice, sides[i].end);
        height_um = own_um > height_um ? own_um : height_um;
    }
    if (height_um > lay->limit_um) /* goes on over the page: each side as it is */
        return;
    uint32_t *at = ARENA_ARRAY(lay->scratch, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        at[i] = sides[i].slice;
    for (size_t r = 0; r < rows; r++)
        level_row_of_boxes(lay, sides, count, at);
    for (size_t i = 0; i < count && rows == 0; i++) {
        const struct frame *last = box_at(lay, &sides[i], UINT32_MAX, sides[i].end);
        int32_t own_um = slices_height(list, sides[i].slice, sides[i].end);
        if (last && vertical[i] == VERTICAL_TOP)
            grow_box(list, last, height_um - own_um + slices_height(list, last->first, last->end));
    }
}
