/* A letter's flow as the two parts of its message: plain text, and simple HTML that says the same.
 *
 * Stage: write. Owner: the arena given. Errors: none. Whatever a participant typed is text in both. */
#ifndef TANDEM_WRITE_LETTER_H
#define TANDEM_WRITE_LETTER_H

#include "base/buf.h"
#include "model/flow.h"

/* Paragraphs on one line each, an empty line between them; lists with their marks, quotations behind
 * ">", tables as rows of cells; a link's address behind its words unless it is they. Ends in a line
 * feed. */
char *letter_text(struct arena *arena, const struct flow *body);
/* A whole page with styles of its own and nothing from elsewhere, for wide and narrow screens, light
 * and dark. `title` is the subject, `language` BCP 47. */
char *letter_html(struct arena *arena, const struct flow *body, const char *title,
                  const char *language);

#endif
