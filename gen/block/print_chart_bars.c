/* Bars: a track for each dimension and respondent, named and labelled in place. */
#include "block/chart.h"

enum {
    LABEL_PART = 2400, /* of the width, for names */
    TRACK_PART = 5800,
    BAR_UM = 3600,
    BAR_GAP_UM = 1200,
    GROUP_GAP_UM = 2600,
    FOOT_UM = 5200,
};

static struct point on_track(const struct score *score, double value, int32_t y) {
    int32_t part = LABEL_PART + (int32_t)((int64_t)chart_part(score, value) * TRACK_PART / 10000);
    return chart_point(part, 0, y);
}

/* Lines down the tracks at the scale's steps, with their figures below. */
static void draw_scale(struct canvas *canvas, const struct score *score, int32_t bottom) {
    struct print *print = canvas->print;
    uint32_t rule = print_colour(print, COLOUR_RULE);
    const struct text_style *figure =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_MUTED), false);
    double step = chart_step(score);
    for (int32_t i = 0; step > 0 && score->low + i * step <= score->high + 1e-9; i++) {
        double value = score->low + i * step;
        draw_line(canvas, on_track(score, value, 0), on_track(score, value, bottom), rule,
                  print->theme->rule_um, 0);
        struct score whole = *score;
        whole.decimals = 0;
        draw_text(canvas, on_track(score, value, bottom + 3600), chart_value(print, &whole, value),
                  figure, ANCHOR_MIDDLE, (struct measure){0, 0});
    }
}

static void draw_bar(struct canvas *canvas, const struct score *score, const struct series *series,
                     const struct result *result, int32_t y) {
    struct print *print = canvas->print;
    bool known = result && !value_is_missing(result->value);
    double value = known ? result->value.number : score->low;
    struct point from = on_track(score, score->low, y), to = on_track(score, value, y);
    struct measure width = {to.x.part - from.x.part, to.x.um - from.x.um};
    if (!known) {
        draw_rect(canvas, from, (struct measure){TRACK_PART, 0}, BAR_UM,
                  print_colour(print, COLOUR_PAPER), print_colour(print, COLOUR_LINE));
    } else {
        uint32_t fill = chart_tint(print, series->colour, chart_shade(series));
        draw_rect(canvas, from, width, BAR_UM, fill, series->colour);
    }
    const char *text = known ? chart_value(print, score, value) : "";
    if (series->name)
        text = arena_printf(print->arena, "%s%s%s", text, known ? " " : "", series->name);
    if (!known)
        to = on_track(score, score->high, y);
    to.x.um += 1500;
    to.y.um = y + BAR_UM - 700;
    const struct text_style *style =
        chart_style(print, STYLE_HINT, print_colour(print, COLOUR_TEXT), known);
    if (text[0]) { /* the scale's lines do not run through it */
        struct point ground = {{to.x.part, to.x.um - 700}, {0, y}};
        int32_t wide = text_room_um(text, style) + 1200;
        int32_t room =
            (int32_t)((int64_t)chart_width_um(print) * (10000 - to.x.part) / 10000) - 800;
        draw_rect(canvas, ground, (struct measure){0, wide < room ? wide : room}, BAR_UM,
                  print_colour(print, COLOUR_PAPER), COLOUR_NONE);
    }
    draw_text(canvas, to, text, style, ANCHOR_START, (struct measure){10000 - to.x.part, -1500});
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
    draw_scale(&canvas, score, bottom);
    const struct text_style *label =
        chart_style(print, STYLE_LABEL, print_colour(print, COLOUR_TEXT), false);
    int32_t y = GROUP_GAP_UM;
    for (size_t g = 0; g < groups; g++) {
        int32_t dimension = score->by_dimension ? (int32_t)g : -1;
        if (dimension >= 0) {
            const char *name = print_dimension(print, score, dimension);
            draw_text(&canvas, chart_point(LABEL_PART, -2200, y + group_um / 2 + 1200), name, label,
                      ANCHOR_END, (struct measure){LABEL_PART, -2200});
            buf_printf(&canvas.alt, "; %s:", name);
        } else {
            buf_puts(&canvas.alt, ":");
        }
        for (size_t i = 0; i < count; i++) {
            struct series shown = series[i];
            if (dimension < 0 && shown.name) { /* one group only: names stand at the left */
                draw_text(&canvas, chart_point(LABEL_PART, -2200, y + BAR_UM - 500), shown.name,
                          label, ANCHOR_END, (struct measure){LABEL_PART, -2200});
                buf_printf(&canvas.alt, " %s", shown.name);
                shown.name = NULL;
            }
            draw_bar(&canvas, score, &shown, print_result(print, score, dimension, shown.voice), y);
            y += BAR_UM + BAR_GAP_UM;
        }
        chart_say_no_colon(&canvas);
        y += GROUP_GAP_UM - BAR_GAP_UM;
    }
    return canvas_finish(&canvas, bottom + FOOT_UM);
}
