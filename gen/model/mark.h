/* Marks: what stands where on each page, after layout. Read by writers, dumped for tests.
 * Owner: the job arena; glyph runs belong to the worker's shaping cache.
 *
 * Origin: the page's top left corner, y down, micrometres. */
#ifndef TANDEM_MODEL_MARK_H
#define TANDEM_MODEL_MARK_H

#include "model/flow.h"
#include "model/vector.h"

struct face; /* type/font.h */

struct glyph {
    uint16_t id;
    int16_t x_offset, y_offset; /* font units */
    int32_t advance;            /* font units, kerning included */
    uint32_t cluster;           /* byte offset of its text in the run's */
};

/* A shaped word or space: immutable, shared. */
struct glyph_run {
    const struct face *face;
    const struct glyph *glyphs; /* in visual order */
    uint32_t count;
    int32_t width;  /* font units */
    uint16_t units; /* of the font, per em */
    bool right_to_left;
    bool missing;     /* the face, the last that was asked, lacks one of its characters */
    bool small;       /* capitals in place of small letters, of a smaller size */
    const char *text; /* what it stands for */
    uint32_t length;
};

enum { SMALL_CAPITALS_PERCENT = 80 };

/* The size of a run's glyphs in text of a size. */
static inline int32_t run_size_cpt(const struct glyph_run *run, int32_t size_cpt) {
    return run->small ? size_cpt * SMALL_CAPITALS_PERCENT / 100 : size_cpt;
}

struct text_piece {
    const struct glyph_run *run;
    int32_t x_um;
    bool space_before; /* a word space lies between this piece and the one before */
    bool hyphen;       /* put in by hyphenation: not part of the text */
};

/* A text of a drawing: set at VECTOR_WORDS_CPT, to be scaled. */
enum { VECTOR_WORDS_CPT = 1000 };
struct vector_words {
    const struct text_piece *pieces;
    size_t count;
    double x, y;           /* of the baseline's start, before the text's matrix */
    double scale, stretch; /* from points to the text's units; of the width alone */
    int32_t tracking_cpt;
};

enum mark_kind {
    MARK_TEXT,
    MARK_RECT,
    MARK_LINE,
    MARK_PATH,
    MARK_IMAGE,
    MARK_FIELD,
    MARK_LINK,
    MARK_CODE
};

struct path_step {
    enum path_op op;
    int32_t x[3], y[3]; /* CURVE: two control points and the end */
};

struct mark {
    enum mark_kind kind;
    uint32_t element; /* index in layout->elements; 0: artifact */
    const char *lang; /* or NULL: the document's */
    /* TEXT: x of the column's left edge, from which the pieces' x count; y of the baseline; the
     * text ends at x + width */
    int32_t x_um, y_um, width_um, height_um;
    uint32_t fill, stroke; /* or COLOUR_NONE */
    int32_t weight_um, dash_um, radius_um;
    /* TEXT */
    const struct text_piece *pieces; /* in the order they are read in */
    size_t count;                    /* of pieces; PATH: of steps */
    int32_t size_cpt, tracking_cpt;
    int32_t widening; /* of the glyphs, in thousandths of their width; below 0 they are narrower */
    bool line_end;    /* the last of its line, and the paragraph goes on: a word space follows */
    /* LINE: to */
    int32_t to_x_um, to_y_um;
    /* PATH */
    const struct path_step *steps;
    /* IMAGE; of a drawing its texts as set, by their index: x and y, and the matrix's units, are
     * the drawing's */
    const struct image *image;
    const struct vector_words *words;
    /* FIELD: the box; its value has been set as TEXT marks of its own, of the same element. A
     * field too tall for one page has a box on each */
    const struct field *field;
    /* LINK: "https://…" or a destination's name without # */
    const char *url;
    bool internal;
    /* CODE: what the QR code over the box says, its quiet zone not counted */
    const char *code;
};

struct page {
    const struct paper *paper;
    const char *label; /* as printed and in the reader's page box: "iv", "12" */
    struct mark *body; /* of the text: same bytes for everyone with the same text */
    size_t body_count;
    struct mark *furniture; /* running heads, page numbers: artifacts, element 0 */
    size_t furniture_count;
};

struct element {
    enum role role;
    uint32_t parent; /* 0 for the document, which is element 1 */
    const char *lang, *alt, *title;
    const char *expansion; /* what an abbreviation stands for, or NULL */
    int32_t span;          /* TH, TD */
    bool row_header;       /* TH: scope Row, else Column */
};

struct outline_entry {
    const char *title;
    int32_t level; /* from 1 */
    size_t page;   /* from 0 */
    int32_t y_um;
};

struct destination {
    const char *name;
    size_t page;
    int32_t x_um, y_um;
};

struct layout {
    const char *title, *author, *language; /* document information */
    bool right_to_left;                    /* pages are turned from left to right */
    const struct text_style *answer;       /* what is typed into a form is set in, or NULL */
    struct page *pages;
    size_t page_count;
    struct element *elements; /* [0] is unused, [1] the Document; parents before children */
    size_t element_count;
    struct outline_entry *outline;
    size_t outline_count;
    struct destination *destinations; /* sorted by name */
    size_t destination_count;
};

/* One mark a line, lengths in hundredths of a millimetre, text as words: the `.page` goldens. */
void layout_dump(const struct layout *layout, FILE *out);

#endif
