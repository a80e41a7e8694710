/* Looks: from the theme's colours and fonts to cell formats, one a look and number format. */
#include "write/xlsx_internal.h"

static const uint32_t plain[COLOUR_COUNT] = {
    [COLOUR_TEXT] = 0x222222,     [COLOUR_MUTED] = 0x6B6B6B,    [COLOUR_ACCENT] = 0x24476B,
    [COLOUR_ACCENT_2] = 0xC77B30, [COLOUR_RULE] = 0xBFC5CC,     [COLOUR_LINE] = 0xBFC5CC,
    [COLOUR_PANEL] = 0xF1F4F7,    [COLOUR_PAPER] = 0xFFFFFF,    [COLOUR_LINK] = 0x24476B,
    [COLOUR_ANSWER] = 0x1C3D5A,   [COLOUR_COVER] = 0x24476B,    [COLOUR_COVER_TEXT] = 0xFFFFFF,
    [COLOUR_SERIES_1] = 0x24476B, [COLOUR_SERIES_2] = 0xC77B30, [COLOUR_SERIES_3] = 0x5B8C5A,
    [COLOUR_SERIES_4] = 0x8B6BA5,
};

/* `share` of 256 parts of `colour`, the rest white. */
static uint32_t tint(uint32_t colour, uint32_t share) {
    uint32_t mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        uint32_t part = colour >> shift & 0xFF;
        mixed |= ((part * share + 255 * (256 - share)) / 256) << shift;
    }
    return mixed;
}

/* White or near-black, whichever reads better (relative luminance, WCAG 2.1, in rough integers). */
static uint32_t ink_on(uint32_t ground) {
    uint32_t light =
        299 * (ground >> 16 & 0xFF) + 587 * (ground >> 8 & 0xFF) + 114 * (ground & 0xFF);
    return light < 150000 ? 0xFFFFFF : 0x1A1A1A;
}

/* The library takes 0 for "not set". */
static lxw_color_t ink(uint32_t colour) { return colour ? colour : LXW_COLOR_BLACK; }

void xlsx_look_start(struct xlsx *xlsx) {
    const struct theme *theme = xlsx->book->theme;
    for (int i = 0; i < COLOUR_COUNT; i++) {
        bool known =
            theme && theme->colours[i] <= 0xFFFFFF && (theme->colours[i] || i == COLOUR_TEXT);
        xlsx->colours[i] = known ? theme->colours[i] : plain[i];
    }
    const char *text = theme ? theme->family_names[FAMILY_TEXT] : NULL;
    const char *display = theme ? theme->family_names[FAMILY_DISPLAY] : NULL;
    xlsx->font_text = text ? text : "Calibri";
    xlsx->font_display = display ? display : xlsx->font_text;
    xlsx->marked = workbook_add_format(xlsx->file);
    format_set_bg_color(xlsx->marked, ink(tint(xlsx->colours[COLOUR_ACCENT_2], 80)));
    format_set_bold(xlsx->marked);
    xlsx->alarmed =
        workbook_add_format(xlsx->file); /* dark, so that a grey printer shows it, too */
    format_set_bg_color(xlsx->alarmed, 0xA3232E);
    format_set_font_color(xlsx->alarmed, LXW_COLOR_WHITE);
    format_set_bold(xlsx->alarmed);
}

static void set_heading(struct xlsx *xlsx, lxw_format *format, double size) {
    format_set_font_name(format, xlsx->font_display);
    format_set_font_size(format, size);
    format_set_bold(format);
    format_set_font_color(format, ink(xlsx->colours[COLOUR_ACCENT]));
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
}

static void set_box(struct xlsx *xlsx, lxw_format *format) {
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, ink(xlsx->colours[COLOUR_RULE]));
}

static void set_input(struct xlsx *xlsx, lxw_format *format, enum cell_look look, uint8_t across,
                      uint8_t down) {
    set_box(xlsx, format);
    if (look != LOOK_SAMPLE)
        format_set_unlocked(format);
    format_set_bg_color(format, ink(tint(xlsx->colours[COLOUR_ACCENT_2], 28)));
    format_set_font_color(format, ink(xlsx->colours[COLOUR_ANSWER]));
    format_set_align(format, across);
    format_set_align(format, down);
}

static void set_head(struct xlsx *xlsx, lxw_format *format, uint8_t across) {
    uint32_t ground = xlsx->colours[COLOUR_ACCENT];
    set_box(xlsx, format);
    format_set_bold(format);
    format_set_bg_color(format, ink(ground));
    format_set_font_color(format, ink_on(ground));
    format_set_align(format, across);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(format);
}

static void set_value(struct xlsx *xlsx, lxw_format *format, uint8_t across) {
    set_box(xlsx, format);
    format_set_align(format, across);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
}

static void set_words(struct xlsx *xlsx, lxw_format *format, enum cell_look look) {
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (look == LOOK_LABEL) {
        set_box(xlsx, format);
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    }
    if (look == LOOK_NOTE) {
        format_set_font_size(format, 9);
        format_set_font_color(format, ink(xlsx->colours[COLOUR_MUTED]));
    }
    if (look == LOOK_LEAD)
        format_set_italic(format);
    if (look == LOOK_LINK) {
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
        format_set_font_color(format, ink(xlsx->colours[COLOUR_LINK]));
    }
}

