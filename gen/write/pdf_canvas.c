#include "write/pdf_canvas.h"

#include "base/units.h"
#include "write/pdf_image.h"
#include "write/pdf_text.h"

#include <math.h>

/* 1 pt is 25,400/72 um: hundredths of a point, and the hundred-millionths that text is counted in.
 */
static int64_t cpt_from_um(int64_t um) {
    int64_t scaled = um * 36;
    return (scaled + (scaled < 0 ? -63 : 63)) / 127;
}

static int64_t fine_from_um(int64_t um) { return um * 36000000 / 127; }

enum { FINE_PER_CPT = 1000000 };

void pdf_canvas_init(struct pdf_canvas *canvas, struct buf *out, int32_t page_height_um,
                     bool known) {
    *canvas = (struct pdf_canvas){.out = out,
                                  .height_cpt = cpt_from_um(page_height_um),
                                  .tracking_known = known,
                                  .widening_known = known,
                                  .rise_known = known,
                                  .fill = known ? 0 : -1,
                                  .stroke = known ? 0 : -1,
                                  .weight_cpt = known ? 100 : -1,
                                  .dash_cpt = known ? 0 : -1};
}

static void put_cpt(struct pdf_canvas *canvas, int64_t cpt) {
    buf_put_fixed(canvas->out, cpt, 2);
    buf_putc(canvas->out, ' ');
}

static void put_xy(struct pdf_canvas *canvas, int32_t x_um, int32_t y_um) {
    put_cpt(canvas, cpt_from_um(x_um));
    put_cpt(canvas, canvas->height_cpt - cpt_from_um(y_um));
}

static void close_array(struct pdf_canvas *canvas) {
    if (canvas->in_array)
        buf_puts(canvas->out, canvas->in_string ? ")]TJ\n" : "]TJ\n");
    canvas->in_array = canvas->in_string = false;
}

static void close_text(struct pdf_canvas *canvas) {
    close_array(canvas);
    if (canvas->in_text)
        buf_puts(canvas->out, "ET\n");
    canvas->in_text = false;
}

void pdf_canvas_tag(struct pdf_canvas *canvas, const char *operator) {
    close_text(canvas);
    buf_puts(canvas->out, operator);
    buf_putc(canvas->out, '\n');
}

/* ---- looks ---- */

/* Components as thousandths: enough for 8 bits. */
void pdf_put_colour(struct buf *out, uint32_t colour, bool stroke) {
    uint32_t parts[3] = {colour >> 16 & 255, colour >> 8 & 255, colour & 255};
    bool grey = parts[0] == parts[1] && parts[1] == parts[2];
    for (int i = 0; i < (grey ? 1 : 3); i++) {
        buf_put_fixed(out, (parts[i] * 1000 + 127) / 255, 3);
        buf_putc(out, ' ');
    }
    buf_puts(out, grey ? stroke ? "G" : "g" : stroke ? "RG" : "rg");
}

static void set_colour(struct pdf_canvas *canvas, int64_t *now, uint32_t colour, bool stroke) {
    if (*now == (int64_t)colour)
        return;
    *now = colour;
    pdf_put_colour(canvas->out, colour, stroke);
    buf_putc(canvas->out, '\n');
}

static void set_fill(struct pdf_canvas *canvas, uint32_t colour) {
    set_colour(canvas, &canvas->fill, colour, false);
}

static void set_stroke(struct pdf_canvas *canvas, uint32_t colour, int32_t weight_um,
                       int32_t dash_um) {
    set_colour(canvas, &canvas->stroke, colour, true);
    int64_t weight = cpt_from_um(weight_um), dash = cpt_from_um(dash_um);
    if (canvas->weight_cpt != weight) {
        canvas->weight_cpt = weight;
        put_cpt(canvas, weight);
        buf_puts(canvas->out, "w\n");
    }
    if (canvas->dash_cpt != dash) {
        canvas->dash_cpt = dash;
        buf_putc(canvas->out, '[');
        if (dash)
            buf_put_fixed(canvas->out, dash, 2);
        buf_puts(canvas->out, "]0 d\n");
    }
}

void pdf_canvas_look(struct pdf_canvas *canvas, struct look look) {
    close_text(canvas);
    canvas->look = look;
    if (look.fill != COLOUR_NONE)
        set_fill(canvas, look.fill);
    if (look.stroke != COLOUR_NONE)
        set_stroke(canvas, look.stroke, look.weight_um, look.dash_um);
}

