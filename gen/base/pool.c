#define _GNU_SOURCE /* sched_getaffinity */
#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { POOL_THREADS = 256 };

struct pool {
    atomic_size_t next;
    size_t jobs;
    void (*work)(void *, size_t, size_t);
    void *context;
};

struct worker {
    struct pool *pool;
    size_t number;
    pthread_t thread;
};

static void *pool_worker(void *argument) {
    struct worker *worker = argument;
    struct pool *pool = worker->pool;
    for (size_t job; (job = atomic_fetch_add(&pool->next, 1)) < pool->jobs;)
        pool->work(pool->context, worker->number, job);
    return NULL;
}

void pool_run(size_t threads, size_t jobs, void (*work)(void *, size_t, size_t), void *context) {
    struct pool pool = {.jobs = jobs, .work = work, .context = context};
    struct worker workers[POOL_THREADS];
    if (threads > POOL_THREADS)
        threads = POOL_THREADS;
    if (threads > jobs)
        threads = jobs;
    size_t started = 1;
    for (; started < threads; started++) {
        workers[started] = (struct worker){.pool = &pool, .number = started};
        if (pthread_create(&workers[started].thread, NULL, pool_worker, &workers[started]) != 0)
            break;
    }
    workers[0] = (struct worker){.pool = &pool, .number = 0};
    pool_worker(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}

size_t pool_cores(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : (size_t)count;
}
