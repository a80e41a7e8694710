/* A paragraph to set, and its lines as words. */
#ifndef TANDEM_TEST_PARAGRAPH_FIXTURE_H
#define TANDEM_TEST_PARAGRAPH_FIXTURE_H

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

static inline struct inline_item text_item(const char *text) {
    return (struct inline_item){
        .kind = INLINE_TEXT, .style = &body.text, .text = text, .length = strlen(text)};
}

static inline struct paragraph_request request_of(const struct inline_item *items, size_t count,
                                                  int32_t width_um) {
    return (struct paragraph_request){.items = items,
                                      .count = count,
                                      .style = &body,
                                      .align = LINE_JUSTIFY,
                                      .lang = "en-GB",
                                      .width_um = width_um,
                                      .hyphenate = true};
}

static inline struct paragraph_lines set(struct fixture *fixture,
                                         const struct paragraph_request *request) {
    return typeset_paragraph(fixture->typesetter, &fixture->job, request);
}

/* The words of a line as they read, with "-" where a hyphen was put in. */
static inline const char *words_of(struct fixture *fixture, const struct line *line) {
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

#endif
