/* One job: a material for one participant, in all its editions. */
#define _GNU_SOURCE /* mkdtemp */
#include "command/build.h"

#include "base/file.h"
#include "block/print.h"
#include "calc/score.h"
#include "load/load.h"
#include "stage/layout.h"
#include "stage/track.h"
#include "write/pdf_impose.h"
#include "write/xlsx.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t failure_lock = PTHREAD_MUTEX_INITIALIZER;

void build_fail(struct build *build, const char *path, const char *why) {
    pthread_mutex_lock(&failure_lock);
    if (!build->failure)
        build->failure = arena_printf(&build->run, "cannot write '%s': %s", path, why);
    pthread_mutex_unlock(&failure_lock);
}

/* libxlsxwriter makes many small files: on memory if there is such a place. */
static const char *worker_tmpdir(struct build *build, struct worker *worker) {
    if (worker->tmpdir)
        return worker->tmpdir;
    const char *folder = folder_exists("/dev/shm") ? "/dev/shm" : "/tmp";
    pthread_mutex_lock(&failure_lock); /* the run arena is not for several threads */
    char *name = arena_printf(&build->run, "%s/tandem-XXXXXX", folder);
    pthread_mutex_unlock(&failure_lock);
    worker->tmpdir = mkdtemp(name);
    return worker->tmpdir;
}

/* Writes the file that an entry names, and notes what the entry says of it. */
static void put_file(struct build *build, struct worker *worker, struct manifest_entry *entry,
                     const struct buf *bytes, bool made, const char *error) {
    const char *path = path_join(&worker->edition, build->out, entry->path);
    if (!made || !file_write(&worker->edition, path, bytes->data, bytes->len, &error)) {
        build_fail(build, path, error ? error : "unknown reason");
        return;
    }
    sha256_hex(bytes->data, bytes->len, entry->sha256);
    entry->size = bytes->len;
}

static void write_imposed(struct build *build, struct worker *worker, const struct job *job,
                          const struct layout *layout, const struct pdf_identity *identity,
                          struct manifest_entry *entry) {
    const char *error = NULL;
    struct buf bytes;
    buf_init(&bytes, &worker->edition);
    bool made = pdf_impose(job->batch->pdf, &worker->edition, layout, identity,
                           &job->batch->imposition, &bytes, &entry->pages, &error);
    put_file(build, worker, entry, &bytes, made, error);
}

/* The id of the last sitting that anybody has answered in, or NULL. */
static const char *latest_sitting(const struct participant *participant) {
    for (size_t i = participant ? participant->sitting_count : 0; i > 0; i--)
        if (participant->sittings[i - 1].date != DATE_NONE)
            return participant->sittings[i - 1].id;
    return NULL;
}

static bool write_edition_pdf(struct build *build, struct worker *worker, const struct job *job,
                              const struct edition *edition, size_t paper,
                              struct manifest_entry *entry, struct buf *bytes, const char **error) {
    const struct batch *batch = job->batch;
    const struct layout *layout = batch->bases[paper].layout;
    if (edition->participant || edition->cohort || edition->respondent != RESPONDENT_NONE) {
        const struct flow *flow = print_edition(&worker->edition, edition);
        layout = layout_edition(worker_typesetter(build, worker, batch->kit), &worker->edition,
                                &worker->scratch, build->diag, edition, flow);
    }
    const struct participant *participant = edition->participant;
    struct pdf_identity identity = {
        .course = build->course->title,
        .version = build->course->version,
        .publisher = build->course->publisher,
        .licence = build->course->licence,
        .material = edition->material->name,
        .participant = participant ? participant->id : NULL,
        .respondent = edition->respondent == RESPONDENT_NONE
                          ? NULL
                          : build->course->respondents.at[edition->respondent].id,
        .sitting = edition->sitting,
        .source_hash = edition->source_hash,
        .as_of = build->course->as_of,
    };
    entry->pages = layout->page_count;
    if (batch->imposition.kind != IMPOSE_NONE)
        write_imposed(build, worker, job, layout, &identity, entry + job->entry_count);
    return pdf_write(batch->pdf, &worker->edition, layout, &identity, bytes, error);
}

static bool write_edition_xlsx(struct build *build, struct worker *worker,
                               const struct edition *edition, struct manifest_entry *entry,
                               struct buf *bytes, const char **error) {
    const struct workbook *book = edition->cohort ? track_cohort(&worker->edition, edition)
                                                  : track_edition(&worker->edition, edition);
    const char *tmpdir = worker_tmpdir(build, worker);
    for (size_t i = 0; i < book->sheets.count; i++)
        entry->sheets += !book->sheets.at[i]->hidden;
    if (!tmpdir) {
        *error = "no folder for temporary files could be made";
        return false;
    }
    return xlsx_write(&worker->edition, book, tmpdir, bytes, error);
}

static void make_edition(struct build *build, struct worker *worker, const struct job *job,
                         const struct edition *edition, size_t paper,
                         struct manifest_entry *entry) {
    struct buf bytes;
    buf_init(&bytes, &worker->edition);
    const char *error = NULL;
    bool pdf = edition->material->kind == MATERIAL_PDF;
    bool made = pdf ? write_edition_pdf(build, worker, job, edition, paper, entry, &bytes, &error)
                    : write_edition_xlsx(build, worker, edition, entry, &bytes, &error);
    put_file(build, worker, entry, &bytes, made, error);
    arena_reset(&worker->edition);
}

void build_run_job(void *context, size_t worker_number, size_t job_number) {
    struct build *build = context;
    struct worker *worker = &build->workers[worker_number];
    const struct job *job = &build->jobs.at[job_number];
    const struct material *material = job->batch->material;
    struct results results = {0};
    const struct participant *participant = NULL;
    if (build->failure) /* the disk is full or the like: more would only fail as well */
        return;
    if (material->kind == MATERIAL_DATA) {
        build_write_data(build, worker, job);
        return;
    }
    if (job->participant) {
        participant = load_participant(&worker->job, build->diag, build->course, job->participant);
        score_participant(&worker->job, build->course, participant, &results);
    }
    size_t papers = material->kind == MATERIAL_PDF ? material->paper.count : 1;
    for (size_t i = 0; i < job->entry_count; i++) {
        struct manifest_entry *entry = &build->entries.at[job->first_entry + i];
        struct edition edition = {
            .course = build->course,
            .material = material,
            .theme = material->theme,
            .paper = material->kind == MATERIAL_PDF
                         ? paper_find(material->paper.at[i % papers].text)
                         : NULL,
            .participant = participant,
            .cohort = job->cohort,
            .respondent = entry->respondent
                              ? course_find_respondent(build->course, entry->respondent)
                          : participant ? material->respondent
                                        : RESPONDENT_NONE,
            .path = entry->path,
            .sitting = latest_sitting(participant),
            .source_hash = entry->key,
            .blank = material->kind == MATERIAL_PDF && !job->cohort
                         ? job->batch->bases[i % papers].layout
                         : NULL,
        };
        const struct results seen = score_results_for(&worker->job, &results, edition.respondent);
        edition.results = participant ? &seen : NULL;
        make_edition(build, worker, job, &edition, i % papers, entry);
    }
    arena_reset(&worker->job);
    for (size_t k = 0; k < build->kit_count; k++)
        if (worker->typesetters[k])
            typesetter_trim(worker->typesetters[k]);
}
