/* Reading of one picture's bytes. Errors: reported with what the library says; hostile files end
 * there and nowhere else. */
#ifndef TANDEM_LOAD_IMAGE_H
#define TANDEM_LOAD_IMAGE_H

#include "base/diag.h"
#include "base/vec.h"
#include "model/document.h"

/* An A4 page at 600 dots an inch has 35 million points. */
enum { IMAGE_POINTS_LIMIT = 40000000 };

struct image_file {
    struct arena *arena;
    struct diag *diag;
    const char *shown;
    const char *place; /* path in the course, for messages about what is inside */
    struct span at;
    uint64_t points_used; /* of the limit, by other pictures of the same file */
    unsigned char *bytes;
    size_t size;
};

/* False after reporting a picture of no or too many points. */
bool image_size_fits(struct image_file *file, uint32_t width, uint32_t height);
/* Decodes every kind of PNG to 8-bit grey or RGB and an alpha plane. */
bool image_read_png(struct image_file *file, struct image *image);
/* The orientation 1..8 of an APP1 segment's bytes, 1 if they do not say (Exif 2.32 §4.6.4). */
int32_t exif_orientation(const unsigned char *bytes, size_t size);
/* Reads a JPEG's header, baseline or progressive; its bytes are kept as they are. */
bool image_read_jpeg(struct image_file *file, struct image *image);

/* Either, by the first bytes; reports other kinds. */
bool image_read_raster(struct image_file *file, struct image *image);
/* Reads an SVG into image->vector: load/svg.h. */
bool image_read_svg(struct image_file *file, struct image *image);

#endif
