/* Golden tests. Each case is run through every stage in a folder of its own; what the stages say is
 * compared with the files beside the case:
 *     CASE.diag    diagnostics          CASE.score  results of the participants
 *     CASE.page    marks on the pages   CASE.sheet  cells of the trackers
 *
 * A case is a module (NAME.md), put into the base course of tests/base/, with NAME.answers.yml
 * beside it as one person's answers; or NAME.case, a text of several files, each after a line
 *     === path              that replace or join those of the base course (empty: take it away),
 *     === path append       that are added to their ends,
 *     === path repeat N     whose text stands N times,
 *     === path base64       whose bytes are not text,
 *     === path -> target    or that are symbolic links.
 *
 *     golden [--bless] [--coverage] BASE_FOLDER TEMPLATES_FOLDER CASE…
 * --bless writes the goldens. --coverage looks at diagnostics alone, and fails if a row of their
 * table never came up. */
#define _GNU_SOURCE
#include "base/file.h"
#include "block/print.h"
#include "calc/cohort.h"
#include "calc/score.h"
#include "load/load.h"
#include "stage/check.h"
#include "stage/layout.h"
#include "stage/track.h"

#include <stdlib.h>
#include <unistd.h>

static bool bless, coverage;
static size_t seen[DIAG_CODE_COUNT];

/* Rows that no course brings up, and where they are tested. */
static const struct {
    enum diag_code code;
    const char *where;
} elsewhere[] = {
    {DIAG_OPTION_UNKNOWN, "the command line alone has options: hostile/system.sh"},
    {DIAG_CSV_CELLS_LIMIT, "a row of thousands of cells: unit/test_load_csv.c"},
    {DIAG_CSV_CELL_LONG, "a cell of 32,768 characters: unit/test_load_csv.c"},
    {DIAG_CSV_ROWS_LIMIT, "a participant of a thousand rows: hostile/answers.py"},
    {DIAG_FONT_CHANGED, "fonts are verified once a PDF carries them: unit/test_type_font.c"},
    {DIAG_LAYOUT_TARGET_UNKNOWN, "check looks for places first: unit/test_stage_layout.c"},
    {DIAG_LAYOUT_UNSETTLED, "texts that name pages settle as a rule: unit/test_stage_layout.c"},
};

_Noreturn static void stop(const char *what, const char *name) {
    fprintf(stderr, "golden: %s: %s\n", what, name);
    exit(2);
}

static char *read_file(struct arena *arena, const char *path, size_t *size) {
    const char *error = NULL;
    char *text = file_read(arena, path, (size_t)64 << 20, size, &error);
    if (!text)
        stop(error, path);
    return text;
}

static void write_file(struct arena *arena, const char *path, const char *bytes, size_t size) {
    const char *error = NULL;
    if (!file_write(arena, path, bytes, size, &error))
        stop(error, path);
}

static void copy_tree(struct arena *arena, const char *from, const char *to) {
    struct strings names = {0};
    if (!folder_list(arena, from, &names))
        stop("cannot list", from);
    for (size_t i = 0; i < names.count; i++) {
        char *source = path_join(arena, from, names.at[i]);
        char *target = path_join(arena, to, names.at[i]);
        if (folder_exists(source)) {
            copy_tree(arena, source, target);
        } else {
            size_t size;
            char *bytes = read_file(arena, source, &size);
            write_file(arena, target, bytes, size);
        }
    }
}

static char *decode_base64(struct arena *arena, const char *text, size_t size, size_t *count) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *bytes = arena_alloc(arena, size + 1);
    uint32_t bits = 0;
    int held = 0;
    *count = 0;
    for (size_t i = 0; i < size; i++) {
        const char *digit = strchr(digits, text[i]);
        if (!digit || !text[i])
            continue;
        bits = bits << 6 | (uint32_t)(digit - digits);
        held += 6;
        if (held < 8)
            continue;
        held -= 8;
        bytes[(*count)++] = (char)(bits >> held & 255);
    }
    return bytes;
}

