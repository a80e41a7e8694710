#include "write/letter.h"

#include <string.h>

struct writer {
    struct arena *arena;
    struct buf *out;
    const char *margin; /* before each line */
    bool apart;         /* an empty line is due before the next paragraph */
};

static void put_block(struct writer *writer, const struct flow *flow);

/* Where a link leads, if that is outside of the message. */
static const char *outside(const char *url) { return url && url[0] != '#' ? url : NULL; }

static char *inline_text(struct arena *arena, const struct flow *paragraph) {
    struct buf text;
    buf_init(&text, arena);
    size_t link = 0;
    for (size_t i = 0; i < paragraph->item_count; i++) {
        const struct inline_item *item = &paragraph->items[i];
        const char *url = outside(item->url);
        if (i == 0 || paragraph->items[i - 1].url != item->url)
            link = text.len;
        if (item->kind == INLINE_TEXT)
            buf_put(&text, item->text, item->length);
        else if (item->kind == INLINE_BREAK)
            buf_putc(&text, '\n');
        else if (item->kind == INLINE_SPACE)
            buf_putc(&text, ' ');
        bool ends = i + 1 == paragraph->item_count || paragraph->items[i + 1].url != item->url;
        if (url && ends && strcmp(text.data + link, url) != 0 &&
            !(strncmp(url, "mailto:", 7) == 0 && strcmp(text.data + link, url + 7) == 0))
            buf_printf(&text, " (%s)", strncmp(url, "mailto:", 7) == 0 ? url + 7 : url);
    }
    return text.data;
}

static void put_line(struct writer *writer, const char *first, const char *margin,
                     const char *text) {
    for (const char *at = text;; first = margin) {
        const char *end = strchr(at, '\n');
        size_t length = end ? (size_t)(end - at) : strlen(at);
        buf_puts(writer->out, first);
        buf_put(writer->out, at, length);
        while (writer->out->len && writer->out->data[writer->out->len - 1] == ' ')
            writer->out->data[--writer->out->len] = 0;
        buf_putc(writer->out, '\n');
        if (!end)
            return;
        at = end + 1;
    }
}

static void begin(struct writer *writer) {
    if (writer->apart)
        put_line(writer, writer->margin, writer->margin, "");
    writer->apart = false;
}

static void put_paragraph(struct writer *writer, const struct flow *flow) {
    begin(writer);
    put_line(writer, writer->margin, writer->margin, inline_text(writer->arena, flow));
    writer->apart = true;
}

/* The label and the first paragraph share a line; what follows is indented. */
static void put_item(struct writer *writer, const struct flow *item) {
    const struct flow *label = item->first, *body = label ? label->next : NULL;
    const char *margin = writer->margin;
    const char *mark = label ? inline_text(writer->arena, label) : "-";
    const char *first = arena_printf(writer->arena, "%s%s ", margin, mark);
    const char *inner =
        arena_printf(writer->arena, "%s%*s", margin,
                     mark[0] >= '0' && mark[0] <= '9' ? (int)strlen(mark) + 1 : 2, "");
    const struct flow *part = body ? body->first : NULL;
    if (part && part->kind == FLOW_PARAGRAPH) {
        put_line(writer, first, inner, inline_text(writer->arena, part));
        part = part->next;
    } else {
        put_line(writer, first, inner, "");
    }
    writer->apart = false;
    writer->margin = inner;
    for (; part; part = part->next)
        put_block(writer, part);
    writer->margin = margin;
    writer->apart = false;
}

static void put_row(struct writer *writer, const struct flow *row) {
    struct buf line;
    buf_init(&line, writer->arena);
    for (const struct flow *cell = row->first; cell; cell = cell->next) {
        if (cell != row->first)
            buf_puts(&line, " | ");
        for (const struct flow *part = cell->first; part; part = part->next)
            if (part->kind == FLOW_PARAGRAPH)
                buf_printf(&line, "%s%s", part == cell->first ? "" : " ",
                           inline_text(writer->arena, part));
    }
    put_line(writer, writer->margin, writer->margin, line.data);
}

static void put_children(struct writer *writer, const struct flow *flow) {
    for (const struct flow *child = flow->first; child; child = child->next)
        put_block(writer, child);
}

static void put_block(struct writer *writer, const struct flow *flow) {
    const char *margin = writer->margin;
    switch (flow->kind) {
    case FLOW_PARAGRAPH:
        put_paragraph(writer, flow);
        break;
    case FLOW_ITEM:
        if (writer->apart)
            begin(writer);
        put_item(writer, flow);
        break;
    case FLOW_TABLE:
        begin(writer);
        for (const struct flow *row = flow->first; row; row = row->next)
            put_row(writer, row);
        writer->apart = true;
        break;
    case FLOW_RULE:
        begin(writer);
        put_line(writer, margin, margin, "---");
        writer->apart = true;
        break;
    case FLOW_STACK:
    case FLOW_COLUMNS:
        if (flow->role == ROLE_BLOCK_QUOTE || flow->box) {
            begin(writer);
            writer->margin = arena_printf(writer->arena, "%s> ", margin);
        }
        put_children(writer, flow);
        writer->margin = margin;
        writer->apart |= flow->role == ROLE_L;
        break;
    default: /* drawings, spaces: looks, not words */
        break;
    }
}

char *letter_text(struct arena *arena, const struct flow *body) {
    struct buf out;
    buf_init(&out, arena);
    struct writer writer = {.arena = arena, .out = &out, .margin = ""};
    put_children(&writer, body);
    return out.data;
}
