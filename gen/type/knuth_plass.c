#include "type/knuth_plass.h"

#include <string.h>

/* TeX's own values, and more: a last line of hardly a word (which a ragged margin can avoid more
 * easily), and breaking where only need allows it. */
#define LINE_PENALTY 10.0
#define ADJACENT_DEMERITS 10000.0
#define DOUBLE_HYPHEN_DEMERITS 10000.0
#define FINAL_HYPHEN_DEMERITS 20000.0
#define SHORT_LAST_DEMERITS 12000.0
#define SHORT_LAST_RAGGED_DEMERITS 300000.0
#define RESORT_DEMERITS 1e12
#define RATIO_LIMIT 12.0 /* beyond that, all is equally bad */
#define OVERFULL (-1e9)

enum fitness { TIGHT, DECENT, LOOSE, VERY_LOOSE, FITNESS_COUNT };

struct node {
    const struct node *from; /* the end of the line before, or NULL */
    uint32_t at;             /* in breaks */
    int32_t line;            /* lines so far */
    enum fitness fitness;
    double demerits;
};

struct state {
    struct arena *scratch;
    const struct breakpoint *breaks;
    const struct line_rules *rules;
    const struct node **active, **next; /* ordered by line where lines are told apart */
    size_t active_count, next_count, room;
    /* The best way to the break at hand from nodes of one line number, by fitness. */
    const struct node *best[FITNESS_COUNT];
    double best_demerits[FITNESS_COUNT];
};

/* The ratio by which a line's glue is stretched (or shrunk, below 0; below -1 it sticks out). */
static double line_ratio(const struct breakpoint *start, const struct breakpoint *end, bool first,
                         const struct line_rules *rules) {
    int64_t room = first ? rules->first_width : rules->width;
    int64_t width = end->before.width - start->after.width + end->hyphen_nm;
    if (!rules->ragged)
        width -= end->right_hang_nm + start->left_hang_nm;
    int64_t left = room - width;
    if (left < 0) {
        int64_t shrink = rules->ragged ? 0 : end->before.shrink - start->after.shrink;
        return shrink > 0 ? (double)left / (double)shrink : OVERFULL;
    }
    if (left == 0 || end->before.fills > start->after.fills || (end->forced && !rules->balance))
        return 0;
    int64_t stretch = rules->background_stretch;
    if (!rules->ragged)
        stretch += end->before.stretch - start->after.stretch;
    double ratio = stretch > 0 ? (double)left / (double)stretch : RATIO_LIMIT;
    return ratio < RATIO_LIMIT ? ratio : RATIO_LIMIT;
}

static double line_badness(double ratio) {
    double size = ratio < 0 ? -ratio : ratio;
    return 100 * size * size * size;
}

static enum fitness fitness_of(double ratio) {
    return ratio < -0.5 ? TIGHT : ratio <= 0.5 ? DECENT : ratio <= 1 ? LOOSE : VERY_LOOSE;
}

static double line_demerits(const struct state *state, const struct node *from, uint32_t at,
                            double ratio) {
    const struct breakpoint *end = &state->breaks[at], *start = &state->breaks[from->at];
    double base = LINE_PENALTY + line_badness(ratio);
    double demerits = base * base + (double)end->penalty * end->penalty;
    enum fitness fitness = fitness_of(ratio);
    int distance = (int)fitness - (int)from->fitness;
    if (distance > 1 || distance < -1)
        demerits += ADJACENT_DEMERITS;
    if (start->hyphen && end->forced)
        demerits += FINAL_HYPHEN_DEMERITS;
    else if (start->hyphen && end->hyphen)
        demerits += DOUBLE_HYPHEN_DEMERITS;
    if (end->resort)
        demerits += RESORT_DEMERITS;
    if (end->forced && from->line > 0 && from->at > 0 && !start->forced &&
        end->before.width - start->after.width < state->rules->width / 6)
        demerits += state->rules->ragged ? SHORT_LAST_RAGGED_DEMERITS : SHORT_LAST_DEMERITS;
    return demerits;
}

static void push(struct state *state, const struct node *node) {
    if (state->next_count == state->room) {
        size_t room = state->room * 2;
        const struct node **grown = ARENA_ARRAY(state->scratch, const struct node *, room);
        memcpy(grown, state->next, state->next_count * sizeof *grown);
        state->next = grown;
        grown = ARENA_ARRAY(state->scratch, const struct node *, room);
        memcpy(grown, state->active, state->active_count * sizeof *grown);
        state->active = grown;
        state->room = room;
    }
    state->next[state->next_count++] = node;
}

