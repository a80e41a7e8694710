/* .gap: two views of a rating side by side, the widest gap first; blank: room to copy both numbers
 * and write the difference. */
#include "block/gap.h"
#include "block/print_cohort.h"

#include <math.h>
#include <stdlib.h>

enum { VIEW_UM = 21000, GAP_UM = 16000, PICTURE_UM = 40000, PICTURE_HIGH_UM = 5000 };

/* Widest first; equal ones in the rating's order. */
static int by_gap(const void *left, const void *right) {
    const struct known_gap *a = left, *b = right;
    if (a->gap != b->gap)
        return a->gap > b->gap ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

struct known_gap *gap_rows(struct print *print, const struct block *block,
                           const struct gap_sides *sides, size_t *count) {
    const struct block *rating = block->rating;
    struct known_gap *rows = ARENA_ARRAY(print->arena, struct known_gap, rating->item_count);
    *count = 0;
    for (size_t i = 0; i < rating->item_count; i++) {
        struct known_gap row = {.item = i};
        bool known = true;
        for (size_t s = 0; s < 2; s++) {
            struct value value =
                print_answer(print, gap_slot(block, sides, i, s), sides->respondent[s], 0);
            known = known && value.kind == VALUE_NUMBER;
            row.value[s] = value.number;
        }
        row.gap = gap_between(sides, row.value);
        if (known)
            rows[(*count)++] = row;
    }
    qsort(rows, *count, sizeof *rows, by_gap);
    return rows;
}

static struct flow *cell_text(struct print *print, enum style_id style, const char *text,
                              enum line_align align) {
    struct flow *paragraph = paragraph_text(print, ROLE_P, style, text);
    paragraph->align = align;
    paragraph->space_before_um = paragraph->space_after_um = 0;
    paragraph->hyphenate_off = style == STYLE_TABLE_HEAD;
    return paragraph;
}

/* Both values on the scale, joined by a bar as long as the gap. */
static struct flow *gap_picture(struct print *print, const struct scale *scale,
                                const struct known_gap *row) {
    struct canvas canvas;
    chart_canvas_init(&canvas, print);
    double range = (double)scale->count - 1;
    struct point at[2];
    int32_t middle = PICTURE_HIGH_UM / 2;
    draw_line(&canvas, chart_point(400, 0, middle), chart_point(9600, 0, middle),
              print_colour(print, COLOUR_RULE), print->theme->rule_um, 0);
    for (size_t p = 0; p < scale->count; p++) {
        int32_t x = 400 + (int32_t)lround(9200.0 * (double)p / range);
        draw_line(&canvas, chart_point(x, 0, middle - 500), chart_point(x, 0, middle + 500),
                  print_colour(print, COLOUR_RULE), print->theme->rule_um, 0);
    }
    for (size_t s = 0; s < 2; s++)
        at[s] = chart_point(400 + (int32_t)lround(9200 * (row->value[s] - scale->from) / range), 0,
                            middle);
    draw_line(&canvas, at[0], at[1], chart_tint(print, print_colour(print, COLOUR_SERIES_1), 45),
              1400, 0);
    for (size_t s = 0; s < 2; s++) {
        struct series series = {.colour =
                                    print_colour(print, (enum colour_id)(COLOUR_SERIES_1 + s)),
                                .look = (int32_t)s};
        draw_mark(&canvas, at[s], &series);
    }
    struct flow *picture = canvas_finish(&canvas, PICTURE_HIGH_UM);
    picture->role = ROLE_ARTIFACT; /* the numbers stand beside it */
    picture->alt = NULL;
    picture->space_before_um = picture->space_after_um = 0;
    return picture;
}

static struct flow *gap_table(struct print *print, const struct block *block,
                              const struct gap_sides *sides, bool picture) {
    size_t columns = 4 + (size_t)picture;
    struct table_column *column = ARENA_ARRAY(print->arena, struct table_column, columns);
    for (size_t i = 0; i < columns; i++)
        column[i] = (struct table_column){{WIDTH_FIXED, i == 3   ? GAP_UM
                                                        : i == 4 ? PICTURE_UM
                                                                 : VIEW_UM},
                                          LINE_CENTRE};
    column[0] = (struct table_column){{WIDTH_FRACTION, 1}, LINE_LEFT};
    struct flow *table = flow_table_new(print, ROLE_TABLE, column, columns);
    table->at = block->at;
    table->rules_between = true;
    table->cell_pad_um = 1000;
    table->header_rows = 1;
    struct flow *head = flow_row(print, table);
    head->keep_with_next = true;
    const char *labels[] = {print_word(print, WORD_STATEMENT), sides->label[0], sides->label[1],
                            print_word(print, WORD_GAP)};
    for (size_t i = 0; i < 4; i++)
        flow_cell(print, head, cell_text(print, STYLE_TABLE_HEAD, labels[i], column[i].align), true)
            ->vertical = VERTICAL_BOTTOM;
    if (picture)
        flow_cell(print, head, NULL, false);
    return table;
}

static void add_item_head(struct print *print, struct flow *row, const struct block *rating,
                          size_t item) {
    flow_cell(print, row, print_statement(print, &rating->items[item], item + 1), true)
        ->row_header = true;
}

static struct flow *known_table(struct print *print, const struct block *block,
                                const struct gap_sides *sides, const struct known_gap *rows,
                                size_t count) {
    struct flow *table = gap_table(print, block, sides, true);
    for (size_t r = 0; r < count; r++) {
        struct flow *row = flow_row(print, table);
        row->keep_together = true;
        add_item_head(print, row, block->rating, rows[r].item);
        for (size_t s = 0; s < 2; s++)
            flow_cell(print, row,
                      cell_text(print, STYLE_TABLE, print_number(print, rows[r].value[s], 0),
                                LINE_CENTRE),
                      false);
        struct flow *gap = cell_text(print, STYLE_TABLE, "", LINE_CENTRE);
        struct inlines inlines;
        inlines_init(&inlines, print, &gap->style->text);
        inlines_text(&inlines, print_number(print, rows[r].gap, 0),
                     fabs(rows[r].gap) >= 2 ? MARKED_STRONG : 0);
        inlines_finish(&inlines, gap);
        flow_cell(print, row, gap, false)->ground =
            fabs(rows[r].gap) >= 2 ? print_colour(print, COLOUR_PANEL) : COLOUR_NONE;
        flow_cell(print, row, gap_picture(print, block->rating->scale, &rows[r]), false);
    }
    return table;
}

static struct flow *empty_table(struct print *print, const struct block *block,
                                const struct gap_sides *sides, int32_t voice) {
    static const char *const parts[] = {"first", "second", "gap"};
    struct flow *table = gap_table(print, block, sides, false);
    for (size_t i = 0; i < block->rating->item_count; i++) {
        const struct item *item = &block->rating->items[i];
        struct flow *row = flow_row(print, table);
        row->keep_together = true;
        row->min_height_um = print->theme->write_line_um;
        add_item_head(print, row, block->rating, i);
        const struct slot *slots[] = {gap_slot(block, sides, i, 0), gap_slot(block, sides, i, 1)};
        for (size_t s = 0; s < 3; s++) {
            struct field *field = ARENA_NEW(print->arena, struct field);
            *field = (struct field){
                .kind = FIELD_TEXT,
                .respondent = RESPONDENT_NONE,
                .row = -1,
                .name = arena_printf(print->arena, "_gap%zu.%d.%s.%s", block->index, voice + 1,
                                     item->id, parts[s]),
                .tooltip = print_question(print, item->label,
                                          s < 2 ? sides->label[s] : print_word(print, WORD_GAP))};
            bool follows = field_set_answers(print, field, &slots[s % 2], &sides->respondent[s % 2],
                                             s < 2 ? 1 : 2, sides->is_signed);
            struct value known = follows && s < 2
                                     ? print_answer(print, slots[s], sides->respondent[s], 0)
                                     : VALUE_NONE;
            if (known.kind == VALUE_NUMBER)
                field->value = print_number(print, known.number, 0);
            struct flow *line = flow_line(print, field);
            line->height_um = 5000;
            line->colour = COLOUR_NONE;
            struct flow *cell = flow_cell(print, row, line, false);
            cell->ground = s == 2 ? print_colour(print, COLOUR_PANEL) : COLOUR_NONE;
        }
    }
    return table;
}

/* With `top`, the widest alone: what shows no gap is none of them, unless nothing else is there. */
static size_t rows_shown(const struct block *block, const struct known_gap *rows, size_t count) {
    if (block->top == 0)
        return count;
    size_t shown = (size_t)block->top < count ? (size_t)block->top : count, wide = shown;
    while (wide && rows[wide - 1].gap <= 0)
        wide--;
    return wide ? wide : shown;
}

/* Leaves out whoever has no row yet, as long as somebody has: what they have not answered is no
 * table to be filled in by hand. */
static void drop_unknown(struct print *print, const struct block *block, struct voices *voices) {
    size_t known = 0, count;
    int32_t at[RESPONDENT_LIMIT];
    for (size_t v = 0; v < voices->count; v++) {
        struct gap_sides sides = gap_sides_of(print->course, block, voices->at[v]);
        gap_rows(print, block, &sides, &count);
        if (count)
            at[known++] = voices->at[v];
    }
    if (known == 0)
        return;
    memcpy(voices->at, at, known * sizeof *at);
    voices->count = known;
}

struct flow *print_gap(struct print *print, const struct block *block) {
    if (print->edition->cohort && block->rating)
        return print_gap_cohort(print, block);
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    if (block->title)
        flow_add(stack, print_label(print, block->title));
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    struct voices voices = print_voices(print, block->rating);
    if (!block->between_asks[0]) /* one table holds both respondents */
        voices = (struct voices){.count = 1, .at = {RESPONDENT_NONE}};
    drop_unknown(print, block, &voices);
    for (size_t v = 0; v < voices.count; v++) {
        struct gap_sides sides = gap_sides_of(print->course, block, voices.at[v]);
        size_t count;
        const struct known_gap *rows = gap_rows(print, block, &sides, &count);
        size_t shown = rows_shown(block, rows, count);
        if (voices.named)
            flow_add(stack, print_label(print, voice_label(print, voices.at[v])));
        if (count == 0 && block->top > 0) {
            struct flow *hint =
                paragraph_text(print, ROLE_P, STYLE_HINT,
                               print_phrase(print, WORD_HAND_GAP,
                                            arena_printf(print->arena, "%d", block->top), NULL));
            hint->keep_with_next = true;
            flow_add(stack, hint);
        }
        flow_add(stack, count ? known_table(print, block, &sides, rows, shown)
                              : empty_table(print, block, &sides, voices.at[v]));
    }
    return stack;
}
