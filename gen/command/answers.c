/* `tandem answers`: who has answered what, and what is missing: a row a participant, respondent and
 * sitting, as a table for people or as JSON for machines. Counts only, never what anybody said. */
#include "command/build.h"

#include "base/utf8.h"
#include "calc/score.h"
#include "load/load.h"

#include <jansson.h>
#include <stdlib.h>

/* A score's items at one sitting. */
struct lack {
    const struct score *score;
    int32_t answered, total;
};

struct row {
    const char *participant, *cohort;
    int32_t respondent;
    const char *sitting, *title;
    date_t date;              /* of the latest file, DATE_NONE if there is none */
    int32_t answered, asked;  /* ratings and choices */
    VEC(struct lack) lacking; /* scores, each set of items once */
};

/* What a respondent is asked in each sitting. */
static bool is_asked(const struct slot *slot, int32_t respondent) {
    return slot->by_sitting && !slot->rows && !slot->repeat && !slot->computed &&
           (slot->respondents >> respondent & 1);
}

static int32_t count_asked(const struct course *course, int32_t respondent) {
    int32_t asked = 0;
    for (size_t i = 0; i < course->slots.count; i++)
        asked += is_asked(course->slots.at[i], respondent);
    return asked;
}

static bool same_parts(const struct score *left, const struct score *right) {
    if (left->part_count != right->part_count)
        return false;
    for (size_t i = 0; i < left->part_count; i++) {
        const struct score_part *a = &left->parts[i], *b = &right->parts[i];
        bool same_ask = a->ask == b->ask || (a->ask && b->ask && strcmp(a->ask, b->ask) == 0);
        if (a->rating != b->rating || !same_ask)
            return false;
    }
    return true;
}

/* How many items of a score a respondent is asked; 0 if it is not about their answers. */
static int32_t score_total(const struct score *score, int32_t respondent) {
    int32_t total = 0;
    if (score->respondent != RESPONDENT_NONE && score->respondent != respondent)
        return 0;
    for (size_t p = 0; p < score->part_count; p++) {
        const struct block *rating = score->parts[p].rating;
        const char *ask = score->parts[p].ask;
        for (size_t i = 0; i < rating->slot_count; i++) {
            const struct slot *slot = rating->slots[i];
            total +=
                is_asked(slot, respondent) && (!ask || (slot->ask && strcmp(ask, slot->ask) == 0));
        }
    }
    return total;
}

static void add_lacks(struct build *build, struct row *row, const struct results *results,
                      int32_t sitting) {
    const struct course *course = build->course;
    for (size_t i = 0; i < course->scores.count; i++) {
        const struct score *score = &course->scores.at[i];
        struct lack lack = {score, 0, score_total(score, row->respondent)};
        bool again = score->part_count > 1; /* pooled: each of them is told by itself */
        for (size_t k = 0; k < row->lacking.count; k++)
            again = again || same_parts(row->lacking.at[k].score, score);
        if (again || lack.total == 0)
            continue;
        const struct result *result =
            sitting < 0 ? NULL : results_find(results, score, -1, row->respondent, sitting);
        lack.answered = result ? result->answered : 0;
        VEC_PUSH(&build->run, &row->lacking, lack);
    }
}

/* `sitting`: of the participant's, -1 for one that nobody has reached. */
static struct row row_of(struct build *build, const struct participant *participant,
                         const struct results *results, int32_t respondent, int32_t sitting) {
    struct row row = {.participant = arena_strdup(&build->run, participant->id),
                      .respondent = respondent,
                      .date = DATE_NONE,
                      .asked = count_asked(build->course, respondent)};
    if (participant->cohort)
        row.cohort = arena_strdup(&build->run, participant->cohort);
    for (size_t i = 0; i < participant->answer_count; i++) {
        const struct answer *answer = &participant->answers[i];
        if (answer->respondent != respondent || answer->sitting != sitting)
            continue;
        row.date = answer->date > row.date ? answer->date : row.date;
        row.answered += is_asked(answer->slot, respondent) && !value_is_missing(answer->value);
    }
    add_lacks(build, &row, results, sitting);
    return row;
}

struct rows {
    VEC(struct row) at;
};

static int32_t find_sitting(const struct participant *participant, const char *id) {
    for (size_t s = 0; s < participant->sitting_count; s++)
        if (strcmp(participant->sittings[s].id, id) == 0)
            return (int32_t)s;
    return -1;
}

