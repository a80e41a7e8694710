/* Rows of answers as CSV (RFC 4180, UTF-8 with a BOM, CRLF) and JSON (RFC 8259, an array of
 * objects). Owner: the buffer's arena. Errors: none.
 *
 * CSV is opened in spreadsheets, which take a text that begins with = + - @, a tab or a line's end for
 * a formula or worse: it gets an apostrophe in front. JSON has every text as it is. */
#ifndef TANDEM_WRITE_DATA_H
#define TANDEM_WRITE_DATA_H

#include "base/buf.h"
#include "calc/long_form.h"

void data_csv_head(struct buf *out);
void data_csv_row(struct buf *out, const struct long_row *row);
/* `first`: the first of its array. */
void data_json_row(struct buf *out, const struct long_row *row, bool first);
/* What ends an array of so many rows; it begins with its first row. */
void data_json_end(struct buf *out, size_t rows);

#endif
