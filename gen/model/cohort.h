/* Cohorts: of every participant one compact row, kept while the others are read, and the groups that
 * their `cohort:` puts them into. What is told of a cohort is reduced from these rows alone.
 *
 * Owner: the run arena; some hundred bytes a participant. Read-only once all are read. Errors:
 * none. */
#ifndef TANDEM_MODEL_COHORT_H
#define TANDEM_MODEL_COHORT_H

#include "model/answers.h"
#include "model/result.h"

/* What a row keeps of results: a score as a whole (dimension -1) or one dimension of it. */
struct cohort_key {
    const struct score *score;
    int32_t dimension;
};

struct member_result {
    float value;      /* rounded to the score's decimals; nothing if `known` is false */
    int16_t answered; /* 0: no answer at all */
    int8_t band;      /* -1 without */
    bool known;
};

enum { POINT_NONE = INT8_MIN };

/* One participant. Arrays over sittings and respondents begin at (sitting × respondents +
 * respondent) × the count of what they hold. */
struct member {
    const char *id, *name; /* name: as rosters have it, or NULL */
    const char *cohort;    /* or NULL */
    int32_t group;         /* in cohorts->names; their count for those without a cohort */
    int32_t sitting_count;
    date_t *dates; /* of the latest file, DATE_NONE: there is none */
    struct member_result *results;
    int8_t *points;         /* raw answers to the ratings' slots, POINT_NONE if not answered */
    const char *answers_id; /* a hash of all answers */
};

struct cohorts {
    const struct course *course;
    struct arena *arena;
    struct cohort_key *keys;
    size_t key_count;
    const struct slot **slots; /* those of ratings, private ones apart */
    int32_t *places;           /* by slot->index: place in `slots`, or -1 */
    size_t slot_count;
    VEC(struct member) members; /* in order of id */
    struct strings names;       /* of cohorts, sorted */
    int32_t sitting_count;      /* the most that anybody has */
};

/* What an edition is about: one cohort, or all participants. */
struct cohort {
    const struct cohorts *of;
    int32_t group; /* in names; -1: everybody */
    const char *name;
    size_t count; /* its members */
};

static inline bool cohort_holds(const struct cohort *cohort, const struct member *member) {
    return cohort->group < 0 || member->group == cohort->group;
}

#endif
