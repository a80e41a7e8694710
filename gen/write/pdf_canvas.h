/* The operators of a content stream, written only where the graphics state changes.
 *
 * Units in: micrometres from the top left corner. Owner: the buffer's arena. Errors: none. */
#ifndef TANDEM_WRITE_PDF_CANVAS_H
#define TANDEM_WRITE_PDF_CANVAS_H

#include "write/pdf_run.h"

/* How a path is painted; colours may be COLOUR_NONE. */
struct look {
    uint32_t fill, stroke;
    int32_t weight_um, dash_um;
};

/* The operator that sets a colour for filling or stroking: of grey where it is one, so that an
 * edition in grey has no others. */
void pdf_put_colour(struct buf *out, uint32_t colour, bool stroke);

struct pdf_canvas {
    struct buf *out;
    int64_t height_cpt; /* of the page, in hundredths of a point */
    /* The graphics state as the reader knows it; -1: not known. */
    int64_t fill, stroke, weight_cpt, dash_cpt;
    const struct pdf_fonts *fonts;
    const struct face *face;
    int32_t variant, size_cpt, tracking_cpt, widening, rise;
    bool tracking_known, widening_known, rise_known;
    bool embolden; /* inside pdf_canvas_text alone */
    /* The text object that is open, or was. */
    bool in_text, in_array, in_string, any_text;
    int64_t line_x, line_y;  /* start of its line, hundredths of a point */
    int64_t pen;             /* where the next glyph comes, 1e-8 of a point */
    int64_t last_adjustment; /* thousandths of an em, of a word on this page */
    struct look look;        /* of the path being made */
};

/* `known`: the stream is the page's first, so that the state is the initial one (§8.4.1). */
void pdf_canvas_init(struct pdf_canvas *canvas, struct buf *out, int32_t page_height_um,
                     bool known);
/* A marked-content operator on a line of its own; closes an open text object first. */
void pdf_canvas_tag(struct pdf_canvas *canvas, const char *operator);

/* A path: its look first, for no other operator may come between construction and painting
 * (§8.2); then rectangles with rounded corners, points by "m" or "l", curves; then paint. */
void pdf_canvas_look(struct pdf_canvas *canvas, struct look look);
void pdf_canvas_rect(struct pdf_canvas *canvas, int32_t x_um, int32_t y_um, int32_t width_um,
                     int32_t height_um, int32_t radius_um);
void pdf_canvas_point(struct pdf_canvas *canvas, int32_t x_um, int32_t y_um, const char *operator);
void pdf_canvas_curve(struct pdf_canvas *canvas, const int32_t x_um[3], const int32_t y_um[3]);
void pdf_canvas_close(struct pdf_canvas *canvas);
void pdf_canvas_paint(struct pdf_canvas *canvas);

/* An image over the mark's box, by its resource name. */
void pdf_canvas_image(struct pdf_canvas *canvas, const struct mark *mark, const char *name);
/* A form XObject with its top left corner at the mark's. */
void pdf_canvas_stamp(struct pdf_canvas *canvas, const struct mark *mark, const char *name);
/* A TEXT mark: words with real spaces between them. `breaks`: no text follows on its line. */
void pdf_canvas_text(struct pdf_canvas *canvas, struct run_table *runs, const struct mark *mark,
                     bool breaks);

#endif
