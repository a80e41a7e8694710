/* Choosing line breaks over a whole paragraph (Knuth and Plass, "Breaking Paragraphs into Lines",
 * Software: Practice and Experience 11, 1981; TeX: The Program, §813 ff.).
 *
 * Instead of boxes, glue and penalties it is given the places where a line may end, each with sums
 * of what comes before: a line's width is a difference of two sums.
 *
 * Units: nanometres. Owner: the arena given. Errors: none. */
#ifndef TANDEM_TYPE_KNUTH_PLASS_H
#define TANDEM_TYPE_KNUTH_PLASS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct sums {
    int64_t width, stretch, shrink;
    int64_t widens; /* by how much glyphs can be made wider, or narrower */
    int32_t fills;  /* items that stretch without end */
};

struct breakpoint {
    struct sums before;                  /* up to here, if the line ends here */
    struct sums after;                   /* up to what the next line begins with, if it does */
    int32_t hyphen_nm;                   /* width of what is put in at the end */
    int32_t right_hang_nm, left_hang_nm; /* what may stand in the margin: of a line that ends here,
                                            of one that begins here */
    int32_t penalty;
    bool forced;
    bool hyphen; /* the line ends with one, put in or written, or with a dash */
    bool resort; /* only if nothing else helps */
    /* Where that is, for the caller. */
    uint32_t atom, offset, next_atom, next_offset;
    bool put_hyphen;
};

struct line_rules {
    int64_t first_width, width; /* of the first line, of the others */
    double tolerance;           /* largest stretch ratio */
    int64_t background_stretch; /* of every line: ragged margins, or emergency */
    bool ragged;                /* spaces keep their width */
    bool balance;               /* the last line counts as the others do */
    bool last_pass;             /* any ratio is taken rather than none */
    int32_t looseness;
    int64_t river; /* word spaces of two lines are above one another if no further apart; 0: spaces
                      above one another cost nothing */
};

/* How far a line's slack (below 0: what it lacks) is taken up by its glyphs: as far as they go. */
static inline int64_t glyphs_take(int64_t slack, int64_t widens) {
    return slack > widens ? widens : slack < -widens ? -widens : slack;
}

/* Chooses among breaks[0 … count-1], of which the first is the paragraph's start and the last is
 * forced. Writes the ends of the lines to `chosen` (room for `count`) and returns how many; 0 if
 * nothing is within the tolerance. Runs in time linear in `count` for lines of bounded length. */
size_t knuth_plass(struct arena *scratch, const struct breakpoint *breaks, size_t count,
                   const struct line_rules *rules, uint32_t *chosen);

#endif
