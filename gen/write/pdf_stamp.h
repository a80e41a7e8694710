/* Stamps: check boxes and radio buttons, which a workbook has by the thousand, drawn once as form
 * XObjects (ISO 32000-1 §8.10) and placed where they are needed, or shown by a form's widgets.
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
/* The stamp of a CHECK or RADIO field's mark. */
const struct stamp *pdf_stamp_find(struct pdf_stamps *stamps, const struct mark *mark, bool on);
/* Its resource name; its object's number, once put; how far it is drawn beyond the mark's box. */
const char *pdf_stamp_name(const struct stamp *stamp);
uint32_t pdf_stamp_number(const struct stamp *stamp);
int32_t pdf_stamp_edge_um(const struct stamp *stamp);
/* Adds them to a file, and to a dictionary of XObject resources. */
void pdf_stamps_put(struct pdf_stamps *stamps, struct pdf_file *file, struct pdf_deflater *deflater,
                    struct pdf_dict *resources);

#endif
