/* templates/strings/<language>.yml: the fixed words of a language. */
#include "load/course.h"

#include "base/file.h"

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
    struct source *source = file_load(reader->arena, reader->diag,
                                      path_join(reader->arena, course->folder, shown), shown);
    const struct yaml *map = source ? yaml_parse(reader, source, 0, source->size) : NULL;
    if (!map || !yaml_is_map(reader, map, "a map of words"))
        return;
    const char *keys[WORD_COUNT + 1];
    for (size_t i = 0; i < WORD_COUNT; i++) {
        keys[i] = word_key((enum word)i);
        if (!yaml_find(map, keys[i]))
            diag_report(reader->diag, DIAG_KEY_MISSING, map->at, keys[i]);
        yaml_read_text(reader, map, keys[i], &course->words[i]);
    }
    keys[WORD_COUNT] = NULL;
    yaml_check_keys(reader, map, keys);
}
