/* The fonts that the template `classic` names, and a typesetter with them. */
#ifndef TANDEM_TEST_TYPE_FIXTURE_H
#define TANDEM_TEST_TYPE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "type/typeset.h"

#include <stdlib.h>
#include <string.h>

#define FONT_FOLDER "/usr/share/fonts/truetype/"

struct fixture {
    struct arena run, job, diags;
    struct diag *diag;
    struct theme *theme;
    struct fonts *fonts;
    struct hyphenation *hyphenation;
    struct typesetter *typesetter;
};

static const char *const fixture_fallbacks[] = {
    FONT_FOLDER "dejavu/DejaVuSans.ttf",
    FONT_FOLDER "noto/NotoSansDevanagari-Regular.ttf",
    FONT_FOLDER "droid/DroidSansFallbackFull.ttf",
    FONT_FOLDER "noto/NotoNaskhArabic-Regular.ttf",
};
enum { FIXTURE_DROID = 2, FIXTURE_NASKH = 3 };

static inline struct theme *fixture_theme(struct arena *run) {
    struct theme *theme = ARENA_NEW(run, struct theme);
    theme->name = "test";
    static const char *const paths[FAMILY_COUNT][FACE_COUNT] = {
        {FONT_FOLDER "gentiumplus/GentiumBookPlus-Regular.ttf",
         FONT_FOLDER "gentiumplus/GentiumBookPlus-Italic.ttf",
         FONT_FOLDER "gentiumplus/GentiumBookPlus-Bold.ttf",
         FONT_FOLDER "gentiumplus/GentiumBookPlus-BoldItalic.ttf"},
        {FONT_FOLDER "lato/Lato-Regular.ttf", FONT_FOLDER "lato/Lato-Italic.ttf",
         FONT_FOLDER "lato/Lato-Bold.ttf", FONT_FOLDER "lato/Lato-BoldItalic.ttf"},
        {FONT_FOLDER "dejavu/DejaVuSansMono.ttf", NULL,
         FONT_FOLDER "dejavu/DejaVuSansMono-Bold.ttf", NULL},
    };
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (int face = 0; face < FACE_COUNT; face++)
            theme->fonts[family][face].path = paths[family][face];
    size_t count = sizeof fixture_fallbacks / sizeof *fixture_fallbacks;
    struct theme_fallback *fallbacks = ARENA_ARRAY(run, struct theme_fallback, count);
    for (size_t i = 0; i < count; i++)
        fallbacks[i].faces[FACE_REGULAR].path = fixture_fallbacks[i];
    fallbacks[FIXTURE_DROID].embolden = true;
    fallbacks[FIXTURE_NASKH].faces[FACE_BOLD].path = FONT_FOLDER "noto/NotoNaskhArabic-Bold.ttf";
    fallbacks[FIXTURE_NASKH].script = "Arab";
    theme->fallbacks = fallbacks;
    theme->fallback_count = count;
    return theme;
}

static inline struct fixture *fixture_open(void) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    static const char *const languages[] = {"en-GB", "en-US", "de", "fr"};
    arena_init(&fixture->run);
    arena_init(&fixture->job);
    arena_init(&fixture->diags);
    fixture->diag = diag_new(&fixture->diags);
    fixture->theme = fixture_theme(&fixture->run);
    fixture->fonts = fonts_open(&fixture->run, fixture->diag, fixture->theme);
    fixture->hyphenation = hyphenation_open(&fixture->run, languages, 4);
    if (fixture->fonts)
        fixture->typesetter = typesetter_new(fixture->fonts, fixture->hyphenation);
    return fixture;
}

static inline void fixture_close(struct fixture *fixture) {
    typesetter_free(fixture->typesetter);
    hyphenation_close(fixture->hyphenation);
    fonts_close(fixture->fonts);
    arena_release(&fixture->job);
    arena_release(&fixture->run);
    arena_release(&fixture->diags);
    free(fixture);
}

#endif
