/* Expressions: parsed once, resolved by check, then evaluated for the page, printed as an Excel
 * formula and as a form's script; all three from the same tree.
 *
 * Grammar and meaning: + - * / ^ % (postfix), comparisons, and or not, functions if min max sum mean
 * count round abs has missing streak today. A hyphen between letters or digits belongs to a name,
 * minus has spaces; ^ groups left; -2^2 is 4, as in spreadsheets. A missing input makes the result
 * missing; aggregates skip it. Owner: the run arena. */
#ifndef TANDEM_CALC_EXPR_H
#define TANDEM_CALC_EXPR_H

#include "calc/scope.h"
#include "base/buf.h"

struct expr;

/* Parses `text`, whose first byte stands at `at` (one source line). NULL after reporting. */
struct expr *expr_parse(struct arena *arena, struct diag *diag, const char *text, struct span at);
/* Binds every name; inside a log's calc (`log` not NULL) bare column ids mean the same row. False
 * after reporting unknown names (with the nearest), wrong types and wrong numbers of arguments. */
bool expr_resolve(struct expr *expr, struct arena *arena, struct diag *diag,
                  const struct course *course, const struct block *log);
/* Reports .calc blocks (and logs' calc columns) that depend on themselves, naming the circle. */
void expr_check_circles(const struct course *course, struct diag *diag);
/* Resolves one name as in {{…}} or an expression. NULL after reporting. */
struct reference *reference_resolve(struct arena *arena, struct diag *diag,
                                    const struct course *course, const struct block *log,
                                    const char *text, struct span at);

struct value expr_eval(const struct expr *expr, struct scope *scope);
struct value reference_eval(const struct reference *reference, struct scope *scope);
/* The number a calc shows: evaluated, then nothing rounded (formatting rounds). */
struct value calc_eval(const struct block *calc, struct scope *scope);

/* What an expression reads: called once a reference, in source order. */
void expr_visit(const struct expr *expr, void (*visit)(void *context, const struct reference *), void *context);
/* The references that may be missing and are asked for by has(…) in a condition. */
bool expr_asks_for(const struct expr *expr, const struct reference *reference);

/* Prints a formula without the leading "=". `print_reference` writes a cell, range or name for a
 * reference (false: cannot be said there, and the whole is given up). Missing inputs give "" through
 * COUNT guards, never an error value. */
struct formula_target {
    bool (*print_reference)(void *context, const struct reference *reference, struct buf *out);
    void *context;
    const char *as_of; /* name of the cell that holds today: "as_of" */
};
bool expr_print_excel(const struct expr *expr, const struct formula_target *target, struct buf *out);
/* The same as an expression of ECMAScript 3 for form calculations. */
bool expr_print_script(const struct expr *expr, const struct formula_target *target, struct buf *out);

#endif
