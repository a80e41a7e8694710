/* How fast paragraphs are set: all text of a course, cold (fonts, dictionary and cache made anew)
 * and warm. Not a test: run it by hand,
 *     bench_type content/modules/ *.md
 * and read words a second. Figures are ratios of one machine to itself; nothing depends on them. */
#include "../unit/type_fixture.h"

#include "base/file.h"

#include <ctype.h>
#include <stdio.h>
#include <time.h>

enum { WIDTH_UM = 125000, RUNS = 15 };

struct text {
    struct inline_item item;
    const struct paragraph_style *style;
};

static double now_ms(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static const struct paragraph_style body = {
    .text = {.family = FAMILY_TEXT, .size_cpt = 1050}, .align = LINE_JUSTIFY, .hyphenate = true};
static const struct paragraph_style head = {
    .text = {.family = FAMILY_DISPLAY, .face = FACE_BOLD, .size_cpt = 1500}, .align = LINE_LEFT};
static const struct paragraph_style list = {
    .text = {.family = FAMILY_TEXT, .size_cpt = 1000}, .align = LINE_LEFT, .hyphenate = true};

static size_t word_count(const char *text, size_t length) {
    size_t words = 0;
    for (size_t i = 0; i < length; i++)
        words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
    return words;
}

/* Sets every text; returns how many lines came out. */
static size_t set_all(struct typesetter *typesetter, struct arena *job, const struct text *texts,
                      size_t count) {
    size_t lines = 0;
    for (size_t i = 0; i < count; i++) {
        struct paragraph_request request = {.items = &texts[i].item,
                                            .count = 1,
                                            .style = texts[i].style,
                                            .align = texts[i].style->align,
                                            .lang = "en-GB",
                                            .width_um = WIDTH_UM,
                                            .hyphenate = texts[i].style->hyphenate};
        lines += typeset_paragraph(typesetter, job, &request).count;
    }
    arena_reset(job);
    return lines;
}

int main(int argc, char **argv) {
    struct arena run;
    arena_init(&run);
    VEC(struct text) texts = {0};
    size_t words = 0;
    for (int i = 1; i < argc; i++) {
        size_t size;
        const char *error;
        char *text = file_read(&run, argv[i], 1 << 22, &size, &error);
        if (!text) {
            fprintf(stderr, "%s: %s\n", argv[i], error);
            return 1;
        }
        for (char *line = text; line < text + size;) {
            size_t length = strcspn(line, "\n");
            if (length && *line != ':' && *line != '|') {
                struct text *added = VEC_ADD(&run, &texts);
                added->style = *line == '#' ? &head : *line == '-' ? &list : &body;
                added->item = (struct inline_item){.kind = INLINE_TEXT,
                                                   .style = &added->style->text,
                                                   .text = line,
                                                   .length = length};
                words += word_count(line, length);
            }
            line += length + 1;
        }
    }
    double start = now_ms();
    struct fixture *fixture = fixture_open();
    double opened = now_ms();
    size_t lines = set_all(fixture->typesetter, &fixture->job, texts.at, texts.count);
    double cold = now_ms() - opened, best = 1e9;
    for (int i = 0; i < RUNS; i++) {
        double from = now_ms();
        set_all(fixture->typesetter, &fixture->job, texts.at, texts.count);
        double took = now_ms() - from;
        best = took < best ? took : best;
    }
    printf("%zu paragraphs, %zu words, %zu lines\n", texts.count, words, lines);
    printf("open   %8.2f ms (fonts, four dictionaries)\n", opened - start);
    printf("cold   %8.2f ms %8.0f ns a word\n", cold, cold * 1e6 / (double)words);
    printf("warm   %8.2f ms %8.0f ns a word %10.0f words a second\n", best,
           best * 1e6 / (double)words, (double)words / best * 1e3);
    fixture_close(fixture);
    arena_release(&run);
    return 0;
}
