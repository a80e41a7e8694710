/* Growable arrays in an arena. An outgrown array stays in its arena until that is reset, so the
 * waste is at most the array's own size. */
#ifndef TANDEM_BASE_VEC_H
#define TANDEM_BASE_VEC_H

#include "base/arena.h"

#include <string.h>

#define VEC(type)     \
    struct {          \
        type *at;     \
        size_t count; \
        size_t room;  \
    }

/* Makes room for one more element and returns its address, zeroed, counted as an element. */
#define VEC_ADD(arena, vec)                                                                \
    ((vec)->count == (vec)->room ? ((vec)->at = vec_grow((arena), (vec)->at, (vec)->count, \
                                                         &(vec)->room, sizeof *(vec)->at)) \
                                 : (vec)->at,                                              \
     &(vec)->at[(vec)->count++])

#define VEC_PUSH(arena, vec, item) (*VEC_ADD((arena), (vec)) = (item))

static inline void *vec_grow(struct arena *arena, void *old, size_t count, size_t *room,
                             size_t size) {
    *room = *room ? *room * 2 : size > 64 ? 2 : 8;
    return count ? arena_resize(arena, old, count * size, *room * size)
                 : arena_alloc_array(arena, *room, size);
}

/* A list of strings that are owned elsewhere (the same arena, as a rule). */
struct strings {
    const char **at;
    size_t count;
    size_t room;
};

#endif
