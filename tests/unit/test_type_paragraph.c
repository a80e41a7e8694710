/* Whole paragraphs: what stands on which line, and where. */
#include "paragraph_fixture.h"

#include <stdio.h>
#include <time.h>

/* Every byte of the text but spaces is in the pieces, in order; hyphens put in are marked. */
static void assert_text_kept(struct fixture *fixture, struct paragraph_lines lines,
                             const char *text) {
    (void)fixture;
    for (size_t l = 0; l < lines.count; l++)
        for (size_t s = 0; s < lines.lines[l].count; s++)
            for (size_t p = 0; p < lines.lines[l].spans[s].piece_count; p++) {
                const struct text_piece *piece = &lines.lines[l].spans[s].pieces[p];
                if (piece->hyphen)
                    continue;
                while (*text == ' ' || memcmp(text, "\xC2\xA0", 2) == 0)
                    text += *text == ' ' ? 1 : 2;
                assert_memory_equal(text, piece->run->text, piece->run->length);
                text += piece->run->length;
            }
    while (*text == ' ')
        text++;
    assert_int_equal(*text, 0);
}

static void breaks_where_expected(void **state) {
    struct fixture *fixture = *state;
    struct inline_item item = text_item(prose);
    static const struct {
        int32_t width_um;
        size_t lines;
        const char *first;
    } cases[] = {
        {150000, 6,
         "At ten past eight Ines finds that Tuesday has come apart. The bank has moved its visit "
         "to eleven."},
        {60000, 15, "At ten past eight Ines finds that Tuesday"},
        {90000, 10, "At ten past eight Ines finds that Tuesday has come apart."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct paragraph_request request = request_of(&item, 1, cases[i].width_um);
        struct paragraph_lines lines = set(fixture, &request);
        assert_string_equal(words_of(fixture, &lines.lines[0]), cases[i].first);
        assert_int_equal(lines.count, cases[i].lines);
        assert_text_kept(fixture, lines, prose);
    }
}

/* Glyphs give a little in justified lines, and nowhere else; in code they do not. */
static void widens(void **state) {
    struct fixture *fixture = *state;
    enum { LIMIT = 20 };
    struct inline_item item = text_item(prose);
    struct paragraph_request request = request_of(&item, 1, 80000);
    struct paragraph_lines lines = set(fixture, &request);
    size_t wider = 0, narrower = 0;
    for (size_t i = 0; i < lines.count; i++) {
        const struct line_span *span = &lines.lines[i].spans[0];
        assert_true(span->widening >= -LIMIT && span->widening <= LIMIT);
        wider += span->widening > 0;
        narrower += span->widening < 0;
        if (lines.lines[i].last)
            assert_true(span->widening <= 0);
    }
    assert_true(wider > 0 && narrower > 0);
    request.align = LINE_LEFT;
    lines = set(fixture, &request);
    for (size_t i = 0; i < lines.count; i++)
        assert_int_equal(lines.lines[i].spans[0].widening, 0);
    request.align = LINE_JUSTIFY;
    item.role = ROLE_CODE;
    lines = set(fixture, &request);
    for (size_t i = 0; i < lines.count; i++)
        assert_int_equal(lines.lines[i].spans[0].widening, 0);
}

static void justifies(void **state) {
    struct fixture *fixture = *state;
    struct inline_item item = text_item(prose);
    for (int32_t width_um = 40000; width_um <= 170000; width_um += 1700) {
        struct paragraph_request request = request_of(&item, 1, width_um);
        struct paragraph_lines lines = set(fixture, &request);
        assert_in_range(lines.overfull_um, 0, 1);
        for (size_t i = 0; i < lines.count; i++) {
            const struct line *line = &lines.lines[i];
            assert_int_equal(line->last, i + 1 == lines.count);
            /* Hanging marks aside, all lines but the last are full. */
            if (line->last)
                assert_true(line->width_um <= width_um + 1000);
            else
                assert_in_range(line->width_um, width_um - 1, width_um + 1500);
            int32_t end = line->spans[line->count - 1].x_um + line->spans[line->count - 1].width_um;
            assert_in_range(end - line->spans[0].x_um, line->width_um - 1, line->width_um + 1);
        }
    }
}

static void aligns(void **state) {
    struct fixture *fixture = *state;
    struct inline_item item = text_item(prose);
    static const enum line_align aligns[] = {LINE_LEFT, LINE_CENTRE, LINE_RIGHT};
    for (int a = 0; a < 3; a++) {
        struct paragraph_request request = request_of(&item, 1, 80000);
        request.align = aligns[a];
        request.hyphenate = false;
        struct paragraph_lines lines = set(fixture, &request);
        assert_int_equal(lines.overfull_um, 0);
        for (size_t i = 0; i < lines.count; i++) {
            int32_t left = lines.lines[i].spans[0].x_um;
            int32_t right = 80000 - left - lines.lines[i].width_um;
            assert_true(left >= 0 && right >= 0);
            if (aligns[a] == LINE_LEFT)
                assert_int_equal(left, 0);
            else if (aligns[a] == LINE_RIGHT)
                assert_in_range(right + 1, 0, 2);
            else
                assert_in_range(left - right + 2, 0, 4);
        }
    }
    /* A centred heading is balanced: no word stands alone on its last line. */
    struct inline_item heading = text_item("What the partnership is worth to both of you");
    struct paragraph_request request = request_of(&heading, 1, 60000);
    request.align = LINE_CENTRE;
    request.hyphenate = false;
    struct paragraph_lines lines = set(fixture, &request);
    assert_int_equal(lines.count, 2);
    assert_true(lines.lines[1].width_um * 10 > lines.lines[0].width_um * 6);
}

static void indents(void **state) {
    struct fixture *fixture = *state;
    struct inline_item item = text_item(prose);
    struct paragraph_request request = request_of(&item, 1, 80000);
    request.hanging_um = 7000;
    struct paragraph_lines lines = set(fixture, &request);
    assert_in_range(lines.lines[0].spans[0].x_um + 1, 0, 1);
    for (size_t i = 1; i < lines.count; i++)
        assert_int_equal(lines.lines[i].spans[0].x_um, 7000);

    struct paragraph_style indented = body;
    indented.first_indent_um = 5000;
    request.hanging_um = 0;
    request.style = &indented;
    lines = set(fixture, &request);
    assert_int_equal(lines.lines[0].spans[0].x_um, 5000);
    assert_in_range(lines.lines[0].width_um, 74999, 76500);
    assert_int_equal(lines.lines[1].spans[0].x_um, 0);

    request.first_width_um = 60000; /* the caller places the first line */
    lines = set(fixture, &request);
    assert_int_equal(lines.lines[0].spans[0].x_um, 0);
    assert_in_range(lines.lines[0].width_um, 59999, 61500);
}

static void hangs_marks(void **state) {
    struct fixture *fixture = *state;
    struct inline_item item = text_item("“Quoted at the start of a line that is long enough to "
                                        "fill more than one line, and so is justified here.”");
    struct paragraph_request request = request_of(&item, 1, 60000);
    struct paragraph_lines lines = set(fixture, &request);
    assert_in_range(-lines.lines[0].spans[0].x_um, 500, 1200);
    request.align = LINE_LEFT;
    lines = set(fixture, &request);
    assert_int_equal(lines.lines[0].spans[0].x_um, 0);
}

static void keeps_forced_breaks(void **state) {
    struct fixture *fixture = *state;
    struct inline_item items[] = {text_item("One line "),    {.kind = INLINE_BREAK},
                                  text_item("and the next"), {.kind = INLINE_BREAK},
                                  {.kind = INLINE_BREAK},    text_item("  two blanks in")};
    struct paragraph_request request = request_of(items, 6, 100000);
    struct paragraph_lines lines = set(fixture, &request);
    assert_int_equal(lines.count, 4);
    assert_string_equal(words_of(fixture, &lines.lines[0]), "One line");
    assert_string_equal(words_of(fixture, &lines.lines[1]), "and the next");
    assert_int_equal(lines.lines[2].count, 0);
    assert_true(lines.lines[2].ascent_um > 0);
    /* What begins a line that somebody began stays, as in code. */
    assert_true(lines.lines[3].spans[0].x_um > 1000);
    for (int i = 0; i < 4; i++)
        assert_true(lines.lines[i].last);
}

static void holds_together(void **state) {
    struct fixture *fixture = *state;
    /* No-break spaces, items that are not to be broken, a note behind its word, a full stop. */
    struct inline_item kept = text_item("kept all together here");
    kept.no_break = true;
    struct inline_item note = {.kind = INLINE_NOTE, .style = &body.text, .number = 12};
    struct inline_item items[] = {text_item("Some words before it, and 10\u00A0000\u00A0km or "),
                                  kept, note, text_item(". More words come after (as they do).")};
    for (int32_t width_um = 46000; width_um < 120000; width_um += 1300) {
        struct paragraph_request request = request_of(items, 4, width_um);
        struct paragraph_lines lines = set(fixture, &request);
        bool number = false, phrase = false;
        for (size_t i = 0; i < lines.count; i++) {
            const char *words = words_of(fixture, &lines.lines[i]);
            number |= strstr(words, "10 000 km") != NULL;
            phrase |= strstr(words, "kept all together here12.") != NULL;
            assert_false(words[0] == '.' || words[0] == ')');
            assert_false(words[strlen(words) - 1] == '(');
        }
        assert_true(number && phrase);
    }
}

static void sets_objects(void **state) {
    struct fixture *fixture = *state;
    struct field circle = {.kind = FIELD_RADIO};
    struct inline_item items[] = {
        text_item("Name: "),
        {.kind = INLINE_GAP, .style = &body.text, .width_um = 30000},
        text_item(", see page "),
        {.kind = INLINE_PAGE_OF, .style = &body.text, .text = "there", .length = 5},
        text_item(" "),
        {.kind = INLINE_FIELD, .style = &body.text, .field = &circle, .width_um = 3500},
        text_item(" yes"),
    };
    struct paragraph_request request = request_of(items, 7, 150000);
    struct paragraph_lines lines = set(fixture, &request);
    assert_int_equal(lines.count, 1);
    const struct line *line = &lines.lines[0];
    assert_int_equal(line->count, 6);
    assert_ptr_equal(line->spans[1].item, &items[1]);
    assert_in_range(line->spans[1].width_um, 29999, 30001);
    assert_int_equal(line->spans[1].piece_count, 0);
    assert_true(line->spans[2].x_um == line->spans[1].x_um + line->spans[1].width_um);
    assert_memory_equal(line->spans[3].pieces[0].run->text, "000", 3); /* not known yet */
    assert_in_range(line->spans[4].width_um, 3499, 3501);
    assert_true(line->spans[5].pieces[0].space_before);
    /* A gap is never left alone by its comma, nor a circle by its label. */
    for (int32_t width_um = 40000; width_um < 100000; width_um += 900) {
        request.width_um = width_um;
        lines = set(fixture, &request);
        for (size_t i = 0; i < lines.count; i++) {
            line = &lines.lines[i];
            assert_false(line->spans[line->count - 1].item == &items[5]);
            assert_false(line->spans[0].item == &items[2] && words_of(fixture, line)[0] == ',');
        }
    }
}

static const char *page_twelve(void *context, const char *name) {
    assert_string_equal(name, "there");
    return context;
}

static void fills(void **state) {
    struct fixture *fixture = *state;
    struct inline_item items[] = {
        text_item("Where we are"),
        {.kind = INLINE_FILL, .style = &body.text},
        {.kind = INLINE_PAGE_OF, .style = &body.text, .text = "there", .length = 5},
    };
    struct paragraph_request request = request_of(items, 3, 120000);
    request.page_of = page_twelve;
    request.page_context = (void *)"12";
    struct paragraph_lines lines = set(fixture, &request);
    assert_int_equal(lines.count, 1);
    const struct line_span *spans = lines.lines[0].spans;
    assert_int_equal(lines.lines[0].count, 3);
    assert_in_range(spans[2].x_um + spans[2].width_um, 119999, 120001);
    assert_in_range(spans[1].x_um, spans[0].x_um + spans[0].width_um - 1,
                    spans[0].x_um + spans[0].width_um + 1);
    assert_in_range(spans[2].x_um - spans[1].x_um - spans[1].width_um + 1, 0, 2);
    assert_memory_equal(spans[2].pieces[0].run->text, "12", 2);
}

static void spans_follow_items(void **state) {
    struct fixture *fixture = *state;
    struct text_style bold = body.text;
    bold.face = FACE_BOLD;
    struct inline_item items[] = {text_item("un"), text_item("break"), text_item("able word")};
    items[1].style = &bold;
    struct paragraph_request request = request_of(items, 3, 100000);
    struct paragraph_lines lines = set(fixture, &request);
    const struct line *line = &lines.lines[0];
    assert_int_equal(line->count, 3);
    for (int i = 0; i < 3; i++)
        assert_ptr_equal(line->spans[i].item, &items[i]);
    assert_int_equal(line->spans[2].piece_count, 2);
    assert_true(line->spans[2].pieces[1].space_before);
    assert_int_equal(line->spans[1].x_um, line->spans[0].x_um + line->spans[0].width_um);
    assert_text_kept(fixture, lines, "unbreakable word");
    /* Styles change nothing about where a word may be divided. */
    request.width_um = 12000;
    lines = set(fixture, &request);
    assert_true(lines.count >= 2);
    assert_text_kept(fixture, lines, "unbreakable word");
}

static void divides_addresses(void **state) {
    struct fixture *fixture = *state;
    const char *text = "See https://example.org/some/very/long/path/to/a/document.html?with=query"
                       "&and=more or write to someone.with.a.long.name@a-long-domain.example.org.";
    struct inline_item item = text_item(text);
    for (int32_t width_um = 25000; width_um < 120000; width_um += 2300) {
        struct paragraph_request request = request_of(&item, 1, width_um);
        struct paragraph_lines lines = set(fixture, &request);
        assert_in_range(lines.overfull_um, 0, 1);
        assert_text_kept(fixture, lines, text);
        for (size_t i = 0; i < lines.count; i++) /* no hyphens in addresses */
            for (size_t s = 0; s < lines.lines[i].count; s++)
                for (size_t p = 0; p < lines.lines[i].spans[s].piece_count; p++)
                    assert_false(lines.lines[i].spans[s].pieces[p].hyphen);
    }
}

static void breaks_what_does_not_fit(void **state) {
    struct fixture *fixture = *state;
    char text[1200];
    memset(text, 'm', sizeof text);
    text[sizeof text - 1] = 0;
    memcpy(text + 500, "\xC3\xA9", 2);
    struct inline_item item = text_item(text);
    for (int hyphenate = 0; hyphenate < 2; hyphenate++) {
        struct paragraph_request request = request_of(&item, 1, 50000);
        request.hyphenate = hyphenate;
        struct paragraph_lines lines = set(fixture, &request);
        assert_in_range(lines.overfull_um, 0, 1);
        assert_true(lines.count > 50);
        assert_text_kept(fixture, lines, text);
        assert_true(lines.lines[0].hyphenated); /* the word goes on */
    }
    /* Even words that are tied by no-break spaces. */
    struct inline_item tied = text_item("ten\u00A0words\u00A0tied\u00A0by\u00A0spaces\u00A0"
                                        "that\u00A0forbid\u00A0to\u00A0break\u00A0it");
    struct paragraph_request request = request_of(&tied, 1, 30000);
    struct paragraph_lines lines = set(fixture, &request);
    assert_in_range(lines.overfull_um, 0, 1);
    assert_int_equal(lines.count, 3);
}

static void measures_extent(void **state) {
    struct fixture *fixture = *state;
    struct inline_item items[] = {
        text_item("a responsibility of"), {.kind = INLINE_BREAK}, text_item("two")};
    struct paragraph_request request = request_of(items, 3, 10000);
    int32_t least_um, most_um;
    typeset_extent(fixture->typesetter, &fixture->job, &request, &least_um, &most_um);
    struct line word =
        typeset_line(fixture->typesetter, &fixture->job, "responsibility", 14, &body.text, "en-GB");
    struct line all = typeset_line(fixture->typesetter, &fixture->job, "a responsibility of", 19,
                                   &body.text, "en-GB");
    assert_in_range(least_um, word.width_um, word.width_um + 1);
    assert_in_range(most_um, all.width_um, all.width_um + 1);
    /* A column of that width is wide enough. */
    request.width_um = most_um;
    request.align = LINE_LEFT;
    assert_int_equal(set(fixture, &request).count, 2);
    request.width_um = least_um;
    request.hyphenate = false;
    struct paragraph_lines lines = set(fixture, &request);
    assert_int_equal(lines.overfull_um, 0);
    assert_int_equal(lines.count, 4);
}

static void hyphenates_only_if_asked(void **state) {
    struct fixture *fixture = *state;
    struct inline_item item = text_item(prose);
    size_t hyphens[2] = {0};
    for (int asked = 0; asked < 2; asked++) {
        struct paragraph_request request = request_of(&item, 1, 60000);
        request.hyphenate = asked;
        struct paragraph_lines lines = set(fixture, &request);
        for (size_t i = 0; i < lines.count; i++)
            for (size_t s = 0; s < lines.lines[i].count; s++)
                for (size_t p = 0; p < lines.lines[i].spans[s].piece_count; p++)
                    hyphens[asked] += lines.lines[i].spans[s].pieces[p].hyphen;
    }
    assert_int_equal(hyphens[0], 0);
    assert_true(hyphens[1] > 0);
    /* A soft hyphen shows only where the line ends at it. */
    struct inline_item soft = text_item("Donau\u00ADdampf\u00ADschiff");
    struct paragraph_request request = request_of(&soft, 1, 24000);
    request.hyphenate = false;
    struct paragraph_lines lines = set(fixture, &request);
    assert_int_equal(lines.count, 2);
    const struct line_span *span = &lines.lines[0].spans[0];
    assert_true(span->pieces[span->piece_count - 1].hyphen);
}

static void looks_the_same_with_a_warm_cache(void **state) {
    struct fixture *fixture = *state;
    struct inline_item item = text_item(prose);
    struct paragraph_request request = request_of(&item, 1, 52000);
    struct typesetter *fresh = typesetter_new(fixture->fonts, fixture->hyphenation);
    struct paragraph_lines cold = typeset_paragraph(fresh, &fixture->job, &request);
    struct paragraph_lines warm = typeset_paragraph(fresh, &fixture->job, &request);
    struct paragraph_lines other = set(fixture, &request);
    struct typesetter *younger = typesetter_new_beside(fresh);
    struct paragraph_lines beside = typeset_paragraph(younger, &fixture->job, &request);
    assert_int_equal(cold.count, warm.count);
    assert_int_equal(cold.count, other.count);
    assert_int_equal(cold.count, beside.count);
    for (size_t i = 0; i < cold.count; i++) {
        assert_string_equal(words_of(fixture, &cold.lines[i]), words_of(fixture, &warm.lines[i]));
        assert_string_equal(words_of(fixture, &cold.lines[i]), words_of(fixture, &other.lines[i]));
        assert_int_equal(cold.lines[i].width_um, warm.lines[i].width_um);
        for (size_t p = 0; p < cold.lines[i].spans[0].piece_count; p++)
            assert_int_equal(cold.lines[i].spans[0].pieces[p].x_um,
                             other.lines[i].spans[0].pieces[p].x_um);
        for (size_t p = 0; p < cold.lines[i].spans[0].piece_count; p++)
            assert_int_equal(cold.lines[i].spans[0].pieces[p].x_um,
                             beside.lines[i].spans[0].pieces[p].x_um);
    }
    /* The elder's words are borrowed: the same glyphs, not only the like. */
    assert_ptr_equal(cold.lines[0].spans[0].pieces[0].run, beside.lines[0].spans[0].pieces[0].run);
    typesetter_free(younger);
    typesetter_free(fresh);
}

static void long_paragraphs_are_quick(void **state) {
    struct fixture *fixture = *state;
    size_t length = sizeof prose - 1, copies = 80; /* 10,000 words */
    char *text = arena_alloc(&fixture->job, copies * (length + 1) + 1);
    for (size_t i = 0; i < copies; i++) {
        memcpy(text + i * (length + 1), prose, length);
        text[i * (length + 1) + length] = ' ';
    }
    struct inline_item item = text_item(text);
    struct paragraph_request request = request_of(&item, 1, 120000);
    clock_t from = clock();
    struct paragraph_lines lines = set(fixture, &request);
    assert_true((double)(clock() - from) / CLOCKS_PER_SEC < 1); /* some 5 ms, unsanitized */
    assert_true(lines.count > 500);
    assert_text_kept(fixture, lines, text);
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
        cmocka_unit_test(breaks_where_expected),
        cmocka_unit_test(widens),
        cmocka_unit_test(justifies),
        cmocka_unit_test(aligns),
        cmocka_unit_test(indents),
        cmocka_unit_test(hangs_marks),
        cmocka_unit_test(keeps_forced_breaks),
        cmocka_unit_test(holds_together),
        cmocka_unit_test(sets_objects),
        cmocka_unit_test(fills),
        cmocka_unit_test(spans_follow_items),
        cmocka_unit_test(divides_addresses),
        cmocka_unit_test(breaks_what_does_not_fit),
        cmocka_unit_test(measures_extent),
        cmocka_unit_test(hyphenates_only_if_asked),
        cmocka_unit_test(looks_the_same_with_a_warm_cache),
        cmocka_unit_test(long_paragraphs_are_quick),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
