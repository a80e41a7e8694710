/* Expressions: what they give, what they refuse, and where. */
#include "calc_fixture.h"

struct row {
    const char *text, *expected;
};

static void check_rows(struct fixture *fixture, const struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *given = evaluated(fixture, rows[i].text);
        if (strcmp(given, rows[i].expected) != 0)
            fail_msg("%s\n  gives    %s\n  expected %s", rows[i].text, given, rows[i].expected);
    }
}

#define CHECK_ROWS(fixture, rows) check_rows((fixture), (rows), sizeof(rows) / sizeof *(rows))

static void arithmetic(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3", "9"},
        {"10 - 4 - 3", "3"},
        {"100 / 10 / 5", "2"},
        {"2 ^ 3 ^ 2", "64"},
        {"-2^2", "4"},
        {"0 - 2^2", "-4"},
        {"2^-1", "0.5"},
        {"2 * -3", "-6"},
        {"- -3", "3"},
        {"+3", "3"},
        {"8%", "0.08 percent"},
        {"50%%", "0.005 percent"},
        {"50 * 8%", "4"},
        {"-8%", "-0.08 percent"},
        {"2^50%", "1.41421356237"},
        {".5 + 1.25", "1.75"},
        {"1 / 3", "0.333333333333"},
        {"0.1 + 0.2 - 0.3", "0"},
        {"0.1 + 0.2 == 0.3", "yes"},
        {"1 / (0.1 + 0.2 - 0.3)", "missing"},
    };
    struct fixture *fixture = fixture_new();
    CHECK_ROWS(fixture, rows);
    fixture_free(fixture);
}

static void not_finite_is_missing(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"1 / 0", "missing"},
        {"0 / 0", "missing"},
        {"exec-pay / nought", "missing"},
        {"(-8)^(1 / 3)", "missing"},
        {"0^0", "missing"},
        {"0^-1", "missing"},
        {"10^300 * 10^300", "missing"},
        {"10^300 * 8 * 10^7", "8e+307"}, /* half of the largest double still is a number */
        {"10^300 * 9 * 10^7", "missing"},
        {"10^300 * 8 * 10^7 + 10^300 * 8 * 10^7", "missing"},
        {"10^300 / 10^-8", "missing"},
        {"10^400", "missing"},
        {"-(10^400)", "missing"},
        {"sum(10^308, 10^308)", "missing"},
        {"(-8)^3", "-512"},
        {"0^2", "0"},
        {"mean(10^300 * 10^300, 4)", "4"},
        {"if(10^400 > 1, 1, 2)", "missing"},
        {"has(1 / 0)", "no"},
        {"1 / 0 == 1 / 0", "missing"},
    };
    struct fixture *fixture = fixture_new();
    CHECK_ROWS(fixture, rows);
    fixture_free(fixture);
}

static void conditions(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"1 < 2", "yes"},
        {"2 <= 2", "yes"},
        {"2 > 2", "no"},
        {"2 >= 3", "no"},
        {"1 != 2", "yes"},
        {"1 + 1 == 2 and 3 > 2", "yes"},
        {"not 1 > 2", "yes"},
        {"not not 1 > 2", "no"},
        {"1 > 2 or 2 > 1 and 3 > 4", "no"},
        {"(1 > 2 or 2 > 1) and 3 > 2", "yes"},
        {"true and not false", "yes"},
        {"if(2 > 1, 10, 20)", "10"},
        {"if(1 > 2, 'a', \"b\")", "'b'"},
        {"'it''s' == \"it's\"", "yes"},
        {"'a' != 'A'", "yes"},
        {"2026-09-07 < 2026-10-01", "yes"},
        {"review-on == 2026-10-19", "yes"},
        {"review-on == '2026-10-19'", "yes"},
        {"(1 < 2) == (3 < 4)", "yes"},
        /* what decides is enough */
        {"never > 1", "missing"},
        {"never > 1 and 1 > 2", "no"},
        {"1 > 2 and never > 1", "no"},
        {"never > 1 or 2 > 1", "yes"},
        {"never > 1 and 2 > 1", "missing"},
        {"not never > 1", "missing"},
        {"has(never) and never > 1", "no"},
        {"if(never > 1, 1, 2)", "missing"},
        {"if(has(never), never, 5)", "5"},
    };
    struct fixture *fixture = fixture_new();
    CHECK_ROWS(fixture, rows);
    fixture_free(fixture);
}

