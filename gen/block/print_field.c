/* .field: a label and a line. */
#include "block/print_parts.h"
#include "calc/format.h"

/* What stands beside the label in a typed field: the unit that need not be written. */
static const char *unit_of(const struct print *print, enum slot_type type) {
    if (type == SLOT_MONEY)
        return currency_symbol(print->course->currency);
    return type == SLOT_PERCENT ? "%" : NULL;
}

static struct flow *field_label(struct print *print, const struct block *block, bool filled) {
    struct flow *label = paragraph_new(print, ROLE_P, STYLE_LABEL);
    struct inlines inlines;
    inlines_init(&inlines, print, &label->style->text);
    bool first = true;
    for (const struct node *node = block->prompt; node && node != block->prompt_end;
         node = node->next, first = false) {
        if (!first)
            inlines_break(&inlines);
        inlines_nodes(&inlines, node);
    }
    const char *unit = filled ? NULL : unit_of(print, block->field_type);
    if (unit)
        inlines_styled(&inlines, arena_printf(print->arena, " (%s)", unit),
                       &print_style(print, STYLE_HINT)->text);
    inlines_finish(&inlines, label);
    label->space_before_um = label->space_after_um = 0;
    label->align = LINE_LEFT;
    return label;
}

static struct flow *field_pair(struct print *print, const struct block *block,
                               const struct voices *voices, size_t index) {
    const char *voice = voices->named ? voice_label(print, voices->at[index]) : NULL;
    struct field *field =
        field_new(print, FIELD_TEXT, block->slots[0], voices, voices->at[index], 0);
    struct flow *label =
        voice ? paragraph_text(print, ROLE_P, STYLE_LABEL,
                               arena_printf(print->arena, "%s (%s)", block->label, voice))
              : field_label(print, block, field->value != NULL);
    struct flow *pair = flow_pair(print, label, 29, flow_line(print, field), 21);
    pair->cell_pad_um = 600;
    pair->at = block->at;
    pair->first->min_height_um = print->theme->write_line_um + 2000;
    return pair;
}

struct flow *print_field(struct print *print, const struct block *block) {
    struct voices voices = print_voices(print, block);
    struct flow *pairs = field_pair(print, block, &voices, 0);
    pairs->first->anchor = block->id;
    for (size_t i = 1; i < voices.count; i++)
        flow_join(pairs, field_pair(print, block, &voices, i));
    if (!block->title && !block->note && !block->is_private)
        return pairs;
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    stack->anchor = NULL;
    if (block->title)
        flow_add(stack, print_label(print, block->title));
    flow_add(stack, pairs);
    if (block->is_private)
        flow_add(stack, private_hint(print))->keep_with_next = false;
    block_note(print, stack, block);
    return stack;
}
