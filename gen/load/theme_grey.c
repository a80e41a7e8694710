/* Greyscale: themes and pictures turned grey as they are loaded, so that no later stage knows of
 * colour. */
#include "load/theme.h"

#include <jpeglib.h>
#include <setjmp.h>
#include <stdlib.h>

/* ---- themes ---- */

static void turn_colours(struct theme *theme) {
    for (size_t i = 0; i < COLOUR_COUNT; i++)
        theme->colours[i] = colour_in_grey(theme->colours[i]);
    for (size_t i = 0; i < STYLE_COUNT; i++)
        theme->styles[i].text.colour = colour_in_grey(theme->styles[i].text.colour);
    for (size_t i = 0; i < CALLOUT_COUNT; i++) {
        struct callout_style *callout = &theme->callouts[i];
        callout->bar = colour_in_grey(callout->bar);
        callout->ground = colour_in_grey(callout->ground);
        callout->title = colour_in_grey(callout->title);
    }
    theme->greyscale = true;
}

void theme_turn_grey(struct arena *arena, struct theme *theme) {
    turn_colours(theme);
    if (theme->logo)
        theme->logo = image_in_grey(arena, (struct image *)theme->logo);
    struct theme_page *pages = ARENA_ARRAY(arena, struct theme_page, theme->page_count);
    for (size_t i = 0; i < theme->page_count; i++) {
        struct theme *own = ARENA_NEW(arena, struct theme);
        *own = *theme->pages[i].theme;
        turn_colours(own);
        own->logo = theme->logo;
        pages[i] = (struct theme_page){theme->pages[i].paper, own};
    }
    theme->pages = pages;
}

/* ---- pictures ---- */

/* ITU-R BT.601, as JPEG's own Y. */
static unsigned char luma(int red, int green, int blue) {
    return (unsigned char)((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

static void grey_pixels(struct arena *arena, struct image *grey) {
    size_t points = (size_t)grey->width_px * (size_t)grey->height_px;
    unsigned char *out = arena_alloc(arena, points);
    for (size_t i = 0; i < points; i++)
        out[i] = luma(grey->data[3 * i], grey->data[3 * i + 1], grey->data[3 * i + 2]);
    grey->data = out;
    grey->size = points;
    grey->channels = 1;
}

struct recoding {
    struct jpeg_error_mgr manager; /* first: libjpeg hands this member back */
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct out;
    unsigned char *bytes; /* libjpeg's */
    unsigned long size;
    jmp_buf failed;
};

_Noreturn static void fail(j_common_ptr common) {
    longjmp(((struct recoding *)common->err)->failed, 1);
}

static void ignore(j_common_ptr common) { (void)common; }
static void ignore_level(j_common_ptr common, int level) {
    (void)common;
    (void)level;
}

/* CMYK to grey in place: light is what ink leaves of it. */
static void grey_row(unsigned char *row, size_t points, bool inverted) {
    for (size_t i = 0; i < points; i++) {
        int light[4];
        for (int c = 0; c < 4; c++)
            light[c] = inverted ? row[4 * i + (size_t)c] : 255 - row[4 * i + (size_t)c];
        row[i] =
            luma(light[0] * light[3] / 255, light[1] * light[3] / 255, light[2] * light[3] / 255);
    }
}

enum { GREY_QUALITY = 92 };

static bool recode(struct recoding *coding, struct arena *arena, const struct image *image) {
    struct jpeg_decompress_struct *in = &coding->in;
    struct jpeg_compress_struct *out = &coding->out;
    if (setjmp(coding->failed))
        return false;
    jpeg_mem_src(in, image->data, (unsigned long)image->size);
    jpeg_read_header(in, TRUE);
    in->out_color_space = image->channels == 4 ? JCS_CMYK : JCS_GRAYSCALE;
    in->dct_method = out->dct_method = JDCT_ISLOW;
    jpeg_start_decompress(in);
    jpeg_mem_dest(out, &coding->bytes, &coding->size);
    out->image_width = in->output_width;
    out->image_height = in->output_height;
    out->input_components = 1;
    out->in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(out);
    jpeg_set_quality(out, GREY_QUALITY, TRUE);
    jpeg_start_compress(out, TRUE);
    unsigned char *row =
        arena_alloc(arena, (size_t)in->output_width * (size_t)in->output_components);
    while (in->output_scanline < in->output_height) {
        jpeg_read_scanlines(in, &row, 1);
        if (image->channels == 4)
            grey_row(row, in->output_width, image->cmyk_inverted);
        jpeg_write_scanlines(out, &row, 1);
    }
    jpeg_finish_compress(out);
    jpeg_finish_decompress(in);
    return true;
}

static void grey_jpeg(struct arena *arena, struct image *grey) {
    struct recoding coding = {.bytes = NULL};
    coding.in.err = coding.out.err = jpeg_std_error(&coding.manager);
    coding.manager.error_exit = fail;
    coding.manager.output_message = ignore;
    coding.manager.emit_message = ignore_level;
    jpeg_create_decompress(&coding.in);
    jpeg_create_compress(&coding.out);
    if (recode(&coding, arena, grey)) {
        grey->data = (const unsigned char *)arena_strndup(arena, (char *)coding.bytes, coding.size);
        grey->size = coding.size;
        grey->channels = 1;
        grey->cmyk_inverted = false;
    }
    jpeg_destroy_compress(&coding.out);
    jpeg_destroy_decompress(&coding.in);
    free(coding.bytes);
}

const struct image *image_in_grey(struct arena *arena, struct image *image) {
    if (image->grey)
        return image->grey;
    struct image *grey = ARENA_NEW(arena, struct image);
    *grey = *image;
    if (image->kind == IMAGE_PIXELS && image->channels == 3)
        grey_pixels(arena, grey);
    else if (image->kind == IMAGE_JPEG && image->channels != 1)
        grey_jpeg(arena, grey);
    else if (image->kind == IMAGE_VECTOR)
        grey->vector = vector_in_grey(arena, image->vector);
    image->grey = grey;
    grey->grey = grey;
    return grey;
}
