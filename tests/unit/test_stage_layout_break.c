/* Layout: where pages break, and footnotes. */
#include "layout_fixture.h"

static void fills_pages(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 100); /* 40 lines a page */
    lay_out(f);
    assert_int_equal(f->layout->page_count, 3);
    assert_int_equal(page_of(f, "a39"), 0);
    assert_int_equal(page_of(f, "a40"), 1);
    check_pages(f);
}

static void leaves_no_line_alone(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 39);
    lines_of(f, f->root, "b", 4); /* one line would fit */
    lines_of(f, f->root, "c", 35);
    lines_of(f, f->root, "d", 4);
    lines_of(f, f->root, "e", 10);
    lay_out(f);
    assert_int_equal(page_of(f, "a38"), 0);
    assert_int_equal(page_of(f, "b0"), 1);
    /* Then 4 + 35 lines, and one of four would stand alone. */
    assert_int_equal(page_of(f, "c34"), 1);
    assert_int_equal(page_of(f, "d0"), 2);
    check_pages(f);
}

static void leaves_no_widow(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 35);
    lines_of(f, f->root, "b", 6); /* five fit: the sixth takes one along */
    lines_of(f, f->root, "c", 10);
    lay_out(f);
    assert_int_equal(page_of(f, "b3"), 0);
    assert_int_equal(page_of(f, "b4"), 1);
    assert_int_equal(page_of(f, "b5"), 1);
}

static void keeps_headings_with_text(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 38);
    heading(f, f->root, 2, "Heading"); /* line 39, one line of text could follow */
    lines_of(f, f->root, "b", 6);
    lay_out(f);
    assert_int_equal(page_of(f, "Heading"), 1);
    assert_int_equal(page_of(f, "b0"), 1);
    check_pages(f);
}

static void keeps_colons_with_what_they_announce(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 38);
    paragraph(f, f->root, STYLE_BODY, "As follows:");
    lines_of(f, f->root, "b", 4);
    lines_of(f, f->root, "c", 10);
    lay_out(f);
    assert_int_equal(page_of(f, "As"), 1);
}

static void keeps_together_what_fits(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 20);
    struct flow *kept = stack(f, f->root, ROLE_DIV);
    kept->keep_together = true;
    for (int i = 0; i < 5; i++)
        lines_of(f, kept, arena_printf(&f->job, "k%d.", i), 5);
    lay_out(f);
    assert_int_equal(page_of(f, "a19"), 0);
    assert_int_equal(page_of(f, "k0.0"), 1);
    assert_int_equal(page_of(f, "k4.4"), 1);
}

static void splits_what_is_taller_than_a_page(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 5);
    struct flow *kept = stack(f, f->root, ROLE_DIV);
    kept->keep_together = true;
    for (int i = 0; i < 60; i++)
        lines_of(f, kept, arena_printf(&f->job, "k%d.", i), 1);
    lay_out(f);
    assert_int_equal(f->layout->page_count, 2);
    assert_int_equal(page_of(f, "k59.0"), 1);
    check_pages(f);
}

/* A greedy breaker would fill the first page and leave the second half empty, for the kept part
 * fits nowhere else; looking ahead costs less. */
static void looks_ahead(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < 10; i++)
        lines_of(f, f->root, arena_printf(&f->job, "a%d.", i), 4); /* 40 lines: page 1 full */
    for (int i = 0; i < 4; i++)
        lines_of(f, f->root, arena_printf(&f->job, "b%d.", i), 4); /* 16 lines */
    struct flow *kept = stack(f, f->root, ROLE_DIV);
    kept->keep_together = true;
    for (int i = 0; i < 7; i++)
        lines_of(f, kept, arena_printf(&f->job, "k%d.", i), 5); /* 35 lines */
    lines_of(f, f->root, "c", 10);
    lay_out(f);
    assert_int_equal(page_of(f, "k0.0"), 2);
    assert_int_equal(page_of(f, "a9.0"), 1); /* something has moved over to the second page */
    check_pages(f);
}

static void forced_breaks(void **state) {
    struct fixture *f = *state;
    f->theme.facing = true;
    lines_of(f, f->root, "a", 3);
    lines_of(f, f->root, "b", 3)->break_before = BREAK_PAGE;
    lines_of(f, f->root, "c", 3)->break_before = BREAK_RIGHT_PAGE;
    lines_of(f, f->root, "d", 3)->break_before = BREAK_RIGHT_PAGE;
    lay_out(f);
    assert_int_equal(page_of(f, "b0"), 1);
    assert_int_equal(page_of(f, "c0"), 2);
    assert_int_equal(page_of(f, "d0"), 4);
    assert_int_equal(f->layout->pages[3].body_count, 0); /* the blank verso */
    check_pages(f);
}

