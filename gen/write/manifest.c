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

static void put(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0)
        out_of_memory();
}

static void put_text(json_t *object, const char *key, const char *text) {
    if (text && *text)
        put(object, key, json_string(text));
}

static void put_count(json_t *object, const char *key, size_t count) {
    if (count)
        put(object, key, json_integer((json_int_t)count));
}

static json_t *entry_object(const struct manifest_entry *entry) {
    json_t *object = json_object();
    put_text(object, "path", entry->path);
    put_text(object, "source", entry->material);
    put_text(object, "participant", entry->participant);
    put_text(object, "cohort", entry->cohort);
    put_text(object, "respondent", entry->respondent);
    put_text(object, "imposed", entry->imposed);
    put_text(object, "sha256", entry->sha256);
    put(object, "size", json_integer((json_int_t)entry->size));
    put_count(object, "pages", entry->pages);
    put_count(object, "sheets", entry->sheets);
    return object;
}

static int compare_paths(const void *left, const void *right) {
    return strcmp(((const struct manifest_entry *)left)->path,
                  ((const struct manifest_entry *)right)->path);
}

static int put_chunk(const char *chunk, size_t size, void *out) {
    buf_put(out, chunk, size);
    return 0;
}

char *manifest_render(struct arena *arena, const struct course *course,
                      struct manifest_entry *entries, size_t count, size_t *size) {
    if (count)
        qsort(entries, count, sizeof *entries, compare_paths);
    json_t *root = json_object(), *files = json_array();
    put_text(root, "course", course->title);
    put_text(root, "version", course->version);
    put_text(root, "generator", "tandem " TANDEM_VERSION);
    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(files, entry_object(&entries[i])) != 0)
            out_of_memory();
    put(root, "files", files);
    struct buf out;
    buf_init(&out, arena);
    if (json_dump_callback(root, put_chunk, &out, JSON_SORT_KEYS | JSON_INDENT(2)) != 0)
        out_of_memory();
    json_decref(root);
    buf_putc(&out, '\n');
    *size = out.len;
    return out.data;
}
