/* Bars: a track for each dimension and respondent, named and labelled in place. */
#include "block/chart.h"

enum {
    NAME_GAP_UM = 4000, /* from the names at the left to their tracks */
    VALUE_GAP_UM = 1500,
    BAR_UM = 3600,
    BAR_GAP_UM = 1200,
    GROUP_GAP_UM = 2600,
    FOOT_UM = 5200,
};

/* Tracks reach from the names to where the longest bar's figure still has room; both are 0 where
 * there is nothing to stand there. */
struct tracks {
    const struct score *score;
    int32_t left_um, right_um;
};

static int32_t longer(int32_t longest, const char *text, const struct text_style *style) {
    int32_t room_um = text ? text_room_um(text, style) : 0;
    return room_um > longest ? room_um : longest;
}

static struct tracks tracks_of(struct print *print, const struct score *score,
                               const struct series *series, size_t count) {
    const struct text_style *label = chart_style(print, STYLE_LABEL, 0, false);
    const struct text_style *figure = chart_style(print, STYLE_HINT, 0, true);
    int32_t names_um = 0, values_um = 0;
    for (size_t d = 0; score->by_dimension && d < score->dimension_count; d++)
        names_um = longer(names_um, print_dimension(print, score, (int32_t)d), label);
    for (size_t i = 0; i < count; i++) {
        const char *name = score->by_dimension ? series[i].name : NULL;
        if (!score->by_dimension)
            names_um = longer(names_um, series[i].name, label);
        values_um = longer(values_um, name, figure);
        for (size_t d = 0; d < (score->by_dimension ? score->dimension_count : 1); d++) {
            const struct result *result =
                print_result(print, score, score->by_dimension ? (int32_t)d : -1, series[i].voice);
            if (!result || value_is_missing(result->value))
                continue;
            const char *value = chart_value(print, score, result->value.number);
            values_um = longer(
                values_um, name ? arena_printf(print->arena, "%s %s", value, name) : value, figure);
        }
    }
    int32_t most_um = chart_width_um(print) * 2 / 5;
    struct tracks tracks = {.score = score,
                            .left_um = names_um ? names_um + NAME_GAP_UM : 0,
                            .right_um = values_um ? values_um + VALUE_GAP_UM : 0};
    tracks.left_um = tracks.left_um < most_um ? tracks.left_um : most_um;
    tracks.right_um = tracks.right_um < most_um ? tracks.right_um : most_um;
    return tracks;
}

static struct point on_track(const struct tracks *tracks, double value, int32_t y) {
    int32_t part = chart_part(tracks->score, value);
    int64_t less_um = (int64_t)part * (tracks->left_um + tracks->right_um) / 10000;
    return chart_point(part, tracks->left_um - (int32_t)less_um, y);
}

/* Lines down the tracks at the scale's steps, with their figures below. */
static void draw_scale(struct canvas *canvas, const struct tracks *tracks, int32_t bottom) {
    struct print *print = canvas->print;
    const struct score *score = tracks->score;
    uint32_t rule = print_colour(print, COLOUR_RULE);
    const struct text_style *figure =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_MUTED), false);
    double step = chart_step(score);
    for (int32_t i = 0; step > 0 && score->low + i * step <= score->high + 1e-9; i++) {
        double value = score->low + i * step;
        draw_line(canvas, on_track(tracks, value, 0), on_track(tracks, value, bottom), rule,
                  print->theme->rule_um, 0);
        struct score whole = *score;
        whole.decimals = 0;
        bool first = i == 0 && tracks->left_um == 0;
        bool last = value + step > score->high + 1e-9 && tracks->right_um == 0;
        draw_text(canvas, on_track(tracks, value, bottom + 3600), chart_value(print, &whole, value),
                  figure,
                  first  ? ANCHOR_START
                  : last ? ANCHOR_END
                         : ANCHOR_MIDDLE,
                  (struct measure){0, 0});
    }
}

