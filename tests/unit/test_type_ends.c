/* Where lines end: names of hosts, the last line. */
#include "paragraph_fixture.h"

/* Short hosts stay whole wherever the line ends, if they fit; paths do not. */
static void keeps_short_hosts(void **state) {
    struct fixture *fixture = *state;
    static const char *const texts[] = {"words and more words, see https://tfe.org for others",
                                        "words and more words, see https://www.tfe.org/one for it",
                                        "words and more words, ask ines@works.example.org for it",
                                        "words and more words, see www.tfe.co.uk/about for others"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        for (int32_t width_um = 42000; width_um < 70000; width_um += 700) {
            struct inline_item item = text_item(texts[t]);
            struct paragraph_request request = request_of(&item, 1, width_um);
            struct paragraph_lines lines = set(fixture, &request);
            for (size_t i = 0; i + 1 < lines.count; i++) {
                const char *words = words_of(fixture, &lines.lines[i]);
                assert_int_not_equal(words[strlen(words) - 1], '.');
            }
        }
}

/* The last line is not the rest of a word alone, where that can be helped. */
static void ends_with_whole_words(void **state) {
    struct fixture *fixture = *state;
    struct inline_item item = text_item(prose);
    for (int32_t width_um = 60000; width_um < 150000; width_um += 700) {
        struct paragraph_request request = request_of(&item, 1, width_um);
        struct paragraph_lines lines = set(fixture, &request);
        if (lines.count > 1 && lines.lines[lines.count - 2].hyphenated)
            assert_true(lines.lines[lines.count - 1].width_um > width_um / 6);
    }
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
        cmocka_unit_test(keeps_short_hosts),
        cmocka_unit_test(ends_with_whole_words),
    };
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
