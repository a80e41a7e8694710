/* Glyphs in use and what they stand for.
 *
 * A glyph may stand for different texts: "T" for T and, set in capitals, for t; a hyphen for itself
 * and for one that hyphenation put in. Each text of a glyph is a use; the first of a glyph's uses
 * goes into the face's own font, the second into a variant that differs by its ToUnicode map alone,
 * and so on, so that every reader extracts the right text without knowing of ActualText.
 *
 * Owner: the set's arena; texts are copied. Errors: none. */
#ifndef TANDEM_WRITE_PDF_GLYPH_H
#define TANDEM_WRITE_PDF_GLYPH_H

#include "base/vec.h"
#include "type/font.h"

struct glyph_use {
    struct glyph_use *next; /* another text of the same glyph */
    const char *text;       /* UTF-8, never empty */
    uint32_t length;
    uint16_t glyph;
    bool nominal;  /* the font's cmap gives this glyph for this text */
    int32_t width; /* millionths of an em, as the file's W array has it */
    /* Set by glyph_set_freeze, and code by pdf_fonts_make: */
    uint8_t variant;
    uint16_t code; /* in strings of the content */
};

struct face_use {
    const struct face *face;
    struct glyph_use **by_glyph; /* NULL until the face is used */
    size_t room;
    uint8_t variants;
    VEC(uint16_t) glyphs; /* used ones; sorted once frozen */
};

struct glyph_set {
    struct arena *arena;
    const struct fonts *fonts;
    struct face_use *faces; /* by face->index */
};

void glyph_set_init(struct glyph_set *set, struct arena *arena, const struct fonts *fonts);
void glyph_set_add(struct glyph_set *set, const struct face *face, uint16_t glyph, const char *text,
                   size_t length);
/* Adds all of another set of the same fonts. */
void glyph_set_add_all(struct glyph_set *set, const struct glyph_set *others);
/* NULL if this glyph is not in the set with this text. */
const struct glyph_use *glyph_set_find(const struct glyph_set *set, const struct face *face,
                                       uint16_t glyph, const char *text, size_t length);
/* Settles variants, in an order that does not depend on the order of adding: texts that the font's
 * cmap confirms first, then shorter ones, then by bytes. */
void glyph_set_freeze(struct glyph_set *set);

/* What a glyph of a run stands for. */
struct glyph_meaning {
    const char *text; /* NULL: nothing to show or read, such as a soft hyphen inside a line */
    uint32_t length;
    uint32_t span;         /* not 0: this and the following glyphs stand together for… */
    const char *span_text; /* …this */
    uint32_t span_length;
};

/* Fills run->count meanings from the run's clusters. `hyphen`: put in by hyphenation. */
void glyph_run_meanings(const struct glyph_run *run, bool hyphen, struct glyph_meaning *meanings);

#endif
