/* The rating's sheet: answers as given, below them answers as scored, below these the scores.
 * Items down; a group of columns a respondent and ask, sittings inside. */
#include "block/sheet_parts.h"

#include <stdio.h>

struct grid {
    int32_t dimension_col, weight_col, reverse_col; /* -1: none */
    int32_t line_col;                               /* of the first line of a group's answers */
    int32_t first_col;                              /* of answers */
    const int32_t *cols;
    size_t asks;
};

static struct grid plan_grid(struct track *track, const struct block *block) {
    bool dimension = false, weight = false, reverse = false;
    for (size_t i = 0; i < block->item_count; i++) {
        dimension = dimension || block->items[i].dimension;
        weight = weight || block->items[i].weight != 1;
        reverse = reverse || block->items[i].reverse;
    }
    struct grid grid = {-1, -1, -1, -1, 1, NULL, block->ask_count ? block->ask_count : 1};
    if (dimension)
        grid.dimension_col = grid.first_col++;
    if (weight)
        grid.weight_col = grid.first_col++;
    if (reverse)
        grid.reverse_col = grid.first_col++;
    grid.line_col = grid.first_col;
    for (size_t r = 0; r < track->course->respondents.count; r++)
        grid.first_col += track_respondents(track, block) >> r & 1 ? (int32_t)grid.asks : 0;
    grid.cols = track_columns(track, block, grid.first_col);
    return grid;
}

static void legend(struct track *track, const struct block *block) {
    struct buf out;
    buf_init(&out, track->arena);
    for (size_t i = 0; i < block->scale->count; i++)
        buf_printf(&out, "%s%d %s", i ? "  ·  " : "", block->scale->from + (int32_t)i,
                   block->scale->points[i]);
    track_wide(track, LOOK_NOTE, out.data);
}

/* Heads of the columns before the answers, in the last row of heads. */
static void label_heads(struct track *track, const struct grid *grid, const char *title) {
    int32_t row = track->row - 1;
    track_text(track, row, 0, LOOK_HEAD_LEFT, title);
    if (grid->dimension_col >= 0) {
        track_text(track, row, grid->dimension_col, LOOK_HEAD,
                   track_word(track, WORD_TRACK_DIMENSION));
        track_width(track, grid->dimension_col, TRACK_CELL_WIDTH + 2);
    }
    if (grid->weight_col >= 0) {
        track_text(track, row, grid->weight_col, LOOK_HEAD, track_word(track, WORD_TRACK_WEIGHT));
        track_width(track, grid->weight_col, TRACK_CELL_WIDTH - 3);
    }
    if (grid->reverse_col >= 0) {
        track_text(track, row, grid->reverse_col, LOOK_HEAD, track_word(track, WORD_REVERSED));
        track_width(track, grid->reverse_col, TRACK_CELL_WIDTH);
    }
}

static void item_labels(struct track *track, const struct grid *grid, const struct item *item,
                        int32_t row) {
    track_text(track, row, 0, LOOK_LABEL, item->label);
    if (grid->dimension_col >= 0)
        track_text(track, row, grid->dimension_col, LOOK_VALUE,
                   item->dimension ? track_dimension(track, item->dimension) : "");
    if (grid->weight_col >= 0)
        track_number(track, row, grid->weight_col, LOOK_VALUE, NULL, item->weight);
    if (grid->reverse_col >= 0)
        track_text(track, row, grid->reverse_col, LOOK_VALUE,
                   item->reverse ? track_word(track, WORD_REVERSED) : "");
}

/* The answers of one item by one respondent to one ask. */
static void raw_cells(struct track *track, const struct slot *slot, int32_t respondent, int32_t row,
                      int32_t col) {
    for (int32_t k = 0; k < track->sitting_count; k++) {
        int32_t sitting = track->sittings[k].index;
        struct value value =
            sitting < 0 ? VALUE_NONE : track_value(track, slot, respondent, sitting, 0);
        track_answer(track, row, col + k, slot, value);
    }
    track_place(track, slot, respondent, row, col, track->sitting_count, true);
}

/* One line an item of a group's answers as given: what is not answered leaves a gap, where an empty
 * text would be drawn as 0. */
