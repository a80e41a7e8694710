/* The vertical list: slices, their marks, the frames along them, and content side by side. */
#include "stage/layout_parts.h"

struct slice *slice_new(struct lay *lay, const struct flow *node, int32_t height_um) {
    struct list *list = lay->list;
    struct ready *ready = &list->ready;
    struct slice *slice = VEC_ADD(lay->scratch, &list->slices);
    *slice = (struct slice){
        .node = node,
        .space_um = ready->space_um + ready->fixed_um,
        .fixed_um = ready->fixed_um,
        .stretch = ready->stretch,
        .height_um = height_um,
        .baseline_um = -1,
        .penalty = ready->keep,
        .force = ready->force,
        .full_page = ready->full_page,
        .furniture_off = ready->furniture_off,
        .first_mark = (uint32_t)list->marks.count,
        .first_part = (uint32_t)list->parts.count,
        .frame = lay->frame,
        .notes_end = (uint32_t)lay->notes.slices.count,
    };
    *ready = (struct ready){0};
    return slice;
}

struct mark *mark_new(struct lay *lay, enum mark_kind kind) {
    struct list *list = lay->list;
    struct mark *mark = VEC_ADD(lay->scratch, &list->marks);
    list->slices.at[list->slices.count - 1].mark_count++;
    mark->kind = kind;
    mark->element = lay->element;
    mark->lang = lay->lang;
    mark->fill = mark->stroke = COLOUR_NONE;
    return mark;
}

struct mark *mark_line(struct lay *lay, int32_t x_um, int32_t y_um, int32_t to_x_um,
                       int32_t to_y_um, uint32_t colour, int32_t weight_um) {
    struct mark *mark = mark_new(lay, MARK_LINE);
    mark->element = 0;
    mark->lang = NULL;
    mark->x_um = x_um;
    mark->y_um = y_um;
    mark->to_x_um = to_x_um;
    mark->to_y_um = to_y_um;
    mark->stroke = colour;
    mark->weight_um = weight_um;
    return mark;
}

void mark_move(struct mark *mark, int32_t x_um, int32_t y_um) {
    mark->x_um += x_um;
    mark->y_um += y_um;
    mark->to_x_um += x_um;
    mark->to_y_um += y_um;
}

uint32_t frame_open(struct lay *lay, enum frame_kind kind, int32_t x_um, int32_t width_um) {
    struct frame *frame = VEC_ADD(lay->scratch, &lay->frames);
    *frame = (struct frame){
        .kind = kind,
        .parent = lay->frame,
        .first = (uint32_t)lay->list->slices.count,
        .x_um = x_um,
        .width_um = width_um,
        .ground = COLOUR_NONE,
        .element = lay->element,
    };
    lay->frame = (uint32_t)lay->frames.count - 1;
    return lay->frame;
}

void frame_close(struct lay *lay, uint32_t frame) {
    lay->frames.at[frame].end = (uint32_t)lay->list->slices.count;
    lay->frame = lay->frames.at[frame].parent;
}

int32_t slices_height(const struct list *list, uint32_t from, uint32_t end) {
    int32_t height = 0;
    for (uint32_t i = from; i < end; i++)
        height += list->slices.at[i].height_um + (i > from ? list->slices.at[i].space_um : 0);
    return height;
}

void slices_keep(struct lay *lay, uint32_t first, bool panel) {
    struct list *list = lay->list;
    uint32_t end = (uint32_t)list->slices.count;
    int32_t height_um = slices_height(list, first, end);
    int32_t penalty = height_um > lay->limit_um                    ? PENALTY_TALL
                      : panel && height_um > lay->limit_um / 5 * 2 ? PENALTY_PANEL
                                                                   : PENALTY_KEEP;
    for (uint32_t i = first + 1; i < end; i++)
        list->slices.at[i].penalty += penalty;
}

void keep_widest(struct lay *lay, size_t from) {
    for (size_t i = from + 1; i < lay->overfull.count; i++)
        if (lay->overfull.at[i].over_um > lay->overfull.at[from].over_um)
            lay->overfull.at[from] = lay->overfull.at[i];
    lay->overfull.count = lay->overfull.count > from ? from + 1 : from;
}

/* ---- content beside other content ---- */

struct side side_begin(struct lay *lay) {
    struct list *list = lay->list;
    struct side side = {
        .slice = (uint32_t)list->slices.count,
        .mark = (uint32_t)list->marks.count,
        .part = (uint32_t)list->parts.count,
        .frame = (uint32_t)lay->frames.count,
        .place = (uint32_t)lay->places.count,
        .ready = list->ready,
    };
    list->ready = (struct ready){.at_top = true};
    return side;
}

