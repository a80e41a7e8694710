/* Inlines: cmark's tree → the model's, each with its place.
 *
 * A cursor walks the leaf's content beside the tree. Text, code and emphasis leave it exactly where
 * they end; after a link, whose tail cmark does not keep, cmark's own column says where to go on,
 * and is believed if what stands there can begin such a node. */
#include "load/markdown.h"

#include "load/markdown_text.h"
#include "load/typography.h"

struct walk {
    struct markdown *markdown;
    const struct leaf *leaf;
    size_t at;    /* content byte up to which all is accounted for */
    bool certain; /* the next node begins exactly there */
    int depth;
    VEC(struct text_piece) pieces;
    VEC(struct node *) nodes; /* of each piece, or NULL */
    const struct attributes *attributes;
};

/* The language of what stands in `node`: its own, or that of what it stands in. Attributes on the
 * line above a list are not the list's yet. */
static const char *language_at(const struct walk *walk, const struct node *node) {
    for (; node; node = node->parent) {
        const struct node *above = node->previous;
        const struct attribute *lang = attributes_find(node->attributes, "lang");
        if (!lang && above && above->kind == NODE_PARAGRAPH && !above->first)
            lang = attributes_find(above->attributes, "lang");
        if (lang)
            return lang->value;
    }
    return walk->markdown->language;
}

static void convert(struct walk *walk, cmark_node *from, struct node *parent);
static void convert_list(struct walk *walk, cmark_node *first, struct node *parent);

static bool can_begin(const struct walk *walk, const cmark_node *node, size_t at) {
    const struct leaf *leaf = walk->leaf;
    char c = at < leaf->size ? leaf->text[at] : 0;
    switch (node->type) {
    case CMARK_NODE_TEXT:
        return node->as.literal.len == 0 || c == (char)node->as.literal.data[0] || c == '&' ||
               (c == '\\' && at + 1 < leaf->size &&
                leaf->text[at + 1] == (char)node->as.literal.data[0]);
    case CMARK_NODE_CODE:
        return c == '`';
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
        return c == '*' || c == '_';
    case CMARK_NODE_IMAGE:
        return c == '!';
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        return c == '[';
    case CMARK_NODE_HTML_INLINE:
        return c == '<';
    default:
        break;
    }
    if (node->type != CMARK_NODE_LINK)
        return c == '~'; /* strikethrough, the one inline left */
    if (c == '[' || c == '<')
        return true;
    const cmark_node *text = node->first_child; /* an address that stands bare in the text */
    return text && text->type == CMARK_NODE_TEXT && text->as.literal.len &&
           c == (char)text->as.literal.data[0];
}

/* The content byte that cmark's line and column mean, `shift` lines below the one they name. */
static bool hint(const struct walk *walk, const cmark_node *node, int shift, size_t *at) {
    const struct leaf *leaf = walk->leaf;
    ptrdiff_t line = node->start_line - leaf->line + shift;
    ptrdiff_t column = node->start_column - leaf->column;
    if (node->start_line == 0 || line < 0 || column < 0 || (size_t)line >= leaf->line_count)
        return false;
    *at = leaf->lines[line] + (size_t)column;
    return *at >= walk->at && *at <= leaf->size;
}

static size_t locate(struct walk *walk, const cmark_node *node) {
    if (walk->certain && can_begin(walk, node, walk->at))
        return walk->at;
    /* cmark gives a link over several lines the last line, and misses breaks inside link tails. */
    static const int shifts[] = {0, -1, 1, -2, 2, -3, 3};
    size_t at;
    for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++)
        if (hint(walk, node, shifts[i], &at) && can_begin(walk, node, at))
            return at;
    for (at = walk->at; at < walk->leaf->size && at < walk->at + 200; at++)
        if (can_begin(walk, node, at))
            return at;
    return walk->at;
}

static void add_piece(struct walk *walk, struct text_piece piece, struct node *node) {
    VEC_PUSH(walk->markdown->arena, &walk->pieces, piece);
    VEC_PUSH(walk->markdown->arena, &walk->nodes, node);
}

