/* CSV as forms export it: RFC 4180 with the habits of real programs. A byte order mark, a first line
 * "sep=;", commas, semicolons or tabs, line breaks inside quotes, LF or CRLF; empty lines are skipped.
 *
 * Stage: load. Owner: texts of cells live in the arena of the reader that is passed. Errors: reported
 * at their place; what follows a quote that is never closed is not read. */
#ifndef TANDEM_LOAD_CSV_H
#define TANDEM_LOAD_CSV_H

#include "load/yaml.h"

enum {
    CSV_CELL_LIMIT = 4000,       /* cells of a row */
    CSV_CELL_CHARACTERS = 32767, /* of a cell, as in spreadsheets */
};

struct csv_cell {
    const char *
        text; /* quotes undone, line breaks as '\n'; without quotes also without white space around */
    size_t offset, length; /* in the source, quotes and all */
};

struct csv_row {
    struct csv_cell *at;
    size_t count, room;
    size_t offset; /* of its first byte */
    int32_t line;
};

struct csv {
    const struct source *source;
    char delimiter;
    size_t offset; /* of what is read next */
    int32_t line;
};

/* Finds the delimiter: the one of , ; and tab that the first line has most of. */
struct csv csv_open(const struct source *source);
/* The next row; false at the end, and after reporting what cannot be read. Rows may be read again by
 * setting offset and line back to what they were. */
bool csv_read(struct csv *csv, struct reader *reader, struct csv_row *row);
/* True if all cells are: spreadsheets export such rows below the last one. */
bool csv_row_is_empty(const struct csv_row *row);
/* The place of a cell; its first line alone if it has several. */
struct span csv_span(const struct csv *csv, const struct csv_cell *cell);

#endif
