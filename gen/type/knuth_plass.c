#include "type/knuth_plass.h"

#include <math.h>
#include <string.h>

/* TeX's own values, and more. Those for hyphens in a row and at the end are larger than TeX's, for
 * glyphs that give leave more ways to avoid them; a last line of hardly a word is one that a ragged
 * margin can avoid more easily. Tried on the text of tests/bench/side_by_side at 120, 95 and 70 mm. */
#define LINE_PENALTY 10.0
#define ADJACENT_DEMERITS 10000.0
#define DOUBLE_HYPHEN_DEMERITS 100000.0
#define TRIPLE_HYPHEN_DEMERITS 1e8
#define FINAL_HYPHEN_DEMERITS 300000.0 /* the last line begins with half a word … */
#define FRAGMENT_DEMERITS 1e6          /* … and has hardly more */
#define SHORT_LAST_DEMERITS 40000.0
#define SHORT_LAST_RAGGED_DEMERITS 300000.0
#define RIVER_DEMERITS 3000.0
#define RESORT_DEMERITS 1e12
#define EASY_RATIO 0.3
#define RATIO_LIMIT 12.0 /* beyond that, all is equally bad */
#define OVERFULL (-1e9)

/* Where a word space's middle is, and how many spaces are above one another down to it. */
struct space {
    int64_t x;
    int32_t run;
};

struct spaces {
    struct space *at;
    uint32_t count;
};

enum fitness { TIGHT, DECENT, LOOSE, VERY_LOOSE, FITNESS_COUNT };

/* Ways to a break are told apart by their last line's fitness, and by whether a further hyphen
 * would be the third in a row. */
enum { WAY_COUNT = 2 * FITNESS_COUNT };

struct node {
    const struct node *from; /* the end of the line before, or NULL */
    uint32_t at;             /* in breaks */
    int32_t line;            /* lines so far */
    enum fitness fitness;
    int32_t hyphens; /* lines in a row that end with one, this one included */
    double demerits;
    struct spaces spaces; /* of the line that ends here, if rivers count */
};

struct state {
    struct arena *scratch;
    const struct breakpoint *breaks;
    const struct line_rules *rules;
    const struct node **active, **next; /* ordered by line where lines are told apart */
    size_t active_count, next_count, room;
    /* The best ways to the break at hand from nodes of one line number. */
    const struct node *best[WAY_COUNT];
    double best_demerits[WAY_COUNT];
    struct spaces best_spaces[WAY_COUNT], spaces; /* of those lines, and of one being tried */
};

/* What is left of a line's width when nothing in it gives. */
static int64_t line_slack(const struct breakpoint *start, const struct breakpoint *end, bool first,
                          const struct line_rules *rules) {
    int64_t room = first ? rules->first_width : rules->width;
    int64_t width = end->before.width - start->after.width + end->hyphen_nm;
    if (!rules->ragged)
        width -= end->right_hang_nm + start->left_hang_nm;
    return room - width;
}

/* The ratio by which a line's glue is stretched (or shrunk, below 0; below -1 it sticks out). What
 * glyphs can take is nearly free: it counts up to EASY_RATIO, and what spaces take beyond it. */
static double line_ratio(const struct breakpoint *start, const struct breakpoint *end, int64_t left,
                         const struct line_rules *rules) {
    int64_t widens = rules->ragged ? 0 : end->before.widens - start->after.widens;
    int64_t taken = glyphs_take(left, widens);
    double easy = widens > 0 ? EASY_RATIO * (double)taken / (double)widens : 0;
    left -= taken;
    if (left < 0) {
        int64_t shrink = rules->ragged ? 0 : end->before.shrink - start->after.shrink;
        return shrink > 0 ? easy + (1 + easy) * (double)left / (double)shrink : OVERFULL;
    }
    if (left + taken == 0 || end->before.fills > start->after.fills ||
        (end->forced && !rules->balance && left + taken > 0))
        return 0;
    if (left == 0)
        return easy;
    int64_t stretch = rules->background_stretch;
    if (!rules->ragged)
        stretch += end->before.stretch - start->after.stretch;
    double ratio = easy + (stretch > 0 ? (double)left / (double)stretch : RATIO_LIMIT);
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
    if (start->put_hyphen && end->forced)
        demerits += FINAL_HYPHEN_DEMERITS;
    else if (start->hyphen && end->hyphen)
        demerits += from->hyphens > 1 ? TRIPLE_HYPHEN_DEMERITS : DOUBLE_HYPHEN_DEMERITS;
    if (end->resort)
        demerits += RESORT_DEMERITS;
    int64_t lacking = state->rules->width / 6 - (end->before.width - start->after.width);
    if (end->forced && from->line > 0 && from->at > 0 && !start->forced && lacking > 0) {
        /* Lines that are ragged anyhow give the last one a word, though it stay a short one. */
        double share = 1 + (double)lacking * 6 / (double)state->rules->width;
        demerits +=
            (state->rules->ragged ? SHORT_LAST_RAGGED_DEMERITS * share : SHORT_LAST_DEMERITS) +
            (start->put_hyphen ? FRAGMENT_DEMERITS : 0);
    }
    return demerits;
}

