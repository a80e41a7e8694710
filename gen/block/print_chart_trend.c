/* Trend: sittings across, the value up; a line a respondent, or a line a dimension of one. */
#include "block/chart.h"

enum {
    LEFT_PART = 900,
    RIGHT_PART = 9700,
    NAMED_PART = 8000, /* where names stand to the right of the last point */
    PLOT_UM = 38000,
    TOP_UM = 4500,
    FOOT_UM = 7000,
};

struct plot {
    struct canvas canvas;
    const struct score *score;
    size_t sittings;
    int32_t right; /* parts of the width */
};

static const char *sitting_title(struct print *print, size_t sitting) {
    const struct participant *participant = print->edition->participant;
    if (participant)
        return participant->sittings[sitting].title;
    return print->course->sittings.count ? print->course->sittings.at[sitting].title
                                         : arena_printf(print->arena, "%zu", sitting + 1);
}

static size_t sitting_count(const struct print *print) {
    const struct participant *participant = print->edition->participant;
    if (participant)
        return participant->sitting_count;
    return print->course->sittings.count ? print->course->sittings.count : 3;
}

static struct point at_sitting(const struct plot *plot, size_t sitting, double value) {
    int32_t span = plot->right - LEFT_PART;
    int32_t x = plot->sittings > 1
                    ? LEFT_PART + 400 + (int32_t)sitting * (span - 800) / (int32_t)(plot->sittings - 1)
                    : LEFT_PART + span / 2;
    int32_t y = TOP_UM + PLOT_UM -
                (int32_t)((int64_t)chart_part(plot->score, value) * PLOT_UM / 10000);
    return chart_point(x, 0, y);
}

static void draw_frame(struct plot *plot) {
    struct print *print = plot->canvas.print;
    const struct score *score = plot->score;
    uint32_t rule = print_colour(print, COLOUR_RULE);
    const struct text_style *figure =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_MUTED), false);
    double step = chart_step(score);
    for (int32_t i = 0; step > 0 && score->low + i * step <= score->high + 1e-9; i++) {
        double value = score->low + i * step;
        int32_t y = at_sitting(plot, 0, value).y.um;
        draw_line(&plot->canvas, chart_point(LEFT_PART, 0, y), chart_point(plot->right, 0, y), rule,
                  print->theme->rule_um, 0);
        struct score whole = *score;
        whole.decimals = 0;
        draw_text(&plot->canvas, chart_point(LEFT_PART, -1500, y + 1000),
                  chart_value(print, &whole, value), figure, ANCHOR_END, (struct measure){0, 0});
    }
    for (size_t s = 0; s < plot->sittings; s++) {
        struct point at = at_sitting(plot, s, score->low);
        at.y.um += 5000;
        draw_text(&plot->canvas, at, sitting_title(print, s), figure, ANCHOR_MIDDLE,
                  (struct measure){(plot->right - LEFT_PART) / (int32_t)(plot->sittings), -1000});
    }
}

static void draw_series(struct plot *plot, const struct series *series, int32_t dimension,
                        const char *name) {
    struct print *print = plot->canvas.print;
    const struct text_style *label =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_TEXT), true);
    struct point last = {0};
    bool drawn = false;
    if (name)
        buf_printf(&plot->canvas.alt, "; %s:", name);
    for (size_t s = 0; print->edition->results && s < plot->sittings; s++) {
        const struct result *result = results_find(print->edition->results, plot->score, dimension,
                                                   series->voice, (int32_t)s);
        if (!result || value_is_missing(result->value))
            continue;
        struct point at = at_sitting(plot, s, result->value.number);
        if (drawn)
            draw_line(&plot->canvas, last, at, series->colour, 700, series->second ? 1600 : 0);
        const char *value = chart_value(print, plot->score, result->value.number);
        struct point above = at;
        above.y.um += series->second ? 4200 : -2000;
        draw_text(&plot->canvas, above, value, label, ANCHOR_MIDDLE, (struct measure){0, 0});
        buf_printf(&plot->canvas.alt, " %s %s,", sitting_title(print, s), value);
        last = at;
        drawn = true;
    }
    for (size_t s = 0; print->edition->results && s < plot->sittings; s++) {
        const struct result *result = results_find(print->edition->results, plot->score, dimension,
                                                   series->voice, (int32_t)s);
        if (result && !value_is_missing(result->value))
            draw_mark(&plot->canvas, at_sitting(plot, s, result->value.number), series);
    }
    if (drawn && name)
        draw_text(&plot->canvas, chart_point(last.x.part, 2600, last.y.um + 1100), name, label,
                  ANCHOR_START, (struct measure){10000 - last.x.part, -2600});
}

struct flow *chart_trend(struct print *print, const struct score *score,
                         const struct voices *voices) {
    struct plot plot = {.score = score, .sittings = sitting_count(print)};
    if (plot.sittings == 0)
        return NULL;
    chart_canvas_init(&plot.canvas, print);
    buf_puts(&plot.canvas.alt, score->title);
    draw_frame(&plot);
    struct series series[SERIES_LIMIT];
    size_t count = chart_series(print, voices, series);
    if (!score->by_dimension) {
        for (size_t i = 0; i < count; i++)
            draw_series(&plot, &series[i], -1, series[i].name);
    } else {
        size_t lines = score->dimension_count < SERIES_LIMIT ? score->dimension_count : SERIES_LIMIT;
        for (size_t d = 0; d < lines; d++) {
            struct series line = series[0];
            line.colour = print_colour(print, (enum colour_id)(COLOUR_SERIES_1 + d));
            line.second = d % 2 == 1;
            draw_series(&plot, &line, (int32_t)d, print_dimension(print, score, (int32_t)d));
        }
    }
    return canvas_finish(&plot.canvas, TOP_UM + PLOT_UM + FOOT_UM);
}
