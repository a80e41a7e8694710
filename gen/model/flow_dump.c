#include "model/flow.h"

#include "model/dump.h"

#include <string.h>

static const char *const kinds[] = {
    [FLOW_STACK] = "stack",     [FLOW_PARAGRAPH] = "paragraph",
    [FLOW_ITEM] = "item",       [FLOW_TABLE] = "table",
    [FLOW_ROW] = "row",         [FLOW_CELL] = "cell",
    [FLOW_COLUMNS] = "columns", [FLOW_RULE] = "rule",
    [FLOW_LINES] = "lines",     [FLOW_FIELD] = "field",
    [FLOW_DRAWING] = "drawing", [FLOW_IMAGE] = "image",
    [FLOW_SPACE] = "space",     [FLOW_CONTENTS] = "contents",
    [FLOW_INDEX] = "index",
};

static void dump_string(const char *label, const char *text, FILE *out) {
    if (!text)
        return;
    fprintf(out, " %s=\"", label);
    dump_text(text, strlen(text), out);
    putc('"', out);
}

static void dump_length(const char *label, int32_t um, FILE *out) {
    if (um)
        fprintf(out, " %s=%d", label, um);
}

static void dump_width(const char *label, struct width width, FILE *out) {
    static const char *const names[] = {"auto", "", "*", "least"};
    if (width.kind == WIDTH_AUTO)
        return;
    fprintf(out, " %s=%s", label, names[width.kind]);
    if (width.kind != WIDTH_MIN_CONTENT)
        fprintf(out, "%d", width.amount);
}

static void dump_field(const struct field *field, FILE *out) {
    static const char *const names[] = {"text", "prose", "check", "radio", "combo"};
    if (!field)
        return;
    fprintf(out, " field=%s:%s", names[field->kind], field->name ? field->name : "-");
    if (field->option && field->option[0])
        fprintf(out, "=%s", field->option);
    if (field->on)
        fputs(" on", out);
    dump_string("value", field->value, out);
}

/* Words as they are, other items in angle brackets: "Ask <gap 46000 your name> on <field …>". */
static void dump_items(const struct flow *flow, FILE *out) {
    static const char *const names[] = {"",     "break", "gap",  "field",
                                        "note", "page",  "fill", "space"};
    fputs(" \"", out);
    for (size_t i = 0; i < flow->item_count; i++) {
        const struct inline_item *item = &flow->items[i];
        if (item->role != ROLE_NONE)
            fprintf(out, "<%s%s%s>", role_name(item->role), item->url ? " " : "",
                    item->url ? item->url : "");
        if (item->anchor)
            fprintf(out, "<#%s>", item->anchor);
        if (item->lang)
            fprintf(out, "<lang %s>", item->lang);
        if (item->kind == INLINE_TEXT) {
            dump_text(item->text, item->length, out);
        } else {
            fprintf(out, "<%s", names[item->kind]);
            if (item->kind == INLINE_NOTE)
                fprintf(out, " %d", item->number);
            dump_length("width", item->width_um, out);
            if (item->text && item->length) {
                putc(' ', out);
                dump_text(item->text, item->length, out);
            }
            dump_field(item->field, out);
            putc('>', out);
        }
        if (item->role != ROLE_NONE)
            fputs("</>", out);
    }
    putc('"', out);
}

static void dump_flags(const struct flow *flow, FILE *out) {
    static const char *const breaks[] = {"", " new-page", " right-page"};
    static const char *const vertical[] = {"", " middle", " bottom"};
    fputs(breaks[flow->break_before], out);
    fputs(vertical[flow->vertical], out);
    fputs(flow->full_page ? " full-page" : "", out);
    fputs(flow->furniture_off ? " no-heads" : "", out);
    fputs(flow->keep_together ? " together" : "", out);
    fputs(flow->keep_with_next ? " with-next" : "", out);
    fputs(flow->header ? " header" : "", out);
    fputs(flow->row_header ? " row-header" : "", out);
    fputs(flow->rules_between ? " ruled" : "", out);
}

static void dump_box(const struct box_style *box, FILE *out) {
    if (!box)
        return;
    fprintf(out, " box=%d,%d,%d,%d", box->pad_top_um, box->pad_right_um, box->pad_bottom_um,
            box->pad_left_um);
    if (box->fill != COLOUR_NONE)
        fprintf(out, " fill=#%06X", box->fill);
    if (box->border != COLOUR_NONE)
        fprintf(out, " border=#%06X", box->border);
    if (box->bar != COLOUR_NONE)
        fprintf(out, " bar=#%06X", box->bar);
}

static void dump_drawing(const struct drawing *drawing, int depth, FILE *out) {
    static const char *const shapes[] = {"rect", "line", "polygon", "circle",
                                         "arc",  "text", "field"};
    for (size_t i = 0; i < drawing->count; i++) {
        const struct shape *shape = &drawing->shapes[i];
        fprintf(out, "%*s%s %d*%+d,%d*%+d", 2 * depth, "", shapes[shape->kind], shape->at.x.part,
                shape->at.x.um, shape->at.y.part, shape->at.y.um);
        if (shape->kind != SHAPE_LINE)
            fprintf(out, " %d*%+d", shape->width.part, shape->width.um);
        else
            fprintf(out, " to %d*%+d,%d*%+d", shape->to.x.part, shape->to.x.um, shape->to.y.part,
                    shape->to.y.um);
        if (shape->kind == SHAPE_ARC)
            fprintf(out, " from %d to %d", shape->from_mdeg, shape->to_mdeg);
        if (shape->kind == SHAPE_TEXT)
            dump_string("text", shape->text, out);
        dump_field(shape->kind == SHAPE_FIELD ? shape->field : NULL, out);
        putc('\n', out);
    }
}

static void dump_node(const struct flow *flow, int depth, FILE *out) {
    fprintf(out, "%*s%s", 2 * depth, "", kinds[flow->kind]);
    if (flow->role != ROLE_NONE)
        fprintf(out, " %s", role_name(flow->role));
    if (flow->anchor)
        fprintf(out, " #%s", flow->anchor);
    dump_string("outline", flow->outline, out);
    dump_string("alt", flow->alt, out);
    dump_string("lang", flow->lang, out);
    dump_length("before", flow->space_before_um, out);
    dump_length("after", flow->space_after_um, out);
    dump_length("indent", flow->indent_um, out);
    dump_length("hanging", flow->hanging_um, out);
    dump_length("height", flow->height_um, out);
    dump_length("least-height", flow->min_height_um, out);
    dump_length("lines", flow->lines, out);
    dump_width("width", flow->width, out);
    for (size_t c = 0; c < flow->column_count; c++)
        dump_width("column", flow->columns[c].width, out);
    if (flow->ground != COLOUR_NONE)
        fprintf(out, " ground=#%06X", flow->ground);
    if (flow->span > 1)
        fprintf(out, " span=%d", flow->span);
    dump_box(flow->box, out);
    dump_flags(flow, out);
    dump_field(flow->field, out);
    if (flow->kind == FLOW_PARAGRAPH)
        dump_items(flow, out);
    if (flow->kind == FLOW_IMAGE && flow->image)
        dump_string("image", flow->image->path, out);
    putc('\n', out);
    if (flow->kind == FLOW_DRAWING && flow->drawing)
        dump_drawing(flow->drawing, depth + 1, out);
    if (flow->caption)
        dump_node(flow->caption, depth + 1, out);
    for (const struct flow *child = flow->first; child; child = child->next)
        dump_node(child, depth + 1, out);
}

void flow_dump(const struct flow *flow, FILE *out) { dump_node(flow, 0, out); }
