/* QR codes of a document as form XObjects (ISO/IEC 18004), each text once, drawn as rectangles.
 *
 * Owner: the job's arena. Errors: a text that no code can hold is an empty form. */
#ifndef TANDEM_WRITE_PDF_QR_H
#define TANDEM_WRITE_PDF_QR_H

#include "base/vec.h"
#include "model/mark.h"
#include "write/pdf_object.h"

struct pdf_codes {
    struct arena *job;
    VEC(const struct mark *) list;
};

void pdf_codes_init(struct pdf_codes *codes, struct arena *job);
/* The resource of a CODE mark, "Q0"; added if it is the first of its text and size. `out` as
 * returned. */
const char *pdf_code_name(struct pdf_codes *codes, const struct mark *mark, char out[24]);
/* Adds them to a file, and to a dictionary of XObject resources. */
void pdf_codes_put(const struct pdf_codes *codes, struct pdf_file *file,
                   struct pdf_deflater *deflater, struct pdf_dict *resources);

#endif
