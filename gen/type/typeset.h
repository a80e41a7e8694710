/* Typesetting: a paragraph's inline items to lines. Shaping with HarfBuzz, line break
 * opportunities from ICU (UAX #14), hyphenation from libhyphen, bidi from FriBidi (UAX #9), lines
 * chosen over the whole paragraph (Knuth & Plass, "Breaking Paragraphs into Lines", 1981).
 *
 * One typesetter a worker thread: it holds the shaping cache, buffers and iterators. Glyph runs
 * live as long as the typesetter; lines live in the arena given. No cache hit or miss changes the
 * result. */
#ifndef TANDEM_TYPE_TYPESET_H
#define TANDEM_TYPE_TYPESET_H

#include "type/font.h"

struct hyphenation; /* dictionaries, loaded once before threads start */
struct hyphenation *hyphenation_open(struct arena *run, const char *const *languages, size_t count);
void hyphenation_close(struct hyphenation *hyphenation);

struct typesetter;
/* `hyphenation` may be NULL. */
struct typesetter *typesetter_new(const struct fonts *fonts, const struct hyphenation *hyphenation);
/* One that also knows the words of an elder one: that must outlive it, and sets nothing any more. */
struct typesetter *typesetter_new_beside(const struct typesetter *elder);
void typesetter_free(struct typesetter *typesetter);
/* Forgets the cache if it has grown beyond a bound: between two jobs, for all glyph runs die. So a
 * worker's memory stays flat however many participants it sets. */
void typesetter_trim(struct typesetter *typesetter);

/* A stretch of a line with one style, from one inline item (text), or one other item. */
struct line_span {
    const struct inline_item *item;
    /* From the left edge of the column that width_um of the request describes: justification,
     * alignment (centre, right), first indent and hanging are in it. A quotation mark that hangs
     * in the margin has a negative x. */
    int32_t x_um;
    int32_t width_um;
    /* INLINE_TEXT, INLINE_NOTE (its mark), INLINE_PAGE_OF, INLINE_FILL (its leader: an artifact):
     * words with x_um from the same edge. All pieces of a span share one face and size, for a span
     * is split where a fallback face or smaller capitals begin. */
    const struct face *face;
    const struct text_piece *pieces;
    size_t piece_count;
    int32_t widening; /* of the glyphs in a justified line, in thousandths of their width */
};

struct line {
    const struct line_span *spans; /* in the order they are read in, as are their pieces */
    size_t count;
    int32_t width_um;   /* what is set, after justification, without trailing space or indent */
    int32_t column_um;  /* of the column that the spans' x_um count in; a lone line's is its own */
    bool right_to_left; /* so is its paragraph read */
    int32_t ascent_um, descent_um; /* of the largest style on it, from font metrics */
    bool last;                     /* ends the paragraph, or at a forced break */
    bool hyphenated;
};

/* True for a language whose script is read from right to left, such as "ar" and "he-IL", and for
 * one of any script that says so, such as "az-Arab". Its paragraphs are, whatever they hold. */
bool language_right_to_left(const char *lang);

struct paragraph_request {
    const struct inline_item *items;
    size_t count;
    const struct paragraph_style *style;
    enum line_align align;
    const char *lang; /* BCP 47, such as "en-GB" */
    int32_t width_um; /* of every line but the first */
    /* 0: as the others, less style->first_indent_um, by which the line's x is moved. Otherwise the
     * caller says where the first line stands. */
    int32_t first_width_um;
    int32_t hanging_um; /* taken off all lines but the first, and added to their x */
    bool hyphenate;
    int32_t looseness; /* lines more (or fewer) than best, if it can be done; 0 as a rule */
    /* For INLINE_PAGE_OF: the page label of a name, or NULL while unknown. */
    const char *(*page_of)(void *context, const char *name);
    void *page_context;
};

struct paragraph_lines {
    struct line *lines;
    size_t count;
    int32_t overfull_um; /* how far the worst line sticks out; 0 as a rule */
};

/* Never fails: a word wider than the line is broken between clusters as the last resort. */
struct paragraph_lines typeset_paragraph(struct typesetter *typesetter, struct arena *arena,
                                         const struct paragraph_request *request);

/* Widths that tables need: the widest unbreakable part, and the whole on one line. */
void typeset_extent(struct typesetter *typesetter, struct arena *arena,
                    const struct paragraph_request *request, int32_t *least_um, int32_t *most_um);

/* One line of one style, unbroken: for running heads, drawings, field values. */
struct line typeset_line(struct typesetter *typesetter, struct arena *arena, const char *text,
                         size_t length, const struct text_style *style, const char *lang);

#endif
