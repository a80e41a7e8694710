/* A log's table while it is written. Stage: track. */
#ifndef TANDEM_BLOCK_SHEET_LOG_H
#define TANDEM_BLOCK_SHEET_LOG_H

#include "block/sheet_parts.h"

struct log_table {
    struct track *track;
    const struct block *log;
    struct log_place place;
    int32_t rows, filled;
    const struct block *child; /* the log whose rows refer to this one, or NULL */
    const struct column *child_ref, *child_check;
    struct participant dated; /* as if the dates that stand there already had been answered */
};

/* A log's table with its rows counted; nothing is written. */
struct log_table sheet_log_table(struct track *track, const struct block *log);
/* So that a computed column reads the dates as the table shows them. */
void sheet_log_settle(struct log_table *table);
/* "tbl[Header]", or with own_row "tbl[[#This Row],[Header]]". */
void sheet_log_print_column(struct buf *out, const char *table, const char *header, bool own_row);
/* What stands in a cell that is filled in: the answer, or a date that stands there beforehand. */
struct value sheet_log_entry(const struct log_table *table, size_t column, int32_t row);
struct value sheet_log_computed(const struct log_table *table, const struct column *column,
                                int32_t row);
/* What is computed has figures behind the point; General would show all of them. */
const char *sheet_log_format(const struct track *track, const struct column *column);

bool sheet_log_has_totals(const struct block *log);
/* The totals row, at track->row; notes in `columns` what the table is to know of it. */
void sheet_log_totals(struct log_table *table, struct sheet_column *columns);

#endif
