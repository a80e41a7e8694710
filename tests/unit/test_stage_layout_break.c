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

/* A heading with one line of its text is not left alone for what fills the next page; with several
 * lines it is. */
static void moves_headings_with_a_single_line(void **state) {
    for (int lead = 1; lead <= 4; lead += 3) {
        struct fixture *f = *state;
        f->root = flow_new(&f->job, FLOW_STACK, ROLE_DOCUMENT);
        lines_of(f, f->root, "a", 33);
        heading(f, f->root, 2, "Heading");
        lines_of(f, f->root, "lead", lead);
        struct flow *kept = stack(f, f->root, ROLE_DIV);
        kept->keep_together = true;
        lines_of(f, kept, "b", 30);
        lay_out(f);
        assert_int_equal(page_of(f, "Heading"), lead == 1);
        assert_int_equal(page_of(f, "b0"), 1);
    }
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

/* ---- the grid ---- */

enum { STEP_UM = 2500, BASE_UM = 3382 };

static bool is_on_grid(const struct mark *mark) {
    return (mark->y_um - TOP_UM - BASE_UM) % STEP_UM == 0;
}

static void lines_stand_on_the_grid(void **state) {
    struct fixture *f = *state;
    f->theme.grid_um = STEP_UM;
    f->theme.styles[STYLE_H2].leading_um = 7300;
    for (int i = 0; i < 9; i++) {
        lines_of(f, f->root, arena_printf(&f->job, "a%d.", i), 7)->space_after_um = 2600;
        heading(f, f->root, 2, arena_printf(&f->job, "Heading%d", i))->space_before_um = 6100;
    }
    lines_of(f, f->root, "end", 3);
    lay_out(f);
    for (int i = 0; i < 9; i++)
        for (int k = 0; k < 7; k++)
            assert_true(is_on_grid(find_word(f, arena_printf(&f->job, "a%d.%d", i, k), NULL)));
    assert_false(is_on_grid(find_word(f, "Heading1", NULL)));
    check_pages(f);
}

/* A space that is a little too large gives way to the line above, a larger rest goes on to the
 * next; less than half a step is none. */
static void spaces_come_to_steps(void **state) {
    static const struct {
        int32_t space_um, becomes_um;
    } cases[] = {{0, 0}, {900, 0}, {2500, 2500}, {2600, 2500}, {3200, 2500}, {4000, 5000}};
    struct fixture *f = *state;
    f->theme.grid_um = STEP_UM;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        lines_of(f, f->root, arena_printf(&f->job, "a%zu.", i), 1)->space_after_um =
            cases[i].space_um;
    lines_of(f, f->root, "a6.", 1);
    lay_out(f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct mark *one = find_word(f, arena_printf(&f->job, "a%zu.0", i), NULL);
        const struct mark *next = find_word(f, arena_printf(&f->job, "a%zu.0", i + 1), NULL);
        assert_int_equal(next->y_um - one->y_um, LEADING_UM + cases[i].becomes_um);
    }
}

static void full_pages_end_level(void **state) {
    struct fixture *f = *state;
    f->theme.grid_um = STEP_UM;
    f->theme.margin_bottom_um = 13500; /* 1.5 mm that no step fills */
    for (int i = 0; i < 18; i++) {
        struct flow *flow = lines_of(f, f->root, arena_printf(&f->job, "a%d.", i), 5);
        flow->space_after_um = 2500;
        flow->stretch = 4;
    }
    lay_out(f);
    /* Seven paragraphs and six spaces are 190 mm: four steps go into the spaces. */
    int32_t foot_um = TOP_UM + BASE_UM + 39 * LEADING_UM;
    assert_int_equal(page_of(f, "a6.4"), 0);
    assert_int_equal(find_word(f, "a6.4", NULL)->y_um, foot_um);
    assert_int_equal(page_of(f, "a13.4"), 1);
    assert_int_equal(find_word(f, "a13.4", NULL)->y_um, foot_um);
    for (int i = 0; i < 18; i++)
        assert_true(is_on_grid(find_word(f, arena_printf(&f->job, "a%d.0", i), NULL)));
}

/* ---- spaces that shrink, lines that follow ---- */

static void spaces_shrink_to_save_a_page(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < 9; i++) {
        struct flow *flow = lines_of(f, f->root, arena_printf(&f->job, "a%d.", i), 4);
        flow->space_after_um = 3000; /* 180 mm and 24 mm: 4 mm of 6 mm have to go */
        flow->stretch = 4;
    }
    lay_out(f);
    assert_int_equal(f->layout->page_count, 1);
    int32_t gap_um = find_word(f, "a1.0", NULL)->y_um - find_word(f, "a0.3", NULL)->y_um;
    assert_int_equal(gap_um, LEADING_UM + 2500);
    assert_int_equal(find_word(f, "a8.3", NULL)->y_um, TOP_UM + HEIGHT_UM - LEADING_UM + BASE_UM);
    check_pages(f);
}

