/* The template's logo on the guide: at the end of its title row. Pixels become a PNG; a JPEG that
 * stands upright goes in as it is. A drawing (SVG) has no place in a workbook of this library's. */
#include "model/document.h"
#include "write/xlsx_internal.h"

#include <png.h>

enum { UM_PER_INCH = 25400, SHEET_DPI = 96, MOST_UM = 12000, USUAL_UM = 8000, EDGE_PX = 6 };

static void append(png_structp png, png_bytep bytes, png_size_t size) {
    buf_put(png_get_io_ptr(png), bytes, size);
}

static void flush(png_structp png) { (void)png; }

/* Rows with the alpha put in between. */
static unsigned char *joined(struct arena *arena, const struct image *image, int32_t channels) {
    size_t count = (size_t)image->width_px * (size_t)image->height_px;
    unsigned char *out = arena_alloc_array(arena, count, (size_t)channels), *put = out;
    for (size_t i = 0; i < count; i++) {
        for (int32_t c = 0; c < image->channels; c++)
            *put++ = image->data[i * (size_t)image->channels + (size_t)c];
        if (image->alpha)
            *put++ = image->alpha[i];
    }
    return out;
}

static bool put_png(struct arena *arena, const struct image *image, struct buf *out) {
    int32_t channels = image->channels + (image->alpha != NULL);
    static const int kinds[] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA,
                                PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA};
    if (image->channels != 1 && image->channels != 3)
        return false;
    unsigned char *rows = joined(arena, image, channels);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_set_write_fn(png, out, append, flush);
    png_set_IHDR(png, info, (png_uint_32)image->width_px, (png_uint_32)image->height_px, 8,
                 kinds[channels], PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int32_t y = 0; y < image->height_px; y++)
        png_write_row(png, rows + (size_t)y * (size_t)image->width_px * (size_t)channels);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return true;
}

static bool put_bytes(struct arena *arena, const struct image *image, struct buf *out) {
    if (image->kind == IMAGE_PIXELS)
        return put_png(arena, image, out);
    if (image->kind != IMAGE_JPEG || image->orientation > 1 || image->channels == 4)
        return false;
    buf_put(out, (const char *)image->data, image->size);
    return true;
}

/* Columns as wide as a spreadsheet shows them: seven pixels a figure and five of white. */
static int32_t width_px(const struct sheet *sheet, int32_t col) {
    for (size_t i = 0; i < sheet->widths.count; i++)
        if (sheet->widths.at[i].col == col)
            return (int32_t)(sheet->widths.at[i].chars * 7 + 5);
    return 64;
}

void xlsx_write_logo(struct xlsx *xlsx, const struct sheet *sheet, lxw_worksheet *page) {
    const struct theme *theme = xlsx->book->theme;
    const struct image *logo = theme ? theme->logo : NULL;
    struct buf bytes;
    buf_init(&bytes, xlsx->job);
    if (!sheet->logo || !logo || !put_bytes(xlsx->job, logo, &bytes))
        return;
    int32_t height_um = theme->logo_head_um ? theme->logo_head_um : USUAL_UM;
    double height = (double)(height_um < MOST_UM ? height_um : MOST_UM) * SHEET_DPI / UM_PER_INCH;
    double width = height * logo->width_px / logo->height_px;
    double room = width_px(sheet, sheet->logo_col);
    /* The library takes a picture without a resolution for one of 96 dots an inch. */
    double natural = (double)logo->height_px * SHEET_DPI /
                     (logo->kind == IMAGE_JPEG && logo->dpi ? logo->dpi : SHEET_DPI);
    const char *alt = theme->logo_alt && *theme->logo_alt ? theme->logo_alt : NULL;
    lxw_image_options options = {
        .x_offset = (int32_t)(width + EDGE_PX < room ? room - width - EDGE_PX : 0),
        .y_offset = 2,
        .x_scale = height / natural,
        .y_scale = height / natural,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        .description = alt ? xlsx_label(xlsx->job, alt, 1000) : NULL,
        .decorative = alt ? LXW_FALSE : LXW_TRUE,
    };
    xlsx_try(xlsx, worksheet_insert_image_buffer_opt(page, 0, (lxw_col_t)sheet->logo_col,
                                                     (const unsigned char *)bytes.data, bytes.len,
                                                     &options));
}
