/* Blocks: cmark's tree → the model's. */
#include "load/markdown.h"
#include "load/markdown_text.h"
#include "load/typography.h"

#include <cmark-gfm-core-extensions.h>

struct node *node_new(struct markdown *markdown, enum node_kind kind, struct span at) {
    struct node *node = ARENA_NEW(markdown->arena, struct node);
    node->kind = kind;
    node->at = at;
    return node;
}

void node_append(struct node *parent, struct node *child) {
    child->parent = parent;
    child->previous = parent->last;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void node_remove(struct node *child) {
    struct node *parent = child->parent;
    *(child->previous ? &child->previous->next : &parent->first) = child->next;
    *(child->next ? &child->next->previous : &parent->last) = child->previous;
}

static void build_children(struct markdown *markdown, cmark_node *from, struct node *node,
                           int depth);

/* The line of a .calc is an expression: nothing in it is markup, and only its label is text. */
static bool build_equation(struct markdown *markdown, const struct leaf *leaf,
                           struct node *paragraph, const struct node *parent) {
    if (parent->kind != NODE_DIV || !attributes_has_class(parent->attributes, "calc"))
        return false;
    const char *text = arena_strndup(markdown->arena, leaf->text, leaf->size);
    size_t length = strlen(text), split = length;
    for (size_t at = 0; at + 3 <= length; at++)
        if (memcmp(text + at, " = ", 3) == 0)
            split = at;
    if (split == length)
        return false;
    const char *label = typography_text(markdown->arena, markdown->language,
                                        arena_strndup(markdown->arena, text, split));
    size_t end = length;
    while (end > split && strchr(" \t\r\n", text[end - 1]))
        end--;
    struct node *node = node_new(markdown, NODE_TEXT, leaf_span(leaf, 0, end));
    node->text = arena_printf(markdown->arena, "%s%.*s", label, (int)(end - split), text + split);
    node_append(paragraph, node);
    return true;
}

static struct span content_span(const struct leaf *leaf, struct span otherwise) {
    size_t end = 0;
    while (end < leaf->size && leaf->text[end] != '\n' && leaf->text[end] != '\r')
        end++;
    return end ? leaf_span(leaf, 0, end) : otherwise;
}

/* ": Some words" beside a table are its caption, as Pandoc has it. */
static bool begins_caption(const struct markdown *markdown, struct span at) {
    size_t length;
    const char *line = source_line(markdown->source, at.line, &length);
    size_t from = (size_t)at.col - 1;
    return from + 1 < length && line[from] == ':' && line[from + 1] == ' ';
}

static void set_legend(struct markdown *markdown, struct node *table, struct node *legend,
                       const struct attributes *attributes) {
    struct node *first = legend->first;
    if (first && first->kind == NODE_TEXT && first->text[0] == ':') {
        first->text += 1 + strspn(first->text + 1, " ");
        if (!*first->text)
            node_remove(first);
    }
    table->legend = legend;
    if (attributes && table->attributes)
        diag_report(markdown->diag, DIAG_ATTRIBUTES_NOWHERE, attributes->at);
    else if (attributes)
        table->attributes = attributes;
}

/* A caption gives way to the table above or below it. */
static bool join_caption(struct markdown *markdown, struct node *table, struct node *caption) {
    if (!table || table->kind != NODE_TABLE || table->legend)
        return false;
    node_remove(caption);
    caption->next = caption->previous = NULL;
    const struct attributes *attributes = caption->attributes;
    caption->attributes = NULL;
    set_legend(markdown, table, caption, attributes);
    return true;
}

static void build_paragraph(struct markdown *markdown, cmark_node *from, struct node *parent) {
    struct leaf leaf = leaf_of_block(markdown, from);
    struct span at = content_span(&leaf, block_span(markdown, from));
    struct node *node = node_new(markdown, NODE_PARAGRAPH, at);
    node_append(parent, node);
    if (build_equation(markdown, &leaf, node, parent))
        return;
    const struct attributes *attributes = markdown_inlines(markdown, &leaf, from, node);
    if (!attributes)
        return;
    bool first_of_item = parent->kind == NODE_ITEM && parent->first == node;
    bool alone = !node->first;
    bool precedes = from->next && (from->next->type == CMARK_NODE_LIST || is_table(from->next) ||
                                   from->next->type == CMARK_NODE_BLOCK_QUOTE);
    if (begins_caption(markdown, node->at)) {
        node->attributes = attributes; /* build_children looks for the table */
    } else if (first_of_item) {
        parent->attributes = attributes;
    } else if (alone && precedes) {
        node->attributes = attributes; /* build_children hands them on */
    } else {
        diag_report(markdown->diag, DIAG_ATTRIBUTES_NOWHERE, attributes->at);
    }
}

static void build_heading(struct markdown *markdown, cmark_node *from, struct node *parent) {
    struct leaf leaf = leaf_of_block(markdown, from);
    struct node *node = node_new(markdown, NODE_HEADING, block_span(markdown, from));
    node->level = from->as.heading.level;
    node_append(parent, node);
    node->attributes = markdown_inlines(markdown, &leaf, from, node);
}

static void build_row(struct markdown *markdown, cmark_node *from, struct node *table, int32_t line,
                      int quotes) {
    size_t row_at = line_text_offset(markdown, line, quotes), length;
    const char *text = source_line(markdown->source, line, &length);
    size_t whole = (size_t)(text - markdown->source->text) + length;
    while (whole > row_at && strchr(" \t", markdown->source->text[whole - 1]))
        whole--;
    struct node *row =
        node_new(markdown, NODE_ROW, source_span(markdown->source, row_at, whole - row_at));
    node_append(table, row);
    const uint8_t *aligns = cmark_gfm_extensions_get_table_alignments(from->parent);
    size_t columns = cmark_gfm_extensions_get_table_columns(from->parent), index = 0;
    for (cmark_node *cell = from->first_child; cell; cell = cell->next, index++) {
        struct leaf leaf = leaf_of_cell(markdown, cell, row_at, index);
        struct node *node =
            node_new(markdown, NODE_CELL, leaf_span(&leaf, 0, leaf.size ? leaf.size : 1));
        node_append(row, node);
        uint8_t align = aligns && index < columns ? aligns[index] : 0;
        node->align = align == 'l'   ? ALIGN_LEFT
                      : align == 'c' ? ALIGN_CENTRE
                      : align == 'r' ? ALIGN_RIGHT
                                     : ALIGN_DEFAULT;
        const struct attributes *attributes = markdown_inlines(markdown, &leaf, cell, node);
        if (attributes && row->previous)
            diag_report(markdown->diag, DIAG_ATTRIBUTES_NOWHERE, attributes->at);
        else
            node->attributes = attributes;
    }
}

/* A caption on the line right below a table, which cmark takes for a row. */
static bool build_legend(struct markdown *markdown, cmark_node *from, struct node *table,
                         int32_t line, int quotes) {
    size_t row_at = line_text_offset(markdown, line, quotes);
    struct leaf leaf = leaf_of_cell(markdown, from->first_child, row_at, 0);
    if (!begins_caption(markdown, source_span(markdown->source, row_at, 1)) ||
        (from->first_child->next && from->first_child->next->first_child))
        return false;
    struct node *legend = node_new(markdown, NODE_PARAGRAPH, leaf_span(&leaf, 0, leaf.size));
    set_legend(markdown, table, legend,
               markdown_inlines(markdown, &leaf, from->first_child, legend));
    return true;
}

static void build_table(struct markdown *markdown, cmark_node *from, struct node *parent) {
    int quotes = count_quotes(from);
    int32_t header = table_header_line(markdown, from, quotes);
    struct node *table = node_new(markdown, NODE_TABLE, block_span(markdown, from));
    node_append(parent, table);
    for (cmark_node *row = from->first_child; row; row = row->next) {
        bool first = row == from->first_child;
        int32_t line = first ? header : row->start_line + markdown->first_line;
        if (first || row->next || !build_legend(markdown, row, table, line, quotes))
            build_row(markdown, row, table, line, quotes);
    }
    if (table->first)
        table->at = table->first->at;
}

/* The info string: a word, then attributes in braces, in either order or alone. */
static void build_code(struct markdown *markdown, cmark_node *from, struct node *parent) {
    struct node *node = node_new(markdown, NODE_CODE_BLOCK, block_span(markdown, from));
    node->text = arena_strndup(markdown->arena, (char *)from->as.code.literal.data,
                               (size_t)from->as.code.literal.len);
    node_append(parent, node);
    if (!from->as.code.fenced)
        return;
    size_t offset = markdown->source->line_starts[node->at.line - 1] + (size_t)node->at.col - 1;
    const char *line = markdown->source->text + offset;
    size_t length = (size_t)node->at.length;
    size_t info = strspn(line, "`~");
    const char *brace = memchr(line + info, '{', length > info ? length - info : 0);
    size_t word_end = brace ? (size_t)(brace - line) : length;
    while (info < word_end && (line[info] == ' ' || line[info] == '\t'))
        info++;
    size_t size = 0;
    while (info + size < word_end && line[info + size] != ' ')
        size++;
    node->info = size ? arena_strndup(markdown->arena, line + info, size) : NULL;
    if (!brace)
        return;
    size_t braces = attributes_scan(brace, length - (size_t)(brace - line));
    struct span at = source_span(markdown->source, offset + (size_t)(brace - line), 1);
    if (!braces) {
        diag_report(markdown->diag, DIAG_ATTRIBUTES_OPEN, at);
        return;
    }
    struct segment segment = {0, offset + (size_t)(brace - line)};
    struct leaf leaf = {.markdown = markdown,
                        .text = brace,
                        .size = braces,
                        .segments = &segment,
                        .segment_count = 1};
    node->attributes =
        attributes_parse(markdown->arena, markdown->diag, brace, braces, leaf_places(&leaf));
    if (!node->info && node->attributes->class_count)
        node->info = node->attributes->classes[0];
}

static struct node *build_div(struct markdown *markdown, cmark_node *from) {
    const struct fence *fence = from->as.opaque;
    struct node *node =
        node_new(markdown, NODE_DIV, source_span(markdown->source, fence->offset, fence->length));
    if (fence->attributes_length) {
        struct segment segment = {0, fence->attributes_at};
        const char *text = markdown->source->text + fence->attributes_at;
        struct leaf leaf = {.markdown = markdown,
                            .text = text,
                            .size = fence->attributes_length,
                            .segments = &segment,
                            .segment_count = 1};
        node->attributes = attributes_parse(markdown->arena, markdown->diag, text,
                                            fence->attributes_length, leaf_places(&leaf));
        text_attribute_words(markdown, node->attributes);
    }
    return node;
}

static struct node *build_list(struct markdown *markdown, cmark_node *from) {
    struct node *node = node_new(markdown, NODE_LIST, block_span(markdown, from));
    node->ordered = from->as.list.list_type == CMARK_ORDERED_LIST;
    node->start = node->ordered ? from->as.list.start : 0;
    node->tight = from->as.list.tight;
    return node;
}

static struct node *build_item(struct markdown *markdown, cmark_node *from) {
    struct node *node = node_new(markdown, NODE_ITEM, block_span(markdown, from));
    node->task = strcmp(cmark_node_get_type_string(from), "tasklist") == 0;
    if (node->task) {
        /* cmark looks for [x] anywhere on the line: look where it stands. */
        const char *text = markdown->source->text +
                           markdown->source->line_starts[node->at.line - 1] + node->at.col - 1;
        const char *box = memchr(text, '[', (size_t)node->at.length);
        node->ticked = box && (box[1] == 'x' || box[1] == 'X');
    }
    return node;
}

static void build_footnote(struct markdown *markdown, cmark_node *from, int depth) {
    struct span at = block_span(markdown, from);
    /* cmark's column is that of the text behind the label. */
    size_t length;
    const char *line = source_line(markdown->source, at.line, &length);
    size_t before = (size_t)at.col - 1 < length ? (size_t)at.col - 1 : length;
    const char *label = memchr(line, '[', before);
    if (label) {
        at.length += at.col - (int32_t)(label - line) - 1;
        at.col = (int32_t)(label - line) + 1;
    }
    struct node *node = node_new(markdown, NODE_FOOTNOTE, at);
    VEC_PUSH(markdown->arena, &markdown->footnotes, node);
    node->number = (int32_t)markdown->footnotes.count;
    build_children(markdown, from, node, depth);
}

static void report_caption(struct markdown *markdown, struct node *caption) {
    caption->attributes = NULL;
    diag_report(markdown->diag, DIAG_CAPTION_NOWHERE, caption->at);
}

static void build_block(struct markdown *markdown, cmark_node *from, struct node *parent,
                        int depth) {
    struct node *node = NULL;
    if (is_table(from)) {
        build_table(markdown, from, parent);
        return;
    }
    if (from->type == markdown->div_type) {
        node = build_div(markdown, from);
        node_append(parent, node);
        build_children(markdown, from, node, depth);
        return;
    }
    switch (from->type) {
    case CMARK_NODE_PARAGRAPH:
        build_paragraph(markdown, from, parent);
        return;
    case CMARK_NODE_HEADING:
        build_heading(markdown, from, parent);
        return;
    case CMARK_NODE_CODE_BLOCK:
        build_code(markdown, from, parent);
        return;
    case CMARK_NODE_HTML_BLOCK:
        markdown_html(markdown,
                      arena_strndup(markdown->arena, (char *)from->as.literal.data,
                                    (size_t)from->as.literal.len),
                      block_span(markdown, from));
        return;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        build_footnote(markdown, from, depth);
        return;
    case CMARK_NODE_THEMATIC_BREAK:
        node_append(parent, node_new(markdown, NODE_RULE, block_span(markdown, from)));
        return;
    case CMARK_NODE_LIST:
        node = build_list(markdown, from);
        break;
    case CMARK_NODE_ITEM:
        node = build_item(markdown, from);
        break;
    default:
        node = node_new(markdown, NODE_QUOTE, block_span(markdown, from));
    }
    node_append(parent, node);
    build_children(markdown, from, node, depth);
}

static void build_children(struct markdown *markdown, cmark_node *from, struct node *node,
                           int depth) {
    if (depth >= NESTING_LIMIT) {
        if (!markdown->too_deep)
            diag_report(markdown->diag, DIAG_NESTING, node->at,
                        arena_printf(markdown->arena, "%d", NESTING_LIMIT));
        markdown->too_deep = true;
        return;
    }
    bool in_log = node->kind == NODE_DIV && attributes_has_class(node->attributes, "log");
    struct node *caption = NULL; /* above its table */
    for (cmark_node *child = from->first_child; child; child = child->next) {
        struct node *before = node->last;
        build_block(markdown, child, node, depth + 1);
        struct node *made = node->last != before ? node->last : NULL;
        if (caption && made && !join_caption(markdown, made, caption))
            report_caption(markdown, caption);
        caption = made ? NULL : caption;
        if (made && made->kind == NODE_PARAGRAPH && !in_log &&
            child->type == CMARK_NODE_PARAGRAPH && begins_caption(markdown, made->at)) {
            if (!join_caption(markdown, before, made))
                caption = made;
            continue;
        }
        /* Attributes alone on the line above a list are the list's. */
        struct node *above = node->last ? node->last->previous : NULL;
        if (above && above->kind == NODE_PARAGRAPH && above->attributes) {
            node->last->attributes = above->attributes;
            node_remove(above);
        }
    }
    if (caption)
        report_caption(markdown, caption);
}

void markdown_build(struct markdown *markdown, cmark_node *document) {
    struct span start = {markdown->source, markdown->first_line + 1, 1, 1};
    markdown->module->document = node_new(markdown, NODE_DOCUMENT, start);
    build_children(markdown, document, markdown->module->document, 0);
    markdown->module->footnotes = markdown->footnotes.at;
    markdown->module->footnote_count = markdown->footnotes.count;
}
