/* Whose answer is meant: in a material for several respondents, what is each one's own must be
 * named with its respondent, in the prose, in conditions and in calcs alike. */
#include "stage/check_internal.h"

#include "calc/expr.h"

struct views {
    struct check *check;
    struct map calcs; /* by id: those that have been looked at */
};

static bool is_several(uint32_t mask) { return (mask & (mask - 1)) != 0; }

/* An answer that each gives for themselves: a rating, say, that both fill in. */
static bool is_own(const struct reference *reference) {
    if (reference->kind == REFERENCE_SLOT)
        return reference->slot->own && is_several(reference->slot->respondents);
    for (size_t i = 0; reference->kind == REFERENCE_SLOTS && i < reference->block->slot_count; i++)
        if (reference->block->slots[i]->own && is_several(reference->block->slots[i]->respondents))
            return true;
    return false;
}

static void check_expression(struct views *views, const struct expr *expr);

static void check_reference(void *context, const struct reference *reference) {
    struct views *views = context;
    struct check *check = views->check;
    const char *first = check->course->respondents.at[0].id;
    if (reference->kind == REFERENCE_CALC && reference->block->expr) {
        if (!map_set(&views->calcs, reference->block->id, views))
            check_expression(views, reference->block->expr);
    } else if (reference->respondent != RESPONDENT_NONE) {
        return;
    } else if (reference->kind == REFERENCE_SCORE) {
        diag_report(check->diag, DIAG_SCORE_TWO_VIEWS, reference->at, reference->text, first);
    } else if (is_own(reference)) {
        diag_report(check->diag, DIAG_SCORE_TWO_VIEWS, reference->at, reference->text, NULL,
                    arena_printf(check->arena, "write %s@%s", reference->text, first));
    }
}

static void check_expression(struct views *views, const struct expr *expr) {
    if (expr)
        expr_visit(expr, check_reference, views);
}

static uint32_t answerers(const struct score *score) {
    uint32_t mask = 0;
    for (size_t i = 0; i < score->part_count; i++)
        mask |= score->parts[i].rating->by;
    return mask;
}

static void check_block_views(struct views *views, const struct block *block) {
    struct check *check = views->check;
    check_expression(views, block->condition);
    check_expression(views, block->where);
    check_expression(views, block->expr);
    for (size_t i = 0; i < block->column_count; i++)
        check_expression(views, block->columns[i].calc);
    const struct attribute *score = check_find(block, "score");
    if (score && block->band && block->score && block->score->respondent == RESPONDENT_NONE &&
        is_several(answerers(block->score)))
        diag_report(check->diag, DIAG_SCORE_TWO_VIEWS, score->value_at, score->value, NULL,
                    arena_printf(check->arena,
                                 "write if=\"score.%s.name@%s == '%s'\", or give the "
                                 "score a respondent in course.yml",
                                 score->value, check->course->respondents.at[0].id, block->band));
}

static void check_node(struct views *views, const struct node *node) {
    if (node->reference)
        check_reference(views, node->reference);
    if (node->block)
        check_block_views(views, node->block);
    if (node->legend)
        check_node(views, node->legend);
    for (const struct node *child = node->first; child; child = child->next)
        check_node(views, child);
}

void check_views(struct check *check, const struct material *material) {
    struct views views = {.check = check};
    map_init(&views.calcs, check->arena);
    for (size_t m = 0; m < material->modules.count; m++) {
        const struct module *module = material->module_list ? material->module_list[m] : NULL;
        if (!module || !module->document)
            continue;
        check_node(&views, module->document);
        for (size_t i = 0; i < module->footnote_count; i++)
            if (module->footnotes[i])
                check_node(&views, module->footnotes[i]);
    }
}
