/* Layout: what is alike in columns side by side begins at one height, and boxes end at one. */
#include "layout_fixture.h"

static struct flow *columns_of(struct fixture *f) {
    struct flow *columns = flow_add(f->root, flow_new(&f->job, FLOW_COLUMNS, ROLE_NONE));
    columns->gap_um = 4000;
    return columns;
}

/* A prompt of so many lines, with lines to write on below. */
static struct flow *question(struct fixture *f, struct flow *into, const char *prefix, int count) {
    lines_of(f, into, prefix, count)->space_after_um = 1000;
    struct flow *lines = flow_add(into, flow_new(&f->job, FLOW_LINES, ROLE_FORM));
    lines->lines = 3;
    lines->distance_um = 8000;
    return lines;
}

/* The y of the lines on the first page, in order; how many there are. */
static size_t line_tops(const struct fixture *f, int32_t *tops, size_t most) {
    const struct page *page = &f->layout->pages[0];
    size_t count = 0;
    for (size_t m = 0; m < page->body_count; m++)
        if (page->body[m].kind == MARK_LINE && count < most)
            tops[count++] = page->body[m].y_um;
    return count;
}

static void lines_below_prompts_of_two_lengths(void **state) {
    struct fixture *f = *state;
    struct flow *columns = columns_of(f);
    for (int side = 0; side < 2; side++) {
        struct flow *column = stack(f, columns, ROLE_DIV);
        question(f, column, side ? "right" : "left", side ? 2 : 1);
        question(f, column, side ? "more" : "less", side ? 1 : 2);
    }
    lay_out(f);
    int32_t tops[12];
    assert_int_equal(line_tops(f, tops, 12), 12);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(tops[i], tops[i + 6]);
    assert_int_equal(find_word(f, "left0", NULL)->y_um, find_word(f, "right0", NULL)->y_um);
    assert_int_equal(tops[0], TOP_UM + 2 * LEADING_UM + 1000 + 8000);
}

/* A picture's height above one prompt does not part the other from its lines. */
static void not_where_they_are_far_apart(void **state) {
    struct fixture *f = *state;
    struct flow *columns = columns_of(f);
    question(f, stack(f, columns, ROLE_DIV), "short", 1);
    question(f, stack(f, columns, ROLE_DIV), "long", 6);
    lay_out(f);
    int32_t tops[6];
    assert_int_equal(line_tops(f, tops, 6), 6);
    assert_int_equal(tops[0], TOP_UM + LEADING_UM + 1000 + 8000);
    assert_int_equal(tops[3], TOP_UM + 6 * LEADING_UM + 1000 + 8000);
}

static void add_box(struct fixture *f, struct flow *into, const char *prefix, int lines) {
    static const struct box_style style = {2000,        2000, 2000, 2000,        0xEEEEEE,
                                           COLOUR_NONE, 0,    0,    COLOUR_NONE, 0};
    struct flow *box = stack(f, into, ROLE_DIV);
    box->box = &style;
    box->space_before_um = box->space_after_um = 3000;
    lines_of(f, box, prefix, lines);
}

static size_t boxes_on_page(const struct fixture *f, const struct mark **boxes, size_t most) {
    const struct page *page = &f->layout->pages[0];
    size_t count = 0;
    for (size_t m = 0; m < page->body_count; m++)
        if (page->body[m].kind == MARK_RECT && count < most)
            boxes[count++] = &page->body[m];
    return count;
}

static void boxes_in_rows(void **state) {
    struct fixture *f = *state;
    struct flow *columns = columns_of(f);
    for (int side = 0; side < 2; side++) {
        struct flow *column = stack(f, columns, ROLE_DIV);
        add_box(f, column, side ? "b" : "a", side ? 3 : 1);
        add_box(f, column, side ? "d" : "c", side ? 1 : 2);
    }
    lay_out(f);
    const struct mark *boxes[4];
    assert_int_equal(boxes_on_page(f, boxes, 4), 4);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(boxes[i]->y_um, boxes[i + 2]->y_um);
        assert_int_equal(boxes[i]->height_um, boxes[i + 2]->height_um);
    }
    assert_true(boxes[0]->height_um > boxes[1]->height_um);
    assert_int_equal(boxes[1]->y_um, boxes[0]->y_um + boxes[0]->height_um + 3000);
}

/* Below other words a column's last box reaches down to the end of the tallest column. */
static void last_box_below_words(void **state) {
    struct fixture *f = *state;
    struct flow *columns = columns_of(f);
    add_box(f, stack(f, columns, ROLE_DIV), "tall", 8);
    struct flow *column = stack(f, columns, ROLE_DIV);
    lines_of(f, column, "words", 2);
    add_box(f, column, "low", 1);
    lay_out(f);
    const struct mark *boxes[2];
    assert_int_equal(boxes_on_page(f, boxes, 2), 2);
    assert_true(boxes[1]->y_um > boxes[0]->y_um);
    assert_int_equal(boxes[0]->y_um + boxes[0]->height_um, boxes[1]->y_um + boxes[1]->height_um);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_below_prompts_of_two_lengths, begin, end),
        cmocka_unit_test_setup_teardown(not_where_they_are_far_apart, begin, end),
        cmocka_unit_test_setup_teardown(boxes_in_rows, begin, end),
        cmocka_unit_test_setup_teardown(last_box_below_words, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
