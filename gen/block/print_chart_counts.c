/* Bars that count people: a track for each row of a distribution and each sitting. */
#include "block/print_cohort.h"

enum {
    LABEL_PART = 3000, /* of the width, for names */
    TRACK_PART = 5600,
    BAR_UM = 3600,
    BAR_GAP_UM = 1200,
    GROUP_GAP_UM = 2600,
};

static void draw_count(struct canvas *canvas, const struct series *series, int32_t count,
                       int32_t most, int32_t y) {
    struct print *print = canvas->print;
    int32_t wide = most && count > 0 ? (int32_t)((int64_t)count * TRACK_PART / most) : 0;
    if (count > 0)
        draw_rect(canvas, chart_point(LABEL_PART, 0, y), (struct measure){wide, 0}, BAR_UM,
                  chart_tint(print, series->colour, chart_shade(series)), series->colour);
    const char *text =
        count < 0 ? print_word(print, WORD_COHORT_NOT_SHOWN) : print_number(print, count, 0);
    if (series->name)
        text = arena_printf(print->arena, "%s  %s", text, series->name);
    draw_text(canvas, chart_point(LABEL_PART + wide, 1500, y + BAR_UM - 700), text,
              chart_style(print, STYLE_HINT, print_colour(print, COLOUR_TEXT), count >= 0),
              ANCHOR_START, (struct measure){10000 - LABEL_PART - wide, -1500});
    buf_printf(&canvas->alt, " %s", text);
}

struct flow *chart_counts(struct print *print, const struct distribution *view) {
    size_t shown[SERIES_LIMIT], count = 0;
    for (size_t i = 0; i < view->column_count; i++) {
        if (!view->in_rows[i])
            continue;
        if (count == SERIES_LIMIT) /* the latest ones */
            memmove(shown, shown + 1, --count * sizeof *shown);
        shown[count++] = i;
    }
    if (!count || !view->row_count)
        return NULL;
    struct canvas canvas;
    chart_canvas_init(&canvas, print);
    buf_printf(&canvas.alt, "%s", view->score->title);
    int32_t most = 0, y = 0;
    for (size_t r = 0; r < view->row_count; r++)
        for (size_t i = 0; i < count; i++) {
            int32_t people = distribution_count(view, shown[i], r);
            most = people > most ? people : most;
        }
    const struct text_style *label =
        chart_style(print, STYLE_LABEL, print_colour(print, COLOUR_TEXT), false);
    int32_t group_um = (int32_t)count * (BAR_UM + BAR_GAP_UM) - BAR_GAP_UM;
    for (size_t r = 0; r < view->row_count; r++) {
        const char *name = distribution_label(print->arena, print->course, view, r);
        draw_text(&canvas, chart_point(LABEL_PART, -2200, y + group_um / 2 + 1200), name, label,
                  ANCHOR_END, (struct measure){LABEL_PART, -2200});
        buf_printf(&canvas.alt, "; %s:", name);
        for (size_t i = 0; i < count; i++) {
            struct series series = {
                .name = count > 1 ? distribution_head(print->arena, print->course, view, shown[i])
                                  : NULL,
                .colour = print_colour(print, (enum colour_id)(COLOUR_SERIES_1 + i)),
                .look = (int32_t)i};
            draw_count(&canvas, &series, distribution_count(view, shown[i], r), most, y);
            y += BAR_UM + BAR_GAP_UM;
        }
        y += GROUP_GAP_UM - BAR_GAP_UM;
    }
    draw_line(&canvas, chart_point(LABEL_PART, 0, -800),
              chart_point(LABEL_PART, 0, y - GROUP_GAP_UM + 800), print_colour(print, COLOUR_RULE),
              print->theme->rule_um, 0);
    return canvas_finish(&canvas, y - GROUP_GAP_UM + 1000);
}
