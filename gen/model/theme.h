/* The look: templates/<name>/template.yml as numbers. Read-only once loaded. */
#ifndef TANDEM_MODEL_THEME_H
#define TANDEM_MODEL_THEME_H

#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

enum font_family { FAMILY_TEXT, FAMILY_DISPLAY, FAMILY_MONO, FAMILY_COUNT };
/* Faces of a family, in this order; a missing one falls back to the regular. */
enum font_face { FACE_REGULAR, FACE_ITALIC, FACE_BOLD, FACE_BOLD_ITALIC, FACE_COUNT };

struct theme_font {
    const char *path;   /* of the font file on this machine */
    const char *sha256; /* expected, or NULL */
    struct span at;
};

/* For characters that the families lack: the regular face is there, others may be. */
struct theme_fallback {
    struct theme_font faces[FACE_COUNT];
    bool embolden;      /* where it has no bold face, the regular one is drawn bolder */
    const char *script; /* it is for these characters alone (ISO 15924: "Hang"), or NULL */
};

/* 0xRRGGBB, or none. */
#define COLOUR_NONE 0xFFFFFFFFu

struct text_style {
    uint8_t family;                      /* enum font_family */
    uint8_t face;                        /* enum font_face */
    bool small_caps, tabular, old_style; /* OpenType smcp, tnum, onum where the font has them */
    bool upper; /* set in capitals (the text itself stays as written for readers) */
    bool underline, strike;
    int32_t size_cpt;
    int32_t tracking_cpt; /* added after every glyph, in 1/100 of a point */
    int32_t rise_cpt;     /* of the baseline: superscripts */
    uint32_t colour;
};

enum line_align { LINE_JUSTIFY, LINE_LEFT, LINE_CENTRE, LINE_RIGHT };

struct paragraph_style {
    struct text_style text;
    int32_t leading_um; /* baseline to baseline */
    int32_t space_before_um, space_after_um;
    int32_t first_indent_um;
    enum line_align align;
    bool hyphenate;
};

enum style_id {
    STYLE_BODY,
    STYLE_SMALL,
    STYLE_CAPTION,
    STYLE_NOTE, /* footnotes */
    STYLE_CODE,
    STYLE_QUOTE,
    STYLE_LEAD, /* a module's opening line */
    STYLE_H1,
    STYLE_H2,
    STYLE_H3,
    STYLE_H4,
    STYLE_CHAPTER_NUMBER,
    STYLE_COVER_TITLE,
    STYLE_COVER_SUBTITLE,
    STYLE_COVER_SMALL,
    STYLE_CONTENTS_1,
    STYLE_CONTENTS_2,
    STYLE_CONTENTS_3, /* and below; not named: as the second */
    STYLE_RUNNING,    /* running heads and feet */
    STYLE_TABLE_HEAD,
    STYLE_TABLE,
    STYLE_PROMPT, /* the question of an exercise */
    STYLE_LABEL,  /* labels of fields and options */
    STYLE_HINT,   /* small words below a line, scale labels */
    STYLE_ANSWER, /* what a participant wrote */
    STYLE_RESULT, /* large figures */
    STYLE_CALLOUT_TITLE,
    STYLE_COUNT
};

/* The name a template uses: "body", "h1", "cover-title" … */
const char *style_name(enum style_id id);

enum colour_id {
    COLOUR_TEXT,
    COLOUR_MUTED,
    COLOUR_ACCENT,
    COLOUR_ACCENT_2,
    COLOUR_RULE,  /* table rules, borders */
    COLOUR_LINE,  /* lines to write on */
    COLOUR_PANEL, /* quiet background of panels */
    COLOUR_PAPER,
    COLOUR_LINK,
    COLOUR_ANSWER,
    COLOUR_COVER, /* the cover's ground */
    COLOUR_COVER_TEXT,
    COLOUR_SERIES_1,
    COLOUR_SERIES_2,
    COLOUR_SERIES_3,
    COLOUR_SERIES_4, /* charts */
    COLOUR_COUNT
};
const char *colour_name(enum colour_id id);

enum callout_kind {
    CALLOUT_NOTE,
    CALLOUT_TIP,
    CALLOUT_EXAMPLE,
    CALLOUT_QUOTE,
    CALLOUT_WARNING,
    CALLOUT_FACILITATOR,
    CALLOUT_COUNT
};

