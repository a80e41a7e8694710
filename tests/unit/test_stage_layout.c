/* Layout: text, boxes, lists, fields, structure, references. Breaks and tables have tests of their
 * own. */
#include "layout_fixture.h"

static void sets_a_paragraph(void **state) {
    struct fixture *f = *state;
    paragraph(f, f->root, STYLE_BODY, "one two three");
    lay_out(f);
    assert_int_equal(f->layout->page_count, 1);
    assert_string_equal(f->layout->pages[0].label, "1");
    const struct mark *mark = find_word(f, "one", NULL);
    assert_non_null(mark);
    assert_int_equal(mark->count, 3); /* pieces of one look share a mark */
    assert_int_equal(mark->x_um, LEFT_UM);
    /* 10 pt is 3528 um: ascent 2646, descent 882, centred in 5000. */
    assert_int_equal(mark->y_um, TOP_UM + (LEADING_UM - 2646 - 882) / 2 + 2646);
    assert_int_equal(f->layout->elements[mark->element].role, ROLE_P);
    check_pages(f);
}

static void spaces_between_siblings_are_the_larger_one(void **state) {
    struct fixture *f = *state;
    paragraph(f, f->root, STYLE_BODY, "first")->space_after_um = 3000;
    struct flow *section = stack(f, f->root, ROLE_SECT);
    section->space_before_um = 2000;
    paragraph(f, section, STYLE_BODY, "second")->space_before_um = 7000;
    f->root->first->space_before_um = 9000; /* dropped at the page's top */
    lay_out(f);
    int32_t gap = find_word(f, "second", NULL)->y_um - find_word(f, "first", NULL)->y_um;
    assert_int_equal(gap, LEADING_UM + 7000);
    assert_true(find_word(f, "first", NULL)->y_um < TOP_UM + LEADING_UM);
}

static const struct box_style box = {3000,     4000, 2000, 5000,        0xEEEEEE,
                                     0x888888, 200,  1500, COLOUR_NONE, 0};

static void boxes_surround_their_content(void **state) {
    struct fixture *f = *state;
    struct flow *panel = stack(f, f->root, ROLE_DIV);
    panel->box = &box;
    paragraph(f, panel, STYLE_BODY, "inside")->space_before_um = 9000; /* dropped */
    paragraph(f, f->root, STYLE_BODY, "after");
    lay_out(f);
    const struct mark *rect = &f->layout->pages[0].body[0];
    assert_int_equal(rect->kind, MARK_RECT);
    assert_int_equal(rect->element, 0);
    assert_int_equal(rect->y_um, TOP_UM + 100); /* a border stays inside */
    assert_int_equal(rect->height_um, 3000 + LEADING_UM + 2000 - 200);
    assert_int_equal(rect->radius_um, 1500);
    assert_int_equal(find_word(f, "inside", NULL)->x_um, LEFT_UM + 5000);
    int32_t gap = find_word(f, "after", NULL)->y_um - find_word(f, "inside", NULL)->y_um;
    assert_int_equal(gap, LEADING_UM + 2000);
    check_pages(f);
}

static void boxes_go_on_over_pages(void **state) {
    struct fixture *f = *state;
    struct flow *panel = stack(f, f->root, ROLE_DIV);
    panel->box = &box;
    lines_of(f, panel, "a", 60);
    /* 80 mm of column are left of 100: 45 characters; words of 50 stick out but stay whole. */
    lay_out(f);
    assert_int_equal(f->layout->page_count, 2);
    for (size_t p = 0; p < 2; p++) {
        const struct mark *rect = &f->layout->pages[p].body[0];
        assert_int_equal(rect->kind, MARK_RECT);
        assert_int_equal(rect->radius_um, 0);
        assert_true(rect->y_um == TOP_UM + 100);
    }
    const struct mark *rect = &f->layout->pages[0].body[0];
    const struct mark *last = NULL;
    for (size_t m = 0; m < f->layout->pages[0].body_count; m++)
        if (f->layout->pages[0].body[m].kind == MARK_TEXT)
            last = &f->layout->pages[0].body[m];
    assert_true(rect->y_um + rect->height_um >= last->y_um + 2000);
    assert_true(rect->y_um + rect->height_um <= TOP_UM + HEIGHT_UM);
}

