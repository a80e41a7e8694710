/* The looks in templates/, measured: can everything be read, can series be told apart in grey, can
 * people write on the lines. Each template is read by the loader and tried in colour and in grey.
 *
 *     look PROJECT TEMPLATE…
 *
 * Contrast is that of WCAG 2.1: 4.5 : 1, or 3 : 1 for text from 18 pt, or bold from 14 pt. */
#include "base/file.h"
#include "load/load.h"
#include "load/theme.h"

#include <stdio.h>
#include <stdlib.h>

static int wrong, pairs;

static double contrast(uint32_t one, uint32_t other) {
    double a = colour_luminance(one), b = colour_luminance(other);
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static bool is_large(const struct text_style *style) {
    bool bold = style->face == FACE_BOLD || style->face == FACE_BOLD_ITALIC;
    return style->size_cpt >= 1800 || (bold && style->size_cpt >= 1400);
}

static void try_text(const struct theme *theme, enum style_id id, uint32_t colour, uint32_t ground,
                     const char *where) {
    double needed = is_large(&theme->styles[id].text) ? 3.0 : 4.5, found = contrast(colour, ground);
    pairs++;
    if (found >= needed)
        return;
    wrong++;
    printf("%s%s: %s #%06X on %s #%06X: %.2f : 1, %.1f needed\n", theme->name,
           theme->greyscale ? " in grey" : "", style_name(id), colour, where, ground, found,
           needed);
}

/* Text of the page's own and what may be marked inside it. */
static void try_prose(const struct theme *theme, enum style_id id, uint32_t ground,
                      const char *where) {
    try_text(theme, id, theme->styles[id].text.colour, ground, where);
    try_text(theme, id, theme->colours[COLOUR_LINK], ground, where);
}

static uint32_t tint(uint32_t colour, uint32_t paper, int32_t percent) {
    uint32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        int32_t ink = (int32_t)(colour >> shift & 0xff), ground = (int32_t)(paper >> shift & 0xff);
        out |= (uint32_t)(ground + (ink - ground) * percent / 100) << shift;
    }
    return out;
}

/* What stands on the page, and inside panels, tinted cells and callouts. */
static void try_page(const struct theme *theme) {
    static const enum style_id anywhere[] = {
        STYLE_BODY,   STYLE_SMALL,  STYLE_CAPTION,       STYLE_NOTE,      STYLE_CODE,  STYLE_QUOTE,
        STYLE_H3,     STYLE_H4,     STYLE_TABLE,         STYLE_PROMPT,    STYLE_LABEL, STYLE_HINT,
        STYLE_ANSWER, STYLE_RESULT, STYLE_CALLOUT_TITLE, STYLE_TABLE_HEAD};
    static const enum style_id on_paper[] = {
        STYLE_LEAD,       STYLE_H1,         STYLE_H2,         STYLE_CHAPTER_NUMBER,
        STYLE_CONTENTS_1, STYLE_CONTENTS_2, STYLE_CONTENTS_3, STYLE_RUNNING};
    static const char *const callouts[CALLOUT_COUNT] = {"note",  "tip",     "example",
                                                        "quote", "warning", "facilitator"};
    uint32_t paper = theme->colours[COLOUR_PAPER], panel = theme->colours[COLOUR_PANEL];
    for (size_t i = 0; i < sizeof anywhere / sizeof *anywhere; i++) {
        try_prose(theme, anywhere[i], paper, "paper");
        try_prose(theme, anywhere[i], panel, "panel");
        for (size_t c = 0; c < CALLOUT_COUNT; c++)
            try_prose(theme, anywhere[i], theme->callouts[c].ground, callouts[c]);
    }
    for (size_t i = 0; i < sizeof on_paper / sizeof *on_paper; i++)
        try_text(theme, on_paper[i], theme->styles[on_paper[i]].text.colour, paper, "paper");
    for (size_t c = 0; c < CALLOUT_COUNT; c++)
        try_text(theme, STYLE_CALLOUT_TITLE, theme->callouts[c].title, theme->callouts[c].ground,
                 callouts[c]);
    /* Colours that blocks choose themselves: running text, notes and figures of tables and charts,
     * results. */
    static const enum colour_id chosen[] = {COLOUR_TEXT, COLOUR_MUTED, COLOUR_ACCENT,
                                            COLOUR_ANSWER};
    static const enum style_id small[] = {STYLE_HINT, STYLE_LABEL, STYLE_TABLE};
    for (size_t s = 0; s < 3; s++)
        for (size_t c = 0; c < sizeof chosen / sizeof *chosen; c++) {
            try_text(theme, small[s], theme->colours[chosen[c]], paper, "paper");
            try_text(theme, small[s], theme->colours[chosen[c]], panel, "panel");
        }
    /* The gauge's first bands may carry a mark's words. */
    try_text(theme, STYLE_HINT, theme->colours[COLOUR_TEXT],
             tint(theme->colours[COLOUR_SERIES_1], paper, 20), "the gauge");
}

