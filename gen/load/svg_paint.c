/* Paints: colours, and gradients with what they take over from one another. */
#include "load/svg.h"

#include <math.h>

enum { CHAIN_LIMIT = 16 };

/* What a gradient is made of: the element that says it first along the chain of href. */
struct chain {
    struct svg_element *at[CHAIN_LIMIT];
    size_t count;
};

static const char *chain_attribute(const struct chain *chain, const char *name) {
    for (size_t i = 0; i < chain->count; i++)
        if (svg_attribute(chain->at[i], name))
            return svg_attribute(chain->at[i], name);
    return NULL;
}

static bool is_gradient(const struct svg_element *element) {
    return strcmp(element->name, "linearGradient") == 0 ||
           strcmp(element->name, "radialGradient") == 0;
}

static struct chain follow(struct svg_reading *reading, struct svg_element *element) {
    struct chain chain = {0};
    while (element && is_gradient(element) && chain.count < CHAIN_LIMIT) {
        chain.at[chain.count++] = element;
        const char *href = svg_attribute(element, "href");
        const char *id = href ? svg_local_id(reading, element, href) : NULL;
        element = id ? svg_find(reading, id) : NULL;
    }
    return chain;
}

/* ---- stops ---- */

static void add_stop(struct svg_reading *reading, struct svg_stops *stops,
                     struct svg_element *element) {
    struct svg_style around = svg_style_initial(), style;
    if (element->parent)
        around.colour = svg_style_of(reading, element->parent, &around).colour;
    style = svg_style_of(reading, element, &around);
    const char *offset = svg_attribute(element, "offset");
    struct svg_scan scan = {offset ? offset : "0"};
    double at = 0;
    svg_skip_space(&scan);
    if (svg_scan_number(&scan, &at) && *scan.at == '%')
        at /= 100;
    at = at < 0 ? 0 : at > 1 ? 1 : at;
    if (stops->list.count && at < stops->list.at[stops->list.count - 1].at)
        at = stops->list.at[stops->list.count - 1].at;
    VEC_PUSH(reading->arena, &stops->list,
             ((struct gradient_stop){at, style.stop_colour, style.stop_opacity}));
}

static const struct svg_stops *stops_of(struct svg_reading *reading, const struct chain *chain) {
    enum { STOPS = 256 };
    for (size_t i = 0; i < chain->count; i++) {
        struct svg_element *element = chain->at[i];
        if (!element->stops) {
            element->stops = ARENA_NEW(reading->arena, struct svg_stops);
            for (struct svg_element *child = element->first; child; child = child->next)
                if (strcmp(child->name, "stop") == 0 && element->stops->list.count < STOPS)
                    add_stop(reading, element->stops, child);
        }
        if (element->stops->list.count)
            return element->stops;
    }
    return NULL;
}

/* ---- geometry ---- */

/* A coordinate of the gradient: a share of the box, or a length. */
static double coordinate(const struct chain *chain, const char *name, bool of_box, double whole,
                         double fallback) {
    const char *text = chain_attribute(chain, name);
    double value;
    whole = of_box ? 1 : whole;
    if (!text || !svg_parse_length(text, whole, 16, &value))
        return fallback * whole;
    return value;
}

static void set_geometry(struct svg_reading *reading, const struct chain *chain, bool of_box,
                         struct gradient *gradient) {
    double w = reading->view_width, h = reading->view_height, d = sqrt((w * w + h * h) / 2);
    if (!gradient->radial) {
        gradient->x[0] = coordinate(chain, "x1", of_box, w, 0);
        gradient->y[0] = coordinate(chain, "y1", of_box, h, 0);
        gradient->x[1] = coordinate(chain, "x2", of_box, w, 1);
        gradient->y[1] = coordinate(chain, "y2", of_box, h, 0);
        return;
    }
    double cx = coordinate(chain, "cx", of_box, w, 0.5);
    double cy = coordinate(chain, "cy", of_box, h, 0.5);
    double r = coordinate(chain, "r", of_box, d, 0.5);
    double fx = chain_attribute(chain, "fx") ? coordinate(chain, "fx", of_box, w, 0) : cx;
    double fy = chain_attribute(chain, "fy") ? coordinate(chain, "fy", of_box, h, 0) : cy;
    double fr = coordinate(chain, "fr", of_box, d, 0);
    /* A focus outside of the circle is brought to its edge. */
    double off = hypot(fx - cx, fy - cy);
    if (off > r * 0.999 && off > 0) {
        fx = cx + (fx - cx) * r * 0.999 / off;
        fy = cy + (fy - cy) * r * 0.999 / off;
    }
    *gradient->x = fx, *gradient->y = fy, *gradient->r = fr < 0 ? 0 : fr;
    gradient->x[1] = cx, gradient->y[1] = cy, gradient->r[1] = r;
}

