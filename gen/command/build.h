/* A build: what is shared by its stages. Internal to command/. */
#ifndef TANDEM_COMMAND_BUILD_H
#define TANDEM_COMMAND_BUILD_H

#include "base/buf.h"
#include "command/command.h"
#include "command/progress.h"
#include "calc/cohort.h"
#include "model/edition.h"
#include "type/typeset.h"
#include "write/impose.h"
#include "write/manifest.h"
#include "write/pdf.h"

/* One machine's share of a build (shard.h). */
struct shard {
    size_t number, of; /* number from 1; of 0: no shard */
};

/* Fonts of one theme, and what workers need of it. */
struct kit {
    const struct theme *theme;
    struct fonts *fonts;
};

/* A blank edition laid out before the others: its glyphs are the base of the material's fonts. */
struct base_layout {
    const struct layout *layout;
};

/* What the editions of one material share. */
struct batch {
    const struct material *material;
    size_t kit;                   /* PDF: index in build->kits */
    struct pdf_batch *pdf;        /* PDF */
    struct base_layout *bases;    /* PDF: one a paper */
    struct imposition imposition; /* NONE: the usual files alone */
    bool due;                     /* a job of it is */
    bool filled;                  /* somebody's answers are among its editions */
    char key[SHA256_HEX];         /* key.c: of its blank edition, and in all the others' keys */
};

/* One material for one participant (or nobody): all its respondents and papers. */
struct job {
    struct batch *batch;
    const char *participant;         /* id, or NULL: the blank edition, or a cohort's */
    size_t person;                   /* its place in build->participants and answer_keys */
    const struct cohort *cohort;     /* or NULL */
    bool wanted;                     /* by --only and --participant */
    size_t first_entry, entry_count; /* imposed files come after these, in the same order */
};

/* What a participant answered, as a hash. */
struct answer_key {
    unsigned char sha256[32];
};

struct worker {
    struct arena job;     /* of a job: its participant */
    struct arena edition; /* of one of its files */
    struct arena scratch;
    struct typesetter **typesetters; /* by kit, made when first needed */
    const char *tmpdir;              /* of its own, or NULL until needed */
};

struct build {
    const struct options *options;
    struct arena run, messages;
    struct diag *diag;
    struct course *course;
    const char *out;
    struct shard shard;                 /* of 0: this build makes all */
    struct imposition imposition;       /* of all materials, as the options ask */
    struct strings participants;        /* those to build, after check */
    VEC(struct answer_key) answer_keys; /* of the same */
    struct answer_key everybody;        /* of all in `cohorts` */
    struct cohorts *cohorts; /* rows of the same, if a material is about cohorts; or NULL */
    struct kit *kits;
    size_t kit_count;
    struct hyphenation *hyphenation;
    struct batch *batches;
    size_t batch_count;
    VEC(struct job) jobs;
    size_t *due; /* those to be run: places in `jobs` */
    size_t due_count;
    struct progress progress;
    VEC(struct manifest_entry) entries;
    struct worker *workers;
    size_t worker_count;
    struct worker base; /* lays out the blank editions: their glyphs live as long as the build */
    _Atomic(const char *) failure; /* of the system: what and why; NULL if none */
};

/* What the options of printing ask for. False after saying what is wrong with them. */
bool build_imposition(const struct options *options, struct imposition *imposition);
/* What they and the material itself ask for; NONE of what is no PDF. */
struct imposition build_imposition_of(const struct build *build, const struct material *material);
/* False after saying so, if files for printing are asked for and no PDF is among the batches. */
bool build_check_imposition(const struct build *build);
/* Loads and checks everything, participants included. False: the exit code is in *code. */
bool build_load(struct build *build, const struct options *options, int *code);
/* Makes the list of jobs and the manifest's entries, with their paths. False: wrong usage. */
bool build_plan(struct build *build);
/* Opens fonts, lays out the blank editions. False after reporting. */
bool build_prepare(struct build *build);
/* Makes the editions of one job; called by the pool. */
void build_run_job(void *context, size_t worker, size_t job);
void build_release(struct build *build);

/* cohort.c: whether any material is about cohorts. */
bool build_has_cohorts(const struct build *build);
/* Keeps the row of a participant who has been read. */
void build_keep_row(struct build *build, struct arena *scratch,
                    const struct participant *participant, const struct answer_key *key);
/* The cohorts there are, everybody last; *count of them. In the run arena. */
const struct cohort *build_cohorts(struct build *build, size_t *count);

/* key.c: the keys of all batches and of all entries, after the plan. */
void build_keys(struct build *build);
/* All that a participant's files take from their answers and profile. */
struct answer_key key_of_answers(struct arena *scratch, const struct course *course,
                                 const struct participant *participant);

/* data.c: the answers of a cohort as CSV and JSON, the job's two entries. */
void build_write_data(struct build *build, struct worker *worker, const struct job *job);
/* Notes the first failure of the system, which ends the build. */
void build_fail(struct build *build, const char *path, const char *why);

struct typesetter *worker_typesetter(struct build *build, struct worker *worker, size_t kit);

#endif
