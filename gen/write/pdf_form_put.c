/* A form's objects: raw dictionaries, for there are thousands of them. */
#include "write/pdf_form_parts.h"
#include "write/pdf_canvas.h"
#include "write/pdf_text.h"

/* §12.7.3.1, §12.7.4.2, §12.7.4.3 */
enum {
    READ_ONLY = 1 << 0,
    REQUIRED = 1 << 1,
    MULTILINE = 1 << 12,
    NO_TOGGLE_TO_OFF = 1 << 14,
    RADIO = 1 << 15,
    COMBO = 1 << 17,
    EDITABLE = 1 << 18,
    IN_UNISON = 1 << 25,
};

enum { USUAL_SIZE_CPT = 1000, LEAST_SIZE_CPT = 600 };

static void put_number(struct buf *out, const char *key, int64_t number) {
    buf_puts(out, key);
    buf_put_int(out, number);
}

static void put_ref(struct buf *out, const char *key, uint32_t number) {
    put_number(out, key, number);
    buf_puts(out, " 0 R");
}

static void put_text(struct buf *out, const char *key, const char *text) {
    buf_puts(out, key);
    pdf_text_put_string(out, text, strlen(text));
}

static const char *tooltip(const struct field *field) {
    return field->tooltip && *field->tooltip ? field->tooltip : field->name;
}

/* A group of buttons asks what each of them answers. */
static const char *question(const struct field *field) {
    return field->group && *field->group ? field->group : tooltip(field);
}

static bool is_merged(const struct form_node *node) {
    return node->field->kind != FIELD_RADIO && !node->widgets->next;
}

/* ---- looks ---- */

/* In what a reader sets what is typed (§12.7.3.3): as answers are printed, if the box is as high.
 */
static void put_look(const struct pdf_form *form, struct buf *out, const struct widget *widget) {
    const struct text_style *answer = form->layout->answer;
    int32_t size_cpt = answer ? answer->size_cpt : USUAL_SIZE_CPT;
    uint32_t colour = answer ? answer->colour : 0;
    int32_t room_cpt = (int32_t)((int64_t)(widget->bottom_um - widget->top_um) * 36 / 127 * 4 / 5);
    if (widget->value) {
        size_cpt = widget->size_cpt;
        colour = widget->colour;
    }
    if (size_cpt > room_cpt)
        size_cpt = room_cpt > LEAST_SIZE_CPT ? room_cpt : LEAST_SIZE_CPT;
    if (widget->field->formula && !widget->value)
        size_cpt = 0; /* what comes is longer or shorter: as large as fits */
    buf_puts(out, "/DA(/" FORM_FONT " ");
    buf_put_fixed(out, size_cpt, 2);
    buf_puts(out, " Tf ");
    pdf_put_colour(out, colour, false);
    buf_puts(out, form->layout->right_to_left != widget->field->at_right ? ")/Q 2" : ")");
}

/* ---- fields ---- */

static void put_flags(struct buf *out, const struct form_node *node) {
    const struct field *field = node->field;
    int32_t flags = (field->required ? REQUIRED : 0) | (field->formula ? READ_ONLY : 0);
    if (field->kind == FIELD_RADIO)
        flags |= RADIO | NO_TOGGLE_TO_OFF | (node->unison ? IN_UNISON : 0);
    else if (field->kind == FIELD_COMBO)
        flags |= COMBO | (field->editable ? EDITABLE : 0);
    else if (field->kind == FIELD_PROSE || node->many_lines)
        flags |= MULTILINE;
    if (flags)
        put_number(out, "/Ff ", flags);
}

static void put_field(struct pdf_form *form, struct buf *out, const struct form_node *node) {
    const struct field *field = node->field;
    bool button = node->widgets->on != NULL;
    bool combo = field->kind == FIELD_COMBO;
    buf_puts(out, button ? "/FT/Btn" : combo ? "/FT/Ch" : "/FT/Tx");
    put_text(out, "/T", node->part);
    put_text(out, "/TU", field->kind == FIELD_RADIO ? question(field) : tooltip(field));
    put_flags(out, node);
    if (field->most && !button && !combo)
        put_number(out, "/MaxLen ", field->most);
    if (node->parent)
        put_ref(out, "/Parent ", node->parent->number);
    if (button)
        buf_printf(out, "/V/%s", node->state ? node->state : "Off");
    else if (node->value)
        put_text(out, "/V", node->value);
    if (combo) {
        buf_puts(out, "/Opt");
        buf_puts(out, form_options(form, field));
    }
    form_put_actions(form, out, field);
}

/* The dictionary of what a button looks like, which all of the same state and stamps share. */
static uint32_t button_looks(struct pdf_form *form, const struct widget *widget) {
    const char *entries =
        arena_printf(form->job, "/N<</%s %u 0 R/Off %u 0 R>>", widget->on,
                     pdf_stamp_number(widget->stamps[1]), pdf_stamp_number(widget->stamps[0]));
    uint32_t *known = map_find(&form->looks, entries);
    if (known)
        return *known;
    known = ARENA_NEW(form->job, uint32_t);
    *known = pdf_file_reserve(form->file, 1);
    pdf_file_set_raw(form->file, *known, entries, strlen(entries));
    map_set(&form->looks, entries, known);
    return *known;
}

