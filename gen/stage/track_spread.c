/* Sheets of what may be told of a cohort: distributions, movement, gaps. */
#include "stage/track_cohort.h"

#include "block/gap.h"
#include "calc/format.h"
#include "calc/score.h"

#include <math.h>

enum { LABEL_CHARS = 44, SPREAD_WIDTH_PX = 520, SPREAD_HEIGHT_PX = 260, SPREAD_ROWS = 15 };

static void note(struct track *track, bool needed, enum word word) {
    if (needed)
        track_text(track, track->row++, 0, LOOK_NOTE, track_word(track, word));
}

/* The axis of people: from nobody in whole steps, at most six of them. */
static void set_axis(struct sheet_chart *chart, int32_t most) {
    static const int32_t first[] = {1, 2, 5};
    int32_t step = 1, power = 1;
    for (size_t i = 0; most > 6 * step; i++) {
        power *= i && i % 3 == 2 ? 10 : 1;
        step = first[(i + 1) % 3] * power;
    }
    chart->step = step;
    chart->high = most > 0 ? (most + step - 1) / step * step : step;
}

/* Columns of people beside the table: a series a sitting. */
static void add_chart(struct track *track, const struct distribution *view, int32_t head_row) {
    const struct course *course = track->course;
    struct sheet_chart *chart = VEC_ADD(track->arena, &track->sheet->charts);
    struct buf words;
    buf_init(&words, track->arena);
    *chart = (struct sheet_chart){.kind = SHEET_CHART_COLUMN,
                                  .row = head_row,
                                  .col = (int32_t)view->column_count + 2,
                                  .width_px = SPREAD_WIDTH_PX,
                                  .height_px = SPREAD_HEIGHT_PX,
                                  .title = view->score->title};
    chart->series = ARENA_ARRAY(track->arena, struct series, view->column_count);
    const char **labels = ARENA_ARRAY(track->arena, const char *, view->row_count);
    for (size_t r = 0; r < view->row_count; r++)
        labels[r] = distribution_label(track->arena, course, view, r);
    int32_t most = 0, first = head_row + 1, last = head_row + (int32_t)view->row_count;
    for (size_t i = 0; i < view->column_count; i++) {
        if (!view->in_rows[i])
            continue;
        double *numbers = ARENA_ARRAY(track->arena, double, view->row_count);
        const char *head = distribution_head(track->arena, course, view, i);
        buf_printf(&words, "%s%s:", words.len ? "; " : "", head);
        for (size_t r = 0; r < view->row_count; r++) {
            int32_t count = distribution_count(view, i, r);
            numbers[r] = count < 0 ? (double)NAN : count;
            most = count > most ? count : most;
            if (count >= 0)
                buf_printf(&words, " %s %d", labels[r], count);
        }
        int32_t col = (int32_t)i + 1;
        chart->series[chart->series_count++] = (struct series){.name = head,
                                                               .sheet = track->sheet->index,
                                                               .categories = {first, 0, last, 0},
                                                               .values = {first, col, last, col},
                                                               .category_texts = labels,
                                                               .numbers = numbers,
                                                               .count = view->row_count};
    }
    set_axis(chart, most);
    chart->description = track_phrase(track, WORD_TRACK_CHART, view->score->title, words.data);
}

static void write_figures(struct cohort_book *book, const struct distribution *view) {
    struct track *track = &book->track;
    const char *share = number_format_excel(track->arena, track->course, SLOT_PERCENT, 0);
    const enum word labels[] = {WORD_COHORT_PEOPLE, WORD_COHORT_RESPONSE,
                                view->moved ? WORD_COHORT_CHANGE : WORD_COHORT_MEAN};
    for (int32_t k = 0; k < 3; k++) {
        track_text(track, track->row + k, 0, LOOK_LABEL, track_word(track, labels[k]));
        for (size_t i = 0; i < view->column_count; i++) {
            const struct told *told = &view->columns[i];
            double figures[] = {told->people, told->size ? (double)told->people / told->size : 0,
                                number_round(told->mean, score_places(view->score) > 1
                                                             ? score_places(view->score)
                                                             : 1)};
            const char *formats[] = {NULL, share, cohort_score_format(book, view->score)};
            cohort_figure(book, track->row + k, (int32_t)i + 1,
                          told->shown && (k == 2 || told->counted), figures[k], formats[k]);
        }
    }
    track->row += 3;
}

/* One table with its chart. */
static void write_view(struct cohort_book *book, const struct distribution *view) {
    struct track *track = &book->track;
    int32_t head = track->row++;
    cohort_head(book, head, 0, track_word(track, WORD_COHORT_RESULT));
    for (size_t i = 0; i < view->column_count; i++)
        cohort_head(book, head, (int32_t)i + 1,
                    distribution_head(track->arena, track->course, view, i));
    for (size_t r = 0; r < view->row_count; r++, track->row++) {
        track_text(track, track->row, 0, LOOK_LABEL,
                   distribution_label(track->arena, track->course, view, r));
        for (size_t i = 0; i < view->column_count; i++) {
            int32_t count = distribution_count(view, i, r);
            cohort_figure(book, track->row, (int32_t)i + 1, count >= 0, count, NULL);
        }
    }
    write_figures(book, view);
    if (view->row_count) {
        add_chart(track, view, head);
        track->row = track->row < head + SPREAD_ROWS ? head + SPREAD_ROWS : track->row;
    }
}

