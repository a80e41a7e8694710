/* SVG: values, paths, styles and what becomes of them; damaged and hostile files. */
#define _GNU_SOURCE
#include "load_fixture.h"

#include "base/buf.h"
#include "base/file.h"
#include "load/svg.h"

#include <math.h>
#include <time.h>

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-6)

static const struct image *read_bytes(struct fixture *f, const char *text, size_t size) {
    struct source *source = fixture_source(f, "m.md", "![](a.svg)\n");
    struct image_file file = {.arena = &f->run,
                              .diag = f->diag,
                              .shown = "a.svg",
                              .place = "content/a.svg",
                              .at = {source, 1, 1, 10},
                              .bytes = (unsigned char *)arena_strndup(&f->run, text, size),
                              .size = size};
    struct image *image = ARENA_NEW(&f->run, struct image);
    return image_read_svg(&file, image) ? image : NULL;
}

static const struct image *read_svg(struct fixture *f, const char *inside) {
    const char *text = arena_printf(
        &f->run, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1000 500'>%s</svg>", inside);
    return read_bytes(f, text, strlen(text));
}

static void lengths_and_colours(void **state) {
    (void)state;
    double length, opacity = 1;
    uint32_t colour;
    static const struct {
        const char *text;
        double length;
    } lengths[] = {{"12", 12},   {" 1in ", 96}, {"25.4mm", 96}, {"2.54cm", 96}, {"72pt", 96},
                   {"50%", 100}, {"2em", 20},   {"-.5", -0.5},  {"1e2px", 100}, {"6pc", 96}};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        assert_true(svg_parse_length(lengths[i].text, 200, 10, &length));
        NEAR(length, lengths[i].length);
    }
    static const char *const no_lengths[] = {"",    "px",    "1 2",  "nan",
                                             "inf", "1e999", "0x10", "99999999"};
    for (size_t i = 0; i < sizeof no_lengths / sizeof *no_lengths; i++)
        assert_false(svg_parse_length(no_lengths[i], 200, 10, &length));
    static const struct {
        const char *text;
        uint32_t colour;
        double opacity;
    } colours[] = {{"#f0a", 0xFF00AA, 1},
                   {"#10203080", 0x102030, 128 / 255.0},
                   {"rgb(1, 2, 3)", 0x010203, 1},
                   {"rgb(100% 0% 50%)", 0xFF0080, 1},
                   {"rgba(0,0,0,.25)", 0, 0.25},
                   {"hsl(120, 100%, 25%)", 0x008000, 1},
                   {"RebeccaPurple", 0x663399, 1},
                   {"transparent", 0, 0},
                   {"light-dark(#fff, #000)", 0xFFFFFF, 1}};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        opacity = 1;
        assert_true(svg_parse_colour(colours[i].text, &colour, &opacity));
        assert_int_equal(colour, colours[i].colour);
        NEAR(opacity, colours[i].opacity);
    }
    static const char *const no_colours[] = {"",         "#12",     "#1234567",
                                             "rgb(1,2)", "blurple", "red green"};
    for (size_t i = 0; i < sizeof no_colours / sizeof *no_colours; i++)
        assert_false(svg_parse_colour(no_colours[i], &colour, &opacity));
}

static void transforms(void **state) {
    (void)state;
    struct matrix m;
    double x = 1, y = 0;
    assert_true(svg_parse_transform("translate(10,20) scale(2) rotate(90)", &m));
    matrix_apply(&m, &x, &y);
    NEAR(x, 10);
    NEAR(y, 22);
    assert_true(svg_parse_transform("rotate(180 5 5), skewX(45)", &m));
    x = 0, y = 1;
    matrix_apply(&m, &x, &y);
    NEAR(x, 9);
    NEAR(y, 9);
    assert_false(svg_parse_transform("rotate(1,2)", &m));
    assert_false(svg_parse_transform("matrix(1 2 3)", &m));
    assert_false(svg_parse_transform("turn(1)", &m));
}

