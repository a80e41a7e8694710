/* A pool of threads over numbered jobs. */
#ifndef TANDEM_BASE_POOL_H
#define TANDEM_BASE_POOL_H

#include <stddef.h>

/* Runs work(context, worker, job) for job = 0 … jobs-1 on `threads` threads, workers numbered from
 * 0; jobs start in order. Returns when all are done. One thread runs on the caller's. If a thread
 * cannot be started, the others do its share. */
void pool_run(size_t threads, size_t jobs, void (*work)(void *context, size_t worker, size_t job),
              void *context);
/* Cores that this process may use, at least 1. */
size_t pool_cores(void);

#endif
