#include "model/theme.h"

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

const struct paper *paper_find(const char *name) {
    static const struct paper papers[] = {
        {"a3", 297000, 420000},
        {"a4", 210000, 297000},
        {"a5", 148000, 210000},
        {"letter", 215900, 279400},
    };
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (strcmp(papers[i].name, name) == 0)
            return &papers[i];
    return NULL;
}
