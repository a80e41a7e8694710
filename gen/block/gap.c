/* .gap: two views of a rating side by side, the widest difference first. Fills rating (once all
 * blocks are known), between_asks, top. */
#include "block/gap.h"

#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

#include <math.h>

static size_t ask_index(const struct block *rating, const char *id) {
    for (size_t a = 0; a < rating->ask_count; a++)
        if (strcmp(rating->asks[a].id, id) == 0)
            return a;
    return 0;
}

struct gap_sides gap_sides_of(const struct course *course, const struct block *gap,
                              int32_t respondent) {
    struct gap_sides sides = {.is_signed = gap->between_asks[0] != NULL};
    for (size_t s = 0; s < 2; s++) {
        if (sides.is_signed) {
            sides.ask[s] = ask_index(gap->rating, gap->between_asks[s]);
            sides.label[s] = gap->rating->asks[sides.ask[s]].label;
            sides.respondent[s] = respondent;
        } else {
            sides.respondent[s] = (int32_t)s;
            sides.label[s] = course->respondents.at[s].label;
        }
    }
    return sides;
}

const struct slot *gap_slot(const struct block *gap, const struct gap_sides *sides, size_t item,
                            size_t side) {
    size_t asks = gap->rating->ask_count ? gap->rating->ask_count : 1;
    return gap->rating->slots[item * asks + sides->ask[side]];
}

double gap_between(const struct gap_sides *sides, const double value[2]) {
    double gap = value[0] - value[1];
    return sides->is_signed ? gap : fabs(gap);
}

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
