/* Charts: the canvas and what all kinds share; the gauge. */
#include "block/chart.h"

#include <float.h>
#include <math.h>

void chart_canvas_init(struct canvas *canvas, struct print *print) {
    *canvas = (struct canvas){.print = print};
    buf_init(&canvas->alt, print->arena);
}

struct flow *canvas_finish(struct canvas *canvas, int32_t height_um) {
    struct drawing *drawing = ARENA_NEW(canvas->print->arena, struct drawing);
    *drawing = (struct drawing){
        .shapes = canvas->shapes.at, .count = canvas->shapes.count, .height = {0, height_um}};
    struct flow *flow = flow_new(canvas->print->arena, FLOW_DRAWING, ROLE_FIGURE);
    flow->drawing = drawing;
    flow->alt = canvas->alt.data;
    flow->space_before_um = flow->space_after_um = 2500;
    return flow;
}

struct point chart_point(int32_t part, int32_t x_um, int32_t y_um) {
    return (struct point){{part, x_um}, {0, y_um}};
}

static struct shape *add_shape(struct canvas *canvas, enum shape_kind kind, uint32_t fill,
                               uint32_t stroke) {
    struct shape *shape = VEC_ADD(canvas->print->arena, &canvas->shapes);
    *shape = (struct shape){.kind = kind, .fill = fill, .stroke = stroke};
    return shape;
}

void draw_line(struct canvas *canvas, struct point from, struct point to, uint32_t colour,
               int32_t weight_um, int32_t dash_um) {
    struct shape *shape = add_shape(canvas, SHAPE_LINE, COLOUR_NONE, colour);
    shape->at = from;
    shape->to = to;
    shape->weight_um = weight_um;
    shape->dash_um = dash_um;
}

void draw_rect(struct canvas *canvas, struct point at, struct measure width, int32_t height_um,
               uint32_t fill, uint32_t stroke) {
    struct shape *shape = add_shape(canvas, SHAPE_RECT, fill, stroke);
    shape->at = at;
    shape->width = width;
    shape->height = (struct measure){0, height_um};
    shape->weight_um = canvas->print->theme->rule_um;
}

static bool is_hollow(const struct series *series) { return series->look % 2 == 1; }

int32_t chart_dash_um(const struct series *series) {
    static const int32_t dashes[SERIES_LIMIT] = {0, 1600, 600, 3200};
    return dashes[series->look % SERIES_LIMIT];
}

int32_t chart_shade(const struct series *series) {
    static const int32_t shades[SERIES_LIMIT] = {100, 30, 60, 8};
    return shades[series->look % SERIES_LIMIT];
}

void draw_mark(struct canvas *canvas, struct point at, const struct series *series) {
    bool square = series->look % SERIES_LIMIT >= 2;
    struct shape *shape =
        add_shape(canvas, square ? SHAPE_RECT : SHAPE_CIRCLE,
                  is_hollow(series) ? print_colour(canvas->print, COLOUR_PAPER) : series->colour,
                  series->colour);
    shape->at = at;
    shape->width = (struct measure){0, 1000};
    shape->weight_um = 450;
    if (square) {
        shape->at.x.um -= 900;
        shape->at.y.um -= 900;
        shape->width.um = shape->height.um = 1800;
    }
}

void draw_text(struct canvas *canvas, struct point baseline, const char *text,
               const struct text_style *style, enum text_anchor anchor, struct measure room) {
    struct shape *shape = add_shape(canvas, SHAPE_TEXT, style->colour, COLOUR_NONE);
    shape->at = baseline;
    shape->text = text;
    shape->style = style;
    shape->anchor = anchor;
    shape->width = room;
}

void draw_polygon(struct canvas *canvas, const struct point *corners, size_t count, uint32_t fill,
                  uint32_t stroke, int32_t weight_um, int32_t dash_um) {
    struct point *points = ARENA_ARRAY(canvas->print->arena, struct point, count);
    memcpy(points, corners, count * sizeof *points);
    struct shape *shape = add_shape(canvas, SHAPE_POLYGON, fill, stroke);
    shape->points = points;
    shape->point_count = count;
    shape->weight_um = weight_um;
    shape->dash_um = dash_um;
}

uint32_t chart_tint(const struct print *print, uint32_t colour, int32_t percent) {
    uint32_t paper = print_colour(print, COLOUR_PAPER), out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t ink = (int32_t)(colour >> shift & 0xff), ground = (int32_t)(paper >> shift & 0xff);
        out |= (uint32_t)(ground + (ink - ground) * percent / 100) << shift;
    }
    return out;
}