void pdf_canvas_paint(struct pdf_canvas *canvas) {
    bool fill = canvas->look.fill != COLOUR_NONE, stroke = canvas->look.stroke != COLOUR_NONE;
    buf_puts(canvas->out, fill ? stroke ? "B\n" : "f\n" : stroke ? "S\n" : "n\n");
}

/* ---- paths ---- */

/* Four curves make a circle if their handles are this share of the radius, in ten-thousandths. */
enum { ARC_HANDLE = 5523 };

void pdf_canvas_point(struct pdf_canvas *canvas, int32_t x_um, int32_t y_um, const char *operator) {
    put_xy(canvas, x_um, y_um);
    buf_puts(canvas->out, operator);
    buf_putc(canvas->out, '\n');
}

void pdf_canvas_curve(struct pdf_canvas *canvas, const int32_t x_um[3], const int32_t y_um[3]) {
    for (int i = 0; i < 3; i++)
        put_xy(canvas, x_um[i], y_um[i]);
    buf_puts(canvas->out, "c\n");
}

void pdf_canvas_close(struct pdf_canvas *canvas) { buf_puts(canvas->out, "h\n"); }

/* A quarter of a circle round a corner at (x, y): from there off by `from` to there off by `to`,
 * each along one axis. */
static void round_corner(struct pdf_canvas *canvas, int32_t x, int32_t y, const int32_t from[2],
                         const int32_t to[2]) {
    int32_t xs[3], ys[3];
    xs[0] = x + (int32_t)((int64_t)from[0] * (10000 - ARC_HANDLE) / 10000);
    ys[0] = y + (int32_t)((int64_t)from[1] * (10000 - ARC_HANDLE) / 10000);
    xs[1] = x + (int32_t)((int64_t)to[0] * (10000 - ARC_HANDLE) / 10000);
    ys[1] = y + (int32_t)((int64_t)to[1] * (10000 - ARC_HANDLE) / 10000);
    xs[2] = x + to[0];
    ys[2] = y + to[1];
    pdf_canvas_curve(canvas, xs, ys);
}

void pdf_canvas_rect(struct pdf_canvas *canvas, int32_t x_um, int32_t y_um, int32_t width_um,
                     int32_t height_um, int32_t radius_um) {
    int32_t half = (width_um < height_um ? width_um : height_um) / 2;
    int32_t r = radius_um < half ? radius_um : half;
    if (r <= 0) {
        /* Both edges rounded by themselves, so that neighbours meet. */
        int64_t left = cpt_from_um(x_um),
                bottom = canvas->height_cpt - cpt_from_um(y_um + height_um);
        put_cpt(canvas, left);
        put_cpt(canvas, bottom);
        put_cpt(canvas, cpt_from_um(x_um + width_um) - left);
        put_cpt(canvas, canvas->height_cpt - cpt_from_um(y_um) - bottom);
        buf_puts(canvas->out, "re\n");
        return;
    }
    int32_t right = x_um + width_um, bottom = y_um + height_um;
    bool across = 2 * r < width_um, down = 2 * r < height_um; /* there are straight edges */
    pdf_canvas_point(canvas, x_um + r, y_um, "m");
    if (across)
        pdf_canvas_point(canvas, right - r, y_um, "l");
    round_corner(canvas, right, y_um, (int32_t[]){-r, 0}, (int32_t[]){0, r});
    if (down)
        pdf_canvas_point(canvas, right, bottom - r, "l");
    round_corner(canvas, right, bottom, (int32_t[]){0, -r}, (int32_t[]){-r, 0});
    if (across)
        pdf_canvas_point(canvas, x_um + r, bottom, "l");
    round_corner(canvas, x_um, bottom, (int32_t[]){r, 0}, (int32_t[]){0, -r});
    if (down)
        pdf_canvas_point(canvas, x_um, y_um + r, "l");
    round_corner(canvas, x_um, y_um, (int32_t[]){0, r}, (int32_t[]){r, 0});
    pdf_canvas_close(canvas);
}