/* The sittings that have begun by the build's day; where a course names none, those reached, and the
 * first in any case. */
static void add_respondent(struct build *build, const struct participant *participant,
                           const struct results *results, int32_t respondent, struct rows *rows) {
    const struct course *course = build->course;
    bool named = course->sittings.count > 0;
    size_t count = named                        ? course->sittings.count
                   : participant->sitting_count ? participant->sitting_count
                                                : 1;
    for (size_t s = 0; s < count; s++) {
        const struct sitting_rule *rule = named ? &course->sittings.at[s] : NULL;
        if (rule && course->as_of != DATE_NONE && rule->from > course->as_of)
            continue;
        int32_t sitting = rule                             ? find_sitting(participant, rule->id)
                          : s < participant->sitting_count ? (int32_t)s
                                                           : -1;
        struct row row = row_of(build, participant, results, respondent, sitting);
        row.sitting = rule ? rule->id : arena_printf(&build->run, "%zu", s + 1);
        row.title = rule ? rule->title : row.sitting;
        VEC_PUSH(&build->run, &rows->at, row);
    }
}

static bool is_wanted(const char *wanted, const char *name) {
    return !wanted || (name && strcmp(wanted, name) == 0);
}

static void collect_rows(struct build *build, struct rows *rows, struct strings *cohorts) {
    const struct options *options = build->options;
    struct arena job;
    arena_init(&job);
    for (size_t i = 0; i < build->participants.count; i++) {
        struct results results = {0};
        const struct participant *participant =
            load_participant(&job, build->diag, build->course, build->participants.at[i]);
        if (participant->cohort)
            VEC_PUSH(&build->run, cohorts, arena_strdup(&build->run, participant->cohort));
        score_participant(&job, build->course, participant, &results);
        bool wanted = is_wanted(options->participant, participant->id) &&
                      is_wanted(options->cohort, participant->cohort);
        for (size_t r = 0; wanted && r < build->course->respondents.count; r++)
            if (count_asked(build->course, (int32_t)r))
                add_respondent(build, participant, &results, (int32_t)r, rows);
        arena_reset(&job);
    }
    arena_release(&job);
}

/* --- for people --- */

/* Text and as many blanks as fill `width` columns. */
static void put_padded(const char *text, size_t width) {
    size_t count = utf8_count(text, strlen(text));
    printf("%s%*s", text, (int)(count < width ? width - count : 0) + 2, "");
}

static void widen(size_t *width, const char *text) {
    size_t count = utf8_count(text, strlen(text));
    *width = count > *width ? count : *width;
}

/* "stage 7, anatomy all": answers that are missing, by score. */
static const char *lack_text(struct build *build, const struct row *row) {
    struct buf text;
    buf_init(&text, &build->run);
    if (row->date == DATE_NONE)
        return "everything";
    for (size_t i = 0; i < row->lacking.count; i++) {
        const struct lack *lack = &row->lacking.at[i];
        if (lack->answered >= lack->total)
            continue;
        buf_printf(&text, "%s%s ", text.len ? ", " : "", lack->score->id);
        if (lack->answered)
            buf_printf(&text, "%d", lack->total - lack->answered);
        else
            buf_puts(&text, "all");
    }
    return text.len ? text.data : "nothing";
}

static const char *day_text(struct build *build, date_t date) {
    char day[16];
    if (date == DATE_NONE)
        return "-";
    date_format_iso(date, day);
    return arena_strdup(&build->run, day);
}

static void print_table(struct build *build, const struct rows *rows) {
    static const char *const heads[] = {"PARTICIPANT", "RESPONDENT", "SITTING",
                                        "DATE",        "ANSWERED",   "MISSING"};
    size_t width[5], people = 0, begun = 0;
    for (size_t c = 0; c < 5; c++)
        width[c] = strlen(heads[c]);
    for (size_t i = 0; i < rows->at.count; i++) {
        const struct row *row = &rows->at.at[i];
        widen(&width[0], row->participant);
        widen(&width[1], build->course->respondents.at[row->respondent].label);
        widen(&width[2], row->title);
        widen(&width[3], day_text(build, row->date));
    }
    for (size_t c = 0; c < 5; c++)
        put_padded(heads[c], width[c]);
    puts(heads[5]);
    bool has_begun = false;
    for (size_t i = 0; i < rows->at.count; i++) {
        const struct row *row = &rows->at.at[i], *above = i ? row - 1 : NULL;
        bool same = above && strcmp(above->participant, row->participant) == 0;
        bool next = !same || above->respondent != row->respondent;
        put_padded(same ? "" : row->participant, width[0]);
        put_padded(next ? build->course->respondents.at[row->respondent].label : "", width[1]);
        put_padded(row->title, width[2]);
        put_padded(day_text(build, row->date), width[3]);
        put_padded(arena_printf(&build->run, "%3d/%d", row->answered, row->asked), width[4]);
        puts(lack_text(build, row));
        people += next;
        has_begun = (!next && has_begun) || row->date != DATE_NONE;
        bool last = i + 1 == rows->at.count || rows->at.at[i + 1].respondent != row->respondent ||
                    strcmp(rows->at.at[i + 1].participant, row->participant) != 0;
        begun += last && has_begun;
    }
    printf("%zu of %zu respondents have answered\n", begun, people);
}

