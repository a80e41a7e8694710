/* A course and a participant by hand, for the tests of calc/. */
#ifndef TANDEM_TESTS_CALC_FIXTURE_H
#define TANDEM_TESTS_CALC_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "calc/expr.h"
#include "calc/format.h"
#include "calc/score.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ASSISTANT, EXECUTIVE };

struct fixture {
    struct arena arena, diag_arena;
    struct diag *diag;
    struct course course;
    struct participant participant;
    VEC(struct answer) answers;
    struct results results;
    struct scope scope;
};

static inline struct value money(double number) {
    return (struct value){.kind = VALUE_NUMBER, .unit = UNIT_MONEY, .number = number};
}

static inline struct value percent(double number) {
    return (struct value){.kind = VALUE_NUMBER, .unit = UNIT_PERCENT, .number = number};
}

static inline date_t day(const char *text) {
    date_t date = date_parse_iso(text, strlen(text));
    assert_true(date != DATE_NONE);
    return date;
}

/* --- building a course --- */

static inline struct block *add_block(struct fixture *fixture, const char *id) {
    struct block *block = ARENA_NEW(&fixture->arena, struct block);
    block->id = id;
    block->label = id;
    block->index = fixture->course.blocks.count;
    block->decimals = -1;
    block->at = (struct span){.line = (int32_t)block->index + 1, .col = 1, .length = 1};
    VEC_PUSH(&fixture->arena, &fixture->course.blocks, block);
    map_set(&fixture->course.block_by_id, id, block);
    return block;
}

static inline struct slot *add_slot(struct fixture *fixture, struct block *block, const char *name,
                                    enum slot_type type) {
    struct slot *slot = ARENA_NEW(&fixture->arena, struct slot);
    *slot = (struct slot){.index = (uint32_t)fixture->course.slots.count,
                          .name = name,
                          .label = name,
                          .type = type,
                          .block = block,
                          .respondents = 3};
    VEC_PUSH(&fixture->arena, &fixture->course.slots, slot);
    map_set(&fixture->course.slot_by_name, name, slot);
    struct slot **slots = ARENA_ARRAY(&fixture->arena, struct slot *, block->slot_count + 1);
    for (size_t i = 0; i < block->slot_count; i++)
        slots[i] = block->slots[i];
    slots[block->slot_count++] = slot;
    block->slots = slots;
    return slot;
}

static inline struct slot *add_field(struct fixture *fixture, const char *id, enum slot_type type) {
    return add_slot(fixture, add_block(fixture, id), id, type);
}

struct item_row {
    const char *id, *dimension;
    bool reverse;
    double weight;
};

static inline struct block *add_rating(struct fixture *fixture, const char *id, const char *scale,
                                       bool own, uint32_t by, const struct item_row *rows,
                                       size_t count, const char *const *asks) {
    struct arena *arena = &fixture->arena;
    struct block *block = add_block(fixture, id);
    block->scale = course_find_scale(&fixture->course, scale);
    block->own = own;
    block->by = by;
    block->items = ARENA_ARRAY(arena, struct item, count);
    block->item_count = count;
    while (asks && asks[block->ask_count])
        block->ask_count++;
    block->asks = ARENA_ARRAY(arena, struct ask, block->ask_count + 1);
    for (size_t a = 0; a < block->ask_count; a++)
        block->asks[a] = (struct ask){.id = asks[a], .label = asks[a]};
    for (size_t i = 0; i < count; i++) {
        struct item *item = &block->items[i];
        *item = (struct item){.id = rows[i].id,
                              .name = arena_printf(arena, "%s.%s", id, rows[i].id),
                              .label = rows[i].id,
                              .dimension = rows[i].dimension,
                              .reverse = rows[i].reverse,
                              .weight = rows[i].weight};
        for (size_t a = 0; a < (block->ask_count ? block->ask_count : 1); a++) {
            const char *name = block->ask_count
                                   ? arena_printf(arena, "%s.%s", item->name, block->asks[a].id)
                                   : item->name;
            struct slot *slot = add_slot(fixture, block, name, SLOT_POINT);
            slot->item = item;
            slot->scale = block->scale;
            slot->own = own;
            slot->respondents = by;
            slot->by_sitting = true;
            slot->ask = block->ask_count ? block->asks[a].id : NULL;
        }
    }
    return block;
}

static inline struct expr *parse(struct fixture *fixture, const char *text) {
    struct source *source = source_new(&fixture->arena, "test.md", text, strlen(text));
    return expr_parse(&fixture->arena, fixture->diag, text,
                      (struct span){source, 1, 1, (int32_t)strlen(text)});
}

