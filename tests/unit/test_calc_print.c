/* Formulas and scripts: compared as text, and written as data for the readers that run them.
 *
 *     test_calc_print              compares with data/calc_formulas.tsv
 *     test_calc_print bless        writes that file again
 *     test_calc_print write DIR N  writes cells.tsv, formulas.tsv and library.js, with N expressions
 *                                  made up at random, for calc_formulas.py and calc_scripts.js
 */
#include "calc_fixture.h"

#include "base/file.h"

/* --- where references stand --- */

enum { LIST_ROWS = 8 };

struct place {
    const char *text;    /* of the reference */
    const char *address; /* on the sheet In */
    const struct reference *reference;
};

struct places {
    struct fixture *fixture;
    VEC(struct place) at;
    int scalars, lists;
};

static bool is_list(const struct reference *reference) {
    return reference->kind == REFERENCE_SLOTS || reference->kind == REFERENCE_COLUMN ||
           (reference->kind == REFERENCE_SLOT && reference->slot->type == SLOT_CHOICES);
}

static bool print_cell(void *context, const struct reference *reference, struct buf *out) {
    struct places *places = context;
    struct arena *arena = &places->fixture->arena;
    if (strcmp(reference->text, "secret") == 0)
        return false;
    for (size_t i = 0; i < places->at.count; i++)
        if (strcmp(places->at.at[i].text, reference->text) == 0) {
            buf_puts(out, places->at.at[i].address);
            return true;
        }
    struct place *place = VEC_ADD(arena, &places->at);
    place->text = reference->text;
    place->reference = reference;
    if (is_list(reference)) {
        char column = (char)('C' + places->lists++);
        assert_true(column <= 'Z');
        place->address = arena_printf(arena, "In!$%c$3:$%c$%d", column, column, 2 + LIST_ROWS);
    } else {
        place->address = arena_printf(arena, "In!$A$%d", 2 + places->scalars++);
    }
    buf_puts(out, place->address);
    return true;
}

static bool print_variable(void *context, const struct reference *reference, struct buf *out) {
    (void)context;
    if (strcmp(reference->text, "secret") == 0)
        return false;
    buf_printf(out, "$[\"%s\"]", reference->text);
    return true;
}

/* Cells by name, so that what is compared can be read. */
static bool print_word(void *context, const struct reference *reference, struct buf *out) {
    (void)context;
    for (const char *at = reference->text; *at; at++)
        buf_putc(out, *at == '-' || *at == '.' || *at == '@' ? '_' : *at);
    return strcmp(reference->text, "secret") != 0;
}

static const char *formula(struct fixture *fixture, const char *text) {
    struct formula_target target = {print_word, NULL, "as_of"};
    struct buf out;
    buf_init(&out, &fixture->arena);
    struct expr *expr = resolved(fixture, text);
    if (!expr)
        fail_msg("%s", messages(fixture));
    return expr_print_excel(expr, &target, &out) ? out.data : "(none)";
}

static const char *script(struct fixture *fixture, const char *text) {
    struct formula_target target = {print_variable, NULL, "as_of"};
    struct buf out;
    buf_init(&out, &fixture->arena);
    struct expr *expr = resolved(fixture, text);
    if (!expr)
        fail_msg("%s", messages(fixture));
    return expr_print_script(expr, &target, &out) ? out.data : "(none)";
}

/* --- as text --- */

