/* Commands: one file each; what a person asked for on the command line, done stage by stage.
 *
 * Every command returns the exit code: 0 clean, 1 errors in the sources, 2 wrong usage, 3 the
 * system failed (disk, permission). */
#ifndef TANDEM_COMMAND_COMMAND_H
#define TANDEM_COMMAND_COMMAND_H

#include "base/diag.h"

enum { EXIT_CLEAN = 0, EXIT_SOURCES = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };

struct options {
    const char *course;      /* the folder that holds content/ and templates/ */
    const char *out;         /* NULL: out/ in the course's folder */
    const char *only;        /* a material, or NULL */
    const char *participant; /* an id, or NULL */
    const char *cohort;      /* `answers`: only its participants, or NULL */
    const char *argument;    /* `new DIR` */
    size_t jobs;             /* threads; 0: as many as cores */
    bool keep_going;         /* build what can be built though some answers are wrong */
    bool json;
    bool times; /* print how long each stage took, to stderr */
    /* Files for printing, as they were typed; NULL if not given. */
    bool booklet, crop_marks;
    const char *n_up, *sheet, *bleed;
};

int command_build(const struct options *options);
int command_check(const struct options *options);
int command_answers(const struct options *options);
int command_new(const struct options *options);

/* Prints the diagnostics to stderr, in colour on a terminal unless NO_COLOR is set. */
void command_print_diagnostics(struct diag *diag);

#endif
