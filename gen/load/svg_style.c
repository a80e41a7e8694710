/* Presentation attributes, style="" and <style> sheets to one style an element. */
#include "load/svg.h"

#include <stdlib.h>
#include <strings.h>

struct svg_style svg_style_initial(void) {
    struct svg_paint none = {.colour = COLOUR_NONE, .opacity = 1}, black = {.opacity = 1};
    return (struct svg_style){.fill = black,
                              .stroke = none,
                              .context_fill = none,
                              .context_stroke = none,
                              .fill_opacity = 1,
                              .stroke_opacity = 1,
                              .width = 1,
                              .miter = 4,
                              .font_size = 16,
                              .family = FAMILY_DISPLAY,
                              .opacity = 1,
                              .stop_opacity = 1};
}

struct setting {
    struct svg_reading *reading;
    const struct svg_element *element;
    struct svg_style *style;
    const struct svg_style *around;
};

static bool is(const char *a, const char *b) { return strcasecmp(a, b) == 0; }

/* ---- single values ---- */

static bool set_paint(struct setting *setting, struct svg_paint *paint, const char *value) {
    *paint = (struct svg_paint){.colour = COLOUR_NONE, .opacity = 1};
    if (strncmp(value, "url(", 4) == 0) {
        const char *end = strchr(value, ')');
        if (!end)
            return false;
        paint->server = svg_local_id(setting->reading, setting->element, value);
        value = end + 1 + strspn(end + 1, " \t\n");
        if (!*value) /* without the gradient nothing is painted */
            return true;
    }
    if (is(value, "none"))
        return true;
    if (is(value, "currentcolor")) {
        paint->current = true;
        paint->colour = 0;
        return true;
    }
    if (is(value, "context-fill") || is(value, "context-stroke")) {
        *paint = is(value, "context-fill") ? setting->style->context_fill
                                           : setting->style->context_stroke;
        return true;
    }
    return svg_parse_colour(value, &paint->colour, &paint->opacity);
}

static bool set_number(const char *value, double low, double high, double *number) {
    struct svg_scan scan = {value};
    double n;
    if (!svg_scan_number(&scan, &n))
        return false;
    if (*scan.at == '%') {
        n /= 100;
        scan.at++;
    }
    *number = n < low ? low : n > high ? high : n;
    return !*scan.at;
}

static bool set_length(struct setting *setting, const char *value, double *length) {
    double whole = (setting->reading->view_width + setting->reading->view_height) / 2;
    return svg_parse_length(value, whole, setting->style->font_size, length);
}

static bool set_dashes(struct setting *setting, const char *value) {
    struct svg_style *style = setting->style;
    style->dashes = NULL;
    style->dash_count = 0;
    if (is(value, "none"))
        return true;
    VEC(double) list = {0};
    double sum = 0;
    enum { DASHES = 64 };
    for (struct svg_scan scan = {value}; *scan.at && list.count < DASHES; svg_skip_comma(&scan)) {
        double n;
        if (!svg_scan_number(&scan, &n) || n < 0)
            return false;
        if (strncmp(scan.at, "px", 2) == 0)
            scan.at += 2;
        VEC_PUSH(setting->reading->arena, &list, n);
        sum += n;
    }
    if (sum <= 0)
        return true;
    style->dashes = list.at;
    style->dash_count = list.count;
    return true;
}

/* The theme's family nearest to the names of a font-family. Drawings are lettered in a sans where
 * nothing is known. */
static uint8_t find_family(const char *names) {
    static const char *const mono[] = {"mono",  "courier", "consolas",
                                       "menlo", "code",    "typewriter"};
    static const char *const serif[] = {
        "serif",  "times",     "georgia", "garamond",    "palatino", "gentium", "cambria",
        "minion", "libertine", "charter", "baskerville", "bookman",  "roman"};
    char text[200];
    size_t length = 0;
    for (; names[length] && length + 1 < sizeof text; length++)
        text[length] = (char)(names[length] >= 'A' && names[length] <= 'Z' ? names[length] + 32
                                                                           : names[length]);
    text[length] = 0;
    text[strcspn(text, ",")] = 0; /* the first is what was drawn with */
    for (size_t i = 0; i < sizeof mono / sizeof *mono; i++)
        if (strstr(text, mono[i]))
            return FAMILY_MONO;
    if (strstr(text, "sans"))
        return FAMILY_DISPLAY;
    for (size_t i = 0; i < sizeof serif / sizeof *serif; i++)
        if (strstr(text, serif[i]))
            return FAMILY_TEXT;
    return FAMILY_DISPLAY;
}