static inline struct block *add_calc(struct fixture *fixture, const char *id, const char *text) {
    struct block *block = add_block(fixture, id);
    block->expr = parse(fixture, text);
    return block;
}

static inline struct column *add_column(struct fixture *fixture, struct block *log, const char *id,
                                        enum slot_type type, const char *calc) {
    struct column *column = &log->columns[log->column_count++];
    column->id = id;
    column->name = arena_printf(&fixture->arena, "%s.%s", log->id, id);
    column->label = id;
    column->type = type;
    column->calc = calc ? parse(fixture, calc) : NULL;
    struct slot *slot = add_slot(fixture, log, column->name, type);
    slot->column = column;
    slot->rows = true;
    slot->computed = calc != NULL;
    column->slot = slot;
    return column;
}

static inline struct score *add_score(struct fixture *fixture, const char *id,
                                      enum score_method method, const char *rating,
                                      const char *ask) {
    struct score *score = VEC_ADD(&fixture->arena, &fixture->course.scores);
    score->index = fixture->course.scores.count - 1;
    score->id = score->title = id;
    score->method = method;
    score->respondent = RESPONDENT_NONE;
    score->answered = 0.8;
    score->decimals = 1;
    score->parts = ARENA_ARRAY(&fixture->arena, struct score_part, 4);
    score->parts[score->part_count++] =
        (struct score_part){course_find_block(&fixture->course, rating), ask};
    return score;
}

static inline void add_profile(struct fixture *fixture, const char *name, enum slot_type type,
                               bool required) {
    *VEC_ADD(&fixture->arena, &fixture->course.profile) =
        (struct profile_field){.name = name, .type = type, .required = required};
}

static inline void add_scale(struct fixture *fixture, const char *id, int32_t from,
                             const char *const *points, size_t count) {
    *VEC_ADD(&fixture->arena, &fixture->course.scales) =
        (struct scale){.id = id, .from = from, .points = points, .count = count};
}

static inline void add_frame(struct fixture *fixture) {
    static const char *const frequency[] = {"Never", "Rarely", "Sometimes", "Often", "Always"};
    static const char *const readiness[] = {"Not yet", "Partly", "Yes"};
    struct course *course = &fixture->course;
    course->arena = &fixture->arena;
    course->title = "The Course";
    course->version = "1.0";
    course->language = "en-GB";
    course->currency = "GBP";
    course->start = day("2026-09-01");
    course->as_of = day("2026-12-15");
    map_init(&course->block_by_id, &fixture->arena);
    map_init(&course->slot_by_name, &fixture->arena);
    *VEC_ADD(&fixture->arena, &course->values) =
        (struct named_value){.name = "weeks", .value = value_number(46)};
    *VEC_ADD(&fixture->arena, &course->respondents) = (struct respondent){.id = "assistant"};
    *VEC_ADD(&fixture->arena, &course->respondents) = (struct respondent){.id = "executive"};
    static const char *const sittings[][3] = {{"start", "2026-09-01", "2026-09-30"},
                                              {"middle", "2026-10-01", "2026-11-15"},
                                              {"end", "2026-11-16", "2026-12-31"}};
    for (size_t i = 0; i < 3; i++)
        *VEC_ADD(&fixture->arena, &course->sittings) =
            (struct sitting_rule){.id = sittings[i][0],
                                  .title = sittings[i][0],
                                  .from = day(sittings[i][1]),
                                  .to = day(sittings[i][2])};
    add_scale(fixture, "frequency", 1, frequency, 5);
    add_scale(fixture, "readiness", 0, readiness, 3);
    add_profile(fixture, "assistant.name", SLOT_TEXT, true);
    add_profile(fixture, "company", SLOT_TEXT, false);
    add_profile(fixture, "joined", SLOT_DATE, false);
}

static inline void add_ratings(struct fixture *fixture) {
    static const struct item_row relationship[] = {{"reasoning", "trust", false, 1},
                                                   {"waiting", "trust", true, 2},
                                                   {"run", "craft", false, 1},
                                                   {"credit", "craft", false, 1},
                                                   {"asked", "craft", false, 1}};
    static const struct item_row expectations[] = {{"honesty", NULL, false, 1},
                                                   {"growth", NULL, false, 1}};
    static const struct item_row readiness[] = {{"a", NULL, false, 1}, {"b", NULL, false, 1}};
    static const struct item_row mood[] = {{"week", NULL, false, 1}};
    static const char *const asks[] = {"importance", "now", NULL};
    add_rating(fixture, "relationship", "frequency", true, 3, relationship, 5, NULL);
    add_rating(fixture, "expectations", "frequency", true, 3, expectations, 2, asks);
    add_rating(fixture, "readiness", "readiness", true, 1, readiness, 2, NULL);
    add_rating(fixture, "mood", "frequency", false, 3, mood, 1, NULL);
}

