/* content/letters/ *.md. */
#include "base/file.h"
#include "load/course.h"
#include "load/load.h"
#include "model/letter.h"

static void read_letter(struct reader *reader, struct course *course, const char *name) {
    struct arena *arena = reader->arena;
    const char *shown = arena_printf(arena, "content/letters/%s.md", name);
    const char *path = path_join(arena, course->folder, shown);
    struct span nowhere = {source_new(arena, shown, "", 0), 0, 0, 0};
    if (!id_is_valid(name)) {
        diag_report(reader->diag, DIAG_MODULE_FILE_NAME, nowhere, path_name(shown),
                    id_propose(arena, name));
        return;
    }
    if (!path_resolves_inside(path_join(arena, course->folder, "content"), path)) {
        diag_report(reader->diag, DIAG_LINK_LEAVES_COURSE, nowhere, shown);
        return;
    }
    struct source *source = file_load(arena, reader->diag, path, shown);
    if (!source)
        return;
    struct letter *letter = ARENA_NEW(arena, struct letter);
    letter->id = name;
    /* A chapter may have the same name: links never lead to a letter. */
    letter->module = parse_letter(arena, reader->diag, course, source,
                                  arena_printf(arena, "letters/%s", name), letter);
    VEC_PUSH(arena, &course->letters, letter);
    VEC_PUSH(arena, &course->modules, letter->module);
}

void course_read_letters(struct reader *reader, struct course *course) {
    struct strings names = {0};
    folder_names(reader->arena, path_join(reader->arena, course->folder, "content/letters"), ".md",
                 &names);
    for (size_t i = 0; i < names.count; i++)
        read_letter(reader, course, names.at[i]);
}
