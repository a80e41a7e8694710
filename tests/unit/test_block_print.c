/* Printing: small trees and blocks made by hand, their flow read as its dump. */
#include "block/print_parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct course course;
    struct material material;
    struct theme theme;
    struct edition edition;
    struct participant participant;
    struct print print;
    struct module module;
};

static const struct block_type rating_type = {.name = "rating", .print = print_rating};
static const char *const points[] = {"Never", "Sometimes", "Always"};
static const struct scale scale = {.id = "often", .from = 1, .points = points, .count = 3};

static int set_up(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    arena_init(&f->arena);
    f->course.words[WORD_HAND_REVERSE] = "Turn round {0}: {1} less the answer.";
    f->course.words[WORD_MISSING] = "\u2014";
    f->course.language = "en-GB";
    f->course.currency = "GBP";
    VEC_PUSH(&f->arena, &f->course.respondents,
             ((struct respondent){"assistant", "Assistant", {0}}));
    VEC_PUSH(&f->arena, &f->course.respondents,
             ((struct respondent){"executive", "Executive", {0}}));
    f->material = (struct material){
        .title = "Workbook", .each = EACH_PARTICIPANT, .respondent = RESPONDENT_NONE};
    f->theme.write_line_um = 8000;
    for (size_t i = 0; i < STYLE_COUNT; i++)
        f->theme.styles[i].text.size_cpt = 1000;
    f->module = (struct module){.id = "first", .title = "First"};
    f->edition = (struct edition){.course = &f->course,
                                  .material = &f->material,
                                  .theme = &f->theme,
                                  .respondent = RESPONDENT_NONE};
    f->print = (struct print){
        .arena = &f->arena,
        .edition = &f->edition,
        .course = &f->course,
        .theme = &f->theme,
        .module = &f->module,
        .scope = {
            .arena = &f->arena, .course = &f->course, .respondent = RESPONDENT_NONE, .row = -1}};
    map_init(&f->print.places, &f->arena);
    map_init(&f->print.explained, &f->arena);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    arena_release(&f->arena);
    free(f);
    return 0;
}

static char *dump(struct fixture *f, const struct flow *flow) {
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    flow_dump(flow, out);
    fclose(out);
    char *copy = arena_strdup(&f->arena, text);
    free(text);
    return copy;
}

static size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        count++;
    return count;
}

static void expect(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("no \"%s\" in\n%s", part, text);
}

static struct node *node(struct fixture *f, struct node *parent, enum node_kind kind,
                         const char *text) {
    struct node *made = ARENA_NEW(&f->arena, struct node);
    *made = (struct node){.kind = kind, .parent = parent, .text = text};
    if (parent) {
        made->previous = parent->last;
        if (parent->last)
            parent->last->next = made;
        else
            parent->first = made;
        parent->last = made;
    }
    return made;
}

static struct node *paragraph(struct fixture *f, struct node *parent, const char *text) {
    struct node *made = node(f, parent, NODE_PARAGRAPH, NULL);
    node(f, made, NODE_TEXT, text);
    return made;
}

/* ---- prose ---- */

static void collapses_white_space_and_merges(void **state) {
    struct fixture *f = *state;
    struct node *p = node(f, NULL, NODE_PARAGRAPH, NULL);
    node(f, p, NODE_TEXT, "  One ");
    node(f, p, NODE_TEXT, " two\t three");
    node(f, p, NODE_SOFT_BREAK, NULL);
    struct node *strong = node(f, p, NODE_STRONG, NULL);
    node(f, strong, NODE_TEXT, " four");
    node(f, p, NODE_TEXT, " ");
    struct flow *flow = paragraph_node(&f->print, ROLE_P, STYLE_BODY, p);
    assert_string_equal(dump(f, flow), "paragraph P \"One two three <Strong>four</>\"\n");
    assert_int_equal(flow->items[1].style->face, FACE_BOLD);
}