struct callout_style {
    uint32_t bar, ground, title;
};

struct image;

struct paper {
    const char *name; /* "a4" */
    int32_t width_um, height_um;
};

/* What names a template's running heads may put in: "{{title}}". */
enum running_name {
    RUNNING_COURSE,
    RUNNING_TITLE, /* the material's */
    RUNNING_CHAPTER,
    RUNNING_PAGE,
    RUNNING_PAGES,
    RUNNING_VERSION,
    RUNNING_PARTICIPANT,
    RUNNING_COUNT
};
const char *running_name(enum running_name id);
/* RUNNING_COUNT if there is none of that name. */
enum running_name running_find(const char *name, size_t length);

enum cover_kind {
    COVER_BAND,   /* two circles on a ground that reaches down to the title */
    COVER_PLAIN,  /* words on paper */
    COVER_BLOCKS, /* a field of shapes, the whole page in colour */
    COVER_NONE,   /* a material that asks for a cover has its opening in place of it */
};

/* How a material without a cover opens. Where nothing is asked, those that are not plain have no
 * fields that say who fills it in. */
enum opening_kind {
    OPENING_PLAIN, /* with those fields */
    OPENING_STRIP, /* course and title on the cover's colour */
    OPENING_NONE,  /* with its first chapter */
};

struct theme;

/* A paper that has margins or a scale of its own: `theme` is the whole look for it. */
struct theme_page {
    const struct paper *paper;
    const struct theme *theme;
};

struct theme {
    const char *name;
    const struct source *source;
    struct theme_font fonts[FAMILY_COUNT][FACE_COUNT];
    const struct theme_fallback *fallbacks; /* tried in order for missing characters */
    size_t fallback_count;
    const char *family_names[FAMILY_COUNT]; /* for spreadsheets: "Calibri" and the like */
    uint32_t colours[COLOUR_COUNT];
    struct paragraph_style styles[STYLE_COUNT];
    struct callout_style callouts[CALLOUT_COUNT];
    int32_t margin_top_um, margin_bottom_um, margin_inner_um, margin_outer_um;
    int32_t grid_um;              /* lines of text stand on multiples of it; 0: no grid */
    bool pages_stable;            /* chapters start on the blank edition's pages */
    bool facing;                  /* odd pages have the inner margin on the left */
    int32_t header_um, footer_um; /* baseline from the paper's edge */
    int32_t scale; /* percent, already in the styles: of distances that the program chooses */
    const char *header_left, *header_right, *footer_left,
        *footer_right; /* {{title}} {{chapter}} {{page}} {{pages}} {{version}}; on left pages of facing ones they change sides */
    bool sheet_code;   /* a QR code by the page's number says what the sheet is */
    int32_t write_line_um; /* distance of lines to write on, 7000..9000 */
    int32_t rule_um;       /* weight of rules */
    int32_t radius_um;     /* corners of panels */
    bool chapter_new_page; /* each module starts a page */
    bool chapter_numbers;
    int32_t contents_depth; /* 1..6 */
    bool chapter_block;     /* the opening of a chapter stands on the cover's colour */
    enum cover_kind cover;
    enum opening_kind opening;
    bool greyscale;                      /* every colour and picture is grey */
    const struct image *logo;            /* or NULL */
    const char *logo_alt;                /* what it says; NULL marks decoration */
    int32_t logo_cover_um, logo_head_um; /* its height on the cover and in the head; 0: not there */
    const struct paper *const *papers;   /* of materials that name none; at least one */
    size_t paper_count;
    const struct theme_page *pages; /* papers with margins or a scale of their own */
    size_t page_count;
};

/* The look for a paper: the theme itself, or what it holds for that paper. `paper` may be NULL. */
const struct theme *theme_on(const struct theme *theme, const struct paper *paper);

/* Relative luminance of a colour, 0 to 1 (WCAG 2.1). */
double colour_luminance(uint32_t colour);
/* The grey of the same luminance, so that contrasts stay what they are; none stays none. */
uint32_t colour_in_grey(uint32_t colour);

/* "a3" to "a7", "card" (55 by 85 mm), "letter", each also as "a4-landscape"; NULL if unknown. */
const struct paper *paper_find(const char *name);
/* The names of all papers; `count` says how many. */
const char *const *paper_names(size_t *count);

#endif
