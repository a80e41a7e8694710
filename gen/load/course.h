/* The parts of load_course, a function a part of course.yml. Errors: see load.h. */
#ifndef TANDEM_LOAD_COURSE_H
#define TANDEM_LOAD_COURSE_H

#include "load/yaml.h"
#include "model/theme.h"

/* course_parts.c */
void course_read_values(struct reader *reader, struct course *course, const struct yaml *root);
void course_read_profile(struct reader *reader, struct course *course, const struct yaml *root);
void course_read_respondents(struct reader *reader, struct course *course, const struct yaml *root);
void course_read_sittings(struct reader *reader, struct course *course, const struct yaml *root);
void course_read_scales(struct reader *reader, struct course *course, const struct yaml *root);
void course_read_columns(struct reader *reader, struct course *course, const struct yaml *root);

/* course_scores.c */
void course_read_scores(struct reader *reader, struct course *course, const struct yaml *root);

/* course_materials.c; after the modules, whose ids they name. */
void course_read_materials(struct reader *reader, struct course *course, const struct yaml *root);

/* course_modules.c: content/modules/ *.md, and files that materials name by their path below content/,
 * "README.md"; sorted by id. */
void course_read_modules(struct reader *reader, struct course *course, const struct yaml *root);
/* course_letters.c: content/letters/ *.md, before the modules are sorted. */
void course_read_letters(struct reader *reader, struct course *course);
/* True for the name of a file, which ends in ".md". */
bool module_is_path(const char *name);
/* The module read from a path below content/, or NULL. */
const struct module *course_find_module_file(const struct course *course, const char *path);

/* strings.c: templates/strings/<language>.yml. */
void course_read_strings(struct reader *reader, struct course *course, struct name language);

/* Number of a respondent, RESPONDENT_NONE after reporting. */
int32_t respondent_find(struct reader *reader, const struct course *course, struct name name);
/* Names in a folder that end in `ending`, without it, sorted; a missing folder has none. */
void folder_names(struct arena *arena, const char *folder, const char *ending,
                  struct strings *names);

#endif