static bool set_font_size(struct setting *setting, const char *value) {
    static const struct {
        const char *name;
        double size;
    } names[] = {{"xx-small", 9}, {"x-small", 10}, {"small", 13},   {"medium", 16},
                 {"large", 18},   {"x-large", 24}, {"xx-large", 32}};
    double around = setting->around->font_size;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is(value, names[i].name))
            return setting->style->font_size = names[i].size, true;
    if (is(value, "smaller") || is(value, "larger"))
        return setting->style->font_size = is(value, "larger") ? around * 1.2 : around / 1.2, true;
    return svg_parse_length(value, around, around, &setting->style->font_size) &&
           setting->style->font_size >= 0;
}

static bool set_weight(struct svg_style *style, const char *value) {
    double weight = 0;
    if (set_number(value, 1, 1000, &weight))
        style->bold = weight >= 600;
    else
        style->bold = is(value, "bold") || is(value, "bolder");
    return true;
}

/* ---- properties ---- */

enum property {
    P_FILL,
    P_STROKE,
    P_COLOR,
    P_FILL_OPACITY,
    P_STROKE_OPACITY,
    P_OPACITY,
    P_FILL_RULE,
    P_CLIP_RULE,
    P_STROKE_WIDTH,
    P_LINECAP,
    P_LINEJOIN,
    P_MITER,
    P_DASHES,
    P_DASH_OFFSET,
    P_FONT_SIZE,
    P_FONT_FAMILY,
    P_FONT_WEIGHT,
    P_FONT_STYLE,
    P_FONT,
    P_ANCHOR,
    P_SPACING,
    P_BASELINE,
    P_VISIBILITY,
    P_DISPLAY,
    P_CLIP,
    P_MARKERS,
    P_MARKER_START,
    P_MARKER_MID,
    P_MARKER_END,
    P_STOP_COLOR,
    P_STOP_OPACITY,
    P_WHITE_SPACE,
    P_REFUSED, /* it would change the picture */
};

/* In order, so that a child's lengths in em know of its font. */
static const struct {
    const char *name;
    enum property property;
    const char *harmless; /* a REFUSED one's value that changes nothing */
} properties[] = {
    {"font-size", P_FONT_SIZE, NULL},
    {"color", P_COLOR, NULL},
    {"fill", P_FILL, NULL},
    {"stroke", P_STROKE, NULL},
    {"fill-opacity", P_FILL_OPACITY, NULL},
    {"stroke-opacity", P_STROKE_OPACITY, NULL},
    {"opacity", P_OPACITY, NULL},
    {"fill-rule", P_FILL_RULE, NULL},
    {"clip-rule", P_CLIP_RULE, NULL},
    {"stroke-width", P_STROKE_WIDTH, NULL},
    {"stroke-linecap", P_LINECAP, NULL},
    {"stroke-linejoin", P_LINEJOIN, NULL},
    {"stroke-miterlimit", P_MITER, NULL},
    {"stroke-dasharray", P_DASHES, NULL},
    {"stroke-dashoffset", P_DASH_OFFSET, NULL},
    {"font-family", P_FONT_FAMILY, NULL},
    {"font-weight", P_FONT_WEIGHT, NULL},
    {"font-style", P_FONT_STYLE, NULL},
    {"font", P_FONT, NULL},
    {"text-anchor", P_ANCHOR, NULL},
    {"letter-spacing", P_SPACING, NULL},
    {"dominant-baseline", P_BASELINE, NULL},
    {"alignment-baseline", P_BASELINE, NULL},
    {"visibility", P_VISIBILITY, NULL},
    {"display", P_DISPLAY, NULL},
    {"clip-path", P_CLIP, NULL},
    {"marker", P_MARKERS, NULL},
    {"marker-start", P_MARKER_START, NULL},
    {"marker-mid", P_MARKER_MID, NULL},
    {"marker-end", P_MARKER_END, NULL},
    {"stop-color", P_STOP_COLOR, NULL},
    {"stop-opacity", P_STOP_OPACITY, NULL},
    {"white-space", P_WHITE_SPACE, NULL},
    {"filter", P_REFUSED, "none"},
    {"mask", P_REFUSED, "none"},
    {"mix-blend-mode", P_REFUSED, "normal"},
    {"text-decoration", P_REFUSED, "none"},
    {"baseline-shift", P_REFUSED, "baseline"},
    {"writing-mode", P_REFUSED, "lr-tb"},
    {"font-variant", P_REFUSED, "normal"},
    {"vector-effect", P_REFUSED, "none"},
    {"paint-order", P_REFUSED, "normal"},
    {"transform-origin", P_REFUSED, "0 0"},
    {"clip", P_REFUSED, "auto"},
};
enum { PROPERTY_COUNT = sizeof properties / sizeof *properties };

