/* The font in which a reader shows what is typed into a form: a simple TrueType font with
 * WinAnsiEncoding (ISO 32000-1 §9.6.3, Annex D.2), embedded, for readers cannot type in a Type0
 * font's glyphs.
 *
 * Owner: made once in the arena given (the batch's) and put into any number of files. Errors: none;
 * without a TrueType face there is no font, and readers take their own. */
#ifndef TANDEM_WRITE_PDF_FORM_FONT_H
#define TANDEM_WRITE_PDF_FORM_FONT_H

#include "write/pdf_font.h"

struct form_font {
    const struct face *face;     /* NULL: none */
    const char *name;            /* with subset tag */
    struct pdf_bytes program;    /* compressed */
    size_t program_size;         /* before */
    const char *widths;          /* the Widths array's text */
    struct pdf_bytes to_unicode; /* compressed */
};

/* From the face of answers, or the first that is TrueType. `answer` may be NULL. */
struct form_font form_font_make(const struct fonts *fonts, const struct text_style *answer,
                                struct arena *arena, struct pdf_deflater *deflater);
/* Adds it to a file and, as FORM_FONT, to the pages' font resources: readers look for it among
 * those of what a field shows, or of the form. NULL if there is none. */
#define FORM_FONT "Answer"
struct pdf_dict *form_font_put(const struct form_font *font, struct pdf_file *file,
                               struct pdf_dict *resources);

#endif
