/* What the files of the XLSX writer share. Only they include xlsxwriter.h. */
#ifndef TANDEM_WRITE_XLSX_INTERNAL_H
#define TANDEM_WRITE_XLSX_INTERNAL_H

#include "write/xlsx.h"

#include <xlsxwriter.h>

enum { XLSX_FORMATS = 512 };

struct xlsx {
    struct arena *job;
    const struct workbook *book;
    lxw_workbook *file;
    uint32_t colours[COLOUR_COUNT];
    const char *font_text, *font_display;
    struct xlsx_format {
        enum cell_look look;
        const char *number;
        int32_t index;       /* in the file's list of formats */
    } formats[XLSX_FORMATS]; /* those in use so far */
    size_t format_count;
    lxw_format *marked, *alarmed; /* of a condition that holds */
    struct buf *cells;            /* by sheet: its <sheetData> */
    lxw_error error;              /* the first one */
};

/* Text that any cell, title or property may hold: valid, without what XML cannot carry, "_x0041_"
 * escaped, at most `units` UTF-16 units. Borrowed if it is so already. */
char *xlsx_text(struct arena *arena, const char *text, int32_t units);
/* The same for a chart's or a name's text, which a spreadsheet takes for a formula if it opens with
 * "=": a space goes before it then. */
char *xlsx_label(struct arena *arena, const char *text, int32_t units);
/* For headers and footers: '&' doubled. */
char *xlsx_running(struct arena *arena, const char *text, int32_t units);

/* The palette and fonts, from the theme where there is one. */
void xlsx_look_start(struct xlsx *xlsx);
/* Where the format of a look with a number format (NULL: general) stands in the file. */
int32_t xlsx_look_index(struct xlsx *xlsx, enum cell_look look, const char *number);

void xlsx_write_sheet(struct xlsx *xlsx, const struct sheet *sheet, lxw_worksheet *page);
void xlsx_write_rules(struct xlsx *xlsx, const struct sheet *sheet, lxw_worksheet *page);
/* The template's logo, where the sheet has a place for it (xlsx_logo.c). */
void xlsx_write_logo(struct xlsx *xlsx, const struct sheet *sheet, lxw_worksheet *page);
void xlsx_write_chart(struct xlsx *xlsx, const struct sheet_chart *chart, lxw_worksheet *page);

/* The extension that draws a sheet's lines in cells. */
void xlsx_put_sparks(const struct xlsx *xlsx, const struct sheet *sheet, struct buf *out);

/* Appends a sheet's cells as <sheetData>, and returns the area that they fill. */
struct area xlsx_put_cells(struct xlsx *xlsx, const struct sheet *sheet, struct buf *out);

/* Appends the archive with its cells written and its lines drawn. False if it is not an archive of the library's. */
bool xlsx_patch(const struct xlsx *xlsx, const char *bytes, size_t size, struct buf *out);

/* Keeps the first error. */
static inline void xlsx_try(struct xlsx *xlsx, lxw_error error) {
    if (error && !xlsx->error)
        xlsx->error = error;
}

#endif
