/* Markers: what stands at the ends and corners of lines, such as arrowheads (SVG 1.1 §11.6, and
 * SVG 2's context-fill, context-stroke and auto-start-reverse). */
#include "load/svg.h"

#include <math.h>
#include <strings.h>

/* A corner of a path: the directions in which the line comes and goes; 0, 0: none. */
struct corner {
    double x, y, in_x, in_y, out_x, out_y;
};

struct corners {
    VEC(struct corner) list;
};

/* The direction from the first to the next point that is another one. */
static void find_direction(const double *xs, const double *ys, int count, double *x, double *y) {
    *x = *y = 0;
    for (int i = 1; i < count && *x == 0 && *y == 0; i++) {
        *x = xs[i] - xs[0];
        *y = ys[i] - ys[0];
    }
}

/* One line or curve: from the last corner to a new one. */
static void add_corner(struct arena *arena, struct corners *corners, const struct vector_step *step,
                       int points) {
    struct corner *from = &corners->list.at[corners->list.count - 1];
    double xs[4] = {from->x}, ys[4] = {from->y}, back_x[4], back_y[4];
    for (int i = 0; i < points; i++) {
        xs[i + 1] = step->x[i];
        ys[i + 1] = step->y[i];
    }
    for (int i = 0; i <= points; i++) {
        back_x[i] = xs[points - i];
        back_y[i] = ys[points - i];
    }
    struct corner to = {.x = xs[points], .y = ys[points]};
    find_direction(xs, ys, points + 1, &from->out_x, &from->out_y);
    find_direction(back_x, back_y, points + 1, &to.in_x, &to.in_y);
    to.in_x = -to.in_x;
    to.in_y = -to.in_y;
    VEC_PUSH(arena, &corners->list, to);
}

static void list_corners(struct arena *arena, const struct svg_steps *steps,
                         struct corners *corners) {
    size_t start = 0;
    for (size_t i = 0; i < steps->list.count; i++) {
        const struct vector_step *step = &steps->list.at[i];
        if (step->op == PATH_MOVE || !corners->list.count) {
            start = corners->list.count;
            VEC_PUSH(arena, &corners->list, ((struct corner){.x = step->x[0], .y = step->y[0]}));
        } else if (step->op == PATH_CLOSE) {
            struct corner first = corners->list.at[start];
            struct vector_step line = {.op = PATH_LINE, .x = {first.x}, .y = {first.y}};
            add_corner(arena, corners, &line, 1);
            struct corner *last = &corners->list.at[corners->list.count - 1];
            corners->list.at[start].in_x = last->in_x;
            corners->list.at[start].in_y = last->in_y;
            last->out_x = first.out_x;
            last->out_y = first.out_y;
        } else {
            add_corner(arena, corners, step, step->op == PATH_CURVE ? 3 : 1);
        }
    }
}

/* Half-way between the directions, in radians. */
static double corner_angle(const struct corner *corner) {
    double in = hypot(corner->in_x, corner->in_y), out = hypot(corner->out_x, corner->out_y);
    double x = (in > 0 ? corner->in_x / in : 0) + (out > 0 ? corner->out_x / out : 0);
    double y = (in > 0 ? corner->in_y / in : 0) + (out > 0 ? corner->out_y / out : 0);
    if (hypot(x, y) < 1e-9) /* straight back */
        return in > 0 ? atan2(corner->in_y, corner->in_x) : 0;
    return atan2(y, x);
}

static double marker_angle(const struct svg_element *marker, const struct corner *corner,
                           bool first) {
    static const double half_turn = 3.14159265358979323846;
    const char *orient = svg_attribute(marker, "orient");
    struct svg_scan scan = {orient ? orient : "0"};
    double degrees = 0;
    if (strncasecmp(scan.at, "auto", 4) != 0)
        return svg_scan_number(&scan, &degrees) ? degrees * half_turn / 180 : 0;
    bool back = first && strcasecmp(scan.at, "auto-start-reverse") == 0;
    return corner_angle(corner) + (back ? half_turn : 0);
}

static void draw_marker(struct svg_walk walk, struct svg_element *marker,
                        const struct corner *corner, bool first) {
    struct svg_reading *reading = walk.reading;
    const char *units = svg_attribute(marker, "markerUnits");
    const char *overflow = svg_attribute(marker, "overflow");
    double width = svg_length(reading, marker, "markerWidth", reading->view_width, 3);
    double height = svg_length(reading, marker, "markerHeight", reading->view_height, 3);
    double x = svg_length(reading, marker, "refX", width, 0);
    double y = svg_length(reading, marker, "refY", height, 0);
    double scale = units && strcmp(units, "userSpaceOnUse") == 0 ? 1 : walk.style.width;
    double angle = marker_angle(marker, corner, first), view[4];
    if (scale <= 0 || width <= 0 || height <= 0)
        return;
    if (svg_view_box(marker, view)) {
        bool slice;
        struct matrix fit =
            svg_fit(svg_attribute(marker, "preserveAspectRatio"), view, width, height, &slice);
        matrix_apply(&fit, &x, &y);
    }
    struct matrix turn = {scale * cos(angle), scale * sin(angle), -scale * sin(angle),
                          scale * cos(angle), corner->x,          corner->y};
    walk.matrix = matrix_of(matrix_of(walk.matrix, turn), (struct matrix){1, 0, 0, 1, -x, -y});
    struct svg_style style = svg_style_initial();
    style.context_fill = walk.style.fill;
    style.context_stroke = walk.style.stroke;
    walk.style = svg_style_of(reading, marker, &style);
    svg_draw_view(walk, marker, width, height, overflow && strcmp(overflow, "visible") == 0);
}

void svg_draw_markers(struct svg_walk walk, struct svg_element *element,
                      const struct svg_steps *steps) {
    struct svg_reading *reading = walk.reading;
    struct svg_element *markers[SVG_MARKERS] = {0};
    bool any = false;
    for (int i = 0; i < SVG_MARKERS; i++) {
        const char *id = walk.style.markers[i];
        markers[i] = id ? svg_find(reading, id) : NULL;
        if (id && !(markers[i] && svg_named(markers[i], "marker")))
            svg_warn(reading, element, DIAG_IMAGE_SVG_REFERENCE, id, NULL);
        if (markers[i] && (!svg_named(markers[i], "marker") || markers[i]->open))
            markers[i] = NULL; /* a marker's own lines have it no more */
        any |= markers[i] != NULL;
    }
    if (!any || !svg_count_depth(&walk, element))
        return;
    struct corners corners = {0};
    list_corners(reading->arena, steps, &corners);
    for (size_t i = 0; i < corners.list.count && !reading->failed; i++) {
        bool first = i == 0, last = i + 1 == corners.list.count;
        for (int kind = 0; kind < SVG_MARKERS; kind++) {
            bool here = kind == SVG_MARKER_START ? first
                        : kind == SVG_MARKER_END ? last
                                                 : !first && !last;
            if (!here || !markers[kind])
                continue;
            markers[kind]->open = true;
            draw_marker(walk, markers[kind], &corners.list.at[i], kind == SVG_MARKER_START);
            markers[kind]->open = false;
        }
    }
}
