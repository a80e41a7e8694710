/* Lengths are micrometres (`_um`), font sizes hundredths of a point (`_cpt`), both int32_t.
 * Only type/ and write/ convert; 1 pt is 1/72 inch, 25,400 um an inch. */
#ifndef TANDEM_BASE_UNITS_H
#define TANDEM_BASE_UNITS_H

#include <stdint.h>

#define UM_PER_MM 1000
#define UM_PER_INCH 25400

/* Hundredths of a point to micrometres, rounded to the nearest. */
static inline int32_t um_from_cpt(int64_t cpt) {
    int64_t scaled = cpt * 25400;
    return (int32_t)((scaled + (scaled < 0 ? -3600 : 3600)) / 7200);
}

/* Micrometres to points, for writers. */
static inline double pt_from_um(int64_t um) { return (double)um * 72.0 / 25400.0; }

#endif
