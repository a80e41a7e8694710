/* Measuring: every kind of node to slices of the list. Text, fields, tables and drawings have
 * files of their own. */
#include "stage/layout_parts.h"

uint32_t element_new(struct lay *lay, enum role role, const char *alt) {
    if (lay->element == 0)
        return 0;
    struct element *element = VEC_ADD(lay->job, &lay->elements);
    *element =
        (struct element){.role = role, .parent = lay->element, .lang = lay->lang, .alt = alt};
    return (uint32_t)lay->elements.count - 1;
}

int32_t width_inside(struct width width, int32_t room_um) {
    int32_t amount = room_um;
    if (width.kind == WIDTH_FIXED)
        amount = width.amount;
    else if (width.kind == WIDTH_FRACTION)
        amount = (int32_t)((int64_t)room_um * width.amount / 10000);
    return amount > 0 && amount < room_um ? amount : room_um;
}

/* The element a node's marks belong to: its own, or where it has none the one around. */
static uint32_t node_element(struct lay *lay, const struct flow *node) {
    switch (node->role) {
    case ROLE_NONE:
        return lay->element;
    case ROLE_ARTIFACT:
        return 0;
    case ROLE_DOCUMENT:
        return 1;
    default:
        break;
    }
    uint32_t index = element_new(lay, node->role, node->alt);
    if (index) {
        struct element *element = &lay->elements.at[index];
        element->span = node->span > 1 ? node->span : 1;
        element->row_header = node->row_header;
    }
    return index;
}

static void add_place(struct lay *lay, const struct flow *node, int32_t x_um) {
    if (!node->anchor && !node->outline)
        return;
    struct place *place = VEC_ADD(lay->scratch, &lay->places);
    *place = (struct place){
        .name = node->anchor,
        .title = node->outline,
        .number = node->number,
        .level = node->level > 0 ? node->level : 1,
        .slice = (uint32_t)lay->list->slices.count,
        .x_um = x_um,
    };
    if (!place->name)
        place->name = arena_printf(lay->job, "~%zu", ++lay->headings);
}

void measure_children(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    for (const struct flow *child = node->first; child; child = child->next)
        measure_node(lay, child, x_um, width_um);
}

/* White inside a box: a slice that is not parted from the content beside it. */
static void add_padding(struct lay *lay, const struct flow *node, int32_t height_um) {
    if (height_um > 0)
        slice_new(lay, node, height_um);
}

static void measure_box(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    const struct box_style *box = node->box;
    struct list *list = lay->list;
    int32_t left_um = box->pad_left_um + box->bar_um, sides_um = left_um + box->pad_right_um;
    if (sides_um > width_um / 2) {
        left_um = left_um * (width_um / 2) / sides_um;
        sides_um = width_um / 2;
    }
    uint32_t frame = frame_open(lay, FRAME_BOX, x_um, width_um),
             first = lay->frames.at[frame].first;
    lay->frames.at[frame].box = box;
    lay->frames.at[frame].pad_top_um = box->pad_top_um;
    lay->frames.at[frame].pad_bottom_um = box->pad_bottom_um;
    lay->frames.at[frame].bleed = node->full_page;
    int32_t pads_um = box->pad_top_um + box->pad_bottom_um;
    lay->limit_um -= pads_um;

    add_padding(lay, node, box->pad_top_um);
    uint32_t content = (uint32_t)list->slices.count;
    list->ready.at_top = true;
    list->ready.keep += content > first ? PENALTY_NEXT : 0;
    measure_children(lay, node, x_um + left_um, width_um - sides_um);
    if (list->slices.count == content && content == first)
        slice_new(lay, node, 0);
    struct slice *last = &list->slices.at[list->slices.count - 1];
    last->height_um += list->ready.fixed_um;
    list->ready = (struct ready){.keep = PENALTY_NEXT};
    add_padding(lay, node, box->pad_bottom_um);
    list->ready = (struct ready){0};
    lay->limit_um += pads_um;

    frame_close(lay, frame);
}

static void measure_stack(struct lay *lay, const struct flow *node, int32_t x_um,
                          int32_t width_um) {
    struct list *list = lay->list;
    uint32_t first = (uint32_t)list->slices.count;
    if (node->box)
        measure_box(lay, node, x_um, width_um);
    else
        measure_children(lay, node, x_um, width_um);
    if (node->min_height_um && list->slices.count > first) {
        int32_t least = node->min_height_um < lay->limit_um ? node->min_height_um : lay->limit_um;
        int32_t lacking = least - slices_height(list, first, (uint32_t)list->slices.count);
        if (lacking > 0)
            list->slices.at[list->slices.count - 1].height_um += lacking;
    }
}

