#include "write/pdf_stamp.h"

#include "base/units.h"
#include "write/pdf_canvas.h"

/* Fields that say nothing of their look are dark grey, a quarter of a millimetre; the tick and the
 * dot are nearly black. */
enum { FIELD_COLOUR = 0x4D4D4D, FIELD_ON_COLOUR = 0x1A1A1A, FIELD_WEIGHT_UM = 250 };

struct stamp {
    const char *name;
    bool circle, on;
    int32_t width_um, height_um, radius_um;
    struct look look;
    uint32_t on_colour;
    uint32_t number; /* of its object, once put */
};

void pdf_stamps_init(struct pdf_stamps *stamps, struct arena *job) {
    *stamps = (struct pdf_stamps){.job = job};
}

static struct stamp stamp_of(const struct mark *mark, bool on) {
    struct stamp stamp = {.circle = mark->field->kind == FIELD_RADIO,
                          .on = on,
                          .width_um = mark->width_um,
                          .height_um = mark->height_um,
                          .radius_um = mark->radius_um,
                          .look = {mark->fill, mark->stroke, mark->weight_um, mark->dash_um}};
    stamp.on_colour = mark->stroke != COLOUR_NONE ? mark->stroke : FIELD_ON_COLOUR;
    if (stamp.look.stroke == COLOUR_NONE)
        stamp.look.stroke = FIELD_COLOUR;
    if (!stamp.look.weight_um)
        stamp.look.weight_um = FIELD_WEIGHT_UM;
    return stamp;
}

static bool same_stamp(const struct stamp *a, const struct stamp *b) {
    return a->circle == b->circle && a->on == b->on && a->width_um == b->width_um &&
           a->height_um == b->height_um && a->radius_um == b->radius_um &&
           a->look.fill == b->look.fill && a->look.stroke == b->look.stroke &&
           a->look.weight_um == b->look.weight_um && a->look.dash_um == b->look.dash_um;
}

static const char *name_stamp(struct arena *arena, const struct stamp *stamp) {
    struct buf name;
    buf_init(&name, arena);
    buf_printf(&name, "%c%d-%d-%d-%d-%d-%X", stamp->circle ? 'R' : 'B', stamp->width_um,
               stamp->height_um, stamp->radius_um, stamp->look.weight_um, stamp->look.dash_um,
               stamp->look.stroke);
    if (stamp->look.fill != COLOUR_NONE)
        buf_printf(&name, "-%X", stamp->look.fill);
    buf_puts(&name, stamp->on ? "-on" : "");
    return name.data;
}

/* A template has a handful of looks. */
const struct stamp *pdf_stamp_find(struct pdf_stamps *stamps, const struct mark *mark, bool on) {
    struct stamp stamp = stamp_of(mark, on);
    for (size_t i = 0; i < stamps->list.count; i++)
        if (same_stamp(stamps->list.at[i], &stamp))
            return stamps->list.at[i];
    struct stamp *added = ARENA_NEW(stamps->job, struct stamp);
    *added = stamp;
    added->name = name_stamp(stamps->job, &stamp);
    VEC_PUSH(stamps->job, &stamps->list, added);
    return added;
}

const char *pdf_stamp_name(const struct stamp *stamp) { return stamp->name; }
uint32_t pdf_stamp_number(const struct stamp *stamp) { return stamp->number; }
int32_t pdf_stamp_edge_um(const struct stamp *stamp) { return stamp->look.weight_um; }

static void draw_tick(struct pdf_canvas *canvas, const struct stamp *stamp) {
    /* The tick's three points, in hundredths of the box. */
    static const int32_t tick[3][2] = {{22, 52}, {42, 74}, {80, 26}};
    pdf_canvas_look(canvas, (struct look){COLOUR_NONE, stamp->on_colour, stamp->width_um / 8, 0});
    for (int i = 0; i < 3; i++)
        pdf_canvas_point(canvas, (int32_t)((int64_t)stamp->width_um * tick[i][0] / 100),
                         (int32_t)((int64_t)stamp->height_um * tick[i][1] / 100), i ? "l" : "m");
    pdf_canvas_paint(canvas);
}

/* A circle in the middle of the box, `percent` of its size. */
static void draw_circle(struct pdf_canvas *canvas, const struct stamp *stamp, int32_t percent,
                        struct look look) {
    int32_t box = stamp->width_um < stamp->height_um ? stamp->width_um : stamp->height_um;
    int32_t size = (int32_t)((int64_t)box * percent / 100);
    pdf_canvas_look(canvas, look);
    pdf_canvas_rect(canvas, (stamp->width_um - size) / 2, (stamp->height_um - size) / 2, size, size,
                    size / 2);
    pdf_canvas_paint(canvas);
}

static void draw_stamp(struct pdf_canvas *canvas, const struct stamp *stamp) {
    if (stamp->circle) {
        draw_circle(canvas, stamp, 100, stamp->look);
        if (stamp->on)
            draw_circle(canvas, stamp, 54, (struct look){stamp->on_colour, COLOUR_NONE, 0, 0});
        return;
    }
    pdf_canvas_look(canvas, stamp->look);
    pdf_canvas_rect(canvas, 0, 0, stamp->width_um, stamp->height_um, stamp->radius_um);
    pdf_canvas_paint(canvas);
    if (stamp->on)
        draw_tick(canvas, stamp);
}

void pdf_stamps_put(struct pdf_stamps *stamps, struct pdf_file *file, struct pdf_deflater *deflater,
                    struct pdf_dict *resources) {
    for (size_t i = 0; i < stamps->list.count; i++) {
        struct stamp *stamp = stamps->list.at[i];
        struct pdf_canvas canvas;
        struct buf out;
        buf_init(&out, stamps->job);
        /* Nothing is known of the graphics state: it is the page's where the stamp is put. */
        pdf_canvas_init(&canvas, &out, stamp->height_um, false);
        draw_stamp(&canvas, stamp);
        struct pdf_dict *form =
            pdf_stream_new(file, pdf_deflate(deflater, out.data, out.len), true);
        stamp->number = pdf_dict_number(form);
        double edge = pt_from_um(stamp->look.weight_um);
        double box[4] = {-edge, -edge, pt_from_um(stamp->width_um) + edge,
                         pt_from_um(stamp->height_um) + edge};
        pdf_put_name(form, "Type", "XObject");
        pdf_put_name(form, "Subtype", "Form");
        pdf_put_rect(file, form, "BBox", box);
        pdf_put_dict(form, "Resources", pdf_dict_new(file));
        pdf_put_dict(resources, stamp->name, form);
    }
}
