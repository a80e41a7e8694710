/* .repeat: its content once a day, week, month, quarter or year, dated: pages of a planner. Fills
 * every, from and rows, the number of periods. What is asked inside has one answer a period. */
#include "block/check.h"
#include "block/prints.h"

static void check_repeat(struct check *check, struct block *block) {
    static const char *const units[] = {"day", "week", "month", "quarter", "year"};
    enum { MOST = 1000 };
    const struct attribute *every = check_need(check, block, "every", "week");
    const struct attribute *from = check_need(check, block, "from", "start");
    const struct attribute *count = check_need(check, block, "count", "13");
    int32_t unit = every ? check_word(check, every, units, 5) : -1;
    if (unit >= 0)
        block->every = (enum period_unit)(unit + 1);
    if (from)
        block->from = check_date(check, from);
    block->rows = check_int(check, count, 1, MOST, 1);
}

const struct block_type type_repeat = {
    .name = "repeat",
    .body = BODY_ANY,
    .keys = (const char *const[]){"every", "from", "count", NULL},
    .check = check_repeat,
    .print = print_repeat,
};
