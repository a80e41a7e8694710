#include "model/theme.h"

#include <math.h>
#include <string.h>

const char *style_name(enum style_id id) {
    static const char *const names[STYLE_COUNT] = {
        [STYLE_BODY] = "body",
        [STYLE_SMALL] = "small",
        [STYLE_CAPTION] = "caption",
        [STYLE_NOTE] = "note",
        [STYLE_CODE] = "code",
        [STYLE_QUOTE] = "quote",
        [STYLE_LEAD] = "lead",
        [STYLE_H1] = "h1",
        [STYLE_H2] = "h2",
        [STYLE_H3] = "h3",
        [STYLE_H4] = "h4",
        [STYLE_CHAPTER_NUMBER] = "chapter-number",
        [STYLE_COVER_TITLE] = "cover-title",
        [STYLE_COVER_SUBTITLE] = "cover-subtitle",
        [STYLE_COVER_SMALL] = "cover-small",
        [STYLE_CONTENTS_1] = "contents-1",
        [STYLE_CONTENTS_2] = "contents-2",
        [STYLE_CONTENTS_3] = "contents-3",
        [STYLE_RUNNING] = "running",
        [STYLE_TABLE_HEAD] = "table-head",
        [STYLE_TABLE] = "table",
        [STYLE_PROMPT] = "prompt",
        [STYLE_LABEL] = "label",
        [STYLE_HINT] = "hint",
        [STYLE_ANSWER] = "answer",
        [STYLE_RESULT] = "result",
        [STYLE_CALLOUT_TITLE] = "callout-title",
    };
    return names[id];
}

const char *colour_name(enum colour_id id) {
    static const char *const names[COLOUR_COUNT] = {
        [COLOUR_TEXT] = "text",         [COLOUR_MUTED] = "muted",
        [COLOUR_ACCENT] = "accent",     [COLOUR_ACCENT_2] = "accent-2",
        [COLOUR_RULE] = "rule",         [COLOUR_LINE] = "line",
        [COLOUR_PANEL] = "panel",       [COLOUR_PAPER] = "paper",
        [COLOUR_LINK] = "link",         [COLOUR_ANSWER] = "answer",
        [COLOUR_COVER] = "cover",       [COLOUR_COVER_TEXT] = "cover-text",
        [COLOUR_SERIES_1] = "series-1", [COLOUR_SERIES_2] = "series-2",
        [COLOUR_SERIES_3] = "series-3", [COLOUR_SERIES_4] = "series-4",
    };
    return names[id];
}

const char *running_name(enum running_name id) {
    static const char *const names[RUNNING_COUNT] = {
        [RUNNING_COURSE] = "course",
        [RUNNING_TITLE] = "title",
        [RUNNING_CHAPTER] = "chapter",
        [RUNNING_PAGE] = "page",
        [RUNNING_PAGES] = "pages",
        [RUNNING_VERSION] = "version",
        [RUNNING_PARTICIPANT] = "participant",
    };
    return names[id];
}

enum running_name running_find(const char *name, size_t length) {
    for (size_t i = 0; i < RUNNING_COUNT; i++) {
        const char *known = running_name((enum running_name)i);
        if (strlen(known) == length && memcmp(known, name, length) == 0)
            return (enum running_name)i;
    }
    return RUNNING_COUNT;
}

/* ---- papers ---- */

#define PAPERS(PAPER)                     \
    PAPER("a3", 297000, 420000)           \
    PAPER("a3-landscape", 420000, 297000) \
    PAPER("a4", 210000, 297000)           \
    PAPER("a4-landscape", 297000, 210000) \
    PAPER("a5", 148000, 210000)           \
    PAPER("a5-landscape", 210000, 148000) \
    PAPER("a6", 105000, 148000)           \
    PAPER("a6-landscape", 148000, 105000) \
    PAPER("a7", 74000, 105000)            \
    PAPER("a7-landscape", 105000, 74000)  \
    PAPER("card", 55000, 85000)           \
    PAPER("card-landscape", 85000, 55000) \
    PAPER("letter", 215900, 279400)       \
    PAPER("letter-landscape", 279400, 215900)

#define PAPER_ROW(name, width, height) {name, width, height},
static const struct paper papers[] = {PAPERS(PAPER_ROW)};
enum { PAPER_COUNT = sizeof papers / sizeof *papers };

#define PAPER_NAME(name, width, height) name,
const char *const *paper_names(size_t *count) {
    static const char *const names[PAPER_COUNT] = {PAPERS(PAPER_NAME)};
    *count = PAPER_COUNT;
    return names;
}

const struct paper *paper_find(const char *name) {
    for (size_t i = 0; i < PAPER_COUNT; i++)
        if (strcmp(papers[i].name, name) == 0)
            return &papers[i];
    return NULL;
}

const struct theme *theme_on(const struct theme *theme, const struct paper *paper) {
    for (size_t i = 0; theme && i < theme->page_count; i++)
        if (theme->pages[i].paper == paper)
            return theme->pages[i].theme;
    return theme;
}

/* ---- grey ---- */

/* sRGB's transfer function: IEC 61966-2-1. */
static double linear_light(uint32_t part) {
    double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

double colour_luminance(uint32_t colour) {
    return 0.2126 * linear_light(colour >> 16 & 255) + 0.7152 * linear_light(colour >> 8 & 255) +
           0.0722 * linear_light(colour & 255);
}

uint32_t colour_in_grey(uint32_t colour) {
    if (colour == COLOUR_NONE)
        return colour;
    double light = colour_luminance(colour);
    uint32_t low = 0, high = 255;
    while (low < high) { /* the darkest grey at least as light */
        uint32_t middle = (low + high) / 2;
        if (linear_light(middle) < light)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && light - linear_light(low - 1) < linear_light(low) - light)
        low--;
    return low << 16 | low << 8 | low;
}
