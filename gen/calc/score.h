/* Scoring: answers to results (FORMAT: mean Σw·s/Σw, sum, percent; reverse is low + high − answer;
 * under the answered share a score is missing). Pure: no output, no diagnostics. */
#ifndef TANDEM_CALC_SCORE_H
#define TANDEM_CALC_SCORE_H

#include "model/result.h"

/* Every score × dimension × respondent × sitting that has at least one answer. */
void score_participant(struct arena *arena, const struct course *course,
                       const struct participant *participant, struct results *results);
/* The answer as scored: reversed if the item is, else as given. Missing stays missing. */
struct value score_item(const struct slot *slot, struct value answer);

#endif