static struct matrix matrix_of_gradient(struct svg_reading *reading, const struct chain *chain,
                                        bool of_box, const double box[4],
                                        const struct matrix *matrix) {
    struct matrix result = *matrix, own;
    if (of_box)
        result = matrix_of(result,
                           (struct matrix){box[2] - box[0], 0, 0, box[3] - box[1], box[0], box[1]});
    const char *transform = chain_attribute(chain, "gradientTransform");
    if (transform && !svg_parse_transform(transform, &own))
        svg_warn(reading, chain->at[0], DIAG_IMAGE_SVG_VALUE,
                 arena_printf(reading->arena, "the transform '%.60s'", transform), NULL);
    else if (transform)
        result = matrix_of(result, own);
    return result;
}

static struct paint flat(uint32_t colour, double opacity) {
    return (struct paint){.colour = colour, .opacity = opacity};
}

static struct paint gradient_paint(struct svg_reading *reading, const struct chain *chain,
                                   double opacity, const double box[4],
                                   const struct matrix *matrix) {
    const struct svg_stops *stops = stops_of(reading, chain);
    if (!stops)
        return flat(COLOUR_NONE, 1);
    const struct gradient_stop *last = &stops->list.at[stops->list.count - 1];
    const char *units = chain_attribute(chain, "gradientUnits");
    bool of_box = !units || strcmp(units, "userSpaceOnUse") != 0;
    struct gradient *gradient = ARENA_NEW(reading->arena, struct gradient);
    gradient->radial = strcmp(chain->at[0]->name, "radialGradient") == 0;
    set_geometry(reading, chain, of_box, gradient);
    gradient->matrix = matrix_of_gradient(reading, chain, of_box, box, matrix);
    bool empty_box = of_box && (box[2] - box[0] <= 0 || box[3] - box[1] <= 0);
    bool point = gradient->radial
                     ? gradient->r[1] <= 0
                     : gradient->x[0] == gradient->x[1] && gradient->y[0] == gradient->y[1];
    if (empty_box)
        return flat(COLOUR_NONE, 1); /* SVG 1.1 §7.11 */
    if (stops->list.count == 1 || point || matrix_scale(&gradient->matrix) < 1e-9)
        return flat(last->colour, opacity * last->opacity);
    const char *spread = chain_attribute(chain, "spreadMethod");
    if (spread && strcmp(spread, "pad") != 0)
        svg_warn(reading, chain->at[0], DIAG_IMAGE_SVG_PROPERTY,
                 arena_printf(reading->arena, "'spreadMethod: %.20s'", spread),
                 "colours go on beyond the gradient's ends as they are there");
    gradient->stops = stops->list.at;
    gradient->count = stops->list.count;
    for (size_t i = 0; i < gradient->count; i++)
        gradient->fades |= gradient->stops[i].opacity < 1;
    return (struct paint){gradient->stops->colour, opacity, gradient};
}

struct paint svg_resolve_paint(struct svg_reading *reading, const struct svg_element *element,
                               const struct svg_paint *paint, const struct svg_style *style,
                               double opacity, const double box[4], const struct matrix *matrix) {
    if (paint->server) {
        struct svg_element *server = svg_find(reading, paint->server);
        if (server && is_gradient(server)) {
            struct chain chain = follow(reading, server);
            return gradient_paint(reading, &chain, opacity, box, matrix);
        }
        if (server)
            svg_warn(reading, element, DIAG_IMAGE_SVG_IGNORED, server->name,
                     "fill with a colour or a gradient, or export the picture as PNG");
        else if (paint->colour == COLOUR_NONE)
            svg_warn(reading, element, DIAG_IMAGE_SVG_REFERENCE, paint->server, NULL);
    }
    if (paint->current)
        return flat(style->colour, opacity);
    return flat(paint->colour, opacity * paint->opacity);
}
