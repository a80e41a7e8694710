/* SVG 1.1 as drawing programs write it, read into a model/vector.h.
 *
 * The file becomes a tree of elements (svg_xml.c), whose styles are worked out (svg_style.c) while
 * it is walked (svg_draw.c). What is not drawn is a warning at its place, once a name.
 * Units: user units of the file, until svg_draw.c maps them to the picture's.
 * Owner: the picture's arena. Errors: reported; hostile files end there and nowhere else: there are
 * no entities and no other files, and everything is counted. */
#ifndef TANDEM_LOAD_SVG_H
#define TANDEM_LOAD_SVG_H

#include "load/image.h"

enum {
    SVG_BYTES_LIMIT = 8 << 20,
    SVG_ELEMENTS_LIMIT = 100000, /* in the file, and drawn, copies by <use> counted */
    SVG_DEPTH_LIMIT = 64,
    SVG_STEPS_LIMIT = 1000000, /* of all paths, copies counted */
    SVG_RULES_LIMIT = 500,     /* of style sheets */
    SVG_VALUE_LIMIT = 10000,   /* bytes of an attribute other than the long ones */
};

struct svg_attribute {
    const char *name, *value; /* without the prefix xlink: */
};

/* A property (in svg_style.c's list) as written. */
struct svg_value {
    uint32_t property;
    const char *value;
};
struct svg_values {
    VEC(struct svg_value) list;
};

struct svg_element {
    const char *name; /* "#text" for text between tags */
    const char *text; /* of it */
    const struct svg_attribute *attributes;
    size_t attribute_count;
    struct svg_element *parent, *first, *last, *next;
    const char *id; /* or NULL */
    int32_t line, col;
    bool open; /* being drawn: a <use> may not come here again */
    /* Worked out once, however often it is drawn; NULL until then. */
    struct svg_values *values;
    struct svg_steps *steps;
    struct svg_stops *stops;
    const struct image *picture;
    bool picture_tried;
};

/* ---- values (svg_value.c) ---- */

/* A scanner over attribute text. */
struct svg_scan {
    const char *at;
};
void svg_skip_space(struct svg_scan *scan);
/* After white space and at most one comma. */
void svg_skip_comma(struct svg_scan *scan);
/* A finite number of at most ten millions either way; false and nothing moved if there is none. */
bool svg_scan_number(struct svg_scan *scan, double *number);
/* One character '0' or '1', as in arcs. */
bool svg_scan_flag(struct svg_scan *scan, bool *flag);
/* A word of letters, digits, '-' and '_' into `out` in lower case; false if there is none. */
bool svg_scan_word(struct svg_scan *scan, char *out, size_t room);

/* "12", "3.5mm", "40%": percentages are of `whole`, em of `font`. */
bool svg_parse_length(const char *text, double whole, double font, double *length);
/* #rgb, #rrggbb, rgb(), rgba(), hsl(), a name, light-dark(); *opacity is set if given. */
bool svg_parse_colour(const char *text, uint32_t *colour, double *opacity);
/* matrix() translate() scale() rotate() skewX() skewY(), any number of them. */
bool svg_parse_transform(const char *text, struct matrix *matrix);
uint32_t svg_named_colour(const char *name); /* COLOUR_NONE if unknown */

struct matrix matrix_identity(void);
/* First `inner`, then `outer`. */
struct matrix matrix_of(struct matrix outer, struct matrix inner);
void matrix_apply(const struct matrix *matrix, double *x, double *y);
/* The factor by which it makes lengths larger, as a geometric mean. */
double matrix_scale(const struct matrix *matrix);

/* ---- paths (svg_path.c) ---- */

struct svg_steps {
    VEC(struct vector_step) list;
};
/* A path's d. False if something in it cannot be read: what stands before is kept. */
bool svg_parse_path(struct arena *arena, const char *d, struct svg_steps *steps);
void svg_add_rect(struct arena *arena, struct svg_steps *steps, double x, double y, double width,
                  double height, double rx, double ry);
