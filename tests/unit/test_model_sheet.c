#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/sheet.h"

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_release(&arena);
    return 0;
}

static void test_sheet_names(void **state) {
    (void)state;
    assert_string_equal(sheet_name_clean(&arena, "Your return"), "Your return");
    assert_string_equal(sheet_name_clean(&arena, "a[b]c:d*e?f/g\\h"), "a b c-d e f-g-h");
    assert_string_equal(sheet_name_clean(&arena, "'quoted'"), "quoted");
    assert_string_equal(sheet_name_clean(&arena, "it's"), "it's");
    assert_string_equal(sheet_name_clean(&arena, ""), "Sheet");
    assert_string_equal(sheet_name_clean(&arena, "''"), "Sheet");
    assert_string_equal(sheet_name_clean(&arena, "HISTORY"), "HISTORY 1");
    assert_string_equal(sheet_name_clean(&arena, "a\nb\x01"), "a b");
    assert_string_equal(sheet_name_clean(&arena, "1234567890123456789012345678901234"),
                        "1234567890123456789012345678901");
    /* The 31st unit would be half of a character beyond the first plane. */
    assert_string_equal(sheet_name_clean(&arena, "123456789012345678901234567890🙂"),
                        "123456789012345678901234567890");
    /* Cutting must not leave an apostrophe at the end. */
    assert_string_equal(sheet_name_clean(&arena, "123456789012345678901234567890'x"),
                        "123456789012345678901234567890");
}

static void test_unique_sheets(void **state) {
    (void)state;
    struct workbook *book = workbook_make(&arena);
    assert_string_equal(workbook_add_sheet(book, "Über")->name, "Über");
    assert_string_equal(workbook_add_sheet(book, "ÜBER")->name, "ÜBER 2");
    assert_string_equal(workbook_add_sheet(book, "über")->name, "über 3");
    assert_string_equal(workbook_add_sheet(book, "1234567890123456789012345678901x")->name,
                        "1234567890123456789012345678901");
    assert_string_equal(workbook_add_sheet(book, "1234567890123456789012345678901y")->name,
                        "12345678901234567890123456789 2");
    assert_int_equal(book->sheets.at[4]->index, 4);
}

static void test_defined_names(void **state) {
    (void)state;
    static const char *const illegal[] = {"",   "A1",   "a1", "XFD1048576", "R",   "c",   "R1",
                                          "C2", "r1c1", "RC", "1st",        "a-b", "a b", "ä"};
    static const char *const legal[] = {"t_a1", "ABCD1", "as_of", "_x", "R1C1_", "tbl_r", "a.b"};
    for (size_t i = 0; i < sizeof illegal / sizeof *illegal; i++)
        if (defined_name_is_legal(illegal[i]))
            fail_msg("'%s' was taken for legal", illegal[i]);
    for (size_t i = 0; i < sizeof legal / sizeof *legal; i++)
        if (!defined_name_is_legal(legal[i]))
            fail_msg("'%s' was refused", legal[i]);
    struct workbook *book = workbook_make(&arena);
    const struct sheet *sheet = workbook_add_sheet(book, "S");
    struct area area = {0, 0, 0, 0};
    assert_true(workbook_define(book, "t_a", sheet, area));
    assert_false(workbook_define(book, "T_A", sheet, area));
    assert_false(workbook_define(book, "A1", sheet, area));
    assert_string_equal(workbook_take_name(book, "t_a"), "t_a_2"); /* tables share the names */
    assert_string_equal(workbook_take_name(book, "R1"), "t_R1");
    assert_string_equal(workbook_take_name(book, "tbl_my-log"), "tbl_my_log");
}

static char *printed(struct area area, bool absolute) {
    struct buf out;
    buf_init(&out, &arena);
    area_print(&out, area, absolute);
    return out.data;
}

static void test_addresses(void **state) {
    (void)state;
    assert_string_equal(printed((struct area){0, 0, 0, 0}, false), "A1");
    assert_string_equal(printed((struct area){6, 25, 8, 26}, true), "$Z$7:$AA$9");
    assert_string_equal(printed((struct area){1048575, 16383, 1048575, 16383}, false),
                        "XFD1048576");
    assert_string_equal(printed((struct area){0, 701, 0, 702}, false), "ZZ1:AAA1");
    struct workbook *book = workbook_make(&arena);
    struct buf out;
    buf_init(&out, &arena);
    area_print_full(&out, workbook_add_sheet(book, "It's mine"), (struct area){0, 0, 1, 0});
    assert_string_equal(out.data, "'It''s mine'!$A$1:$A$2");
}

static void test_literals(void **state) {
    (void)state;
    struct buf out;
    buf_init(&out, &arena);
    formula_print_text(&out, "say \"it\"");
    assert_string_equal(out.data, "\"say \"\"it\"\"\"");
    buf_clear(&out);
    char text[601];
    memset(text, 'x', 600);
    text[600] = 0;
    formula_print_text(&out, text); /* a literal ends at 255 characters */
    assert_true(out.data[0] == '(' && strstr(out.data, "\"&\""));
    for (const char *at = out.data; *at; at++) {
        size_t run = strspn(at, "x");
        assert_true(run <= 255);
        at += run ? run - 1 : 0;
    }
    buf_clear(&out);
    formula_print_number(&out, 0.1);
    buf_putc(&out, ' ');
    formula_print_number(&out, 1.0 / 3);
    assert_string_equal(out.data, "0.1 0.3333333333333333");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheet_names),   cmocka_unit_test(test_unique_sheets),
        cmocka_unit_test(test_defined_names), cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_literals),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
