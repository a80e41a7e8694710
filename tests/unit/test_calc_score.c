/* Scoring, by hand; and which answer a reader sees. */
#include "calc_fixture.h"

/* The result as "value band answered/total", or "none". */
static const char *result_text(struct fixture *fixture, const char *score_id, int32_t dimension,
                               int32_t respondent, int32_t sitting) {
    const struct score *score = course_find_score(&fixture->course, score_id);
    const struct result *result =
        results_find(&fixture->results, score, dimension, respondent, sitting);
    if (!result)
        return "none";
    return arena_printf(&fixture->arena, "%s %s %d/%d", value_text_of(fixture, result->value),
                        result->band < 0 ? "-" : score->bands[result->band].name, result->answered,
                        result->total);
}

static void means_with_weights_and_reverse(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    /* (2 + 2·(6 − 4) + 3 + 3 + 1) / 6 = 13/6 */
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 0), "2.2 Explain 5/5");
    /* (4 + 2·(6 − 2) + 4 + 3) / 5 = 19/5; four of five is just enough */
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 1), "3.8 Empower 4/5");
    /* three of five is not */
    assert_string_equal(result_text(fixture, "stage", -1, EXECUTIVE, 0), "missing - 3/5");
    assert_string_equal(result_text(fixture, "stage", -1, EXECUTIVE, 1), "none");
    /* a score without a respondent: both, side by side */
    assert_string_equal(result_text(fixture, "views", -1, ASSISTANT, 0), "2.2 - 5/5");
    assert_string_equal(result_text(fixture, "views", -1, EXECUTIVE, 0), "missing - 3/5");
    fixture_free(fixture);
}

static void by_dimension(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_string_equal(result_text(fixture, "anatomy", -1, ASSISTANT, 0), "2.2 - 5/5");
    /* trust: (2 + 2·2) / 3; craft: (3 + 3 + 1) / 3 */
    assert_string_equal(result_text(fixture, "anatomy", 0, ASSISTANT, 0), "2 - 2/2");
    assert_string_equal(result_text(fixture, "anatomy", 1, ASSISTANT, 0), "2.3 - 3/3");
    assert_string_equal(result_text(fixture, "anatomy", 0, ASSISTANT, 1), "4 - 2/2");
    assert_string_equal(result_text(fixture, "anatomy", 1, ASSISTANT, 1), "missing - 2/3");
    assert_string_equal(result_text(fixture, "anatomy", 0, EXECUTIVE, 0), "4 - 2/2");
    assert_string_equal(result_text(fixture, "anatomy", 1, EXECUTIVE, 0), "missing - 1/3");
    /* a score that does not go by dimension has none */
    assert_string_equal(result_text(fixture, "stage", 0, ASSISTANT, 0), "none");
    fixture_free(fixture);
}

static void sums_and_percents(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_string_equal(result_text(fixture, "ready", -1, ASSISTANT, 0), "3 - 2/2");
    assert_string_equal(result_text(fixture, "ready", -1, EXECUTIVE, 0), "none");
    /* importance 5 and 4 of 1..5: (9 − 2) / (10 − 2) = 0.875, in whole per cents */
    assert_string_equal(result_text(fixture, "importance", -1, ASSISTANT, 0), "0.88 percent - 2/2");
    fixture_free(fixture);
}

static void percent_of_what_was_answered(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    struct score *share = add_score(fixture, "share", SCORE_PERCENT, "relationship", NULL);
    share->answered = 0.5;
    share->decimals = 1;
    settle(fixture);
    /* executive: 4 + 2·4 + 5 = 17; lowest 4, highest 20: 13/16 = 81.25 % → 81.3 */
    assert_string_equal(result_text(fixture, "share", -1, EXECUTIVE, 0), "0.813 percent - 3/5");
    /* assistant: 13 of 6..30: 7/24 = 29.1666 % */
    assert_string_equal(result_text(fixture, "share", -1, ASSISTANT, 0), "0.292 percent - 5/5");
    share->decimals = 0;
    settle(fixture);
    assert_string_equal(result_text(fixture, "share", -1, EXECUTIVE, 0), "0.81 percent - 3/5");
    fixture_free(fixture);
}

