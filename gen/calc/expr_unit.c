/* Units before anybody has answered: the same rules as in expr_eval.c. */
#include "calc/expr_node.h"

static enum value_unit node_unit(const struct expr_node *node);

static enum value_unit type_unit(enum slot_type type) {
    return type == SLOT_MONEY ? UNIT_MONEY : type == SLOT_PERCENT ? UNIT_PERCENT : UNIT_NONE;
}

static enum value_unit reference_unit(const struct reference *reference) {
    const struct block *calc = reference->block;
    switch (reference->kind) {
    case REFERENCE_COURSE:
        return reference->constant.unit;
    case REFERENCE_SLOT:
        return type_unit(reference->slot->type);
    case REFERENCE_COLUMN:
    case REFERENCE_OWN_ROW:
        return type_unit(reference->column->type);
    case REFERENCE_CALC:
        return calc->format_given ? calc->format : calc->expr ? expr_unit(calc->expr) : UNIT_NONE;
    case REFERENCE_SCORE:
        return reference->score->method == SCORE_PERCENT &&
                       (reference->property == PROPERTY_VALUE ||
                        reference->property == PROPERTY_CHANGE)
                   ? UNIT_PERCENT
                   : UNIT_NONE;
    default:
        return UNIT_NONE;
    }
}

/* The last unit of any argument, as of an aggregate's values. */
static enum value_unit arguments_unit(const struct expr_node *first) {
    enum value_unit unit = UNIT_NONE;
    for (const struct expr_node *node = first; node; node = node->next)
        unit = node_unit(node) != UNIT_NONE ? node_unit(node) : unit;
    return unit;
}

static enum value_unit call_unit(const struct expr_node *node) {
    switch (node->function) {
    case FUNCTION_IF:
        return arguments_unit(node->first->next);
    case FUNCTION_MIN:
    case FUNCTION_MAX:
    case FUNCTION_SUM:
    case FUNCTION_MEAN:
        return arguments_unit(node->first);
    case FUNCTION_ROUND:
    case FUNCTION_ABS:
        return node_unit(node->first);
    default:
        return UNIT_NONE;
    }
}

static enum value_unit node_unit(const struct expr_node *node) {
    struct value left = value_number(1), right = value_number(1);
    if (node->first && node->op != OP_CALL) {
        left.unit = node_unit(node->first);
        right.unit = node->first->next ? node_unit(node->first->next) : UNIT_NONE;
    }
    switch (node->op) {
    case OP_NAME:
        return reference_unit(node->reference);
    case OP_CALL:
        return call_unit(node);
    case OP_NEGATE:
    case OP_POWER:
        return left.unit;
    case OP_PERCENT:
        return left.unit == UNIT_NONE ? UNIT_PERCENT : left.unit;
    case OP_MULTIPLY:
        return unit_multiplied(left, right);
    case OP_DIVIDE:
        return unit_divided(left, right);
    case OP_SUBTRACT:
        if (node->first->type == TYPE_DATE && node->first->next->type == TYPE_DATE)
            return UNIT_DAYS;
        return unit_joined(left, right);
    case OP_ADD:
        return unit_joined(left, right);
    default:
        return UNIT_NONE;
    }
}

enum value_unit expr_unit(const struct expr *expr) {
    return expr->state == EXPR_RESOLVED ? node_unit(expr->root) : UNIT_NONE;
}

bool expr_is_date(const struct expr *expr) {
    return expr->state == EXPR_RESOLVED && expr->root->type == TYPE_DATE && !expr->root->list;
}
