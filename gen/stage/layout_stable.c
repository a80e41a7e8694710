/* Stable page numbers: each chapter of a filled edition starts on the number that it has in the
 * blank one, so that everybody in a room finds "page 12". A chapter that has become shorter is
 * followed by blank pages; one that has become longer goes on over 12a, 12b … */
#include "stage/layout_parts.h"

#include <stdlib.h>

static int by_name(const void *key, const void *at) {
    return strcmp(key, ((const struct destination *)at)->name);
}

/* The first chapter whose title stands in the slices [first, end), or NULL. */
static const struct place *chapter_in(const struct lay *lay, uint32_t first, uint32_t end) {
    for (size_t i = 0; i < lay->places.count; i++) {
        const struct place *place = &lay->places.at[i];
        if (place->slice >= first && place->slice < end && place->title && place->level == 1)
            return place;
    }
    return NULL;
}

static void number_beyond(struct lay *lay, size_t number, size_t beyond) {
    for (size_t i = 0; i < beyond; i++) {
        struct page_plan *plan = &lay->plans.at[lay->plans.count - beyond + i];
        plan->number = number - 1;
        plan->beyond = i + 1;
    }
    lay->beyond += beyond;
}

void stable_start(struct lay *lay, uint32_t first, uint32_t end) {
    const struct layout *blank = lay->edition->blank;
    const struct place *chapter =
        blank && lay->theme->pages_stable && first ? chapter_in(lay, first, end) : NULL;
    const struct destination *there =
        chapter && blank->destination_count
            ? bsearch(chapter->name, blank->destinations, blank->destination_count,
                      sizeof *blank->destinations, by_name)
            : NULL;
    if (!there || there->page == 0)
        return;
    while (lay->plans.count - lay->beyond < there->page)
        break_add_blank(lay);
    size_t beyond = lay->plans.count - lay->beyond - there->page;
    if (beyond == 0)
        return;
    if (lay->theme->facing && beyond % 2 == 1) {
        break_add_blank(lay); /* what was a right-hand page stays one */
        beyond++;
    }
    number_beyond(lay, there->page, beyond);
}

const char *stable_letters(struct arena *arena, const char *label, size_t beyond) {
    char letters[16];
    size_t at = sizeof letters;
    letters[--at] = '\0';
    for (; beyond > 0; beyond = (beyond - 1) / 26)
        letters[--at] = (char)('a' + (beyond - 1) % 26);
    return arena_printf(arena, "%s%s", label, letters + at);
}
