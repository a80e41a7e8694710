/* Typographic quotes, dashes and ellipses by language, in texts of the course's authors only.
 *
 * Stage: load. Owner: the caller's arena. Errors: none. */
#ifndef TANDEM_LOAD_TYPOGRAPHY_H
#define TANDEM_LOAD_TYPOGRAPHY_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* One run of text of a paragraph; quotes see across runs. */
struct text_piece {
    const char *text; /* NULL: an object, such as code, that counts as a letter */
    size_t size;
    const unsigned char *escaped; /* a byte a byte: 1 is left as it is; NULL: none */
    const char *language;         /* its own; NULL: the paragraph's */
    const char *made;             /* the text made of it, NUL-terminated; set here */
};

/* Straight quotes open or close by what is beside them (CommonMark's flanking rules), single ones
 * that pair with nothing are apostrophes; -- and --- become dashes, ... an ellipsis. Pieces in
 * another language than the paragraph's are set by that one's rules, by themselves; to those around
 * them they are words. */
void typography_pieces(struct arena *arena, const char *language, struct text_piece *pieces,
                       size_t count);
/* The same for one text by itself. NULL gives NULL. */
const char *typography_text(struct arena *arena, const char *language, const char *text);

#endif
