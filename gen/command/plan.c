/* The plan of a build: which material for whom, under which path. */
#include "command/shard.h"

#include "base/file.h"

/* The folder below out/: a participant's, a cohort's, or the blank edition's. */
static const char *folder_of(struct build *build, const struct job *job) {
    if (job->cohort)
        return arena_printf(&build->run, "cohort/%s", job->cohort->name);
    return job->participant ? job->participant : "blank";
}

/* "blank/NAME.letter.pdf", "okafor-lind/NAME.assistant.letter.booklet.pdf". */
static const char *edition_path(struct build *build, const struct job *job, int32_t respondent,
                                size_t paper, enum imposition_kind imposed) {
    static const char *const endings[] = {"pdf", "xlsx", "csv"};
    const struct material *material = job->batch->material;
    const char *who =
        respondent == RESPONDENT_NONE ? "" : build->course->respondents.at[respondent].id;
    const char *size =
        material->kind == MATERIAL_PDF && paper ? material->paper.at[paper].text : "";
    return arena_printf(&build->run, "%s/%s%s%s%s%s%s%s.%s", folder_of(build, job), material->name,
                        *who ? "." : "", who, *size ? "." : "", size, imposed ? "." : "",
                        impose_suffix(imposed), endings[material->kind]);
}

static void add_entry(struct build *build, const struct job *job, int32_t respondent, size_t paper,
                      enum imposition_kind imposed) {
    struct manifest_entry *entry = VEC_ADD(&build->run, &build->entries);
    entry->path = edition_path(build, job, respondent, paper, imposed);
    entry->material = job->batch->material->name;
    entry->participant = job->participant;
    entry->cohort = job->cohort ? job->cohort->name : NULL;
    entry->imposed = imposed ? impose_suffix(imposed) : NULL;
    entry->respondent =
        respondent == RESPONDENT_NONE ? NULL : build->course->respondents.at[respondent].id;
}

/* One entry a copy: a respondent's, on a paper. */
static void add_entries(struct build *build, const struct job *job, enum imposition_kind imposed) {
    const struct material *material = job->batch->material;
    size_t papers = material->kind == MATERIAL_PDF ? material->paper.count : 1;
    bool copies = job->participant && material->each == EACH_RESPONDENT;
    size_t people = copies ? build->course->respondents.count : 1;
    for (size_t r = 0; r < people; r++) {
        if (copies && material->respondent != RESPONDENT_NONE && material->respondent != (int32_t)r)
            continue;
        for (size_t p = 0; p < papers; p++)
            add_entry(build, job, copies ? (int32_t)r : RESPONDENT_NONE, p, imposed);
    }
}

static bool is_wanted(const char *wanted, const char *name) {
    return !wanted || strcmp(wanted, name) == 0;
}

enum { NOBODY = -1 };

static void add_job(struct build *build, struct batch *batch, ptrdiff_t person,
                    const struct cohort *cohort) {
    const struct options *options = build->options;
    struct job *job = VEC_ADD(&build->run, &build->jobs);
    job->batch = batch;
    job->person = person == NOBODY ? 0 : (size_t)person;
    job->participant = person == NOBODY ? NULL : build->participants.at[person];
    job->wanted = is_wanted(options->only, batch->material->name) &&
                  (!options->participant ||
                   (job->participant && strcmp(options->participant, job->participant) == 0));
    if (build->shard.of)
        job->wanted = job->wanted && shard_holds(&build->shard, batch->material->name,
                                                 job->participant, cohort ? cohort->name : NULL);
    batch->filled |= job->participant || cohort;
    job->cohort = cohort;
    job->first_entry = build->entries.count;
    add_entries(build, job, IMPOSE_NONE);
    if (batch->material->kind == MATERIAL_DATA) { /* the same once more, as JSON */
        add_entry(build, job, RESPONDENT_NONE, 0, IMPOSE_NONE);
        build->entries.at[build->entries.count - 1].path =
            arena_printf(&build->run, "%s/%s.json", folder_of(build, job), batch->material->name);
    }
    job->entry_count = build->entries.count - job->first_entry;
    if (batch->imposition.kind != IMPOSE_NONE)
        add_entries(build, job, batch->imposition.kind);
}

