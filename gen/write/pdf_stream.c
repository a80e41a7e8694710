#include "write/pdf_stream.h"

#include "base/hash.h"
#include "base/pool.h"

#include <libdeflate.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Measured on a workbook of 67 tagged pages: level 6 takes 9 ms, as zlib's level 3, for 1 % less
 * than 5; level 8 takes three times as long for another 2 %. */
enum { DEFLATE_LEVEL = 6, FIRST_SLOTS = 1 << 8, MOST_SLOTS = 1 << 13 };

/* A slot remembers that bytes were asked for. Once the store holds an eighth of its limit they are kept only
 * the second time, so that it does not fill with what belongs to one participant. */
struct stored {
    unsigned char key[32];
    bool used;
    struct pdf_bytes bytes; /* data NULL: not kept */
};

struct pdf_streams {
    pthread_mutex_t lock;
    struct arena arena;
    size_t limit;
    size_t count, slot_count;
    struct stored *slots; /* open addressing, at most half full */
    struct source_bytes *sources;
};

/* Compressed bytes of the course, by their address. */
struct source_bytes {
    struct source_bytes *next;
    const void *source;
    struct pdf_bytes bytes;
};

struct pdf_streams *pdf_streams_new(struct arena *run, size_t limit) {
    struct pdf_streams *streams = ARENA_NEW(run, struct pdf_streams);
    pthread_mutex_init(&streams->lock, NULL);
    arena_init(&streams->arena);
    streams->limit = limit;
    streams->slot_count = FIRST_SLOTS;
    streams->slots = ARENA_ARRAY(&streams->arena, struct stored, FIRST_SLOTS);
    return streams;
}

void pdf_streams_free(struct pdf_streams *streams) {
    pthread_mutex_destroy(&streams->lock);
    arena_release(&streams->arena);
}

/* The slot of a key, or the free one where it would be. */
static struct stored *find_slot(const struct pdf_streams *streams, const unsigned char key[32]) {
    size_t at;
    memcpy(&at, key, sizeof at);
    for (at %= streams->slot_count; streams->slots[at].used; at = (at + 1) % streams->slot_count)
        if (memcmp(streams->slots[at].key, key, 32) == 0)
            break;
    return &streams->slots[at];
}

/* Makes room for one more key; false when there are as many as there may be. */
static bool make_room(struct pdf_streams *streams) {
    if (streams->count < streams->slot_count / 2)
        return true;
    if (streams->slot_count == MOST_SLOTS)
        return false;
    const struct stored *old = streams->slots;
    size_t old_count = streams->slot_count;
    streams->slot_count *= 2;
    streams->slots = ARENA_ARRAY(&streams->arena, struct stored, streams->slot_count);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].used)
            *find_slot(streams, old[i].key) = old[i];
    return true;
}

/* True if `found` holds the compressed bytes; else *keep says whether to keep them once made. */
static bool streams_find(struct pdf_streams *streams, const unsigned char key[32],
                         struct pdf_bytes *found, bool *keep) {
    pthread_mutex_lock(&streams->lock);
    bool room = make_room(streams);
    struct stored *slot = find_slot(streams, key);
    *found = slot->bytes;
    *keep = slot->used || (room && streams->arena.total < streams->limit / 8);
    if (room && !slot->used) {
        slot->used = true;
        memcpy(slot->key, key, 32);
        streams->count++;
    }
    pthread_mutex_unlock(&streams->lock);
    return found->data != NULL;
}

static void streams_keep(struct pdf_streams *streams, const unsigned char key[32],
                         struct pdf_bytes bytes) {
    pthread_mutex_lock(&streams->lock);
    struct stored *slot = find_slot(streams, key);
    if (slot->used && !slot->bytes.data && streams->arena.total + bytes.size < streams->limit) {
        void *copy = arena_alloc(&streams->arena, bytes.size);
        memcpy(copy, bytes.data, bytes.size);
        slot->bytes = (struct pdf_bytes){copy, bytes.size};
    }
    pthread_mutex_unlock(&streams->lock);
}

void pdf_deflater_init(struct pdf_deflater *deflater, struct pdf_streams *streams,
                       struct arena *job) {
    *deflater = (struct pdf_deflater){.streams = streams,
                                      .job = job,
                                      .compressor = libdeflate_alloc_compressor(DEFLATE_LEVEL),
                                      .threads = 1};
    if (!deflater->compressor) {
        fputs("tandem: error: out of memory\n", stderr);
        exit(3);
    }
}

struct deflate_helper {
    struct pdf_deflater deflater;
    struct arena arena;
};

void pdf_deflater_end(struct pdf_deflater *deflater) {
    for (size_t i = 0; deflater->helpers && i + 1 < deflater->threads; i++) {
        pdf_deflater_end(&deflater->helpers[i].deflater);
        arena_release(&deflater->helpers[i].arena);
    }
    deflater->helpers = NULL;
    libdeflate_free_compressor(deflater->compressor);
    deflater->compressor = NULL;
}

static struct pdf_bytes compress(struct pdf_deflater *deflater, struct arena *arena,
                                 const void *bytes, size_t size) {
    size_t room = libdeflate_zlib_compress_bound(deflater->compressor, size);
    char *packed = arena_alloc(arena, room);
    size = libdeflate_zlib_compress(deflater->compressor, bytes, size, packed, room);
    return (struct pdf_bytes){packed, size};
}

