/* A workbook as plain data: what stage track makes and write/xlsx turns into a file.
 *
 * Rows and columns count from 0. Widths are in characters of the standard font, heights in points,
 * charts in pixels of 1/96 inch: the units a spreadsheet itself uses. Owner: the job arena.
 * Nothing here knows a file format; write/xlsx makes text and names safe once more. */
#ifndef TANDEM_MODEL_SHEET_H
#define TANDEM_MODEL_SHEET_H

#include "base/buf.h"
#include "base/date.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/theme.h"

enum { SHEET_ROWS = 1048576, SHEET_COLS = 16384, SHEET_NAME_UNITS = 31, SHEET_TEXT_UNITS = 32767 };

/* How a cell looks and whether it is open: the theme gives colours and fonts. */
enum cell_look {
    LOOK_TEXT,
    LOOK_TITLE,
    LOOK_HEADING,
    LOOK_LEAD, /* prompt under a heading */
    LOOK_NOTE, /* small and muted */
    LOOK_HEAD, /* head of columns */
    LOOK_HEAD_LEFT,
    LOOK_HEAD_INPUT,   /* a head that is filled in: the date of a sitting */
    LOOK_LABEL,        /* head of a row */
    LOOK_INPUT,        /* open: several lines of text, top left, wrapped */
    LOOK_INPUT_LINE,   /* open: a line of text, wrapped */
    LOOK_INPUT_CENTRE, /* open: points, ticks, dates */
    LOOK_INPUT_NUMBER, /* open: figures, to the right */
    LOOK_VALUE,        /* computed, centred */
    LOOK_VALUE_LEFT,
    LOOK_RESULT, /* computed, large enough to find */
    LOOK_BAND,   /* a band's name */
    LOOK_TOTAL,
    LOOK_LINK,
    LOOK_MARKS,      /* a gap as signs */
    LOOK_SAMPLE,     /* looks open, and is not */
    LOOK_TILE_LABEL, /* a tile of the dashboard: what it is … */
    LOOK_TILE,       /* … the figure, large … */
    LOOK_TILE_NOTE,  /* … and a word on it */
    LOOK_COUNT
};
const char *cell_look_name(enum cell_look look);
static inline bool cell_look_is_open(enum cell_look look) {
    return look == LOOK_INPUT || look == LOOK_INPUT_LINE || look == LOOK_INPUT_CENTRE ||
           look == LOOK_INPUT_NUMBER || look == LOOK_HEAD_INPUT;
}

struct area {
    int32_t row, col, last_row, last_col;
};

enum cell_cached { CACHED_NUMBER, CACHED_TEXT, CACHED_BOOL, CACHED_ERROR };
enum cell_kind { CELL_BLANK, CELL_TEXT, CELL_NUMBER, CELL_BOOL, CELL_FORMULA, CELL_LINK };

/* 48 bytes: a cohort's workbook has a million of them. */
struct cell {
    int32_t row, col;
    enum cell_kind kind : 8;
    enum cell_look look : 8;
    enum cell_cached cached : 8; /* FORMULA: kind of its value; the error is #N/A */
    int32_t target;              /* LINK: index of the sheet */
    const char *format;          /* number format, NULL for the general one */
    const char *text;            /* TEXT, LINK; FORMULA: the cached text */
    double number;               /* NUMBER, BOOL; FORMULA: the cached number, 0 or 1 */
    const char *formula;         /* without "=" */
};

enum rule_kind {
    RULE_ANY,     /* only a message */
    RULE_LIST,    /* items */
    RULE_RANGE,   /* a list that stands in cells: formula */
    RULE_WHOLE,   /* low..high */
    RULE_DECIMAL, /* low..high */
    RULE_DATE,    /* low..high, serial numbers */
    RULE_LENGTH,  /* low..high characters */
    RULE_CUSTOM,  /* formula */
};

/* What may be typed into an area, with the words shown on entering it and on a wrong entry. */
struct rule {
    struct area area;
    enum rule_kind kind;
    const char *const *items;
    size_t item_count;
    const char *formula;
    double low, high;
    const char *title, *message, *error; /* or NULL */
};

enum paint_kind {
    PAINT_SCALE,   /* colours from low over the middle to high */
    PAINT_FORMULA, /* marked where `formula` holds */
    PAINT_ALARM,   /* the same, as something that wants doing: overdue, or not to be counted */
};

struct sheet_paint {
    struct area area;
    enum paint_kind kind;
    double low, high;
    const char *formula;
};

enum table_total { TABLE_TOTAL_NONE, TABLE_TOTAL_SUM, TABLE_TOTAL_COUNT };

struct sheet_column {
    const char *header;      /* unique in its table */
    const char *formula;     /* of a computed column, or NULL */
    enum table_total total;  /* where the totals row holds that function and no more */
    const char *total_label; /* where it holds a text, or NULL */
};

/* A real table; `area` includes the header row and, with `totals`, the totals row. Its cells, heads
 * too, are cells of the sheet as well. */