static void pooled_ratings_and_asks(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    /* relationship 13 over 6, now 3 + 2 over 2: 18/8 = 2.25 → 2.3 */
    assert_string_equal(result_text(fixture, "overall", -1, ASSISTANT, 0), "2.3 - 7/7");
    assert_string_equal(result_text(fixture, "overall", -1, ASSISTANT, 1), "missing - 4/7");
    struct score *both = add_score(fixture, "both-asks", SCORE_SUM, "expectations", NULL);
    both->decimals = 0;
    settle(fixture);
    assert_string_equal(result_text(fixture, "both-asks", -1, ASSISTANT, 0), "14 - 4/4");
    fixture_free(fixture);
}

static void answered_share_edges(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    struct score *stage = &fixture->course.scores.at[0];
    static const struct {
        double share;
        const char *at_four, *at_three;
    } rows[] = {{0.8, "3.8", "missing"},
                {0.81, "missing", "missing"},
                {1, "missing", "missing"},
                {0.6, "3.8", "4.3"},
                {0, "3.8", "4.3"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage->answered = rows[i].share;
        settle(fixture);
        const char *four = result_text(fixture, "stage", -1, ASSISTANT, 1);
        const char *three = result_text(fixture, "stage", -1, EXECUTIVE, 0);
        assert_int_equal(strncmp(four, rows[i].at_four, strlen(rows[i].at_four)), 0);
        assert_int_equal(strncmp(three, rows[i].at_three, strlen(rows[i].at_three)), 0);
    }
    fixture_free(fixture);
}

/* mood has one item, 4: bands are met by the rounded value, and the last one takes the rest. */
static void bands_begin_after_rounding(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    struct score *stage = &fixture->course.scores.at[0];
    static struct band bands[2] = {{.to = 2.2, .name = "Low"}, {.to = 3.7, .name = "Mid"}};
    stage->bands = bands;
    stage->band_count = 2;
    settle(fixture); /* 2.1666 → 2.2, which is ≤ 2.2; 3.8 lies over the last band */
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 0), "2.2 Low 5/5");
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 1), "3.8 Mid 4/5");
    bands[0].to = 2.1;
    settle(fixture);
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 0), "2.2 Mid 5/5");
    stage->decimals = 0;
    bands[0].to = 2;
    settle(fixture);
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 0), "2 Low 5/5");
    stage->decimals = 3;
    settle(fixture);
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 0), "2.167 Mid 5/5");
    fixture_free(fixture);
}

static void shared_ratings_count_for_both(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_string_equal(result_text(fixture, "mood", -1, EXECUTIVE, 0), "4 - 1/1");
    assert_string_equal(result_text(fixture, "mood", -1, ASSISTANT, 0), "4 - 1/1");
    assert_string_equal(result_text(fixture, "mood", -1, ASSISTANT, 1), "none");
    fixture_free(fixture);
}

static void only_where_there_is_a_file(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    fixture->participant.sittings[0].answered = 1u << EXECUTIVE;
    settle(fixture);
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 0), "none");
    assert_string_equal(result_text(fixture, "stage", -1, ASSISTANT, 1), "3.8 Empower 4/5");
    fixture->participant.answer_count = 0;
    memset(&fixture->results, 0, sizeof fixture->results);
    score_participant(&fixture->arena, &fixture->course, &fixture->participant, &fixture->results);
    assert_int_equal(fixture->results.count, 0);
    fixture_free(fixture);
}

static void results_are_in_order(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    const struct results *results = &fixture->results;
    for (size_t i = 1; i < results->count; i++) {
        const struct result *a = &results->at[i - 1], *b = &results->at[i];
        long before =
            (((long)a->score->index * 10 + a->dimension) * 10 + a->respondent) * 10 + a->sitting;
        long after =
            (((long)b->score->index * 10 + b->dimension) * 10 + b->respondent) * 10 + b->sitting;
        assert_true(before < after);
    }
    assert_true(results->count > 20);
    fixture_free(fixture);
}

