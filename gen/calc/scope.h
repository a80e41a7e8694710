/* The scope of an evaluation: one participant as one reader sees them. */
#ifndef TANDEM_CALC_SCOPE_H
#define TANDEM_CALC_SCOPE_H

#include "model/answers.h"
#include "model/cohort.h"
#include "model/reference.h"
#include "model/result.h"

struct scope {
    struct arena *arena; /* job */
    const struct course *course;
    const struct participant *participant; /* NULL: blank, everything is missing */
    const struct results *results;         /* NULL likewise */
    const struct cohort *cohort;           /* of a report on one; else NULL */
    bool anonymous;                        /* a report that travels */
    int32_t respondent;                    /* the reader, or RESPONDENT_NONE */
    int32_t row;                           /* inside a log's calc: the row, else -1 */
    const struct block *repeat;            /* inside one: `period` counts from 0; else NULL */
    int32_t period;
    bool unticked_is_no; /* of a row that was filled in, where rows are chosen by their boxes */
};

/* The answer that a reader sees for a slot, in a sitting (-1: the latest).
 *   own slots: of `respondent` (RESPONDENT_NONE: whoever answered last);
 *   shared ones: of `respondent` if there is one, else (and for RESPONDENT_NONE) the latest of
 *   anybody: whoever reads, a pair has one answer;
 *   private ones: only if it is the reader's own. Missing otherwise. */
struct value scope_answer(const struct scope *scope, const struct slot *slot, int32_t respondent,
                          int32_t sitting, int32_t row);
/* Filled rows of a log. */
int32_t scope_log_rows(const struct scope *scope, const struct block *log);

#endif
