/* How far a build is: a line on stderr. On a terminal it is redrawn, with a bar, the rate and the time
 * left; elsewhere a build that takes long says so every ten seconds, for the logs of a continuous
 * integration. Nothing with --json.
 *
 * Owner: the caller. Several threads may call progress_step at once. */
#ifndef TANDEM_COMMAND_PROGRESS_H
#define TANDEM_COMMAND_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct progress {
    pthread_mutex_t lock;
    size_t total, done; /* files */
    double began, told; /* seconds */
    bool terminal, quiet;
};

void progress_begin(struct progress *progress, size_t total, bool quiet);
/* Some files more are made. */
void progress_step(struct progress *progress, size_t files);
/* Clears the line. */
void progress_end(struct progress *progress);

#endif
