/* Results: scores computed from answers. `.when`, {{…}}, charts, sheets and letters read only
 * these. */
#ifndef TANDEM_MODEL_RESULT_H
#define TANDEM_MODEL_RESULT_H

#include "model/answers.h"

struct result {
    const struct score *score;
    int32_t dimension; /* -1: the whole */
    int32_t respondent;
    int32_t sitting;
    struct value value;      /* rounded to the score's decimals; missing under the answered share */
    int32_t band;            /* -1 without bands or value */
    int32_t answered, total; /* items × asks */
};

struct results {
    struct result *at; /* by score, dimension, respondent, sitting */
    size_t count, room;
};

/* NULL if that combination has no answers at all or does not exist. */
const struct result *results_find(const struct results *results, const struct score *score,
                                  int32_t dimension, int32_t respondent, int32_t sitting);

#endif
