#include "write/letter.h"

#include <string.h>

static const char styles[] =
    "body{margin:0;background:#f4f5f6;color:#1d2328;"
    "font:16px/1.5 Georgia,'Times New Roman',serif}"
    "main{max-width:36em;margin:0 auto;padding:1.5em;background:#fff;overflow-wrap:break-word}"
    "h1,h2,h3{font-family:Helvetica,Arial,sans-serif;line-height:1.25;color:#0f4c5c}"
    "h1{font-size:1.5em}h2{font-size:1.2em}h3{font-size:1em}a{color:#0b5a76}"
    "table{border-collapse:collapse}th,td{padding:.3em .8em .3em 0;text-align:left;"
    "vertical-align:top;border-bottom:1px solid #c5cdd1}"
    "blockquote,.aside{margin:1em 0;padding:.1em 1em;border-left:4px solid "
    "#0f4c5c;background:#eef3f4}"
    "@media "
    "(prefers-color-scheme:dark){body{background:#111517;color:#e6eaec}main{background:#1a2023}"
    "h1,h2,h3,a{color:#8fd0e0}blockquote,.aside{background:#232b2f;border-color:#8fd0e0}"
    "th,td{border-color:#46525a}}";

static void put_escaped(struct buf *out, const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        switch (text[i]) {
        case '&':
            buf_puts(out, "&amp;");
            break;
        case '<':
            buf_puts(out, "&lt;");
            break;
        case '>':
            buf_puts(out, "&gt;");
            break;
        case '"':
            buf_puts(out, "&quot;");
            break;
        default:
            buf_putc(out, text[i]);
        }
    }
}

/* Addresses that a mail program may open; all others stay words. */
static bool opens(const char *url) {
    return url && (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0 ||
                   strncmp(url, "mailto:", 7) == 0);
}

static const char *tag_of(enum role role) {
    switch (role) {
    case ROLE_EM:
        return "em";
    case ROLE_STRONG:
        return "strong";
    case ROLE_CODE:
        return "code";
    default:
        return NULL;
    }
}

static void put_inlines(struct buf *out, const struct flow *paragraph) {
    const char *link = NULL;
    for (size_t i = 0; i < paragraph->item_count; i++) {
        const struct inline_item *item = &paragraph->items[i];
        const char *url = opens(item->url) ? item->url : NULL;
        if (link && link != url)
            buf_puts(out, "</a>");
        if (url && url != link) {
            buf_puts(out, "<a href=\"");
            put_escaped(out, url, strlen(url));
            buf_puts(out, "\">");
        }
        link = url;
        const char *tag = tag_of(item->role);
        if (item->kind == INLINE_BREAK) {
            buf_puts(out, "<br>");
        } else if (item->kind == INLINE_TEXT) {
            if (tag)
                buf_printf(out, "<%s>", tag);
            put_escaped(out, item->text, item->length);
            if (tag)
                buf_printf(out, "</%s>", tag);
        } else if (item->kind == INLINE_SPACE) {
            buf_putc(out, ' ');
        }
    }
    if (link)
        buf_puts(out, "</a>");
}

static void put_block(struct buf *out, const struct flow *flow);

static void put_children(struct buf *out, const struct flow *flow) {
    for (const struct flow *child = flow->first; child; child = child->next)
        put_block(out, child);
}

static void put_paragraph(struct buf *out, const struct flow *flow) {
    int level = flow->role >= ROLE_H1 && flow->role <= ROLE_H6 ? (int)flow->role - ROLE_H1 + 1 : 0;
    char tag[4] = "p";
    if (level) {
        tag[0] = 'h';
        tag[1] = (char)('0' + (level > 3 ? 3 : level));
    }
    buf_printf(out, "<%s>", tag);
    put_inlines(out, flow);
    buf_printf(out, "</%s>\n", tag);
}

static bool is_numbered(const struct flow *list) {
    const struct flow *label = list->first ? list->first->first : NULL;
    return label && label->item_count && label->items[0].kind == INLINE_TEXT &&
           label->items[0].text[0] >= '0' && label->items[0].text[0] <= '9';
}

static void put_list(struct buf *out, const struct flow *list) {
    const char *tag = is_numbered(list) ? "ol" : "ul";
    buf_printf(out, "<%s>\n", tag);
    for (const struct flow *item = list->first; item; item = item->next) {
        const struct flow *body = item->first ? item->first->next : NULL;
        buf_puts(out, "<li>");
        const struct flow *part = body ? body->first : NULL;
        if (part && part->kind == FLOW_PARAGRAPH) {
            put_inlines(out, part);
            part = part->next;
        }
        for (; part; part = part->next)
            put_block(out, part);
        buf_puts(out, "</li>\n");
    }
    buf_printf(out, "</%s>\n", tag);
}

static void put_table(struct buf *out, const struct flow *table) {
    buf_puts(out, "<table>\n");
    for (const struct flow *row = table->first; row; row = row->next) {
        buf_puts(out, "<tr>");
        for (const struct flow *cell = row->first; cell; cell = cell->next) {
            const char *tag = cell->header ? "th" : "td";
            buf_printf(out, "<%s>", tag);
            for (const struct flow *part = cell->first; part; part = part->next)
                if (part->kind == FLOW_PARAGRAPH)
                    put_inlines(out, part);
            buf_printf(out, "</%s>", tag);
        }
        buf_puts(out, "</tr>\n");
    }
    buf_puts(out, "</table>\n");
}

static void put_stack(struct buf *out, const struct flow *flow) {
    const char *open = "", *close = "";
    if (flow->role == ROLE_BLOCK_QUOTE) {
        open = "<blockquote>\n";
        close = "</blockquote>\n";
    } else if (flow->box) {
        open = "<div class=\"aside\">\n";
        close = "</div>\n";
    }
    buf_puts(out, open);
    put_children(out, flow);
    buf_puts(out, close);
}

static void put_block(struct buf *out, const struct flow *flow) {
    if (flow->role == ROLE_L)
        put_list(out, flow);
    else if (flow->kind == FLOW_PARAGRAPH)
        put_paragraph(out, flow);
    else if (flow->kind == FLOW_TABLE)
        put_table(out, flow);
    else if (flow->kind == FLOW_RULE)
        buf_puts(out, "<hr>\n");
    else if (flow->kind == FLOW_STACK || flow->kind == FLOW_COLUMNS)
        put_stack(out, flow);
}

char *letter_html(struct arena *arena, const struct flow *body, const char *title,
                  const char *language) {
    struct buf out;
    buf_init(&out, arena);
    buf_puts(&out, "<!DOCTYPE html>\n<html lang=\"");
    put_escaped(&out, language, strlen(language));
    buf_puts(&out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    put_escaped(&out, title, strlen(title));
    buf_printf(&out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", styles);
    put_children(&out, body);
    buf_puts(&out, "</main>\n</body>\n</html>\n");
    return out.data;
}