static void line_cells(struct track *track, const struct block *block, const struct grid *grid,
                       size_t group, int32_t first, int32_t line_col) {
    const char *who = track->course->respondents.at[group / grid->asks].label;
    if (grid->asks > 1)
        who = block->asks[group % grid->asks].label;
    int32_t col = grid->cols[group];
    track_text(track, first - 2, line_col, LOOK_HEAD, who);
    track_text(track, first - 1, line_col, LOOK_HEAD, track_word(track, WORD_TRACK_LINE));
    track_width(track, line_col, TRACK_CELL_WIDTH);
    for (size_t i = 0; i < block->item_count; i++) {
        int32_t row = first + (int32_t)i;
        track_blank(track, row, line_col, LOOK_VALUE, NULL);
        track_spark(track, row, line_col,
                    (struct area){row, col, row, col + track->sitting_count - 1},
                    block->scale->from - 1, /* so that the lowest is seen, too */
                    block->scale->from + (double)block->scale->count - 1);
    }
}

/* "12/14", a sitting each */
static void complete_cells(struct track *track, const struct block *block, const struct grid *grid,
                           size_t group, int32_t first) {
    int32_t row = first + (int32_t)block->item_count, col = grid->cols[group];
    for (int32_t k = 0; k < track->sitting_count && !track->placing; k++) {
        int32_t sitting = track->sittings[k].index, count = 0;
        for (size_t i = 0; i < block->item_count && sitting >= 0; i++)
            count += !value_is_missing(
                track_value(track, block->slots[i * grid->asks + group % grid->asks],
                            (int32_t)(group / grid->asks), sitting, 0));
        struct buf area;
        buf_init(&area, track->arena);
        area_print(&area, (struct area){first, col + k, row - 1, col + k}, false);
        const char *formula = arena_printf(track->arena, "IF(COUNT(%s)=0,\"\",COUNT(%s)&\"/%zu\")",
                                           area.data, area.data, block->item_count);
        track_formula(
            track, row, col + k, LOOK_VALUE, NULL, formula,
            count ? value_text(arena_printf(track->arena, "%d/%zu", count, block->item_count))
                  : VALUE_NONE);
    }
}

/* What validation keeps out may still be pasted: it stands out, and does not count. */
static void paint_answers(struct track *track, const struct block *block, struct area area) {
    double low = block->scale->from, high = low + (double)block->scale->count - 1;
    struct buf cell, formula;
    buf_init(&cell, track->arena);
    buf_init(&formula, track->arena);
    cell_print(&cell, area.row, area.col, false);
    buf_printf(&formula, "AND(NOT(ISBLANK(%s)),NOT(AND(ISNUMBER(%s),%s>=%d,%s<=%d)))", cell.data,
               cell.data, cell.data, (int)low, cell.data, (int)high);
    track_paint_if(track, area, PAINT_ALARM, formula.data);
    track_paint(track, area, PAINT_SCALE, low, high);
}

static void raw_block(struct track *track, const struct block *block, const struct grid *grid) {
    int32_t first = track->row, last = first + (int32_t)block->item_count - 1;
    int32_t line_col = grid->line_col;
    for (size_t i = 0; i < block->item_count; i++)
        item_labels(track, grid, &block->items[i], first + (int32_t)i);
    track_text(track, last + 1, 0, LOOK_LABEL, track_word(track, WORD_TRACK_COMPLETE));
    for (size_t g = 0; g < track->course->respondents.count * grid->asks; g++) {
        int32_t col = grid->cols[g];
        if (col < 0)
            continue;
        line_cells(track, block, grid, g, first, line_col++);
        for (size_t i = 0; i < block->item_count; i++)
            raw_cells(track, block->slots[i * grid->asks + g % grid->asks],
                      (int32_t)(g / grid->asks), first + (int32_t)i, col);
        complete_cells(track, block, grid, g, first);
        struct area area = {first, col, last, col + track->sitting_count - 1};
        track_slot_rule(track, area, block->slots[g % grid->asks],
                        track->course->respondents.at[g / grid->asks].label);
        paint_answers(track, block, area);
    }
    track->row = last + 3;
}

/* IF(AND(ISNUMBER(raw),raw>=low,raw<=high),raw,""), of a reversed item low+high-raw */
static void scored_cell(struct track *track, const struct slot *slot, struct value answer,
                        int32_t raw_row, int32_t row, int32_t col) {
    int32_t low = slot->scale->from, high = low + (int32_t)slot->scale->count - 1;
    struct buf raw, formula;
    buf_init(&raw, track->arena);
    buf_init(&formula, track->arena);
    cell_print(&raw, raw_row, col, false);
    buf_printf(&formula, "IF(AND(ISNUMBER(%s),%s>=%d,%s<=%d),", raw.data, raw.data, low, raw.data,
               high);
    if (slot->item->reverse)
        buf_printf(&formula, "%d-", low + high);
    buf_printf(&formula, "%s,\"\")", raw.data);
    track_formula(track, row, col, LOOK_VALUE, NULL, formula.data, score_item(slot, answer));
}

