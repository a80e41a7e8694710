#include "write/impose.h"

/* Crop marks begin this far from the trim, or where the bleed ends, and are this long. */
enum { MARK_GAP_UM = 2000, MARK_LENGTH_UM = 5000 };

enum { WHOLE = 1000000 };

const char *impose_suffix(enum imposition_kind kind) {
    static const char *const suffixes[] = {"", "print", "2up", "booklet"};
    return suffixes[kind];
}

/* ---- order ---- */

static size_t padded(size_t page_count) { return (page_count + 3) / 4 * 4; }

size_t impose_side_count(enum imposition_kind kind, size_t page_count) {
    switch (kind) {
    case IMPOSE_TWO_UP:
        return (page_count + 1) / 2;
    case IMPOSE_BOOKLET:
        return padded(page_count) / 2;
    case IMPOSE_NONE:
    case IMPOSE_SINGLE:
        break;
    }
    return page_count;
}

void impose_side(enum imposition_kind kind, size_t page_count, size_t side, bool right_to_left,
                 size_t pages[2]) {
    size_t last = padded(page_count) - 1;
    bool back = side % 2 != 0;
    pages[0] = side;
    pages[1] = IMPOSE_BLANK;
    if (kind == IMPOSE_TWO_UP) {
        pages[0] = 2 * side;
        pages[1] = 2 * side + 1;
    }
    if (kind == IMPOSE_BOOKLET) { /* from the outer sheet inwards: 8 1, 2 7, 6 3, 4 5 */
        pages[0] = back ? side : last - side;
        pages[1] = back ? last - side : side;
    }
    for (int i = 0; i < 2; i++)
        if (pages[i] >= page_count)
            pages[i] = IMPOSE_BLANK;
    if (right_to_left && kind != IMPOSE_SINGLE) { /* bound on the right: the other way round */
        size_t left = pages[0];
        pages[0] = pages[1];
        pages[1] = left;
    }
}

/* ---- geometry ---- */

const struct paper *impose_find_sheet(const char *name) {
    static const struct paper sheets[] = {
        {"a3", 297000, 420000},     {"a4", 210000, 297000},      {"a5", 148000, 210000},
        {"letter", 215900, 279400}, {"tabloid", 279400, 431800},
    };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        if (strcmp(sheets[i].name, name) == 0)
            return &sheets[i];
    return NULL;
}

static int32_t larger(int32_t a, int32_t b) { return a > b ? a : b; }

/* What is needed outside the trim. */
static int32_t margin_of(const struct imposition *imposition) {
    if (!imposition->crop_marks)
        return imposition->bleed_um;
    return larger(imposition->bleed_um, MARK_GAP_UM) + MARK_LENGTH_UM;
}

/* Two pages side by side on a sheet held this way. */
static struct imposed_sheet hold_sheet(int32_t width_um, int32_t height_um,
                                       const struct paper *page) {
    int64_t across = (int64_t)width_um * WHOLE / 2 / page->width_um;
    int64_t down = (int64_t)height_um * WHOLE / page->height_um;
    return (struct imposed_sheet){
        .width_um = width_um, .height_um = height_um, .scale = across < down ? across : down};
}

static struct imposed_sheet choose_sheet(const struct imposition *imposition,
                                         const struct paper *page) {
    const struct paper *paper = imposition->sheet ? imposition->sheet : page;
    struct imposed_sheet upright = hold_sheet(paper->width_um, paper->height_um, page);
    struct imposed_sheet turned = hold_sheet(paper->height_um, paper->width_um, page);
    return turned.scale > upright.scale ? turned : upright;
}

struct imposed_sheet impose_sheet(const struct imposition *imposition, const struct paper *page) {
    bool single = imposition->kind == IMPOSE_SINGLE;
    struct imposed_sheet sheet = {
        .width_um = page->width_um, .height_um = page->height_um, .scale = WHOLE};
    if (!single)
        sheet = choose_sheet(imposition, page);
    int32_t width = (int32_t)(page->width_um * sheet.scale / WHOLE);
    int32_t height = (int32_t)(page->height_um * sheet.scale / WHOLE);
    int32_t margin = margin_of(imposition), bleed = imposition->bleed_um;
    int32_t trim_width = single ? width : 2 * width;
    sheet.width_um = larger(sheet.width_um, trim_width + 2 * margin);
    sheet.height_um = larger(sheet.height_um, height + 2 * margin);
    sheet.trim = (struct imposed_box){(sheet.width_um - trim_width) / 2,
                                      (sheet.height_um - height) / 2, trim_width, height};
    sheet.bleed = (struct imposed_box){sheet.trim.x_um - bleed, sheet.trim.y_um - bleed,
                                       trim_width + 2 * bleed, height + 2 * bleed};
    for (int i = 0; i < 2; i++)
        sheet.pages[i] =
            (struct imposed_box){sheet.trim.x_um + i * width, sheet.trim.y_um, width, height};
    return sheet;
}

size_t impose_crop_marks(const struct imposition *imposition, const struct imposed_sheet *sheet,
                         struct imposed_line lines[IMPOSE_LINES]) {
    const struct imposed_box *trim = &sheet->trim;
    int32_t gap = larger(imposition->bleed_um, MARK_GAP_UM), end = gap + MARK_LENGTH_UM;
    int32_t left = trim->x_um, right = left + trim->width_um;
    int32_t top = trim->y_um, bottom = top + trim->height_um;
    int32_t xs[3] = {left, right, sheet->pages[1].x_um}, ys[2] = {top, bottom};
    size_t count = 0;
    if (!imposition->crop_marks)
        return 0;
    for (int i = 0; i < (imposition->kind == IMPOSE_SINGLE ? 2 : 3); i++) {
        lines[count++] = (struct imposed_line){xs[i], top - end, xs[i], top - gap};
        lines[count++] = (struct imposed_line){xs[i], bottom + gap, xs[i], bottom + end};
    }
    for (int i = 0; i < 2; i++) {
        lines[count++] = (struct imposed_line){left - end, ys[i], left - gap, ys[i]};
        lines[count++] = (struct imposed_line){right + gap, ys[i], right + end, ys[i]};
    }
    return count;
}
