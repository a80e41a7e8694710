/* The flow: what stands on the pages before anything is measured. Made by block/ (print hooks),
 * measured and broken only by stage/layout. Owner: the job arena.
 *
 * A flow is a tree of boxes. Widths are of the column they stand in; heights come out of layout.
 * Every node has a structure role; a node split over pages stays one structure element. */
#ifndef TANDEM_MODEL_FLOW_H
#define TANDEM_MODEL_FLOW_H

#include "model/answers.h"
#include "model/role.h"
#include "model/theme.h"

/* ---- fields: places to fill in, on paper and in a form ---- */

enum field_kind { FIELD_TEXT, FIELD_PROSE, FIELD_CHECK, FIELD_RADIO, FIELD_COMBO };

/* How a reader that runs scripts shows, and asks about, what is typed into a TEXT. */
enum field_format {
    FORMAT_NONE,
    FORMAT_NUMBER,
    FORMAT_MONEY,
    FORMAT_PERCENT,
    FORMAT_DATE,      /* "7 Sep 2026" */
    FORMAT_DATE_LONG, /* "7 September 2026" */
    FORMAT_EMAIL,
    FORMAT_COUNT
};

/* What all fields of an edition share: scripts, of the library in calc/expr.h. */
struct form_scripts {
    const char *common;              /* stands once in a document, before all others */
    const char *show[FORMAT_COUNT];  /* the action that shows what was typed, or NULL */
    const char *check[FORMAT_COUNT]; /* the one that asks whether it is meant, or NULL */
};

/* A function of the library's, defined in the documents whose fields call it. */
struct formula {
    const char *name, *definition;
    const struct formula *const *needs; /* defined before it */
    size_t need_count;
    int32_t depth; /* of the longest chain of them that it needs */
};

struct field {
    enum field_kind kind;
    const struct slot *slot; /* NULL for identity fields and signatures */
    int32_t respondent;      /* or RESPONDENT_NONE */
    int32_t row;             /* a log's row from 0 */
    const char *name;        /* full name in a form: block.item[.ask][.respondent] */
    const char *tooltip;     /* the question */
    const char *option;      /* RADIO: the export value of this button */
    const char *group;       /* RADIO: the question to all its buttons, or NULL */
    const char *value;       /* what is filled in, shaped by the writer's caller; NULL if nothing */
    const char *stored;      /* the same as a form keeps it, an option's id or a plain number; NULL:
                                `value` */
    bool on;                 /* CHECK, RADIO */
    bool required;
    int32_t most;                 /* TEXT, PROSE: characters it takes; 0: no limit */
    bool at_right;                /* TEXT: where its value ends */
    bool editable;                /* COMBO: takes what is not on its list too */
    const struct option *options; /* COMBO */
    size_t option_count;
    enum field_format format;
    const struct formula *formula;      /* of what is worked out, or NULL: nobody types it then */
    const char *calculate;              /* the action that calls it */
    const struct form_scripts *scripts; /* where it has a format or a formula */
};

/* ---- inline items of a paragraph ---- */

enum inline_kind {
    INLINE_TEXT,
    INLINE_BREAK,   /* forced line break */
    INLINE_GAP,     /* a ruled gap to write in: at least width_um, caption under it if `text` */
    INLINE_FIELD,   /* a small field: circle, box, or a short line of width_um */
    INLINE_NOTE,    /* footnote mark; `note` is put at the foot of the page */
    INLINE_PAGE_OF, /* the page number of the place named `text` */
    INLINE_FILL,    /* stretches to the line's end */
    INLINE_SPACE,   /* width_um of white */
};