/* --- for machines --- */

/* jansson reports only lack of memory: all text has been checked where it came in. */
static void put(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) == 0)
        return;
    fputs("tandem: error: out of memory\n", stderr);
    exit(EXIT_SYSTEM);
}

static json_t *row_object(struct build *build, const struct row *row) {
    json_t *object = json_object(), *scores = json_object();
    put(object, "participant", json_string(row->participant));
    if (row->cohort)
        put(object, "cohort", json_string(row->cohort));
    put(object, "respondent", json_string(build->course->respondents.at[row->respondent].id));
    put(object, "sitting", json_string(row->sitting));
    put(object, "date",
        row->date == DATE_NONE ? json_null() : json_string(day_text(build, row->date)));
    put(object, "answered", json_integer(row->answered));
    put(object, "asked", json_integer(row->asked));
    for (size_t i = 0; i < row->lacking.count; i++) {
        const struct lack *lack = &row->lacking.at[i];
        json_t *score = json_object();
        put(score, "answered", json_integer(lack->answered));
        put(score, "asked", json_integer(lack->total));
        put(scores, lack->score->id, score);
    }
    put(object, "scores", scores);
    return object;
}

static void print_json(struct build *build, const struct rows *rows) {
    json_t *root = json_object(), *list = json_array();
    put(root, "course", json_string(build->course->title));
    put(root, "version", json_string(build->course->version ? build->course->version : ""));
    put(root, "as-of", json_string(day_text(build, build->course->as_of)));
    for (size_t i = 0; i < rows->at.count; i++)
        json_array_append_new(list, row_object(build, &rows->at.at[i]));
    put(root, "answers", list);
    json_dumpf(root, stdout, JSON_SORT_KEYS | JSON_INDENT(2));
    putchar('\n');
    json_decref(root);
}

/* False after saying that nothing is called so. */
static bool is_known(struct build *build, const char *option, const char *wanted,
                     const struct strings *names) {
    for (size_t i = 0; i < names->count; i++)
        if (is_wanted(wanted, names->at[i]))
            return true;
    if (!wanted)
        return true;
    diag_report(build->diag, DIAG_OPTION_UNKNOWN, ((struct span){0}), option, wanted,
                diag_nearest(wanted, names->at, names->count),
                diag_list(&build->run, names->at, names->count));
    return false;
}

static int show_answers(struct build *build) {
    struct rows rows = {0};
    struct strings cohorts = {0}, distinct = {0};
    collect_rows(build, &rows, &cohorts);
    for (size_t i = 0; i < cohorts.count; i++) {
        bool seen = false;
        for (size_t k = 0; k < distinct.count; k++)
            seen = seen || strcmp(distinct.at[k], cohorts.at[i]) == 0;
        if (!seen)
            VEC_PUSH(&build->run, &distinct, cohorts.at[i]);
    }
    bool known =
        is_known(build, "--participant", build->options->participant, &build->participants);
    known &= is_known(build, "--cohort", build->options->cohort, &distinct);
    command_print_diagnostics(build->diag);
    if (!known)
        return EXIT_USAGE;
    if (build->options->json)
        print_json(build, &rows);
    else
        print_table(build, &rows);
    return diag_errors(build->diag) ? EXIT_SOURCES : EXIT_CLEAN;
}

int command_answers(const struct options *options) {
    struct build build;
    int code;
    if (build_load(&build, options, &code))
        code = show_answers(&build);
    else
        command_print_diagnostics(build.diag);
    build_release(&build);
    return code;
}
