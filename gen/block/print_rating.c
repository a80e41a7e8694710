/* .rating: statements down, points of the scale across, a circle for each.
 *
 * Several views (asks, or respondents in a copy for all) stand side by side as groups of columns
 * while they fit, else below one another. */
#include "block/print_parts.h"

enum {
    POINTS_ACROSS = 12,  /* circles in a row at most */
    NARROWEST_UM = 6500, /* a point's column: the circle and some white */
    NARROW_UM = 7800,    /* where groups share the width */
    WIDE_UM = 13500,     /* where one group has it for itself */
    WIDEST_UM = 19000,
    STATEMENT_PERCENT = 34, /* of the width, at least */
    STATEMENT_UM = 40000,   /* and so wide, if that leaves half of it */
    CELL_PAD_UM = 1100,
};

/* One answer an item: whose, and to which ask. */
struct view {
    int32_t voice;
    const struct ask *ask;
    size_t ask_index;
};

struct grid {
    struct print *print;
    const struct block *block;
    const struct scale *scale;
    const struct voices *voices;
    const struct view *views; /* of this table */
    size_t count;
    bool legend; /* heads are numbers, explained above */
};

static const char *view_label(struct print *print, const struct view *view, bool named) {
    const char *voice = named ? voice_label(print, view->voice) : NULL;
    if (voice && view->ask)
        return arena_printf(print->arena, "%s: %s", voice, view->ask->label);
    return voice ? voice : view->ask ? view->ask->label : NULL;
}

static const char *point_number(struct print *print, const struct scale *scale, size_t point) {
    return arena_printf(print->arena, "%d", scale->from + (int32_t)point);
}

static struct flow *point_head(const struct grid *grid, size_t point) {
    struct print *print = grid->print;
    struct flow *head = paragraph_new(print, ROLE_P, STYLE_HINT);
    struct inlines inlines;
    inlines_init(&inlines, print, &head->style->text);
    if (!grid->legend) {
        inlines_text(&inlines, grid->scale->points[point], 0);
        inlines_break(&inlines);
    }
    inlines_text(&inlines, point_number(print, grid->scale, point), MARKED_STRONG);
    inlines_finish(&inlines, head);
    head->align = LINE_CENTRE;
    head->hyphenate_off = true;
    head->space_before_um = head->space_after_um = 0;
    return head;
}

static uint32_t view_ground(const struct grid *grid, size_t view) {
    return grid->count > 1 && view % 2 == 0 ? print_colour(grid->print, COLOUR_PANEL) : COLOUR_NONE;
}

static void add_heads(const struct grid *grid, struct flow *table) {
    struct print *print = grid->print;
    bool labelled = view_label(print, &grid->views[0], grid->voices->named) != NULL;
    if (labelled) {
        struct flow *row = flow_row(print, table);
        row->keep_with_next = true;
        flow_cell(print, row, NULL, false);
        for (size_t v = 0; v < grid->count; v++) {
            const char *text = view_label(print, &grid->views[v], grid->voices->named);
            struct flow *label = paragraph_text(print, ROLE_P, STYLE_TABLE_HEAD, text);
            label->align = LINE_CENTRE;
            label->hyphenate_off = true;
            struct flow *cell = flow_cell(print, row, label, true);
            cell->span = (int32_t)grid->scale->count;
            cell->ground = view_ground(grid, v);
        }
    }
    struct flow *row = flow_row(print, table);
    row->keep_with_next = true;
    flow_cell(print, row, NULL, false);
    for (size_t v = 0; v < grid->count; v++) {
        for (size_t p = 0; p < grid->scale->count; p++) {
            struct flow *cell = flow_cell(print, row, point_head(grid, p), true);
            cell->vertical = VERTICAL_BOTTOM;
            cell->ground = view_ground(grid, v);
        }
    }
    table->header_rows = labelled ? 2 : 1;
}

/* The number hangs: a score's steps by hand, and the gap's table, refer to it. */
struct flow *print_statement(struct print *print, const struct item *item, size_t number) {
    struct flow *text = paragraph_new(print, ROLE_P, STYLE_TABLE);
    struct text_style *figure = ARENA_NEW(print->arena, struct text_style);
    *figure = text->style->text;
    figure->tabular = true;
    figure->colour = print_colour(print, COLOUR_MUTED);
    struct inlines inlines;
    inlines_init(&inlines, print, &text->style->text);
    /* U+2007 is as wide as a figure: units stand under units. */
    inlines_styled(
        &inlines, arena_printf(print->arena, "%s%zu", number < 10 ? "\u2007" : "", number), figure);
    inlines_space(&inlines, 1800);
    for (const struct node *part = item->node->first; part; part = part->next)
        inlines_nodes(&inlines, part);
    inlines_finish(&inlines, text);
    text->hanging_um = um_from_cpt(figure->size_cpt * 104 / 100) + 1800;
    text->align = LINE_LEFT;
    text->space_before_um = text->space_after_um = 0;
    return text;
}

