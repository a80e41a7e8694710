/* The QR code by the page's number: what it says, where it stands, when there is none. */
#include "layout_fixture.h"

static const struct mark *code_on(const struct fixture *f, size_t page) {
    const struct page *at = &f->layout->pages[page];
    const struct mark *found = NULL;
    for (size_t i = 0; i < at->furniture_count; i++)
        if (at->furniture[i].kind == MARK_CODE)
            found = &at->furniture[i];
    return found;
}

static const struct field asked = {.kind = FIELD_TEXT, .name = "a"};

static int begin_code(void **state) {
    if (begin(state) != 0)
        return -1;
    struct fixture *f = *state;
    f->theme.header_left = f->theme.header_right = f->theme.footer_left = "";
    f->theme.footer_right = "{{page}}";
    f->theme.sheet_code = true;
    f->theme.facing = true;
    f->theme.margin_outer_um = 20000;
    f->paper.width_um += 10000;
    f->edition.source_hash = "1a2b3c4d5e6f";
    f->course.title = "Être: a two-part \xF0\x9F\x98\x80 course & more";
    f->course.version = "1.0 b/é";
    f->material.name = "work-book";
    paragraph(f, f->root, STYLE_BODY, "a");
    struct flow *field = flow_new(&f->job, FLOW_FIELD, ROLE_FORM);
    flow_add(f->root, field);
    field->field = &asked;
    struct flow *more = paragraph(f, f->root, STYLE_BODY, "b");
    more->break_before = BREAK_PAGE;
    return 0;
}

static void says_what_the_sheet_is(void **state) {
    struct fixture *f = *state;
    struct respondent both[] = {{.id = "one"}, {.id = "two"}};
    const struct participant ada = {.id = "ada"};
    f->course.respondents.at = both;
    f->course.respondents.count = 2;
    lay_out(f);
    assert_string_equal(code_on(f, 0)->code,
                        "TANDEM:1/C:TRE-A-TWO-PART-COURSE-MORE/V:1.0%20B%2F%C3%A9/M:WORK-BOOK"
                        "/H:1A2B3C4D");
    f->edition.participant = &ada;
    f->edition.respondent = 1;
    f->edition.sitting = "end";
    lay_out(f);
    assert_non_null(strstr(code_on(f, 1)->code, "/M:WORK-BOOK/P:ADA/R:TWO/S:END/H:1A2B3C4D"));
    assert_ptr_equal(code_on(f, 0)->code, code_on(f, 1)->code);
}

/* In the outer margin, changing sides, its quiet zone clear of the text and the paper's edge. */
static void stands_in_the_outer_margin(void **state) {
    struct fixture *f = *state;
    lay_out(f);
    const struct mark *right = code_on(f, 0), *left = code_on(f, 1);
    assert_int_equal(right->width_um, 13000);
    assert_int_equal(right->x_um, LEFT_UM + WIDTH_UM + 3000);
    assert_int_equal(left->x_um + left->width_um, f->theme.margin_outer_um - 3000);
    for (size_t p = 0; p < 2; p++) {
        const struct mark *code = code_on(f, p);
        assert_true(code->x_um >= 4000 && code->x_um + code->width_um + 4000 <= f->paper.width_um);
        assert_true(code->y_um + code->height_um + 4000 <= f->paper.height_um);
    }
}

/* Where the margin is narrow the foot's words make way. */
static void words_make_way(void **state) {
    struct fixture *f = *state;
    f->theme.margin_outer_um = 10000;
    f->paper.width_um -= 10000;
    f->theme.margin_bottom_um = 17500;
    lay_out(f);
    for (size_t p = 0; p < 2; p++) {
        const struct page *page = &f->layout->pages[p];
        const struct mark *code = code_on(f, p);
        const struct mark *words = &page->furniture[0];
        assert_int_equal(code->width_um, 11500);
        assert_int_equal(words->kind, MARK_TEXT);
        assert_true(p ? words->x_um == code->x_um + code->width_um + 3000
                      : words->x_um + words->width_um == code->x_um - 3000);
        assert_true(code->y_um >= f->paper.height_um - f->theme.margin_bottom_um + 2000);
        assert_true(code->y_um + code->height_um + 4000 <= f->paper.height_um);
    }
}

static void is_left_out(void **state) {
    struct fixture *f = *state;
    f->theme.sheet_code = false; /* as the template asks for */
    lay_out(f);
    assert_null(code_on(f, 0));
    f->theme.sheet_code = true;
    f->theme.footer_right = ""; /* there is no foot */
    lay_out(f);
    assert_null(code_on(f, 0));
    f->theme.footer_right = "{{page}}";
    f->edition.source_hash = NULL; /* a sheet of unknown sources */
    lay_out(f);
    assert_null(code_on(f, 0));
    f->edition.source_hash = "1a2b3c4d";
    f->theme.margin_outer_um = 10000; /* there is no room */
    f->theme.margin_bottom_um = 15000;
    lay_out(f);
    assert_null(code_on(f, 0));
}

static void is_left_out_of_a_book(void **state) {
    struct fixture *f = *state;
    lay_out(f);
    assert_non_null(code_on(f, 1)); /* of a page without fields beside one that has some */
    for (struct flow *node = f->root->first; node; node = node->next)
        node->field = NULL;
    lay_out(f);
    assert_null(code_on(f, 0));
    assert_null(code_on(f, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(says_what_the_sheet_is, begin_code, end),
        cmocka_unit_test_setup_teardown(stands_in_the_outer_margin, begin_code, end),
        cmocka_unit_test_setup_teardown(words_make_way, begin_code, end),
        cmocka_unit_test_setup_teardown(is_left_out, begin_code, end),
        cmocka_unit_test_setup_teardown(is_left_out_of_a_book, begin_code, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
