/* Participants: profiles, answers by slot, sittings, logs, mistakes. The blocks are made by hand as
 * check makes them. */
#define _GNU_SOURCE
#include "load_fixture.h"

static const char *const points[] = {"Never", "Rarely", "Often"};
static const struct scale scale = {.id = "s", .from = 1, .points = points, .count = 3};
static const struct option options[] = {{.id = "tea", .label = "Tea, please"},
                                        {.id = "coffee", .label = "Ann’s coffee"}};
static const struct option words[] = {{.id = "focus", .label = "Focus"},
                                      {.id = "calm", .label = "Calm"}};

struct world {
    struct fixture f;
    struct course course;
};

static struct block *add_block(struct world *w, const char *id) {
    struct block *block = ARENA_NEW(&w->f.run, struct block);
    block->id = id;
    block->label = id;
    VEC_PUSH(&w->f.run, &w->course.blocks, block);
    map_set(&w->course.block_by_id, id, block);
    return block;
}

static struct slot *add_slot(struct world *w, struct block *block, const char *name,
                             enum slot_type type) {
    struct slot *slot = ARENA_NEW(&w->f.run, struct slot);
    slot->index = (uint32_t)w->course.slots.count;
    slot->name = name;
    slot->type = type;
    slot->block = block;
    slot->respondents = 3;
    slot->scale = type == SLOT_POINT ? &scale : NULL;
    VEC_PUSH(&w->f.run, &w->course.slots, slot);
    map_set(&w->course.slot_by_name, name, slot);
    struct slot **slots = ARENA_ARRAY(&w->f.run, struct slot *, block->slot_count + 1);
    for (size_t i = 0; i < block->slot_count; i++)
        slots[i] = block->slots[i];
    slots[block->slot_count++] = slot;
    block->slots = slots;
    return slot;
}

static void add_rating(struct world *w) {
    struct block *block = add_block(w, "rel");
    block->items = ARENA_ARRAY(&w->f.run, struct item, 2);
    block->item_count = 2;
    block->items[0].id = block->items[0].label = "run";
    block->items[1].id = block->items[1].label = "wait";
    for (size_t i = 0; i < 2; i++)
        add_slot(w, block, i ? "rel.wait" : "rel.run", SLOT_POINT)->item = &block->items[i];
    block = add_block(w, "exp");
    block->items = ARENA_ARRAY(&w->f.run, struct item, 1);
    block->item_count = 1;
    block->items[0].id = block->items[0].label = "honest";
    block->asks = ARENA_ARRAY(&w->f.run, struct ask, 2);
    block->ask_count = 2;
    block->asks[0].id = block->asks[0].label = "importance";
    block->asks[1].id = block->asks[1].label = "now";
    for (size_t i = 0; i < 2; i++) {
        struct slot *slot =
            add_slot(w, block, i ? "exp.honest.now" : "exp.honest.importance", SLOT_POINT);
        slot->item = &block->items[0];
        slot->ask = block->asks[i].id;
    }
    block = add_block(w, "todo");
    block->items = ARENA_ARRAY(&w->f.run, struct item, 2);
    block->item_count = 2;
    block->items[0].id = block->items[0].label = "a";
    block->items[1].id = block->items[1].label = "b";
    for (size_t i = 0; i < 2; i++)
        add_slot(w, block, i ? "todo.b" : "todo.a", SLOT_CHECK)->item = &block->items[i];
}

static void add_log(struct world *w, const char *id, const char *const *names,
                    const enum slot_type *types, size_t count) {
    struct block *log = add_block(w, id);
    log->columns = ARENA_ARRAY(&w->f.run, struct column, count);
    log->column_count = count;
    for (size_t i = 0; i < count; i++) {
        log->columns[i].id = names[i];
        struct slot *slot =
            add_slot(w, log, arena_printf(&w->f.run, "%s.%s", id, names[i]), types[i]);
        slot->column = &log->columns[i];
        slot->rows = true;
        slot->options = types[i] == SLOT_CHOICE ? words : NULL;
        slot->option_count = types[i] == SLOT_CHOICE ? 2 : 0;
        slot->computed = strcmp(names[i], "sum") == 0;
    }
}