static void links_only_to_places_that_are_there(void **state) {
    struct fixture *f = *state;
    map_set(&f->print.places, "here", f);
    struct node *p = node(f, NULL, NODE_PARAGRAPH, NULL);
    static const char *const urls[] = {"#here", "#gone", "https://example.com"};
    for (size_t i = 0; i < 3; i++) {
        struct node *link = node(f, p, NODE_LINK, NULL);
        link->url = urls[i];
        node(f, link, NODE_TEXT, "go");
        node(f, p, NODE_TEXT, ", ");
    }
    assert_string_equal(
        dump(f, paragraph_node(&f->print, ROLE_P, STYLE_BODY, p)),
        "paragraph P \"<Link #here>go</>, go, <Link https://example.com>go</>,\"\n");
}

static void sets_a_footnote_once(void **state) {
    struct fixture *f = *state;
    struct node *note = node(f, NULL, NODE_FOOTNOTE, NULL);
    paragraph(f, note, "The source.");
    struct node *const notes[] = {note};
    f->module.footnotes = notes;
    f->module.footnote_count = 1;
    bool done[1] = {false};
    f->print.notes_done = done;
    struct node *p = node(f, NULL, NODE_PARAGRAPH, NULL);
    node(f, p, NODE_FOOTNOTE_REF, NULL)->number = 1;
    node(f, p, NODE_FOOTNOTE_REF, NULL)->number = 1;
    struct flow *flow = paragraph_node(&f->print, ROLE_P, STYLE_BODY, p);
    assert_int_equal(flow->item_count, 2);
    assert_int_equal(flow->items[1].number, 1);
    assert_non_null(flow->items[0].note);
    assert_null(flow->items[1].note);
}

static void numbers_lists_from_their_start(void **state) {
    struct fixture *f = *state;
    struct node *root = node(f, NULL, NODE_DOCUMENT, NULL);
    struct node *list = node(f, root, NODE_LIST, NULL);
    list->ordered = list->tight = true;
    list->start = 4;
    paragraph(f, node(f, list, NODE_ITEM, NULL), "four");
    struct node *five = node(f, list, NODE_ITEM, NULL);
    paragraph(f, five, "five");
    struct node *inner = node(f, five, NODE_LIST, NULL);
    paragraph(f, node(f, inner, NODE_ITEM, NULL), "inside");
    struct flow *into = flow_new(&f->arena, FLOW_STACK, ROLE_NONE);
    print_nodes(&f->print, into, root->first, NULL, STYLE_BODY);
    const char *text = dump(f, into);
    expect(text, "paragraph Lbl \"4.\"\n");
    expect(text, "paragraph Lbl \"5.\"\n");
    expect(text, "paragraph Lbl \"\u2013\"\n");
    assert_int_equal(count_of(text, "item LI"), 3);
    assert_int_equal(count_of(text, "stack LBody"), 3);
}

static void headings_stay_with_their_text(void **state) {
    struct fixture *f = *state;
    struct node *heading = node(f, NULL, NODE_HEADING, NULL);
    heading->level = 2;
    node(f, heading, NODE_TEXT, "Why");
    struct attributes attributes = {.id = "why"};
    heading->attributes = &attributes;
    expect(dump(f, print_heading(&f->print, heading)),
           "paragraph H2 #why outline=\"Why\" together with-next \"Why\"");
    heading->attributes = NULL;
    heading->level = 3;
    expect(dump(f, print_heading(&f->print, heading)),
           "paragraph H3 #first.2 outline=\"Why\" together with-next \"Why\"");
}

static void tables_have_a_head_and_whole_rows(void **state) {
    struct fixture *f = *state;
    struct node *table = node(f, NULL, NODE_TABLE, NULL);
    for (int r = 0; r < 2; r++) {
        struct node *row = node(f, table, NODE_ROW, NULL);
        for (int c = 0; c < 2 - r; c++) /* the second row lacks a cell */
            node(f, node(f, row, NODE_CELL, NULL), NODE_TEXT, r ? "b" : "A");
    }
    table->first->last->align = ALIGN_RIGHT;
    struct flow *flow = print_table(&f->print, table);
    const char *text = dump(f, flow);
    expect(text, "table Table ");
    assert_int_equal(flow->column_count, 2);
    assert_int_equal(flow->header_rows, 1);
    assert_int_equal(count_of(text, "cell TH"), 2);
    assert_int_equal(count_of(text, "cell TD"), 2);
    assert_int_equal(flow->columns[1].align, LINE_RIGHT);
}

