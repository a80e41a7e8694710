/* Radar: an axis a dimension, a line a respondent: the first solid with dots, the second dashed with
 * rings. */
#include "block/chart.h"

#include <math.h>

enum {
    LEAST_RADIUS_UM = 20000,
    MOST_RADIUS_UM = 35000,
    MARGIN_UM = 12500,
    KEY_UM = 9000,
    KEY_ROW_UM = 6000,
    KEY_WIDTH_UM = 40000
};

struct web {
    struct canvas canvas;
    const struct score *score;
    size_t axes;
    int32_t radius_um;
};

/* A place on an axis: `part` of 10,000 from the middle outwards, `beyond` um further. */
static struct point on_axis(const struct web *web, size_t axis, int32_t part, int32_t beyond) {
    const double turn = 6.283185307179586;
    double angle = turn * (double)axis / (double)web->axes;
    double length = (double)web->radius_um * part / 10000 + beyond;
    return chart_point(5000, (int32_t)lround(sin(angle) * length),
                       MARGIN_UM + web->radius_um - (int32_t)lround(cos(angle) * length));
}

/* The innermost ring is not the middle: a lowest value still shows as a shape. */
static int32_t ring_part(const struct score *score, double value) {
    return 1200 + (int32_t)((int64_t)chart_part(score, value) * 8800 / 10000);
}

/* The names at both sides are given their room first. */
static int32_t radius_of(struct print *print, const struct score *score) {
    const struct text_style *style = chart_style(print, STYLE_LABEL, 0, true);
    int32_t longest = 0;
    for (size_t a = 0; a < score->dimension_count; a++) {
        int32_t room = text_room_um(print_dimension(print, score, (int32_t)a), style);
        longest = room > longest ? room : longest;
    }
    int32_t radius = chart_width_um(print) / 2 - longest - 4000;
    return radius < LEAST_RADIUS_UM  ? LEAST_RADIUS_UM
           : radius > MOST_RADIUS_UM ? MOST_RADIUS_UM
                                     : radius;
}

static void draw_web(struct web *web) {
    struct print *print = web->canvas.print;
    const struct score *score = web->score;
    uint32_t rule = print_colour(print, COLOUR_RULE);
    struct point *corners = ARENA_ARRAY(print->arena, struct point, web->axes);
    double step = chart_step(score);
    const struct text_style *figure =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_MUTED), false);
    for (int32_t i = 0; step > 0 && score->low + i * step <= score->high + 1e-9; i++) {
        double value = score->low + i * step;
        for (size_t a = 0; a < web->axes; a++)
            corners[a] = on_axis(web, a, ring_part(score, value), 0);
        draw_polygon(&web->canvas, corners, web->axes, COLOUR_NONE, rule, print->theme->rule_um, 0);
        struct score whole = *score;
        whole.decimals = 0;
        struct point at = corners[0];
        at.x.um += 900;
        at.y.um -= 300;
        draw_text(&web->canvas, at, chart_value(print, &whole, value), figure, ANCHOR_START,
                  (struct measure){0, 0});
    }
    for (size_t a = 0; a < web->axes; a++)
        draw_line(&web->canvas, on_axis(web, a, 0, 0), on_axis(web, a, 10000, 0), rule,
                  print->theme->rule_um, 0);
}

static void draw_axis_label(struct web *web, size_t axis, const struct series *series,
                            size_t count) {
    struct print *print = web->canvas.print;
    struct point at = on_axis(web, axis, 10000, 4000);
    int32_t side = at.x.um > 1500 ? 1 : at.x.um < -1500 ? -1 : 0;
    enum text_anchor anchor = side > 0 ? ANCHOR_START : side < 0 ? ANCHOR_END : ANCHOR_MIDDLE;
    const char *name = print_dimension(print, web->score, (int32_t)axis);
    struct buf figures;
    buf_init(&figures, print->arena);
    for (size_t i = 0; i < count; i++) {
        const struct result *result =
            print_result(print, web->score, (int32_t)axis, series[i].voice);
        bool known = result && !value_is_missing(result->value);
        if (known)
            buf_printf(&figures, "%s%s", figures.len ? " / " : "",
                       chart_value(print, web->score, result->value.number));
        else if (print->edition->participant)
            buf_printf(&figures, "%s%s", figures.len ? " / " : "", print_word(print, WORD_MISSING));
    }
    /* Outside of the ring: a label's lower edge at the top, its upper edge at the foot, else what
     * lies between the two. */
    int32_t high = figures.len ? 7400 : 3600, middle = MARGIN_UM + web->radius_um;
    int32_t down = at.y.um - middle + web->radius_um + 4000; /* 0 at the top */
    int32_t y =
        at.y.um + 3000 - high + (int32_t)((int64_t)high * down / (2 * (web->radius_um + 4000)));
    struct measure room = {side ? 5000 : 10000, side > 0 ? -at.x.um : side < 0 ? at.x.um : 0};
    uint32_t ink = print_colour(print, COLOUR_TEXT);
    draw_text(&web->canvas, chart_point(5000, at.x.um, y), name,
              chart_style(print, STYLE_LABEL, ink, true), anchor, room);
    if (figures.len)
        draw_text(&web->canvas, chart_point(5000, at.x.um, y + 4200), figures.data,
                  chart_style(print, STYLE_HINT, ink, false), anchor, room);
    buf_printf(&web->canvas.alt, "; %s%s%s", name, figures.len ? " " : "", figures.data);
}

