#include "write/pdf_gradient.h"

#include "base/vec.h"

/* From one stop to the next, or along one colour. */
struct segment {
    double from, to;
    const struct gradient_stop *start, *end;
};

static struct pdf_array *real_array(struct pdf_file *file, const double *numbers, size_t count) {
    struct pdf_array *array = pdf_array_new(file);
    for (size_t i = 0; i < count; i++)
        pdf_push_real(array, numbers[i]);
    return array;
}

/* One number where grey or opacity is meant, else three. */
static struct pdf_array *stop_colour(struct pdf_file *file, const struct gradient_stop *stop,
                                     enum gradient_space space) {
    double rgb[3] = {(stop->colour >> 16 & 255) / 255.0, (stop->colour >> 8 & 255) / 255.0,
                     (stop->colour & 255) / 255.0};
    return space == GRADIENT_OPACITY ? real_array(file, &stop->opacity, 1)
                                     : real_array(file, rgb, space == GRADIENT_GREY ? 1 : 3);
}

static void put_domain(struct pdf_file *file, struct pdf_dict *function, int32_t type) {
    pdf_put_int(function, "FunctionType", type);
    pdf_put_array(function, "Domain", real_array(file, (double[]){0, 1}, 2));
}

static struct pdf_dict *blend(struct pdf_file *file, const struct segment *segment,
                              enum gradient_space space) {
    struct pdf_dict *function = pdf_dict_new(file);
    put_domain(file, function, 2);
    pdf_put_array(function, "C0", stop_colour(file, segment->start, space));
    pdf_put_array(function, "C1", stop_colour(file, segment->end, space));
    pdf_put_int(function, "N", 1);
    return function;
}

/* All of 0..1; segments of no length are left out, for bounds must ascend (§7.10.4). */
static struct pdf_dict *make_function(struct pdf_file *file, const struct gradient *gradient,
                                      enum gradient_space space) {
    static const double least = 1e-4;
    VEC(struct segment) list = {0};
    double at = 0;
    for (size_t i = 0; i <= gradient->count; i++) {
        const struct gradient_stop *start = &gradient->stops[i ? i - 1 : 0];
        const struct gradient_stop *end = &gradient->stops[i < gradient->count ? i : i - 1];
        double to = i < gradient->count ? end->at : 1;
        if (to - at < least)
            continue;
        VEC_PUSH(pdf_file_arena(file), &list, ((struct segment){at, to, start, end}));
        at = to;
    }
    if (list.count == 1)
        return blend(file, list.at, space);
    struct pdf_dict *function = pdf_dict_new(file);
    put_domain(file, function, 3);
    struct pdf_array *functions = pdf_array_new(file), *bounds = pdf_array_new(file);
    struct pdf_array *encode = pdf_array_new(file);
    for (size_t i = 0; i < list.count; i++) {
        pdf_push_dict(functions, blend(file, &list.at[i], space));
        if (i)
            pdf_push_real(bounds, list.at[i].from);
        pdf_push_int(encode, 0);
        pdf_push_int(encode, 1);
    }
    pdf_put_array(function, "Functions", functions);
    pdf_put_array(function, "Bounds", bounds);
    pdf_put_array(function, "Encode", encode);
    return function;
}

/* A frame in which the gradient is of the size of 1, so that reals of five decimals are exact
 * enough: of a linear one its line is the x axis, of a radial one its last circle is the unit's. */
static struct matrix unit_frame(const struct gradient *gradient) {
    const struct matrix *m = &gradient->matrix;
    double x = gradient->x[0], y = gradient->y[0];
    double ax = gradient->x[1] - x, ay = gradient->y[1] - y, bx = -ay, by = ax;
    if (gradient->radial) {
        x = gradient->x[1], y = gradient->y[1];
        ax = by = gradient->r[1];
        ay = bx = 0;
    }
    return (struct matrix){m->a * ax + m->c * ay,      m->b * ax + m->d * ay,
                           m->a * bx + m->c * by,      m->b * bx + m->d * by,
                           m->a * x + m->c * y + m->e, m->b * x + m->d * y + m->f};
}

struct pdf_dict *pdf_gradient_pattern(struct pdf_file *file, const struct gradient *gradient,
                                      enum gradient_space space) {
    struct matrix m = unit_frame(gradient);
    const double matrix[] = {m.a, m.b, m.c, m.d, m.e, m.f}, line[] = {0, 0, 1, 0};
    double r = gradient->radial ? gradient->r[1] : 1;
    const double circles[] = {(gradient->x[0] - gradient->x[1]) / r,
                              (gradient->y[0] - gradient->y[1]) / r,
                              gradient->r[0] / r,
                              0,
                              0,
                              1};
    struct pdf_dict *pattern = pdf_dict_new(file), *shading = pdf_dict_new(file);
    pdf_put_name(pattern, "Type", "Pattern");
    pdf_put_int(pattern, "PatternType", 2);
    pdf_put_array(pattern, "Matrix", real_array(file, matrix, 6));
    pdf_put_int(shading, "ShadingType", gradient->radial ? 3 : 2);
    pdf_put_name(shading, "ColorSpace", space == GRADIENT_RGB ? "DeviceRGB" : "DeviceGray");
    pdf_put_array(shading, "Coords",
                  gradient->radial ? real_array(file, circles, 6) : real_array(file, line, 4));
    pdf_put_dict(shading, "Function", make_function(file, gradient, space));
    struct pdf_array *extend = pdf_array_new(file);
    for (int i = 0; i < 2; i++)
        pdf_push_bool(file, extend, true);
    pdf_put_array(shading, "Extend", extend);
    pdf_put_dict(pattern, "Shading", shading);
    return pattern;
}
