/* .gap: two views of a rating side by side, the widest difference first. Fills rating (once all
 * blocks are known), between_asks, top. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

static void check_gap(struct check *check, struct block *block) {
    block->top = check_int(check, check_find(block, "top"), 1, 1000, 0);
    check_need(check, block, "rating", "expectations");
}

const struct block_type type_gap = {
    .name = "gap",
    .body = BODY_ANY,
    .keys = (const char *const[]){"rating", "between", "top", NULL},
    .check = check_gap,
    .print = print_gap,
    .sheet = sheet_gap,
};
