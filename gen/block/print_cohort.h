/* What the pages about cohorts share. Stage: lay out, first half. Owner: the print's arena. */
#ifndef TANDEM_BLOCK_PRINT_COHORT_H
#define TANDEM_BLOCK_PRINT_COHORT_H

#include "block/chart.h"
#include "block/cohort_view.h"

/* A table with rules, its first column as wide as is left, the others `width_um`. */
struct flow *cohort_table(struct print *print, const struct block *block, size_t columns,
                          int32_t width_um);
struct flow *cohort_cell(struct print *print, struct flow *row, enum style_id style,
                         const char *text, enum line_align align, bool header);
/* A small line below. */
void cohort_note(struct print *print, struct flow *into, enum word word);
/* Bars of the counts of a distribution, a group a row, a bar a sitting; NULL where no counts are
 * told. */
struct flow *chart_counts(struct print *print, const struct distribution *view);
/* The .gap of a cohort. */
struct flow *print_gap_cohort(struct print *print, const struct block *block);

#endif