static void labels_stand_on_the_first_baseline(void **state) {
    struct fixture *f = *state;
    struct flow *list = stack(f, f->root, ROLE_L);
    struct flow *item = flow_add(list, flow_new(&f->job, FLOW_ITEM, ROLE_LI));
    item->indent_um = 8000;
    paragraph(f, item, STYLE_BODY, "1.")->role = ROLE_LBL;
    struct flow *body = stack(f, item, ROLE_LBODY);
    paragraph(f, body, STYLE_H1, "words");
    lines_of(f, body, "more", 3);
    lay_out(f);
    const struct mark *label = find_word(f, "1.", NULL), *words = find_word(f, "words", NULL);
    assert_int_equal(label->y_um, words->y_um);
    assert_int_equal(words->x_um - label->x_um, 8000);
    assert_true(label < words); /* read first */
    const struct element *lbl = &f->layout->elements[label->element];
    assert_int_equal(lbl->role, ROLE_LBL);
    assert_int_equal(f->layout->elements[lbl->parent].role, ROLE_LI);
    check_pages(f);
}

static struct field answer(enum field_kind kind, const char *value) {
    return (struct field){.kind = kind,
                          .name = "q",
                          .tooltip = "Question",
                          .value = value,
                          .respondent = RESPONDENT_NONE};
}

static void lines_to_write_on_grow_with_the_answer(void **state) {
    struct fixture *f = *state;
    struct field empty = answer(FIELD_PROSE, NULL);
    /* 98.6 mm hold 55 characters: three words of 50 need three lines, then two more. */
    struct field full = answer(FIELD_PROSE, NULL);
    char value[400] = "";
    for (int i = 0; i < 4; i++) {
        memset(value + strlen(value), 'x', 50);
        strcat(value, i == 1 ? "\n" : " ");
    }
    full.value = value;
    for (int i = 0; i < 2; i++) {
        struct flow *lines = flow_add(f->root, flow_new(&f->job, FLOW_LINES, ROLE_FORM));
        lines->lines = 3;
        lines->distance_um = 8000;
        lines->field = i ? &full : &empty;
        lines->answer_style = &f->theme.styles[STYLE_BODY].text;
        lines->alt = "Question";
    }
    f->paper.height_um = TOP_UM + 60000 + 15000; /* no room for more lines than these need */
    lay_out(f);
    assert_int_equal(count_kind(f, 0, MARK_LINE), 3 + 4);
    assert_int_equal(count_kind(f, 0, MARK_FIELD), 2);
    assert_int_equal(count_kind(f, 0, MARK_TEXT), 4);
    int32_t heights[2] = {0};
    for (size_t m = 0, k = 0; m < f->layout->pages[0].body_count; m++) {
        const struct mark *mark = &f->layout->pages[0].body[m];
        if (mark->kind == MARK_FIELD) {
            assert_int_equal(f->layout->elements[mark->element].role, ROLE_FORM);
            heights[k++] = mark->height_um;
        }
        if (mark->kind == MARK_TEXT)
            assert_int_equal(f->layout->elements[mark->element].role, ROLE_FORM);
    }
    assert_int_equal(heights[0], 3 * 8000);
    assert_int_equal(heights[1], 4 * 8000);
    check_pages(f);
}

