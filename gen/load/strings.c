/* templates/strings/<language>.yml: the fixed words of a language. */
#include "load/course.h"

#include "base/file.h"

/* All in one message: a language that is begun lacks a hundred. */
static void report_missing(struct reader *reader, const struct strings *missing, struct span at) {
    enum { SHOWN = 8 };
    if (!missing->count)
        return;
    const char *list = missing->at[0];
    for (size_t i = 1; i < missing->count && i < SHOWN; i++)
        list = arena_printf(reader->arena, "%s, %s", list, missing->at[i]);
    if (missing->count > SHOWN)
        list = arena_printf(reader->arena, "%s and others", list);
    diag_report(reader->diag, DIAG_STRINGS_MISSING, at, list);
}

void course_read_strings(struct reader *reader, struct course *course, struct name language) {
    for (size_t i = 0; i < WORD_COUNT; i++)
        course->words[i] = "";
    const char *folder = path_join(reader->arena, course->folder, "templates/strings");
    struct strings known = {0};
    folder_names(reader->arena, folder, ".yml", &known);
    bool found = false;
    for (size_t i = 0; i < known.count && !found; i++)
        found = strcmp(known.at[i], language.text) == 0;
    if (!found) {
        diag_report(reader->diag, DIAG_LANGUAGE_UNKNOWN, language.at, language.text,
                    diag_nearest(language.text, known.at, known.count),
                    diag_list(reader->arena, known.at, known.count));
        return;
    }
    course->language = language.text;
    const char *shown = arena_printf(reader->arena, "templates/strings/%s.yml", language.text);
    const char *path = path_join(reader->arena, course->folder, shown);
    if (!path_resolves_inside(path_join(reader->arena, course->folder, "templates"), path)) {
        diag_report(reader->diag, DIAG_LINK_LEAVES_COURSE, language.at, shown);
        return;
    }
    struct source *source = file_load(reader->arena, reader->diag, path, shown);
    const struct yaml *map = source ? yaml_parse(reader, source, 0, source->size) : NULL;
    if (!map || !yaml_is_map(reader, map, "'key: value' lines for the words"))
        return;
    const char *keys[WORD_COUNT + 1];
    struct strings missing = {0};
    for (size_t i = 0; i < WORD_COUNT; i++) {
        keys[i] = word_key((enum word)i);
        if (!yaml_find(map, keys[i]))
            VEC_PUSH(reader->arena, &missing, keys[i]);
        yaml_read_text(reader, map, keys[i], &course->words[i]);
    }
    keys[WORD_COUNT] = NULL;
    yaml_check_keys(reader, map, keys);
    report_missing(reader, &missing, map->at);
}
