/* .rows: rows of a log, shown elsewhere: those where a condition holds, in another order, at most so
 * many. Fills top and, once all blocks are known (stage/check_references.c), log, where, shown,
 * sort and descending. */
#include "block/check.h"
#include "block/prints.h"
#include "calc/expr.h"

static void check_rows(struct check *check, struct block *block) {
    const struct attribute *where = check_find(block, "where");
    block->top = check_int(check, check_find(block, "limit"), 1, 1000, 0);
    check_need(check, block, "log", "decisions");
    if (where)
        block->where = check_expr(check, where);
}

const struct block_type type_rows = {
    .name = "rows",
    .body = BODY_ANY,
    .keys = (const char *const[]){"log", "where", "sort", "limit", "columns", NULL},
    .check = check_rows,
    .print = print_rows,
};