static bool set_paints(struct setting *setting, enum property property, const char *value) {
    struct svg_style *style = setting->style;
    double opacity = 1;
    switch (property) {
    case P_FILL:
        return set_paint(setting, &style->fill, value);
    case P_STROKE:
        return set_paint(setting, &style->stroke, value);
    case P_COLOR:
        return is(value, "currentcolor") || svg_parse_colour(value, &style->colour, &opacity);
    case P_FILL_OPACITY:
        return set_number(value, 0, 1, &style->fill_opacity);
    case P_STROKE_OPACITY:
        return set_number(value, 0, 1, &style->stroke_opacity);
    case P_OPACITY:
        return set_number(value, 0, 1, &style->opacity);
    case P_STOP_COLOR:
        if (is(value, "currentcolor"))
            return style->stop_colour = style->colour, true;
        if (!svg_parse_colour(value, &style->stop_colour, &opacity))
            return false;
        style->stop_opacity *= opacity;
        return true;
    case P_STOP_OPACITY:
        return set_number(value, 0, 1, &style->stop_opacity);
    default:
        style->clip =
            is(value, "none") ? NULL : svg_local_id(setting->reading, setting->element, value);
        return true;
    }
}

static bool set_strokes(struct setting *setting, enum property property, const char *value) {
    struct svg_style *style = setting->style;
    switch (property) {
    case P_FILL_RULE:
        style->fill_even_odd = is(value, "evenodd");
        return true;
    case P_CLIP_RULE:
        style->clip_even_odd = is(value, "evenodd");
        return true;
    case P_STROKE_WIDTH:
        return set_length(setting, value, &style->width) && style->width >= 0;
    case P_LINECAP:
        style->cap = is(value, "round") ? CAP_ROUND : is(value, "square") ? CAP_SQUARE : CAP_BUTT;
        return true;
    case P_LINEJOIN:
        style->join = is(value, "round")   ? JOIN_ROUND
                      : is(value, "bevel") ? JOIN_BEVEL
                                           : JOIN_MITER;
        return true;
    case P_MITER:
        return set_number(value, 1, 1000, &style->miter);
    case P_DASHES:
        return set_dashes(setting, value);
    default:
        return set_length(setting, value, &style->dash_offset);
    }
}

static bool set_letters(struct setting *setting, enum property property, const char *value) {
    struct svg_style *style = setting->style;
    switch (property) {
    case P_FONT_SIZE:
        return set_font_size(setting, value);
    case P_FONT_FAMILY:
        style->family = find_family(value);
        return true;
    case P_FONT_WEIGHT:
        return set_weight(style, value);
    case P_FONT_STYLE:
        style->italic = is(value, "italic") || strncasecmp(value, "oblique", 7) == 0;
        return true;
    case P_ANCHOR:
        style->anchor = is(value, "middle") ? 1 : is(value, "end") ? 2 : 0;
        return true;
    case P_SPACING:
        style->letter_spacing = 0;
        return is(value, "normal") || set_length(setting, value, &style->letter_spacing);
    case P_BASELINE:
        style->baseline =
            is(value, "middle")    ? BASELINE_MIDDLE
            : is(value, "central") ? BASELINE_CENTRAL
            : is(value, "hanging") || is(value, "text-before-edge") || is(value, "text-top")
                ? BASELINE_HANGING
                : BASELINE_ALPHABETIC;
        return true;
    case P_WHITE_SPACE:
        style->preserve_space = strncasecmp(value, "pre", 3) == 0;
        return true;
    case P_VISIBILITY:
        style->hidden = !is(value, "visible");
        return true;
    case P_DISPLAY:
        style->none = is(value, "none");
        return true;
    default:
        return false; /* the shorthand font */
    }
}

static void set_markers(struct setting *setting, enum property property, const char *value) {
    const char *id =
        is(value, "none") ? NULL : svg_local_id(setting->reading, setting->element, value);
    for (int i = 0; i < SVG_MARKERS; i++)
        if (property == P_MARKERS || (int)property - P_MARKER_START == i)
            setting->style->markers[i] = id;
}

