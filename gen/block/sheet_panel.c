/* A score's panel: sitting by sitting, bands, now and before, chart. */
#include "block/sheet_parts.h"

static const int32_t *panel_columns(struct track *track, const struct score *score) {
    size_t count = track->course->respondents.count;
    int32_t *cols = ARENA_ARRAY(track->arena, int32_t, count), col = 1;
    for (size_t r = 0; r < count; r++) {
        bool has = score_has_respondent(track, score, (int32_t)r);
        cols[r] = has ? col : -1;
        col += has ? track->sitting_count : 0;
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

static void panel_heads(struct track *track, const struct score *score, const int32_t *cols) {
    track_text(track, track->row + 1, 0, LOOK_HEAD_LEFT, "");
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++) {
        if (cols[r] < 0)
            continue;
        track_text(track, track->row, cols[r], LOOK_HEAD, track->course->respondents.at[r].label);
        track_merge(track, (struct area){track->row, cols[r], track->row,
                                         cols[r] + track->sitting_count - 1});
        const struct track_date *date = find_date(track, score, r);
        for (int32_t k = 0; k < track->sitting_count; k++) {
            track_text(track, track->row + 1, cols[r] + k, LOOK_HEAD, track->sittings[k].title);
            track_width(track, cols[r] + k, TRACK_CELL_WIDTH);
            if (date)
                track_date_repeat(track, date, k, track->row + 2, cols[r] + k);
        }
    }
    track->row += 3;
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
    const int32_t *cols = panel_columns(track, score);
    sheet_score_needed(track, score);
    panel_heads(track, score, cols);
    struct score_place sittings = sheet_score_grid(track, score, cols, false);
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
