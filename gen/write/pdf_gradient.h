/* Gradients as shading patterns (ISO 32000-1 §8.7.4.5.3, §8.7.4.5.4).
 *
 * Owner: the file. Errors: none. */
#ifndef TANDEM_WRITE_PDF_GRADIENT_H
#define TANDEM_WRITE_PDF_GRADIENT_H

#include "model/vector.h"
#include "write/pdf_object.h"

enum gradient_space {
    GRADIENT_RGB,
    GRADIENT_GREY,    /* the stops' colours are all grey */
    GRADIENT_OPACITY, /* not its colours, but its stops' opacities as greys */
};

/* A pattern in the space of the drawing's forms. */
struct pdf_dict *pdf_gradient_pattern(struct pdf_file *file, const struct gradient *gradient,
                                      enum gradient_space space);

#endif
