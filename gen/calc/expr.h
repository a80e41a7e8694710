/* Expressions: parsed once, resolved by check, then evaluated for the page, printed as a
 * spreadsheet formula and as a form's script; all three from the same tree.
 *
 * Stage: check, then any that evaluates. Owner: the run arena.
 *
 * Lowest first: or, and, not, one comparison (== != < <= > >=), + and -, * and /, ^, the sign, and
 * % behind a number (8% is 0.08). All group to the left: 2^3^2 is 64, -2^2 is 4, as in
 * spreadsheets. Values: numbers, dates written 2026-09-01, 'texts', true, false, and names with
 * selectors (score.stage.value@executive@first). A hyphen between letters or digits belongs to a
 * name, minus has spaces. Functions: if(c, a, b), min max sum mean count (of values and lists),
 * round(x[, n]), abs, has, missing, streak(log.column), today().
 *
 * A missing input makes the result missing; a result that is not finite is missing. min max sum
 * mean skip what is missing, and are missing if nothing is left; count counts what was given, and
 * of yes and no only the yes. and, or are decided by one operand that decides. Two numbers are
 * equal if they are alike to 15 digits. streak counts rows with a value (or a yes) back from the
 * column's last value.
 *
 * Errors: reported with the place of the word or sign, one an expression while parsing, all of them
 * while resolving. */
#ifndef TANDEM_CALC_EXPR_H
#define TANDEM_CALC_EXPR_H

#include "base/buf.h"
#include "calc/scope.h"

struct expr;

/* Parses `text`, whose first byte stands at `at` (one source line). NULL after reporting. */
struct expr *expr_parse(struct arena *arena, struct diag *diag, const char *text, struct span at);
/* Binds every name; inside a log's calc (`log` not NULL) bare column ids mean the same row. False
 * after reporting unknown names (with the nearest), and kinds of values that do not fit. All
 * expressions of a course are parsed before any is resolved: calcs may point forward, and are
 * resolved ahead of their turn (a second call tells the same and reports nothing). */
bool expr_resolve(struct expr *expr, struct arena *arena, struct diag *diag,
                  const struct course *course, const struct block *log);
/* False after reporting a resolved expression that is no condition (a number, a text, a date). */
bool expr_check_condition(const struct expr *expr, struct diag *diag);
/* Reports .calc blocks (and logs' calc columns) that depend on themselves, naming the circle, and
 * those whose chain is too long to be followed. */
void expr_check_circles(const struct course *course, struct diag *diag);
/* Resolves one name as in {{…}} or an expression. NULL after reporting. A score that is not one
 * respondent's own keeps RESPONDENT_NONE: the reader's. */
struct reference *reference_resolve(struct arena *arena, struct diag *diag,
                                    const struct course *course, const struct block *log,
                                    const char *text, struct span at);

struct value expr_eval(const struct expr *expr, struct scope *scope);
struct value reference_eval(const struct reference *reference, struct scope *scope);
/* The value a calc shows, with the unit of its format; not rounded, formatting does that. */
struct value calc_eval(const struct block *calc, struct scope *scope);

/* What an expression reads: called once a reference, in source order. */
void expr_visit(const struct expr *expr, void (*visit)(void *context, const struct reference *),
                void *context);
/* True if the condition can only hold where the reference has a value: has(it), a comparison that
 * reads it, or has(a calc that needs it). */
bool expr_asks_for(const struct expr *expr, const struct reference *reference);

/* Where a printed expression finds its references. print_reference writes one and returns true, or
 * returns false: then the whole expression cannot be printed. It is never asked for course.… .
 *
 * In a formula it writes a cell, a name, or for a list ONE range (never a text or a calculation):
 * numbers, dates as serial numbers, options and bands by their label, ticks as TRUE and FALSE (a
 * choice of several: a tick an option); what is missing is blank or "", a tick too.
 * In a script it writes an expression for a value as the script library knows them: a number (a
 * percent as 0.08), text (options by their id), true or false, a date as days since 1970-01-01,
 * null for what is missing; an array of these for a list. */
struct formula_target {
    bool (*print_reference)(void *context, const struct reference *reference, struct buf *out);
    void *context;
    const char *as_of; /* cell, name or script expression of today: "as_of" */
};
/* Prints a formula without the leading "=". What is missing gives "" through COUNT guards, never an
 * error value. False if some reference has no place, or the formula would be longer than a
 * spreadsheet takes; `out` is then as it was. */
bool expr_print_excel(const struct expr *expr, const struct formula_target *target,
                      struct buf *out);
/* The same as an expression of ECMAScript 3 for form calculations, which calls the library and
 * gives a value as it knows them. */
bool expr_print_script(const struct expr *expr, const struct formula_target *target,
                       struct buf *out);
/* The unit that a value of a resolved expression has, as far as it does not depend on answers. */
enum value_unit expr_unit(const struct expr *expr);
/* True if it gives a date. */
bool expr_is_date(const struct expr *expr);
/* A value as a literal of a script. */
void value_print_script(struct buf *out, struct value value);
/* A text likewise, in quotes. */
void expr_script_text(struct buf *out, const char *text);
/* The library that scripts call: one global object `tandem`, to stand once in a document before any
 * of them runs. Reads typed fields, writes results by the course's language and currency:
 *     tandem.number("1,234.5") tandem.percent("8") tandem.date("2026-09-07") tandem.text("…")
 *     tandem.show(value, "money", 2) is the text that value_format gives, "" for what is missing.
 * Units: "number", "money", "percent", "days"; decimals -1 as in value_format. */
char *expr_script_library(struct arena *arena, const struct course *course);
/* Fields of the document's form, by their full names (script_form.c says what each call does):
 *     tandem.get(name, kind) tandem.many(before, ids, after) tandem.rows(known, from, to, f)
 *     tandem.score({…}) gives {value, name, answered, missing}
 * and actions of fields: tandem.format(kind) tandem.check(kind) tandem.put(id, unit, decimals)
 * tandem.result(id, unit, decimals, how) tandem.answered(id); what is worked out is a function of
 * tandem.of, by its id. */
extern const char script_form[];
/* The settings of `script_form`, by the course's language. */
void script_form_settings(struct buf *out, const struct course *course);
/* The action that shows a typed value, without the library too where a reader has its own functions
 * for it (AFNumber_Format and its like); NULL for a type that is shown as it was typed. */
char *script_show_action(struct arena *arena, const struct course *course, enum slot_type type,
                         const char *kind);

/* As people work it out on paper: "[What it costs] ÷ (46 × [Hours a week])". False for what cannot be
 * said so (conditions, logs, scripts' functions); then what is in `out` is of no use. */
bool expr_print_words(const struct expr *expr, struct arena *arena, const struct course *course,
                      struct buf *out);

#endif
