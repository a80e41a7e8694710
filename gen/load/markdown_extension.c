/* Our syntax on top of cmark-gfm: fenced divs as blocks; {{variables}} and {attributes} as inlines.
 *
 * Divs follow Pandoc (User's Guide, "Divs and Spans"): a line of three or more colons alone closes
 * the innermost open div. */
#include "load/markdown.h"

#include <pthread.h>

static struct markdown *markdown_of(cmark_syntax_extension *extension) {
    return cmark_syntax_extension_get_private(extension);
}

/* Node type numbers are given out once a process and are constant from then on. */
static pthread_once_t types_once = PTHREAD_ONCE_INIT;
static cmark_node_type type_of_div;
static void make_types(void) { type_of_div = cmark_syntax_extension_add_node(0); }

static int trimmed_length(const unsigned char *line, int length) {
    while (length && (line[length - 1] == '\n' || line[length - 1] == '\r' ||
                      line[length - 1] == ' ' || line[length - 1] == '\t'))
        length--;
    return length;
}

static int count_colons(const unsigned char *line, int from, int end) {
    int at = from;
    while (at < end && line[at] == ':')
        at++;
    return at - from;
}

static size_t source_offset(const struct markdown *markdown, cmark_parser *parser, int index) {
    int32_t line = cmark_parser_get_line_number(parser) + markdown->first_line;
    return markdown->source->line_starts[line - 1] + (size_t)index;
}

/* Only space and closing colons may follow the braces: "::: {.note} :::". */
static void check_tail(struct markdown *markdown, const unsigned char *input, int from, int end,
                       size_t line_at) {
    while (from < end && (input[from] == ' ' || input[from] == '\t'))
        from++;
    int colons = count_colons(input, from, end);
    if (from + colons < end)
        diag_report(markdown->diag, DIAG_DIV_TAIL,
                    source_span(markdown->source, line_at + (size_t)from, (size_t)(end - from)));
}

static void read_fence(struct markdown *markdown, struct fence *fence, const unsigned char *input,
                       int from, int end) {
    size_t line_at = markdown->source->line_starts[fence->line - 1];
    int at = from + fence->colons;
    while (at < end && (input[at] == ' ' || input[at] == '\t'))
        at++;
    const char *text = (const char *)input + at;
    size_t left = (size_t)(end - at);
    struct span rest = source_span(markdown->source, line_at + (size_t)at, left);
    if (*text != '{') {
        size_t word = 0;
        while (word < left && text[word] != ' ' && text[word] != ':')
            word++;
        diag_report(markdown->diag, DIAG_DIV_BRACES, rest,
                    arena_strndup(markdown->arena, text, word));
        return;
    }
    size_t length = attributes_scan(text, left);
    if (!length) {
        diag_report(markdown->diag, DIAG_ATTRIBUTES_OPEN, rest);
        return;
    }
    fence->attributes_at = line_at + (size_t)at;
    fence->attributes_length = length;
    check_tail(markdown, input, at + (int)length, end, line_at);
}

static bool nests_too_deep(const struct markdown *markdown, const cmark_node *parent) {
    int depth = 0;
    for (; parent; parent = parent->parent)
        depth += parent->type == markdown->div_type;
    return depth >= NESTING_LIMIT;
}

static cmark_node *open_div(cmark_syntax_extension *extension, int indented, cmark_parser *parser,
                            cmark_node *parent, unsigned char *input, int length) {
    struct markdown *markdown = markdown_of(extension);
    int from = cmark_parser_get_first_nonspace(parser);
    int end = trimmed_length(input, length);
    if (indented || end - from < 3)
        return NULL;
    int colons = count_colons(input, from, end);
    if (colons < 3)
        return NULL;
    size_t offset = source_offset(markdown, parser, from);
    struct span whole = source_span(markdown->source, offset, (size_t)(end - from));
    if (from + colons == end) {
        if (!markdown->too_deep)
            diag_report(markdown->diag, DIAG_DIV_STRAY, whole);
        return NULL;
    }
    if (nests_too_deep(markdown, parent)) {
        if (!markdown->too_deep)
            diag_report(markdown->diag, DIAG_NESTING, whole,
                        arena_printf(markdown->arena, "%d", NESTING_LIMIT));
        markdown->too_deep = true;
        return NULL;
    }
    struct fence *fence = ARENA_NEW(markdown->arena, struct fence);
    fence->line = cmark_parser_get_line_number(parser) + markdown->first_line;
    fence->colons = colons;
    fence->offset = offset;
    fence->length = (size_t)(end - from);
    read_fence(markdown, fence, input, from, end);
    VEC_PUSH(markdown->arena, &markdown->fences, fence);
    cmark_node *node = cmark_parser_add_child(parser, parent, markdown->div_type, from + 1);
    cmark_node_set_syntax_extension(node, extension);
    node->as.opaque = fence;
    /* To before the line break: cmark looks at what is left of the line. */
    cmark_parser_advance_offset(parser, (char *)input, end - cmark_parser_get_offset(parser), 0);
    return node;
}

