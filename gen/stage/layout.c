#include "stage/layout.h"

#include "stage/layout_parts.h"

#include <stdlib.h>

enum { PASSES = 4 };

/* ---- one pass ---- */

/* The first line of a page full of text stands on the grid's first line, and the last one at the
 * foot of the text: what the area has below its last whole step is left free. */
static void begin_grid(struct lay *lay) {
    const struct paragraph_style *body = &lay->theme->styles[STYLE_BODY];
    lay->grid_um = lay->theme->grid_um;
    if (lay->grid_um == 0 || lay->area_um <= body->leading_um)
        return;
    lay->grid_from_um = text_baseline(lay, &body->text, body->leading_um);
    lay->area_um = body->leading_um + walk_steps_um(lay, lay->area_um - body->leading_um);
}

static void begin_pass(struct lay *lay) {
    const struct theme *theme = lay->theme;
    lay->column_um = lay->paper->width_um - theme->margin_inner_um - theme->margin_outer_um;
    lay->area_um = lay->paper->height_um - theme->margin_top_um - theme->margin_bottom_um;
    begin_grid(lay);
    lay->limit_um = lay->area_um;
    lay->list = &lay->body;
    VEC_ADD(lay->scratch, &lay->frames);
    VEC_ADD(lay->job, &lay->elements);
    struct element *document = VEC_ADD(lay->job, &lay->elements);
    document->role = ROLE_DOCUMENT;
    document->lang = lay->edition->course->language;
    lay->element = 1;
}

static const char *roman(struct arena *arena, size_t number) {
    static const struct {
        size_t value;
        const char *letters;
    } steps[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
                 {9, "ix"},  {5, "v"},   {4, "iv"}, {1, "i"}};
    char *out = arena_alloc(arena, 4 * (number / 100) + 16 + number / 25);
    size_t length = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; number >= steps[i].value; number -= steps[i].value)
            for (const char *at = steps[i].letters; *at; at++)
                out[length++] = *at;
    return out;
}

static void label_pages(struct lay *lay) {
    for (size_t i = 0; i < lay->plans.count; i++) {
        struct page_plan *plan = &lay->plans.at[i];
        plan->label = plan->number < lay->front_pages
                          ? roman(lay->job, plan->number + 1)
                          : arena_printf(lay->job, "%zu", plan->number + 1 - lay->front_pages);
        if (plan->beyond)
            plan->label = stable_letters(lay->job, plan->label, plan->beyond);
    }
}

/* The page each place stands on, and the labels by name. */
static void find_places(struct lay *lay, struct map *labels) {
    uint32_t slices = (uint32_t)lay->body.slices.count;
    uint32_t *page_of = ARENA_ARRAY(lay->scratch, uint32_t, slices + 1);
    for (size_t p = 0; p < lay->plans.count; p++)
        for (uint32_t i = lay->plans.at[p].first; i < lay->plans.at[p].end; i++)
            page_of[i] = (uint32_t)p;
    page_of[slices] = (uint32_t)lay->plans.count - 1;
    map_init(labels, lay->job);
    for (size_t i = 0; i < lay->places.count; i++) {
        struct place *place = &lay->places.at[i];
        place->page = page_of[place->slice];
        if (!map_find(labels, place->name))
            map_set(labels, place->name, (void *)lay->plans.at[place->page].label);
    }
}

static void run_pass(struct lay *lay, struct map *labels) {
    begin_pass(lay);
    measure_node(lay, lay->flow, 0, lay->column_um);
    measure_appendix(lay);
    break_pages(lay);
    label_pages(lay);
    find_places(lay, labels);
}

/* True if every page number the text names is the one it was set with. */
static bool is_settled(struct lay *lay, const struct map *before, const struct map *after,
                       bool report) {
    bool settled = true;
    for (size_t i = 0; i < lay->uses.count; i++) {
        const struct reference_use *use = &lay->uses.at[i];
        const char *was = before ? map_find(before, use->name) : NULL;
        const char *is = map_find(after, use->name);
        if (!use->page || !is || (was && strcmp(was, is) == 0))
            continue;
        settled = false;
        if (report)
            diag_report(lay->diag, DIAG_LAYOUT_UNSETTLED, use->node->at, use->name);
    }
    return settled;
}

static void widen_labels(struct map *widest, const struct map *labels) {
    for (size_t i = 0; i < labels->count; i++) {
        const char *known = map_find(widest, labels->entries[i].key);
        if (!known || strlen(known) < strlen(labels->entries[i].value))
            map_set(widest, labels->entries[i].key, labels->entries[i].value);
    }
}

/* ---- what comes out ---- */

/* A page's height with its spaces as small as they may be. */
static int32_t page_least_um(const struct lay *lay, const struct page_plan *plan) {
    int32_t least_um = walk_page_um(lay, plan->first, plan->end);
    for (uint32_t i = plan->first + 1; i < plan->end; i++)
        least_um -= slice_take_um(lay, &lay->body.slices.at[i]);
    return least_um;
}