static void convert_text(struct walk *walk, cmark_node *from, struct node *parent) {
    struct markdown *markdown = walk->markdown;
    const struct leaf *leaf = walk->leaf;
    size_t size = (size_t)from->as.literal.len;
    if (size == 0)
        return;
    const char *literal = arena_strndup(markdown->arena, (char *)from->as.literal.data, size);
    size_t start = locate(walk, from);
    struct matched_text matched =
        text_match(markdown->arena, literal, size, leaf->text, leaf->size, start);
    text_report_leftovers(markdown, leaf, literal, size, &matched);
    walk->at = matched.end;
    walk->certain = matched.whole;
    struct node *node = node_new(markdown, NODE_TEXT, leaf_span(leaf, start, matched.end - start));
    node->text = literal;
    node_append(parent, node);
    add_piece(walk, (struct text_piece){.text = literal, .size = size, .escaped = matched.escaped},
              node);
}

static void convert_break(struct walk *walk, cmark_node *from, struct node *parent) {
    const struct leaf *leaf = walk->leaf;
    const char *end = memchr(leaf->text + walk->at, '\n', leaf->size - walk->at);
    size_t start = end ? (size_t)(end - leaf->text) : walk->at;
    walk->at = end ? start + 1 : walk->at;
    while (walk->at < leaf->size && leaf->text[walk->at] == ' ')
        walk->at++;
    walk->certain = true;
    bool soft = from->type == CMARK_NODE_SOFTBREAK;
    node_append(parent, node_new(walk->markdown, soft ? NODE_SOFT_BREAK : NODE_LINE_BREAK,
                                 leaf_span(leaf, start, 1)));
    add_piece(walk, (struct text_piece){.text = " ", .size = 1}, NULL);
}

/* A code span ends at the next run of as many backticks as it began with. */
static size_t code_end(const struct leaf *leaf, size_t at) {
    size_t run = 0;
    while (at < leaf->size && leaf->text[at] == '`')
        at++, run++;
    while (at < leaf->size) {
        size_t here = 0;
        while (at < leaf->size && leaf->text[at] != '`')
            at++;
        while (at < leaf->size && leaf->text[at] == '`')
            at++, here++;
        if (here == run)
            break;
    }
    return at;
}

static void convert_code(struct walk *walk, cmark_node *from, struct node *parent) {
    size_t start = locate(walk, from);
    walk->at = code_end(walk->leaf, start);
    walk->certain = true;
    struct node *node =
        node_new(walk->markdown, NODE_CODE, leaf_span(walk->leaf, start, walk->at - start));
    node->text = arena_strndup(walk->markdown->arena, (char *)from->as.literal.data,
                               (size_t)from->as.literal.len);
    node_append(parent, node);
    add_piece(walk, (struct text_piece){0}, NULL);
}

static void convert_children(struct walk *walk, cmark_node *from, struct node *node) {
    if (walk->depth >= NESTING_LIMIT) {
        if (!walk->markdown->too_deep)
            diag_report(walk->markdown->diag, DIAG_NESTING, node->at,
                        arena_printf(walk->markdown->arena, "%d", NESTING_LIMIT));
        walk->markdown->too_deep = true;
        return;
    }
    walk->depth++;
    convert_list(walk, from->first_child, node);
    walk->depth--;
}

static void convert_emphasis(struct walk *walk, cmark_node *from, struct node *parent) {
    const struct leaf *leaf = walk->leaf;
    enum node_kind kind = from->type == CMARK_NODE_EMPH     ? NODE_EMPHASIS
                          : from->type == CMARK_NODE_STRONG ? NODE_STRONG
                                                            : NODE_STRIKE;
    size_t start = locate(walk, from), width = kind == NODE_STRONG ? 2 : 1;
    char mark = start < leaf->size ? leaf->text[start] : 0;
    if (kind == NODE_STRIKE && start + 1 < leaf->size && leaf->text[start + 1] == '~')
        width = 2;
    struct node *node = node_new(walk->markdown, kind, leaf_span(leaf, start, 1));
    node_append(parent, node);
    walk->at = start + width < leaf->size ? start + width : leaf->size;
    walk->certain = true;
    convert_children(walk, from, node);
    walk->certain = walk->certain && walk->at + width <= leaf->size && leaf->text[walk->at] == mark;
    walk->at += walk->certain ? width : 0;
    node->at = leaf_span(leaf, start, walk->at - start);
}

