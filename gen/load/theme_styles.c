/* template.yml: colours, styles, callouts. What is left out is taken from what is there, so that
 * every style and colour of a loaded theme is set. */
#include "load/theme.h"

#include "base/units.h"

static const uint32_t default_colours[COLOUR_COUNT] = {
    [COLOUR_TEXT] = 0x1F2933,     [COLOUR_MUTED] = 0x5B6670,    [COLOUR_ACCENT] = 0x1F4E79,
    [COLOUR_ACCENT_2] = 0x8A4B2D, [COLOUR_RULE] = 0xC5CDD1,     [COLOUR_LINE] = 0x98A4AB,
    [COLOUR_PANEL] = 0xF1F4F6,    [COLOUR_PAPER] = 0xFFFFFF,    [COLOUR_LINK] = 0x1F4E79,
    [COLOUR_ANSWER] = 0x1B3A8A,   [COLOUR_COVER] = 0x1F4E79,    [COLOUR_COVER_TEXT] = 0xFFFFFF,
    [COLOUR_SERIES_1] = 0x1F4E79, [COLOUR_SERIES_2] = 0x8A4B2D, [COLOUR_SERIES_3] = 0x5F6B24,
    [COLOUR_SERIES_4] = 0x5A4A86,
};

static bool parse_colour(const struct theme *theme, const char *text, uint32_t *colour) {
    if (text[0] == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6) {
        uint32_t value = 0;
        for (const char *at = text + 1; *at; at++)
            value = value * 16 + (uint32_t)(*at <= '9' ? *at - '0' : (*at | 32) - 'a' + 10);
        *colour = value;
        return true;
    }
    for (size_t i = 0; i < COLOUR_COUNT; i++) {
        if (strcmp(text, colour_name((enum colour_id)i)) == 0) {
            *colour = theme->colours[i];
            return true;
        }
    }
    return false;
}

static void read_colour(struct theme_reader *reader, const struct yaml *map, const char *key,
                        uint32_t *colour) {
    const struct yaml *node = yaml_find(map, key);
    const char *text = node ? yaml_text(&reader->reader, node) : NULL;
    if (!text || parse_colour(reader->theme, text, colour))
        return;
    const char *names[COLOUR_COUNT];
    for (size_t i = 0; i < COLOUR_COUNT; i++)
        names[i] = colour_name((enum colour_id)i);
    diag_report(reader->reader.diag, DIAG_COLOUR_SYNTAX, node->at, text,
                diag_nearest(text, names, COLOUR_COUNT),
                diag_list(reader->reader.arena, names, COLOUR_COUNT));
}

void theme_read_colours(struct theme_reader *reader, const struct yaml *root) {
    struct theme *theme = reader->theme;
    memcpy(theme->colours, default_colours, sizeof default_colours);
    const struct yaml *map = yaml_find(root, "colours");
    if (!map || !yaml_is_map(&reader->reader, map, "'key: value' lines for the colours"))
        return;
    const char *keys[COLOUR_COUNT + 1];
    for (size_t i = 0; i < COLOUR_COUNT; i++) {
        keys[i] = colour_name((enum colour_id)i);
        read_colour(reader, map, keys[i], &theme->colours[i]);
    }
    keys[COLOUR_COUNT] = NULL;
    yaml_check_keys(&reader->reader, map, keys);
}

/* A positive number of points, in hundredths. */
static void read_points(struct theme_reader *reader, const struct yaml *map, const char *key,
                        double least, double most, int32_t *cpt) {
    const struct yaml *node = yaml_find(map, key);
    if (!node)
        return;
    const char *text = node->kind == YAML_TEXT ? node->text : "";
    size_t size = strspn(text, "0123456789.+-");
    double number;
    bool good = parse_number(arena_strndup(reader->reader.arena, text, size), &number) &&
                (!text[size] || strcmp(text + size, "pt") == 0);
    if (!good || number < least || number > most)
        yaml_report_type(&reader->reader, node,
                         arena_printf(reader->reader.arena, "%g to %g points", least, most));
    else
        *cpt = (int32_t)(number * 100 + (number < 0 ? -0.5 : 0.5));
}

