/* Clips: what is inside of any shape of a <clipPath>. */
#include "load/svg.h"

const struct vector_clip *svg_clip_of_box(struct svg_reading *reading, double x, double y,
                                          double width, double height,
                                          const struct matrix *matrix) {
    struct svg_steps steps = {0};
    svg_add_rect(reading->arena, &steps, x, y, width, height, 0, 0);
    svg_map_steps(steps.list.at, steps.list.count, matrix);
    struct vector_clip *clip = ARENA_NEW(reading->arena, struct vector_clip);
    clip->steps = steps.list.at;
    clip->count = steps.list.count;
    return clip;
}

static double signed_area(const struct svg_steps *steps) {
    double area = 0, x = 0, y = 0, start_x = 0, start_y = 0;
    for (size_t i = 0; i < steps->list.count; i++) {
        const struct vector_step *step = &steps->list.at[i];
        int end = step->op == PATH_CURVE ? 2 : 0;
        double to_x = step->op == PATH_CLOSE ? start_x : step->x[end];
        double to_y = step->op == PATH_CLOSE ? start_y : step->y[end];
        if (step->op == PATH_MOVE) {
            start_x = to_x;
            start_y = to_y;
        } else {
            area += x * to_y - to_x * y;
        }
        x = to_x;
        y = to_y;
    }
    return area;
}

/* What is inside of any of the shapes. They are joined into one path of the nonzero rule, which is
 * their union if all turn the same way round. */
struct clip_making {
    struct svg_reading *reading;
    struct svg_steps all;
    size_t shapes;
    bool even_odd, turns_left;
};

static void add_clip_shape(struct clip_making *making, struct svg_walk walk,
                           struct svg_element *element) {
    struct svg_reading *reading = making->reading;
    const struct svg_steps *steps = svg_steps_of(reading, element);
    if (!svg_count_drawn(reading, element, steps->list.count) || !steps->list.count)
        return;
    struct svg_steps copy = *steps;
    copy.list.at = svg_copy_steps(reading, steps, &walk.matrix);
    bool left = signed_area(&copy) < 0;
    if (making->shapes &&
        (left != making->turns_left || walk.style.clip_even_odd || making->even_odd))
        svg_warn(reading, element, DIAG_IMAGE_SVG_IGNORED,
                 "clipPath> of several shapes that turn differently, such as <clipPath",
                 "unite them into one path");
    making->turns_left = making->shapes ? making->turns_left : left;
    making->even_odd |= walk.style.clip_even_odd;
    making->shapes++;
    for (size_t i = 0; i < copy.list.count; i++)
        VEC_PUSH(reading->arena, &making->all.list, copy.list.at[i]);
}

static void add_clip_children(struct clip_making *making, struct svg_walk walk,
                              struct svg_element *clip) {
    struct svg_reading *reading = making->reading;
    for (struct svg_element *child = clip->first; child && !reading->failed; child = child->next) {
        struct svg_walk inner = walk;
        struct svg_element *shape = child;
        if (child->name[0] == '#')
            continue;
        inner.style = svg_style_of(reading, child, &walk.style);
        svg_apply_transform(&inner, child);
        const char *href = svg_named(child, "use") ? svg_attribute(child, "href") : NULL;
        const char *id = href ? svg_local_id(reading, child, href) : NULL;
        if (id && (shape = svg_find(reading, id))) {
            inner.matrix = matrix_of(inner.matrix,
                                     (struct matrix){1, 0, 0, 1, svg_across(reading, child, "x", 0),
                                                     svg_down(reading, child, "y", 0)});
            inner.style = svg_style_of(reading, shape, &inner.style);
            svg_apply_transform(&inner, shape);
        }
        if (shape && svg_is_shape(shape) && !inner.style.none && !inner.style.hidden)
            add_clip_shape(making, inner, shape);
        else if (shape && svg_named(shape, "text"))
            svg_warn(reading, shape, DIAG_IMAGE_SVG_IGNORED, "text> in a <clipPath",
                     "turn it into a path");
    }
}

static bool box_of(struct svg_reading *reading, struct svg_element *element, double box[4]) {
    return svg_is_shape(element) && svg_bounds(svg_steps_of(reading, element)->list.at,
                                               svg_steps_of(reading, element)->list.count, box);
}

const struct vector_clip *svg_add_clip(struct svg_walk walk, struct svg_element *element,
                                       const char *id, const struct vector_clip *outer) {
    struct svg_reading *reading = walk.reading;
    struct svg_element *clip = svg_find(reading, id);
    if (!clip || !svg_named(clip, "clipPath")) {
        svg_warn(reading, element, DIAG_IMAGE_SVG_REFERENCE, id, NULL);
        return outer;
    }
    if (clip->open || !svg_count_depth(&walk, element))
        return outer;
    struct svg_style initial = svg_style_initial();
    walk.style = svg_style_of(reading, clip, &initial);
    const char *units = svg_attribute(clip, "clipPathUnits");
    double box[4];
    if (units && strcmp(units, "objectBoundingBox") == 0) {
        if (!box_of(reading, element, box)) {
            svg_warn(reading, clip, DIAG_IMAGE_SVG_PROPERTY, "'clipPathUnits: objectBoundingBox'",
                     "clip a single shape so, or use userSpaceOnUse");
            return outer;
        }
        walk.matrix = matrix_of(
            walk.matrix, (struct matrix){box[2] - box[0], 0, 0, box[3] - box[1], box[0], box[1]});
    }
    svg_apply_transform(&walk, clip);
    struct clip_making making = {.reading = reading};
    add_clip_children(&making, walk, clip);
    struct vector_clip *made = ARENA_NEW(reading->arena, struct vector_clip);
    *made = (struct vector_clip){outer, making.all.list.at, making.all.list.count, making.even_odd};
    if (!walk.style.clip)
        return made;
    clip->open = true;
    const struct vector_clip *both = svg_add_clip(walk, clip, walk.style.clip, made);
    clip->open = false;
    return both;
}
