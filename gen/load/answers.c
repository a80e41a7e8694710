/* content/answers/: who there is, and one participant's files as answers. */
#include "load/answers.h"

#include "base/file.h"
#include "load/forms.h"
#include "load/load.h"

#include <stdlib.h>

/* True if a folder of answers may be read; else it was reported. */
static bool check_folder(struct reader *reader, const struct course *course, const char *folder,
                         const char *name) {
    const char *shown = arena_printf(reader->arena, "content/answers/%s", name);
    struct span at = {source_new(reader->arena, shown, "", 0), 0, 0, 0};
    if (strcmp(name, "blank") == 0 || strcmp(name, "cohort") == 0) {
        diag_report(reader->diag, DIAG_ID_RESERVED, at, name);
        return false;
    }
    if (!id_check(reader, name, at))
        return false;
    bool inside = path_resolves_inside(path_join(reader->arena, course->folder, "content"),
                                       path_join(reader->arena, folder, name));
    if (!inside)
        diag_report(reader->diag, DIAG_LINK_LEAVES_COURSE, at, shown);
    return inside;
}

static int by_bytes(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

bool load_participants(struct arena *run, struct diag *diag, struct course *course,
                       struct strings *ids) {
    struct reader reader = {run, diag};
    struct strings names = {0}, all = {0};
    const char *folder = path_join(run, course->folder, "content/answers");
    folder_list(run, folder, &names);
    bool good = true;
    for (size_t i = 0; i < names.count; i++) {
        bool is_folder = folder_exists(path_join(run, folder, names.at[i]));
        if (is_folder && check_folder(&reader, course, folder, names.at[i]))
            VEC_PUSH(run, &all, names.at[i]);
        else
            good = good && !is_folder;
    }
    course->forms = forms_load(run, diag, course, &names, &all);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, by_bytes);
    for (size_t i = 0; i < all.count; i++)
        if (i == 0 || strcmp(all.at[i - 1], all.at[i]) != 0)
            VEC_PUSH(run, ids, all.at[i]);
    return good;
}

void answers_add(struct answers_reader *reader, const struct answer_file *file,
                 const struct slot *slot, int32_t row, struct value value, struct span at) {
    if (value_is_missing(value))
        return;
    struct answer *answer = VEC_ADD(reader->reader.arena, &reader->answers);
    *answer = (struct answer){slot, file->respondent, file->sitting, row, file->date, value, at};
}

/* Answers come in the order of their files, which is that of time. */
struct ordered {
    struct answer answer;
    size_t order;
};

static int compare(const void *left, const void *right) {
    const struct ordered *a = left, *b = right;
    int order = answer_compare(&a->answer, &b->answer);
    return order ? order : a->order < b->order ? -1 : a->order > b->order;
}

/* Sorts, and keeps of several answers to the same question the one that came last. */
static void settle_answers(struct answers_reader *reader, struct participant *participant) {
    struct arena *arena = reader->reader.arena;
    size_t count = reader->answers.count;
    struct ordered *all = ARENA_ARRAY(arena, struct ordered, count);
    for (size_t i = 0; i < count; i++)
        all[i] = (struct ordered){reader->answers.at[i], i};
    if (count)
        qsort(all, count, sizeof *all, compare);
    participant->answers = ARENA_ARRAY(arena, struct answer, count);
    for (size_t i = 0; i < count; i++) {
        bool replaced = i + 1 < count && answer_compare(&all[i].answer, &all[i + 1].answer) == 0;
        if (!replaced)
            participant->answers[participant->answer_count++] = all[i].answer;
    }
}

static void settle_logs(struct answers_reader *reader, struct participant *participant) {
    participant->logs = ARENA_ARRAY(reader->reader.arena, struct log_size, reader->logs.count);
    participant->log_count = reader->logs.count;
    for (size_t i = 0; i < reader->logs.count; i++)
        participant->logs[i] = (struct log_size){reader->logs.at[i].log, reader->logs.at[i].rows};
}

struct participant *load_participant(struct arena *job, struct diag *diag,
                                     const struct course *course, const char *id) {
    struct participant *participant = ARENA_NEW(job, struct participant);
    const char *shown = arena_printf(job, "content/answers/%s", id);
    struct answers_reader reader = {
        .reader = {job, diag},
        .course = course,
        .id = arena_strdup(job, id),
        .folder = path_join(job, course->folder, shown),
        .shown = shown,
    };
    participant->id = reader.id;
    answers_read_profile(&reader, participant);
    answers_read_files(&reader);
    for (size_t i = 0; i < reader.files.count; i++)
        answers_read_blocks(&reader, &reader.files.at[i]);
    answers_check_refs(&reader);
    participant->sittings = reader.sittings.at;
    participant->sitting_count = reader.sittings.count;
    settle_answers(&reader, participant);
    settle_logs(&reader, participant);
    return participant;
}
