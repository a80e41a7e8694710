/* What a build remembers for the next one: of each file that it made, the key, the hash and how the
 * file system tells it apart; in .tandem/ of the course's folder, a file an out/.
 *
 * Owner: the build's run arena. Errors: none are told: what cannot be read, is damaged or was written by
 * another program is as if it were not there, and then everything is made. */
#ifndef TANDEM_COMMAND_STATE_H
#define TANDEM_COMMAND_STATE_H

#include "command/build.h"

/* How the file system tells one content of a file from another. */
struct stamp {
    int64_t size, mtime_ns, ctime_ns, inode;
};

struct state_row {
    const char *path; /* below out/ */
    char key[SHA256_HEX], sha256[SHA256_HEX];
    struct stamp stamp;
    size_t pages, sheets;
    bool planned; /* it is among this build's files */
};

struct state {
    const char *path;             /* of the state's own file */
    char environment[SHA256_HEX]; /* the program, its libraries and fonts, as they are now */
    bool same_environment;        /* they are as they were */
    bool warned;                  /* making files gave warnings: they are made again to tell them */
    int64_t written_ns;           /* when the rows were written; 0 without */
    VEC(struct state_row) rows;   /* of the former build */
    struct map by_path;
};

/* Reads what the former build left. Never NULL. */
struct state *state_load(struct build *build);
/* The row of a file that is there as it was made; NULL if there is none. */
const struct state_row *state_find(struct build *build, const struct state *state,
                                   const char *path);
/* Removes what former builds made and this one has no place for, unless somebody changed it since;
 * tells each on stderr. How many. None after a
 * build of a part, or one that was `stopped`. */
size_t state_sweep(struct build *build, struct state *state, bool stopped);
/* Writes rows for all entries that are there, and for those rows of `state` that still may go. */
void state_write(struct build *build, const struct state *state);

#endif
