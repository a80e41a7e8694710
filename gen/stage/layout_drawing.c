/* Drawings and pictures at their final width: shapes resolved, arcs turned into Bézier curves,
 * whatever is too tall for a page made smaller without distortion. */
#include "stage/layout_parts.h"

#include <math.h>
#include <stdlib.h>

enum { USUAL_DPI = 150, FULL_TURN_MDEG = 360000, QUARTER_MDEG = 90000 };

/* The scale is `shown` over `natural`: 1 unless the drawing is taller than its page. */
struct canvas {
    int32_t x_um, width_um;
    int32_t shown, natural;
};

static int32_t scaled(const struct canvas *canvas, int64_t um) {
    return (int32_t)(um * canvas->shown / canvas->natural);
}

static int32_t resolve(const struct canvas *canvas, struct measure measure) {
    return scaled(canvas, (int64_t)canvas->width_um * measure.part / 10000 + measure.um);
}

static struct mark *shape_mark(struct lay *lay, const struct canvas *canvas,
                               const struct shape *shape, enum mark_kind kind) {
    struct mark *mark = mark_new(lay, kind);
    mark->fill = shape->fill;
    mark->stroke = shape->stroke;
    mark->weight_um = scaled(canvas, shape->weight_um);
    mark->dash_um = scaled(canvas, shape->dash_um);
    mark->x_um = canvas->x_um + resolve(canvas, shape->at.x);
    mark->y_um = resolve(canvas, shape->at.y);
    return mark;
}

static void set_rect(struct lay *lay, const struct canvas *canvas, const struct shape *shape) {
    struct mark *mark = shape_mark(lay, canvas, shape, MARK_RECT);
    mark->width_um = resolve(canvas, shape->width);
    mark->height_um = resolve(canvas, shape->height);
    mark->radius_um = scaled(canvas, shape->radius_um);
}

static void set_circle(struct lay *lay, const struct canvas *canvas, const struct shape *shape) {
    struct mark *mark = shape_mark(lay, canvas, shape, MARK_RECT);
    int32_t radius_um = resolve(canvas, shape->width);
    mark->x_um -= radius_um;
    mark->y_um -= radius_um;
    mark->width_um = mark->height_um = 2 * radius_um;
    mark->radius_um = radius_um;
}

static void set_stroke(struct lay *lay, const struct canvas *canvas, const struct shape *shape) {
    struct mark *mark = shape_mark(lay, canvas, shape, MARK_LINE);
    mark->to_x_um = canvas->x_um + resolve(canvas, shape->to.x);
    mark->to_y_um = resolve(canvas, shape->to.y);
}

static struct path_step *path_add(struct path_step *step, enum path_op op, double x, double y) {
    step->op = op;
    step->x[0] = (int32_t)lround(x);
    step->y[0] = (int32_t)lround(y);
    return step + 1;
}

static void set_polygon(struct lay *lay, const struct canvas *canvas, const struct shape *shape) {
    if (shape->point_count < 2)
        return;
    struct mark *mark = shape_mark(lay, canvas, shape, MARK_PATH);
    struct path_step *steps = ARENA_ARRAY(lay->job, struct path_step, shape->point_count + 1);
    int32_t x0 = resolve(canvas, shape->points[0].x), y0 = resolve(canvas, shape->points[0].y);
    mark->x_um = canvas->x_um + x0;
    mark->y_um = y0;
    struct path_step *step = steps;
    for (size_t i = 0; i < shape->point_count; i++)
        step = path_add(step, i ? PATH_LINE : PATH_MOVE, resolve(canvas, shape->points[i].x) - x0,
                        resolve(canvas, shape->points[i].y) - y0);
    step->op = PATH_CLOSE;
    mark->steps = steps;
    mark->count = shape->point_count + 1;
}

/* An arc about the origin as curves of a quarter turn at most; a curve's control points lie
 * 4/3·tan(θ/4) of the radius along the tangents (Riškus 2006). Angles turn clockwise from 12. */
static struct path_step *arc_add(struct path_step *step, double radius, int32_t from_mdeg,
                                 int32_t to_mdeg) {
    int32_t turn = to_mdeg - from_mdeg;
    int32_t parts = (abs(turn) + QUARTER_MDEG - 1) / QUARTER_MDEG;
    for (int32_t i = 0; i < parts; i++) {
        double from = (from_mdeg + (double)turn * i / parts) * M_PI / 180000;
        double to = (from_mdeg + (double)turn * (i + 1) / parts) * M_PI / 180000;
        double reach = 4.0 / 3.0 * tan((to - from) / 4) * radius;
        path_add(step, PATH_CURVE, radius * sin(from) + reach * cos(from),
                 -radius * cos(from) + reach * sin(from));
        step->x[1] = (int32_t)lround(radius * sin(to) - reach * cos(to));
        step->y[1] = (int32_t)lround(-radius * cos(to) - reach * sin(to));
        step->x[2] = (int32_t)lround(radius * sin(to));
        step->y[2] = (int32_t)lround(-radius * cos(to));
        step++;
    }
    return step;
}

