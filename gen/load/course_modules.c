/* content/modules/ *.md, and files elsewhere in content/ that a material names by their path. */
#include "load/course.h"

#include "base/file.h"
#include "load/load.h"

#include <stdlib.h>

static int compare_modules(const void *left, const void *right) {
    const struct module *a = *(struct module *const *)left, *b = *(struct module *const *)right;
    int order = strcmp(a->id, b->id);
    return order ? order : strcmp(a->source->path, b->source->path);
}

static void parse_file(struct reader *reader, struct course *course, const char *shown,
                       const char *id) {
    const char *path = path_join(reader->arena, course->folder, shown);
    const char *content = path_join(reader->arena, course->folder, "content");
    if (file_exists(path) && !path_resolves_inside(content, path)) {
        struct span nowhere = {source_new(reader->arena, shown, "", 0), 0, 0, 0};
        diag_report(reader->diag, DIAG_LINK_LEAVES_COURSE, nowhere, shown);
        return;
    }
    struct source *source = file_load(reader->arena, reader->diag, path, shown);
    if (source)
        VEC_PUSH(reader->arena, &course->modules,
                 parse_module(reader->arena, reader->diag, course, source, id));
}

static void read_module(struct reader *reader, struct course *course, const char *name) {
    const char *shown = arena_printf(reader->arena, "content/modules/%s.md", name);
    struct span nowhere = {source_new(reader->arena, shown, "", 0), 0, 0, 0};
    if (id_is_valid(name))
        parse_file(reader, course, shown, name);
    else
        diag_report(reader->diag, DIAG_MODULE_FILE_NAME, nowhere, path_name(shown),
                    id_propose(reader->arena, name));
}

bool module_is_path(const char *name) {
    size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, ".md") == 0;
}

const struct module *course_find_module_file(const struct course *course, const char *path) {
    static const char content[] = "content/";
    for (size_t i = 0; i < course->modules.count; i++) {
        const char *at = course->modules.at[i]->source->path;
        if (strncmp(at, content, strlen(content)) == 0 && strcmp(at + strlen(content), path) == 0)
            return course->modules.at[i];
    }
    return NULL;
}

/* A name of a material's list that is a path, once. */
static void read_path(struct reader *reader, struct course *course, const struct yaml *name) {
    if (name->kind != YAML_TEXT || !module_is_path(name->text) || !path_is_inside(name->text) ||
        course_find_module_file(course, name->text))
        return;
    const char *shown = arena_printf(reader->arena, "content/%s", name->text);
    const char *file = path_name(shown);
    if (file_exists(path_join(reader->arena, course->folder, shown)))
        parse_file(reader, course, shown,
                   id_propose(reader->arena, arena_strndup(reader->arena, file, strlen(file) - 3)));
}

static void read_paths(struct reader *reader, struct course *course, const struct yaml *materials) {
    for (size_t i = 0; materials && materials->kind == YAML_LIST && i < materials->count; i++) {
        const struct yaml *list = yaml_find(&materials->items[i], "modules");
        if (list && list->kind == YAML_TEXT)
            read_path(reader, course, list);
        for (size_t k = 0; list && list->kind == YAML_LIST && k < list->count; k++)
            read_path(reader, course, &list->items[k]);
    }
}

void course_read_modules(struct reader *reader, struct course *course, const struct yaml *root) {
    struct strings names = {0};
    folder_names(reader->arena, path_join(reader->arena, course->folder, "content/modules"), ".md",
                 &names);
    for (size_t i = 0; i < names.count; i++)
        read_module(reader, course, names.at[i]);
    read_paths(reader, course, yaml_find(root, "materials"));
    course_read_letters(reader, course);
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
