/* What tests of the load floor share: arenas, diagnostics as text, a course folder on disk. */
#ifndef TANDEM_TESTS_LOAD_FIXTURE_H
#define TANDEM_TESTS_LOAD_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "load/load.h"
#include "load/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
    struct arena run, messages;
    struct diag *diag;
    struct reader reader;
    char folder[64];
};

static inline void fixture_open(struct fixture *f) {
    memset(f, 0, sizeof *f);
    arena_init(&f->run);
    arena_init(&f->messages);
    f->diag = diag_new(&f->messages);
    f->reader = (struct reader){&f->run, f->diag};
}

/* "CODE line:col text" of the first line of each message, one a line. */
static inline char *fixture_messages(struct fixture *f) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    diag_print(f->diag, out, false);
    fclose(out);
    char *copy = arena_strdup(&f->run, text);
    free(text);
    return copy;
}

static inline void fixture_remove(const char *path) {
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'", path);
    if (system(command) != 0)
        fail_msg("cannot remove %s", path);
}

static inline void fixture_close(struct fixture *f) {
    if (f->folder[0])
        fixture_remove(f->folder);
    arena_release(&f->run);
    arena_release(&f->messages);
}

#define assert_clean(f)                                        \
    do {                                                       \
        if (diag_errors((f)->diag) + diag_warnings((f)->diag)) \
            fail_msg("%s", fixture_messages(f));               \
    } while (0)

/* The messages hold `text`; the whole is shown if not. */
#define assert_message(f, text)                        \
    do {                                               \
        const char *all_ = fixture_messages(f);        \
        if (!strstr(all_, (text)))                     \
            fail_msg("no '%s' in:\n%s", (text), all_); \
    } while (0)

static inline struct source *fixture_source(struct fixture *f, const char *path, const char *text) {
    return source_new(&f->run, path, text, strlen(text));
}

static inline void fixture_write(struct fixture *f, const char *path, const void *bytes,
                                 size_t size) {
    const char *error = NULL;
    if (!file_write(&f->run, path_join(&f->run, f->folder, path), bytes, size, &error))
        fail_msg("%s: %s", path, error);
}

static inline void fixture_text(struct fixture *f, const char *path, const char *text) {
    fixture_write(f, path, text, strlen(text));
}

/* A folder with the fixed words and a template, ready for a course.yml. */
static inline void fixture_folder(struct fixture *f) {
    strcpy(f->folder, "/tmp/tandem-load-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    char *words = arena_strdup(&f->run, "");
    for (size_t i = 0; i < WORD_COUNT; i++)
        words = arena_printf(&f->run, "%s\"%s\": \"word %zu\"\n", words, word_key((enum word)i), i);
    fixture_text(f, "templates/strings/en-GB.yml", words);
    fixture_text(f, "templates/classic/font.ttf", "a font");
    fixture_text(f, "templates/classic/template.yml", "fonts: {text: {regular: font.ttf}}\n");
}

#endif
