/* .advice: what to do about the widest gaps, or the lowest answers, of a rating: an item of its list
 * for each item of the rating that it speaks of. Fills top and, once all blocks are known
 * (stage/check_references.c), rating, between_asks, by_gap, ask and advices. */
#include "block/check.h"
#include "block/prints.h"

static void check_advice(struct check *check, struct block *block) {
    block->top = check_int(check, check_find(block, "top"), 1, 1000, 3);
    check_need(check, block, "rating", "expectations");
    for (const struct node *node = block->body ? block->body->first : NULL; node; node = node->next)
        if (!attributes_find(node->attributes, "for-item"))
            diag_report(check->diag, DIAG_ADVICE_NEEDS_ITEM, node->at);
}

const struct block_type type_advice = {
    .name = "advice",
    .body = BODY_LIST,
    .keys = (const char *const[]){"rating", "between", "ask", "top", NULL},
    .check = check_advice,
    .print = print_advice,
};
