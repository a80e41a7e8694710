/* Widths of a table's columns from what their cells need, and flow in columns side by side. */
#include "stage/layout_parts.h"

enum { LEAST_COLUMN_UM = 4000 };

/* ---- widths of columns ---- */

/* Adds a cell's need to the columns it stands over; fixed ones take none of it. */
static void widen_columns(struct lay *lay, const struct flow *table, const struct flow *cell,
                          int32_t tail_um, size_t first, size_t span, int32_t *least,
                          int32_t *most) {
    int32_t narrow, wide, have_least = 0, have_most = 0, open = 0;
    measure_extent(lay, cell, &narrow, &wide);
    if (tail_um > 0) { /* room at the right of what has less after its point */
        int32_t tail = decimal_tail_um(lay, cell);
        narrow += tail >= 0 ? tail_um - tail : 0;
        wide += tail >= 0 ? tail_um - tail : 0;
    }
    narrow += 2 * table->cell_pad_um;
    wide += 2 * table->cell_pad_um;
    for (size_t i = first; i < first + span; i++) {
        const struct width *width = &table->columns[i].width;
        bool fixed = width->kind == WIDTH_FIXED;
        have_least += fixed ? width->amount : least[i];
        have_most += fixed ? width->amount : most[i];
        open += !fixed;
    }
    for (size_t i = first; i < first + span && open; i++) {
        if (table->columns[i].width.kind == WIDTH_FIXED)
            continue;
        least[i] += narrow > have_least ? (narrow - have_least) / open : 0;
        most[i] += wide > have_most ? (wide - have_most) / open : 0;
    }
}

/* What the cells of each column need: least and most, as CSS 2.1 §17.5.2.2 has it. Columns whose
 * width is given are not measured. */
static void column_extents(struct lay *lay, const struct flow *table, const int32_t *tails,
                           int32_t *least, int32_t *most) {
    size_t count = table->column_count;
    for (int wide = 0; wide < 2; wide++) { /* cells over several columns after the others */
        for (const struct flow *row = table->first; row; row = row->next) {
            size_t c = 0;
            for (const struct flow *cell = row->first; cell && c < count; cell = cell->next) {
                size_t span = (size_t)cell_span(cell, c, count);
                enum width_kind kind = table->columns[c].width.kind;
                bool given = span == 1 && (kind == WIDTH_FIXED || kind == WIDTH_FRACTION);
                if ((span > 1) == wide && !given)
                    widen_columns(lay, table, cell, span == 1 ? tails[c] : 0, c, span, least, most);
                c += span;
            }
        }
    }
}

/* What each AUTO column may have where all cannot have what they want: those that want less get it
 * and leave the others more. */
static int64_t even_share(const struct flow *table, const int32_t *most, int64_t room) {
    int64_t level = 0;
    for (size_t turn = 0; turn <= table->column_count; turn++) {
        int64_t taken = 0, wanting = 0;
        for (size_t c = 0; c < table->column_count; c++) {
            if (table->columns[c].width.kind != WIDTH_AUTO)
                continue;
            wanting += most[c] > level;
            taken += most[c] > level ? 0 : most[c];
        }
        if (wanting == 0 || (room - taken) / wanting <= level)
            break;
        level = (room - taken) / wanting;
    }
    return level;
}

/* Shares `room` among the AUTO columns: all they want and the rest in proportion, or what they
 * must have and the rest in proportion to what they lack. A word longer than an even share must
 * be broken rather than take the room of the others. */
static void share_auto(const struct flow *table, int32_t *least, const int32_t *most, int64_t room,
                       int32_t *width) {
    int64_t all_least = 0, all_most = 0, even = even_share(table, most, room);
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].width.kind != WIDTH_AUTO)
            continue;
        all_most += most[c];
        least[c] = least[c] < even ? least[c] : (int32_t)even;
        all_least += least[c];
    }
    for (size_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].width.kind != WIDTH_AUTO)
            continue;
        int64_t low = least[c], high = most[c];
        if (all_most == 0)
            width[c] = (int32_t)(room / (int64_t)table->column_count);
        else if (room >= all_most)
            width[c] = (int32_t)(high + (room - all_most) * high / all_most);
        else
            width[c] = (int32_t)(low + (room - all_least) * (high - low) / (all_most - all_least));
    }
}

static int32_t weight_of(struct width width) {
    return width.kind == WIDTH_FRACTION && width.amount > 0 ? width.amount : 1;
}

/* FIXED and MIN_CONTENT take theirs; beside FRACTION an AUTO column takes what it wants up to an
 * even share; FRACTION divides what is left by weight. */
