#include "write/pdf_content.h"

#include "write/pdf_canvas.h"
#include "write/pdf_form.h"
#include "write/pdf_text.h"

static struct look mark_look(const struct mark *mark) {
    return (struct look){mark->fill, mark->stroke, mark->weight_um, mark->dash_um};
}

static void draw_box(struct pdf_canvas *canvas, const struct mark *mark, struct look look) {
    pdf_canvas_look(canvas, look);
    pdf_canvas_rect(canvas, mark->x_um, mark->y_um, mark->width_um, mark->height_um,
                    mark->radius_um);
    pdf_canvas_paint(canvas);
}

/* Boxes and circles are stamps; other fields a plain box, if they have a look at all. */
static void draw_field(struct pdf_canvas *canvas, const struct content_request *request,
                       const struct mark *mark) {
    if (mark->field->kind == FIELD_CHECK || mark->field->kind == FIELD_RADIO)
        pdf_canvas_stamp(canvas, mark,
                         pdf_stamp_name(pdf_stamp_find(request->stamps, mark, mark->field->on)));
    else
        draw_box(canvas, mark, mark_look(mark));
}

static void draw_path(struct pdf_canvas *canvas, const struct mark *mark) {
    pdf_canvas_look(canvas, mark_look(mark));
    for (size_t i = 0; i < mark->count; i++) {
        const struct path_step *step = &mark->steps[i];
        switch (step->op) {
        case PATH_MOVE:
            pdf_canvas_point(canvas, step->x[0], step->y[0], "m");
            break;
        case PATH_LINE:
            pdf_canvas_point(canvas, step->x[0], step->y[0], "l");
            break;
        case PATH_CURVE:
            pdf_canvas_curve(canvas, step->x, step->y);
            break;
        case PATH_CLOSE:
            pdf_canvas_close(canvas);
            break;
        }
    }
    pdf_canvas_paint(canvas);
}

static void draw_line(struct pdf_canvas *canvas, const struct mark *mark) {
    struct look look = mark_look(mark);
    look.fill = COLOUR_NONE;
    pdf_canvas_look(canvas, look);
    pdf_canvas_point(canvas, mark->x_um, mark->y_um, "m");
    pdf_canvas_point(canvas, mark->to_x_um, mark->to_y_um, "l");
    pdf_canvas_paint(canvas);
}

static void draw_mark(struct pdf_canvas *canvas, const struct content_request *request,
                      const struct mark *mark) {
    char name[24];
    switch (mark->kind) {
    case MARK_TEXT:
        pdf_canvas_text(
            canvas, request->runs, mark,
            line_breaks_after(request->marks, request->count, (size_t)(mark - request->marks)));
        break;
    case MARK_RECT:
        draw_box(canvas, mark, mark_look(mark));
        break;
    case MARK_LINE:
        draw_line(canvas, mark);
        break;
    case MARK_PATH:
        draw_path(canvas, mark);
        break;
    case MARK_IMAGE:
        pdf_canvas_image(canvas, mark, pdf_image_resource(request->images, mark->image, name));
        break;
    case MARK_FIELD:
        draw_field(canvas, request, mark);
        break;
    case MARK_CODE:
        pdf_canvas_stamp(canvas, mark, pdf_code_name(request->codes, mark, name));
        break;
    case MARK_LINK:
        break; /* an annotation, not content */
    }
}

static bool draws(const struct mark *mark) {
    switch (mark->kind) {
    case MARK_TEXT:
        return mark->count != 0;
    case MARK_IMAGE:
        return mark->image != NULL;
    case MARK_LINK:
        return false;
    case MARK_CODE:
        return true;
    case MARK_LINE:
        return mark->stroke != COLOUR_NONE;
    case MARK_FIELD:
        if (mark->field->kind == FIELD_CHECK || mark->field->kind == FIELD_RADIO)
            return true;
        break;
    case MARK_RECT:
    case MARK_PATH:
        break;
    }
    return mark->fill != COLOUR_NONE || mark->stroke != COLOUR_NONE;
}

/* Opens the marked-content sequence of an element; `lang` or NULL is what its text is in beyond
 * what the element says. */
static void open_sequence(struct pdf_canvas *canvas, const struct content_request *request,
                          uint32_t element, const char *lang) {
    if (request->furniture) {
        pdf_canvas_tag(canvas, "/Artifact<</Type/Pagination>>BDC");
        return;
    }
    if (!element) {
        pdf_canvas_tag(canvas, "/Artifact BMC");
        return;
    }
    struct buf tag;
    buf_init(&tag, canvas->out->arena);
    buf_putc(&tag, '/');
    buf_puts(&tag, role_name(structure_role(request->structure, element)));
    buf_puts(&tag, "<</MCID ");
    buf_put_int(&tag, structure_add_sequence(request->structure, request->page, element));
    if (lang) {
        buf_puts(&tag, "/Lang");
        pdf_text_put_string(&tag, lang, strlen(lang));
    }
    buf_puts(&tag, ">>BDC");
    pdf_canvas_tag(canvas, tag.data);
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* A field of a form: its element is attached here, in the order of reading, and holds its widget
 * alone (ISO 14289-1, 7.18.4); a box around it is an artifact. Returns true if content is open. */
static bool pass_field(struct pdf_canvas *canvas, const struct content_request *request,
                       const struct mark *mark, bool open) {
    if (open)
        pdf_canvas_tag(canvas, "EMC");
    structure_attach(request->structure, structure_resolve(request->structure, mark->element));
    bool button = mark->field->kind == FIELD_CHECK || mark->field->kind == FIELD_RADIO;
    if (button || !draws(mark))
        return false;
    pdf_canvas_tag(canvas, "/Artifact BMC");
    draw_box(canvas, mark, mark_look(mark));
    return true;
}

void content_write(struct buf *out, const struct content_request *request) {
    struct pdf_canvas canvas;
    pdf_canvas_init(&canvas, out, request->page_height_um, !request->furniture);
    bool open = false;
    uint32_t element = 0;
    const char *lang = NULL;
    for (size_t i = 0; i < request->count; i++) {
        const struct mark *mark = &request->marks[i];
        enum form_use use = request->uses ? request->uses[i] : FORM_NOTHING;
        if (use == FORM_FIELD) {
            open = pass_field(&canvas, request, mark, open);
            element = 0;
            lang = NULL;
        }
        if (use != FORM_NOTHING || !draws(mark))
            continue;
        uint32_t of = request->furniture ? 0 : structure_resolve(request->structure, mark->element);
        const char *in = of ? structure_lang_beyond(request->structure, of, mark->lang) : NULL;
        if (!open || of != element || !same_text(in, lang)) {
            if (open)
                pdf_canvas_tag(&canvas, "EMC");
            open_sequence(&canvas, request, of, in);
            open = true;
            element = of;
            lang = in;
        }
        draw_mark(&canvas, request, mark);
    }
    if (open)
        pdf_canvas_tag(&canvas, "EMC");
}
