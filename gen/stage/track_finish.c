/* Widths and heights: spreadsheets fit rows to wrapped text themselves, but not over merged cells. */
#include "stage/track_internal.h"

#include "base/utf8.h"

enum { LINE_POINTS = 15, ROW_POINTS_MOST = 400, TITLE_POINTS = 27, HEADING_POINTS = 21 };

static double width_of(const struct sheet *sheet, int32_t col) {
    for (size_t i = 0; i < sheet->widths.count; i++)
        if (sheet->widths.at[i].col == col)
            return sheet->widths.at[i].chars;
    return TRACK_CELL_WIDTH;
}

static int32_t text_lines(const char *text, double width) {
    int32_t lines = 0;
    for (const char *line = text;; line++) {
        size_t length = strcspn(line, "\n");
        lines += 1 + (int32_t)((double)utf8_count(line, length) / (width * 0.95));
        line += length;
        if (!*line)
            return lines;
    }
}

static void raise_row(struct workbook *book, struct sheet *sheet, int32_t row, double points) {
    points = points > ROW_POINTS_MOST ? ROW_POINTS_MOST : points;
    for (size_t i = 0; i < sheet->heights.count; i++)
        if (sheet->heights.at[i].row == row) {
            if (sheet->heights.at[i].points < points)
                sheet->heights.at[i].points = points;
            return;
        }
    VEC_PUSH(book->arena, &sheet->heights, ((struct row_height){row, points}));
}

static const struct area *merge_at(const struct sheet *sheet, const struct cell *cell) {
    for (size_t i = 0; i < sheet->merges.count; i++)
        if (sheet->merges.at[i].row == cell->row && sheet->merges.at[i].col == cell->col)
            return &sheet->merges.at[i];
    return NULL;
}

static void fit_cell(struct workbook *book, struct sheet *sheet, const struct cell *cell) {
    if (cell->look == LOOK_TITLE)
        raise_row(book, sheet, cell->row, TITLE_POINTS);
    if (cell->look == LOOK_HEADING)
        raise_row(book, sheet, cell->row, HEADING_POINTS);
    bool wraps = cell->look == LOOK_LEAD || cell->look == LOOK_NOTE || cell->look == LOOK_TEXT ||
                 cell->look == LOOK_INPUT;
    const struct area *merge = cell->kind == CELL_TEXT && wraps ? merge_at(sheet, cell) : NULL;
    if (!merge)
        return;
    double width = 0;
    for (int32_t col = merge->col; col <= merge->last_col; col++)
        width += width_of(sheet, col);
    raise_row(book, sheet, cell->row, (double)LINE_POINTS * text_lines(cell->text, width) + 2);
}

static void finish_sheet(struct workbook *book, struct sheet *sheet) {
    bool labels = true;
    for (size_t i = 0; i < sheet->widths.count; i++)
        labels = labels && sheet->widths.at[i].col != 0;
    if (labels)
        VEC_PUSH(book->arena, &sheet->widths, ((struct span_width){0, TRACK_LABEL_WIDTH}));
    for (int32_t col = 1; col < TRACK_WIDE_COLS && sheet->index != 0; col++) {
        bool known = false;
        for (size_t i = 0; i < sheet->widths.count; i++)
            known = known || sheet->widths.at[i].col == col;
        if (!known)
            VEC_PUSH(book->arena, &sheet->widths, ((struct span_width){col, TRACK_CELL_WIDTH}));
    }
    for (size_t i = 0; i < sheet->cells.count; i++)
        fit_cell(book, sheet, &sheet->cells.at[i]);
}

void track_finish(struct workbook *book) {
    for (size_t i = 0; i < book->sheets.count; i++)
        if (!book->sheets.at[i]->hidden)
            finish_sheet(book, book->sheets.at[i]);
}