static void values_shrink_then_wrap(void **state) {
    struct fixture *f = *state;
    /* 38.6 mm hold 21 characters at full size, 31 at 70 %. */
    struct field fields[3] = {answer(FIELD_TEXT, "short"),
                              answer(FIELD_TEXT, "abcdefghijklmnopqrstuvwxyz"),
                              answer(FIELD_TEXT, "many words that need more than a single line")};
    for (int i = 0; i < 3; i++) {
        struct flow *flow = flow_add(f->root, flow_new(&f->job, FLOW_FIELD, ROLE_FORM));
        flow->width = (struct width){WIDTH_FIXED, 40000};
        flow->height_um = 8000;
        flow->field = &fields[i];
        flow->answer_style = &f->theme.styles[STYLE_BODY].text;
    }
    lay_out(f);
    assert_int_equal(find_word(f, "short", NULL)->size_cpt, 1000);
    int32_t shrunk = find_word(f, "abcdefghijklmnopqrstuvwxyz", NULL)->size_cpt;
    assert_true(shrunk < 1000 && shrunk >= 700);
    assert_int_equal(find_word(f, "many", NULL)->size_cpt, 700);
    assert_true(find_word(f, "line", NULL)->y_um > find_word(f, "many", NULL)->y_um);
    check_pages(f);
}

static void inline_things(void **state) {
    struct fixture *f = *state;
    const struct text_style *style = &f->theme.styles[STYLE_BODY].text;
    struct field button = answer(FIELD_RADIO, NULL);
    button.option = "3";
    const struct inline_item items[] = {
        {.kind = INLINE_FIELD,
         .style = style,
         .field = &button,
         .width_um = 3600,
         .group = 1,
         .role = ROLE_FORM},
        {.kind = INLINE_TEXT, .style = style, .text = " see ", .length = 5},
        {.kind = INLINE_TEXT,
         .style = style,
         .text = "the site",
         .length = 8,
         .group = 2,
         .role = ROLE_LINK,
         .url = "https://example.org/"},
        {.kind = INLINE_TEXT, .style = style, .text = " or ask ", .length = 8},
        {.kind = INLINE_GAP, .style = style, .text = "name", .length = 4, .width_um = 40000},
    };
    struct flow *flow = paragraph(f, f->root, STYLE_BODY, "");
    flow->items = items;
    flow->item_count = 5;
    lay_out(f);
    const struct page *page = &f->layout->pages[0];
    const struct mark *field = NULL, *link = NULL, *line = NULL;
    for (size_t m = 0; m < page->body_count; m++) {
        field = page->body[m].kind == MARK_FIELD ? &page->body[m] : field;
        link = page->body[m].kind == MARK_LINK ? &page->body[m] : link;
        line = page->body[m].kind == MARK_LINE ? &page->body[m] : line;
    }
    assert_non_null(field);
    assert_int_equal(field->width_um, 3600);
    assert_int_equal(field->height_um, 3600);
    assert_int_equal(f->layout->elements[field->element].role, ROLE_FORM);
    assert_string_equal(f->layout->elements[field->element].alt, "Question");
    assert_non_null(link);
    assert_false(link->internal);
    assert_string_equal(link->url, "https://example.org/");
    const struct mark *words = find_word(f, "site", NULL);
    assert_int_equal(words->element, link->element);
    assert_int_equal(f->layout->elements[link->element].role, ROLE_LINK);
    assert_non_null(line);
    assert_int_equal(line->to_x_um - line->x_um, 40000);
    assert_true(find_word(f, "name", NULL)->y_um > line->y_um); /* the caption stands below */
    check_pages(f);
}

static void artifacts_have_no_element(void **state) {
    struct fixture *f = *state;
    struct flow *decoration = stack(f, f->root, ROLE_ARTIFACT);
    paragraph(f, decoration, STYLE_BODY, "ornament");
    lay_out(f);
    assert_int_equal(find_word(f, "ornament", NULL)->element, 0);
    assert_int_equal(f->layout->element_count, 2);
}

static void unknown_targets_are_errors(void **state) {
    struct fixture *f = *state;
    const struct text_style *style = &f->theme.styles[STYLE_BODY].text;
    const struct inline_item items[] = {
        {.kind = INLINE_TEXT,
         .style = style,
         .text = "there",
         .length = 5,
         .group = 1,
         .role = ROLE_LINK,
         .url = "#place"},
        {.kind = INLINE_TEXT,
         .style = style,
         .text = "nowhere",
         .length = 7,
         .group = 2,
         .role = ROLE_LINK,
         .url = "#plaice"},
    };
    struct flow *flow = paragraph(f, f->root, STYLE_BODY, "");
    flow->items = items;
    flow->item_count = 2;
    paragraph(f, f->root, STYLE_BODY, "target")->anchor = "place";
    lay_out(f);
    assert_int_equal(diag_errors(f->diag), 1);
    assert_true(is_reported(f, DIAG_LAYOUT_TARGET_UNKNOWN));
    assert_int_equal(count_kind(f, 0, MARK_LINK), 1);
    assert_int_equal(f->layout->destination_count, 1);
    assert_string_equal(f->layout->destinations[0].name, "place");
    assert_int_equal(f->layout->destinations[0].y_um, TOP_UM + LEADING_UM);
}

