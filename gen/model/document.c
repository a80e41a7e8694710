#include "model/document.h"

#include "model/dump.h"

#include "base/buf.h"
#include "model/block.h"

#include <string.h>

static void put_plain(struct buf *out, const struct node *node) {
    switch (node->kind) {
    case NODE_TEXT:
    case NODE_CODE:
    case NODE_CODE_BLOCK:
        buf_puts(out, node->text);
        break;
    case NODE_SOFT_BREAK:
    case NODE_LINE_BREAK:
        buf_putc(out, ' ');
        break;
    case NODE_VARIABLE:
        buf_puts(out, node->caption ? node->caption : "…");
        break;
    default:
        for (const struct node *child = node->first; child; child = child->next) {
            /* Blocks side by side are separate words. */
            bool block = child->kind < NODE_TEXT && child->previous;
            if (block && out->len && out->data[out->len - 1] != ' ')
                buf_putc(out, ' ');
            put_plain(out, child);
        }
    }
}

bool picture_width(const char *text, int32_t *share, int32_t *um) {
    int64_t thousandths = 0, unit = 1000;
    bool point = false;
    *share = *um = 0;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !point); text++) {
        if (*text == '.') {
            point = true;
            continue;
        }
        unit = point ? unit / 10 : 1000;
        thousandths = (point ? thousandths : thousandths * 10) + unit * (*text - '0');
        if (thousandths > 1000000)
            return false;
    }
    if (strcmp(text, "%") == 0 && thousandths <= 100000)
        *share = (int32_t)(thousandths / 10);
    else if (strcmp(text, "mm") == 0)
        *um = (int32_t)thousandths;
    return *share || *um;
}

const char *node_language(const struct node *node) {
    const struct attribute *lang = NULL;
    for (; node && !lang; node = node->parent)
        lang = attributes_find(node->attributes, "lang");
    return lang ? lang->value : NULL;
}

const char *node_plain_text(struct arena *arena, const struct node *node) {
    struct buf out;
    buf_init(&out, arena);
    if (node)
        put_plain(&out, node);
    return out.data;
}

bool node_is_of_block(const struct node *node) {
    const struct node *body = node->parent;
    if (body && node->kind == NODE_CELL)
        body = body->parent;
    if (!body || (node->kind != NODE_ITEM && node->kind != NODE_CELL))
        return false;
    return body->block ||
           (body->parent && body->parent->block && body->parent->block->body == body);
}

const char *node_place_id(const struct node *node) {
    if (node->block)
        return node->block->id;
    if (!node->attributes)
        return NULL;
    switch (node->kind) {
    case NODE_ITEM:
        return node_is_of_block(node) ? NULL : node->attributes->id;
    case NODE_HEADING:
    case NODE_LIST:
    case NODE_QUOTE:
    case NODE_CODE_BLOCK:
    case NODE_TABLE:
    case NODE_IMAGE:
    case NODE_SPAN:
        return node->attributes->id;
    default:
        return NULL;
    }
}

/* True for a picture that is set below its paragraph: one among the words of a heading, cell or
 * block's item is not. */
static bool is_figure(const struct node *picture) {
    const struct node *at = picture->parent;
    while (at && at->kind >= NODE_TEXT)
        at = at->parent;
    return at && at->kind == NODE_PARAGRAPH && !(at->parent && node_is_of_block(at->parent));
}

bool node_is_numbered(const struct node *node) {
    bool has_id = node->attributes && node->attributes->id;
    if (node->kind == NODE_TABLE)
        return has_id || node->legend;
    return node->kind == NODE_IMAGE && (has_id || (node->title && node->title[0])) &&
           is_figure(node);
}

static const char *const kind_names[] = {
    [NODE_DOCUMENT] = "document",
    [NODE_HEADING] = "heading",
    [NODE_PARAGRAPH] = "paragraph",
    [NODE_LIST] = "list",
    [NODE_ITEM] = "item",
    [NODE_QUOTE] = "quote",
    [NODE_CODE_BLOCK] = "code-block",
    [NODE_RULE] = "rule",
    [NODE_TABLE] = "table",
    [NODE_ROW] = "row",
    [NODE_CELL] = "cell",
    [NODE_DIV] = "div",
    [NODE_FOOTNOTE] = "footnote",
    [NODE_TEXT] = "text",
    [NODE_SOFT_BREAK] = "soft-break",
    [NODE_LINE_BREAK] = "line-break",
    [NODE_CODE] = "code",
    [NODE_EMPHASIS] = "emphasis",
    [NODE_STRONG] = "strong",
    [NODE_STRIKE] = "strike",
    [NODE_LINK] = "link",
    [NODE_IMAGE] = "image",
    [NODE_VARIABLE] = "variable",
    [NODE_FOOTNOTE_REF] = "footnote-ref",
    [NODE_SPAN] = "span",
};

static void dump_string(FILE *out, const char *label, const char *text) {
    if (!text)
        return;
    fprintf(out, " %s\"", label);
    dump_text(text, strlen(text), out);
    fputc('"', out);
}

static void dump_attributes(FILE *out, const struct attributes *attributes) {
    if (!attributes)
        return;
    fputs(" {", out);
    if (attributes->id)
        fprintf(out, " #%s@%d:%d", attributes->id, attributes->id_at.line, attributes->id_at.col);
    for (size_t i = 0; i < attributes->class_count; i++)
        fprintf(out, " .%s@%d:%d", attributes->classes[i], attributes->class_at[i].line,
                attributes->class_at[i].col);
    for (size_t i = 0; i < attributes->count; i++) {
        const struct attribute *item = &attributes->items[i];
        fprintf(out, " %s@%d:%d", item->key, item->key_at.line, item->key_at.col);
        if (*item->value) {
            fputs("=", out);
            dump_string(out, "", item->value);
            fprintf(out, "@%d:%d", item->value_at.line, item->value_at.col);
        }
    }
    fputs(" }", out);
}

static void dump_details(FILE *out, const struct node *node) {
    static const char *const aligns[] = {"", " left", " centre", " right"};
    if (node->kind == NODE_HEADING)
        fprintf(out, " level=%d", node->level);
    if (node->kind == NODE_LIST && node->ordered)
        fprintf(out, " ordered start=%d", node->start);
    if (node->kind == NODE_LIST)
        fputs(node->tight ? " tight" : " loose", out);
    if (node->kind == NODE_ITEM && node->task)
        fputs(node->ticked ? " [x]" : " [ ]", out);
    if (node->kind == NODE_FOOTNOTE || node->kind == NODE_FOOTNOTE_REF)
        fprintf(out, " number=%d", node->number);
    if (node->kind == NODE_CELL)
        fputs(aligns[node->align], out);
    dump_string(out, "", node->text);
    dump_string(out, "caption=", node->caption);
    dump_string(out, "info=", node->info);
    dump_string(out, "url=", node->url);
    dump_string(out, "title=", node->title);
    dump_attributes(out, node->attributes);
    if (node->image)
        fprintf(out, " %dx%d", node->image->width_px, node->image->height_px);
}

static void dump(const struct node *node, FILE *out, int depth) {
    fprintf(out, "%*s%s %d:%d+%d", depth * 2, "", kind_names[node->kind], node->at.line,
            node->at.col, node->at.length);
    dump_details(out, node);
    fputc('\n', out);
    for (const struct node *child = node->first; child; child = child->next)
        dump(child, out, depth + 1);
    if (node->legend)
        dump(node->legend, out, depth + 1);
}

void node_dump(const struct node *node, FILE *out) {
    if (node)
        dump(node, out, 0);
}
