/* Fonts: the faces of a template, opened once and shared read-only by all threads.
 *
 * Owner: the run arena holds the records; HarfBuzz blobs, faces and fonts are immutable once made
 * and released by fonts_close. Glyph metrics are in font units. */
#ifndef TANDEM_TYPE_FONT_H
#define TANDEM_TYPE_FONT_H

#include "model/mark.h"

#include <hb.h>
#include <stdatomic.h>

struct face {
    uint32_t index; /* in fonts->faces: stable for a template */
    const char *path;
    struct span at;        /* in the template */
    const char *sha256;    /* as the template names it, or NULL; see fonts_verify */
    atomic_bool *embedded; /* see face_note_embedded */
    bool verified;
    const char *postscript_name;
    uint8_t style;      /* enum font_face: as what the template names it first */
    bool embolden;      /* drawn with a stroke round its glyphs */
    hb_face_t *hb_face; /* immutable */
    hb_font_t *hb_font; /* immutable; scale is units_per_em */
    uint16_t units_per_em;
    bool cff; /* OpenType with CFF outlines, else TrueType */
    int16_t ascender, descender, cap_height, x_height, italic_angle_centideg, weight;
    int16_t bbox[4];
    bool fixed_pitch, serif;
    uint32_t features; /* which of smcp, tnum, onum, liga it has: FEATURE_* */
    uint32_t ascii[4]; /* a bit for each character below U+0080 that it has a glyph for */
};

enum { FEATURE_SMALL_CAPS = 1, FEATURE_TABULAR = 2, FEATURE_OLD_STYLE = 4, FEATURE_LINING = 8 };

/* For characters that the families lack. */
struct fallback {
    const struct face *faces[FACE_COUNT]; /* a missing face: the nearest; never NULL */
    hb_script_t script;                   /* it is for that alone, or HB_SCRIPT_INVALID */
};

struct fonts {
    struct face *faces;
    size_t face_count;
    const struct face *by_family[FAMILY_COUNT][FACE_COUNT]; /* a missing face: the regular */
    const struct fallback *fallbacks;
    size_t fallback_count;
};

/* Opens every face the theme names, a file once. Errors (unreadable, not a font) are reported; NULL
 * if a face of a family could not be opened. A missing fallback is a warning. Files are mapped, not
 * read: opening ten faces takes well under a millisecond. */
struct fonts *fonts_open(struct arena *run, struct diag *diag, const struct theme *theme);
/* Notes that a file carries the face. For any thread at any time. */
void face_note_embedded(const struct face *face);
/* Warns of every face whose SHA-256 is another than the template's: other bytes may come out. Only
 * of faces that files carry by now, and once of each, for they are read whole: a millisecond each.
 * For one thread at a time. */
void fonts_verify(struct fonts *fonts, struct diag *diag);
void fonts_close(struct fonts *fonts);
/* The face of a style, before fallback. */
const struct face *fonts_face(const struct fonts *fonts, const struct text_style *style);

#endif
