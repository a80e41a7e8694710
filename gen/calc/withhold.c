#include "calc/withhold.h"

#include <string.h>

bool withhold_groups(const int32_t *people, const bool *told, size_t count, bool *among) {
    int64_t sum = 0, rest = 0;
    for (size_t g = 0; g < count; g++) {
        bool own = told[g] && people[g] >= WITHHOLD_LEAST;
        among[g] = own;
        sum += own ? people[g] : 0;
        rest += own ? 0 : people[g];
    }
    for (size_t g = 0; g < count && rest >= WITHHOLD_LEAST; g++)
        among[g] = true;
    return sum + (rest >= WITHHOLD_LEAST ? rest : 0) >= WITHHOLD_LEAST;
}

static size_t answer_count(const struct withhold *table) {
    return table->category_count - table->absent;
}

static const int32_t *row(const struct withhold *table, size_t group) {
    return table->counts + group * table->category_count;
}

/* People of the category whose first one is `first`, joined as a level says. */
static int64_t joined_count(const struct withhold *table, const uint8_t *joined,
                            const int64_t *counts, size_t first) {
    int64_t sum = 0;
    for (size_t c = 0; c < table->category_count; c++)
        sum += joined[c] == first ? counts[c] : 0;
    return sum;
}

static bool level_fits(const struct withhold *table, const uint8_t *joined, const int64_t *counts) {
    for (size_t c = 0; c < table->category_count; c++)
        if (joined[c] == c && !withhold_is_enough(joined_count(table, joined, counts, c)))
            return false;
    return true;
}

/* Joins the category that begins at `second` to that at `first`. */
static void join(const struct withhold *table, uint8_t *joined, size_t first, size_t second) {
    for (size_t c = 0; c < table->category_count; c++)
        if (joined[c] == second)
            joined[c] = (uint8_t)first;
}

/* The joined categories of answers, in order, with their people; how many there are. */
static size_t runs_of(const struct withhold *table, const uint8_t *joined, const int64_t *totals,
                      size_t *starts, int64_t *sizes) {
    size_t count = 0;
    for (size_t c = 0; c < answer_count(table); c++)
        if (joined[c] == c) {
            sizes[count] = joined_count(table, joined, totals, c);
            starts[count++] = c;
        }
    return count;
}

static bool absent_apart(const struct withhold *table, const uint8_t *joined) {
    return table->absent && joined[table->category_count - 1] == table->category_count - 1;
}

/* Those who did not answer join the largest category, which is then no more told than they are. */
static void join_absent(const struct withhold *table, uint8_t *joined, const int64_t *totals) {
    size_t starts[WITHHOLD_CATEGORIES], largest = 0;
    int64_t sizes[WITHHOLD_CATEGORIES];
    size_t count = runs_of(table, joined, totals, starts, sizes);
    for (size_t i = 1; i < count; i++)
        if (sizes[i] > sizes[largest])
            largest = i;
    join(table, joined, starts[largest], table->category_count - 1);
}

/* One join more: the smallest category, of those with too few people if `lacking`, with the smaller
 * of its neighbours. False if there is none, or nothing to join it with. */
static bool join_smallest(const struct withhold *table, uint8_t *joined, const int64_t *totals,
                          bool lacking) {
    size_t starts[WITHHOLD_CATEGORIES];
    int64_t sizes[WITHHOLD_CATEGORIES];
    size_t count = runs_of(table, joined, totals, starts, sizes), smallest = count;
    for (size_t i = 0; i < count; i++)
        if ((!lacking || !withhold_is_enough(sizes[i])) &&
            (smallest == count || sizes[i] < sizes[smallest]))
            smallest = i;
    if (smallest == count || count < 2)
        return false;
    bool up = smallest == 0 || (smallest + 1 < count && sizes[smallest + 1] < sizes[smallest - 1]);
    size_t lower = up ? smallest : smallest - 1;
    join(table, joined, starts[lower], starts[lower + 1]);
    return true;
}

/* True if those who did not answer are too few to be told of, in some group or in all. */
static bool absent_lacks(const struct withhold *table, const int64_t *totals) {
    size_t absent = table->category_count - 1;
    bool lacks = !withhold_is_enough(totals[absent]);
    for (size_t g = 0; g < table->group_count; g++)
        lacks = lacks || (table->shown[g] && !withhold_is_enough(row(table, g)[absent]));
    return table->absent && lacks;
}

static void find_levels(struct arena *arena, struct withhold *table, const int64_t *totals) {
    table->joined = arena_alloc_array(arena, table->category_count + 2, sizeof *table->joined);
    uint8_t *joined = table->joined[0];
    for (size_t c = 0; c < table->category_count; c++)
        joined[c] = (uint8_t)c;
    if (table->absent && !withhold_is_enough(totals[table->category_count - 1]))
        join_absent(table, joined, totals);
    while (join_smallest(table, joined, totals, true))
        continue;
    table->level_count = 1;
    bool soon = absent_lacks(table, totals);
    for (;;) {
        uint8_t *next = table->joined[table->level_count];
        memcpy(next, table->joined[table->level_count - 1], sizeof *table->joined);
        if (soon && absent_apart(table, next))
            join_absent(table, next, totals);
        else if (!join_smallest(table, next, totals, false)) {
            if (!absent_apart(table, next))
                return;
            join_absent(table, next, totals);
        }
        table->level_count++;
    }
}