/* The label stands in the indent, on the first baseline of the body. */
static void measure_item(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    const struct flow *label = node->first;
    if (!label)
        return;
    int32_t indent_um = node->indent_um < width_um / 2 ? node->indent_um : width_um / 2;
    int32_t least_um = 0, most_um = 0;
    measure_extent(lay, label, &least_um, &most_um);
    if (most_um > indent_um) /* a long label moves its body */
        indent_um = most_um + 1000 < width_um / 2 ? most_um + 1000 : indent_um;
    struct side side = side_begin(lay);
    measure_node(lay, label, x_um, indent_um);
    side_end(lay, &side);
    struct ready ready = lay->list->ready;
    int32_t baseline_um = side_stack(lay, &side, 0);
    side.part_end = (uint32_t)lay->list->parts.count;
    for (const struct flow *body = label->next; body; body = body->next)
        measure_node(lay, body, x_um + indent_um, width_um - indent_um);
    if (side.end > side.slice && !side_join_next(lay, &side, baseline_um)) {
        lay->list->ready = ready;
        slices_join(lay, node, &side, slices_height(lay->list, side.slice, side.end))->baseline_um =
            baseline_um;
    }
}

static void measure_rule(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    int32_t weight_um = node->weight_um ? node->weight_um : lay->theme->rule_um;
    uint32_t colour = node->colour == COLOUR_NONE ? lay->theme->colours[COLOUR_RULE] : node->colour;
    slice_new(lay, node, weight_um);
    mark_line(lay, x_um, weight_um / 2, x_um + width_um, weight_um / 2, colour, weight_um);
}

static void measure_space(struct lay *lay, const struct flow *node) {
    struct ready *ready = &lay->list->ready;
    ready->stretch += node->stretch;
    if (!lay->in_full) {
        ready->fixed_um += node->height_um;
        return;
    }
    /* On a page of its own a space at the top counts, so it is a part like any other. */
    ready->at_top = false;
    int32_t stretch = ready->stretch;
    ready->stretch = 0;
    slice_new(lay, node, node->height_um < lay->limit_um ? node->height_um : lay->limit_um);
    ready->stretch = stretch;
}

static void measure_kind(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    switch (node->kind) {
    case FLOW_STACK:
    case FLOW_ROW:
    case FLOW_CELL:
        measure_stack(lay, node, x_um, width_um);
        break;
    case FLOW_PARAGRAPH:
        if (node->listing)
            measure_listing(lay, node, x_um, width_um);
        else
            measure_paragraph(lay, node, x_um, width_um);
        break;
    case FLOW_ITEM:
        measure_item(lay, node, x_um, width_um);
        break;
    case FLOW_TABLE:
        measure_table(lay, node, x_um, width_um);
        break;
    case FLOW_COLUMNS:
        measure_columns(lay, node, x_um, width_um);
        break;
    case FLOW_RULE:
        measure_rule(lay, node, x_um, width_um);
        break;
    case FLOW_LINES:
        measure_lines(lay, node, x_um, width_um);
        break;
    case FLOW_FIELD:
        measure_field(lay, node, x_um, width_um);
        break;
    case FLOW_DRAWING:
        measure_drawing(lay, node, x_um, width_um);
        break;
    case FLOW_IMAGE:
        measure_image(lay, node, x_um, width_um);
        break;
    case FLOW_SPACE:
        measure_space(lay, node);
        break;
    case FLOW_CONTENTS:
        measure_contents(lay, node, x_um, width_um);
        break;
    case FLOW_INDEX:
        measure_index(lay, node, x_um, width_um);
        break;
    }
}

static void begin_page(struct lay *lay, const struct flow *node) {
    struct ready *ready = &lay->list->ready;
    enum break_kind kind = node->break_before;
    if (node->full_page && kind == BREAK_AUTO)
        kind = BREAK_PAGE;
    if (kind > ready->force)
        ready->force = kind;
    ready->full_page = ready->full_page || node->full_page;
    ready->furniture_off = ready->furniture_off || node->furniture_off;
}

static const char *other_language(const struct lay *lay, const char *lang) {
    const char *main = lay->edition->course->language;
    return main && strcmp(lang, main) == 0 ? NULL : lang;
}

/* Lines as far apart as those of running text stand on the grid: the column's own, outside boxes. */
static void put_on_grid(struct lay *lay, const struct flow *node, uint32_t first) {
    if (lay->grid_um == 0 || lay->frame || lay->in_full || lay->list != &lay->body ||
        node->style->leading_um != lay->theme->styles[STYLE_BODY].leading_um)
        return;
    for (uint32_t i = first; i < lay->list->slices.count; i++)
        lay->list->slices.at[i].on_grid = lay->list->slices.at[i].baseline_um >= 0;
}

/* What a heading announces follows at once or after a line: it goes with both. */
static void see_heading(struct lay *lay, const struct flow *node, bool headed, size_t slices) {
    if (node->kind == FLOW_STACK && !node->box)
        return; /* its children were seen */
    bool lead = headed && node->kind == FLOW_PARAGRAPH && slices == 1;
    if (lead && lay->list == &lay->body && !lay->frame)
        lay->list->ready.keep += PENALTY_LEAD;
    lay->headed = node->kind == FLOW_PARAGRAPH && node->level > 0;
}

