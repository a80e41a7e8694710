/* The first stages of every command: load, check, and one look at each participant. */
#include "command/build.h"

#include "base/file.h"
#include "load/load.h"
#include "stage/check.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

void command_print_diagnostics(struct diag *diag) {
    const char *no_colour = getenv("NO_COLOR");
    diag_print(diag, stderr, isatty(STDERR_FILENO) && !(no_colour && *no_colour));
}

/* SOURCE_DATE_EPOCH as a date, DATE_NONE if it is not set or not a number of seconds. */
static date_t environment_date(void) {
    const char *text = getenv("SOURCE_DATE_EPOCH");
    if (!text || !*text)
        return DATE_NONE;
    char *end;
    errno = 0;
    long long seconds = strtoll(text, &end, 10);
    if (errno || *end || seconds < 0 || seconds / 86400 > INT32_MAX / 2)
        return DATE_NONE;
    return (date_t)(seconds / 86400);
}

/* Reads every participant once: mistakes are found before anything is made. */
static void check_participants(struct build *build, date_t *latest) {
    struct strings ids = {0}, good = {0};
    if (build_has_cohorts(build))
        build->cohorts = cohorts_new(&build->run, build->course);
    load_participants(&build->run, build->diag, build->course, &ids);
    struct arena job;
    arena_init(&job);
    *latest = DATE_NONE;
    for (size_t i = 0; i < ids.count; i++) {
        size_t before = diag_errors(build->diag);
        const struct participant *participant =
            load_participant(&job, build->diag, build->course, ids.at[i]);
        for (size_t s = 0; s < participant->sitting_count; s++)
            if (participant->sittings[s].date > *latest)
                *latest = participant->sittings[s].date;
        if (diag_errors(build->diag) == before) {
            struct answer_key key = key_of_answers(&job, build->course, participant);
            VEC_PUSH(&build->run, &good, ids.at[i]);
            VEC_PUSH(&build->run, &build->answer_keys, key);
            build_keep_row(build, &job, participant, &key);
        }
        arena_reset(&job);
    }
    arena_release(&job);
    if (build->cohorts)
        cohorts_finish(build->cohorts);
    build->participants = good;
}

bool build_load(struct build *build, const struct options *options, int *code) {
    memset(build, 0, sizeof *build);
    build->options = options;
    arena_init(&build->run);
    arena_init(&build->messages);
    build->diag = diag_new(&build->messages);
    build->out = options->out ? options->out : path_join(&build->run, options->course, "out");
    *code = EXIT_SOURCES;
    build->course = load_course(&build->run, build->diag, options->course);
    if (!build->course)
        return false;
    check_course(build->course, build->diag);
    if (diag_errors(build->diag))
        return false;
    date_t latest, clock = environment_date();
    struct course *course = build->course;
    if (clock != DATE_NONE)
        course->as_of = clock;
    check_participants(build, &latest);
    if (course->as_of == DATE_NONE)
        course->as_of = latest != DATE_NONE ? latest : course->start;
    return !diag_errors(build->diag) || options->keep_going;
}

static void worker_release(struct build *build, struct worker *worker) {
    for (size_t k = 0; worker->typesetters && k < build->kit_count; k++)
        if (worker->typesetters[k])
            typesetter_free(worker->typesetters[k]);
    if (worker->tmpdir)
        rmdir(worker->tmpdir);
    arena_release(&worker->job);
    arena_release(&worker->edition);
    arena_release(&worker->scratch);
}

void build_release(struct build *build) {
    for (size_t i = 0; i < build->worker_count; i++)
        worker_release(build, &build->workers[i]);
    worker_release(build, &build->base);
    for (size_t i = 0; i < build->batch_count; i++)
        if (build->batches[i].pdf)
            pdf_batch_free(build->batches[i].pdf);
    for (size_t i = 0; i < build->kit_count; i++)
        if (build->kits[i].fonts)
            fonts_close(build->kits[i].fonts);
    if (build->hyphenation)
        hyphenation_close(build->hyphenation);
    arena_release(&build->run);
    arena_release(&build->messages);
}
