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

/* The rating that a block names, NULL after reporting. */
static const struct block *find_rating(struct check *check, const struct block *block) {
    const struct attribute *rating = check_find(block, "rating");
    if (!rating)
        return NULL;
    return find_block_of(check, "rating", rating->value, rating->value_at, DIAG_RATING_UNKNOWN);
}

static void check_gap_target(struct check *check, struct block *block) {
    block->rating = find_rating(check, block);
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

/* ask= of .advice about the lowest answers. */
static void check_advice_ask(struct check *check, struct block *block) {
    const struct block *rating = block->rating;
    const struct attribute *ask = check_find(block, "ask");
    const char **ids = ARENA_ARRAY(check->arena, const char *, rating->ask_count);
    for (size_t i = 0; i < rating->ask_count; i++) {
        ids[i] = rating->asks[i].id;
        if (ask && strcmp(ids[i], ask->value) == 0)
            block->ask = ids[i];
    }
    if (ask && !block->ask)
        diag_report(check->diag, DIAG_ASK_UNKNOWN, ask->value_at, rating->id, ask->value,
                    diag_nearest(ask->value, ids, rating->ask_count),
                    diag_list(check->arena, ids, rating->ask_count));
    else if (!ask && rating->ask_count > 1)
        diag_report(check->diag, DIAG_ADVICE_ASK, block->at, rating->id, ids[0],
                    arena_printf(check->arena, "%s %s", ids[0], ids[1]));
}

static void check_advice_items(struct check *check, struct block *block) {
    const struct block *rating = block->rating;
    const char **ids = ARENA_ARRAY(check->arena, const char *, rating->item_count);
    bool *taken = ARENA_ARRAY(check->arena, bool, rating->item_count);
    for (size_t i = 0; i < rating->item_count; i++)
        ids[i] = rating->items[i].id;
    size_t count = 0;
    for (const struct node *node = block->body->first; node; node = node->next)
        count++;
    block->advices = ARENA_ARRAY(check->arena, struct advice, count);
    for (const struct node *node = block->body->first; node; node = node->next) {
        const struct attribute *item = attributes_find(node->attributes, "for-item");
        if (!item)
            continue;
        size_t i = 0;
        while (i < rating->item_count && strcmp(ids[i], item->value) != 0)
            i++;
        if (i == rating->item_count) {
            diag_report(check->diag, DIAG_ADVICE_ITEM_UNKNOWN, item->value_at, rating->id,
                        item->value, diag_nearest(item->value, ids, rating->item_count),
                        diag_list(check->arena, ids, rating->item_count));
            continue;
        }
        if (taken[i])
            diag_report(check->diag, DIAG_ADVICE_TWICE, item->value_at, item->value);
        taken[i] = true;
        block->advices[block->advice_count++] = (struct advice){i, node};
    }
}

static void check_advice_target(struct check *check, struct block *block) {
    block->by_gap = check_find(block, "between") != NULL;
    if (block->by_gap)
        check_gap_target(check, block);
    else
        block->rating = find_rating(check, block);
    if (!block->rating || !block->body)
        return;
    if (!block->by_gap)
        check_advice_ask(check, block);
    check_advice_items(check, block);
}

static const struct column *find_column(struct check *check, const struct block *log,
                                        const char *id, struct span at) {
    const char **ids = ARENA_ARRAY(check->arena, const char *, log->column_count);
    for (size_t i = 0; i < log->column_count; i++) {
        ids[i] = log->columns[i].id;
        if (strcmp(ids[i], id) == 0)
            return &log->columns[i];
    }
    diag_report(check->diag, DIAG_ROWS_COLUMN_UNKNOWN, at, log->id, id,
                diag_nearest(id, ids, log->column_count),
                diag_list(check->arena, ids, log->column_count));
    return NULL;
}

/* columns="date decision", or all of them. */
static void check_rows_columns(struct check *check, struct block *block) {
    const struct attribute *columns = check_find(block, "columns");
    const struct column **shown =
        ARENA_ARRAY(check->arena, const struct column *, block->log->column_count);
    block->shown = shown;
    for (size_t i = 0; !columns && i < block->log->column_count; i++)
        shown[block->shown_count++] = &block->log->columns[i];
    for (const char *at = columns ? columns->value : ""; *at;) {
        at += strspn(at, " ");
        size_t length = strcspn(at, " ");
        if (!length || block->shown_count == block->log->column_count)
            break;
        const struct column *column = find_column(
            check, block->log, arena_strndup(check->arena, at, length), columns->value_at);
        if (column)
            shown[block->shown_count++] = column;
        at += length;
    }
}

static void check_rows_target(struct check *check, struct block *block) {
    const struct attribute *log = check_find(block, "log"), *sort = check_find(block, "sort");
    if (log)
        block->log = find_block_of(check, "log", log->value, log->value_at, DIAG_LOG_UNKNOWN);
    if (!block->log)
        return;
    check_rows_columns(check, block);
    if (sort) {
        block->descending = sort->value[0] == '-';
        block->sort =
            find_column(check, block->log, sort->value + block->descending, sort->value_at);
    }
    struct expr *where = (struct expr *)(uintptr_t)block->where;
    if (where && !(expr_resolve(where, check->arena, check->diag, check->course, block->log) &&
                   expr_check_condition(where, check->diag)))
        block->where = NULL;
}

static bool is_inside(const struct block *block, const struct block *around) {
    while (block && block != around)
        block = block->parent;
    return block != NULL;
}

static void check_use_target(struct check *check, struct block *block) {
    const struct attribute *name = check_find(block, "block");
    if (!name)
        return;
    block->used = course_find_block(check->course, name->value);
    if (!block->used) {
        size_t count = 0;
        const char **ids = ARENA_ARRAY(check->arena, const char *, check->course->blocks.count);
        for (size_t i = 0; i < check->course->blocks.count; i++)
            if (check->course->blocks.at[i]->id)
                ids[count++] = check->course->blocks.at[i]->id;
        check_unknown(check, DIAG_USE_UNKNOWN, name->value_at, name->value, ids, count);
    }
    if (block->used && block->used->slot_count && block->used->slots[0]->repeat &&
        !is_inside(block, block->used->slots[0]->repeat))
        diag_report(check->diag, DIAG_USE_REPEATED, name->value_at, name->value);
}

/* True if what `from` prints again holds, perhaps by way of others, `use` itself. */
static bool leads_back(const struct check *check, const struct block *from, const struct block *use,
                       bool *seen) {
    const struct course *course = check->course;
    if (!from->used || seen[from->index])
        return false;
    seen[from->index] = true;
    if (is_inside(use, from->used))
        return true;
    for (size_t i = 0; i < course->blocks.count; i++) {
        const struct block *next = course->blocks.at[i];
        if (next->used && is_inside(next, from->used) && leads_back(check, next, use, seen))
            return true;
    }
    return false;
}

/* A block that would print itself prints nothing; all are told of before any is cut. */
static void check_use_circles(struct check *check) {
    struct course *course = check->course;
    VEC(struct block *) circles = {0};
    for (size_t i = 0; i < course->blocks.count; i++) {
        struct block *use = course->blocks.at[i];
        if (!use->used)
            continue;
        bool *seen = ARENA_ARRAY(check->arena, bool, course->blocks.count);
        if (leads_back(check, use, use, seen))
            VEC_PUSH(check->arena, &circles, use);
    }
    for (size_t i = 0; i < circles.count; i++) {
        struct block *use = circles.at[i];
        diag_report(check->diag, DIAG_USE_CIRCLE, check_find(use, "block")->value_at,
                    use->used->id);
        use->used = NULL;
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

static bool is_repeated(const struct block *block) {
    while (block && strcmp(block->type->name, "repeat") != 0)
        block = block->parent;
    return block != NULL;
}

static void check_period(void *context, const struct reference *reference) {
    struct check *check = context;
    if (reference->kind == REFERENCE_PERIOD)
        diag_report(check->diag, DIAG_PERIOD_OUTSIDE, reference->at, reference->text);
}

/* period.from and the like, where no .repeat is around the block. */
static void check_periods(struct check *check, const struct block *block) {
    if (is_repeated(block))
        return;
    const struct expr *const all[] = {block->condition, block->expr, block->where};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i])
            expr_visit(all[i], check_period, check);
    for (size_t i = 0; i < block->column_count; i++)
        if (block->columns[i].calc)
            expr_visit(block->columns[i].calc, check_period, check);
}

static void resolve_blocks(struct check *check) {
    for (size_t i = 0; i < check->course->blocks.count; i++) {
        struct block *block = check->course->blocks.at[i];
        const char *type = block->type->name;
        if (strcmp(type, "gap") == 0)
            check_gap_target(check, block);
        else if (strcmp(type, "log") == 0)
            check_log_references(check, block);
        else if (strcmp(type, "advice") == 0)
            check_advice_target(check, block);
        else if (strcmp(type, "rows") == 0)
            check_rows_target(check, block);
        else if (strcmp(type, "use") == 0)
            check_use_target(check, block);
        if (block->expr && !expr_resolve((struct expr *)(uintptr_t)block->expr, check->arena,
                                         check->diag, check->course, NULL))
            block->expr = NULL;
        if (block->condition && !(expr_resolve((struct expr *)(uintptr_t)block->condition,
                                               check->arena, check->diag, check->course, NULL) &&
                                  expr_check_condition(block->condition, check->diag)))
            block->condition = NULL;
        check_periods(check, block);
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
        if (reference && !is_repeated(block))
            check_period(check, reference);
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
    check_use_circles(check);
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
