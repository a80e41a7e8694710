/* What a participant may type: runs of marks, joiners, lone controls, both directions mixed, words
 * without end. Nothing may crash, hang, or lose a byte. */
#include "type_fixture.h"

#include "base/utf8.h"

static const struct text_style style = {.family = FAMILY_TEXT, .size_cpt = 1050};
static const struct paragraph_style paragraph = {
    .text = {.family = FAMILY_TEXT, .size_cpt = 1050}, .align = LINE_LEFT, .hyphenate = true};

static const char *const fragments[] = {
    "a",
    "word",
    " ",
    "  ",
    "-",
    "—",
    " – ",
    ".",
    ",",
    "(",
    ")",
    "“",
    "”",
    "/",
    "https://x.y/z",
    "\u0301",
    "\u0301\u0302\u0303\u0304",
    "\u200D",
    "\u200B",
    "\u2060",
    "\u00AD",
    "\u00A0",
    "\uFEFF",
    "\u202E",
    "\u202C",
    "\u2067",
    "\u2069",
    "\u200F",
    "\x01",
    "\x7F",
    "\t",
    "\n",
    "\r\n",
    "שלום",
    "مرحبا",
    "123",
    "١٢٣",
    "हिन्दी",
    "王芳",
    "한국",
    "ไทย",
    "🙂",
    "👩\u200D👩\u200D👧",
    "🇬🇧",
    "ﬁ",
    "ß",
    "İ",
    "ŉ",
    "\uFFFD",
    "\uFFFC",
    "𝔘",
    "\xF4\x8F\xBF\xBD",
    "ééééééééé",
    "WWWWWWWWWWWWWWWWWWWW",
    "responsibilities",
    "1,250.75",
    "a@b.c",
    "__",
    "=1+1",
    "{{y}}",
    "**x**",
    "\u2028",
    "\xC2\x85",
};
enum { FRAGMENTS = sizeof fragments / sizeof *fragments };

static uint32_t random_next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static size_t solid_bytes(const char *text, size_t length) {
    size_t bytes = 0;
    for (size_t i = 0; i < length; i++) {
        bool space = text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r';
        if ((unsigned char)text[i] == 0xC2 && i + 1 < length && (unsigned char)text[i + 1] == 0xA0)
            i++;
        else
            bytes += !space;
    }
    return bytes;
}

static void check_lines(struct paragraph_lines lines, size_t expected, const char *what) {
    size_t bytes = 0;
    for (size_t l = 0; l < lines.count; l++)
        for (size_t s = 0; s < lines.lines[l].count; s++) {
            const struct line_span *span = &lines.lines[l].spans[s];
            assert_true(span->width_um >= 0);
            for (size_t p = 0; p < span->piece_count; p++) {
                const struct glyph_run *run = span->pieces[p].run;
                assert_ptr_equal(run->face, span->face);
                assert_int_equal(utf8_find_bad(run->text, run->length), run->length);
                for (uint32_t g = 0; g < run->count; g++)
                    assert_true(run->glyphs[g].cluster < run->length);
                bytes += span->pieces[p].hyphen ? 0 : run->length;
            }
        }
    if (bytes != expected)
        fail_msg("%zu bytes of %zu came out of: %s", bytes, expected, what);
}

static void survives_mixtures(void **state) {
    struct fixture *fixture = *state;
    static const int32_t widths[] = {1, 900, 5000, 20000, 60000, 150000, 2000000000};
    for (uint32_t round = 0; round < 1500; round++) {
        uint32_t seed = round * 2654435761u + 1;
        char texts[3][1200];
        struct inline_item items[3];
        size_t expected = 0;
        for (int i = 0; i < 3; i++) {
            size_t length = 0;
            for (uint32_t n = random_next(&seed) % 24; n > 0; n--) {
                const char *fragment = fragments[random_next(&seed) % FRAGMENTS];
                size_t size = strlen(fragment);
                memcpy(texts[i] + length, fragment, size);
                length += size;
            }
            texts[i][length] = 0;
            items[i] = (struct inline_item){.kind = INLINE_TEXT,
                                            .style = &style,
                                            .text = texts[i],
                                            .length = length,
                                            .no_break = random_next(&seed) % 5 == 0};
            expected += solid_bytes(texts[i], length);
        }
        struct paragraph_request request = {.items = items,
                                            .count = 3,
                                            .style = &paragraph,
                                            .align = (enum line_align)(round % 4),
                                            .lang = round % 7 ? "en-GB" : "de",
                                            .width_um = widths[round % 7],
                                            .hyphenate = round % 2};
        check_lines(typeset_paragraph(fixture->typesetter, &fixture->job, &request), expected,
                    texts[0]);
        int32_t least_um, most_um;
        typeset_extent(fixture->typesetter, &fixture->job, &request, &least_um, &most_um);
        assert_true(least_um >= 0 && least_um <= most_um);
        struct line line = typeset_line(fixture->typesetter, &fixture->job, texts[1],
                                        items[1].length, &style, NULL);
        struct paragraph_lines one = {.lines = &line, .count = 1};
        check_lines(one, solid_bytes(texts[1], items[1].length), texts[1]);
        arena_reset(&fixture->job);
    }
}