static void report(struct lay *lay, const struct map *known) {
    report_lacking(lay);
    for (size_t i = 0; i < lay->overfull.count; i++)
        diag_report(lay->diag, DIAG_LAYOUT_TOO_WIDE, lay->overfull.at[i].node->at,
                    arena_printf(lay->scratch, "%d", (lay->overfull.at[i].over_um + 999) / 1000));
    struct strings names = {0};
    for (size_t i = 0; i < known->count; i++)
        VEC_PUSH(lay->scratch, &names, known->entries[i].key);
    for (size_t i = 0; i < lay->uses.count; i++)
        if (!map_find(known, lay->uses.at[i].name))
            diag_report(lay->diag, DIAG_LAYOUT_TARGET_UNKNOWN, lay->uses.at[i].node->at,
                        lay->uses.at[i].name,
                        diag_nearest(lay->uses.at[i].name, names.at, names.count));
    for (size_t p = 0; p < lay->plans.count; p++) {
        const struct page_plan *plan = &lay->plans.at[p];
        int32_t area_um = plan->bleed ? lay->paper->height_um : lay->area_um;
        if (plan->first == plan->end)
            continue;
        int32_t over_um = page_least_um(lay, plan) - area_um;
        const struct slice *slice = &lay->body.slices.at[plan->first];
        if (over_um > 0)
            diag_report(lay->diag, DIAG_LAYOUT_TOO_TALL,
                        slice->node ? slice->node->at : (struct span){0},
                        arena_printf(lay->scratch, "%d", (over_um + 999) / 1000));
    }
}

static void set_pages(struct lay *lay, const struct map *known, struct layout *layout) {
    layout->page_count = lay->plans.count;
    layout->pages = ARENA_ARRAY(lay->job, struct page, lay->plans.count);
    const char *chapter = NULL;
    size_t place = 0;
    for (size_t i = 0; i < lay->plans.count; i++) {
        struct page *page = &layout->pages[i];
        page->paper = lay->paper;
        page->label = lay->plans.at[i].label;
        compose_page(lay, i, known, page);
        /* The head names the first chapter that begins here, else the one that goes on. */
        bool begun = false;
        const char *last = chapter;
        for (; place < lay->places.count && lay->places.at[place].page <= i; place++) {
            const struct place *at = &lay->places.at[place];
            if (!at->title || at->level != 1)
                continue;
            if (!begun)
                chapter = at->title;
            last = at->title;
            begun = true;
        }
        compose_furniture(lay, i, chapter, page);
        if (lay->mirrored)
            mirror_page(lay, page);
        chapter = last;
    }
}

static int32_t place_y_um(const struct lay *lay, const struct place *place) {
    if (place->slice >= lay->body.slices.count)
        return page_top_um(lay, &lay->plans.at[place->page]);
    return lay->body.slices.at[place->slice].y_um + place->y_um;
}

static int by_name(const void *left, const void *right) {
    return strcmp(((const struct destination *)left)->name,
                  ((const struct destination *)right)->name);
}

static void list_places(struct lay *lay, struct layout *layout) {
    layout->outline = ARENA_ARRAY(lay->job, struct outline_entry, lay->places.count);
    layout->destinations = ARENA_ARRAY(lay->job, struct destination, lay->places.count);
    struct map seen;
    map_init(&seen, lay->scratch);
    for (size_t i = 0; i < lay->places.count; i++) {
        const struct place *place = &lay->places.at[i];
        int32_t y_um = place_y_um(lay, place);
        if (place->title)
            layout->outline[layout->outline_count++] = (struct outline_entry){
                .title = place->number
                             ? arena_printf(lay->job, "%s\u2002%s", place->number, place->title)
                             : place->title,
                .level = place->level,
                .page = place->page,
                .y_um = y_um,
            };
        if (map_set(&seen, place->name, lay))
            continue;
        layout->destinations[layout->destination_count++] = (struct destination){
            .name = place->name,
            .page = place->page,
            .x_um = lay->mirrored
                        ? 0
                        : page_left_um(lay, &lay->plans.at[place->page], place->page) + place->x_um,
            .y_um = y_um,
        };
    }
    if (layout->destination_count)
        qsort(layout->destinations, layout->destination_count, sizeof *layout->destinations,
              by_name);
}

struct layout *layout_edition(struct typesetter *typesetter, struct arena *job,
                              struct arena *scratch, struct diag *diag,
                              const struct edition *edition, const struct flow *flow) {
    struct map maps[PASSES], widest, *labels = NULL;
    map_init(&widest, job);
    struct lay lay;
    bool settled = false;
    const struct flow *appendix = NULL;
    for (int pass = 0; pass < PASSES && !settled; pass++) {
        arena_reset(scratch);
        lay = (struct lay){
            .typesetter = typesetter,
            .job = job,
            .scratch = scratch,
            .diag = diag,
            .edition = edition,
            .flow = flow,
            .theme = theme_on(edition->theme, edition->paper),
            .paper = edition->paper,
            .labels = labels,
            .appendix = appendix,
            .widest = &widest,
            .reserve = pass > 1,
            .mirrored = language_right_to_left(edition->course->language),
        };
        run_pass(&lay, &maps[pass]);
        appendix = lay.appendix;
        settled = is_settled(&lay, labels, &maps[pass], pass + 1 == PASSES);
        widen_labels(&widest, &maps[pass]);
        labels = &maps[pass];
    }
    lay.labels = labels;
    contents_labels(&lay);

    struct layout *layout = ARENA_NEW(job, struct layout);
    const struct course *course = edition->course;
    layout->title = edition->material->title ? edition->material->title : course->title;
    layout->author = course->publisher;
    layout->language = course->language;
    layout->right_to_left = lay.mirrored;
    layout->answer = &lay.theme->styles[STYLE_ANSWER].text;
    report(&lay, labels);
    set_pages(&lay, labels, layout);
    list_places(&lay, layout);
    layout->elements = lay.elements.at;
    layout->element_count = lay.elements.count;
    arena_reset(scratch);
    return layout;
}
