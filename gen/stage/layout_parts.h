/* What layout is made of: the vertical list a flow is measured into, and the steps on it.
 *
 * Stage: lay out, second half; for gen/stage/layout*.c only. Units: micrometres; a mark on the list
 * has x from its column's left edge and y from its slice's top (a path's steps from the mark's own
 * place) until layout_page.c sets it on a page. Owner: lists live in `scratch`, what marks point to
 * in `job`. Errors: see stage/layout.h. */
#ifndef TANDEM_STAGE_LAYOUT_PARTS_H
#define TANDEM_STAGE_LAYOUT_PARTS_H

#include "base/map.h"
#include "base/vec.h"
#include "stage/layout.h"

/* Penalties of breaking a page before a slice. They add up, so that a lesser evil can be told
 * from a greater one when nothing good fits. A page's emptiness costs up to PAGE_COST. */
enum {
    PENALTY_NEXT = 10000000, /* parts a heading or prompt from what it introduces */
    PENALTY_KEEP = 1000000,  /* tears what fits a page by itself */
    PENALTY_SINGLE = 300000, /* a paragraph's first or last line alone */
    PENALTY_COLON = 6000,    /* parts a sentence that ends in a colon from what it announces */
    PENALTY_TALL = 2500,     /* tears what is taller than a page anyway */
    PENALTY_SUMMARY = 1200,  /* parts a figure from the table it comes from */
    PENALTY_PANEL = 700,     /* tears a text beside a bar that takes two fifths of a page or more */
    PENALTY_EDGE = 600,      /* a table's first or last row alone; two, three rows by halves */
    PENALTY_TABLE = 700,     /* tears a table that fits a page, the smaller it is the more */
    PENALTY_LEAD = 400,      /* leaves a heading with a single line at a page's foot */
    PENALTY_HYPHEN = 150,
    PENALTY_LINE = 60, /* inside a paragraph */
    PENALTY_ROW = 15,
    PAGE_COST = 10000,
};

/* A part of the flow that pages are never broken inside: a line, a row, a drawing. */
struct slice {
    const struct flow *node;
    int32_t space_um; /* above it; dropped at a page's top */
    int32_t fixed_um; /* what of the space was asked for by FLOW_SPACE */
    int32_t stretch;  /* weight of the space when a page is filled */
    int32_t height_um;
    int32_t baseline_um; /* the first one, from the top; -1: no text */
    int32_t penalty;
    enum break_kind force;
    bool full_page, furniture_off;
    bool on_grid;               /* its baseline stands on a line of the page's grid */
    int32_t grow_um, grow_most; /* lines to write on: so many more may follow, so far apart */
    int32_t grown;              /* that did, once its page is set; height_um counts them */
    uint32_t first_mark, mark_count;
    uint32_t first_part, part_count;
    uint32_t frame;     /* the innermost one open, or 0 */
    uint32_t notes_end; /* slices of the notes' list that belong to this one and those before */
    int32_t y_um;       /* while slices are stacked */
};

/* What goes along several slices: a box behind them, a field over them, a table's repeated head.
 * Split over pages, each page has its part. Numbered outside in, so that the order of frames is the
 * order of painting. */
enum frame_kind { FRAME_BOX, FRAME_FIELD, FRAME_TABLE };
struct frame {
    enum frame_kind kind;
    uint32_t parent;
    uint32_t first, end; /* slices of its list; end 0 while open */
    int32_t x_um, width_um;
    int32_t pad_top_um, pad_bottom_um; /* repeated where a page break goes through */
    const struct box_style *box;       /* BOX, or NULL */
    uint32_t ground;                   /* BOX without a style: plain colour */
    bool bleed;                        /* covers the whole paper */
    bool stacked;                      /* has become a part of a larger slice */
    const struct field *field;
    uint32_t element;
    uint32_t head_first, head_count; /* TABLE: slices repeated */
    int32_t head_um;
    uint32_t page, extent; /* while pages are set */
};

/* A frame's extent inside a slice that was stacked from smaller ones. */
struct part {
    uint32_t frame;
    int32_t top_um, bottom_um;
};

struct list {
    VEC(struct slice) slices;
    VEC(struct mark) marks;
    VEC(struct part) parts;
    /* What the next slice takes up. */
    struct ready {
        int32_t space_um, fixed_um, stretch, keep;
        bool at_top; /* of a box or cell: space between siblings is dropped */
        enum break_kind force;
        bool full_page, furniture_off;
    } ready;
};

/* A place that can be pointed to, or a heading for outline and contents. */
struct place {
    const char *name;           /* never NULL: headings without one are named "~1", "~2" … */
    const char *title, *number; /* or NULL */
    int32_t level;
    uint32_t slice; /* of the body */
    int32_t x_um, y_um;
    size_t page; /* known after breaking */
};