const struct text_style *chart_style(struct print *print, enum style_id id, uint32_t colour,
                                     bool bold) {
    struct text_style *style = ARENA_NEW(print->arena, struct text_style);
    *style = print_style(print, id)->text;
    style->colour = colour;
    style->tabular = true;
    if (bold)
        style->face |= FACE_BOLD;
    return style;
}

size_t chart_series(struct print *print, const struct voices *voices,
                    struct series out[SERIES_LIMIT]) {
    size_t count = voices->count < SERIES_LIMIT ? voices->count : SERIES_LIMIT;
    for (size_t i = 0; i < count; i++)
        out[i] =
            (struct series){.voice = voices->at[i],
                            .name = voices->count > 1 ? voice_label(print, voices->at[i]) : NULL,
                            .colour = print_colour(print, (enum colour_id)(COLOUR_SERIES_1 + i)),
                            .look = (int32_t)i};
    return count;
}

int32_t chart_part(const struct score *score, double value) {
    double range = score->high - score->low;
    double share = range > 0 ? (value - score->low) / range : 0;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return (int32_t)lround(share * 10000);
}

const char *chart_value(struct print *print, const struct score *score, double value) {
    struct value shown = value_number(value);
    if (score->method == SCORE_PERCENT)
        shown.unit = UNIT_PERCENT;
    return print_value(print, NULL, shown, score->decimals);
}

double chart_step(const struct score *score) {
    static const double steps[] = {1, 2, 5, 10, 20, 25, 50, 100};
    double range = score->high - score->low;
    if (score->method == SCORE_PERCENT)
        return range / 4;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (range / steps[i] <= 6)
            return steps[i];
    return range / 4;
}

/* ---- gauge: one bar in bands, a pointer for each respondent ---- */

enum {
    GAUGE_ROW_UM = 5200,
    GAUGE_POINTER_UM = 2600,
    GAUGE_BAR_UM = 7000,
    GAUGE_FOOT_UM = 9500,
    NEAR_UM = 3200
};

static void gauge_bands(struct canvas *canvas, const struct score *score, int32_t top) {
    struct print *print = canvas->print;
    uint32_t ink = print_colour(print, COLOUR_SERIES_1), muted = print_colour(print, COLOUR_MUTED);
    const struct text_style *name =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_TEXT), true);
    const struct text_style *figure = chart_style(print, STYLE_HINT, muted, false);
    size_t count = score->band_count ? score->band_count : 1;
    double from = score->low;
    for (size_t i = 0; i < count; i++) {
        double to =
            i + 1 == count || score->bands[i].to > score->high ? score->high : score->bands[i].to;
        int32_t left = chart_part(score, from), right = chart_part(score, to);
        int32_t tint = count > 1 ? 14 + (int32_t)(i * 46 / (count - 1)) : 20;
        draw_rect(canvas, chart_point(left, 0, top), (struct measure){right - left, 0},
                  GAUGE_BAR_UM, chart_tint(print, ink, tint), print_colour(print, COLOUR_PAPER));
        if (score->band_count)
            draw_text(canvas, chart_point((left + right) / 2, 0, top + GAUGE_BAR_UM + 4200),
                      score->bands[i].name, name, ANCHOR_MIDDLE,
                      (struct measure){right - left, -1000});
        draw_text(canvas, chart_point(left, 0, top + GAUGE_BAR_UM + 8300),
                  chart_value(print, score, from), figure, i ? ANCHOR_MIDDLE : ANCHOR_START,
                  (struct measure){0, 0});
        from = to;
    }
    draw_text(canvas, chart_point(10000, 0, top + GAUGE_BAR_UM + 8300),
              chart_value(print, score, score->high), figure, ANCHOR_END, (struct measure){0, 0});
}

/* One pointer of the gauge. */
struct pointer {
    const struct series *series;
    const struct result *result;
    int32_t part;
};

/* The side of a pointer's place that it may have: 0 both, or away from one that is close by. */
static int32_t pointer_side(const struct print *print, const struct pointer *pointers, size_t count,
                            size_t index) {
    int32_t near = (int32_t)((int64_t)NEAR_UM * 10000 / chart_width_um(print));
    for (size_t i = 0; i < count; i++) {
        int32_t apart = pointers[index].part - pointers[i].part;
        if (i != index && apart < near && apart > -near)
            return apart < 0 || (apart == 0 && index < i) ? -1 : 1;
    }
    return 0;
}