static void formulas(void **state) {
    (void)state;
    static const struct {
        const char *text, *formula;
    } rows[] = {
        {"1 + 2 * 3", "1+2*3"},
        {"(1 + 2) * 3", "(1+2)*3"},
        {"10 - (4 - 3)", "10-(4-3)"},
        {"2 ^ 3 ^ 2", "2^3^2"},
        {"-2^2", "(-2)^2"},
        {"50 * 8%", "50*8%"},
        {"0.1", "0.1"},
        {"exec-pay", "IF(COUNT(exec_pay)=1,exec_pay,\"\")"},
        {"exec-pay / 12", "IF(COUNT(exec_pay)=1,exec_pay/12,\"\")"},
        {"exec-pay / (weeks-worked * exec-hours)",
         "IF(COUNT(exec_pay,weeks_worked,exec_hours)=3,IF((weeks_worked*exec_hours)<>0,"
         "exec_pay/(weeks_worked*exec_hours),\"\"),\"\")"},
        {"exec-pay / exec-hours / exec-hours",
         "IF(COUNT(exec_pay,exec_hours)=2,IF(exec_hours<>0,exec_pay/exec_hours/exec_hours,\"\"),"
         "\"\")"},
        {"1 / (1 / never)",
         "IF(COUNT(never)=1,IF(never<>0,IF((1/never)<>0,1/(1/never),\"\"),\"\"),\"\")"},
        {"never^2", "IF(COUNT(never)=1,never^2,\"\")"},
        {"never^0.5", "IF(COUNT(never)=1,IF(IF(never=0,0.5>0,AND(OR(never>0,0.5=INT(0.5)),ABS("
                      "0.5*LN(ABS(never)))<700)),never^0.5,\"\"),\"\")"},
        {"2^never", "IF(COUNT(never)=1,IF(ABS(never*LN(2))<700,2^never,\"\"),\"\")"},
        {"never * 10^300", "IF(COUNT(never)=1,IF(ABS(300*LN(10))<700,IF(ABS(never)<=8.9E+307/MAX(1,"
                           "ABS(10^300)),never*10^300,\"\"),\"\"),\"\")"},
        {"today() - review-on", "IF(COUNT(review_on)=1,as_of-review_on,\"\")"},
        {"review-on > 2026-10-01", "IF(COUNT(review_on)=1,review_on>DATE(2026,10,1),\"\")"},
        {"course.weeks * 2", "46*2"},
        {"course.as-of - course.start", "as_of-DATE(2026,9,1)"},
        {"outcome == 'put-off'", "IF(outcome<>\"\",EXACT(outcome,\"Put \"\"off\"\"\"),\"\")"},
        {"relationship.run != 'Often'", "IF(COUNT(relationship_run)=1,relationship_run<>4,\"\")"},
        {"not moves.one", "IF(moves_one<>\"\",NOT(moves_one),\"\")"},
        {"1 > 2 and 3 > 2 or false", "OR(AND(1>2,3>2),FALSE)"},
        {"has(never) and never > 1",
         "IF(OR(AND(COUNT(never)=1),NOT(AND((COUNT(never)=1),IF(COUNT(never)=1,never>1,TRUE)))),"
         "AND((COUNT(never)=1),IF(COUNT(never)=1,never>1,TRUE)),\"\")"},
        {"if(exec-hours > 40, never, 5)",
         "IF(COUNT(exec_hours)=1,IF(IF(exec_hours>40,COUNT(never)=1,TRUE),IF(exec_hours>40,never,"
         "5),\"\"),\"\")"},
        {"round(exec-pay / 7, 2)", "IF(COUNT(exec_pay)=1,ROUND(exec_pay/7,2),\"\")"},
        {"abs(-3)", "ABS(-3)"},
        {"sum(wins.hours)", "IF(COUNT(wins_hours)>0,SUM(wins_hours),\"\")"},
        {"mean(exec-hours, never)",
         "IF(COUNT(exec_hours)+COUNT(never)>0,AVERAGE(exec_hours,never),\"\")"},
        {"mean(exec-hours, never * 2)",
         "IF(COUNT(exec_hours)+N(COUNT(never)=1)>0,(SUM(exec_hours,IF(COUNT(never)=1,never*2,0))/"
         "(COUNT(exec_hours)+N(COUNT(never)=1))),\"\")"},
        {"max(never, 0)", "MAX(never,0)"},
        {"min(never / 2, 3)", "MIN(IF(COUNT(never)=1,never/2,9E+307),3)"},
        {"count(wins.hours)", "COUNT(wins_hours)"},
        {"count(wins.win)", "SUMPRODUCT(--(wins_win<>\"\"))"},
        {"count(wins.done)", "COUNTIF(wins_done,TRUE)"},
        {"count(strengths)", "COUNTIF(strengths,TRUE)"},
        {"has(score.stage)", "(COUNT(score_stage)=1)"},
        {"missing(score.stage.name)", "NOT(score_stage_name<>\"\")"},
        {"has(wins.win)", "(SUMPRODUCT(--(wins_win<>\"\"))>0)"},
        {"missing(relationship)", "(COUNT(relationship)=0)"},
        {"streak(wins.done)",
         "MAX(0,SUMPRODUCT(MAX((wins_done<>\"\")*ROW(wins_done)))-MAX(ROW(INDEX(wins_done,1))-1,"
         "SUMPRODUCT(MAX((wins_done<>TRUE)*(ROW(wins_done)<=SUMPRODUCT(MAX((wins_done<>\"\")*ROW("
         "wins_done))))*ROW(wins_done)))))"},
        {"secret == 'x'", "(none)"},
        {"sum(never, 1) + count(never, 2)", "SUM(never,1)+(COUNT(never)+N(TRUE))"},
    };
    struct fixture *fixture = fixture_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(formula(fixture, rows[i].text), rows[i].formula) != 0)
            fail_msg("%s\n  is       %s\n  expected %s", rows[i].text,
                     formula(fixture, rows[i].text), rows[i].formula);
    fixture_free(fixture);
}