void side_end(struct lay *lay, struct side *side) {
    struct list *list = lay->list;
    if (list->ready.fixed_um && list->slices.count > side->slice)
        list->slices.at[list->slices.count - 1].height_um += list->ready.fixed_um;
    else if (list->ready.fixed_um) {
        list->ready = (struct ready){.fixed_um = list->ready.fixed_um};
        struct slice *slice = slice_new(lay, NULL, 0);
        slice->height_um = slice->fixed_um;
        slice->space_um = slice->fixed_um = 0;
    }
    list->ready = side->ready;
    side->end = (uint32_t)list->slices.count;
    side->mark_end = (uint32_t)list->marks.count;
    side->part_end = (uint32_t)list->parts.count;
    side->frame_end = (uint32_t)lay->frames.count;
    side->place_end = (uint32_t)lay->places.count;
}

static void add_part(struct lay *lay, uint32_t frame, int32_t top_um, int32_t bottom_um) {
    if (lay->frames.at[frame].kind == FRAME_TABLE)
        return;
    struct part *part = VEC_ADD(lay->scratch, &lay->list->parts);
    *part = (struct part){frame, top_um, bottom_um};
}

int32_t side_stack(struct lay *lay, const struct side *side, int32_t y_um) {
    struct list *list = lay->list;
    int32_t baseline_um = -1;
    for (uint32_t i = side->slice; i < side->end; i++) {
        struct slice *slice = &list->slices.at[i];
        if (i > side->slice)
            y_um += slice->space_um;
        slice->y_um = y_um;
        if (baseline_um < 0 && slice->baseline_um >= 0)
            baseline_um = y_um + slice->baseline_um;
        for (uint32_t m = 0; m < slice->mark_count; m++)
            mark_move(&list->marks.at[slice->first_mark + m], 0, y_um);
        for (uint32_t p = 0; p < slice->part_count; p++) {
            list->parts.at[slice->first_part + p].top_um += y_um;
            list->parts.at[slice->first_part + p].bottom_um += y_um;
        }
        y_um += slice->height_um;
    }
    for (uint32_t f = side->frame; f < side->frame_end; f++) {
        struct frame *frame = &lay->frames.at[f];
        if (frame->stacked || frame->end <= frame->first)
            continue;
        const struct slice *last = &list->slices.at[frame->end - 1];
        add_part(lay, f, list->slices.at[frame->first].y_um, last->y_um + last->height_um);
        frame->stacked = true;
    }
    for (uint32_t p = side->place; p < side->place_end; p++) {
        struct place *place = &lay->places.at[p];
        place->y_um += place->slice < side->end ? list->slices.at[place->slice].y_um : y_um;
    }
    return baseline_um;
}

struct slice *slices_join(struct lay *lay, const struct flow *node, const struct side *from,
                          int32_t height_um) {
    struct list *list = lay->list;
    list->slices.count = from->slice;
    struct slice *slice = slice_new(lay, node, height_um);
    slice->first_mark = from->mark;
    slice->mark_count = (uint32_t)list->marks.count - from->mark;
    slice->first_part = from->part;
    slice->part_count = (uint32_t)list->parts.count - from->part;
    for (size_t p = from->place; p < lay->places.count; p++)
        lay->places.at[p].slice = from->slice;
    return slice;
}

static void move_range(struct list *list, uint32_t mark, uint32_t mark_end, uint32_t part,
                       uint32_t part_end, int32_t down_um) {
    for (uint32_t m = mark; m < mark_end; m++)
        mark_move(&list->marks.at[m], 0, down_um);
    for (uint32_t p = part; p < part_end; p++) {
        list->parts.at[p].top_um += down_um;
        list->parts.at[p].bottom_um += down_um;
    }
}

void slice_move(struct list *list, const struct slice *slice, int32_t down_um) {
    move_range(list, slice->first_mark, slice->first_mark + slice->mark_count, slice->first_part,
               slice->first_part + slice->part_count, down_um);
}

/* Puts the side's marks and parts before the slice's; copies where they do not lie together. */
static void take_over(struct lay *lay, const struct side *side, struct slice *next) {
    struct list *list = lay->list;
    uint32_t marks = side->mark_end - side->mark, parts = side->part_end - side->part;
    if (next->first_mark == side->mark_end && next->first_part == side->part_end) {
        next->first_mark = side->mark;
        next->first_part = side->part;
    } else {
        uint32_t first_mark = (uint32_t)list->marks.count;
        uint32_t first_part = (uint32_t)list->parts.count;
        for (uint32_t m = 0; m < marks + next->mark_count; m++) {
            uint32_t from = m < marks ? side->mark + m : next->first_mark + m - marks;
            struct mark mark = list->marks.at[from];
            VEC_PUSH(lay->scratch, &list->marks, mark);
        }
        for (uint32_t p = 0; p < parts + next->part_count; p++) {
            uint32_t from = p < parts ? side->part + p : next->first_part + p - parts;
            struct part part = list->parts.at[from];
            VEC_PUSH(lay->scratch, &list->parts, part);
        }
        next->first_mark = first_mark;
        next->first_part = first_part;
    }
    next->mark_count += marks;
    next->part_count += parts;
}

