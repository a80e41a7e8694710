/* Bleed: what is filled up to the paper's edge goes on past it. */
#include "write/impose.h"

#include "base/vec.h"

/* Layout rounds to whole micrometres: an edge a few of them away is the paper's. */
enum { EDGE_SLACK_UM = 20 };
enum { EDGE_LEFT = 1, EDGE_RIGHT = 2, EDGE_TOP = 4, EDGE_BOTTOM = 8 };

struct point_um {
    int32_t x, y;
};

/* Which of the paper's edges a point is on. */
static int edges_at(const struct paper *paper, struct point_um at) {
    return (at.x <= EDGE_SLACK_UM ? EDGE_LEFT : 0) |
           (at.x >= paper->width_um - EDGE_SLACK_UM ? EDGE_RIGHT : 0) |
           (at.y <= EDGE_SLACK_UM ? EDGE_TOP : 0) |
           (at.y >= paper->height_um - EDGE_SLACK_UM ? EDGE_BOTTOM : 0);
}

static struct point_um move_out(struct point_um at, int edges, int32_t bleed_um) {
    at.x -= edges & EDGE_LEFT ? bleed_um : 0;
    at.x += edges & EDGE_RIGHT ? bleed_um : 0;
    at.y -= edges & EDGE_TOP ? bleed_um : 0;
    at.y += edges & EDGE_BOTTOM ? bleed_um : 0;
    return at;
}

static bool bleed_rect(struct mark *mark, const struct paper *paper, int32_t bleed_um) {
    struct point_um from = {mark->x_um, mark->y_um};
    struct point_um to = {from.x + mark->width_um, from.y + mark->height_um};
    int low = edges_at(paper, from) & (EDGE_LEFT | EDGE_TOP);
    int high = edges_at(paper, to) & (EDGE_RIGHT | EDGE_BOTTOM);
    from = move_out(from, low, bleed_um);
    to = move_out(to, high, bleed_um);
    mark->x_um = from.x;
    mark->y_um = from.y;
    mark->width_um = to.x - from.x;
    mark->height_um = to.y - from.y;
    return low || high;
}

/* A path being drawn again: straight segments along an edge lie outside, others where they were,
 * and short ones lead from one to the other. */
struct tracing {
    struct arena *arena;
    const struct paper *paper;
    int32_t bleed_um;
    VEC(struct path_step) steps;
    struct point_um start, pen;
    bool outside, changed;
};

static void line_to(struct tracing *tracing, struct point_um to) {
    *VEC_ADD(tracing->arena, &tracing->steps) =
        (struct path_step){.op = PATH_LINE, .x = {to.x}, .y = {to.y}};
}

static void come_back(struct tracing *tracing) {
    if (tracing->outside)
        line_to(tracing, tracing->pen);
    tracing->outside = false;
}

/* A straight segment; false if it is not along an edge. */
static bool trace_edge(struct tracing *tracing, struct point_um to) {
    int here = edges_at(tracing->paper, tracing->pen), there = edges_at(tracing->paper, to);
    if (!(here & there))
        return false;
    if (!tracing->outside)
        line_to(tracing, move_out(tracing->pen, here, tracing->bleed_um));
    line_to(tracing, move_out(to, there, tracing->bleed_um));
    tracing->outside = tracing->changed = true;
    tracing->pen = to;
    return true;
}

static void trace_step(struct tracing *tracing, const struct path_step *step) {
    int last = step->op == PATH_CURVE ? 2 : 0;
    struct point_um to = {step->x[last], step->y[last]};
    if (step->op == PATH_CLOSE) {
        to = tracing->start;
        if (tracing->pen.x != to.x || tracing->pen.y != to.y)
            trace_edge(tracing, to);
    }
    if (step->op == PATH_LINE && trace_edge(tracing, to))
        return;
    come_back(tracing);
    *VEC_ADD(tracing->arena, &tracing->steps) = *step;
    tracing->pen = to;
    if (step->op == PATH_MOVE)
        tracing->start = to;
}

static bool bleed_path(struct arena *arena, struct mark *mark, const struct paper *paper,
                       int32_t bleed_um) {
    struct tracing tracing = {.arena = arena, .paper = paper, .bleed_um = bleed_um};
    for (size_t i = 0; i < mark->count; i++)
        trace_step(&tracing, &mark->steps[i]);
    come_back(&tracing);
    mark->steps = tracing.steps.at;
    mark->count = tracing.steps.count;
    return tracing.changed;
}

/* Outlines and round corners are drawn for themselves, and stay. A picture is stretched, by about a
 * hundredth: its edge would be cut off otherwise, or a white line be left there. */
static bool bleed_mark(struct arena *arena, struct mark *mark, const struct paper *paper,
                       int32_t bleed_um) {
    if (mark->kind == MARK_IMAGE && mark->image && mark->image->kind != IMAGE_VECTOR)
        return bleed_rect(mark, paper, bleed_um);
    if (mark->fill == COLOUR_NONE || mark->stroke != COLOUR_NONE)
        return false;
    if (mark->kind == MARK_RECT && !mark->radius_um)
        return bleed_rect(mark, paper, bleed_um);
    return mark->kind == MARK_PATH && bleed_path(arena, mark, paper, bleed_um);
}

const struct mark *impose_bleed(struct arena *arena, const struct paper *paper,
                                const struct mark *marks, size_t count, int32_t bleed_um) {
    struct mark *copy = NULL;
    for (size_t i = 0; bleed_um && i < count; i++) {
        struct mark mark = marks[i];
        if (!bleed_mark(arena, &mark, paper, bleed_um))
            continue;
        if (!copy) {
            copy = ARENA_ARRAY(arena, struct mark, count);
            memcpy(copy, marks, count * sizeof *copy);
        }
        copy[i] = mark;
    }
    return copy ? copy : marks;
}
