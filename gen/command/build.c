/* `tandem build`: every material into out/. The stages, in order. */
#include "command/build.h"

#include "base/file.h"
#include "base/pool.h"

#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The sources' hash: what every file of this build was made from, answers aside. */
static void hash_sources(struct build *build) {
    struct buf text;
    buf_init(&text, &build->run);
    const struct course *course = build->course;
    char hex[SHA256_HEX], day[16];
    sha256_hex(course->source->text, course->source->size, hex);
    date_format_iso(course->as_of == DATE_NONE ? 0 : course->as_of, day);
    buf_printf(&text, "tandem " TANDEM_VERSION "\n%s\n%s\n", day, hex);
    for (size_t i = 0; i < course->modules.count; i++) {
        const struct source *source = course->modules.at[i]->source;
        sha256_hex(source->text, source->size, hex);
        buf_printf(&text, "%s %s\n", course->modules.at[i]->id, hex);
    }
    for (size_t i = 0; i < course->materials.count; i++) {
        const struct theme *theme = course->materials.at[i].theme;
        sha256_hex(theme->source->text, theme->source->size, hex);
        buf_printf(&text, "%s %s\n", theme->name, hex);
    }
    build->source_hash = arena_alloc(&build->run, SHA256_HEX);
    sha256_hex(text.data, text.len, build->source_hash);
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

static int finish(struct build *build, double began) {
    command_print_diagnostics(build->diag);
    if (build->failure) {
        fprintf(stderr, "tandem: error: %s\n", build->failure);
        return EXIT_SYSTEM;
    }
    if (diag_errors(build->diag) && !build->options->keep_going)
        return EXIT_SOURCES;
    size_t bytes = 0;
    if (!write_manifest(build)) {
        fprintf(stderr, "tandem: error: %s\n", build->failure);
        return EXIT_SYSTEM;
    }
    for (size_t i = 0; i < build->entries.count; i++)
        bytes += build->entries.at[i].size;
    if (!build->options->json)
        printf("%zu files in %s, %.1f MB, %.2f s\n", build->entries.count, build->out,
               (double)bytes / 1e6, seconds() - began);
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
    if (task < build->jobs.count)
        build_run_job(build, worker, task);
    else
        fonts_verify(build->kits[task - build->jobs.count].fonts, build->diag);
}

static void run_jobs(struct build *build) {
    pool_run(build->worker_count, build->jobs.count + build->kit_count, run_task, build);
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
    if (!build_plan(build)) {
        command_print_diagnostics(build->diag);
        return EXIT_USAGE;
    }
    hash_sources(build);
    if (!build_prepare(build)) {
        command_print_diagnostics(build->diag);
        return EXIT_SOURCES;
    }
    tell_time(options, "fonts and blank editions", &since);
    run_jobs(build);
    tell_time(options, "editions", &since);
    code = finish(build, began);
    tell_time(options, "manifest", &since);
    return code;
}

int command_build(const struct options *options) {
    struct imposition imposition;
    if (!build_imposition(options, &imposition))
        return EXIT_USAGE;
    struct build build;
    int code = run_build(&build, options, &imposition, seconds());
    build_release(&build);
    return code;
}
