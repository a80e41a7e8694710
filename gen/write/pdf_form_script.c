/* What a form does: actions of its fields, the document's scripts, the order of working out
 * (ISO 32000-1 §12.6.3, §12.6.4.16, §12.7.2). Actions that fields have in common stand once. */
#include "base/utf8.h"
#include "write/pdf_form_parts.h"
#include "write/pdf_text.h"

#include <stdlib.h>

const char *form_options(struct pdf_form *form, const struct field *field) {
    for (size_t i = 0; i < form->lists.count; i++)
        if (form->lists.at[i].options == field->options)
            return form->lists.at[i].text;
    struct buf out;
    buf_init(&out, form->job);
    for (size_t i = 0; i < field->option_count; i++) {
        const struct option *option = &field->options[i];
        buf_puts(&out, i ? "[" : "[[");
        pdf_text_put_string(&out, option->id, strlen(option->id));
        pdf_text_put_string(&out, option->label, strlen(option->label));
        buf_putc(&out, ']');
    }
    buf_puts(&out, field->option_count ? "]" : "[]");
    VEC_PUSH(form->job, &form->lists, ((struct form_list){field->options, out.data}));
    return out.data;
}

static void put_script(struct buf *out, const char *key, const char *script) {
    if (!script)
        return;
    buf_printf(out, "/%s<</S/JavaScript/JS", key);
    pdf_text_put_string(out, script, strlen(script));
    buf_puts(out, ">>");
}

void form_put_actions(struct pdf_form *form, struct buf *out, const struct field *field) {
    if (field->formula) {
        buf_puts(out, "/AA<<");
        put_script(out, "C", field->calculate);
        buf_puts(out, ">>");
        return;
    }
    if (field->format == FORMAT_NONE || !field->scripts)
        return;
    uint32_t *number = &form->actions[field->format];
    if (!*number) {
        struct buf actions;
        buf_init(&actions, form->job);
        put_script(&actions, "F", field->scripts->show[field->format]);
        put_script(&actions, "V", field->scripts->check[field->format]);
        *number = pdf_file_reserve(form->file, 1);
        pdf_file_set_raw(form->file, *number, actions.data, actions.len);
    }
    buf_printf(out, "/AA %u 0 R", *number);
}

/* ---- the document's ---- */

/* Definitions of a formula and, before it, of all that it needs; each once. */
static void put_formula(struct map *done, struct buf *out, const struct formula *formula) {
    if (map_find(done, formula->name))
        return;
    map_set(done, formula->name, (void *)formula);
    for (size_t i = 0; i < formula->need_count; i++)
        put_formula(done, out, formula->needs[i]);
    buf_puts(out, formula->definition);
}

/* Characters beyond ASCII stand in literals only: by their numbers, whatever a reader takes for the
 * stream's encoding. */
static void add_script(struct pdf_form *form, struct pdf_array *list, const char *name,
                       const char *text) {
    struct buf bytes;
    buf_init(&bytes, form->job);
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        const char *start = at;
        if (!(*at & 0x80)) {
            buf_putc(&bytes, *at++);
            continue;
        }
        uint32_t code = utf8_next(&at, end);
        if (code < 0x10000) {
            buf_puts(&bytes, "\\u");
            pdf_text_utf16_hex(&bytes, start, (size_t)(at - start));
        } else {
            buf_printf(&bytes, "\\u%04X\\u%04X", (unsigned)(0xD800 | (code - 0x10000) >> 10),
                       (unsigned)(0xDC00 | ((code - 0x10000) & 0x3FF)));
        }
    }
    struct pdf_dict *action = pdf_dict_new_indirect(form->file);
    pdf_put_name(action, "S", "JavaScript");
    pdf_put_dict(
        action, "JS",
        pdf_stream_new(form->file, pdf_deflate(form->deflater, bytes.data, bytes.len), true));
    pdf_push_text(form->file, list, name);
    pdf_push_dict(list, action);
}

/* A field that is worked out; by depth, then as they stand in the document. */
struct step {
    int32_t depth;
    size_t place;
    uint32_t number;
};

static int by_depth(const void *left, const void *right) {
    const struct step *a = left, *b = right;
    if (a->depth != b->depth)
        return a->depth < b->depth ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void put_order(struct pdf_form *form, struct pdf_dict *acro_form) {
    struct step *steps = ARENA_ARRAY(form->job, struct step, form->nodes.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < form->nodes.count; i++) {
        const struct form_node *node = form->nodes.at[i];
        if (node->field && node->field->formula)
            steps[count++] = (struct step){node->field->formula->depth, i, node->number};
    }
    if (!count)
        return;
    qsort(steps, count, sizeof *steps, by_depth);
    struct pdf_array *order = pdf_array_new(form->file);
    for (size_t i = 0; i < count; i++)
        pdf_push_ref(form->file, order, steps[i].number);
    pdf_put_array(acro_form, "CO", order);
}

void form_put_scripts(struct pdf_form *form, struct pdf_dict *acro_form, struct pdf_dict *names) {
    struct pdf_dict *tree = pdf_dict_new(form->file);
    struct pdf_array *list = pdf_array_new(form->file);
    struct buf formulas;
    add_script(form, list, "tandem", form->scripts->common);
    struct map done;
    map_init(&done, form->job);
    buf_init(&formulas, form->job);
    for (size_t i = 0; i < form->nodes.count; i++) {
        const struct form_node *node = form->nodes.at[i];
        if (node->field && node->field->formula)
            put_formula(&done, &formulas, node->field->formula);
    }
    if (formulas.len)
        add_script(form, list, "tandem.of", formulas.data);
    pdf_put_array(tree, "Names", list);
    pdf_put_dict(names, "JavaScript", tree);
    put_order(form, acro_form);
}
