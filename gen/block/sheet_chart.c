/* Charts of scores: bars or radar of what stands now, lines over the sittings. */
#include "block/sheet_parts.h"

#include "calc/format.h"

#include <math.h>

enum chart_kind score_chart(const struct course *course, const struct score *score) {
    for (size_t i = 0; i < course->blocks.count; i++) {
        const struct block *block = course->blocks.at[i];
        if (block->score == score && strcmp(block->type->name, "score") == 0)
            return block->chart;
    }
    if (score->by_dimension)
        return score->dimension_count > 2 ? CHART_RADAR : CHART_BARS;
    return CHART_GAUGE;
}

static double axis_step(const struct score *score) {
    double span = score->high - score->low;
    if (score->method == SCORE_PERCENT)
        return 0.2;
    return span <= 10 ? 1 : 0;
}

static struct sheet_chart *add_chart(struct track *track, const struct score *score,
                                     enum sheet_chart_kind kind, int32_t row, int32_t col,
                                     const char *title) {
    struct sheet_chart *chart = VEC_ADD(track->arena, &track->sheet->charts);
    *chart = (struct sheet_chart){.kind = kind,
                                  .row = row,
                                  .col = col,
                                  .width_px = track->chart_width_px,
                                  .height_px = CHART_HEIGHT_PX,
                                  .title = title,
                                  .low = score->low,
                                  .high = score->high,
                                  .step = axis_step(score),
                                  .format = score->method == SCORE_PERCENT ? "0%" : NULL};
    return chart;
}

/* What a chart shows, in words, for those who cannot see it. */
static const char *describe(struct track *track, const struct sheet_chart *chart,
                            const char *format_percent) {
    struct buf out;
    buf_init(&out, track->arena);
    for (size_t s = 0; s < chart->series_count; s++) {
        const struct series *series = &chart->series[s];
        buf_printf(&out, "%s%s: ", s ? "; " : "", series->name);
        bool any = false;
        for (size_t i = 0; i < series->count; i++) {
            if (!isfinite(series->numbers[i]))
                continue;
            struct value value = value_number(series->numbers[i]);
            value.unit = format_percent ? UNIT_PERCENT : UNIT_NONE;
            buf_printf(&out, "%s%s %s", any ? ", " : "", series->category_texts[i],
                       value_format(track->arena, track->course, value, -1));
            any = true;
        }
        if (!any)
            buf_puts(&out, track_word(track, WORD_MISSING));
    }
    return track_phrase(track, WORD_TRACK_CHART, chart->title, out.data);
}

void sheet_now_chart(struct track *track, const struct score *score, enum sheet_chart_kind kind,
                     struct now_place now, int32_t row, int32_t col) {
    if (track->placing)
        return;
    int32_t rows = score_rows(score);
    size_t respondents = track->course->respondents.count;
    struct sheet_chart *chart = add_chart(track, score, kind, row, col, score->title);
    chart->series = ARENA_ARRAY(track->arena, struct series, respondents);
    for (int32_t r = 0; r < (int32_t)respondents; r++) {
        if (now.cols[r] < 0)
            continue;
        struct series *series = &chart->series[chart->series_count++];
        const char **labels = ARENA_ARRAY(track->arena, const char *, rows);
        double *numbers = ARENA_ARRAY(track->arena, double, rows);
        for (int32_t d = 0; d < rows; d++) {
            const struct result *result = score_last_result(track, score, d, r);
            labels[d] = score_row_label(track, score, d);
            numbers[d] = result && !value_is_missing(result->value) ? result->value.number : NAN;
        }
        *series = (struct series){.name = track->course->respondents.at[r].label,
                                  .sheet = track->sheet->index,
                                  .categories = {now.row, 0, now.row + rows - 1, 0},
                                  .values = {now.row, now.cols[r], now.row + rows - 1, now.cols[r]},
                                  .category_texts = labels,
                                  .numbers = numbers,
                                  .count = (size_t)rows};
    }
    chart->description = describe(track, chart, score->method == SCORE_PERCENT ? "%" : NULL);
}

/* A column of figures behind a chart: #N/A where there is none, or words instead. */
static struct series home_series(struct track *track, const struct score *score, int32_t respondent,
                                 int32_t first, int32_t col) {
    int32_t rows = score_rows(score);
    const char **labels = ARENA_ARRAY(track->arena, const char *, rows);
    double *numbers = ARENA_ARRAY(track->arena, double, rows);
    for (int32_t d = 0; d < rows; d++) {
        const struct result *result = score_last_result(track, score, d, respondent);
        bool known = result && !value_is_missing(result->value);
        labels[d] = score_row_label(track, score, d);
        numbers[d] = known ? result->value.number : NAN;
        const char *cell = score_latest_formula(track, score, d, respondent);
        const char *formula = arena_printf(track->arena, "IF(ISNUMBER(%s),%s,NA())", cell, cell);
        track_text(track, first + d, 0, LOOK_TEXT, labels[d]);
        if (known)
            track_formula(track, first + d, col, LOOK_TEXT, NULL, formula,
                          value_number(numbers[d]));
        else
            track_formula_na(track, first + d, col, formula);
    }
    return (struct series){.name = track->course->respondents.at[respondent].label,
                           .sheet = track->work->index,
                           .categories = {first, 0, first + rows - 1, 0},
                           .values = {first, col, first + rows - 1, col},
                           .category_texts = labels,
                           .numbers = numbers,
                           .count = (size_t)rows};
}