static void open_world(struct world *w) {
    memset(w, 0, sizeof *w);
    fixture_open(&w->f);
    strcpy(w->f.folder, "/tmp/tandem-load-XXXXXX");
    assert_non_null(mkdtemp(w->f.folder));
    struct course *course = &w->course;
    struct arena *run = &w->f.run;
    course->folder = w->f.folder;
    course->as_of = DATE_NONE;
    map_init(&course->block_by_id, run);
    map_init(&course->slot_by_name, run);
    VEC_PUSH(run, &course->respondents, ((struct respondent){.id = "ann", .label = "Ann"}));
    VEC_PUSH(run, &course->respondents, ((struct respondent){.id = "bob", .label = "Bob"}));
    VEC_PUSH(run, &course->profile, ((struct profile_field){"ann.name", SLOT_TEXT, true, {0}}));
    VEC_PUSH(run, &course->profile, ((struct profile_field){"mail", SLOT_EMAIL, false, {0}}));
    add_rating(w);
    struct slot *slot = add_slot(w, add_block(w, "drink"), "drink", SLOT_CHOICE);
    slot->options = options;
    slot->option_count = 2;
    slot = add_slot(w, add_block(w, "drinks"), "drinks", SLOT_CHOICES);
    slot->options = options;
    slot->option_count = 2;
    static const struct {
        const char *id;
        enum slot_type type;
    } fields[] = {{"prose", SLOT_PROSE},  {"word", SLOT_TEXT}, {"day", SLOT_DATE},
                  {"count", SLOT_NUMBER}, {"pay", SLOT_MONEY}, {"share", SLOT_PERCENT},
                  {"mail-to", SLOT_EMAIL}};
    for (size_t i = 0; i < 7; i++)
        add_slot(w, add_block(w, fields[i].id), fields[i].id, fields[i].type);
    add_slot(w, add_block(w, "anns"), "anns", SLOT_TEXT)->respondents = 1;
    add_block(w, "sum");
    static const char *const plan[] = {"task", "value", "sum"};
    static const enum slot_type plan_types[] = {SLOT_TEXT, SLOT_CHOICE, SLOT_NUMBER};
    add_log(w, "plan", plan, plan_types, 3);
    static const char *const week[] = {"day", "goal"};
    static const enum slot_type week_types[] = {SLOT_DATE, SLOT_REF};
    add_log(w, "week", week, week_types, 2);
    struct block *log = map_find(&course->block_by_id, "week");
    log->columns[1].ref = map_find(&course->block_by_id, "plan");
    fixture_text(&w->f, "content/answers/pair/profile.yml", "ann.name: Ann\n");
}

static void put(struct world *w, const char *name, const char *text) {
    fixture_text(&w->f, arena_printf(&w->f.run, "content/answers/pair/%s", name), text);
}

static const struct participant *load(struct world *w) {
    return load_participant(&w->f.run, w->f.diag, &w->course, "pair");
}

static struct value find(struct world *w, const struct participant *p, const char *name,
                         int32_t respondent, int32_t sitting, int32_t row) {
    const struct answer *answer =
        answers_find(p, course_find_slot(&w->course, name), respondent, sitting, row);
    return answer ? answer->value : VALUE_NONE;
}

static void every_kind_of_answer(void **state) {
    (void)state;
    struct world w;
    open_world(&w);
    put(&w, "2026-09-07.ann.yml",
        "rel: {run: 3, wait: rarely}\n"
        "exp: {honest: {importance: Often, now: 1}}\n"
        "todo: {a: true, b: 2026-09-02}\n"
        "drink: ann's COFFEE\n"
        "drinks: [coffee, \"Tea, please\"]\n"
        "prose: |\n  **x** {{y}}\n   =1+1\n"
        "word: 007\n"
        "day: 2026-09-01\n"
        "count: -2.5\n"
        "pay: 1000000\n"
        "share: 8\n"
        "mail-to: a@b.org\n"
        "anns:\n");
    const struct participant *p = load(&w);
    assert_clean(&w.f);
    assert_string_equal(p->profile[0].text, "Ann");
    assert_true(value_is_missing(p->profile[1]));
    assert_true(find(&w, p, "rel.run", 0, 0, 0).number == 3);
    assert_true(find(&w, p, "rel.wait", 0, 0, 0).number == 2);
    assert_true(find(&w, p, "exp.honest.importance", 0, 0, 0).number == 3);
    assert_true(find(&w, p, "exp.honest.now", 0, 0, 0).number == 1);
    assert_int_equal(find(&w, p, "todo.a", 0, 0, 0).kind, VALUE_BOOL);
    assert_true(find(&w, p, "todo.b", 0, 0, 0).number == date_from_civil(2026, 9, 2));
    assert_string_equal(find(&w, p, "drink", 0, 0, 0).text, "coffee");
    assert_true(find(&w, p, "drink", 0, 0, 0).number == 2);
    struct value many = find(&w, p, "drinks", 0, 0, 0);
    assert_int_equal(many.count, 2);
    assert_string_equal(many.items[0].text, "tea"); /* the options' order */
    assert_string_equal(find(&w, p, "prose", 0, 0, 0).text, "**x** {{y}}\n =1+1");
    assert_string_equal(find(&w, p, "word", 0, 0, 0).text, "007");
    assert_int_equal(find(&w, p, "day", 0, 0, 0).kind, VALUE_DATE);
    assert_true(find(&w, p, "count", 0, 0, 0).number == -2.5);
    assert_true(find(&w, p, "pay", 0, 0, 0).number == 1000000);
    assert_true(find(&w, p, "share", 0, 0, 0).number == 0.08);
    assert_true(value_is_missing(find(&w, p, "anns", 0, 0, 0)));
    const struct answer *answer = answers_find(p, course_find_slot(&w.course, "rel.wait"), 0, 0, 0);
    assert_int_equal(answer->at.line, 1);
    assert_int_equal(answer->at.col, 21);
    for (size_t i = 1; i < p->answer_count; i++)
        assert_true(answer_compare(&p->answers[i - 1], &p->answers[i]) < 0);
    fixture_close(&w.f);
}

