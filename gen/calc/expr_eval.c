/* Expressions to values. What is missing stays missing; what is not finite is missing. */
#include "calc/expr_node.h"

#include "calc/format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool number_alike(double left, double right) {
    if (left == right)
        return true;
    if (!(fabs(left - right) <= 2e-14 * fabs(left))) /* most are: spares the digits */
        return false;
    char a[40], b[40];
    snprintf(a, sizeof a, "%.14e", left);
    snprintf(b, sizeof b, "%.14e", right);
    return strcmp(a, b) == 0;
}

static struct value number_or_missing(double number, enum value_unit unit) {
    if (!(fabs(number) <= EXPR_LARGEST))
        return VALUE_NONE;
    struct value value = value_number(number == 0 ? 0 : number);
    value.unit = unit;
    return value;
}

static struct value date_or_missing(double number) {
    if (!isfinite(number) || fabs(number) > 5e6)
        return VALUE_NONE;
    return (struct value){.kind = VALUE_DATE, .number = number};
}

static bool is_numeric(struct value value) {
    return value.kind == VALUE_NUMBER || value.kind == VALUE_DATE;
}

enum value_unit unit_joined(struct value left, struct value right) {
    if (left.unit == right.unit || right.unit == UNIT_NONE)
        return left.unit;
    return left.unit == UNIT_NONE ? right.unit : UNIT_NONE;
}

/* Money times a share or a count is money; a share of a count is a count. */
enum value_unit unit_multiplied(struct value left, struct value right) {
    if (left.unit == UNIT_MONEY || right.unit == UNIT_MONEY)
        return UNIT_MONEY;
    if (left.unit == UNIT_DAYS || right.unit == UNIT_DAYS)
        return UNIT_DAYS;
    return left.unit == right.unit ? left.unit : UNIT_NONE;
}

/* Like by like is a plain number; what is divided keeps its unit otherwise. */
enum value_unit unit_divided(struct value left, struct value right) {
    return left.unit == right.unit ? UNIT_NONE : left.unit;
}

/* Spreadsheets give 0 for the difference of two numbers that look alike: 0.1 + 0.2 - 0.3. */
static double add(double left, double right) {
    return left != 0 && right != 0 && number_alike(left, -right) ? 0 : left + right;
}

static struct value eval_sum(const struct expr_node *node, struct value left, struct value right) {
    bool minus = node->op == OP_SUBTRACT;
    double number = add(left.number, minus ? -right.number : right.number);
    if (left.kind == VALUE_DATE && right.kind == VALUE_DATE)
        return number_or_missing(number, UNIT_DAYS);
    if (left.kind == VALUE_DATE || right.kind == VALUE_DATE)
        return date_or_missing(number);
    return number_or_missing(number, unit_joined(left, right));
}

/* 0^0 and 0^-1 have no value, nor do roots of negatives, nor what is beyond e^700 or below its
 * inverse: spreadsheets disagree there. */
static double power(double base, double exponent) {
    if (base == 0)
        return exponent > 0 ? 0 : NAN;
    if ((base < 0 && exponent != floor(exponent)) || fabs(exponent * log(fabs(base))) >= 700)
        return NAN;
    return pow(base, exponent);
}

static struct value eval_arithmetic(const struct expr_node *node, struct scope *scope) {
    struct value left = expr_eval_node(node->first, scope);
    struct value right =
        node->first->next ? expr_eval_node(node->first->next, scope) : value_number(0);
    if (!is_numeric(left) || !is_numeric(right))
        return VALUE_NONE;
    switch (node->op) {
    case OP_NEGATE:
        return number_or_missing(-left.number, left.unit);
    case OP_PERCENT:
        return number_or_missing(left.number / 100,
                                 left.unit == UNIT_NONE ? UNIT_PERCENT : left.unit);
    case OP_MULTIPLY:
        return number_or_missing(left.number * right.number, unit_multiplied(left, right));
    case OP_DIVIDE:
        return number_or_missing(left.number / right.number, unit_divided(left, right));
    case OP_POWER:
        return number_or_missing(power(left.number, right.number), left.unit);
    default:
        return eval_sum(node, left, right);
    }
}

