/* Languages that are read from right to left, and those without word spaces. */
#include "type_fixture.h"

#include "type/shape.h"

#include "base/utf8.h"

static struct inline_item text_item(const struct paragraph_style *style, const char *text) {
    return (struct inline_item){
        .kind = INLINE_TEXT, .style = &style->text, .text = text, .length = strlen(text)};
}

static const struct paragraph_style body = {
    .text = {.family = FAMILY_TEXT, .size_cpt = 1000}, .align = LINE_LEFT, .hyphenate = true};

static struct paragraph_lines set(struct fixture *fixture, const char *text, const char *lang,
                                  enum line_align align, int32_t width_um) {
    struct inline_item *item = ARENA_NEW(&fixture->job, struct inline_item);
    *item = text_item(&body, text);
    struct paragraph_request request = {.items = item,
                                        .count = 1,
                                        .style = &body,
                                        .align = align,
                                        .lang = lang,
                                        .width_um = width_um,
                                        .hyphenate = true};
    return typeset_paragraph(fixture->typesetter, &fixture->job, &request);
}

static void knows_directions(void **state) {
    (void)state;
    assert_true(language_right_to_left("ar"));
    assert_true(language_right_to_left("he-IL"));
    assert_true(language_right_to_left("ckb"));
    assert_true(language_right_to_left("az-Arab-IR"));
    assert_false(language_right_to_left("az"));
    assert_false(language_right_to_left("ar-Latn"));
    assert_false(language_right_to_left("arn")); /* Mapudungun */
    assert_false(language_right_to_left("en-GB"));
    assert_false(language_right_to_left("h"));
    assert_false(language_right_to_left(""));
    assert_false(language_right_to_left(NULL));
}

/* The pieces of a line, from the left. */
static size_t list_pieces(const struct line *line, const struct text_piece **pieces, size_t room) {
    size_t count = 0;
    for (size_t s = 0; s < line->count; s++)
        for (size_t p = 0; p < line->spans[s].piece_count; p++) {
            assert_true(count < room);
            size_t at = count++;
            for (; at && pieces[at - 1]->x_um > line->spans[s].pieces[p].x_um; at--)
                pieces[at] = pieces[at - 1];
            pieces[at] = &line->spans[s].pieces[p];
        }
    return count;
}

static void assert_reads(const struct line *line, const char *const *words) {
    const struct text_piece *pieces[32];
    size_t count = list_pieces(line, pieces, 32);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(words[i]);
        assert_int_equal(pieces[i]->run->length, strlen(words[i]));
        assert_memory_equal(pieces[i]->run->text, words[i], strlen(words[i]));
    }
    assert_null(words[count]);
}

/* The same letters stand otherwise by the language of their paragraph (UAX #9, HL1). */
static void language_gives_direction(void **state) {
    struct fixture *fixture = *state;
    struct paragraph_lines english = set(fixture, "PDF שלום.", "en-GB", LINE_LEFT, 100000);
    assert_reads(&english.lines[0], (const char *const[]){"PDF", "שלום", ".", NULL});
    assert_int_equal(english.lines[0].spans[0].x_um, 0);
    assert_false(english.lines[0].right_to_left);

    struct paragraph_lines hebrew = set(fixture, "PDF שלום (12).", "he", LINE_LEFT, 100000);
    assert_reads(&hebrew.lines[0], (const char *const[]){").", "12", "(", "שלום", "PDF", NULL});
    assert_true(hebrew.lines[0].right_to_left);
    assert_int_equal(hebrew.lines[0].column_um, 100000);
    /* At the right edge, though nothing in it asks for that but the language. */
    struct paragraph_lines latin = set(fixture, "report 12.", "he", LINE_LEFT, 100000);
    int32_t right_um = 0, left_um = INT32_MAX;
    for (size_t s = 0; s < latin.lines[0].count; s++) {
        const struct line_span *span = &latin.lines[0].spans[s];
        right_um = span->x_um + span->width_um > right_um ? span->x_um + span->width_um : right_um;
        left_um = span->x_um < left_um ? span->x_um : left_um;
    }
    assert_in_range(right_um, 99999, 100001);
    assert_true(left_um > 80000);
    assert_reads(&latin.lines[0], (const char *const[]){".", "report", "12", NULL});
}

static void brackets_are_mirrored(void **state) {
    struct fixture *fixture = *state;
    struct typesetter *typesetter = fixture->typesetter;
    uint16_t lang = typesetter_lang(typesetter, "he");
    const struct face *face = fixture->fonts->fallbacks[0].faces[FACE_REGULAR];
    struct text_word *open = word_find(typesetter, "(", 1, lang);
    struct text_word *close = word_find(typesetter, ")", 1, lang);
    assert_int_equal(word_shape(typesetter, open, face, 0, true)->runs[0].glyphs[0].id,
                     word_shape(typesetter, close, face, 0, false)->runs[0].glyphs[0].id);
}