/* The finest level, all's or coarser, at which a group may be told of. */
static size_t level_of(const struct withhold *table, size_t group) {
    size_t last = table->level_count - 1;
    int64_t counts[WITHHOLD_CATEGORIES];
    for (size_t c = 0; c < table->category_count; c++)
        counts[c] = row(table, group)[c];
    for (size_t level = table->all; table->shown[group] && level < last; level++)
        if (level_fits(table, table->joined[level], counts))
            return level;
    return last;
}

/* How many people the set of all's categories has in those groups that tell none of its parts: the
 * bits of `set` count the categories at all's level. */
static int64_t left_over(const struct withhold *table, uint32_t set) {
    const uint8_t *joined_all = table->joined[table->all];
    int64_t people = 0;
    for (size_t g = 0; g < table->group_count; g++) {
        if (!table->among[g])
            continue;
        const uint8_t *joined = table->joined[table->level[g]];
        uint32_t in = 0, out = 0; /* of the group's categories, those with parts in or out of it */
        for (size_t c = 0; c < table->category_count; c++)
            *(set >> joined_all[c] & 1 ? &in : &out) |= 1u << joined[c];
        for (size_t c = 0; c < table->category_count; c++)
            if ((in & out) >> joined[c] & 1 && set >> joined_all[c] & 1)
                people += row(table, g)[c];
    }
    return people;
}

/* True if some set of all's categories would be learned of that has too few people. */
static bool tells_too_much(const struct withhold *table) {
    uint32_t starts[WITHHOLD_CATEGORIES];
    size_t count = 0;
    for (size_t c = 0; c < table->category_count; c++)
        if (table->joined[table->all][c] == c)
            starts[count++] = (uint32_t)c;
    for (uint32_t pick = 1; pick < 1u << count; pick++) {
        uint32_t set = 0;
        for (size_t i = 0; i < count; i++)
            if (pick >> i & 1)
                set |= 1u << starts[i];
        if (!withhold_is_enough(left_over(table, set)))
            return true;
    }
    return false;
}

/* The smallest group that could tell less does so; false if none could. */
static bool tell_less(struct withhold *table, const int32_t *people) {
    size_t smallest = table->group_count;
    for (size_t g = 0; g < table->group_count; g++)
        if (table->among[g] && table->level[g] + 1 < table->level_count &&
            (smallest == table->group_count || people[g] < people[smallest]))
            smallest = g;
    if (smallest == table->group_count)
        return false;
    table->level[smallest]++;
    return true;
}

/* True if there are at least two categories of answers at a level. */
static bool tells_apart(const struct withhold *table, size_t level) {
    for (size_t c = 1; c < answer_count(table); c++)
        if (table->joined[level][c] == c)
            return true;
    return false;
}

/* How much is told at given levels: categories apart, by the people they are of. */
static int64_t worth_of(const struct withhold *table, const int32_t *people) {
    int64_t worth = 0;
    for (size_t g = 0; g < table->group_count; g++)
        for (size_t c = 1; c < answer_count(table); c++) {
            worth += table->among[g] && table->joined[table->all][c] == c ? people[g] : 0;
            worth += table->shown[g] && table->joined[table->level[g]][c] == c ? people[g] : 0;
        }
    return worth;
}

/* All's figures at each of the levels, the groups' as fine as that lets them; `best` becomes the one
 * that tells most. */
static void try_levels(struct arena *arena, struct withhold *table, const int32_t *people,
                       struct withhold *best, int64_t *most) {
    int64_t totals[WITHHOLD_CATEGORIES] = {0};
    for (size_t g = 0; g < table->group_count; g++)
        for (size_t c = 0; table->among[g] && c < table->category_count; c++)
            totals[c] += row(table, g)[c];
    find_levels(arena, table, totals);
    for (table->all = 0; table->all < table->level_count; table->all++) {
        for (size_t g = 0; g < table->group_count; g++)
            table->level[g] = level_of(table, g);
        while (tells_too_much(table) && tell_less(table, people))
            continue;
        int64_t worth = worth_of(table, people);
        if (worth <= *most)
            continue;
        *most = worth;
        *best = *table;
        best->among = ARENA_ARRAY(arena, bool, table->group_count + 1);
        best->level = ARENA_ARRAY(arena, size_t, table->group_count + 1);
        memcpy(best->among, table->among, table->group_count * sizeof *table->among);
        memcpy(best->level, table->level, table->group_count * sizeof *table->level);
    }
}

void withhold(struct arena *arena, struct withhold *table) {
    int32_t *people = ARENA_ARRAY(arena, int32_t, table->group_count + 1);
    table->among = ARENA_ARRAY(arena, bool, table->group_count + 1);
    table->shown = ARENA_ARRAY(arena, bool, table->group_count + 1);
    table->level = ARENA_ARRAY(arena, size_t, table->group_count + 1);
    for (size_t g = 0; g < table->group_count; g++)
        for (size_t c = 0; c < answer_count(table); c++)
            people[g] += row(table, g)[c];
    for (size_t g = 0; g < table->group_count; g++)
        table->shown[g] = table->told[g] && people[g] >= WITHHOLD_LEAST;
    table->all_shown = withhold_groups(people, table->told, table->group_count, table->among);
    struct withhold best = {0};
    int64_t most = -1;
    try_levels(arena, table, people, &best, &most);
    /* All may tell more without those who are told of nowhere else; or without those either of whom
     * no categories can be told. */
    for (int without = 1; without <= 2; without++) {
        bool any = false;
        table->all = 0;
        for (size_t g = 0; g < table->group_count; g++) {
            table->among[g] =
                table->shown[g] && (without == 1 || tells_apart(table, level_of(table, g)));
            any = any || table->among[g];
        }
        if (any)
            try_levels(arena, table, people, &best, &most);
    }
    *table = best;
}
