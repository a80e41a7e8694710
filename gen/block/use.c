/* .use: a block printed again, where it is of use: same id, same answer. Fills used, once all blocks
 * are known (stage/check_references.c). */
#include "block/check.h"
#include "block/prints.h"

static void check_use(struct check *check, struct block *block) {
    check_need(check, block, "block", "expectations");
}

const struct block_type type_use = {
    .name = "use",
    .body = BODY_ANY,
    .keys = (const char *const[]){"block", NULL},
    .check = check_use,
    .print = print_use,
};
