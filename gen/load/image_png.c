#include "load/image.h"

#include <png.h>
#include <setjmp.h>

/* All that must survive a longjmp lives here, not in registers. */
struct png_reading {
    struct image_file *file;
    png_structp png;
    png_infop info;
    size_t at;
    const char *error;
    unsigned char *pixels;
    png_bytep *rows;
    uint32_t width, height;
    int channels;
};

/* libpng's own words are for those who write PNG files, not for those who use them. */
static void fail(png_structp png, png_const_charp message) {
    struct png_reading *reading = png_get_error_ptr(png);
    (void)message;
    reading->error = reading->error ? reading->error : "it is damaged";
    longjmp(png_jmpbuf(png), 1);
}

static void ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void feed(png_structp png, png_bytep out, size_t count) {
    struct png_reading *reading = png_get_io_ptr(png);
    if (count > reading->file->size - reading->at) {
        reading->error = "the file is cut off";
        png_error(png, reading->error);
    }
    memcpy(out, reading->file->bytes + reading->at, count);
    reading->at += count;
}

/* Every kind becomes 8 bits of grey or RGB, with alpha where there is any. */
static void ask_for_bytes(struct png_reading *reading) {
    png_structp png = reading->png;
    png_byte kind = png_get_color_type(png, reading->info);
    if (kind == PNG_COLOR_TYPE_PALETTE)
        png_set_palette_to_rgb(png);
    if (kind == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, reading->info) < 8)
        png_set_expand_gray_1_2_4_to_8(png);
    if (png_get_valid(png, reading->info, PNG_INFO_tRNS))
        png_set_tRNS_to_alpha(png);
    png_set_scale_16(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, reading->info);
}

static bool decode(struct png_reading *reading) {
    struct image_file *file = reading->file;
    if (setjmp(png_jmpbuf(reading->png)))
        return false;
    png_set_read_fn(reading->png, reading, feed);
    png_set_user_limits(reading->png, 65535, 65535);
    png_set_chunk_malloc_max(reading->png, 8 << 20);
    png_set_chunk_cache_max(reading->png, 64);
    png_read_info(reading->png, reading->info);
    reading->width = png_get_image_width(reading->png, reading->info);
    reading->height = png_get_image_height(reading->png, reading->info);
    if (!image_size_fits(file, reading->width, reading->height))
        return false;
    ask_for_bytes(reading);
    reading->channels = png_get_channels(reading->png, reading->info);
    size_t row = png_get_rowbytes(reading->png, reading->info);
    if (row != (size_t)reading->width * (size_t)reading->channels)
        png_error(reading->png, "its rows have an unexpected length");
    reading->pixels = arena_alloc_array(file->arena, reading->height, row);
    reading->rows = ARENA_ARRAY(file->arena, png_bytep, reading->height);
    for (uint32_t y = 0; y < reading->height; y++)
        reading->rows[y] = reading->pixels + y * row;
    png_read_image(reading->png, reading->rows);
    return true;
}

/* Takes the alpha bytes out; a plane that hides nothing is dropped. */
static void split_alpha(struct png_reading *reading, struct image *image) {
    size_t points = (size_t)reading->width * reading->height;
    int colours = reading->channels - 1;
    unsigned char *alpha = arena_alloc(reading->file->arena, points);
    unsigned char *pixels = reading->pixels;
    bool seen = false;
    for (size_t i = 0; i < points; i++) {
        for (int c = 0; c < colours; c++)
            pixels[i * (size_t)colours + (size_t)c] =
                pixels[i * (size_t)reading->channels + (size_t)c];
        alpha[i] = pixels[i * (size_t)reading->channels + (size_t)colours];
        seen |= alpha[i] != 255;
    }
    image->channels = colours;
    image->alpha = seen ? alpha : NULL;
}

static int32_t dots_an_inch(struct png_reading *reading) {
    png_uint_32 x, y;
    int unit;
    if (!png_get_pHYs(reading->png, reading->info, &x, &y, &unit) || unit != PNG_RESOLUTION_METER)
        return 0;
    return x > 0 && x < 400000 ? (int32_t)((double)x * 0.0254 + 0.5) : 0;
}

bool image_read_png(struct image_file *file, struct image *image) {
    struct png_reading reading = {.file = file};
    reading.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading, fail, ignore);
    reading.info = reading.png ? png_create_info_struct(reading.png) : NULL;
    bool read = reading.info && decode(&reading);
    if (read) {
        image->kind = IMAGE_PIXELS;
        image->width_px = (int32_t)reading.width;
        image->height_px = (int32_t)reading.height;
        image->channels = reading.channels;
        image->dpi = dots_an_inch(&reading);
        image->data = reading.pixels;
        if (reading.channels == 2 || reading.channels == 4)
            split_alpha(&reading, image);
        image->size = (size_t)reading.width * reading.height * (size_t)image->channels;
    } else if (reading.error) {
        diag_report(file->diag, DIAG_IMAGE_UNREADABLE, file->at, file->shown, reading.error);
    }
    png_destroy_read_struct(&reading.png, &reading.info, NULL);
    return read;
}