static void read_style(struct theme_reader *reader, const struct yaml *node,
                       struct paragraph_style *style) {
    static const char *const keys[] = {"family", "face",    "size",     "leading",   "before",
                                       "after",  "indent",  "align",    "hyphenate", "colour",
                                       "caps",   "figures", "tracking", NULL};
    static const char *const families[] = {"text", "display", "mono"};
    static const char *const faces[] = {"regular", "italic", "bold", "bold-italic"};
    static const char *const aligns[] = {"justify", "left", "centre", "right"};
    static const char *const caps[] = {"small", "all"};
    static const char *const figures[] = {"old", "tabular", "lining"};
    struct text_style *text = &style->text;
    if (!yaml_is_map(&reader->reader, node, "{size: …, leading: …, …}"))
        return;
    yaml_check_keys(&reader->reader, node, keys);
    text->family =
        (uint8_t)theme_read_word(reader, node, "family", families, FAMILY_COUNT, text->family);
    text->face = (uint8_t)theme_read_word(reader, node, "face", faces, FACE_COUNT, text->face);
    read_points(reader, node, "size", 3, 200, &text->size_cpt);
    read_points(reader, node, "tracking", -5, 20, &text->tracking_cpt);
    theme_read_length(reader, node, "leading", "pt", &style->leading_um);
    theme_read_length(reader, node, "before", "pt", &style->space_before_um);
    theme_read_length(reader, node, "after", "pt", &style->space_after_um);
    theme_read_length(reader, node, "indent", "pt", &style->first_indent_um);
    style->align =
        (enum line_align)theme_read_word(reader, node, "align", aligns, 4, (int)style->align);
    yaml_read_bool(&reader->reader, node, "hyphenate", &style->hyphenate);
    read_colour(reader, node, "colour", &text->colour);
    int cap = theme_read_word(reader, node, "caps", caps, 2, -1);
    text->small_caps = cap >= 0 ? cap == 0 : text->small_caps;
    text->upper = cap >= 0 ? cap == 1 : text->upper;
    int figure = theme_read_word(reader, node, "figures", figures, 3, -1);
    text->old_style = figure >= 0 ? figure == 0 : text->old_style;
    text->tabular = figure >= 0 ? figure == 1 : text->tabular;
    /* A size without leading keeps lines apart by 1.35 of it. */
    if (yaml_find(node, "size") && !yaml_find(node, "leading"))
        style->leading_um = um_from_cpt(text->size_cpt * 135 / 100);
}

void theme_read_styles(struct theme_reader *reader, const struct yaml *root) {
    struct theme *theme = reader->theme;
    const struct yaml *map = yaml_find(root, "styles");
    struct paragraph_style body = {
        .text = {.family = FAMILY_TEXT,
                 .face = FACE_REGULAR,
                 .size_cpt = 1050,
                 .colour = theme->colours[COLOUR_TEXT]},
        .leading_um = um_from_cpt(1450),
        .space_after_um = um_from_cpt(600),
        .align = LINE_JUSTIFY,
        .hyphenate = true,
    };
    bool readable = map && yaml_is_map(&reader->reader, map, "'key: value' lines for the styles");
    const struct yaml *first = readable ? yaml_find(map, style_name(STYLE_BODY)) : NULL;
    if (first)
        read_style(reader, first, &body);
    const char *keys[STYLE_COUNT + 1];
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        keys[i] = style_name((enum style_id)i);
        theme->styles[i] = i == STYLE_CONTENTS_3 ? theme->styles[STYLE_CONTENTS_2] : body;
        const struct yaml *node = readable ? yaml_find(map, keys[i]) : NULL;
        if (node && i != STYLE_BODY)
            read_style(reader, node, &theme->styles[i]);
    }
    keys[STYLE_COUNT] = NULL;
    if (readable)
        yaml_check_keys(&reader->reader, map, keys);
}

void theme_read_callouts(struct theme_reader *reader, const struct yaml *root) {
    static const char *const kinds[CALLOUT_COUNT + 1] = {
        "note", "tip", "example", "quote", "warning", "facilitator", NULL};
    static const char *const keys[] = {"bar", "ground", "title", NULL};
    struct theme *theme = reader->theme;
    for (size_t i = 0; i < CALLOUT_COUNT; i++)
        theme->callouts[i] =
            (struct callout_style){theme->colours[COLOUR_ACCENT], theme->colours[COLOUR_PANEL],
                                   theme->colours[COLOUR_ACCENT]};
    const struct yaml *map = yaml_find(root, "callouts");
    if (!map || !yaml_is_map(&reader->reader, map, "'key: value' lines for the callouts"))
        return;
    yaml_check_keys(&reader->reader, map, kinds);
    for (size_t i = 0; i < CALLOUT_COUNT; i++) {
        const struct yaml *node = yaml_find(map, kinds[i]);
        if (!node || !yaml_is_map(&reader->reader, node, "{bar: …, ground: …, title: …}"))
            continue;
        yaml_check_keys(&reader->reader, node, keys);
        read_colour(reader, node, "bar", &theme->callouts[i].bar);
        read_colour(reader, node, "ground", &theme->callouts[i].ground);
        read_colour(reader, node, "title", &theme->callouts[i].title);
    }
}