static void unpack_file(struct arena *arena, const char *path, const char *how, const char *body,
                        size_t size) {
    int repeat = 1;
    if (sscanf(how, "repeat %d", &repeat) == 1) {
        char *text = arena_alloc_array(arena, (size_t)repeat, size + 1);
        for (int i = 0; i < repeat; i++)
            memcpy(text + (size_t)i * size, body, size);
        body = text;
        size *= (size_t)repeat;
    } else if (strcmp(how, "base64") == 0) {
        body = decode_base64(arena, body, size, &size);
    } else if (strcmp(how, "append") == 0) {
        size_t before;
        char *old = read_file(arena, path, &before);
        body = arena_printf(arena, "%.*s%.*s", (int)before, old, (int)size, body);
        size += before;
    } else if (strncmp(how, "-> ", 3) == 0) {
        write_file(arena, path, "", 0); /* for its folder */
        remove(path);
        if (symlink(how + 3, path) != 0)
            stop("cannot link", path);
        return;
    } else if (*how) {
        stop("a case does not know", how);
    }
    if (size)
        write_file(arena, path, body, size);
    else
        remove(path); /* an empty file takes the base's away */
}

/* "=== path" lines part a case's text into files. */
static void unpack_case(struct arena *arena, const char *text, const char *folder) {
    while (*text) {
        if (strncmp(text, "=== ", 4) != 0)
            stop("a case begins with", "=== path");
        const char *line_end = strchrnul(text, '\n');
        const char *path = arena_strndup(arena, text + 4, (size_t)(line_end - text) - 4);
        const char *body = *line_end ? line_end + 1 : line_end;
        const char *next = strncmp(body, "=== ", 4) == 0 ? body : strstr(body, "\n=== ");
        const char *end = next == body ? body : next ? next + 1 : body + strlen(body);
        size_t name = strcspn(path, " ");
        unpack_file(arena, path_join(arena, folder, arena_strndup(arena, path, name)),
                    path + name + (path[name] == ' '), body, (size_t)(end - body));
        text = end;
    }
}

static void set_up(struct arena *arena, const char *base, const char *templates, const char *path,
                   const char *folder) {
    copy_tree(arena, base, folder);
    copy_tree(arena, templates, path_join(arena, folder, "templates"));
    size_t size, length = strlen(path);
    char *text = read_file(arena, path, &size);
    if (length > 5 && strcmp(path + length - 5, ".case") == 0) {
        unpack_case(arena, text, folder);
        return;
    }
    write_file(arena, path_join(arena, folder, "content/modules/case.md"), text, size);
    char *answers = arena_printf(arena, "%.*s.answers.yml", (int)(length - 3), path);
    if (file_exists(answers)) {
        text = read_file(arena, answers, &size);
        write_file(arena,
                   path_join(arena, folder, "content/answers/ada-ben/2026-02-03.assistant.yml"),
                   text, size);
    }
}

struct dumps {
    FILE *diag, *page, *sheet, *score;
};

static void dump_results(const struct course *course, const struct participant *participant,
                         const struct results *results, FILE *out) {
    for (size_t i = 0; i < results->count; i++) {
        const struct result *result = &results->at[i];
        fprintf(out, "%s %s%s%s %s %s ", participant->id, result->score->id,
                result->dimension < 0 ? "" : ".",
                result->dimension < 0 ? "" : result->score->dimensions[result->dimension],
                course->respondents.at[result->respondent].id,
                participant->sittings[result->sitting].id);
        if (value_is_missing(result->value))
            fprintf(out, "missing");
        else
            fprintf(out, "%.15g", result->value.number);
        fprintf(out, " %s %d/%d\n",
                result->band < 0 ? "-" : result->score->bands[result->band].name, result->answered,
                result->total);
    }
}

struct tools {
    struct arena *arena;
    struct diag *diag;
    struct typesetter *typesetter;
};

static void dump_edition(struct tools *tools, const struct edition *edition, struct dumps *dumps) {
    if (edition->material->kind == MATERIAL_XLSX) {
        struct buf text;
        buf_init(&text, tools->arena);
        workbook_dump(edition->cohort ? track_cohort(tools->arena, edition)
                                      : track_edition(tools->arena, edition),
                      &text);
        fprintf(dumps->sheet, "== %s\n%s", edition->path, text.data);
        return;
    }
    struct arena scratch;
    arena_init(&scratch);
    const struct flow *flow = print_edition(tools->arena, edition);
    fprintf(dumps->page, "== %s\n", edition->path);
    layout_dump(
        layout_edition(tools->typesetter, tools->arena, &scratch, tools->diag, edition, flow),
        dumps->page);
    arena_release(&scratch);
}