static void add_buttons(const struct grid *grid, struct flow *row, size_t item) {
    struct print *print = grid->print;
    const struct block *block = grid->block;
    size_t asks = block->ask_count ? block->ask_count : 1;
    for (size_t v = 0; v < grid->count; v++) {
        const struct view *view = &grid->views[v];
        const struct slot *slot = block->slots[item * asks + view->ask_index];
        struct value answer = print_answer(print, slot, view->voice, 0);
        for (size_t p = 0; p < grid->scale->count; p++) {
            bool on = answer.kind == VALUE_NUMBER && answer.number == grid->scale->from + (double)p;
            struct field *field =
                field_button(print, FIELD_RADIO, slot, grid->voices, view->voice,
                             point_number(print, grid->scale, p), grid->scale->points[p], on);
            flow_cell(print, row, print_button(print, field), false)->ground = view_ground(grid, v);
        }
    }
}

/* What the circles may have of the width. */
static int32_t points_room_um(const struct print *print) {
    int32_t text = text_width_um(print), statement = text * STATEMENT_PERCENT / 100;
    if (statement < STATEMENT_UM)
        statement = STATEMENT_UM < text / 2 ? STATEMENT_UM : text / 2;
    return text - statement;
}

/* Of a point that has its words above it. */
static int32_t labelled_um(const struct print *print, const struct scale *scale) {
    int32_t width = WIDE_UM;
    const struct text_style *hint = &print_style(print, STYLE_HINT)->text;
    for (size_t p = 0; p < scale->count; p++) {
        int32_t word = word_room_um(scale->points[p], hint) + 2 * CELL_PAD_UM;
        width = word > width ? word : width;
    }
    return width < WIDEST_UM ? width : WIDEST_UM;
}

static const struct table_column *grid_columns(const struct grid *grid) {
    size_t points = grid->scale->count, count = 1 + grid->count * points;
    int32_t width = grid->legend ? NARROW_UM : labelled_um(grid->print, grid->scale);
    int32_t most = points_room_um(grid->print) / (int32_t)(grid->count * points);
    width = width < most ? width : most > NARROWEST_UM ? most : NARROWEST_UM;
    struct table_column *columns = ARENA_ARRAY(grid->print->arena, struct table_column, count);
    columns[0] = (struct table_column){{WIDTH_FRACTION, 1}, LINE_LEFT};
    for (size_t i = 1; i < count; i++)
        columns[i] = (struct table_column){{WIDTH_FIXED, width}, LINE_CENTRE};
    return columns;
}

static struct flow *print_grid(const struct grid *grid) {
    struct print *print = grid->print;
    struct flow *table =
        flow_table_new(print, ROLE_TABLE, grid_columns(grid), 1 + grid->count * grid->scale->count);
    table->at = grid->block->at;
    table->rules_between = true;
    table->cell_pad_um = CELL_PAD_UM;
    table->space_before_um = 2000;
    add_heads(grid, table);
    for (size_t i = 0; i < grid->block->item_count; i++) {
        struct flow *row = flow_row(print, table);
        row->keep_together = true;
        row->keep_with_next = print_row_keeps(i, grid->block->item_count);
        row->stretch = 1;
        struct flow *head =
            flow_cell(print, row, print_statement(print, &grid->block->items[i], i + 1), true);
        head->row_header = true;
        add_buttons(grid, row, i);
    }
    return table;
}

/* "1 Never · 2 Rarely · …" */
static struct flow *print_legend(struct print *print, const struct scale *scale) {
    struct flow *legend = paragraph_new(print, ROLE_P, STYLE_HINT);
    struct inlines inlines;
    inlines_init(&inlines, print, &legend->style->text);
    for (size_t p = 0; p < scale->count; p++) {
        if (p)
            inlines_text(&inlines, " \u00b7 ", 0);
        inlines_text(&inlines, point_number(print, scale, p), MARKED_STRONG);
        inlines_text(&inlines, arena_printf(print->arena, "\u00a0%s", scale->points[p]), 0);
    }
    inlines_finish(&inlines, legend);
    legend->keep_with_next = legend->keep_together = true;
    return legend;
}

struct flow *print_rating(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    block_prompt(print, stack, block);
    struct voices voices = print_voices(print, block);
    size_t asks = block->ask_count ? block->ask_count : 1, total = voices.count * asks;
    struct view *views = ARENA_ARRAY(print->arena, struct view, total);
    for (size_t i = 0; i < total; i++)
        views[i] = (struct view){.voice = voices.at[i / asks],
                                 .ask = block->ask_count ? &block->asks[i % asks] : NULL,
                                 .ask_index = i % asks};
    int32_t room = points_room_um(print), points = (int32_t)block->scale->count;
    size_t per = (size_t)(room / NARROW_UM < POINTS_ACROSS ? room / NARROW_UM : POINTS_ACROSS) /
                 block->scale->count;
    per = per < 1 ? 1 : per > total ? total : per;
    /* A respondent's asks are not torn apart where several respondents are shown. */
    if (per > asks && per < total)
        per -= per % asks;
    struct grid grid = {.print = print,
                        .block = block,
                        .scale = block->scale,
                        .voices = &voices,
                        .legend = per > 1 || points > 7 ||
                                  points * labelled_um(print, block->scale) > room};
    if (grid.legend)
        flow_add(stack, print_legend(print, block->scale));
    for (size_t from = 0; from < total; from += per) {
        grid.views = &views[from];
        grid.count = total - from < per ? total - from : per;
        flow_add(stack, print_grid(&grid));
    }
    block_note(print, stack, block);
    return stack;
}