static void scripts(void **state) {
    (void)state;
    static const struct {
        const char *text, *script;
    } rows[] = {
        {"1 + 2 * 3", "tandem.add(1, tandem.multiply(2, 3))"},
        {"-2^2", "tandem.power(tandem.negate(2), 2)"},
        {"8%", "tandem.hundredth(8)"},
        {"exec-pay / 12", "tandem.divide($[\"exec-pay\"], 12)"},
        {"if(exec-hours > 40, 'long', 'it''s \"short\"')",
         "tandem.choose(tandem.greater($[\"exec-hours\"], 40), \"long\", \"it's "
         "\\x22short\\x22\")"},
        {"1 > 2 and 2 > 1 and true",
         "tandem.and([tandem.greater(1, 2), tandem.greater(2, 1), true])"},
        {"sum(wins.hours, 1)", "tandem.sum([$[\"wins.hours\"], 1])"},
        {"count(wins.win)", "tandem.count([$[\"wins.win\"]])"},
        {"streak(wins.win)", "tandem.streak($[\"wins.win\"])"},
        {"has(score.stage)", "tandem.has($[\"score.stage\"])"},
        {"outcome == 'Taken up'", "tandem.equal($[\"outcome\"], \"taken-up\")"},
        {"today() - 2026-09-01", "tandem.subtract(as_of, 20697)"},
        {"round(1.005, 2)", "tandem.round(1.005, 2)"},
        {"secret == '</script>'", "(none)"},
        {"note == '</a>'", "tandem.equal($[\"note\"], \"\\x3c/a>\")"},
    };
    struct fixture *fixture = fixture_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(script(fixture, rows[i].text), rows[i].script);
    fixture_free(fixture);
}

static void too_long_for_a_spreadsheet(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    struct buf text;
    buf_init(&text, &fixture->arena);
    /* every level asks about the divisor below it */
    for (int i = 0; i < 55; i++)
        buf_puts(&text, "1 / (never + ");
    buf_puts(&text, "1");
    for (int i = 0; i < 55; i++)
        buf_puts(&text, ")");
    assert_string_equal(formula(fixture, text.data), "(none)");
    assert_string_not_equal(script(fixture, text.data), "(none)");
    buf_clear(&text);
    buf_puts(&text, "note == '");
    for (int i = 0; i < 256; i++)
        buf_putc(&text, 'x');
    buf_puts(&text, "'");
    assert_string_equal(formula(fixture, text.data), "(none)");
    buf_clear(&text);
    for (int i = 0; i < 300; i++)
        buf_puts(&text, i ? ", 1" : "sum(1");
    buf_puts(&text, ")");
    assert_string_equal(formula(fixture, text.data), "(none)");
    fixture_free(fixture);
}

/* --- as data --- */

