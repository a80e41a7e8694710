/* The gap's table: two views of each item, the widest difference first. What is sorted stands on
 * the hidden sheet, with keys that tell equal gaps apart by the rating's order; LARGE, MATCH and
 * INDEX sort it, which every spreadsheet knows. */
#include "block/sheet_parts.h"

#include <stdlib.h>

/* A gap is also seen as marks, a point each: icons would be relative to the table. */
#define GAP_MARK "\xE2\x96\xA0"

enum { WORK_LABEL, WORK_FIRST, WORK_SECOND, WORK_GAP, WORK_KEY };

struct gap_row {
    const struct item *item;
    double value[2], gap, key;
    bool known;
};

static struct area work_area(int32_t first, size_t count, int32_t col) {
    return (struct area){first, col, first + (int32_t)count - 1, col};
}

static char *print_area(const struct track *track, int32_t sheet, struct area area) {
    struct buf out;
    buf_init(&out, track->arena);
    track_print_area(track, &out, sheet, area);
    return out.data;
}

static struct gap_row gap_row(struct track *track, const struct block *block,
                              const struct gap_sides *sides, size_t item) {
    struct gap_row row = {.item = &block->rating->items[item], .known = true};
    for (size_t s = 0; s < 2; s++) {
        struct value value =
            latest_cached(track, gap_slot(block, sides, item, s), sides->respondent[s]);
        row.known = row.known && value.kind == VALUE_NUMBER;
        row.value[s] = value.number;
    }
    row.gap = gap_between(sides, row.value);
    row.key = row.gap - (double)(item + 1) / 1000000;
    return row;
}

/* An item's line on the hidden sheet. */
static void work_row(struct track *track, const struct block *block, const struct gap_sides *sides,
                     size_t item, const struct gap_row *row, int32_t at) {
    track_text(track, at, WORK_LABEL, LOOK_TEXT, row->item->label);
    for (size_t s = 0; s < 2; s++) {
        const struct slot *slot = gap_slot(block, sides, item, s);
        struct value value = latest_cached(track, slot, sides->respondent[s]);
        char *formula = latest_formula(track, slot, sides->respondent[s]);
        if (formula)
            track_formula(track, at, WORK_FIRST + (int32_t)s, LOOK_TEXT, NULL, formula, value);
        else
            track_static(track, at, WORK_FIRST + (int32_t)s, LOOK_TEXT, NULL, value);
    }
    const char *first = print_area(track, track->work->index, area_cell(at, WORK_FIRST));
    const char *second = print_area(track, track->work->index, area_cell(at, WORK_SECOND));
    const char *gap = print_area(track, track->work->index, area_cell(at, WORK_GAP));
    track_formula(track, at, WORK_GAP, LOOK_TEXT, NULL,
                  arena_printf(track->arena,
                               sides->is_signed ? "IF(COUNT(%s,%s)=2,%s-%s,\"\")"
                                                : "IF(COUNT(%s,%s)=2,ABS(%s-%s),\"\")",
                               first, second, first, second),
                  row->known ? value_number(row->gap) : VALUE_NONE);
    track_formula(track, at, WORK_KEY, LOOK_TEXT, NULL,
                  arena_printf(track->arena, "IF(%s=\"\",\"\",%s-%zu/1000000)", gap, gap, item + 1),
                  row->known ? value_number(row->key) : VALUE_NONE);
}

static int by_key(const void *left, const void *right) {
    const struct gap_row *a = left, *b = right;
    if (a->known != b->known)
        return a->known ? -1 : 1;
    return a->key > b->key ? -1 : a->key < b->key;
}

/* The k-th widest of a column of the hidden sheet, k from 1. */
static char *sorted_formula(const struct track *track, int32_t first, size_t count, int32_t col,
                            size_t k) {
    int32_t sheet = track->work->index;
    const char *keys = print_area(track, sheet, work_area(first, count, WORK_KEY));
    const char *cells = print_area(track, sheet, work_area(first, count, col));
    return arena_printf(track->arena, "IF(COUNT(%s)<%zu,\"\",INDEX(%s,MATCH(LARGE(%s,%zu),%s,0)))",
                        keys, k, cells, keys, k, keys);
}

/* The two views on the hidden sheet, once for all tables that sort them. */
static int32_t work_rows(struct track *track, const struct block *block,
                         const struct gap_sides *sides, const struct gap_row *rows) {
    for (size_t i = 0; i < track->gaps.count; i++) {
        const struct track_gap *known = &track->gaps.at[i];
        if (known->rating == block->rating &&
            memcmp(known->ask, sides->ask, sizeof known->ask) == 0 &&
            memcmp(known->respondent, sides->respondent, sizeof known->respondent) == 0)
            return known->first;
    }
    size_t count = block->rating->item_count;
    struct track_gap gap = {.rating = block->rating,
                            .ask = {sides->ask[0], sides->ask[1]},
                            .respondent = {sides->respondent[0], sides->respondent[1]},
                            .first = track_work_row(track, (int32_t)count)};
    struct sheet *sheet = track->sheet;
    track->sheet = track->work;
    for (size_t i = 0; i < count; i++)
        work_row(track, block, sides, i, &rows[i], gap.first + (int32_t)i);
    track->sheet = sheet;
    VEC_PUSH(track->arena, &track->gaps, gap);
    return gap.first;
}

