#include "track_fixture.h"

static struct fixture *fixture;
static struct arena job;

static int set_up(void **state) {
    (void)state;
    fixture = fixture_new();
    track_fixture_types(fixture);
    arena_init(&job);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_release(&job);
    fixture_free(fixture);
    return 0;
}

static const struct workbook *make(const char *const *ids) {
    struct edition edition = track_fixture_edition(fixture, ids);
    return track_edition(&job, &edition);
}

static void expect_number(const struct cell *cell, double number) {
    assert_non_null(cell);
    assert_true(cell->kind == CELL_NUMBER || cell->kind == CELL_FORMULA);
    assert_true(cell->kind == CELL_NUMBER || cell->cached == CACHED_NUMBER);
    assert_true(fabs(cell->number - number) <= 1e-12);
}

static void test_sheets_are_named_and_ordered(void **state) {
    (void)state;
    const struct workbook *book =
        make((const char *const[]){"guide", "relationship", "stage", "nowhere", "wins", NULL});
    static const char *const names[] = {"track-guide", "relationship", "stage", "wins",
                                        "_meta",       "_lists",       "_work"};
    assert_int_equal(book->sheets.count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(book->sheets.at[i]->name, names[i]);
        assert_int_equal(book->sheets.at[i]->hidden, i >= 4);
    }
}

static void test_rating_stands_sitting_by_sitting(void **state) {
    (void)state;
    const struct workbook *book = make((const char *const[]){"relationship", NULL});
    expect_number(named_cell(book, "t_relationship__waiting__assistant", 0), 4);
    expect_number(named_cell(book, "t_relationship__waiting__assistant", 1), 2);
    assert_int_equal(named_cell(book, "t_relationship__waiting__assistant", 2)->kind, CELL_BLANK);
    expect_number(named_cell(book, "t_relationship__run__executive", 0), 5);
    const struct defined_name *name = find_name(book, "t_relationship__run__executive");
    /* the sittings reached, and room for a year of months */
    assert_int_equal(name->area.last_col - name->area.col + 1,
                     fixture->participant.sitting_count + 12);
    assert_true(cell_look_is_open(named_cell(book, "t_relationship__run__executive", 13)->look));
    expect_number(named_cell(book, "t__date__relationship__assistant", 0),
                  date_to_excel(day("2026-09-07")));
}

/* All cells with this formula's beginning. */
static const struct cell *find_formula(const struct sheet *sheet, const char *part, double value) {
    for (size_t i = 0; i < sheet->cells.count; i++) {
        const struct cell *cell = &sheet->cells.at[i];
        if (cell->kind == CELL_FORMULA && cell->cached == CACHED_NUMBER && cell->number == value &&
            strstr(cell->formula, part))
            return cell;
    }
    return NULL;
}

static void test_scores_are_formulas_with_our_values(void **state) {
    (void)state;
    const struct workbook *book = make((const char *const[]){"relationship", NULL});
    const struct sheet *sheet = find_sheet(book, "relationship");
    for (size_t i = 0; i < fixture->results.count; i++) {
        const struct result *result = &fixture->results.at[i];
        if (strcmp(result->score->id, "views") == 0 && !value_is_missing(result->value))
            assert_non_null(find_formula(sheet, "ROUND(", result->value.number));
    }
    bool words = false; /* the executive answered three of five */
    for (size_t i = 0; i < sheet->cells.count; i++)
        words = words || (sheet->cells.at[i].kind == CELL_FORMULA &&
                          sheet->cells.at[i].cached == CACHED_TEXT &&
                          strcmp(sheet->cells.at[i].text, "answered") == 0);
    assert_true(words); /* without a language, a word is its key */
}

static void test_log_is_a_table(void **state) {
    (void)state;
    const struct workbook *book = make((const char *const[]){"wins", NULL});
    const struct sheet *sheet = find_sheet(book, "wins");
    assert_int_equal(sheet->tables.count, 1);
    const struct sheet_table *table = &sheet->tables.at[0];
    assert_string_equal(table->name, "tbl_wins");
    assert_int_equal(table->area.last_row - table->area.row, 45); /* five entries and room */
    assert_string_equal(table->columns[5].formula,
                        "IF(COUNT(tbl_wins[[#This Row],[hours]],tbl_wins[[#This Row],[rate]])=2,"
                        "tbl_wins[[#This Row],[hours]]*tbl_wins[[#This Row],[rate]],\"\")");
    expect_number(cell_at(sheet, table->area.row + 1, 5), 60);
    const struct cell *missing = cell_at(sheet, table->area.row + 3, 5);
    assert_int_equal(missing->cached, CACHED_TEXT);
    assert_string_equal(missing->text, "");
}

static void test_private_answers_stay_out(void **state) {
    (void)state;
    fixture->course.blocks.at[0]->is_private = true;
    const char *const *ids = (const char *const[]){"relationship", NULL};
    struct edition edition = track_fixture_edition(fixture, ids);
    const struct workbook *book = track_edition(&job, &edition);
    assert_null(find_name(book, "t_relationship__run__executive"));
    for (size_t i = 0; i < fixture->course.blocks.at[0]->slot_count; i++)
        fixture->course.slots.at[i]->is_private = true;
    edition.respondent = EXECUTIVE;
    book = track_edition(&job, &edition);
    expect_number(named_cell(book, "t_relationship__run__executive", 0), 5);
    assert_int_equal(named_cell(book, "t_relationship__run__assistant", 0)->kind, CELL_BLANK);
}

