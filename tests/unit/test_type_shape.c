/* Shaping: kerning, ligatures and what they stand for, features, fallback faces, the cache. */
#include "type_fixture.h"

#include "base/units.h"

#include <stdio.h>

static struct line set_line(struct fixture *fixture, const char *text,
                            const struct text_style *style) {
    return typeset_line(fixture->typesetter, &fixture->job, text, strlen(text), style, "en-GB");
}

static int32_t width_of(struct fixture *fixture, const char *text, const struct text_style *style) {
    return set_line(fixture, text, style).width_um;
}

static const struct text_style serif = {.family = FAMILY_TEXT, .size_cpt = 10000};
static const struct text_style sans = {.family = FAMILY_DISPLAY, .size_cpt = 10000};

static const struct glyph_run *only_run(struct line line) {
    assert_int_equal(line.count, 1);
    assert_int_equal(line.spans[0].piece_count, 1);
    return line.spans[0].pieces[0].run;
}

static void kerns(void **state) {
    struct fixture *fixture = *state;
    const struct text_style *styles[] = {&serif, &sans};
    for (int i = 0; i < 2; i++)
        assert_true(width_of(fixture, "AV", styles[i]) + 300 <
                    width_of(fixture, "A", styles[i]) + width_of(fixture, "V", styles[i]));
}

static void joins_ligatures(void **state) {
    struct fixture *fixture = *state;
    const struct glyph_run *run = only_run(set_line(fixture, "office", &sans));
    assert_true(run->count < 6);
    assert_int_equal(run->length, 6);
    assert_memory_equal(run->text, "office", 6);
    /* Clusters say which text each glyph stands for: the ligature's begins at the first f. */
    uint32_t last = 0;
    bool at_f = false;
    for (uint32_t i = 0; i < run->count; i++) {
        assert_true(i == 0 || run->glyphs[i].cluster > last);
        last = run->glyphs[i].cluster;
        at_f |= last == 1;
        assert_false(last == 2 || last == 3);
    }
    assert_true(at_f);
    /* None where letters are spaced, and none in code. */
    struct text_style spaced = sans, mono = {.family = FAMILY_MONO, .size_cpt = 10000};
    spaced.tracking_cpt = 50;
    assert_int_equal(only_run(set_line(fixture, "office", &spaced))->count, 6);
    assert_int_equal(only_run(set_line(fixture, "office", &mono))->count, 6);
}

static void spaces_letters(void **state) {
    struct fixture *fixture = *state;
    struct text_style spaced = serif;
    spaced.tracking_cpt = 100;
    /* After every glyph, the space's too. */
    int32_t plain = width_of(fixture, "nn nn", &serif);
    assert_in_range(width_of(fixture, "nn nn", &spaced) - plain, um_from_cpt(500) - 2,
                    um_from_cpt(500) + 2);
}

static void chooses_features(void **state) {
    struct fixture *fixture = *state;
    struct text_style small = serif, old = sans, tabular = sans;
    small.small_caps = true;
    old.old_style = true;
    tabular.tabular = true;
    const struct glyph_run *plain = only_run(set_line(fixture, "abc", &serif));
    const struct glyph_run *caps = only_run(set_line(fixture, "abc", &small));
    assert_false(caps->small); /* the face has some of its own */
    assert_int_not_equal(plain->glyphs[0].id, caps->glyphs[0].id);
    assert_memory_equal(caps->text, "abc", 3);
    assert_int_not_equal(only_run(set_line(fixture, "345", &sans))->glyphs[0].id,
                         only_run(set_line(fixture, "345", &old))->glyphs[0].id);
    assert_int_equal(width_of(fixture, "111", &tabular), width_of(fixture, "888", &tabular));
}

static void sets_capitals_but_keeps_the_text(void **state) {
    struct fixture *fixture = *state;
    struct text_style upper = serif;
    upper.upper = true;
    const struct glyph_run *shown = only_run(set_line(fixture, "straße", &upper));
    const struct glyph_run *capitals = only_run(set_line(fixture, "STRASSE", &serif));
    assert_int_equal(shown->count, 7);
    for (int i = 0; i < 7; i++)
        assert_int_equal(shown->glyphs[i].id, capitals->glyphs[i].id);
    assert_memory_equal(shown->text, "straße", shown->length);
    assert_int_equal(shown->glyphs[4].cluster, 4); /* both S stand for ß */
    assert_int_equal(shown->glyphs[5].cluster, 4);
    assert_int_equal(shown->glyphs[6].cluster, 6);
}