static inline void add_fields(struct fixture *fixture) {
    static const struct option outcomes[] = {{.id = "taken-up", .label = "Taken up"},
                                             {.id = "put-off", .label = "Put \"off\""}};
    add_field(fixture, "exec-pay", SLOT_MONEY);
    add_field(fixture, "assistant-pay", SLOT_MONEY);
    add_field(fixture, "exec-hours", SLOT_NUMBER);
    add_field(fixture, "weeks-worked", SLOT_NUMBER);
    add_field(fixture, "share-used", SLOT_PERCENT);
    add_field(fixture, "review-on", SLOT_DATE);
    add_field(fixture, "note", SLOT_TEXT);
    add_field(fixture, "nought", SLOT_NUMBER);
    add_field(fixture, "never", SLOT_NUMBER);
    add_field(fixture, "secret", SLOT_TEXT)->is_private = true;
    struct slot *outcome = add_field(fixture, "outcome", SLOT_CHOICE);
    struct slot *strengths = add_field(fixture, "strengths", SLOT_CHOICES);
    outcome->options = strengths->options = outcomes;
    outcome->option_count = strengths->option_count = 2;
    outcome->by_sitting = strengths->by_sitting = true;
    struct block *moves = add_block(fixture, "moves");
    static struct item items[] = {{.id = "one", .weight = 1}, {.id = "two", .weight = 1}};
    moves->items = items;
    moves->item_count = 2;
    add_slot(fixture, moves, "moves.one", SLOT_CHECK)->item = &items[0];
    add_slot(fixture, moves, "moves.two", SLOT_CHECK)->item = &items[1];
    add_block(fixture, "panel");
}

static inline void add_logs(struct fixture *fixture) {
    struct block *wins = add_block(fixture, "wins");
    wins->columns = ARENA_ARRAY(&fixture->arena, struct column, 8);
    add_column(fixture, wins, "date", SLOT_DATE, NULL);
    add_column(fixture, wins, "win", SLOT_TEXT, NULL);
    add_column(fixture, wins, "hours", SLOT_NUMBER, NULL);
    add_column(fixture, wins, "rate", SLOT_MONEY, NULL);
    add_column(fixture, wins, "done", SLOT_CHECK, NULL);
    add_column(fixture, wins, "cost", SLOT_MONEY, "hours * rate");
    add_column(fixture, wins, "share", SLOT_PERCENT, "cost / sum(wins.cost)");
}

static inline void add_scores(struct fixture *fixture) {
    static const struct band bands[] = {{.to = 2, .name = "Tell"},
                                        {.to = 3, .name = "Explain"},
                                        {.to = DBL_MAX, .name = "Empower"}};
    static const char *const dimensions[] = {"trust", "craft"};
    struct score *stage = add_score(fixture, "stage", SCORE_MEAN, "relationship", NULL);
    stage->respondent = ASSISTANT;
    stage->bands = bands;
    stage->band_count = 3;
    add_score(fixture, "views", SCORE_MEAN, "relationship", NULL);
    struct score *anatomy = add_score(fixture, "anatomy", SCORE_MEAN, "relationship", NULL);
    anatomy->by_dimension = true;
    anatomy->dimensions = dimensions;
    anatomy->dimension_count = 2;
    struct score *ready = add_score(fixture, "ready", SCORE_SUM, "readiness", NULL);
    ready->answered = 1;
    ready->decimals = 0;
    add_score(fixture, "importance", SCORE_PERCENT, "expectations", "importance")->decimals = 0;
    struct score *overall = add_score(fixture, "overall", SCORE_MEAN, "relationship", NULL);
    overall->parts[overall->part_count++] =
        (struct score_part){course_find_block(&fixture->course, "expectations"), "now"};
    add_score(fixture, "mood", SCORE_MEAN, "mood", NULL);
}

static inline void add_calcs(struct fixture *fixture) {
    add_calc(fixture, "hour-cost", "exec-pay / (weeks-worked * exec-hours)");
    add_calc(fixture, "break-even", "assistant-pay / exec-pay")->format = UNIT_PERCENT;
    fixture->course.blocks.at[fixture->course.blocks.count - 1]->format_given = true;
    add_calc(fixture, "fixed", "3 * 4");
    add_calc(fixture, "mood-word", "if(exec-hours > 40, 'long', 'short')");
}

