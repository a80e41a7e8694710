/* Expressions as people work them out on paper: "a ÷ (b × c)", with labels for names. */
#include "calc/expr_node.h"
#include "calc/format.h"

struct words {
    const struct course *course;
    struct arena *arena;
    struct buf *out;
};

/* How tightly an operator binds; operands that bind less get brackets. */
static int strength(enum expr_op op) {
    switch (op) {
    case OP_ADD:
    case OP_SUBTRACT:
        return 1;
    case OP_MULTIPLY:
    case OP_DIVIDE:
        return 2;
    case OP_NEGATE:
        return 3;
    case OP_POWER:
        return 4;
    default:
        return 5;
    }
}

static const char *reference_label(const struct reference *reference) {
    if (reference->kind == REFERENCE_CALC)
        return reference->block->label;
    if (reference->kind == REFERENCE_SLOT && reference->slot)
        return reference->slot->label;
    if (reference->kind == REFERENCE_SCORE && reference->dimension < 0)
        return reference->score->title;
    return NULL;
}

static bool put_node(struct words *words, const struct expr_node *node, int least);

static bool put_pair(struct words *words, const struct expr_node *node, const char *sign) {
    int own = strength(node->op);
    if (!put_node(words, node->first, own))
        return false;
    buf_puts(words->out, sign);
    return put_node(words, node->first->next, own + 1);
}

static bool put_call(struct words *words, const struct expr_node *node) {
    switch (node->function) {
    case FUNCTION_MIN:
    case FUNCTION_MAX:
    case FUNCTION_SUM:
    case FUNCTION_MEAN:
        break;
    default:
        return false;
    }
    buf_printf(words->out, "%s(", function_name(node->function));
    for (const struct expr_node *operand = node->first; operand; operand = operand->next) {
        if (!put_node(words, operand, 0))
            return false;
        buf_puts(words->out, operand->next ? "; " : "");
    }
    buf_putc(words->out, ')');
    return true;
}

static bool put_reference(struct words *words, const struct expr_node *node) {
    const struct reference *reference = node->reference;
    if (reference && reference->kind == REFERENCE_COURSE &&
        !value_is_missing(reference->constant)) {
        buf_puts(words->out, value_format(words->arena, words->course, reference->constant, -1));
        return true;
    }
    const char *label = reference ? reference_label(reference) : NULL;
    if (label)
        buf_printf(words->out, "[%s]", label);
    return label != NULL;
}

static bool put_operator(struct words *words, const struct expr_node *node) {
    switch (node->op) {
    case OP_NUMBER: /* as written: a sum that is shown must be the sum that was done */
        buf_puts(words->out, value_format(words->arena, words->course, value_number(node->number),
                                          number_decimals(node->number, 12)));
        return true;
    case OP_NAME:
        return put_reference(words, node);
    case OP_PERCENT:
        if (!put_node(words, node->first, 5))
            return false;
        buf_puts(words->out, "%");
        return true;
    case OP_NEGATE:
        buf_puts(words->out, "\u2212");
        return put_node(words, node->first, 3);
    case OP_ADD:
        return put_pair(words, node, " + ");
    case OP_SUBTRACT:
        return put_pair(words, node, " \u2212 ");
    case OP_MULTIPLY:
        return put_pair(words, node, " \u00d7 ");
    case OP_DIVIDE:
        return put_pair(words, node, " \u00f7 ");
    case OP_CALL:
        return put_call(words, node);
    default:
        return false;
    }
}

static bool put_node(struct words *words, const struct expr_node *node, int least) {
    bool brackets = strength(node->op) < least;
    if (brackets)
        buf_putc(words->out, '(');
    if (!put_operator(words, node))
        return false;
    if (brackets)
        buf_putc(words->out, ')');
    return true;
}

bool expr_print_words(const struct expr *expr, struct arena *arena, const struct course *course,
                      struct buf *out) {
    struct words words = {.course = course, .arena = arena, .out = out};
    return put_node(&words, expr->root, 0);
}