static void scored_block(struct track *track, const struct block *block, const struct grid *grid,
                         int32_t raw_row) {
    track_sitting_heads(track, block, grid->cols, false);
    label_heads(track, grid, track_word(track, WORD_TRACK_SCORED));
    int32_t first = track->row;
    for (size_t i = 0; i < block->item_count; i++)
        item_labels(track, grid, &block->items[i], first + (int32_t)i);
    for (size_t g = 0; g < track->course->respondents.count * grid->asks && !track->placing; g++)
        for (size_t i = 0; i < block->item_count && grid->cols[g] >= 0; i++) {
            const struct slot *slot = block->slots[i * grid->asks + g % grid->asks];
            for (int32_t k = 0; k < track->sitting_count; k++) {
                int32_t sitting = track->sittings[k].index;
                struct value answer =
                    sitting < 0 ? VALUE_NONE
                                : track_value(track, slot, (int32_t)(g / grid->asks), sitting, 0);
                scored_cell(track, slot, answer, raw_row + (int32_t)i, first + (int32_t)i,
                            grid->cols[g] + k);
            }
        }
    if (track->placing)
        track->places.ratings[block->index] =
            (struct rating_place){track->sheet->index,
                                  first,
                                  first + (int32_t)block->item_count - 1,
                                  grid->dimension_col,
                                  grid->weight_col,
                                  grid->cols};
    track->row = first + (int32_t)block->item_count + 1;
}

static bool score_pools(const struct score *score, const struct block *rating) {
    for (size_t p = 0; p < score->part_count; p++)
        if (score->parts[p].rating == rating)
            return true;
    return false;
}

/* The columns of a score under this rating: those of the ask that it pools, or of the first. */
static const int32_t *score_cols(struct track *track, const struct score *score,
                                 const struct block *rating, const struct grid *grid) {
    size_t respondents = track->course->respondents.count, ask = 0;
    for (size_t p = 0; p < score->part_count; p++)
        for (size_t a = 0; a < rating->ask_count; a++)
            if (score->parts[p].rating == rating && score->parts[p].ask &&
                strcmp(score->parts[p].ask, rating->asks[a].id) == 0)
                ask = a;
    int32_t *cols = ARENA_ARRAY(track->arena, int32_t, respondents);
    for (size_t r = 0; r < respondents; r++)
        cols[r] =
            score_has_respondent(track, score, (int32_t)r) ? grid->cols[r * grid->asks + ask] : -1;
    return cols;
}

/* Gaps of the rating that stand between the prose, and so on no sheet of their own. */
static void gaps(struct track *track, const struct block *rating) {
    for (size_t i = 0; i < track->course->blocks.count && track->own == rating; i++) {
        const struct block *block = track->course->blocks.at[i];
        if (block->type->sheet == sheet_gap && block->rating == rating)
            track_block(track, block);
    }
}

static void freeze(struct track *track, const struct block *block, const struct grid *grid,
                   int32_t heads) {
    if (track->own != block || track->placing)
        return;
    track->sheet->freeze_row = track->row;
    track->sheet->freeze_col = grid->first_col;
    track->sheet->repeat_first_row = track->row - heads;
    track->sheet->repeat_last_row = track->row - 1;
    track->sheet->landscape = true;
}

void sheet_rating(struct track *track, const struct block *block) {
    if (!track_begin(track, block) || !block->scale || !block->item_count)
        return;
    struct grid grid = plan_grid(track, block);
    track_heading(track, block, LOOK_HEADING);
    legend(track, block);
    track_sitting_heads(track, block, grid.cols, true);
    label_heads(track, &grid, track_word(track, WORD_TRACK_RAW));
    freeze(track, block, &grid, 3);
    int32_t raw_row = track->row;
    raw_block(track, block, &grid);
    bool scored = false;
    for (size_t i = 0; i < track->course->scores.count; i++)
        scored = scored || score_pools(&track->course->scores.at[i], block);
    if (scored)
        scored_block(track, block, &grid, raw_row);
    for (size_t i = 0; i < track->course->scores.count; i++) {
        const struct score *score = &track->course->scores.at[i];
        if (score_pools(score, block))
            sheet_score_rows(track, score, score_cols(track, score, block, &grid),
                             score->parts[0].rating == block);
    }
    gaps(track, block);
}
