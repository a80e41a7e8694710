/* The dashboard: where everything stands now, and how it moved. */
#include "stage/track_internal.h"

enum { STEP = 4 }; /* now, band, before, change */

/* Scores of ratings that this workbook holds: settled by the course alone, as passes must agree. */
static bool is_shown(const struct track *track, const struct score *score) {
    for (size_t p = 0; p < score->part_count; p++)
        if (!track_holds(track, score->parts[p].rating))
            return false;
    return score->part_count > 0;
}

static void heads(struct track *track) {
    track_text(track, track->row + 1, 0, LOOK_HEAD_LEFT, track_word(track, WORD_SCORE));
    for (size_t r = 0; r < track->course->respondents.count; r++) {
        static const enum word words[STEP] = {WORD_TRACK_NOW, WORD_STAGE, WORD_TRACK_BEFORE,
                                              WORD_TRACK_CHANGE};
        int32_t col = 1 + (int32_t)r * STEP;
        track_text(track, track->row, col, LOOK_HEAD, track->course->respondents.at[r].label);
        track_merge(track, (struct area){track->row, col, track->row, col + STEP - 1});
        for (int32_t i = 0; i < STEP; i++) {
            track_text(track, track->row + 1, col + i, LOOK_HEAD, track_word(track, words[i]));
            track_width(track, col + i, TRACK_CELL_WIDTH);
        }
    }
    track->row += 2;
}

/* Rows of one score; where they stand, for charts. */
static struct now_place score_lines(struct track *track, const struct score *score) {
    size_t respondents = track->course->respondents.count;
    int32_t *cols = ARENA_ARRAY(track->arena, int32_t, respondents);
    struct score_place home = track->places.scores[score->index];
    if (score->by_dimension)
        track_text(track, track->row++, 0, LOOK_LEAD, score->title);
    for (int32_t r = 0; r < (int32_t)respondents; r++) {
        cols[r] = score_has_respondent(track, score, r) ? 1 + r * STEP : -1;
        for (int32_t d = 0; d < score_rows(score) && !track->placing; d++) {
            if (cols[r] >= 0 && home.sheet >= 0 && home.cols[r] >= 0)
                sheet_now_cells(track, score, home, d, r, track->row + d, cols[r], true);
            else
                for (int32_t i = 0; i < STEP; i++)
                    track_text(track, track->row + d, 1 + r * STEP + i, LOOK_VALUE, "");
        }
    }
    for (int32_t d = 0; d < score_rows(score); d++)
        track_text(track, track->row + d, 0, LOOK_LABEL, score_row_label(track, score, d));
    struct now_place place = {track->row, cols};
    track->row += score_rows(score);
    return place;
}

/* The first score with bands is what the course is about: now, and over time. */
static const struct score *main_score(const struct track *track) {
    const struct score *first = NULL;
    for (size_t i = 0; i < track->course->scores.count; i++) {
        const struct score *score = &track->course->scores.at[i];
        if (!is_shown(track, score) || score->by_dimension)
            continue;
        if (score->band_count)
            return score;
        first = first ? first : score;
    }
    return first;
}

static void charts(struct track *track, const struct now_place *places) {
    const struct score *main = main_score(track);
    if (main) {
        track->row++;
        sheet_now_chart(track, main, SHEET_CHART_BAR, places[main->index], track->row, 0);
        if (track->places.scores[main->index].sheet >= 0)
            sheet_trend_charts(track, main, track->places.scores[main->index], track->row, 3);
        track->row += CHART_ROWS;
    }
    int32_t drawn = 0;
    for (size_t i = 0; i < track->course->scores.count; i++) {
        const struct score *score = &track->course->scores.at[i];
        if (!is_shown(track, score) || !score->by_dimension)
            continue;
        sheet_now_chart(track, score, score_rows(score) > 2 ? SHEET_CHART_RADAR : SHEET_CHART_BAR,
                        places[score->index], track->row + drawn / 2 * CHART_ROWS, drawn % 2 * 3);
        drawn++;
    }
    track->row += (drawn + 1) / 2 * CHART_ROWS;
}

void track_dashboard(struct track *track) {
    size_t count = track->course->scores.count;
    struct now_place *places = ARENA_ARRAY(track->arena, struct now_place, count);
    track_text(track, track->row++, 0, LOOK_LEAD, track_names(track));
    heads(track);
    track->sheet->freeze_row = track->row;
    track->sheet->freeze_col = 1;
    for (int dimensions = 0; dimensions < 2; dimensions++)
        for (size_t i = 0; i < count; i++) {
            const struct score *score = &track->course->scores.at[i];
            if (is_shown(track, score) && score->by_dimension == (dimensions == 1))
                places[i] = score_lines(track, score);
        }
    charts(track, places);
}