/* ---- blocks ---- */

/* Two items, the second turned round and counted twice. */
static struct block *rating(struct fixture *f, size_t asks) {
    static const char *const ids[] = {"one", "two"};
    struct block *block = ARENA_NEW(&f->arena, struct block);
    *block = (struct block){.type = &rating_type,
                            .id = "week",
                            .label = "The week",
                            .by = 3,
                            .shown_to = 3,
                            .own = true,
                            .scale = &scale,
                            .item_count = 2,
                            .ask_count = asks};
    block->items = ARENA_ARRAY(&f->arena, struct item, 2);
    block->asks = ARENA_ARRAY(&f->arena, struct ask, 2);
    block->asks[0] = (struct ask){"now", "Now", {0}};
    block->asks[1] = (struct ask){"wish", "Wished for", {0}};
    size_t per = asks ? asks : 1;
    struct slot **slots = ARENA_ARRAY(&f->arena, struct slot *, 2 * per);
    for (size_t i = 0; i < 2; i++) {
        struct node *item = node(f, NULL, NODE_ITEM, NULL);
        paragraph(f, item, ids[i]);
        block->items[i] = (struct item){.id = ids[i],
                                        .label = ids[i],
                                        .node = item,
                                        .weight = 1 + (double)i,
                                        .reverse = i == 1};
        for (size_t a = 0; a < per; a++) {
            struct slot *slot = ARENA_NEW(&f->arena, struct slot);
            *slot = (struct slot){.index = (uint32_t)(i * per + a),
                                  .type = SLOT_POINT,
                                  .block = block,
                                  .scale = &scale,
                                  .own = true,
                                  .label = ids[i],
                                  .by_sitting = true,
                                  .respondents = 3};
            slot->name = asks ? arena_printf(&f->arena, "week.%s.%s", ids[i], block->asks[a].id)
                              : arena_printf(&f->arena, "week.%s", ids[i]);
            slots[i * per + a] = slot;
        }
    }
    block->slots = slots;
    block->slot_count = 2 * per;
    return block;
}

static void rating_for_both_names_the_respondent(void **state) {
    struct fixture *f = *state;
    const char *text = dump(f, print_rating(&f->print, rating(f, 0)));
    assert_int_equal(count_of(text, " column="), 7);
    expect(text, "radio:week.one.assistant=1>");
    expect(text, "radio:week.two.executive=3>");
    assert_int_equal(count_of(text, "=radio:"), 12);
    assert_int_equal(count_of(text, " span=3 "), 2);
}

static void rating_of_one_copy_does_not(void **state) {
    struct fixture *f = *state;
    f->material.each = EACH_RESPONDENT;
    const char *text = dump(f, print_rating(&f->print, rating(f, 0)));
    assert_int_equal(count_of(text, " column="), 4);
    expect(text, "radio:week.one=1>");
    expect(text, "paragraph P \"Never<break>1\"");
    assert_int_equal(count_of(text, "=radio:"), 6);
}

static void rating_of_asks_has_a_group_each(void **state) {
    struct fixture *f = *state;
    f->material.each = EACH_RESPONDENT;
    const char *text = dump(f, print_rating(&f->print, rating(f, 2)));
    assert_int_equal(count_of(text, " column="), 7);
    expect(text, "radio:week.two.wish=3>");
    expect(text, "paragraph P \"Wished for\"");
}

static void answer_one(struct fixture *f, const struct slot *slot, int32_t respondent,
                       double number) {
    static struct sitting sitting = {.id = "1", .title = "1"};
    f->participant.sittings = &sitting;
    f->participant.sitting_count = 1;
    struct answer *answers = ARENA_ARRAY(&f->arena, struct answer, f->participant.answer_count + 1);
    for (size_t i = 0; i < f->participant.answer_count; i++)
        answers[i] = f->participant.answers[i];
    answers[f->participant.answer_count++] =
        (struct answer){.slot = slot, .respondent = respondent, .value = value_number(number)};
    qsort(answers, f->participant.answer_count, sizeof *answers, answer_compare);
    f->participant.answers = answers;
    f->edition.participant = &f->participant;
    f->print.scope.participant = &f->participant;
}

