#include "calc/score.h"

#include "calc/format.h"
#include "calc/scope.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a score adds up for one dimension, respondent and sitting. */
struct tally {
    double weighted, weights; /* Σ weight·scored, Σ weight, over answered items */
    double low, high;         /* the least and most that these items can give */
    int32_t answered, total;
};

int32_t score_places(const struct score *score) {
    return score->decimals + (score->method == SCORE_PERCENT ? 2 : 0);
}

struct value score_item(const struct slot *slot, struct value answer) {
    if (answer.kind != VALUE_NUMBER || !slot->scale || !slot->item || !slot->item->reverse)
        return answer;
    double low = slot->scale->from, high = low + (double)slot->scale->count - 1;
    answer.number = low + high - answer.number;
    return answer;
}

static void tally_slot(struct tally *tally, const struct slot *slot, struct value answer) {
    tally->total++;
    struct value scored = score_item(slot, answer);
    if (scored.kind != VALUE_NUMBER)
        return;
    double weight = slot->item ? slot->item->weight : 1;
    tally->answered++;
    tally->weighted += weight * scored.number;
    tally->weights += weight;
    tally->low += weight * slot->scale->from;
    tally->high += weight * (slot->scale->from + (double)slot->scale->count - 1);
}

/* The share is of items, whatever they weigh; 4 of 5 is 0.8 in spite of binary fractions. */
static bool enough_answered(const struct score *score, const struct tally *tally) {
    return tally->answered > 0 && tally->answered + 1e-9 >= score->answered * tally->total;
}

static struct value tally_value(const struct score *score, const struct tally *tally) {
    struct value value = value_number(0);
    switch (score->method) {
    case SCORE_MEAN:
        value.number = tally->weighted / tally->weights;
        break;
    case SCORE_SUM:
        value.number = tally->weighted;
        break;
    case SCORE_PERCENT:
        value.number = (tally->weighted - tally->low) / (tally->high - tally->low);
        value.unit = UNIT_PERCENT;
        break;
    }
    if (!enough_answered(score, tally) || !isfinite(value.number))
        return VALUE_NONE;
    value.number = number_round(value.number, score_places(score));
    return value;
}

/* A shared rating has one answer for all: anybody's of that sitting, the reader's first. */
static struct value answer_of(const struct course *course, const struct participant *participant,
                              const struct slot *slot, int32_t respondent, int32_t sitting) {
    if (slot->own) {
        const struct answer *answer = answers_find(participant, slot, respondent, sitting, 0);
        return answer ? answer->value : VALUE_NONE;
    }
    const struct scope scope = {
        .course = course, .participant = participant, .respondent = respondent, .row = -1};
    return scope_answer(&scope, slot, respondent, sitting, 0);
}

/* The dimension's number, -1 without. */
static int32_t dimension_of(const struct score *score, const struct slot *slot) {
    for (size_t i = 0; slot->item && slot->item->dimension && i < score->dimension_count; i++)
        if (strcmp(score->dimensions[i], slot->item->dimension) == 0)
            return (int32_t)i;
    return -1;
}

/* tallies[0] is the whole, tallies[1 + d] dimension d. */
static void tally_score(const struct course *course, const struct participant *participant,
                        const struct score *score, int32_t respondent, int32_t sitting,
                        struct tally *tallies) {
    for (size_t p = 0; p < score->part_count; p++) {
        const struct block *rating = score->parts[p].rating;
        const char *ask = score->parts[p].ask;
        for (size_t i = 0; i < rating->slot_count; i++) {
            const struct slot *slot = rating->slots[i];
            if (slot->type != SLOT_POINT || !slot->scale ||
                !(slot->respondents >> respondent & 1) ||
                (ask && (!slot->ask || strcmp(slot->ask, ask) != 0)))
                continue;
            struct value answer = answer_of(course, participant, slot, respondent, sitting);
            tally_slot(&tallies[0], slot, answer);
            int32_t dimension = dimension_of(score, slot);
            if (dimension >= 0)
                tally_slot(&tallies[1 + dimension], slot, answer);
        }
    }
}

static int result_order(const void *left, const void *right) {
    const struct result *a = left, *b = right;
    if (a->dimension != b->dimension)
        return a->dimension < b->dimension ? -1 : 1;
    if (a->respondent != b->respondent)
        return a->respondent < b->respondent ? -1 : 1;
    return a->sitting < b->sitting ? -1 : a->sitting > b->sitting;
}

static void score_one(struct arena *arena, const struct course *course,
                      const struct participant *participant, const struct score *score,
                      struct results *results) {
    size_t count = 1 + (score->by_dimension ? score->dimension_count : 0);
    struct tally *tallies = ARENA_ARRAY(arena, struct tally, 1 + score->dimension_count);
    size_t from = results->count;
    for (size_t respondent = 0; respondent < course->respondents.count; respondent++)
        for (size_t sitting = 0; sitting < participant->sitting_count; sitting++) {
            if (!(participant->sittings[sitting].answered >> respondent & 1))
                continue;
            memset(tallies, 0, (1 + score->dimension_count) * sizeof *tallies);
            tally_score(course, participant, score, (int32_t)respondent, (int32_t)sitting, tallies);
            for (size_t i = 0; tallies[0].answered && i < count; i++) {
                struct result *result = VEC_ADD(arena, results);
                *result = (struct result){.score = score,
                                          .dimension = (int32_t)i - 1,
                                          .respondent = (int32_t)respondent,
                                          .sitting = (int32_t)sitting,
                                          .value = tally_value(score, &tallies[i]),
                                          .band = -1,
                                          .answered = tallies[i].answered,
                                          .total = tallies[i].total};
                if (!value_is_missing(result->value))
                    result->band = score_find_band(score, result->value.number);
            }
        }
    if (results->count > from)
        qsort(results->at + from, results->count - from, sizeof *results->at, result_order);
}

void score_participant(struct arena *arena, const struct course *course,
                       const struct participant *participant, struct results *results) {
    for (size_t i = 0; i < course->scores.count; i++)
        score_one(arena, course, participant, &course->scores.at[i], results);
}

static bool pools_private(const struct score *score) {
    bool found = false;
    for (size_t i = 0; i < score->part_count; i++)
        found = found || score->parts[i].rating->is_private;
    return found;
}

struct results score_results_for(struct arena *arena, const struct results *all, int32_t reader) {
    struct results seen = {0};
    for (size_t i = 0; i < all->count; i++)
        if (all->at[i].respondent == reader || !pools_private(all->at[i].score))
            VEC_PUSH(arena, &seen, all->at[i]);
    return seen;
}
