#include "calc/excel_guard.h"

#include "base/buf.h"

#include <math.h>
#include <string.h>

const struct guard *guard_add(struct arena *arena, const struct guard *list, int level,
                              const char *count, const char *text) {
    for (const struct guard *guard = list; guard; guard = guard->next)
        if (count ? guard->count && strcmp(guard->count, count) == 0
                  : !guard->count && guard->level == level && strcmp(guard->text, text) == 0)
            return list;
    struct guard *guard = ARENA_NEW(arena, struct guard);
    *guard = (struct guard){level, text, count, list};
    return guard;
}

/* The newest guard is at the head: added again from the oldest on, so that order is kept. */
const struct guard *guards_join(struct arena *arena, const struct guard *list,
                                const struct guard *more) {
    if (!more)
        return list;
    list = guards_join(arena, list, more->next);
    return guard_add(arena, list, more->level, more->count, more->text);
}

int guards_level(const struct guard *guards) {
    int level = 0;
    for (; guards; guards = guards->next)
        if (guards->level > level)
            level = guards->level;
    return level;
}

static void put_oldest_first(struct buf *out, const struct guard *guards, int level, bool counts,
                             int *number) {
    if (!guards)
        return;
    put_oldest_first(out, guards->next, level, counts, number);
    if (guards->level != level || (guards->count != NULL) != counts)
        return;
    if ((*number)++)
        buf_putc(out, ',');
    buf_puts(out, counts ? guards->count : guards->text);
}

/* All guards of one level as one condition; NULL if there are none. */
static const char *level_text(struct arena *arena, const struct guard *guards, int level) {
    struct buf all, counts;
    int asked = 0, counted = 0;
    buf_init(&counts, arena);
    put_oldest_first(&counts, guards, level, true, &counted);
    buf_init(&all, arena);
    if (counted) {
        buf_printf(&all, "COUNT(%s)=%d", counts.data, counted);
        asked = 1;
    }
    put_oldest_first(&all, guards, level, false, &asked);
    if (!asked)
        return NULL;
    return asked == 1 ? all.data : arena_printf(arena, "AND(%s)", all.data);
}

/* IF(level 0, IF(level 1, …, otherwise), otherwise) around a value. */
const char *guards_wrap(struct arena *arena, const struct guard *guards, const char *value,
                        const char *otherwise) {
    int count = 0;
    for (const struct guard *guard = guards; guard; guard = guard->next)
        count++;
    if (count > EXPR_ARGUMENT_LIMIT)
        return NULL;
    for (int level = guards_level(guards); value && level >= 0; level--) {
        const char *condition = level_text(arena, guards, level);
        if (!condition)
            continue;
        if (strcmp(value, "TRUE") == 0 && strcmp(otherwise, "FALSE") == 0)
            value = condition;
        else
            value = arena_printf(arena, "IF(%s,%s,%s)", condition, value, otherwise);
        if (strlen(value) > EXPR_FORMULA_LIMIT)
            value = NULL;
    }
    return value;
}

/* --- overflow --- */

/* Decimal exponents: no input is larger than 10^15 or, but for 0, smaller than its inverse; powers are
 * guarded by themselves. */
enum { INPUT = 15, POWER = 305, CALLED = 7, CANCELLED = 16, TOO_LARGE = 307 };

/* The largest exponent that a value may have, or (`small`) the largest of its inverse. */
static double exponent_of(const struct expr_node *node, bool small) {
    const struct expr_node *left = node->first, *right = left ? left->next : NULL;
    const struct expr *inner = node->op == OP_NAME ? reference_expr(node->reference) : NULL;
    double most = 0;
    switch (node->op) {
    case OP_NUMBER:
        return node->number == 0 ? 0 : fmax(0, (small ? -1 : 1) * log10(fabs(node->number)));
    case OP_NAME:
        return inner && inner->state == EXPR_RESOLVED ? exponent_of(inner->root, small) : INPUT;
    case OP_MULTIPLY:
        return exponent_of(left, small) + exponent_of(right, small);
    case OP_DIVIDE:
        return exponent_of(left, small) + exponent_of(right, !small);
    case OP_POWER:
        if (right->op == OP_NUMBER && right->number >= 1)
            return fmin(POWER, right->number * exponent_of(left, small));
        return POWER;
    default:
        for (const struct expr_node *child = left; child; child = child->next)
            most = fmax(most, exponent_of(child, small));
        return most + (small && node->op != OP_NEGATE ? CANCELLED
                       : node->op == OP_CALL          ? CALLED
                                                      : 1);
    }
}

bool guard_may_overflow(const struct expr_node *node) {
    if (node->op == OP_POWER) { /* what its own guard lets through is below */
        const struct expr_node *right = node->first->next;
        return right->op != OP_NUMBER || right->number < 1 ||
               right->number * exponent_of(node->first, false) >= POWER - 2;
    }
    return exponent_of(node, false) > TOO_LARGE;
}

const char *guard_overflow(struct arena *arena, const struct expr_node *node, const char *left,
                           const char *right) {
    const char *form = node->op == OP_MULTIPLY   ? "ABS(%s)<=8.9E+307/MAX(1,ABS(%s))"
                       : node->op == OP_DIVIDE   ? "ABS(%s)<=8.9E+307*MIN(1,ABS(%s))"
                       : node->op == OP_ADD      ? "ABS(%s+%s)<=8.9E+307"
                       : node->op == OP_SUBTRACT ? "ABS(%s-%s)<=8.9E+307"
                                                 : NULL;
    if (!form || !guard_may_overflow(node))
        return NULL;
    const char *hole = strstr(form, "%s"), *second = strstr(hole + 2, "%s");
    return arena_printf(arena, "%.*s%s%.*s%s%s", (int)(hole - form), form, left,
                        (int)(second - hole - 2), hole + 2, right, second + 2);
}