/* A page number in the contents, set once pages are known: the mark of its leader, then its own. */
struct late_label {
    uint32_t mark;
    const char *name;
    const struct text_style *style;
    int32_t left_um, right_um;
};

struct reference_use {
    const char *name;
    const struct flow *node;
    bool page; /* its number is printed, not only linked to */
};

struct page_plan {
    uint32_t first, end;           /* slices of the body */
    uint32_t note_first, note_end; /* slices of the notes */
    bool full, bleed, furniture_off, blank;
    size_t number, beyond; /* the page's in order; the how manieth after it that has none */
    bool filled;           /* spaces are stretched to the bottom if that takes little */
    const char *label;
};

/* A paragraph with lines wider than it may be. */
struct overfull {
    const struct flow *node;
    int32_t over_um;
};

/* A word with characters that no face has. */
struct lacking {
    const struct flow *node;
    const struct glyph_run *run;
};

/* A style's ascent and descent. */
struct text_metrics {
    uint8_t family, face;
    int32_t size_cpt;
    int32_t ascent_um, descent_um;
};

/* The structure element of an inline group. */
struct group_element {
    uint16_t group;
    uint32_t element;
};

/* An answer whose box has no room for all of it. */
struct continued {
    const struct field *field;
    const char *rest;       /* of its value */
    const char *name, *box; /* places: of the rest, and of the box */
};

/* One pass over one flow. */
struct lay {
    struct typesetter *typesetter;
    struct arena *job, *scratch;
    struct diag *diag;
    const struct edition *edition;
    const struct flow *flow; /* the whole */
    const struct theme *theme;
    const struct paper *paper;
    int32_t column_um, area_um; /* of the text on a page */
    int32_t grid_um,
        grid_from_um; /* the grid's step, 0: none; its first line below the area's top */

    struct list body, notes;
    struct list *list;        /* the one being measured into */
    VEC(struct frame) frames; /* [0] is unused */
    VEC(struct element) elements;
    VEC(struct place) places;
    VEC(struct late_label) late;
    VEC(struct reference_use) uses; /* of names, to be checked once all are known */
    VEC(struct page_plan) plans;
    VEC(struct text_metrics) metrics;
    size_t headings; /* without an anchor, counted so far */

    VEC(struct group_element) groups; /* of the paragraph being set, from group_base on */
    size_t group_base;
    VEC(const struct inline_item *) note_queue;

    uint32_t frame;   /* innermost open */
    uint32_t element; /* that marks belong to */
    const char *lang;
    int32_t limit_um; /* the tallest a slice may be here */
    bool in_full;     /* on a page of its own: FLOW_SPACE is never dropped */

    struct map *labels;              /* name → label in the last pass, or NULL in the first */
    struct map *widest;              /* name → widest label any pass has seen */
    uint32_t contents_end;           /* the slice after the contents, or 0 */
    size_t front_pages;              /* labelled in roman */
    size_t beyond;                   /* pages so far that stand between two of the blank edition */
    bool reserve;                    /* page references keep the widest label's room */
    VEC(struct overfull) overfull;   /* of this pass: reported once it is the last */
    VEC(struct lacking) lacking;     /* likewise */
    VEC(struct continued) continued; /* in the order of their boxes */
    const struct flow *appendix;     /* that holds the rests: the last pass's, until it is made */
    const char *code;                /* what the sheets' QR code says, once it is needed */
    bool headed;                     /* a heading stands above what is measured next */
    bool has_fields;                 /* something can be filled in: sheets may come back */
    bool mirrored; /* read from right to left: all is measured as its mirror image */
};

/* ---- the list (layout_list.c) ---- */

/* Adds a slice with what the list holds ready for it. */
struct slice *slice_new(struct lay *lay, const struct flow *node, int32_t height_um);
/* Adds a mark to the last slice; element and language as they are now. */
struct mark *mark_new(struct lay *lay, enum mark_kind kind);
struct mark *mark_line(struct lay *lay, int32_t x_um, int32_t y_um, int32_t to_x_um,
                       int32_t to_y_um, uint32_t colour, int32_t weight_um);
void mark_move(struct mark *mark, int32_t x_um, int32_t y_um);
uint32_t frame_open(struct lay *lay, enum frame_kind kind, int32_t x_um, int32_t width_um);
void frame_close(struct lay *lay, uint32_t frame);
/* Moves what stands on a slice down in it. */
void slice_move(struct list *list, const struct slice *slice, int32_t down_um);
/* Makes page breaks between the slices from `first` on as bad as keep_together asks for; not quite
 * so bad in a `panel` that takes much of a page. */
void slices_keep(struct lay *lay, uint32_t first, bool panel);
/* Height of the slices [from, end) with the spaces between them. */
int32_t slices_height(const struct list *list, uint32_t from, uint32_t end);

