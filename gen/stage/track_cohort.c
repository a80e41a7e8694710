/* The workbook on a cohort, sheet by sheet. Figures of groups are those that may be told, and fixed:
 * a formula over the participants would tell the rest. Sheets of single participants are real tables,
 * for pivots and filters. */
#include "stage/track_cohort.h"

#include "calc/format.h"
#include "type/typeset.h"

static const char *const sheet_names[] = {"roster", "distribution", "movement",
                                          "gaps",   "participants", "answers"};

const char *const *track_cohort_sheets(size_t *count) {
    *count = sizeof sheet_names / sizeof *sheet_names;
    return sheet_names;
}

void cohort_head(struct cohort_book *book, int32_t row, int32_t col, const char *text) {
    track_text(&book->track, row, col, col ? LOOK_HEAD : LOOK_HEAD_LEFT, text);
}

void cohort_figure(struct cohort_book *book, int32_t row, int32_t col, bool told, double number,
                   const char *format) {
    if (told)
        track_number(&book->track, row, col, LOOK_VALUE, format, number);
    else
        track_text(&book->track, row, col, LOOK_NOTE,
                   track_word(&book->track, WORD_COHORT_NOT_SHOWN));
}

const char *cohort_score_format(struct cohort_book *book, const struct score *score) {
    return number_format_excel(book->track.arena, book->track.course,
                               score->method == SCORE_PERCENT ? SLOT_PERCENT : SLOT_NUMBER,
                               score->decimals > 1 ? score->decimals : 1);
}

void cohort_begin_table(struct cohort_book *book, int32_t row) {
    book->table_row = row;
    book->columns.at = NULL;
    book->columns.count = book->columns.room = 0;
}

void cohort_column(struct cohort_book *book, const char *header) {
    struct track *track = &book->track;
    const char *unique = header;
    for (int32_t n = 2, again = 1; again; n++) {
        again = 0;
        for (size_t i = 0; i < book->columns.count; i++)
            again |= strcmp(workbook_fold(track->arena, book->columns.at[i].header),
                            workbook_fold(track->arena, unique)) == 0;
        if (again)
            unique = arena_printf(track->arena, "%s %d", header, n);
    }
    struct sheet_column *column = VEC_ADD(track->arena, &book->columns);
    column->header = unique;
    cohort_head(book, book->table_row, (int32_t)book->columns.count - 1, unique);
}

void cohort_end_table(struct cohort_book *book, int32_t last_row, const char *name) {
    struct track *track = &book->track;
    track->sheet->freeze_row = book->table_row + 1;
    track->sheet->repeat_first_row = track->sheet->repeat_last_row = book->table_row;
    if (last_row <= book->table_row)
        return; /* nobody: a table needs a row */
    struct sheet_table *table = VEC_ADD(track->arena, &track->sheet->tables);
    *table = (struct sheet_table){
        .name = workbook_take_name(track->book, name),
        .area = {book->table_row, 0, last_row, (int32_t)book->columns.count - 1},
        .columns = book->columns.at};
}

void cohort_title(struct cohort_book *book, const char *text) {
    struct track *track = &book->track;
    const struct cohort *cohort = track->edition->cohort;
    const char *name = cohort->group < 0 ? track_word(track, WORD_COHORT_EVERYBODY) : cohort->name;
    track_text(track, 0, 0, LOOK_TITLE, arena_printf(track->arena, "%s: %s", text, name));
}

static void describe(struct cohort_book *book) {
    struct track *track = &book->track;
    const struct edition *edition = track->edition;
    struct workbook *made = track->book;
    char date[16];
    date_format_iso(made->as_of, date);
    made->title = edition->material->title;
    made->subject = track->course->title;
    made->author = track->course->publisher;
    made->right_to_left = language_right_to_left(track->course->language);
    made->header_left = made->title;
    made->header_right = edition->cohort->name;
    made->page_words = arena_printf(track->arena, "%s {0} / {1}", track_word(track, WORD_PAGE));
    const struct identity all[] = {
        {"format", "tandem-cohort/1"},         {"course", track->course->title},
        {"version", track->course->version},   {"material", edition->material->name},
        {"cohort", edition->cohort->name},     {"as-of", arena_strdup(track->arena, date)},
        {"language", track->course->language}, {"source", edition->source_hash}};
    size_t count = sizeof all / sizeof *all;
    made->identity = ARENA_ARRAY(track->arena, struct identity, count);
    for (size_t i = 0; i < count; i++)
        made->identity[i] = (struct identity){all[i].key, all[i].value ? all[i].value : ""};
    made->identity_count = count;
}

struct workbook *track_cohort(struct arena *job, const struct edition *edition) {
    static const struct {
        void (*fill)(struct cohort_book *book);
        enum word title;
    } sheets[] = {{cohort_sheet_roster, WORD_COHORT_ROSTER},
                  {cohort_sheet_distribution, WORD_COHORT_SPREAD},
                  {cohort_sheet_movement, WORD_COHORT_MOVED},
                  {cohort_sheet_gaps, WORD_TRACK_GAPS},
                  {cohort_sheet_participants, WORD_COHORT_MEMBERS},
                  {cohort_sheet_answers, WORD_TRACK_RAW}};
    struct cohort_book *book = ARENA_NEW(job, struct cohort_book);
    struct track *track = &book->track;
    track->arena = job;
    track->edition = edition;
    track->course = edition->course;
    track->book = workbook_make(job);
    track->book->theme = edition->theme;
    track->book->as_of = edition->course->as_of == DATE_NONE ? 0 : edition->course->as_of;
    const char *language = edition->course->language;
    track->book->letter = language && strcmp(language, "en-US") == 0;
    describe(book);
    for (size_t i = 0; i < edition->material->sheets.count; i++)
        for (size_t k = 0; k < sizeof sheet_names / sizeof *sheet_names; k++) {
            if (strcmp(edition->material->sheets.at[i].text, sheet_names[k]) != 0)
                continue;
            track->sheet = workbook_add_sheet(track->book, track_word(track, sheets[k].title));
            cohort_title(book, track_word(track, sheets[k].title));
            sheets[k].fill(book);
        }
    track_finish(track->book);
    return track->book;
}
