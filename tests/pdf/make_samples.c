/* Writes sample PDFs into a folder, for check_pdf.sh to open with readers that are not ours. */
#include "sample.h"

#include "base/file.h"
#include "write/pdf_document.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h> /* wants stdio.h before it */

#define TRUETYPE "/usr/share/fonts/truetype/"

static void write_sample(struct arena *arena, const struct fonts *fonts, struct layout *layout,
                         const struct layout *base, enum pdf_layout as, const char *folder,
                         const char *name) {
    struct arena job;
    struct buf out;
    const char *error = NULL;
    struct pdf_identity identity = {.course = "A course",
                                    .version = "1.0",
                                    .publisher = "Us & them",
                                    .licence = "CC BY 4.0",
                                    .material = "sample",
                                    .participant = "okafor-lind",
                                    .as_of = 20000};
    arena_init(&job);
    buf_init(&out, &job);
    struct pdf_batch *batch = pdf_batch_new(arena, fonts);
    if (base) {
        pdf_batch_add_base(batch, base);
        pdf_batch_freeze(batch, 2);
    }
    if (!pdf_write_as(batch, &job, layout, &identity, as, &out, &error) ||
        !file_write(&job, path_join(&job, folder, name), out.data, out.len, &error)) {
        fprintf(stderr, "%s: %s\n", name, error);
        exit(1);
    }
    pdf_batch_free(batch);
    arena_release(&job);
}

static void add_prose(struct sample *sample) {
    const struct face *text = sample->fonts->by_family[FAMILY_TEXT][FACE_REGULAR];
    const struct face *bold = sample->fonts->by_family[FAMILY_TEXT][FACE_BOLD];
    const struct face *italic = sample->fonts->by_family[FAMILY_TEXT][FACE_ITALIC];
    sample_page(sample);
    uint32_t h1 = sample_element(sample, ROLE_H1, 1);
    sample_text(sample, bold, "Difficult affinities", 20000, 30000, 2000, 0, h1);
    uint32_t p = sample_element(sample, ROLE_P, 1);
    struct mark *line =
        sample_text(sample, text, "The efficient office shuffled its waffles; then the exam", 20000,
                    40000, 1100, 300, p);
    sample_hyphenate(sample, line, text);
    sample_text(sample, text,
                "ple was well-known, AVATAR (To) [Wave] \\ and 50% of Größe, naïve café.", 20000,
                45000, 1100, -100, p)
        ->line_end = true;
    sample_text(sample, text, "Last line of", 20000, 50000, 1100, 0, p);
    uint32_t em = sample_element(sample, ROLE_EM, p);
    struct mark *slanted = sample_text(sample, italic, "the paragraph", 41000, 50000, 1100, 0, em);
    ((struct text_piece *)(uintptr_t)slanted->pieces)[0].space_before = true;
    uint32_t caps = sample_element(sample, ROLE_H2, 1);
    struct mark *upper = sample_text(sample, bold, "x y", 20000, 60000, 1400, 0, caps);
    struct text_piece *pieces = (struct text_piece *)(uintptr_t)upper->pieces;
    pieces[0].run = sample_run(sample, bold, "Capital", "CAPITAL", NULL);
    pieces[1].run = sample_run(sample, bold, "Letters", "LETTERS", NULL);
    pieces[1].x_um = 30000;
    upper->tracking_cpt = 50;
    uint32_t small = sample_element(sample, ROLE_P, 1);
    struct mark *smallcaps = sample_text(sample, text, "x", 20000, 70000, 1100, 0, small);
    ((struct text_piece *)(uintptr_t)smallcaps->pieces)[0].run =
        sample_run(sample, text, "Smallcaps", NULL, "smcp");
    uint32_t german = sample_element(sample, ROLE_P, 1);
    sample->elements.at[german].lang = "de";
    sample_text(sample, text, "Auflage (zweite) e\xCC\x81tude", 20000, 80000, 1100, 0, german);
}

static void add_table(struct sample *sample) {
    const struct face *text = sample->fonts->by_family[FAMILY_TEXT][FACE_REGULAR];
    uint32_t table = sample_element(sample, ROLE_TABLE, 1);
    static const char *const words[] = {"Item", "Now", "Trust", "3", "", "4"};
    for (int row = 0; row < 3; row++) {
        uint32_t tr = sample_element(sample, ROLE_TR, table);
        for (int col = 0; col < 2; col++) {
            uint32_t cell = sample_element(sample, row && col ? ROLE_TD : ROLE_TH, tr);
            sample->elements.at[cell].row_header = row > 0;
            int32_t x = 20000 + col * 40000, y = 100000 + row * 8000;
            struct mark *ground = sample_mark(sample, MARK_RECT, 0);
            ground->x_um = x;
            ground->y_um = y;
            ground->width_um = 40000;
            ground->height_um = 8000;
            ground->fill = row ? 0xF4EFE8 : 0x335577;
            ground->stroke = 0x808080;
            ground->weight_um = 100;
            ground->radius_um = col ? 0 : 1500;
            if (*words[row * 2 + col])
                sample_text(sample, text, words[row * 2 + col], x + 2000, y + 5500, 1000, 0, cell)
                    ->fill = row ? 0 : 0xFFFFFF;
        }
    }
    struct mark *rule = sample_mark(sample, MARK_LINE, 0);
    *rule = (struct mark){.kind = MARK_LINE,
                          .x_um = 20000,
                          .y_um = 130000,
                          .to_x_um = 190000,
                          .to_y_um = 130000,
                          .fill = COLOUR_NONE,
                          .stroke = 0xCC4400,
                          .weight_um = 200,
                          .dash_um = 1000};
}