void svg_add_ellipse(struct arena *arena, struct svg_steps *steps, double cx, double cy, double rx,
                     double ry);
void svg_add_point(struct arena *arena, struct svg_steps *steps, enum path_op op, double x,
                   double y);
/* x0, y0, x1, y1 of what the steps enclose; false if there is nothing. */
bool svg_bounds(const struct vector_step *steps, size_t count, double box[4]);
void svg_map_steps(struct vector_step *steps, size_t count, const struct matrix *matrix);

/* ---- styles (svg_style.c) ---- */

struct svg_paint {
    uint32_t colour;    /* COLOUR_NONE: none */
    double opacity;     /* of the colour itself */
    const char *server; /* id of a gradient, or NULL; colour is what is painted without it */
    bool current;
};

enum { SVG_MARKER_START, SVG_MARKER_MID, SVG_MARKER_END, SVG_MARKERS };

/* Inherited, then those of the element alone. */
struct svg_style {
    struct svg_paint fill, stroke;
    struct svg_paint context_fill, context_stroke; /* in a marker: of the line that it is on */
    const char *markers[SVG_MARKERS];              /* ids, or NULL */
    uint32_t colour;
    double fill_opacity, stroke_opacity;
    bool fill_even_odd, clip_even_odd;
    double width, miter, dash_offset;
    const double *dashes;
    size_t dash_count;
    enum line_cap cap;
    enum line_join join;
    double font_size, letter_spacing;
    uint8_t family, anchor;
    bool bold, italic, preserve_space, hidden;
    enum { BASELINE_ALPHABETIC, BASELINE_MIDDLE, BASELINE_CENTRAL, BASELINE_HANGING } baseline;

    double opacity;
    bool none;        /* display: none */
    const char *clip; /* id, or NULL */
    uint32_t stop_colour;
    double stop_opacity;
};

struct svg_stops {
    VEC(struct gradient_stop) list;
};

struct svg_rule {
    const char *element, *class_name, *id; /* NULL: any */
    const struct svg_values *values;
    int32_t weight, order;
};

struct svg_reading {
    struct image_file *file;
    struct arena *arena;
    const struct source *source; /* of the SVG, or NULL: messages are at the Markdown's place */
    struct svg_element *root;
    size_t element_count, drawn_count, step_count;
    bool failed;                     /* an error was reported: stop */
    uint64_t points;                 /* of the pictures inside */
    VEC(struct svg_element *) by_id; /* sorted */
    VEC(struct svg_rule) rules;      /* sorted: later ones win */
    struct strings warned;
    VEC(const struct vector_text *) texts;
    double view_width, view_height; /* for percentages */
};

struct svg_style svg_style_initial(void);
/* The style of an element in one of `around`. */
struct svg_style svg_style_of(struct svg_reading *reading, struct svg_element *element,
                              const struct svg_style *around);
/* Adds "name: value; …" to an element's or a rule's values. */
void svg_note_declarations(struct svg_reading *reading, struct svg_values *values,
                           const char *text);
/* Reads all <style> elements; errors are reported. */
void svg_read_sheets(struct svg_reading *reading);

/* ---- the rest ---- */

/* Reads the bytes into reading->root; false after reporting. */
bool svg_read_tree(struct svg_reading *reading);
const char *svg_attribute(const struct svg_element *element, const char *name); /* or NULL */
struct svg_element *svg_find(const struct svg_reading *reading, const char *id);
/* A length of an attribute, in user units; `fallback` where there is none. */
double svg_length(struct svg_reading *reading, const struct svg_element *element, const char *name,
                  double whole, double fallback);
/* The id in "#id" or "url(#id)"; NULL after a warning that others are not read. */
const char *svg_local_id(struct svg_reading *reading, const struct svg_element *element,
                         const char *reference);
