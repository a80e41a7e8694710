/* Withholding: which counts of groups of people may be told, so that nobody can learn of fewer than
 * WITHHOLD_LEAST of them, neither directly nor by adding and subtracting what is told.
 *
 * Stage: score, for cohorts. Units: people. Owner: the arena given. Errors: none.
 *
 * The rules, as content/README.md tells them:
 *  - a group with fewer than WITHHOLD_LEAST answers is not told of; such groups are not among all
 *    either, unless together they have enough;
 *  - neighbouring categories are joined until each has nobody or enough people: for all together,
 *    then, as far as a group needs it, along one chain of joins that is the same for every group;
 *    where those who did not answer are too few to be told of, they are joined with the largest
 *    category, so that neither is told;
 *  - where what all tell less what the groups tell would be too few, the smallest group tells less;
 *    or all tell less, or are told of without groups that would have to stay in the dark, whichever
 *    leaves most.
 *
 * That this suffices: what can be had by adding and subtracting and is a count of people is, but for
 * whole published figures, a set U of all's categories in those groups that tell none of its parts;
 * every such U is tried. (tests/unit/test_calc_withhold.c tries all sets there are.) */
#ifndef TANDEM_CALC_WITHHOLD_H
#define TANDEM_CALC_WITHHOLD_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { WITHHOLD_LEAST = 5, WITHHOLD_CATEGORIES = 16 };

struct withhold {
    /* Given. */
    size_t group_count,
        category_count;    /* categories: at most WITHHOLD_CATEGORIES, absent included */
    const int32_t *counts; /* of each group its categories */
    const bool *told;      /* groups that have a report of their own */
    bool
        absent; /* the last category is of those who did not answer, and no more told than others */

    /* Found. */
    uint8_t (*joined)[WITHHOLD_CATEGORIES]; /* of each level and category: its first one's number */
    size_t level_count;                     /* level 0 is the finest; in the last one all are one */
    bool *among;                            /* groups that all's figures are of */
    bool *shown;    /* groups that are told of; else they are too few, or have no report */
    size_t *level;  /* of each group */
    size_t all;     /* the level of all together */
    bool all_shown; /* enough people among all */
};

void withhold(struct arena *arena, struct withhold *table);

/* For figures that are not counts by category, such as means: those groups that may be told of and
 * that all's figure is of, by how many people each figure is of. False: all's is not to be told. */
bool withhold_groups(const int32_t *people, const bool *told, size_t count, bool *among);

/* True if so many people may be told of. */
static inline bool withhold_is_enough(int64_t people) {
    return people == 0 || people >= WITHHOLD_LEAST;
}

#endif