static void test_blank_tracker(void **state) {
    (void)state;
    struct edition edition = track_fixture_edition(
        fixture, (const char *const[]){"guide", "dashboard", "relationship", "wins", NULL});
    edition.participant = NULL;
    edition.results = NULL;
    const struct workbook *book = track_edition(&job, &edition);
    for (size_t s = 0; s < book->sheets.count; s++)
        for (size_t i = 0; i < book->sheets.at[s]->cells.count; i++) {
            const struct cell *cell = &book->sheets.at[s]->cells.at[i];
            bool counts = book->sheets.at[s]->hidden || cell->number == 0; /* of nothing */
            if (cell->kind == CELL_FORMULA && strcmp(cell->formula, "TODAY()") != 0)
                assert_true(cell->cached != CACHED_NUMBER || counts);
        }
    assert_non_null(find_name(book, "t_profile__assistant__name"));
    expect_number(named_cell(book, "as_of", 0), date_to_excel(day("2026-12-15")));
}

static const struct cell *find_text(const struct sheet *sheet, const char *text) {
    for (size_t i = 0; i < sheet->cells.count; i++)
        if (sheet->cells.at[i].text && strcmp(sheet->cells.at[i].text, text) == 0)
            return &sheet->cells.at[i];
    return NULL;
}

/* The dashboard is made of whatever the course has. */
static void test_dashboard(void **state) {
    (void)state;
    const struct workbook *book =
        make((const char *const[]){"dashboard", "relationship", "wins", NULL});
    const struct sheet *sheet = find_sheet(book, "track-dashboard");
    size_t tiles = 0, links = 0;
    for (size_t i = 0; i < sheet->cells.count; i++) {
        tiles += sheet->cells.at[i].look == LOOK_TILE;
        links += sheet->cells.at[i].kind == CELL_LINK;
    }
    assert_int_equal(tiles, 1);                      /* the stage, of the assistant's view alone */
    assert_int_equal(links, 1);                      /* to the log */
    assert_non_null(find_text(sheet, "track-gaps")); /* two views of one rating */
    double entries = 0;
    for (size_t i = 0; i < fixture->participant.answer_count; i++)
        entries += strcmp(fixture->participant.answers[i].slot->name, "wins.win") == 0;
    assert_true(entries > 0);
    assert_non_null(find_formula(sheet, "SUMPRODUCT(--(tbl_wins[", entries));
    assert_true(sheet->charts.count >= 1);
    for (size_t i = 0; i < sheet->charts.count; i++)
        assert_true(sheet->charts.at[i].series[0].count <= 6); /* the last sittings */
    book = make((const char *const[]){"dashboard", "wins", NULL});
    sheet = find_sheet(book, "track-dashboard");
    assert_null(find_text(sheet, "track-gaps"));
    assert_int_equal(sheet->charts.count, 0);
}

/* A line an item in cells of the rating, and names for what is worked out. */
static void test_lines_and_names_of_results(void **state) {
    (void)state;
    const struct workbook *book = make((const char *const[]){"relationship", NULL});
    const struct sheet *sheet = find_sheet(book, "relationship");
    const struct block *rating = fixture->course.blocks.at[0];
    assert_int_equal(sheet->sparks.count, 2 * rating->item_count);
    const struct sheet_spark *spark = &sheet->sparks.at[0];
    assert_int_equal(spark->values.last_col - spark->values.col + 1,
                     fixture->participant.sitting_count + 12);
    assert_true(spark->low == 0 && spark->high == 5);
    const struct cell *stage = named_cell(book, "t_stage__assistant", 0);
    assert_non_null(stage);
    assert_int_equal(stage->kind, CELL_FORMULA);
    assert_null(find_name(book, "t_stage__executive")); /* the score is one respondent's */
}

/* Twice the same, cell by cell: nothing may depend on where things lie in memory. */
static void test_same_dump(void **state) {
    (void)state;
    const char *const ids[] = {"guide", "dashboard", "relationship", "expectations",
                               "wins",  "anatomy",   "moves",        NULL};
    struct buf first, second;
    buf_init(&first, &job);
    buf_init(&second, &job);
    workbook_dump(make(ids), &first);
    workbook_dump(make(ids), &second);
    assert_true(first.len > 10000);
    assert_string_equal(first.data, second.data);
}

/* A formula of one sheet may point to any other, whichever comes first. */
static void test_order_of_sheets_is_free(void **state) {
    (void)state;
    const struct workbook *book = make((const char *const[]){"stage", "relationship", NULL});
    const struct sheet *sheet = find_sheet(book, "stage");
    const struct cell *found = NULL;
    for (size_t i = 0; i < sheet->cells.count && !found; i++)
        if (sheet->cells.at[i].kind == CELL_FORMULA &&
            strstr(sheet->cells.at[i].formula, "'relationship'!"))
            found = &sheet->cells.at[i];
    assert_non_null(found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sheets_are_named_and_ordered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rating_stands_sitting_by_sitting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scores_are_formulas_with_our_values, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_log_is_a_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_private_answers_stay_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_blank_tracker, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dashboard, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lines_and_names_of_results, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same_dump, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_order_of_sheets_is_free, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
