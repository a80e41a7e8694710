/* Writing a workbook as an XLSX file, through libxlsxwriter.
 *
 * Stage: write. Same workbook, same bytes. Text is made legal here whatever it holds: bytes that
 * XML cannot carry are dropped, "_x0041_" is escaped, cells end at 32,767 units; no text becomes a
 * formula. Numbers that are not finite become empty cells. */
#ifndef TANDEM_WRITE_XLSX_H
#define TANDEM_WRITE_XLSX_H

#include "model/sheet.h"

/* Appends the file's bytes to `out`. `tmpdir` is a folder of this worker's own, best on memory
 * (/dev/shm/…): the library makes its parts there, and nothing is left in it. False with *error set
 * (in `job`) if the system fails. */
bool xlsx_write(struct arena *job, const struct workbook *book, const char *tmpdir, struct buf *out,
                const char **error);

#endif
