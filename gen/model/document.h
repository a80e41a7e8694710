/* The document tree: Markdown as parsed, every node with its place. Made by load/, read by all
 * later stages, never changed after check. Owner: the run arena. */
#ifndef TANDEM_MODEL_DOCUMENT_H
#define TANDEM_MODEL_DOCUMENT_H

#include "base/diag.h"
#include "model/vector.h"

#include <stdbool.h>

enum node_kind {
    NODE_DOCUMENT,
    /* blocks */
    NODE_HEADING,
    NODE_PARAGRAPH,
    NODE_LIST,
    NODE_ITEM,
    NODE_QUOTE,
    NODE_CODE_BLOCK,
    NODE_RULE,
    NODE_TABLE, /* rows; the first is the header */
    NODE_ROW,
    NODE_CELL,
    NODE_DIV,      /* ::: {.name #id …} */
    NODE_FOOTNOTE, /* definition; kept out of the flow, found by number */
    /* inlines */
    NODE_TEXT,
    NODE_SOFT_BREAK,
    NODE_LINE_BREAK,
    NODE_CODE,
    NODE_EMPHASIS,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_LINK,
    NODE_IMAGE,
    NODE_VARIABLE,     /* {{source|caption}} */
    NODE_FOOTNOTE_REF, /* number */
    NODE_SPAN,         /* [text]{.term key=… lang=… title=…} */
};

struct attribute {
    const char *key, *value;
    struct span key_at, value_at;
};

/* {#id .class key=value}: the order of the source is kept. */
struct attributes {
    struct span at; /* the whole, braces included */
    const char *id; /* or NULL */
    struct span id_at;
    const char *const *classes;
    const struct span *class_at;
    size_t class_count;
    const struct attribute *items;
    size_t count;
};

enum cell_align { ALIGN_DEFAULT, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct block;
struct variable;

struct node {
    enum node_kind kind;
    struct span at;
    struct node *parent, *first, *last, *next, *previous;
    const struct attributes *attributes; /* NULL if none were written */

    const char *text;    /* TEXT, CODE, CODE_BLOCK; VARIABLE: the name before `|` */
    const char *caption; /* VARIABLE: after `|`, or NULL */
    const char *info;    /* CODE_BLOCK's language, or NULL */
    const char *url;     /* LINK, IMAGE */
    const char *title;   /* LINK, IMAGE, or NULL */
    int32_t level;       /* HEADING 1..6 */
    int32_t start;       /* ordered LIST's first number */
    int32_t number;      /* FOOTNOTE, FOOTNOTE_REF: from 1 in its module */
    enum cell_align align;
    bool ordered, tight;               /* LIST */
    bool task, ticked;                 /* ITEM of a task list */
    struct block *block;               /* DIV, or a task LIST with an id: set by check */
    const struct reference *reference; /* VARIABLE: set by check */
    const struct image *image;         /* IMAGE: set by load, NULL if it could not be read */
    struct node *legend; /* TABLE: its caption, a paragraph beside the tree, or NULL */
};

/* One Markdown file. */
struct module {
    const char *id; /* front matter's, or the file's name */
    struct span id_at;
    const char *title, *summary;
    int32_t minutes; /* 0 if not given */
    struct text_list {
        const char *const *at;
        size_t count;
    } objectives, sources;
    const char *for_respondent; /* or NULL */
    const struct source *source;
    struct node *document;
    struct node *const *footnotes; /* by number - 1 */
    size_t footnote_count;
    size_t index;          /* in course->modules */
    struct letter *letter; /* that it is the text of, or NULL */
};

/* A decoded picture, a JPEG kept as it is, or a drawing. */
enum image_kind { IMAGE_PIXELS, IMAGE_JPEG, IMAGE_VECTOR };
struct image {
    enum image_kind kind;
    const char *path;
    int32_t width_px, height_px; /* as shown: after turning */
    /* JPEG: how to turn what is in the file, as Exif's orientation: 1 not at all, 2..8 (Exif 2.32
     * §4.6.4, tag 274: where its first row and column come to stand) */
    int32_t orientation;
    int32_t channels;          /* 1 grey, 3 RGB, 4 CMYK */
    int32_t dpi;               /* 0 if the file does not say */
    bool cmyk_inverted;        /* Adobe's JPEGs hold CMYK inverted */
    const unsigned char *data; /* PIXELS: rows of `channels` bytes a pixel; JPEG: the file */
    size_t size;
    const unsigned char *alpha;  /* one byte a pixel, or NULL */
    const struct image *grey;    /* the same in grey, made where something is printed so; or NULL */
    const struct vector *vector; /* VECTOR */
    unsigned char sha256[32];    /* of the file */
};

/* The value of a key, or NULL. */
const struct attribute *attributes_find(const struct attributes *attributes, const char *key);
bool attributes_has_class(const struct attributes *attributes, const char *name);
/* A picture's width="60%" of the column or "82.5mm": ten-thousandths or micrometres, the other 0.
 * False if it is neither, or nothing. */
bool picture_width(const char *text, int32_t *share, int32_t *um);
/* The text below a node without markup, line breaks as spaces; variables as their caption or "…".
 */
const char *node_plain_text(struct arena *arena, const struct node *node);
/* The language that a node, or one it stands in, says it is in (lang=); NULL: the course's. */
const char *node_language(const struct node *node);
/* True for an item or cell that belongs to a block's list or table. */
bool node_is_of_block(const struct node *node);
/* The id by which links may point to a node, or NULL: that of a block, heading, picture, table, list,
 * quotation, code block, span, or item of a plain list. */
const char *node_place_id(const struct node *node);
/* A picture or table that has a number and a caption: one with an id or words for the caption. */
bool node_is_numbered(const struct node *node);
/* An indented dump, one node a line, for tests. */
void node_dump(const struct node *node, FILE *out);

#endif