static void rating_shows_the_readers_own_answer_only(void **state) {
    struct fixture *f = *state;
    struct block *block = rating(f, 0);
    answer_one(f, block->slots[0], 0, 2);
    answer_one(f, block->slots[0], 1, 3);
    f->material.each = EACH_RESPONDENT;
    f->edition.respondent = f->print.scope.respondent = 0;
    const char *text = dump(f, print_rating(&f->print, block));
    expect(text, "radio:week.one=2 on>");
    assert_int_equal(count_of(text, " on>"), 1);
}

static void gap_puts_the_widest_first(void **state) {
    struct fixture *f = *state;
    struct block *block = rating(f, 0);
    struct block gap = {.rating = block, .shown_to = 3, .id = "gap", .index = 1};
    struct node *div = node(f, NULL, NODE_DIV, NULL);
    gap.node = div;
    answer_one(f, block->slots[0], 0, 2);
    answer_one(f, block->slots[0], 1, 3);
    answer_one(f, block->slots[1], 0, 1);
    answer_one(f, block->slots[1], 1, 3);
    const char *text = dump(f, print_gap(&f->print, &gap));
    const char *one = strstr(text, ">one\""), *two = strstr(text, ">two\"");
    assert_non_null(one);
    assert_true(two < one);
    expect(text, "drawing artifact");
    gap.top = 1;
    assert_null(strstr(dump(f, print_gap(&f->print, &gap)), ">one\""));
}

static void gap_of_a_blank_copy_has_room_for_all(void **state) {
    struct fixture *f = *state;
    struct block gap = {.rating = rating(f, 0), .shown_to = 3, .id = "gap", .index = 1, .top = 1};
    gap.node = node(f, NULL, NODE_DIV, NULL);
    assert_int_equal(count_of(dump(f, print_gap(&f->print, &gap)), "=text:_gap1."), 6);
}

static struct score score_of(struct fixture *f, struct block *block) {
    struct score_part *part = ARENA_NEW(&f->arena, struct score_part);
    part->rating = block;
    return (struct score){.id = "stage",
                          .title = "Stage",
                          .parts = part,
                          .part_count = 1,
                          .respondent = RESPONDENT_NONE,
                          .decimals = 1,
                          .low = 1,
                          .high = 3};
}

static void blank_score_shows_the_steps_once(void **state) {
    struct fixture *f = *state;
    f->material.each = EACH_RESPONDENT;
    struct score score = score_of(f, rating(f, 0));
    struct block block = {.id = "result", .score = &score, .chart = CHART_GAUGE, .shown_to = 3};
    block.node = node(f, NULL, NODE_DIV, NULL);
    const char *text = dump(f, print_score(&f->print, &block));
    expect(text, "Turn round 2: 4 less the answer.");
    expect(text, "=text:_score.stage");
    expect(text, "drawing Figure alt=\"Stage\"");
    assert_null(strstr(dump(f, print_score(&f->print, &block)), "Turn round"));
}

static void charts_say_their_figures(void **state) {
    struct fixture *f = *state;
    struct score score = score_of(f, rating(f, 0));
    static const struct band bands[] = {{2, "Low", {0}}, {3, "High", {0}}};
    score.bands = bands;
    score.band_count = 2;
    struct result at[] = {{&score, -1, 0, 0, value_number(1.5), 0, 2, 2},
                          {&score, -1, 1, 0, value_number(2.5), 1, 2, 2}};
    struct results results = {at, 2, 2};
    f->edition.participant = f->print.scope.participant = &f->participant;
    f->edition.results = f->print.scope.results = &results;
    struct voices voices = {.at = {0, 1}, .count = 2, .named = true};
    struct flow *gauge = print_chart(&f->print, &score, CHART_GAUGE, &voices);
    assert_string_equal(gauge->alt, "Stage; Assistant 1.5, Low; Executive 2.5, High");
    struct flow *bars = print_chart(&f->print, &score, CHART_BARS, &voices);
    assert_string_equal(bars->alt, "Stage: Assistant 1.5 Executive 2.5");
    assert_null(print_chart(&f->print, &score, CHART_NONE, &voices));
}

