/* Sheets of single participants, for the trainer: who answered when, results, answers. */
#include "stage/track_cohort.h"

#include "calc/format.h"
#include "calc/score.h"

enum { HEAD_ROW = 2, NAME_CHARS = 34, ID_CHARS = 18, ANSWER_ROWS = 50000 };

static const char *seat_label(struct track *track, int32_t respondent, int32_t sitting,
                              const char *what) {
    const struct course *course = track->course;
    const char *title = cohort_sitting_title(track->arena, course, sitting);
    const char *who =
        course->respondents.count > 1
            ? arena_printf(track->arena, ", %s", course->respondents.at[respondent].label)
            : "";
    return what ? arena_printf(track->arena, "%s: %s%s", what, title, who)
                : arena_printf(track->arena, "%s%s", title, who);
}

/* Id, names, cohort: the first three columns. */
static void member_heads(struct cohort_book *book) {
    struct track *track = &book->track;
    cohort_begin_table(book, HEAD_ROW);
    cohort_column(book, track_word(track, WORD_PARTICIPANT));
    cohort_column(book, track_word(track, WORD_NAME));
    cohort_column(book, track_word(track, WORD_COHORT_NAME));
    track_width(track, 0, ID_CHARS);
    track_width(track, 1, NAME_CHARS);
    track_width(track, 2, ID_CHARS);
    track->sheet->freeze_col = 1;
    track->sheet->landscape = true;
}

static void member_cells(struct track *track, int32_t row, const struct member *member) {
    const char *texts[] = {member->id, member->name, member->cohort};
    for (int32_t i = 0; i < 3; i++)
        if (texts[i])
            track_text(track, row, i, LOOK_TEXT, texts[i]);
}

void cohort_sheet_roster(struct cohort_book *book) {
    struct track *track = &book->track;
    const struct cohort *cohort = track->edition->cohort;
    int32_t respondents = (int32_t)track->course->respondents.count, row = HEAD_ROW;
    member_heads(book);
    for (int32_t s = 0; s < cohort->of->sitting_count; s++)
        for (int32_t r = 0; r < respondents; r++)
            cohort_column(book, seat_label(track, r, s, NULL));
    for (size_t i = 0; i < cohort->of->members.count; i++) {
        const struct member *member = &cohort->of->members.at[i];
        if (!cohort_holds(cohort, member))
            continue;
        member_cells(track, ++row, member);
        for (int32_t s = 0; s < cohort->of->sitting_count; s++)
            for (int32_t r = 0; r < respondents; r++) {
                date_t date = member_date(cohort->of, member, r, s);
                if (date != DATE_NONE)
                    track_date(track, row, 3 + s * respondents + r, LOOK_VALUE, date);
            }
    }
    cohort_end_table(book, row, "roster");
}

static bool anybody_has(const struct cohort *cohort, int32_t key, int32_t respondent,
                        int32_t sitting) {
    for (size_t i = 0; i < cohort->of->members.count; i++)
        if (member_result(cohort->of, &cohort->of->members.at[i], key, respondent, sitting))
            return true;
    return false;
}

/* A result's columns: the value and, with bands, the band. Returns the next column. */
static int32_t result_column(struct cohort_book *book, int32_t key, int32_t respondent,
                             int32_t sitting, int32_t col) {
    struct track *track = &book->track;
    const struct cohort *cohort = track->edition->cohort;
    const struct cohort_key *at = &cohort->of->keys[key];
    const char *title = at->dimension < 0 ? at->score->title
                                          : arena_printf(track->arena, "%s, %s", at->score->title,
                                                         at->score->dimensions[at->dimension]);
    const char *label = seat_label(track, respondent, sitting, title);
    bool bands = at->score->band_count > 0;
    cohort_column(book, label);
    if (bands)
        cohort_column(book,
                      arena_printf(track->arena, "%s, %s", label, track_word(track, WORD_STAGE)));
    int32_t row = HEAD_ROW, places = score_places(at->score);
    const char *format = cohort_score_format(book, at->score);
    for (size_t i = 0; i < cohort->of->members.count; i++) {
        const struct member *member = &cohort->of->members.at[i];
        if (!cohort_holds(cohort, member))
            continue;
        row++;
        const struct member_result *result =
            member_result(cohort->of, member, key, respondent, sitting);
        if (!result)
            continue;
        track_number(track, row, col, LOOK_VALUE, format,
                     number_round((double)result->value, places));
        if (bands && result->band >= 0)
            track_text(track, row, col + 1, LOOK_BAND, at->score->bands[result->band].name);
    }
    return col + 1 + bands;
}

