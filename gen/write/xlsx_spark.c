/* Small columns in cells, which the library cannot write: an extension at the end of a sheet's part
 * ([MS-XLSX] 2.4.78 sparklineGroups). A program that does not know it leaves the cells empty. */
#include "write/xlsx_internal.h"

static void put_escaped(struct buf *out, const char *text) {
    for (; *text; text++) {
        if (*text == '&')
            buf_puts(out, "&amp;");
        else if (*text == '<')
            buf_puts(out, "&lt;");
        else if (*text == '>')
            buf_puts(out, "&gt;");
        else
            buf_putc(out, *text);
    }
}

static void put_group(const struct xlsx *xlsx, const struct sheet *sheet, size_t first, size_t end,
                      struct buf *out) {
    static const char *const inks[] = {"Series", "Negative", "Axis", "Markers",
                                       "First",  "Last",     "High", "Low"};
    const struct sheet_spark *head = &sheet->sparks.at[first];
    buf_puts(out, "<x14:sparklineGroup manualMax=\"");
    formula_print_number(out, head->high);
    buf_puts(out, "\" manualMin=\"");
    formula_print_number(out, head->low);
    buf_puts(out, "\" type=\"column\" displayEmptyCellsAs=\"gap\" minAxisType=\"custom\" "
                  "maxAxisType=\"custom\">");
    for (size_t i = 0; i < sizeof inks / sizeof *inks; i++)
        buf_printf(out, "<x14:color%s rgb=\"FF%06X\"/>", inks[i],
                   (unsigned)(xlsx->colours[COLOUR_SERIES_1] & 0xFFFFFF));
    buf_puts(out, "<x14:sparklines>");
    for (size_t i = first; i < end; i++) {
        const struct sheet_spark *spark = &sheet->sparks.at[i];
        struct buf area;
        buf_init(&area, xlsx->job);
        area_print_full(&area, sheet, spark->values);
        buf_puts(out, "<x14:sparkline><xm:f>");
        put_escaped(out, area.data);
        buf_puts(out, "</xm:f><xm:sqref>");
        cell_print(out, spark->row, spark->col, false);
        buf_puts(out, "</xm:sqref></x14:sparkline>");
    }
    buf_puts(out, "</x14:sparklines></x14:sparklineGroup>");
}

void xlsx_put_sparks(const struct xlsx *xlsx, const struct sheet *sheet, struct buf *out) {
    buf_puts(out, "<ext uri=\"{05C60535-1F16-4fd2-B633-F4F36F0B64E0}\" "
                  "xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\">"
                  "<x14:sparklineGroups "
                  "xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\">");
    for (size_t first = 0, end; first < sheet->sparks.count; first = end) {
        const struct sheet_spark *head = &sheet->sparks.at[first];
        for (end = first + 1; end < sheet->sparks.count; end++)
            if (sheet->sparks.at[end].low != head->low || sheet->sparks.at[end].high != head->high)
                break;
        put_group(xlsx, sheet, first, end, out);
    }
    buf_puts(out, "</x14:sparklineGroups></ext>");
}