static void when_is_both_in_blank_and_one_in_filled(void **state) {
    struct fixture *f = *state;
    struct score score = score_of(f, rating(f, 0));
    static const struct band bands[] = {{2, "Low", {0}}, {3, "High", {0}}};
    score.bands = bands;
    score.band_count = 2;
    struct block when = {.score = &score, .band = "High", .shown_to = 3};
    struct block otherwise = {.when = &when, .shown_to = 3};
    when.node = node(f, NULL, NODE_DIV, NULL);
    otherwise.node = node(f, NULL, NODE_DIV, NULL);
    assert_true(print_shows(&f->print, &when) && print_shows(&f->print, &otherwise));
    struct result at[] = {{&score, -1, 0, 0, value_number(2.5), 1, 2, 2}};
    struct results results = {at, 1, 1};
    f->edition.participant = f->print.scope.participant = &f->participant;
    assert_false(print_shows(&f->print, &when)); /* nothing known: does not hold */
    assert_true(print_shows(&f->print, &otherwise));
    f->edition.results = f->print.scope.results = &results;
    assert_true(print_shows(&f->print, &when));
    assert_false(print_shows(&f->print, &otherwise));
}

static void facilitators_notes_only_in_their_edition(void **state) {
    struct fixture *f = *state;
    struct block block = {.facilitator = true, .shown_to = 3};
    assert_false(print_shows(&f->print, &block));
    f->material.facilitator = true;
    assert_true(print_shows(&f->print, &block));
    block.shown_to = 1;
    f->edition.respondent = 1;
    assert_false(print_shows(&f->print, &block));
}

static void log_keeps_filled_rows_and_adds_empty_ones(void **state) {
    struct fixture *f = *state;
    struct node *head = node(f, NULL, NODE_CELL, NULL);
    node(f, head, NODE_TEXT, "What");
    struct block log = {.id = "wins", .label = "Wins", .rows = 3, .shown_to = 3, .from = DATE_NONE};
    struct slot slot = {
        .name = "wins.what", .label = "What", .type = SLOT_TEXT, .block = &log, .rows = true};
    struct column column = {.id = "what",
                            .name = "wins.what",
                            .label = "What",
                            .node = head,
                            .type = SLOT_TEXT,
                            .slot = &slot,
                            .total = TOTAL_COUNT};
    log.columns = &column;
    log.column_count = 1;
    slot.column = &column;
    struct answer answer = {.slot = &slot, .row = 0, .value = value_text("**cake** {{x}}")};
    struct log_size size = {&log, 1};
    f->participant =
        (struct participant){.answers = &answer, .answer_count = 1, .logs = &size, .log_count = 1};
    f->edition.participant = f->print.scope.participant = &f->participant;
    const char *text = dump(f, print_log(&f->print, &log));
    expect(text, "paragraph P \"**cake** {{x}}\"\n"); /* as typed */
    expect(text, "=text:wins.what.r2\n");
    expect(text, "=text:wins.what.r3\n");
    assert_null(strstr(text, "wins.what.r1\n"));
    assert_int_equal(count_of(text, "row TR"), 5); /* head, three, the total */
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(collapses_white_space_and_merges),
        TEST(links_only_to_places_that_are_there),
        TEST(sets_a_footnote_once),
        TEST(numbers_lists_from_their_start),
        TEST(headings_stay_with_their_text),
        TEST(tables_have_a_head_and_whole_rows),
        TEST(rating_for_both_names_the_respondent),
        TEST(rating_of_one_copy_does_not),
        TEST(rating_of_asks_has_a_group_each),
        TEST(rating_shows_the_readers_own_answer_only),
        TEST(gap_puts_the_widest_first),
        TEST(gap_of_a_blank_copy_has_room_for_all),
        TEST(blank_score_shows_the_steps_once),
        TEST(charts_say_their_figures),
        TEST(when_is_both_in_blank_and_one_in_filled),
        TEST(facilitators_notes_only_in_their_edition),
        TEST(log_keeps_filled_rows_and_adds_empty_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