/* A drawing in units of its own, y down. */
static void put_drawing(struct pdf_canvas *canvas, const struct mark *mark, const char *name) {
    const struct vector *vector = mark->image->vector;
    buf_puts(canvas->out, "q ");
    buf_put_fixed(canvas->out, llround(cpt_from_um(mark->width_um) * 10000 / vector->width), 6);
    buf_puts(canvas->out, " 0 0 ");
    buf_put_fixed(canvas->out, -llround(cpt_from_um(mark->height_um) * 10000 / vector->height), 6);
    buf_putc(canvas->out, ' ');
    put_xy(canvas, mark->x_um, mark->y_um);
    buf_printf(canvas->out, "cm/%s Do Q\n", name);
}

void pdf_canvas_image(struct pdf_canvas *canvas, const struct mark *mark, const char *name) {
    close_text(canvas);
    if (mark->image->kind == IMAGE_VECTOR) {
        put_drawing(canvas, mark, name);
        return;
    }
    struct matrix turn = pdf_image_turn(mark->image);
    int64_t width = cpt_from_um(mark->width_um), height = cpt_from_um(mark->height_um);
    buf_puts(canvas->out, "q ");
    put_cpt(canvas, (int64_t)turn.a * width);
    put_cpt(canvas, (int64_t)turn.b * height);
    put_cpt(canvas, (int64_t)turn.c * width);
    put_cpt(canvas, (int64_t)turn.d * height);
    put_cpt(canvas, cpt_from_um(mark->x_um) + (int64_t)turn.e * width);
    put_cpt(canvas, canvas->height_cpt - cpt_from_um(mark->y_um + mark->height_um) +
                        (int64_t)turn.f * height);
    buf_printf(canvas->out, "cm/%s Do Q\n", name);
}

void pdf_canvas_stamp(struct pdf_canvas *canvas, const struct mark *mark, const char *name) {
    close_text(canvas);
    buf_puts(canvas->out, "q 1 0 0 1 ");
    put_xy(canvas, mark->x_um, mark->y_um + mark->height_um);
    buf_puts(canvas->out, "cm/");
    buf_puts(canvas->out, name);
    buf_puts(canvas->out, " Do Q\n");
}

/* ---- text ---- */

static void set_font(struct pdf_canvas *canvas, const struct run_part *part, int32_t size_cpt) {
    if (canvas->fonts == part->fonts && canvas->face == part->face &&
        canvas->variant == part->variant && canvas->size_cpt == size_cpt)
        return;
    close_array(canvas);
    char name[16];
    buf_printf(canvas->out, "/%s ",
               pdf_font_resource(part->fonts, part->face, part->variant, name));
    put_cpt(canvas, size_cpt);
    buf_puts(canvas->out, "Tf\n");
    canvas->fonts = part->fonts;
    canvas->face = part->face;
    canvas->variant = part->variant;
    canvas->size_cpt = size_cpt;
}

static void set_tracking(struct pdf_canvas *canvas, int32_t tracking_cpt) {
    if (canvas->tracking_known && canvas->tracking_cpt == tracking_cpt)
        return;
    close_array(canvas);
    put_cpt(canvas, tracking_cpt);
    buf_puts(canvas->out, "Tc\n");
    canvas->tracking_known = true;
    canvas->tracking_cpt = tracking_cpt;
}

/* What a length along the line, in glyphs as they are, comes to in those of the mark. */
static int64_t widened(int64_t length, const struct mark *mark) {
    return length + length * mark->widening / 1000;
}

static void set_widening(struct pdf_canvas *canvas, int32_t widening) {
    if (canvas->widening_known && canvas->widening == widening)
        return;
    close_array(canvas);
    buf_put_fixed(canvas->out, 1000 + widening, 1);
    buf_puts(canvas->out, " Tz\n");
    canvas->widening_known = true;
    canvas->widening = widening;
}

/* `rise` in millionths of an em. */
static void set_rise(struct pdf_canvas *canvas, int32_t rise, int32_t size_cpt) {
    int32_t rise_cpt = (int32_t)((int64_t)rise * size_cpt / 1000000);
    if (canvas->rise_known && canvas->rise == rise_cpt)
        return;
    close_array(canvas);
    put_cpt(canvas, rise_cpt);
    buf_puts(canvas->out, "Ts\n");
    canvas->rise_known = true;
    canvas->rise = rise_cpt;
}

/* Bold where a font has none: a stroke of a fiftieth of the size round every glyph, in their
 * colour (§9.3.6). Corners are round, for sharp ones would stick out. */