static bool is_open(const cmark_node *node) { return (node->flags & CMARK_NODE__OPEN) != 0; }

/* True if the line belongs to something inside the div: a div that is still open, or a code block,
 * in which colons are colons. */
static bool is_for_inner(const struct markdown *markdown, cmark_node *div) {
    for (cmark_node *node = div->last_child; node && is_open(node); node = node->last_child) {
        if (node->type == CMARK_NODE_CODE_BLOCK && node->as.code.fenced)
            return true;
        if (node->type == CMARK_NODE_HTML_BLOCK)
            return true;
        if (node->type == markdown->div_type && !((struct fence *)node->as.opaque)->closed)
            return true;
    }
    return false;
}

static int match_div(cmark_syntax_extension *extension, cmark_parser *parser, unsigned char *input,
                     int length, cmark_node *node) {
    struct markdown *markdown = markdown_of(extension);
    struct fence *fence = node->as.opaque;
    if (!fence || fence->closed)
        return 0;
    int from = cmark_parser_get_first_nonspace(parser), end = trimmed_length(input, length);
    int colons = from < end ? count_colons(input, from, end) : 0;
    if (colons < 3 || from + colons != end || is_for_inner(markdown, node))
        return 1;
    fence->closed = true;
    fence->closed_line = cmark_parser_get_line_number(parser) + markdown->first_line;
    fence->closed_colons = colons;
    cmark_parser_advance_offset(parser, (char *)input, end - cmark_parser_get_offset(parser), 0);
    return 1;
}

static cmark_node *token_node(struct markdown *markdown, cmark_inline_parser *inlines,
                              enum token_kind kind, size_t offset, size_t length) {
    struct token *token = ARENA_NEW(markdown->arena, struct token);
    *token = (struct token){.kind = kind, .offset = offset, .length = length};
    cmark_node *node = cmark_node_new_with_mem_and_ext(
        CMARK_NODE_HTML_INLINE, cmark_get_default_mem_allocator(), markdown->extension);
    node->start_line = node->end_line = cmark_inline_parser_get_line(inlines);
    node->start_column = cmark_inline_parser_get_column(inlines);
    cmark_node_set_user_data(node, token);
    cmark_inline_parser_set_offset(inlines, (int)(offset + length));
    return node;
}

/* Bytes of {{…}} at `offset`, on one line; 0 if it does not close. */
static size_t scan_variable(cmark_inline_parser *inlines, size_t offset) {
    unsigned char c;
    for (size_t at = offset + 2; (c = cmark_inline_parser_peek_at(inlines, (int)at)); at++) {
        if (c == '\n' || c == '{')
            return 0;
        if (c == '}' && cmark_inline_parser_peek_at(inlines, (int)at + 1) == '}')
            return at + 2 - offset;
    }
    return 0;
}

static bool only_space_follows(cmark_inline_parser *inlines, size_t offset) {
    unsigned char c;
    while ((c = cmark_inline_parser_peek_at(inlines, (int)offset)) == ' ' || c == '\n' ||
           c == '\t' || c == '\r')
        offset++;
    return c == 0;
}

static bool is_bracket(const cmark_node *node, cmark_inline_parser *inlines, const char *bracket) {
    const cmark_chunk *content = cmark_inline_parser_get_chunk(inlines);
    const cmark_chunk *text = &node->as.literal;
    /* An escaped bracket's text lies in the content itself; a bracket that counts is cmark's own. */
    return node->type == CMARK_NODE_TEXT && (size_t)text->len == strlen(bracket) &&
           memcmp(text->data, bracket, strlen(bracket)) == 0 &&
           !(text->data >= content->data && text->data < content->data + content->len);
}

/* The bracket that opens what ends with the last node, "]"; NULL if none does. */
static cmark_node *opening_bracket(const cmark_node *parent, cmark_inline_parser *inlines) {
    int depth = 0;
    for (cmark_node *node = parent->last_child; node; node = node->prev) {
        if (is_bracket(node, inlines, "]"))
            depth++;
        else if (is_bracket(node, inlines, "[") || is_bracket(node, inlines, "!["))
            depth--;
        if (depth == 0)
            return is_bracket(node, inlines, "[") ? node : NULL;
    }
    return NULL;
}

