/* Setting a page: where each of its slices comes to stand, the part of every frame that falls on
 * it, and all marks moved to their places. */
#include "stage/layout_parts.h"

#include <stdlib.h>

enum { NOTE_RULE_WIDTH_UM = 30000 };

/* A frame's extent on the page being set. */
struct extent {
    uint32_t frame;
    int32_t top_um, bottom_um;
    bool begun, to_go_on; /* on an earlier page; on a later one */
    bool set;             /* FIELD: its mark has been made */
};

struct composer {
    struct lay *lay;
    const struct page_plan *plan;
    const struct map *known;
    uint32_t page; /* from 1 */
    int32_t left_um, top_um, bottom_um;
    struct mark *marks;
    size_t count;
    VEC(struct extent) extents;
};

int32_t page_left_um(const struct lay *lay, const struct page_plan *plan, size_t index) {
    if (plan->bleed)
        return 0;
    bool left_page = lay->theme->facing && index % 2 == 1;
    return left_page ? lay->theme->margin_outer_um : lay->theme->margin_inner_um;
}

int32_t page_top_um(const struct lay *lay, const struct page_plan *plan) {
    return plan->bleed ? 0 : lay->theme->margin_top_um;
}

/* ---- frames ---- */

static struct extent *extent_of(struct composer *composer, uint32_t index) {
    struct frame *frame = &composer->lay->frames.at[index];
    if (frame->page == composer->page)
        return &composer->extents.at[frame->extent];
    frame->page = composer->page;
    frame->extent = (uint32_t)composer->extents.count;
    struct extent *extent = VEC_ADD(composer->lay->scratch, &composer->extents);
    *extent = (struct extent){.frame = index, .top_um = INT32_MAX, .bottom_um = INT32_MIN};
    return extent;
}

static void widen(struct composer *composer, uint32_t frame, int32_t top_um, int32_t bottom_um) {
    struct extent *extent = extent_of(composer, frame);
    if (top_um < extent->top_um)
        extent->top_um = top_um;
    if (bottom_um > extent->bottom_um)
        extent->bottom_um = bottom_um;
}

static void see_frames(struct composer *composer, const struct list *list,
                       const struct slice *slice) {
    for (uint32_t f = slice->frame; f; f = composer->lay->frames.at[f].parent)
        widen(composer, f, slice->y_um, slice->y_um + slice->height_um);
    for (uint32_t p = 0; p < slice->part_count; p++) {
        const struct part *part = &list->parts.at[slice->first_part + p];
        widen(composer, part->frame, slice->y_um + part->top_um, slice->y_um + part->bottom_um);
    }
}

static int by_frame(const void *left, const void *right) {
    const struct extent *a = left, *b = right;
    return (a->frame > b->frame) - (a->frame < b->frame);
}

static struct mark *page_mark(struct composer *composer, enum mark_kind kind, int32_t x_um,
                              int32_t y_um, int32_t width_um, int32_t height_um) {
    struct mark *mark = &composer->marks[composer->count++];
    *mark = (struct mark){.kind = kind,
                          .x_um = x_um,
                          .y_um = y_um,
                          .width_um = width_um,
                          .height_um = height_um,
                          .fill = COLOUR_NONE,
                          .stroke = COLOUR_NONE};
    return mark;
}

static void set_box(struct composer *composer, const struct frame *frame,
                    const struct extent *extent) {
    int32_t x = composer->left_um + frame->x_um, y = extent->top_um;
    int32_t width = frame->width_um, height = extent->bottom_um - extent->top_um;
    if (frame->bleed && composer->plan->bleed)
        height = composer->lay->paper->height_um - y;
    const struct box_style *box = frame->box;
    if (!box) {
        page_mark(composer, MARK_RECT, x, y, width, height)->fill = frame->ground;
        return;
    }
    bool whole = !extent->begun && !extent->to_go_on, bar = box->bar != COLOUR_NONE && box->bar_um;
    int32_t radius = whole && !bar && !frame->bleed ? box->radius_um : 0;
    bool border = box->border != COLOUR_NONE && box->border_um > 0;
    if (box->fill != COLOUR_NONE || border) {
        int32_t inset = border ? box->border_um / 2 : 0;
        struct mark *mark = page_mark(composer, MARK_RECT, x + inset, y + inset, width - 2 * inset,
                                      height - 2 * inset);
        mark->fill = box->fill;
        mark->radius_um = radius;
        if (border) {
            mark->stroke = box->border;
            mark->weight_um = box->border_um;
        }
    }
    if (bar)
        page_mark(composer, MARK_RECT, x, y, box->bar_um, height)->fill = box->bar;
}