static void draw_bar(struct canvas *canvas, const struct tracks *tracks,
                     const struct series *series, const struct result *result, int32_t y) {
    struct print *print = canvas->print;
    const struct score *score = tracks->score;
    bool known = result && !value_is_missing(result->value);
    double value = known ? result->value.number : score->low;
    struct point from = on_track(tracks, score->low, y), to = on_track(tracks, value, y);
    struct measure width = {to.x.part - from.x.part, to.x.um - from.x.um};
    if (!known) {
        struct measure whole = {10000, -tracks->left_um - tracks->right_um};
        draw_rect(canvas, from, whole, BAR_UM, print_colour(print, COLOUR_PAPER),
                  print_colour(print, COLOUR_LINE));
    } else {
        uint32_t fill = chart_tint(print, series->colour, chart_shade(series));
        draw_rect(canvas, from, width, BAR_UM, fill, series->colour);
    }
    const char *text = known ? chart_value(print, score, value) : "";
    if (series->name)
        text = arena_printf(print->arena, "%s%s%s", text, known ? " " : "", series->name);
    if (!known)
        to = on_track(tracks, score->high, y);
    to.x.um += VALUE_GAP_UM;
    to.y.um = y + BAR_UM - 700;
    const struct text_style *style =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_TEXT), known);
    if (text[0]) { /* the scale's lines do not run through it */
        struct point ground = {{to.x.part, to.x.um - 700}, {0, y}};
        int32_t wide = text_room_um(text, style) + 1200;
        int32_t room =
            (int32_t)((int64_t)chart_width_um(print) * (10000 - to.x.part) / 10000) - to.x.um + 700;
        draw_rect(canvas, ground, (struct measure){0, wide < room ? wide : room}, BAR_UM,
                  print_colour(print, COLOUR_PAPER), COLOUR_NONE);
    }
    draw_text(canvas, to, text, style, ANCHOR_START, (struct measure){10000 - to.x.part, -to.x.um});
    if (known)
        buf_printf(&canvas->alt, " %s", text);
}

struct flow *chart_bars(struct print *print, const struct score *score,
                        const struct voices *voices) {
    struct canvas canvas;
    chart_canvas_init(&canvas, print);
    struct series series[SERIES_LIMIT];
    size_t count = chart_series(print, voices, series);
    size_t groups = score->by_dimension ? score->dimension_count : 1;
    int32_t group_um = (int32_t)count * (BAR_UM + BAR_GAP_UM) - BAR_GAP_UM;
    int32_t bottom = (int32_t)groups * (group_um + GROUP_GAP_UM) + GROUP_GAP_UM;
    buf_puts(&canvas.alt, score->title);
    struct tracks tracks = tracks_of(print, score, series, count);
    struct measure names = {0, tracks.left_um - NAME_GAP_UM / 2};
    draw_scale(&canvas, &tracks, bottom);
    const struct text_style *label =
        chart_style(print, STYLE_LABEL, print_colour(print, COLOUR_TEXT), false);
    int32_t y = GROUP_GAP_UM;
    for (size_t g = 0; g < groups; g++) {
        int32_t dimension = score->by_dimension ? (int32_t)g : -1;
        if (dimension >= 0) {
            const char *name = print_dimension(print, score, dimension);
            draw_text(&canvas, chart_point(0, 0, y + group_um / 2 + 1200), name, label,
                      ANCHOR_START, names);
            buf_printf(&canvas.alt, "; %s:", name);
        } else {
            buf_puts(&canvas.alt, ":");
        }
        for (size_t i = 0; i < count; i++) {
            struct series shown = series[i];
            if (dimension < 0 && shown.name) { /* one group only: names stand at the left */
                draw_text(&canvas, chart_point(0, 0, y + BAR_UM - 500), shown.name, label,
                          ANCHOR_START, names);
                buf_printf(&canvas.alt, " %s", shown.name);
                shown.name = NULL;
            }
            draw_bar(&canvas, &tracks, &shown, print_result(print, score, dimension, shown.voice),
                     y);
            y += BAR_UM + BAR_GAP_UM;
        }
        chart_say_no_colon(&canvas);
        y += GROUP_GAP_UM - BAR_GAP_UM;
    }
    return canvas_finish(&canvas, bottom + FOOT_UM);
}
