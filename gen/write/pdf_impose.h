/* A layout as a PDF for printing: its pages as form XObjects (ISO 32000-1 §8.10), placed on sheets.
 *
 * Pages' content is the workbook's, compressed once for both files of a batch. Such a file has no
 * form fields, links, outline or structure tree, and does not claim to be tagged: the order in
 * which a sheet's pages stand is not one to read in. Text can still be extracted.
 * Units, owner and errors as in write/pdf.h. */
#ifndef TANDEM_WRITE_PDF_IMPOSE_H
#define TANDEM_WRITE_PDF_IMPOSE_H

#include "write/impose.h"
#include "write/pdf.h"

/* Puts the whole file into `out`; *sides is how many pages it has. The kind is not IMPOSE_NONE. */
bool pdf_impose(struct pdf_batch *batch, struct arena *job, const struct layout *layout,
                const struct pdf_identity *identity, const struct imposition *imposition,
                struct buf *out, size_t *sides, const char **error);

#endif
