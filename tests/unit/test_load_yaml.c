/* The YAML tree: places, types, and all that is refused. */
#define _GNU_SOURCE
#include "load_fixture.h"

static const struct yaml *parse(struct fixture *f, const char *text) {
    struct source *source = fixture_source(f, "test.yml", text);
    return yaml_parse(&f->reader, source, 0, source->size);
}

static void assert_at(struct span at, int32_t line, int32_t col, int32_t length) {
    assert_int_equal(at.line, line);
    assert_int_equal(at.col, col);
    assert_int_equal(at.length, length);
}

static void places_are_bytes_from_one(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    const struct yaml *map =
        parse(&f, "ä: 1\nb:\n  - x\n  - \"y z\"\n  - {k: v}\nt: |\n  one\n   two\n");
    assert_non_null(map);
    assert_int_equal(map->count, 3);
    assert_at(map->pairs[0].key_at, 1, 1, 2);
    assert_at(map->pairs[0].value.at, 1, 5, 1);
    const struct yaml *list = yaml_find(map, "b");
    assert_int_equal(list->count, 3);
    assert_at(list->items[0].at, 3, 5, 1);
    assert_at(list->items[1].at, 4, 5, 5);
    assert_string_equal(list->items[1].text, "y z");
    assert_at(list->items[2].at, 5, 5, 1);
    assert_at(list->at, 3, 3, 1);
    assert_at(yaml_find(&list->items[2], "k")->at, 5, 9, 1);
    assert_string_equal(yaml_find(map, "t")->text, "one\n two");
    assert_at(yaml_find(map, "t")->at, 7, 3, 3);
    assert_clean(&f);
    fixture_close(&f);
}

static void a_part_of_a_file_has_the_files_places(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    struct source *source = fixture_source(&f, "a.md", "---\ntitle: T\n---\n");
    const struct yaml *map = yaml_parse(&f.reader, source, 4, 9);
    assert_at(yaml_find(map, "title")->at, 2, 8, 1);
    assert_clean(&f);
    fixture_close(&f);
}

static void what_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"a: 1\nb: 2\na: 3\n", "test.yml:3:1: error: the key 'a' is given twice, first on line 1"},
        {"x: {k: 1, k: 2}\n", "test.yml:1:11: error: the key 'k' is given twice"},
        {"a: &b 1\n", "test.yml:1:4: error: anchors and aliases"},
        {"a: *b\n", "error: anchors and aliases"},
        {"a: !!str 1\n", "test.yml:1:4: error: tags"},
        {"? [a]\n: 1\n", "error: a key must be a plain text"},
        {"a: 1\n---\nb: 2\n", "error: a second document begins here"},
        {"a: \"x\\0y\"\n", "test.yml:1:4: error: the control character U+0000"},
        {"a: \"\\uFFFE\"\n", "test.yml:1:4: error: the control character U+FFFE"},
        {"a: \"\\x07\"\n", "test.yml:1:4: error: the control character U+0007"},
        {"a: b: c\n", "test.yml:1:5: error: a ': ' is not expected here"},
        {"ä: @x\n", "test.yml:1:4: error: a text cannot begin with this"},
        {"a: [1,\n", "test.yml:1:7: error: a value is missing here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        fixture_open(&f);
        parse(&f, cases[i].text);
        assert_message(&f, cases[i].message);
        fixture_close(&f);
    }
}

static void deep_nesting_ends_in_a_message(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    char *text = arena_alloc(&f.run, 200001);
    memset(text, '[', 200000);
    assert_null(parse(&f, text));
    assert_message(&f, "test.yml:1:65: error: this nests more than 64 levels deep");
    fixture_close(&f);
}

static void types_say_what_was_expected(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    const struct yaml *map =
        parse(&f, "n: 8.50\nbad: 1,000\nyes: true\nno: no\nd: 2026-02-29\nw: 2.5\nl: [a]\ne:\n");
    double number = 0;
    bool on = false;
    int32_t whole = 0;
    date_t date = 0;
    assert_true(yaml_number(&f.reader, yaml_find(map, "n"), &number));
    assert_true(number == 8.5);
    assert_true(yaml_bool(&f.reader, yaml_find(map, "yes"), &on));
    assert_true(on);
    assert_clean(&f);
    assert_false(yaml_number(&f.reader, yaml_find(map, "bad"), &number));
    assert_message(&f, "test.yml:2:6: error: expected a number, found '1,000'");
    assert_false(yaml_bool(&f.reader, yaml_find(map, "no"), &on));
    assert_message(&f, "test.yml:4:5: error: expected true or false, found 'no'");
    assert_false(yaml_date(&f.reader, yaml_find(map, "d"), &date));
    assert_message(&f, "test.yml:5:4: error: there is no date 2026-02-29");
    assert_false(yaml_integer(&f.reader, yaml_find(map, "w"), 1, 9, &whole));
    assert_message(&f, "expected a whole number from 1 to 9, found '2.5'");
    assert_null(yaml_text(&f.reader, yaml_find(map, "l")));
    assert_message(&f, "expected a text, found a list");
    assert_null(yaml_text(&f.reader, yaml_find(map, "e")));
    assert_message(&f, "test.yml:8:1: error: expected a text, found nothing");
    static const char *const keys[] = {"number", "bad", "yes", "no", "d", "w", "l", "e", NULL};
    yaml_check_keys(&f.reader, map, keys);
    assert_message(&f, "test.yml:1:1: error: unknown key 'n'");
    fixture_close(&f);
}

static void numbers_are_decimal_and_nothing_else(void **state) {
    (void)state;
    double number;
    static const char *const good[] = {"0", "-1", "+2.5", ".5", "1e3", "007"};
    static const char *const bad[] = {"",    "-",  ".",     "0x10", "nan",
                                      "inf", "1e", "1e999", "1 ",   "1_0"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(parse_number(good[i], &number));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(parse_number(bad[i], &number));
}

static void ids_are_proposed(void **state) {
    (void)state;
    struct fixture f;
    fixture_open(&f);
    assert_string_equal(id_propose(&f.run, "Where we are!"), "where-we-are");
    assert_string_equal(id_propose(&f.run, "2 Café"), "caf");
    assert_string_equal(id_propose(&f.run, "—"), "name");
    assert_true(id_is_valid("a-1") && !id_is_valid("1a") && !id_is_valid("A") && !id_is_valid(""));
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_bytes_from_one),
        cmocka_unit_test(a_part_of_a_file_has_the_files_places),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(deep_nesting_ends_in_a_message),
        cmocka_unit_test(types_say_what_was_expected),
        cmocka_unit_test(numbers_are_decimal_and_nothing_else),
        cmocka_unit_test(ids_are_proposed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
