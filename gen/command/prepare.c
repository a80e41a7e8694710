/* Before the jobs: fonts, hyphenation, and the blank editions whose glyphs every document of a
 * material embeds in the same bytes. */
#include "command/build.h"

#include "base/pool.h"
#include "block/print.h"
#include "stage/layout.h"

static void worker_init(struct build *build, struct worker *worker) {
    arena_init(&worker->job);
    arena_init(&worker->edition);
    arena_init(&worker->scratch);
    worker->typesetters = ARENA_ARRAY(&build->run, struct typesetter *, build->kit_count + 1);
}

static void add_workers(struct build *build, size_t count) {
    build->workers = ARENA_ARRAY(&build->run, struct worker, count);
    build->worker_count = count;
    for (size_t i = 0; i < count; i++)
        worker_init(build, &build->workers[i]);
    worker_init(build, &build->base);
}

struct typesetter *worker_typesetter(struct build *build, struct worker *worker, size_t kit) {
    struct typesetter *elder = build->base.typesetters[kit];
    if (!worker->typesetters[kit])
        worker->typesetters[kit] = elder
                                       ? typesetter_new_beside(elder)
                                       : typesetter_new(build->kits[kit].fonts, build->hyphenation);
    return worker->typesetters[kit];
}

static size_t find_kit(struct build *build, const struct theme *theme) {
    for (size_t i = 0; i < build->kit_count; i++)
        if (build->kits[i].theme == theme)
            return i;
    build->kits[build->kit_count] =
        (struct kit){.theme = theme, .fonts = fonts_open(&build->run, build->diag, theme)};
    return build->kit_count++;
}

/* What people type most: without it nearly every filled edition would need subsets of its own. */
static const char likely[] =
    " !\"#$%&'()*+,-./"
    "0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "£€§°·×àáâäæçèéêëíîïñóôöøùúûüßÄÖÜÉ‘’“”–—…";

static void add_likely(struct build *build, struct batch *batch) {
    const struct kit *kit = &build->kits[batch->kit];
    const struct text_style *answer = &kit->theme->styles[STYLE_ANSWER].text;
    pdf_batch_add_text(batch->pdf, fonts_face(kit->fonts, answer), likely);
}

static void prepare_batch(struct build *build, struct batch *batch) {
    const struct material *material = batch->material;
    batch->pdf = pdf_batch_new(&build->run, build->kits[batch->kit].fonts);
    batch->bases = ARENA_ARRAY(&build->run, struct base_layout, material->paper.count);
    for (size_t p = 0; p < material->paper.count; p++) {
        struct edition edition = {
            .course = build->course,
            .material = material,
            .theme = material->theme,
            .paper = paper_find(material->paper.at[p].text),
            .respondent = RESPONDENT_NONE,
            .source_hash = batch->key,
        };
        const struct flow *flow = print_edition(&build->run, &edition);
        const struct layout *layout =
            layout_edition(worker_typesetter(build, &build->base, batch->kit), &build->run,
                           &build->base.scratch, build->diag, &edition, flow);
        batch->bases[p].layout = layout;
        pdf_batch_add_base(batch->pdf, layout);
    }
    if (batch->filled)
        add_likely(build, batch);
    pdf_batch_freeze(batch->pdf, build->worker_count);
    if (build->worker_count > build->due_count)
        pdf_batch_allow_threads(batch->pdf, build->worker_count / build->due_count);
}

bool build_prepare(struct build *build) {
    build->kits = ARENA_ARRAY(&build->run, struct kit, build->course->materials.count + 1);
    for (size_t i = 0; i < build->batch_count; i++)
        if (build->batches[i].due && build->batches[i].material->kind == MATERIAL_PDF)
            build->batches[i].kit = find_kit(build, build->batches[i].material->theme);
    if (diag_errors(build->diag) && !build->options->keep_going)
        return false;
    for (size_t i = 0; i < build->kit_count; i++)
        if (!build->kits[i].fonts)
            return false;
    if (build->kit_count)
        build->hyphenation = hyphenation_open(&build->run, build->course->languages.at,
                                              build->course->languages.count);
    add_workers(build, build->options->jobs ? build->options->jobs : pool_cores());
    for (size_t i = 0; i < build->batch_count; i++)
        if (build->batches[i].due && build->batches[i].material->kind == MATERIAL_PDF)
            prepare_batch(build, &build->batches[i]);
    return true;
}