static bool holds(struct value value) { return value.number != 0; }

static struct value eval_comparison(const struct expr_node *node, struct scope *scope) {
    struct value left = expr_eval_node(node->first, scope);
    struct value right = expr_eval_node(node->first->next, scope);
    if (value_is_missing(left) || value_is_missing(right) || left.kind == VALUE_LIST ||
        right.kind == VALUE_LIST)
        return VALUE_NONE;
    if (left.kind == VALUE_TEXT || right.kind == VALUE_TEXT) {
        if (left.kind != right.kind)
            return VALUE_NONE;
        bool same = strcmp(left.text, right.text) == 0;
        return value_bool(node->op == OP_EQUAL ? same : !same);
    }
    bool same = number_alike(left.number, right.number);
    bool less = !same && left.number < right.number;
    switch (node->op) {
    case OP_EQUAL:
        return value_bool(same);
    case OP_UNEQUAL:
        return value_bool(!same);
    case OP_LESS:
        return value_bool(less);
    case OP_LESS_EQUAL:
        return value_bool(less || same);
    case OP_GREATER:
        return value_bool(!less && !same);
    default:
        return value_bool(!less);
    }
}

/* One operand that decides is enough, whatever is missing beside it. */
static struct value eval_chain(const struct expr_node *node, struct scope *scope) {
    bool decides = node->op == OP_OR, missing = false;
    for (const struct expr_node *operand = node->first; operand; operand = operand->next) {
        struct value value = expr_eval_node(operand, scope);
        if (value.kind != VALUE_BOOL)
            missing = true;
        else if (holds(value) == decides)
            return value_bool(decides);
    }
    return missing ? VALUE_NONE : value_bool(!decides);
}

/* --- functions --- */

struct aggregate {
    double sum, least, most;
    size_t count;
    enum value_unit unit;
    enum value_kind kind;
};

static void aggregate_add(struct aggregate *aggregate, struct value value) {
    if (value.kind == VALUE_LIST) {
        for (size_t i = 0; i < value.count; i++)
            aggregate_add(aggregate, value.items[i]);
        return;
    }
    if (!is_numeric(value))
        return;
    bool first = aggregate->count++ == 0;
    aggregate->sum += value.number;
    aggregate->least = first || value.number < aggregate->least ? value.number : aggregate->least;
    aggregate->most = first || value.number > aggregate->most ? value.number : aggregate->most;
    aggregate->unit = value.unit != UNIT_NONE ? value.unit : aggregate->unit;
    aggregate->kind = value.kind;
}

static struct value eval_aggregate(const struct expr_node *node, struct scope *scope) {
    struct aggregate all = {0};
    for (const struct expr_node *operand = node->first; operand; operand = operand->next)
        aggregate_add(&all, expr_eval_node(operand, scope));
    if (!all.count)
        return VALUE_NONE;
    double number = node->function == FUNCTION_MIN   ? all.least
                    : node->function == FUNCTION_MAX ? all.most
                    : node->function == FUNCTION_SUM ? all.sum
                                                     : all.sum / (double)all.count;
    return all.kind == VALUE_DATE ? date_or_missing(number) : number_or_missing(number, all.unit);
}

/* Given, and not a plain no. */
static bool counts(struct value value) {
    return !value_is_missing(value) && (value.kind != VALUE_BOOL || holds(value));
}

static size_t count_values(struct value value) {
    if (value.kind != VALUE_LIST)
        return counts(value);
    size_t count = 0;
    for (size_t i = 0; i < value.count; i++)
        count += count_values(value.items[i]);
    return count;
}

static bool is_there(struct value value) {
    if (value.kind != VALUE_LIST)
        return !value_is_missing(value);
    for (size_t i = 0; i < value.count; i++)
        if (is_there(value.items[i]))
            return true;
    return false;
}

