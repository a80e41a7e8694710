/* Tables: rows of cells side by side, a head repeated on each page. A row is one slice unless no
 * page can hold it. */
#include "stage/layout_parts.h"

int32_t cell_span(const struct flow *cell, size_t column, size_t count) {
    size_t span = cell->span > 1 ? (size_t)cell->span : 1;
    return (int32_t)(span < count - column ? span : count - column);
}

/* ---- rows ---- */

static uint32_t ground_frame(struct lay *lay, uint32_t ground, int32_t x_um, int32_t width_um) {
    if (ground == COLOUR_NONE)
        return 0;
    uint32_t frame = frame_open(lay, FRAME_BOX, x_um, width_um);
    lay->frames.at[frame].ground = ground;
    lay->frames.at[frame].stacked = true;
    frame_close(lay, frame);
    return frame;
}

/* Grounds reach from top to bottom of every slice of the row. */
static void add_grounds(struct lay *lay, uint32_t first, const uint32_t *grounds, size_t count) {
    struct list *list = lay->list;
    for (size_t i = first; i < list->slices.count; i++) {
        struct slice *slice = &list->slices.at[i];
        uint32_t first_part = (uint32_t)list->parts.count;
        uint32_t have = slice->part_count;
        bool together = slice->first_part + have == first_part;
        for (uint32_t p = 0; p < have && !together; p++) {
            struct part part = list->parts.at[slice->first_part + p];
            VEC_PUSH(lay->scratch, &list->parts, part);
        }
        if (!together)
            slice->first_part = first_part;
        for (size_t g = 0; g < count; g++) {
            if (!grounds[g])
                continue;
            struct part part = {grounds[g], 0, slice->height_um};
            VEC_PUSH(lay->scratch, &list->parts, part);
            slice->part_count++;
        }
    }
}

static enum role cell_role(const struct flow *row, const struct flow *cell) {
    if (cell->role != ROLE_NONE || row->role != ROLE_TR)
        return cell->role;
    return cell->header || cell->row_header ? ROLE_TH : ROLE_TD;
}

static void open_cell(struct lay *lay, const struct flow *row, const struct flow *cell) {
    enum role role = cell_role(row, cell);
    if (role == ROLE_NONE)
        return;
    if (role == ROLE_ARTIFACT) {
        lay->element = 0;
        return;
    }
    lay->element = element_new(lay, role, cell->alt);
    if (lay->element) {
        lay->elements.at[lay->element].span = cell->span > 1 ? cell->span : 1;
        lay->elements.at[lay->element].row_header = cell->row_header;
    }
}

/* Where a table's columns stand, and what their figures have after the point. */
struct grid {
    int32_t *x, *width;
    const int32_t *tails;
};

static void measure_cells(struct lay *lay, const struct flow *table, const struct flow *row,
                          const struct grid *grid) {
    const int32_t *x = grid->x, *width = grid->width;
    size_t count = table->column_count, cells = 0, c = 0, first = lay->list->slices.count;
    struct side *sides = ARENA_ARRAY(lay->scratch, struct side, count);
    enum vertical_align *vertical = ARENA_ARRAY(lay->scratch, enum vertical_align, count);
    uint32_t *grounds = ARENA_ARRAY(lay->scratch, uint32_t, count + 1);
    int32_t pad_um = table->cell_pad_um;
    struct side start = side_begin(lay);
    grounds[count] = ground_frame(lay, row->ground, x[0], x[count - 1] + width[count - 1] - x[0]);
    uint32_t element = lay->element;
    lay->limit_um -= 2 * pad_um;
    for (const struct flow *cell = row->first; cell && c < count; cell = cell->next, cells++) {
        size_t end = c + (size_t)cell_span(cell, c, count);
        int32_t left = x[c], right = x[end - 1] + width[end - 1];
        grounds[cells] = ground_frame(lay, cell->ground, left, right - left);
        open_cell(lay, row, cell);
        sides[cells] = side_begin(lay);
        vertical[cells] = cell->vertical;
        int32_t room = right - left - 2 * pad_um;
        int32_t tail_um = end == c + 1 && grid->tails[c] ? decimal_tail_um(lay, cell) : -1;
        int32_t after_um = tail_um >= 0 ? grid->tails[c] - tail_um : 0;
        room -= after_um;
        left += pad_um + (lay->mirrored ? after_um : 0); /* the right that is seen */
        measure_children(lay, cell, left, room > 1000 ? room : 1000);
        side_end(lay, &sides[cells]);
        lay->element = element;
        c = end;
    }
    lay->limit_um += 2 * pad_um;
    lay->list->ready = start.ready;
    struct abreast abreast = {.sides = sides,
                              .count = cells,
                              .vertical = vertical,
                              .pad_um = pad_um,
                              .least_um = row->min_height_um};
    abreast_set(lay, row, &start, &abreast);
    add_grounds(lay, (uint32_t)first, grounds, count + 1);
}