static void sittings_by_date_and_by_count(void **state) {
    (void)state;
    struct world w;
    open_world(&w);
    put(&w, "2026-09-07.ann.yml", "count: 1\n");
    put(&w, "2026-10-07.ann.yml", "count: 2\n");
    put(&w, "2026-10-09.bob.yml", "count: 3\n");
    put(&w, "later.yml",
        "date: 2026-11-01\nrespondent: bob\nsitting: 3\nparticipant: pair\ncount: 4\n");
    const struct participant *p = load(&w);
    assert_clean(&w.f);
    assert_int_equal(p->sitting_count, 3);
    assert_int_equal(p->sittings[0].answered, 3);
    assert_int_equal(p->sittings[0].date, date_from_civil(2026, 10, 9));
    assert_string_equal(p->sittings[2].id, "3");
    assert_true(find(&w, p, "count", 0, 1, 0).number == 2);
    assert_true(find(&w, p, "count", 1, 0, 0).number == 3);
    assert_true(find(&w, p, "count", 1, 2, 0).number == 4);

    VEC_PUSH(
        &w.f.run, &w.course.sittings,
        ((struct sitting_rule){
            "start", "Start", date_from_civil(2026, 9, 1), date_from_civil(2026, 9, 30), {0}}));
    VEC_PUSH(&w.f.run, &w.course.sittings,
             ((struct sitting_rule){
                 "end", "End", date_from_civil(2026, 10, 1), date_from_civil(2026, 10, 31), {0}}));
    put(&w, "later.yml", "date: 2026-11-01\nrespondent: bob\nsitting: end\ncount: 4\n");
    p = load(&w);
    assert_clean(&w.f);
    assert_int_equal(p->sitting_count, 2);
    assert_string_equal(p->sittings[1].title, "End");
    assert_int_equal(p->sittings[1].answered, 3);
    /* Of two files in one sitting the later one counts. */
    assert_true(find(&w, p, "count", 1, 1, 0).number == 4);
    put(&w, "later.yml", "date: 2026-11-01\nrespondent: bob\nsitting: strat\ncount: 4\n");
    load(&w);
    assert_message(&w.f, "later.yml:3:10: error: unknown sitting 'strat'\n");
    put(&w, "later.yml", "date: 2026-11-01\nrespondent: bob\ncount: 4\n");
    load(&w);
    assert_message(&w.f,
                   "content/answers/pair/later.yml: error: the date 2026-11-01 is in no sitting");
    fixture_close(&w.f);
}

static void logs_accumulate(void **state) {
    (void)state;
    struct world w;
    open_world(&w);
    put(&w, "2026-09-07.ann.yml",
        "plan:\n  - {task: Read, value: focus}\n  - {task: Walk}\n"
        "week: [{day: 2026-09-08, goal: WALK}]\n");
    put(&w, "2026-09-09.bob.yml",
        "plan:\n  - {value: Focus, task: Read}\n  - {task: Sing}\n"
        "  - {row: 2, value: calm}\n");
    const struct participant *p = load(&w);
    assert_clean(&w.f);
    assert_int_equal(p->log_count, 2);
    assert_int_equal(p->logs[0].rows, 3);
    assert_string_equal(find(&w, p, "plan.task", 0, 0, 1).text, "Walk");
    assert_string_equal(find(&w, p, "plan.value", 1, 0, 1).text, "calm");
    assert_string_equal(find(&w, p, "plan.task", 1, 0, 2).text, "Sing");
    assert_string_equal(find(&w, p, "week.goal", 0, 0, 0).text, "Walk"); /* as the plan writes it */
    fixture_close(&w.f);
}

