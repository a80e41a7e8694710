#include "command/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define REDRAW_SECONDS 0.1
#define LINE_SECONDS 10.0

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* A terminal that can go back to the beginning of a line. */
static bool is_terminal(void) {
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

void progress_begin(struct progress *progress, size_t total, bool quiet) {
    pthread_mutex_init(&progress->lock, NULL);
    progress->total = total;
    progress->done = 0;
    progress->began = progress->told = seconds();
    progress->terminal = is_terminal();
    progress->quiet = quiet || total == 0;
}

static int terminal_columns(void) {
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
}

static void draw(const struct progress *progress, double now) {
    enum { BAR = 30, WORDS = 60 };
    double passed = now - progress->began;
    double rate = passed > 0 ? (double)progress->done / passed : 0;
    double left = rate > 0 ? (double)(progress->total - progress->done) / rate : 0;
    char words[WORDS + 40];
    int length = snprintf(words, sizeof words, "%zu of %zu files, %.0f/s, %.0f s left",
                          progress->done, progress->total, rate, left);
    if (!progress->terminal) {
        fprintf(stderr, "%s\n", words);
        return;
    }
    int room = terminal_columns() - 1, bar = room - length - 3;
    bar = bar > BAR ? BAR : bar;
    fputs("\r\033[K", stderr);
    if (bar >= 5) {
        int full = (int)((double)bar * (double)progress->done / (double)progress->total);
        fputc('[', stderr);
        for (int i = 0; i < bar; i++)
            fputc(i < full ? '#' : ' ', stderr);
        fputs("] ", stderr);
    }
    fprintf(stderr, "%.*s", room, words);
    fflush(stderr);
}

void progress_step(struct progress *progress, size_t files) {
    if (progress->quiet)
        return;
    pthread_mutex_lock(&progress->lock);
    progress->done += files;
    double now = seconds();
    if (now - progress->told >= (progress->terminal ? REDRAW_SECONDS : LINE_SECONDS)) {
        progress->told = now;
        draw(progress, now);
    }
    pthread_mutex_unlock(&progress->lock);
}

void progress_end(struct progress *progress) {
    if (progress->terminal && !progress->quiet)
        fputs("\r\033[K", stderr);
    pthread_mutex_destroy(&progress->lock);
}
