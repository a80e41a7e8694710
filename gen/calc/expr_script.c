/* Expressions as calls of the script library (ECMA-262, 3rd edition). */
#include "calc/expr_node.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct script {
    const struct formula_target *target;
    struct buf *out;
};

static bool print(const struct script *script, const struct expr_node *node);

static void put_number(struct buf *out, double number) {
    char text[40];
    if (!isfinite(number)) {
        buf_puts(out, "null");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (digits == 17 || number == strtod(text, NULL))
            break;
    }
    buf_puts(out, text);
}

void expr_script_text(struct buf *out, const char *text) {
    buf_putc(out, '"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 0x20 || byte == '"' || byte == '\\' || byte == '<')
            buf_printf(out, "\\x%02x", byte);
        else if (strncmp(text, "\xE2\x80\xA8", 3) == 0 || strncmp(text, "\xE2\x80\xA9", 3) == 0)
            buf_puts(out, text[2] == '\xA8' ? "\\u2028" : "\\u2029"), text += 2;
        else
            buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

void value_print_script(struct buf *out, struct value value) {
    switch (value.kind) {
    case VALUE_TEXT:
        expr_script_text(out, value.text ? value.text : "");
        return;
    case VALUE_BOOL:
        buf_puts(out, value.number != 0 ? "true" : "false");
        return;
    case VALUE_NUMBER:
    case VALUE_DATE:
        put_number(out, value.number);
        return;
    case VALUE_LIST:
        for (size_t i = 0; i < value.count; i++) {
            buf_putc(out, i ? ',' : '[');
            value_print_script(out, value.items[i]);
        }
        buf_puts(out, value.count ? "]" : "[]");
        return;
    default:
        buf_puts(out, "null");
    }
}

static bool print_value(const struct script *script, struct value value) {
    if (value_is_missing(value)) /* course.as-of */
        buf_puts(script->out, script->target->as_of);
    else
        value_print_script(script->out, value);
    return true;
}

static bool print_name(const struct script *script, const struct expr_node *node) {
    const struct reference *reference = node->reference;
    if (reference->kind == REFERENCE_COURSE)
        return print_value(script, reference->constant);
    return script->target->print_reference(script->target->context, reference, script->out);
}

/* Library functions; their names avoid words that ECMAScript 3 reserves. */
static const char *const op_functions[] = {
    [OP_NEGATE] = "negate",
    [OP_PERCENT] = "hundredth",
    [OP_ADD] = "add",
    [OP_SUBTRACT] = "subtract",
    [OP_MULTIPLY] = "multiply",
    [OP_DIVIDE] = "divide",
    [OP_POWER] = "power",
    [OP_EQUAL] = "equal",
    [OP_UNEQUAL] = "unequal",
    [OP_LESS] = "less",
    [OP_LESS_EQUAL] = "lessOrEqual",
    [OP_GREATER] = "greater",
    [OP_GREATER_EQUAL] = "greaterOrEqual",
    [OP_AND] = "and",
    [OP_OR] = "or",
    [OP_NOT] = "not",
};

static const char *const call_functions[FUNCTION_COUNT_] = {
    [FUNCTION_IF] = "choose",       [FUNCTION_MIN] = "min",       [FUNCTION_MAX] = "max",
    [FUNCTION_SUM] = "sum",         [FUNCTION_MEAN] = "mean",     [FUNCTION_COUNT] = "count",
    [FUNCTION_ROUND] = "round",     [FUNCTION_ABS] = "abs",       [FUNCTION_HAS] = "has",
    [FUNCTION_MISSING] = "missing", [FUNCTION_STREAK] = "streak",
};

static bool takes_list(const struct expr_node *node) {
    return node->op == OP_AND || node->op == OP_OR ||
           (node->op == OP_CALL && node->function >= FUNCTION_MIN &&
            node->function <= FUNCTION_COUNT);
}

static bool print_call(const struct script *script, const struct expr_node *node) {
    if (node->op == OP_CALL && node->function == FUNCTION_TODAY) {
        buf_puts(script->out, script->target->as_of);
        return true;
    }
    bool list = takes_list(node);
    buf_printf(script->out, "tandem.%s(%s",
               node->op == OP_CALL ? call_functions[node->function] : op_functions[node->op],
               list ? "[" : "");
    for (const struct expr_node *operand = node->first; operand; operand = operand->next) {
        if (operand != node->first)
            buf_puts(script->out, ", ");
        if (!print(script, operand))
            return false;
    }
    buf_puts(script->out, list ? "])" : ")");
    return true;
}

static bool print(const struct script *script, const struct expr_node *node) {
    switch (node->op) {
    case OP_NUMBER:
        return print_value(script, value_number(node->number));
    case OP_TEXT:
        return print_value(script, value_text(node->text));
    case OP_DATE:
        return print_value(script, value_date((date_t)node->number));
    case OP_BOOL:
        return print_value(script, value_bool(node->number != 0));
    case OP_NAME:
        return print_name(script, node);
    default:
        return print_call(script, node);
    }
}

bool expr_print_script(const struct expr *expr, const struct formula_target *target,
                       struct buf *out) {
    if (expr->state != EXPR_RESOLVED)
        return false;
    struct buf text;
    buf_init(&text, out->arena);
    const struct script script = {target, &text};
    if (!print(&script, expr->root))
        return false;
    buf_puts(out, text.data);
    return true;
}
