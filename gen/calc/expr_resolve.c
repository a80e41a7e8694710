/* Binding names, and what an expression asks for. */
#include "calc/expr_node.h"

#include <string.h>

/* --- what may be missing --- */

static bool may_miss(const struct expr_node *node, struct arena *arena,
                     const struct course *course);

static bool any_may_miss(const struct expr_node *node, struct arena *arena,
                         const struct course *course) {
    for (const struct expr_node *operand = node->first; operand; operand = operand->next)
        if (may_miss(operand, arena, course))
            return true;
    return false;
}

static bool reads_anything(const struct expr_node *node) {
    if (node->op == OP_NAME && node->reference->kind != REFERENCE_COURSE)
        return true;
    for (const struct expr_node *operand = node->first; operand; operand = operand->next)
        if (reads_anything(operand))
            return true;
    return false;
}

/* Division and powers of what is known beforehand are simply tried. */
static bool quotient_may_miss(const struct expr_node *node, struct arena *arena,
                              const struct course *course) {
    const struct expr_node *from = node->op == OP_DIVIDE ? node->first->next : node;
    if (any_may_miss(node, arena, course) || reads_anything(from))
        return true;
    struct scope scope = {
        .arena = arena, .course = course, .respondent = RESPONDENT_NONE, .row = -1};
    struct value value = expr_eval_node(from, &scope);
    return value_is_missing(value) || (node->op == OP_DIVIDE && value.number == 0);
}

static bool call_may_miss(const struct expr_node *node, struct arena *arena,
                          const struct course *course) {
    switch (node->function) {
    case FUNCTION_HAS:
    case FUNCTION_MISSING:
    case FUNCTION_COUNT:
    case FUNCTION_STREAK:
    case FUNCTION_TODAY:
        return false;
    case FUNCTION_MIN:
    case FUNCTION_MAX:
    case FUNCTION_SUM:
    case FUNCTION_MEAN:
        for (const struct expr_node *operand = node->first; operand; operand = operand->next)
            if (!may_miss(operand, arena, course))
                return false;
        return true;
    default:
        return any_may_miss(node, arena, course);
    }
}

static bool may_miss(const struct expr_node *node, struct arena *arena,
                     const struct course *course) {
    switch (node->op) {
    case OP_NAME:
        return node->reference->may_be_missing;
    case OP_DIVIDE:
    case OP_POWER:
        return quotient_may_miss(node, arena, course);
    case OP_CALL:
        return call_may_miss(node, arena, course);
    default:
        return any_may_miss(node, arena, course);
    }
}

/* --- binding --- */

struct resolver {
    struct arena *arena;
    struct diag *diag;
    const struct course *course;
    const struct block *log;
    int depth;
};

/* Operands first; a node is checked only if they are right, so that one mistake is one message. */
static bool resolve_node(const struct resolver *resolver, struct expr_node *node) {
    if (node->op == OP_NAME) {
        node->reference =
            reference_resolve_at(resolver->arena, resolver->diag, resolver->course, resolver->log,
                                 node->text, node->at, resolver->depth);
        if (!node->reference)
            return false;
        expr_name_type(resolver->course, node);
        return true;
    }
    bool ok = true;
    for (struct expr_node *operand = node->first; operand; operand = operand->next)
        ok = resolve_node(resolver, operand) && ok;
    return ok && expr_check_node(resolver->arena, resolver->diag, resolver->course, node);
}

bool expr_resolve_at(struct expr *expr, struct arena *arena, struct diag *diag,
                     const struct course *course, const struct block *log, int depth) {
    if (expr->state != EXPR_PARSED)
        return expr->state != EXPR_FAILED;
    expr->state = EXPR_RESOLVING; /* a circle ends here; expr_check_circles reports it */
    const struct resolver resolver = {arena, diag, course, log, depth};
    bool ok = resolve_node(&resolver, expr->root);
    if (ok && expr->root->list) {
        diag_report(diag, DIAG_EXPR_LIST, expr->root->at, expr->root->text, "a result");
        ok = false;
    }
    expr->state = ok ? EXPR_RESOLVED : EXPR_FAILED;
    if (ok)
        expr->may_be_missing = may_miss(expr->root, arena, course);
    return ok;
}

bool expr_resolve(struct expr *expr, struct arena *arena, struct diag *diag,
                  const struct course *course, const struct block *log) {
    return expr_resolve_at(expr, arena, diag, course, log, 0);
}

