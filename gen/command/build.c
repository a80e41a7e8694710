/* `tandem build`: every material into out/. The stages, in order. */
#include "command/build.h"

#include "base/file.h"
#include "base/pool.h"
#include "command/shard.h"
#include "command/state.h"

#include <signal.h>
#include <time.h>

/* Ctrl-C: jobs in hand are finished, no others begun, and what is done is remembered. A second one ends
 * the program at once. */
static volatile sig_atomic_t interrupted;

static void note_interrupt(int number) {
    (void)number;
    interrupted = 1;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

struct manifest_output {
    struct file_out file;
    bool echo; /* to stdout as well */
};

static void put_manifest(void *context, const char *text, size_t size) {
    struct manifest_output *output = context;
    file_out_put(&output->file, text, size);
    if (output->echo)
        fwrite(text, 1, size, stdout);
}

static bool write_manifest(struct build *build) {
    struct manifest_output output = {.echo = build->options->json};
    const char *path = path_join(&build->run, build->out, "manifest.json");
    file_out_open(&output.file, &build->run, path);
    manifest_render(build->course, build->entries.at, build->entries.count, put_manifest, &output);
    if (file_out_close(&output.file))
        return true;
    build->failure = arena_printf(&build->run, "cannot write '%s': %s", path, output.file.error);
    return false;
}

/* A file's entry as the former build left it. */
static void recall(struct manifest_entry *entry, const struct state_row *row) {
    memcpy(entry->key, row->key, SHA256_HEX);
    memcpy(entry->sha256, row->sha256, SHA256_HEX);
    entry->size = (size_t)row->stamp.size;
    entry->pages = row->pages;
    entry->sheets = row->sheets;
}

static size_t count_entries(const struct job *job) {
    return job->entry_count * (job->batch->imposition.kind == IMPOSE_NONE ? 1 : 2);
}

/* Why a file has to be made, NULL if it is there as it would be made. */
static const char *reason_to_make(struct build *build, const struct state *state,
                                  const struct manifest_entry *entry) {
    if (build->options->force)
        return "asked for with --force";
    const struct state_row *row = map_find(&state->by_path, entry->path);
    if (!row)
        return "new";
    if (!state->same_environment)
        return "the program, a library or a font changed, or the last build had warnings";
    if (memcmp(row->key, entry->key, SHA256_HEX) != 0)
        return "its sources changed";
    return state_find(build, state, entry->path) ? NULL : "the file is gone or was changed";
}

/* Jobs with a file to make are due; the others' entries are as the former build left them. */
static void select_jobs(struct build *build, const struct state *state) {
    build->due = ARENA_ARRAY(&build->run, size_t, build->jobs.count);
    for (size_t j = 0; j < build->jobs.count; j++) {
        struct job *job = &build->jobs.at[j];
        struct manifest_entry *entries = &build->entries.at[job->first_entry];
        size_t count = count_entries(job);
        bool due = false;
        for (size_t i = 0; i < count && job->wanted; i++) {
            const char *why = reason_to_make(build, state, &entries[i]);
            due |= why != NULL;
            if (why && build->options->explain)
                fprintf(stderr, "%s: %s\n", entries[i].path, why);
        }
        bool listed = job->wanted || !build->shard.of; /* a shard tells of its own alone */
        for (size_t i = 0; i < count && !due && listed; i++) {
            const struct state_row *row = state_find(build, state, entries[i].path);
            if (row)
                recall(&entries[i], row);
        }
        if (due)
            build->due[build->due_count++] = j;
        job->batch->due |= due;
    }
}

/* What was not made, since the build was stopped, is there as it was or not at all. */
static void recall_undone(struct build *build, const struct state *state) {
    for (size_t i = 0; i < build->entries.count; i++) {
        const struct state_row *row = *build->entries.at[i].sha256
                                          ? NULL
                                          : state_find(build, state, build->entries.at[i].path);
        if (row)
            recall(&build->entries.at[i], row);
    }
}

/* Leaves the entries of files that are there. */
static void keep_made(struct build *build) {
    size_t kept = 0;
    for (size_t i = 0; i < build->entries.count; i++)
        if (*build->entries.at[i].sha256)
            build->entries.at[kept++] = build->entries.at[i];
    build->entries.count = kept;
}

static size_t count_made(const struct build *build) {
    size_t made = 0;
    for (size_t i = 0; i < build->due_count; i++)
        made += count_entries(&build->jobs.at[build->due[i]]);
    return made;
}

static void tell_summary(const struct build *build, size_t made, size_t removed, double began) {
    size_t bytes = 0;
    for (size_t i = 0; i < build->entries.count; i++)
        bytes += build->entries.at[i].size;
    printf("%zu files in %s, %.1f MB, %.2f s", build->entries.count, build->out,
           (double)bytes / 1e6, seconds() - began);
    if (made < build->entries.count || removed)
        printf(": %zu made, %zu as they were, %zu removed", made, build->entries.count - made,
               removed);
    putchar('\n');
}

static int finish(struct build *build, struct state *state, double began) {
    command_print_diagnostics(build->diag);
    bool wrong = diag_errors(build->diag) && !build->options->keep_going;
    size_t made = count_made(build), removed = 0;
    if (build->failure || interrupted)
        recall_undone(build, state);
    removed = state_sweep(build, state, build->failure || interrupted);
    keep_made(build);
    bool written = !build->failure && (wrong || write_manifest(build));
    if (written && !wrong && !interrupted && build->shard.of)
        written = shard_write(build, &build->shard);
    state_write(build, state);
    if (!written) {
        fprintf(stderr, "tandem: error: %s\n", build->failure);
        return EXIT_SYSTEM;
    }
    if (interrupted) {
        fprintf(stderr, "tandem: stopped; the next build goes on from here\n");
        return EXIT_INTERRUPTED;
    }
    if (wrong)
        return EXIT_SOURCES;
    if (!build->options->json)
        tell_summary(build, made, removed, began);
    return diag_errors(build->diag) ? EXIT_SOURCES : EXIT_CLEAN;
}

static void tell_time(const struct options *options, const char *stage, double *since) {
    double now = seconds();
    if (options->times)
        fprintf(stderr, "%8.2f ms  %s\n", (now - *since) * 1e3, stage);
    *since = now;
}

/* The jobs, and beside them the fonts of the blank editions are verified. */
static void run_task(void *context, size_t worker, size_t task) {
    struct build *build = context;
    if (task >= build->due_count)
        fonts_verify(build->kits[task - build->due_count].fonts, build->diag);
    else if (!interrupted) {
        build_run_job(build, worker, build->due[task]);
        progress_step(&build->progress, count_entries(&build->jobs.at[build->due[task]]));
    }
}

static void run_jobs(struct build *build) {
    progress_begin(&build->progress, count_made(build), build->options->json);
    pool_run(build->worker_count, build->due_count + build->kit_count, run_task, build);
    progress_end(&build->progress);
    for (size_t i = 0; i < build->kit_count; i++)
        fonts_verify(build->kits[i].fonts, build->diag); /* what only answers needed */
}

static int run_build(struct build *build, const struct options *options,
                     const struct imposition *imposition, double began) {
    double since = began;
    int code;
    if (!build_load(build, options, &code)) {
        command_print_diagnostics(build->diag);
        return code;
    }
    tell_time(options, "load and check", &since);
    build->imposition = *imposition;
    if (options->shard)
        shard_parse(options->shard, &build->shard);
    if (!build_plan(build)) {
        command_print_diagnostics(build->diag);
        return EXIT_USAGE;
    }
    build_keys(build);
    struct state *state = state_load(build);
    select_jobs(build, state);
    tell_time(options, "what has changed", &since);
    size_t warnings = diag_warnings(build->diag);
    if (!build_prepare(build)) {
        command_print_diagnostics(build->diag);
        return EXIT_SOURCES;
    }
    tell_time(options, "fonts and blank editions", &since);
    shard_forget(build);
    run_jobs(build);
    tell_time(options, "editions", &since);
    state->warned = diag_warnings(build->diag) > warnings;
    code = finish(build, state, began);
    tell_time(options, "manifest", &since);
    return code;
}

int command_build(const struct options *options) {
    struct imposition imposition;
    if (!build_imposition(options, &imposition))
        return EXIT_USAGE;
    struct shard shard;
    if (options->shard && !shard_parse(options->shard, &shard))
        return command_wrong_usage("--shard takes a share such as 2/7, not ", options->shard);
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = SA_RESTART | SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    struct build build;
    int code = run_build(&build, options, &imposition, seconds());
    build_release(&build);
    return code;
}
