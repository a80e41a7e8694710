/* Images of a document as XObjects, each once, numbered in order of first appearance.
 *
 * Owner: the job's arena; pixels are compressed once a batch. Errors: none. */
#ifndef TANDEM_WRITE_PDF_IMAGE_H
#define TANDEM_WRITE_PDF_IMAGE_H

#include "model/document.h"
#include "model/mark.h"
#include "write/pdf_object.h"

struct pdf_images {
    struct arena *job;
    VEC(const struct image *) list;
};

void pdf_images_init(struct pdf_images *images, struct arena *job);
/* Notes an image; a second time changes nothing. */
void pdf_images_add(struct pdf_images *images, const struct image *image);
/* "I0"; `out` as returned. The image must have been added. */
const char *pdf_image_resource(const struct pdf_images *images, const struct image *image,
                               char out[24]);
/* Adds them to a file, and to a dictionary of XObject resources. */
void pdf_images_put(const struct pdf_images *images, struct pdf_file *file,
                    struct pdf_deflater *deflater, struct pdf_dict *resources);

#endif
