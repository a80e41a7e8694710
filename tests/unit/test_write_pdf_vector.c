/* Drawings as operators, and pictures that are turned. */
#define _GNU_SOURCE
#include "write/pdf_vector.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <libdeflate.h>

/* A whole file of one drawing, its streams inflated one after another. */
static char *written(struct arena *arena, const struct vector_node *first) {
    struct vector_node root = {
        .kind = VECTOR_GROUP, .opacity = 1, .first = (struct vector_node *)first};
    struct vector vector = {.width = 1000, .height = 500, .root = &root};
    struct pdf_deflater deflater;
    struct pdf_file *file = pdf_file_new(arena);
    struct buf out, text;
    const char *error = NULL;
    pdf_deflater_init(&deflater, NULL, arena);
    struct pdf_dict *forms = pdf_dict_new(file);
    pdf_put_dict(forms, "I0", pdf_vector_put(file, &deflater, NULL, NULL, &vector, NULL));
    pdf_put_dict(pdf_file_add_page(file), "Resources", forms);
    buf_init(&out, arena);
    buf_init(&text, arena);
    assert_true(pdf_file_save(file, &deflater, PDF_CLASSIC, &out, &error));
    pdf_deflater_end(&deflater);
    pdf_file_free(file);
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    for (size_t at = 0; at < out.len;) {
        const char *stream = memmem(out.data + at, out.len - at, "stream\n", 7);
        const char *line = stream ? stream + 7 : out.data + out.len;
        buf_put(&text, out.data + at, (size_t)(line - out.data) - at);
        at = (size_t)(line - out.data);
        if (!stream)
            break;
        const char *end = memmem(line, out.len - at, "endstream", 9);
        char plain[1 << 16];
        size_t size = 0;
        if (libdeflate_zlib_decompress(inflater, line, (size_t)(end - line), plain, sizeof plain,
                                       &size) == LIBDEFLATE_SUCCESS ||
            size)
            buf_put(&text, plain, size);
        at = (size_t)(end - out.data) + 9;
    }
    libdeflate_free_decompressor(inflater);
    return text.data;
}

static void has(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("no '%s' in:\n%s", part, text);
}

static const struct vector_step square[] = {{PATH_MOVE, {10}, {20}},
                                            {PATH_LINE, {110.5}, {20}},
                                            {PATH_CURVE, {120, 120, 110}, {20, 30, 1e9}},
                                            {PATH_CLOSE, {0}, {0}}};

static struct vector_node shape(void) {
    return (struct vector_node){.kind = VECTOR_PATH,
                                .opacity = 1,
                                .path = {.steps = square,
                                         .count = 4,
                                         .fill = {.colour = 0xFF8000, .opacity = 1},
                                         .stroke = {.colour = COLOUR_NONE, .opacity = 1}}};
}

static void paths_and_strokes(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct vector_node node = shape();
    node.path.even_odd = true;
    node.path.stroke = (struct paint){.colour = 0, .opacity = 0.5};
    node.path.weight = 2.5;
    node.path.cap = CAP_ROUND;
    node.path.join = JOIN_BEVEL;
    node.path.miter = 4;
    static const double dashes[] = {3, 1.25};
    node.path.dashes = dashes;
    node.path.dash_count = 2;
    const char *text = written(&arena, &node);
    has(text, "q\n1 0.502 0 rg\n10 20 m\n110.5 20 l\n120 20 120 30 110 30000 c\nh\nf*\nQ\n");
    has(text, "q\n/A500 gs\n0 G\n2.5 w 1 J 2 j 4 M\n[3 1.25 ]0 d\n10 20 m\n");
    has(text, "h\nS\nQ\n");
    arena_release(&arena);
}

static void groups_and_clips(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct vector_node one = shape(), two = shape();
    struct vector_clip none = {.even_odd = true},
                       clip = {.next = &none, .steps = square, .count = 4};
    struct vector_node group = {
        .kind = VECTOR_GROUP, .first = &one, .opacity = 0.25, .clip = &clip};
    const char *text = written(&arena, &group);
    has(text,
        "h\nW n\n0 0 0 0 re\nW* n\nq\n/A250 gs\n1 0.502 0 rg\n"); /* a lone path needs no form */
    one.next = &two;
    text = written(&arena, &group);
    has(text, "/A250 gs\n/X0 Do\n");
    has(text, "/Transparency");
    group.opacity = 0;
    assert_null(strstr(written(&arena, &group), " Do\n"));
    arena_release(&arena);
}

static void gradients(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    static const struct gradient_stop stops[] = {
        {0.25, 0xFF0000, 1}, {0.5, 0x00FF00, 0.5}, {0.5, 0x0000FF, 0.5}, {1, 0, 1}};
    struct gradient gradient = {.x = {10, 110},
                                .y = {5, 5},
                                .matrix = {2, 0, 0, 3, 0, 100},
                                .stops = stops,
                                .count = 4,
                                .fades = true};
    struct vector_node node = shape();
    node.path.fill.gradient = &gradient;
    const char *text = written(&arena, &node);
    has(text, "/M0 gs\n/Pattern cs/P1 scn\n");
    has(text, "/Luminosity");
    has(text, "/Pattern cs/P0 scn 0 0 1000 500 re f\n");
    has(text, "/ShadingType 2");
    gradient.radial = true;
    gradient.fades = false;
    gradient.r[1] = 50;
    has(written(&arena, &node), "/ShadingType 3");
    arena_release(&arena);
}

/* Where the corners of a file's picture come to stand: Exif 2.32 §4.6.4, in words. */
static void pictures_are_turned(void **state) {
    (void)state;
    /* The file's top left corner and its top right one, as shown: x and y, y up. */
    static const double corners[8][4] = {{0, 1, 1, 1}, {1, 1, 0, 1}, {1, 0, 0, 0}, {0, 0, 1, 0},
                                         {0, 1, 0, 0}, {1, 1, 1, 0}, {1, 0, 1, 1}, {0, 0, 0, 1}};
    for (int32_t i = 0; i < 8; i++) {
        struct image image = {.orientation = i + 1};
        struct matrix m = pdf_image_turn(&image);
        assert_true(m.c + m.e == corners[i][0] && m.d + m.f == corners[i][1]);
        assert_true(m.a + m.c + m.e == corners[i][2] && m.b + m.d + m.f == corners[i][3]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_and_strokes),
        cmocka_unit_test(groups_and_clips),
        cmocka_unit_test(gradients),
        cmocka_unit_test(pictures_are_turned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
