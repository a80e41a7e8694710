/* Commands: one file each; what a person asked for on the command line, done stage by stage.
 *
 * Every command returns the exit code: 0 clean, 1 errors in the sources, 2 wrong usage, 3 the
 * system failed (disk, permission). What can be asked for are rows of two tables, commands.def and
 * options.def: the parser and the help read them. */
#ifndef TANDEM_COMMAND_COMMAND_H
#define TANDEM_COMMAND_COMMAND_H

#include "base/diag.h"

enum { EXIT_CLEAN = 0, EXIT_SOURCES = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3, EXIT_INTERRUPTED = 130 };

/* What the command line says; an option that is not given is NULL, false or 0, but for `course`. */
struct options {
    const char *course;           /* the folder that holds content/ and templates/ */
    const char *out;              /* NULL: out/ in the course's folder */
    const char *only;             /* a material, or NULL */
    const char *participant;      /* an id, or NULL */
    const char *cohort;           /* only its participants, or NULL */
    const char *const *arguments; /* what stands after the command's name */
    size_t argument_count;
    size_t jobs;     /* threads; 0: as many as cores */
    bool keep_going; /* build what can be built though some answers are wrong */
    bool json;
    const char *shard; /* "2/7", or NULL */
    bool force;        /* make every file again */
    bool explain;      /* say which files are made, and why */
    bool times;        /* print how long each stage took, to stderr */
    /* Files for printing, as they were typed; NULL if not given. */
    bool booklet, crop_marks;
    const char *n_up, *sheet, *bleed;
};

/* A command of commands.def. */
enum command_code {
#define COMMAND(code, ...) COMMAND_##code,
#include "command/commands.def"
#undef COMMAND
    COMMAND_COUNT
};

#define COMMAND(code, name, run, ...) int run(const struct options *options);
#include "command/commands.def"
#undef COMMAND

/* Reads the command line and runs what it asks for; the program's exit code. */
int command_main(int count, char **words);

/* Says on stderr what is wrong with the command line, `what` and `name` one after the other, and
 * where help is. EXIT_USAGE. */
int command_wrong_usage(const char *what, const char *name);

/* Prints the diagnostics to stderr, in colour on a terminal unless NO_COLOR is set. */
void command_print_diagnostics(struct diag *diag);

#endif