static void covers_bleed(void **state) {
    struct fixture *f = *state;
    static const struct box_style ground = {30000,       20000, 20000, 20000,       0x123456,
                                            COLOUR_NONE, 0,     0,     COLOUR_NONE, 0};
    f->theme.footer_left = "{{page}}";
    struct flow *cover = stack(f, f->root, ROLE_SECT);
    cover->full_page = true;
    cover->box = &ground;
    flow_add(cover, flow_new(&f->job, FLOW_SPACE, ROLE_ARTIFACT))->height_um = 50000;
    paragraph(f, cover, STYLE_COVER_TITLE, "Title");
    flow_add(cover, flow_new(&f->job, FLOW_SPACE, ROLE_ARTIFACT))->stretch = 1;
    paragraph(f, cover, STYLE_COVER_SMALL, "bottom");
    lines_of(f, f->root, "a", 3);
    lay_out(f);
    const struct page *page = &f->layout->pages[0];
    assert_int_equal(page->furniture_count, 0);
    assert_int_equal(f->layout->pages[1].furniture_count, 1);
    assert_int_equal(page->body[0].kind, MARK_RECT);
    assert_int_equal(page->body[0].x_um, 0);
    assert_int_equal(page->body[0].y_um, 0);
    assert_int_equal(page->body[0].width_um, f->paper.width_um);
    assert_int_equal(page->body[0].height_um, f->paper.height_um);
    assert_int_equal(find_word(f, "Title", NULL)->y_um, 30000 + 50000 + 3382);
    int32_t baseline = find_word(f, "bottom", NULL)->y_um;
    assert_int_equal(baseline, f->paper.height_um - 20000 - LEADING_UM + 3382);
    assert_int_equal(page_of(f, "a0"), 1);
}

static void spaces_grow_to_fill_a_page(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < 12; i++) {
        struct flow *flow = lines_of(f, f->root, arena_printf(&f->job, "a%d.", i), 4);
        flow->space_after_um = 5000;
        flow->stretch = 4;
    }
    lay_out(f);
    /* Eight paragraphs and seven spaces are 195 mm: 5 mm go into the spaces. */
    assert_int_equal(page_of(f, "a7.3"), 0);
    assert_int_equal(page_of(f, "a8.0"), 1);
    assert_int_equal(find_word(f, "a7.3", NULL)->y_um, TOP_UM + HEIGHT_UM - LEADING_UM + 3382);
    int32_t gap = find_word(f, "a10.0", NULL)->y_um - find_word(f, "a9.0", NULL)->y_um;
    assert_int_equal(gap, 4 * LEADING_UM + 5000); /* the last page stays as it is */
}

/* ---- footnotes ---- */

static void notes_stand_below_their_page(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 10);
    with_note(f, lines_of(f, f->root, "b", 1), 1, 2);
    lines_of(f, f->root, "c", 60);
    lay_out(f);
    size_t page = 9;
    const struct mark *last = find_word(f, "note1.1", &page);
    assert_int_equal(page, page_of(f, "b0"));
    assert_int_equal(page, 0);
    assert_true(last->y_um > TOP_UM + HEIGHT_UM - 4000);
    const struct element *p = &f->layout->elements[last->element];
    assert_int_equal(p->role, ROLE_P);
    assert_int_equal(f->layout->elements[p->parent].role, ROLE_NOTE);
    /* 13 mm are taken by rule and note: 37 lines of text are left. */
    assert_true(find_word(f, "c25", &page) && page == 0);
    assert_true(find_word(f, "c26", &page) && page == 1);
    check_pages(f);
}

static void the_line_moves_with_its_note(void **state) {
    struct fixture *f = *state;
    lines_of(f, f->root, "a", 38);
    with_note(f, lines_of(f, f->root, "b", 1), 1, 3);
    lines_of(f, f->root, "c", 10);
    lay_out(f);
    assert_int_equal(page_of(f, "a37"), 0);
    assert_int_equal(page_of(f, "b0"), 1);
    assert_int_equal(page_of(f, "note1.2"), 1);
}

static void notes_taller_than_a_page_go_on(void **state) {
    struct fixture *f = *state;
    with_note(f, lines_of(f, f->root, "a", 1), 1, 70);
    lines_of(f, f->root, "b", 3);
    lay_out(f);
    for (int i = 0; i < 70; i++)
        assert_int_not_equal(page_of(f, arena_printf(&f->job, "note1.%d", i)), 9999);
    assert_int_equal(page_of(f, "note1.0"), 0);
    check_pages(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fills_pages, begin, end),
        cmocka_unit_test_setup_teardown(leaves_no_line_alone, begin, end),
        cmocka_unit_test_setup_teardown(leaves_no_widow, begin, end),
        cmocka_unit_test_setup_teardown(keeps_headings_with_text, begin, end),
        cmocka_unit_test_setup_teardown(keeps_colons_with_what_they_announce, begin, end),
        cmocka_unit_test_setup_teardown(keeps_together_what_fits, begin, end),
        cmocka_unit_test_setup_teardown(splits_what_is_taller_than_a_page, begin, end),
        cmocka_unit_test_setup_teardown(looks_ahead, begin, end),
        cmocka_unit_test_setup_teardown(forced_breaks, begin, end),
        cmocka_unit_test_setup_teardown(covers_bleed, begin, end),
        cmocka_unit_test_setup_teardown(spaces_grow_to_fill_a_page, begin, end),
        cmocka_unit_test_setup_teardown(notes_stand_below_their_page, begin, end),
        cmocka_unit_test_setup_teardown(the_line_moves_with_its_note, begin, end),
        cmocka_unit_test_setup_teardown(notes_taller_than_a_page_go_on, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
