/* The font in which a reader shows what is typed into a form: Type0, its codes the characters' own
 * numbers, with all that a typist of European languages needs (ISO 32000-1 §9.7).
 *
 * Readers find a code by the ToUnicode map the other way round, and a glyph by the CIDToGIDMap:
 * poppler needs that as a stream, Acrobat and pdfium want the program's own character map beside
 * it. What the maps lack, readers show in a font of their own.
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
    const char *widths;          /* the W array's text */
    struct pdf_bytes to_unicode; /* compressed, as the glyph of each code is */
    struct pdf_bytes glyphs;
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