static void set_arc(struct lay *lay, const struct canvas *canvas, const struct shape *shape) {
    int32_t from = shape->from_mdeg, to = shape->to_mdeg;
    if (to - from > FULL_TURN_MDEG)
        to = from + FULL_TURN_MDEG;
    if (from >= to)
        return;
    struct mark *mark = shape_mark(lay, canvas, shape, MARK_PATH);
    double radius = resolve(canvas, shape->width);
    double inner = shape->thickness_um ? radius - scaled(canvas, shape->thickness_um) : 0;
    struct path_step *steps = ARENA_ARRAY(lay->job, struct path_step, 16);
    double start = from * M_PI / 180000, end = to * M_PI / 180000;
    struct path_step *step = path_add(steps, PATH_MOVE, radius * sin(start), -radius * cos(start));
    step = arc_add(step, radius, from, to);
    if (inner > 0) {
        step = path_add(step, PATH_LINE, inner * sin(end), -inner * cos(end));
        step = arc_add(step, inner, to, from);
    } else {
        step = path_add(step, PATH_LINE, 0, 0);
    }
    step->op = PATH_CLOSE;
    mark->steps = steps;
    mark->count = (size_t)(step - steps) + 1;
}

static void set_words(struct lay *lay, const struct canvas *canvas, const struct shape *shape) {
    if (!shape->text || !shape->text[0] || !shape->style)
        return;
    const struct text_style *style = shape->style;
    if (canvas->shown != canvas->natural) {
        struct text_style *smaller = ARENA_NEW(lay->job, struct text_style);
        *smaller = *style;
        smaller->size_cpt = scaled(canvas, style->size_cpt);
        style = smaller;
    }
    set_short_text(lay, shape->text, style, canvas->x_um + resolve(canvas, shape->at.x),
                   resolve(canvas, shape->at.y), resolve(canvas, shape->width), 0, shape->anchor);
}

static void set_shape_field(struct lay *lay, const struct canvas *canvas,
                            const struct shape *shape) {
    uint32_t element = lay->element;
    lay->element = element_new(lay, ROLE_FORM, shape->field->tooltip);
    const struct text_style *style =
        shape->style ? shape->style : &lay->theme->styles[STYLE_ANSWER].text;
    set_field(lay, shape->field, style, canvas->x_um + resolve(canvas, shape->at.x),
              resolve(canvas, shape->at.y), resolve(canvas, shape->width),
              resolve(canvas, shape->height));
    lay->element = element;
}

void measure_drawing(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    const struct drawing *drawing = node->drawing;
    if (!drawing)
        return;
    struct canvas canvas = {x_um, width_inside(node->width, width_um), 1, 1};
    int32_t height_um = resolve(&canvas, drawing->height);
    if (height_um > lay->limit_um) {
        int32_t whole_um = canvas.width_um;
        canvas.shown = lay->limit_um;
        canvas.natural = height_um;
        height_um = lay->limit_um;
        canvas.x_um += (whole_um - scaled(&canvas, whole_um)) / 2;
    }
    slice_new(lay, node, height_um);
    for (size_t i = 0; i < drawing->count; i++) {
        const struct shape *shape = &drawing->shapes[i];
        switch (shape->kind) {
        case SHAPE_RECT:
            set_rect(lay, &canvas, shape);
            break;
        case SHAPE_LINE:
            set_stroke(lay, &canvas, shape);
            break;
        case SHAPE_POLYGON:
            set_polygon(lay, &canvas, shape);
            break;
        case SHAPE_CIRCLE:
            set_circle(lay, &canvas, shape);
            break;
        case SHAPE_ARC:
            set_arc(lay, &canvas, shape);
            break;
        case SHAPE_TEXT:
            set_words(lay, &canvas, shape);
            break;
        case SHAPE_FIELD:
            set_shape_field(lay, &canvas, shape);
            break;
        }
    }
}

int32_t image_width_um(const struct flow *node) {
    const struct image *image = node->image;
    if (!image || image->width_px <= 0)
        return 0;
    int64_t dpi = image->dpi > 0 ? image->dpi : USUAL_DPI;
    int64_t width = (int64_t)image->width_px * 25400 / dpi;
    return width > 1000000 ? 1000000 : (int32_t)width;
}

/* The picture that was set last leads somewhere; the link is the element around it. */
static void link_image(struct lay *lay, const struct flow *node, const struct mark *image,
                       uint32_t element) {
    struct mark place = *image;
    struct mark *link = mark_new(lay, MARK_LINK);
    link->element = element;
    link->x_um = place.x_um;
    link->width_um = place.width_um;
    link->height_um = place.height_um;
    link->internal = node->url[0] == '#';
    link->url = node->url + link->internal;
    if (link->internal)
        VEC_PUSH(lay->scratch, &lay->uses, ((struct reference_use){link->url, node, false}));
}

void measure_image(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    const struct image *image = node->image;
    if (!image || image->width_px <= 0 || image->height_px <= 0)
        return;
    bool chosen = node->width.kind == WIDTH_FIXED || node->width.kind == WIDTH_FRACTION;
    int64_t width = chosen ? width_inside(node->width, width_um) : image_width_um(node);
    width = width < width_um ? width : width_um;
    int64_t most = lay->limit_um;
    if (node->height_um > 0 && node->height_um < most)
        most = node->height_um;
    int64_t height = width * image->height_px / image->width_px;
    if (height > most) {
        width = width * most / height;
        height = most;
    }
    slice_new(lay, node, (int32_t)height);
    struct mark *mark = mark_new(lay, MARK_IMAGE);
    mark->image = image;
    mark->words = picture_words(lay, image);
    int32_t left_um = width_um - (int32_t)width;
    mark->x_um = x_um + (node->align == LINE_LEFT    ? 0
                         : node->align == LINE_RIGHT ? left_um
                                                     : left_um / 2);
    mark->width_um = (int32_t)width;
    mark->height_um = (int32_t)height;
    if (node->url)
        link_image(lay, node, mark, lay->element ? lay->elements.at[lay->element].parent : 0);
}
