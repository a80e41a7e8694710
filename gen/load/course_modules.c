/* content/modules/ *.md. */
#include "load/course.h"

#include "base/file.h"
#include "load/load.h"

#include <stdlib.h>

static int compare_modules(const void *left, const void *right) {
    const struct module *a = *(struct module *const *)left, *b = *(struct module *const *)right;
    int order = strcmp(a->id, b->id);
    return order ? order : strcmp(a->source->path, b->source->path);
}

static void read_module(struct reader *reader, struct course *course, const char *name) {
    const char *shown = arena_printf(reader->arena, "content/modules/%s.md", name);
    const char *path = path_join(reader->arena, course->folder, shown);
    const char *content = path_join(reader->arena, course->folder, "content");
    struct span nowhere = {source_new(reader->arena, shown, "", 0), 0, 0, 0};
    if (!id_is_valid(name)) {
        diag_report(reader->diag, DIAG_MODULE_FILE_NAME, nowhere, path_name(shown),
                    id_propose(reader->arena, name));
        return;
    }
    if (file_exists(path) && !path_resolves_inside(content, path)) {
        diag_report(reader->diag, DIAG_LINK_LEAVES_COURSE, nowhere, shown);
        return;
    }
    struct source *source = file_load(reader->arena, reader->diag, path, shown);
    if (!source)
        return;
    struct module *module = parse_module(reader->arena, reader->diag, course, source, name);
    VEC_PUSH(reader->arena, &course->modules, module);
}

void course_read_modules(struct reader *reader, struct course *course) {
    struct strings names = {0};
    folder_names(reader->arena, path_join(reader->arena, course->folder, "content/modules"), ".md",
                 &names);
    for (size_t i = 0; i < names.count; i++)
        read_module(reader, course, names.at[i]);
    if (course->modules.count)
        qsort(course->modules.at, course->modules.count, sizeof *course->modules.at,
              compare_modules);
    for (size_t i = 0; i < course->modules.count; i++) {
        struct module *module = course->modules.at[i];
        module->index = i;
        if (i && strcmp(course->modules.at[i - 1]->id, module->id) == 0)
            diag_report(reader->diag, DIAG_ID_TWICE, module->id_at, module->id,
                        course->modules.at[i - 1]->source->path);
    }
}