static const char *chunk_text(struct walk *walk, const cmark_chunk *chunk) {
    if (!chunk->len)
        return NULL;
    return arena_strndup(walk->markdown->arena, (char *)chunk->data, (size_t)chunk->len);
}

static void convert_link(struct walk *walk, cmark_node *from, struct node *parent) {
    struct markdown *markdown = walk->markdown;
    const struct leaf *leaf = walk->leaf;
    bool picture = from->type == CMARK_NODE_IMAGE;
    size_t start = locate(walk, from);
    struct node *node =
        node_new(markdown, picture ? NODE_IMAGE : NODE_LINK, leaf_span(leaf, start, 1));
    const char *url = chunk_text(walk, &from->as.link.url);
    node->url = url ? url : "";
    node->title = typography_text(markdown->arena, language_at(walk, parent),
                                  chunk_text(walk, &from->as.link.title));
    node_append(parent, node);
    bool marked = start < leaf->size && strchr("[<!", leaf->text[start]);
    walk->at = start + (picture ? 2 : marked ? 1 : 0);
    walk->at = walk->at < leaf->size ? walk->at : leaf->size;
    walk->certain = true;
    convert_children(walk, from, node);
    if (walk->certain && marked)
        walk->at = text_link_end(leaf->text, leaf->size, walk->at);
    walk->certain = !marked;
    node->at = leaf_span(leaf, start, walk->at - start);
    if (strstr(node->url, "{{"))
        diag_report(markdown->diag, DIAG_VARIABLE_IN_ADDRESS, node->at);
    if (picture)
        markdown_picture(markdown, node);
}

static const struct attributes *token_attributes(struct walk *walk, const struct token *token) {
    /* The finder looks into the content from the braces on. */
    struct token_places places = {walk->leaf, token->offset};
    const struct attributes *attributes = attributes_parse(
        walk->markdown->arena, walk->markdown->diag, walk->leaf->text + token->offset,
        token->length, (struct place_finder){text_find_place, &places});
    text_attribute_words(walk->markdown, attributes);
    return attributes;
}

static const struct token *token_of(const cmark_node *node, enum token_kind kind) {
    const struct token *token =
        node->type == CMARK_NODE_HTML_INLINE ? cmark_node_get_user_data((cmark_node *)node) : NULL;
    return token && token->kind == kind ? token : NULL;
}

/* [text]{…} from its opening token on; returns the last of cmark's nodes that belong to it. */
static cmark_node *convert_span(struct walk *walk, cmark_node *from, struct node *parent) {
    struct markdown *markdown = walk->markdown;
    const struct leaf *leaf = walk->leaf;
    const struct token *end = token_of(from, TOKEN_SPAN)->end;
    size_t start = walk->at;
    while (start < end->offset && leaf->text[start] != '[')
        start++;
    struct node *node = node_new(markdown, NODE_SPAN, leaf_span(leaf, start, 1));
    node_append(parent, node);
    walk->at = start + 1;
    walk->certain = true;
    size_t first = walk->pieces.count;
    cmark_node *last = from, *child = from->next;
    for (; child && token_of(child, TOKEN_SPAN_END) != end; last = child, child = child->next) {
        if (token_of(child, TOKEN_SPAN) && walk->depth < NESTING_LIMIT) {
            walk->depth++;
            child = convert_span(walk, child, node);
            walk->depth--;
        } else {
            convert(walk, child, node);
        }
    }
    if (!child) { /* emphasis begins inside and ends outside, or the other way round */
        diag_report(markdown->diag, DIAG_SPAN_CROSSED, node->at);
        return last;
    }
    node->attributes = token_attributes(walk, end);
    const struct attribute *lang = attributes_find(node->attributes, "lang");
    for (size_t i = first; lang && i < walk->pieces.count; i++)
        if (!walk->pieces.at[i].language)
            walk->pieces.at[i].language = lang->value;
    walk->at = end->offset + end->length;
    walk->certain = true;
    node->at = leaf_span(leaf, start, walk->at - start);
    return child;
}

static void convert_list(struct walk *walk, cmark_node *first, struct node *parent) {
    for (cmark_node *child = first; child; child = child->next) {
        if (token_of(child, TOKEN_SPAN))
            child = convert_span(walk, child, parent);
        else
            convert(walk, child, parent);
    }
}

