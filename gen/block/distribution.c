/* .distribution: how many of a cohort have which result of a score, sitting by sitting, or how they
 * moved. Fills score, chart, view, sitting, moved and, once scores are known (stage/check_cohort.c),
 * dimension. */
#include "block/check.h"
#include "block/prints.h"

static int32_t find_view(struct check *check, const struct block *block) {
    const struct attribute *view = check_find(block, "respondent");
    uint32_t mask = check_respondents(check, view, 0);
    return mask ? __builtin_ctz(mask) : RESPONDENT_NONE;
}

static int32_t find_sitting(struct check *check, const struct attribute *sitting) {
    const struct course *course = check->course;
    if (!sitting)
        return -1;
    if (!course->sittings.count)
        return check_int(check, sitting, 1, 100, 0) - 1;
    const char **ids = ARENA_ARRAY(check->arena, const char *, course->sittings.count);
    for (size_t i = 0; i < course->sittings.count; i++) {
        ids[i] = course->sittings.at[i].id;
        if (strcmp(ids[i], sitting->value) == 0)
            return (int32_t)i;
    }
    check_unknown(check, DIAG_SITTING_UNKNOWN, sitting->value_at, sitting->value, ids,
                  course->sittings.count);
    return -1;
}

static void check_distribution(struct check *check, struct block *block) {
    static const char *const charts[] = {"none", "bars"};
    const struct attribute *score = check_need(check, block, "score", "stage");
    if (score)
        block->score = check_score_name(check, score);
    const struct attribute *chart = check_find(block, "chart");
    bool bars = !chart || check_word(check, chart, charts, 2) == 1;
    block->chart = bars ? CHART_BARS : CHART_NONE;
    block->view = find_view(check, block);
    block->sitting = find_sitting(check, check_find(block, "sitting"));
    block->moved = check_switch(check, check_find(block, "movement"));
    block->dimension = -1;
    if (!block->title && block->score)
        block->title = block->score->title;
}

const struct block_type type_distribution = {
    .name = "distribution",
    .body = BODY_ANY,
    .keys = (const char *const[]){"score", "chart", "respondent", "sitting", "dimension",
                                  "movement", NULL},
    .check = check_distribution,
    .print = print_distribution,
};
