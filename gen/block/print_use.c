/* .use: what stands in it as an introduction, then the block that it names. */
#include "block/print_parts.h"

struct flow *print_use(struct print *print, const struct block *block) {
    if (!block->used)
        return NULL;
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    if (block->title)
        flow_add(stack, print_label(print, block->title));
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    struct flow *again = print_block(print, block->used);
    if (!again)
        return stack->first ? stack : NULL;
    flow_drop_anchors(again);
    flow_add(stack, again);
    return stack;
}
