#include "load/course.h"

#include "base/file.h"
#include "load/load.h"
#include "load/mail_settings.h"
#include "load/typography.h"

static const char *const course_keys[] = {
    "title",    "version", "publisher", "licence", "language",  "currency",
    "start",    "as-of",   "template",  "values",  "profile",   "respondents",
    "sittings", "columns", "scales",    "scores",  "materials", NULL};

void folder_names(struct arena *arena, const char *folder, const char *ending,
                  struct strings *names) {
    struct strings all = {0};
    folder_list(arena, folder, &all);
    size_t tail = strlen(ending);
    for (size_t i = 0; i < all.count; i++) {
        size_t length = strlen(all.at[i]);
        if (length > tail && strcmp(all.at[i] + length - tail, ending) == 0)
            VEC_PUSH(arena, names, arena_strndup(arena, all.at[i], length - tail));
    }
}

int32_t respondent_find(struct reader *reader, const struct course *course, struct name name) {
    int32_t found = course_find_respondent(course, name.text);
    if (found != RESPONDENT_NONE)
        return found;
    struct strings known = {0};
    for (size_t i = 0; i < course->respondents.count; i++)
        VEC_PUSH(reader->arena, &known, course->respondents.at[i].id);
    diag_report(reader->diag, DIAG_RESPONDENT_UNKNOWN, name.at, name.text,
                diag_nearest(name.text, known.at, known.count),
                diag_list(reader->arena, known.at, known.count));
    return RESPONDENT_NONE;
}

static void read_heads(struct reader *reader, struct course *course, const struct yaml *root,
                       struct name *language) {
    yaml_read_text(reader, root, "title", &course->title);
    yaml_read_text(reader, root, "version", &course->version);
    yaml_read_text(reader, root, "publisher", &course->publisher);
    yaml_read_text(reader, root, "licence", &course->licence);
    yaml_read_name(reader, root, "language", language);
    struct name currency = {0};
    yaml_read_name(reader, root, "currency", &currency);
    if (currency.text) {
        if (strlen(currency.text) != 3 || strspn(currency.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
            diag_report(reader->diag, DIAG_CURRENCY_SYNTAX, currency.at, currency.text);
        else
            course->currency = currency.text;
    }
    yaml_read_date(reader, root, "start", &course->start);
    yaml_read_date(reader, root, "as-of", &course->as_of);
    yaml_read_name(reader, root, "template", &course->template_name);
    if (!course->title) {
        if (!yaml_find(root, "title"))
            diag_report(reader->diag, DIAG_KEY_MISSING, root->at, "title");
        course->title = "";
    }
}

struct course *load_course(struct arena *run, struct diag *diag, const char *folder) {
    struct reader reader = {run, diag};
    const char *path = path_join(run, folder, "content/course.yml");
    if (!file_exists(path)) {
        diag_report(diag, DIAG_COURSE_NOT_HERE, ((struct span){0}),
                    strcmp(folder, ".") == 0 ? "this folder" : arena_printf(run, "'%s'", folder));
        return NULL;
    }
    struct source *source = file_load(run, diag, path, "content/course.yml");
    if (!source)
        return NULL;
    size_t before = diag_errors(diag);
    const struct yaml *root = yaml_parse(&reader, source, 0, source->size);
    struct span start = {source, 1, 1, 1};
    if (!root) {
        if (diag_errors(diag) == before)
            diag_report(diag, DIAG_COURSE_EMPTY, start);
        return NULL;
    }
    if (!yaml_is_map(&reader, root, "'key: value' lines"))
        return NULL;
    yaml_check_keys(&reader, root, course_keys);
    struct course *course = ARENA_NEW(run, struct course);
    course->arena = run;
    course->folder = arena_strdup(run, folder);
    course->source = source;
    course->version = course->publisher = course->licence = "";
    course->language = "en-GB";
    course->currency = "GBP";
    course->start = course->as_of = DATE_NONE;
    course->template_name = (struct name){"classic", start};
    map_init(&course->block_by_id, run);
    map_init(&course->slot_by_name, run);
    struct name language = {course->language, start};
    read_heads(&reader, course, root, &language);
    course_read_strings(&reader, course, language);
    course->title = typography_text(run, course->language, course->title);
    course_read_values(&reader, course, root);
    course_read_profile(&reader, course, root);
    course_read_respondents(&reader, course, root);
    course_read_sittings(&reader, course, root);
    course_read_scales(&reader, course, root);
    course_read_scores(&reader, course, root);
    course_read_columns(&reader, course, root);
    course_read_modules(&reader, course, root);
    course_read_materials(&reader, course, root);
    load_themes(run, diag, course);
    struct mail_settings mail; /* who sends letters reads them again */
    load_mail_settings(run, diag, folder, &mail);
    return course;
}
