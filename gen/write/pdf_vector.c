#include "write/pdf_vector.h"

#include "write/pdf_canvas.h"
#include "write/pdf_gradient.h"

#include <math.h>
#include <stdio.h>

struct pdf_drawing {
    struct pdf_file *file;
    struct pdf_deflater *deflater;
    struct run_table *runs;
    const struct vector *vector;
    const struct vector_words *words;
    struct pdf_dict *resources; /* one for all forms, indirect */
    struct pdf_dict *states, *patterns, *forms;
    int32_t state_count, pattern_count, form_count;
    VEC(int32_t) opacities; /* those that have a state already */
};

/* ---- numbers ---- */

static double bounded(double value) {
    return value > 30000 ? 30000 : value < -30000 ? -30000 : value;
}

static void put_number(struct buf *out, double value) {
    buf_put_fixed(out, llround(bounded(value) * 1000), 3);
    buf_putc(out, ' ');
}

/* `matrix` as the transformation of what follows. */
static void put_matrix(struct buf *out, const struct matrix *m) {
    const double numbers[] = {m->a, m->b, m->c, m->d, m->e, m->f};
    for (int i = 0; i < 6; i++) {
        buf_put_fixed(out, llround(bounded(numbers[i]) * 1e6), 6);
        buf_putc(out, ' ');
    }
    buf_puts(out, "cm\n");
}

static struct matrix product(struct matrix o, struct matrix i) {
    return (struct matrix){o.a * i.a + o.c * i.b,       o.b * i.a + o.d * i.b,
                           o.a * i.c + o.c * i.d,       o.b * i.c + o.d * i.d,
                           o.a * i.e + o.c * i.f + o.e, o.b * i.e + o.d * i.f + o.f};
}

/* ---- states ---- */

/* Sets one opacity for filling and stroking. */
static void put_opacity(struct pdf_drawing *drawing, struct buf *out, double opacity) {
    int32_t thousandths = (int32_t)lround(opacity * 1000);
    if (thousandths >= 1000)
        return;
    thousandths = thousandths < 0 ? 0 : thousandths;
    char name[24];
    snprintf(name, sizeof name, "A%d", thousandths);
    bool known = false;
    for (size_t i = 0; i < drawing->opacities.count; i++)
        known |= drawing->opacities.at[i] == thousandths;
    if (!known) {
        struct pdf_dict *state = pdf_dict_new(drawing->file);
        pdf_put_real(state, "ca", thousandths / 1000.0);
        pdf_put_real(state, "CA", thousandths / 1000.0);
        pdf_put_dict(drawing->states, name, state);
        VEC_PUSH(pdf_file_arena(drawing->file), &drawing->opacities, thousandths);
    }
    buf_printf(out, "/%s gs\n", name);
}

static struct pdf_dict *form_new(struct pdf_drawing *drawing, const struct buf *content,
                                 const char *group_space) {
    struct pdf_file *file = drawing->file;
    struct pdf_dict *form =
        pdf_stream_new(file, pdf_deflate(drawing->deflater, content->data, content->len), true);
    double box[4] = {0, 0, drawing->vector->width, drawing->vector->height};
    pdf_put_name(form, "Type", "XObject");
    pdf_put_name(form, "Subtype", "Form");
    pdf_put_rect(file, form, "BBox", box);
    pdf_put_dict(form, "Resources", drawing->resources);
    if (group_space) {
        struct pdf_dict *group = pdf_dict_new(file);
        pdf_put_name(group, "S", "Transparency");
        pdf_put_name(group, "CS", group_space);
        pdf_put_dict(form, "Group", group);
    }
    return form;
}

/* Makes what follows as opaque as a gradient's stops are: by a soft mask whose brightness they are
 * (§11.5.3). */
static void put_fading(struct pdf_drawing *drawing, struct buf *out,
                       const struct gradient *gradient) {
    struct pdf_file *file = drawing->file;
    char name[24];
    snprintf(name, sizeof name, "P%d", drawing->pattern_count++);
    pdf_put_dict(drawing->patterns, name, pdf_gradient_pattern(file, gradient, GRADIENT_OPACITY));
    struct buf content;
    buf_init(&content, pdf_file_arena(file));
    buf_printf(&content, "/Pattern cs/%s scn 0 0 ", name);
    put_number(&content, drawing->vector->width);
    put_number(&content, drawing->vector->height);
    buf_puts(&content, "re f\n");
    struct pdf_dict *mask = pdf_dict_new(file), *state = pdf_dict_new(file);
    pdf_put_name(mask, "Type", "Mask");
    pdf_put_name(mask, "S", "Luminosity");
    pdf_put_dict(mask, "G", form_new(drawing, &content, "DeviceGray"));
    pdf_put_dict(state, "SMask", mask);
    snprintf(name, sizeof name, "M%d", drawing->state_count++);
    pdf_put_dict(drawing->states, name, state);
    buf_printf(out, "/%s gs\n", name);
}