struct sheet_table {
    const char *name;
    struct area area;
    const struct sheet_column *columns;
    bool totals;
};

enum sheet_chart_kind { SHEET_CHART_BAR, SHEET_CHART_COLUMN, SHEET_CHART_LINE, SHEET_CHART_RADAR };

/* One series: where it reads, and what stands there now. */
struct series {
    const char *name;
    int32_t sheet; /* of both areas */
    struct area categories, values;
    const char *const *category_texts;
    const double *numbers; /* NAN where there is none */
    size_t count;
};

struct sheet_chart {
    enum sheet_chart_kind kind;
    int32_t row, col;
    int32_t width_px, height_px;
    const char *title;
    const char *description; /* for those who cannot see it */
    struct series *series;
    size_t series_count;
    double low, high, step; /* of the value axis; step 0: left to the program */
    const char *format;     /* of its figures, or NULL */
};

/* A line in one cell, of the figures in a row of others (ECMA-376 has none: [MS-XLSX] 2.6.3). */
struct sheet_spark {
    int32_t row, col;
    struct area values;
    double low, high; /* of every line's axis, so that lines can be compared */
};

struct span_width {
    int32_t col;
    double chars;
};

struct row_height {
    int32_t row;
    double points;
};

struct sheet {
    const char *name;  /* legal and unique */
    const char *about; /* one line for the guide, or NULL */
    int32_t index;
    bool hidden, landscape, is_protected;
    int32_t freeze_row, freeze_col;            /* 0: not frozen */
    int32_t repeat_first_row, repeat_last_row; /* -1: none */
    int32_t zoom;                              /* per cent on screen */
    int32_t pages_across;                      /* when printed; column A stands on each */
    bool one_page;                             /* small enough for one, charts and all */
    bool logo; /* the template's, at the end of the first row: in column logo_col */
    int32_t logo_col;
    uint32_t tab_colour; /* COLOUR_NONE */
    VEC(struct cell) cells;
    VEC(struct area) merges;
    VEC(struct rule) rules;
    VEC(struct sheet_paint) paints;
    VEC(struct sheet_table) tables;
    VEC(struct sheet_chart) charts;
    VEC(struct sheet_spark) sparks;
    VEC(struct span_width) widths;
    VEC(struct row_height) heights;
};

struct defined_name {
    const char *name;
    int32_t sheet;
    struct area area;
};

struct workbook {
    struct arena *arena;
    const struct theme *theme; /* may be NULL */
    const char *title, *subject, *author;
    const char *header_left, *header_right, *page_words; /* "Page {0} of {1}" */
    date_t as_of;                                        /* the date of the file, too */
    bool letter;                                         /* US Letter; else A4 */
    bool right_to_left;                                  /* column A is the rightmost */
    struct identity {
        const char *key, *value;
    } * identity; /* also in the file's properties */
    size_t identity_count;
    VEC(struct sheet *) sheets;
    VEC(struct defined_name) names;
    struct map taken; /* folded names of sheets ("s:…") and of names and tables ("n:…") */
    int32_t active;   /* sheet shown on opening */
};

struct workbook *workbook_make(struct arena *arena);

/* A name as spreadsheets compare it: without regard to capitals. */
char *workbook_fold(struct arena *arena, const char *name);
/* Adds a sheet; `wanted` is made legal and unique. */
struct sheet *workbook_add_sheet(struct workbook *book, const char *wanted);
/* A legal sheet name: at most 31 UTF-16 units, none of []:*?/\ or control characters, no apostrophe
 * at either end, not empty, not "History" (ECMA-376 18.2.19 and Excel's own rules). Not unique yet.
 */
char *sheet_name_clean(struct arena *arena, const char *wanted);
/* True if a name may be defined: letters, digits, '_' and '.', not a cell's address, not R or C. */
bool defined_name_is_legal(const char *name);
/* `wanted` made legal and unique among defined names and tables, and taken: for a table. */
char *workbook_take_name(struct workbook *book, const char *wanted);
/* Defines a name unless it is taken or illegal; false then. */
bool workbook_define(struct workbook *book, const char *name, const struct sheet *sheet,
                     struct area area);

/* "B7", "$B$7", "B7:F7", into `out`. */
void cell_print(struct buf *out, int32_t row, int32_t col, bool absolute);
void area_print(struct buf *out, struct area area, bool absolute);
/* "'It''s mine'!$B$7:$F$7". */
void area_print_full(struct buf *out, const struct sheet *sheet, struct area area);
/* A text as a formula's string literal, quotes doubled; more than 255 characters are joined of
 * several. */
void formula_print_text(struct buf *out, const char *text);
/* A number so that it reads back the same. */
void formula_print_number(struct buf *out, double number);

/* All of it as text, sheet by sheet, cells row by row: for golden files. */
void workbook_dump(const struct workbook *book, struct buf *out);

#endif