struct span svg_place(const struct svg_reading *reading, const struct svg_element *element);
/* A warning at an element, the first time only. */
void svg_warn(struct svg_reading *reading, const struct svg_element *element, enum diag_code code,
              const char *what, const char *advice);
/* An error at an element; ends the reading. */
void svg_fail(struct svg_reading *reading, const struct svg_element *element, enum diag_code code,
              const char *what, const char *advice);

bool svg_named(const struct svg_element *element, const char *name);
/* Counts one more thing drawn and its steps; false after reporting that there are too many. */
bool svg_count_drawn(struct svg_reading *reading, const struct svg_element *element, size_t steps);
/* Lengths along and down the view. */
double svg_across(struct svg_reading *reading, const struct svg_element *element, const char *name,
                  double fallback);
double svg_down(struct svg_reading *reading, const struct svg_element *element, const char *name,
                double fallback);
bool svg_is_shape(const struct svg_element *element);
/* A shape's steps in its own units, worked out once. */
const struct svg_steps *svg_steps_of(struct svg_reading *reading, struct svg_element *element);
struct vector_step *svg_copy_steps(struct svg_reading *reading, const struct svg_steps *steps,
                                   const struct matrix *matrix);

/* ---- the walk ---- */

struct svg_walk {
    struct svg_reading *reading;
    struct matrix matrix; /* of user units to the picture's */
    struct svg_style style;
    struct vector_node *into;
    int32_t depth;
};
void svg_apply_transform(struct svg_walk *walk, const struct svg_element *element);
/* False after reporting that it nests too deep. */
bool svg_count_depth(struct svg_walk *walk, const struct svg_element *element);
/* The clips of an element before those it is in already. */
const struct vector_clip *svg_add_clip(struct svg_walk walk, struct svg_element *element,
                                       const char *id, const struct vector_clip *outer);
const struct vector_clip *svg_clip_of_box(struct svg_reading *reading, double x, double y,
                                          double width, double height, const struct matrix *matrix);
/* Draws what stands at the ends and corners of a line, in its own style. */
void svg_draw_markers(struct svg_walk walk, struct svg_element *element,
                      const struct svg_steps *steps);
void svg_draw_children(struct svg_walk walk, struct svg_element *element);
/* The <pattern> that a paint names, if it may be drawn; else NULL. */
struct svg_element *svg_find_pattern(const struct svg_reading *reading,
                                     const struct svg_paint *paint);
/* Fills a shape, whose box this is, with a pattern. */
void svg_draw_pattern(struct svg_walk walk, struct svg_element *pattern,
                      const struct svg_steps *steps, const double box[4]);
/* Draws what stands in an <svg> or <symbol>, which clips unless it is `shown_whole`. */
void svg_draw_view(struct svg_walk walk, struct svg_element *element, double width, double height,
                   bool shown_whole);
/* Four numbers of a viewBox with a size; false if there are none. */
bool svg_view_box(const struct svg_element *element, double view[4]);

/* A paint as it is in the end, for a shape with these bounds (in user units, of `matrix`). */
struct paint svg_resolve_paint(struct svg_reading *reading, const struct svg_element *element,
                               const struct svg_paint *paint, const struct svg_style *style,
                               double opacity, const double box[4], const struct matrix *matrix);
/* Adds the texts of a <text> to a group. */
void svg_draw_text(struct svg_reading *reading, struct svg_element *element,
                   const struct svg_style *style, const struct matrix *matrix,
                   struct vector_node *into);
/* A data: picture of an <image>; NULL after a warning. */
const struct image *svg_read_picture(struct svg_reading *reading, struct svg_element *element,
                                     const char *address);
struct vector_node *svg_add_node(struct svg_reading *reading, struct vector_node *into,
                                 enum vector_kind kind);
/* Maps a view box to a width and height as preserveAspectRatio says; *slice if it may stick out. */
struct matrix svg_fit(const char *aspect, const double view[4], double width, double height,
                      bool *slice);

#endif