static void spaces_shrink_by_whole_steps(void **state) {
    struct fixture *f = *state;
    f->theme.grid_um = STEP_UM;
    for (int i = 0; i < 9; i++) {
        struct flow *flow = lines_of(f, f->root, arena_printf(&f->job, "a%d.", i), 4);
        flow->space_after_um = i == 4 || i == 6 ? 10000 : 0; /* 180 mm and 20 mm */
        flow->stretch = 4;
    }
    lines_of(f, f->root, "end", 1);
    lay_out(f);
    assert_int_equal(f->layout->page_count, 1);
    assert_int_equal(find_word(f, "end0", NULL)->y_um, TOP_UM + BASE_UM + 39 * LEADING_UM);
    for (int i = 0; i < 9; i++)
        assert_true(is_on_grid(find_word(f, arena_printf(&f->job, "a%d.0", i), NULL)));
    check_pages(f);
}

static struct flow *write_lines(struct fixture *f, int32_t count) {
    struct field *field = ARENA_NEW(&f->job, struct field);
    *field = (struct field){.kind = FIELD_PROSE, .name = "q", .respondent = RESPONDENT_NONE};
    struct flow *lines = flow_add(f->root, flow_new(&f->job, FLOW_LINES, ROLE_FORM));
    lines->lines = count;
    lines->distance_um = 8000;
    lines->field = field;
    lines->alt = "Question";
    return lines;
}

/* The heights of a page's fields, in the order of reading. */
static size_t field_heights(const struct fixture *f, size_t page, int32_t *heights, size_t room) {
    size_t count = 0;
    for (size_t m = 0; m < f->layout->pages[page].body_count && count < room; m++) {
        const struct mark *mark = &f->layout->pages[page].body[m];
        if (mark->kind == MARK_FIELD)
            heights[count++] = mark->height_um;
    }
    return count;
}

static void lines_to_write_on_fill_a_last_page(void **state) {
    struct fixture *f = *state;
    int32_t heights[3] = {0};
    lines_of(f, f->root, "a", 28); /* 140 mm; three and two lines leave 20 mm: two more */
    write_lines(f, 3);
    write_lines(f, 2);
    lay_out(f);
    assert_int_equal(field_heights(f, 0, heights, 3), 2);
    assert_int_equal(heights[0], 4 * 8000);
    assert_int_equal(heights[1], 3 * 8000);
    assert_int_equal(count_kind(f, 0, MARK_LINE), 7);
    check_pages(f);
}

static void lines_are_doubled_at_most(void **state) {
    struct fixture *f = *state;
    int32_t heights[2] = {0};
    lines_of(f, f->root, "a", 4);
    write_lines(f, 3);
    lay_out(f);
    assert_int_equal(field_heights(f, 0, heights, 2), 1);
    assert_int_equal(heights[0], 6 * 8000);
}

static void lines_fill_the_page_before_a_break(void **state) {
    struct fixture *f = *state;
    int32_t heights[2] = {0};
    lines_of(f, f->root, "a", 10);
    write_lines(f, 8);
    struct flow *kept = stack(f, f->root, ROLE_DIV); /* 100 mm, and 86 are left */
    kept->keep_together = true;
    lines_of(f, kept, "k", 20);
    lay_out(f);
    assert_int_equal(page_of(f, "k0"), 1);
    assert_int_equal(field_heights(f, 0, heights, 2), 1);
    assert_int_equal(heights[0], 16 * 8000);
    check_pages(f);
}

/* A text beside a bar that takes half a page is divided rather than leave a third of one white. */
static void tall_panels_may_be_divided(void **state) {
    struct fixture *f = *state;
    static const struct box_style bar = {2500,        2500, 2500, 2500,     COLOUR_NONE,
                                         COLOUR_NONE, 0,    0,    0x123456, 1000};
    lines_of(f, f->root, "a", 24); /* 120 mm */
    struct flow *panel = stack(f, f->root, ROLE_DIV);
    panel->box = &bar;
    panel->keep_together = true;
    for (int i = 0; i < 10; i++)
        lines_of(f, panel, arena_printf(&f->job, "p%d.", i), 2);
    lines_of(f, f->root, "b", 30);
    lay_out(f);
    assert_int_equal(page_of(f, "p0.0"), 0);
    assert_int_equal(page_of(f, "p9.0"), 1);
    check_pages(f);
}

