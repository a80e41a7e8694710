/* The walk over the elements: groups, copies, shapes and clips become what is painted, in the
 * picture's units. */
#include "load/svg.h"

#include <math.h>

static void draw_element(struct svg_walk walk, struct svg_element *element);

struct vector_node *svg_add_node(struct svg_reading *reading, struct vector_node *into,
                                 enum vector_kind kind) {
    struct vector_node *node = ARENA_NEW(reading->arena, struct vector_node);
    node->kind = kind;
    node->opacity = 1;
    if (into->last)
        into->last->next = node;
    else
        into->first = node;
    into->last = node;
    return node;
}

/* True if a circle stays one. */
static bool is_even(const struct matrix *m) {
    double a = hypot(m->a, m->b), b = hypot(m->c, m->d), skew = m->a * m->c + m->b * m->d;
    return fabs(a - b) <= 1e-4 * (a + b) && fabs(skew) <= 1e-4 * a * b;
}

static void set_stroke(struct svg_walk *walk, struct vector_path *path) {
    const struct svg_style *style = &walk->style;
    double scale = path->skew ? 1 : matrix_scale(&walk->matrix);
    path->weight = style->width * scale;
    path->miter = style->miter;
    path->cap = style->cap;
    path->join = style->join;
    path->dash_offset = style->dash_offset * scale;
    double *dashes = ARENA_ARRAY(walk->reading->arena, double, style->dash_count);
    for (size_t i = 0; i < style->dash_count; i++)
        dashes[i] = style->dashes[i] * scale;
    path->dashes = dashes;
    path->dash_count = style->dash_count;
}

static void paint_shape(struct svg_walk walk, struct svg_element *element,
                        const struct svg_steps *steps, const double box[4]) {
    struct svg_reading *reading = walk.reading;
    const struct svg_style *style = &walk.style;
    struct paint fill = {.colour = COLOUR_NONE};
    struct svg_element *pattern =
        svg_named(element, "line") ? NULL : svg_find_pattern(reading, &style->fill);
    if (pattern)
        svg_draw_pattern(walk, pattern, steps, box);
    else
        fill = svg_resolve_paint(reading, element, &style->fill, style, style->fill_opacity, box,
                                 &walk.matrix);
    struct paint stroke = svg_resolve_paint(reading, element, &style->stroke, style,
                                            style->stroke_opacity, box, &walk.matrix);
    if (style->width <= 0 || matrix_scale(&walk.matrix) < 1e-9)
        stroke.colour = COLOUR_NONE;
    if (svg_named(element, "line"))
        fill.colour = COLOUR_NONE;
    if (fill.colour == COLOUR_NONE && stroke.colour == COLOUR_NONE)
        return;
    struct vector_path *path = &svg_add_node(reading, walk.into, VECTOR_PATH)->path;
    path->fill = fill;
    path->stroke = stroke;
    path->even_odd = style->fill_even_odd;
    path->count = steps->list.count;
    if (stroke.colour != COLOUR_NONE && !is_even(&walk.matrix)) {
        struct matrix *skew = ARENA_NEW(reading->arena, struct matrix);
        *skew = walk.matrix;
        path->skew = skew;
        path->steps = steps->list.at;
    } else {
        path->steps = svg_copy_steps(reading, steps, &walk.matrix);
    }
    set_stroke(&walk, path);
}

static void draw_shape(struct svg_walk walk, struct svg_element *element) {
    struct svg_reading *reading = walk.reading;
    const struct svg_steps *steps = svg_steps_of(reading, element);
    double box[4];
    if (!svg_count_drawn(reading, element, steps->list.count) || walk.style.hidden ||
        !svg_bounds(steps->list.at, steps->list.count, box))
        return;
    paint_shape(walk, element, steps, box);
    if (svg_named(element, "path") || svg_named(element, "line") ||
        svg_named(element, "polyline") || svg_named(element, "polygon"))
        svg_draw_markers(walk, element, steps);
}

