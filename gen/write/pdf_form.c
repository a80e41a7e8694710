/* Widgets, and the tree of fields. */
#include "write/pdf_form.h"

#include "base/units.h"
#include "write/pdf_form_parts.h"

enum { SLACK_UM = 100 }; /* of rounding */

void form_init(struct pdf_form *form, const struct pdf_form *with) {
    *form = *with;
    map_init(&form->branches, form->job);
    map_init(&form->fields, form->job);
    map_init(&form->looks, form->job);
}

static bool is_button(const struct field *field) {
    return field->kind == FIELD_CHECK || field->kind == FIELD_RADIO;
}

/* True if a text is a field's value: of its element, its baseline above the box's bottom, its start
 * not left of it. */
static bool is_value(const struct mark *text, const struct mark *box) {
    if (text->kind != MARK_TEXT || !text->count || text->element != box->element)
        return false;
    int32_t left_um = text->x_um + text->pieces[0].x_um;
    return text->y_um > box->y_um && text->y_um <= box->y_um + box->height_um &&
           left_um >= box->x_um - SLACK_UM && left_um <= box->x_um + box->width_um;
}

const unsigned char *form_uses(struct arena *job, const struct pdf_structure *structure,
                               const struct page *page) {
    unsigned char *uses = ARENA_ARRAY(job, unsigned char, page->body_count + 1);
    VEC(const struct mark *) filled = {0};
    for (size_t i = 0; i < page->body_count; i++) {
        const struct mark *mark = &page->body[i];
        if (mark->kind != MARK_FIELD || !mark->field->name || !*mark->field->name)
            continue;
        uint32_t element = structure_resolve(structure, mark->element);
        if (!element || structure_role(structure, element) != ROLE_FORM)
            continue;
        uses[i] = FORM_FIELD;
        if (!is_button(mark->field) && mark->field->value)
            VEC_PUSH(job, &filled, mark);
    }
    for (size_t i = 0; filled.count && i < page->body_count; i++)
        for (size_t k = 0; k < filled.count && page->body[i].kind == MARK_TEXT; k++)
            if (is_value(&page->body[i], filled.at[k]))
                uses[i] = FORM_VALUE;
    return uses;
}

/* ---- the tree ---- */

static struct form_node *add_node(struct pdf_form *form, struct form_node *parent, const char *part,
                                  size_t length) {
    struct form_node *node = ARENA_NEW(form->job, struct form_node);
    *node = (struct form_node){.parent = parent, .part = arena_strndup(form->job, part, length)};
    VEC_PUSH(form->job, &form->nodes, node);
    return node;
}

/* The node above a name's last part; NULL at the root. *last is set to that part. */
static struct form_node *find_branch(struct pdf_form *form, const char *name, const char **last) {
    struct form_node *branch = NULL;
    *last = name;
    for (const char *dot = strchr(name, '.'); dot; dot = strchr(dot + 1, '.')) {
        if (dot == *last || !dot[1]) { /* no part may be empty: the dot is dropped with it */
            *last += dot == *last;
            continue;
        }
        const char *prefix = arena_strndup(form->job, name, (size_t)(dot - name));
        struct form_node *next = map_find(&form->branches, prefix);
        if (!next) {
            next = add_node(form, branch, *last, (size_t)(dot - *last));
            map_set(&form->branches, prefix, next);
        }
        branch = next;
        *last = dot + 1;
    }
    return branch;
}

/* The same name again is the same field, unless it is of another kind. */
static struct form_node *find_field(struct pdf_form *form, const struct field *field) {
    char kind = field->kind == FIELD_RADIO ? 'R' : field->kind == FIELD_CHECK ? 'C' : 'T';
    const char *key = arena_printf(form->job, "%c%s", kind, field->name), *last;
    struct form_node *node = map_find(&form->fields, key);
    if (node)
        return node;
    struct form_node *branch = find_branch(form, field->name, &last);
    size_t length = strcspn(last, "."); /* a dot at the end is none */
    node = add_node(form, branch, length ? last : "_", length ? length : 1);
    node->field = field;
    map_set(&form->fields, key, node);
    return node;
}

/* A name in which a button is on: "Off" is taken (§12.7.4.2.3). */
static const char *on_state(struct arena *job, const struct field *field) {
    const char *option = field->option && *field->option ? field->option : "Yes";
    struct buf out;
    buf_init(&out, job);
    for (const char *at = option; *at && out.len < 100; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || *at == '-' || *at == '_' || *at == '.';
        if (plain)
            buf_putc(&out, *at);
        else
            buf_printf(&out, "#%02X", (unsigned char)*at);
    }
    buf_puts(&out, strcmp(option, "Off") == 0 ? "_" : "");
    return out.data;
}

