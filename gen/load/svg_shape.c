/* Basic shapes and references: what an element says about geometry. */
#include "load/svg.h"

#include <math.h>

bool svg_named(const struct svg_element *element, const char *name) {
    return strcmp(element->name, name) == 0;
}

bool svg_count_drawn(struct svg_reading *reading, const struct svg_element *element, size_t steps) {
    reading->step_count += steps;
    if (++reading->drawn_count > SVG_ELEMENTS_LIMIT)
        svg_fail(reading, element, DIAG_IMAGE_SVG_LIMIT,
                 arena_printf(reading->arena, "%d elements", SVG_ELEMENTS_LIMIT), NULL);
    if (reading->step_count > SVG_STEPS_LIMIT)
        svg_fail(reading, element, DIAG_IMAGE_SVG_LIMIT,
                 arena_printf(reading->arena, "%d lines and curves", SVG_STEPS_LIMIT), NULL);
    return !reading->failed;
}

const char *svg_local_id(struct svg_reading *reading, const struct svg_element *element,
                         const char *reference) {
    const char *at = reference, *end = at + strlen(at);
    if (strncmp(at, "url(", 4) == 0) {
        at += 4;
        end = strchr(at, ')') ? strchr(at, ')') : end;
        while (at < end && strchr(" '\"", *at))
            at++;
        while (end > at && strchr(" '\"", end[-1]))
            end--;
    }
    if (*at == '#' && end > at + 1)
        return arena_strndup(reading->arena, at + 1, (size_t)(end - at) - 1);
    svg_warn(reading, element, DIAG_IMAGE_SVG_REFERENCE,
             arena_printf(reading->arena, "%.*s", (int)(end - at < 60 ? end - at : 60), at),
             "a picture reads no other files: put it into the picture");
    return NULL;
}

double svg_length(struct svg_reading *reading, const struct svg_element *element, const char *name,
                  double whole, double fallback) {
    const char *text = svg_attribute(element, name);
    double value;
    if (!text || strcmp(text, "auto") == 0)
        return fallback;
    if (svg_parse_length(text, whole, 16, &value))
        return value;
    svg_warn(reading, element, DIAG_IMAGE_SVG_VALUE,
             arena_printf(reading->arena, "'%.60s' as a value of '%s'", text, name), NULL);
    return fallback;
}

/* ---- shapes ---- */

double svg_across(struct svg_reading *reading, const struct svg_element *element, const char *name,
                  double fallback) {
    return svg_length(reading, element, name, reading->view_width, fallback);
}

double svg_down(struct svg_reading *reading, const struct svg_element *element, const char *name,
                double fallback) {
    return svg_length(reading, element, name, reading->view_height, fallback);
}

static void shape_rect(struct svg_reading *reading, const struct svg_element *element,
                       struct svg_steps *steps) {
    double width = svg_across(reading, element, "width", 0);
    double height = svg_down(reading, element, "height", 0);
    double rx = svg_across(reading, element, "rx", -1), ry = svg_down(reading, element, "ry", -1);
    if (width > 0 && height > 0)
        svg_add_rect(reading->arena, steps, svg_across(reading, element, "x", 0),
                     svg_down(reading, element, "y", 0), width, height, rx < 0 ? ry : rx,
                     ry < 0 ? rx : ry);
}

static void shape_ellipse(struct svg_reading *reading, const struct svg_element *element,
                          struct svg_steps *steps) {
    bool circle = svg_named(element, "circle");
    double w = reading->view_width, h = reading->view_height;
    double r = svg_length(reading, element, "r", sqrt((w * w + h * h) / 2), 0);
    double rx = circle ? r : svg_across(reading, element, "rx", -1);
    double ry = circle ? r : svg_down(reading, element, "ry", -1);
    rx = rx < 0 ? ry : rx;
    ry = ry < 0 ? rx : ry;
    if (rx > 0 && ry > 0)
        svg_add_ellipse(reading->arena, steps, svg_across(reading, element, "cx", 0),
                        svg_down(reading, element, "cy", 0), rx, ry);
}

static bool shape_points(struct svg_reading *reading, const struct svg_element *element,
                         struct svg_steps *steps) {
    const char *points = svg_attribute(element, "points");
    struct svg_scan scan = {points ? points : ""};
    for (svg_skip_space(&scan); *scan.at && steps->list.count <= SVG_STEPS_LIMIT;
         svg_skip_comma(&scan)) {
        double x, y;
        if (!svg_scan_number(&scan, &x))
            return false;
        svg_skip_comma(&scan);
        if (!svg_scan_number(&scan, &y))
            return false;
        svg_add_point(reading->arena, steps, steps->list.count ? PATH_LINE : PATH_MOVE, x, y);
    }
    if (svg_named(element, "polygon") && steps->list.count)
        svg_add_point(reading->arena, steps, PATH_CLOSE, 0, 0);
    return true;
}