static void add_fields(struct sample *sample) {
    static const enum field_kind kinds[] = {FIELD_CHECK, FIELD_CHECK, FIELD_RADIO, FIELD_RADIO,
                                            FIELD_TEXT};
    for (int i = 0; i < 5; i++) {
        struct field *field = ARENA_NEW(sample->arena, struct field);
        field->kind = kinds[i];
        field->on = i % 2 == 1;
        field->tooltip = "How often?";
        uint32_t form = sample_element(sample, ROLE_FORM, 1);
        struct mark *mark = sample_mark(sample, MARK_FIELD, form);
        mark->x_um = 20000 + i * 10000;
        mark->y_um = 140000;
        mark->width_um = mark->height_um = 4500;
        mark->radius_um = 400;
        mark->field = field;
        if (kinds[i] == FIELD_TEXT) {
            mark->width_um = 60000;
            mark->fill = 0xF0F0F0;
        }
    }
}

static void add_images(struct sample *sample) {
    static unsigned char pixels[64 * 64 * 3], alpha[64 * 64];
    for (int i = 0; i < 64 * 64; i++) {
        pixels[3 * i] = (unsigned char)(i % 64 * 4);
        pixels[3 * i + 1] = (unsigned char)(i / 64 * 4);
        pixels[3 * i + 2] = 128;
        alpha[i] = (unsigned char)(i % 64 * 4);
    }
    struct image *image = ARENA_NEW(sample->arena, struct image);
    *image = (struct image){.kind = IMAGE_PIXELS,
                            .path = "gradient.png",
                            .width_px = 64,
                            .height_px = 64,
                            .channels = 3,
                            .data = pixels,
                            .size = sizeof pixels,
                            .alpha = alpha};
    uint32_t figure = sample_element(sample, ROLE_FIGURE, 1);
    sample->elements.at[figure].alt = "A gradient from blue to yellow";
    struct mark *mark = sample_mark(sample, MARK_IMAGE, figure);
    mark->x_um = 20000;
    mark->y_um = 150000;
    mark->width_um = mark->height_um = 30000;
    mark->image = image;
    struct mark *path = sample_mark(sample, MARK_PATH, figure);
    struct path_step *steps = ARENA_ARRAY(sample->arena, struct path_step, 4);
    steps[0] = (struct path_step){PATH_MOVE, {60000}, {180000}};
    steps[1] = (struct path_step){PATH_CURVE, {70000, 90000, 100000}, {150000, 150000, 180000}};
    steps[2] = (struct path_step){PATH_LINE, {80000}, {185000}};
    steps[3].op = PATH_CLOSE;
    path->steps = steps;
    path->count = 4;
    path->fill = 0x88AA66;
    path->stroke = 0x224411;
    path->weight_um = 300;
}

/* One colour, 16 by 16; CMYK as Adobe's programs write it, inverted. */
static struct image *make_jpeg(struct arena *arena, const unsigned char *colour, int channels) {
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char row[16 * 4], *rows[1] = {row}, *bytes = NULL;
    unsigned long size = 0;
    for (int i = 0; i < 16 * channels; i++)
        row[i] = colour[i % channels];
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = jpeg.image_height = 16;
    jpeg.input_components = channels;
    jpeg.in_color_space = channels == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < 16)
        jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    struct image *image = ARENA_NEW(arena, struct image);
    *image = (struct image){.kind = IMAGE_JPEG,
                            .width_px = 16,
                            .height_px = 16,
                            .channels = channels,
                            .cmyk_inverted = channels == 4,
                            .data = (unsigned char *)arena_strndup(arena, (char *)bytes, size),
                            .size = size};
    free(bytes);
    return image;
}

/* Squares whose colours check_pdf.sh looks for. */
static void add_jpegs(struct sample *sample) {
    static const unsigned char red[] = {255, 0, 0}, not_cyan[] = {0, 255, 255, 255};
    for (int i = 0; i < 2; i++) {
        struct mark *mark = sample_mark(sample, MARK_IMAGE, 0);
        mark->x_um = 20000 + i * 30000;
        mark->y_um = 210000;
        mark->width_um = mark->height_um = 20000;
        mark->image = make_jpeg(sample->arena, i ? not_cyan : red, i ? 4 : 3);
    }
}

