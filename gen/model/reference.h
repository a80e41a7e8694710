/* A resolved name: what {{…}} and expressions point to. Made by check through calc/, evaluated
 * against one participant. */
#ifndef TANDEM_MODEL_REFERENCE_H
#define TANDEM_MODEL_REFERENCE_H

#include "model/course.h"

enum reference_kind {
    REFERENCE_PROFILE, /* assistant.name */
    REFERENCE_COURSE,  /* course.title, course.weeks */
    REFERENCE_SLOT,    /* one answer: a field, an item, a choice */
    REFERENCE_SLOTS,   /* a whole rating, ask or checklist: a list */
    REFERENCE_COLUMN,  /* a log's column: a list over rows */
    REFERENCE_OWN_ROW, /* inside a log's calc: the column in the same row */
    REFERENCE_CALC,    /* a .calc block */
    REFERENCE_SCORE,   /* score.ID[.DIMENSION].property */
    REFERENCE_PERIOD,  /* period.from, period.to, period.number: inside a .repeat */
    REFERENCE_COHORT,  /* cohort.name, cohort.count, cohort.answered: in a report on one */
};

enum period_property { PERIOD_FROM, PERIOD_TO, PERIOD_NUMBER };

enum cohort_property { COHORT_NAME, COHORT_COUNT, COHORT_ANSWERED };

enum score_property {
    PROPERTY_VALUE,
    PROPERTY_NAME,
    PROPERTY_ANSWERED,
    PROPERTY_MISSING,
    PROPERTY_CHANGE,
    PROPERTY_SITTING, /* the title of the one it is from */
    PROPERTY_DAY      /* of the latest file in that sitting */
};

enum sitting_choice {
    SITTING_LATEST,
    SITTING_FIRST,
    SITTING_PREVIOUS,
    SITTING_NAMED,
    SITTING_ON_DATE
};

struct reference {
    enum reference_kind kind;
    const char *text; /* as written */
    struct span at;
    int32_t profile;             /* PROFILE: index */
    struct value constant;       /* COURSE */
    const struct block *block;   /* SLOTS, CALC, COLUMN */
    const char *ask;             /* SLOTS: only this ask, or NULL */
    const struct slot *slot;     /* SLOT, OWN_ROW, COLUMN (unless computed) */
    const struct column *column; /* COLUMN, OWN_ROW */
    enum period_property period;
    enum cohort_property cohort;
    const struct score *score;
    int32_t dimension; /* -1: the whole */
    enum score_property property;
    int32_t respondent; /* @executive, the score's own, or RESPONDENT_NONE */
    enum sitting_choice sitting;
    int32_t sitting_index; /* SITTING_NAMED: in course->sittings */
    date_t date;           /* SITTING_ON_DATE */
    bool may_be_missing;   /* anything a participant may leave out */
};

#endif
