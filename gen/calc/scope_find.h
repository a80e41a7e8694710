/* Finding answers in time: private to calc/. Stage: any that evaluates. Errors: none. */
#ifndef TANDEM_CALC_SCOPE_FIND_H
#define TANDEM_CALC_SCOPE_FIND_H

#include "calc/scope.h"

/* Which answers are meant: of one respondent (or anybody), of sittings from..to, of one row; the
 * latest of them, or the first. */
struct moment {
    int32_t respondent;
    int32_t from, to;
    int32_t row;
    bool first;
};

/* Settles moment->respondent from the rest of `moment`; false if the reader may not see it, or
 * there is nobody. */
bool scope_find_whose(const struct scope *scope, const struct slot *slot, int32_t respondent,
                      struct moment *moment);
/* The answer that settles sitting and respondent: of a rating, any of its items'. NULL if none. */
const struct answer *scope_find_moment(const struct scope *scope, const struct slot *slot,
                                       const struct moment *moment);
/* The slot's own value at that moment. */
struct value scope_value_at(const struct scope *scope, const struct slot *slot,
                            const struct moment *moment);
/* Index in participant->sittings of a SITTING_NAMED or SITTING_ON_DATE reference, -1 if none. */
int32_t scope_find_sitting(const struct scope *scope, const struct reference *reference);
/* The value with the unit of its type. */
struct value slot_value(enum slot_type type, struct value value);

#endif
