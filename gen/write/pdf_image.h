/* Images of a document as XObjects, each once, numbered in order of first appearance.
 *
 * Owner: the job's arena; pixels are compressed once a batch. Errors: none. */
#ifndef TANDEM_WRITE_PDF_IMAGE_H
#define TANDEM_WRITE_PDF_IMAGE_H

#include "model/document.h"
#include "model/mark.h"
#include "write/pdf_run.h"

struct pdf_image {
    const struct image *image;
    const struct vector_words *words; /* of a drawing */
};

struct pdf_images {
    struct arena *job;
    VEC(struct pdf_image) list;
};

void pdf_images_init(struct pdf_images *images, struct arena *job);
/* Notes a mark's image; a second time changes nothing. */
void pdf_images_add(struct pdf_images *images, const struct mark *mark);
/* "I0"; `out` as returned. The image must have been added. */
const char *pdf_image_resource(const struct pdf_images *images, const struct image *image,
                               char out[24]);
/* Adds them to a file, and to a dictionary of XObject resources. `fonts` is an indirect dictionary
 * of font resources, for drawings. */
void pdf_images_put(const struct pdf_images *images, struct pdf_file *file,
                    struct pdf_deflater *deflater, struct run_table *runs, struct pdf_dict *fonts,
                    struct pdf_dict *resources);
/* One image of pixels, or a JPEG, as an XObject over the unit square, not turned. */
struct pdf_dict *pdf_image_put_raster(struct pdf_file *file, struct pdf_deflater *deflater,
                                      const struct image *image);
/* Turns the unit square, y up, from how the file has the image to how it is shown. */
struct matrix pdf_image_turn(const struct image *image);

#endif
