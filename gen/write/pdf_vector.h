/* Drawings as form XObjects: paths, gradients, transparency and words (ISO 32000-1 §8.10, §8.7.4.5,
 * §11.6).
 *
 * The form's units are the drawing's, y down: whoever puts it turns it over. Owner: the job's
 * arena. Errors: none. */
#ifndef TANDEM_WRITE_PDF_VECTOR_H
#define TANDEM_WRITE_PDF_VECTOR_H

#include "write/pdf_image.h"

/* Adds the form to a file. `words` are the drawing's texts by index, NULL if it has none; `fonts`
 * an indirect dictionary that has all faces of theirs. */
struct pdf_dict *pdf_vector_put(struct pdf_file *file, struct pdf_deflater *deflater,
                                struct run_table *runs, struct pdf_dict *fonts,
                                const struct vector *vector, const struct vector_words *words);

#endif
