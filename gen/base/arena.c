#define _GNU_SOURCE /* madvise */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ARENA_ALIGN = 16, ARENA_CHUNK = 64 * 1024, ARENA_SMALL = 512 * 1024 };
#define HUGE_PAGE ((size_t)2 << 20)
#define LARGEST_CHUNK ((size_t)8 << 20)

struct arena_chunk {
    struct arena_chunk *older;
    void *block; /* what the system gave: the chunk may begin later in it */
    size_t size; /* usable bytes after the header */
    size_t used;
    size_t dirty; /* bytes that were in use before a reset; those after them are zero */
    size_t pad;   /* keeps the header a multiple of the alignment */
};

_Noreturn static void out_of_memory(void) {
    fputs("tandem: error: out of memory\n", stderr);
    exit(3);
}

void arena_init(struct arena *arena) { memset(arena, 0, sizeof *arena); }

void arena_reset(struct arena *arena) {
    for (struct arena_chunk *chunk = arena->head; chunk;) {
        struct arena_chunk *older = chunk->older;
        if (chunk->used > chunk->dirty)
            chunk->dirty = chunk->used;
        chunk->used = 0;
        chunk->older = arena->spare;
        arena->spare = chunk;
        chunk = older;
    }
    arena->head = NULL;
    arena->total = 0;
}

static void free_chunks(struct arena_chunk *chunk) {
    while (chunk) {
        struct arena_chunk *older = chunk->older;
        free(chunk->block);
        chunk = older;
    }
}

void arena_release(struct arena *arena) {
    free_chunks(arena->head);
    free_chunks(arena->spare);
    arena_init(arena);
}

/* Zeroed memory that nobody has touched yet: a page that is never used costs nothing, one that is
 * was cleared by the system already. Large chunks come on huge pages where the system has them: half
 * of a short run's time would else go into touching small ones for the first time. */
static struct arena_chunk *chunk_new(size_t room) {
    size_t size = sizeof(struct arena_chunk) + room, slack = 0;
    if (size >= HUGE_PAGE) {
        size = (size + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
        slack = HUGE_PAGE;
    }
    char *block = calloc(1, size + slack);
    if (!block)
        out_of_memory();
    char *start = slack ? block + (HUGE_PAGE - (uintptr_t)block % HUGE_PAGE) % HUGE_PAGE : block;
    if (slack)
        (void)madvise(start, size, MADV_HUGEPAGE); /* advice: it may be refused */
    struct arena_chunk *chunk = (struct arena_chunk *)(void *)start;
    chunk->block = block;
    chunk->size = size - sizeof *chunk;
    return chunk;
}

/* Chunks grow with the arena so that large jobs need few of them. */
static size_t next_room(const struct arena *arena) {
    if (arena->total < ARENA_SMALL)
        return arena->total > ARENA_CHUNK ? arena->total : ARENA_CHUNK;
    size_t room = arena->total < LARGEST_CHUNK ? arena->total : LARGEST_CHUNK;
    room -= room % HUGE_PAGE;
    return (room > HUGE_PAGE ? room : HUGE_PAGE) - sizeof(struct arena_chunk);
}

static struct arena_chunk *take_spare(struct arena *arena, size_t size) {
    for (struct arena_chunk **link = &arena->spare; *link; link = &(*link)->older) {
        struct arena_chunk *chunk = *link;
        if (chunk->size >= size) {
            *link = chunk->older;
            return chunk;
        }
    }
    return NULL;
}

static struct arena_chunk *arena_grow(struct arena *arena, size_t size) {
    struct arena_chunk *chunk = take_spare(arena, size);
    if (!chunk) {
        size_t room = next_room(arena);
        chunk = chunk_new(room < size ? size : room);
    }
    chunk->older = arena->head;
    arena->head = chunk;
    arena->total += chunk->size;
    return chunk;
}

/* Takes bytes that are there; returns them zeroed. */
static char *take(struct arena_chunk *chunk, size_t size) {
    char *at = (char *)(chunk + 1) + chunk->used;
    if (chunk->dirty > chunk->used) {
        size_t dirty = chunk->dirty - chunk->used;
        memset(at, 0, dirty < size ? dirty : size);
    }
    chunk->used += size;
    return at;
}

void *arena_alloc(struct arena *arena, size_t size) {
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size_t rounded = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    struct arena_chunk *chunk = arena->head;
    if (!chunk || chunk->size - chunk->used < rounded)
        chunk = arena_grow(arena, rounded);
    return take(chunk, rounded);
}

void *arena_resize(struct arena *arena, void *old, size_t old_size, size_t size) {
    struct arena_chunk *chunk = arena->head;
    size_t old_rounded = (old_size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    size_t rounded = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    bool last = old && chunk && (char *)old + old_rounded == (char *)(chunk + 1) + chunk->used;
    if (last && size >= old_size && rounded - old_rounded <= chunk->size - chunk->used) {
        take(chunk, rounded - old_rounded);
        memset((char *)old + old_size, 0, old_rounded - old_size);
        return old;
    }
    void *grown = arena_alloc(arena, size);
    if (old_size)
        memcpy(grown, old, old_size < size ? old_size : size);
    return grown;
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
    char short_text[256]; /* most are shorter, and need not be formatted twice */
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(short_text, sizeof short_text, format, again);
    va_end(again);
    if (length < (int)sizeof short_text)
        return arena_strndup(arena, short_text, length < 0 ? 0 : (size_t)length);
    char *text = arena_alloc(arena, (size_t)length + 1);
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