static void contents_name_the_pages(void **state) {
    struct fixture *f = *state;
    f->material.cover = true;
    f->theme.facing = true;
    struct flow *cover = stack(f, f->root, ROLE_SECT);
    cover->full_page = true;
    paragraph(f, cover, STYLE_COVER_TITLE, "Cover");
    struct flow *front = stack(f, f->root, ROLE_SECT);
    struct flow *contents = flow_add(front, flow_new(&f->job, FLOW_CONTENTS, ROLE_TOC));
    contents->level = 2;
    for (int i = 0; i < 3; i++) {
        struct flow *chapter = stack(f, f->root, ROLE_SECT);
        chapter->break_before = BREAK_PAGE;
        heading(f, chapter, 1, arena_printf(&f->job, "Chapter%d", i));
        lines_of(f, chapter, arena_printf(&f->job, "c%d.", i), 70);
        heading(f, chapter, 2, arena_printf(&f->job, "Section%d", i));
        lines_of(f, chapter, arena_printf(&f->job, "s%d.", i), 5);
    }
    lay_out(f);
    /* Cover i, contents ii; chapters of two pages from page 1, which is a right-hand one. */
    assert_string_equal(f->layout->pages[0].label, "i");
    assert_string_equal(f->layout->pages[1].label, "ii");
    assert_string_equal(f->layout->pages[2].label, "1");
    assert_int_equal(f->layout->outline_count, 6);
    for (int i = 0; i < 3; i++) {
        const struct outline_entry *chapter = &f->layout->outline[2 * i];
        assert_int_equal(chapter->page, 2 + 2 * i);
        size_t page;
        const struct mark *title = find_word(f, chapter->title, &page);
        assert_int_equal(page, 1);
        assert_int_equal(f->layout->elements[title->element].role, ROLE_LINK);
        uint32_t reference = f->layout->elements[title->element].parent;
        assert_int_equal(f->layout->elements[reference].role, ROLE_REFERENCE);
        assert_int_equal(f->layout->elements[f->layout->elements[reference].parent].role,
                         ROLE_TOCI);
        bool found = false;
        for (size_t m = 0; m < f->layout->pages[1].body_count; m++) {
            const struct mark *mark = &f->layout->pages[1].body[m];
            found = found || (mark->kind == MARK_TEXT && mark->y_um == title->y_um &&
                              piece_is(&mark->pieces[0], f->layout->pages[chapter->page].label));
        }
        assert_true(found);
    }
    assert_int_equal(count_kind(f, 1, MARK_LINK), 6);
    check_pages(f);
}

static void references_to_pages_settle(void **state) {
    struct fixture *f = *state;
    const struct text_style *style = &f->theme.styles[STYLE_BODY].text;
    const struct inline_item items[] = {
        {.kind = INLINE_TEXT, .style = style, .text = "See page ", .length = 9},
        {.kind = INLINE_PAGE_OF, .style = style, .text = "far"},
    };
    struct flow *flow = paragraph(f, f->root, STYLE_BODY, "");
    flow->items = items;
    flow->item_count = 2;
    lines_of(f, f->root, "a", 100);
    paragraph(f, f->root, STYLE_BODY, "target")->anchor = "far";
    lay_out(f);
    size_t page = page_of(f, "target");
    assert_int_equal(page, 2);
    const struct mark *mark = find_word(f, "See", NULL);
    assert_true(piece_is(&mark->pieces[mark->count - 1], "3"));
    assert_int_equal(diag_errors(f->diag), 0);
}