void measure_node(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    struct ready *ready = &lay->list->ready;
    uint32_t element = lay->element;
    const char *lang = lay->lang;
    bool in_full = lay->in_full, headed = lay->headed;
    if (node->lang)
        lay->lang = other_language(lay, node->lang);
    begin_page(lay, node);
    if (!ready->at_top && node->space_before_um > ready->space_um)
        ready->space_um = node->space_before_um;
    if (node->kind != FLOW_SPACE)
        ready->stretch += node->stretch;
    add_place(lay, node, x_um);
    lay->element = node_element(lay, node);
    lay->in_full = lay->in_full || node->full_page;
    uint32_t first = (uint32_t)lay->list->slices.count;

    if (node->full_page && node->box) {
        int32_t limit_um = lay->limit_um;
        lay->limit_um = lay->paper->height_um;
        measure_kind(lay, node, 0, lay->paper->width_um);
        lay->limit_um = limit_um;
    } else {
        measure_kind(lay, node, x_um, width_um);
    }

    if (node->kind == FLOW_PARAGRAPH)
        put_on_grid(lay, node, first);
    if (node->keep_together)
        slices_keep(lay, first, node->box && node->box->bar_um);
    if (lay->list->slices.count > first) {
        if (node->keep_with_next)
            ready->keep += PENALTY_NEXT;
        if (node->full_page)
            ready->force = ready->force > BREAK_PAGE ? ready->force : BREAK_PAGE;
    }
    see_heading(lay, node, headed, lay->list->slices.count - first);
    if (!ready->at_top && node->space_after_um > ready->space_um)
        ready->space_um = node->space_after_um;
    lay->in_full = in_full;
    lay->lang = lang;
    lay->element = element;
}

/* ---- widths ---- */

static void widen(int32_t *widest, int32_t width_um) {
    if (width_um > *widest)
        *widest = width_um;
}

static void extent_of_children(struct lay *lay, const struct flow *node, int32_t *least_um,
                               int32_t *most_um) {
    for (const struct flow *child = node->first; child; child = child->next) {
        int32_t least = 0, most = 0;
        measure_extent(lay, child, &least, &most);
        widen(least_um, least);
        widen(most_um, most);
    }
}

static void extent_abreast(struct lay *lay, const struct flow *node, int32_t gap_um,
                           int32_t *least_um, int32_t *most_um) {
    for (const struct flow *child = node->first; child; child = child->next) {
        int32_t least = 0, most = 0;
        measure_extent(lay, child, &least, &most);
        if (child->width.kind == WIDTH_FIXED)
            least = most = child->width.amount;
        *least_um += least + (child->next ? gap_um : 0);
        *most_um += most + (child->next ? gap_um : 0);
    }
}

void measure_extent(struct lay *lay, const struct flow *node, int32_t *least_um, int32_t *most_um) {
    *least_um = *most_um = 0;
    switch (node->kind) {
    case FLOW_PARAGRAPH:
        if (node->item_count) {
            struct paragraph_request request = paragraph_request(lay, node, lay->column_um);
            typeset_extent(lay->typesetter, lay->scratch, &request, least_um, most_um);
        }
        break;
    case FLOW_ITEM:
        if (node->first && node->first->next)
            measure_extent(lay, node->first->next, least_um, most_um);
        *least_um += node->indent_um;
        *most_um += node->indent_um;
        break;
    case FLOW_COLUMNS:
        extent_abreast(lay, node, node->gap_um, least_um, most_um);
        break;
    case FLOW_TABLE:
        for (const struct flow *row = node->first; row; row = row->next) {
            int32_t least = 0, most = 0;
            extent_abreast(lay, row, 2 * node->cell_pad_um, &least, &most);
            widen(least_um, least + 2 * node->cell_pad_um);
            widen(most_um, most + 2 * node->cell_pad_um);
        }
        break;
    case FLOW_FIELD:
    case FLOW_LINES:
        *least_um = 18000;
        *most_um = 60000;
        if (node->width.kind == WIDTH_FIXED)
            *least_um = *most_um = node->width.amount;
        break;
    case FLOW_DRAWING:
        *least_um = 20000;
        *most_um = 80000;
        if (node->width.kind == WIDTH_FIXED)
            *least_um = *most_um = node->width.amount;
        break;
    case FLOW_IMAGE:
        /* It may shrink, and words beside it may not. */
        *most_um = image_width_um(node);
        *most_um = *most_um < 50000 ? *most_um : 50000;
        *least_um = *most_um < 20000 ? *most_um : 20000;
        if (node->width.kind == WIDTH_FIXED)
            *least_um = *most_um = node->width.amount;
        break;
    case FLOW_RULE:
    case FLOW_SPACE:
    case FLOW_CONTENTS:
    case FLOW_INDEX:
        break;
    default:
        extent_of_children(lay, node, least_um, most_um);
        if (node->box) {
            int32_t sides = node->box->pad_left_um + node->box->pad_right_um + node->box->bar_um;
            *least_um += sides;
            *most_um += sides;
        }
        break;
    }
}
