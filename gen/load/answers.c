/* content/answers/: who there is, and one participant's files as answers. */
#include "load/answers.h"

#include "base/file.h"
#include "load/load.h"

#include <stdlib.h>

bool load_participants(struct arena *run, struct diag *diag, const struct course *course,
                       struct strings *ids) {
    struct reader reader = {run, diag};
    struct strings names = {0};
    const char *folder = path_join(run, course->folder, "content/answers");
    folder_list(run, folder, &names);
    bool good = true;
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.at[i];
        const char *shown = arena_printf(run, "content/answers/%s", name);
        struct span at = {source_new(run, shown, "", 0), 0, 0, 0};
        size_t length = strlen(name);
        if (!folder_exists(path_join(run, folder, name))) {
            if (length > 4 && strcmp(name + length - 4, ".csv") == 0)
                diag_report(diag, DIAG_CSV_NOT_READ, at);
            continue;
        }
        bool reserved = strcmp(name, "blank") == 0 || strcmp(name, "cohort") == 0;
        if (reserved)
            diag_report(diag, DIAG_ID_RESERVED, at, name);
        if (reserved || !id_check(&reader, name, at)) {
            good = false;
            continue;
        }
        if (!path_resolves_inside(path_join(run, course->folder, "content"),
                                  path_join(run, folder, name))) {
            diag_report(diag, DIAG_LINK_LEAVES_COURSE, at, shown);
            good = false;
            continue;
        }
        VEC_PUSH(run, ids, name);
    }
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