/* Where a name stands that lines of the pointers above it might cross. */
static enum text_anchor pointer_anchor(const struct print *print, const struct pointer *pointers,
                                       size_t index, const char *label,
                                       const struct text_style *style) {
    int32_t part = pointers[index].part;
    int32_t half =
        (int32_t)((int64_t)text_room_um(label, style) * 5000 / chart_width_um(print)) + 100;
    bool left = part - half<0, right = part + half> 10000;
    for (size_t i = 0; i < index; i++) {
        int32_t apart = pointers[i].part - part;
        left = left || (apart <= 0 && apart > -half);
        right = right || (apart > 0 && apart < half);
    }
    return left == right ? (left && part > 5000 ? ANCHOR_END
                            : left              ? ANCHOR_START
                                                : ANCHOR_MIDDLE)
           : left        ? ANCHOR_START
                         : ANCHOR_END;
}

static void gauge_pointer(struct canvas *canvas, const struct score *score,
                          const struct pointer *pointers, size_t count, size_t row, int32_t top) {
    struct print *print = canvas->print;
    const struct series *series = pointers[row].series;
    const struct result *result = pointers[row].result;
    int32_t x = pointers[row].part, y = (int32_t)row * GAUGE_ROW_UM;
    uint32_t ink = print_colour(print, COLOUR_TEXT);
    const char *value = chart_value(print, score, result->value.number);
    const char *label =
        series->name ? arena_printf(print->arena, "%s %s", series->name, value) : value;
    const struct text_style *style = chart_style(print, STYLE_LABEL, ink, true);
    enum text_anchor anchor = pointer_anchor(print, pointers, row, label, style);
    int32_t beside = row == 0 || anchor == ANCHOR_MIDDLE ? 0
                     : anchor == ANCHOR_START            ? 1200
                                                         : -1200;
    draw_text(canvas, chart_point(x, beside, y + 3700), label, style, anchor,
              (struct measure){0, 0});
    draw_line(canvas, chart_point(x, 0, beside ? y + 1200 : y + 4600),
              chart_point(x, 0, top + GAUGE_BAR_UM), ink, 450,
              series->look ? chart_dash_um(series) / 2 : 0);
    int32_t side = pointer_side(print, pointers, count, row);
    const struct point tip[] = {chart_point(x, 0, top + 900),
                                chart_point(x, side > 0 ? 0 : -1500, top - 1700),
                                chart_point(x, side < 0 ? 0 : 1500, top - 1700)};
    draw_polygon(canvas, tip, 3, is_hollow(series) ? print_colour(print, COLOUR_PAPER) : ink, ink,
                 350, 0);
    buf_printf(&canvas->alt, "; %s", label);
    if (result->band >= 0)
        buf_printf(&canvas->alt, ", %s", score->bands[result->band].name);
}

void chart_say_no_colon(struct canvas *canvas) {
    struct buf *alt = &canvas->alt;
    if (alt->len && alt->data[alt->len - 1] == ':')
        alt->data[--alt->len] = 0;
}

struct flow *chart_gauge(struct print *print, const struct score *score,
                         const struct voices *voices) {
    struct canvas canvas;
    chart_canvas_init(&canvas, print);
    struct series series[SERIES_LIMIT];
    size_t count = chart_series(print, voices, series);
    buf_puts(&canvas.alt, score->title);
    struct pointer pointers[SERIES_LIMIT];
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        const struct result *result = print_result(print, score, -1, series[i].voice);
        if (result && !value_is_missing(result->value))
            pointers[rows++] =
                (struct pointer){&series[i], result, chart_part(score, result->value.number)};
    }
    int32_t top = (int32_t)(rows ? rows : 1) * GAUGE_ROW_UM + GAUGE_POINTER_UM;
    gauge_bands(&canvas, score, top);
    for (size_t row = 0; row < rows; row++)
        gauge_pointer(&canvas, score, pointers, rows, row, top);
    return canvas_finish(&canvas, top + GAUGE_BAR_UM + GAUGE_FOOT_UM);
}

struct flow *print_chart(struct print *print, const struct score *score, enum chart_kind kind,
                         const struct voices *voices) {
    switch (kind) {
    case CHART_GAUGE:
        return score->by_dimension ? chart_bars(print, score, voices)
                                   : chart_gauge(print, score, voices);
    case CHART_BARS:
        return chart_bars(print, score, voices);
    case CHART_RADAR:
        return score->by_dimension && score->dimension_count >= 3
                   ? chart_radar(print, score, voices)
                   : chart_bars(print, score, voices);
    case CHART_TREND:
        return chart_trend(print, score, voices);
    default:
        return NULL;
    }
}