static void a_log_has_an_end(void **state) {
    (void)state;
    struct world w;
    open_world(&w);
    put(&w, "2026-09-07.ann.yml", "plan:\n  - {row: 10000, task: last}\n  - {task: more}\n");
    load(&w);
    assert_message(&w.f, "ann.yml:3:5: error: the log 'plan' would have more than 10000 rows");
    fixture_close(&w.f);
}

static void each_mistake_has_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"rell: {run: 1}\n", "2026-09-07.bob.yml:1:1: error: nothing asks for 'rell'\n"},
        {"sum: 3\n", ":1:1: error: 'sum' takes no answer"},
        {"anns: x\n", ":1:1: error: 'anns' is not asked of bob"},
        {"rel: {ran: 1}\n", ":1:7: error: 'rel' has no item 'ran'"},
        {"rel: 3\n", ":1:6: error: expected 'item: answer' lines, found '3'"},
        {"rel: {run: 4}\n", ":1:12: error: '4' is not a point of this scale"},
        {"rel: {run: 2.5}\n", ":1:12: error: '2.5' is not a point of this scale"},
        {"rel: {run: Rarly}\n", "hint: did you mean 'Rarely'?"},
        {"rel: {run: 1, run: 2}\n", ":1:15: error: the key 'run' is given twice"},
        {"exp: {honest: 3}\n", ":1:15: error: expected {importance: …}, found '3'"},
        {"exp: {honest: {then: 3}}\n", ":1:16: error: the rating 'exp' does not ask 'then'"},
        {"todo: {a: done}\n", ":1:11: error: expected true, false or the date"},
        {"drink: cocoa\n", ":1:8: error: 'cocoa' is not an option here"},
        {"drink: [tea]\n", ":1:8: error: expected one of the options, found a list"},
        {"drinks: [tea, tea]\n", ":1:15: error: the option 'tea' is given twice"},
        {"prose: [a]\n", "error: expected a text, found a list"},
        {"day: 2026-02-30\n", ":1:6: error: there is no date 2026-02-30"},
        {"count: many\n", ":1:8: error: expected a number, found 'many'"},
        {"pay: 1,000\n", ":1:6: error: expected a number, found '1,000'"},
        {"share: half\n", ":1:8: error: expected a percentage"},
        {"mail-to: a.b.org\n", ":1:10: error: 'a.b.org' is not an e-mail address"},
        {"mail-to: \"a@b.org\\nBcc: x\"\n", "is not an e-mail address"},
        {"plan: {task: x}\n", ":1:7: error: expected a list of rows, found 'key: value' lines"},
        {"plan: [{tusk: x}]\n", ":1:9: error: the log 'plan' has no column 'tusk'"},
        {"plan: [{sum: 3}]\n", ":1:9: error: the column 'sum' is worked out"},
        {"plan: [{row: 0, task: x}]\n", ":1:14: error: expected a whole number from 1"},
        {"week: [{goal: Swim}]\n", ":1:15: error: 'Swim' is not a row of 'plan'"},
        {"date: 2026-09-08\n", ":1:7: error: '2026-09-08' is not the date that"},
        {"respondent: ann\n", ":1:13: error: 'ann' is not the respondent that"},
        {"respondent: bib\n", ":1:13: error: unknown respondent 'bib'"},
        {"participant: other\n", ":1:14: error: 'other' is not the participant that"},
        {"sitting: zero\n", ":1:10: error: 'zero' is not the number of a sitting"},
        {"- a\n", ":1:1: error: expected 'id: answer' lines, found a list"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world w;
        open_world(&w);
        put(&w, "2026-09-07.bob.yml", cases[i].text);
        load(&w);
        assert_message(&w.f, cases[i].message);
        fixture_close(&w.f);
    }
}

