/* Sorting words as a language does (ICU, UTS #10 with CLDR's rules), for indexes.
 *
 * Stage: lay out. Owner: whoever opens closes; one thread. Errors: a language that ICU does not
 * know is sorted by the rules of all. */
#ifndef TANDEM_TYPE_COLLATE_H
#define TANDEM_TYPE_COLLATE_H

#include "base/arena.h"

struct collation;

enum collation_level {
    COLLATION_LETTERS, /* e = é = E */
    COLLATION_ACCENTS, /* e = E, not é */
    COLLATION_CASES,
};

/* `language` is a BCP 47 code such as "en-GB". */
struct collation *collation_open(struct arena *arena, const char *language);
void collation_close(struct collation *collation);
/* Below, at or above 0, as strcmp. */
int collation_compare(struct collation *collation, const char *left, const char *right,
                      enum collation_level level);
/* The letter that a text stands under: "E" for "émigré" in French; NULL if it begins with none. */
const char *collation_letter(struct collation *collation, struct arena *arena, const char *text);

#endif