bool expr_check_condition(const struct expr *expr, struct diag *diag) {
    const struct expr_node *root = expr->root;
    if (expr->state != EXPR_RESOLVED || root->type == TYPE_BOOL || root->type == TYPE_ANY)
        return true;
    diag_report(diag, DIAG_EXPR_CONDITION, root->at, expr_type_words(root), "a condition");
    return false;
}

static void visit_node(const struct expr_node *node,
                       void (*visit)(void *context, const struct reference *), void *context) {
    if (node->op == OP_NAME && node->reference)
        visit(context, node->reference);
    for (const struct expr_node *operand = node->first; operand; operand = operand->next)
        visit_node(operand, visit, context);
}

void expr_visit(const struct expr *expr, void (*visit)(void *context, const struct reference *),
                void *context) {
    visit_node(expr->root, visit, context);
}

/* --- what a condition asks for --- */

/* What any result has, also one of too few answers. */
static bool property_always(enum score_property property) {
    return property == PROPERTY_ANSWERED || property == PROPERTY_MISSING ||
           property == PROPERTY_SITTING || property == PROPERTY_DAY;
}

/* A value has a name and counts; a change has a value too. */
static bool property_implies(enum score_property asked, enum score_property shown) {
    if (asked == shown)
        return true;
    if (property_always(asked))
        return property_always(shown);
    return shown != PROPERTY_CHANGE;
}

static bool same_target(const struct reference *asked, const struct reference *shown) {
    return asked->kind == shown->kind && asked->profile == shown->profile &&
           asked->block == shown->block && asked->slot == shown->slot && asked->ask == shown->ask &&
           asked->column == shown->column && asked->score == shown->score &&
           asked->dimension == shown->dimension && asked->respondent == shown->respondent &&
           asked->sitting == shown->sitting && asked->sitting_index == shown->sitting_index &&
           asked->date == shown->date && property_implies(asked->property, shown->property);
}

enum { ASK_DEPTH = EXPR_CALC_DEPTH_LIMIT };

/* True if the node can only have a value where the reference has one. */
static bool needs(const struct expr_node *node, const struct reference *reference, int depth) {
    bool all = node->op == OP_AND || node->op == OP_OR;
    if (node->op == OP_NAME) {
        if (!node->reference || same_target(node->reference, reference))
            return node->reference != NULL;
        const struct expr *calc =
            node->reference->kind == REFERENCE_CALC ? node->reference->block->expr : NULL;
        return calc && calc->state == EXPR_RESOLVED && depth < ASK_DEPTH &&
               needs(calc->root, reference, depth + 1);
    }
    if (node->op == OP_CALL) {
        bool single = node->first && !node->first->next && !node->first->list;
        switch (node->function) {
        case FUNCTION_IF:
        case FUNCTION_ABS:
            return needs(node->first, reference, depth);
        case FUNCTION_ROUND:
            break;
        case FUNCTION_MIN:
        case FUNCTION_MAX:
        case FUNCTION_SUM:
        case FUNCTION_MEAN:
            return single && needs(node->first, reference, depth);
        default:
            return false;
        }
    }
    for (const struct expr_node *operand = node->first; operand; operand = operand->next)
        if (needs(operand, reference, depth) != all)
            return !all;
    return all;
}

/* True if the node can only come out as `outcome` where the reference has a value. */
static bool outcome_needs(const struct expr_node *node, const struct reference *reference,
                          bool outcome) {
    if (node->op == OP_NOT)
        return outcome_needs(node->first, reference, !outcome);
    if (node->op == OP_AND || node->op == OP_OR) {
        bool any = (node->op == OP_AND) == outcome; /* all operands came out so: one is enough */
        for (const struct expr_node *operand = node->first; operand; operand = operand->next)
            if (outcome_needs(operand, reference, outcome) == any)
                return any;
        return !any;
    }
    if (node->op == OP_CALL &&
        (node->function == FUNCTION_HAS || node->function == FUNCTION_MISSING))
        return (node->function == FUNCTION_HAS) == outcome && !node->first->list &&
               needs(node->first, reference, 0);
    return needs(node, reference, 0);
}

bool expr_asks_for(const struct expr *expr, const struct reference *reference) {
    return expr->state == EXPR_RESOLVED && outcome_needs(expr->root, reference, true);
}
