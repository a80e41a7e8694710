/* Trend: sittings across, the value up; a line a respondent, or a line a dimension of one. */
#include "block/chart.h"

enum {
    LEFT_PART = 350,         /* room for the scale's figures … */
    LEFT_PERCENT_PART = 650, /* … of a percentage */
    RIGHT_PART = 10000,
    NAMED_PART = 8000, /* where names stand to the right of the last point */
    PLOT_UM = 38000,
    TOP_UM = 4500,
    FOOT_UM = 7000,
    NAME_UM = 4300,   /* least distance of names */
    LEADER_UM = 1400, /* one that is moved further has a line to its point */
};

struct plot {
    struct canvas canvas;
    const struct score *score;
    size_t sittings;
    int32_t left, right; /* parts of the width */
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
    int32_t span = plot->right - plot->left;
    int32_t x =
        plot->sittings > 1
            ? plot->left + 400 + (int32_t)sitting * (span - 800) / (int32_t)(plot->sittings - 1)
            : plot->left + span / 2;
    int32_t y =
        TOP_UM + PLOT_UM - (int32_t)((int64_t)chart_part(plot->score, value) * PLOT_UM / 10000);
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
        draw_line(&plot->canvas, chart_point(plot->left, 0, y), chart_point(plot->right, 0, y),
                  rule, print->theme->rule_um, 0);
        struct score whole = *score;
        whole.decimals = 0;
        draw_text(&plot->canvas, chart_point(plot->left, -1500, y + 1000),
                  chart_value(print, &whole, value), figure, ANCHOR_END, (struct measure){0, 0});
    }
    for (size_t s = 0; s < plot->sittings; s++) {
        struct point at = at_sitting(plot, s, score->low);
        at.y.um += 5000;
        draw_text(&plot->canvas, at, sitting_title(print, s), figure, ANCHOR_MIDDLE,
                  (struct measure){(plot->right - plot->left) / (int32_t)(plot->sittings), -1000});
    }
}

/* One line of the plot: a respondent's, or a dimension's. */
struct trace {
    struct series series;
    int32_t dimension;
    const char *name;
    int32_t last;    /* the last sitting with a value, -1 if there is none */
    int32_t name_um; /* baseline of its name */
};

static const struct result *result_of(const struct plot *plot, const struct trace *trace,
                                      size_t sitting) {
    const struct results *results = plot->canvas.print->edition->results;
    const struct result *result = results ? results_find(results, plot->score, trace->dimension,
                                                         trace->series.voice, (int32_t)sitting)
                                          : NULL;
    return result && !value_is_missing(result->value) ? result : NULL;
}

static void draw_lines(struct plot *plot, const struct trace *trace) {
    const struct result *before = NULL;
    size_t from = 0;
    for (size_t s = 0; s < plot->sittings; s++) {
        const struct result *result = result_of(plot, trace, s);
        if (result && before)
            draw_line(&plot->canvas, at_sitting(plot, from, before->value.number),
                      at_sitting(plot, s, result->value.number), trace->series.colour, 700,
                      chart_dash_um(&trace->series));
        if (result) {
            before = result;
            from = s;
        }
    }
}

enum { FIGURE_UM = 3200 }; /* the room of one above or below a point */

/* Where a point's figure stands, from the point down: above where no other line runs higher, below
 * where none runs lower, else above or below if there is room; 0 if there is none. */
static int32_t figure_place(const struct plot *plot, const struct trace *traces, size_t count,
                            size_t index, size_t sitting, double value) {
    int32_t y = at_sitting(plot, sitting, value).y.um;
    int32_t above = INT32_MAX, below = INT32_MAX; /* room to the next points */
    for (size_t i = 0; i < count; i++) {
        const struct result *other = i == index ? NULL : result_of(plot, &traces[i], sitting);
        if (!other)
            continue;
        int32_t down = at_sitting(plot, sitting, other->value.number).y.um - y;
        bool higher = down < 0 || (down == 0 && i < index);
        int32_t *room = higher ? &above : &below;
        int32_t apart = down < 0 ? -down : down;
        *room = apart < *room ? apart : *room;
    }
    if (above == INT32_MAX)
        return -2000;
    if (below == INT32_MAX && y < TOP_UM + PLOT_UM - 1500) /* else the sitting's name is there */
        return 4200;
    return above > 2 * FIGURE_UM + 2000                         ? -2000
           : below != INT32_MAX && below > 2 * FIGURE_UM + 2000 ? 4200
                                                                : 0;
}