/* Lato has no small capitals: its capitals of 80 percent, three hundredths further apart. */
static void makes_small_capitals(void **state) {
    struct fixture *fixture = *state;
    struct text_style small = sans, less = sans;
    small.small_caps = true;
    less.size_cpt = sans.size_cpt * 8 / 10;
    struct line line = set_line(fixture, "Hello 3x", &small);
    assert_int_equal(line.count, 4); /* H, ello, 3, x */
    const struct glyph_run *ello = line.spans[1].pieces[0].run;
    const struct glyph_run *capitals = only_run(set_line(fixture, "ELLO", &sans));
    assert_false(line.spans[0].pieces[0].run->small);
    assert_true(ello->small);
    assert_false(line.spans[2].pieces[0].run->small);
    assert_memory_equal(ello->text, "ello", ello->length); /* as it was written */
    assert_int_equal(ello->count, 4);
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(ello->glyphs[i].id, capitals->glyphs[i].id);
        assert_int_equal(ello->glyphs[i].cluster, i);
    }
    int32_t apart_um = um_from_cpt(4 * less.size_cpt * 3 / 100);
    assert_in_range(width_of(fixture, "ello", &small),
                    width_of(fixture, "ELLO", &less) + apart_um - 20,
                    width_of(fixture, "ELLO", &less) + apart_um + 20);
    assert_int_equal(run_size_cpt(ello, small.size_cpt), less.size_cpt);
}

static void falls_back(void **state) {
    struct fixture *fixture = *state;
    const struct fonts *fonts = fixture->fonts;
    const struct face *text_face = fonts->by_family[FAMILY_TEXT][FACE_REGULAR];
    /* Greek and Cyrillic are the serif's own. */
    assert_ptr_equal(set_line(fixture, "Ελληνικά", &serif).spans[0].face, text_face);
    assert_ptr_equal(set_line(fixture, "Решение", &serif).spans[0].face, text_face);
    /* A box is not: three spans, for a span has one face. */
    struct line line = set_line(fixture, "done☑now", &serif);
    assert_int_equal(line.count, 3);
    assert_ptr_equal(line.spans[0].face, text_face);
    assert_ptr_equal(line.spans[1].face, fonts->fallbacks[0].faces[FACE_REGULAR]);
    assert_ptr_equal(line.spans[2].face, text_face);
    assert_true(line.spans[1].x_um >= line.spans[0].x_um + line.spans[0].width_um);
    assert_int_equal(line.spans[1].pieces[0].run->length, 3);
    assert_false(line.spans[1].pieces[0].space_before);
    struct line chinese = set_line(fixture, "王芳", &serif);
    assert_ptr_equal(chinese.spans[0].face, fonts->fallbacks[2].faces[FACE_REGULAR]);
    assert_int_equal(chinese.spans[0].piece_count, 2); /* each is a piece, for lines are spread */
    for (uint32_t i = 0; i < 2; i++)
        assert_int_not_equal(chinese.spans[0].pieces[i].run->glyphs[0].id, 0);
    /* In bold text, the fallback's own bold face. */
    static const struct text_style heading = {
        .family = FAMILY_DISPLAY, .face = FACE_BOLD, .size_cpt = 10000};
    assert_ptr_equal(set_line(fixture, "王芳", &heading).spans[0].face,
                     fonts->fallbacks[2].faces[FACE_BOLD]);
    /* A mark goes with its letter, and composes where the face has the pair. */
    struct line decomposed = set_line(fixture, "cafe\xCC\x81", &sans);
    assert_int_equal(decomposed.count, 1);
    assert_ptr_equal(decomposed.spans[0].face, fonts->by_family[FAMILY_DISPLAY][FACE_REGULAR]);
    /* What no face has is the text face's missing glyph. */
    struct line unknown = set_line(fixture, "\xF3\xA0\x84\x80\xF0\x9F\xBF\xBF", &serif);
    assert_true(unknown.count >= 1);
}

static void shapes_scripts(void **state) {
    struct fixture *fixture = *state;
    const struct glyph_run *run = only_run(set_line(fixture, "हिन्दी", &serif));
    assert_ptr_equal(run->face, fixture->fonts->fallbacks[1].faces[FACE_REGULAR]);
    assert_true(run->count < 6); /* conjunct and reordered vowel */
    struct line hebrew = set_line(fixture, "שלום", &serif);
    const struct glyph_run *right = only_run(hebrew);
    assert_true(right->right_to_left);
    assert_true(right->glyphs[0].cluster > right->glyphs[right->count - 1].cluster);
}

