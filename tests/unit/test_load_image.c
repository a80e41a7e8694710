/* Pictures: every kind of PNG, JPEG headers, and files that mean harm. */
#define _GNU_SOURCE
#include "load_fixture.h"

#include "load/image.h"

#include <jpeglib.h>
#include <png.h>

struct made {
    unsigned char *bytes;
    size_t size;
};

static void collect(png_structp png, png_bytep bytes, size_t count) {
    struct made *made = png_get_io_ptr(png);
    made->bytes = realloc(made->bytes, made->size + count);
    memcpy(made->bytes + made->size, bytes, count);
    made->size += count;
}

static void flush_nothing(png_structp png) { (void)png; }

/* A picture of 5 × 3 points whose rows are given packed. */
static struct made make_png(int kind, int depth, int interlace, const unsigned char *rows,
                            size_t row, bool transparent) {
    struct made made = {0};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    assert_false(setjmp(png_jmpbuf(png)));
    png_set_write_fn(png, &made, collect, flush_nothing);
    png_set_IHDR(png, info, 5, 3, depth, kind, interlace, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_color palette[4] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {9, 9, 9}};
    png_byte alphas[2] = {0, 128};
    png_color_16 colour = {.red = 10, .green = 20, .blue = 30, .gray = 1};
    if (kind == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, 4);
    if (transparent)
        png_set_tRNS(png, info, kind == PNG_COLOR_TYPE_PALETTE ? alphas : NULL, 2, &colour);
    png_set_pHYs(png, info, 11811, 11811, PNG_RESOLUTION_METER);
    png_bytep lines[3] = {(png_bytep)rows, (png_bytep)rows + row, (png_bytep)rows + 2 * row};
    png_write_info(png, info);
    png_write_image(png, lines);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return made;
}

static const struct image *read_bytes(struct fixture *f, const void *bytes, size_t size) {
    fixture_write(f, "picture", bytes, size);
    struct source *source = fixture_source(f, "m.md", "![](picture)\n");
    return load_image(&f->run, f->diag, path_join(&f->run, f->folder, "picture"), "picture",
                      (struct span){source, 1, 1, 12});
}

static const struct image *read_png(struct fixture *f, int kind, int depth, int interlace,
                                    const unsigned char *rows, size_t row, bool transparent) {
    struct made made = make_png(kind, depth, interlace, rows, row, transparent);
    const struct image *image = read_bytes(f, made.bytes, made.size);
    free(made.bytes);
    assert_clean(f);
    assert_non_null(image);
    assert_int_equal(image->kind, IMAGE_PIXELS);
    assert_int_equal(image->width_px, 5);
    assert_int_equal(image->height_px, 3);
    assert_int_equal(image->dpi, 300);
    assert_int_equal(image->size, (size_t)15 * (size_t)image->channels);
    return image;
}

