/* Layouts made by hand for tests of the PDF writer: words shaped with HarfBuzz, placed on pages. */
#ifndef TANDEM_TESTS_PDF_SAMPLE_H
#define TANDEM_TESTS_PDF_SAMPLE_H

#include "base/map.h"
#include "base/vec.h"
#include "write/pdf.h"

struct sample_page {
    VEC(struct mark) body, furniture;
};

struct sample {
    struct arena *arena;
    const struct fonts *fonts;
    struct map runs;
    VEC(struct sample_page) pages;
    VEC(struct element) elements;
    VEC(struct outline_entry) outline;
    VEC(struct destination) destinations;
};

/* NULL if a file cannot be opened; the text family's regular, italic, bold, then the fallback. */
const struct fonts *sample_fonts(struct arena *arena, const char *const paths[], size_t count);
void sample_init(struct sample *sample, struct arena *arena, const struct fonts *fonts);
void sample_page(struct sample *sample);
uint32_t sample_element(struct sample *sample, enum role role, uint32_t parent);
/* The shaped run of some text: the same each time. `shown`: what the glyphs show, or NULL. */
const struct glyph_run *sample_run(struct sample *sample, const struct face *face, const char *text,
                                   const char *shown, const char *features);
/* One line of words from (x, y), natural spaces stretched by `stretch_um` each. */
struct mark sample_line(struct sample *sample, const struct face *face, const char *text,
                        int32_t x_um, int32_t y_um, int32_t size_cpt, int32_t stretch_um);
/* The same, on the last page's body. */
struct mark *sample_text(struct sample *sample, const struct face *face, const char *text,
                         int32_t x_um, int32_t y_um, int32_t size_cpt, int32_t stretch_um,
                         uint32_t element);
/* The last piece of a line is a word's beginning: puts a hyphen behind it. */
void sample_hyphenate(struct sample *sample, struct mark *line, const struct face *face);
/* A mark on the last page's body, everything zero but colours (none). */
struct mark *sample_mark(struct sample *sample, enum mark_kind kind, uint32_t element);
struct layout *sample_layout(struct sample *sample);

#endif
