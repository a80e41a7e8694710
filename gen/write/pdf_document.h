/* One PDF document while it is made: what the workbook's writer and the imposer share.
 *
 * Between document_begin and document_end the document's memory is the job's. Errors: begin and end
 * return false with *error set; what fails between them, end reports. */
#ifndef TANDEM_WRITE_PDF_DOCUMENT_H
#define TANDEM_WRITE_PDF_DOCUMENT_H

#include "write/pdf.h"
#include "write/pdf_content.h"
#include "write/pdf_form.h"

struct document {
    struct pdf_file *file;
    struct pdf_deflater deflater;
    const struct layout *layout;
    bool blank; /* the layout is of the base: no other document has the same pages */
    const struct pdf_fonts *base;
    struct pdf_fonts own;
    struct run_table runs;
    struct pdf_images images;
    struct pdf_stamps stamps;
    struct pdf_codes codes;
    struct pdf_form form;
    const struct form_font *form_font;
    struct pdf_structure structure;
    struct pdf_dict **pages;
    struct buf content; /* of the page at hand, kept for its room */
};

/* Opens a file, and makes the fonts of what the layout needs beyond the batch's base. */
bool document_begin(struct document *document, struct pdf_batch *batch, struct arena *job,
                    const struct layout *layout, const char **error);
/* Notes images and structure of a page's marks, which must come before their content. */
void document_note_marks(struct document *document, size_t page, const struct mark *marks,
                         size_t count, bool body);
/* The operators of a page's body or furniture, as a stream. */
struct pdf_dict *document_put_content(struct document *document, size_t page,
                                      const struct mark *marks, size_t count, bool furniture);
/* Fonts, images and stamps, after all content; returns the dictionary of fonts. */
struct pdf_dict *document_put_resources(struct document *document, struct pdf_dict *resources);
/* Saves the file and lets go of it. */
bool document_end(struct document *document, enum pdf_layout as, struct buf *out,
                  const char **error);

/* pdf_write with a choice of file structure, for tests and debugging. */
bool pdf_write_as(struct pdf_batch *batch, struct arena *job, const struct layout *layout,
                  const struct pdf_identity *identity, enum pdf_layout as, struct buf *out,
                  const char **error);

#endif