static void draw_shape(struct web *web, const struct series *series) {
    struct print *print = web->canvas.print;
    struct point *corners = ARENA_ARRAY(print->arena, struct point, web->axes);
    bool *known = ARENA_ARRAY(print->arena, bool, web->axes);
    for (size_t a = 0; a < web->axes; a++) {
        const struct result *result = print_result(print, web->score, (int32_t)a, series->voice);
        known[a] = result && !value_is_missing(result->value);
        if (known[a])
            corners[a] = on_axis(web, a, ring_part(web->score, result->value.number), 0);
    }
    for (size_t a = 0; a < web->axes; a++) {
        size_t next = (a + 1) % web->axes;
        if (known[a] && known[next])
            draw_line(&web->canvas, corners[a], corners[next], series->colour, 700,
                      chart_dash_um(series));
    }
    for (size_t a = 0; a < web->axes; a++)
        if (known[a])
            draw_mark(&web->canvas, corners[a], series);
}

/* So many of the key's names stand beside one another. */
static int32_t keys_across(const struct print *print, size_t count) {
    int32_t room = chart_width_um(print) / KEY_WIDTH_UM;
    return room < 1 ? 1 : room < (int32_t)count ? room : (int32_t)count;
}

static void draw_key(struct web *web, const struct series *series, size_t count, int32_t y) {
    struct print *print = web->canvas.print;
    const struct text_style *name =
        chart_style(print, STYLE_LABEL, print_colour(print, COLOUR_TEXT), false);
    int32_t across = keys_across(print, count);
    for (size_t i = 0; i < count; i++) {
        int32_t row = (int32_t)i / across, rest = (int32_t)count - row * across;
        int32_t x = KEY_WIDTH_UM * ((int32_t)i % across) -
                    KEY_WIDTH_UM * (rest < across ? rest : across) / 2 + 4000;
        int32_t at = y + row * KEY_ROW_UM;
        draw_line(&web->canvas, chart_point(5000, x, at), chart_point(5000, x + 10000, at),
                  series[i].colour, 700, chart_dash_um(&series[i]));
        draw_mark(&web->canvas, chart_point(5000, x + 5000, at), &series[i]);
        draw_text(&web->canvas, chart_point(5000, x + 12000, at + 1200), series[i].name, name,
                  ANCHOR_START, (struct measure){0, KEY_WIDTH_UM - 13000});
    }
}

struct flow *chart_radar(struct print *print, const struct score *score,
                         const struct voices *voices) {
    struct web web = {
        .score = score, .axes = score->dimension_count, .radius_um = radius_of(print, score)};
    chart_canvas_init(&web.canvas, print);
    struct series series[SERIES_LIMIT];
    size_t count = chart_series(print, voices, series);
    buf_puts(&web.canvas.alt, score->title);
    for (size_t i = 0; i < count; i++)
        if (series[i].name)
            buf_printf(&web.canvas.alt, "%s %s", i ? " /" : ":", series[i].name);
    draw_web(&web);
    for (size_t i = 0; i < count; i++)
        draw_shape(&web, &series[i]);
    for (size_t a = 0; a < web.axes; a++)
        draw_axis_label(&web, a, series, count);
    int32_t height = 2 * (web.radius_um + MARGIN_UM);
    if (series[0].name)
        draw_key(&web, series, count, height + 3500);
    int32_t rows = ((int32_t)count - 1) / keys_across(print, count);
    return canvas_finish(&web.canvas, height + (series[0].name ? KEY_UM + rows * KEY_ROW_UM : 0));
}
