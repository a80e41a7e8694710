/* From what cmark parsed back to the bytes of the source.
 *
 * cmark strips each line of a paragraph of its container marks and indentation, cuts link
 * definitions off the front, and unescapes pipes in cells, without saying so in its columns. But
 * the content it parsed is kept, and each of its lines is the tail of a source line. */
#include "load/markdown.h"

int count_quotes(cmark_node *node) {
    int count = 0;
    for (; node; node = node->parent)
        count += node->type == CMARK_NODE_BLOCK_QUOTE;
    return count;
}

bool is_table(cmark_node *node) {
    return node->extension && strcmp(cmark_node_get_type_string(node), "table") == 0;
}

static size_t right_trimmed(const char *text, size_t length) {
    while (length && strchr(" \t\r\n", text[length - 1]))
        length--;
    return length;
}

size_t line_text_offset(const struct markdown *markdown, int32_t line, int quotes) {
    size_t length, at = 0;
    const char *text = source_line(markdown->source, line, &length);
    for (;;) {
        while (at < length && (text[at] == ' ' || text[at] == '\t'))
            at++;
        if (quotes == 0 || at == length || text[at] != '>')
            break;
        quotes--;
        at++;
    }
    return (size_t)(text - markdown->source->text) + at;
}

struct span block_span(const struct markdown *markdown, cmark_node *block) {
    int32_t line = block->start_line + markdown->first_line;
    size_t length;
    const char *text = source_line(markdown->source, line, &length);
    size_t end = right_trimmed(text, length);
    size_t from = block->start_column > 0 ? (size_t)block->start_column - 1 : 0;
    from = from < end ? from : end;
    while (from < end && (text[from] == ' ' || text[from] == '\t'))
        from++;
    size_t span = end > from ? end - from : 1;
    return (struct span){markdown->source, line < 1 ? 1 : line, (int32_t)from + 1, (int32_t)span};
}

static bool is_delimiter_row(const struct markdown *markdown, int32_t line, int quotes) {
    size_t length;
    const char *text = source_line(markdown->source, line, &length);
    size_t at = line_text_offset(markdown, line, quotes) - (size_t)(text - markdown->source->text);
    bool dashes = false;
    for (; at < length; at++) {
        if (!strchr("|:- \t\r", text[at]))
            return false;
        dashes |= text[at] == '-';
    }
    return dashes;
}

int32_t table_header_line(const struct markdown *markdown, cmark_node *table, int quotes) {
    int32_t first = table->start_line + markdown->first_line;
    int32_t last = table->end_line + markdown->first_line;
    for (int32_t line = first; line <= last; line++)
        if (is_delimiter_row(markdown, line + 1, quotes))
            return line;
    return first;
}

/* Where a content line stands in a source line: at its end, else anywhere, else nowhere (-1). */
static ptrdiff_t find_in_line(const char *line, size_t length, const char *text, size_t size) {
    length = right_trimmed(line, length);
    if (size <= length && memcmp(line + length - size, text, size) == 0)
        return (ptrdiff_t)(length - size);
    for (size_t at = length - (size < length ? size : length) + 1; size && at-- > 0;)
        if (at + size <= length && memcmp(line + at, text, size) == 0)
            return (ptrdiff_t)at;
    return -1;
}

static size_t content_line_length(const char *text, size_t size, size_t from) {
    const char *end = memchr(text + from, '\n', size - from);
    return (end ? (size_t)(end - text) : size) - from;
}

/* The first source line whose tail is the content's first line: definitions may come before. */
static int32_t first_line_of(const struct markdown *markdown, const cmark_node *block,
                             const char *text, size_t size) {
    int32_t line = block->start_line + markdown->first_line;
    int32_t last = block->end_line + markdown->first_line;
    if (block->start_line == 0 && block->next) { /* cut off a table's front by cmark */
        line = block->next->start_line + markdown->first_line;
        last = line;
    }
    size_t first = right_trimmed(text, content_line_length(text, size, 0));
    for (int32_t at = line; at <= last; at++) {
        size_t length;
        const char *source = source_line(markdown->source, at, &length);
        if (find_in_line(source, length, text, first) >= 0)
            return at;
    }
    return line;
}