struct inline_item {
    enum inline_kind kind;
    const struct text_style *style;
    const char *text; /* UTF-8; white space is collapsed by whoever makes the item */
    size_t length;
    const char *lang;      /* or NULL: the paragraph's */
    const char *expansion; /* of the group: what an abbreviation stands for, or NULL */
    const char *anchor;    /* a name for where the item begins, or NULL */
    const char *url;       /* a link: "https://…" or "#id"; or NULL */
    uint16_t group;        /* items of one inline element share a number; 0: none */
    enum role role;        /* of the group: LINK, CODE, EM, STRONG, REFERENCE; else NONE */
    int32_t width_um;
    const struct field *field;
    const struct flow *note; /* NOTE: paragraphs of the footnote; layout puts the number before */
    int32_t number;          /* NOTE */
    bool no_break;           /* lines are not broken inside */
};

/* ---- drawings ---- */

/* A length: part/10,000 of the drawing's width plus um. */
struct measure {
    int32_t part, um;
};

enum shape_kind {
    SHAPE_RECT,
    SHAPE_LINE,
    SHAPE_POLYGON,
    SHAPE_CIRCLE,
    SHAPE_ARC,
    SHAPE_TEXT,
    SHAPE_FIELD
};
enum text_anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct point {
    struct measure x, y; /* y counts down from the top; its parts are of the width too */
};

struct shape {
    enum shape_kind kind;
    uint32_t fill, stroke; /* or COLOUR_NONE */
    int32_t weight_um;     /* of the stroke */
    int32_t dash_um;       /* 0: solid */
    struct point at;       /* RECT: top left; CIRCLE, ARC: centre; TEXT: baseline; LINE: from */
    struct measure width, height; /* RECT; CIRCLE, ARC: width is the radius */
    int32_t radius_um;            /* RECT's corners */
    struct point to;              /* LINE */
    const struct point *points;   /* POLYGON */
    size_t point_count;
    int32_t from_mdeg, to_mdeg; /* ARC: clockwise from 12 o'clock, thousandths of a degree */
    int32_t thickness_um;       /* ARC: a ring's, outwards to the radius; 0: a pie's slice */
    const char *text;           /* TEXT: one line, shrunk to fit `width` if that is not 0 */
    const struct text_style *style;
    enum text_anchor anchor;
    const struct field *field; /* FIELD: a RECT that may be filled in */
};

struct drawing {
    const struct shape *shapes;
    size_t count;
    struct measure height;
};

/* ---- boxes ---- */

struct box_style {
    int32_t pad_top_um, pad_right_um, pad_bottom_um, pad_left_um;
    uint32_t fill, border; /* or COLOUR_NONE */
    int32_t border_um, radius_um;
    uint32_t bar; /* a bar along the left edge, or COLOUR_NONE */
    int32_t bar_um;
};

enum flow_kind {
    FLOW_STACK,     /* children below one another; `box` if it has a look */
    FLOW_PARAGRAPH, /* items */
    FLOW_ITEM,      /* a list item: first child a paragraph, the label; second a stack, the body */
    FLOW_TABLE,     /* children are rows */
    FLOW_ROW,       /* children are cells */
    FLOW_CELL,      /* children below one another */
    FLOW_COLUMNS,   /* children side by side, each with `width` */
    FLOW_RULE,      /* a horizontal rule over the width */
    FLOW_LINES,     /* lines to write on; text that was written stands on them */
    FLOW_FIELD,     /* a field over the width or `width`, height_um high, with a line below (none
                       if colour is COLOUR_NONE and weight_um is not 0) */
    FLOW_DRAWING,
    FLOW_IMAGE,
    FLOW_SPACE,    /* height_um, dropped at the top of a page but a full_page; `stretch` there
                       takes what is left of the page */
    FLOW_CONTENTS, /* filled by layout from the headings: structure TOC */
    FLOW_INDEX,    /* filled by layout from `terms`, sorted by the language's rules */
};

enum width_kind { WIDTH_AUTO, WIDTH_FIXED, WIDTH_FRACTION, WIDTH_MIN_CONTENT };
struct width {
    enum width_kind kind;
    int32_t amount; /* FIXED: um; FRACTION: weight */
};