static void add_links(struct sample *sample) {
    const struct face *text = sample->fonts->by_family[FAMILY_TEXT][FACE_REGULAR];
    uint32_t p = sample_element(sample, ROLE_P, 1);
    sample_text(sample, text, "See", 20000, 200000, 1100, 0, p);
    for (int i = 0; i < 2; i++) {
        uint32_t link = sample_element(sample, ROLE_LINK, p);
        struct mark *words = sample_text(sample, text, i ? "the beginning" : "the page",
                                         30000 + i * 30000, 200000, 1100, 0, link);
        struct mark area = *words;
        struct mark *mark = sample_mark(sample, MARK_LINK, link);
        mark->x_um = area.x_um;
        mark->y_um = area.y_um - 4000;
        mark->width_um = area.width_um;
        mark->height_um = 5000;
        mark->url = i ? "start" : "https://example.org/a(b)?c=ü";
        mark->internal = i == 1;
    }
    VEC_PUSH(sample->arena, &sample->destinations, ((struct destination){"end", 1, 0, 20000}));
    VEC_PUSH(sample->arena, &sample->destinations, ((struct destination){"start", 0, 0, 20000}));
    VEC_PUSH(sample->arena, &sample->outline,
             ((struct outline_entry){"Difficult affinities", 1, 0, 20000}));
    VEC_PUSH(sample->arena, &sample->outline, ((struct outline_entry){"Größe", 2, 0, 55000}));
    VEC_PUSH(sample->arena, &sample->outline, ((struct outline_entry){"End", 1, 1, 20000}));
}

static void add_furniture(struct sample *sample) {
    const struct face *text = sample->fonts->by_family[FAMILY_TEXT][FACE_REGULAR];
    for (size_t i = 0; i < sample->pages.count; i++)
        VEC_PUSH(sample->arena, &sample->pages.at[i].furniture,
                 sample_line(sample, text, arena_printf(sample->arena, "Page %zu", i + 1), 100000,
                             285000, 900, 0));
}

int main(int count, char **arguments) {
    static const char *const truetype[] = {TRUETYPE "gentiumplus/GentiumPlus-Regular.ttf",
                                           TRUETYPE "gentiumplus/GentiumPlus-Italic.ttf",
                                           TRUETYPE "gentiumplus/GentiumPlus-Bold.ttf",
                                           TRUETYPE "noto/NotoSansHebrew-Regular.ttf"};
    static const char *const cff[] = {
        "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf",
        "/usr/share/fonts/opentype/linux-libertine/LinLibertine_RI.otf",
        "/usr/share/fonts/opentype/linux-libertine/LinLibertine_RB.otf",
        TRUETYPE "noto/NotoSansHebrew-Regular.ttf"};
    if (count != 2)
        return 2;
    struct arena arena;
    arena_init(&arena);
    for (int kind = 0; kind < 2; kind++) {
        const struct fonts *fonts = sample_fonts(&arena, kind ? cff : truetype, 4);
        if (!fonts)
            return 1;
        struct sample sample, shorter;
        sample_init(&shorter, &arena, fonts);
        add_prose(&shorter);
        sample_init(&sample, &arena, fonts);
        add_prose(&sample);
        add_table(&sample);
        add_fields(&sample);
        add_images(&sample);
        add_jpegs(&sample);
        add_links(&sample);
        sample_page(&sample);
        uint32_t p = sample_element(&sample, ROLE_P, 1);
        sample_text(&sample, fonts->by_family[FAMILY_TEXT][FACE_REGULAR], "The end: Ωμέγα, Жук, ẅ.",
                    20000, 30000, 1100, 0, p);
        uint32_t hebrew = sample_element(&sample, ROLE_P, 1);
        sample.elements.at[hebrew].lang = "he";
        sample_text(&sample, fonts->fallbacks[0].faces[FACE_REGULAR], "שלום", 20000, 40000, 1100, 0,
                    hebrew);
        add_furniture(&sample);
        struct layout *layout = sample_layout(&sample);
        const char *letter = kind ? "cff" : "truetype";
        write_sample(&arena, fonts, layout, NULL, PDF_COMPACT, arguments[1],
                     arena_printf(&arena, "%s.pdf", letter));
        write_sample(&arena, fonts, layout, NULL, PDF_CLASSIC, arguments[1],
                     arena_printf(&arena, "%s-classic.pdf", letter));
        write_sample(&arena, fonts, layout, sample_layout(&shorter), PDF_COMPACT, arguments[1],
                     arena_printf(&arena, "%s-base.pdf", letter));
        fonts_close((struct fonts *)(uintptr_t)fonts);
    }
    arena_release(&arena);
    return 0;
}
