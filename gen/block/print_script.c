/* Fields of a form that show what was typed as the page does, and those that are worked out while
 * others are filled in. */
#include "block/print_formula.h"
#include "block/print_log.h"
#include "calc/expr.h"

/* ---- formats ---- */

static const char *const kinds[FORMAT_COUNT] = {
    [FORMAT_NUMBER] = "number", [FORMAT_MONEY] = "money",        [FORMAT_PERCENT] = "percent",
    [FORMAT_DATE] = "date",     [FORMAT_DATE_LONG] = "dateLong", [FORMAT_EMAIL] = "email",
};

static enum field_format format_of(enum slot_type type, bool in_full) {
    switch (type) {
    case SLOT_NUMBER:
        return FORMAT_NUMBER;
    case SLOT_MONEY:
        return FORMAT_MONEY;
    case SLOT_PERCENT:
        return FORMAT_PERCENT;
    case SLOT_DATE:
        return in_full ? FORMAT_DATE_LONG : FORMAT_DATE;
    case SLOT_EMAIL:
        return FORMAT_EMAIL;
    default:
        return FORMAT_NONE;
    }
}

const struct form_scripts *print_scripts(struct print *print) {
    if (print->scripts)
        return print->scripts;
    static const enum slot_type types[] = {SLOT_NUMBER, SLOT_MONEY, SLOT_PERCENT, SLOT_DATE,
                                           SLOT_EMAIL};
    struct form_scripts *scripts = ARENA_NEW(print->arena, struct form_scripts);
    for (size_t i = 0; i < 2 * sizeof types / sizeof *types; i++) {
        enum field_format format = format_of(types[i / 2], i % 2);
        scripts->show[format] =
            script_show_action(print->arena, print->course, types[i / 2], kinds[format]);
        scripts->check[format] = arena_printf(
            print->arena, "if(typeof tandem==\"object\")tandem.check(\"%s\");", kinds[format]);
    }
    scripts->common = expr_script_library(print->arena, print->course);
    map_init(&print->formulas, print->arena);
    print->held = ARENA_ARRAY(print->arena, unsigned char, print->course->blocks.count + 1);
    return print->scripts = scripts;
}

void field_set_format(struct print *print, struct field *field, enum slot_type type, bool in_full) {
    field->format = format_of(type, in_full);
    if (field->format != FORMAT_NONE)
        field->scripts = print_scripts(print);
}

/* ---- fields ---- */

static const char *unit_word(enum value_unit unit) {
    return unit == UNIT_MONEY ? "money" : unit == UNIT_PERCENT ? "percent" : "number";
}

static bool set_formula(struct print *print, struct field *field, const struct formula *formula,
                        const char *calculate) {
    field->scripts = print->scripts;
    field->formula = formula;
    field->calculate = calculate;
    return true;
}

bool field_set_calc(struct print *print, struct field *field, const struct block *calc) {
    const struct formula *formula = formula_of_calc(print, calc);
    if (!formula)
        return false;
    enum value_unit unit = calc->format_given ? calc->format : expr_unit(calc->expr);
    return set_formula(print, field, formula,
                       arena_printf(print->arena, "tandem.put(\"%s\",\"%s\",%d);", formula->name,
                                    expr_is_date(calc->expr) ? "date" : unit_word(unit),
                                    calc->decimals));
}

bool field_set_cell(struct print *print, struct field *field, const struct block *log,
                    const struct column *column, int32_t row) {
    const struct formula *formula =
        row < 0 ? formula_of_total(print, log, column) : formula_of_column(print, log, column);
    if (!formula)
        return false;
    bool count = row < 0 && column->total == TOTAL_COUNT;
    const char *unit = count                          ? "number"
                       : column->type == SLOT_DATE    ? "date"
                       : column->type == SLOT_MONEY   ? "money"
                       : column->type == SLOT_PERCENT ? "percent"
                                                      : "number";
    const char *call = row < 0 ? arena_printf(print->arena, "tandem.putRow(\"%s\",0,\"%s\",-1);",
                                              formula->name, unit)
                               : arena_printf(print->arena, "tandem.putRow(\"%s\",%d,\"%s\",-1);",
                                              formula->name, row + 1, unit);
    return set_formula(print, field, formula, call);
}

bool field_set_score(struct print *print, struct field *field, const struct score *score,
                     int32_t dimension, int32_t respondent, enum result_text text) {
    static const char *const how[] = {
        [RESULT_ALONE] = "alone", [RESULT_FILLED] = "filled", [RESULT_ALL] = "all"};
    const struct formula *formula = formula_of_score(print, score, dimension, respondent);
    if (!formula)
        return false;
    const char *call =
        text == RESULT_LACKING
            ? arena_printf(print->arena, "tandem.answered(\"%s\");", formula->name)
            : arena_printf(print->arena, "tandem.result(\"%s\",\"%s\",%d,\"%s\");", formula->name,
                           score->method == SCORE_PERCENT ? "percent" : "number", score->decimals,
                           how[text]);
    return set_formula(print, field, formula, call);
}

bool field_set_answers(struct print *print, struct field *field, const struct slot *const *slots,
                       const int32_t *respondents, size_t count, bool is_signed) {
    const struct formula *formula =
        formula_of_answers(print, field->name, slots, respondents, count, is_signed);
    return formula && set_formula(print, field, formula,
                                  arena_printf(print->arena, "tandem.put(\"%s\",\"number\",0);",
                                               formula->name));
}
