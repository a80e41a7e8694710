/* Diagnostics: every message the program has about its sources is a row of one table.
 *
 * The rows live in base/diag_*.def, one file a stage:
 *     DIAG(CODE, level, "text with {0} {1} …", "hint or NULL", "other hint or NULL")
 * {n} is the n-th argument. The first hint is shown if none of its arguments is missing (NULL),
 * else the other one on the same terms, else none.
 *
 * Shown as
 *     content/course.yml:12:9: error: unknown scale 'frequncy'
 *        12 | scale: frequncy
 *           |        ^~~~~~~~
 *     hint: did you mean 'frequency'?
 *
 * Stages report and carry on; main stops between stages once diag_errors is not 0.
 * Threads may report at the same time. Printing sorts by file, line, column, code. */
#ifndef TANDEM_BASE_DIAG_H
#define TANDEM_BASE_DIAG_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* One source file held in memory, with its lines found. */
struct source {
    const char *path; /* relative to the course, as shown to people */
    const char *text; /* valid UTF-8, NUL-terminated */
    size_t size;
    const uint32_t *line_starts; /* byte offset of each line */
    int32_t line_count;
};

/* A place: lines and columns count from 1, columns in bytes; `length` bytes on that line, at least
 * 1. A place with no source is printed without one; with a source and line 0, by path alone. */
struct span {
    const struct source *source;
    int32_t line, col, length;
};

enum diag_level { DIAG_ERROR, DIAG_WARNING };

enum diag_code {
#define DIAG(code, level, text, hint, other) DIAG_##code,
#include "base/diag_table.h"
#undef DIAG
    DIAG_CODE_COUNT
};

struct diag;

/* `arena` must outlive the collection and belongs to it: nobody else allocates there. */
struct diag *diag_new(struct arena *arena);

enum { DIAG_ARGS = 5 };
void diag_report_args(struct diag *diag, enum diag_code code, struct span at,
                      const char *const args[DIAG_ARGS]);

/* diag_report(diag, DIAG_UNKNOWN_SCALE, span, name, nearest): up to DIAG_ARGS strings, copied. */
#define diag_report(diag, code, ...) DIAG_REPORT_(diag, code, __VA_ARGS__, NULL)
#define DIAG_REPORT_(diag, code, at, ...) \
    diag_report_args((diag), (code), (at), (const char *const[DIAG_ARGS + 1]){__VA_ARGS__})

size_t diag_errors(const struct diag *diag);
size_t diag_warnings(const struct diag *diag);
/* How often one kind was reported. */
size_t diag_count(const struct diag *diag, enum diag_code code);
/* Prints all in order, of each kind the first thousand; colour when `colour`. Returns how many were
 * printed. */
size_t diag_print(struct diag *diag, FILE *out, bool colour);
/* The code's name in the table, such as "UNKNOWN_SCALE": for tests that every row is exercised. */
const char *diag_code_name(enum diag_code code);

/* The candidate nearest to `word` by edit distance if near enough to be meant, else NULL. */
const char *diag_nearest(const char *word, const char *const *candidates, size_t count);
/* "a, b or c" for hints, at most eight names, in the order given; in `arena`. */
const char *diag_list(struct arena *arena, const char *const *names, size_t count);

/* Finds the lines of `text`; `text` and `path` are borrowed and must outlive the source. */
struct source *source_new(struct arena *arena, const char *path, const char *text, size_t size);
/* A line's bytes without its line break; lines outside give "". */
const char *source_line(const struct source *source, int32_t line, size_t *length);
/* The place of a byte range, which must begin inside the source (or at its end). */
struct span source_span(const struct source *source, size_t offset, size_t length);

#endif
