/* .sign: for each respondent a name, a signature, a date. */
#include "block/print_parts.h"

static struct flow *signature_cell(struct print *print, const char *name, const char *caption,
                                   const char *who, const char *value, bool date) {
    struct field *field = ARENA_NEW(print->arena, struct field);
    *field = (struct field){.kind = FIELD_TEXT,
                            .respondent = RESPONDENT_NONE,
                            .row = -1,
                            .name = name,
                            .tooltip = arena_printf(print->arena, "%s, %s", who, caption),
                            .value = value};
    if (date)
        field_set_format(print, field, SLOT_DATE, false);
    struct flow *cell = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    struct flow *line = flow_add(cell, flow_line(print, field));
    line->height_um = 12000;
    line->keep_with_next = true;
    flow_add(cell, paragraph_text(print, ROLE_P, STYLE_HINT, caption))->space_before_um = 700;
    return cell;
}

struct flow *print_sign(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    for (size_t r = 0; r < print->course->respondents.count; r++) {
        if (!(block->by & (1u << r)))
            continue;
        const struct respondent *respondent = &print->course->respondents.at[r];
        const char *stem = arena_printf(print->arena, "_sign%zu.%s", block->index, respondent->id);
        struct flow *label = print_label(print, respondent->label);
        label->space_before_um = 4000;
        flow_add(stack, label);
        struct flow *row = flow_new(print->arena, FLOW_COLUMNS, ROLE_NONE);
        row->gap_um = 6000;
        row->keep_together = true;
        const enum word words[] = {WORD_NAME, WORD_SIGNATURE, WORD_DATE};
        static const char *const parts[] = {"name", "signature", "date"};
        for (size_t i = 0; i < 3; i++) {
            struct flow *cell =
                signature_cell(print, arena_printf(print->arena, "%s.%s", stem, parts[i]),
                               print_word(print, words[i]), respondent->label,
                               i == 0 ? print_name_of(print, (int32_t)r) : NULL, i == 2);
            cell->width = (struct width){WIDTH_FRACTION, i == 2 ? 2 : 3};
            flow_add(row, cell);
        }
        flow_add(stack, row);
    }
    stack->keep_together = true;
    return stack;
}
