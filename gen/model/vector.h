/* Drawings from files (SVG) as plain data: what to paint, in order, all references and styles
 * resolved. Made by load/, lettered by stage/layout, written by write/pdf_vector.c.
 *
 * Units: the picture's longer side is VECTOR_SIDE, y down, origin at its top left corner.
 * Owner: the arena of the picture. */
#ifndef TANDEM_MODEL_VECTOR_H
#define TANDEM_MODEL_VECTOR_H

#include "model/theme.h"

enum { VECTOR_SIDE = 1000 };

/* x' = a·x + c·y + e, y' = b·x + d·y + f: the order of SVG and PDF. */
struct matrix {
    double a, b, c, d, e, f;
};

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };
struct vector_step {
    enum path_op op;
    double x[3], y[3]; /* CURVE: two control points and the end */
};

struct gradient_stop {
    double at; /* 0..1, ascending */
    uint32_t colour;
    double opacity;
};

/* Colours beyond the ends are those of the ends. */
struct gradient {
    bool radial;
    double x[2], y[2], r[2];           /* from, to; r of radial ones */
    struct matrix matrix;              /* to the picture's units */
    const struct gradient_stop *stops; /* at least two */
    size_t count;
    bool fades; /* a stop is not opaque */
};

struct paint {
    uint32_t colour; /* COLOUR_NONE: not painted */
    double opacity;
    const struct gradient *gradient; /* or NULL; then colour is not COLOUR_NONE */
};

enum line_cap { CAP_BUTT, CAP_ROUND, CAP_SQUARE };
enum line_join { JOIN_MITER, JOIN_ROUND, JOIN_BEVEL };

struct vector_path {
    const struct vector_step *steps;
    size_t count;
    bool even_odd;
    struct paint fill, stroke;
    /* Of the stroke, in the units of the steps. */
    double weight, miter, dash_offset;
    const double *dashes;
    size_t dash_count;
    enum line_cap cap;
    enum line_join join;
    /* A stroke that is not the same in all directions: the steps are in units of their own, which
     * this maps to the picture's. Otherwise NULL. */
    const struct matrix *skew;
};

/* Text of one style. Texts of a chunk follow one another on a line, aligned as a whole. */
struct vector_text {
    const char *text;
    size_t index; /* among the texts of the picture */
    struct matrix matrix;
    bool starts; /* a chunk, at x and y; otherwise where the text before ended */
    double x, y;
    double dx, dy; /* from there */
    double size, tracking;
    double length;                /* that it is to fill, or 0 */
    uint8_t family, face, anchor; /* enum font_family, font_face, 0 start 1 middle 2 end */
    struct paint fill;
};

struct image;

enum vector_kind { VECTOR_GROUP, VECTOR_PATH, VECTOR_TEXT, VECTOR_IMAGE };
struct vector_node {
    enum vector_kind kind;
    struct vector_node *next;
    /* GROUP: painted as one, then made this opaque, inside all of the clips */
    struct vector_node *first, *last;
    double opacity;
    const struct vector_clip {
        const struct vector_clip *next;
        const struct vector_step *steps;
        size_t count;
        bool even_odd;
    } * clip;
    struct vector_path path;
    struct vector_text text;
    /* IMAGE: over the unit square of this matrix */
    const struct image *image;
    struct matrix matrix;
};

struct vector {
    double width, height; /* the longer is VECTOR_SIDE */
    const struct vector_node *root;
    const struct vector_text *const *texts;
    size_t text_count;
    bool grey; /* every colour is */
};

#endif