/* [text]{…}: the brackets give way to two tokens. */
static cmark_node *match_span(struct markdown *markdown, cmark_inline_parser *inlines,
                              cmark_node *parent, size_t offset, size_t length) {
    cmark_node *open = opening_bracket(parent, inlines), *close = parent->last_child;
    if (!open)
        return NULL;
    cmark_node *end = token_node(markdown, inlines, TOKEN_SPAN_END, offset, length);
    struct token *token = ARENA_NEW(markdown->arena, struct token);
    *token =
        (struct token){.kind = TOKEN_SPAN, .offset = offset, .end = cmark_node_get_user_data(end)};
    /* In place: cmark may still know the node as a bracket. */
    open->type = CMARK_NODE_HTML_INLINE;
    open->extension = markdown->extension;
    open->as.literal = close->as.literal = (cmark_chunk){NULL, 0, 0};
    cmark_node_set_user_data(open, token);
    return end;
}

/* Attributes end a content, or follow a picture, link or bracketed text directly. */
static cmark_node *match_attributes(struct markdown *markdown, cmark_inline_parser *inlines,
                                    cmark_node *parent, size_t offset) {
    const char *text = (const char *)cmark_inline_parser_get_chunk(inlines)->data + offset;
    size_t size = (size_t)cmark_inline_parser_get_chunk(inlines)->len - offset;
    const cmark_node *last =
        offset && (text[-1] == ')' || text[-1] == ']') ? parent->last_child : NULL;
    bool on_picture = last && last->type == CMARK_NODE_IMAGE;
    if (!on_picture && !attributes_are_meant(text, size))
        return NULL;
    size_t length = attributes_scan(text, size);
    if (!length)
        return NULL;
    cmark_node *span = last && is_bracket(last, inlines, "]")
                           ? match_span(markdown, inlines, parent, offset, length)
                           : NULL;
    if (span)
        return span;
    bool attached = on_picture || (last && last->type == CMARK_NODE_LINK);
    bool at_end = only_space_follows(inlines, offset + length);
    if (!at_end && !attached)
        return NULL;
    cmark_node *node = token_node(markdown, inlines, TOKEN_ATTRIBUTES, offset, length);
    ((struct token *)cmark_node_get_user_data(node))->ends_content = at_end && !attached;
    return node;
}

static cmark_node *match_brace(cmark_syntax_extension *extension, cmark_parser *parser,
                               cmark_node *parent, unsigned char character,
                               cmark_inline_parser *inlines) {
    (void)parser;
    struct markdown *markdown = markdown_of(extension);
    size_t offset = (size_t)cmark_inline_parser_get_offset(inlines);
    if (character != '{')
        return NULL;
    if (cmark_inline_parser_peek_at(inlines, (int)offset + 1) != '{')
        return match_attributes(markdown, inlines, parent, offset);
    size_t length = scan_variable(inlines, offset);
    /* An unclosed one stays text, where markdown_inlines finds and reports it with its place. */
    return length ? token_node(markdown, inlines, TOKEN_VARIABLE, offset, length) : NULL;
}

static const char *type_string(cmark_syntax_extension *extension, cmark_node *node) {
    (void)extension;
    return node->type == CMARK_NODE_HTML_INLINE ? "token" : "div";
}

static int can_contain(cmark_syntax_extension *extension, cmark_node *node, cmark_node_type type) {
    return node->type == markdown_of(extension)->div_type && CMARK_NODE_TYPE_BLOCK_P(type);
}

cmark_syntax_extension *markdown_extension_new(struct markdown *markdown) {
    pthread_once(&types_once, make_types);
    cmark_syntax_extension *extension = cmark_syntax_extension_new("tandem");
    markdown->div_type = type_of_div;
    markdown->extension = extension;
    cmark_syntax_extension_set_private(extension, markdown, NULL);
    cmark_syntax_extension_set_open_block_func(extension, open_div);
    cmark_syntax_extension_set_match_block_func(extension, match_div);
    cmark_syntax_extension_set_match_inline_func(extension, match_brace);
    cmark_syntax_extension_set_get_type_string_func(extension, type_string);
    cmark_syntax_extension_set_can_contain_func(extension, can_contain);
    cmark_llist *brace =
        cmark_llist_append(cmark_get_default_mem_allocator(), NULL, (void *)(size_t)'{');
    cmark_syntax_extension_set_special_inline_chars(extension, brace);
    return extension;
}
