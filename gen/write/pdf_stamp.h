/* Stamps: check boxes and radio buttons, which a workbook has by the thousand, drawn once as form
 * XObjects (ISO 32000-1 §8.10) and placed where they are needed.
 *
 * A stamp's name says all of its look, so that pages that are alike have the same content whatever
 * document they are in. Owner: the job's arena. Errors: none. */
#ifndef TANDEM_WRITE_PDF_STAMP_H
#define TANDEM_WRITE_PDF_STAMP_H

#include "base/vec.h"
#include "model/mark.h"
#include "write/pdf_object.h"

struct stamp;

struct pdf_stamps {
    struct arena *job;
    VEC(struct stamp *) list;
};

void pdf_stamps_init(struct pdf_stamps *stamps, struct arena *job);
/* The stamp of a CHECK or RADIO field's mark: its resource name. */
const char *pdf_stamp_name(struct pdf_stamps *stamps, const struct mark *mark);
/* Adds them to a file, and to a dictionary of XObject resources. */
void pdf_stamps_put(const struct pdf_stamps *stamps, struct pdf_file *file,
                    struct pdf_deflater *deflater, struct pdf_dict *resources);

#endif
