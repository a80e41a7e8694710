/* Hyphenation points, against words everyone can check, and against libhyphen itself. */
#include "type_fixture.h"

#include "base/file.h"
#include "type/hyphenate.h"

#include <hyphen.h>

/* libhyphen forgets patterns that a dictionary holds twice: no fault of ours. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:libhyphen"; }

/* "ex|ec|ut|ive": the word with its points. */
static const char *shown(const struct fixture *fixture, const char *lang, const char *word) {
    static char out[2 * HYPHENATE_LIMIT + 1];
    bool points[HYPHENATE_LIMIT];
    size_t length = strlen(word), at = 0;
    hyphenate_word(fixture->hyphenation, hyphenation_find(fixture->hyphenation, lang), word, length,
                   points);
    for (size_t i = 0; i < length; i++) {
        out[at++] = word[i];
        if (points[i])
            out[at++] = '|';
    }
    out[at] = 0;
    return out;
}

static void divides_words(void **state) {
    const struct fixture *fixture = *state;
    assert_string_equal(shown(fixture, "en-US", "hyphenation"), "hy|phen|ation");
    assert_string_equal(shown(fixture, "en-GB", "partnership"), "part|ner|ship");
    assert_string_equal(shown(fixture, "en-GB", "Partnership"), "Part|ner|ship");
    assert_string_equal(shown(fixture, "en-US", "Tuesday"), "Tues|day");
    assert_string_equal(shown(fixture, "de", "Zusammenarbeit"), "Zu|sam|men|ar|beit");
    assert_string_equal(shown(fixture, "de", "geschäftsführung"), "ge|schäfts|füh|rung");
    assert_string_equal(shown(fixture, "fr", "collaboration"), "col|la|bo|ra|tion");
    assert_string_equal(shown(fixture, "fr", "développement"), "dé|ve|lop|pe|ment");
    /* Too short, or in a language without a dictionary. */
    assert_string_equal(shown(fixture, "en-GB", "into"), "into");
    assert_string_equal(shown(fixture, "pt", "responsabilidade"), "responsabilidade");
}

static void finds_the_nearest_language(void **state) {
    const struct fixture *fixture = *state;
    assert_int_equal(hyphenation_find(fixture->hyphenation, "en-GB"), 0);
    assert_int_equal(hyphenation_find(fixture->hyphenation, "en-US"), 1);
    assert_int_equal(hyphenation_find(fixture->hyphenation, "en-AU"), 0);
    assert_int_equal(hyphenation_find(fixture->hyphenation, "de-AT"), 2);
    assert_int_equal(hyphenation_find(fixture->hyphenation, "es"), -1);
    assert_int_equal(hyphenation_find(NULL, "en"), -1);
}

/* What libhyphen says of a word in the dictionary's own encoding: points by byte of the UTF-8. */
static void ask_library(HyphenDict *dictionary, const char *word, size_t length, bool *points) {
    char encoded[HYPHENATE_LIMIT + 1], hyphens[HYPHENATE_LIMIT + 8] = {0};
    size_t made = 0;
    for (size_t i = 0; i < length; i++)
        if (dictionary->utf8 || (unsigned char)word[i] < 0x80) {
            encoded[made++] = word[i];
        } else { /* ISO 8859-1 */
            encoded[made++] = (char)((word[i] & 3) << 6 | (word[i + 1] & 0x3F));
            i++;
        }
    encoded[made] = 0;
    char **replaced = NULL;
    int *positions = NULL, *cuts = NULL;
    hnj_hyphen_hyphenate2(dictionary, encoded, (int)made, hyphens, NULL, &replaced, &positions,
                          &cuts);
    for (size_t i = 0, letter = 0; i < length; i++) {
        bool ends = i + 1 == length || ((unsigned char)word[i + 1] & 0xC0) != 0x80;
        points[i] = ends && (hyphens[letter] & 1);
        letter += ends;
    }
    free(positions);
    free(cuts);
    free(replaced);
}

/* Words to try: the letters of the dictionary's own patterns, which reach its every corner. */
static size_t compare(const struct fixture *fixture, const char *lang, const char *file,
                      size_t limit) {
    struct arena arena;
    arena_init(&arena);
    size_t size;
    const char *error;
    const char *text = file_read(&arena, file, 1 << 23, &size, &error);
    assert_non_null(text);
    HyphenDict *dictionary = hnj_hyphen_load(file);
    assert_non_null(dictionary);
    int ours = hyphenation_find(fixture->hyphenation, lang);
    size_t tried = 0, step = limit ? size / limit : 1;
    for (size_t at = 0; at < size;) {
        char word[HYPHENATE_LIMIT];
        size_t length = 0;
        bool letters = true;
        size_t line = at;
        for (; at < size && text[at] != '\n'; at++) {
            unsigned char byte = (unsigned char)text[at];
            if (byte >= 'a' && byte <= 'z' && length < 60) {
                word[length++] = (char)byte;
            } else if (byte >= 0xE0 && !dictionary->utf8 && length < 60) {
                word[length++] = (char)(0xC0 | byte >> 6);
                word[length++] = (char)(0x80 | (byte & 0x3F));
            } else if (byte >= 0xC3 && dictionary->utf8 && length < 60 && at + 1 < size) {
                word[length++] = (char)byte;
                word[length++] = text[++at];
            } else if (byte != '.' && (byte < '0' || byte > '9')) {
                letters = false;
            }
        }
        at++;
        if (!letters || length < 4)
            continue;
        bool mine[HYPHENATE_LIMIT] = {0}, theirs[HYPHENATE_LIMIT] = {0};
        hyphenate_word(fixture->hyphenation, ours, word, length, mine);
        ask_library(dictionary, word, length, theirs);
        if (memcmp(mine, theirs, length) != 0)
            fail_msg("%s: %.*s is divided otherwise than by libhyphen", lang, (int)length, word);
        tried++;
        if (limit) { /* skip on to the next line after a step */
            at = line + step > at ? line + step : at;
            while (at < size && text[at - 1] != '\n')
                at++;
        }
    }
    hnj_hyphen_free(dictionary);
    arena_release(&arena);
    return tried;
}

static void agrees_with_libhyphen(void **state) {
    const struct fixture *fixture = *state;
    assert_true(compare(fixture, "en-GB", "/usr/share/hyphen/hyph_en_GB.dic", 0) > 8000);
    assert_true(compare(fixture, "en-US", "/usr/share/hyphen/hyph_en_US.dic", 0) > 7000);
    assert_true(compare(fixture, "fr", "/usr/share/hyphen/hyph_fr.dic", 0) > 1000);
    assert_true(compare(fixture, "de", "/usr/share/hyphen/hyph_de_DE.dic", 20000) > 15000);
}

static int open_fixture(void **state) {
    *state = fixture_open();
    return 0;
}

static int close_fixture(void **state) {
    fixture_close(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(divides_words),
        cmocka_unit_test(finds_the_nearest_language),
        cmocka_unit_test(agrees_with_libhyphen),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
