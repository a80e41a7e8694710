/* Cohorts: participants to rows, rows to what may be told of a group. Stage: score.
 * Owner: as said below. Errors: none. */
#ifndef TANDEM_CALC_COHORT_H
#define TANDEM_CALC_COHORT_H

#include "calc/withhold.h"
#include "model/cohort.h"

/* Rows without members, for a course that has been checked. Everything lives in `run`. */
struct cohorts *cohorts_new(struct arena *run, const struct course *course);
/* Keeps what is needed of a participant, whose arena may be reset then. In order of id. */
void cohorts_add(struct cohorts *cohorts, const struct participant *participant,
                 const struct results *results, const char *answers_id);
/* After the last one: names and groups. */
void cohorts_finish(struct cohorts *cohorts);
/* Cohort `group` of names, or everybody (-1). */
struct cohort cohort_of(const struct cohorts *cohorts, int32_t group);

/* The place of a score and dimension in member->results, -1 if there is none. */
int32_t cohort_key_find(const struct cohorts *cohorts, const struct score *score,
                        int32_t dimension);
/* NULL if the member has no result of that sitting and respondent that is known. */
const struct member_result *member_result(const struct cohorts *cohorts,
                                          const struct member *member, int32_t key,
                                          int32_t respondent, int32_t sitting);
/* POINT_NONE if not answered. */
int32_t member_point(const struct cohorts *cohorts, const struct member *member,
                     const struct slot *slot, int32_t respondent, int32_t sitting);
date_t member_date(const struct cohorts *cohorts, const struct member *member, int32_t respondent,
                   int32_t sitting);
/* The title of a sitting, by number where the course names none. */
const char *cohort_sitting_title(struct arena *arena, const struct course *course, int32_t sitting);
/* How many of the cohort have answered in the latest sitting that any of them has a file of, a
 * pair counting once. */
int32_t cohort_answered(const struct cohort *cohort);
/* In a report that travels neither a few who answered are told of nor a few who did not, and of
 * everybody only if no cohort's number would follow from theirs. */
bool cohort_may_tell_answered(const struct cohort *cohort, bool strict);

/* Bands of a score, or as many ranges of its values. */
size_t score_categories(const struct score *score);
int32_t score_category(const struct score *score, double value);
/* Range `index` ends at this value; it begins above the one before it. */
double score_category_to(const struct score *score, size_t index);

/* What may be told of a cohort in one sitting, or of how it moved between two. */
struct told {
    int32_t sitting;
    bool shown;           /* enough people; else nothing of what follows is told */
    bool counted;         /* `people` may be told */
    int32_t people, size; /* who answered, of how many */
    double mean;
    bool apart;                          /* categories are told, at least two */
    uint8_t joined[WITHHOLD_CATEGORIES]; /* of each category the first one that it is joined with */
    int32_t counts[WITHHOLD_CATEGORIES]; /* of joined ones, at the first's place */
    int32_t hidden; /* the one whose count is not told either, by its first; or -1 */
    bool left_out;  /* some answered whose cohorts are too small to be among all */
};
/* `strict`: how many did not answer is withheld likewise, for reports that travel. */
void cohort_tell(struct arena *arena, const struct cohort *cohort, int32_t key, int32_t respondent,
                 int32_t sitting, bool strict, struct told *told);
/* Of those who have a result in the first and the last sitting of all: categories are down, the same,
 * up (by band, by value if there are none); mean is that of the changes. False if there are not two
 * sittings. */
enum { MOVED_DOWN, MOVED_NOT, MOVED_UP, MOVED_COUNT };
bool cohort_tell_moved(struct arena *arena, const struct cohort *cohort, int32_t key,
                       int32_t respondent, bool strict, struct told *told);

/* A mean of values of members, each by index; NAN where one has none. False: not to be told. */
bool cohort_tell_mean(struct arena *arena, const struct cohort *cohort, const double *values,
                      double *mean, int32_t *people);

#endif
