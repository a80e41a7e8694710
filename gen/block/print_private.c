/* What stands below the prompt of a private answer: a small lock, and that nobody else sees it. */
#include "block/print_parts.h"

enum { LOCK_UM = 2400, BODY_UM = 1700, STROKE_UM = 300, GAP_UM = 1200 };

/* A lock that stands on the line of a text. */
static struct flow *lock(struct print *print, const struct paragraph_style *style) {
    uint32_t colour = style->text.colour;
    int32_t foot_um = style->leading_um / 2 + um_from_cpt(style->text.size_cpt) * 36 / 100;
    int32_t top_um = foot_um - BODY_UM, middle_um = LOCK_UM / 2, radius_um = 650;
    struct shape *shapes = ARENA_ARRAY(print->arena, struct shape, 2);
    shapes[0] = (struct shape){.kind = SHAPE_ARC,
                               .fill = colour,
                               .stroke = COLOUR_NONE,
                               .at = {{0, middle_um}, {0, top_um}},
                               .width = {0, radius_um + STROKE_UM / 2},
                               .thickness_um = STROKE_UM,
                               .from_mdeg = -90000,
                               .to_mdeg = 90000};
    shapes[1] = (struct shape){.kind = SHAPE_RECT,
                               .fill = colour,
                               .stroke = COLOUR_NONE,
                               .at = {{0, 0}, {0, top_um}},
                               .width = {0, LOCK_UM},
                               .height = {0, BODY_UM},
                               .radius_um = 300};
    struct drawing *drawing = ARENA_NEW(print->arena, struct drawing);
    *drawing = (struct drawing){.shapes = shapes, .count = 2, .height = {0, style->leading_um}};
    struct flow *flow = flow_new(print->arena, FLOW_DRAWING, ROLE_ARTIFACT);
    flow->drawing = drawing;
    flow->width = (struct width){WIDTH_FIXED, LOCK_UM};
    return flow;
}

struct flow *private_hint(struct print *print) {
    struct flow *words =
        paragraph_text(print, ROLE_P, STYLE_HINT, print_word(print, WORD_PRIVATE_ANSWER));
    words->space_before_um = words->space_after_um = 0;
    words->width = (struct width){WIDTH_FRACTION, 1};
    words->align = LINE_LEFT;
    struct flow *row = flow_new(print->arena, FLOW_COLUMNS, ROLE_NONE);
    row->lang = print->course->language; /* whatever language the prompt is in */
    row->gap_um = GAP_UM;
    row->space_before_um = 600;
    row->space_after_um = 600;
    row->keep_with_next = true;
    flow_add(row, lock(print, words->style));
    flow_add(row, words);
    return row;
}