/* Outer frames lie below inner ones, and all below the text. */
static void set_frames(struct composer *composer) {
    struct lay *lay = composer->lay;
    if (composer->extents.count)
        qsort(composer->extents.at, composer->extents.count, sizeof *composer->extents.at,
              by_frame);
    for (size_t i = 0; i < composer->extents.count; i++) {
        const struct extent *extent = &composer->extents.at[i];
        struct frame *frame = &lay->frames.at[extent->frame];
        frame->extent = (uint32_t)i;
        if (frame->kind == FRAME_BOX)
            set_box(composer, frame, extent);
    }
}

static void set_field_part(struct composer *composer, uint32_t index) {
    struct frame *frame = &composer->lay->frames.at[index];
    if (frame->kind != FRAME_FIELD || frame->page != composer->page)
        return;
    struct extent *extent = &composer->extents.at[frame->extent];
    if (extent->set)
        return;
    extent->set = true;
    struct mark *mark =
        page_mark(composer, MARK_FIELD, composer->left_um + frame->x_um, extent->top_um,
                  frame->width_um, extent->bottom_um - extent->top_um);
    mark->field = frame->field;
    mark->element = frame->element;
}

/* Fields along several lines come where the first of these stands, so that marks keep the order of
 * reading. */
static void set_fields(struct composer *composer, const struct list *list,
                       const struct slice *slice) {
    for (uint32_t f = slice->frame; f; f = composer->lay->frames.at[f].parent)
        set_field_part(composer, f);
    for (uint32_t p = 0; p < slice->part_count; p++)
        set_field_part(composer, list->parts.at[slice->first_part + p].frame);
}

/* ---- marks ---- */

static void set_mark(struct composer *composer, const struct mark *source, int32_t y_um,
                     bool again) {
    bool empty = source->kind == MARK_TEXT && source->count == 0;
    bool astray =
        source->kind == MARK_LINK && source->internal && !map_find(composer->known, source->url);
    bool active = source->kind == MARK_LINK || source->kind == MARK_FIELD;
    if (empty || astray || (again && active))
        return;
    struct mark *mark = &composer->marks[composer->count++];
    *mark = *source;
    if (again) { /* a repeated table head was read where it first stood */
        mark->element = 0;
        mark->lang = NULL;
    }
    if (mark->kind == MARK_PATH) {
        struct path_step *steps = ARENA_ARRAY(composer->lay->job, struct path_step, mark->count);
        for (size_t i = 0; i < mark->count; i++) {
            steps[i] = source->steps[i];
            for (int k = 0; k < 3; k++) {
                steps[i].x[k] += source->x_um + composer->left_um;
                steps[i].y[k] += source->y_um + y_um;
            }
        }
        mark->steps = steps;
    }
    mark_move(mark, composer->left_um, y_um);
    if (mark->kind != MARK_LINE)
        mark->to_x_um = mark->to_y_um = 0;
}

static void set_slice(struct composer *composer, const struct list *list, const struct slice *slice,
                      int32_t y_um, bool again) {
    if (!again)
        set_fields(composer, list, slice);
    for (uint32_t m = 0; m < slice->mark_count; m++)
        set_mark(composer, &list->marks.at[slice->first_mark + m], y_um, again);
    for (int32_t line = 1; line <= slice->grown; line++) {
        for (uint32_t m = 0; m < slice->mark_count; m++) {
            const struct mark *mark = &list->marks.at[slice->first_mark + m];
            if (mark->kind == MARK_LINE)
                set_mark(composer, mark, y_um + line * slice->grow_um, again);
        }
    }
}

/* ---- places of slices ---- */

/* Lines to write on follow until the page is full: one to each field, then another to each. */
static void grow_lines(const struct composer *composer, int32_t room_um) {
    struct lay *lay = composer->lay;
    const struct page_plan *plan = composer->plan;
    for (bool more = !plan->full; more;) {
        more = false;
        for (uint32_t i = plan->first; i < plan->end; i++) {
            struct slice *slice = &lay->body.slices.at[i];
            if (slice->grown == slice->grow_most)
                continue;
            slice->grown++;
            slice->height_um += slice->grow_um;
            if (walk_page_um(lay, plan->first, plan->end) <= room_um) {
                more = true;
                continue;
            }
            slice->grown--;
            slice->height_um -= slice->grow_um;
            slice->grow_most = slice->grown;
        }
    }
}

/* What the spaces of a page grow by all together, or below 0 shrink by, and how it is shared. */
struct spread {
    int64_t amount_um, whole;
};