static void bidi_orders_words(void **state) {
    struct fixture *fixture = *state;
    /* Two Hebrew words inside English stand from right to left, and are told as they are read. */
    struct line line = set_line(fixture, "say שלום עולם now", &serif);
    static const char *const words[] = {"say", "שלום", "עולם", "now"};
    int32_t x_um[8];
    size_t count = 0;
    for (size_t s = 0; s < line.count; s++)
        for (size_t p = 0; p < line.spans[s].piece_count; p++) {
            const struct text_piece *piece = &line.spans[s].pieces[p];
            assert_true(count < 4);
            assert_int_equal(piece->run->length, strlen(words[count]));
            assert_memory_equal(piece->run->text, words[count], piece->run->length);
            x_um[count++] = piece->x_um;
        }
    assert_int_equal(count, 4);
    assert_true(x_um[0] < x_um[2] && x_um[2] < x_um[1] && x_um[1] < x_um[3]);
}

static void positions_come_from_the_start(void **state) {
    struct fixture *fixture = *state;
    /* 400 words of one letter: the last stands where 400 exact steps lead, not 400 rounded ones. */
    char text[801];
    for (int i = 0; i < 800; i += 2)
        memcpy(text + i, "i ", 2);
    text[800] = 0;
    struct text_style style = {.family = FAMILY_TEXT, .size_cpt = 777};
    struct line line = set_line(fixture, text, &style);
    const struct line_span *span = &line.spans[0];
    assert_int_equal(span->piece_count, 400);
    const struct face *face = span->face;
    hb_codepoint_t letter, space;
    hb_font_get_nominal_glyph(face->hb_font, 'i', &letter);
    hb_font_get_nominal_glyph(face->hb_font, ' ', &space);
    int64_t units = hb_font_get_glyph_h_advance(face->hb_font, letter) +
                    hb_font_get_glyph_h_advance(face->hb_font, space);
    double exact = (double)units * 399 * 7.77 / face->units_per_em * 25400 / 72;
    assert_true(span->pieces[399].x_um - exact < 2 && exact - span->pieces[399].x_um < 2);
}

static void cache_changes_nothing(void **state) {
    struct fixture *fixture = *state;
    const char *text = "Größe, naïve façade: “office” AV 1,250 → ☑ שלום";
    struct typesetter *fresh = typesetter_new(fixture->fonts, fixture->hyphenation);
    struct line cold = typeset_line(fresh, &fixture->job, text, strlen(text), &serif, "en-GB");
    struct line warm = typeset_line(fresh, &fixture->job, text, strlen(text), &serif, "en-GB");
    assert_int_equal(cold.width_um, warm.width_um);
    assert_int_equal(cold.count, warm.count);
    for (size_t s = 0; s < cold.count; s++) {
        assert_int_equal(cold.spans[s].x_um, warm.spans[s].x_um);
        assert_int_equal(cold.spans[s].piece_count, warm.spans[s].piece_count);
        for (size_t p = 0; p < cold.spans[s].piece_count; p++) {
            assert_int_equal(cold.spans[s].pieces[p].x_um, warm.spans[s].pieces[p].x_um);
            assert_ptr_equal(cold.spans[s].pieces[p].run, warm.spans[s].pieces[p].run);
        }
    }
    typesetter_trim(fresh); /* small: nothing is dropped */
    struct line after = typeset_line(fresh, &fixture->job, text, strlen(text), &serif, "en-GB");
    assert_ptr_equal(after.spans[0].pieces[0].run, cold.spans[0].pieces[0].run);
    typesetter_free(fresh);
}

static void trimming_keeps_memory_flat(void **state) {
    struct fixture *fixture = *state;
    struct typesetter *fresh = typesetter_new(fixture->fonts, fixture->hyphenation);
    int32_t before = typeset_line(fresh, &fixture->job, "steady", 6, &serif, "en-GB").width_um;
    for (int job = 0; job < 60; job++) {
        for (int i = 0; i < 3000; i++) {
            char word[32];
            int length = snprintf(word, sizeof word, "w%dx%d", job, i);
            typeset_line(fresh, &fixture->job, word, (size_t)length, &serif, "en-GB");
        }
        arena_reset(&fixture->job);
        typesetter_trim(fresh);
    }
    assert_int_equal(typeset_line(fresh, &fixture->job, "steady", 6, &serif, "en-GB").width_um,
                     before);
    typesetter_free(fresh);
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
        cmocka_unit_test(kerns),
        cmocka_unit_test(joins_ligatures),
        cmocka_unit_test(spaces_letters),
        cmocka_unit_test(chooses_features),
        cmocka_unit_test(sets_capitals_but_keeps_the_text),
        cmocka_unit_test(makes_small_capitals),
        cmocka_unit_test(falls_back),
        cmocka_unit_test(shapes_scripts),
        cmocka_unit_test(bidi_orders_words),
        cmocka_unit_test(positions_come_from_the_start),
        cmocka_unit_test(cache_changes_nothing),
        cmocka_unit_test(trimming_keeps_memory_flat),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