/* Three cells, one below the other, as one panel with a coloured edge. */
static void set_tile(struct xlsx *xlsx, lxw_format *format, enum cell_look look) {
    format_set_bg_color(format, ink(xlsx->colours[COLOUR_PANEL]));
    format_set_align(format, LXW_ALIGN_LEFT);
    format_set_indent(format, 1);
    format_set_left(format, LXW_BORDER_THICK);
    format_set_left_color(format, ink(xlsx->colours[COLOUR_ACCENT]));
    format_set_right(format, LXW_BORDER_THICK); /* a gap between two of them */
    format_set_right_color(format, LXW_COLOR_WHITE);
    if (look == LOOK_TILE) {
        format_set_font_name(format, xlsx->font_display);
        format_set_font_size(format, 20);
        format_set_bold(format);
        format_set_font_color(format, ink(xlsx->colours[COLOUR_ACCENT]));
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        return;
    }
    format_set_font_size(format, 9);
    format_set_font_color(format, ink(xlsx->colours[COLOUR_MUTED]));
    format_set_text_wrap(format);
    format_set_align(format,
                     look == LOOK_TILE_LABEL ? LXW_ALIGN_VERTICAL_BOTTOM : LXW_ALIGN_VERTICAL_TOP);
}

static void set_look(struct xlsx *xlsx, lxw_format *format, enum cell_look look) {
    switch (look) {
    case LOOK_TITLE:
        set_heading(xlsx, format, 18);
        break;
    case LOOK_HEADING:
        set_heading(xlsx, format, 13);
        break;
    case LOOK_HEAD:
    case LOOK_HEAD_LEFT:
        set_head(xlsx, format, look == LOOK_HEAD ? LXW_ALIGN_CENTER : LXW_ALIGN_LEFT);
        break;
    case LOOK_HEAD_INPUT:
        set_input(xlsx, format, look, LXW_ALIGN_CENTER, LXW_ALIGN_VERTICAL_CENTER);
        format_set_bold(format);
        format_set_font_size(format, 9);
        format_set_shrink(format); /* a date that does not fit would be ##### */
        break;
    case LOOK_INPUT:
        set_input(xlsx, format, look, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_TOP);
        format_set_text_wrap(format);
        break;
    case LOOK_INPUT_LINE:
        set_input(xlsx, format, look, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER);
        format_set_text_wrap(format);
        break;
    case LOOK_INPUT_CENTRE:
    case LOOK_SAMPLE:
        set_input(xlsx, format, look, LXW_ALIGN_CENTER, LXW_ALIGN_VERTICAL_CENTER);
        break;
    case LOOK_INPUT_NUMBER:
        set_input(xlsx, format, look, LXW_ALIGN_RIGHT, LXW_ALIGN_VERTICAL_CENTER);
        break;
    case LOOK_VALUE:
        set_value(xlsx, format, LXW_ALIGN_CENTER);
        format_set_shrink(format);
        break;
    case LOOK_VALUE_LEFT:
        set_value(xlsx, format, LXW_ALIGN_LEFT);
        format_set_text_wrap(format);
        break;
    case LOOK_RESULT: /* "7 of 12 answered" takes no second line */
        set_value(xlsx, format, LXW_ALIGN_CENTER);
        format_set_shrink(format);
        format_set_bold(format);
        format_set_bg_color(format, ink(xlsx->colours[COLOUR_PANEL]));
        break;
    case LOOK_BAND:
        set_value(xlsx, format, LXW_ALIGN_CENTER);
        format_set_text_wrap(format);
        format_set_bold(format);
        format_set_font_color(format, ink(xlsx->colours[COLOUR_ACCENT]));
        break;
    case LOOK_TOTAL:
        set_value(xlsx, format, LXW_ALIGN_RIGHT);
        format_set_bold(format);
        format_set_bg_color(format, ink(xlsx->colours[COLOUR_PANEL]));
        break;
    case LOOK_MARKS:
        set_value(xlsx, format, LXW_ALIGN_LEFT);
        format_set_font_color(format, ink(xlsx->colours[COLOUR_SERIES_2]));
        break;
    case LOOK_TILE_LABEL:
    case LOOK_TILE:
    case LOOK_TILE_NOTE:
        set_tile(xlsx, format, look);
        break;
    default:
        set_words(xlsx, format, look);
    }
}

static struct xlsx_format *find_format(struct xlsx *xlsx, enum cell_look look, const char *number) {
    for (size_t i = 0; i < xlsx->format_count; i++) {
        struct xlsx_format *known = &xlsx->formats[i];
        if (known->look == look && (known->number == number ||
                                    (known->number && number && !strcmp(known->number, number))))
            return known;
    }
    lxw_format *format = workbook_add_format(xlsx->file);
    format_set_font_name(format, xlsx->font_text);
    format_set_font_color(format, ink(xlsx->colours[COLOUR_TEXT]));
    set_look(xlsx, format, look);
    if (number)
        format_set_num_format(format, number);
    /* Once all places are taken, the last is used over and over. */
    struct xlsx_format *made =
        &xlsx->formats[xlsx->format_count < XLSX_FORMATS ? xlsx->format_count++ : XLSX_FORMATS - 1];
    *made = (struct xlsx_format){look, number, lxw_format_get_xf_index(format)};
    return made;
}

int32_t xlsx_look_index(struct xlsx *xlsx, enum cell_look look, const char *number) {
    return find_format(xlsx, look, number)->index;
}
