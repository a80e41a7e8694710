/* Every example of the CommonMark specification goes through parsing, printing and layout: none may
 * crash, hang or leave a page without marks that it should have. spec.txt comes from the npm package
 * commonmark-spec. Usage: spec SPEC.TXT BASE_FOLDER TEMPLATES_FOLDER */
#define _GNU_SOURCE
#include "base/buf.h"
#include "base/file.h"
#include "block/print.h"
#include "load/load.h"
#include "stage/check.h"
#include "stage/layout.h"

#include <stdlib.h>
#include <unistd.h>

static const char fence[] = "````````````````````````````````";

_Noreturn static void stop(const char *what, const char *name) {
    fprintf(stderr, "spec: %s: %s\n", what, name);
    exit(2);
}

/* The Markdown half of an example, tabs (shown as →) put back. */
static char *example_text(struct arena *arena, const char *from, const char *to) {
    struct buf text;
    buf_init(&text, arena);
    for (const char *at = from; at < to;) {
        if (to - at >= 3 && memcmp(at, "→", 3) == 0) {
            buf_putc(&text, '\t');
            at += 3;
        } else {
            buf_putc(&text, *at++);
        }
    }
    return text.data;
}

struct tools {
    const char *base, *templates;
    struct typesetter *typesetter;
    struct fonts *fonts;
    struct hyphenation *hyphenation;
    const struct theme *theme;
};

/* Lays out one module, in the base course loaded for it alone. */
static size_t lay_out(struct tools *tools, const char *text, int number) {
    struct arena arena, scratch;
    arena_init(&arena);
    arena_init(&scratch);
    struct diag *diag = diag_new(&arena);
    struct arena run;
    arena_init(&run);
    struct course *course = load_course(&run, diag, ".");
    if (!course)
        stop("cannot load", tools->base);
    const char *name = arena_printf(&run, "example-%d.md", number);
    struct source *source = source_new(&run, name, text, strlen(text));
    struct module *module = parse_module(&run, diag, course, source, "case");
    module->index = 0;
    course->modules.at[0] = module;
    struct material *material = &course->materials.at[0];
    static const struct module *list[1];
    list[0] = module;
    material->module_list = list;
    material->theme = tools->theme;
    course->theme = tools->theme;
    check_course(course, diag);
    struct edition edition = {.course = course,
                              .material = material,
                              .theme = tools->theme,
                              .paper = paper_find("a4"),
                              .respondent = RESPONDENT_NONE};
    const struct flow *flow = print_edition(&run, &edition);
    struct layout *layout = layout_edition(tools->typesetter, &run, &scratch, diag, &edition, flow);
    size_t marks = 0;
    for (size_t i = 0; i < layout->page_count; i++)
        marks += layout->pages[i].body_count;
    arena_release(&run);
    arena_release(&scratch);
    arena_release(&arena);
    return marks;
}

static void open_tools(struct tools *tools, struct arena *arena) {
    struct diag *diag = diag_new(arena);
    struct course *course = load_course(arena, diag, ".");
    if (!course)
        stop("cannot load", tools->base);
    tools->theme = load_theme(arena, diag, course, course->template_name);
    tools->fonts = tools->theme ? fonts_open(arena, diag, tools->theme) : NULL;
    if (!tools->fonts) {
        diag_print(diag, stderr, false);
        stop("cannot open the fonts of", tools->templates);
    }
    tools->hyphenation = hyphenation_open(arena, course->languages.at, course->languages.count);
    tools->typesetter = typesetter_new(tools->fonts, tools->hyphenation);
}

int main(int count, char **words) {
    if (count != 4)
        stop("usage", "spec SPEC.TXT BASE TEMPLATES");
    struct arena arena;
    arena_init(&arena);
    const char *error = NULL;
    size_t size, marks = 0;
    const char *text = file_read(&arena, words[1], (size_t)64 << 20, &size, &error);
    if (!text)
        stop(error, words[1]);
    char folder[] = "/tmp/tandem-spec-XXXXXX";
    if (!mkdtemp(folder))
        stop("cannot make", folder);
    char *command =
        arena_printf(&arena,
                     "cp -r '%s/.' %s && mkdir %s/templates && cp -r '%s/.' %s/templates"
                     " && mkdir -p %s/content/modules"
                     " && printf '# Case\\n' > %s/content/modules/case.md",
                     words[2], folder, folder, words[3], folder, folder, folder);
    if (system(command) != 0 || chdir(folder) != 0)
        stop("cannot set up", folder);
    struct tools tools = {.base = words[2], .templates = words[3]};
    open_tools(&tools, &arena);
    int examples = 0;
    for (const char *at = text; (at = strstr(at, fence)); examples++) {
        const char *from = strchr(at, '\n'), *middle = from ? strstr(from, "\n.\n") : NULL;
        const char *end = from ? strstr(from, fence) : NULL;
        if (!middle || !end || middle > end)
            stop("an example is not as expected in", words[1]);
        const char *start = from + 1 <= middle + 1 ? from + 1 : middle + 1;
        marks += lay_out(&tools, example_text(&arena, start, middle + 1), examples + 1);
        at = end + sizeof fence - 1;
    }
    typesetter_free(tools.typesetter);
    hyphenation_close(tools.hyphenation);
    fonts_close(tools.fonts);
    command = arena_printf(&arena, "rm -rf %s", folder);
    int removed = chdir("/") == 0 ? system(command) : 1;
    printf("%d examples, %zu marks\n", examples, marks);
    arena_release(&arena);
    return removed != 0 || examples < 600 || marks < 2000;
}
