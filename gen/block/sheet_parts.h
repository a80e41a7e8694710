/* What the sheet hooks share. */
#ifndef TANDEM_BLOCK_SHEET_PARTS_H
#define TANDEM_BLOCK_SHEET_PARTS_H

#include "block/gap.h"
#include "block/sheets.h"
#include "calc/score.h"

enum { SHEET_LINE_POINTS = 15 }; /* a row of one line */

/* A head of respondents over the columns from B, `step` each, if each has an answer of their own.
 * Returns the mask of those who have a column; 0 for a shared answer. */
uint32_t sheet_respondent_heads(struct track *track, const struct slot *slot, int32_t step);

/* --- the hidden sheet of figures */

/* The first of `count` free rows of it; the sittings' names head the sheet. Second pass only. */
int32_t track_work_row(struct track *track, int32_t count);
/* The window of a score, written when it is asked for first. */
const struct score_window *score_window(struct track *track, const struct score *score);
/* What stands under its k-th sitting in `row`, a range of all sittings. */
char *window_formula(const struct track *track, const struct score_window *window, const char *row,
                     int32_t k);

/* The number format of what a calc gives. */
const char *sheet_calc_format(const struct track *track, const struct block *block,
                              struct value value);

/* --- what is known of a score */

/* True if the score has a value of this respondent's own. */
bool score_has_respondent(const struct track *track, const struct score *score, int32_t respondent);
/* Rows of values: a dimension each, or one. */
int32_t score_rows(const struct score *score);
const char *score_row_label(const struct track *track, const struct score *score, int32_t row);
/* The result of a row in a column of sittings; NULL if there is none, or none to be shown here. */
const struct result *score_result(const struct track *track, const struct score *score, int32_t row,
                                  int32_t respondent, int32_t sitting);
/* The last sitting in which a respondent has answers to a row, and the nearest before it that has a
 * value; NULL if there is none. */
const struct result *score_last_result(const struct track *track, const struct score *score,
                                       int32_t row, int32_t respondent);
const struct result *score_result_before(const struct track *track, const struct score *score,
                                         int32_t row, const struct result *last);
/* What its cell shows: the number, "7 of 12 answered", or nothing. */
struct value score_cached(const struct track *track, const struct result *result);
/* The name of its band, or nothing; and what stands before a row of such names. */
struct value score_band_cached(const struct result *result);
const char *score_band_label(const struct track *track, const struct score *score, int32_t row);
const char *score_format(const struct track *track, const struct score *score);

/* --- rows sitting by sitting */

/* The values of a score, a row a dimension, then their bands: at track->row. `cols[respondent]` is
 * where that one's sittings begin, -1 for those without. The home computes, everywhere else repeats
 * what stands there. */
struct score_place sheet_score_grid(struct track *track, const struct score *score,
                                    const int32_t *cols, bool is_home);
/* The same under a rating: with title and the least number of answers. */
void sheet_score_rows(struct track *track, const struct score *score, const int32_t *cols,
                      bool is_home);
/* One line: how many answers it takes, or that it is not computed here. */
void sheet_score_needed(struct track *track, const struct score *score);
/* Which value belongs to which band. */
void sheet_score_bands(struct track *track, const struct score *score);

/* The latest answer of a respondent to a slot of sittings, as a formula for the hidden sheet, and
 * what it gives now; NULL if the workbook does not hold it. */
char *latest_formula(const struct track *track, const struct slot *slot, int32_t respondent);
struct value latest_cached(const struct track *track, const struct slot *slot, int32_t respondent);

/* --- gaps */

/* A table of the `top` widest gaps: items in A (merged up to the column before `col`), both views
 * from `col`, the gap behind them. */
void sheet_gap_table(struct track *track, const struct block *block, const struct gap_sides *sides,
                     const char *title, int32_t col);

/* --- logs */

/* A log in one line, from column B: entries, this quarter, the date of the last one and of the
 * next, periods kept, how many in a row, how many overdue, the last entry. */
void sheet_log_line(struct track *track, const struct block *log);
enum { LOG_LINE_COLS = 8 };
/* A line a column that is summed: this quarter's in `col`, all of it behind. */
void sheet_log_sums(struct track *track, const struct block *log, int32_t col);

/* A log's column as a formula reads it, the whole or (with the table's name) in the same row. */
bool track_print_column(const struct track *track, const struct block *log,
                        const struct column *column, const char *table, struct buf *out);

/* --- now and before, and charts */

/* Where a table of the latest values stands: rows of the score, a column a respondent. */
struct now_place {
    int32_t row;
    const int32_t *cols;
};
/* Reads the sittings from `from`; heads included. */
struct now_place sheet_now(struct track *track, const struct score *score, struct score_place from);
/* One row of it: now, band (if there is a column for it), before, change, from `col`. */
void sheet_now_cells(struct track *track, const struct score *score, struct score_place from,
                     int32_t d, int32_t respondent, int32_t row, int32_t col, bool band_column);
/* What a reference to a score means, for one respondent, as a formula for the hidden sheet; NULL if
 * no formula can say it. */
char *score_reference_formula(struct track *track, const struct reference *reference,
                              int32_t respondent);
/* Bars or radar of the latest values, a series a respondent. */
void sheet_now_chart(struct track *track, const struct score *score, enum sheet_chart_kind kind,
                     struct now_place now, int32_t row, int32_t col);
/* The same, its figures on the hidden sheet, read from the score's home: nothing where there is
 * none. */
void sheet_home_chart(struct track *track, const struct score *score, enum sheet_chart_kind kind,
                      int32_t row, int32_t col);
/* The latest result of a respondent in a row of a score's home as a formula, 0 or "" if there is
 * none. */
char *score_latest_formula(struct track *track, const struct score *score, int32_t d,
                           int32_t respondent);
/* Lines over the sittings; one chart a respondent if the score has dimensions. Returns how many. */
int32_t sheet_trend_charts(struct track *track, const struct score *score, struct score_place from,
                           int32_t row, int32_t col);
/* A whole panel: sittings, bands, now, chart. */
void sheet_score_panel(struct track *track, const struct score *score, enum chart_kind chart);
/* How a course draws a score: as its first .score block says, else by what it is. */
enum chart_kind score_chart(const struct course *course, const struct score *score);

enum { CHART_WIDTH_PX = 480, CHART_HEIGHT_PX = 288, CHART_ROWS = 16, CHART_COLS = 6 };

#endif