struct leaf leaf_of_block(const struct markdown *markdown, cmark_node *block) {
    struct leaf leaf = {.markdown = markdown,
                        .text = (const char *)block->content.ptr,
                        .size = (size_t)block->content.size,
                        .line = block->start_line,
                        .column = block->start_column + block->internal_offset};
    int quotes = count_quotes(block);
    int32_t line = first_line_of(markdown, block, leaf.text, leaf.size);
    VEC(struct segment) segments = {0};
    VEC(size_t) lines = {0};
    for (size_t from = 0; from <= leaf.size; line++) {
        size_t length, size = content_line_length(leaf.text, leaf.size, from);
        const char *source = source_line(markdown->source, line, &length);
        ptrdiff_t at =
            find_in_line(source, length, leaf.text + from, right_trimmed(leaf.text + from, size));
        size_t offset = at >= 0 ? (size_t)(source - markdown->source->text) + (size_t)at
                                : line_text_offset(markdown, line, quotes);
        if (line > markdown->source->line_count)
            offset = markdown->source->size;
        VEC_PUSH(markdown->arena, &segments, ((struct segment){from, offset}));
        VEC_PUSH(markdown->arena, &lines, from);
        from += size + 1;
    }
    leaf.segments = segments.at;
    leaf.segment_count = segments.count;
    leaf.lines = lines.at;
    leaf.line_count = lines.count;
    return leaf;
}

/* Splits as cmark's scanner does: pipes end cells, a backslash takes the next mark with it. */
static bool find_cell(const char *row, size_t length, size_t index, size_t *from, size_t *to) {
    size_t at = 0;
    if (length && row[0] == '|')
        at++;
    for (;; index--) {
        *from = at;
        while (at < length && row[at] != '|')
            at += row[at] == '\\' && at + 1 < length ? 2 : 1;
        *to = at < length ? at : length;
        if (index == 0 || at >= length)
            break;
        at++;
    }
    while (*from < *to && (row[*from] == ' ' || row[*from] == '\t'))
        ++*from;
    *to = *from + right_trimmed(row + *from, *to - *from);
    return index == 0;
}

struct leaf leaf_of_cell(const struct markdown *markdown, cmark_node *cell, size_t row_at,
                         size_t index) {
    struct leaf leaf = {.markdown = markdown,
                        .text = cell->content.size ? (const char *)cell->content.ptr : "",
                        .size = (size_t)cell->content.size,
                        .line = cell->start_line,
                        .column = cell->start_column + cell->internal_offset};
    const char *row = markdown->source->text + row_at;
    size_t length = strcspn(row, "\n"), from = 0, to = 0;
    find_cell(row, right_trimmed(row, length), index, &from, &to);
    VEC(struct segment) segments = {0};
    VEC_PUSH(markdown->arena, &segments, ((struct segment){0, row_at + from}));
    size_t content = 0;
    for (size_t at = from; at < to; at++, content++) {
        if (row[at] == '\\' && at + 1 < to && row[at + 1] == '|') {
            at++;
            VEC_PUSH(markdown->arena, &segments, ((struct segment){content, row_at + at}));
        }
    }
    size_t *line = ARENA_NEW(markdown->arena, size_t);
    leaf.segments = segments.at;
    leaf.segment_count = segments.count;
    leaf.lines = line;
    leaf.line_count = 1;
    return leaf;
}

/* Source offset of a content byte. */
static size_t source_of(const struct leaf *leaf, size_t offset) {
    size_t low = 0, high = leaf->segment_count - 1;
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (leaf->segments[middle].content <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    size_t at = leaf->segments[low].source + (offset - leaf->segments[low].content);
    size_t size = leaf->markdown->source->size;
    return at < size ? at : size;
}

struct span leaf_span(const struct leaf *leaf, size_t offset, size_t length) {
    const struct source *source = leaf->markdown->source;
    size_t at = source_of(leaf, offset);
    size_t last = length > 1 ? source_of(leaf, offset + length - 1) : at;
    size_t bytes = last >= at && last < source->size ? last + 1 - at : source->size - at;
    /* Never past the line: a caret shows one line. */
    const char *end = memchr(source->text + at, '\n', bytes);
    return source_span(source, at, end ? (size_t)(end - source->text) - at : bytes);
}

static struct span find_place(const void *context, size_t offset, size_t length) {
    return leaf_span(context, offset, length);
}

struct place_finder leaf_places(const struct leaf *leaf) {
    return (struct place_finder){find_place, leaf};
}