static void set_embolden(struct pdf_canvas *canvas, bool embolden, int32_t size_cpt) {
    if (embolden && canvas->fill >= 0) {
        close_array(canvas);
        set_stroke(canvas, (uint32_t)canvas->fill, um_from_cpt(size_cpt) / 50, 0);
    }
    if (canvas->embolden == embolden)
        return;
    close_array(canvas);
    buf_puts(canvas->out, embolden ? "1 j 2 Tr\n" : "0 j 0 Tr\n");
    canvas->embolden = embolden;
}

/* Opens a text object at (x, y), or moves the open one's line there. */
static void move_to(struct pdf_canvas *canvas, int64_t x_cpt, int64_t y_cpt) {
    close_array(canvas);
    if (!canvas->in_text) {
        buf_puts(canvas->out, "BT\n");
        canvas->line_x = canvas->line_y = 0;
        canvas->in_text = true;
    }
    put_cpt(canvas, x_cpt - canvas->line_x);
    put_cpt(canvas, y_cpt - canvas->line_y);
    buf_puts(canvas->out, "Td\n");
    canvas->line_x = x_cpt;
    canvas->line_y = y_cpt;
    canvas->any_text = true;
    canvas->pen = x_cpt * FINE_PER_CPT;
}

/* Moves the pen in an array by `off`, in whole units. The spaces of a justified line all want the
 * same stretch but for rounding: the last adjustment serves again where it comes near enough, for
 * what repeats is compressed to almost nothing. */
static void adjust(struct pdf_canvas *canvas, int64_t off, int64_t unit) {
    int64_t slack = unit * RUN_SLACK / 1000, again = off - canvas->last_adjustment * unit;
    if (off < slack && off > -slack)
        return;
    if (again >= slack || again <= -slack)
        canvas->last_adjustment = (off + (off < 0 ? -unit : unit) / 2) / unit;
    if (canvas->in_string)
        buf_putc(canvas->out, ')');
    canvas->in_string = false;
    buf_put_int(canvas->out, -canvas->last_adjustment);
    canvas->pen += canvas->last_adjustment * unit;
}

/* Shows a part of a run that begins at `x` on the baseline `y_cpt`. */
static void show_part(struct pdf_canvas *canvas, const struct run_part *part, int64_t x,
                      int64_t y_cpt, const struct mark *mark) {
    int64_t em = (int64_t)mark->size_cpt * FINE_PER_CPT;
    /* On the same line and within three ems, an adjustment is shorter than a move. */
    if (!canvas->in_text || canvas->line_y != y_cpt || x - canvas->pen > 3 * em ||
        canvas->pen - x > 3 * em)
        move_to(canvas, (x + (x < 0 ? -FINE_PER_CPT : FINE_PER_CPT) / 2) / FINE_PER_CPT, y_cpt);
    set_font(canvas, part, mark->size_cpt);
    set_embolden(canvas, part->face->embolden, mark->size_cpt);
    set_tracking(canvas, mark->tracking_cpt);
    set_widening(canvas, mark->widening);
    set_rise(canvas, part->rise, mark->size_cpt);
    if (part->actual) {
        close_array(canvas);
        buf_puts(canvas->out, "/Span<</ActualText");
        pdf_text_put_string(canvas->out, part->actual, part->actual_length);
        buf_puts(canvas->out, ">>BDC\n");
    }
    if (!canvas->in_array)
        buf_putc(canvas->out, '[');
    canvas->in_array = true;
    adjust(canvas, x - canvas->pen, widened(em / 1000, mark));
    if (!canvas->in_string)
        buf_putc(canvas->out, '(');
    canvas->in_string = true;
    buf_put(canvas->out, part->bytes, part->length);
    canvas->pen += widened(part->advance * mark->size_cpt +
                               (int64_t)part->count * mark->tracking_cpt * FINE_PER_CPT,
                           mark);
    if (part->actual) {
        close_array(canvas);
        buf_puts(canvas->out, "EMC\n");
    }
}

static int64_t space_width(const struct run_part *space, const struct mark *mark) {
    return widened(space->advance * mark->size_cpt + (int64_t)mark->tracking_cpt * FINE_PER_CPT,
                   mark);
}

