/* What may point forward, once all blocks are known: expressions, ratings of gaps, logs of refs,
 * and the variables of the prose. */
#include "stage/check_internal.h"

#include "calc/expr.h"

/* A block by id that must be of one type; reported otherwise. */
static const struct block *find_block_of(struct check *check, const char *type, const char *id,
                                         struct span at, enum diag_code unknown) {
    const struct block *block = course_find_block(check->course, id);
    if (block && strcmp(block->type->name, type) == 0)
        return block;
    size_t count;
    const char *const *ids = check_block_ids(check, type, &count);
    if (block && unknown == DIAG_RATING_UNKNOWN) {
        diag_report(check->diag, DIAG_RATING_EXPECTED, at, id, block->type->name,
                    diag_list(check->arena, ids, count));
        return NULL;
    }
    check_unknown(check, unknown, at, id, ids, count);
    return NULL;
}

static void check_gap_asks(struct check *check, struct block *block,
                           const struct attribute *between) {
    const char *at = between->value;
    const char **ids = ARENA_ARRAY(check->arena, const char *, block->rating->ask_count);
    for (size_t i = 0; i < block->rating->ask_count; i++)
        ids[i] = block->rating->asks[i].id;
    bool known = true;
    for (int view = 0; view < 2; view++) {
        at += strspn(at, " ");
        size_t length = strcspn(at, " ");
        if (!length)
            break;
        const char *word = arena_strndup(check->arena, at, length);
        for (size_t i = 0; i < block->rating->ask_count; i++)
            if (strcmp(ids[i], word) == 0)
                block->between_asks[view] = ids[i];
        known = known && block->between_asks[view];
        if (!block->between_asks[view])
            diag_report(check->diag, DIAG_ASK_UNKNOWN, between->value_at, block->rating->id, word,
                        diag_nearest(word, ids, block->rating->ask_count),
                        diag_list(check->arena, ids, block->rating->ask_count));
        at += length;
    }
    at += strspn(at, " ");
    if (known && (*at || !block->between_asks[0] || !block->between_asks[1]))
        diag_report(check->diag, DIAG_GAP_BETWEEN, between->value_at, between->value);
}

static void check_gap_target(struct check *check, struct block *block) {
    const struct attribute *rating = check_find(block, "rating");
    if (!rating)
        return;
    block->rating =
        find_block_of(check, "rating", rating->value, rating->value_at, DIAG_RATING_UNKNOWN);
    if (!block->rating)
        return;
    const struct attribute *between = check_find(block, "between");
    if (between && strcmp(between->value, "respondents") != 0) {
        check_gap_asks(check, block, between);
        return;
    }
    if ((block->rating->by & (block->rating->by - 1)) == 0) {
        const struct course *course = check->course;
        const char *both = course->respondents.count < 2
                               ? NULL
                               : arena_printf(check->arena, "%s %s", course->respondents.at[0].id,
                                              course->respondents.at[1].id);
        diag_report(check->diag, DIAG_GAP_RESPONDENTS, between ? between->value_at : block->at,
                    both);
    }
}

static void check_log_references(struct check *check, struct block *log) {
    for (size_t i = 0; i < log->column_count; i++) {
        struct column *column = &log->columns[i];
        const struct attribute *to = attributes_find(column->node->attributes, "to");
        if (column->type == SLOT_REF && to)
            column->ref = find_block_of(check, "log", to->value, to->value_at, DIAG_LOG_UNKNOWN);
        /* The tree is ours until check ends; afterwards everybody reads it only. */
        if (column->calc)
            expr_resolve((struct expr *)(uintptr_t)column->calc, check->arena, check->diag,
                         check->course, log);
    }
}

static void resolve_blocks(struct check *check) {
    for (size_t i = 0; i < check->course->blocks.count; i++) {
        struct block *block = check->course->blocks.at[i];
        const char *type = block->type->name;
        if (strcmp(type, "gap") == 0)
            check_gap_target(check, block);
        else if (strcmp(type, "log") == 0)
            check_log_references(check, block);
        if (block->expr && !expr_resolve((struct expr *)(uintptr_t)block->expr, check->arena,
                                         check->diag, check->course, NULL))
            block->expr = NULL;
        if (block->condition && !(expr_resolve((struct expr *)(uintptr_t)block->condition,
                                               check->arena, check->diag, check->course, NULL) &&
                                  expr_check_condition(block->condition, check->diag)))
            block->condition = NULL;
    }
}

/* True if a .when around the variable makes sure that it is there. */
static bool is_asked_for(const struct block *block, const struct reference *reference) {
    for (; block; block = block->parent) {
        if (block->condition && expr_asks_for(block->condition, reference))
            return true;
        if (block->band && reference->kind == REFERENCE_SCORE && block->score == reference->score)
            return true;
    }
    return false;
}

static void check_variables(struct check *check, struct node *node, const struct block *block) {
    if (node->block)
        block = node->block;
    if (node->kind == NODE_VARIABLE && *node->text) {
        struct reference *reference =
            reference_resolve(check->arena, check->diag, check->course, NULL, node->text, node->at);
        node->reference = reference;
        /* With a caption the author has said what a reader sees in its place. */
        if (reference && reference->may_be_missing && !node->caption &&
            !is_asked_for(block, reference))
            diag_report(check->diag, DIAG_VARIABLE_MAYBE_MISSING, node->at, node->text);
    }
    if (node->legend)
        check_variables(check, node->legend, block);
    for (struct node *child = node->first; child; child = child->next)
        check_variables(check, child, block);
}

void check_references(struct check *check) {
    resolve_blocks(check);
    for (size_t i = 0; i < check->course->modules.count; i++) {
        struct module *module = check->course->modules.at[i];
        check->module = module;
        if (module->document)
            check_variables(check, module->document, NULL);
        for (size_t f = 0; f < module->footnote_count; f++)
            if (module->footnotes[f])
                check_variables(check, module->footnotes[f], NULL);
    }
}