/* ---- groups and copies ---- */

void svg_draw_children(struct svg_walk walk, struct svg_element *element) {
    for (struct svg_element *child = element->first; child && !walk.reading->failed;
         child = child->next)
        draw_element(walk, child);
}

void svg_draw_view(struct svg_walk walk, struct svg_element *element, double width, double height,
                   bool shown_whole) {
    struct svg_reading *reading = walk.reading;
    double view[4], w = reading->view_width, h = reading->view_height;
    if (width <= 0 || height <= 0)
        return;
    if (!shown_whole) {
        struct vector_node *group = svg_add_node(reading, walk.into, VECTOR_GROUP);
        group->clip = svg_clip_of_box(reading, 0, 0, width, height, &walk.matrix);
        walk.into = group;
    }
    reading->view_width = width;
    reading->view_height = height;
    if (svg_view_box(element, view)) {
        bool slice;
        walk.matrix = matrix_of(walk.matrix, svg_fit(svg_attribute(element, "preserveAspectRatio"),
                                                     view, width, height, &slice));
        reading->view_width = view[2];
        reading->view_height = view[3];
    }
    svg_draw_children(walk, element);
    reading->view_width = w;
    reading->view_height = h;
}

/* To the element's x and y. */
static void move_to(struct svg_walk *walk, const struct svg_element *element) {
    struct matrix at = {1,
                        0,
                        0,
                        1,
                        svg_across(walk->reading, element, "x", 0),
                        svg_down(walk->reading, element, "y", 0)};
    walk->matrix = matrix_of(walk->matrix, at);
}

static void draw_use(struct svg_walk walk, struct svg_element *element) {
    struct svg_reading *reading = walk.reading;
    const char *href = svg_attribute(element, "href");
    const char *id = href ? svg_local_id(reading, element, href) : NULL;
    if (!id)
        return;
    struct svg_element *target = svg_find(reading, id);
    if (!target) {
        svg_warn(reading, element, DIAG_IMAGE_SVG_REFERENCE, id, NULL);
        return;
    }
    for (const struct svg_element *up = element; up; up = up->parent)
        if (up == target || target->open) {
            svg_fail(reading, element, DIAG_IMAGE_SVG_LOOP, id, NULL);
            return;
        }
    move_to(&walk, element);
    target->open = true;
    if (svg_named(target, "symbol")) {
        double width = svg_across(reading, target, "width", reading->view_width);
        double height = svg_down(reading, target, "height", reading->view_height);
        const char *overflow = svg_attribute(target, "overflow");
        walk.style = svg_style_of(reading, target, &walk.style);
        if (svg_attribute(target, "viewBox"))
            svg_draw_view(walk, target, svg_across(reading, element, "width", width),
                          svg_down(reading, element, "height", height),
                          overflow && strcmp(overflow, "visible") == 0);
        else
            svg_draw_children(walk, target);
    } else {
        draw_element(walk, target);
    }
    target->open = false;
}

static void draw_inner_svg(struct svg_walk walk, struct svg_element *element) {
    struct svg_reading *reading = walk.reading;
    const char *overflow = svg_attribute(element, "overflow");
    move_to(&walk, element);
    svg_draw_view(walk, element, svg_across(reading, element, "width", reading->view_width),
                  svg_down(reading, element, "height", reading->view_height),
                  overflow && strcmp(overflow, "visible") == 0);
}

static void warn_foreign(struct svg_reading *reading, const struct svg_element *element) {
    svg_warn(reading, element, DIAG_IMAGE_SVG_IGNORED, "foreignObject",
             "use plain text (in draw.io without 'Formatted Text' and 'Word Wrap')");
}