bool svg_is_shape(const struct svg_element *element) {
    static const char *const names[] = {"path", "rect",     "circle", "ellipse",
                                        "line", "polyline", "polygon"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (svg_named(element, names[i]))
            return true;
    return false;
}

const struct svg_steps *svg_steps_of(struct svg_reading *reading, struct svg_element *element) {
    if (element->steps)
        return element->steps;
    struct svg_steps *steps = element->steps = ARENA_NEW(reading->arena, struct svg_steps);
    const char *d = svg_attribute(element, "d");
    bool read = true;
    if (svg_named(element, "path")) {
        read = svg_parse_path(reading->arena, d ? d : "", steps);
    } else if (svg_named(element, "rect")) {
        shape_rect(reading, element, steps);
    } else if (svg_named(element, "circle") || svg_named(element, "ellipse")) {
        shape_ellipse(reading, element, steps);
    } else if (svg_named(element, "line")) {
        svg_add_point(reading->arena, steps, PATH_MOVE, svg_across(reading, element, "x1", 0),
                      svg_down(reading, element, "y1", 0));
        svg_add_point(reading->arena, steps, PATH_LINE, svg_across(reading, element, "x2", 0),
                      svg_down(reading, element, "y2", 0));
    } else {
        read = shape_points(reading, element, steps);
    }
    if (!read)
        svg_warn(reading, element, DIAG_IMAGE_SVG_VALUE,
                 arena_printf(reading->arena, "all of this <%s>", element->name),
                 "it is drawn up to the fault");
    return steps;
}

struct vector_step *svg_copy_steps(struct svg_reading *reading, const struct svg_steps *steps,
                                   const struct matrix *matrix) {
    struct vector_step *copy = ARENA_ARRAY(reading->arena, struct vector_step, steps->list.count);
    memcpy(copy, steps->list.at, steps->list.count * sizeof *copy);
    svg_map_steps(copy, steps->list.count, matrix);
    return copy;
}

/* ---- transforms, view boxes ---- */

bool svg_count_depth(struct svg_walk *walk, const struct svg_element *element) {
    if (++walk->depth > 2 * SVG_DEPTH_LIMIT)
        svg_fail(walk->reading, element, DIAG_IMAGE_SVG_LIMIT,
                 arena_printf(walk->reading->arena, "%d levels of elements", 2 * SVG_DEPTH_LIMIT),
                 NULL);
    return !walk->reading->failed;
}

bool svg_view_box(const struct svg_element *element, double view[4]) {
    const char *text = svg_attribute(element, "viewBox");
    struct svg_scan scan = {text ? text : ""};
    size_t count = 0;
    for (svg_skip_space(&scan); count < 4 && svg_scan_number(&scan, &view[count]); count++)
        svg_skip_comma(&scan);
    return count == 4 && view[2] > 0 && view[3] > 0;
}

void svg_apply_transform(struct svg_walk *walk, const struct svg_element *element) {
    const char *text = svg_attribute(element, "transform");
    struct matrix own;
    if (!text)
        return;
    if (svg_parse_transform(text, &own))
        walk->matrix = matrix_of(walk->matrix, own);
    else
        svg_warn(walk->reading, element, DIAG_IMAGE_SVG_VALUE,
                 arena_printf(walk->reading->arena, "the transform '%.60s'", text), NULL);
}

struct matrix svg_fit(const char *aspect, const double view[4], double width, double height,
                      bool *slice) {
    double sx = width / view[2], sy = height / view[3];
    *slice = aspect && strstr(aspect, "slice");
    if (!aspect || strncmp(aspect, "none", 4) != 0)
        sx = sy = *slice ? fmax(sx, sy) : fmin(sx, sy);
    aspect = aspect ? aspect : "";
    double share_x = strstr(aspect, "xMin") ? 0 : strstr(aspect, "xMax") ? 1 : 0.5;
    double share_y = strstr(aspect, "YMin") ? 0 : strstr(aspect, "YMax") ? 1 : 0.5;
    return (struct matrix){sx,
                           0,
                           0,
                           sy,
                           share_x * (width - sx * view[2]) - sx * view[0],
                           share_y * (height - sy * view[3]) - sy * view[1]};
}
