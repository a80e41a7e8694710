/* .repeat: its content period by period, each with its dates and its own answers. */
#include "block/print_parts.h"

struct flow *print_repeat(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    for (int32_t period = 0; period < block->rows; period++) {
        print->scope.repeat = block;
        print->scope.period = period;
        struct flow *once = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
        once->at = block->at;
        print_nodes(print, once, block->node->first, NULL, STYLE_BODY);
        if (period > 0)
            flow_drop_anchors(once);
        if (once->first)
            flow_add(stack, once);
    }
    print->scope.repeat = NULL;
    print->scope.period = 0;
    return stack->first ? stack : NULL;
}
