/* The files of one participant: names, dates, respondents, sittings. */
#include "load/forms.h"

#include "base/file.h"

#include <stdlib.h>

/* The whole file, or the first cell of a form's row. */
static struct span file_span(const struct answer_file *file) {
    return file->line ? file->root->at : (struct span){file->source, 0, 0, 0};
}

static bool ends_with(const char *name, const char *ending) {
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcmp(name + length - tail, ending) == 0;
}

/* "2026-09-07.assistant.yml": a date, a respondent, or both, in any order; other parts are mistakes
 * unless keys in the file say both. */
static void read_name(struct answers_reader *reader, struct answer_file *file, const char *name,
                      const char **unknown) {
    struct arena *arena = reader->reader.arena;
    const char *end = strrchr(name, '.');
    for (const char *part = name; part < end;) {
        const char *dot = strchr(part, '.');
        const char *word = arena_strndup(arena, part, (size_t)(dot - part));
        date_t date = date_parse_iso(word, strlen(word));
        int32_t respondent = course_find_respondent(reader->course, word);
        if (date != DATE_NONE && file->date == DATE_NONE)
            file->date = date;
        else if (respondent != RESPONDENT_NONE && file->respondent == RESPONDENT_NONE)
            file->respondent = respondent;
        else
            *unknown = word;
        part = dot + 1;
    }
}

static void read_date(struct answers_reader *reader, struct answer_file *file) {
    const struct yaml *node = yaml_find(file->root, "date");
    date_t date = DATE_NONE;
    if (!node || !yaml_date(&reader->reader, node, &date))
        return;
    if (file->date != DATE_NONE && file->date != date)
        diag_report(reader->reader.diag, DIAG_ANSWERS_CONFLICT, node->at, "date", node->text);
    file->date = date;
}

static void read_respondent(struct answers_reader *reader, struct answer_file *file) {
    struct name name = {0};
    yaml_read_name(&reader->reader, file->root, "respondent", &name);
    if (!name.text)
        return;
    int32_t respondent = course_find_respondent(reader->course, name.text);
    if (respondent == RESPONDENT_NONE) {
        struct strings known = {0};
        for (size_t i = 0; i < reader->course->respondents.count; i++)
            VEC_PUSH(reader->reader.arena, &known, reader->course->respondents.at[i].id);
        diag_report(reader->reader.diag, DIAG_RESPONDENT_UNKNOWN, name.at, name.text,
                    diag_nearest(name.text, known.at, known.count),
                    diag_list(reader->reader.arena, known.at, known.count));
        return;
    }
    if (file->respondent != RESPONDENT_NONE && file->respondent != respondent)
        diag_report(reader->reader.diag, DIAG_ANSWERS_CONFLICT, name.at, "respondent", name.text);
    file->respondent = respondent;
}

/* What the path and the keys say about the file itself; false if it cannot be placed. */
static bool read_heads(struct answers_reader *reader, struct answer_file *file, const char *name) {
    struct diag *diag = reader->reader.diag;
    const char *unknown = NULL;
    read_name(reader, file, name, &unknown);
    read_date(reader, file);
    read_respondent(reader, file);
    struct name participant = {0};
    yaml_read_name(&reader->reader, file->root, "participant", &participant);
    if (participant.text && strcmp(participant.text, reader->id) != 0)
        diag_report(diag, DIAG_ANSWERS_CONFLICT, participant.at, "participant", participant.text);
    yaml_read_name(&reader->reader, file->root, "sitting", &file->sitting_name);
    if (file->respondent == RESPONDENT_NONE && reader->course->respondents.count == 1)
        file->respondent = 0;
    bool placed = file->date != DATE_NONE && file->respondent != RESPONDENT_NONE;
    const char *missing = file->date == DATE_NONE ? "date" : "respondent";
    if (!placed && !yaml_find(file->root, missing)) /* else it is there, and refused */
        diag_report(diag, DIAG_ANSWERS_UNPLACED, file_span(file), missing, unknown,
                    reader->course->respondents.at[0].id);
    return placed;
}

static void read_file(struct answers_reader *reader, const char *name) {
    struct arena *arena = reader->reader.arena;
    struct answer_file file = {.date = DATE_NONE, .respondent = RESPONDENT_NONE};
    file.shown = path_join(arena, reader->shown, name);
    const char *path = path_join(arena, reader->folder, name);
    struct span at = {source_new(arena, file.shown, "", 0), 0, 0, 0};
    if (ends_with(name, ".csv")) {
        diag_report(reader->reader.diag, DIAG_CSV_PLACE, at);
        return;
    }
    if (ends_with(name, ".yaml"))
        diag_report(reader->reader.diag, DIAG_ANSWERS_ENDING, at);
    if (!ends_with(name, ".yml") || strcmp(name, "profile.yml") == 0)
        return;
    if (!path_resolves_inside(reader->folder, path)) {
        diag_report(reader->reader.diag, DIAG_LINK_LEAVES_COURSE, at, file.shown);
        return;
    }
    file.source = file_load(arena, reader->reader.diag, path, file.shown);
    file.root = file.source ? yaml_parse(&reader->reader, file.source, 0, file.source->size) : NULL;
    if (file.root && yaml_is_map(&reader->reader, file.root, "'id: answer' lines") &&
        read_heads(reader, &file, name))
        VEC_PUSH(arena, &reader->files, file);
}

