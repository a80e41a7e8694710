/* The parts of load_theme. Errors: see load.h. */
#ifndef TANDEM_LOAD_THEME_H
#define TANDEM_LOAD_THEME_H

#include "load/yaml.h"
#include "model/theme.h"

struct theme_reader {
    struct reader reader;
    struct theme *theme;
    const char *folder; /* of the template, on this machine */
};

/* theme_page.c */
void theme_read_running(struct theme_reader *reader, const struct yaml *root);
/* Lines, rules, chapters, contents, cover, opening, print. */
void theme_read_looks(struct theme_reader *reader, const struct yaml *root);
void theme_read_logo(struct theme_reader *reader, const struct yaml *root);
/* Papers and margins; last, for each paper with margins of its own gets a copy of the theme. */
void theme_read_pages(struct theme_reader *reader, const struct yaml *root);

/* theme_grey.c */

/* Turns every colour of a theme grey, its logo and its papers' themes included. */
void theme_turn_grey(struct arena *arena, struct theme *theme);
/* The picture in grey, of the same luminance; made once and remembered in `image`. A JPEG that
 * cannot be decoded stays as it is. */
const struct image *image_in_grey(struct arena *arena, struct image *image);
/* A copy of a drawing in grey. */
const struct vector *vector_in_grey(struct arena *arena, const struct vector *vector);

/* theme_styles.c */
/* The families and fallbacks; what a family lacks is its regular face, then the text's. `at`: of the
 * template, for a map that is not there. */
void theme_read_fonts(struct theme_reader *reader, const struct yaml *root, struct span at);
void theme_read_colours(struct theme_reader *reader, const struct yaml *root);
void theme_read_styles(struct theme_reader *reader, const struct yaml *root);
void theme_read_callouts(struct theme_reader *reader, const struct yaml *root);

/* A length as "8mm", "12pt" or, with `bare` "pt" or "mm", a number in that unit; in µm. */
void theme_read_length(struct theme_reader *reader, const struct yaml *map, const char *key,
                       const char *bare, int32_t *length_um);
/* One of `words`; its index, or `otherwise` after reporting or if the key is not there. */
int theme_read_word(struct theme_reader *reader, const struct yaml *map, const char *key,
                    const char *const *words, size_t count, int otherwise);

#endif