/* Where the word spaces of a line are, set with `left` to share out. */
static void place_spaces(struct state *state, const struct node *from, uint32_t at, int64_t left) {
    const struct breakpoint *start = &state->breaks[from->at], *end = &state->breaks[at];
    const struct line_rules *rules = state->rules;
    int64_t widens = end->before.widens - start->after.widens;
    int64_t taken = glyphs_take(left, widens);
    int64_t gives = left < 0 ? end->before.shrink - start->after.shrink
                             : end->before.stretch - start->after.stretch;
    if (end->forced && left > 0)
        taken = gives = 0;
    double widening = widens > 0 ? (double)taken / (double)widens : 0;
    double giving = gives > 0 ? (double)(left - taken) / (double)gives : 0;
    int64_t origin = (from->line == 0 ? rules->width - rules->first_width : 0) -
                     start->left_hang_nm - start->after.width;
    struct spaces *spaces = &state->spaces;
    spaces->count = 0;
    for (uint32_t i = from->at + 1; i < at; i++) {
        const struct sums *before = &state->breaks[i].before, *after = &state->breaks[i].after;
        if (after->width == before->width)
            continue;
        int64_t given = left < 0 ? before->shrink + after->shrink - 2 * start->after.shrink
                                 : before->stretch + after->stretch - 2 * start->after.stretch;
        double more =
            widening * (double)(before->widens - start->after.widens) + giving * (double)given / 2;
        spaces->at[spaces->count++] =
            (struct space){origin + (before->width + after->width) / 2 + (int64_t)more, 1};
    }
}

/* Counts on from the line above which spaces are above one another, each with the nearest that no
 * other is with, and says what that costs: from three lines on, the more the longer. */
static double river_demerits(struct state *state, const struct spaces *above) {
    struct spaces *spaces = &state->spaces;
    int64_t reach = state->rules->river;
    double demerits = 0;
    uint32_t next = 0;
    for (uint32_t i = 0; i < spaces->count; i++) {
        struct space *space = &spaces->at[i];
        while (next < above->count && above->at[next].x < space->x - reach)
            next++;
        if (next == above->count)
            break;
        int64_t gap = above->at[next].x - space->x;
        if (gap > reach)
            continue;
        space->run = above->at[next++].run + 1;
        if (space->run > 2)
            demerits += RIVER_DEMERITS * (space->run - 2);
    }
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

static void keep_spaces(struct state *state, struct node *node, const struct spaces *spaces) {
    if (!state->rules->river || spaces->count == 0)
        return;
    node->spaces.at = ARENA_ARRAY(state->scratch, struct space, spaces->count);
    memcpy(node->spaces.at, spaces->at, spaces->count * sizeof *spaces->at);
    node->spaces.count = spaces->count;
}

static int32_t hyphens_after(const struct state *state, const struct node *from, uint32_t at) {
    return state->breaks[at].hyphen ? from->hyphens + 1 : 0;
}

static struct node *new_node(struct state *state, const struct node *from, uint32_t at,
                             enum fitness fitness, double demerits) {
    struct node *node = ARENA_NEW(state->scratch, struct node);
    *node = (struct node){.from = from,
                          .at = at,
                          .line = from->line + 1,
                          .fitness = fitness,
                          .hyphens = hyphens_after(state, from, at),
                          .demerits = demerits};
    return node;
}

/* Makes active nodes of the best ways found. One that is far worse than another need not be kept:
 * the difference in fitness can cost no more than ADJACENT_DEMERITS. */
static void flush_best(struct state *state, uint32_t at) {
    double least = INFINITY;
    for (int w = 0; w < WAY_COUNT; w++) {
        if (w == FITNESS_COUNT && least < INFINITY) /* fewer hyphens for less are better anyhow */
            least -= ADJACENT_DEMERITS;
        if (state->best[w] && state->best_demerits[w] < least)
            least = state->best_demerits[w];
        if (w != FITNESS_COUNT - 1 && w != WAY_COUNT - 1)
            continue;
        for (int k = w - FITNESS_COUNT + 1; k <= w; k++) {
            if (state->best[k] && state->best_demerits[k] <= least + ADJACENT_DEMERITS) {
                struct node *node =
                    new_node(state, state->best[k], at, (enum fitness)(k % FITNESS_COUNT),
                             state->best_demerits[k]);
                keep_spaces(state, node, &state->best_spaces[k]);
                push(state, node);
            }
            state->best[k] = NULL;
        }
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
        const struct breakpoint *begin = &state->breaks[from->at];
        int64_t left = line_slack(begin, end, from->line == 0, state->rules);
        double ratio = line_ratio(begin, end, left, state->rules);
        if (ratio < -1 || end->forced) {
            if (!lost || from->demerits < lost->demerits)
                lost = from;
        } else {
            push(state, from);
        }
        if (ratio < -1 || ratio > state->rules->tolerance)
            continue;
        if (end->hyphen && from->hyphens > 1 && !state->rules->last_pass)
            continue; /* a looser line is better than three hyphens in a row */
        enum fitness fitness = fitness_of(ratio);
        bool many = hyphens_after(state, from, at) > 1;
        int way = (int)fitness + (many ? FITNESS_COUNT : 0);
        double demerits = from->demerits + line_demerits(state, from, at, ratio);
        if (state->best[way] && demerits >= state->best_demerits[way])
            continue;
        if (state->rules->river) {
            place_spaces(state, from, at, left);
            demerits += river_demerits(state, &from->spaces);
            if (state->best[way] && demerits >= state->best_demerits[way])
                continue;
            struct spaces other = state->best_spaces[way];
            state->best_spaces[way] = state->spaces;
            state->spaces = other;
        }
        state->best[way] = from;
        state->best_demerits[way] = demerits;
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
    for (int w = 0; rules->river && w < WAY_COUNT; w++)
        state.best_spaces[w].at = ARENA_ARRAY(scratch, struct space, count);
    if (rules->river)
        state.spaces.at = ARENA_ARRAY(scratch, struct space, count);
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