/* The first child that can be drawn; draw.io has its formatted text here, and plain text after. */
static void draw_switch(struct svg_walk walk, struct svg_element *element) {
    for (struct svg_element *child = element->first; child; child = child->next) {
        const char *extensions = svg_attribute(child, "requiredExtensions");
        if (svg_named(child, "foreignObject"))
            warn_foreign(walk.reading, child);
        else if (child->name[0] != '#' && !(extensions && *extensions)) {
            draw_element(walk, child);
            return;
        }
    }
}

static void draw_picture(struct svg_walk walk, struct svg_element *element) {
    struct svg_reading *reading = walk.reading;
    const char *href = svg_attribute(element, "href");
    if (!href || !svg_count_drawn(reading, element, 1) || walk.style.hidden)
        return;
    const struct image *image = svg_read_picture(reading, element, href);
    if (!image)
        return;
    double width = svg_across(reading, element, "width", 0);
    double height = svg_down(reading, element, "height", 0);
    if (width <= 0)
        width = height > 0 ? height * image->width_px / image->height_px : image->width_px;
    if (height <= 0)
        height = width * image->height_px / image->width_px;
    move_to(&walk, element);
    bool slice;
    double whole[4] = {0, 0, image->width_px, image->height_px};
    struct matrix fit =
        svg_fit(svg_attribute(element, "preserveAspectRatio"), whole, width, height, &slice);
    if (slice) {
        walk.into = svg_add_node(reading, walk.into, VECTOR_GROUP);
        walk.into->clip = svg_clip_of_box(reading, 0, 0, width, height, &walk.matrix);
    }
    struct vector_node *node = svg_add_node(reading, walk.into, VECTOR_IMAGE);
    node->image = image;
    node->matrix = matrix_of(matrix_of(walk.matrix, fit),
                             (struct matrix){image->width_px, 0, 0, image->height_px, 0, 0});
}

/* ---- elements ---- */

/* Elements that show nothing by themselves. */
static bool is_silent(const struct svg_element *element) {
    static const char *const names[] = {
        "defs",     "title",          "desc",           "metadata", "style",  "symbol",
        "clipPath", "linearGradient", "radialGradient", "stop",     "marker", "pattern",
        "filter",   "mask",           "view",           "cursor",   "font",   "font-face"};
    if (element->name[0] == '#' || strchr(element->name, ':'))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (svg_named(element, names[i]))
            return true;
    return false;
}

static void draw_kind(struct svg_walk walk, struct svg_element *element) {
    if (svg_is_shape(element))
        draw_shape(walk, element);
    else if (svg_named(element, "g") || svg_named(element, "a"))
        svg_draw_children(walk, element);
    else if (svg_named(element, "use"))
        draw_use(walk, element);
    else if (svg_named(element, "svg"))
        draw_inner_svg(walk, element);
    else if (svg_named(element, "switch"))
        draw_switch(walk, element);
    else if (svg_named(element, "text"))
        svg_draw_text(walk.reading, element, &walk.style, &walk.matrix, walk.into);
    else if (svg_named(element, "image"))
        draw_picture(walk, element);
    else if (svg_named(element, "foreignObject"))
        warn_foreign(walk.reading, element);
    else
        svg_warn(walk.reading, element, DIAG_IMAGE_SVG_IGNORED,
                 arena_printf(walk.reading->arena, "%.40s", element->name), NULL);
}

static void draw_element(struct svg_walk walk, struct svg_element *element) {
    struct svg_reading *reading = walk.reading;
    if (is_silent(element) || reading->failed || !svg_count_drawn(reading, element, 0) ||
        !svg_count_depth(&walk, element))
        return;
    walk.style = svg_style_of(reading, element, &walk.style);
    if (walk.style.none)
        return;
    svg_apply_transform(&walk, element);
    if (walk.style.opacity < 1 || walk.style.clip) {
        struct vector_node *group = svg_add_node(reading, walk.into, VECTOR_GROUP);
        group->opacity = walk.style.opacity;
        if (walk.style.clip)
            group->clip = svg_add_clip(walk, element, walk.style.clip, NULL);
        walk.into = group;
    }
    draw_kind(walk, element);
}
