/* Sorting as languages do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "type/collate.h"

static void assert_order(const char *language, const char *left, const char *right) {
    struct arena arena;
    arena_init(&arena);
    struct collation *collation = collation_open(&arena, language);
    assert_true(collation_compare(collation, left, right, COLLATION_CASES) < 0);
    assert_true(collation_compare(collation, right, left, COLLATION_CASES) > 0);
    collation_close(collation);
    arena_release(&arena);
}

static void sorts_by_language(void **state) {
    (void)state;
    assert_order("de", "Äpfel", "Birne");
    assert_order("sv", "Birne", "Äpple");
    assert_order("fr", "émigré", "emigrer");
    assert_order("en-GB", "team", "Team");
    assert_order("en-GB", "360-degree", "advice");
}

static void levels_differ(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct collation *collation = collation_open(&arena, "en-GB");
    assert_int_equal(collation_compare(collation, "é", "E", COLLATION_LETTERS), 0);
    assert_int_equal(collation_compare(collation, "Team", "team", COLLATION_ACCENTS), 0);
    assert_int_not_equal(collation_compare(collation, "é", "e", COLLATION_ACCENTS), 0);
    collation_close(collation);
    arena_release(&arena);
}

static void letters(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct collation *french = collation_open(&arena, "fr"),
                     *swedish = collation_open(&arena, "sv");
    assert_string_equal(collation_letter(french, &arena, "émigré"), "E");
    assert_string_equal(collation_letter(swedish, &arena, "äpple"), "Ä");
    assert_null(collation_letter(french, &arena, "360-degree"));
    assert_null(collation_letter(french, &arena, ""));
    collation_close(french);
    collation_close(swedish);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_by_language),
        cmocka_unit_test(levels_differ),
        cmocka_unit_test(letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
