/* One sheet: tables, merged areas and links, of which the library writes cells too, and ours win; then
 * cells, rules, charts, and how the sheet is shown and printed. */
#include "write/xlsx_internal.h"

/* More XML than that a cell takes is rare. */
enum { MANY_CELLS = 10000, CELL_BYTES = 48 };

static lxw_row_t row_of(int32_t row) { return (lxw_row_t)row; }
static lxw_col_t col_of(int32_t col) { return (lxw_col_t)col; }

static void write_table(struct xlsx *xlsx, const struct sheet_table *table, lxw_worksheet *page) {
    static const uint8_t functions[] = {[TABLE_TOTAL_NONE] = LXW_TABLE_FUNCTION_NONE,
                                        [TABLE_TOTAL_SUM] = LXW_TABLE_FUNCTION_SUM,
                                        [TABLE_TOTAL_COUNT] = LXW_TABLE_FUNCTION_COUNT};
    struct area area = table->area;
    size_t count = (size_t)(area.last_col - area.col) + 1;
    lxw_table_column *columns = ARENA_ARRAY(xlsx->job, lxw_table_column, count);
    lxw_table_column **list = ARENA_ARRAY(xlsx->job, lxw_table_column *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct sheet_column *column = &table->columns[i];
        columns[i].header = xlsx_text(xlsx->job, column->header, 255);
        columns[i].total_function = functions[column->total];
        if (column->total_label)
            columns[i].total_string = xlsx_text(xlsx->job, column->total_label, 255);
        /* '@' in a column's formula is rewritten by the library, wherever it stands. */
        if (column->formula && !strchr(column->formula, '@'))
            columns[i].formula = arena_printf(xlsx->job, "=%s", column->formula);
        list[i] = &columns[i];
    }
    lxw_table_options options = {.name = arena_strdup(xlsx->job, table->name),
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .total_row = table->totals,
                                 .columns = list};
    xlsx_try(xlsx, worksheet_add_table(page, row_of(area.row), col_of(area.col),
                                       row_of(area.last_row), col_of(area.last_col), &options));
}

static void write_link(struct xlsx *xlsx, const struct cell *cell, lxw_worksheet *page) {
    struct buf url;
    buf_init(&url, xlsx->job);
    buf_puts(&url, "internal:");
    area_print_full(&url, xlsx->book->sheets.at[cell->target], (struct area){0, 0, 0, 0});
    xlsx_try(xlsx, worksheet_write_url_opt(page, row_of(cell->row), col_of(cell->col), url.data,
                                           NULL, xlsx_text(xlsx->job, cell->text, 255), NULL));
}

/* A merged area looks as its first cell does (xlsx_cells.c); the library notes where it is. */
static void write_merge(struct xlsx *xlsx, struct area area, lxw_worksheet *page) {
    xlsx_try(xlsx, worksheet_merge_range(page, row_of(area.row), col_of(area.col),
                                         row_of(area.last_row), col_of(area.last_col), "", NULL));
}

static void write_print(struct xlsx *xlsx, const struct sheet *sheet, lxw_worksheet *page) {
    const struct workbook *book = xlsx->book;
    worksheet_set_paper(page, book->letter ? 1 : 9);
    if (sheet->landscape)
        worksheet_set_landscape(page);
    worksheet_fit_to_pages(page, (uint16_t)sheet->pages_across, sheet->one_page);
    if (sheet->pages_across > 1)
        xlsx_try(xlsx, worksheet_repeat_columns(page, 0, 0));
    worksheet_set_margins(page, 0.5, 0.5, 0.8, 0.7);
    if (sheet->repeat_first_row >= 0)
        xlsx_try(xlsx, worksheet_repeat_rows(page, row_of(sheet->repeat_first_row),
                                             row_of(sheet->repeat_last_row)));
    xlsx_try(xlsx, worksheet_set_header(
                       page, arena_printf(xlsx->job, "&L%s&R%s",
                                          xlsx_running(xlsx->job, book->header_left, 80),
                                          xlsx_running(xlsx->job, book->header_right, 80))));
    struct buf footer;
    buf_init(&footer, xlsx->job);
    buf_printf(&footer, "&L%s&R", xlsx_running(xlsx->job, sheet->name, SHEET_NAME_UNITS));
    for (const char *at = xlsx_running(xlsx->job, book->page_words, 40); *at; at++) {
        bool slot = at[0] == '{' && (at[1] == '0' || at[1] == '1') && at[2] == '}';
        if (slot)
            buf_puts(&footer, at[1] == '0' ? "&P" : "&N");
        else
            buf_putc(&footer, *at);
        at += slot ? 2 : 0;
    }
    xlsx_try(xlsx, worksheet_set_footer(page, footer.data));
}

static void write_view(const struct sheet *sheet, lxw_worksheet *page) {
    worksheet_gridlines(page, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_zoom(page, (uint16_t)sheet->zoom);
    if (sheet->freeze_row || sheet->freeze_col)
        worksheet_freeze_panes(page, row_of(sheet->freeze_row), col_of(sheet->freeze_col));
    if (sheet->tab_colour <= 0xFFFFFF)
        worksheet_set_tab_color(page, sheet->tab_colour ? sheet->tab_colour : LXW_COLOR_BLACK);
    if (sheet->hidden)
        worksheet_hide(page);
    if (sheet->is_protected) {
        lxw_protection options = {
            .format_columns = 1, .format_rows = 1, .sort = 1, .autofilter = 1};
        worksheet_protect(page, NULL, &options);
    }
}

void xlsx_write_sheet(struct xlsx *xlsx, const struct sheet *sheet, lxw_worksheet *page) {
    for (size_t i = 0; i < sheet->widths.count; i++) {
        const struct span_width *width = &sheet->widths.at[i];
        xlsx_try(xlsx, worksheet_set_column(page, col_of(width->col), col_of(width->col),
                                            width->chars, NULL));
    }
    for (size_t i = 0; i < sheet->heights.count; i++)
        xlsx_try(xlsx, worksheet_set_row(page, row_of(sheet->heights.at[i].row),
                                         sheet->heights.at[i].points, NULL));
    for (size_t i = 0; i < sheet->tables.count; i++)
        write_table(xlsx, &sheet->tables.at[i], page);
    for (size_t i = 0; i < sheet->merges.count; i++)
        write_merge(xlsx, sheet->merges.at[i], page);
    for (size_t i = 0; i < sheet->cells.count; i++)
        if (sheet->cells.at[i].kind == CELL_LINK)
            write_link(xlsx, &sheet->cells.at[i], page);
    struct buf *cells = &xlsx->cells[sheet->index];
    buf_init(cells, xlsx->job);
    if (sheet->cells.count > MANY_CELLS) /* growing would leave copies behind */
        buf_reserve(cells, sheet->cells.count * CELL_BYTES);
    struct area used = xlsx_put_cells(xlsx, sheet, cells);
    page->dim_rowmin = page->dim_colmin = 0; /* the library has seen the fewest of them */
    page->dim_rowmax = row_of(used.last_row);
    page->dim_colmax = col_of(used.last_col);
    xlsx_write_rules(xlsx, sheet, page);
    for (size_t i = 0; i < sheet->charts.count; i++)
        xlsx_write_chart(xlsx, &sheet->charts.at[i], page);
    xlsx_write_logo(xlsx, sheet, page);
    write_print(xlsx, sheet, page);
    write_view(sheet, page);
}
