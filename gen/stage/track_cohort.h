/* What the sheets of a workbook on a cohort share. Private to stage/. Owner: the job arena. */
#ifndef TANDEM_STAGE_TRACK_COHORT_H
#define TANDEM_STAGE_TRACK_COHORT_H

#include "block/cohort_view.h"
#include "stage/track_internal.h"

struct cohort_book {
    struct track track; /* one pass: nothing points to what comes later */
    int32_t table_row;
    VEC(struct sheet_column) columns; /* of the table that is being written */
};

/* The sheets; the first row holds the title. */
void cohort_sheet_roster(struct cohort_book *book);
void cohort_sheet_participants(struct cohort_book *book);
void cohort_sheet_answers(struct cohort_book *book);
void cohort_sheet_distribution(struct cohort_book *book);
void cohort_sheet_movement(struct cohort_book *book);
void cohort_sheet_gaps(struct cohort_book *book);

void cohort_title(struct cohort_book *book, const char *text);
void cohort_head(struct cohort_book *book, int32_t row, int32_t col, const char *text);
/* A figure, or that it is not shown. */
void cohort_figure(struct cohort_book *book, int32_t row, int32_t col, bool told, double number,
                   const char *format);
/* The number format of a score's means. */
const char *cohort_score_format(struct cohort_book *book, const struct score *score);
/* A real table: its header row, then its columns' heads, rows as usual, and its end. */
void cohort_begin_table(struct cohort_book *book, int32_t row);
void cohort_column(struct cohort_book *book, const char *header);
void cohort_end_table(struct cohort_book *book, int32_t last_row, const char *name);

#endif
