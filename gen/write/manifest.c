#include "write/manifest.h"

#include "base/buf.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* jansson reports only lack of memory and text that is not UTF-8; the second is refused where text
 * enters. */
_Noreturn static void out_of_memory(void) {
    fputs("tandem: error: out of memory\n", stderr);
    exit(3);
}

static void set(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0)
        out_of_memory();
}

static void put_text(json_t *object, const char *key, const char *text) {
    if (text && *text)
        set(object, key, json_string(text));
}

static void put_count(json_t *object, const char *key, size_t count) {
    if (count)
        set(object, key, json_integer((json_int_t)count));
}

static json_t *entry_object(const struct manifest_entry *entry) {
    json_t *object = json_object();
    put_text(object, "path", entry->path);
    put_text(object, "source", entry->material);
    put_text(object, "participant", entry->participant);
    put_text(object, "cohort", entry->cohort);
    put_text(object, "respondent", entry->respondent);
    put_text(object, "imposed", entry->imposed);
    put_text(object, "key", entry->key);
    put_text(object, "sha256", entry->sha256);
    set(object, "size", json_integer((json_int_t)entry->size));
    put_count(object, "pages", entry->pages);
    put_count(object, "sheets", entry->sheets);
    return object;
}

static int compare_paths(const void *left, const void *right) {
    return strcmp(((const struct manifest_entry *)left)->path,
                  ((const struct manifest_entry *)right)->path);
}

/* An object is passed on as soon as it is made: the tree of ten thousand people's files would take
 * more memory than all the rest of a build. */
struct writer {
    struct buf *out;
    const char *margin; /* before each line but the first */
};

static int put_chunk(const char *chunk, size_t size, void *context) {
    const struct writer *writer = context;
    for (const char *at = chunk, *end = chunk + size; at < end;) {
        const char *line = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((line ? line + 1 : end) - at);
        buf_put(writer->out, at, length);
        if (line)
            buf_puts(writer->out, writer->margin);
        at += length;
    }
    return 0;
}

/* Any value, whose members are sorted; it is given back. */
static void put_json(struct buf *out, const char *margin, json_t *value) {
    struct writer writer = {out, margin};
    if (!value || json_dump_callback(value, put_chunk, &writer,
                                     JSON_SORT_KEYS | JSON_INDENT(2) | JSON_ENCODE_ANY) != 0)
        out_of_memory();
    json_decref(value);
}

static void put_member(struct buf *out, const char *key, const char *text) {
    if (!text || !*text)
        return;
    buf_printf(out, "  \"%s\": ", key);
    put_json(out, "  ", json_string(text));
}

enum { PIECE = 32 << 10 };

void manifest_render(const struct course *course, struct manifest_entry *entries, size_t count,
                     void (*put)(void *context, const char *text, size_t size), void *context) {
    if (count)
        qsort(entries, count, sizeof *entries, compare_paths);
    struct arena arena;
    arena_init(&arena);
    struct buf out;
    buf_init(&out, &arena);
    buf_puts(&out, "{\n");
    put_member(&out, "course", course->title);
    if (course->title && *course->title)
        buf_puts(&out, ",\n");
    buf_puts(&out, "  \"files\": [");
    for (size_t i = 0; i < count; i++) {
        buf_puts(&out, i ? ",\n    " : "\n    ");
        put_json(&out, "    ", entry_object(&entries[i]));
        if (out.len >= PIECE) {
            put(context, out.data, out.len);
            buf_clear(&out);
        }
    }
    buf_puts(&out, count ? "\n  ],\n" : "],\n");
    put_member(&out, "generator", "tandem " TANDEM_VERSION);
    if (course->version && *course->version)
        buf_puts(&out, ",\n");
    put_member(&out, "version", course->version);
    buf_puts(&out, "\n}\n");
    put(context, out.data, out.len);
    arena_release(&arena);
}
