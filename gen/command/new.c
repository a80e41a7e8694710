/* `tandem new DIR`: a small course that builds, with the templates beside it. */
#include "command/command.h"
#include "command/embedded.h"

#include "base/file.h"

int command_new(const struct options *options) {
    const char *folder = options->arguments[0], *error = NULL;
    struct arena arena;
    arena_init(&arena);
    struct strings there = {0};
    int code = EXIT_CLEAN;
    if (file_exists(folder) || (folder_list(&arena, folder, &there) && there.count)) {
        fprintf(stderr,
                "tandem: error: '%s' is there already and not empty\n"
                "hint: name a new folder\n",
                folder);
        code = EXIT_USAGE;
    }
    for (size_t i = 0; code == EXIT_CLEAN && i < embedded_count; i++) {
        const struct embedded_file *file = &embedded_files[i];
        const char *path = path_join(&arena, folder, file->path);
        if (!file_write(&arena, path, file->bytes, file->size, &error)) {
            fprintf(stderr, "tandem: error: cannot write '%s': %s\n", path, error);
            code = EXIT_SYSTEM;
        }
    }
    if (code == EXIT_CLEAN)
        printf(
            "A course is in %s. Build it:\n\n    cd %s && tandem build\n\n"
            "Then change content/course.yml and content/modules/first-week.md, and build again.\n",
            folder, folder);
    arena_release(&arena);
    return code;
}
