/* Drawings in grey: copies, for the same picture may be printed in colour elsewhere. */
#include "load/theme.h"

#include "base/vec.h"

struct greying {
    struct arena *arena;
    VEC(const struct vector_text *) texts; /* in their order, which is that of the nodes */
};

static struct paint grey_paint(struct arena *arena, struct paint paint) {
    if (paint.colour != COLOUR_NONE)
        paint.colour = colour_in_grey(paint.colour);
    if (!paint.gradient)
        return paint;
    struct gradient *gradient = ARENA_NEW(arena, struct gradient);
    *gradient = *paint.gradient;
    struct gradient_stop *stops = ARENA_ARRAY(arena, struct gradient_stop, gradient->count);
    for (size_t i = 0; i < gradient->count; i++) {
        stops[i] = gradient->stops[i];
        stops[i].colour = colour_in_grey(stops[i].colour);
    }
    gradient->stops = stops;
    paint.gradient = gradient;
    return paint;
}

/* Nesting is bounded by the reader of SVG. */
static struct vector_node *grey_nodes(struct greying *greying, const struct vector_node *node) {
    struct vector_node *first = NULL, *last = NULL;
    for (; node; node = node->next) {
        struct vector_node *grey = ARENA_NEW(greying->arena, struct vector_node);
        *grey = *node;
        grey->next = NULL;
        grey->first = grey_nodes(greying, node->first);
        grey->path.fill = grey_paint(greying->arena, node->path.fill);
        grey->path.stroke = grey_paint(greying->arena, node->path.stroke);
        grey->text.fill = grey_paint(greying->arena, node->text.fill);
        if (node->kind == VECTOR_TEXT)
            VEC_PUSH(greying->arena, &greying->texts, &grey->text);
        if (node->image)
            grey->image = image_in_grey(greying->arena, (struct image *)node->image);
        if (last)
            last->next = grey;
        else
            first = grey;
        last = grey;
    }
    return first;
}

const struct vector *vector_in_grey(struct arena *arena, const struct vector *vector) {
    struct greying greying = {.arena = arena};
    struct vector *grey = ARENA_NEW(arena, struct vector);
    *grey = *vector;
    grey->root = grey_nodes(&greying, vector->root);
    grey->texts = greying.texts.at;
    grey->grey = true;
    return grey;
}
