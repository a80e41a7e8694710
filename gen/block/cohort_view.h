/* What a report shows of a cohort, for its page and its sheet. Stage: lay out, track. Figures are
 * those that may be told (calc/cohort.h) and nothing else. Owner: the arena given. Errors: none. */
#ifndef TANDEM_BLOCK_COHORT_VIEW_H
#define TANDEM_BLOCK_COHORT_VIEW_H

#include "calc/cohort.h"
#include "model/edition.h"

/* Rows are categories, joined as far as any column needs it; columns are sittings, or the one
 * movement. */
struct distribution {
    const struct score *score;
    int32_t respondent;
    bool moved;
    struct told *columns;
    bool *in_rows; /* of each column: its counts are told row by row */
    size_t column_count;
    size_t starts[WITHHOLD_CATEGORIES]; /* first category of each row */
    size_t row_count;                   /* 0: no column tells more than how many answered */
    size_t category_count;
    bool joined, left_out, withheld; /* what the notes below have to say */
};

/* The whole score, or one dimension (its number). */
struct distribution distribution_of(struct arena *arena, const struct edition *edition,
                                    const struct block *block, int32_t respondent,
                                    int32_t dimension);
/* True if all columns that tell of categories are in the rows: else each is better shown by itself. */
bool distribution_is_whole(const struct distribution *view);
/* One column of it, with rows of its own. */
struct distribution distribution_part(struct arena *arena, const struct distribution *view,
                                      size_t column);
/* How many of a column are in a row, -1 if that is not told. */
int32_t distribution_count(const struct distribution *view, size_t column, size_t row);
/* "Explain", "Tell – Explain", "2–3", "Higher than before". */
const char *distribution_label(struct arena *arena, const struct course *course,
                               const struct distribution *view, size_t row);
/* What heads a column. */
const char *distribution_head(struct arena *arena, const struct course *course,
                              const struct distribution *view, size_t column);
/* Whose results a block shows: one respondent, or each of those who have some. */
size_t distribution_respondents(const struct course *course, const struct block *block,
                                int32_t respondents[RESPONDENT_LIMIT]);
/* A mean as a value to be formatted, with the score's unit. */
struct value distribution_value(const struct distribution *view, double number);

/* The mean gap of an item over those who have both answers in their latest sitting. */
struct cohort_gap {
    size_t item;
    double mean[2], gap;
    int32_t people;
};
/* Widest first, equal ones in the rating's order; items with too few are left out, `*withheld` of
 * them. `respondent`: who answered both, where asks are compared. */
struct cohort_gap *cohort_gaps(struct arena *arena, const struct edition *edition,
                               const struct block *gap, int32_t respondent, size_t *count,
                               size_t *withheld);

#endif
