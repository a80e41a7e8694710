/* Rows to what may be told of a cohort. */
#include "calc/cohort.h"
#include "calc/format.h"
#include "calc/score.h"

#include <math.h>
#include <string.h>

enum { RANGE_LIMIT = 6 };

static double range_step(const struct score *score) {
    static const double steps[] = {1, 2, 5, 10, 20, 25, 50, 100};
    double range = score->high - score->low;
    for (size_t i = 0; score->method != SCORE_PERCENT && i < sizeof steps / sizeof *steps; i++)
        if (range / steps[i] <= RANGE_LIMIT)
            return steps[i];
    return range / 4;
}

size_t score_categories(const struct score *score) {
    if (score->band_count)
        return score->band_count < WITHHOLD_CATEGORIES ? score->band_count
                                                       : WITHHOLD_CATEGORIES - 1;
    double step = range_step(score);
    size_t count = step > 0 ? (size_t)ceil((score->high - score->low) / step - 1e-9) : 1;
    return count ? count : 1;
}

double score_category_to(const struct score *score, size_t index) {
    if (score->band_count)
        return score->bands[index].to;
    double to = score->low + range_step(score) * (double)(index + 1);
    return to < score->high ? to : score->high;
}

int32_t score_category(const struct score *score, double value) {
    int32_t last = (int32_t)score_categories(score) - 1;
    for (int32_t i = 0; i < last; i++)
        if (value <= score_category_to(score, (size_t)i) + 1e-9)
            return i;
    return last;
}

/* The groups' tables while they are counted. */
struct tally {
    const struct cohorts *cohorts;
    size_t groups, categories;
    int32_t *counts;    /* of each group its categories, those who did not answer last */
    double *sums;       /* of each group */
    int32_t *people;    /* who answered */
    bool *told, *among; /* among: all's mean is of them */
};

static struct tally tally_new(struct arena *arena, const struct cohorts *cohorts,
                              size_t categories) {
    struct tally tally = {
        .cohorts = cohorts, .groups = cohorts->names.count + 1, .categories = categories + 1};
    tally.counts = ARENA_ARRAY(arena, int32_t, tally.groups * tally.categories);
    tally.sums = ARENA_ARRAY(arena, double, tally.groups);
    tally.people = ARENA_ARRAY(arena, int32_t, tally.groups);
    tally.told = ARENA_ARRAY(arena, bool, tally.groups);
    tally.among = ARENA_ARRAY(arena, bool, tally.groups);
    for (size_t g = 0; g + 1 < tally.groups; g++)
        tally.told[g] = true; /* the last ones have no cohort, and no report */
    return tally;
}

/* `category` -1: did not answer. */
static void tally_add(struct tally *tally, const struct member *member, int32_t category,
                      double value) {
    size_t g = (size_t)member->group;
    size_t place = category < 0 ? tally->categories - 1 : (size_t)category;
    tally->counts[g * tally->categories + place]++;
    if (category < 0)
        return;
    tally->people[g]++;
    tally->sums[g] += value;
}

/* The counts that `withhold` reads: without those who did not answer unless it is strict. */
static struct withhold withheld(struct arena *arena, const struct tally *tally, bool strict) {
    size_t categories = tally->categories - !strict;
    int32_t *counts = ARENA_ARRAY(arena, int32_t, tally->groups * categories);
    for (size_t g = 0; g < tally->groups; g++)
        memcpy(counts + g * categories, tally->counts + g * tally->categories,
               categories * sizeof *counts);
    struct withhold table = {.group_count = tally->groups,
                             .category_count = categories,
                             .counts = counts,
                             .told = tally->told,
                             .absent = strict};
    withhold(arena, &table);
    return table;
}