static bool find_wanted(struct build *build, const char *option, const char *wanted,
                        const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_wanted(wanted, names[i]))
            return true;
    if (!wanted)
        return true;
    diag_report(build->diag, DIAG_OPTION_UNKNOWN, ((struct span){0}), option, wanted,
                diag_nearest(wanted, names, count), diag_list(&build->run, names, count));
    return false;
}

/* Whether a material is filled in for a participant at all. */
static bool is_for(struct build *build, const struct material *material, const char *participant) {
    if (!material->filled)
        return false;
    return !material->folders || folder_exists(arena_printf(&build->run, "%s/content/answers/%s",
                                                            build->course->folder, participant));
}

/* Nobody's edition, then everybody's. All are planned, whatever is asked for: what nobody asks for stays
 * as it is. A cohort's depends on all its members, so that one participant alone makes none. */
static void add_jobs(struct build *build, struct batch *batch, const struct cohort *cohorts,
                     size_t cohort_count) {
    const struct material *material = batch->material;
    if (material->blank && material->kind != MATERIAL_DATA)
        add_job(build, batch, NOBODY, NULL);
    if (material->each == EACH_COHORT) {
        for (size_t c = 0; material->filled && c < cohort_count; c++)
            add_job(build, batch, NOBODY, &cohorts[c]);
        return;
    }
    for (size_t p = 0; p < build->participants.count; p++)
        if (is_for(build, material, build->participants.at[p]))
            add_job(build, batch, (ptrdiff_t)p, NULL);
}

/* Room for all there can be: lists that grow leave copies behind, and room that is never used costs
 * nothing. */
static void reserve(struct build *build, size_t cohort_count) {
    const struct course *course = build->course;
    size_t jobs = 0, entries = 0;
    for (size_t i = 0; i < course->materials.count; i++) {
        const struct material *material = &course->materials.at[i];
        size_t people = material->each == EACH_RESPONDENT ? course->respondents.count : 1;
        size_t papers = material->paper.count ? material->paper.count : 1;
        size_t imposed = build_imposition_of(build, material).kind == IMPOSE_NONE ? 1 : 2;
        size_t most = build->participants.count + cohort_count + 1;
        jobs += most;
        entries += most * (people * papers * imposed + (material->kind == MATERIAL_DATA));
    }
    build->jobs.at = ARENA_ARRAY(&build->run, struct job, jobs);
    build->jobs.room = jobs;
    build->entries.at = ARENA_ARRAY(&build->run, struct manifest_entry, entries);
    build->entries.room = entries;
}

bool build_plan(struct build *build) {
    struct course *course = build->course;
    const struct options *options = build->options;
    size_t count = course->materials.count;
    const char **names = ARENA_ARRAY(&build->run, const char *, count);
    for (size_t i = 0; i < count; i++)
        names[i] = course->materials.at[i].name;
    bool known = find_wanted(build, "--only", options->only, names, count);
    known &= find_wanted(build, "--participant", options->participant, build->participants.at,
                         build->participants.count);
    if (!known)
        return false;
    size_t cohort_count;
    const struct cohort *cohorts = build_cohorts(build, &cohort_count);
    reserve(build, cohort_count);
    build->batches = ARENA_ARRAY(&build->run, struct batch, count);
    for (size_t i = 0; i < count; i++) {
        const struct material *material = &course->materials.at[i];
        struct batch *batch = &build->batches[build->batch_count];
        size_t before = build->jobs.count;
        batch->material = material;
        batch->imposition = build_imposition_of(build, material);
        add_jobs(build, batch, cohorts, cohort_count);
        build->batch_count += build->jobs.count > before;
    }
    return build_check_imposition(build);
}
