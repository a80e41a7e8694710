/* Fields: lines to write on, boxes with a line below, and what was written in them. Nothing that
 * was written is cut: a line shrinks a little, then wraps; a box grows; what goes far beyond its
 * room continues in an appendix. */
#include "stage/layout_parts.h"

#include "base/units.h"

enum {
    LEAST_PERCENT = 70, /* a value shrinks no further before it wraps */
    INSET_UM = 700,     /* of a value from its box's edges */
    LINE_HEIGHT_UM = 7500,
    TALL_SHARE = 6,    /* of the page that a box for one line may take */
    LINES_MORE = 3,    /* that a box grows by, or to twice as many if that is more */
    POINTER_UM = 8000, /* room for what says where an answer continues */
    BASE_PERCENT = 30, /* a baseline's height above its line, of the type's size */
};

static const char *field_text(const struct field *field) {
    return field && field->value && field->value[0] ? field->value : NULL;
}

static void field_mark(struct lay *lay, const struct field *field, int32_t x_um, int32_t y_um,
                       int32_t width_um, int32_t height_um) {
    struct mark *mark = mark_new(lay, MARK_FIELD);
    mark->field = field;
    lay->has_fields = true;
    mark->x_um = x_um;
    mark->y_um = y_um;
    mark->width_um = width_um;
    mark->height_um = height_um;
}

void set_field(struct lay *lay, const struct field *field, const struct text_style *style,
               int32_t x_um, int32_t y_um, int32_t width_um, int32_t height_um) {
    field_mark(lay, field, x_um, y_um, width_um, height_um);
    if (is_button(field) || !field_text(field))
        return;
    int32_t base_um = y_um + height_um - um_from_cpt(style->size_cpt) * BASE_PERCENT / 100;
    set_short_text(lay, field_text(field), style, x_um + INSET_UM, base_um, width_um - 2 * INSET_UM,
                   0, ANCHOR_START);
}

/* A value as the lines of a paragraph; its own line breaks are kept. */
static struct paragraph_lines value_lines(struct lay *lay, const char *text,
                                          const struct text_style *style, int32_t width_um) {
    size_t room = 1;
    for (const char *at = text; *at; at++)
        room += *at == '\n' ? 2 : 0;
    struct inline_item *items = ARENA_ARRAY(lay->job, struct inline_item, room);
    size_t count = 0;
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, "\n");
        if (length) {
            items[count++] = (struct inline_item){
                .kind = INLINE_TEXT, .style = style, .text = at, .length = length};
        }
        at += length;
        if (*at == '\n') {
            if (at[1]) /* a break at the very end would make an empty line */
                items[count++] = (struct inline_item){.kind = INLINE_BREAK, .style = style};
            at++;
        }
    }
    struct paragraph_style *paragraph = ARENA_NEW(lay->job, struct paragraph_style);
    paragraph->text = *style;
    paragraph->align = LINE_LEFT;
    struct paragraph_request request = {
        .items = items,
        .count = count,
        .style = paragraph,
        .align = LINE_LEFT,
        .lang = lay->lang ? lay->lang : lay->edition->course->language,
        .width_um = width_um,
    };
    return typeset_paragraph(lay->typesetter, lay->job, &request);
}

/* The element of a field's marks: the node's own if that is a form field, else a child of it. */
static uint32_t field_element(struct lay *lay, const struct flow *node) {
    if (lay->element == 0 || node->role == ROLE_FORM || !node->field)
        return lay->element;
    return element_new(lay, ROLE_FORM, node->alt ? node->alt : node->field->tooltip);
}

static uint32_t line_colour(const struct lay *lay, const struct flow *node) {
    return node->colour == COLOUR_NONE ? lay->theme->colours[COLOUR_LINE] : node->colour;
}

static int32_t line_weight(const struct lay *lay, const struct flow *node) {
    return node->weight_um ? node->weight_um : lay->theme->rule_um;
}

/* What of an answer is shown where there is room for `most` lines: all of it, or as many, and
 * `pointer` is to be measured below them. */
