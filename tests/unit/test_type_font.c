#include "type_fixture.h"

#include <stdio.h>

enum { FALLBACKS = sizeof fixture_fallbacks / sizeof *fixture_fallbacks };

static void opens_each_file_once(void **state) {
    struct fixture *fixture = *state;
    const struct fonts *fonts = fixture->fonts;
    assert_non_null(fonts);
    assert_int_equal(diag_errors(fixture->diag), 0);
    assert_int_equal(fonts->face_count, 10 + FALLBACKS + 2); /* a bold one, an emboldened one */
    assert_int_equal(fonts->fallback_count, FALLBACKS);
    for (size_t i = 0; i < fonts->face_count; i++)
        assert_int_equal(fonts->faces[i].index, i);
    /* A face that a family lacks is the family's regular one. */
    assert_ptr_equal(fonts->by_family[FAMILY_MONO][FACE_ITALIC],
                     fonts->by_family[FAMILY_MONO][FACE_REGULAR]);
    struct text_style style = {.family = FAMILY_DISPLAY, .face = FACE_BOLD};
    assert_string_equal(fonts_face(fonts, &style)->postscript_name, "Lato-Bold");
}

static void fallbacks_have_faces(void **state) {
    struct fixture *fixture = *state;
    const struct fonts *fonts = fixture->fonts;
    const struct face *const *naskh = fonts->fallbacks[FIXTURE_NASKH].faces;
    assert_string_equal(naskh[FACE_BOLD]->postscript_name, "NotoNaskhArabic-Bold");
    assert_ptr_equal(naskh[FACE_BOLD_ITALIC], naskh[FACE_BOLD]);
    assert_ptr_equal(naskh[FACE_ITALIC], naskh[FACE_REGULAR]);
    assert_int_equal(naskh[FACE_BOLD]->style, FACE_BOLD);
    const struct face *const *droid = fonts->fallbacks[FIXTURE_DROID].faces;
    assert_true(droid[FACE_BOLD]->embolden && !droid[FACE_REGULAR]->embolden);
    assert_int_not_equal(droid[FACE_BOLD]->index, droid[FACE_REGULAR]->index);
    assert_ptr_equal(droid[FACE_BOLD]->hb_font, droid[FACE_REGULAR]->hb_font);
    const struct face *const *other = fonts->fallbacks[0].faces;
    assert_ptr_equal(other[FACE_BOLD], other[FACE_REGULAR]);
}

static void reads_metrics(void **state) {
    struct fixture *fixture = *state;
    const struct face *serif = fixture->fonts->by_family[FAMILY_TEXT][FACE_REGULAR];
    assert_string_equal(serif->postscript_name, "GentiumBookPlus");
    assert_int_equal(serif->units_per_em, 2048);
    assert_false(serif->cff);
    assert_false(serif->fixed_pitch);
    assert_in_range(serif->x_height, 900, 960);
    assert_in_range(serif->cap_height, 1200, 1400);
    assert_true(serif->ascender > serif->cap_height && serif->descender < 0);
    assert_true(serif->bbox[0] < serif->bbox[2] && serif->bbox[1] < serif->bbox[3]);
    assert_int_equal(serif->weight, 500); /* the Book weight is darker than 400 */
    assert_int_equal(serif->italic_angle_centideg, 0);
    assert_true(serif->features & FEATURE_SMALL_CAPS);
    const struct face *italic = fixture->fonts->by_family[FAMILY_TEXT][FACE_ITALIC];
    assert_true(italic->italic_angle_centideg < -500);
    const struct face *mono = fixture->fonts->by_family[FAMILY_MONO][FACE_REGULAR];
    assert_true(mono->fixed_pitch);
    const struct face *sans = fixture->fonts->by_family[FAMILY_DISPLAY][FACE_REGULAR];
    assert_true(sans->features & FEATURE_TABULAR);
    assert_false(sans->serif);
}

/* Opens the test theme with one path changed. */
static size_t open_with(const char *regular, const char *fallback, struct fonts **fonts,
                        size_t *warnings, struct arena *run, struct arena *diags) {
    struct diag *diag = diag_new(diags);
    struct theme *theme = fixture_theme(run);
    if (regular)
        theme->fonts[FAMILY_TEXT][FACE_REGULAR].path = regular;
    if (fallback)
        ((struct theme_fallback *)theme->fallbacks)[0].faces[FACE_REGULAR].path = fallback;
    *fonts = fonts_open(run, diag, theme);
    *warnings = diag_warnings(diag);
    return diag_errors(diag);
}

static void refuses_what_is_no_font(void **state) {
    (void)state;
    struct arena run, diags;
    arena_init(&run);
    arena_init(&diags);
    struct fonts *fonts;
    size_t warnings;
    assert_int_equal(open_with("/nowhere/font.ttf", NULL, &fonts, &warnings, &run, &diags), 1);
    assert_null(fonts);
    assert_int_equal(
        open_with(TEST_FOLDER "/CMakeLists.txt", NULL, &fonts, &warnings, &run, &diags), 1);
    assert_null(fonts);
    assert_int_equal(open_with(NULL, "/nowhere/font.ttf", &fonts, &warnings, &run, &diags), 0);
    assert_non_null(fonts);
    assert_int_equal(warnings, 1);
    assert_int_equal(fonts->fallback_count, FALLBACKS - 1);
    fonts_close(fonts);
    arena_release(&diags);
    arena_release(&run);
}

static void verifies_hashes(void **state) {
    (void)state;
    struct arena run, diags;
    arena_init(&run);
    arena_init(&diags);
    struct diag *diag = diag_new(&diags);
    struct theme *theme = fixture_theme(&run);
    theme->fonts[FAMILY_TEXT][FACE_REGULAR].sha256 =
        "a211e46bc828d9f4afab2e5cca273ae01f5dd7e287cd5a0b53d0e5948558e9e0";
    struct fonts *fonts = fonts_open(&run, diag, theme);
    face_note_embedded(fonts->by_family[FAMILY_TEXT][FACE_REGULAR]);
    fonts_verify(fonts, diag);
    assert_int_equal(diag_warnings(diag), 0);
    fonts_close(fonts);
    theme->fonts[FAMILY_TEXT][FACE_BOLD].sha256 =
        "0000000000000000000000000000000000000000000000000000000000000000";
    fonts = fonts_open(&run, diag, theme);
    fonts_verify(fonts, diag);
    assert_int_equal(diag_warnings(diag), 0); /* no file carries it */
    face_note_embedded(fonts->by_family[FAMILY_TEXT][FACE_BOLD]);
    fonts_verify(fonts, diag);
    fonts_verify(fonts, diag);
    assert_int_equal(diag_warnings(diag), 1); /* and only once */
    assert_int_equal(diag_errors(diag), 0);
    fonts_close(fonts);
    arena_release(&diags);
    arena_release(&run);
}

static int open_fixture(void **state) {
    *state = fixture_open();
    return 0;
}

static int close_fixture(void **state) {
    fixture_close(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_each_file_once), cmocka_unit_test(fallbacks_have_faces),
        cmocka_unit_test(reads_metrics),        cmocka_unit_test(refuses_what_is_no_font),
        cmocka_unit_test(verifies_hashes),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
