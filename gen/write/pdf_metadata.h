/* What a file says about itself: document information and XMP (ISO 32000-1 §14.3; ISO 16684-1).
 * Owner: the file's arena. Errors: none. */
#ifndef TANDEM_WRITE_PDF_METADATA_H
#define TANDEM_WRITE_PDF_METADATA_H

#include "write/pdf.h"
#include "write/pdf_object.h"

/* `accessible`: say that the file conforms to PDF/UA-1. */
void metadata_put(struct pdf_file *file, const struct layout *layout,
                  const struct pdf_identity *identity, bool accessible);

#endif
