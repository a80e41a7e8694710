/* How long one tracker takes, cells and file apart, in time of the processor: others may be busy,
 * too. Not a test: run it by hand,
 *     bench_command_track COURSE_FOLDER PARTICIPANT [RUNS] */
#define _GNU_SOURCE /* mkdtemp */
#include "calc/score.h"
#include "load/load.h"
#include "stage/check.h"
#include "stage/track.h"
#include "write/xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void) {
    struct timespec at;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static const struct material *first_tracker(const struct course *course) {
    for (size_t i = 0; i < course->materials.count; i++)
        if (course->materials.at[i].kind == MATERIAL_XLSX)
            return &course->materials.at[i];
    return NULL;
}

int main(int argc, char **argv) {
    struct arena run, diag_arena, answers, job;
    arena_init(&run);
    arena_init(&diag_arena);
    arena_init(&answers);
    arena_init(&job);
    struct diag *diag = diag_new(&diag_arena);
    struct course *course = argc > 2 ? load_course(&run, diag, argv[1]) : NULL;
    if (course)
        check_course(course, diag);
    const struct material *material = course ? first_tracker(course) : NULL;
    char folder[] = "/dev/shm/tandem-bench-XXXXXX";
    if (!material || diag_errors(diag) || !mkdtemp(folder)) {
        diag_print(diag, stderr, false);
        return 2;
    }
    const struct participant *participant = load_participant(&answers, diag, course, argv[2]);
    struct results results = {0};
    score_participant(&answers, course, participant, &results);
    const struct edition edition = {.course = course,
                                    .material = material,
                                    .theme = load_theme(&run, diag, course, course->template_name),
                                    .participant = participant,
                                    .results = &results,
                                    .respondent = RESPONDENT_NONE};
    int runs = argc > 3 ? atoi(argv[3]) : 50;
    double track = 1e9, write = 1e9;
    size_t size = 0, cells = 0;
    for (int i = 0; i < runs; i++) {
        double start = now_ms();
        const struct workbook *book = track_edition(&job, &edition);
        double middle = now_ms();
        struct buf out;
        const char *error = NULL;
        buf_init(&out, &job);
        if (!xlsx_write(&job, book, folder, &out, &error)) {
            fprintf(stderr, "%s\n", error);
            return 3;
        }
        double end = now_ms();
        track = middle - start < track ? middle - start : track;
        write = end - middle < write ? end - middle : write;
        size = out.len;
        cells = 0;
        for (size_t s = 0; s < book->sheets.count; s++)
            cells += book->sheets.at[s]->cells.count;
        arena_reset(&job);
    }
    rmdir(folder);
    printf("%zu cells, %zu bytes: %.2f ms cells, %.2f ms file (best of %d)\n", cells, size, track,
           write, runs);
    return 0;
}
