/* `tandem merge`: the shards of one build become the out/ that one machine would have made. Everything is
 * checked before anything is written: that each share is there once, of the same build, and that every
 * file is as its manifest says. */
#include "command/shard.h"

#include "base/file.h"

#include <errno.h>
#include <jansson.h>

enum { MERGED_LIMIT = 1 << 30 };

struct merge {
    struct arena arena, scratch;
    const char *out;
    const char *build; /* the key of the first shard's build, and that shard's folder */
    const char *first;
    const char **folders; /* by number - 1 */
    size_t of;
    const char *title, *version;
    VEC(struct manifest_entry) entries;
    VEC(const char *) origins; /* folders, by entry */
    struct map paths;          /* path → folder */
};

__attribute__((format(printf, 1, 2))) static bool refuse(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("tandem: error: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return false;
}

static const char *text_of(struct merge *merge, const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? arena_strdup(&merge->arena, text) : NULL;
}

/* A JSON file of a shard; `hash` of its bytes. NULL after saying why. */
static json_t *read_json(struct merge *merge, const char *folder, const char *name,
                         char hash[SHA256_HEX]) {
    size_t size;
    const char *error, *path = path_join(&merge->arena, folder, name);
    const char *text = file_read(&merge->scratch, path, MERGED_LIMIT, &size, &error);
    if (!text) {
        refuse("'%s' is no finished shard: cannot read '%s': %s", folder, path, error);
        return NULL;
    }
    sha256_hex(text, size, hash);
    json_t *root = json_loadb(text, size, 0, NULL);
    if (!json_is_object(root)) {
        refuse("'%s' is damaged: '%s' cannot be understood", folder, path);
        json_decref(root);
        root = NULL;
    }
    arena_reset(&merge->scratch);
    return root;
}

static bool place_shard(struct merge *merge, const char *folder, const char *build,
                        const struct shard *shard) {
    if (!merge->folders) {
        merge->build = build;
        merge->first = folder;
        merge->of = shard->of;
        merge->folders = ARENA_ARRAY(&merge->arena, const char *, shard->of);
    }
    if (strcmp(merge->build, build) != 0)
        return refuse("'%s' is of another build than '%s': other sources, answers or options",
                      folder, merge->first);
    if (merge->of != shard->of)
        return refuse("'%s' is shard %zu of %zu, '%s' one of %zu", folder, shard->number, shard->of,
                      merge->first, merge->of);
    const char **place = &merge->folders[shard->number - 1];
    if (*place)
        return refuse("shard %zu/%zu is there twice: '%s' and '%s'", shard->number, shard->of,
                      *place, folder);
    *place = folder;
    return true;
}

static bool add_file(struct merge *merge, const char *folder, const json_t *file) {
    struct manifest_entry entry = {
        .path = text_of(merge, file, "path"),
        .material = text_of(merge, file, "source"),
        .participant = text_of(merge, file, "participant"),
        .cohort = text_of(merge, file, "cohort"),
        .respondent = text_of(merge, file, "respondent"),
        .imposed = text_of(merge, file, "imposed"),
        .size = (size_t)json_integer_value(json_object_get(file, "size")),
        .pages = (size_t)json_integer_value(json_object_get(file, "pages")),
        .sheets = (size_t)json_integer_value(json_object_get(file, "sheets")),
    };
    const char *hash = text_of(merge, file, "sha256"), *key = text_of(merge, file, "key");
    if (!entry.path || !path_is_inside(entry.path) || !hash || !key ||
        strlen(hash) != SHA256_HEX - 1 || strlen(key) != SHA256_HEX - 1)
        return refuse("'%s' is damaged: its manifest cannot be understood", folder);
    memcpy(entry.sha256, hash, SHA256_HEX);
    memcpy(entry.key, key, SHA256_HEX);
    const char *other = map_find(&merge->paths, entry.path);
    if (other)
        return refuse("'%s' is in two shards: '%s' and '%s'", entry.path, other, folder);
    map_set(&merge->paths, entry.path, (void *)(uintptr_t)folder);
    VEC_PUSH(&merge->arena, &merge->entries, entry);
    VEC_PUSH(&merge->arena, &merge->origins, folder);
    return true;
}

static bool read_shard(struct merge *merge, const char *folder) {
    char hash[SHA256_HEX];
    json_t *head = read_json(merge, folder, SHARD_FILE, hash);
    if (!head)
        return false;
    const char *build = text_of(merge, head, "build"), *said = text_of(merge, head, "shard"),
               *expected = text_of(merge, head, "manifest");
    json_decref(head);
    struct shard shard;
    if (!build || !said || !expected || !shard_parse(said, &shard))
        return refuse("'%s' is damaged: its " SHARD_FILE " cannot be understood", folder);
    if (!place_shard(merge, folder, build, &shard))
        return false;
    json_t *manifest = read_json(merge, folder, "manifest.json", hash);
    if (!manifest)
        return false;
    bool good = strcmp(hash, expected) == 0 ||
                refuse("shard %s, '%s', is damaged: its manifest was changed", said, folder);
    merge->title = text_of(merge, manifest, "course");
    merge->version = text_of(merge, manifest, "version");
    size_t index;
    json_t *file;
    json_array_foreach(json_object_get(manifest, "files"), index, file) good =
        good && add_file(merge, folder, file);
    json_decref(manifest);
    return good;
}

/* Names every shard that is not there. */
static bool check_all_there(struct merge *merge) {
    bool all = true;
    for (size_t i = 0; i < merge->of; i++)
        if (!merge->folders[i])
            all = refuse("shard %zu/%zu is missing", i + 1, merge->of);
    return all;
}

/* Reads a file and holds it against its hash; with `write` it gets its place in the out folder. */
static int pass_file(struct merge *merge, size_t i, bool write) {
    const struct manifest_entry *entry = &merge->entries.at[i];
    const char *path = path_join(&merge->scratch, merge->origins.at[i], entry->path);
    const char *error;
    size_t size;
    char hash[SHA256_HEX];
    const char *bytes = file_read(&merge->scratch, path, MERGED_LIMIT, &size, &error);
    int code = EXIT_CLEAN;
    if (bytes)
        sha256_hex(bytes, size, hash);
    if (!bytes) {
        refuse("the shard '%s' is damaged: cannot read '%s': %s", merge->origins.at[i], path,
               error);
        code = EXIT_SOURCES;
    } else if (size != entry->size || strcmp(hash, entry->sha256) != 0) {
        refuse("the shard '%s' is damaged: '%s' is not as its manifest says", merge->origins.at[i],
               path);
        code = EXIT_SOURCES;
    } else if (write) {
        path = path_join(&merge->scratch, merge->out, entry->path);
        if (!file_write(&merge->scratch, path, bytes, size, &error)) {
            refuse("cannot write '%s': %s", path, error);
            code = EXIT_SYSTEM;
        }
    }
    arena_reset(&merge->scratch);
    return code;
}

static void put_piece(void *context, const char *text, size_t size) {
    file_out_put(context, text, size);
}

static int write_merged(struct merge *merge) {
    for (int write = 0; write < 2; write++)
        for (size_t i = 0; i < merge->entries.count; i++) {
            int code = pass_file(merge, i, write);
            if (code != EXIT_CLEAN)
                return code;
        }
    const struct course course = {.title = merge->title, .version = merge->version};
    const char *path = path_join(&merge->arena, merge->out, "manifest.json");
    struct file_out file;
    file_out_open(&file, &merge->scratch, path);
    manifest_render(&course, merge->entries.at, merge->entries.count, put_piece, &file);
    if (file_out_close(&file))
        return EXIT_CLEAN;
    refuse("cannot write '%s': %s", path, file.error);
    return EXIT_SYSTEM;
}

int command_merge(const struct options *options) {
    struct merge merge = {0};
    arena_init(&merge.arena);
    arena_init(&merge.scratch);
    map_init(&merge.paths, &merge.arena);
    merge.out = options->out ? options->out : path_join(&merge.arena, options->course, "out");
    struct strings there = {0};
    int code = EXIT_CLEAN;
    if (file_exists(merge.out) || (folder_list(&merge.arena, merge.out, &there) && there.count)) {
        refuse("'%s' is there already and not empty\nhint: name a new folder with --out",
               merge.out);
        code = EXIT_USAGE;
    }
    for (size_t i = 0; code == EXIT_CLEAN && i < options->argument_count; i++)
        code = read_shard(&merge, options->arguments[i]) ? EXIT_CLEAN : EXIT_SOURCES;
    if (code == EXIT_CLEAN && !check_all_there(&merge))
        code = EXIT_SOURCES;
    if (code == EXIT_CLEAN)
        code = write_merged(&merge);
    if (code == EXIT_CLEAN)
        printf("%zu files of %zu shards in %s\n", merge.entries.count, merge.of, merge.out);
    arena_release(&merge.arena);
    arena_release(&merge.scratch);
    return code;
}