static void references_that_never_settle_are_errors(void **state) {
    struct fixture *f = *state;
    const struct text_style *style = &f->theme.styles[STYLE_BODY].text;
    const struct inline_item item = {.kind = INLINE_PAGE_OF, .style = style, .text = "far"};
    struct flow *flow = paragraph(f, f->root, STYLE_BODY, "");
    flow->items = &item;
    paragraph(f, f->root, STYLE_BODY, "target")->anchor = "far";
    contrary = true;
    lay_out(f);
    contrary = false;
    assert_int_equal(diag_errors(f->diag), 1);
    assert_true(is_reported(f, DIAG_LAYOUT_UNSETTLED));
}

static void what_does_not_fit_is_told(void **state) {
    struct fixture *f = *state;
    const struct text_style *style = &f->theme.styles[STYLE_BODY].text;
    const struct inline_item gap = {
        .kind = INLINE_GAP, .style = style, .width_um = WIDTH_UM + 5000};
    struct flow *flow = paragraph(f, f->root, STYLE_BODY, "");
    flow->items = &gap;
    struct flow *lines = flow_add(f->root, flow_new(&f->job, FLOW_LINES, ROLE_FORM));
    lines->distance_um = HEIGHT_UM + 5000;
    lay_out(f);
    assert_int_equal(diag_warnings(f->diag), 2);
    assert_true(is_reported(f, DIAG_LAYOUT_TOO_WIDE));
    assert_true(is_reported(f, DIAG_LAYOUT_TOO_TALL));
}

static void furniture_changes_sides(void **state) {
    struct fixture *f = *state;
    f->theme.facing = true;
    f->theme.header_left = "{{chapter}}";
    f->theme.header_right = "{{title}}";
    f->theme.footer_right = "{{page}} / {{pages}}";
    heading(f, f->root, 1, "One");
    lines_of(f, f->root, "a", 60);
    lay_out(f);
    assert_int_equal(f->layout->page_count, 2);
    for (size_t p = 0; p < 2; p++) {
        const struct page *page = &f->layout->pages[p];
        assert_int_equal(page->furniture_count, 3);
        int32_t left = p ? 10000 : LEFT_UM;
        for (size_t m = 0; m < 3; m++) {
            const struct mark *mark = &page->furniture[m];
            assert_int_equal(mark->element, 0);
            bool at_left = mark->x_um == left;
            if (piece_is(&mark->pieces[0], "One"))
                assert_int_equal(at_left, p == 0);
            else
                assert_int_equal(at_left, p == 1);
        }
    }
}

static void drawings_resolve_at_their_width(void **state) {
    struct fixture *f = *state;
    const struct text_style *style = &f->theme.styles[STYLE_BODY].text;
    const struct shape shapes[] = {
        {.kind = SHAPE_RECT,
         .fill = 0xFF0000,
         .stroke = COLOUR_NONE,
         .at = {{5000, 0}, {0, 1000}},
         .width = {2500, 500},
         .height = {0, 4000}},
        {.kind = SHAPE_ARC,
         .fill = 0x00FF00,
         .stroke = COLOUR_NONE,
         .at = {{5000, 0}, {2000, 0}},
         .width = {1000, 0},
         .from_mdeg = -90000,
         .to_mdeg = 90000,
         .thickness_um = 2000},
        {.kind = SHAPE_TEXT,
         .fill = COLOUR_NONE,
         .stroke = COLOUR_NONE,
         .at = {{5000, 0}, {0, 9000}},
         .width = {1000, 0},
         .text = "abcdefghij",
         .style = style,
         .anchor = ANCHOR_MIDDLE},
    };
    const struct drawing drawing = {shapes, 3, {4000, 0}};
    struct flow *flow = flow_add(f->root, flow_new(&f->job, FLOW_DRAWING, ROLE_FIGURE));
    flow->drawing = &drawing;
    flow->alt = "A chart";
    lay_out(f);
    const struct page *page = &f->layout->pages[0];
    assert_int_equal(page->body_count, 3);
    assert_int_equal(page->body[0].x_um, LEFT_UM + 50000);
    assert_int_equal(page->body[0].width_um, 25500);
    assert_int_equal(page->body[1].kind, MARK_PATH);
    const struct path_step *steps = page->body[1].steps;
    assert_int_equal(steps[0].x[0], LEFT_UM + 50000 - 10000);
    assert_int_equal(steps[0].y[0], TOP_UM + 20000);
    assert_int_equal(steps[1].x[2], LEFT_UM + 50000);
    assert_int_equal(steps[1].y[2], TOP_UM + 10000);
    assert_int_equal(steps[page->body[1].count - 1].op, PATH_CLOSE);
    assert_true(page->body[2].size_cpt < 1000); /* ten characters in 10 mm */
    for (size_t m = 0; m < 3; m++)
        assert_int_equal(f->layout->elements[page->body[m].element].role, ROLE_FIGURE);
    assert_string_equal(f->layout->elements[page->body[0].element].alt, "A chart");
    check_pages(f);
}

