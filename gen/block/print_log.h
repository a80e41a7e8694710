/* Parts of a log's table that .rows shows as well. Stage: lay out, first half. Owner: the print's
 * arena. Nothing here fails. */
#ifndef TANDEM_BLOCK_PRINT_LOG_H
#define TANDEM_BLOCK_PRINT_LOG_H

#include "block/print_parts.h"

/* Figures stand at the right, ticks in the middle. */
enum line_align log_column_align(const struct column *column);
/* How wide a column of these, `count` in all, is to be. */
struct width log_column_width(struct print *print, const struct column *const *columns,
                              size_t count, size_t index);
/* A cell's paragraph of what was filled in. */
struct flow *log_text_cell(struct print *print, const struct column *column, const char *text);
/* A value as it stands in a log. */
const char *log_cell_text(struct print *print, const struct column *column, struct value value);
/* The value of a column in a row, computed or answered. */
struct value log_value(struct print *print, const struct column *column, int32_t row);
/* Every other column is tinted: hand-writing keeps to its column without vertical lines. */
uint32_t log_column_ground(struct print *print, size_t index);
/* The row of heads, repeated on each page. */
void log_add_heads(struct print *print, struct flow *table, const struct column *const *columns,
                   size_t count);

#endif
