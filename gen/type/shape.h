/* Words: the shaping cache of one typesetter, with where each word may be divided.
 *
 * Units: font units in runs, bytes in offsets. Owner: the typesetter; everything here lives until
 * typesetter_trim or typesetter_free. Errors: none; characters that no face has show as the text
 * face's missing glyph. */
#ifndef TANDEM_TYPE_SHAPE_H
#define TANDEM_TYPE_SHAPE_H

#include "base/vec.h"
#include "type/hyphenate.h"
#include "type/typeset.h"

#include <unicode/ubrk.h>

/* What a style asks of shaping beside its face. */
enum {
    VARIANT_SMALL_CAPS = 1,
    VARIANT_TABULAR = 2,
    VARIANT_OLD_STYLE = 4,
    VARIANT_NO_LIGATURES = 8, /* letterspaced or fixed pitch */
    VARIANT_UPPER = 16,
};

/* A word shaped in one way: runs in logical order, one for each face and script in it. */
struct word_runs {
    struct word_runs *next;
    const struct face *face; /* asked for */
    uint8_t variant;
    bool right_to_left;
    uint32_t count;
    struct glyph_run runs[];
};

/* A place inside a word where a line may end. */
struct word_break {
    uint32_t offset; /* of the first byte on the next line */
    int32_t penalty;
    bool hyphen; /* one is put in */
};

struct text_word {
    uint64_t hash;
    const char *text;
    uint32_t length;
    uint16_t lang;                /* in typesetter->langs */
    bool has_breaks, has_hyphens; /* looked for already */
    struct word_runs *runs;
    const struct word_break *breaks, *hyphens; /* ascending; never the same offset */
    uint32_t break_count, hyphen_count;
};

struct lang {
    const char *text;
    hb_language_t hb;
    int dictionary; /* for hyphenate_word, or -1 */
};

/* How HarfBuzz shapes with a face, for text of one kind. */
struct shape_plan {
    const struct face *face;
    hb_script_t script;
    uint16_t lang; /* in typesetter->langs */
    uint8_t variant;
    bool right_to_left;
    hb_shape_plan_t *hb;
};

struct typesetter {
    const struct fonts *fonts;
    const struct hyphenation *hyphenation;
    const struct typesetter *elder; /* whose words are known too, or NULL */
    struct arena cache;             /* words and runs */
    size_t cache_first;             /* its size after the first job; 0 until then */
    struct arena scratch;           /* one call */
    struct arena held;              /* as long as the typesetter */
    hb_buffer_t *buffer;
    UBreakIterator *line_breaks; /* opened when first needed */
    struct text_word **words;    /* open addressing */
    size_t word_room, word_count;
    VEC(struct lang) langs;
    VEC(struct shape_plan) plans;
    int32_t *space_units; /* a word space's advance by face, -1: not looked up yet */
};

uint16_t typesetter_lang(struct typesetter *typesetter, const char *lang);

/* The word's entry, made if it is new; `text` is copied. */
struct text_word *word_find(struct typesetter *typesetter, const char *text, uint32_t length,
                            uint16_t lang);
const struct word_runs *word_shape(struct typesetter *typesetter, struct text_word *word,
                                   const struct face *face, uint8_t variant, bool right_to_left);
/* True for characters that belong to the one before: marks, joined emoji, variation selectors. */
bool text_extends(uint32_t code, uint32_t before);
uint8_t style_variant(const struct text_style *style);
int32_t space_units(struct typesetter *typesetter, const struct face *face);

/* Fills word->breaks: UAX #14 by ICU, and further places in addresses. */
void word_find_breaks(struct typesetter *typesetter, struct text_word *word);
/* Fills word->hyphens. */
void word_find_hyphens(struct typesetter *typesetter, struct text_word *word);

#endif
