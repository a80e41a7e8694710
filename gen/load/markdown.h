/* The Markdown reader's parts: cmark-gfm parses, our extension adds fenced divs, variables and
 * attributes, and what comes out is copied into the model's tree with true places.
 *
 * Stage: load. Owner: the arena of the run. One thread at a time: cmark-gfm keeps its table of
 * special characters in the process.
 * cmark counts lines of what it is given; `first_line` lines of front matter come before. */
#ifndef TANDEM_LOAD_MARKDOWN_H
#define TANDEM_LOAD_MARKDOWN_H

#include "load/attributes.h"
#include "load/load.h"
#include "load/yaml.h"

/* cmark's short names would hide the model's. */
#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <cmark-gfm/node.h>

enum { NESTING_LIMIT = 100 };

struct markdown {
    struct arena *arena;
    struct diag *diag;
    const struct course *course; /* or NULL */
    const char *language;
    const struct source *source;
    int32_t first_line; /* lines before what cmark sees */
    struct module *module;
    VEC(struct fence *) fences; /* every div, in source order */
    cmark_syntax_extension *extension;
    cmark_node_type div_type;
    VEC(struct node *) footnotes;
    struct strings tags; /* HTML that was reported and has not ended yet */
    bool too_deep;       /* said once */
};

/* A div's opening line; as.opaque of its node. */
struct fence {
    int32_t line; /* in the source */
    int32_t colons;
    size_t offset, length; /* the line from its first colon, without trailing space */
    size_t attributes_at;  /* in the source; length 0 if there are none */
    size_t attributes_length;
    bool closed;
    int32_t closed_line, closed_colons;
};

/* What our inline hook made; user_data of a CMARK_NODE_HTML_INLINE, the one inline kind that cmark
 * lets stand in table cells. */
enum token_kind { TOKEN_VARIABLE, TOKEN_ATTRIBUTES, TOKEN_SPAN, TOKEN_SPAN_END };
struct token {
    enum token_kind kind;
    size_t offset,
        length;        /* in the leaf's content; SPAN: of its end, for the bracket's is not told */
    bool ends_content; /* ATTRIBUTES: only space follows */
    const struct token *end; /* SPAN: its attributes */
};

/* markdown_extension.c: an extension for one parse; free it with cmark_syntax_extension_free. */
cmark_syntax_extension *markdown_extension_new(struct markdown *markdown);

/* markdown_place.c: a leaf (paragraph, heading, cell) and where its content came from. */
struct segment {
    size_t content, source; /* from this byte of the content on, it is that of the source */
};
struct leaf {
    const struct markdown *markdown;
    const char *text; /* the content that cmark parsed */
    size_t size;
    const struct segment *segments; /* ascending */
    size_t segment_count;
    const size_t *lines; /* content offset of each line */
    size_t line_count;
    int line, column; /* what cmark calls the place of content byte 0 */
};
struct leaf leaf_of_block(const struct markdown *markdown, cmark_node *block);
/* The index-th cell of a row whose text begins at the source offset `row_at`. */
struct leaf leaf_of_cell(const struct markdown *markdown, cmark_node *cell, size_t row_at,
                         size_t index);
struct span leaf_span(const struct leaf *leaf, size_t offset, size_t length);
struct place_finder leaf_places(const struct leaf *leaf);
/* Source offset where a line's text begins behind `quotes` marks of block quotes. */
size_t line_text_offset(const struct markdown *markdown, int32_t line, int quotes);
/* Source line of a table's header: the one before its row of dashes. */
int32_t table_header_line(const struct markdown *markdown, cmark_node *table, int quotes);
int count_quotes(cmark_node *node);
bool is_table(cmark_node *node);
/* The place of a block's first line, from its first character. */
struct span block_span(const struct markdown *markdown, cmark_node *block);

/* markdown_tree.c */
void markdown_build(struct markdown *markdown, cmark_node *document);

/* markdown_inline.c: converts the inlines of a leaf into children of `parent`. Returns attributes
 * at the end of the content or NULL. */
const struct attributes *markdown_inlines(struct markdown *markdown, const struct leaf *leaf,
                                          cmark_node *block, struct node *parent);
/* markdown_text.c. Reports raw HTML; comments are dropped in silence. */
void markdown_html(struct markdown *markdown, const char *html, struct span at);
/* Finds and reads the file that a picture names. */
void markdown_picture(struct markdown *markdown, struct node *node);

struct node *node_new(struct markdown *markdown, enum node_kind kind, struct span at);
void node_append(struct node *parent, struct node *child);
void node_remove(struct node *child);

/* markdown_front.c: the `---` lines at the top. Returns the source offset where the text begins. */
size_t markdown_front_matter(struct markdown *markdown);
/* markdown_limits.c: false after reporting text that nests deeper than NESTING_LIMIT or is built to
 * take long. */
bool markdown_within_limits(struct markdown *markdown, size_t offset);

#endif
