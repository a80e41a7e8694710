/* A score's panel: its last sittings, bands, now and before, chart. */
#include "block/sheet_parts.h"

static const int32_t *panel_columns(struct track *track, const struct score *score,
                                    int32_t sittings) {
    size_t count = track->course->respondents.count;
    int32_t *cols = ARENA_ARRAY(track->arena, int32_t, count), col = 1;
    for (size_t r = 0; r < count; r++) {
        bool has = score_has_respondent(track, score, (int32_t)r);
        cols[r] = has ? col : -1;
        col += has ? sittings : 0;
    }
    return cols;
}

static const struct track_date *find_date(const struct track *track, const struct score *score,
                                          int32_t respondent) {
    for (size_t p = 0; p < score->part_count; p++)
        for (size_t i = 0; i < track->dates.count; i++)
            if (track->dates.at[i].block == score->parts[p].rating &&
                track->dates.at[i].respondent == respondent)
                return &track->dates.at[i];
    return NULL;
}

/* A range of all sittings of a respondent, somewhere in this workbook. */
static char *whole_row(const struct track *track, int32_t sheet, int32_t row, int32_t col) {
    struct buf out;
    buf_init(&out, track->arena);
    track_print_area(track, &out, sheet,
                     (struct area){row, col, row, col + track->sitting_count - 1});
    return out.data;
}

/* IF(INDEX(row,1,start+k)="","",INDEX(row,1,start+k)) */
static char *shown_formula(const struct track *track, const struct score_window *window,
                           const char *row, int32_t k) {
    const char *cell = window_formula(track, window, row, k);
    return arena_printf(track->arena, "IF(%s=\"\",\"\",%s)", cell, cell);
}

static void title_cell(struct track *track, const struct score_window *window, int32_t k,
                       int32_t col) {
    struct buf title;
    buf_init(&title, track->arena);
    area_print_full(&title, track->work, area_cell(window->row, k + 1));
    track_formula(track, track->row + 1, col, LOOK_HEAD, NULL, title.data,
                  value_text(track->sittings[window->start + k].title));
}

static void panel_heads(struct track *track, const struct score *score, const int32_t *cols,
                        const struct score_window *window) {
    track_text(track, track->row + 1, 0, LOOK_HEAD_LEFT, "");
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++) {
        if (cols[r] < 0)
            continue;
        track_text(track, track->row, cols[r], LOOK_HEAD, track->course->respondents.at[r].label);
        track_merge(track,
                    (struct area){track->row, cols[r], track->row, cols[r] + window->count - 1});
        const struct track_date *date = find_date(track, score, r);
        for (int32_t k = 0; k < window->count; k++) {
            track_width(track, cols[r] + k, TRACK_CELL_WIDTH);
            if (track->placing)
                continue;
            title_cell(track, window, k, cols[r] + k);
            if (!date)
                continue;
            const char *dates =
                whole_row(track, date->place.sheet, date->place.row, date->place.col);
            track_formula(track, track->row + 2, cols[r] + k, LOOK_HEAD, track_date_format(track),
                          shown_formula(track, window, dates, k),
                          track_date_value(track, date, window->start + k));
        }
    }
    track->row += 3;
}

/* One sitting of a row: the value, or (`band`) its band's name. */
static void panel_cell(struct track *track, const struct score *score,
                       const struct score_window *window, int32_t d, int32_t respondent, int32_t k,
                       bool band, int32_t row, int32_t col) {
    const struct score_place *home = &track->places.scores[score->index];
    const struct result *result =
        score_result(track, score, d, respondent, track->sittings[window->start + k].index);
    struct value value = band ? score_band_cached(result) : score_cached(track, result);
    const char *format = band ? NULL : score_format(track, score);
    enum cell_look look = band ? LOOK_BAND : LOOK_RESULT;
    if (home->sheet < 0 || home->cols[respondent] < 0) {
        track_static(track, row, col, look, format, value);
        return;
    }
    const char *cells = whole_row(track, home->sheet, home->row + d + (band ? home->band_step : 0),
                                  home->cols[respondent]);
    track_formula(track, row, col, look, format, shown_formula(track, window, cells, k), value);
}

/* The window's sittings, a row a dimension, then their bands. */
static struct score_place panel_grid(struct track *track, const struct score *score,
                                     const int32_t *cols, const struct score_window *window) {
    int32_t rows = score_rows(score), bands = score->band_count ? rows : 0;
    for (int32_t i = 0; i < rows + bands; i++) {
        track_text(track, track->row + i, 0, LOOK_LABEL,
                   i < rows ? score_row_label(track, score, i)
                            : score_band_label(track, score, i - rows));
        for (int32_t r = 0; r < (int32_t)track->course->respondents.count && !track->placing; r++)
            for (int32_t k = 0; cols[r] >= 0 && k < window->count; k++)
                panel_cell(track, score, window, i % rows, r, k, i >= rows, track->row + i,
                           cols[r] + k);
    }
    struct score_place place = {.sheet = track->sheet->index,
                                .row = track->row,
                                .count = rows,
                                .sittings = window->count,
                                .windowed = true,
                                .band_step = bands,
                                .cols = cols};
    track->row += rows + bands;
    return place;
}

static void panel_chart(struct track *track, const struct score *score, enum chart_kind chart,
                        struct score_place sittings, struct now_place now) {
    int32_t charts = 0;
    if (chart == CHART_TREND)
        charts = sheet_trend_charts(track, score, sittings, track->row, 0);
    if (chart == CHART_GAUGE &&
        !score->by_dimension) /* where it stands, and beside it how it got there */
        sheet_trend_charts(track, score, sittings, track->row, CHART_COLS / 2);
    if (chart == CHART_GAUGE || chart == CHART_BARS)
        sheet_now_chart(track, score, SHEET_CHART_BAR, now, track->row, 0);
    if (chart == CHART_RADAR)
        sheet_now_chart(track, score, score_rows(score) > 2 ? SHEET_CHART_RADAR : SHEET_CHART_BAR,
                        now, track->row, 0);
    charts += chart != CHART_NONE && chart != CHART_TREND;
    track->row += charts * CHART_ROWS;
}

void sheet_score_panel(struct track *track, const struct score *score, enum chart_kind chart) {
    const struct score_window *window = score_window(track, score);
    const int32_t *cols = panel_columns(track, score, window->count);
    sheet_score_needed(track, score);
    panel_heads(track, score, cols, window);
    struct score_place sittings = panel_grid(track, score, cols, window);
    if (track->places.scores[score->index].sheet >= 0)
        sittings = track->places.scores[score->index];
    if (score->band_count)
        sheet_score_bands(track, score);
    track->row++;
    struct now_place now = sheet_now(track, score, sittings);
    track->row++;
    panel_chart(track, score, chart, sittings, now);
}

void sheet_score(struct track *track, const struct block *block) {
    if (!block->score || !track_begin(track, block))
        return;
    track_space(track);
    track_text(track, track->row++, 0, LOOK_HEADING, block->score->title);
    sheet_score_panel(track, block->score, block->chart);
    track->row++;
}
