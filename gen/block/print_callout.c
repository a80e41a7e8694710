/* Callouts: a bar, a quiet ground, a title word with a small drawn sign. */
#include "block/print_parts.h"

enum { ICON_UM = 4400, STROKE_UM = 350 };

struct look {
    const char *type;
    enum callout_kind kind;
    enum word word;
};

static const struct look looks[] = {
    {"note", CALLOUT_NOTE, WORD_NOTE},
    {"tip", CALLOUT_TIP, WORD_TIP},
    {"example", CALLOUT_EXAMPLE, WORD_EXAMPLE},
    {"quote", CALLOUT_QUOTE, WORD_QUOTE},
    {"warning", CALLOUT_WARNING, WORD_WARNING},
    {"facilitator", CALLOUT_FACILITATOR, WORD_FACILITATOR},
};

static const struct look *look_of(const struct block *block) {
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        if (strcmp(looks[i].type, block_type_of(block)->name) == 0)
            return &looks[i];
    return &looks[0];
}

static struct point at_um(int32_t x, int32_t y) { return (struct point){{0, x}, {0, y}}; }

static struct shape stroke_circle(int32_t x, int32_t y, int32_t radius, uint32_t colour) {
    return (struct shape){.kind = SHAPE_CIRCLE,
                          .fill = COLOUR_NONE,
                          .stroke = colour,
                          .weight_um = STROKE_UM,
                          .at = at_um(x, y),
                          .width = {0, radius}};
}

static struct shape dot(int32_t x, int32_t y, uint32_t colour) {
    return (struct shape){.kind = SHAPE_CIRCLE,
                          .fill = colour,
                          .stroke = COLOUR_NONE,
                          .at = at_um(x, y),
                          .width = {0, 260}};
}

static struct shape stroke_line(int32_t x, int32_t y, int32_t to_x, int32_t to_y, uint32_t colour) {
    return (struct shape){.kind = SHAPE_LINE,
                          .fill = COLOUR_NONE,
                          .stroke = colour,
                          .weight_um = STROKE_UM,
                          .at = at_um(x, y),
                          .to = at_um(to_x, to_y)};
}

/* Signs on a square of 4.4 mm; returns how many shapes were drawn, at most 6. */
static size_t draw_icon(struct print *print, enum callout_kind kind, uint32_t colour,
                        struct shape *out) {
    size_t n = 0;
    struct point *corners;
    switch (kind) {
    case CALLOUT_TIP: /* a lamp */
        out[n++] = stroke_circle(2200, 1700, 1400, colour);
        out[n++] = stroke_line(1600, 3500, 2800, 3500, colour);
        out[n++] = stroke_line(1850, 4150, 2550, 4150, colour);
        break;
    case CALLOUT_EXAMPLE: /* a page with lines */
        out[n++] = (struct shape){.kind = SHAPE_RECT,
                                  .fill = COLOUR_NONE,
                                  .stroke = colour,
                                  .weight_um = STROKE_UM,
                                  .at = at_um(600, 300),
                                  .width = {0, 3200},
                                  .height = {0, 3800},
                                  .radius_um = 400};
        out[n++] = stroke_line(1300, 1400, 3100, 1400, colour);
        out[n++] = stroke_line(1300, 2200, 3100, 2200, colour);
        out[n++] = stroke_line(1300, 3000, 2400, 3000, colour);
        break;
    case CALLOUT_WARNING: /* a triangle */
        corners = ARENA_ARRAY(print->arena, struct point, 3);
        corners[0] = at_um(2200, 350);
        corners[1] = at_um(4150, 4000);
        corners[2] = at_um(250, 4000);
        out[n++] = (struct shape){.kind = SHAPE_POLYGON,
                                  .fill = COLOUR_NONE,
                                  .stroke = colour,
                                  .weight_um = STROKE_UM,
                                  .points = corners,
                                  .point_count = 3};
        out[n++] = stroke_line(2200, 1700, 2200, 2700, colour);
        out[n++] = dot(2200, 3350, colour);
        break;
    case CALLOUT_FACILITATOR: /* a person */
        out[n++] = stroke_circle(2200, 1250, 950, colour);
        out[n++] = (struct shape){.kind = SHAPE_ARC,
                                  .fill = colour,
                                  .stroke = COLOUR_NONE,
                                  .at = at_um(2200, 4400),
                                  .width = {0, 1900},
                                  .thickness_um = STROKE_UM,
                                  .from_mdeg = -90000,
                                  .to_mdeg = 90000};
        break;
    default: /* an i in a circle */
        out[n++] = stroke_circle(2200, 2200, 1900, colour);
        out[n++] = dot(2200, 1300, colour);
        out[n++] = stroke_line(2200, 2000, 2200, 3200, colour);
        break;
    }
    return n;
}