static void measure_row(struct lay *lay, const struct flow *table, const struct flow *row,
                        const struct grid *grid, bool head) {
    const int32_t *x = grid->x, *width = grid->width;
    uint32_t element = lay->element;
    const char *lang = lay->lang;
    if (row->lang)
        lay->lang = row->lang;
    if (row->role == ROLE_ARTIFACT)
        lay->element = 0;
    else if (row->role != ROLE_NONE)
        lay->element = element_new(lay, row->role, row->alt);
    struct ready *ready = &lay->list->ready;
    if (!ready->at_top && row->space_before_um > ready->space_um)
        ready->space_um = row->space_before_um;
    ready->stretch += row->space_before_um ? row->stretch : 0;
    if (row->anchor) {
        struct place *place = VEC_ADD(lay->scratch, &lay->places);
        *place = (struct place){
            .name = row->anchor, .x_um = x[0], .slice = (uint32_t)lay->list->slices.count};
    }
    measure_cells(lay, table, row, grid);
    if (table->rules_between) {
        const struct slice *slice = &lay->list->slices.at[lay->list->slices.count - 1];
        int32_t weight_um = table->weight_um ? table->weight_um : lay->theme->rule_um;
        size_t last = table->column_count - 1;
        mark_line(lay, x[0], slice->height_um, x[last] + width[last], slice->height_um,
                  table->colour == COLOUR_NONE ? lay->theme->colours[COLOUR_RULE] : table->colour,
                  head ? weight_um * 2 : weight_um);
    }
    if (row->keep_with_next)
        ready->keep += PENALTY_NEXT;
    if (row->space_after_um > ready->space_um)
        ready->space_um = row->space_after_um;
    lay->lang = lang;
    lay->element = element;
}

/* ---- the table ---- */

static uint32_t open_group(struct lay *lay, const struct flow *table, enum role role) {
    return table->role == ROLE_TABLE && lay->element ? element_new(lay, role, NULL) : lay->element;
}

/* A table is rather kept whole the smaller it is, and not left with a row or two on a page. */
static void keep_rows(struct lay *lay, uint32_t first, uint32_t body) {
    struct list *list = lay->list;
    uint32_t end = (uint32_t)list->slices.count;
    int64_t height_um = slices_height(list, first, end), room_um = lay->limit_um;
    int32_t whole = 0;
    if (height_um < room_um)
        whole = (int32_t)(PENALTY_TABLE * (room_um - height_um) / room_um);
    for (uint32_t i = body + 1; i < end; i++) {
        uint32_t above = i - body, below = end - i, least = above < below ? above : below;
        list->slices.at[i].penalty += whole + (least <= 3 ? PENALTY_EDGE >> (least - 1) : 0);
    }
}

/* A figure below a table, or below other figures, is what these come to. */
static bool is_summary(const struct list *list, const struct flow *node) {
    const struct flow *above =
        list->slices.count ? list->slices.at[list->slices.count - 1].node : NULL;
    return above && above->kind == FLOW_ROW && !node->first->next && node->header_rows == 0;
}

void measure_table(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    struct list *list = lay->list;
    size_t overfull = lay->overfull.count;
    if (node->column_count == 0 || !node->first)
        return;
    list->ready.keep += is_summary(list, node) ? PENALTY_SUMMARY : 0;
    struct grid grid = {.x = ARENA_ARRAY(lay->scratch, int32_t, node->column_count),
                        .width = ARENA_ARRAY(lay->scratch, int32_t, node->column_count),
                        .tails = decimal_tails(lay, node)};
    table_columns(lay, node, grid.tails, x_um, width_um, grid.x, grid.width);
    if (node->caption)
        measure_node(lay, node->caption, x_um, width_um);

    uint32_t frame = frame_open(lay, FRAME_TABLE, x_um, width_um);
    uint32_t first = (uint32_t)list->slices.count, element = lay->element;
    const struct flow *row = node->first;
    if (node->header_rows > 0) {
        lay->element = open_group(lay, node, ROLE_THEAD);
        for (int32_t r = 0; r < node->header_rows && row; r++, row = row->next) {
            measure_row(lay, node, row, &grid, r + 1 == node->header_rows);
            list->ready.keep = PENALTY_NEXT;
        }
        lay->element = element;
    }
    uint32_t body = (uint32_t)list->slices.count;
    int32_t head_um = slices_height(list, first, body);
    if (body > first && head_um <= lay->limit_um / 3) {
        lay->frames.at[frame].head_first = first;
        lay->frames.at[frame].head_count = body - first;
        lay->frames.at[frame].head_um = head_um;
        lay->limit_um -= head_um;
    } else {
        head_um = 0;
    }
    lay->element = row ? open_group(lay, node, ROLE_TBODY) : element;
    for (uint32_t start = body; row; row = row->next, start = (uint32_t)list->slices.count) {
        measure_row(lay, node, row, &grid, false);
        if (start > body && start < list->slices.count)
            list->slices.at[start].penalty += PENALTY_ROW;
    }
    keep_rows(lay, first, body);
    lay->element = element;
    lay->limit_um += head_um;
    frame_close(lay, frame);
    keep_widest(lay, overfull); /* one cell speaks for the table */
}