/* ---- appearances ---- */

/* The value as layout has set it, in the page's coordinates: BBox and Rect are the same, so that it
 * stands where it stood (§12.5.5). */
static uint32_t put_value(struct pdf_form *form, struct widget *widget, const struct page *page,
                          const struct mark *box) {
    struct pdf_canvas canvas;
    struct buf out;
    buf_init(&out, form->job);
    pdf_canvas_init(&canvas, &out, page->paper->height_um, true);
    pdf_canvas_tag(&canvas, "/Tx BMC");
    int32_t lines = 0, last_um = 0;
    for (size_t i = 0; i < page->body_count; i++) {
        const struct mark *mark = &page->body[i];
        if (!is_value(mark, box))
            continue;
        pdf_canvas_text(&canvas, form->runs, mark,
                        line_breaks_after(page->body, page->body_count, i));
        int32_t top_um = mark->y_um - um_from_cpt(mark->size_cpt);
        int32_t bottom_um = mark->y_um + um_from_cpt(mark->size_cpt) * 30 / 100;
        widget->top_um = top_um < widget->top_um ? top_um : widget->top_um;
        widget->bottom_um = bottom_um > widget->bottom_um ? bottom_um : widget->bottom_um;
        lines += !lines || mark->y_um != last_um;
        last_um = mark->y_um;
        widget->size_cpt = mark->size_cpt;
        widget->colour = mark->fill;
    }
    pdf_canvas_tag(&canvas, "EMC");
    if (!lines)
        return 0;
    widget->node->many_lines |= lines > 1;
    struct pdf_dict *dict =
        pdf_stream_new(form->file, pdf_deflate(form->deflater, out.data, out.len), true);
    double corners[4] = {pt_from_um(widget->left_um),
                         pt_from_um((int64_t)page->paper->height_um - widget->bottom_um),
                         pt_from_um(widget->right_um),
                         pt_from_um((int64_t)page->paper->height_um - widget->top_um)};
    pdf_put_name(dict, "Type", "XObject");
    pdf_put_name(dict, "Subtype", "Form");
    pdf_put_rect(form->file, dict, "BBox", corners);
    pdf_put_ref(form->file, dict, "Resources", form->resources);
    return pdf_dict_number(dict);
}

static void note_button(struct pdf_form *form, struct widget *widget, const struct mark *mark) {
    struct form_node *node = widget->node;
    widget->on = on_state(form->job, widget->field);
    widget->stamps[0] = pdf_stamp_find(form->stamps, mark, false);
    widget->stamps[1] = pdf_stamp_find(form->stamps, mark, true);
    int32_t edge_um = pdf_stamp_edge_um(widget->stamps[0]);
    widget->left_um -= edge_um;
    widget->top_um -= edge_um;
    widget->right_um += edge_um;
    widget->bottom_um += edge_um;
    for (const struct widget *other = node->widgets; other && other != widget; other = other->next)
        node->unison |= strcmp(other->on, widget->on) == 0;
    if (widget->field->on)
        node->state = widget->on;
}

uint32_t form_add_widget(struct pdf_form *form, size_t page, uint32_t page_number,
                         const struct mark *mark) {
    struct widget *widget = ARENA_NEW(form->job, struct widget);
    *widget = (struct widget){.node = find_field(form, mark->field),
                              .field = mark->field,
                              .number = pdf_file_reserve(form->file, 1),
                              .page = page,
                              .page_number = page_number,
                              .left_um = mark->x_um,
                              .top_um = mark->y_um,
                              .right_um = mark->x_um + mark->width_um,
                              .bottom_um = mark->y_um + mark->height_um};
    struct form_node *node = widget->node;
    if (node->last_widget)
        node->last_widget->next = widget;
    else
        node->widgets = widget;
    node->last_widget = widget;
    if (is_button(mark->field))
        note_button(form, widget, mark);
    else if (mark->field->value && *mark->field->value)
        widget->value = put_value(form, widget, &form->layout->pages[page], mark);
    if (!node->value && !is_button(mark->field))
        node->value = mark->field->stored ? mark->field->stored : mark->field->value;
    if (!form->scripts)
        form->scripts = mark->field->scripts;
    widget->parent_key = structure_add_annotation(
        form->structure, page, structure_resolve(form->structure, mark->element), widget->number);
    VEC_PUSH(form->job, &form->widgets, widget);
    return widget->number;
}