static void weightless_items_give_nothing(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    course_find_block(&fixture->course, "mood")->items[0].weight = 0;
    settle(fixture);
    assert_string_equal(result_text(fixture, "mood", -1, EXECUTIVE, 0), "missing - 1/1");
    fixture_free(fixture);
}

static void items_are_reversed_within_their_scale(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    const struct slot *waiting = course_find_slot(&fixture->course, "relationship.waiting");
    const struct slot *run = course_find_slot(&fixture->course, "relationship.run");
    for (int point = 1; point <= 5; point++) {
        assert_true(score_item(waiting, value_number(point)).number == 6 - point);
        assert_true(score_item(run, value_number(point)).number == point);
    }
    assert_true(value_is_missing(score_item(waiting, VALUE_NONE)));
    struct slot *a = (struct slot *)(uintptr_t)course_find_slot(&fixture->course, "readiness.a");
    struct item reversed = *a->item;
    reversed.reverse = true;
    a->item = &reversed;
    assert_true(score_item(a, value_number(0)).number == 2); /* 0..2 */
    assert_true(score_item(a, value_number(2)).number == 0);
    fixture_free(fixture);
}

/* Half away from zero on both sides of it, before bands are looked up; a value on an edge belongs to
 * the band that ends there. */
static void edges_of_bands(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    static const struct band bands[] = {
        {.to = -0.5, .name = "Down"}, {.to = 0.5, .name = "Level"}, {.to = DBL_MAX, .name = "Up"}};
    const struct score score = {.bands = bands, .band_count = 3, .decimals = 1};
    static const struct {
        double value;
        const char *shown, *band;
    } rows[] = {{-0.55, "-0.6", "Down"},   {-0.549, "-0.5", "Down"}, {-0.45, "-0.5", "Down"},
                {-0.449, "-0.4", "Level"}, {0.05, "0.1", "Level"},   {0.549, "0.5", "Level"},
                {0.55, "0.6", "Up"},       {1e9, "1000000000", "Up"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double rounded = number_round(rows[i].value, score.decimals);
        assert_string_equal(value_text_of(fixture, value_number(rounded)), rows[i].shown);
        assert_string_equal(bands[score_find_band(&score, rounded)].name, rows[i].band);
    }
    fixture_free(fixture);
}

/* Assistant, first sitting 13/6 = 2.17, second 19/5 = 3.8; executive, first sitting alone:
 * (4 + 2*4 + 5)/4 = 4.25. */
static void differences_and_changes(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    struct score *views = add_score(fixture, "seen", SCORE_MEAN, "relationship", NULL);
    views->decimals = 2;
    settle(fixture);
    static const char difference[] = "score.seen.value@assistant - score.seen.value@executive";
    /* of the executive three items of five, that is 0.6, were answered: missing, and so is this */
    assert_string_equal(evaluated(fixture, difference), "missing");
    views->answered = 0.6;
    settle(fixture);
    assert_string_equal(evaluated(fixture, difference), "-0.45"); /* 3.8 - 4.25, each its latest */
    assert_string_equal(
        evaluated(fixture, "score.seen.value@assistant@start - score.seen.value@executive@start"),
        "-2.08");
    assert_string_equal(evaluated(fixture, "score.seen.value@executive@middle"), "missing");
    assert_string_equal(evaluated(fixture, "score.seen.change@assistant"), "1.63"); /* 3.8 - 2.17 */
    assert_string_equal(evaluated(fixture, "score.seen.value@assistant@previous"), "2.17");
    assert_string_equal(evaluated(fixture, "score.seen.change@executive"), "missing");
    /* a latest sitting with too few answers is still the latest: it has no value, and no change */
    views->answered = 0.9;
    settle(fixture);
    assert_string_equal(evaluated(fixture, "score.seen.value@assistant"), "missing");
    assert_string_equal(evaluated(fixture, "score.seen.answered@assistant"), "4");
    assert_string_equal(evaluated(fixture, "score.seen.change@assistant"), "missing");
    assert_string_equal(evaluated(fixture, "score.seen.value@assistant@first"), "2.17");
    assert_string_equal(evaluated(fixture, "score.seen.value@assistant@previous"), "2.17");
    fixture_free(fixture);
}

/* --- scope_answer --- */

static const char *seen(struct fixture *fixture, const char *name, int32_t respondent,
                        int32_t sitting, int32_t row) {
    return value_text_of(fixture,
                         scope_answer(&fixture->scope, course_find_slot(&fixture->course, name),
                                      respondent, sitting, row));
}

static void own_answers(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_string_equal(seen(fixture, "relationship.reasoning", ASSISTANT, 0, 0), "2");
    assert_string_equal(seen(fixture, "relationship.reasoning", ASSISTANT, 1, -1), "4");
    assert_string_equal(seen(fixture, "relationship.reasoning", EXECUTIVE, 0, 0), "4");
    assert_string_equal(seen(fixture, "relationship.reasoning", EXECUTIVE, 1, 0), "missing");
    assert_string_equal(seen(fixture, "relationship.run", EXECUTIVE, -1, 0), "5");
    /* whoever answered last is the assistant, who left out `asked`: not filled up from before */
    assert_string_equal(seen(fixture, "relationship.run", RESPONDENT_NONE, -1, 0), "4");
    assert_string_equal(seen(fixture, "relationship.asked", RESPONDENT_NONE, -1, 0), "missing");
    assert_string_equal(seen(fixture, "relationship.asked", ASSISTANT, -1, 0), "missing");
    /* in the first sitting the executive's file is two days later */
    assert_string_equal(seen(fixture, "relationship.run", RESPONDENT_NONE, 0, 0), "5");
    fixture_free(fixture);
}

static void shared_and_private_answers(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_string_equal(seen(fixture, "exec-hours", ASSISTANT, -1, 0), "50");
    assert_string_equal(seen(fixture, "exec-hours", EXECUTIVE, -1, 0), "55");
    assert_string_equal(seen(fixture, "exec-hours", RESPONDENT_NONE, -1, 0), "55");
    assert_string_equal(seen(fixture, "note", ASSISTANT, -1, 0), "'=1+1'");
    assert_string_equal(seen(fixture, "exec-pay", EXECUTIVE, -1, 0), "240000 money");
    assert_string_equal(seen(fixture, "weeks-worked", ASSISTANT, 0, 0), "46");
    assert_string_equal(seen(fixture, "weeks-worked", ASSISTANT, 1, 0), "48");
    assert_string_equal(seen(fixture, "exec-pay", ASSISTANT, 1, 0), "240000 money");
    assert_string_equal(seen(fixture, "secret", EXECUTIVE, -1, 0), "missing");
    assert_string_equal(seen(fixture, "secret", RESPONDENT_NONE, -1, 0), "missing");
    fixture->scope.respondent = EXECUTIVE;
    assert_string_equal(seen(fixture, "secret", EXECUTIVE, -1, 0), "'mine'");
    assert_string_equal(seen(fixture, "secret", RESPONDENT_NONE, -1, 0), "'mine'");
    assert_string_equal(seen(fixture, "secret", ASSISTANT, -1, 0), "missing");
    fixture->scope.respondent = RESPONDENT_NONE;
    assert_string_equal(seen(fixture, "secret", EXECUTIVE, -1, 0), "missing");
    assert_string_equal(seen(fixture, "exec-hours", RESPONDENT_NONE, -1, 0), "55");
    fixture_free(fixture);
}

static void log_rows(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    assert_string_equal(seen(fixture, "wins.win", RESPONDENT_NONE, -1, 0), "'Board pack'");
    assert_string_equal(seen(fixture, "wins.win", RESPONDENT_NONE, -1, 1), "missing");
    assert_string_equal(seen(fixture, "wins.win", EXECUTIVE, -1, 3), "'Tender'");
    assert_string_equal(seen(fixture, "wins.rate", EXECUTIVE, -1, 3), "40 money");
    assert_string_equal(seen(fixture, "wins.win", EXECUTIVE, -1, 99), "missing");
    assert_string_equal(seen(fixture, "wins.win", EXECUTIVE, -1, -1), "missing");
    assert_int_equal(scope_log_rows(&fixture->scope, course_find_block(&fixture->course, "wins")),
                     5);
    assert_int_equal(scope_log_rows(&fixture->scope, course_find_block(&fixture->course, "moves")),
                     0);
    struct expr *cost =
        (struct expr *)(uintptr_t)course_find_block(&fixture->course, "wins")->columns[5].calc;
    static const char *const costs[] = {"60 money", "105 money", "missing", "160 money", "missing"};
    for (int32_t row = 0; row < 5; row++) {
        fixture->scope.row = row;
        assert_string_equal(value_text_of(fixture, expr_eval(cost, &fixture->scope)), costs[row]);
    }
    fixture->scope.row = -1;
    assert_string_equal(value_text_of(fixture, expr_eval(cost, &fixture->scope)), "missing");
    fixture->scope.participant = NULL;
    assert_int_equal(scope_log_rows(&fixture->scope, course_find_block(&fixture->course, "wins")),
                     0);
    assert_string_equal(seen(fixture, "wins.win", RESPONDENT_NONE, -1, 0), "missing");
    fixture_free(fixture);
}

/* What pools a private rating is seen by whoever answered it, and in no copy for several. */
static void private_ratings_score_for_their_own(void **state) {
    (void)state;
    struct fixture *fixture = fixture_new();
    const struct score *overall = course_find_score(&fixture->course, "overall");
    struct block *rating = (struct block *)(uintptr_t)overall->parts[0].rating;
    assert_true(overall->part_count > 1);
    rating->is_private = true;
    const int32_t readers[] = {ASSISTANT, EXECUTIVE, RESPONDENT_NONE};
    for (size_t r = 0; r < 3; r++) {
        struct results seen = score_results_for(&fixture->arena, &fixture->results, readers[r]);
        size_t wanted = 0, at = 0;
        for (size_t i = 0; i < fixture->results.count; i++) {
            const struct result *result = &fixture->results.at[i];
            bool closed = false;
            for (size_t p = 0; p < result->score->part_count; p++)
                closed = closed || result->score->parts[p].rating == rating;
            if (closed && result->respondent != readers[r])
                continue;
            wanted++;
            assert_true(at < seen.count && seen.at[at].score == result->score &&
                        seen.at[at].respondent == result->respondent &&
                        seen.at[at].sitting == result->sitting);
            at++;
        }
        assert_int_equal(seen.count, wanted);
        assert_true(wanted < fixture->results.count && wanted > 0);
    }
    rating->is_private = false;
    fixture_free(fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_with_weights_and_reverse),
        cmocka_unit_test(by_dimension),
        cmocka_unit_test(sums_and_percents),
        cmocka_unit_test(percent_of_what_was_answered),
        cmocka_unit_test(pooled_ratings_and_asks),
        cmocka_unit_test(answered_share_edges),
        cmocka_unit_test(bands_begin_after_rounding),
        cmocka_unit_test(shared_ratings_count_for_both),
        cmocka_unit_test(only_where_there_is_a_file),
        cmocka_unit_test(results_are_in_order),
        cmocka_unit_test(weightless_items_give_nothing),
        cmocka_unit_test(items_are_reversed_within_their_scale),
        cmocka_unit_test(edges_of_bands),
        cmocka_unit_test(differences_and_changes),
        cmocka_unit_test(own_answers),
        cmocka_unit_test(shared_and_private_answers),
        cmocka_unit_test(private_ratings_score_for_their_own),
        cmocka_unit_test(log_rows),
    };
    return cmocka_run_group_tests_name("calc/score", tests, NULL, NULL);
}