enum break_kind { BREAK_AUTO, BREAK_PAGE, BREAK_RIGHT_PAGE };
enum vertical_align { VERTICAL_TOP, VERTICAL_MIDDLE, VERTICAL_BOTTOM };

enum { INDEX_LEVELS = 3 };

/* One mention of a term of the index. */
struct index_term {
    const char *text[INDEX_LEVELS]; /* an entry, one below it, one below that; NULL: none */
    const char *anchor;             /* of its item in the text */
    const char *see;                /* the entry that it sends the reader to, or NULL */
    bool also;                      /* beside its page, not in place of it */
};

struct table_column {
    struct width width;
    enum line_align align;
};

struct flow {
    enum flow_kind kind;
    enum role role;
    struct span at; /* the source, for messages about what does not fit */
    struct flow *first, *last, *next;
    const char *lang;    /* or NULL: as around it */
    const char *alt;     /* FIGURE: what a drawing or image shows; FORM: the field's question */
    const char *anchor;  /* a name that links and page references may point to, or NULL */
    const char *outline; /* a heading's text for outline and contents, or NULL */
    int32_t level;       /* heading level, 1.. ; nesting of lists */
    const char *number;  /* a heading's number ("3"), shown in the contents, or NULL */

    const struct box_style *box;
    int32_t space_before_um, space_after_um; /* between siblings the larger of the two counts */
    int32_t stretch;     /* weight of this node's space when a page is filled; 0: rigid */
    bool keep_together;  /* not split while it fits one page */
    bool keep_with_next; /* headings, labels, prompts */
    enum break_kind break_before;
    bool full_page;     /* a page of its own without running heads: the cover. Its box covers the
                          paper, and the box's padding stands in for the margins */
    bool furniture_off; /* no running heads on the page this starts */

    /* PARAGRAPH */
    const struct inline_item *items;
    size_t item_count;
    const struct paragraph_style *style;
    enum line_align align; /* IMAGE too; JUSTIFY, its usual, is CENTRE there */
    int32_t hanging_um;    /* indent of all lines but the first */
    bool hyphenate_off;
    bool listing; /* code: what does not fit a line goes on behind a mark, indented */

    /* ITEM */
    int32_t indent_um; /* of the body; the label stands in it */

    /* TABLE */
    const struct table_column *columns;
    size_t column_count;
    int32_t header_rows;        /* repeated at the top of each page */
    bool rules_between;         /* a hairline below each row */
    int32_t cell_pad_um;        /* on all sides of every cell */
    const struct flow *caption; /* a paragraph, or NULL */
    /* ROW, CELL */
    uint32_t ground; /* background, or COLOUR_NONE */
    int32_t span;    /* CELL: columns, 0 means 1 */
    enum vertical_align vertical;
    bool header;           /* CELL: a header cell */
    bool row_header;       /* CELL: heads its row */
    int32_t min_height_um; /* ROW, STACK */

    /* child of COLUMNS; FIELD, DRAWING, IMAGE: how wide; there FRACTION is ten-thousandths */
    struct width width;
    int32_t gap_um; /* COLUMNS */

    /* RULE */
    int32_t weight_um;
    uint32_t colour;

    /* LINES, FIELD, SPACE, IMAGE (largest height) */
    int32_t lines, distance_um, height_um;
    const struct field *field;
    const struct text_style *answer_style; /* of field->value on lines or in a box */

    const struct drawing *drawing;
    const struct image *image;
    const char *url; /* IMAGE, inside a LINK: where it leads, "https://…" or "#id"; or NULL */

    /* INDEX: in the order of the text */
    const struct index_term *terms;
    size_t term_count;
};

/* Makers: zeroed nodes with sane defaults (ground and colours none). */
struct flow *flow_new(struct arena *arena, enum flow_kind kind, enum role role);
/* Appends and returns `child`. */
struct flow *flow_add(struct flow *parent, struct flow *child);
/* An indented dump, one node a line: the `.page` golden's upper half. */
void flow_dump(const struct flow *flow, FILE *out);

#endif