static const char *const expressions[] = {
    "1 + 2 * 3",
    "10 - (4 - 3)",
    "2 ^ 3 ^ 2",
    "-2^2",
    "2^-1",
    "- -3",
    "2 * -3",
    "-8%",
    "50%%",
    "(1 + 2)%",
    "0.1 + 0.2 - 0.3",
    "0.1 + 0.2 == 0.3",
    "1 / (0.1 + 0.2 - 0.3)",
    "1 / 0",
    "0^0",
    "0^-1",
    "(-8)^3",
    "(-8)^(1 / 3)",
    "2^0.5",
    "0.5^240000",
    "9^9000",
    "(1 + share-used)^exec-hours",
    "1 / 3",
    "exec-pay",
    "exec-pay / 12",
    "assistant-pay / exec-pay",
    "exec-pay / (weeks-worked * exec-hours)",
    "exec-pay / nought",
    "exec-pay / never",
    "1 / (1 / never)",
    "1 / (1 / nought)",
    "1 / (1 / exec-hours)",
    "never^0.5",
    "nought^0.5",
    "nought^nought",
    "exec-hours^nought",
    "(0 - exec-hours)^0.5",
    "exec-hours^-2",
    /* larger than a double is no number, in a spreadsheet an error */
    "10^300 * 10^300",
    "exec-hours * 10^300 * 10^300",
    "10^300 / 10^-300",
    "exec-hours / 10^-300 / 10^-300",
    "(exec-hours^9)^9",
    "(exec-hours^9)^9 * (exec-hours^9)^9",
    "((exec-hours^9)^9)^9",
    "9 * 10^303 * 9999 + 9 * 10^303 * 9999",
    "9 * 10^303 * 9999 - 9 * 10^303 * 9999",
    "exec-pay * (1 + share-used)^weeks-worked",
    "-(exec-hours * 10^303 * 10^303)",
    "if(exec-hours * 10^303 * 10^303 > 1, 1, 2)",
    "exec-hours * weeks-worked * share-used",
    "hour-cost + 1",
    "break-even * exec-hours",
    "today() - review-on",
    "review-on + 14",
    "review-on > 2026-10-01",
    "course.weeks * 2",
    "course.as-of - course.start",
    "max(review-on, 2026-12-01)",
    "min(wins.date)",
    "outcome == 'put-off'",
    "outcome == 'Taken up'",
    "outcome != 'Taken up'",
    "note == '=1+1'",
    "note == '=1+1' and exec-hours > 3",
    "assistant.name == 'amara okafor'",
    "company == 'x'",
    "relationship.run == 'Often'",
    "score.stage.name == 'Empower'",
    "score.stage > 3",
    "moves.one",
    "moves.two",
    "not moves.one",
    "not moves.two",
    "moves.one == true",
    "never > 1 and 1 > 2",
    "never > 1 or 2 > 1",
    "never > 1 and 2 > 1",
    "not never > 1",
    "has(never) and never > 1",
    "has(exec-hours) and exec-hours > 1",
    "never > 1 and (exec-hours > 1 or never > 2)",
    "never > 1 or (exec-hours > 1 and never > 2)",
    "if(exec-hours > 40, never, 5)",
    "if(exec-hours > 60, never, 5)",
    "if(never > 1, 1, 2)",
    "if(has(never), never, 5)",
    "if(exec-hours > 40, 'long', 'short')",
    "if(exec-hours / nought > 1, 1, 2)",
    "if(moves.one, exec-pay, 0) / nought",
    "if(nought == 0, 0, exec-pay / nought)",
    "if(never == 0, 0, exec-pay / nought)",
    "if(exec-pay / exec-hours > 100, exec-pay / nought, exec-pay / exec-hours) + 1",
    "round(1.005, 2)",
    "round(2.675, 2)",
    "round(-2.5)",
    "round(1234.5, -2)",
    "round(exec-pay / 7, 2)",
    "round(never, 2)",
    "round(exec-hours / 3, nought)",
    "abs(-3)",
    "abs(never)",
    "abs(assistant-pay - exec-pay)",
    "sum(wins.hours)",
    "mean(wins.hours)",
    "min(wins.hours)",
    "max(wins.hours)",
    "sum(wins.cost)",
    "mean(wins.hours, never, 4)",
    "mean(wins.hours, never * 2, 4 * 2)",
    "mean(exec-hours / nought, never)",
    "sum(never)",
    "sum(never, nought)",
    "max(never, 0)",
    "min(never / 2, 3)",
    "max(never / 2, exec-hours / nought)",
    "min(exec-hours / 3, 100)",
    "sum(wins.hours) / count(wins.hours)",
    "mean(relationship)",
    "max(relationship@start)",
    "count(wins.hours)",
    "count(wins.win)",
    "count(wins.done)",
    "count(moves)",
    "count(strengths)",
    "count(never, 4, 1 / nought, 2 > 1, 1 > 2, exec-hours)",
    "count(wins.win, wins.hours)",
    "has(score.stage)",
    "missing(score.stage.name)",
    "has(wins.win)",
    "missing(relationship)",
    "has(strengths)",
    "has(moves)",
    "missing(exec-pay / never)",
    "has(exec-pay / nought)",
    "streak(wins.win)",
    "streak(wins.done)",
    "streak(wins.hours)",
    "streak(wins.cost)",
    "streak(wins.share)",
    "sum(wins.share)",
    "1 > 2 or streak(wins.done) >= 3",
};
enum { EXPRESSION_COUNT = sizeof expressions / sizeof *expressions };