static int64_t run_advance(const struct glyph_run *run, const struct mark *mark) {
    return widened((int64_t)run->width * mark->size_cpt * FINE_PER_CPT / run->units +
                       (int64_t)run->count * mark->tracking_cpt * FINE_PER_CPT,
                   mark);
}

/* True if the text before ended on the same line, not far before `x`. */
static bool follows_text(const struct pdf_canvas *canvas, int64_t x, int64_t y_cpt,
                         const struct mark *mark) {
    return canvas->any_text && canvas->line_y == y_cpt && canvas->pen <= x &&
           x - canvas->pen <= 3 * (int64_t)mark->size_cpt * FINE_PER_CPT;
}

/* One piece, with the space before it. */
static void show_piece(struct pdf_canvas *canvas, struct run_table *runs, const struct mark *mark,
                       size_t index, bool breaks, int64_t y_cpt) {
    const struct text_piece *piece = &mark->pieces[index];
    const struct encoded_run *run =
        run_encode(runs, piece->run, run_reading_of(mark, index, breaks));
    int64_t x = fine_from_um((int64_t)mark->x_um + piece->x_um);
    const struct run_part *space = piece->space_before ? run_space(runs, piece->run->face) : NULL;
    bool back = piece->run->right_to_left;
    /* The space follows the word before, even where that was of another element: readers that see
     * a gap before a space take it for one more. */
    if (space && !back)
        show_part(canvas, space,
                  follows_text(canvas, x, y_cpt, mark) ? canvas->pen : x - space_width(space, mark),
                  y_cpt, mark);
    for (size_t k = 0; k < run->part_count; k++) {
        const struct run_part *part = &run->parts[k];
        show_part(canvas, part,
                  x + widened(part->start * mark->size_cpt +
                                  (int64_t)part->before * mark->tracking_cpt * FINE_PER_CPT,
                              mark),
                  y_cpt, mark);
    }
    if (space && back)
        show_part(canvas, space, x + run_advance(piece->run, mark), y_cpt, mark);
}

static bool is_right_to_left(const struct mark *mark) {
    for (size_t i = 0; i < mark->count; i++)
        if (!mark->pieces[i].run->right_to_left)
            return false;
    return mark->count && (mark->count > 1 || mark->pieces[0].run->count > 1);
}

/* Words from right to left are shown from the left, the last one first, as one sequence of
 * characters the other way round (§14.8.2.3.3): readers turn such letters back where showing goes
 * on to the right, and see no spaces between words where it goes back. */
static void show_reversed(struct pdf_canvas *canvas, struct run_table *runs,
                          const struct mark *mark, bool breaks, int64_t y_cpt) {
    const struct text_piece *last = &mark->pieces[mark->count - 1];
    const struct run_part *end =
        mark->line_end && !last->hyphen ? run_space(runs, last->run->face) : NULL;
    int64_t x = fine_from_um((int64_t)mark->x_um + last->x_um);
    close_array(canvas);
    if (!canvas->in_text)
        move_to(canvas, x / FINE_PER_CPT, y_cpt);
    buf_puts(canvas->out, "/ReversedChars BMC\n");
    if (end)
        show_part(canvas, end, x - space_width(end, mark), y_cpt, mark);
    for (size_t i = mark->count; i-- > 0;)
        show_piece(canvas, runs, mark, i, breaks, y_cpt);
    close_array(canvas);
    buf_puts(canvas->out, "EMC\n");
}

void pdf_canvas_text(struct pdf_canvas *canvas, struct run_table *runs, const struct mark *mark,
                     bool breaks) {
    if (mark->fill != COLOUR_NONE && canvas->fill != (int64_t)mark->fill) {
        close_array(canvas);
        set_fill(canvas, mark->fill);
    }
    int64_t y_cpt = canvas->height_cpt - cpt_from_um(mark->y_um);
    if (is_right_to_left(mark)) {
        show_reversed(canvas, runs, mark, breaks, y_cpt);
    } else {
        for (size_t i = 0; i < mark->count; i++)
            show_piece(canvas, runs, mark, i, breaks, y_cpt);
        const struct text_piece *last = mark->count ? &mark->pieces[mark->count - 1] : NULL;
        const struct run_part *end =
            last && mark->line_end && !last->hyphen ? run_space(runs, last->run->face) : NULL;
        if (end)
            show_part(canvas, end, canvas->pen, y_cpt, mark);
    }
    set_embolden(canvas, false, 0);
}