/* Rows after the column's last value have not come yet. */
static double streak(struct value column) {
    size_t end = column.count, streak = 0;
    while (end && value_is_missing(column.items[end - 1]))
        end--;
    while (streak < end && counts(column.items[end - 1 - streak]))
        streak++;
    return (double)streak;
}

static struct value eval_round(const struct expr_node *node, struct scope *scope) {
    struct value value = expr_eval_node(node->first, scope);
    struct value places =
        node->first->next ? expr_eval_node(node->first->next, scope) : value_number(0);
    if (value.kind != VALUE_NUMBER || places.kind != VALUE_NUMBER)
        return VALUE_NONE;
    double whole = trunc(places.number);
    whole = whole > 300 ? 300 : whole < -300 ? -300 : whole;
    return number_or_missing(number_round(value.number, (int)whole), value.unit);
}

static struct value eval_call(const struct expr_node *node, struct scope *scope) {
    struct value value;
    switch (node->function) {
    case FUNCTION_IF:
        value = expr_eval_node(node->first, scope);
        if (value.kind != VALUE_BOOL)
            return VALUE_NONE;
        return expr_eval_node(holds(value) ? node->first->next : node->first->next->next, scope);
    case FUNCTION_COUNT: {
        size_t count = 0;
        for (const struct expr_node *operand = node->first; operand; operand = operand->next)
            count += count_values(expr_eval_node(operand, scope));
        return value_number((double)count);
    }
    case FUNCTION_ROUND:
        return eval_round(node, scope);
    case FUNCTION_ABS:
        value = expr_eval_node(node->first, scope);
        return value.kind == VALUE_NUMBER ? number_or_missing(fabs(value.number), value.unit)
                                          : VALUE_NONE;
    case FUNCTION_HAS:
        return value_bool(is_there(expr_eval_node(node->first, scope)));
    case FUNCTION_MISSING:
        return value_bool(!is_there(expr_eval_node(node->first, scope)));
    case FUNCTION_STREAK:
        return value_number(streak(expr_eval_node(node->first, scope)));
    case FUNCTION_TODAY:
        return scope->course->as_of == DATE_NONE ? VALUE_NONE : value_date(scope->course->as_of);
    default:
        return eval_aggregate(node, scope);
    }
}

/* Something ticked is a yes, also where the answer says on what day. */
static struct value as_bool(struct scope *scope, struct value value) {
    if (value.kind == VALUE_DATE)
        return value_bool(true);
    if (value.kind != VALUE_LIST)
        return value;
    struct value *items = ARENA_ARRAY(scope->arena, struct value, value.count ? value.count : 1);
    for (size_t i = 0; i < value.count; i++)
        items[i] = as_bool(scope, value.items[i]);
    value.items = items;
    return value;
}

struct value expr_eval_node(const struct expr_node *node, struct scope *scope) {
    struct value value;
    switch (node->op) {
    case OP_NUMBER:
        return value_number(node->number);
    case OP_TEXT:
        return value_text(node->text);
    case OP_DATE:
        return value_date((date_t)node->number);
    case OP_BOOL:
        return value_bool(node->number != 0);
    case OP_NAME:
        value = reference_eval(node->reference, scope);
        return node->type == TYPE_BOOL ? as_bool(scope, value) : value;
    case OP_EQUAL:
    case OP_UNEQUAL:
    case OP_LESS:
    case OP_LESS_EQUAL:
    case OP_GREATER:
    case OP_GREATER_EQUAL:
        return eval_comparison(node, scope);
    case OP_AND:
    case OP_OR:
        return eval_chain(node, scope);
    case OP_NOT:
        value = expr_eval_node(node->first, scope);
        return value.kind == VALUE_BOOL ? value_bool(!holds(value)) : VALUE_NONE;
    case OP_CALL:
        return eval_call(node, scope);
    default:
        return eval_arithmetic(node, scope);
    }
}

struct value expr_eval(const struct expr *expr, struct scope *scope) {
    return expr->state == EXPR_RESOLVED ? expr_eval_node(expr->root, scope) : VALUE_NONE;
}