static void set_property(struct setting *setting, size_t at, const char *value) {
    enum property property = properties[at].property;
    const char *name = properties[at].name;
    if (is(value, "inherit") || is(value, "initial") || is(value, "unset") || !*value)
        return;
    if (property == P_REFUSED) {
        if (!is(value, properties[at].harmless))
            svg_warn(setting->reading, setting->element, DIAG_IMAGE_SVG_PROPERTY,
                     arena_printf(setting->reading->arena, "'%s'", name),
                     "do without it, or export the picture as PNG");
        return;
    }
    if (property >= P_MARKERS && property <= P_MARKER_END) {
        set_markers(setting, property, value);
        return;
    }
    bool paints = property <= P_OPACITY || property == P_CLIP || property == P_STOP_COLOR ||
                  property == P_STOP_OPACITY;
    struct svg_style before = *setting->style;
    bool set = paints                   ? set_paints(setting, property, value)
               : property < P_FONT_SIZE ? set_strokes(setting, property, value)
                                        : set_letters(setting, property, value);
    if (set)
        return;
    *setting->style = before;
    svg_warn(setting->reading, setting->element, DIAG_IMAGE_SVG_VALUE,
             arena_printf(setting->reading->arena, "'%.60s' as a value of '%s'", value, name),
             NULL);
}

/* ---- cascade ---- */

static void note_value(struct svg_reading *reading, struct svg_values *values, const char *name,
                       const char *value) {
    for (uint32_t i = 0; i < PROPERTY_COUNT; i++)
        if (strcmp(properties[i].name, name) == 0)
            VEC_PUSH(reading->arena, &values->list, ((struct svg_value){i, value}));
}

static const char *trimmed(struct arena *arena, const char *text, const char *end) {
    while (text < end && strchr(" \t\r\n", *text))
        text++;
    while (end > text && strchr(" \t\r\n", end[-1]))
        end--;
    return arena_strndup(arena, text, (size_t)(end - text));
}

/* "name: value; …", "!important" dropped. */
void svg_note_declarations(struct svg_reading *reading, struct svg_values *values,
                           const char *text) {
    while (*text) {
        size_t length = strcspn(text, ";");
        const char *end = text + length, *colon = memchr(text, ':', length);
        if (colon && length < SVG_VALUE_LIMIT) {
            const char *mark = memchr(colon, '!', (size_t)(end - colon));
            note_value(reading, values, trimmed(reading->arena, text, colon),
                       trimmed(reading->arena, colon + 1, mark ? mark : end));
        }
        text = *end ? end + 1 : end;
    }
}

static bool has_class(const char *list, const char *name) {
    size_t length = strlen(name);
    for (const char *at = list; at && (at = strstr(at, name)); at += length)
        if ((at == list || strchr(" \t\n", at[-1])) && (!at[length] || strchr(" \t\n", at[length])))
            return true;
    return false;
}

static bool matches(const struct svg_rule *rule, const struct svg_element *element,
                    const char *classes) {
    return (!rule->element || strcmp(rule->element, element->name) == 0) &&
           (!rule->id || (element->id && strcmp(rule->id, element->id) == 0)) &&
           (!rule->class_name || (classes && has_class(classes, rule->class_name)));
}

static const struct svg_values *values_of(struct svg_reading *reading,
                                          struct svg_element *element) {
    if (element->values)
        return element->values;
    element->values = ARENA_NEW(reading->arena, struct svg_values);
    for (size_t i = 0; i < element->attribute_count; i++)
        note_value(reading, element->values, element->attributes[i].name,
                   element->attributes[i].value);
    const char *classes = svg_attribute(element, "class");
    for (size_t i = 0; i < reading->rules.count; i++) {
        const struct svg_values *more = reading->rules.at[i].values;
        if (matches(&reading->rules.at[i], element, classes))
            for (size_t k = 0; k < more->list.count; k++)
                VEC_PUSH(reading->arena, &element->values->list, more->list.at[k]);
    }
    const char *own = svg_attribute(element, "style");
    if (own)
        svg_note_declarations(reading, element->values, own);
    return element->values;
}

struct svg_style svg_style_of(struct svg_reading *reading, struct svg_element *element,
                              const struct svg_style *around) {
    struct svg_style style = *around;
    struct svg_style initial = svg_style_initial();
    style.opacity = 1;
    style.none = false;
    style.clip = NULL;
    style.stop_colour = initial.stop_colour;
    style.stop_opacity = 1;
    const char *space = svg_attribute(element, "xml:space");
    if (space)
        style.preserve_space = strcmp(space, "preserve") == 0;
    /* The last value of each property counts, in the order of properties[]. */
    const char *last[PROPERTY_COUNT] = {0};
    const struct svg_values *values = values_of(reading, element);
    for (size_t i = 0; i < values->list.count; i++)
        last[values->list.at[i].property] = values->list.at[i].value;
    struct setting setting = {reading, element, &style, around};
    for (size_t i = 0; i < PROPERTY_COUNT; i++)
        if (last[i])
            set_property(&setting, i, last[i]);
    return style;
}