static void dump_material(struct tools *tools, const struct course *course,
                          const struct material *material, const struct participant *participant,
                          const struct results *results, struct dumps *dumps) {
    int32_t people =
        participant && material->each == EACH_RESPONDENT ? (int32_t)course->respondents.count : 1;
    for (int32_t r = 0; r < people; r++) {
        struct edition edition = {
            .course = course,
            .material = material,
            .theme = material->theme,
            .paper = material->kind == MATERIAL_PDF ? paper_find(material->paper.at[0].text) : NULL,
            .participant = participant,
            .respondent = participant && material->each == EACH_RESPONDENT ? r : RESPONDENT_NONE,
        };
        struct results visible = {0};
        if (participant) {
            visible = score_results_for(tools->arena, results, edition.respondent);
            edition.results = &visible;
        }
        edition.path =
            arena_printf(tools->arena, "%s/%s%s%s", participant ? participant->id : "blank",
                         material->name, edition.respondent < 0 ? "" : ".",
                         edition.respondent < 0 ? "" : course->respondents.at[r].id);
        dump_edition(tools, &edition, dumps);
    }
}

/* Each cohort's, then everybody's. */
static void dump_cohorts(struct tools *tools, const struct course *course, struct cohorts *cohorts,
                         struct dumps *dumps) {
    cohorts_finish(cohorts);
    for (int32_t c = 0; c <= (int32_t)cohorts->names.count; c++) {
        struct cohort cohort = cohort_of(cohorts, c < (int32_t)cohorts->names.count ? c : -1);
        for (size_t m = 0; m < course->materials.count; m++) {
            const struct material *material = &course->materials.at[m];
            struct edition edition = {
                .course = course,
                .material = material,
                .theme = material->theme,
                .paper =
                    material->kind == MATERIAL_PDF ? paper_find(material->paper.at[0].text) : NULL,
                .cohort = &cohort,
                .respondent = RESPONDENT_NONE,
                .path = arena_printf(tools->arena, "cohort/%s/%s", cohort.name, material->name),
            };
            if (material->each == EACH_COHORT)
                dump_edition(tools, &edition, dumps);
        }
    }
}

static void dump_all(struct tools *tools, struct course *course, struct strings *ids,
                     struct dumps *dumps) {
    for (size_t m = 0; m < course->materials.count; m++)
        if (course->materials.at[m].blank)
            dump_material(tools, course, &course->materials.at[m], NULL, NULL, dumps);
    struct cohorts *cohorts = cohorts_new(tools->arena, course);
    for (size_t i = 0; i < ids->count; i++) {
        struct results results = {0};
        struct participant *participant =
            load_participant(tools->arena, tools->diag, course, ids->at[i]);
        score_participant(tools->arena, course, participant, &results);
        dump_results(course, participant, &results, dumps->score);
        cohorts_add(cohorts, participant, &results, "");
        for (size_t m = 0; m < course->materials.count; m++)
            if (course->materials.at[m].filled && course->materials.at[m].each != EACH_COHORT)
                dump_material(tools, course, &course->materials.at[m], participant, &results,
                              dumps);
    }
    dump_cohorts(tools, course, cohorts, dumps);
}

/* Every stage, as `tandem build` goes, from the current folder. */
static void run_stages(struct arena *arena, struct diag *diag, struct dumps *dumps) {
    struct course *course = load_course(arena, diag, ".");
    if (!course)
        return;
    check_course(course, diag);
    if (diag_errors(diag))
        return;
    struct strings ids = {0};
    load_participants(arena, diag, course, &ids);
    for (size_t i = 0; i < ids.count; i++)
        load_participant(arena, diag, course, ids.at[i]);
    struct fonts *fonts = course->theme ? fonts_open(arena, diag, course->theme) : NULL;
    if (!diag_errors(diag) && fonts) {
        struct hyphenation *hyphenation =
            hyphenation_open(arena, course->languages.at, course->languages.count);
        struct tools tools = {arena, diag, typesetter_new(fonts, hyphenation)};
        dump_all(&tools, course, &ids, dumps);
        typesetter_free(tools.typesetter);
        hyphenation_close(hyphenation);
    }
    if (fonts)
        fonts_close(fonts);
}

