/* Fonts in a file: subsets as Type0 fonts with Identity-H (ISO 32000-1 §9.7), each with its own W
 * array and ToUnicode maps.
 *
 * Owner: made once in the arena given (the batch's for the base, the job's for a document's own)
 * and put into any number of files. Errors: a face that HarfBuzz cannot subset is embedded whole.
 */
#ifndef TANDEM_WRITE_PDF_FONT_H
#define TANDEM_WRITE_PDF_FONT_H

#include "write/pdf_glyph.h"
#include "write/pdf_object.h"

struct pdf_font {
    const struct face *face;
    const char *name;             /* with subset tag: "ABCDEF+GentiumPlus-Regular" */
    struct pdf_bytes program;     /* compressed */
    size_t program_size;          /* before */
    const char *widths;           /* the W array's text */
    struct pdf_bytes *to_unicode; /* compressed, one a variant */
    uint8_t variants;
};

struct pdf_fonts {
    struct glyph_set glyphs;
    char letter; /* resource names are letter, face index, and a small letter for a variant */
    struct pdf_font *fonts;
    size_t count;
};

/* Freezes the set and makes a font of every face in use, on as many threads, each with an arena and
 * a deflater of its own. */
void pdf_fonts_make(struct pdf_fonts *fonts, struct arena *arenas, struct pdf_deflater *deflaters,
                    size_t threads);
/* Adds the fonts to a file and to a dictionary of font resources. */
void pdf_fonts_put(const struct pdf_fonts *fonts, struct pdf_file *file,
                   struct pdf_dict *resources);
/* Resource name of a face's variant; `out` as returned. */
const char *pdf_font_resource(const struct pdf_fonts *fonts, const struct face *face,
                              uint8_t variant, char out[16]);
/* A subset's name: six letters that say which it is, then the face's own. */
const char *pdf_font_subset_name(const struct face *face, struct pdf_bytes program,
                                 struct arena *arena);
/* A font descriptor but for its program; `flags` are added: Symbolic or Nonsymbolic. */
struct pdf_dict *pdf_font_put_descriptor(struct pdf_file *file, const struct face *face,
                                         const char *name, int32_t flags);
/* The one descendant of a Type0 font, but for its map from CIDs to glyphs; `kind` is CIDFontType0 or
 * CIDFontType2, `widths` the array of /W as it is written (ISO 32000-1 §9.7.4). */
struct pdf_dict *pdf_font_put_cid(struct pdf_file *file, const char *kind, const char *name,
                                  const char *widths, struct pdf_dict *descriptor);

#endif