static void survives_capitals(void **state) {
    struct fixture *fixture = *state;
    struct text_style upper = style;
    upper.upper = upper.small_caps = upper.tabular = upper.old_style = true;
    upper.tracking_cpt = -40;
    for (int i = 0; i < FRAGMENTS; i++) {
        struct line line = typeset_line(fixture->typesetter, &fixture->job, fragments[i],
                                        strlen(fragments[i]), &upper, "fr");
        struct paragraph_lines one = {.lines = &line, .count = 1};
        for (size_t s = 0; s < line.count; s++)
            ((struct line_span *)line.spans)[s].width_um = 0; /* tracking may make it negative */
        check_lines(one, solid_bytes(fragments[i], strlen(fragments[i])), fragments[i]);
    }
}

static void survives_length(void **state) {
    struct fixture *fixture = *state;
    enum { SIZE = 60000 };
    static const char *const units[] = {
        "a",       "\u0301",  "\u200D",       "(",     "/", "-", "é", "שא", "王",
        "a\u0301", "\u00A0x", "https://a.b/", "\u202E"};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        char *text = arena_alloc(&fixture->job, SIZE + 32);
        size_t length = 0, size = strlen(units[u]);
        for (; length + size <= SIZE; length += size)
            memcpy(text + length, units[u], size);
        struct inline_item item = {
            .kind = INLINE_TEXT, .style = &style, .text = text, .length = length};
        struct paragraph_request request = {.items = &item,
                                            .count = 1,
                                            .style = &paragraph,
                                            .align = LINE_JUSTIFY,
                                            .lang = "en-GB",
                                            .width_um = 120000,
                                            .hyphenate = true};
        check_lines(typeset_paragraph(fixture->typesetter, &fixture->job, &request),
                    solid_bytes(text, length), units[u]);
        arena_reset(&fixture->job);
    }
}

static void survives_nothing(void **state) {
    struct fixture *fixture = *state;
    struct paragraph_request request = {
        .style = &paragraph, .align = LINE_JUSTIFY, .width_um = 50000, .hyphenate = true};
    struct paragraph_lines lines = typeset_paragraph(fixture->typesetter, &fixture->job, &request);
    assert_int_equal(lines.count, 1);
    assert_int_equal(lines.lines[0].count, 0);
    assert_int_equal(lines.lines[0].width_um, 0);
    assert_true(lines.lines[0].ascent_um > 0);
    struct inline_item item = {.kind = INLINE_TEXT, .style = &style, .text = "   ", .length = 3};
    request.items = &item;
    request.count = 1;
    lines = typeset_paragraph(fixture->typesetter, &fixture->job, &request);
    assert_int_equal(lines.count, 1);
    assert_int_equal(lines.lines[0].count, 0);
    struct line line = typeset_line(fixture->typesetter, &fixture->job, "", 0, &style, NULL);
    assert_int_equal(line.count, 0);
    int32_t least_um, most_um;
    typeset_extent(fixture->typesetter, &fixture->job, &request, &least_um, &most_um);
    assert_int_equal(least_um, 0);
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
        cmocka_unit_test(survives_mixtures),
        cmocka_unit_test(survives_capitals),
        cmocka_unit_test(survives_length),
        cmocka_unit_test(survives_nothing),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
