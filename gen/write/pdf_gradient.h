/* Gradients as shading patterns (ISO 32000-1 §8.7.4.5.3, §8.7.4.5.4).
 *
 * Owner: the file. Errors: none. */
#ifndef TANDEM_WRITE_PDF_GRADIENT_H
#define TANDEM_WRITE_PDF_GRADIENT_H

#include "model/vector.h"
#include "write/pdf_object.h"

/* A pattern in the space of the drawing's forms. `opacity`: not its colours, but its stops'
 * opacities as greys. */
struct pdf_dict *pdf_gradient_pattern(struct pdf_file *file, const struct gradient *gradient,
                                      bool opacity);

#endif
