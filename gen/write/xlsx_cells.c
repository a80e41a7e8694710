/* The cells of a sheet, as the part's <sheetData> (ECMA-376 part 1, 18.3.1.80). The library could
 * write them, but not all that they hold (a formula's value that is a yes, a no or an error), and it
 * takes most of a workbook's time for it: so it writes the rest of the part, and this is put into it
 * (xlsx_patch.c). Strings and formats are the library's. */
#include "write/xlsx_internal.h"

#include <math.h>
#include <stdio.h>

/* A cell, or one that a merged area covers. */
struct placed {
    const struct cell *cell;
    int32_t col, next; /* the next one of the row in order of writing, -1 at its end */
    bool covered;      /* looks as `cell` does, and holds nothing */
};

struct rows {
    struct placed *at;
    size_t count;
    int32_t *first, *last; /* by row, -1 where there is none */
    int32_t row_count;
    double *heights; /* 0: as usual */
};

/* --- by row */

static int32_t count_rows(const struct sheet *sheet) {
    int32_t count = 0;
    for (size_t i = 0; i < sheet->cells.count; i++)
        if (sheet->cells.at[i].row >= count)
            count = sheet->cells.at[i].row + 1;
    for (size_t i = 0; i < sheet->heights.count; i++)
        if (sheet->heights.at[i].row >= count)
            count = sheet->heights.at[i].row + 1;
    for (size_t i = 0; i < sheet->merges.count; i++)
        if (sheet->merges.at[i].last_row >= count)
            count = sheet->merges.at[i].last_row + 1;
    return count;
}

static void place(struct rows *rows, int32_t row, int32_t col, const struct cell *cell,
                  bool covered) {
    int32_t index = (int32_t)rows->count++;
    rows->at[index] = (struct placed){cell, col, -1, covered};
    if (rows->last[row] >= 0)
        rows->at[rows->last[row]].next = index;
    else
        rows->first[row] = index;
    rows->last[row] = index;
}

/* The cell that heads a merged area: the last one written there. */
static const struct cell *head_of(const struct rows *rows, const struct area *area) {
    const struct cell *head = NULL;
    for (int32_t i = rows->first[area->row]; i >= 0; i = rows->at[i].next)
        if (rows->at[i].col == area->col && !rows->at[i].covered)
            head = rows->at[i].cell;
    return head;
}

static struct rows sort_rows(const struct xlsx *xlsx, const struct sheet *sheet) {
    struct rows rows = {.row_count = count_rows(sheet)};
    size_t room = sheet->cells.count;
    for (size_t i = 0; i < sheet->merges.count; i++) {
        const struct area *area = &sheet->merges.at[i];
        room += (size_t)(area->last_row - area->row + 1) * (size_t)(area->last_col - area->col + 1);
    }
    rows.at = ARENA_ARRAY(xlsx->job, struct placed, room + 1);
    rows.first = ARENA_ARRAY(xlsx->job, int32_t, rows.row_count + 1);
    rows.last = ARENA_ARRAY(xlsx->job, int32_t, rows.row_count + 1);
    rows.heights = ARENA_ARRAY(xlsx->job, double, rows.row_count + 1);
    for (int32_t row = 0; row < rows.row_count; row++)
        rows.first[row] = rows.last[row] = -1;
    for (size_t i = 0; i < sheet->heights.count; i++)
        rows.heights[sheet->heights.at[i].row] = sheet->heights.at[i].points;
    for (size_t i = 0; i < sheet->cells.count; i++)
        place(&rows, sheet->cells.at[i].row, sheet->cells.at[i].col, &sheet->cells.at[i], false);
    for (size_t i = 0; i < sheet->merges.count; i++) {
        const struct area *area = &sheet->merges.at[i];
        const struct cell *head = head_of(&rows, area);
        for (int32_t row = area->row; head && row <= area->last_row; row++)
            for (int32_t col = area->col; col <= area->last_col; col++)
                if (row != area->row || col != area->col)
                    place(&rows, row, col, head, true);
    }
    return rows;
}

/* A row's cells by column into `line`, of equal ones the last; how many. Rows are mostly in order
 * already, so that this is mostly one comparison a cell. */
static size_t sort_line(const struct rows *rows, int32_t row, const struct placed **line) {
    size_t count = 0;
    for (int32_t i = rows->first[row]; i >= 0; i = rows->at[i].next) {
        const struct placed *placed = &rows->at[i];
        size_t at = count;
        while (at > 0 && line[at - 1]->col > placed->col)
            at--;
        if (at > 0 && line[at - 1]->col == placed->col) {
            line[at - 1] = placed;
            continue;
        }
        memmove(line + at + 1, line + at, (count - at) * sizeof *line);
        line[at] = placed;
        count++;
    }
    return count;
}

/* --- as XML */

static void put_escaped(struct buf *out, const char *text) {
    for (const char *from = text;; text++) {
        const char *name = *text == '&'   ? "&amp;"
                           : *text == '<' ? "&lt;"
                           : *text == '>' ? "&gt;"
                                          : "";
        if (*text && !*name)
            continue;
        buf_put(out, from, (size_t)(text - from));
        if (!*text)
            return;
        buf_puts(out, name);
        from = text + 1;
    }
}

static void put_int(struct buf *out, uint32_t number) {
    char digits[12];
    int at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    buf_put(out, digits + at, sizeof digits - (size_t)at);
}