/* True if the text is what the golden says; an empty text wants no golden. */
static bool compare(struct arena *arena, const char *path, const char *kind, const char *text,
                    size_t size) {
    char *golden = arena_printf(arena, "%.*s.%s", (int)(strrchr(path, '.') - path), path, kind);
    bool there = file_exists(golden);
    if (bless) {
        if (size)
            write_file(arena, golden, text, size);
        else if (there)
            remove(golden);
        return true;
    }
    size_t old_size = 0;
    const char *old = there ? read_file(arena, golden, &old_size) : "";
    if (old_size == size && memcmp(old, text, size) == 0)
        return true;
    char *now = arena_printf(arena, "%s.now", golden);
    write_file(arena, now, text, size);
    printf("differs: %s\n", golden);
    fflush(stdout);
    char *command =
        arena_printf(arena, "diff -u '%s' '%s' | head -40", there ? golden : "/dev/null", now);
    if (system(command) < 0)
        stop("cannot run", "diff");
    remove(now);
    return false;
}

static bool run_case(const char *base, const char *templates, const char *path) {
    struct arena arena, messages;
    arena_init(&arena);
    arena_init(&messages);
    struct diag *diag = diag_new(&messages);
    char folder[] = "/tmp/tandem-golden-XXXXXX";
    if (!mkdtemp(folder))
        stop("cannot make a folder", folder);
    char *here = getcwd(NULL, 0);
    set_up(&arena, base, templates, path, folder);
    char *texts[4] = {0};
    size_t sizes[4] = {0};
    struct dumps dumps = {
        .diag = open_memstream(&texts[0], &sizes[0]),
        .page = open_memstream(&texts[1], &sizes[1]),
        .sheet = open_memstream(&texts[2], &sizes[2]),
        .score = open_memstream(&texts[3], &sizes[3]),
    };
    if (chdir(folder) != 0)
        stop("cannot enter", folder);
    run_stages(&arena, diag, &dumps);
    diag_print(diag, dumps.diag, false);
    if (!here || chdir(here) != 0)
        stop("cannot go back to", here ? here : ".");
    free(here);
    fclose(dumps.diag);
    fclose(dumps.page);
    fclose(dumps.sheet);
    fclose(dumps.score);
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++)
        seen[code] += diag_count(diag, (enum diag_code)code);
    static const char *const kinds[4] = {"diag", "page", "sheet", "score"};
    bool same = true;
    for (int i = 0; i < 4; i++) {
        if (i == 0 || !coverage)
            same &= compare(&arena, path, kinds[i], texts[i], sizes[i]);
        free(texts[i]);
    }
    char *command = arena_printf(&arena, "rm -rf %s", folder);
    if (system(command) != 0)
        stop("cannot remove", folder);
    arena_release(&arena);
    arena_release(&messages);
    return same;
}

/* Rows that no case brought up, but for those tested elsewhere. */
static int count_uncovered(void) {
    int failed = 0;
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++) {
        const char *where = NULL;
        for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
            if (elsewhere[i].code == code)
                where = elsewhere[i].where;
        const char *name = diag_code_name((enum diag_code)code);
        if (!seen[code] && !where)
            printf("no case brings up %s\n", name);
        if (seen[code] && where)
            printf("a case brings up %s after all (%s)\n", name, where);
        failed += !seen[code] == !where;
    }
    return failed;
}

int main(int count, char **words) {
    int at = 1;
    for (; at < count && words[at][0] == '-'; at++) {
        bless |= strcmp(words[at], "--bless") == 0;
        coverage |= strcmp(words[at], "--coverage") == 0;
    }
    if (count - at < 3)
        stop("usage", "golden [--bless] [--coverage] BASE TEMPLATES CASE…");
    const char *base = words[at], *templates = words[at + 1];
    int failed = 0, cases = 0;
    for (at += 2; at < count; at++, cases++)
        failed += !run_case(base, templates, words[at]);
    if (coverage)
        failed += count_uncovered();
    printf("%d cases, %d failed\n", cases, failed);
    return failed != 0;
}