/* Resolves all calcs, as check does. */
static inline void resolve_calcs(struct fixture *fixture) {
    struct course *course = &fixture->course;
    for (size_t i = 0; i < course->blocks.count; i++) {
        struct block *block = course->blocks.at[i];
        if (block->expr)
            expr_resolve((struct expr *)(uintptr_t)block->expr, &fixture->arena, fixture->diag,
                         course, NULL);
        for (size_t k = 0; k < block->column_count; k++)
            if (block->columns[k].calc)
                expr_resolve((struct expr *)(uintptr_t)block->columns[k].calc, &fixture->arena,
                             fixture->diag, course, block);
    }
}

/* --- answers --- */

static inline void answer(struct fixture *fixture, const char *name, int32_t respondent,
                          int32_t sitting, int32_t row, struct value value) {
    static const char *const dates[] = {"2026-09-07", "2026-10-19", "2026-11-30"};
    const struct slot *slot = course_find_slot(&fixture->course, name);
    assert_non_null(slot);
    *VEC_ADD(&fixture->arena, &fixture->answers) =
        (struct answer){.slot = slot,
                        .respondent = respondent,
                        .sitting = sitting,
                        .row = row,
                        .date = day(dates[sitting]) + (respondent == EXECUTIVE ? 2 : 0),
                        .value = value};
}

static inline void rate(struct fixture *fixture, const char *rating, int32_t respondent,
                        int32_t sitting, const int *points) {
    const struct block *block = course_find_block(&fixture->course, rating);
    for (size_t i = 0; i < block->slot_count; i++)
        if (points[i] >= 0)
            answer(fixture, block->slots[i]->name, respondent, sitting, 0, value_number(points[i]));
}

static inline void settle(struct fixture *fixture) {
    fixture->participant.answers = fixture->answers.at;
    fixture->participant.answer_count = fixture->answers.count;
    if (fixture->answers.count)
        qsort(fixture->answers.at, fixture->answers.count, sizeof *fixture->answers.at,
              answer_compare);
    memset(&fixture->results, 0, sizeof fixture->results);
    score_participant(&fixture->arena, &fixture->course, &fixture->participant, &fixture->results);
}

/* The assistant in two sittings, the executive in the first. */
static inline void add_participant(struct fixture *fixture) {
    static struct sitting sittings[2];
    static struct value profile[3];
    static struct log_size logs[1];
    sittings[0] = (struct sitting){"start", "start", day("2026-09-09"), 3};
    sittings[1] = (struct sitting){"middle", "middle", day("2026-10-19"), 1};
    profile[0] = value_text("Amara Okafor");
    profile[1] = VALUE_NONE;
    profile[2] = value_date(day("2024-03-01"));
    logs[0] = (struct log_size){course_find_block(&fixture->course, "wins"), 5};
    fixture->participant = (struct participant){.id = "okafor-lind",
                                                .profile = profile,
                                                .sittings = sittings,
                                                .sitting_count = 2,
                                                .logs = logs,
                                                .log_count = 1};
    rate(fixture, "relationship", ASSISTANT, 0, (const int[]){2, 4, 3, 3, 1});
    rate(fixture, "relationship", ASSISTANT, 1, (const int[]){4, 2, 4, 3, -1});
    rate(fixture, "relationship", EXECUTIVE, 0, (const int[]){4, 2, 5, -1, -1});
    rate(fixture, "expectations", ASSISTANT, 0, (const int[]){5, 3, 4, 2});
    rate(fixture, "readiness", ASSISTANT, 0, (const int[]){2, 1});
    rate(fixture, "mood", EXECUTIVE, 0, (const int[]){4});
    answer(fixture, "exec-pay", ASSISTANT, 0, 0, value_number(240000));
    answer(fixture, "assistant-pay", ASSISTANT, 0, 0, value_number(46000));
    answer(fixture, "exec-hours", ASSISTANT, 0, 0, value_number(50));
    answer(fixture, "exec-hours", EXECUTIVE, 0, 0, value_number(55));
    answer(fixture, "weeks-worked", ASSISTANT, 0, 0, value_number(46));
    answer(fixture, "weeks-worked", ASSISTANT, 1, 0, value_number(48));
    answer(fixture, "share-used", ASSISTANT, 0, 0, value_number(0.75));
    answer(fixture, "review-on", ASSISTANT, 0, 0, value_date(day("2026-10-19")));
    answer(fixture, "note", EXECUTIVE, 0, 0, value_text("=1+1"));
    answer(fixture, "nought", ASSISTANT, 0, 0, value_number(0));
    answer(fixture, "secret", EXECUTIVE, 0, 0, value_text("mine"));
    answer(fixture, "outcome", ASSISTANT, 0, 0,
           (struct value){.kind = VALUE_TEXT, .text = "taken-up", .number = 1});
    static struct value chosen[1];
    chosen[0] = value_text("put-off");
    answer(fixture, "strengths", ASSISTANT, 0, 0,
           (struct value){.kind = VALUE_LIST, .items = chosen, .count = 1});
    answer(fixture, "moves.one", ASSISTANT, 0, 0, value_date(day("2026-09-20")));
    static const struct {
        const char *date, *win;
        double hours, rate;
        int done;
    } wins[] = {{"2026-09-07", "Board pack", 2, 30, 1},
                {"2026-09-14", NULL, 3.5, 30, 0},
                {"2026-09-21", "Travel", -1, 25, 1},
                {"2026-09-28", "Tender", 4, 40, 1},
                {"2026-10-05", "Supplier", 1, -1, 1}};
    for (int32_t row = 0; row < 5; row++) {
        answer(fixture, "wins.date", ASSISTANT, 0, row, value_date(day(wins[row].date)));
        if (wins[row].win)
            answer(fixture, "wins.win", ASSISTANT, 0, row, value_text(wins[row].win));
        if (wins[row].hours >= 0)
            answer(fixture, "wins.hours", ASSISTANT, 0, row, value_number(wins[row].hours));
        if (wins[row].rate >= 0)
            answer(fixture, "wins.rate", ASSISTANT, 0, row, value_number(wins[row].rate));
        answer(fixture, "wins.done", ASSISTANT, 0, row, value_bool(wins[row].done));
    }
    settle(fixture);
}

