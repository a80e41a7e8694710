#include "block/print_parts.h"

const char *print_word(const struct print *print, enum word word) {
    return word_text(print->course->words, word);
}

const char *print_phrase(const struct print *print, enum word word, const char *first,
                         const char *second) {
    return word_fill(print->arena, print_word(print, word), first, second);
}

/* The chapter's own heading: its first of level 1, if nothing but that stands before it. */
const struct node *print_chapter_heading(const struct module *module) {
    const struct node *first = module->document->first;
    return first && first->kind == NODE_HEADING && first->level == 1 ? first : NULL;
}

static struct flow *print_module(struct print *print, const struct module *module, bool first) {
    print->module = module;
    print->headings = 0;
    print->notes_done = ARENA_ARRAY(print->arena, bool, module->footnote_count + 1);
    struct flow *chapter = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
    chapter->anchor = module->id;
    chapter->at = module->document->at;
    if (!first || print_has_cover(print) || print->edition->material->contents)
        chapter->break_before = print->theme->chapter_new_page ? BREAK_PAGE : BREAK_AUTO;
    const struct node *heading = print_chapter_heading(module);
    flow_add(chapter, print_opener(print, heading));
    const struct node *body = heading ? heading->next : module->document->first;
    print_nodes(print, chapter, body, NULL, STYLE_BODY);
    struct flow *sources = print_sources(print);
    if (sources)
        flow_add(chapter, sources);
    return chapter;
}

struct print print_new(struct arena *job, const struct edition *edition) {
    struct print print = {
        .arena = job,
        .edition = edition,
        .course = edition->course,
        .theme = theme_on(edition->theme, edition->paper),
        .scope = {.arena = job,
                  .course = edition->course,
                  .participant = edition->participant,
                  .results = edition->results,
                  .cohort = edition->cohort,
                  .anonymous = edition->material->anonymous,
                  .respondent = edition->respondent,
                  .row = -1},
    };
    map_init(&print.explained, job);
    print_gather_places(&print);
    return print;
}

struct flow *print_edition(struct arena *job, const struct edition *edition) {
    struct print print = print_new(job, edition);
    const struct material *material = edition->material;
    struct flow *document = flow_new(job, FLOW_STACK, ROLE_DOCUMENT);
    document->lang = edition->course->language;
    bool cover = print_has_cover(&print);
    if (cover) {
        flow_add(document, print_cover(&print));
        flow_add(document, print_imprint(&print));
    } else {
        print_opening(&print, document);
    }
    if (material->contents)
        flow_add(document, print_contents(&print));
    for (size_t i = 0; i < material->modules.count; i++) {
        print.chapter = (int32_t)i + 1;
        flow_add(document, print_module(&print, material->module_list[i], i == 0));
    }
    if (material->index && print.terms.count)
        flow_add(document, print_index(&print));
    if (!cover)
        flow_add(document, print_colophon(&print));
    return document;
}