static void put_widget(struct pdf_form *form, struct buf *out, const struct widget *widget,
                       uint32_t empty) {
    int64_t height_um = form->layout->pages[widget->page].paper->height_um;
    int64_t corners[4] = {widget->left_um, height_um - widget->bottom_um, widget->right_um,
                          height_um - widget->top_um};
    buf_puts(out, "/Type/Annot/Subtype/Widget/F 4/Rect[");
    for (int i = 0; i < 4; i++) {
        buf_put_fixed(out, (corners[i] * 36 + 63) / 127, 2);
        buf_putc(out, i < 3 ? ' ' : ']');
    }
    put_ref(out, "/P ", widget->page_number);
    put_number(out, "/StructParent ", widget->parent_key);
    if (widget->on) {
        buf_printf(out, "/AS/%s/AP %u 0 R", widget->field->on ? widget->on : "Off",
                   button_looks(form, widget));
        return;
    }
    put_look(form, out, widget);
    put_ref(out, "/AP<</N ", widget->value ? widget->value : empty);
    buf_puts(out, ">>");
}

/* What all empty boxes show. */
static uint32_t put_empty(struct pdf_form *form) {
    struct pdf_dict *dict = pdf_stream_new(form->file, (struct pdf_bytes){"", 0}, false);
    pdf_put_name(dict, "Type", "XObject");
    pdf_put_name(dict, "Subtype", "Form");
    pdf_put_rect(form->file, dict, "BBox", (double[4]){0, 0, 1, 1});
    pdf_put_dict(dict, "Resources", pdf_dict_new(form->file));
    return pdf_dict_number(dict);
}

static void set_raw(struct pdf_form *form, uint32_t number, struct buf entries) {
    pdf_file_set_raw(form->file, number, entries.data, entries.len);
}

static void put_widgets(struct pdf_form *form) {
    uint32_t empty = put_empty(form);
    for (size_t i = 0; i < form->widgets.count; i++) {
        const struct widget *widget = form->widgets.at[i];
        struct buf out;
        buf_init(&out, form->job);
        put_widget(form, &out, widget, empty);
        if (is_merged(widget->node)) {
            put_field(form, &out, widget->node);
        } else {
            put_text(&out, "/TU", tooltip(widget->field));
            put_ref(&out, "/Parent ", widget->node->number);
        }
        set_raw(form, widget->number, out);
    }
}

/* ---- the tree ---- */

/* Siblings have different parts: a second one of the same takes a stroke. */
static void part_names(struct pdf_form *form) {
    struct map taken;
    map_init(&taken, form->job);
    for (size_t i = 0; i < form->nodes.count; i++) {
        struct form_node *node = form->nodes.at[i];
        const char *key =
            arena_printf(form->job, "%u.%s", node->parent ? node->parent->number : 0, node->part);
        while (map_find(&taken, key)) {
            node->part = arena_printf(form->job, "%s_", node->part);
            key = arena_printf(form->job, "%s_", key);
        }
        map_set(&taken, key, node);
    }
}

static void put_nodes(struct pdf_form *form, struct buf *roots) {
    for (size_t i = 0; i < form->nodes.count; i++) {
        struct form_node *node = form->nodes.at[i];
        node->number = node->field && is_merged(node) ? node->widgets->number
                                                      : pdf_file_reserve(form->file, 1);
        buf_init(&node->kids, form->job);
    }
    part_names(form);
    for (size_t i = 0; i < form->nodes.count; i++) {
        struct form_node *node = form->nodes.at[i];
        put_ref(node->parent ? &node->parent->kids : roots, " ", node->number);
        if (node->field && !is_merged(node))
            for (const struct widget *widget = node->widgets; widget; widget = widget->next)
                put_ref(&node->kids, " ", widget->number);
    }
    for (size_t i = 0; i < form->nodes.count; i++) {
        struct form_node *node = form->nodes.at[i];
        if (node->field && is_merged(node))
            continue;
        struct buf out;
        buf_init(&out, form->job);
        if (node->field) {
            put_field(form, &out, node);
        } else {
            put_text(&out, "/T", node->part);
            if (node->parent)
                put_ref(&out, "/Parent ", node->parent->number);
        }
        buf_printf(&out, "/Kids[%s]", node->kids.data + 1);
        set_raw(form, node->number, out);
    }
}

void form_put(struct pdf_form *form, const struct form_font *font, struct pdf_dict *fonts,
              struct pdf_dict *names) {
    if (!form->widgets.count)
        return;
    struct buf roots;
    buf_init(&roots, form->job);
    put_nodes(form, &roots);
    put_widgets(form);
    struct pdf_dict *dict =
        pdf_dict_new_raw_tail(form->file, arena_printf(form->job, "/Fields[%s]", roots.data + 1));
    struct pdf_dict *face = form_font_put(font, form->file, fonts);
    if (face) {
        struct pdf_dict *resources = pdf_dict_new(form->file), *own = pdf_dict_new(form->file);
        pdf_put_dict(own, FORM_FONT, face);
        pdf_put_dict(resources, "Font", own);
        pdf_put_dict(dict, "DR", resources);
    }
    pdf_put_text(form->file, dict, "DA", "/" FORM_FONT " 10 Tf 0 g");
    pdf_put_dict(pdf_file_catalog(form->file), "AcroForm", dict);
    if (form->scripts)
        form_put_scripts(form, dict, names);
}