/* ---- paints ---- */

static void put_paint(struct pdf_drawing *drawing, struct buf *out, const struct paint *paint,
                      bool stroke) {
    if (paint->gradient) {
        char name[24];
        snprintf(name, sizeof name, "P%d", drawing->pattern_count++);
        pdf_put_dict(drawing->patterns, name,
                     pdf_gradient_pattern(drawing->file, paint->gradient,
                                          drawing->vector->grey ? GRADIENT_GREY : GRADIENT_RGB));
        buf_printf(out, stroke ? "/Pattern CS/%s SCN\n" : "/Pattern cs/%s scn\n", name);
        return;
    }
    pdf_put_colour(out, paint->colour, stroke);
    buf_putc(out, '\n');
}

/* ---- paths ---- */

static void put_steps(struct buf *out, const struct vector_step *steps, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct vector_step *step = &steps[i];
        static const char *const operators[] = {"m\n", "l\n", "c\n", "h\n"};
        int points = step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++) {
            put_number(out, step->x[k]);
            put_number(out, step->y[k]);
        }
        buf_puts(out, operators[step->op]);
    }
}

static void put_line_style(struct buf *out, const struct vector_path *path) {
    put_number(out, path->weight);
    buf_printf(out, "w %d J %d j ", path->cap, path->join);
    put_number(out, path->miter);
    buf_puts(out, "M\n");
    if (!path->dash_count)
        return;
    double sum = 0;
    buf_putc(out, '[');
    for (size_t i = 0; i < path->dash_count; i++) {
        put_number(out, path->dashes[i]);
        sum += path->dashes[i];
    }
    buf_puts(out, "]");
    /* A phase is never negative. An odd list repeats after two rounds, dashes and gaps changed. */
    double phase = fmod(path->dash_offset, 2 * sum);
    put_number(out, phase < 0 ? phase + 2 * sum : phase);
    buf_puts(out, "d\n");
}

/* Paints the fill or the stroke alone. */
static void put_layer(struct pdf_drawing *drawing, struct buf *out, const struct vector_path *path,
                      bool stroke, double opacity) {
    const struct paint *paint = stroke ? &path->stroke : &path->fill;
    buf_puts(out, "q\n");
    put_opacity(drawing, out, paint->opacity * opacity);
    if (paint->gradient && paint->gradient->fades)
        put_fading(drawing, out, paint->gradient);
    put_paint(drawing, out, paint, stroke);
    if (path->skew)
        put_matrix(out, path->skew);
    if (stroke)
        put_line_style(out, path);
    put_steps(out, path->steps, path->count);
    buf_puts(out, stroke ? "S\nQ\n" : path->even_odd ? "f*\nQ\n" : "f\nQ\n");
}

/* Filling comes first and a stroke lies over it, seen through if it is not opaque: the operator
 * for both would cut the fill away below (§11.7.4.4). */
static void put_path(struct pdf_drawing *drawing, struct buf *out, const struct vector_path *path,
                     double opacity) {
    bool fill = path->fill.colour != COLOUR_NONE, stroke = path->stroke.colour != COLOUR_NONE;
    if (fill)
        put_layer(drawing, out, path, false, opacity);
    if (stroke)
        put_layer(drawing, out, path, true, opacity);
}

static void put_text(struct pdf_drawing *drawing, struct buf *out, const struct vector_text *text) {
    const struct vector_words *words = &drawing->words[text->index];
    if (!words->count || text->fill.colour == COLOUR_NONE || words->scale <= 0)
        return;
    struct mark mark = {.kind = MARK_TEXT,
                        .fill = text->fill.colour,
                        .pieces = words->pieces,
                        .count = words->count,
                        .size_cpt = VECTOR_WORDS_CPT,
                        .tracking_cpt = words->tracking_cpt};
    struct matrix at = {words->scale * words->stretch, 0, 0, -words->scale, words->x, words->y};
    at = product(text->matrix, at);
    struct pdf_canvas canvas;
    buf_puts(out, "q\n");
    put_opacity(drawing, out, text->fill.opacity);
    put_matrix(out, &at);
    pdf_canvas_init(&canvas, out, 0, false);
    pdf_canvas_text(&canvas, drawing->runs, &mark, false);
    pdf_canvas_tag(&canvas, "Q");
}

