/* Numbers, money and dates as people read them. */
#include "calc_fixture.h"

#define NB "\xC2\xA0"
#define NN "\xE2\x80\xAF"
#define MI "\xE2\x88\x92"

static void rounds_half_away_from_zero(void **state) {
    (void)state;
    static const struct {
        double number;
        int decimals;
        double rounded;
    } rows[] = {
        {2.675, 2, 2.68},
        {1.005, 2, 1.01},
        {-1.005, 2, -1.01},
        {2.5, 0, 3},
        {-2.5, 0, -3},
        {0.5, 0, 1},
        {0.49999999999999994, 0, 1}, /* 15 digits say 0.5 */
        {0.4999999999999, 0, 0},
        {1.4999999999999999, 0, 2},
        {2.25, 1, 2.3},
        {0.285, 2, 0.29},
        {1.45, 1, 1.5},
        {8.345, 2, 8.35},
        {1234.5, -2, 1200},
        {1250, -2, 1300},
        {49, -2, 0},
        {50, -2, 100},
        {-0.2, 0, 0},
        {9.995, 2, 10},
        {999999.995, 2, 1000000},
        {1e20, 2, 1e20},
        {123456789012345678.0, 0, 123456789012346000.0},
        {1e-20, 2, 0},
        {5e-3, 2, 0.01},
        {0.1 + 0.2, 15, 0.3},
        {3.2 - 2.6, 1, 0.6},
        {1.5, 500, 1.5},
        {1.5, -500, 0},
        {DBL_MAX, 2, DBL_MAX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double given = number_round(rows[i].number, rows[i].decimals);
        if (given != rows[i].rounded)
            fail_msg("%.17g to %d is %.17g", rows[i].number, rows[i].decimals, given);
    }
    assert_true(isnan(number_round(NAN, 2)));
    assert_true(isinf(number_round(INFINITY, 2)));
    assert_false(signbit(number_round(-0.2, 0)));
}

static void numbers_by_language(void **state) {
    (void)state;
    static const struct {
        const char *language, *currency;
        double number;
        enum value_unit unit;
        int decimals;
        const char *text;
    } rows[] = {
        {"en-GB", "GBP", 1234.5, UNIT_NONE, -1, "1,234.5"},
        {"en-GB", "GBP", 1234.5, UNIT_NONE, 2, "1,234.50"},
        {"en-GB", "GBP", 1234567.891, UNIT_NONE, -1, "1,234,567.89"},
        {"en-GB", "GBP", 12, UNIT_NONE, -1, "12"},
        {"en-GB", "GBP", 0, UNIT_NONE, -1, "0"},
        {"en-GB", "GBP", 0.125, UNIT_NONE, -1, "0.13"},
        {"en-GB", "GBP", 0.001, UNIT_NONE, -1, "0"},
        {"en-GB", "GBP", -0.001, UNIT_NONE, -1, "0"},
        {"en-GB", "GBP", -1234, UNIT_NONE, 0, MI "1,234"},
        {"en-GB", "GBP", 1.005, UNIT_NONE, 2, "1.01"},
        {"en-GB", "GBP", 999, UNIT_NONE, 0, "999"},
        {"en-GB", "GBP", 999.5, UNIT_NONE, 0, "1,000"},
        {"en-GB", "GBP", 1e20, UNIT_NONE, 0, "1e+20"},
        {"en-GB", "GBP", 30, UNIT_DAYS, -1, "30"},
        {"en-GB", "GBP", 1234.5, UNIT_MONEY, -1, "£1,234.50"},
        {"en-GB", "GBP", 1234, UNIT_MONEY, -1, "£1,234"},
        {"en-GB", "GBP", 1234, UNIT_MONEY, 2, "£1,234.00"},
        {"en-GB", "GBP", 0.004, UNIT_MONEY, -1, "£0"},
        {"en-GB", "GBP", -5.5, UNIT_MONEY, -1, MI "£5.50"},
        {"en-GB", "EUR", 1, UNIT_MONEY, 0, "€1"},
        {"en-US", "USD", 1234.5, UNIT_MONEY, -1, "$1,234.50"},
        {"en-GB", "CHF", 1234.5, UNIT_MONEY, -1, "CHF" NB "1,234.50"},
        {"en-GB", "SEK", 10, UNIT_MONEY, -1, "SEK" NB "10"},
        {"en-GB", NULL, 10, UNIT_MONEY, -1, "10"},
        {"en-GB", "GBP", 0.08, UNIT_PERCENT, -1, "8%"},
        {"en-GB", "GBP", 0.125, UNIT_PERCENT, -1, "12.5%"},
        {"en-GB", "GBP", 0.12345, UNIT_PERCENT, -1, "12.3%"},
        {"en-GB", "GBP", 0.07, UNIT_PERCENT, 0, "7%"},
        {"en-GB", "GBP", 0.145, UNIT_PERCENT, 0, "15%"},
        {"en-GB", "GBP", 0.1917, UNIT_PERCENT, 1, "19.2%"},
        {"de", "EUR", 1234.5, UNIT_NONE, -1, "1.234,5"},
        {"de-DE", "EUR", 1234.5, UNIT_MONEY, -1, "1.234,50" NB "€"},
        {"de", "EUR", 0.08, UNIT_PERCENT, -1, "8" NB "%"},
        {"de", "CHF", 5, UNIT_MONEY, 0, "5" NB "CHF"},
        {"fr", "EUR", 1234567.5, UNIT_NONE, -1, "1" NN "234" NN "567,5"},
        {"fr", "EUR", 1234.5, UNIT_MONEY, -1, "1" NN "234,50" NN "€"},
        {"fr", "EUR", 0.125, UNIT_PERCENT, -1, "12,5" NN "%"},
        {"fr", "GBP", -3, UNIT_MONEY, 2, MI "3,00" NN "£"},
        {"nl", "EUR", 1234.5, UNIT_NONE, -1, "1,234.5"},
        {"frr", "EUR", 1234.5, UNIT_NONE, -1, "1,234.5"},
        {"en-GB", "GBP", NAN, UNIT_NONE, -1, "—"},
        {"en-GB", "GBP", INFINITY, UNIT_MONEY, 2, "—"},
    };
    struct fixture *fixture = fixture_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture->course.language = rows[i].language;
        fixture->course.currency = rows[i].currency;
        struct value value = value_number(rows[i].number);
        value.unit = rows[i].unit;
        assert_string_equal(
            value_format(&fixture->arena, &fixture->course, value, rows[i].decimals), rows[i].text);
    }
    fixture_free(fixture);
}

