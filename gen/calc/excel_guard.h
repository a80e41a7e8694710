/* Guards of a printed formula: what must hold for a value to be one. Private to calc/.
 *
 * Level 0 is always safe to ask (is there a number in this cell?), level n only where all lower
 * ones hold (is this divisor 0?), for AND evaluates all it holds. Owner: the arena of the printing.
 */
#ifndef TANDEM_CALC_EXCEL_GUARD_H
#define TANDEM_CALC_EXCEL_GUARD_H

#include "base/arena.h"
#include "calc/expr_node.h"

struct guard {
    int level;
    const char *text;         /* a formula that is TRUE or FALSE */
    const char *count;        /* level 0: the cell that COUNT is asked about, instead of `text` */
    const struct guard *next; /* the one before */
};

/* The list with one more, unless it is there: give `count` or `text`, the other NULL. */
const struct guard *guard_add(struct arena *arena, const struct guard *list, int level,
                              const char *count, const char *text);
/* Both lists, in order. */
const struct guard *guards_join(struct arena *arena, const struct guard *list,
                                const struct guard *more);
/* The highest level. */
int guards_level(const struct guard *guards);
/* IF(level 0, IF(level 1, …, otherwise), otherwise) around a value; NULL if the value is, or if the
 * whole is longer than a formula may be. */
const char *guards_wrap(struct arena *arena, const struct guard *guards, const char *value,
                        const char *otherwise);
/* What makes a sum, product or quotient of the printed `left` and `right` a number that is not too
 * large (EXPR_LARGEST); NULL where no inputs that people write can make it so. */
const char *guard_overflow(struct arena *arena, const struct expr_node *node, const char *left,
                           const char *right);
/* True if a value may be too large. */
bool guard_may_overflow(const struct expr_node *node);

#endif
