/* Fixed words of a language: templates/strings/<language>.yml holds one for every row of words.def.
 */
#ifndef TANDEM_MODEL_WORDS_H
#define TANDEM_MODEL_WORDS_H

#include "base/arena.h"

enum word {
#define WORD(code, key) WORD_##code,
#include "model/words.def"
#undef WORD
    WORD_COUNT
};

/* The key in the strings file. */
const char *word_key(enum word word);
/* A word's text, `words` holding one for each in the course's language; its key where that is NULL. */
const char *word_text(const char *const *words, enum word word);
/* `text` with {0} and {1} filled in; NULL fills in nothing. In `arena`. */
const char *word_fill(struct arena *arena, const char *text, const char *first, const char *second);

#endif
