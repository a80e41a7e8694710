/* .choice: options with a circle, or a box where several may be chosen. */
#include "block/print_parts.h"

enum { INDENT_UM = 6800 };

static bool is_chosen(struct value answer, const char *id) {
    if (answer.kind == VALUE_TEXT)
        return strcmp(answer.text, id) == 0;
    for (size_t i = 0; answer.kind == VALUE_LIST && i < answer.count; i++)
        if (answer.items[i].kind == VALUE_TEXT && strcmp(answer.items[i].text, id) == 0)
            return true;
    return false;
}

struct flow *print_button(struct print *print, const struct field *field) {
    struct flow *button = paragraph_new(print, ROLE_P, STYLE_TABLE);
    struct inlines inlines;
    inlines_init(&inlines, print, &button->style->text);
    inlines_field(&inlines, field, BUTTON_UM);
    inlines_finish(&inlines, button);
    button->align = LINE_CENTRE;
    button->space_before_um = button->space_after_um = 0;
    return button;
}

struct flow *print_button_item(struct print *print, const struct field *field,
                               const struct node *node, const char *label) {
    struct flow *item = flow_new(print->arena, FLOW_ITEM, ROLE_LI);
    item->indent_um = INDENT_UM;
    item->space_after_um = BUTTON_GAP_UM;
    item->keep_together = true;
    struct flow *button = paragraph_new(print, ROLE_LBL, STYLE_LABEL);
    button->space_before_um = button->space_after_um = 0;
    struct inlines inlines;
    inlines_init(&inlines, print, &button->style->text);
    inlines_field(&inlines, field, BUTTON_UM);
    inlines_finish(&inlines, button);
    flow_add(item, button);
    struct flow *body = flow_add(item, flow_new(print->arena, FLOW_STACK, ROLE_LBODY));
    if (node)
        print_nodes(print, body, node->first, NULL, STYLE_LABEL);
    else
        flow_add(body, paragraph_text(print, ROLE_P, STYLE_LABEL, label));
    for (struct flow *part = body->first; part; part = part->next)
        part->space_before_um = part->space_after_um = 0;
    return item;
}

static struct flow *option_list(struct print *print, const struct block *block,
                                const struct voices *voices, int32_t voice) {
    const struct slot *slot = block->slots[0];
    struct value answer = print_answer(print, slot, voice, 0);
    struct flow *list = flow_new(print->arena, FLOW_STACK, ROLE_L);
    list->space_before_um = 1500;
    for (size_t i = 0; i < block->option_count; i++) {
        const struct option *option = &block->options[i];
        struct field *field =
            field_button(print, block->many ? FIELD_CHECK : FIELD_RADIO, slot, voices, voice,
                         option->id, option->label, is_chosen(answer, option->id));
        if (block->many) /* each box is a field of its own: block.option[.respondent] */
            field->name = voices->named
                              ? arena_printf(print->arena, "%s.%s.%s", slot->name, option->id,
                                             print->course->respondents.at[voice].id)
                              : arena_printf(print->arena, "%s.%s", slot->name, option->id);
        struct flow *item = print_button_item(print, field, option->node, option->label);
        item->keep_with_next = i == 0 && block->option_count > 1;
        flow_add(list, item);
    }
    return list;
}

struct flow *print_choice(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    block_prompt(print, stack, block);
    struct voices voices = print_voices(print, block);
    for (size_t i = 0; i < voices.count; i++) {
        add_voice_label(print, stack, &voices, i);
        flow_add(stack, option_list(print, block, &voices, voices.at[i]));
    }
    stack->keep_together = block->option_count <= 10;
    block_note(print, stack, block);
    return stack;
}