static size_t show_lines(struct lay *lay, const struct flow *node,
                         const struct paragraph_lines *lines, int64_t most, int32_t x_um,
                         const struct flow **pointer) {
    *pointer = NULL;
    if (most < 1)
        most = 1;
    if ((int64_t)lines->count <= most)
        return lines->count;
    *pointer = continue_field(lay, node, lines, (size_t)most, x_um);
    return (size_t)most;
}

/* Beside the field's element, which holds nothing but the field. */
static void measure_pointer(struct lay *lay, const struct flow *pointer, int32_t x_um,
                            int32_t width_um) {
    uint32_t outer = lay->element;
    if (outer && lay->elements.at[outer].role == ROLE_FORM)
        lay->element = lay->elements.at[outer].parent;
    measure_node(lay, pointer, x_um, width_um);
    lay->element = outer;
}

void measure_lines(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    struct list *list = lay->list;
    int32_t distance_um = node->distance_um ? node->distance_um : lay->theme->write_line_um;
    if (distance_um <= 0)
        distance_um = LINE_HEIGHT_UM;
    const struct text_style *style =
        node->answer_style ? node->answer_style : &lay->theme->styles[STYLE_ANSWER].text;
    struct paragraph_lines answer = {0};
    if (field_text(node->field))
        answer = value_lines(lay, field_text(node->field), style, width_um - 2 * INSET_UM);
    size_t count = node->lines > 0 ? (size_t)node->lines : 1;
    int64_t most = (int64_t)(count > LINES_MORE ? 2 * count : count + LINES_MORE);
    if (most > (lay->limit_um - POINTER_UM) / distance_um)
        most = (lay->limit_um - POINTER_UM) / distance_um;
    const struct flow *pointer;
    answer.count = show_lines(lay, node, &answer, most, x_um, &pointer);
    count = answer.count > count ? answer.count : count;

    uint32_t outer = lay->element, first = (uint32_t)list->slices.count, frame = 0;
    lay->element = field_element(lay, node);
    if (node->field) {
        frame = frame_open(lay, FRAME_FIELD, x_um, width_um);
        lay->frames.at[frame].field = node->field;
        lay->has_fields = true;
    }
    int32_t baseline_um = distance_um - um_from_cpt(style->size_cpt) * BASE_PERCENT / 100;
    for (size_t i = 0; i < count; i++) {
        struct slice *slice = slice_new(lay, node, distance_um);
        if (i == 1 || i + 1 == count)
            slice->penalty += i ? PENALTY_SINGLE : 0;
        slice->baseline_um = i < answer.count ? baseline_um : -1;
        mark_line(lay, x_um, distance_um, x_um + width_um, distance_um, line_colour(lay, node),
                  line_weight(lay, node));
        if (i >= answer.count)
            continue;
        set_text_line(lay, &answer.lines[i], NULL, x_um + INSET_UM, baseline_um);
        list->marks.at[list->marks.count - 1].line_end =
            list->marks.at[list->marks.count - 1].kind == MARK_TEXT && i + 1 < answer.count;
    }
    struct slice *last = &list->slices.at[list->slices.count - 1];
    last->grow_um = distance_um;
    last->grow_most = pointer ? 0 : node->lines > 0 ? node->lines : 1;
    if (frame)
        frame_close(lay, frame);
    lay->element = outer;
    if (pointer)
        measure_pointer(lay, pointer, x_um, width_um);
    /* One field in one piece wherever a page can hold it: a form has a single box for it. */
    slices_keep(lay, first, false);
}

static void measure_button(struct lay *lay, const struct flow *node, int32_t x_um) {
    int32_t side_um = node->height_um ? node->height_um : 4000;
    slice_new(lay, node, side_um);
    set_field(lay, node->field, NULL, x_um, 0, side_um, side_um);
}

/* The value does not fit on one line even when shrunk: lines, in a box that grows. Returns what is
 * to be measured below it, or NULL. */