static void try_cover(const struct theme *theme) {
    static const enum style_id on_cover[] = {
        STYLE_COVER_TITLE, STYLE_COVER_SUBTITLE, STYLE_COVER_SMALL, STYLE_CHAPTER_NUMBER,
        STYLE_H1,          STYLE_LEAD,           STYLE_HINT};
    uint32_t cover = theme->colours[COLOUR_COVER], paper = theme->colours[COLOUR_PAPER];
    for (size_t i = 0; i < sizeof on_cover / sizeof *on_cover; i++)
        try_text(theme, on_cover[i], theme->colours[COLOUR_COVER_TEXT], cover, "cover");
    static const enum style_id below[] = {STYLE_H2, STYLE_COVER_SMALL};
    for (size_t i = 0; i < 2; i++)
        try_text(theme, below[i], theme->colours[COLOUR_TEXT], paper, "the cover's paper");
    if (theme->cover == COVER_PLAIN) {
        try_text(theme, STYLE_COVER_TITLE, theme->colours[COLOUR_ACCENT], paper,
                 "the cover's paper");
        try_text(theme, STYLE_COVER_SUBTITLE, theme->colours[COLOUR_ACCENT], paper,
                 "the cover's paper");
    }
}

/* Charts draw every second series dashed and hollow (block/chart.h): so neighbours are told apart,
 * and those alike in dash must differ in lightness, by a contrast of 1.5 : 1. */
enum { SERIES = 4 };
static void try_series(const struct theme *theme) {
    for (size_t one = 0; one + 2 < SERIES; one++) {
        uint32_t a = theme->colours[COLOUR_SERIES_1 + one],
                 b = theme->colours[COLOUR_SERIES_1 + one + 2];
        if (contrast(a, b) >= 1.5)
            continue;
        wrong++;
        printf("%s: series %zu and %zu are drawn alike, and in grey look alike: #%06X, #%06X\n",
               theme->name, one + 1, one + 3, a, b);
    }
}

static void try_lines(const struct theme *theme) {
    if (theme->write_line_um >= 7000 && theme->write_line_um <= 9000)
        return;
    wrong++;
    printf("%s: lines to write on are %.1f mm apart\n", theme->name, theme->write_line_um / 1000.0);
}

int main(int count, char **words) {
    struct arena run, messages;
    arena_init(&run);
    arena_init(&messages);
    struct diag *diag = diag_new(&messages);
    if (count < 3)
        return 2;
    for (int i = 2; i < count; i++) {
        struct course course = {.folder = words[1]};
        const struct theme *theme = load_theme(&run, diag, &course, (struct name){words[i], {0}});
        if (!theme || diag_errors(diag)) {
            diag_print(diag, stdout, false);
            return 1;
        }
        struct theme grey = *theme;
        theme_turn_grey(&run, &grey);
        const struct theme *looks[] = {theme, &grey};
        for (int look = 0; look < 2; look++) {
            try_page(looks[look]);
            try_cover(looks[look]);
        }
        try_series(theme);
        try_lines(theme);
    }
    printf("%d templates, %d pairs of text and ground, %d wrong\n", count - 2, pairs, wrong);
    arena_release(&run);
    arena_release(&messages);
    return wrong != 0;
}
