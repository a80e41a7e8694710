#include "model/flow.h"

static const char *const kinds[] = {
    [FLOW_STACK] = "stack",   [FLOW_PARAGRAPH] = "paragraph", [FLOW_ITEM] = "item",
    [FLOW_TABLE] = "table",   [FLOW_ROW] = "row",             [FLOW_CELL] = "cell",
    [FLOW_COLUMNS] = "columns", [FLOW_RULE] = "rule",         [FLOW_LINES] = "lines",
    [FLOW_FIELD] = "field",   [FLOW_DRAWING] = "drawing",     [FLOW_IMAGE] = "image",
    [FLOW_SPACE] = "space",   [FLOW_CONTENTS] = "contents",
};

static void dump_field(const struct field *field, FILE *out) {
    static const char *const names[] = {[FIELD_TEXT] = "text", [FIELD_PROSE] = "prose",
                                        [FIELD_CHECK] = "check", [FIELD_RADIO] = "radio",
                                        [FIELD_COMBO] = "combo"};
    fprintf(out, "<%s %s", names[field->kind], field->name ? field->name : "-");
    if (field->option && field->option[0])
        fprintf(out, "=%s", field->option);
    if (field->on)
        fputs(" on", out);
    if (field->value)
        fprintf(out, " '%s'", field->value);
    fputc('>', out);
}

static void dump_inline(const struct inline_item *item, FILE *out) {
    switch (item->kind) {
    case INLINE_TEXT:
        if (item->role != ROLE_NONE)
            fprintf(out, "{%s%s%s ", role_name(item->role), item->url ? " " : "",
                    item->url ? item->url : "");
        fprintf(out, "%.*s", (int)item->length, item->text);
        if (item->role != ROLE_NONE)
            fputc('}', out);
        break;
    case INLINE_BREAK:
        fputs("<br>", out);
        break;
    case INLINE_GAP:
        fprintf(out, "<gap %d%s%s>", item->width_um / 1000, item->text ? " " : "",
                item->text ? item->text : "");
        break;
    case INLINE_FIELD:
        dump_field(item->field, out);
        break;
    case INLINE_NOTE:
        fprintf(out, "<note %d%s>", item->number, item->note ? "" : " again");
        break;
    case INLINE_PAGE_OF:
        fprintf(out, "<page of %s>", item->text);
        break;
    case INLINE_FILL:
        fputs("<fill>", out);
        break;
    case INLINE_SPACE:
        fputs("<space>", out);
        break;
    }
}

static void dump_marks(const struct flow *flow, FILE *out) {
    if (flow->anchor)
        fprintf(out, " #%s", flow->anchor);
    if (flow->outline)
        fprintf(out, " outline '%s'", flow->outline);
    if (flow->number)
        fprintf(out, " number %s", flow->number);
    if (flow->break_before != BREAK_AUTO)
        fputs(flow->break_before == BREAK_PAGE ? " new-page" : " right-page", out);
    if (flow->keep_together)
        fputs(" together", out);
    if (flow->keep_with_next)
        fputs(" with-next", out);
    if (flow->kind == FLOW_TABLE)
        fprintf(out, " columns %zu heads %d", flow->column_count, flow->header_rows);
    if (flow->span > 1)
        fprintf(out, " span %d", flow->span);
    if (flow->kind == FLOW_LINES)
        fprintf(out, " %d", flow->lines);
    if (flow->alt)
        fprintf(out, " alt '%s'", flow->alt);
}

static void dump(const struct flow *flow, int depth, FILE *out) {
    fprintf(out, "%*s%s", depth * 2, "", kinds[flow->kind]);
    if (flow->role != ROLE_NONE)
        fprintf(out, " %s", role_name(flow->role));
    dump_marks(flow, out);
    if (flow->field) {
        fputc(' ', out);
        dump_field(flow->field, out);
    }
    if (flow->kind == FLOW_PARAGRAPH) {
        fputs(": ", out);
        for (size_t i = 0; i < flow->item_count; i++)
            dump_inline(&flow->items[i], out);
    }
    if (flow->drawing)
        fprintf(out, " shapes %zu", flow->drawing->count);
    fputc('\n', out);
    for (const struct flow *child = flow->first; child; child = child->next)
        dump(child, depth + 1, out);
}

void flow_dump(const struct flow *flow, FILE *out) { dump(flow, 0, out); }