static void units_and_dates(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"exec-pay", "240000 money"},
        {"exec-pay / 12", "20000 money"},
        {"exec-pay * share-used", "180000 money"},
        {"assistant-pay / exec-pay", "0.191666666667"},
        {"exec-pay - assistant-pay", "194000 money"},
        {"exec-pay + 1", "240001 money"},
        {"share-used * 100", "75"},
        {"share-used + 5%", "0.8 percent"},
        {"share-used / 5%", "15"},
        {"1 / exec-pay * exec-pay", "1 money"},
        {"max(exec-pay, assistant-pay)", "240000 money"},
        {"round(exec-pay / 7, 2)", "34285.71 money"},
        {"abs(assistant-pay - exec-pay)", "194000 money"},
        {"-exec-pay", "-240000 money"},
        {"if(true, exec-pay, 1)", "240000 money"},
        {"break-even", "0.191666666667 percent"},
        {"hour-cost", "100 money"},
        {"review-on", "2026-10-19"},
        {"review-on + 14", "2026-11-02"},
        {"14 + review-on", "2026-11-02"},
        {"review-on - 19", "2026-09-30"},
        {"today()", "2026-12-15"},
        {"today() - review-on", "57 days"},
        {"today() - review-on > 30", "yes"},
        {"max(review-on, 2026-11-01)", "2026-11-01"},
        {"min(wins.date)", "2026-09-07"},
        {"joined", "2024-03-01"},
        {"course.start", "2026-09-01"},
        {"course.as-of", "2026-12-15"},
        {"course.weeks * 2", "92"},
        {"course.title", "'The Course'"},
    };
    struct fixture *fixture = fixture_new();
    CHECK_ROWS(fixture, rows);
    fixture_free(fixture);
}

static void lists(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"sum(wins.hours)", "10.5"},
        {"mean(wins.hours)", "2.625"},
        {"min(wins.hours)", "1"},
        {"max(wins.hours, 7)", "7"},
        {"count(wins.hours)", "4"},
        {"count(wins.win)", "4"},
        {"count(wins.done)", "4"},
        {"count(wins.win, wins.hours)", "8"},
        {"sum(wins.cost)", "325 money"},
        {"count(wins.cost)", "3"},
        {"sum(wins.share)", "1 percent"},
        {"streak(wins.win)", "3"},
        {"streak(wins.done)", "3"},
        {"streak(wins.hours)", "2"},
        {"mean(relationship)", "3.25"},
        {"count(relationship)", "4"},
        {"count(relationship@start)", "5"},
        {"mean(relationship@executive)", "3.66666666667"},
        {"sum(expectations.importance)", "9"},
        {"mean(expectations.now@start)", "2.5"},
        {"count(moves)", "1"},
        {"has(moves)", "yes"},
        {"moves.one", "yes"},
        {"moves.two", "missing"},
        {"moves.one and exec-hours > 40", "yes"},
        {"sum(never)", "missing"},
        {"mean(never, 4)", "4"},
        {"count(never)", "0"},
        {"count(never, 4, 1 / 0, 2 > 1, 1 > 2)", "2"},
        {"min(never, 1 / 0)", "missing"},
        {"has(wins.cost)", "yes"},
        {"missing(never)", "yes"},
        {"missing(exec-pay / never)", "yes"},
        {"count(strengths)", "1"},
        {"has(strengths)", "yes"},
    };
    struct fixture *fixture = fixture_new();
    CHECK_ROWS(fixture, rows);
    fixture_free(fixture);
}