static struct flow *icon(struct print *print, enum callout_kind kind, uint32_t colour) {
    struct shape *shapes = ARENA_ARRAY(print->arena, struct shape, 6);
    struct drawing *drawing = ARENA_NEW(print->arena, struct drawing);
    drawing->count = draw_icon(print, kind, colour, shapes);
    drawing->shapes = shapes;
    drawing->height = (struct measure){0, ICON_UM};
    struct flow *flow = flow_new(print->arena, FLOW_DRAWING, ROLE_ARTIFACT);
    flow->drawing = drawing;
    flow->width = (struct width){WIDTH_FIXED, ICON_UM};
    return flow;
}

static struct flow *callout_title(struct print *print, const struct look *look, const char *text) {
    uint32_t colour = print->theme->callouts[look->kind].title;
    struct flow *title = paragraph_new(print, ROLE_P, STYLE_CALLOUT_TITLE);
    struct text_style *style = ARENA_NEW(print->arena, struct text_style);
    *style = title->style->text;
    style->colour = colour;
    struct inlines inlines;
    inlines_init(&inlines, print, style);
    inlines_text(&inlines, text, 0);
    inlines_finish(&inlines, title);
    title->width = (struct width){WIDTH_FRACTION, 1};
    title->space_before_um = title->space_after_um = 0;
    title->hyphenate_off = true;
    struct flow *row = flow_new(print->arena, FLOW_COLUMNS, ROLE_NONE);
    row->gap_um = 1800;
    row->keep_with_next = true;
    row->space_after_um = 1200;
    flow_add(row, icon(print, look->kind, colour));
    flow_add(row, title);
    return row;
}

/* A paragraph that opens with a dash says whose words they were. */
static bool is_attribution(const struct node *node) {
    return node->kind == NODE_PARAGRAPH && node->first && node->first->kind == NODE_TEXT &&
           (strncmp(node->first->text, "\u2014", 3) == 0 ||
            strncmp(node->first->text, "\u2013", 3) == 0);
}

void print_quotation(struct print *print, struct flow *into, const struct node *first) {
    for (const struct node *node = first; node; node = node->next) {
        if (is_attribution(node)) {
            if (into->last)
                into->last->keep_with_next = true;
            struct flow *words = paragraph_add(print, into, STYLE_SMALL, node);
            if (words)
                words->align = LINE_LEFT;
        } else {
            print_nodes(print, into, node, node->next, STYLE_QUOTE);
        }
    }
}

static struct flow *callout_panel(struct print *print, const struct block *block,
                                  const struct look *look, enum role role) {
    const struct callout_style *style = &print->theme->callouts[look->kind];
    struct flow *stack = block_stack(print, block, role);
    stack->box = box_new(print, style->ground, COLOUR_NONE, style->bar);
    stack->space_before_um = stack->space_after_um = print_um(print, BOX_APART_UM);
    return stack;
}

struct flow *print_callout(struct print *print, const struct block *block) {
    const struct look *look = look_of(block);
    if (look->kind == CALLOUT_QUOTE) {
        struct flow *quote = callout_panel(print, block, look, ROLE_BLOCK_QUOTE);
        quote->keep_together = true;
        print_quotation(print, quote, block->node->first);
        return quote;
    }
    struct flow *stack = callout_panel(print, block, look, ROLE_DIV);
    stack->keep_together = true;
    struct flow *title =
        callout_title(print, look, block->title ? block->title : print_word(print, look->word));
    if (!block->title) /* whatever language the callout is in */
        title->lang = print->course->language;
    flow_add(stack, title);
    print_nodes(print, stack, block->node->first, NULL, STYLE_LABEL);
    return stack;
}

struct flow *print_facilitator(struct print *print, const struct block *block) {
    return print_callout(print, block);
}