/* Content that stands beside other content: begun, measured, then stacked into one slice. */
struct side {
    uint32_t slice, mark, part, frame, place; /* the first ones */
    uint32_t end, mark_end, part_end, frame_end, place_end;
    struct ready ready; /* the list's, for what comes after */
};
struct side side_begin(struct lay *lay);
void side_end(struct lay *lay, struct side *side);
/* Sets the side's slices below one another from y_um on, in the coordinates of the slice to come;
 * returns the first baseline, -1 without text. The caller cuts the list and adds that slice. */
int32_t side_stack(struct lay *lay, const struct side *side, int32_t y_um);
/* Puts one slice in place of all since `from` was begun, holding their marks and parts. */
struct slice *slices_join(struct lay *lay, const struct flow *node, const struct side *from,
                          int32_t height_um);
/* Gives a stacked side to the slice after it, as a label beside it; false if there is none. */
bool side_join_next(struct lay *lay, const struct side *side, int32_t baseline_um);

/* Sides next to one another. Where they do not fit a page even alone, they go on side by side
 * over the next. */
struct abreast {
    struct side *sides;
    size_t count;
    enum vertical_align *vertical; /* of each */
    int32_t pad_um;                /* above and below */
    int32_t least_um;              /* height */
    bool flow;                     /* columns of flow, whose first lines need not agree */
};
/* Stacks them into slices after `start` (which was begun before all of them). */
void abreast_set(struct lay *lay, const struct flow *node, const struct side *start,
                 const struct abreast *abreast);

/* What the sides need, baselines that agree included; and how far one of them is moved down where
 * all have `height_um` (layout_align.c). */
int32_t abreast_height(const struct lay *lay, const struct abreast *abreast);
int32_t side_down(const struct lay *lay, const struct abreast *abreast, size_t index,
                  int32_t height_um);

/* Flow in columns is made level before it is set side by side (layout_level.c): rows of fields;
 * lines to write on and buttons below prompts of different lengths; boxes, which reach down to the
 * end of the tallest beside them. */
void level_rows(struct lay *lay, const struct side *sides, size_t count);
void level_answers(struct lay *lay, const struct side *sides, size_t count);
void level_boxes(struct lay *lay, const struct side *sides, size_t count,
                 const enum vertical_align *vertical);

/* Of what sticks out since the first `from`, the widest alone is to be reported. */
void keep_widest(struct lay *lay, size_t from);

/* ---- measuring (layout_measure.c) ---- */