static void names_and_selectors(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"assistant.name", "'Amara Okafor'"},
        {"assistant.name == 'Amara Okafor'", "yes"},
        {"company", "missing"},
        {"outcome == 'taken-up'", "yes"},
        {"outcome == 'Taken up'", "yes"},
        {"outcome == 'Put \"off\"'", "no"},
        {"relationship.reasoning", "4"},
        {"relationship.reasoning@start", "2"},
        {"relationship.reasoning@first", "2"},
        {"relationship.reasoning@previous", "2"},
        {"relationship.reasoning@middle", "4"},
        {"relationship.reasoning@end", "missing"},
        {"relationship.reasoning@2026-09-07", "2"},
        {"relationship.reasoning@executive", "4"},
        {"relationship.reasoning@executive@previous", "missing"},
        {"relationship.asked", "missing"},
        {"relationship.asked@first", "1"},
        {"relationship.reasoning == 'Often'", "yes"},
        {"relationship.reasoning@assistant@start == 'Often'", "no"},
        {"exec-hours", "50"},
        {"exec-hours@executive", "55"},
        {"weeks-worked", "48"},
        {"weeks-worked@first", "46"},
        {"weeks-worked@previous", "46"},
        {"weeks-worked@start", "46"},
        {"weeks-worked@executive", "48"},
        {"score.stage", "3.8"},
        {"score.stage.value", "3.8"},
        {"score.stage.name", "'Empower'"},
        {"score.stage.name == 'Empower'", "yes"},
        {"score.stage.value@start", "2.2"},
        {"score.stage.name@first", "'Explain'"},
        {"score.stage.value@previous", "2.2"},
        {"score.stage.answered", "4"},
        {"score.stage.missing", "1"},
        {"score.stage.change", "1.6"},
        {"score.stage.change@first", "missing"},
        {"score.stage.sitting == 'middle'", "yes"},
        {"score.stage.sitting@first == 'start'", "yes"},
        {"score.stage.day > score.stage.day@first", "yes"},
        {"score.stage.day@executive > score.stage.day", "no"},
        {"score.stage.sitting@executive@end", "missing"},
        {"score.stage.value@executive", "missing"},
        {"score.stage.missing@executive", "2"},
        {"score.views", "3.8"},
        {"score.anatomy.trust", "4"},
        {"score.anatomy.trust.change", "2"},
        {"score.anatomy.craft.value", "missing"},
        {"score.anatomy.craft.missing", "1"},
        {"score.anatomy.craft@start", "2.3"},
        {"score.anatomy", "3.8"},
        {"score.importance", "0.88 percent"},
        {"score.ready", "3"},
        {"score.overall@start", "2.3"},
        {"fixed", "12"},
        {"mood-word == 'long'", "yes"},
        {"secret", "missing"},
    };
    struct fixture *fixture = fixture_new();
    CHECK_ROWS(fixture, rows);
    fixture->scope.respondent = EXECUTIVE;
    assert_string_equal(evaluated(fixture, "secret"), "'mine'");
    assert_string_equal(evaluated(fixture, "score.views"), "missing");
    assert_string_equal(evaluated(fixture, "score.views@assistant"), "3.8");
    assert_string_equal(evaluated(fixture, "mean(relationship)"), "3.66666666667");
    fixture->scope.respondent = RESPONDENT_NONE;
    assert_string_equal(evaluated(fixture, "secret"), "missing");
    assert_string_equal(evaluated(fixture, "exec-hours"), "55");
    assert_string_equal(evaluated(fixture, "relationship.reasoning"), "4");
    fixture_free(fixture);
}

static void blank_edition_is_missing(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"exec-pay / 12", "missing"},
        {"score.stage", "missing"},
        {"sum(wins.hours)", "missing"},
        {"mean(relationship)", "missing"},
        {"count(wins.win)", "0"},
        {"streak(wins.win)", "0"},
        {"has(exec-pay)", "no"},
        {"assistant.name", "missing"},
        {"course.weeks", "46"},
        {"3 * 4", "12"},
        {"hour-cost", "missing"},
        {"relationship.run@first", "missing"},
        {"score.stage@2026-09-07", "missing"},
    };
    struct fixture *fixture = fixture_new();
    fixture->scope.participant = NULL;
    fixture->scope.results = NULL;
    CHECK_ROWS(fixture, rows);
    fixture_free(fixture);
}

static void numbered_sittings(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    fixture->course.sittings.count = 0;
    fixture->participant.sittings[0].id = "1";
    fixture->participant.sittings[1].id = "2";
    static const struct row rows[] = {
        {"relationship.reasoning@1", "2"},
        {"relationship.reasoning@2", "4"},
        {"relationship.reasoning@3", "missing"},
        {"relationship.reasoning@2026-09-07", "2"},
        {"relationship.reasoning@2026-09-09", "2"},
        {"relationship.reasoning@2026-09-08", "missing"},
        {"score.stage@2026-10-19", "3.8"},
    };
    CHECK_ROWS(fixture, rows);
    fixture_free(fixture);
}