struct pdf_bytes pdf_deflate(struct pdf_deflater *deflater, const void *bytes, size_t size) {
    unsigned char key[32];
    struct pdf_bytes made;
    bool keep = false;
    if (deflater->streams) {
        sha256_bytes(bytes, size, key);
        if (streams_find(deflater->streams, key, &made, &keep))
            return made;
    }
    made = compress(deflater, deflater->job, bytes, size);
    if (keep)
        streams_keep(deflater->streams, key, made);
    return made;
}

struct deflating {
    struct pdf_deflater *deflater;
    struct pdf_bytes *const *items;
};

static void deflate_item(void *context, size_t worker, size_t item) {
    const struct deflating *deflating = context;
    struct pdf_deflater *deflater =
        worker ? &deflating->deflater->helpers[worker - 1].deflater : deflating->deflater;
    struct pdf_bytes *bytes = deflating->items[item];
    *bytes = pdf_deflate(deflater, bytes->data, bytes->size);
}

void pdf_deflate_all(struct pdf_deflater *deflater, struct pdf_bytes *const *items, size_t count) {
    if (deflater->threads > 1 && !deflater->helpers) {
        deflater->helpers =
            ARENA_ARRAY(deflater->job, struct deflate_helper, deflater->threads - 1);
        for (size_t i = 0; i + 1 < deflater->threads; i++) {
            arena_init(&deflater->helpers[i].arena);
            pdf_deflater_init(&deflater->helpers[i].deflater, deflater->streams,
                              &deflater->helpers[i].arena);
        }
    }
    pool_run(deflater->threads, count, deflate_item, &(struct deflating){deflater, items});
}

/* ---- pixels ---- */

/* Portable Network Graphics, 2nd edition, §9.4. */
static int paeth(int left, int above, int corner) {
    int guess = left + above - corner;
    int to_left = abs(guess - left), to_above = abs(guess - above), to_corner = abs(guess - corner);
    if (to_left <= to_above && to_left <= to_corner)
        return left;
    return to_above <= to_corner ? above : corner;
}

/* Filters a row one way; returns the sum of what is left, by which the best is chosen (§12.8). */
static uint64_t filter_row(int type, const unsigned char *row, const unsigned char *above,
                           size_t size, size_t pixel, unsigned char *out) {
    uint64_t sum = 0;
    out[0] = (unsigned char)type;
    for (size_t i = 0; i < size; i++) {
        int left = i >= pixel ? row[i - pixel] : 0, up = above ? above[i] : 0;
        int corner = above && i >= pixel ? above[i - pixel] : 0;
        int guess = type == 1 ? left : type == 2 ? up : type == 4 ? paeth(left, up, corner) : 0;
        out[1 + i] = (unsigned char)(row[i] - guess);
        sum += (uint64_t)abs((signed char)out[1 + i]);
    }
    return sum;
}

static unsigned char *filter_rows(struct arena *scratch, const unsigned char *pixels, size_t rows,
                                  size_t row_size, size_t pixel) {
    static const int types[] = {0, 1, 2, 4};
    unsigned char *filtered = arena_alloc_array(scratch, rows, row_size + 1);
    unsigned char *tried = arena_alloc(scratch, row_size + 1);
    for (size_t y = 0; y < rows; y++) {
        const unsigned char *row = pixels + y * row_size, *above = y ? row - row_size : NULL;
        uint64_t best = UINT64_MAX;
        for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
            uint64_t sum = filter_row(types[i], row, above, row_size, pixel, tried);
            if (sum < best) {
                best = sum;
                memcpy(filtered + y * (row_size + 1), tried, row_size + 1);
            }
        }
    }
    return filtered;
}

static struct pdf_bytes compress_pixels(struct pdf_deflater *deflater, struct arena *arena,
                                        const unsigned char *pixels, size_t rows, size_t row_size,
                                        size_t pixel) {
    struct arena scratch;
    arena_init(&scratch);
    const unsigned char *filtered = filter_rows(&scratch, pixels, rows, row_size, pixel);
    struct pdf_bytes packed = compress(deflater, arena, filtered, rows * (row_size + 1));
    arena_release(&scratch);
    return packed;
}

struct pdf_bytes pdf_deflate_pixels(struct pdf_deflater *deflater, const unsigned char *pixels,
                                    size_t rows, size_t row_size, size_t pixel) {
    struct pdf_streams *streams = deflater->streams;
    if (!streams)
        return compress_pixels(deflater, deflater->job, pixels, rows, row_size, pixel);
    pthread_mutex_lock(&streams->lock);
    struct source_bytes *found = streams->sources;
    while (found && found->source != pixels)
        found = found->next;
    if (!found) {
        found = ARENA_NEW(&streams->arena, struct source_bytes);
        *found = (struct source_bytes){
            streams->sources, pixels,
            compress_pixels(deflater, &streams->arena, pixels, rows, row_size, pixel)};
        streams->sources = found;
    }
    pthread_mutex_unlock(&streams->lock);
    return found->bytes;
}