static void sorted_row(struct track *track, const struct gap_row *row, int32_t first, size_t count,
                       size_t k, int32_t col) {
    int32_t at = track->row + (int32_t)k - 1;
    track_formula(track, at, 0, LOOK_LABEL, NULL,
                  sorted_formula(track, first, count, WORK_LABEL, k),
                  row->known ? value_text(row->item->label) : VALUE_NONE);
    for (size_t s = 0; s < 2; s++)
        track_formula(track, at, col + (int32_t)s, LOOK_VALUE, NULL,
                      sorted_formula(track, first, count, WORK_FIRST + (int32_t)s, k),
                      row->known ? value_number(row->value[s]) : VALUE_NONE);
    track_formula(track, at, col + 2, LOOK_RESULT, NULL,
                  sorted_formula(track, first, count, WORK_GAP, k),
                  row->known ? value_number(row->gap) : VALUE_NONE);
    struct buf cell, marks;
    buf_init(&cell, track->arena);
    buf_init(&marks, track->arena);
    cell_print(&cell, at, col + 2, false);
    for (double point = 1; row->known && point <= row->gap; point++)
        buf_puts(&marks, GAP_MARK);
    track_formula(track, at, col + 3, LOOK_MARKS, NULL,
                  arena_printf(track->arena, "IF(%s=\"\",\"\",REPT(\"" GAP_MARK "\",MAX(0,%s)))",
                               cell.data, cell.data),
                  row->known ? value_text(marks.data) : VALUE_NONE);
}

static void paint_gaps(struct track *track, const struct block *block, size_t count, int32_t col) {
    const struct scale *scale = block->rating->scale;
    int32_t last = track->row + (int32_t)count - 1;
    track_paint(track, (struct area){track->row, col, last, col + 1}, PAINT_SCALE, scale->from,
                scale->from + (double)scale->count - 1);
}

void sheet_gap_table(struct track *track, const struct block *block, const struct gap_sides *sides,
                     const char *title, int32_t col) {
    size_t count = block->rating->item_count;
    size_t shown = block->top > 0 && (size_t)block->top < count ? (size_t)block->top : count;
    track_text(track, track->row, 0, LOOK_HEAD_LEFT, title);
    track_text(track, track->row, col, LOOK_HEAD, sides->label[0]);
    track_text(track, track->row, col + 1, LOOK_HEAD, sides->label[1]);
    track_text(track, track->row, col + 2, LOOK_HEAD, track_word(track, WORD_GAP));
    track_text(track, track->row, col + 3, LOOK_HEAD, "");
    for (int32_t row = track->row; row <= track->row + (int32_t)shown; row++)
        track_merge(track, (struct area){row, 0, row, col - 1});
    track->row++;
    if (!track->placing) {
        struct gap_row *rows = ARENA_ARRAY(track->arena, struct gap_row, count);
        for (size_t i = 0; i < count; i++)
            rows[i] = gap_row(track, block, sides, i);
        int32_t first = work_rows(track, block, sides, rows);
        qsort(rows, count, sizeof *rows, by_key);
        for (size_t k = 1; k <= shown; k++)
            sorted_row(track, &rows[k - 1], first, count, k, col);
    }
    paint_gaps(track, block, shown, col);
    track->row += (int32_t)shown + 1;
}

static void gap_table(struct track *track, const struct block *block,
                      const struct gap_sides *sides) {
    const char *title = track_word(track, WORD_GAP);
    if (block->top > 0)
        title = track_phrase(track, WORD_TRACK_WIDEST, arena_printf(track->arena, "%d", block->top),
                             NULL);
    sheet_gap_table(track, block, sides, title, 1);
}

void sheet_gap(struct track *track, const struct block *block) {
    const struct block *rating = block->rating;
    if (!rating || !rating->item_count || !rating->scale || !track_begin(track, block))
        return;
    track_space(track);
    track_text(track, track->row++, 0, LOOK_HEADING,
               block->title ? block->title : track_word(track, WORD_GAP));
    uint32_t who = track_respondents(track, rating);
    if (!block->between_asks[0]) {
        if (track->course->respondents.count < 2)
            return;
        struct gap_sides sides = gap_sides_of(track->course, block, RESPONDENT_NONE);
        gap_table(track, block, &sides);
        return;
    }
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++) {
        if (!(who >> r & 1))
            continue;
        struct gap_sides sides = gap_sides_of(track->course, block, r);
        track_text(track, track->row++, 0, LOOK_LEAD, track->course->respondents.at[r].label);
        gap_table(track, block, &sides);
    }
}