static const struct flow *set_tall_field(struct lay *lay, const struct flow *node,
                                         const struct text_style *style, int32_t x_um,
                                         int32_t width_um, int32_t height_um) {
    struct list *list = lay->list;
    struct paragraph_lines lines =
        value_lines(lay, field_text(node->field), style, width_um - 2 * INSET_UM);
    int32_t leading_um = um_from_cpt((int64_t)style->size_cpt * 125 / 100);
    const struct flow *pointer;
    int32_t most_um = (lay->limit_um < lay->area_um ? lay->limit_um : lay->area_um) / TALL_SHARE;
    lines.count = show_lines(lay, node, &lines, most_um / leading_um, x_um, &pointer);
    uint32_t first = (uint32_t)list->slices.count;
    uint32_t frame = frame_open(lay, FRAME_FIELD, x_um, width_um);
    lay->frames.at[frame].field = node->field;
    lay->has_fields = true;
    set_lines(lay, node, lines, x_um + INSET_UM, leading_um, style);
    if (list->slices.count == first)
        slice_new(lay, node, height_um);
    struct slice *last = &list->slices.at[list->slices.count - 1];
    int32_t lacking = height_um - slices_height(list, first, (uint32_t)list->slices.count);
    last->height_um += lacking > 600 ? lacking : 600;
    frame_close(lay, frame);
    slices_keep(lay, first, false);
    return pointer;
}

/* The value on one line of a box; false and nothing added if it does not fit. */
static bool set_low_field(struct lay *lay, const struct flow *node, const struct text_style *style,
                          int32_t x_um, int32_t width_um, int32_t height_um) {
    struct list *list = lay->list;
    const char *text = field_text(node->field);
    if (text && strchr(text, '\n'))
        return false;
    struct ready ready = list->ready;
    struct slice *slice = slice_new(lay, node, height_um);
    int32_t base_um = height_um - um_from_cpt(style->size_cpt) * BASE_PERCENT / 100;
    slice->baseline_um = base_um;
    if (node->field)
        field_mark(lay, node->field, x_um, 0, width_um, height_um);
    bool right = node->field && node->field->at_right;
    if (!text ||
        set_short_text(lay, text, style, x_um + (right ? width_um - INSET_UM : INSET_UM), base_um,
                       width_um - 2 * INSET_UM, LEAST_PERCENT, right ? ANCHOR_END : ANCHOR_START))
        return true;
    list->marks.count -= slice->mark_count;
    list->slices.count--;
    list->ready = ready;
    return false;
}

void measure_field(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    const struct text_style *style =
        node->answer_style ? node->answer_style : &lay->theme->styles[STYLE_ANSWER].text;
    uint32_t outer = lay->element;
    lay->element = field_element(lay, node);
    width_um = width_inside(node->width, width_um);
    if (node->field && is_button(node->field)) {
        measure_button(lay, node, x_um);
        lay->element = outer;
        return;
    }
    int32_t height_um = node->height_um > 0 ? node->height_um : LINE_HEIGHT_UM;
    if (height_um > lay->limit_um)
        height_um = lay->limit_um;
    const struct flow *pointer = NULL;
    uint32_t first = (uint32_t)lay->list->slices.count;
    if (!set_low_field(lay, node, style, x_um, width_um, height_um)) {
        struct text_style *small = ARENA_NEW(lay->job, struct text_style);
        *small = *style;
        if (!strchr(field_text(node->field), '\n'))
            small->size_cpt = style->size_cpt * LEAST_PERCENT / 100;
        pointer = set_tall_field(lay, node, small, x_um, width_um, height_um);
    }
    bool no_line = node->colour == COLOUR_NONE && node->weight_um != 0;
    if (!no_line) {
        int32_t y_um = lay->list->slices.at[lay->list->slices.count - 1].height_um;
        mark_line(lay, x_um, y_um, x_um + width_um, y_um, line_colour(lay, node),
                  line_weight(lay, node));
    }
    lay->element = outer;
    if (pointer) {
        measure_pointer(lay, pointer, x_um, width_um);
        slices_keep(lay, first, false);
    }
}
