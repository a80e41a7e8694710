/* PDF: a layout's bytes as a file (ISO 32000-1, tagged after ISO 14289-1), on libharu's objects.
 *
 * Units: micrometres from the layout's top left corner become points from the bottom left one.
 * Owner: a batch keeps what several documents share (fonts, compressed streams, images) until it is
 * freed; everything of one document is in the job's arena.
 * Errors: false with *error set when a limit of the format or of libharu is reached; nothing else
 * can fail. The bytes depend on the layout, the identity and the batch's base only: never on
 * threads, order, or what was written before. */
#ifndef TANDEM_WRITE_PDF_H
#define TANDEM_WRITE_PDF_H

#include "base/buf.h"
#include "base/date.h"
#include "model/mark.h"
#include "type/font.h"

/* What a file is (FORMAT §7): document information, XMP. NULL or "" where it does not apply. */
struct pdf_identity {
    const char *course, *version, *publisher, *licence;
    const char *material;                           /* its name: "partnership-workbook" */
    const char *participant, *respondent, *sitting; /* ids */
    const char *source_hash;                        /* of what the file was made from */
    date_t as_of;                                   /* or DATE_NONE: no dates in the file */
};

struct pdf_batch;

/* A batch has a base: the glyphs of layouts that all its documents have in common (the blank
 * editions), set into font subsets that every document embeds in the same bytes. What a document
 * needs beyond is a second subset of its own. So the base must come from the template and the
 * course's sources alone, never from answers, and be complete before the first pdf_write. Texts
 * that are added to the base are for documents other than those layouts, which need no more than
 * their own glyphs.
 *
 * new, add_base and freeze belong to one thread; after freeze any number of threads may write. */
struct pdf_batch *pdf_batch_new(struct arena *run, const struct fonts *fonts);
void pdf_batch_add_base(struct pdf_batch *batch, const struct layout *layout);
/* Adds characters to a face's base, such as those that answers are likely to need. */
void pdf_batch_add_text(struct pdf_batch *batch, const struct face *face, const char *text);
/* Makes the subsets, those of the layouts and, if texts were added, those of the base, on
 * as many threads. Without it, or with an empty base, each document carries all its glyphs. */
void pdf_batch_freeze(struct pdf_batch *batch, size_t threads);
/* How many threads each pdf_write may take: 1 unless there are more than documents. */
void pdf_batch_allow_threads(struct pdf_batch *batch, size_t threads);
void pdf_batch_free(struct pdf_batch *batch);

/* Puts the whole file into `out`. */
bool pdf_write(struct pdf_batch *batch, struct arena *job, const struct layout *layout,
               const struct pdf_identity *identity, struct buf *out, const char **error);

#endif