/* A value as data: kind and text, apart from the kind's letter. Dates as serial numbers. */
static void put_data(struct buf *out, struct value value, bool days) {
    switch (value.kind) {
    case VALUE_NUMBER:
        buf_printf(out, "n%.17g", value.number);
        return;
    case VALUE_DATE:
        buf_printf(out, "n%.17g", value.number + (days ? 0 : 25569));
        return;
    case VALUE_BOOL:
        buf_puts(out, value.number != 0 ? "bTRUE" : "bFALSE");
        return;
    case VALUE_TEXT:
        buf_printf(out, "t%s", value.text);
        return;
    default:
        buf_puts(out, "m");
        return;
    }
}

static struct value blank_eval(const struct fixture *fixture, const struct expr *expr) {
    struct scope blank = fixture->scope;
    blank.participant = NULL;
    blank.results = NULL;
    return expr_eval(expr, &blank);
}

static void put_row(struct places *places, const char *text, const struct expr *expr,
                    struct buf *out) {
    struct fixture *fixture = places->fixture;
    struct formula_target sheet = {print_cell, places, "as_of"};
    struct formula_target form = {print_variable, NULL, "as_of"};
    struct buf printed;
    buf_init(&printed, &fixture->arena);
    if (!expr_print_excel(expr, &sheet, &printed))
        return;
    buf_printf(out, "%s\t%s\t", text, printed.data);
    buf_clear(&printed);
    assert_true(expr_print_script(expr, &form, &printed));
    buf_printf(out, "%s\t", printed.data);
    put_data(out, expr_eval(expr, &fixture->scope), false);
    buf_putc(out, '\t');
    put_data(out, blank_eval(fixture, expr), false);
    buf_putc(out, '\n');
}

/* What stands in a cell: an option or a band by its label, a tick as such. */
static struct value cell_value(const struct reference *reference, struct value value) {
    const struct slot *slot = reference->slot;
    if (slot && slot->type == SLOT_CHOICE && value.kind == VALUE_TEXT)
        value.text = slot->options[(size_t)value.number - 1].label;
    if (slot && slot->type == SLOT_CHECK && value.kind == VALUE_DATE)
        value = value_bool(true);
    return value;
}