static void column_widths(struct lay *lay, const struct flow *table, const int32_t *tails,
                          int32_t room_um, int32_t *width) {
    size_t count = table->column_count;
    int32_t *least = ARENA_ARRAY(lay->scratch, int32_t, count);
    int32_t *most = ARENA_ARRAY(lay->scratch, int32_t, count);
    column_extents(lay, table, tails, least, most);
    for (size_t c = 0; c < count; c++)
        most[c] = most[c] > least[c] ? most[c] : least[c];
    int64_t room = room_um, weights = 0, wanted = 0;
    size_t autos = 0, fractions = 0;
    for (size_t c = 0; c < count; c++) {
        const struct width *column = &table->columns[c].width;
        if (column->kind == WIDTH_FIXED || column->kind == WIDTH_MIN_CONTENT) {
            width[c] = column->kind == WIDTH_FIXED ? column->amount : least[c];
            room -= width[c];
        } else if (column->kind == WIDTH_FRACTION) {
            weights += weight_of(*column);
            fractions++;
        } else {
            wanted += most[c];
            autos++;
        }
    }
    room = room > 0 ? room : 0;
    if (autos) {
        int64_t share = room;
        if (fractions) {
            int64_t even = room * (int64_t)autos / (int64_t)(autos + fractions);
            share = wanted < even ? wanted : even;
        }
        share_auto(table, least, most, share, width);
        room -= share;
    }
    for (size_t c = 0; c < count; c++)
        if (table->columns[c].width.kind == WIDTH_FRACTION)
            width[c] = (int32_t)(room * weight_of(table->columns[c].width) / weights);
}

void table_columns(struct lay *lay, const struct flow *table, const int32_t *tails, int32_t x_um,
                   int32_t width_um, int32_t *x, int32_t *width) {
    column_widths(lay, table, tails, width_um, width);
    int64_t total = 0;
    for (size_t c = 0; c < table->column_count; c++) {
        if (width[c] < LEAST_COLUMN_UM)
            width[c] = LEAST_COLUMN_UM;
        total += width[c];
    }
    int64_t left = 0;
    for (size_t c = 0; c < table->column_count; c++) {
        /* Too wide for the page: everything narrows alike. */
        int64_t right = left + width[c];
        x[c] = x_um + (int32_t)(total > width_um ? left * width_um / total : left);
        int32_t end = x_um + (int32_t)(total > width_um ? right * width_um / total : right);
        width[c] = end - x[c];
        left = right;
    }
}

/* ---- columns of flow ---- */

static void side_widths(struct lay *lay, const struct flow *node, int32_t room_um, int32_t *width) {
    int64_t weights = 0;
    size_t i = 0;
    for (const struct flow *child = node->first->next; child; child = child->next)
        room_um -= node->gap_um;
    for (const struct flow *child = node->first; child; child = child->next, i++) {
        int32_t most;
        width[i] = 0;
        if (child->width.kind == WIDTH_FIXED)
            width[i] = child->width.amount;
        else if (child->width.kind == WIDTH_MIN_CONTENT)
            measure_extent(lay, child, &width[i], &most);
        else
            weights += weight_of(child->width);
        room_um -= width[i];
    }
    if (room_um < 0)
        room_um = 0;
    i = 0;
    for (const struct flow *child = node->first; child; child = child->next, i++)
        if (child->width.kind == WIDTH_AUTO || child->width.kind == WIDTH_FRACTION)
            width[i] = (int32_t)((int64_t)room_um * weight_of(child->width) / weights);
}

/* True for a column that ends in a line to fill in. */
static bool ends_in_field(const struct flow *node) {
    while (node && node->kind != FLOW_FIELD) {
        if (node->box)
            return false;
        node = node->last;
    }
    return node != NULL;
}

/* True for a column of labels with lines to fill in, and nothing else. */
static bool holds_fields_alone(const struct flow *node) {
    bool any = false;
    for (const struct flow *table = node->box ? NULL : node->first; table; table = table->next) {
        any = table->kind == FLOW_TABLE && table->role == ROLE_NONE;
        for (const struct flow *row = any ? table->first : NULL; row && any; row = row->next)
            any = ends_in_field(row);
        if (!any)
            return false;
    }
    return any;
}

void measure_columns(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    size_t count = 0;
    bool ends = true, fields = true; /* whose lines stand at one height */
    for (const struct flow *child = node->first; child; child = child->next) {
        ends = ends && ends_in_field(child);
        fields = fields && holds_fields_alone(child);
        count++;
    }
    if (count == 0)
        return;
    int32_t *width = ARENA_ARRAY(lay->scratch, int32_t, count);
    side_widths(lay, node, width_um, width);
    struct side *sides = ARENA_ARRAY(lay->scratch, struct side, count);
    enum vertical_align *vertical = ARENA_ARRAY(lay->scratch, enum vertical_align, count);
    struct side start = side_begin(lay);
    size_t i = 0;
    for (const struct flow *child = node->first; child; child = child->next, i++) {
        sides[i] = side_begin(lay);
        vertical[i] = ends && !fields ? VERTICAL_BOTTOM : child->vertical;
        measure_node(lay, child, x_um, width[i] > 1000 ? width[i] : 1000);
        side_end(lay, &sides[i]);
        x_um += width[i] + node->gap_um;
    }
    if (fields)
        level_rows(lay, sides, count);
    else if (!ends)
        level_answers(lay, sides, count);
    level_boxes(lay, sides, count, vertical);
    lay->list->ready = start.ready;
    struct abreast abreast = {.sides = sides, .count = count, .vertical = vertical, .flow = true};
    abreast_set(lay, node, &start, &abreast);
}