static void pictures_keep_their_shape(void **state) {
    struct fixture *f = *state;
    const struct image image = {
        .path = "tall.png", .width_px = 1000, .height_px = 4000, .dpi = 100};
    struct flow *flow = flow_add(f->root, flow_new(&f->job, FLOW_IMAGE, ROLE_FIGURE));
    flow->image = &image;
    lay_out(f);
    const struct mark *mark = &f->layout->pages[0].body[0];
    assert_int_equal(mark->height_um, HEIGHT_UM);
    assert_int_equal(mark->width_um, HEIGHT_UM / 4);
    assert_int_equal(mark->x_um, LEFT_UM + (WIDTH_UM - HEIGHT_UM / 4) / 2);
    check_pages(f);
}

static void same_flow_same_dump(void **state) {
    struct fixture *f = *state;
    heading(f, f->root, 1, "One");
    lines_of(f, f->root, "a", 60);
    char *dumps[2];
    size_t sizes[2];
    for (int i = 0; i < 2; i++) {
        lay_out(f);
        FILE *out = open_memstream(&dumps[i], &sizes[i]);
        layout_dump(f->layout, out);
        fclose(out);
    }
    assert_string_equal(dumps[0], dumps[1]);
    assert_non_null(strstr(dumps[0], "text 2000,2838 10.00pt #000000 \"One\" H1/2\n"));
    assert_non_null(strstr(dumps[0], "outline\n  \"One\" page 1 2500\n"));
    free(dumps[0]);
    free(dumps[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sets_a_paragraph, begin, end),
        cmocka_unit_test_setup_teardown(spaces_between_siblings_are_the_larger_one, begin, end),
        cmocka_unit_test_setup_teardown(boxes_surround_their_content, begin, end),
        cmocka_unit_test_setup_teardown(boxes_go_on_over_pages, begin, end),
        cmocka_unit_test_setup_teardown(labels_stand_on_the_first_baseline, begin, end),
        cmocka_unit_test_setup_teardown(lines_to_write_on_grow_with_the_answer, begin, end),
        cmocka_unit_test_setup_teardown(values_shrink_then_wrap, begin, end),
        cmocka_unit_test_setup_teardown(inline_things, begin, end),
        cmocka_unit_test_setup_teardown(artifacts_have_no_element, begin, end),
        cmocka_unit_test_setup_teardown(unknown_targets_are_errors, begin, end),
        cmocka_unit_test_setup_teardown(contents_name_the_pages, begin, end),
        cmocka_unit_test_setup_teardown(references_to_pages_settle, begin, end),
        cmocka_unit_test_setup_teardown(references_that_never_settle_are_errors, begin, end),
        cmocka_unit_test_setup_teardown(what_does_not_fit_is_told, begin, end),
        cmocka_unit_test_setup_teardown(furniture_changes_sides, begin, end),
        cmocka_unit_test_setup_teardown(drawings_resolve_at_their_width, begin, end),
        cmocka_unit_test_setup_teardown(pictures_keep_their_shape, begin, end),
        cmocka_unit_test_setup_teardown(same_flow_same_dump, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