static const struct node *new_node(struct state *state, const struct node *from, uint32_t at,
                                   enum fitness fitness, double demerits) {
    struct node *node = ARENA_NEW(state->scratch, struct node);
    *node = (struct node){from, at, from->line + 1, fitness, demerits};
    return node;
}

/* Makes active nodes of the best ways found. One that is far worse than another need not be kept:
 * the difference in fitness can cost no more than ADJACENT_DEMERITS. */
static void flush_best(struct state *state, uint32_t at) {
    double least = 0;
    bool any = false;
    for (int f = 0; f < FITNESS_COUNT; f++)
        if (state->best[f] && (!any || state->best_demerits[f] < least)) {
            least = state->best_demerits[f];
            any = true;
        }
    for (int f = 0; f < FITNESS_COUNT; f++) {
        if (state->best[f] && state->best_demerits[f] <= least + ADJACENT_DEMERITS)
            push(state,
                 new_node(state, state->best[f], at, (enum fitness)f, state->best_demerits[f]));
        state->best[f] = NULL;
    }
}

/* Takes one break through all active nodes. */
static void try_break(struct state *state, uint32_t at) {
    const struct breakpoint *end = &state->breaks[at];
    const struct node *lost = NULL; /* the best of those given up */
    state->next_count = 0;
    for (size_t i = 0; i < state->active_count; i++) {
        const struct node *from = state->active[i];
        if (i > 0 && state->rules->looseness && from->line != state->active[i - 1]->line)
            flush_best(state, at);
        double ratio = line_ratio(&state->breaks[from->at], end, from->line == 0, state->rules);
        if (ratio < -1 || end->forced) {
            if (!lost || from->demerits < lost->demerits)
                lost = from;
        } else {
            push(state, from);
        }
        if (ratio < -1 || ratio > state->rules->tolerance)
            continue;
        enum fitness fitness = fitness_of(ratio);
        double demerits = from->demerits + line_demerits(state, from, at, ratio);
        if (!state->best[fitness] || demerits < state->best_demerits[fitness]) {
            state->best[fitness] = from;
            state->best_demerits[fitness] = demerits;
        }
    }
    flush_best(state, at);
    if (state->next_count == 0 && state->rules->last_pass)
        push(state, new_node(state, lost, at, TIGHT, lost->demerits + RESORT_DEMERITS));
    const struct node **emptied = state->active;
    state->active = state->next;
    state->active_count = state->next_count;
    state->next = emptied;
}

/* The node to end with: least demerits, or as many lines more or fewer as asked for. */
static const struct node *choose_end(const struct state *state) {
    const struct node *best = state->active[0];
    for (size_t i = 1; i < state->active_count; i++)
        if (state->active[i]->demerits < best->demerits)
            best = state->active[i];
    int32_t wanted = best->line + state->rules->looseness;
    const struct node *nearest = best;
    for (size_t i = 0; i < state->active_count; i++) {
        const struct node *node = state->active[i];
        int32_t gap = node->line - wanted, near = nearest->line - wanted;
        gap = gap < 0 ? -gap : gap;
        near = near < 0 ? -near : near;
        if (gap < near || (gap == near && node->demerits < nearest->demerits))
            nearest = node;
    }
    return state->rules->looseness ? nearest : best;
}

size_t knuth_plass(struct arena *scratch, const struct breakpoint *breaks, size_t count,
                   const struct line_rules *rules, uint32_t *chosen) {
    enum { ROOM = 64 };
    struct state state = {.scratch = scratch,
                          .breaks = breaks,
                          .rules = rules,
                          .active = ARENA_ARRAY(scratch, const struct node *, ROOM),
                          .next = ARENA_ARRAY(scratch, const struct node *, ROOM),
                          .room = ROOM};
    struct node *start = ARENA_NEW(scratch, struct node);
    start->fitness = DECENT;
    state.active[state.active_count++] = start;
    for (uint32_t at = 1; at < count; at++) {
        try_break(&state, at);
        if (state.active_count == 0)
            return 0;
    }
    const struct node *end = choose_end(&state);
    size_t lines = (size_t)end->line;
    for (size_t i = lines; i > 0; i--, end = end->from)
        chosen[i - 1] = end->at;
    return lines;
}
