/* The two views that a .gap compares, for its page and its sheet. Stage: lay out, track. All lasts
 * as long as the course. Errors: none, check has seen the block. */
#ifndef TANDEM_BLOCK_GAP_H
#define TANDEM_BLOCK_GAP_H

#include "model/course.h"

/* What the two numbers of a row are. */
struct gap_sides {
    const char *label[2];
    size_t ask[2];
    int32_t respondent[2];
    bool is_signed; /* asks: first less second; respondents: how far apart */
};

/* `respondent`: who answered both, where asks are compared. Where respondents are, the first two. */
struct gap_sides gap_sides_of(const struct course *course, const struct block *gap,
                              int32_t respondent);
/* The slot of an item (from 0) on one side, 0 or 1. */
const struct slot *gap_slot(const struct block *gap, const struct gap_sides *sides, size_t item,
                            size_t side);
/* One item that both sides answered. */
struct known_gap {
    size_t item; /* in the rating's items */
    double value[2];
    double gap;
};
struct print;
/* Those of an edition, the widest gap first, equal ones in the rating's order (print_gap.c). Lives in
 * the print's arena. */
struct known_gap *gap_rows(struct print *print, const struct block *gap,
                           const struct gap_sides *sides, size_t *count);
double gap_between(const struct gap_sides *sides, const double value[2]);

#endif