void sheet_home_chart(struct track *track, const struct score *score, enum sheet_chart_kind kind,
                      int32_t row, int32_t col) {
    const struct score_place *home = &track->places.scores[score->index];
    if (track->placing || home->sheet < 0)
        return;
    size_t respondents = track->course->respondents.count;
    struct sheet_chart *chart = add_chart(track, score, kind, row, col, score->title);
    int32_t first = track_work_row(track, score_rows(score));
    struct sheet *sheet = track->sheet;
    track->sheet = track->work;
    chart->series = ARENA_ARRAY(track->arena, struct series, respondents);
    for (int32_t r = 0; r < (int32_t)respondents; r++)
        if (home->cols[r] >= 0) {
            chart->series[chart->series_count] =
                home_series(track, score, r, first, (int32_t)chart->series_count + 1);
            chart->series_count++;
        }
    track->sheet = sheet;
    chart->description = describe(track, chart, score->method == SCORE_PERCENT ? "%" : NULL);
}

/* A row of figures behind a line: a cell without a result must be #N/A, which a chart leaves out;
 * an empty text would be drawn as 0. */
static struct series trend_series(struct track *track, const struct score *score,
                                  struct score_place from, int32_t d, int32_t respondent,
                                  const char *name) {
    struct sheet *shown = track->sheet;
    const struct score_window *window = score_window(track, score);
    const char **labels = ARENA_ARRAY(track->arena, const char *, window->count);
    double *numbers = ARENA_ARRAY(track->arena, double, window->count);
    int32_t row = track_work_row(track, 1);
    struct buf values;
    buf_init(&values, track->arena);
    area_print_full(&values, track->book->sheets.at[from.sheet],
                    (struct area){from.row + d, from.cols[respondent], from.row + d,
                                  from.cols[respondent] + from.sittings - 1});
    track->sheet = track->work;
    track_text(track, row, 0, LOOK_TEXT, name);
    for (int32_t k = 0; k < window->count; k++) {
        const struct track_sitting *sitting = &track->sittings[window->start + k];
        const struct result *result = score_result(track, score, d, respondent, sitting->index);
        bool known = result && !value_is_missing(result->value);
        labels[k] = sitting->title;
        numbers[k] = known ? result->value.number : NAN;
        const char *cell = from.windowed
                               ? arena_printf(track->arena, "INDEX(%s,1,%d)", values.data, k + 1)
                               : window_formula(track, window, values.data, k);
        const char *formula = arena_printf(track->arena, "IF(ISNUMBER(%s),%s,NA())", cell, cell);
        if (known)
            track_formula(track, row, k + 1, LOOK_TEXT, NULL, formula, value_number(numbers[k]));
        else
            track_formula_na(track, row, k + 1, formula);
    }
    track->sheet = shown;
    return (struct series){.name = name,
                           .sheet = track->work->index,
                           .categories = {window->row, 1, window->row, window->count},
                           .values = {row, 1, row, window->count},
                           .category_texts = labels,
                           .numbers = numbers,
                           .count = (size_t)window->count};
}

static void trend_chart(struct track *track, const struct score *score, struct score_place from,
                        int32_t respondent, int32_t row, int32_t col) {
    const char *title = track_phrase(track, WORD_TRACK_TREND, score->title, NULL);
    int32_t rows = score_rows(score);
    if (respondent != RESPONDENT_NONE)
        title = arena_printf(track->arena, "%s (%s)", title,
                             track->course->respondents.at[respondent].label);
    struct sheet_chart *chart = add_chart(track, score, SHEET_CHART_LINE, row, col, title);
    chart->series =
        ARENA_ARRAY(track->arena, struct series, track->course->respondents.count + (size_t)rows);
    if (respondent != RESPONDENT_NONE)
        for (int32_t d = 0; d < rows; d++)
            chart->series[chart->series_count++] =
                trend_series(track, score, from, d, respondent, score_row_label(track, score, d));
    else
        for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
            if (from.cols[r] >= 0)
                chart->series[chart->series_count++] =
                    trend_series(track, score, from, 0, r, track->course->respondents.at[r].label);
    chart->description = describe(track, chart, score->method == SCORE_PERCENT ? "%" : NULL);
}

int32_t sheet_trend_charts(struct track *track, const struct score *score, struct score_place from,
                           int32_t row, int32_t col) {
    if (!score->by_dimension) {
        if (!track->placing)
            trend_chart(track, score, from, RESPONDENT_NONE, row, col);
        return 1;
    }
    int32_t count = 0;
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
        if (score_has_respondent(track, score, r)) {
            if (!track->placing)
                trend_chart(track, score, from, r, row + count * CHART_ROWS, col);
            count++;
        }
    return count;
}