static void put_picture(struct pdf_drawing *drawing, struct buf *out,
                        const struct vector_node *node) {
    char name[24];
    struct matrix turn = pdf_image_turn(node->image), flip = {1, 0, 0, -1, 0, 1};
    struct matrix at = product(node->matrix, product(flip, turn));
    snprintf(name, sizeof name, "X%d", drawing->form_count++);
    pdf_put_dict(drawing->forms, name,
                 pdf_image_put_raster(drawing->file, drawing->deflater, node->image));
    buf_puts(out, "q\n");
    put_matrix(out, &at);
    buf_printf(out, "/%s Do\nQ\n", name);
}

/* ---- groups ---- */

static void put_nodes(struct pdf_drawing *drawing, struct buf *out, const struct vector_node *node);

/* A group of one thing that is painted at one stroke needs no form to be made less opaque. */
static const struct vector_path *lone_path(const struct vector_node *group) {
    const struct vector_node *only = group->first;
    if (!only || only->next || only->kind != VECTOR_PATH)
        return NULL;
    bool both = only->path.fill.colour != COLOUR_NONE && only->path.stroke.colour != COLOUR_NONE;
    return both ? NULL : &only->path;
}

static void put_group(struct pdf_drawing *drawing, struct buf *out,
                      const struct vector_node *group) {
    if (!group->first || group->opacity <= 0)
        return;
    buf_puts(out, "q\n");
    for (const struct vector_clip *clip = group->clip; clip; clip = clip->next) {
        if (clip->count)
            put_steps(out, clip->steps, clip->count);
        else
            buf_puts(out, "0 0 0 0 re\n");
        buf_puts(out, clip->even_odd ? "W* n\n" : "W n\n");
    }
    if (group->opacity >= 1) {
        put_nodes(drawing, out, group->first);
    } else if (lone_path(group)) {
        put_path(drawing, out, lone_path(group), group->opacity);
    } else {
        char name[24];
        struct buf content;
        buf_init(&content, pdf_file_arena(drawing->file));
        put_nodes(drawing, &content, group->first);
        snprintf(name, sizeof name, "X%d", drawing->form_count++);
        pdf_put_dict(
            drawing->forms, name,
            form_new(drawing, &content, drawing->vector->grey ? "DeviceGray" : "DeviceRGB"));
        put_opacity(drawing, out, group->opacity);
        buf_printf(out, "/%s Do\n", name);
    }
    buf_puts(out, "Q\n");
}

static void put_nodes(struct pdf_drawing *drawing, struct buf *out,
                      const struct vector_node *node) {
    for (; node; node = node->next)
        switch (node->kind) {
        case VECTOR_GROUP:
            put_group(drawing, out, node);
            break;
        case VECTOR_PATH:
            put_path(drawing, out, &node->path, 1);
            break;
        case VECTOR_TEXT:
            if (drawing->words)
                put_text(drawing, out, &node->text);
            break;
        case VECTOR_IMAGE:
            put_picture(drawing, out, node);
            break;
        }
}

struct pdf_dict *pdf_vector_put(struct pdf_file *file, struct pdf_deflater *deflater,
                                struct run_table *runs, struct pdf_dict *fonts,
                                const struct vector *vector, const struct vector_words *words) {
    struct pdf_drawing drawing = {.file = file,
                                  .deflater = deflater,
                                  .runs = runs,
                                  .vector = vector,
                                  .words = words,
                                  .resources = pdf_dict_new_indirect(file),
                                  .states = pdf_dict_new(file),
                                  .patterns = pdf_dict_new(file),
                                  .forms = pdf_dict_new(file)};
    struct buf content;
    buf_init(&content, pdf_file_arena(file));
    put_nodes(&drawing, &content, vector->root);
    struct pdf_dict *form = form_new(&drawing, &content, NULL);
    pdf_put_dict(drawing.resources, "ExtGState", drawing.states);
    pdf_put_dict(drawing.resources, "Pattern", drawing.patterns);
    pdf_put_dict(drawing.resources, "XObject", drawing.forms);
    if (words)
        pdf_put_dict(drawing.resources, "Font", fonts);
    return form;
}