static void open_here(struct fixture *f) {
    fixture_open(f);
    strcpy(f->folder, "/tmp/tandem-load-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
}

static void every_kind_of_png(void **state) {
    (void)state;
    struct fixture f;
    open_here(&f);
    unsigned char rows[3 * 5 * 8];
    for (int interlace = PNG_INTERLACE_NONE; interlace <= PNG_INTERLACE_ADAM7; interlace++) {
        memset(rows, 0, sizeof rows);
        rows[0] = 0x80; /* the first of the 1-bit points */
        const struct image *image = read_png(&f, PNG_COLOR_TYPE_GRAY, 1, interlace, rows, 1, false);
        assert_int_equal(image->channels, 1);
        assert_null(image->alpha);
        assert_int_equal(image->data[0], 255);
        assert_int_equal(image->data[1], 0);

        image = read_png(&f, PNG_COLOR_TYPE_GRAY, 1, interlace, rows, 1, true);
        assert_non_null(image->alpha);
        assert_int_equal(image->alpha[0], 0);
        assert_int_equal(image->alpha[1], 255);

        rows[0] = 0x1B; /* 2-bit palette: 0 1 2 3 */
        image = read_png(&f, PNG_COLOR_TYPE_PALETTE, 2, interlace, rows, 2, false);
        assert_int_equal(image->channels, 3);
        assert_memory_equal(image->data, "\xFF\0\0\0\xFF\0\0\0\xFF\x09\x09\x09", 12);
        image = read_png(&f, PNG_COLOR_TYPE_PALETTE, 2, interlace, rows, 2, true);
        assert_memory_equal(image->data, "\xFF\0\0\0\xFF\0\0\0\xFF\x09\x09\x09", 12);
        assert_memory_equal(image->alpha, "\x00\x80\xFF\xFF", 4);

        memset(rows, 0, sizeof rows);
        memcpy(rows, "\x0A\x14\x1E\x01\x02\x03", 6);
        image = read_png(&f, PNG_COLOR_TYPE_RGB, 8, interlace, rows, 15, true);
        assert_int_equal(image->channels, 3);
        assert_memory_equal(image->data, "\x0A\x14\x1E\x01\x02\x03", 6);
        assert_memory_equal(image->alpha, "\x00\xFF", 2);

        memcpy(rows, "\x80\x00\xFF\xFF", 4);
        image = read_png(&f, PNG_COLOR_TYPE_GRAY_ALPHA, 16, interlace, rows, 20, false);
        assert_int_equal(image->channels, 1);
        assert_int_equal(image->data[0], 128);
        assert_int_equal(image->alpha[0], 255);
        assert_int_equal(image->alpha[1], 0);

        memset(rows, 0xFF, sizeof rows);
        image = read_png(&f, PNG_COLOR_TYPE_RGB_ALPHA, 8, interlace, rows, 20, false);
        assert_int_equal(image->channels, 3);
        assert_null(image->alpha); /* hides nothing */
    }
    fixture_close(&f);
}

static struct made make_jpeg(int components, J_COLOR_SPACE space, bool adobe) {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr manager;
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    jpeg.err = jpeg_std_error(&manager);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = 4;
    jpeg.image_height = 2;
    jpeg.input_components = components;
    jpeg.in_color_space = space;
    jpeg_set_defaults(&jpeg);
    jpeg.write_Adobe_marker = adobe;
    if (components == 3)
        jpeg_simple_progression(&jpeg);
    jpeg.density_unit = 1;
    jpeg.X_density = jpeg.Y_density = 150;
    jpeg_start_compress(&jpeg, TRUE);
    unsigned char row[16] = {0};
    JSAMPROW rows[1] = {row};
    while (jpeg.next_scanline < 2)
        jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return (struct made){bytes, size};
}

static void jpegs_are_kept_as_they_are(void **state) {
    (void)state;
    struct fixture f;
    open_here(&f);
    static const struct {
        int components;
        J_COLOR_SPACE space;
        bool adobe;
        int dpi;
    } kinds[] = {{1, JCS_GRAYSCALE, false, 150},
                 {3, JCS_RGB, false, 150},
                 {4, JCS_CMYK, true, 0},
                 {4, JCS_CMYK, false, 0}};
    for (size_t i = 0; i < 4; i++) {
        struct made made = make_jpeg(kinds[i].components, kinds[i].space, kinds[i].adobe);
        const struct image *image = read_bytes(&f, made.bytes, made.size);
        assert_clean(&f);
        assert_int_equal(image->kind, IMAGE_JPEG);
        assert_int_equal(image->width_px, 4);
        assert_int_equal(image->height_px, 2);
        assert_int_equal(image->channels, kinds[i].components);
        assert_int_equal(image->dpi, kinds[i].dpi);
        assert_int_equal(image->cmyk_inverted, kinds[i].adobe);
        assert_int_equal(image->size, made.size);
        assert_memory_equal(image->data, made.bytes, made.size);
        free(made.bytes);
    }
    fixture_close(&f);
}

/* The JPEG with an APP1 segment right after its first marker. */
static struct made with_exif(struct made jpeg, const unsigned char *exif, size_t size) {
    struct made made = {malloc(jpeg.size + size + 4), jpeg.size + size + 4};
    memcpy(made.bytes, jpeg.bytes, 2);
    memcpy(made.bytes + 2, (unsigned char[]){0xFF, 0xE1, 0, (unsigned char)(size + 2)}, 4);
    memcpy(made.bytes + 6, exif, size);
    memcpy(made.bytes + 6 + size, jpeg.bytes + 2, jpeg.size - 2);
    return made;
}

static void cameras_are_held_on_their_sides(void **state) {
    (void)state;
    struct fixture f;
    open_here(&f);
    unsigned char big[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    unsigned char little[] =
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0";
    struct made plain = make_jpeg(3, JCS_RGB, false);
    const struct image *image = read_bytes(&f, plain.bytes, plain.size);
    assert_int_equal(image->orientation, 1);
    struct made made = with_exif(plain, big, sizeof big - 1);
    image = read_bytes(&f, made.bytes, made.size);
    assert_int_equal(image->orientation, 6);
    assert_int_equal(image->width_px, 2); /* as shown */
    assert_int_equal(image->height_px, 4);
    free(made.bytes);
    made = with_exif(plain, little, sizeof little - 1);
    image = read_bytes(&f, made.bytes, made.size);
    assert_int_equal(image->orientation, 3);
    assert_int_equal(image->width_px, 4);
    assert_clean(&f);
    /* A preview's end marker is not the picture's. */
    memcpy(made.bytes + 34, "\xFF\xD9", 2);
    assert_null(read_bytes(&f, made.bytes, made.size - 2));
    assert_message(&f, "cannot read the picture 'picture': the file is cut off");
    free(made.bytes);
    /* Directories that lie: no size is believed. */
    for (size_t size = 0; size < sizeof big; size++)
        for (unsigned value = 0; value < 256; value++) {
            big[size] ^= (unsigned char)value;
            assert_in_range(exif_orientation(big, size), 1, 8);
            big[size] ^= (unsigned char)value;
        }
    free(plain.bytes);
    fixture_close(&f);
}

static void refused(const void *bytes, size_t size, const char *message) {
    struct fixture f;
    open_here(&f);
    assert_null(read_bytes(&f, bytes, size));
    assert_message(&f, message);
    fixture_close(&f);
}

static void other_files_are_refused(void **state) {
    (void)state;
    refused("", 0, "m.md:1:1: error: 'picture' is neither PNG nor JPEG nor SVG");
    refused("GIF89a", 6, "'picture' is neither PNG nor JPEG nor SVG");
    refused("<svg/>", 6, "picture:1:1: error: this SVG picture does not say how large it is");
    refused("\xFF\xD8\xFF", 3, "cannot read the picture 'picture'");
    refused("\x89PNG\r\n\x1a\n", 8, "cannot read the picture 'picture': the file is cut off");
    /* 30,000 × 30,000 points in 33 bytes. */
    static const unsigned char bomb[] =
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0u0\0\0u0\x08\x02\0\0\0\xE9\x45\x6F\xED"
        "\0\0\0\0IDAT\x35\xAF\x06\x1E";
    refused(bomb, sizeof bomb - 1, "error: the picture 'picture' has 30000 × 30000 points");
}

/* Every shortened and every damaged file ends in a picture or a message. */
static void damaged_files_end_in_a_message(void **state) {
    (void)state;
    unsigned char rows[60];
    for (size_t i = 0; i < sizeof rows; i++)
        rows[i] = (unsigned char)(i * 37);
    struct made files[] = {
        make_png(PNG_COLOR_TYPE_RGB_ALPHA, 8, PNG_INTERLACE_ADAM7, rows, 20, false),
        make_png(PNG_COLOR_TYPE_PALETTE, 8, PNG_INTERLACE_NONE, (unsigned char[15]){1, 2}, 5, true),
        make_jpeg(3, JCS_RGB, false),
    };
    struct fixture f;
    open_here(&f);
    for (size_t i = 0; i < 3; i++) {
        for (size_t size = 0; size < files[i].size; size++)
            assert_true(read_bytes(&f, files[i].bytes, size) == NULL || size + 16 > files[i].size);
        for (size_t at = 8; at < files[i].size; at++) {
            files[i].bytes[at] ^= 0x5A;
            read_bytes(&f, files[i].bytes, files[i].size);
            files[i].bytes[at] ^= 0x5A;
        }
        free(files[i].bytes);
    }
    fixture_close(&f);
}

static void paths_stay_in_the_course(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    fixture_folder(&f);
    unsigned char rows[15] = {0};
    struct made made = make_png(PNG_COLOR_TYPE_GRAY, 8, PNG_INTERLACE_NONE, rows, 5, false);
    fixture_write(&f, "content/images/a.png", made.bytes, made.size);
    fixture_write(&f, "outside.png", made.bytes, made.size);
    free(made.bytes);
    assert_int_equal(
        symlink("../../outside.png", path_join(&f.run, f.folder, "content/images/link.png")), 0);
    fixture_text(&f, "content/course.yml", "title: T\nmaterials: []\n");
    fixture_text(&f, "content/modules/m.md",
                 "![a](../images/a.png) ![a](images/a.png)\n\n![a](../images/link.png)\n\n"
                 "![a](images/b.png)\n");
    struct course *course = load_course(&f.run, f.diag, f.folder);
    const struct node *paragraph = course->modules.at[0]->document->first;
    assert_non_null(paragraph->first->image);
    assert_non_null(paragraph->last->image);
    assert_message(&f,
                   "content/modules/m.md:3:1: error: '../images/link.png' is a link to a place");
    assert_message(&f, "content/modules/m.md:5:1: error: there is no picture 'images/b.png'");
    assert_int_equal(diag_errors(f.diag), 2);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_png),
        cmocka_unit_test(jpegs_are_kept_as_they_are),
        cmocka_unit_test(cameras_are_held_on_their_sides),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(damaged_files_end_in_a_message),
        cmocka_unit_test(paths_stay_in_the_course),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