static void write_distribution(struct cohort_book *book, const struct block *block,
                               int32_t respondent, const char *title) {
    struct track *track = &book->track;
    struct distribution view =
        distribution_of(track->arena, track->edition, block, respondent, block->dimension);
    bool shown = false;
    for (size_t i = 0; i < view.column_count; i++)
        shown = shown || view.columns[i].shown;
    if (!view.column_count)
        return;
    track_text(track, track->row++, 0, LOOK_HEADING, title);
    bool whole = distribution_is_whole(&view);
    for (size_t i = 0; shown && i < (whole ? 1 : view.column_count); i++) {
        struct distribution part = whole ? view : distribution_part(track->arena, &view, i);
        write_view(book, &part);
    }
    note(track, view.withheld, WORD_COHORT_WITHHELD);
    note(track, shown && (view.joined || !whole), WORD_COHORT_JOINED);
    note(track, view.left_out, WORD_COHORT_LEFT_OUT);
    track->row++;
}

static bool is_private(const struct score *score) {
    for (size_t i = 0; i < score->part_count; i++)
        if (score->parts[i].rating->is_private)
            return true;
    return score->band_count >= WITHHOLD_CATEGORIES;
}

/* Every score, its dimensions below, of each respondent. */
static void write_scores(struct cohort_book *book, bool moved) {
    struct track *track = &book->track;
    track->row = 2;
    track_width(track, 0, LABEL_CHARS);
    for (size_t i = 0; i < track->course->scores.count; i++) {
        const struct score *score = &track->course->scores.at[i];
        int32_t dimensions = score->by_dimension ? (int32_t)score->dimension_count : 0;
        struct block block = {
            .score = score, .view = RESPONDENT_NONE, .sitting = -1, .moved = moved};
        int32_t respondents[RESPONDENT_LIMIT];
        size_t count =
            is_private(score) ? 0 : distribution_respondents(track->course, &block, respondents);
        for (size_t r = 0; r < count; r++)
            for (int32_t d = -1; d < dimensions; d++) {
                const char *part = d < 0 ? "" : score->dimensions[d];
                block.dimension = d;
                write_distribution(
                    book, &block, respondents[r],
                    arena_printf(track->arena, "%s%s%s%s%s", score->title, d < 0 ? "" : ": ", part,
                                 count > 1 ? ", " : "",
                                 count > 1 ? track->course->respondents.at[respondents[r]].label
                                           : ""));
            }
    }
}

void cohort_sheet_distribution(struct cohort_book *book) { write_scores(book, false); }

void cohort_sheet_movement(struct cohort_book *book) { write_scores(book, true); }

/* ---- gaps ---- */

static void write_gap(struct cohort_book *book, const struct block *block, int32_t respondent) {
    struct track *track = &book->track;
    struct gap_sides sides = gap_sides_of(track->course, block, respondent);
    size_t count, withheld;
    const struct cohort_gap *rows =
        cohort_gaps(track->arena, track->edition, block, respondent, &count, &withheld);
    const char *heads[] = {track_word(track, WORD_STATEMENT), sides.label[0], sides.label[1],
                           track_word(track, WORD_GAP), track_word(track, WORD_COHORT_PEOPLE)};
    /* How many gave both says how many did not: not in a workbook that travels. */
    int32_t columns = track->edition->material->anonymous ? 4 : 5;
    for (int32_t i = 0; i < columns; i++)
        cohort_head(book, track->row, i, heads[i]);
    track->row++;
    for (size_t r = 0; r < count; r++, track->row++) {
        const double figures[] = {rows[r].mean[0], rows[r].mean[1], rows[r].gap, rows[r].people};
        track_text(track, track->row, 0, LOOK_LABEL, block->rating->items[rows[r].item].label);
        for (int32_t i = 0; i + 1 < columns; i++)
            track_number(track, track->row, i + 1, LOOK_VALUE, i < 3 ? "0.0" : NULL,
                         i < 3 ? number_round(figures[i], 1) : figures[i]);
    }
    note(track, withheld > 0, WORD_COHORT_WITHHELD);
    track->row++;
}

/* Those of every .gap of the course; two of the same are written once. */
void cohort_sheet_gaps(struct cohort_book *book) {
    struct track *track = &book->track;
    const struct course *course = track->course;
    track->row = 2;
    track_width(track, 0, LABEL_CHARS);
    for (size_t i = 0; i < course->blocks.count; i++) {
        const struct block *block = course->blocks.at[i];
        bool again =
            strcmp(block->type->name, "gap") != 0 || !block->rating || block->rating->is_private;
        for (size_t k = 0; k < i && !again; k++)
            again = strcmp(course->blocks.at[k]->type->name, "gap") == 0 &&
                    course->blocks.at[k]->rating == block->rating &&
                    course->blocks.at[k]->between_asks[0] == block->between_asks[0] &&
                    course->blocks.at[k]->between_asks[1] == block->between_asks[1];
        if (again)
            continue;
        const char *title = block->title           ? block->title
                            : block->rating->title ? block->rating->title
                                                   : block->rating->id;
        uint32_t by = block->between_asks[0] && block->rating->own ? block->rating->by : 1;
        for (int32_t r = 0; r < (int32_t)course->respondents.count; r++) {
            if (!(by >> r & 1))
                continue;
            track_text(track, track->row++, 0, LOOK_HEADING,
                       by & (by - 1) ? arena_printf(track->arena, "%s: %s", title,
                                                    course->respondents.at[r].label)
                                     : title);
            write_gap(book, block, r);
        }
    }
}
