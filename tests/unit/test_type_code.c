/* Code within a paragraph: divided without hyphens, its spaces of one width. */
#include "type_fixture.h"

static const struct paragraph_style body = {
    .text = {.family = FAMILY_TEXT, .size_cpt = 1050}, .align = LINE_JUSTIFY, .hyphenate = true};
static const struct text_style mono = {.family = FAMILY_MONO, .size_cpt = 924};

static struct inline_item text_item(const char *text) {
    return (struct inline_item){
        .kind = INLINE_TEXT, .style = &body.text, .text = text, .length = strlen(text)};
}

static struct inline_item code_item(const char *text) {
    return (struct inline_item){.kind = INLINE_TEXT,
                                .style = &mono,
                                .text = text,
                                .length = strlen(text),
                                .role = ROLE_CODE,
                                .group = 1};
}

static struct paragraph_lines set(struct fixture *fixture, const struct inline_item *items,
                                  size_t count, int32_t width_um) {
    struct paragraph_request request = {.items = items,
                                        .count = count,
                                        .style = &body,
                                        .align = LINE_JUSTIFY,
                                        .lang = "en-GB",
                                        .width_um = width_um,
                                        .hyphenate = true};
    return typeset_paragraph(fixture->typesetter, &fixture->job, &request);
}

/* The last letter of a line, and how many hyphens were put in. */
static char last_letter(const struct line *line, size_t *hyphens) {
    char last = 0;
    for (size_t s = 0; s < line->count; s++)
        for (size_t p = 0; p < line->spans[s].piece_count; p++) {
            const struct text_piece *piece = &line->spans[s].pieces[p];
            *hyphens += piece->hyphen;
            last = piece->run->text[piece->run->length - 1];
        }
    return last;
}

static void no_hyphen_is_put_into_code(void **state) {
    struct fixture *fixture = *state;
    size_t in_words = 0, in_code = 0;
    const char *words = "Administration and representation and constitution and establishment";
    for (int32_t width_um = 20000; width_um <= 60000; width_um += 500) {
        struct inline_item word = text_item(words), code = code_item(words);
        struct paragraph_lines plain = set(fixture, &word, 1, width_um);
        for (size_t i = 0; i < plain.count; i++)
            last_letter(&plain.lines[i], &in_words);
        struct paragraph_lines coded = set(fixture, &code, 1, width_um);
        for (size_t i = 0; i < coded.count; i++)
            last_letter(&coded.lines[i], &in_code);
        arena_reset(&fixture->job);
    }
    assert_true(in_words > 0);
    assert_int_equal(in_code, 0);
}

/* Nor where code ends and letters of a word follow: "`summarise`s". */
static void no_hyphen_is_put_behind_code(void **state) {
    struct fixture *fixture = *state;
    size_t seen = 0;
    for (int32_t width_um = 18000; width_um <= 40000; width_um += 250) {
        struct inline_item items[] = {text_item("all that is wanted of "), code_item("admini"),
                                      text_item("stration is here")};
        struct paragraph_lines lines = set(fixture, items, 3, width_um);
        for (size_t i = 0; i < lines.count; i++) {
            const struct line *line = &lines.lines[i];
            size_t hyphens = 0;
            last_letter(line, &hyphens);
            if (hyphens)
                assert_int_not_equal(line->spans[line->count - 1].item->role, ROLE_CODE);
            seen += hyphens;
        }
        arena_reset(&fixture->job);
    }
    assert_true(seen > 0);
}

/* A long path is divided after a mark that joins its parts. */
static void a_long_name_is_divided_at_its_joints(void **state) {
    struct fixture *fixture = *state;
    struct inline_item code = code_item("representation_of_everything::important_and::wanted");
    struct paragraph_lines lines = set(fixture, &code, 1, 60000);
    assert_int_equal(lines.count, 2);
    size_t hyphens = 0;
    assert_true(strchr("_:", last_letter(&lines.lines[0], &hyphens)) != NULL);
    assert_int_equal(hyphens, 0);
    assert_int_equal(lines.overfull_um, 0);
}

static void spaces_in_code_are_alike(void **state) {
    struct fixture *fixture = *state;
    struct inline_item items[] = {
        text_item("Stretched and stretched, a line of which the words are few: "),
        code_item("a b c d"),
        text_item(" and it goes on and on and on to a second line of words.")};
    struct paragraph_lines lines = set(fixture, items, 3, 105000);
    struct line alone =
        typeset_line(fixture->typesetter, &fixture->job, "a b c d", 7, &mono, "en-GB");
    assert_true(lines.count >= 2);
    for (size_t s = 0; s < lines.lines[0].count; s++) {
        const struct line_span *span = &lines.lines[0].spans[s];
        if (span->item->role == ROLE_CODE) {
            assert_in_range(span->width_um, alone.width_um - 2, alone.width_um + 2);
            return;
        }
    }
    fail_msg("the code is not on the first line");
}

int main(void) {
    struct fixture *fixture = fixture_open();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(no_hyphen_is_put_into_code, fixture),
        cmocka_unit_test_prestate(no_hyphen_is_put_behind_code, fixture),
        cmocka_unit_test_prestate(a_long_name_is_divided_at_its_joints, fixture),
        cmocka_unit_test_prestate(spaces_in_code_are_alike, fixture),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close(fixture);
    return failed;
}
