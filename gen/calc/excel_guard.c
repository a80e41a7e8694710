#include "calc/excel_guard.h"

#include "base/buf.h"
#include "calc/expr_node.h"

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
