#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_ALIGN = 16, ARENA_CHUNK = 64 * 1024 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t size; /* usable bytes after the header */
    size_t used;
    size_t pad; /* keeps the header a multiple of the alignment */
};

_Noreturn static void out_of_memory(void) {
    fputs("tandem: error: out of memory\n", stderr);
    exit(3);
}

void arena_init(struct arena *arena) {
    arena->head = NULL;
    arena->total = 0;
}

void arena_reset(struct arena *arena) {
    struct arena_chunk *kept = arena->head;
    if (!kept)
        return;
    for (struct arena_chunk *chunk = kept->older; chunk;) {
        struct arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    kept->older = NULL;
    kept->used = 0;
    arena->total = kept->size;
}

void arena_release(struct arena *arena) {
    for (struct arena_chunk *chunk = arena->head; chunk;) {
        struct arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    arena_init(arena);
}

static struct arena_chunk *arena_grow(struct arena *arena, size_t size) {
    /* Chunks grow with the arena so that large jobs need few of them. */
    size_t room = arena->total / 2 > ARENA_CHUNK ? arena->total / 2 : ARENA_CHUNK;
    if (room > (size_t)4 << 20)
        room = (size_t)4 << 20;
    if (room < size)
        room = size;
    struct arena_chunk *chunk = malloc(sizeof *chunk + room);
    if (!chunk)
        out_of_memory();
    chunk->older = arena->head;
    chunk->size = room;
    chunk->used = 0;
    arena->head = chunk;
    arena->total += room;
    return chunk;
}

void *arena_alloc(struct arena *arena, size_t size) {
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size_t rounded = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    struct arena_chunk *chunk = arena->head;
    if (!chunk || chunk->size - chunk->used < rounded)
        chunk = arena_grow(arena, rounded);
    char *at = (char *)(chunk + 1) + chunk->used;
    chunk->used += rounded;
    return memset(at, 0, rounded);
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size)
        out_of_memory();
    return arena_alloc(arena, count * size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length) {
    char *copy = arena_alloc(arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text) {
    return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    if (length > 0)
        vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_printf(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
