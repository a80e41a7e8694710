/* Patterns: tiles in rows and columns, seen through the shape that they fill (SVG 1.1 §13.3). Each
 * tile is drawn anew: no reader of the picture has to know of patterns. */
#include "load/svg.h"

#include <math.h>

enum { CHAIN_LIMIT = 8, TILES_LIMIT = 4000 };

/* A pattern and those that it takes attributes and content from, nearest first. */
struct chain {
    struct svg_element *at[CHAIN_LIMIT];
    size_t count;
};

struct tiles {
    double x, y, width, height;
    struct matrix matrix;  /* of the tiles' units to the picture's */
    struct matrix content; /* of what stands in a tile, from its corner */
};

static struct chain follow(struct svg_reading *reading, struct svg_element *pattern) {
    struct chain chain = {.at = {pattern}, .count = 1};
    while (chain.count < CHAIN_LIMIT) {
        struct svg_element *last = chain.at[chain.count - 1];
        const char *href = svg_attribute(last, "href");
        const char *id = href ? svg_local_id(reading, last, href) : NULL;
        struct svg_element *next = id ? svg_find(reading, id) : NULL;
        if (!next || !svg_named(next, "pattern"))
            break;
        chain.at[chain.count++] = next;
    }
    return chain;
}

/* The nearest that has the attribute; the pattern itself if none has. */
static struct svg_element *owner(const struct chain *chain, const char *name) {
    for (size_t i = 0; i < chain->count; i++)
        if (svg_attribute(chain->at[i], name))
            return chain->at[i];
    return chain->at[0];
}

static bool is_of_box(const struct chain *chain, const char *name, bool otherwise) {
    const char *units = svg_attribute(owner(chain, name), name);
    return units ? strcmp(units, "objectBoundingBox") == 0 : otherwise;
}

static double measure(struct svg_reading *reading, const struct chain *chain, const char *name,
                      bool of_box, double whole, double box) {
    double length = svg_length(reading, owner(chain, name), name, of_box ? 1 : whole, 0);
    return of_box ? length * box : length;
}

static bool set_tiles(struct svg_reading *reading, const struct chain *chain, const double box[4],
                      struct matrix *own, struct tiles *tiles) {
    double wide = box[2] - box[0], high = box[3] - box[1], view[4];
    bool of_box = is_of_box(chain, "patternUnits", true);
    tiles->x = measure(reading, chain, "x", of_box, reading->view_width, wide);
    tiles->y = measure(reading, chain, "y", of_box, reading->view_height, high);
    tiles->width = measure(reading, chain, "width", of_box, reading->view_width, wide);
    tiles->height = measure(reading, chain, "height", of_box, reading->view_height, high);
    tiles->x += of_box ? box[0] : 0;
    tiles->y += of_box ? box[1] : 0;
    tiles->content = matrix_identity();
    bool slice;
    if (svg_view_box(owner(chain, "viewBox"), view))
        tiles->content =
            svg_fit(svg_attribute(owner(chain, "preserveAspectRatio"), "preserveAspectRatio"), view,
                    tiles->width, tiles->height, &slice);
    else if (is_of_box(chain, "patternContentUnits", false))
        tiles->content = (struct matrix){wide, 0, 0, high, 0, 0};
    *own = matrix_identity();
    const char *transform = svg_attribute(owner(chain, "patternTransform"), "patternTransform");
    if (transform && !svg_parse_transform(transform, own))
        svg_warn(reading, chain->at[0], DIAG_IMAGE_SVG_VALUE,
                 arena_printf(reading->arena, "the transform '%.60s'", transform), NULL);
    tiles->matrix = matrix_of(tiles->matrix, *own);
    return tiles->width > 0 && tiles->height > 0 && fabs(own->a * own->d - own->b * own->c) > 1e-9;
}

/* The rows and columns that the shape's box touches: from, to. False if there are too many. */
static bool count_tiles(const struct tiles *tiles, const struct matrix *own, const double box[4],
                        double columns[2], double rows[2]) {
    double det = own->a * own->d - own->b * own->c;
    columns[0] = rows[0] = INFINITY;
    columns[1] = rows[1] = -INFINITY;
    for (int i = 0; i < 4; i++) {
        double x = box[i % 2 * 2] - own->e, y = box[i / 2 * 2 + 1] - own->f;
        double column = ((own->d * x - own->c * y) / det - tiles->x) / tiles->width;
        double row = ((own->a * y - own->b * x) / det - tiles->y) / tiles->height;
        columns[0] = fmin(columns[0], floor(column));
        columns[1] = fmax(columns[1], ceil(column));
        rows[0] = fmin(rows[0], floor(row));
        rows[1] = fmax(rows[1], ceil(row));
    }
    return (columns[1] - columns[0]) * (rows[1] - rows[0]) <= TILES_LIMIT;
}

struct svg_element *svg_find_pattern(const struct svg_reading *reading,
                                     const struct svg_paint *paint) {
    struct svg_element *server = paint->server ? svg_find(reading, paint->server) : NULL;
    return server && svg_named(server, "pattern") && !server->open ? server : NULL;
}

void svg_draw_pattern(struct svg_walk walk, struct svg_element *pattern,
                      const struct svg_steps *steps, const double box[4]) {
    struct svg_reading *reading = walk.reading;
    struct chain chain = follow(reading, pattern);
    struct tiles tiles = {.matrix = walk.matrix};
    struct matrix own;
    double columns[2], rows[2];
    struct svg_element *content = pattern;
    for (size_t i = 0; i < chain.count && !content->first; i++)
        content = chain.at[i];
    if (!set_tiles(reading, &chain, box, &own, &tiles) || !svg_count_depth(&walk, pattern))
        return;
    if (!count_tiles(&tiles, &own, box, columns, rows)) {
        svg_warn(reading, pattern, DIAG_IMAGE_SVG_IGNORED, "pattern> of so many tiles, as <pattern",
                 "make its tiles larger, or export the picture as PNG");
        return;
    }
    struct vector_clip *clip = ARENA_NEW(reading->arena, struct vector_clip);
    *clip = (struct vector_clip){NULL, svg_copy_steps(reading, steps, &walk.matrix),
                                 steps->list.count, walk.style.fill_even_odd};
    struct vector_node *shape = svg_add_node(reading, walk.into, VECTOR_GROUP);
    shape->clip = clip;
    shape->opacity = walk.style.fill_opacity;
    struct svg_style initial = svg_style_initial();
    walk.style = svg_style_of(reading, content, &initial);
    pattern->open = true;
    for (double row = rows[0]; row < rows[1]; row++)
        for (double column = columns[0]; column < columns[1] && !reading->failed; column++) {
            struct matrix corner = {
                1, 0, 0, 1, tiles.x + column * tiles.width, tiles.y + row * tiles.height};
            walk.matrix = matrix_of(tiles.matrix, corner);
            walk.into = svg_add_node(reading, shape, VECTOR_GROUP);
            walk.into->clip =
                svg_clip_of_box(reading, 0, 0, tiles.width, tiles.height, &walk.matrix);
            walk.matrix = matrix_of(walk.matrix, tiles.content);
            if (svg_count_drawn(reading, pattern, 0))
                svg_draw_children(walk, content);
        }
    pattern->open = false;
}
