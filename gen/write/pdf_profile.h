/* What the numbers of colours mean: an output intent (ISO 32000-1 §14.11.5) for sRGB, with a profile
 * of our own making.
 *
 * Owner: the file's arena. Errors: none. */
#ifndef TANDEM_WRITE_PDF_PROFILE_H
#define TANDEM_WRITE_PDF_PROFILE_H

#include "write/pdf_object.h"

/* Appends an ICC profile of sRGB (ICC.1:2004-10, version 4.2; a matrix and a parametric curve). */
void profile_put_srgb(struct buf *out);
/* Adds the catalogue's entry. */
void output_intent_put(struct pdf_file *file);

#endif
