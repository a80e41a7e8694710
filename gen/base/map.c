#include "base/map.h"

#include <string.h>

uint64_t hash_bytes(const void *bytes, size_t count) {
    const unsigned char *at = bytes;
    uint64_t hash = 1469598103934665603u;
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ at[i]) * 1099511628211u;
    return hash;
}

void map_init(struct map *map, struct arena *arena) {
    memset(map, 0, sizeof *map);
    map->arena = arena;
}

static size_t map_slot(const struct map *map, const char *key, uint64_t hash) {
    size_t at = hash & (map->slot_count - 1);
    while (map->slots[at]) {
        const struct map_entry *entry = &map->entries[map->slots[at] - 1];
        if (entry->hash == hash && strcmp(entry->key, key) == 0)
            break;
        at = (at + 1) & (map->slot_count - 1);
    }
    return at;
}

void *map_find(const struct map *map, const char *key) {
    if (!map->slot_count)
        return NULL;
    uint32_t index = map->slots[map_slot(map, key, hash_bytes(key, strlen(key)))];
    return index ? map->entries[index - 1].value : NULL;
}

static void map_grow(struct map *map) {
    size_t room = map->room ? map->room * 2 : 16;
    struct map_entry *entries = ARENA_ARRAY(map->arena, struct map_entry, room);
    if (map->count)
        memcpy(entries, map->entries, map->count * sizeof *entries);
    map->entries = entries;
    map->room = room;
    map->slot_count = room * 2;
    map->slots = ARENA_ARRAY(map->arena, uint32_t, map->slot_count);
    for (size_t i = 0; i < map->count; i++)
        map->slots[map_slot(map, entries[i].key, entries[i].hash)] = (uint32_t)(i + 1);
}

void *map_set(struct map *map, const char *key, void *value) {
    if (map->count == map->room)
        map_grow(map);
    uint64_t hash = hash_bytes(key, strlen(key));
    size_t at = map_slot(map, key, hash);
    if (map->slots[at]) {
        struct map_entry *entry = &map->entries[map->slots[at] - 1];
        void *before = entry->value;
        entry->value = value;
        return before;
    }
    map->entries[map->count] = (struct map_entry){key, value, hash};
    map->slots[at] = (uint32_t)++map->count;
    return NULL;
}
