/* Down a page: where each slice comes to stand below the one before. Page breaks are chosen and
 * pages are set by this one walk, so that they never disagree.
 *
 * On a grid, lines of text have their baselines on its lines, and all else stands between as it
 * comes: the space above a line gives up to a third (less than half a step, all of it) where that
 * reaches the grid line above, and grows to the next one else. Spaces then stretch and shrink by whole steps, which leaves every
 * line on the grid (Hochuli, "Detail in Typography"; Tschichold, on register). */
#include "stage/layout_parts.h"

enum {
    ROUNDING_UM = 50, /* what lengths given in points may differ by */
    SHARE = 4,        /* a space shrinks by a quarter at most, and may double */
};

int32_t walk_steps_um(const struct lay *lay, int32_t length_um) {
    if (lay->grid_um == 0)
        return length_um;
    return (length_um + ROUNDING_UM) / lay->grid_um * lay->grid_um;
}

int32_t slice_give_um(const struct lay *lay, const struct slice *slice) {
    int32_t stretch = slice->stretch < SHARE ? slice->stretch : SHARE;
    int32_t give_um = slice->space_um * stretch / SHARE;
    if (give_um <= lay->grid_um) /* one step, if any */
        return give_um ? lay->grid_um ? lay->grid_um : give_um : 0;
    return walk_steps_um(lay, give_um + lay->grid_um / 2);
}

int32_t slice_take_um(const struct lay *lay, const struct slice *slice) {
    int32_t space_um = slice->space_um - slice->fixed_um;
    if (slice->stretch == 0)
        return 0;
    if (lay->grid_um) /* never less than about a step is left */
        return space_um >= 2 * lay->grid_um - lay->grid_um / 8 ? lay->grid_um : 0;
    return space_um / SHARE;
}

/* How far a slice moves, down or a little up, to bring its baseline to a line of the grid. */
static int32_t to_grid_um(const struct lay *lay, const struct slice *slice, int32_t top_um,
                          bool first) {
    int32_t below_um = top_um + slice->baseline_um - lay->grid_from_um;
    if (below_um < 0)
        return -below_um;
    int32_t over_um = below_um % lay->grid_um;
    int32_t space_um = first ? 0 : slice->space_um - slice->fixed_um;
    int32_t give_um = space_um < lay->grid_um / 2 ? space_um : space_um / 3;
    if (over_um <= (give_um > ROUNDING_UM ? give_um : ROUNDING_UM))
        return -over_um;
    return lay->grid_um - over_um;
}

int32_t walk_top_um(const struct lay *lay, int32_t end_um, const struct slice *slice, bool first) {
    int32_t top_um = end_um + (first ? 0 : slice->space_um);
    if (slice->on_grid)
        top_um += to_grid_um(lay, slice, top_um, first);
    return top_um;
}

int32_t walk_page_um(const struct lay *lay, uint32_t first, uint32_t end) {
    int32_t end_um = break_open_um(lay, first);
    for (uint32_t i = first; i < end; i++) {
        const struct slice *slice = &lay->body.slices.at[i];
        end_um = walk_top_um(lay, end_um, slice, i == first) + slice->height_um;
    }
    return end_um;
}