static inline struct fixture *fixture_new(void) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    arena_init(&fixture->arena);
    arena_init(&fixture->diag_arena);
    fixture->diag = diag_new(&fixture->diag_arena);
    add_frame(fixture);
    add_ratings(fixture);
    add_fields(fixture);
    add_logs(fixture);
    add_scores(fixture);
    add_calcs(fixture);
    resolve_calcs(fixture);
    assert_int_equal(diag_errors(fixture->diag), 0);
    add_participant(fixture);
    fixture->scope = (struct scope){.arena = &fixture->arena,
                                    .course = &fixture->course,
                                    .participant = &fixture->participant,
                                    .results = &fixture->results,
                                    .respondent = ASSISTANT,
                                    .row = -1};
    return fixture;
}

static inline void fixture_free(struct fixture *fixture) {
    arena_release(&fixture->arena);
    arena_release(&fixture->diag_arena);
    free(fixture);
}

/* --- what came out, as text --- */

static inline const char *value_text_of(struct fixture *fixture, struct value value) {
    static const char *const units[] = {"", " money", " percent", " days"};
    switch (value.kind) {
    case VALUE_MISSING:
        return "missing";
    case VALUE_NUMBER:
        return arena_printf(&fixture->arena, "%.12g%s", value.number, units[value.unit]);
    case VALUE_BOOL:
        return value.number != 0 ? "yes" : "no";
    case VALUE_TEXT:
        return arena_printf(&fixture->arena, "'%s'", value.text);
    case VALUE_DATE: {
        char iso[16];
        date_format_iso((date_t)value.number, iso);
        return arena_strdup(&fixture->arena, iso);
    }
    default: {
        const char *list = "";
        for (size_t i = 0; i < value.count; i++)
            list = arena_printf(&fixture->arena, "%s%s%s", list, i ? " " : "",
                                value_text_of(fixture, value.items[i]));
        return arena_printf(&fixture->arena, "[%s]", list);
    }
    }
}

static inline struct expr *resolved(struct fixture *fixture, const char *text) {
    struct expr *expr = parse(fixture, text);
    if (expr && !expr_resolve(expr, &fixture->arena, fixture->diag, &fixture->course, NULL))
        return NULL;
    return expr;
}

/* All messages so far, as they are shown. */
static inline const char *messages(struct fixture *fixture) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    diag_print(fixture->diag, out, false);
    fclose(out);
    const char *kept = arena_strdup(&fixture->arena, text);
    free(text);
    return kept;
}

static inline const char *evaluated(struct fixture *fixture, const char *text) {
    struct expr *expr = resolved(fixture, text);
    if (!expr)
        return messages(fixture);
    return value_text_of(fixture, expr_eval(expr, &fixture->scope));
}

#endif