static void tell(struct arena *arena, const struct cohort *cohort, struct tally *tally, bool strict,
                 struct told *told) {
    struct withhold table = withheld(arena, tally, strict);
    bool all = cohort->group < 0;
    size_t level = all ? table.all : table.level[cohort->group];
    told->shown = all ? table.all_shown : table.shown[cohort->group];
    memcpy(told->joined, table.joined[level], sizeof told->joined);
    double sum = 0;
    for (size_t g = 0; g < tally->groups; g++) {
        bool in = all ? table.among[g] : g == (size_t)cohort->group;
        told->left_out = told->left_out || (all && !in && tally->people[g]);
        for (size_t c = 0; in && c < tally->categories; c++) {
            int32_t count = tally->counts[g * tally->categories + c];
            told->size += count;
            if (c + 1 < tally->categories)
                told->counts[told->joined[c]] += count;
        }
        told->people += in ? tally->people[g] : 0;
        sum += in ? tally->sums[g] : 0;
    }
    told->mean = told->people ? sum / told->people : 0;
    size_t absent = tally->categories - 1;
    told->counted = !strict || told->joined[absent] == absent;
    told->hidden = told->counted ? -1 : told->joined[absent];
    for (size_t c = 1; c < absent; c++)
        told->apart = told->apart || told->joined[c] == c;
}

void cohort_tell(struct arena *arena, const struct cohort *cohort, int32_t key, int32_t respondent,
                 int32_t sitting, bool strict, struct told *told) {
    const struct cohorts *cohorts = cohort->of;
    const struct score *score = cohorts->keys[key].score;
    struct tally tally = tally_new(arena, cohorts, score_categories(score));
    for (size_t i = 0; i < cohorts->members.count; i++) {
        const struct member *member = &cohorts->members.at[i];
        const struct member_result *result =
            member_result(cohorts, member, key, respondent, sitting);
        double value = result ? number_round((double)result->value, score_places(score)) : 0;
        tally_add(&tally, member, result ? score_category(score, value) : -1, value);
    }
    *told = (struct told){.sitting = sitting};
    tell(arena, cohort, &tally, strict, told);
}

bool cohort_tell_moved(struct arena *arena, const struct cohort *cohort, int32_t key,
                       int32_t respondent, bool strict, struct told *told) {
    const struct cohorts *cohorts = cohort->of;
    const struct score *score = cohorts->keys[key].score;
    int32_t last = cohorts->sitting_count - 1;
    *told = (struct told){.sitting = last};
    if (last < 1)
        return false;
    struct tally tally = tally_new(arena, cohorts, MOVED_COUNT);
    for (size_t i = 0; i < cohorts->members.count; i++) {
        const struct member *member = &cohorts->members.at[i];
        const struct member_result *from = member_result(cohorts, member, key, respondent, 0);
        const struct member_result *to = member_result(cohorts, member, key, respondent, last);
        if (!from || !to) {
            tally_add(&tally, member, -1, 0);
            continue;
        }
        double change = number_round((double)to->value - (double)from->value, score_places(score));
        double step = score->band_count ? to->band - from->band : change;
        tally_add(&tally, member, step < 0 ? MOVED_DOWN : step > 0 ? MOVED_UP : MOVED_NOT, change);
    }
    tell(arena, cohort, &tally, strict, told);
    return true;
}

bool cohort_tell_mean(struct arena *arena, const struct cohort *cohort, const double *values,
                      double *mean, int32_t *people) {
    const struct cohorts *cohorts = cohort->of;
    struct tally tally = tally_new(arena, cohorts, 1);
    for (size_t i = 0; i < cohorts->members.count; i++)
        tally_add(&tally, &cohorts->members.at[i], isnan(values[i]) ? -1 : 0, values[i]);
    bool shown = withhold_groups(tally.people, tally.told, tally.groups, tally.among);
    double sum = 0;
    *people = 0;
    for (size_t g = 0; g < tally.groups; g++) {
        bool in = cohort->group < 0 ? tally.among[g] : g == (size_t)cohort->group;
        *people += in ? tally.people[g] : 0;
        sum += in ? tally.sums[g] : 0;
    }
    *mean = *people ? sum / *people : 0;
    return cohort->group < 0 ? shown : *people >= WITHHOLD_LEAST;
}
