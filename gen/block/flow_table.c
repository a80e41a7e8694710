#include "block/print_parts.h"

enum { KEPT_ROWS = 3 }; /* at least so many at the head and at the foot of a page */

struct flow *flow_table_new(struct print *print, enum role role, const struct table_column *columns,
                            size_t count) {
    struct flow *table = flow_new(print->arena, FLOW_TABLE, role);
    table->columns = columns;
    table->column_count = count;
    table->cell_pad_um = print_um(print, 1500);
    table->space_before_um = table->space_after_um = print_um(print, APART_UM);
    table->stretch = 2;
    table->colour = print_colour(print, COLOUR_RULE);
    table->weight_um = print->theme->rule_um;
    return table;
}

struct flow *flow_row(struct print *print, struct flow *table) {
    struct flow *row =
        flow_new(print->arena, FLOW_ROW, table->role == ROLE_TABLE ? ROLE_TR : ROLE_NONE);
    return flow_add(table, row);
}

struct flow *flow_cell(struct print *print, struct flow *row, struct flow *content, bool header) {
    enum role role = row->role == ROLE_NONE ? ROLE_NONE : header ? ROLE_TH : ROLE_TD;
    struct flow *cell = flow_new(print->arena, FLOW_CELL, role);
    cell->header = header && role == ROLE_TH;
    cell->vertical = VERTICAL_MIDDLE;
    if (content)
        flow_add(cell, content);
    return flow_add(row, cell);
}

bool print_row_keeps(size_t row, size_t count) {
    return row + 1 < count && (row < KEPT_ROWS - 1 || row + KEPT_ROWS > count);
}

static size_t cell_count(const struct node *row) {
    size_t count = 0;
    for (const struct node *cell = row->first; cell; cell = cell->next)
        count++;
    return count;
}

static enum line_align align_of(enum cell_align align) {
    return align == ALIGN_RIGHT ? LINE_RIGHT : align == ALIGN_CENTRE ? LINE_CENTRE : LINE_LEFT;
}

void flow_align_pictures(struct flow *figure, enum line_align align) {
    for (struct flow *child = figure->first; child; child = child->next) {
        child->align = align;
        if (child->role == ROLE_LINK)
            child->first->align = align;
    }
}

/* Words, and pictures below them, all to the side that the column keeps to. */
static void fill_cell(struct print *print, struct flow *cell, enum style_id style,
                      enum line_align align, const struct node *node) {
    paragraph_add(print, cell, style, node);
    if (!cell->first)
        flow_add(cell, paragraph_node(print, ROLE_P, style, node));
    for (struct flow *part = cell->first; part; part = part->next) {
        part->align = align;
        if (part->kind == FLOW_PARAGRAPH)
            continue;
        part->space_before_um = part == cell->first ? 0 : 1000;
        part->space_after_um = 0;
        flow_align_pictures(part, align);
    }
}

struct flow *print_table(struct print *print, const struct node *node) {
    size_t columns = node->first ? cell_count(node->first) : 0;
    if (columns == 0)
        return NULL;
    struct table_column *column = ARENA_ARRAY(print->arena, struct table_column, columns);
    size_t index = 0;
    for (const struct node *cell = node->first->first; cell; cell = cell->next, index++)
        column[index] = (struct table_column){{WIDTH_AUTO, 0}, align_of(cell->align)};
    struct flow *table = flow_table_new(print, ROLE_TABLE, column, columns);
    table->at = node->at;
    table->anchor = node_place_id(node);
    struct flow *caption = print_caption(print, node);
    if (caption) {
        caption->keep_with_next = true;
        caption->space_after_um = 1500;
    }
    table->caption = caption;
    table->header_rows = 1;
    table->rules_between = true;
    bool head = true;
    for (const struct node *line = node->first; line; line = line->next, head = false) {
        struct flow *row = flow_row(print, table);
        row->keep_with_next = head;
        row->keep_together = true;
        index = 0;
        for (const struct node *cell = line->first; cell && index < columns;
             cell = cell->next, index++) {
            struct flow *into = flow_cell(print, row, NULL, head);
            into->vertical = head ? VERTICAL_BOTTOM : VERTICAL_TOP;
            fill_cell(print, into, head ? STYLE_TABLE_HEAD : STYLE_TABLE, column[index].align,
                      cell);
        }
        for (; index < columns; index++)
            flow_cell(print, row, NULL, head);
    }
    return table;
}