static int32_t share_of(const struct composer *composer, const struct spread *spread,
                        const struct slice *slice) {
    if (composer->plan->full)
        return slice->stretch;
    return spread->amount_um < 0 ? slice_take_um(composer->lay, slice)
                                 : slice_give_um(composer->lay, slice);
}

/* Room that is left over goes into the spaces that may grow: all of it on a page of its own, else
 * only if little is needed to reach the bottom. Room that lacks comes out of them. */
static struct spread spread(const struct composer *composer, int32_t slack_um) {
    const struct lay *lay = composer->lay;
    const struct page_plan *plan = composer->plan;
    struct spread spread = {slack_um, 0};
    if (!plan->full && lay->grid_um) {
        int32_t step_um = lay->grid_um; /* what lacks, in steps that are enough */
        spread.amount_um = slack_um < 0 ? -((step_um - 1 - slack_um) / step_um * step_um)
                                        : walk_steps_um(lay, slack_um);
    }
    for (uint32_t i = plan->first + 1; i < plan->end; i++)
        spread.whole += share_of(composer, &spread, &lay->body.slices.at[i]);
    bool some = spread.whole > 0 && spread.amount_um != 0;
    bool enough = spread.amount_um < 0 ? -spread.amount_um <= spread.whole
                                       : plan->filled && spread.amount_um <= spread.whole;
    if (!some || !(plan->full ? slack_um > 0 : enough))
        spread = (struct spread){0, 1};
    return spread;
}

/* Sets y_um of the page's slices, which may reach down to room_um below the area's top. */
static void place_slices(struct composer *composer, int32_t room_um) {
    struct lay *lay = composer->lay;
    const struct page_plan *plan = composer->plan;
    grow_lines(composer, room_um);
    struct spread all = spread(composer, room_um - walk_page_um(lay, plan->first, plan->end));
    int32_t end_um = break_open_um(lay, plan->first);
    int64_t shares = 0;
    for (uint32_t i = plan->first; i < plan->end; i++) {
        struct slice *slice = &lay->body.slices.at[i];
        int32_t top_um = walk_top_um(lay, end_um, slice, i == plan->first);
        shares += i > plan->first ? share_of(composer, &all, slice) : 0;
        int64_t moved_um = shares * all.amount_um / all.whole;
        if (lay->grid_um && !plan->full)
            moved_um = shares * (all.amount_um / lay->grid_um) / all.whole * lay->grid_um;
        slice->y_um = composer->top_um + top_um + (int32_t)moved_um;
        see_frames(composer, &lay->body, slice);
        end_um = top_um + slice->height_um;
    }
}

/* A row's grounds reach over the white where it goes on. */
static void widen_grounds(struct composer *composer, uint32_t index, int32_t y_um) {
    struct lay *lay = composer->lay;
    const struct slice *slice = &lay->body.slices.at[index];
    for (uint32_t p = 0; p < slice->part_count; p++) {
        uint32_t frame = lay->body.parts.at[slice->first_part + p].frame;
        if (lay->frames.at[frame].kind == FRAME_BOX && !lay->frames.at[frame].box)
            widen(composer, frame, y_um, y_um);
    }
}

/* The frames open at the page's top, outside in: their padding and repeated heads. */
static void open_frames(struct composer *composer, uint32_t frame, int32_t *y_um, bool emit) {
    struct lay *lay = composer->lay;
    uint32_t first = composer->plan->first;
    if (!frame)
        return;
    open_frames(composer, lay->frames.at[frame].parent, y_um, emit);
    const struct frame *open = &lay->frames.at[frame];
    if (open->first >= first)
        return;
    if (!emit) {
        widen(composer, frame, *y_um, *y_um);
        extent_of(composer, frame)->begun = true;
        if (open->kind == FRAME_TABLE && open->pad_top_um)
            widen_grounds(composer, first, *y_um);
    }
    *y_um += open->pad_top_um;
    int32_t y = *y_um;
    for (uint32_t h = 0; h < open->head_count; h++) {
        const struct slice *head = &lay->body.slices.at[open->head_first + h];
        y += h ? head->space_um : 0;
        if (emit) {
            set_slice(composer, &lay->body, head, y, true);
        } else {
            for (uint32_t p = 0; p < head->part_count; p++) {
                const struct part *part = &lay->body.parts.at[head->first_part + p];
                widen(composer, part->frame, y + part->top_um, y + part->bottom_um);
            }
        }
        y += head->height_um;
    }
    *y_um += open->head_um;
}

