/* pdf_write with a choice of file structure, for tests and debugging. */
#ifndef TANDEM_WRITE_PDF_DOCUMENT_H
#define TANDEM_WRITE_PDF_DOCUMENT_H

#include "write/pdf.h"
#include "write/pdf_object.h"

bool pdf_write_as(struct pdf_batch *batch, struct arena *job, const struct layout *layout,
                  const struct pdf_identity *identity, enum pdf_layout as, struct buf *out,
                  const char **error);

#endif
