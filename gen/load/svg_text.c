/* Text: characters with their positions become texts of one style, in chunks. Their widths are not
 * known here; stage/layout sets them with the theme's fonts. */
#include "load/svg.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <math.h>

enum { TEXT_LEVELS = 16 };

/* The positions that one element gives to its characters. */
struct level {
    struct svg_scan lists[4]; /* x y dx dy: what is left of them */
    double whole[4];
};

struct lettering {
    struct svg_reading *reading;
    struct vector_node *into;
    struct matrix matrix;
    struct level levels[TEXT_LEVELS];
    int depth;
    struct buf text;          /* of the piece being gathered */
    struct vector_text next;  /* how it will stand */
    struct vector_text *last; /* made before, of this <text> */
    double y;                 /* of the pen; its x is not known */
    bool after_space, any;
};

/* Ends what is before a new chunk or the whole: spaces there have no width. */
static void trim_last(struct lettering *lettering) {
    struct vector_text *last = lettering->last;
    size_t length = last ? strlen(last->text) : 0;
    if (length && last->text[length - 1] == ' ')
        last->text = arena_strndup(lettering->reading->arena, last->text, length - 1);
}

static void warn_of(struct svg_reading *reading, const struct svg_element *element,
                    const char *what) {
    svg_warn(reading, element, DIAG_IMAGE_SVG_PROPERTY, what, "turn this text into a path");
}

static struct paint text_paint(struct svg_reading *reading, const struct svg_element *element,
                               const struct svg_style *style) {
    static const double box[4] = {0, 0, 1, 1};
    struct matrix one = matrix_identity();
    bool outlined = (style->stroke.colour != COLOUR_NONE || style->stroke.server) &&
                    style->width > 0 && style->stroke_opacity > 0;
    bool filled = style->fill.colour != COLOUR_NONE || style->fill.server;
    if (outlined)
        warn_of(reading, element, "the outline of a text");
    const struct svg_paint *from = filled || !outlined ? &style->fill : &style->stroke;
    struct paint paint = svg_resolve_paint(
        reading, element, from, style,
        from == &style->fill ? style->fill_opacity : style->stroke_opacity, box, &one);
    if (paint.gradient)
        warn_of(reading, element, "a text's gradient");
    paint.gradient = NULL;
    return paint;
}

static double baseline_shift(const struct svg_style *style) {
    /* Of the em, as in most fonts: half an x-height, half of ascent less descent, an ascent. */
    static const double shares[] = {[BASELINE_ALPHABETIC] = 0,
                                    [BASELINE_MIDDLE] = 0.26,
                                    [BASELINE_CENTRAL] = 0.35,
                                    [BASELINE_HANGING] = 0.75};
    return shares[style->baseline] * style->font_size;
}

/* Makes a text of what was gathered. */
static void flush(struct lettering *lettering, const struct svg_element *element,
                  const struct svg_style *style) {
    struct svg_reading *reading = lettering->reading;
    struct vector_text *next = &lettering->next;
    if (!lettering->text.len)
        return;
    if (next->starts)
        trim_last(lettering);
    struct vector_node *node = svg_add_node(reading, lettering->into, VECTOR_TEXT);
    struct vector_text *text = &node->text;
    *text = *next;
    text->text = arena_strndup(reading->arena, lettering->text.data, lettering->text.len);
    text->matrix =
        matrix_of(lettering->matrix, (struct matrix){1, 0, 0, 1, 0, baseline_shift(style)});
    text->size = style->font_size;
    text->tracking = style->letter_spacing;
    text->family = style->family;
    text->face = (uint8_t)(style->bold     ? style->italic ? FACE_BOLD_ITALIC : FACE_BOLD
                           : style->italic ? FACE_ITALIC
                                           : FACE_REGULAR);
    text->anchor = style->anchor;
    text->fill = text_paint(reading, element, style);
    if (style->hidden)
        text->fill.colour = COLOUR_NONE;
    text->index = reading->texts.count;
    VEC_PUSH(reading->arena, &reading->texts, text);
    lettering->last = text;
    buf_clear(&lettering->text);
    *next = (struct vector_text){0};
}

/* The next value of a list, from the innermost element that has one for this character. */
static bool next_value(struct lettering *lettering, int list, double font, double *value) {
    bool found = false;
    for (int i = lettering->depth; i-- > 0;) {
        struct level *level = &lettering->levels[i];
        char one[64];
        size_t length = strcspn(level->lists[list].at, " ,\t\r\n");
        double n;
        if (!length)
            continue;
        if (length < sizeof one) {
            memcpy(one, level->lists[list].at, length);
            one[length] = 0;
            if (!found && svg_parse_length(one, level->whole[list], font, &n)) {
                *value = n;
                found = true;
            }
        }
        level->lists[list].at += length;
        svg_skip_comma(&level->lists[list]);
    }
    return found;
}