/* Measures a node and all below at x_um, width_um of its column. */
void measure_node(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
void measure_children(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
/* Widths a node needs: of its widest unbreakable part, and with every paragraph on one line. */
void measure_extent(struct lay *lay, const struct flow *node, int32_t *least_um, int32_t *most_um);
/* A structure element below the current one; 0 inside an artifact. */
uint32_t element_new(struct lay *lay, enum role role, const char *alt);
/* Of one node in its column: FRACTION counts ten-thousandths; AUTO is all of it. */
int32_t width_inside(struct width width, int32_t room_um);

/* ---- text (layout_text.c) ---- */

struct text_metrics text_metrics(struct lay *lay, const struct text_style *style);
void measure_paragraph(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
struct paragraph_request paragraph_request(struct lay *lay, const struct flow *node,
                                           int32_t width_um);
/* The same of code, whose lines are those of the source (layout_listing.c). */
void measure_listing(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
/* The lines of a paragraph as slices of the list. */
void set_lines(struct lay *lay, const struct flow *node, struct paragraph_lines lines, int32_t x_um,
               int32_t leading_um, const struct text_style *style);
/* A line as marks of the last slice, its left edge at x_um. `style` is that of a line made by
 * typeset_line; NULL: each item has its own. */
void set_text_line(struct lay *lay, const struct line *line, const struct text_style *style,
                   int32_t x_um, int32_t baseline_um);
/* In a mirrored document a line as its mirror image, each span set as ever but where the mirror
 * shows it; else the line itself (layout_mirror.c). */
struct line line_mirrored(struct lay *lay, const struct line *line);
/* One line in a style, shrunk to fit `width_um` down to `least_percent` (0: without end); false and
 * nothing set if it does not fit even so. `anchor` says what x_um is. */
bool set_short_text(struct lay *lay, const char *text, const struct text_style *style, int32_t x_um,
                    int32_t baseline_um, int32_t width_um, int32_t least_percent,
                    enum text_anchor anchor);
/* Reports the characters that no face has, once for each node (layout_lacking.c). */
void report_lacking(const struct lay *lay);
/* Distance of the baseline from the top of a line that is `leading_um` high. */
int32_t text_baseline(struct lay *lay, const struct text_style *style, int32_t leading_um);

/* ---- fields (layout_field.c) ---- */

static inline bool is_button(const struct field *field) {
    return field->kind == FIELD_CHECK || field->kind == FIELD_RADIO;
}

void measure_lines(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
void measure_field(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
/* A field's box with its value, on the last slice. */
void set_field(struct lay *lay, const struct field *field, const struct text_style *style,
               int32_t x_um, int32_t y_um, int32_t width_um, int32_t height_um);

/* Leaves all but the first `shown` lines of a field's answer to the appendix; what stands below its
 * box says where. To be called before the box's first slice (layout_appendix.c). */
const struct flow *continue_field(struct lay *lay, const struct flow *node,
                                  const struct paragraph_lines *lines, size_t shown, int32_t x_um);
/* What fields could not hold, on pages of its own, if there is any. */
void measure_appendix(struct lay *lay);

/* ---- tables (layout_table.c, layout_columns.c) ---- */

void measure_table(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
/* Columns a cell stands over, those that exist. */
int32_t cell_span(const struct flow *cell, size_t column, size_t count);
/* x and width of each column, inside a table that begins at x_um. */
void table_columns(struct lay *lay, const struct flow *table, const int32_t *tails, int32_t x_um,
                   int32_t width_um, int32_t *x, int32_t *width);
/* What figures of a column have after their units at most, a column; 0: they need no aligning
 * (layout_decimal.c). */
const int32_t *decimal_tails(struct lay *lay, const struct flow *table);
/* The same of one cell; -1 if it holds no figure. */
int32_t decimal_tail_um(struct lay *lay, const struct flow *cell);
void measure_columns(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);

/* ---- drawings, pictures (layout_drawing.c) ---- */

void measure_drawing(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
void measure_image(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
/* A picture's natural width. */
/* A drawing's texts as set, by their index; NULL for other pictures. */
const struct vector_words *picture_words(struct lay *lay, const struct image *image);
int32_t image_width_um(const struct flow *node);

/* ---- contents (layout_contents.c) ---- */

void measure_contents(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
/* The index (layout_index.c). */
void measure_index(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um);
/* Fills in the page numbers of the contents. */
void contents_labels(struct lay *lay);

/* ---- down a page (layout_walk.c) ---- */

/* The top of a slice below one that ends at end_um, all spaces being as they are, or `first` on its
 * page; both from the top of the text area. */
int32_t walk_top_um(const struct lay *lay, int32_t end_um, const struct slice *slice, bool first);
/* The foot of a page's slices [first, end). */
int32_t walk_page_um(const struct lay *lay, uint32_t first, uint32_t end);
/* What a length has in whole steps of the grid; without one, all of it. */
int32_t walk_steps_um(const struct lay *lay, int32_t length_um);
/* How much a slice's space may grow to fill a page, and shrink to save one; whole steps. */
int32_t slice_give_um(const struct lay *lay, const struct slice *slice);
int32_t slice_take_um(const struct lay *lay, const struct slice *slice);

/* ---- pages ---- */

/* Chooses the page breaks: fills lay->plans (layout_break.c). */
void break_pages(struct lay *lay);
/* A page without anything, not even running heads. */
void break_add_blank(struct lay *lay);
/* Room above a slice that begins a page: padding of boxes that go on, repeated table heads. */
int32_t break_open_um(const struct lay *lay, uint32_t slice);
/* Room below what stands before a slice that begins a page: padding of boxes that go on. */
int32_t break_close_um(const struct lay *lay, uint32_t slice);
/* Room for the rule above footnotes. */
int32_t note_gap_um(void);

/* Before the page that begins with slice `first`: if a chapter starts before `end` and pages are to
 * be those of the blank edition, adds blank pages or numbers the ones that are too many
 * (layout_stable.c). */
void stable_start(struct lay *lay, uint32_t first, uint32_t end);
/* "12b" for the second page beyond "12". */
const char *stable_letters(struct arena *arena, const char *label, size_t beyond);

/* The left edge of the text on page `index`, counted from 0. */
int32_t page_left_um(const struct lay *lay, const struct page_plan *plan, size_t index);
int32_t page_top_um(const struct lay *lay, const struct page_plan *plan);
/* Sets a page's body; from then on its slices' y_um count from the page's top. `known` holds the
 * names that links may point to (layout_page.c). */
void compose_page(struct lay *lay, size_t index, const struct map *known, struct page *page);

/* Turns a page that was set as its mirror image into what is seen (layout_mirror.c). */
void mirror_page(const struct lay *lay, struct page *page);
/* Running heads and page numbers (layout_furniture.c). */
void compose_furniture(struct lay *lay, size_t index, const char *chapter, struct page *page);
/* What the QR code of this edition's sheets says (layout_code.c). */
const char *sheet_code(struct lay *lay);

#endif
