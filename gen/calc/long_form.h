/* Answers in long form: one row an answer, for those who analyse them. Stage: score.
 *
 * Private answers are left out, and what people wrote in their own words unless asked for. Owner of
 * texts: the participant's arena. Errors: none. */
#ifndef TANDEM_CALC_LONG_FORM_H
#define TANDEM_CALC_LONG_FORM_H

#include "model/answers.h"

struct long_row {
    const char *participant, *cohort, *respondent, *sitting; /* ids; cohort may be NULL */
    const char *date;                                        /* 2026-09-07 */
    const char *question, *item, *ask; /* ids: the block, its item, column or option; or NULL */
    int32_t row;                       /* of a log, or period, from 1; 0: none */
    struct value value;  /* a number, bool, date or text; of a choice the option's id */
    const char *label;   /* as people read it: of a point or option, or NULL */
    struct value scored; /* of a point: turned round if the item is; else missing */
};

/* True if the answers of a slot are among the rows. */
bool long_form_has(const struct slot *slot, bool texts);
/* Calls `put` for every row, by slot, respondent, sitting and row; several options chosen are a row
 * each. */
void long_form(struct arena *arena, const struct course *course,
               const struct participant *participant, bool texts,
               void (*put)(void *context, const struct long_row *row), void *context);

#endif