bool side_join_next(struct lay *lay, const struct side *side, int32_t baseline_um) {
    struct list *list = lay->list;
    uint32_t count = side->end - side->slice;
    if (list->slices.count == side->end || count == 0)
        return false;
    struct slice *next = &list->slices.at[side->end];
    int32_t down = baseline_um >= 0 && next->baseline_um >= 0 ? next->baseline_um - baseline_um : 0;
    if (down < 0) { /* the label is the taller one: what it labels moves to its baseline */
        slice_move(list, next, -down);
        next->height_um -= down;
        next->baseline_um -= down;
        down = 0;
    }
    move_range(list, side->mark, side->mark_end, side->part, side->part_end, down);
    const struct slice *last = &list->slices.at[side->end - 1];
    int32_t bottom = last->y_um + last->height_um + down;
    if (next->height_um < bottom)
        next->height_um = bottom;
    take_over(lay, side, next);

    memmove(&list->slices.at[side->slice], next,
            (list->slices.count - side->end) * sizeof *list->slices.at);
    list->slices.count -= count;
    for (size_t f = side->frame_end; f < lay->frames.count; f++) {
        lay->frames.at[f].first -= count;
        lay->frames.at[f].end -= count;
        lay->frames.at[f].head_first -= count;
    }
    for (size_t p = side->place; p < lay->places.count; p++)
        lay->places.at[p].slice =
            p < side->place_end ? side->slice : lay->places.at[p].slice - count;
    return true;
}

/* ---- sides next to one another ---- */

static void set_joined(struct lay *lay, const struct flow *node, const struct side *start,
                       const struct abreast *abreast, int32_t height_um) {
    int32_t baseline_um = -1, *downs = ARENA_ARRAY(lay->scratch, int32_t, abreast->count);
    for (size_t i = 0; i < abreast->count; i++) /* before the first is moved */
        downs[i] = side_down(lay, abreast, i, height_um - 2 * abreast->pad_um);
    for (size_t i = 0; i < abreast->count; i++) {
        const struct side *side = &abreast->sides[i];
        int32_t first_um = side_stack(lay, side, abreast->pad_um + downs[i]);
        if (baseline_um < 0)
            baseline_um = first_um;
    }
    slices_join(lay, node, start, height_um)->baseline_um = baseline_um;
}

/* What of each side stands on one stretch of an abreast that is taller than a page. */
struct stretch {
    int32_t height_um, penalty;
    uint32_t first_mark, mark_count, first_part, part_count, notes_end;
};

static void copy_slice(struct lay *lay, uint32_t index, uint32_t outer_frame, int32_t y_um,
                       int32_t above_um) {
    struct list *list = lay->list;
    struct slice slice = list->slices.at[index];
    for (uint32_t m = 0; m < slice.mark_count; m++) {
        struct mark mark = list->marks.at[slice.first_mark + m];
        mark_move(&mark, 0, y_um);
        VEC_PUSH(lay->scratch, &list->marks, mark);
    }
    for (uint32_t p = 0; p < slice.part_count; p++) {
        struct part part = list->parts.at[slice.first_part + p];
        add_part(lay, part.frame, part.top_um + y_um, part.bottom_um + y_um);
    }
    for (uint32_t f = slice.frame; f && f != outer_frame; f = lay->frames.at[f].parent) {
        struct frame *frame = &lay->frames.at[f];
        add_part(lay, f, y_um - (frame->first < index ? above_um : 0), y_um + slice.height_um);
        frame->stacked = true;
    }
}

/* Space above a side's next slice; dropped where a stretch must begin with it to fit a page. */
static int32_t above_um(const struct lay *lay, const struct side *side, uint32_t index,
                        bool begins) {
    const struct slice *slice = &lay->list->slices.at[index];
    bool drop =
        index == side->slice || (begins && slice->space_um + slice->height_um > lay->limit_um);
    return drop ? 0 : slice->space_um;
}

