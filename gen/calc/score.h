/* Scoring: answers to results (FORMAT: mean Σw·s/Σw, sum, percent; reverse is low + high − answer;
 * under the answered share a score is missing). Pure: no output, no diagnostics. */
#ifndef TANDEM_CALC_SCORE_H
#define TANDEM_CALC_SCORE_H

#include "model/result.h"

/* Every score × dimension × respondent × sitting in which that respondent has a file and the score
 * at least one answer, in the order of struct results; also those of respondents that a score with
 * `respondent` does not show. A percent score is a share from 0 to 1 with UNIT_PERCENT. */
void score_participant(struct arena *arena, const struct course *course,
                       const struct participant *participant, struct results *results);
/* What of `all` a reader may see: without what others answered to private ratings, pooled or not
 * (RESPONDENT_NONE, a copy for several, sees nobody's). In the same order. */
struct results score_results_for(struct arena *arena, const struct results *all, int32_t reader);
/* The answer as scored: reversed if the item is, else as given. Missing stays missing. */
struct value score_item(const struct slot *slot, struct value answer);

/* Decimals that a value is rounded to: a percent score is a share from 0 to 1 shown times 100, so
 * its `decimals` are counted after the per cent. */
int32_t score_places(const struct score *score);

#endif