/* Takes this character's positions; what was gathered goes out before a new place. */
static void place_character(struct lettering *lettering, const struct svg_element *element,
                            const struct svg_style *style) {
    double x = 0, y = 0, dx = 0, dy = 0;
    bool has_x = next_value(lettering, 0, style->font_size, &x);
    bool has_y = next_value(lettering, 1, style->font_size, &y);
    bool has_dx = next_value(lettering, 2, style->font_size, &dx);
    bool has_dy = next_value(lettering, 3, style->font_size, &dy);
    bool first = !lettering->any;
    lettering->any = true;
    if (!has_x && !has_y && !has_dx && !has_dy && !first)
        return;
    flush(lettering, element, style);
    struct vector_text *next = &lettering->next;
    if (has_x || first) {
        next->starts = true;
        next->x = x;
        next->y = has_y ? y : lettering->y;
        lettering->y = next->y;
    } else if (has_y) {
        dy += y - lettering->y;
    }
    next->dx = dx;
    next->dy = dy;
    lettering->y += dy;
}

static void add_characters(struct lettering *lettering, const struct svg_element *element,
                           const struct svg_style *style, const char *text) {
    if (!svg_count_drawn(lettering->reading, element, strlen(text)))
        return;
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        const char *start = at;
        uint32_t code = utf8_next(&at, end);
        bool space =
            code == ' ' || code == '\t' || code == '\n' || code == '\r' || utf8_is_control(code);
        if (space && lettering->after_space && !style->preserve_space)
            continue;
        place_character(lettering, element, style);
        /* Several in a row are kept by making all but the first unbreakable. */
        if (space)
            buf_puts(&lettering->text, lettering->after_space ? "\u00A0" : " ");
        else
            buf_put(&lettering->text, start, (size_t)(at - start));
        lettering->after_space = space;
    }
}

static void push_level(struct lettering *lettering, const struct svg_element *element) {
    static const char *const names[] = {"x", "y", "dx", "dy"};
    struct level *level = &lettering->levels[lettering->depth++];
    for (int i = 0; i < 4; i++) {
        const char *list = svg_attribute(element, names[i]);
        level->lists[i].at = list ? list : "";
        svg_skip_space(&level->lists[i]);
        level->whole[i] = i % 2 ? lettering->reading->view_height : lettering->reading->view_width;
    }
    if (svg_attribute(element, "rotate"))
        warn_of(lettering->reading, element, "'rotate' of single letters");
}

static void add_element(struct lettering *lettering, struct svg_element *element,
                        const struct svg_style *style) {
    struct svg_reading *reading = lettering->reading;
    if (lettering->depth == TEXT_LEVELS) {
        svg_fail(reading, element, DIAG_IMAGE_SVG_LIMIT,
                 arena_printf(reading->arena, "%d levels of text", TEXT_LEVELS), NULL);
        return;
    }
    push_level(lettering, element);
    for (struct svg_element *child = element->first; child && !reading->failed;
         child = child->next) {
        if (child->text) {
            add_characters(lettering, element, style, child->text);
            double length = svg_length(reading, element, "textLength", reading->view_width, 0);
            bool alone = child == element->first && !child->next;
            lettering->next.length = alone && length > 0 ? length : 0;
            flush(lettering, element, style);
        } else if (svg_named(child, "tspan") || svg_named(child, "a")) {
            struct svg_style inner = svg_style_of(reading, child, style);
            if (!inner.none && svg_count_drawn(reading, child, 0))
                add_element(lettering, child, &inner);
        } else if (!svg_named(child, "title") && !svg_named(child, "desc") &&
                   !strchr(child->name, ':')) {
            svg_warn(reading, child, DIAG_IMAGE_SVG_IGNORED,
                     arena_printf(reading->arena, "%.40s", child->name),
                     "turn this text into a path");
        }
    }
    lettering->depth--;
}

void svg_draw_text(struct svg_reading *reading, struct svg_element *element,
                   const struct svg_style *style, const struct matrix *matrix,
                   struct vector_node *into) {
    struct lettering lettering = {
        .reading = reading, .into = into, .matrix = *matrix, .after_space = true};
    buf_init(&lettering.text, reading->arena);
    add_element(&lettering, element, style);
    trim_last(&lettering);
}
