/* Drawing charts: a canvas of shapes and what the kinds of chart share. Stage: lay out, first half.
 *
 * Across, places are parts of the drawing's width (10,000 is all of it) plus micrometres; down,
 * micrometres from the top. Series differ by line, mark and shade, so that they can be told apart in
 * grey. Owner: the print's arena. */
#ifndef TANDEM_BLOCK_CHART_H
#define TANDEM_BLOCK_CHART_H

#include "block/print_parts.h"

struct canvas {
    struct print *print;
    VEC(struct shape) shapes;
    struct buf alt; /* what the chart says, in words */
};

/* One row of figures: a respondent's, for the whole score or one dimension. */
struct series {
    int32_t voice;
    const char *name; /* NULL where one needs none */
    uint32_t colour;
    int32_t look; /* of its line and mark, from 0: told apart without colour */
};

enum { SERIES_LIMIT = 4 };

void chart_canvas_init(struct canvas *canvas, struct print *print);
/* Nothing was said of what a colon announced: it goes from the words. */
void chart_say_no_colon(struct canvas *canvas);
/* The canvas as a figure of that height. */
struct flow *canvas_finish(struct canvas *canvas, int32_t height_um);

struct point chart_point(int32_t part, int32_t x_um, int32_t y_um);
void draw_line(struct canvas *canvas, struct point from, struct point to, uint32_t colour,
               int32_t weight_um, int32_t dash_um);
/* Of a width in parts plus um. */
void draw_rect(struct canvas *canvas, struct point at, struct measure width, int32_t height_um,
               uint32_t fill, uint32_t stroke);
/* The dashes of a series' line, 0 if it has none. */
int32_t chart_dash_um(const struct series *series);
/* How much of a series' colour its bar has, in percent. */
int32_t chart_shade(const struct series *series);
/* A disc for the first series, a ring for the second, then a square, filled and hollow. */
void draw_mark(struct canvas *canvas, struct point at, const struct series *series);
void draw_text(struct canvas *canvas, struct point baseline, const char *text,
               const struct text_style *style, enum text_anchor anchor, struct measure room);
void draw_polygon(struct canvas *canvas, const struct point *corners, size_t count, uint32_t fill,
                  uint32_t stroke, int32_t weight_um, int32_t dash_um);

/* A colour thinned with paper: 100 is the colour, 0 is paper. */
uint32_t chart_tint(const struct print *print, uint32_t colour, int32_t percent);
/* A style of the theme, in a colour and perhaps bold. */
const struct text_style *chart_style(struct print *print, enum style_id id, uint32_t colour,
                                     bool bold);
/* The series of a chart over these respondents. */
size_t chart_series(struct print *print, const struct voices *voices,
                    struct series out[SERIES_LIMIT]);
/* The value in thousandths of the score's range, 0..10,000. */
int32_t chart_part(const struct score *score, double value);
/* A result's value as text. */
const char *chart_value(struct print *print, const struct score *score, double value);
/* Steps of the scale that are worth a line: 1 for a mean over points, 25 for a percentage. */
double chart_step(const struct score *score);

struct flow *chart_gauge(struct print *print, const struct score *score,
                         const struct voices *voices);
struct flow *chart_bars(struct print *print, const struct score *score,
                        const struct voices *voices);
struct flow *chart_radar(struct print *print, const struct score *score,
                         const struct voices *voices);
struct flow *chart_trend(struct print *print, const struct score *score,
                         const struct voices *voices);

#endif