static void other_values(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    struct arena *arena = &fixture->arena;
    const struct course *course = &fixture->course;
    assert_string_equal(value_format(arena, course, VALUE_NONE, -1), "—");
    assert_string_equal(value_format(arena, course, value_bool(true), -1), "yes");
    assert_string_equal(value_format(arena, course, value_text("**x** =1+1"), 2), "**x** =1+1");
    struct value items[] = {value_text("a"), VALUE_NONE, value_number(1234)};
    struct value list = {.kind = VALUE_LIST, .items = items, .count = 3};
    assert_string_equal(value_format(arena, course, list, -1), "a, 1,234");
    list.count = 0;
    assert_string_equal(value_format(arena, course, list, -1), "—");
    fixture->course.words[WORD_YES] = "Ja";
    fixture->course.words[WORD_NO] = "Nein";
    fixture->course.words[WORD_MISSING] = "–";
    assert_string_equal(value_format(arena, course, value_bool(true), -1), "Ja");
    assert_string_equal(value_format(arena, course, value_bool(false), -1), "Nein");
    assert_string_equal(value_format(arena, course, VALUE_NONE, -1), "–");
    fixture_free(fixture);
}

static void dates_by_language(void **state) {
    (void)state;
    static const struct {
        const char *language, *iso, *in_full, *brief;
    } rows[] = {
        {"en-GB", "2026-09-07", "7 September 2026", "7 Sep 2026"},
        {"en-US", "2026-09-07", "September 7, 2026", "Sep 7, 2026"},
        {"en", "2026-12-31", "31 December 2026", "31 Dec 2026"},
        {"de", "2026-03-01", "1. März 2026", "01.03.2026"},
        {"de-AT", "2026-12-31", "31. Dezember 2026", "31.12.2026"},
        {"fr", "2026-08-01", "1er août 2026", "01/08/2026"},
        {"fr-FR", "2026-02-28", "28 février 2026", "28/02/2026"},
        {"xx", "2024-02-29", "29 February 2024", "29 Feb 2024"},
        {NULL, "2026-05-04", "4 May 2026", "4 May 2026"},
    };
    struct fixture *fixture = fixture_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture->course.language = rows[i].language;
        date_t date = day(rows[i].iso);
        assert_string_equal(date_format_long(&fixture->arena, &fixture->course, date),
                            rows[i].in_full);
        assert_string_equal(value_format(&fixture->arena, &fixture->course, value_date(date), -1),
                            rows[i].in_full);
        assert_string_equal(date_format_short(&fixture->arena, &fixture->course, date),
                            rows[i].brief);
    }
    fixture_free(fixture);
}