/* ---- stable pages ---- */

/* Three chapters, the first with so many lines. */
static void chapters_of(struct fixture *f, int lines) {
    f->root = flow_new(&f->job, FLOW_STACK, ROLE_DOCUMENT);
    for (int i = 0; i < 3; i++) {
        struct flow *title = heading(f, f->root, 1, arena_printf(&f->job, "Chapter%d", i));
        title->anchor = title->outline;
        title->break_before = BREAK_PAGE;
        lines_of(f, f->root, arena_printf(&f->job, "c%d.", i), i ? 3 : lines);
    }
    lay_out(f);
}

static void chapters_keep_the_pages_of_the_blank_edition(void **state) {
    struct fixture *f = *state;
    f->theme.pages_stable = true;
    chapters_of(f, 60);
    const struct layout *blank = f->layout;
    assert_int_equal(blank->page_count, 4);
    f->edition.blank = blank;
    chapters_of(f, 10); /* shorter by a page: a blank one stands in for it */
    assert_int_equal(f->layout->page_count, 4);
    assert_int_equal(f->layout->pages[1].body_count, 0);
    assert_int_equal(page_of(f, "Chapter1"), 2);
    chapters_of(f, 140); /* longer by two */
    static const char *const labels[] = {"1", "2", "2a", "2b", "3", "4"};
    assert_int_equal(f->layout->page_count, 6);
    for (size_t p = 0; p < 6; p++)
        assert_string_equal(f->layout->pages[p].label, labels[p]);
    assert_int_equal(page_of(f, "Chapter1"), 4);
    f->theme.facing = true; /* by one, and right-hand pages stay such */
    chapters_of(f, 100);
    assert_int_equal(f->layout->page_count, 6);
    assert_string_equal(f->layout->pages[3].label, "2b");
    assert_int_equal(f->layout->pages[3].body_count, 0);
    assert_string_equal(f->layout->pages[page_of(f, "Chapter2")].label, "4");
    f->theme.pages_stable = false;
    chapters_of(f, 140);
    assert_string_equal(f->layout->pages[page_of(f, "Chapter2")].label, "6");
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
        cmocka_unit_test_setup_teardown(moves_headings_with_a_single_line, begin, end),
        cmocka_unit_test_setup_teardown(keeps_colons_with_what_they_announce, begin, end),
        cmocka_unit_test_setup_teardown(keeps_together_what_fits, begin, end),
        cmocka_unit_test_setup_teardown(splits_what_is_taller_than_a_page, begin, end),
        cmocka_unit_test_setup_teardown(looks_ahead, begin, end),
        cmocka_unit_test_setup_teardown(forced_breaks, begin, end),
        cmocka_unit_test_setup_teardown(covers_bleed, begin, end),
        cmocka_unit_test_setup_teardown(spaces_grow_to_fill_a_page, begin, end),
        cmocka_unit_test_setup_teardown(lines_stand_on_the_grid, begin, end),
        cmocka_unit_test_setup_teardown(spaces_come_to_steps, begin, end),
        cmocka_unit_test_setup_teardown(full_pages_end_level, begin, end),
        cmocka_unit_test_setup_teardown(spaces_shrink_to_save_a_page, begin, end),
        cmocka_unit_test_setup_teardown(spaces_shrink_by_whole_steps, begin, end),
        cmocka_unit_test_setup_teardown(lines_to_write_on_fill_a_last_page, begin, end),
        cmocka_unit_test_setup_teardown(lines_are_doubled_at_most, begin, end),
        cmocka_unit_test_setup_teardown(lines_fill_the_page_before_a_break, begin, end),
        cmocka_unit_test_setup_teardown(tall_panels_may_be_divided, begin, end),
        cmocka_unit_test_setup_teardown(chapters_keep_the_pages_of_the_blank_edition, begin, end),
        cmocka_unit_test_setup_teardown(notes_stand_below_their_page, begin, end),
        cmocka_unit_test_setup_teardown(the_line_moves_with_its_note, begin, end),
        cmocka_unit_test_setup_teardown(notes_taller_than_a_page_go_on, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
