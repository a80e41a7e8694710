/* .checklist: boxes to tick, with the day it was done. */
#include "block/print_parts.h"
#include "calc/format.h"

static void add_done(struct print *print, struct flow *item, struct value answer) {
    if (answer.kind != VALUE_DATE)
        return;
    struct flow *done =
        paragraph_text(print, ROLE_P, STYLE_HINT,
                       date_format_long(print->arena, print->course, (date_t)answer.number));
    done->space_before_um = done->space_after_um = 0;
    flow_add(item->last, done);
}

struct flow *print_checklist(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    block_prompt(print, stack, block);
    struct voices voices = print_voices(print, block);
    for (size_t v = 0; v < voices.count; v++) {
        add_voice_label(print, stack, &voices, v);
        struct flow *list = flow_add(stack, flow_new(print->arena, FLOW_STACK, ROLE_L));
        list->space_before_um = 1500;
        for (size_t i = 0; i < block->item_count; i++) {
            const struct slot *slot = block->slots[i];
            struct value answer = print_answer(print, slot, voices.at[v], 0);
            bool on =
                answer.kind == VALUE_DATE || (answer.kind == VALUE_BOOL && answer.number != 0);
            struct field *field =
                field_button(print, FIELD_CHECK, slot, &voices, voices.at[v], "", NULL, on);
            struct flow *item =
                print_button_item(print, field, block->items[i].node, block->items[i].label);
            item->keep_with_next = i == 0 && block->item_count > 1;
            add_done(print, item, answer);
            flow_add(list, item);
        }
    }
    stack->keep_together = block->item_count <= 10;
    block_note(print, stack, block);
    return stack;
}
