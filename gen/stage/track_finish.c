/* Widths and heights. Spreadsheets fit rows to wrapped text themselves only where no cells are
 * merged, and not all do it on opening: so rows of more than one line get their height here. */
#include "stage/track_internal.h"

#include "base/utf8.h"

enum {
    LINE_POINTS = 15,
    NOTE_POINTS = 12,
    ROW_POINTS_MOST = 400,
    TITLE_POINTS = 27,
    HEADING_POINTS = 21,
    PAGE_CHARS = 250,
    SCREEN_CHARS = 180
};

struct finish {
    struct workbook *book;
    struct sheet *sheet;
    int32_t rows, cols;
    double *widths, *heights; /* a column each, a row each (0: as usual) */
    bool *merged;             /* a row each: some area begins there */
};

static void measure_sheet(struct finish *finish) {
    const struct sheet *sheet = finish->sheet;
    finish->cols = TRACK_WIDE_COLS;
    for (size_t i = 0; i < sheet->cells.count; i++) {
        const struct cell *cell = &sheet->cells.at[i];
        finish->rows = cell->row >= finish->rows ? cell->row + 1 : finish->rows;
        finish->cols = cell->col >= finish->cols ? cell->col + 1 : finish->cols;
    }
}

static void fill_widths(struct finish *finish) {
    const struct sheet *sheet = finish->sheet;
    finish->widths = ARENA_ARRAY(finish->book->arena, double, finish->cols);
    for (int32_t col = 0; col < finish->cols; col++)
        finish->widths[col] = col ? TRACK_CELL_WIDTH : TRACK_LABEL_WIDTH;
    for (size_t i = 0; i < sheet->widths.count; i++)
        if (sheet->widths.at[i].col < finish->cols)
            finish->widths[sheet->widths.at[i].col] = sheet->widths.at[i].chars;
}

static int32_t text_lines(const char *text, double width) {
    int32_t lines = 0;
    for (const char *line = text;; line++) {
        size_t length = strcspn(line, "\n");
        lines += 1 + (int32_t)((double)utf8_count(line, length) / (width * 1.05));
        line += length;
        if (!*line)
            return lines;
    }
}

static bool wraps(enum cell_look look) {
    return look == LOOK_LEAD || look == LOOK_NOTE || look == LOOK_TEXT || look == LOOK_LABEL ||
           look == LOOK_INPUT || look == LOOK_INPUT_LINE || look == LOOK_HEAD ||
           look == LOOK_HEAD_LEFT || look == LOOK_VALUE_LEFT || look == LOOK_BAND;
}

/* The width that a cell's text has: its column's, or that of the area it heads. */
static double cell_width(const struct finish *finish, const struct cell *cell) {
    const struct sheet *sheet = finish->sheet;
    double width = finish->widths[cell->col];
    if (!finish->merged[cell->row])
        return width;
    for (size_t i = 0; i < sheet->merges.count; i++) {
        const struct area *area = &sheet->merges.at[i];
        if (area->row == cell->row && area->col == cell->col)
            for (int32_t col = area->col + 1; col <= area->last_col; col++)
                width += finish->widths[col];
    }
    return width;
}

static void raise_row(struct finish *finish, int32_t row, double points) {
    points = points > ROW_POINTS_MOST ? ROW_POINTS_MOST : points;
    if (finish->heights[row] < points)
        finish->heights[row] = points;
}

static void fit_cell(struct finish *finish, const struct cell *cell) {
    if (cell->look == LOOK_TITLE)
        raise_row(finish, cell->row, TITLE_POINTS);
    if (cell->look == LOOK_HEADING)
        raise_row(finish, cell->row, HEADING_POINTS);
    bool text =
        cell->kind == CELL_TEXT || (cell->kind == CELL_FORMULA && cell->cached == CACHED_TEXT);
    if (!text || !wraps(cell->look))
        return;
    bool bold = cell->look == LOOK_HEAD || cell->look == LOOK_HEAD_LEFT || cell->look == LOOK_BAND;
    int32_t lines = text_lines(cell->text, cell_width(finish, cell) * (bold ? 0.9 : 1));
    if (lines > 1)
        raise_row(finish, cell->row,
                  lines * (cell->look == LOOK_NOTE ? NOTE_POINTS : LINE_POINTS) + 3);
}

static void fill_heights(struct finish *finish) {
    const struct sheet *sheet = finish->sheet;
    finish->heights = ARENA_ARRAY(finish->book->arena, double, finish->rows);
    finish->merged = ARENA_ARRAY(finish->book->arena, bool, finish->rows);
    for (size_t i = 0; i < sheet->merges.count; i++)
        if (sheet->merges.at[i].row < finish->rows)
            finish->merged[sheet->merges.at[i].row] = true;
    for (size_t i = 0; i < sheet->heights.count; i++)
        if (sheet->heights.at[i].row < finish->rows)
            raise_row(finish, sheet->heights.at[i].row, sheet->heights.at[i].points);
    for (size_t i = 0; i < sheet->cells.count; i++)
        fit_cell(finish, &sheet->cells.at[i]);
}

static double total_width(const struct finish *finish) {
    double chars = 0;
    for (int32_t col = 0; col < finish->cols; col++)
        chars += finish->widths[col];
    return chars;
}

/* What is little more than a page is made one: an agenda is no use on two. Points of A4 and Letter
 * between the margins, the smaller of each; tables grow, and are left as they are. */
static void fit_page(const struct finish *finish, double chars) {
    enum { SHORT_SIDE = 475, LONG_SIDE = 680, LEAST_SCALE = 50 };
    struct sheet *sheet = finish->sheet;
    double height = 0;
    for (int32_t row = 0; row < finish->rows; row++)
        height += finish->heights[row] > 0 ? finish->heights[row] : LINE_POINTS;
    double page = sheet->landscape ? SHORT_SIDE : LONG_SIDE;
    double scale =
        (sheet->landscape ? 1.0 : SHORT_SIDE / (double)LONG_SIDE) * PAGE_CHARS * 0.6 / chars;
    bool spills = height * (scale < 1 ? scale : 1) > page;
    if (spills && height * LEAST_SCALE / 100 < page && sheet->pages_across == 1 &&
        !sheet->tables.count && !sheet->charts.count)
        sheet->one_page = true;
}

static void finish_sheet(struct workbook *book, struct sheet *sheet) {
    struct finish finish = {.book = book, .sheet = sheet};
    measure_sheet(&finish);
    fill_widths(&finish);
    fill_heights(&finish);
    sheet->widths.count = sheet->heights.count = 0;
    for (int32_t col = 0; col < finish.cols; col++)
        VEC_PUSH(book->arena, &sheet->widths, ((struct span_width){col, finish.widths[col]}));
    for (int32_t row = 0; row < finish.rows; row++)
        if (finish.heights[row] > 0)
            VEC_PUSH(book->arena, &sheet->heights, ((struct row_height){row, finish.heights[row]}));
    /* A page takes about 150 characters as they are; shrunk to less than 60 % nobody reads them. */
    double width = total_width(&finish);
    if (sheet->landscape && !sheet->one_page)
        sheet->pages_across = 1 + (int32_t)(width / PAGE_CHARS);
    fit_page(&finish, width);
    sheet->zoom = width > SCREEN_CHARS ? 85 : 100;
}

void track_finish(struct workbook *book) {
    for (size_t i = 0; i < book->sheets.count; i++)
        if (!book->sheets.at[i]->hidden)
            finish_sheet(book, book->sheets.at[i]);
}
