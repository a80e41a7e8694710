/* Blocks that frame or arrange others: group, card, keep, columns, page-break. */
#include "block/print_parts.h"

#include <stdlib.h>

struct flow *print_group(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_SECT);
    stack->space_before_um = stack->space_after_um = 7000;
    struct flow *rule = flow_rule(print, print_colour(print, COLOUR_ACCENT), 700);
    rule->keep_with_next = true;
    flow_add(stack, rule);
    if (block->title) {
        struct flow *title = paragraph_text(print, ROLE_H3, STYLE_H3, block->title);
        title->level = 3;
        title->keep_with_next = true;
        title->hyphenate_off = true;
        title->space_before_um = 2500;
        flow_add(stack, title);
    }
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    if (stack->last)
        stack->last->keep_with_next = true; /* the rule that ends it */
    struct flow *end = flow_rule(print, print_colour(print, COLOUR_ACCENT), 700);
    end->space_before_um = 5500;
    flow_add(stack, end);
    return stack;
}

struct flow *print_card(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_DIV);
    stack->box = box_new(print, print_colour(print, COLOUR_PAPER),
                         print_colour(print, COLOUR_ACCENT), COLOUR_NONE);
    stack->space_before_um = stack->space_after_um = print_um(print, BOX_APART_UM);
    stack->keep_together = true;
    if (block->title)
        flow_add(stack, print_label(print, block->title));
    print_nodes(print, stack, block->node->first, NULL, STYLE_LABEL);
    return stack;
}

struct flow *print_keep(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    stack->keep_together = true;
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    return stack;
}

/* Columns given in percent, which print_column marks by a negative amount, take that much of the
 * width; the others share the rest by their weights. */
static void share_width(struct flow *columns) {
    int32_t percents = 0, weights = 0;
    for (const struct flow *column = columns->first; column; column = column->next) {
        percents -= column->width.amount < 0 ? column->width.amount : 0;
        weights += column->width.amount > 0 ? column->width.amount : 0;
    }
    if (percents == 0)
        return;
    int32_t rest = percents < 100 ? 100 - percents : 10;
    for (struct flow *column = columns->first; column; column = column->next) {
        int32_t amount = column->width.amount;
        column->width.amount = amount < 0 ? -amount * 100 : rest * 100 * amount / weights;
    }
}

struct flow *print_columns(struct print *print, const struct block *block) {
    struct flow *columns = flow_new(print->arena, FLOW_COLUMNS, ROLE_NONE);
    columns->at = block->at;
    columns->anchor = block->id;
    columns->gap_um = print_um(print, 8000);
    columns->space_before_um = columns->space_after_um = print_um(print, APART_UM);
    columns->stretch = 2;
    print_nodes(print, columns, block->node->first, NULL, STYLE_BODY);
    share_width(columns);
    return columns->first ? columns : NULL;
}

struct flow *print_column(struct print *print, const struct block *block) {
    struct flow *column = block_stack(print, block, ROLE_DIV);
    const struct attribute *width = attributes_find(block->node->attributes, "width");
    int32_t amount = width ? (int32_t)atoi(width->value) : 1;
    bool percent = width && strchr(width->value, '%');
    column->width = (struct width){WIDTH_FRACTION, percent ? -amount : amount};
    column->space_before_um = column->space_after_um = 0;
    print_nodes(print, column, block->node->first, NULL, STYLE_BODY);
    return column;
}

struct flow *print_page_break(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    stack->break_before = BREAK_PAGE;
    stack->space_before_um = stack->space_after_um = 0;
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    return stack;
}
