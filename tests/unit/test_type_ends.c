/* Where lines end: names of hosts, the last line. */
#include "type_fixture.h"

static const char prose[] =
    "At ten past eight Ines finds that Tuesday has come apart. The bank has moved its visit to "
    "eleven. At eleven Daniel is to hand out the long-service awards in the warehouse, where "
    "eleven people have put on a clean shirt. She could ask him which to keep. Instead she looks "
    "at what each of them is for. The bank wants to see the new cold store, and the cold store is "
    "next to the warehouse. So at 10.45 the bankers arrive, put on hairnets, and watch a managing "
    "director shake the hand of a man who has driven for the company for thirty years. Then they "
    "see the cold store.";

static const struct paragraph_style body = {
    .text = {.family = FAMILY_TEXT, .size_cpt = 1050}, .align = LINE_JUSTIFY, .hyphenate = true};

static struct inline_item text_item(const char *text) {
    return (struct inline_item){
        .kind = INLINE_TEXT, .style = &body.text, .text = text, .length = strlen(text)};
}

static struct paragraph_request request_of(const struct inline_item *items, size_t count,
                                           int32_t width_um) {
    return (struct paragraph_request){.items = items,
                                      .count = count,
                                      .style = &body,
                                      .align = LINE_JUSTIFY,
                                      .lang = "en-GB",
                                      .width_um = width_um,
                                      .hyphenate = true};
}

static struct paragraph_lines set(struct fixture *fixture,
                                  const struct paragraph_request *request) {
    return typeset_paragraph(fixture->typesetter, &fixture->job, request);
}

/* The words of a line as they read. */
static const char *words_of(struct fixture *fixture, const struct line *line) {
    char *out = arena_alloc(&fixture->job, 4096);
    size_t at = 0;
    for (size_t s = 0; s < line->count; s++)
        for (size_t p = 0; p < line->spans[s].piece_count; p++) {
            const struct text_piece *piece = &line->spans[s].pieces[p];
            if (piece->space_before)
                out[at++] = ' ';
            memcpy(out + at, piece->run->text, piece->run->length);
            at += piece->run->length;
        }
    return out;
}

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