static void spreadsheet_formats(void **state) {
    (void)state;
    static const struct {
        const char *language, *currency;
        enum slot_type type;
        int decimals;
        const char *format;
    } rows[] = {
        {"en-GB", "GBP", SLOT_NUMBER, -1, "General"},
        {"en-GB", "GBP", SLOT_NUMBER, 0, "#,##0"},
        {"en-GB", "GBP", SLOT_NUMBER, 2, "#,##0.00"},
        {"en-GB", "GBP", SLOT_MONEY, -1, "[$£-809]#,##0.00"},
        {"en-GB", "GBP", SLOT_MONEY, 0, "[$£-809]#,##0"},
        {"en-US", "USD", SLOT_MONEY, 2, "[$$-409]#,##0.00"},
        {"en-GB", "CHF", SLOT_MONEY, 2, "[$CHF-809] #,##0.00"},
        {"de", "EUR", SLOT_MONEY, 2, "#,##0.00 [$€-407]"},
        {"fr", "EUR", SLOT_MONEY, 0, "#,##0 [$€-40C]"},
        {"en-GB", NULL, SLOT_MONEY, 2, "#,##0.00"},
        {"en-GB", "GBP", SLOT_PERCENT, -1, "0.0%"},
        {"en-GB", "GBP", SLOT_PERCENT, 0, "0%"},
        {"en-GB", "GBP", SLOT_DATE, -1, "d mmm yyyy"},
        {"en-US", "GBP", SLOT_DATE, -1, "mmm d, yyyy"},
        {"de", "GBP", SLOT_DATE, -1, "dd.mm.yyyy"},
        {"fr", "GBP", SLOT_DATE, -1, "dd/mm/yyyy"},
        {"en-GB", "GBP", SLOT_TEXT, -1, "@"},
        {"en-GB", "GBP", SLOT_POINT, -1, "General"},
    };
    struct fixture *fixture = fixture_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture->course.language = rows[i].language;
        fixture->course.currency = rows[i].currency;
        assert_string_equal(
            number_format_excel(&fixture->arena, &fixture->course, rows[i].type, rows[i].decimals),
            rows[i].format);
    }
    fixture_free(fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_half_away_from_zero),
        cmocka_unit_test(numbers_by_language),
        cmocka_unit_test(other_values),
        cmocka_unit_test(dates_by_language),
        cmocka_unit_test(spreadsheet_formats),
    };
    return cmocka_run_group_tests_name("calc/format", tests, NULL, NULL);
}
