/* JPEG files of every kind that cameras and layout programs write, into a folder: 32 × 16 points,
 * a field of 16 × 16 of one colour, and another of a second one. Usage: jpegs FOLDER */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum { WIDTH = 32, HEIGHT = 16 };

struct kind {
    const char *name;
    J_COLOR_SPACE in, stored;
    int channels;
    bool progressive, adobe, arithmetic;
    int orientation;
    unsigned char colours[2][4]; /* as stored: of the Adobe kinds 255 is no ink */
};

static const struct kind kinds[] = {
    {"baseline", JCS_RGB, JCS_YCbCr, 3, false, false, false, 0, {{200, 40, 60}, {20, 90, 180}}},
    {"progressive", JCS_RGB, JCS_YCbCr, 3, true, false, false, 0, {{200, 40, 60}, {20, 90, 180}}},
    {"rgb", JCS_RGB, JCS_RGB, 3, false, true, false, 0, {{200, 40, 60}, {20, 90, 180}}},
    {"grey", JCS_GRAYSCALE, JCS_GRAYSCALE, 1, false, false, false, 0, {{60}, {190}}},
    {"cmyk", JCS_CMYK, JCS_CMYK, 4, false, false, false, 0, {{0, 200, 150, 20}, {180, 60, 0, 0}}},
    {"cmyk-adobe",
     JCS_CMYK,
     JCS_CMYK,
     4,
     false,
     true,
     false,
     0,
     {{255, 55, 105, 235}, {75, 195, 255, 255}}},
    {"ycck",
     JCS_CMYK,
     JCS_YCCK,
     4,
     false,
     true,
     false,
     0,
     {{255, 55, 105, 235}, {75, 195, 255, 255}}},
    {"arithmetic", JCS_RGB, JCS_YCbCr, 3, false, false, true, 0, {{200, 40, 60}, {20, 90, 180}}},
};

static void put_orientation(struct jpeg_compress_struct *jpeg, int orientation) {
    unsigned char exif[] = {
        'E', 'x', 'i', 'f', 0,    0, 'M', 'M', 0, 42, 0, 0, 0,
        8,   0,   1,   1,   0x12, 0, 3,   0,   0, 0,  1, 0, (unsigned char)orientation,
        0,   0,   0,   0,   0,    0};
    jpeg_write_marker(jpeg, JPEG_APP0 + 1, exif, sizeof exif);
}

static void make(const char *folder, const struct kind *kind) {
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.jpg", folder, kind->name);
    FILE *file = fopen(path, "wb");
    if (!file)
        exit(1);
    struct jpeg_error_mgr errors;
    struct jpeg_compress_struct jpeg = {.err = jpeg_std_error(&errors)};
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = WIDTH;
    jpeg.image_height = HEIGHT;
    jpeg.input_components = kind->channels;
    jpeg.in_color_space = kind->in;
    jpeg_set_defaults(&jpeg);
    jpeg_set_colorspace(&jpeg, kind->stored);
    jpeg_set_quality(&jpeg, 95, TRUE);
    jpeg.arith_code = kind->arithmetic;
    jpeg.write_Adobe_marker = kind->adobe;
    if (kind->progressive)
        jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    if (kind->orientation)
        put_orientation(&jpeg, kind->orientation);
    unsigned char row[WIDTH * 4];
    for (int x = 0; x < WIDTH; x++)
        memcpy(row + x * kind->channels, kind->colours[x >= WIDTH / 2], (size_t)kind->channels);
    for (int y = 0; y < HEIGHT; y++) {
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    fclose(file);
}

int main(int argc, char **argv) {
    if (argc != 2)
        return 2;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        make(argv[1], &kinds[i]);
    for (int orientation = 1; orientation <= 8; orientation++) {
        char name[24];
        struct kind turned = kinds[0];
        snprintf(name, sizeof name, "turned-%d", orientation);
        turned.name = name;
        turned.orientation = orientation;
        make(argv[1], &turned);
    }
    return 0;
}