static bool is_private(const struct score *score) {
    for (size_t i = 0; i < score->part_count; i++)
        if (score->parts[i].rating->is_private)
            return true;
    return false;
}

/* Whether a result has columns of its own. */
static bool has_columns(const struct track *track, int32_t key, int32_t respondent,
                        int32_t sitting) {
    const struct cohort *cohort = track->edition->cohort;
    const struct score *score = cohort->of->keys[key].score;
    return !is_private(score) &&
           (score->respondent == RESPONDENT_NONE || score->respondent == respondent) &&
           anybody_has(cohort, key, respondent, sitting);
}

void cohort_sheet_participants(struct cohort_book *book) {
    struct track *track = &book->track;
    const struct cohort *cohort = track->edition->cohort;
    int32_t keys = (int32_t)cohort->of->key_count, sittings = cohort->of->sitting_count;
    int32_t respondents = (int32_t)track->course->respondents.count, row = HEAD_ROW;
    member_heads(book);
    for (size_t i = 0; i < cohort->of->members.count; i++)
        if (cohort_holds(cohort, &cohort->of->members.at[i]))
            member_cells(track, ++row, &cohort->of->members.at[i]);
    int32_t col = 3, columns = 0;
    for (int32_t key = 0; key < keys; key++)
        for (int32_t r = 0; r < respondents; r++)
            for (int32_t s = 0; s < sittings; s++)
                columns += has_columns(track, key, r, s) ? 2 : 0;
    track_reserve(track, (size_t)(row + 1) * (size_t)columns);
    for (int32_t key = 0; key < keys; key++)
        for (int32_t r = 0; r < respondents; r++)
            for (int32_t s = 0; s < sittings; s++)
                if (has_columns(track, key, r, s))
                    col = result_column(book, key, r, s, col);
    cohort_end_table(book, row, "participants");
}

/* One answer to a rating; false if there are too many. */
static bool answer_row(struct cohort_book *book, const struct member *member,
                       const struct slot *slot, int32_t respondent, int32_t sitting, int32_t *row) {
    struct track *track = &book->track;
    const struct cohorts *cohorts = track->edition->cohort->of;
    int32_t point = member_point(cohorts, member, slot, respondent, sitting);
    if (point == POINT_NONE)
        return true;
    if (++*row > HEAD_ROW + ANSWER_ROWS)
        return false;
    const struct course *course = track->course;
    size_t place = (size_t)(point - slot->scale->from);
    const char *texts[] = {member->id,
                           member->cohort,
                           course->respondents.at[respondent].id,
                           (size_t)sitting < course->sittings.count
                               ? course->sittings.at[sitting].id
                               : arena_printf(track->arena, "%d", sitting + 1),
                           NULL,
                           slot->block->id,
                           slot->item ? slot->item->id : NULL,
                           slot->ask,
                           NULL,
                           place < slot->scale->count ? slot->scale->points[place] : NULL};
    for (int32_t i = 0; i < (int32_t)(sizeof texts / sizeof *texts); i++)
        if (texts[i])
            track_text(track, *row, i, LOOK_TEXT, texts[i]);
    track_date(track, *row, 4, LOOK_VALUE, member_date(cohorts, member, respondent, sitting));
    track_number(track, *row, 8, LOOK_VALUE, NULL, point);
    track_number(track, *row, 10, LOOK_VALUE, NULL, score_item(slot, value_number(point)).number);
    return true;
}

/* Columns as in the data files (write/data.c), so that one pivot reads both. */
void cohort_sheet_answers(struct cohort_book *book) {
    static const char *const heads[] = {"participant", "cohort",   "respondent", "sitting",
                                        "date",        "question", "item",       "ask",
                                        "value",       "label",    "scored"};
    struct track *track = &book->track;
    const struct cohort *cohort = track->edition->cohort;
    cohort_begin_table(book, HEAD_ROW);
    for (int32_t i = 0; i < (int32_t)(sizeof heads / sizeof *heads); i++) {
        cohort_column(book, heads[i]);
        track_width(track, i, ID_CHARS);
    }
    int32_t row = HEAD_ROW;
    bool room = true;
    for (size_t i = 0; i < cohort->of->members.count; i++) {
        const struct member *member = &cohort->of->members.at[i];
        for (size_t k = 0; cohort_holds(cohort, member) && k < cohort->of->slot_count; k++)
            for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
                for (int32_t s = 0; room && s < member->sitting_count; s++)
                    room = answer_row(book, member, cohort->of->slots[k], r, s, &row);
    }
    if (!room) {
        row = HEAD_ROW + ANSWER_ROWS;
        track_text(track, 1, 0, LOOK_NOTE, track_word(track, WORD_COHORT_MANY));
    }
    cohort_end_table(book, row, "answers");
}