static const struct glyph_run *shape(struct fixture *fixture, const char *text, size_t fallback) {
    struct typesetter *typesetter = fixture->typesetter;
    struct text_word *word =
        word_find(typesetter, text, (uint32_t)strlen(text), typesetter_lang(typesetter, "ar"));
    const struct face *face = fixture->fonts->fallbacks[fallback].faces[FACE_REGULAR];
    const struct word_runs *runs = word_shape(typesetter, word, face, 0, true);
    assert_int_equal(runs->count, 1);
    assert_ptr_equal(runs->runs[0].face, face);
    assert_false(runs->runs[0].missing);
    return &runs->runs[0];
}

/* The letter's shape is another at a word's beginning, middle and end, and alone. */
static void arabic_is_joined(void **state) {
    struct fixture *fixture = *state;
    static const size_t faces[] = {0, FIXTURE_NASKH};
    for (size_t i = 0; i < 2; i++) {
        const struct glyph_run *alone = shape(fixture, "ه", faces[i]);
        const struct glyph_run *joined = shape(fixture, "ههه", faces[i]);
        assert_int_equal(alone->count, 1);
        assert_int_equal(joined->count, 3);
        for (uint32_t a = 0; a < 3; a++) {
            assert_int_not_equal(joined->glyphs[a].id, alone->glyphs[0].id);
            for (uint32_t b = a + 1; b < 3; b++)
                assert_int_not_equal(joined->glyphs[a].id, joined->glyphs[b].id);
        }
    }
    assert_int_equal(shape(fixture, "لا", 0)->count, 1); /* lam and alef are one */
}

/* ---- without word spaces ---- */

static const char chinese[] =
    "合作从一个简单的问题开始：我们彼此期待什么？请写下本周交给你的三项任务（包括期限），"
    "然后与文件进行比较。她说：“不要把今天的问题推迟到明天。”这样一来，双方都知道下一步该做什么，"
    "也知道什么时候可以提问；如果没有人提问，那么误解就会在不知不觉中变成习惯。";

static uint32_t first_code(const struct line *line) {
    const char *at = line->spans[0].pieces[0].run->text;
    return utf8_next(&at, at + 4);
}

static uint32_t last_code(const struct line *line) {
    const struct line_span *span = &line->spans[line->count - 1];
    const struct glyph_run *run = span->pieces[span->piece_count - 1].run;
    uint32_t code = 0;
    for (const char *at = run->text; at < run->text + run->length;)
        code = utf8_next(&at, run->text + run->length);
    return code;
}

/* UAX #14: no line begins with what closes, none ends with what opens (CL, OP). */
static void chinese_breaks_between_characters(void **state) {
    struct fixture *fixture = *state;
    static const uint32_t closing[] = {0x3002, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF1F, 0xFF09, 0x201D};
    for (int32_t width_um = 20000; width_um < 60000; width_um += 1100) {
        struct paragraph_lines lines = set(fixture, chinese, "zh", LINE_JUSTIFY, width_um);
        assert_true(lines.count > 3);
        assert_true(lines.overfull_um < 10);
        for (size_t i = 0; i < lines.count; i++) {
            const struct line *line = &lines.lines[i];
            for (size_t k = 0; k < sizeof closing / sizeof *closing; k++)
                assert_int_not_equal(first_code(line), closing[k]);
            assert_int_not_equal(last_code(line), 0xFF08);
            assert_int_not_equal(last_code(line), '-');
            if (i + 1 < lines.count)
                assert_in_range(line->width_um, width_um - 5, width_um + 5);
        }
    }
}

/* What a justified line lacks is shared out between its characters: no gap is much wider. */
static void chinese_is_spread_evenly(void **state) {
    struct fixture *fixture = *state;
    struct paragraph_lines lines = set(fixture, chinese, "zh", LINE_JUSTIFY, 47300);
    for (size_t i = 0; i + 1 < lines.count; i++) {
        const struct text_piece *pieces[128];
        size_t count = list_pieces(&lines.lines[i], pieces, 128);
        for (size_t p = 1; p < count; p++) {
            if (pieces[p - 1]->run->face != pieces[p]->run->face)
                continue;
            int32_t step_um = pieces[p]->x_um - pieces[p - 1]->x_um;
            assert_in_range(step_um, 3520, 3528 + 600); /* an em of 10 pt is 3,528 µm */
        }
    }
}

static void tells_what_is_missing(void **state) {
    struct fixture *fixture = *state;
    struct line line =
        typeset_line(fixture->typesetter, &fixture->job, "\xEA\x80\x80", 3, &body.text, "en-GB");
    assert_true(line.spans[0].pieces[0].run->missing);
    line = typeset_line(fixture->typesetter, &fixture->job, "there", 5, &body.text, "en-GB");
    assert_false(line.spans[0].pieces[0].run->missing);
}

static int open_fixture(void **state) {
    struct fixture *fixture = fixture_open();
    *state = fixture;
    return fixture->fonts ? 0 : -1;
}

static int close_fixture(void **state) {
    fixture_close(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_directions),
        cmocka_unit_test(language_gives_direction),
        cmocka_unit_test(brackets_are_mirrored),
        cmocka_unit_test(arabic_is_joined),
        cmocka_unit_test(chinese_breaks_between_characters),
        cmocka_unit_test(chinese_is_spread_evenly),
        cmocka_unit_test(tells_what_is_missing),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