/* One place a line: address, name, and for each of sheet and script its values. */
static void put_cells(struct places *places, struct buf *out) {
    struct fixture *fixture = places->fixture;
    for (size_t i = 0; i < places->at.count; i++) {
        const struct place *place = &places->at.at[i];
        struct value value = reference_eval(place->reference, &fixture->scope);
        buf_printf(out, "%s\t%s\t%s", place->address, place->text,
                   is_list(place->reference) ? "list" : "one");
        if (!is_list(place->reference)) {
            buf_putc(out, '\t');
            put_data(out, cell_value(place->reference, value), false);
            buf_putc(out, '\t');
            struct value scripted =
                place->reference->slot && place->reference->slot->type == SLOT_CHECK
                    ? cell_value(place->reference, value)
                    : value;
            put_data(out, scripted, true);
        }
        bool ticks = place->reference->slot && place->reference->slot->type == SLOT_CHOICES;
        for (size_t k = 0; is_list(place->reference) && k < value.count; k++) {
            buf_putc(out, '\t');
            /* a tick an option, where all that are chosen come first */
            put_data(out,
                     ticks
                         ? value_bool(true)
                         : cell_value(
                               place->reference->kind == REFERENCE_SLOTS
                                   ? &(struct reference){.slot = place->reference->block->slots[k]}
                                   : place->reference,
                               value.items[k]),
                     false);
            buf_putc(out, '\t');
            put_data(out,
                     cell_value(place->reference->kind == REFERENCE_SLOTS
                                    ? &(struct reference){.slot = place->reference->block->slots[k]}
                                    : place->reference,
                                value.items[k]),
                     true);
        }
        buf_putc(out, '\n');
    }
}

static const char *all_rows(struct places *places) {
    struct buf out;
    buf_init(&out, &places->fixture->arena);
    for (size_t i = 0; i < EXPRESSION_COUNT; i++) {
        struct expr *expr = resolved(places->fixture, expressions[i]);
        if (!expr)
            fail_msg("%s", messages(places->fixture));
        put_row(places, expressions[i], expr, &out);
    }
    return out.data;
}

static const char *const golden = TEST_FOLDER "/unit/data/calc_formulas.tsv";

static void data_is_as_committed(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    struct places places = {.fixture = fixture};
    const char *rows = all_rows(&places), *error = NULL;
    size_t size;
    const char *kept = file_read(&fixture->arena, golden, 1 << 20, &size, &error);
    if (!kept)
        fail_msg("%s: %s", golden, error);
    assert_string_equal(rows, kept);
    fixture_free(fixture);
}

/* --- expressions made up at random --- */

struct maker {
    struct buf *out;
    uint32_t seed;
};

static uint32_t any(struct maker *maker, uint32_t count) {
    maker->seed = maker->seed * 1664525u + 1013904223u;
    return (maker->seed >> 8) % count;
}

static void make_condition(struct maker *maker, int depth);

static void make_number(struct maker *maker, int depth) {
    static const char *const leaves[] = {
        "exec-pay",         "exec-hours", "never", "nought", "share-used", "score.stage",
        "relationship.run", "2",          "0.5",   "7",      "hour-cost",  "relationship.asked"};
    static const char *const lists[] = {"wins.hours", "wins.cost", "relationship",
                                        "expectations.now"};
    static const char *const signs[] = {" + ", " - ", " * ", " / ", " ^ "};
    static const char *const calls[] = {"min", "max", "sum", "mean", "count"};
    uint32_t kind = depth <= 0 ? 0 : any(maker, 8);
    if (kind == 0) {
        buf_puts(maker->out, leaves[any(maker, sizeof leaves / sizeof *leaves)]);
    } else if (kind <= 3) {
        buf_putc(maker->out, '(');
        make_number(maker, depth - 1);
        buf_puts(maker->out, signs[any(maker, 5)]);
        make_number(maker, depth - 1);
        buf_putc(maker->out, ')');
    } else if (kind == 4) {
        buf_puts(maker->out, any(maker, 2) ? "-" : "abs(");
        bool call = maker->out->data[maker->out->len - 1] == '(';
        make_number(maker, depth - 1);
        buf_puts(maker->out, call ? ")" : "");
    } else if (kind == 5) {
        buf_puts(maker->out, "if(");
        make_condition(maker, depth - 1);
        buf_puts(maker->out, ", ");
        make_number(maker, depth - 1);
        buf_puts(maker->out, ", ");
        make_number(maker, depth - 1);
        buf_putc(maker->out, ')');
    } else if (kind == 6) {
        buf_printf(maker->out, "%s(", calls[any(maker, 5)]);
        make_number(maker, depth - 1);
        if (any(maker, 2))
            buf_printf(maker->out, ", %s", lists[any(maker, 4)]);
        buf_putc(maker->out, ')');
    } else {
        buf_puts(maker->out, "round(");
        make_number(maker, depth - 1);
        buf_puts(maker->out, any(maker, 2) ? ", 2)" : ")");
    }
}