/* --- errors: code, column and length, for each row of the table --- */

struct mistake {
    const char *text;
    const char *code; /* first line after the place */
    int col, length;
};

static void check_mistake(const struct mistake *mistake, const char *hint) {
    struct fixture *fixture = fixture_new();
    struct expr *expr = resolved(fixture, mistake->text);
    const char *shown = messages(fixture);
    char place[40];
    snprintf(place, sizeof place, "test.md:1:%d: error: ", mistake->col);
    if (expr || strncmp(shown, place, strlen(place)) != 0 ||
        strncmp(shown + strlen(place), mistake->code, strlen(mistake->code)) != 0)
        fail_msg("%s\n  says %s\n  expected %s%s", mistake->text, shown, place, mistake->code);
    const char *caret = strchr(shown, '^');
    assert_non_null(caret);
    if ((int)strspn(caret, "^~") != mistake->length)
        fail_msg("%s\n  marks %s", mistake->text, shown);
    if (hint && !strstr(shown, hint))
        fail_msg("%s\n  says %s\n  without the hint %s", mistake->text, shown, hint);
    assert_int_equal(diag_errors(fixture->diag), 1);
    fixture_free(fixture);
}

static void mistakes_of_form(void **state) {
    (void)state;
    static const struct {
        struct mistake mistake;
        const char *hint;
    } rows[] = {
        {{"1 +", "expected a value, found the end", 4, 1}, NULL},
        {{"1 + * 2", "expected a value, found '*'", 5, 1}, NULL},
        {{"1 2", "expected an operator or the end, found '2'", 3, 1}, NULL},
        {{"(1 + 2", "this '(' is never closed", 1, 1}, "add ')'"},
        {{"1 + 2)", "expected an operator or the end, found ')'", 6, 1}, "no '(' is open"},
        {{"(1 2)", "expected an operator or ')', found '2'", 4, 1}, NULL},
        {{"round(1 2)", "expected ',' or ')', found '2'", 9, 1}, NULL},
        {{"sum(1, 2", "this '(' is never closed", 4, 1}, NULL},
        {{"1 = 2", "'=' has no place", 3, 1}, "compare with =="},
        {{"1 <> 2", "'<>' has no place", 3, 2}, "write !="},
        {{"3 × 4", "'×' has no place", 3, 1}, "multiply with *"},
        {{"3 − 4", "'−' has no place", 3, 1}, "spaces"},
        {{"£5 + 1", "'£' has no place", 1, 1}, "currency"},
        {{"1 && 2", "'&&' has no place", 3, 2}, "the word and"},
        {{"3 # 4", "'#' has no place", 3, 1}, NULL},
        {{"1 + 'abc", "this quoted text never ends", 5, 4}, "close it with '"},
        {{"assistant.name == ''", "a text cannot be empty", 19, 2}, "missing"},
        {{"3-2", "'3-2' is not a number", 1, 3}, "spaces"},
        {{"3x", "'3x' is not a number", 1, 2}, NULL},
        {{"1.5.2", "'1.5.' is not a number", 1, 4}, NULL},
        {{"sum(1,000)", "'000' is not a number", 7, 3}, "1000"},
        {{"2026-02-30", "there is no date 2026-02-30", 1, 10}, NULL},
        {{"1 < 2 < 3", "comparisons cannot be chained", 7, 1}, "and"},
        {{"average(1, 2)", "unknown function 'average'", 1, 7}, "the functions are"},
        {{"maen(1, 2)", "unknown function 'maen'", 1, 4}, "'mean'"},
        {{"round(1, 2, 3)", "round takes one or two values, here are 3", 1, 14}, "round(x, 2)"},
        {{"if(1 > 2, 3)", "if takes three values, here are 2", 1, 12}, NULL},
        {{"sum()", "sum takes at least one value, here is none", 1, 5}, NULL},
        {{"today(1)", "today takes no value, here is one", 1, 8}, NULL},
        {{"and 1", "expected a value, found 'and'", 1, 3}, NULL},
        {{"1 + not 2 > 1", "expected a value, found 'not'", 5, 3}, "brackets"},
        {{"% 8", "expected a value, found '%'", 1, 1}, "8%"},
        {{"   ", "an expression is missing here", 1, 3}, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_mistake(&rows[i].mistake, rows[i].hint);
}

static void mistakes_of_meaning(void **state) {
    (void)state;
    static const struct {
        struct mistake mistake;
        const char *hint;
    } rows[] = {
        {{"2 * exec-pya", "unknown name 'exec-pya'", 5, 8}, "did you mean 'exec-pay'?"},
        {{"zzzzzzzz", "unknown name 'zzzzzzzz'", 1, 8}, "names are ids"},
        {{"1 > 2 AND 2 > 1", "expected an operator or the end, found 'AND'", 7, 3}, NULL},
        {{"score.stge.value", "unknown name 'score.stge.value'", 1, 16}, "score.stage.value"},
        {{"score.stage.vlaue", "the score 'stage' has no dimension or property 'vlaue'", 1, 17},
         "'value'"},
        {{"score.views.name", "the score 'views' has no dimension or property 'name'", 1, 16},
         "value, answered, missing, change, sitting or day"},
        {{"score.anatomy.trst", "the score 'anatomy' has no", 1, 18}, "'trust'"},
        {{"score.anatomy.value.value", "the score 'anatomy' has no", 1, 25}, NULL},
        {{"course.weekz", "unknown name 'course.weekz'", 1, 12}, "course.weeks"},
        {{"count(wins)", "'wins' holds no single value", 7, 4}, "wins.date, wins.win"},
        {{"expectations.honesty", "'expectations.honesty' holds no single value", 1, 20},
         "expectations.honesty.importance or expectations.honesty.now"},
        {{"panel + 1", "'panel' holds no single value", 1, 5}, NULL},
        {{"relationship.run@boss", "'@boss' is not a respondent, sitting or date", 1, 21},
         "@first"},
        {{"relationship.run@midle", "'@midle' is not a respondent", 1, 22}, "'@middle'"},
        {{"relationship.run@2026-13-01", "'@2026-13-01' is not a respondent", 1, 27}, NULL},
        {{"relationship.run@first@start", "'relationship.run@first@start' says twice which sitting",
          1, 28},
         "keep one"},
        {{"relationship.run@assistant@executive",
          "'relationship.run@assistant@executive' says "
          "twice whose answer",
          1, 36},
         NULL},
        {{"hour-cost@first", "'hour-cost' is the same for everybody", 1, 15}, "take out '@first'"},
        {{"course.weeks@executive", "'course.weeks' is the same for everybody", 1, 22}, NULL},
        {{"sum(wins.hours@first)", "'wins.hours' is the same", 5, 16}, NULL},
        {{"readiness.a@executive", "'readiness.a' is not answered by 'executive'", 1, 21}, "by="},
        {{"score.ready@executive", "'score.ready' is not answered by 'executive'", 1, 21}, NULL},
        {{"note + 1", "this is a text, and + needs a number", 1, 4}, "type=number"},
        {{"'a' * 2", "this is a text, and * needs a number", 1, 3}, "without quotes"},
        {{"2 * moves.one", "this is a yes or no, and * needs a number", 5, 9}, "if("},
        {{"sum(wins.done)", "this is a yes or no, and sum needs a number", 5, 9}, "count("},
        {{"sum(wins.win)", "this is a text, and sum needs a number", 5, 8}, NULL},
        {{"mood-word / 2", "this is a text, and / needs a number", 1, 9}, NULL},
        {{"relationship + 1", "'relationship' is several values, and + needs one", 1, 12}, "mean("},
        {{"wins.hours", "'wins.hours' is several values, and a result needs one", 1, 10}, NULL},
        {{"if(true, wins.hours, 1)", "'wins.hours' is several values, and if needs one", 10, 10},
         NULL},
        {{"streak(relationship)", "streak needs a column of a log", 8, 12}, "log.column"},
        {{"streak(1 + 1)", "streak needs a column", 8, 5}, NULL},
        {{"review-on + review-on", "adding two cannot be done with dates", 1, 21}, NULL},
        {{"5 - review-on", "taking a date from a number cannot be done", 1, 13}, NULL},
        {{"review-on * 2", "* cannot be done with dates", 1, 9}, NULL},
        {{"mean(wins.date)", "mean cannot be done with dates", 6, 9}, NULL},
        {{"if(1, 2, 3)", "this is a number, and if needs something that holds or does not", 4, 1},
         "has(x)"},
        {{"1 and 2 > 1", "this is a number, and and needs", 1, 1}, NULL},
        {{"not note", "this is a text, and not needs", 5, 4}, NULL},
        {{"exec-pay > 'much'", "a number cannot be compared with a text", 1, 17}, "quotes"},
        {{"review-on > 5", "a date cannot be compared with a number", 1, 13}, "2026-09-01"},
        {{"max(review-on, 5)", "a number cannot be compared with a date", 16, 1}, NULL},
        {{"note < 'b'", "texts have no order here", 1, 10}, "=="},
        {{"moves.one > moves.two", "this is a yes or no, and > needs a number", 1, 21}, NULL},
        {{"if(true, 1, 'a')", "if gives a number one way and a text the other", 1, 16}, NULL},
        {{"outcome == 'taken'", "'taken' is not an answer to 'outcome'", 12, 7}, "the answers are"},
        {{"outcome == 'Taken pu'", "'Taken pu' is not an answer", 12, 10}, "'Taken up'"},
        {{"relationship.run == 'Oftn'", "'Oftn' is not an answer", 21, 6}, "'Often'"},
        {{"score.stage.name == 'Tel'", "'Tel' is not an answer", 21, 5}, "'Tell'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_mistake(&rows[i].mistake, rows[i].hint);
}

static void several_mistakes_at_once(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_null(resolved(fixture, "exec-pya + weeks-wroked * zzzzzzzzz"));
    assert_int_equal(diag_errors(fixture->diag), 3);
    fixture_free(fixture);
}

static void conditions_are_checked(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_true(expr_check_condition(resolved(fixture, "exec-pay > 1"), fixture->diag));
    assert_true(expr_check_condition(resolved(fixture, "moves.one"), fixture->diag));
    assert_int_equal(diag_errors(fixture->diag), 0);
    assert_false(expr_check_condition(resolved(fixture, "exec-pay + 1"), fixture->diag));
    assert_non_null(strstr(messages(fixture), "this is a number, and a condition needs"));
    fixture_free(fixture);
}

/* --- hostile --- */

static const char *repeated(struct fixture *fixture, const char *before, size_t count,
                            const char *middle, const char *after) {
    struct buf text;
    buf_init(&text, &fixture->arena);
    for (size_t i = 0; i < count; i++)
        buf_puts(&text, before);
    buf_puts(&text, middle);
    for (size_t i = 0; i < count; i++)
        buf_puts(&text, after);
    return text.data;
}

static void hostile_nesting(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_null(parse(fixture, repeated(fixture, "(", 10000, "1", ")")));
    assert_non_null(strstr(messages(fixture), "longer than 2000 bytes"));
    assert_null(parse(fixture, repeated(fixture, "(", 900, "1", ")")));
    assert_non_null(strstr(messages(fixture), "nested deeper than 60"));
    assert_null(parse(fixture, repeated(fixture, "-", 1900, "1", "")));
    assert_null(parse(fixture, repeated(fixture, "not ", 400, "true", "")));
    assert_null(parse(fixture, repeated(fixture, "abs(", 300, "1", ")")));
    assert_null(parse(fixture, repeated(fixture, "(", 1999, "", "")));
    assert_int_equal(diag_errors(fixture->diag), 6);
    assert_string_equal(evaluated(fixture, repeated(fixture, "(", 60, "1", ")")), "1");
    assert_string_equal(evaluated(fixture, repeated(fixture, "1+", 900, "1", "")), "901");
    assert_string_equal(evaluated(fixture, repeated(fixture, "2^", 400, "1", "")), "missing");
    fixture_free(fixture);
}

static void hostile_words(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_null(resolved(fixture, repeated(fixture, "a", 1900, "", "")));
    assert_null(resolved(fixture, repeated(fixture, "a.", 500, "a", "")));
    assert_null(resolved(fixture, repeated(fixture, "a@", 500, "a", "")));
    assert_null(resolved(fixture, repeated(fixture, "9", 1900, "", "")));
    assert_null(resolved(fixture, repeated(fixture, "\xC3", 3, "", "")));
    assert_null(resolved(fixture, "score."));
    assert_null(resolved(fixture, "score..value"));
    assert_null(resolved(fixture, "course."));
    assert_int_equal(diag_errors(fixture->diag), 8);
    assert_null(reference_resolve(&fixture->arena, fixture->diag, &fixture->course, NULL, "",
                                  (struct span){0}));
    assert_null(reference_resolve(&fixture->arena, fixture->diag, &fixture->course, NULL, "@",
                                  (struct span){0}));
    assert_null(reference_resolve(&fixture->arena, fixture->diag, &fixture->course, NULL,
                                  "exec-pay@", (struct span){0}));
    assert_null(reference_resolve(&fixture->arena, fixture->diag, &fixture->course, NULL,
                                  "score.stage.", (struct span){0}));
    fixture_free(fixture);
}

/* --- circles --- */

static void circles_are_named(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    add_calc(fixture, "roi-value", "roi-return * 2");
    add_calc(fixture, "roi-return", "1 + roi-value");
    add_calc(fixture, "self", "self + 1");
    add_calc(fixture, "reads-circle", "roi-value + 1");
    struct block *log = add_block(fixture, "plan");
    log->columns = ARENA_ARRAY(&fixture->arena, struct column, 3);
    add_column(fixture, log, "a", SLOT_NUMBER, "b + 1");
    add_column(fixture, log, "b", SLOT_NUMBER, "a + 1");
    add_column(fixture, log, "c", SLOT_NUMBER, "sum(plan.c)");
    resolve_calcs(fixture);
    assert_int_equal(diag_errors(fixture->diag), 0);
    expr_check_circles(&fixture->course, fixture->diag);
    const char *shown = messages(fixture);
    assert_non_null(strstr(shown, "'roi-value' depends on itself: roi-value → roi-return → "
                                  "roi-value"));
    assert_non_null(strstr(shown, "'self' depends on itself: self → self"));
    assert_non_null(strstr(shown, "plan.a → plan.b → plan.a"));
    assert_non_null(strstr(shown, "plan.c → plan.c"));
    assert_int_equal(diag_errors(fixture->diag), 4);
    fixture_free(fixture);
}

/* A chain of `count` calcs, each reading the next `reads` times. */
static const char *chain(int count, const char *format) {
    static char shown[4096];
    struct fixture *fixture = fixture_new();
    for (int i = 0; i < count; i++)
        add_calc(fixture, arena_printf(&fixture->arena, "k%d", i),
                 i + 1 < count ? format[0] == '2'
                                     ? arena_printf(&fixture->arena, "k%d + k%d", i + 1, i + 1)
                                     : arena_printf(&fixture->arena, "k%d + 1", i + 1)
                               : "1");
    resolve_calcs(fixture);
    expr_check_circles(&fixture->course, fixture->diag);
    snprintf(shown, sizeof shown, "%s", messages(fixture));
    fixture_free(fixture);
    return shown;
}

static void long_chains_are_refused(void **state) {
    (void)state;
    assert_string_equal(chain(30, "1"), "");
    assert_non_null(strstr(chain(40, "1"), "'k7' reads calcs that read calcs, 32 deep"));
    assert_non_null(strstr(chain(5000, "1"), "reads calcs that read calcs, 32 deep"));
    assert_string_equal(chain(10, "2"), "");
    assert_non_null(strstr(chain(25, "2"), "works out other calcs more than 100,000 times"));
}

/* --- what may be missing, and what is asked for --- */

static struct reference *name(struct fixture *fixture, const char *text) {
    struct reference *reference = reference_resolve(&fixture->arena, fixture->diag,
                                                    &fixture->course, NULL, text, (struct span){0});
    assert_non_null(reference);
    return reference;
}

static void may_be_missing(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    add_calc(fixture, "eg", "80000 / 1000000");
    add_calc(fixture, "eg-two", "eg * 50 * course.weeks");
    add_calc(fixture, "bad", "1 / (2 - 2)");
    add_calc(fixture, "wins-count", "count(wins.win)");
    add_calc(fixture, "wins-sum", "sum(wins.hours)");
    add_calc(fixture, "at-least", "max(wins.hours, 1)");
    add_calc(fixture, "fallback", "if(has(never), 1, 2)");
    resolve_calcs(fixture);
    static const struct {
        const char *text;
        bool may;
    } rows[] = {{"assistant.name", false}, {"company", true},      {"course.weeks", false},
                {"exec-pay", true},        {"hour-cost", true},    {"eg", false},
                {"eg-two", false},         {"bad", true},          {"wins-count", false},
                {"wins-sum", true},        {"at-least", false},    {"fallback", false},
                {"score.stage", true},     {"course.as-of", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (name(fixture, rows[i].text)->may_be_missing != rows[i].may)
            fail_msg("%s", rows[i].text);
    fixture_free(fixture);
}

static void conditions_ask_for(void **state) {
    (void)state;
    static const struct {
        const char *condition, *shown;
        bool asked;
    } rows[] = {
        {"has(score.stage)", "score.stage.value", true},
        {"has(score.stage)", "score.stage.name", true},
        {"has(score.stage)", "score.stage.missing", true},
        {"has(score.stage)", "score.stage.change", false},
        {"has(score.stage.change)", "score.stage.value", true},
        {"has(score.stage.answered)", "score.stage.value", false},
        {"has(score.stage.answered)", "score.stage.sitting", true},
        {"has(score.stage.day)", "score.stage.value", false},
        {"has(score.stage)", "score.views", false},
        {"has(score.stage)", "score.stage.value@first", false},
        {"has(score.anatomy.trust)", "score.anatomy.craft", false},
        {"missing(score.stage)", "score.stage", false},
        {"not missing(score.stage)", "score.stage", true},
        {"not has(exec-pay)", "exec-pay", false},
        {"has(exec-pay) and exec-hours > 3", "exec-pay", true},
        {"has(exec-pay) and exec-hours > 3", "exec-hours", true},
        {"has(exec-pay) or has(exec-hours)", "exec-pay", false},
        {"has(exec-pay) or exec-pay > 3", "exec-pay", true},
        {"not (missing(exec-pay) or missing(note))", "note", true},
        {"has(hour-cost)", "exec-pay", true},
        {"has(hour-cost)", "hour-cost", true},
        {"has(hour-cost)", "assistant-pay", false},
        {"exec-pay / 2 > 3", "exec-pay", true},
        {"count(wins.hours) > 3", "exec-pay", false},
        {"max(exec-pay, 3) > 3", "exec-pay", false},
        {"max(exec-pay) > 3", "exec-pay", true},
        {"has(relationship)", "relationship.run", false},
        {"if(exec-pay > 1, true, false)", "exec-pay", true},
    };
    struct fixture *fixture = fixture_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct expr *condition = resolved(fixture, rows[i].condition);
        assert_non_null(condition);
        if (expr_asks_for(condition, name(fixture, rows[i].shown)) != rows[i].asked)
            fail_msg("%s asks for %s", rows[i].condition, rows[i].shown);
    }
    fixture_free(fixture);
}

static void note_reference(void *context, const struct reference *reference) {
    buf_printf(context, "%s ", reference->text);
}

static void visits_in_source_order(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    struct buf names;
    buf_init(&names, &fixture->arena);
    expr_visit(resolved(fixture, "if(note == 'x', exec-pay, sum(wins.cost) - exec-pay)"),
               note_reference, &names);
    assert_string_equal(names.data, "note exec-pay wins.cost exec-pay ");
    fixture_free(fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic),
        cmocka_unit_test(not_finite_is_missing),
        cmocka_unit_test(conditions),
        cmocka_unit_test(units_and_dates),
        cmocka_unit_test(lists),
        cmocka_unit_test(names_and_selectors),
        cmocka_unit_test(blank_edition_is_missing),
        cmocka_unit_test(numbered_sittings),
        cmocka_unit_test(mistakes_of_form),
        cmocka_unit_test(mistakes_of_meaning),
        cmocka_unit_test(several_mistakes_at_once),
        cmocka_unit_test(conditions_are_checked),
        cmocka_unit_test(hostile_nesting),
        cmocka_unit_test(hostile_words),
        cmocka_unit_test(circles_are_named),
        cmocka_unit_test(long_chains_are_refused),
        cmocka_unit_test(may_be_missing),
        cmocka_unit_test(conditions_ask_for),
        cmocka_unit_test(visits_in_source_order),
    };
    return cmocka_run_group_tests_name("calc/expr", tests, NULL, NULL);
}