static const struct vector_step *path_of(struct fixture *f, const char *d, size_t count,
                                         bool whole) {
    struct svg_steps *steps = ARENA_NEW(&f->run, struct svg_steps);
    assert_int_equal(svg_parse_path(&f->run, d, steps), whole);
    assert_int_equal(steps->list.count, count);
    return steps->list.at;
}

static void path_data(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    const struct vector_step *s = path_of(&f, "m1 2 3 4-5.5.5zl1,1", 6, true);
    assert_int_equal(s[0].op, PATH_MOVE);
    NEAR(s[1].x[0], 4);
    NEAR(s[2].x[0], -1.5);
    NEAR(s[2].y[0], 6.5);
    assert_int_equal(s[3].op, PATH_CLOSE);
    assert_int_equal(s[4].op, PATH_MOVE); /* where the one before began */
    NEAR(s[4].x[0], 1);
    NEAR(s[5].y[0], 3);
    s = path_of(&f, "M0 0Q3 3 6 0T12 0", 3, true);
    NEAR(s[1].x[0], 2);
    NEAR(s[2].y[0], -2); /* the handle is mirrored */
    s = path_of(&f, "M0 0C1 1 2 1 3 0S5-1 6 0", 3, true);
    NEAR(s[2].x[0], 4);
    NEAR(s[2].y[0], -1);
    /* Half a circle is two quarters, and ends exactly. */
    s = path_of(&f, "M0 0a5 5 0 0110 0", 3, true);
    assert_true(s[2].x[2] == 10 && s[2].y[2] == 0);
    NEAR(s[1].x[2], 5);
    NEAR(s[1].y[2], -5);
    path_of(&f, "L1 1", 0, false);
    path_of(&f, "M0 0L1 1 2", 2, false);
    path_of(&f, "M0 0A1 1 0 2 0 1 1", 1, false);
    path_of(&f, "M0 0L1e999 1", 1, false);
    double box[4];
    assert_true(svg_bounds(path_of(&f, "M0 0C0 4 8 4 8 0", 2, true), 2, box));
    NEAR(box[3], 3); /* of the curve, not of its handles */
    fixture_close(&f);
}

static void styles_cascade(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    const struct image *image =
        read_svg(&f, "<style>.a { fill: red } rect { fill: blue; stroke-width: 3 } #c.a{fill:lime}"
                     "</style><g fill='black' stroke='white' color='teal'>"
                     "<rect width='9' height='9' fill='gray'/>"
                     "<rect class='b a' width='9' height='9'/>"
                     "<rect id='c' class='a' width='9' height='9'/>"
                     "<rect class='a' style='fill:currentColor !important' width='9' height='9'/>"
                     "<path d='M0 0h9v9z'/></g>");
    assert_clean(&f);
    static const uint32_t fills[] = {0x0000FF, 0xFF0000, 0x00FF00, 0x008080, 0x000000};
    const struct vector_node *node = image->vector->root->first;
    for (size_t i = 0; i < 5; i++, node = node->next) {
        assert_int_equal(node->kind, VECTOR_PATH);
        assert_int_equal(node->path.fill.colour, fills[i]);
        assert_int_equal(node->path.stroke.colour, 0xFFFFFF);
        NEAR(node->path.weight, i < 4 ? 3 : 1);
    }
    assert_null(node);
    fixture_close(&f);
}

static void sizes(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    static const struct {
        const char *attributes;
        int32_t width, height;
    } kinds[] = {{"viewBox='0 0 20 10'", 2000, 1000},
                 {"width='50.8mm' viewBox='0 0 20 10'", 19200, 9600},
                 {"width='100%' height='100%' viewBox='5,5,30,40'", 3000, 4000},
                 {"width='64' height='32'", 6400, 3200},
                 {"viewBox='0 0 0.02 0.01'", 100000, 50000}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *text = arena_printf(&f.run, "<svg %s/>", kinds[i].attributes);
        const struct image *image = read_bytes(&f, text, strlen(text));
        assert_non_null(image);
        assert_int_equal(image->width_px, kinds[i].width);
        assert_int_equal(image->height_px, kinds[i].height);
    }
    fixture_close(&f);
}