static int compare_files(const void *left, const void *right) {
    const struct answer_file *a = left, *b = right;
    if (a->date != b->date)
        return a->date < b->date ? -1 : 1;
    int order = strcmp(a->shown, b->shown);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

/* The course's sitting of a file, by `sitting:` or by its date; -1 after reporting. */
static int32_t find_sitting(struct answers_reader *reader, const struct answer_file *file) {
    const struct course *course = reader->course;
    struct strings known = {0};
    for (size_t i = 0; i < course->sittings.count; i++) {
        const struct sitting_rule *rule = &course->sittings.at[i];
        VEC_PUSH(reader->reader.arena, &known, rule->id);
        bool meant = file->sitting_name.text ? strcmp(file->sitting_name.text, rule->id) == 0
                                             : rule->from <= file->date && file->date <= rule->to;
        if (meant)
            return (int32_t)i;
    }
    double number;
    if (file->sitting_name.text && parse_number(file->sitting_name.text, &number) && number >= 1 &&
        number <= (double)known.count && number == (int32_t)number)
        return (int32_t)number - 1;
    char date[16];
    date_format_iso(file->date, date);
    if (file->sitting_name.text)
        diag_report(reader->reader.diag, DIAG_SITTING_UNKNOWN, file->sitting_name.at,
                    file->sitting_name.text,
                    diag_nearest(file->sitting_name.text, known.at, known.count),
                    diag_list(reader->reader.arena, known.at, known.count));
    else
        diag_report(reader->reader.diag, DIAG_SITTING_NONE, file_span(file), date,
                    diag_list(reader->reader.arena, known.at, known.count));
    return -1;
}

/* Without sittings of the course: a respondent's n-th file is sitting n. */
static int32_t count_sitting(struct answers_reader *reader, const struct answer_file *file,
                             int32_t *next) {
    enum { SITTING_LIMIT = 100 };
    int32_t sitting = next[file->respondent];
    if (file->sitting_name.text) {
        double number;
        if (!parse_number(file->sitting_name.text, &number) || number < 1 ||
            number > SITTING_LIMIT || number != (int32_t)number) {
            diag_report(reader->reader.diag, DIAG_SITTING_NUMBER, file->sitting_name.at,
                        file->sitting_name.text);
            return -1;
        }
        sitting = (int32_t)number - 1;
    }
    next[file->respondent] = sitting + 1;
    return sitting;
}

/* Sittings are numbered without gaps: one that nobody answered in has no date. */
static void reach_sitting(struct answers_reader *reader, const struct answer_file *file) {
    const struct course *course = reader->course;
    struct arena *arena = reader->reader.arena;
    while (reader->sittings.count <= (size_t)file->sitting) {
        size_t index = reader->sittings.count;
        struct sitting *sitting = VEC_ADD(arena, &reader->sittings);
        sitting->date = DATE_NONE;
        sitting->id = course->sittings.count ? course->sittings.at[index].id
                                             : arena_printf(arena, "%zu", index + 1);
        sitting->title = course->sittings.count ? course->sittings.at[index].title : sitting->id;
    }
    struct sitting *sitting = &reader->sittings.at[file->sitting];
    sitting->answered |= 1u << file->respondent;
    if (sitting->date == DATE_NONE || file->date > sitting->date)
        sitting->date = file->date;
}

/* The build stands on one day: what was answered after it is not known yet, and that is said. */
static bool is_later(struct answers_reader *reader, const struct answer_file *file) {
    date_t as_of = reader->course->as_of;
    if (as_of == DATE_NONE || file->date <= as_of)
        return false;
    char date[16], today[16];
    date_format_iso(file->date, date);
    date_format_iso(as_of, today);
    diag_report(reader->reader.diag, DIAG_ANSWERS_LATER, file_span(file), date, today);
    return true;
}

void answers_read_files(struct answers_reader *reader) {
    struct strings names = {0};
    folder_list(reader->reader.arena, reader->folder, &names);
    for (size_t i = 0; i < names.count; i++)
        read_file(reader, names.at[i]);
    answers_read_forms(reader);
    if (reader->files.count)
        qsort(reader->files.at, reader->files.count, sizeof *reader->files.at, compare_files);
    int32_t next[RESPONDENT_LIMIT] = {0};
    size_t kept = 0;
    for (size_t i = 0; i < reader->files.count; i++) {
        struct answer_file *file = &reader->files.at[i];
        file->sitting = reader->course->sittings.count ? find_sitting(reader, file)
                                                       : count_sitting(reader, file, next);
        if (file->sitting < 0 || is_later(reader, file))
            continue;
        reach_sitting(reader, file);
        reader->files.at[kept++] = *file;
    }
    reader->files.count = kept;
}
