/* Arenas: memory that is given back all at once.
 *
 * Owner: whoever calls arena_init. Three lifetimes are used: `run` (course, theme, fonts), `job`
 * (one participant and material), `scratch` (one call). Nothing allocated here is freed singly.
 * Errors: none are returned; when memory runs out the program ends with exit code 3. */
#ifndef TANDEM_BASE_ARENA_H
#define TANDEM_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_chunk;

struct arena {
    struct arena_chunk *head;  /* newest chunk, the one being filled */
    struct arena_chunk *spare; /* emptied by a reset, to be filled again */
    size_t total;              /* bytes held in chunks that are in use */
};

void arena_init(struct arena *arena);

/* Forgets everything allocated but keeps the memory for the next use: a worker that makes one
 * document after another asks the system only once. */
void arena_reset(struct arena *arena);

/* Gives all memory back to the system. */
void arena_release(struct arena *arena);

/* Returns `size` zeroed bytes aligned to 16. */
void *arena_alloc(struct arena *arena, size_t size);

/* Returns `count * size` zeroed bytes; a product that overflows ends the program. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

/* Grows what was allocated with `old_size` to `size` bytes, in place if it was the last allocation;
 * the bytes added are zero. Returns its address, which may be a new one. */
void *arena_resize(struct arena *arena, void *old, size_t old_size, size_t size);

char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) \
    ((type *)arena_alloc_array((arena), (size_t)(count), sizeof(type)))

#endif