static void texts_stand_in_chunks(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    const struct image *image = read_svg(
        &f,
        "<text x='10' y='20' font-family='Times' font-size='8'>\n  One <tspan font-weight='bold'"
        " dy='2'>two</tspan>\n <tspan x='10' y='40'> three </tspan> </text>"
        "<text text-anchor='end' font-family='Courier' x='1 5'>ab</text>");
    assert_clean(&f);
    const struct vector *vector = image->vector;
    assert_int_equal(vector->text_count, 6);
    assert_string_equal(vector->texts[0]->text, "One ");
    assert_true(vector->texts[0]->starts);
    assert_int_equal(vector->texts[0]->family, FAMILY_TEXT);
    assert_string_equal(vector->texts[1]->text, "two");
    assert_false(vector->texts[1]->starts);
    assert_int_equal(vector->texts[1]->face, FACE_BOLD);
    NEAR(vector->texts[1]->dy, 2);
    assert_string_equal(vector->texts[2]->text, ""); /* the space before a new chunk */
    assert_string_equal(vector->texts[3]->text, "three");
    assert_true(vector->texts[3]->starts);
    NEAR(vector->texts[3]->y, 40);
    assert_string_equal(vector->texts[5]->text, "b"); /* a place of its own */
    NEAR(vector->texts[5]->x, 5);
    assert_int_equal(vector->texts[5]->family, FAMILY_MONO);
    assert_int_equal(vector->texts[5]->anchor, 2);
    fixture_close(&f);
}

static void gradients_take_over(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    const struct image *image = read_svg(
        &f, "<linearGradient id='a'><stop stop-color='red'/><stop offset='120%' stop-color='blue' "
            "stop-opacity='.5'/></linearGradient><linearGradient id='b' href='#a' x2='0' y2='1'/>"
            "<rect x='100' width='200' height='50' fill='url(#b)'/>");
    assert_clean(&f);
    const struct gradient *gradient = image->vector->root->first->path.fill.gradient;
    assert_non_null(gradient);
    assert_int_equal(gradient->count, 2);
    NEAR(gradient->stops[1].at, 1);
    assert_true(gradient->fades);
    NEAR(gradient->x[1], 0);
    NEAR(gradient->y[1], 1);
    NEAR(gradient->matrix.a, 200);
    NEAR(gradient->matrix.e, 100);
    fixture_close(&f);
}

static size_t count_messages(struct fixture *f) {
    return diag_errors(f->diag) + diag_warnings(f->diag);
}

/* Every cut and many damaged files end in a picture or a message, soon. */
static void damaged_files_end_in_a_message(void **state) {
    (void)state;
    static const char *const names[] = {"shapes", "paths", "gradients", "clips",
                                        "drawio", "text",  "markers"};
    uint32_t random = 12345;
    struct arena files;
    arena_init(&files);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct fixture f;
        size_t size;
        const char *error;
        fixture_open(&f);
        char *text = file_read(&files, arena_printf(&files, TEST_FOLDER "/svg/%s.svg", names[i]),
                               1 << 20, &size, &error);
        assert_non_null(text);
        const struct image *whole = read_bytes(&f, text, size);
        assert_non_null(whole);
        assert_int_equal(count_messages(&f), 0);
        fixture_close(&f);
        for (size_t at = 0; at < size; at += at % 7 + 1) {
            fixture_open(&f);
            const struct image *image = read_bytes(&f, text, at);
            assert_true(image || diag_errors(f.diag) == 1);
            char *damaged = arena_strndup(&f.run, text, size);
            for (int k = 0; k < 3; k++) {
                random = random * 1664525 + 1013904223;
                damaged[random % size] = "\"<>/ 9-eM.#()x\xFF"[random >> 24 & 15];
            }
            image = read_bytes(&f, damaged, size);
            assert_true(image || diag_errors(f.diag) >= 1);
            fixture_close(&f);
        }
    }
    arena_release(&files);
}

