/* Quotes, dashes and ellipses by language. */
#define _GNU_SOURCE
#include "load_fixture.h"

#include "load/typography.h"

static void assert_set(const char *language, const char *text, const char *expected) {
    struct arena arena;
    arena_init(&arena);
    assert_string_equal(typography_text(&arena, language, text), expected);
    arena_release(&arena);
}

static void english(void **state) {
    (void)state;
    assert_set("en-GB", "\"Yes,\" she said.", "“Yes,” she said.");
    assert_set("en-GB", "'I don't know'", "‘I don’t know’");
    assert_set("en-US", "\"She said 'no' twice.\"", "“She said ‘no’ twice.”");
    assert_set("en-GB", "the pairs' work, '90s, rock 'n' roll",
               "the pairs’ work, ’90s, rock ‘n’ roll");
    assert_set("en-GB", "(\"a\") [\"b\"] -- \"c\"--\"d\"", "(“a”) [“b”] – “c”–“d”");
    assert_set("en-GB", "a---b -- c...", "a—b – c…");
    assert_set("en-GB", "---- ----- 1-2 ..", "–– —– 1-2 ..");
    assert_set("en-GB", "\"open", "“open");
    assert_set("en-GB", "", "");
    assert_null(typography_text(NULL, "en-GB", NULL));
}

static void german(void **state) {
    (void)state;
    assert_set("de", "\"Ja\", sagt sie, 'gut'.", "„Ja“, sagt sie, ‚gut‘.");
    assert_set("de", "So geht's -- \"ganz 'leicht'\".", "So geht’s – „ganz ‚leicht‘“.");
}

static void french(void **state) {
    (void)state;
    assert_set("fr", "\"Oui\", dit-elle : l'heure !",
               "«\u202FOui\u202F», dit-elle\u00A0: l’heure\u202F!");
    assert_set("fr", "Non; quoi? Oui! Ah?! Donc: voilà",
               "Non\u202F; quoi\u202F? Oui\u202F! Ah\u202F?! "
               "Donc\u00A0: voilà");
    assert_set("fr", "à 14:30 sur https://a.fr/?b", "à 14:30 sur https://a.fr/?b");
    assert_set("fr", "« Non » ?", "«\u202FNon\u202F»\u202F?");
}

static void quotes_see_across_pieces(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    /* "*a* `code` {{x}}" and so on: emphasis is transparent, objects count as letters. */
    struct text_piece pieces[] = {
        {.text = "\"", .size = 1}, {.text = "a", .size = 1},
        {.text = " '", .size = 2}, {0},
        {.text = "' ", .size = 2}, {0},
        {.text = "\"", .size = 1},
    };
    typography_pieces(&arena, "en-GB", pieces, 7);
    assert_string_equal(pieces[0].made, "“");
    assert_string_equal(pieces[2].made, " ‘");
    assert_string_equal(pieces[4].made, "’ ");
    assert_string_equal(pieces[6].made, "”");
    arena_release(&arena);
}

static void escaped_marks_stay(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const unsigned char escaped[] = {1, 0, 1, 1, 1, 0};
    struct text_piece piece = {.text = "\"a--'\"", .size = 6, .escaped = escaped};
    typography_pieces(&arena, "en-GB", &piece, 1);
    assert_string_equal(piece.made, "\"a--'”");
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english),
        cmocka_unit_test(german),
        cmocka_unit_test(french),
        cmocka_unit_test(quotes_see_across_pieces),
        cmocka_unit_test(escaped_marks_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