static void mistakes_in_names_and_profiles(void **state) {
    (void)state;
    struct world w;
    open_world(&w);
    put(&w, "profile.yml", "ann.nme: x\nmail: no\ncohort: All of us\n");
    put(&w, "2026-09-07.bill.yml", "count: 1\n");
    put(&w, "notes.txt", "nobody reads this");
    put(&w, "bob.yml", "count: 1\n");
    put(&w, "more.csv", "a,b\n");
    put(&w, "2026-09-07.ann.yaml", "count: 1\n");
    load(&w);
    assert_message(&w.f, "profile.yml:1:1: error: unknown field 'ann.nme'");
    assert_message(&w.f, "profile.yml:1:1: error: the field 'ann.name' is missing");
    assert_message(&w.f, "profile.yml:2:7: error: 'no' is not an e-mail address");
    assert_message(&w.f, "profile.yml:3:9: error: 'All of us' is not an id");
    assert_message(&w.f, "2026-09-07.bill.yml: error: this file does not say its respondent\nhint: "
                         "'bill' in its name");
    assert_message(&w.f, "bob.yml: error: this file does not say its date");
    assert_message(&w.f, "more.csv: error: a form's export holds many participants");
    assert_message(&w.f, "2026-09-07.ann.yaml: error:");
    fixture_close(&w.f);
}

static void participants_are_folders_with_ids(void **state) {
    (void)state;
    struct world w;
    open_world(&w);
    struct strings ids = {0};
    fixture_text(&w.f, "content/answers/a-pair/profile.yml", "ann.name: A\n");
    fixture_text(&w.f, "content/answers/autumn.csv",
                 "participant,date\nZoe,2026-09-07\nb-pair,2026-09-07\na-pair,2026-09-08\n");
    assert_true(load_participants(&w.f.run, w.f.diag, &w.course, &ids));
    assert_int_equal(ids.count, 4);
    assert_string_equal(ids.at[0], "a-pair");
    assert_string_equal(ids.at[1], "b-pair");
    assert_string_equal(ids.at[2], "pair");
    assert_string_equal(ids.at[3], "zoe");
    fixture_text(&w.f, "content/answers/blank/profile.yml", "x: y\n");
    fixture_text(&w.f, "content/answers/Two Words/profile.yml", "x: y\n");
    ids.count = 0;
    assert_false(load_participants(&w.f.run, w.f.diag, &w.course, &ids));
    assert_int_equal(ids.count, 4);
    assert_message(&w.f, "content/answers/blank: error: the id 'blank' has a meaning");
    assert_message(&w.f, "content/answers/Two Words: error: 'Two Words' is not an id");
    fixture_close(&w.f);
}

/* On the day of the build counts; what was answered after it is told and left out, whether it comes
 * from a file or from a form. */
static void later_than_the_build_does_not_count(void **state) {
    (void)state;
    struct world w;
    open_world(&w);
    w.course.as_of = date_from_civil(2026, 9, 8);
    put(&w, "2026-09-07.bob.yml", "count: 1\n");
    put(&w, "2026-09-08.bob.yml", "count: 2\n");
    put(&w, "2026-09-09.bob.yml", "count: 3\n");
    fixture_text(&w.f, "content/answers/form.csv",
                 "participant,date,respondent,count\npair,2026-09-10,ann,4\n");
    struct strings ids = {0};
    load_participants(&w.f.run, w.f.diag, &w.course, &ids);
    const struct participant *pair = load(&w);
    assert_int_equal(pair->sitting_count, 2);
    assert_int_equal(pair->sittings[1].date, w.course.as_of);
    for (size_t i = 0; i < pair->answer_count; i++)
        assert_true(pair->answers[i].date <= w.course.as_of);
    assert_int_equal(diag_count(w.f.diag, DIAG_ANSWERS_LATER), 2);
    assert_message(&w.f, "2026-09-09.bob.yml: warning: these answers of 2026-09-09 do not count: "
                         "the build's date is 2026-09-08");
    assert_message(&w.f, "form.csv:2:1: warning: these answers of 2026-09-10");
    w.course.as_of = DATE_NONE; /* the latest answer's date, then: all of them count */
    assert_int_equal(load(&w)->sitting_count, 3);
    fixture_close(&w.f);
}

/* The source of an answer goes with its job; its message stays. */
static void messages_outlive_the_job(void **state) {
    (void)state;
    struct world w;
    open_world(&w);
    put(&w, "2026-09-07.bob.yml", "count: many\n");
    struct arena job;
    arena_init(&job);
    load_participant(&job, w.f.diag, &w.course, "pair");
    arena_release(&job);
    assert_message(&w.f, "    1 | count: many\n      |        ^~~~\n");
    fixture_close(&w.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_answer),
        cmocka_unit_test(sittings_by_date_and_by_count),
        cmocka_unit_test(logs_accumulate),
        cmocka_unit_test(a_log_has_an_end),
        cmocka_unit_test(each_mistake_has_its_place),
        cmocka_unit_test(mistakes_in_names_and_profiles),
        cmocka_unit_test(participants_are_folders_with_ids),
        cmocka_unit_test(later_than_the_build_does_not_count),
        cmocka_unit_test(messages_outlive_the_job),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
