/* load: sources (YAML, Markdown, images) → model. First stage of all.
 *
 * Units: the model's (µm, hundredths of a point); a template's mm and pt are turned into them here.
 * Owner: what is loaded belongs to the arena that the caller names; texts are borrowed from it.
 * Errors: reported to diag with their places, all in one run; a loader gives back what it could
 * read, so that later mistakes are found too, and NULL only where there is nothing to go on with.
 * Names of things defined elsewhere (a rating in a score, a scale in a block) are kept as written:
 * check resolves them. */
#ifndef TANDEM_LOAD_LOAD_H
#define TANDEM_LOAD_LOAD_H

#include "model/answers.h"
#include "model/course.h"
#include "model/theme.h"

/* Reads content/course.yml, every content/modules/ *.md and the language's strings below `folder`,
 * the folder that holds content/ and templates/. NULL if course.yml cannot be read at all. Not for
 * several threads at once. */
struct course *load_course(struct arena *run, struct diag *diag, const char *folder);

/* Reads templates/<name>/template.yml of the course. Themes are remembered in the course: the same
 * name gives the same theme. NULL after reporting if there is no such template. */
const struct theme *load_theme(struct arena *run, struct diag *diag, struct course *course,
                               struct name template_name);

/* Gives the course and each of its materials its theme: in grey and with the template's papers
 * where that is asked for. Called by load_course. */
void load_themes(struct arena *run, struct diag *diag, struct course *course);

/* Adds the ids of all participants (folders of content/answers/ and rows of the CSV files there),
 * sorted, and gives the course its rows of forms: after check. False if a folder's name is refused;
 * a course without answers has none and that is no error. */
bool load_participants(struct arena *run, struct diag *diag, struct course *course,
                       struct strings *ids);

/* Reads one participant's profile.yml and answers, by the course's slots: after check. Everything
 * is in `job`. Never NULL; several threads may call it at once. */
struct participant *load_participant(struct arena *job, struct diag *diag,
                                     const struct course *course, const char *id);

/* Reads a PNG, JPEG or SVG into `arena`. `path` is on this machine, `shown` for messages at `at`.
 * NULL after reporting. */
const struct image *load_image(struct arena *arena, struct diag *diag, const char *path,
                               const char *shown, struct span at);
/* The same for one whose path in the course is not as it was written: `place` is for messages about
 * what stands in the file. */
const struct image *load_image_of(struct arena *arena, struct diag *diag, const char *path,
                                  const char *place, const char *shown, struct span at);

/* Parses one Markdown file that is already in memory. `course` may be NULL: then the language is
 * English and images are not read. `name` is the id where the front matter gives none. */
struct module *parse_module(struct arena *arena, struct diag *diag, const struct course *course,
                            const struct source *source, const char *name);
/* The same of a letter, whose front matter has keys of its own; `letter` NULL: of a module. */
struct module *parse_letter(struct arena *arena, struct diag *diag, const struct course *course,
                            const struct source *source, const char *name, struct letter *letter);

#endif
