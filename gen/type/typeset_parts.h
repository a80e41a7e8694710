/* What typesetting is made of: a paragraph's atoms, and the steps from items to lines.
 *
 * For gen/type/typeset*.c only. Units: nanometres inside, so that rounding to micrometres happens
 * once, in the finished line. Owner: all of it lives in the typesetter's scratch arena, but for
 * finished lines. */
#ifndef TANDEM_TYPE_TYPESET_PARTS_H
#define TANDEM_TYPE_TYPESET_PARTS_H

#include "type/knuth_plass.h"
#include "type/shape.h"

enum { NM_PER_UM = 1000 };

/* How an item's text is set. */
struct look {
    const struct face *face;
    uint8_t variant;
    uint16_t lang;
    int32_t size_cpt;
    int64_t tracking_nm;
    int64_t space_nm; /* a word space, tracking included */
};

enum atom_kind {
    ATOM_TEXT,   /* a run: a word, or part of one */
    ATOM_SPACE,  /* a word space, or INLINE_SPACE */
    ATOM_OBJECT, /* a gap, field or filler */
    ATOM_END,    /* a forced break; the last atom is one */
};

struct atom {
    enum atom_kind kind;
    uint8_t level;  /* of bidi embedding */
    bool breakable; /* SPACE: a line may end here */
    bool elastic;   /* SPACE: stretches in justified lines */
    bool wide;      /* TEXT: one ideograph, kana or their punctuation: stretches behind it */
    const struct inline_item *item;
    const struct look *look;
    const struct glyph_run *run; /* TEXT */
    uint32_t start, end;         /* in the text of its chunk */
    int64_t width_nm;
};

/* Atoms without a space between them: what UAX #14 looks at as one word. */
struct chunk {
    uint32_t first, end;    /* atoms */
    struct text_word *word; /* their whole text, objects as U+FFFC */
    int64_t width_nm;
};

struct setting {
    struct typesetter *typesetter;
    struct arena *scratch; /* the typesetter's */
    const struct paragraph_request *request;
    VEC(struct atom) atoms;
    VEC(struct chunk) chunks;
    VEC(struct breakpoint) breaks;
    const uint8_t *levels; /* by byte of all texts joined; NULL if all is left to right */
    uint8_t base_level;
    bool has_wide;     /* ideographs or kana: they give, and other glyphs do not */
    int64_t widest_nm; /* of the parts between two breaks in `breaks` */
};

/* Lengths of a run in a look, or of a part of it. */
int64_t units_to_nm(int64_t units, uint16_t units_per_em, int32_t size_cpt);
int64_t run_width(const struct glyph_run *run, const struct look *look);

/* Widths of lines. */
static inline int64_t first_width_nm(const struct paragraph_request *request) {
    int32_t um = request->first_width_um ? request->first_width_um
                                         : request->width_um - request->style->first_indent_um;
    return (int64_t)um * NM_PER_UM;
}
static inline int64_t other_width_nm(const struct paragraph_request *request) {
    return (int64_t)(request->width_um - request->hanging_um) * NM_PER_UM;
}

/* Code in a line: its spaces are all alike, and no hyphen is put into it. */
static inline bool atom_is_code(const struct atom *atom) {
    return atom->item && atom->item->role == ROLE_CODE;
}

/* What a wide character gives behind it in a justified line, beside what a word space gives. */
static inline int64_t wide_stretch_nm(const struct atom *atom) {
    return atom->wide ? atom->width_nm / 12 : 0;
}

/* How much glyphs are made wider or narrower at most to even the spaces of justified lines: so
 * little that nobody sees it (Zapf, "About micro-typography and the hz-program", 1993; pdfTeX's
 * font expansion allows as much by custom). In thousandths. */
enum { WIDENING_LIMIT = 20 };

/* The width of a text's glyphs that may be widened: not of code, whose columns tell something. */
static inline bool atom_widens(const struct setting *setting, const struct atom *atom) {
    return setting->request->align == LINE_JUSTIFY && !setting->has_wide && !setting->levels &&
           atom->kind == ATOM_TEXT && !atom_is_code(atom);
}

/* How far a space can shrink. */
int64_t space_shrink(const struct atom *atom);

/* Levels of each byte of `text` by UAX #9, in `scratch`, with the paragraph's level; NULL, without
 * work, if nothing in it is written from right to left. `turned`: the paragraph is, by its
 * language, even if nothing in it is; otherwise its first strong letter decides (rule P2). */
const uint8_t *bidi_levels(struct arena *scratch, const char *text, size_t length, bool turned,
                           uint8_t *base_level);
/* The order in which `count` pieces with those levels stand on a line (UAX #9, rule L2). */
void bidi_reorder(const uint8_t *levels, size_t count, uint32_t *order);

/* Items to atoms and chunks. */
void setting_add_items(struct setting *setting);
/* Atoms to breakpoints: with hyphenation, and with breaks of last resort, or without. */
void setting_find_breaks(struct setting *setting, bool hyphens, bool resort);
/* The line between two breakpoints, in `arena`; `first` of its paragraph or not. `overfull_um` is
 * raised by how far it sticks out. */
struct line setting_make_line(struct setting *setting, struct arena *arena,
                              const struct breakpoint *start, const struct breakpoint *end,
                              bool first, int32_t *overfull_um);

#endif
