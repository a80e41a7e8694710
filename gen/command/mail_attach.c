/* What goes with a letter: files of the last build, if they are what a build would make now. */
#include "command/mail.h"

#include "base/file.h"

#include <jansson.h>

enum { MANIFEST_LIMIT = 512 << 20, FILE_LIMIT = 256 << 20 };

static const char *text_of(struct arena *arena, const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? arena_strdup(arena, text) : "";
}

static bool read_manifest(struct build *build, const char *text, size_t size, struct map *made) {
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    const json_t *files = json_object_get(root, "files");
    bool good = json_is_array(files);
    for (size_t i = 0; i < json_array_size(files); i++) {
        const json_t *object = json_array_get(files, i);
        struct made_file *file = ARENA_NEW(&build->run, struct made_file);
        file->sha256 = text_of(&build->run, object, "sha256");
        file->key = text_of(&build->run, object, "key");
        map_set(made, text_of(&build->run, object, "path"), file);
    }
    json_decref(root);
    return good;
}

bool attachments_open(struct build *build, struct attachments *attachments) {
    *attachments = (struct attachments){.build = build};
    map_init(&attachments->made, &build->run);
    const char *path = path_join(&build->run, build->out, "manifest.json"), *error = NULL;
    size_t size = 0;
    const char *text =
        file_exists(path) ? file_read(&build->run, path, MANIFEST_LIMIT, &size, &error) : "";
    if (!text || (size && !read_manifest(build, text, size, &attachments->made))) {
        fprintf(stderr, "tandem: error: cannot read '%s': %s\n", path,
                error ? error : "it is no manifest");
        return false;
    }
    return true;
}

/* The entry of one edition: of the first paper, and not one for printing. */
static const struct manifest_entry *find_entry(const struct attachments *attachments,
                                               const struct material *material,
                                               const char *participant, const char *respondent) {
    const struct build *build = attachments->build;
    for (size_t i = 0; i < build->entries.count; i++) {
        const struct manifest_entry *entry = &build->entries.at[i];
        bool theirs = participant
                          ? entry->participant && strcmp(entry->participant, participant) == 0
                          : !entry->participant && !entry->cohort;
        bool whose =
            !entry->respondent || (respondent && strcmp(entry->respondent, respondent) == 0);
        if (theirs && whose && !entry->imposed && strcmp(entry->material, material->name) == 0)
            return entry;
    }
    return NULL;
}

const struct attachment *attachments_find(struct attachments *attachments, struct arena *arena,
                                          const struct material *material, const char *participant,
                                          const char *respondent, const char **why) {
    const struct build *build = attachments->build;
    const struct manifest_entry *entry = find_entry(attachments, material, participant, respondent);
    if (!entry && material->filled && material->each == EACH_RESPONDENT && participant) {
        *why = "it is one respondent's: the letter needs each: respondent";
        return NULL;
    }
    if (!entry)
        entry = find_entry(attachments, material, NULL, NULL);
    if (!entry) {
        *why = "there is neither an edition of theirs nor a blank one";
        return NULL;
    }
    const struct made_file *made = map_find(&attachments->made, entry->path);
    if (!made) {
        *why = "it has not been built: run 'tandem build'";
        return NULL;
    }
    if (strcmp(made->key, entry->key) != 0) {
        *why = "its sources have changed since it was built: run 'tandem build'";
        return NULL;
    }
    struct attachment *file = ARENA_NEW(arena, struct attachment);
    const char *error = NULL, *path = path_join(arena, build->out, entry->path);
    char hash[SHA256_HEX];
    file->bytes = file_read(arena, path, FILE_LIMIT, &file->size, &error);
    if (!file->bytes) {
        *why = arena_printf(arena, "'%s' cannot be read: %s", path, error);
        return NULL;
    }
    sha256_hex(file->bytes, file->size, hash);
    if (strcmp(hash, made->sha256) != 0) {
        *why = "the file is not the one that was built: run 'tandem build'";
        return NULL;
    }
    file->path = entry->path;
    file->name = path_name(entry->path);
    return file;
}
