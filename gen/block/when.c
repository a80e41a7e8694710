/* .when and .otherwise: shown if a condition holds. Fill condition, score and band, when. */
#include "block/check.h"
#include "block/prints.h"
#include "calc/expr.h"

static void check_when(struct check *check, struct block *block) {
    const struct attribute *condition = check_find(block, "if");
    const struct attribute *score = check_find(block, "score"), *is = check_find(block, "is");
    if (condition && !score && !is) {
        block->condition = check_expr(check, condition);
        return;
    }
    if (condition || !score || !is) {
        diag_report(check->diag, DIAG_WHEN_CONDITION, block->at);
        return;
    }
    block->score = check_score_name(check, score);
    block->band = is->value;
    if (!block->score)
        return;
    const char **names = ARENA_ARRAY(check->arena, const char *, block->score->band_count);
    bool known = false;
    for (size_t i = 0; i < block->score->band_count; i++) {
        names[i] = block->score->bands[i].name;
        known = known || strcmp(names[i], is->value) == 0;
    }
    if (!known)
        diag_report(check->diag, DIAG_BAND_UNKNOWN, is->value_at, block->score->id, is->value,
                    diag_nearest(is->value, names, block->score->band_count),
                    diag_list(check->arena, names, block->score->band_count));
}

static void check_otherwise(struct check *check, struct block *block) {
    const struct node *before = block->node->previous;
    if (before && before->block && strcmp(before->block->type->name, "when") == 0)
        block->when = before->block;
    else
        diag_report(check->diag, DIAG_OTHERWISE_ALONE, block->at);
}

const struct block_type type_when = {
    .name = "when",
    .body = BODY_ANY,
    .keys = (const char *const[]){"if", "score", "is", "label", NULL},
    .check = check_when,
    .print = print_when,
};

const struct block_type type_otherwise = {
    .name = "otherwise",
    .body = BODY_ANY,
    .keys = (const char *const[]){"label", NULL},
    .check = check_otherwise,
    .print = print_otherwise,
};