static void make_condition(struct maker *maker, int depth) {
    static const char *const leaves[] = {
        "moves.one",           "moves.two", "true", "has(never)", "outcome == 'Taken up'",
        "missing(score.stage)"};
    static const char *const signs[] = {" < ", " <= ", " == ", " != ", " > ", " >= "};
    uint32_t kind = depth <= 0 ? 0 : any(maker, 6);
    if (kind == 0) {
        buf_puts(maker->out, leaves[any(maker, 6)]);
    } else if (kind == 1) {
        buf_puts(maker->out, "not (");
        make_condition(maker, depth - 1);
        buf_putc(maker->out, ')');
    } else if (kind == 2) {
        buf_puts(maker->out, any(maker, 2) ? "has(" : "missing(");
        make_number(maker, depth - 1);
        buf_putc(maker->out, ')');
    } else if (kind == 3) {
        buf_putc(maker->out, '(');
        make_condition(maker, depth - 1);
        buf_puts(maker->out, any(maker, 2) ? " and " : " or ");
        make_condition(maker, depth - 1);
        buf_putc(maker->out, ')');
    } else {
        make_number(maker, depth - 1);
        buf_puts(maker->out, signs[any(maker, 6)]);
        make_number(maker, depth - 1);
    }
}

static int write_data(const char *folder, int random) {
    struct fixture *fixture = fixture_new();
    struct arena *arena = &fixture->arena;
    struct places places = {.fixture = fixture};
    struct buf rows, text, cells;
    buf_init(&rows, arena);
    buf_init(&text, arena);
    buf_init(&cells, arena);
    buf_puts(&rows, all_rows(&places));
    struct maker maker = {&text, 20260907};
    for (int i = 0; i < random; i++) {
        buf_clear(&text);
        if (i % 3)
            make_number(&maker, 4);
        else
            make_condition(&maker, 4);
        struct expr *expr = resolved(fixture, text.data);
        if (!expr) {
            fprintf(stderr, "%s\n%s", text.data, messages(fixture));
            return 1;
        }
        put_row(&places, text.data, expr, &rows);
    }
    put_cells(&places, &cells);
    const char *library = expr_script_library(arena, &fixture->course), *error = NULL;
    bool ok =
        file_write(arena, path_join(arena, folder, "formulas.tsv"), rows.data, rows.len, &error) &&
        file_write(arena, path_join(arena, folder, "cells.tsv"), cells.data, cells.len, &error) &&
        file_write(arena, path_join(arena, folder, "library.js"), library, strlen(library), &error);
    if (!ok)
        fprintf(stderr, "%s\n", error);
    fixture_free(fixture);
    return ok ? 0 : 1;
}

static int bless(void) {
    struct fixture *fixture = fixture_new();
    struct places places = {.fixture = fixture};
    const char *rows = all_rows(&places), *error = NULL;
    bool ok = file_write(&fixture->arena, golden, rows, strlen(rows), &error);
    if (!ok)
        fprintf(stderr, "%s\n", error);
    fixture_free(fixture);
    return ok ? 0 : 1;
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "bless") == 0)
        return bless();
    if (count == 4 && strcmp(arguments[1], "write") == 0)
        return write_data(arguments[2], atoi(arguments[3]));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas),
        cmocka_unit_test(scripts),
        cmocka_unit_test(too_long_for_a_spreadsheet),
        cmocka_unit_test(data_is_as_committed),
    };
    return cmocka_run_group_tests_name("calc/print", tests, NULL, NULL);
}