static void draw_points(struct plot *plot, struct trace *traces, size_t count, size_t index) {
    struct print *print = plot->canvas.print;
    struct trace *trace = &traces[index];
    const struct text_style *label =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_TEXT), true);
    if (trace->name)
        buf_printf(&plot->canvas.alt, "; %s:", trace->name);
    trace->last = -1;
    for (size_t s = 0; s < plot->sittings; s++) {
        const struct result *result = result_of(plot, trace, s);
        if (!result)
            continue;
        struct point at = at_sitting(plot, s, result->value.number), figure = at;
        int32_t down = figure_place(plot, traces, count, index, s, result->value.number);
        figure.y.um += down;
        const char *value = chart_value(print, plot->score, result->value.number);
        draw_mark(&plot->canvas, at, &trace->series);
        if (down)
            draw_text(&plot->canvas, figure, value, label, ANCHOR_MIDDLE, (struct measure){0, 0});
        buf_printf(&plot->canvas.alt, " %s %s,", sitting_title(print, s), value);
        trace->last = (int32_t)s;
        trace->name_um = at.y.um + 1100;
    }
    chart_say_no_colon(&plot->canvas);
    /* The last comma of the words goes. */
    if (trace->last >= 0)
        plot->canvas.alt.data[--plot->canvas.alt.len] = 0;
}

/* The traces that end in a point, from the top down. */
static size_t order_of_ends(const struct trace *traces, size_t count, size_t order[SERIES_LIMIT]) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!traces[i].name || traces[i].last < 0)
            continue;
        size_t at = found++;
        for (; at > 0 && traces[order[at - 1]].name_um > traces[i].name_um; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return found;
}

/* Names at the lines' ends, pushed apart where the ends lie close, each as far as the other; one
 * that is moved far has a line to its point. */
static void draw_names(struct plot *plot, struct trace *traces, size_t count) {
    struct print *print = plot->canvas.print;
    const struct text_style *label =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_TEXT), true);
    size_t order[SERIES_LIMIT];
    count = order_of_ends(traces, count, order);
    int32_t ends[SERIES_LIMIT];
    for (size_t k = 0; k < count; k++)
        ends[k] = traces[order[k]].name_um;
    for (size_t turn = 0; turn < count; turn++)
        for (size_t k = 1; k < count; k++) {
            struct trace *upper = &traces[order[k - 1]], *lower = &traces[order[k]];
            int32_t lacking = NAME_UM - (lower->name_um - upper->name_um);
            upper->name_um -= lacking > 0 ? lacking / 2 : 0;
            lower->name_um += lacking > 0 ? lacking - lacking / 2 : 0;
        }
    for (size_t k = 0; k < count; k++) {
        const struct trace *trace = &traces[order[k]];
        int32_t part = at_sitting(plot, (size_t)trace->last, plot->score->low).x.part;
        int32_t moved = trace->name_um - ends[k],
                x = moved > LEADER_UM || moved < -LEADER_UM ? 6800 : 4200;
        if (x > 4200)
            draw_line(&plot->canvas, chart_point(part, 1700, ends[k] - 1100),
                      chart_point(part, x - 600, trace->name_um - 1100), trace->series.colour, 250,
                      0);
        draw_text(&plot->canvas, chart_point(part, x, trace->name_um), trace->name, label,
                  ANCHOR_START, (struct measure){10000 - part, -x});
    }
}

static size_t list_traces(struct print *print, const struct score *score,
                          const struct series *series, size_t count,
                          struct trace traces[SERIES_LIMIT]) {
    if (!score->by_dimension) {
        for (size_t i = 0; i < count; i++)
            traces[i] =
                (struct trace){.series = series[i], .dimension = -1, .name = series[i].name};
        return count;
    }
    count = score->dimension_count < SERIES_LIMIT ? score->dimension_count : SERIES_LIMIT;
    for (size_t d = 0; d < count; d++) {
        traces[d] = (struct trace){.series = series[0],
                                   .dimension = (int32_t)d,
                                   .name = print_dimension(print, score, (int32_t)d)};
        traces[d].series.colour = print_colour(print, (enum colour_id)(COLOUR_SERIES_1 + d));
        traces[d].series.look = (int32_t)d;
    }
    return count;
}

struct flow *chart_trend(struct print *print, const struct score *score,
                         const struct voices *voices) {
    struct plot plot = {.score = score, .sittings = sitting_count(print)};
    if (plot.sittings == 0)
        return NULL;
    chart_canvas_init(&plot.canvas, print);
    buf_puts(&plot.canvas.alt, score->title);
    struct series series[SERIES_LIMIT];
    struct trace traces[SERIES_LIMIT];
    size_t count = chart_series(print, voices, series);
    count = list_traces(print, score, series, count, traces);
    plot.left = score->method == SCORE_PERCENT ? LEFT_PERCENT_PART : LEFT_PART;
    plot.right = count && traces[0].name ? NAMED_PART : RIGHT_PART;
    draw_frame(&plot);
    for (size_t i = 0; i < count; i++)
        draw_lines(&plot, &traces[i]);
    for (size_t i = 0; i < count; i++)
        draw_points(&plot, traces, count, i);
    draw_names(&plot, traces, count);
    return canvas_finish(&plot.canvas, TOP_UM + PLOT_UM + FOOT_UM);
}