/* What could take long or much: each ends within a second or two. */
static void hostile_files_end_soon(void **state) {
    (void)state;
    struct fixture f;
    struct buf text;
    fixture_open(&f);
    clock_t start = clock();
    buf_init(&text, &f.run);
    buf_puts(&text, "<svg viewBox='0 0 9 9'>");
    for (int i = 0; i < 3000; i++) /* a chain, each a level deeper */
        buf_printf(&text, "<g id='u%d'><use href='#u%d'/></g>", i, i + 1);
    buf_puts(&text, "</svg>");
    assert_null(read_bytes(&f, text.data, text.len));
    assert_message(&f, "error: this SVG picture has more than 128 levels of elements");

    buf_clear(&text);
    buf_puts(&text, "<svg viewBox='0 0 9 9'><path id='p' d='M0 0");
    for (int i = 0; i < 20000; i++)
        buf_puts(&text, "h1v1");
    buf_puts(&text, "'/>");
    for (int i = 0; i < 1000; i++)
        buf_puts(&text, "<use href='#p'/>");
    buf_puts(&text, "</svg>");
    assert_null(read_bytes(&f, text.data, text.len));
    assert_message(&f, "error: this SVG picture has more than 1000000 lines and curves");

    buf_clear(&text); /* a marker on its own lines, and one at every corner of many */
    buf_puts(&text, "<svg viewBox='0 0 9 9'><marker id='m'><path d='M0 0h1v1h1' marker='url(#m)'/>"
                    "</marker><path marker='url(#m)' d='M0 0");
    for (int i = 0; i < 60000; i++)
        buf_puts(&text, "h1v1");
    buf_puts(&text, "'/></svg>");
    assert_null(read_bytes(&f, text.data, text.len));
    assert_message(&f, "error: this SVG picture has more than 100000 elements");

    buf_clear(&text); /* a pattern filled with itself, and one of tiles that nobody can see */
    buf_puts(&text, "<svg viewBox='0 0 9 9'><pattern id='p' width='.1' height='.1'>"
                    "<rect width='9' height='9' fill='url(#p)'/></pattern>"
                    "<pattern id='q' width='1e-5' height='1e-5' href='#p'/>"
                    "<rect width='9' height='9' fill='url(#p)'/>"
                    "<rect width='9' height='9' fill='url(#q)'/></svg>");
    assert_non_null(read_bytes(&f, text.data, text.len));
    assert_message(&f, "warning: <pattern> of so many tiles, as <pattern> is not drawn");

    buf_clear(&text);
    buf_puts(&text, "<svg viewBox='0 0 9 9'><style>");
    for (int i = 0; i < 600; i++)
        buf_printf(&text, ".c%d{fill:red}", i);
    buf_puts(&text, "</style></svg>");
    assert_null(read_bytes(&f, text.data, text.len));
    assert_message(&f, "error: this SVG picture has more than 500 style rules");

    buf_clear(&text);
    buf_puts(&text, "<svg viewBox='0 0 9 9'><g fill='");
    for (int i = 0; i < 20000; i++)
        buf_puts(&text, "x");
    buf_puts(&text, "'/></svg>");
    assert_non_null(read_bytes(&f, text.data, text.len));
    assert_message(&f, "warning: cannot read 'fill', which is very long");
    assert_true(clock() - start < 4 * CLOCKS_PER_SEC);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_and_colours),
        cmocka_unit_test(transforms),
        cmocka_unit_test(path_data),
        cmocka_unit_test(styles_cascade),
        cmocka_unit_test(sizes),
        cmocka_unit_test(texts_stand_in_chunks),
        cmocka_unit_test(gradients_take_over),
        cmocka_unit_test(damaged_files_end_in_a_message),
        cmocka_unit_test(hostile_files_end_soon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
