/* One output to make: a material, for nobody in particular or for one participant, on one paper. */
#ifndef TANDEM_MODEL_EDITION_H
#define TANDEM_MODEL_EDITION_H

#include "model/answers.h"
#include "model/cohort.h"
#include "model/result.h"
#include "model/theme.h"

struct layout;

struct edition {
    const struct course *course;
    const struct material *material;
    const struct theme *theme;
    const struct paper *paper;             /* NULL for a workbook of sheets */
    const struct participant *participant; /* NULL: the blank edition */
    const struct results *results;         /* NULL: the blank edition */
    const struct cohort *cohort;           /* of an edition about a cohort; else NULL */
    int32_t respondent;                    /* whose copy, or RESPONDENT_NONE */
    const char *path;                      /* below out/: "okafor-lind/NAME.assistant.pdf" */
    const char *sitting;                   /* the last one answered in, or NULL */
    const char *source_hash;               /* of what it is made from, or NULL */
    const struct layout *blank;            /* the blank edition's, if it is laid out, or NULL */
};

/* True if a block belongs into this edition: facilitator's notes only in theirs, for= by
 * respondent, private answers' blocks always (their answers are another matter). */
static inline bool edition_shows(const struct edition *edition, const struct block *block) {
    uint32_t reader = edition->respondent != RESPONDENT_NONE ? 1u << edition->respondent
                      : edition->material->respondent != RESPONDENT_NONE
                          ? 1u << edition->material->respondent
                          : course_all_respondents(edition->course);
    return (block->shown_to & reader) != 0 &&
           (!block->facilitator || edition->material->facilitator);
}

#endif
