/* What one participant answered, sitting by sitting. Owner: the job arena (check keeps none). */
#ifndef TANDEM_MODEL_ANSWERS_H
#define TANDEM_MODEL_ANSWERS_H

#include "model/course.h"

struct answer {
    const struct slot *slot;
    int32_t respondent;
    int32_t sitting; /* from 0, index in participant->sittings */
    int32_t row;     /* a log's row from 0, else 0 */
    date_t date;     /* of the file */
    struct value value;
    struct span at;
};

/* A sitting that a participant has reached: one of the course's, or the n-th by count. */
struct sitting {
    const char *id; /* the course's id, or "1", "2" … */
    const char *title;
    date_t date;       /* the latest file in it */
    uint32_t answered; /* respondents who have a file in it */
};

struct participant {
    const char *id;
    const char *cohort;          /* or NULL */
    const struct value *profile; /* by course->profile index; missing where not given */
    struct sitting *sittings;    /* in order of time */
    size_t sitting_count;
    struct answer *answers; /* sorted by answer_compare */
    size_t answer_count;
    struct log_size {
        const struct block *log;
        int32_t rows; /* filled rows, merged over files and respondents */
    } * logs;
    size_t log_count;
};

int answer_compare(const void *left, const void *right);
/* The exact answer or NULL; `participant` may be NULL (a blank edition). */
const struct answer *answers_find(const struct participant *participant, const struct slot *slot,
                                  int32_t respondent, int32_t sitting, int32_t row);

#endif
