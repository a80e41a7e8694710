/* .write: a question and lines to answer on. */
#include "block/print_parts.h"

struct flow *print_write(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    block_prompt(print, stack, block);
    struct voices voices = print_voices(print, block);
    for (size_t i = 0; i < voices.count; i++) {
        add_voice_label(print, stack, &voices, i);
        struct field *field =
            field_new(print, FIELD_PROSE, block->slots[0], &voices, voices.at[i], 0);
        struct flow *lines = flow_new(print->arena, FLOW_LINES, ROLE_FORM);
        lines->at = block->at;
        lines->field = field;
        lines->alt = field->tooltip;
        lines->lines = block->lines > 0 ? block->lines : 4;
        lines->distance_um = print->theme->write_line_um;
        lines->colour = print_colour(print, COLOUR_LINE);
        lines->weight_um = print->theme->rule_um;
        lines->answer_style = &print_style(print, STYLE_ANSWER)->text;
        lines->keep_together = block->lines <= 8;
        flow_add(stack, lines);
    }
    block_note(print, stack, block);
    return stack;
}
