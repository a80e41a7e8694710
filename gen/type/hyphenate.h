/* Hyphenation with the dictionaries of libhyphen (Liang, "Word Hy-phen-a-tion by Com-put-er",
 * 1983; the .dic format of the library's README.compound).
 *
 * The library's own reader is not used: it takes 6 ms for English and 1,000 ms for German, more
 * than a whole workbook. Here a file is hashed where it lies, and matching gives the same points;
 * the unit test compares the two.
 *
 * Owner: the arena given to hyphenation_open. Read-only afterwards, so threads share it. */
#ifndef TANDEM_TYPE_HYPHENATE_H
#define TANDEM_TYPE_HYPHENATE_H

#include "type/typeset.h"

#include <stdbool.h>
#include <stdint.h>

/* Longest word that is hyphenated, in bytes. */
enum { HYPHENATE_LIMIT = 96 };

/* The dictionary of a language ("en-GB"; one of the same language if that very one is not loaded),
 * or -1. */
int hyphenation_find(const struct hyphenation *hyphenation, const char *lang);

/* Marks where a word may be divided: points[i] is true if a hyphen may stand after byte i. `word`
 * is letters only, UTF-8, at most HYPHENATE_LIMIT bytes, in any case; `points` has room for
 * `length`. Returns how many points there are. */
size_t hyphenate_word(const struct hyphenation *hyphenation, int dictionary, const char *word,
                      size_t length, bool *points);

#endif
