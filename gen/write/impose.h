/* Imposition: which pages of a layout stand where on a printer's sheets, and the sheets' boxes.
 *
 * Units: micrometres from the sheet's top left corner; scales are millionths.
 * Owner: values; impose_bleed's marks are in the arena given. Errors: none. */
#ifndef TANDEM_WRITE_IMPOSE_H
#define TANDEM_WRITE_IMPOSE_H

#include "model/mark.h"
#include "model/theme.h"

enum imposition_kind {
    IMPOSE_NONE,
    IMPOSE_SINGLE, /* a page a sheet: for crop marks and bleed */
    IMPOSE_TWO_UP, /* two pages side by side, in reading order */
    IMPOSE_BOOKLET /* two pages side by side, to be folded and stitched through the fold */
};

struct imposition {
    enum imposition_kind kind;
    const struct paper *sheet; /* TWO_UP, BOOKLET; NULL: the pages' own paper */
    int32_t bleed_um;          /* on the sheet */
    bool crop_marks;
};

struct imposed_box {
    int32_t x_um, y_um, width_um, height_um;
};

/* All sides of all sheets of one layout are alike. */
struct imposed_sheet {
    int32_t width_um, height_um;
    struct imposed_box trim;     /* what is left after cutting */
    struct imposed_box bleed;    /* how far colour is printed */
    struct imposed_box pages[2]; /* left and right, touching; SINGLE: the first alone */
    int64_t scale;               /* of pages */
};

struct imposed_line {
    int32_t x_um, y_um, to_x_um, to_y_um;
};

#define IMPOSE_BLANK SIZE_MAX
enum { IMPOSE_LINES = 10 };

/* What tells the file from the workbook's: "booklet". */
const char *impose_suffix(enum imposition_kind kind);
/* Sides of sheets for so many pages; a booklet's are a multiple of two. */
size_t impose_side_count(enum imposition_kind kind, size_t page_count);
/* The pages, from 0, on the left and on the right of a side, or IMPOSE_BLANK. A booklet's even
 * sides are fronts, and its backs are printed by turning the sheet over its short edge. What is read
 * from right to left has the first of two pages on the right, and is bound there. */
void impose_side(enum imposition_kind kind, size_t page_count, size_t side, bool right_to_left,
                 size_t pages[2]);
/* "a3", "a4", "a5", "letter", "tabloid"; NULL if unknown. */
const struct paper *impose_find_sheet(const char *name);
/* The geometry. The sheet is held so that pages come out largest; they are scaled to half of it, up
 * or down, and stand in its middle. It grows where marks and bleed find no room on it. */
struct imposed_sheet impose_sheet(const struct imposition *imposition, const struct paper *page);
/* Crop marks at the trim's corners, and above and below the line where pages touch. Returns how
 * many. */
size_t impose_crop_marks(const struct imposition *imposition, const struct imposed_sheet *sheet,
                         struct imposed_line lines[IMPOSE_LINES]);
/* The marks with filled boxes, shapes and pictures that reach the paper's edge drawn out past it by
 * `bleed_um` (of the page before scaling): the same array if there is none. */
const struct mark *impose_bleed(struct arena *arena, const struct paper *paper,
                                const struct mark *marks, size_t count, int32_t bleed_um);

#endif