static void convert_token(struct walk *walk, const struct token *token, struct node *parent) {
    struct markdown *markdown = walk->markdown;
    const struct leaf *leaf = walk->leaf;
    const char *text = leaf->text + token->offset;
    walk->at = token->offset + token->length;
    walk->certain = true;
    if (token->kind == TOKEN_VARIABLE) {
        struct node *node = text_variable(markdown, text, token->length,
                                          leaf_span(leaf, token->offset, token->length));
        node_append(parent, node);
        add_piece(walk, (struct text_piece){0}, NULL);
        return;
    }
    if (token->kind != TOKEN_ATTRIBUTES) /* of a span that was reported */
        return;
    const struct attributes *attributes = token_attributes(walk, token);
    bool attached = !token->ends_content && parent->last &&
                    (parent->last->kind == NODE_IMAGE || parent->last->kind == NODE_LINK);
    if (attached)
        parent->last->attributes = attributes;
    else
        walk->attributes = attributes;
}

static void convert_footnote(struct walk *walk, cmark_node *from, struct node *parent) {
    const struct leaf *leaf = walk->leaf;
    size_t start = locate(walk, from), end = start;
    while (end < leaf->size && leaf->text[end] != ']')
        end++;
    walk->at = end < leaf->size ? end + 1 : end;
    walk->certain = true;
    struct node *node =
        node_new(walk->markdown, NODE_FOOTNOTE_REF, leaf_span(leaf, start, walk->at - start));
    for (bufsize_t i = 0; i < from->as.literal.len && node->number < 100000; i++)
        if (from->as.literal.data[i] >= '0' && from->as.literal.data[i] <= '9')
            node->number = node->number * 10 + from->as.literal.data[i] - '0';
    node_append(parent, node);
}

static void convert(struct walk *walk, cmark_node *from, struct node *parent) {
    const struct token *token = cmark_node_get_user_data(from);
    switch (from->type) {
    case CMARK_NODE_TEXT:
        convert_text(walk, from, parent);
        return;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        convert_break(walk, from, parent);
        return;
    case CMARK_NODE_CODE:
        convert_code(walk, from, parent);
        return;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        convert_link(walk, from, parent);
        return;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        convert_footnote(walk, from, parent);
        return;
    case CMARK_NODE_HTML_INLINE:
        if (token) {
            convert_token(walk, token, parent);
        } else {
            size_t start = locate(walk, from), length = (size_t)from->as.literal.len;
            markdown_html(walk->markdown, chunk_text(walk, &from->as.literal),
                          leaf_span(walk->leaf, start, length));
            walk->at = start + length < walk->leaf->size ? start + length : walk->leaf->size;
            walk->certain = true;
        }
        return;
    default:
        convert_emphasis(walk, from, parent);
    }
}

/* Text in front of attributes ends where they begin, not with a space. */
static void trim_end(struct markdown *markdown, struct node *parent) {
    struct node *last = parent->last;
    if (!last)
        return;
    if (last->kind == NODE_SOFT_BREAK || last->kind == NODE_LINE_BREAK) {
        node_remove(last);
        trim_end(markdown, parent);
    } else if (last->kind == NODE_TEXT) {
        size_t length = strlen(last->text);
        while (length && strchr(" \t", last->text[length - 1]))
            length--;
        if (length)
            last->text = arena_strndup(markdown->arena, last->text, length);
        else
            node_remove(last);
    }
}

const struct attributes *markdown_inlines(struct markdown *markdown, const struct leaf *leaf,
                                          cmark_node *block, struct node *parent) {
    struct walk walk = {.markdown = markdown, .leaf = leaf, .certain = true};
    convert_list(&walk, block->first_child, parent);
    const struct attribute *lang = attributes_find(walk.attributes, "lang");
    typography_pieces(markdown->arena, lang ? lang->value : language_at(&walk, parent),
                      walk.pieces.at, walk.pieces.count);
    for (size_t i = 0; i < walk.nodes.count; i++)
        if (walk.nodes.at[i])
            walk.nodes.at[i]->text = walk.pieces.at[i].made;
    if (walk.attributes)
        trim_end(markdown, parent);
    return walk.attributes;
}
