/* Fixed words of a language: templates/strings/<language>.yml holds one for every row of words.def.
 */
#ifndef TANDEM_MODEL_WORDS_H
#define TANDEM_MODEL_WORDS_H

enum word {
#define WORD(code, key) WORD_##code,
#include "model/words.def"
#undef WORD
    WORD_COUNT
};

/* The key in the strings file. */
const char *word_key(enum word word);

#endif