static void close_frames(struct composer *composer, int32_t y_um) {
    struct lay *lay = composer->lay;
    uint32_t end = composer->plan->end;
    if (end >= lay->body.slices.count || composer->plan->first == end)
        return;
    for (uint32_t f = lay->body.slices.at[end].frame; f; f = lay->frames.at[f].parent) {
        const struct frame *frame = &lay->frames.at[f];
        if (frame->first >= end)
            continue;
        y_um += frame->pad_bottom_um;
        widen(composer, f, y_um, y_um);
        extent_of(composer, f)->to_go_on = true;
        if (frame->kind == FRAME_TABLE && frame->pad_bottom_um)
            widen_grounds(composer, end - 1, y_um);
    }
}

/* Footnotes end at the foot of the text. */
static void place_notes(struct composer *composer) {
    struct lay *lay = composer->lay;
    const struct page_plan *plan = composer->plan;
    int32_t y_um =
        composer->bottom_um - slices_height(&lay->notes, plan->note_first, plan->note_end);
    for (uint32_t i = plan->note_first; i < plan->note_end; i++) {
        struct slice *slice = &lay->notes.slices.at[i];
        y_um += i > plan->note_first ? slice->space_um : 0;
        slice->y_um = y_um;
        see_frames(composer, &lay->notes, slice);
        y_um += slice->height_um;
    }
}

static void set_notes(struct composer *composer) {
    struct lay *lay = composer->lay;
    const struct page_plan *plan = composer->plan;
    if (plan->note_first == plan->note_end)
        return;
    int32_t y_um = lay->notes.slices.at[plan->note_first].y_um;
    struct mark *rule =
        page_mark(composer, MARK_LINE, composer->left_um, y_um - note_gap_um() / 3, 0, 0);
    rule->to_x_um = rule->x_um + NOTE_RULE_WIDTH_UM;
    rule->to_y_um = rule->y_um;
    rule->stroke = lay->theme->colours[COLOUR_RULE];
    rule->weight_um = lay->theme->rule_um;
    for (uint32_t i = plan->note_first; i < plan->note_end; i++) {
        const struct slice *slice = &lay->notes.slices.at[i];
        set_slice(composer, &lay->notes, slice, slice->y_um, false);
    }
}

/* ---- the page ---- */

static size_t most_marks(const struct lay *lay, const struct page_plan *plan) {
    size_t count = 1;
    for (uint32_t i = plan->first; i < plan->end; i++)
        count += lay->body.slices.at[i].mark_count * (1 + (size_t)lay->body.slices.at[i].grown);
    for (uint32_t i = plan->note_first; i < plan->note_end; i++)
        count += lay->notes.slices.at[i].mark_count;
    if (plan->first < plan->end)
        for (uint32_t f = lay->body.slices.at[plan->first].frame; f; f = lay->frames.at[f].parent)
            for (uint32_t h = 0; h < lay->frames.at[f].head_count; h++)
                count += lay->body.slices.at[lay->frames.at[f].head_first + h].mark_count;
    return count;
}

void compose_page(struct lay *lay, size_t index, const struct map *known, struct page *page) {
    const struct page_plan *plan = &lay->plans.at[index];
    struct composer composer = {
        .lay = lay, .plan = plan, .known = known, .page = (uint32_t)index + 1};
    composer.left_um = page_left_um(lay, plan, index);
    composer.top_um = page_top_um(lay, plan);
    composer.bottom_um = composer.top_um + (plan->bleed ? lay->paper->height_um : lay->area_um);
    if (plan->first < plan->end) {
        const struct slice *first = &lay->body.slices.at[plan->first];
        int32_t y_um = composer.top_um;
        open_frames(&composer, first->frame, &y_um, false);
        int32_t notes_um = slices_height(&lay->notes, plan->note_first, plan->note_end);
        notes_um += notes_um ? note_gap_um() : 0;
        int32_t close_um = plan->end < lay->body.slices.count ? break_close_um(lay, plan->end) : 0;
        place_slices(&composer, composer.bottom_um - composer.top_um - close_um - notes_um);
        const struct slice *last = &lay->body.slices.at[plan->end - 1];
        close_frames(&composer, last->y_um + last->height_um);
    }
    place_notes(&composer);

    size_t room = most_marks(lay, plan) + 2 * composer.extents.count;
    composer.marks = ARENA_ARRAY(lay->job, struct mark, room);
    set_frames(&composer);
    if (plan->first < plan->end) {
        int32_t y_um = composer.top_um;
        open_frames(&composer, lay->body.slices.at[plan->first].frame, &y_um, true);
    }
    for (uint32_t i = plan->first; i < plan->end; i++)
        set_slice(&composer, &lay->body, &lay->body.slices.at[i], lay->body.slices.at[i].y_um,
                  false);
    set_notes(&composer);
    page->body = composer.marks;
    page->body_count = composer.count;
}
