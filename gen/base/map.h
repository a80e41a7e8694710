/* String keys to pointers, in an arena; insertion order is kept for iteration, so that nothing
 * that is printed depends on a hash. */
#ifndef TANDEM_BASE_MAP_H
#define TANDEM_BASE_MAP_H

#include "base/arena.h"

#include <stdint.h>

struct map_entry {
    const char *key; /* borrowed: must outlive the map */
    void *value;
    uint64_t hash;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* in insertion order */
    size_t count;
    size_t room;
    uint32_t *slots; /* open addressing, entry index + 1, 0 is free */
    size_t slot_count;
};

void map_init(struct map *map, struct arena *arena);
/* Returns the value or NULL. */
void *map_find(const struct map *map, const char *key);
/* Adds or replaces; returns the value that was there before, or NULL. */
void *map_set(struct map *map, const char *key, void *value);

/* FNV-1a, for tables in memory only: never stored, never ordered by. */
uint64_t hash_bytes(const void *bytes, size_t count);

#endif
