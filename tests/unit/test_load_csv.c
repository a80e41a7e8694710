/* CSV: what RFC 4180 says and what programs write; hostile files; days and figures in cells. */
#include "load_fixture.h"

#include "load/forms.h"

#include <time.h>

static struct csv open_text(struct fixture *f, const char *text, size_t size) {
    return csv_open(source_new(&f->run, "form.csv", text, size));
}

static void assert_row(struct fixture *f, struct csv *csv, const char *const *cells, size_t count) {
    struct reader reader = {&f->run, f->diag};
    struct csv_row row;
    assert_true(csv_read(csv, &reader, &row));
    assert_int_equal(row.count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(row.at[i].text, cells[i]);
}

static void cells_are_read(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    const char *text = "a, b ,\"c \"\"d\"\", e\",\r\n\r\n\"two\r\nlines\",\" kept \" ,\n1,2";
    struct csv csv = open_text(&f, text, strlen(text));
    assert_row(&f, &csv, (const char *const[]){"a", "b", "c \"d\", e", ""}, 4);
    size_t offset = csv.offset;
    assert_row(&f, &csv, (const char *const[]){"two\nlines", " kept ", ""}, 3);
    assert_row(&f, &csv, (const char *const[]){"1", "2"}, 2);
    assert_int_equal(csv.line, 6);
    struct reader reader = {&f.run, f.diag};
    struct csv_row row;
    assert_false(csv_read(&csv, &reader, &row));
    csv.offset = offset; /* rows may be read again */
    csv.line = 3;
    assert_row(&f, &csv, (const char *const[]){"two\nlines", " kept ", ""}, 3);
    assert_int_equal(diag_errors(f.diag), 0);
    fixture_close(&f);
}

static void delimiters_are_found(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct csv csv = open_text(&f, "a;\"b,c,d\";e\n", strlen("a;\"b,c,d\";e\n"));
    assert_row(&f, &csv, (const char *const[]){"a", "b,c,d", "e"}, 3);
    csv = open_text(&f, "a\tb, c\n", strlen("a\tb, c\n"));
    assert_row(&f, &csv, (const char *const[]){"a", "b, c"}, 2);
    csv = open_text(&f, "sep=|\r\na|b,c\n", strlen("sep=|\r\na|b,c\n"));
    assert_row(&f, &csv, (const char *const[]){"a", "b,c"}, 2);
    csv = open_text(&f, "alone", strlen("alone"));
    assert_row(&f, &csv, (const char *const[]){"alone"}, 1);
    fixture_close(&f);
}

/* As many characters as a spreadsheet's cell holds, however many bytes, quoted or not; one more is
 * refused and reads as empty. */
static void cells_have_an_end(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct reader reader = {&f.run, f.diag};
    enum { LONGEST = CSV_CELL_CHARACTERS };
    char *text = arena_alloc(&f.run, 4 * LONGEST + 16);
    for (int more = 0; more < 2; more++)
        for (int quoted = 0; quoted < 2; quoted++) {
            char *at = text;
            at += sprintf(at, quoted ? "a,\"" : "a,");
            for (int i = 0; i < LONGEST + more; i++)
                at += sprintf(at, "é");
            at += sprintf(at, quoted ? "\",b\n" : ",b\n");
            struct csv csv = open_text(&f, text, (size_t)(at - text));
            struct csv_row row;
            assert_true(csv_read(&csv, &reader, &row));
            assert_int_equal(row.count, 3);
            assert_int_equal(strlen(row.at[1].text), more ? 0 : 2 * LONGEST);
            assert_string_equal(row.at[2].text, "b");
            assert_int_equal(diag_count(f.diag, DIAG_CSV_CELL_LONG), more * (quoted + 1));
        }
    struct csv csv = open_text(&f, ",\"\", ;\n,x\n", strlen(",\"\", ;\n,x\n"));
    struct csv_row row;
    assert_true(csv_read(&csv, &reader, &row));
    assert_false(csv_row_is_empty(&row)); /* a semicolon */
    csv = open_text(&f, ",\"\", \n,x\n", strlen(",\"\", \n,x\n"));
    assert_true(csv_read(&csv, &reader, &row));
    assert_true(csv_row_is_empty(&row));
    assert_true(csv_read(&csv, &reader, &row));
    assert_false(csv_row_is_empty(&row));
    fixture_close(&f);
}

/* A million cells in a row, a quote that is never closed over megabytes: one message each, at once. */
static void hostile_rows_are_refused(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    enum { SIZE = 2000000 };
    char *text = arena_alloc(&f.run, SIZE + 1);
    memset(text, ',', SIZE);
    text[SIZE] = 0;
    struct reader reader = {&f.run, f.diag};
    struct csv csv = open_text(&f, text, SIZE);
    struct csv_row row;
    clock_t began = clock();
    assert_false(csv_read(&csv, &reader, &row));
    assert_false(csv_read(&csv, &reader, &row));
    assert_message(&f, "form.csv:1:4001: error: this row has more than 4000 cells");
    memset(text, 'x', SIZE);
    text[0] = '"';
    csv = open_text(&f, text, SIZE);
    assert_false(csv_read(&csv, &reader, &row));
    assert_message(&f, "form.csv:1:1: error: this quotation mark is never closed");
    assert_true(clock() - began < CLOCKS_PER_SEC);
    assert_int_equal(diag_errors(f.diag), 2);
    fixture_close(&f);
}

static void assert_day(const char *text, bool month_first, const char *expected) {
    date_t date = form_date(text, month_first);
    char iso[16] = "none";
    if (date != DATE_NONE)
        date_format_iso(date, iso);
    assert_string_equal(iso, expected);
}

static void days_are_read(void **state) {
    (void)state;
    assert_day("2026-09-07", false, "2026-09-07");
    assert_day("2026-09-07T10:22:11Z", false, "2026-09-07");
    assert_day("2026/09/07 10:22:11 am GMT+1", false, "2026-09-07");
    assert_day("07/09/2026 10:22", false, "2026-09-07");
    assert_day("9/7/2026 10:22:11", true, "2026-09-07");
    assert_day("7.9.26, 10:22", false, "2026-09-07");
    assert_day("7 Sep 2026", true, "2026-09-07");
    assert_day("September 7, 2026 10:22", false, "2026-09-07");
    assert_day("2026-02-30", false, "none");
    assert_day("31/04/2026", false, "none");
    assert_day("20260907", false, "none");
    assert_day("7/9", false, "none");
    assert_day("soon", false, "none");
    assert_day("", false, "none");
    assert_day("99999999999999999999/1/1", false, "none");
}

static const char *figure(struct fixture *f, struct course *course, const char *text) {
    struct reader reader = {&f->run, f->diag};
    struct form form = {.csv = open_text(f, "x", 1)};
    struct slot slot = {.type = SLOT_MONEY};
    struct csv_cell cell = {.text = text, .length = 1};
    return form_value(&reader, course, &form, &slot, &cell).text;
}

static void figures_are_cleaned(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct course english = {.language = "en-GB", .currency = "GBP"};
    struct course german = {.language = "de", .currency = "EUR"};
    assert_string_equal(figure(&f, &english, "£1,250.50"), "1250.50");
    assert_string_equal(figure(&f, &english, "1,250"), "1250");
    assert_string_equal(figure(&f, &english, "1,5"), "1.5");
    assert_string_equal(figure(&f, &english, "GBP 1 250"), "1250");
    assert_string_equal(figure(&f, &english, "1,250,000"), "1250000");
    assert_string_equal(figure(&f, &german, "1.250,50 €"), "1250.50");
    assert_string_equal(figure(&f, &german, "1.250"), "1250");
    assert_string_equal(figure(&f, &german, "1.5"), "1.5");
    assert_string_equal(figure(&f, &german, "12,5"), "12.5");
    assert_string_equal(figure(&f, &english, "-3"), "-3");
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_read),    cmocka_unit_test(delimiters_are_found),
        cmocka_unit_test(cells_have_an_end), cmocka_unit_test(hostile_rows_are_refused),
        cmocka_unit_test(days_are_read),     cmocka_unit_test(figures_are_cleaned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