static void put_number(struct buf *out, double number) {
    bool whole = number >= 0 && number < 1e9 && number == (uint32_t)number;
    if (whole)
        put_int(out, (uint32_t)number);
    else
        formula_print_number(out, number);
}

static void put_open(struct buf *out, const char *column, int32_t row, int32_t format,
                     const char *type) {
    buf_puts(out, "<c r=\"");
    buf_puts(out, column);
    put_int(out, (uint32_t)row + 1);
    buf_puts(out, "\" s=\"");
    put_int(out, (uint32_t)format);
    buf_putc(out, '"');
    buf_puts(out, type);
}

static void put_string(struct xlsx *xlsx, const char *text, struct buf *out) {
    struct sst_element *element = lxw_get_sst_index(xlsx->file->sst, text, LXW_FALSE);
    if (!element) {
        xlsx_try(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    buf_puts(out, "><v>");
    put_int(out, element->index);
    buf_puts(out, "</v></c>");
}

static void put_formula(struct xlsx *xlsx, const struct cell *cell, struct buf *out) {
    buf_puts(out, "><f>");
    put_escaped(out, cell->formula);
    buf_puts(out, "</f><v>");
    if (cell->cached == CACHED_ERROR)
        buf_puts(out, "#N/A");
    else if (cell->cached == CACHED_TEXT)
        put_escaped(out, xlsx_text(xlsx->job, cell->text, SHEET_TEXT_UNITS));
    else if (cell->cached == CACHED_BOOL)
        buf_putc(out, cell->number != 0 ? '1' : '0');
    else if (isfinite(cell->number))
        put_number(out, cell->number);
    buf_puts(out, "</v></c>");
}

static const char *formula_type(const struct cell *cell) {
    switch (cell->cached) {
    case CACHED_ERROR:
        return " t=\"e\"";
    case CACHED_BOOL:
        return " t=\"b\"";
    case CACHED_NUMBER:
        return isfinite(cell->number) ? "" : " t=\"str\"";
    default:
        return " t=\"str\"";
    }
}

static void put_cell(struct xlsx *xlsx, const struct placed *placed, const char *column,
                     int32_t row, struct buf *out) {
    const struct cell *cell = placed->cell;
    int32_t format = xlsx_look_index(xlsx, cell->look, cell->format);
    enum cell_kind kind = placed->covered ? CELL_BLANK : cell->kind;
    const char *text = kind == CELL_TEXT   ? xlsx_text(xlsx->job, cell->text, SHEET_TEXT_UNITS)
                       : kind == CELL_LINK ? xlsx_text(xlsx->job, cell->text, 255)
                                           : "";
    if (*text) {
        put_open(out, column, row, format, " t=\"s\"");
        put_string(xlsx, text, out);
    } else if (kind == CELL_NUMBER && isfinite(cell->number)) {
        put_open(out, column, row, format, "");
        buf_puts(out, "><v>");
        put_number(out, cell->number);
        buf_puts(out, "</v></c>");
    } else if (kind == CELL_BOOL) {
        put_open(out, column, row, format, " t=\"b\"");
        buf_puts(out, cell->number != 0 ? "><v>1</v></c>" : "><v>0</v></c>");
    } else if (kind == CELL_FORMULA) {
        put_open(out, column, row, format, formula_type(cell));
        put_formula(xlsx, cell, out);
    } else {
        put_open(out, column, row, format, "/>");
    }
}

/* "A", "B", … of as many columns as there are. */
static const char *const *column_names(const struct xlsx *xlsx, int32_t count) {
    const char **names = ARENA_ARRAY(xlsx->job, const char *, count + 1);
    for (int32_t col = 0; col < count; col++) {
        struct buf name;
        buf_init(&name, xlsx->job);
        cell_print(&name, 0, col, false);
        name.data[strcspn(name.data, "0123456789")] = 0;
        names[col] = name.data;
    }
    return names;
}

static void put_row(struct xlsx *xlsx, const struct rows *rows, int32_t row,
                    const struct placed **line, const char *const *columns, struct buf *out) {
    size_t count = sort_line(rows, row, line);
    if (!count && rows->heights[row] <= 0)
        return;
    buf_puts(out, "<row r=\"");
    put_int(out, (uint32_t)row + 1);
    if (rows->heights[row] > 0) {
        buf_puts(out, "\" ht=\"");
        put_number(out, rows->heights[row]);
        buf_puts(out, "\" customHeight=\"1");
    }
    buf_puts(out, "\">");
    for (size_t i = 0; i < count; i++)
        put_cell(xlsx, line[i], columns[line[i]->col], row, out);
    buf_puts(out, "</row>");
}

struct area xlsx_put_cells(struct xlsx *xlsx, const struct sheet *sheet, struct buf *out) {
    struct rows rows = sort_rows(xlsx, sheet);
    struct area used = {0, 0, 0, 0};
    for (size_t i = 0; i < rows.count; i++)
        used.last_col = rows.at[i].col > used.last_col ? rows.at[i].col : used.last_col;
    used.last_row = rows.row_count ? rows.row_count - 1 : 0;
    const char *const *columns = column_names(xlsx, used.last_col + 1);
    const struct placed **line = ARENA_ARRAY(xlsx->job, const struct placed *, used.last_col + 2);
    buf_puts(out, "<sheetData>");
    for (int32_t row = 0; row < rows.row_count; row++)
        put_row(xlsx, &rows, row, line, columns, out);
    buf_puts(out, "</sheetData>");
    return used;
}
