/* An SVG file to a picture: its size, its view, its data: pictures. */
#include "load/svg.h"

#include "base/utf8.h"

#include <math.h>

/* Pixels are given in hundredths, so that small drawings keep their proportions. */
enum { PX_PARTS = 100, CSS_DPI = 96 };
static const double LEAST_PX = 1, MOST_PX = 100000;

/* ---- pictures inside ---- */

static unsigned char *decode_base64(struct arena *arena, const char *text, size_t *size) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char values[256], *bytes = arena_alloc(arena, strlen(text) * 3 / 4 + 3);
    memset(values, 255, sizeof values);
    for (int i = 0; i < 64; i++)
        values[(unsigned char)digits[i]] = (unsigned char)i;
    uint32_t bits = 0;
    int held = 0;
    for (*size = 0; *text; text++) {
        unsigned char value = values[(unsigned char)*text];
        if (value == 255)
            continue;
        bits = bits << 6 | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes[(*size)++] = (unsigned char)(bits >> held);
        }
    }
    return bytes;
}

static const struct image *decode_picture(struct svg_reading *reading,
                                          const struct svg_element *element, const char *address) {
    const char *comma = strchr(address, ',');
    if (strncmp(address, "data:image/", 11) != 0 || !comma || comma - address < 7 ||
        strncmp(comma - 7, ";base64", 7) != 0) {
        svg_warn(reading, element, DIAG_IMAGE_SVG_IGNORED, "image",
                 "put it into the picture as PNG or JPEG: it reads no other files");
        return NULL;
    }
    struct image_file file = {.arena = reading->arena,
                              .diag = reading->file->diag,
                              .shown = "the picture inside",
                              .at = svg_place(reading, element),
                              .points_used = reading->points};
    file.bytes = decode_base64(reading->arena, comma + 1, &file.size);
    struct image *image = ARENA_NEW(reading->arena, struct image);
    image->path = reading->file->shown;
    if (!image_read_raster(&file, image)) {
        reading->failed = true;
        return NULL;
    }
    reading->points += (uint64_t)image->width_px * (uint64_t)image->height_px;
    return image;
}

const struct image *svg_read_picture(struct svg_reading *reading, struct svg_element *element,
                                     const char *address) {
    if (!element->picture_tried)
        element->picture = decode_picture(reading, element, address);
    element->picture_tried = true;
    return element->picture;
}

/* ---- the whole ---- */

/* The size in CSS pixels; percentages say nothing here. */
static bool find_size(struct svg_reading *reading, double *width, double *height) {
    struct svg_element *root = reading->root;
    double view[4];
    const char *w = svg_attribute(root, "width"), *h = svg_attribute(root, "height");
    bool seen = svg_view_box(root, view);
    bool has_w = w && !strchr(w, '%') && svg_parse_length(w, 0, 16, width) && *width > 0;
    bool has_h = h && !strchr(h, '%') && svg_parse_length(h, 0, 16, height) && *height > 0;
    if (seen && !has_w)
        *width = has_h ? *height * view[2] / view[3] : view[2];
    if (seen && !has_h)
        *height = has_w ? *width * view[3] / view[2] : view[3];
    if (!seen && (!has_w || !has_h)) {
        svg_fail(reading, root, DIAG_IMAGE_SVG_SIZE, NULL, NULL);
        return false;
    }
    if (!(*width >= LEAST_PX && *height >= LEAST_PX && *width <= MOST_PX && *height <= MOST_PX)) {
        /* Drawn in metres, or in thousandths: only the proportions count. */
        double scale = 1000 / fmax(*width, *height);
        *width *= scale;
        *height *= scale;
    }
    if (*width >= LEAST_PX && *height >= LEAST_PX)
        return true;
    svg_fail(reading, root, DIAG_IMAGE_SVG_SIZE, NULL, NULL);
    return false;
}

static bool draw_whole(struct svg_reading *reading, struct image *image) {
    double width, height;
    if (strcmp(reading->root->name, "svg") != 0) {
        svg_fail(reading, reading->root, DIAG_IMAGE_SVG_BROKEN, "it does not begin with <svg>",
                 NULL);
        return false;
    }
    if (!find_size(reading, &width, &height))
        return false;
    svg_read_sheets(reading);
    double scale = VECTOR_SIDE / fmax(width, height);
    struct svg_style initial = svg_style_initial();
    struct vector_node *root = ARENA_NEW(reading->arena, struct vector_node);
    root->kind = VECTOR_GROUP;
    root->opacity = 1;
    reading->view_width = width;
    reading->view_height = height;
    struct svg_walk walk = {.reading = reading,
                            .matrix = {scale, 0, 0, scale, 0, 0},
                            .style = svg_style_of(reading, reading->root, &initial),
                            .into = root};
    svg_draw_view(walk, reading->root, width, height, true);
    struct vector *vector = ARENA_NEW(reading->arena, struct vector);
    *vector = (struct vector){width * scale,     height * scale,       root,
                              reading->texts.at, reading->texts.count, false};
    image->kind = IMAGE_VECTOR;
    image->vector = vector;
    image->width_px = (int32_t)lround(width * PX_PARTS);
    image->height_px = (int32_t)lround(height * PX_PARTS);
    image->dpi = CSS_DPI * PX_PARTS;
    return !reading->failed;
}

bool image_read_svg(struct image_file *file, struct image *image) {
    struct svg_reading reading = {.file = file, .arena = file->arena};
    const char *text = (const char *)file->bytes;
    if (utf8_find_bad(text, file->size) == file->size)
        reading.source = source_new(file->arena, file->place, text, file->size);
    if (file->size > SVG_BYTES_LIMIT) {
        reading.source = NULL;
        struct svg_element nowhere = {0};
        svg_fail(&reading, &nowhere, DIAG_IMAGE_SVG_LIMIT, "8 MiB", NULL);
        return false;
    }
    return svg_read_tree(&reading) && draw_whole(&reading, image);
}
