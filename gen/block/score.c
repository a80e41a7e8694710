/* .score: a result panel. Fills score, chart. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

const struct score *check_score_name(struct check *check, const struct attribute *attribute) {
    const struct score *score = course_find_score(check->course, attribute->value);
    if (score)
        return score;
    size_t count = check->course->scores.count;
    const char **ids = ARENA_ARRAY(check->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        ids[i] = check->course->scores.at[i].id;
    check_unknown(check, DIAG_SCORE_UNKNOWN, attribute->value_at, attribute->value, ids, count);
    return NULL;
}

static void check_score(struct check *check, struct block *block) {
    static const char *const charts[] = {"none", "gauge", "bars", "radar", "trend"};
    const struct attribute *score = check_need(check, block, "score", "stage");
    if (score)
        block->score = check_score_name(check, score);
    const struct attribute *chart = check_find(block, "chart");
    if (chart) {
        int32_t index = check_word(check, chart, charts, 5);
        block->chart = index < 0 ? CHART_NONE : (enum chart_kind)index;
    }
    if (!block->title && block->score)
        block->title = block->score->title;
}

const struct block_type type_score = {
    .name = "score",
    .body = BODY_ANY,
    .keys = (const char *const[]){"score", "chart", NULL},
    .check = check_score,
    .print = print_score,
    .sheet = sheet_score,
};