/* Fills one stretch: at least the next slice of every side, and what else fits beside it. */
static struct stretch fill_stretch(struct lay *lay, const struct abreast *abreast, uint32_t *at,
                                   uint32_t *stretch_of, uint32_t number) {
    struct list *list = lay->list;
    struct stretch stretch = {.first_mark = (uint32_t)list->marks.count,
                              .first_part = (uint32_t)list->parts.count};
    for (size_t i = 0; i < abreast->count; i++) {
        const struct side *side = &abreast->sides[i];
        if (at[i] == side->end)
            continue;
        const struct slice *slice = &list->slices.at[at[i]];
        int32_t height = slice->height_um + above_um(lay, side, at[i], true);
        stretch.height_um = height > stretch.height_um ? height : stretch.height_um;
        stretch.penalty = slice->penalty > stretch.penalty ? slice->penalty : stretch.penalty;
    }
    for (size_t i = 0; i < abreast->count; i++) {
        const struct side *side = &abreast->sides[i];
        for (int32_t y = 0; at[i] < side->end; at[i]++) {
            struct slice *slice = &list->slices.at[at[i]];
            int32_t above = above_um(lay, side, at[i], y == 0);
            if (y + above + slice->height_um > stretch.height_um)
                break;
            slice->y_um = y + above;
            stretch_of[at[i] - abreast->sides[0].slice] = number;
            if (slice->notes_end > stretch.notes_end)
                stretch.notes_end = slice->notes_end;
            y += above + slice->height_um;
            copy_slice(lay, at[i], lay->frame, y - list->slices.at[at[i]].height_um, above);
        }
    }
    stretch.mark_count = (uint32_t)list->marks.count - stretch.first_mark;
    stretch.part_count = (uint32_t)list->parts.count - stretch.first_part;
    return stretch;
}

/* The places of the sides move to the stretches their slices went to. */
static void move_places(struct lay *lay, const struct side *start, const struct abreast *abreast,
                        const uint32_t *stretch_of, uint32_t stretch_count) {
    uint32_t first = abreast->sides[0].slice, end = abreast->sides[abreast->count - 1].end;
    for (size_t p = start->place; p < lay->places.count; p++) {
        struct place *place = &lay->places.at[p];
        if (place->slice >= first && place->slice < end) {
            place->y_um += lay->list->slices.at[place->slice].y_um;
            place->slice = start->slice + stretch_of[place->slice - first];
        } else {
            place->slice = start->slice + (place->slice < first ? 0 : stretch_count - 1);
        }
    }
}

/* Cuts at the heights where every side has come to the end of a slice, pushing shorter ones down;
 * done only where a page cannot hold the whole. */
static void set_split(struct lay *lay, const struct flow *node, const struct side *start,
                      const struct abreast *abreast) {
    struct list *list = lay->list;
    uint32_t first = abreast->sides[0].slice, end = abreast->sides[abreast->count - 1].end;
    uint32_t *at = ARENA_ARRAY(lay->scratch, uint32_t, abreast->count);
    uint32_t *stretch_of = ARENA_ARRAY(lay->scratch, uint32_t, end - first + 1);
    VEC(struct stretch) stretches = {0};
    uint32_t notes_end = 0;
    for (size_t i = 0; i < abreast->count; i++)
        at[i] = abreast->sides[i].slice;
    for (bool more = true; more;) {
        struct stretch stretch =
            fill_stretch(lay, abreast, at, stretch_of, (uint32_t)stretches.count);
        notes_end = stretch.notes_end > notes_end ? stretch.notes_end : notes_end;
        stretch.notes_end = notes_end;
        VEC_PUSH(lay->scratch, &stretches, stretch);
        more = false;
        for (size_t i = 0; i < abreast->count; i++)
            more = more || at[i] < abreast->sides[i].end;
    }
    move_places(lay, start, abreast, stretch_of, (uint32_t)stretches.count);
    list->slices.count = start->slice;
    /* Where it goes on over a page, below a table's head, there is the same white as at its ends. */
    uint32_t frame = frame_open(lay, FRAME_TABLE, 0, 0);
    lay->frames.at[frame].pad_top_um = lay->frames.at[frame].pad_bottom_um = abreast->pad_um;
    for (size_t i = 0; i < stretches.count; i++) {
        const struct stretch *stretch = &stretches.at[i];
        struct slice *slice = slice_new(lay, node, stretch->height_um);
        slice->penalty += i ? stretch->penalty : 0;
        slice->first_mark = stretch->first_mark;
        slice->mark_count = stretch->mark_count;
        slice->first_part = stretch->first_part;
        slice->part_count = stretch->part_count;
        if (i + 1 < stretches.count)
            slice->notes_end = stretch->notes_end;
        bool edge = i == 0 || i + 1 == stretches.count;
        if (i == 0)
            slice_move(list, slice, abreast->pad_um);
        if (edge)
            slice->height_um += abreast->pad_um * (stretches.count == 1 ? 2 : 1);
    }
    frame_close(lay, frame);
}

void abreast_set(struct lay *lay, const struct flow *node, const struct side *start,
                 const struct abreast *abreast) {
    int32_t height_um = abreast_height(lay, abreast) + 2 * abreast->pad_um;
    if (height_um < abreast->least_um)
        height_um = abreast->least_um;
    if (height_um <= lay->limit_um || abreast->count == 0)
        set_joined(lay, node, start, abreast, height_um);
    else
        set_split(lay, node, start, abreast);
}
