/* One Markdown file from its bytes to a module. */
#include "load/markdown.h"

#include <cmark-gfm-core-extensions.h>

/* A div left open is rarely the culprit: as a rule some block inside it lost its closing line, and
 * was closed by the outer one's. Colons that do not match tell which. */
static void report_open_divs(struct markdown *markdown) {
    bool open = false;
    for (size_t i = 0; i < markdown->fences.count; i++)
        open |= !markdown->fences.at[i]->closed;
    for (size_t i = 0; open && i < markdown->fences.count; i++) {
        const struct fence *fence = markdown->fences.at[i];
        if (!fence->closed || fence->closed_colons == fence->colons)
            continue;
        diag_report(markdown->diag, DIAG_DIV_CROSSED,
                    source_span(markdown->source, fence->offset, fence->length),
                    arena_printf(markdown->arena, "%d", fence->colons),
                    arena_printf(markdown->arena, "%d", fence->closed_line),
                    arena_printf(markdown->arena, "%d", fence->closed_colons));
        return;
    }
    for (size_t i = 0; i < markdown->fences.count; i++) {
        const struct fence *fence = markdown->fences.at[i];
        if (!fence->closed)
            diag_report(markdown->diag, DIAG_DIV_OPEN,
                        source_span(markdown->source, fence->offset, fence->length));
    }
}

static bool was_used(cmark_node *document, const char *label, size_t length) {
    for (cmark_node *node = document->last_child;
         node && node->type == CMARK_NODE_FOOTNOTE_DEFINITION; node = node->prev)
        if ((size_t)node->as.literal.len == length &&
            memcmp(node->as.literal.data, label, length) == 0)
            return true;
    return false;
}

/* cmark drops footnotes that nothing refers to, without a word. */
static void report_unused_footnotes(struct markdown *markdown, cmark_node *document) {
    const struct source *source = markdown->source;
    bool code = false;
    for (int32_t line = markdown->first_line + 1; line <= source->line_count; line++) {
        size_t length, at = 0;
        const char *text = source_line(source, line, &length);
        while (at < length && at < 3 && text[at] == ' ')
            at++;
        if (length - at >= 3 &&
            (memcmp(text + at, "```", 3) == 0 || memcmp(text + at, "~~~", 3) == 0))
            code = !code;
        if (code || length - at < 5 || text[at] != '[' || text[at + 1] != '^')
            continue;
        size_t end = at + 2;
        while (end < length && text[end] != ']')
            end++;
        if (end + 1 < length && text[end + 1] == ':' && end > at + 2 &&
            !was_used(document, text + at + 2, end - at - 2))
            diag_report(markdown->diag, DIAG_FOOTNOTE_UNUSED,
                        ((struct span){source, line, (int32_t)at + 1, (int32_t)(end + 1 - at)}),
                        arena_strndup(markdown->arena, text + at + 2, end - at - 2));
    }
}

static void parse_text(struct markdown *markdown, size_t offset) {
    static const char *const names[] = {"table", "strikethrough", "tasklist", "autolink"};
    cmark_gfm_core_extensions_ensure_registered();
    /* SOURCEPOS makes cmark count the lines inside code spans; FOOTNOTES is no extension. */
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_SOURCEPOS);
    cmark_syntax_extension *extension = markdown_extension_new(markdown);
    /* Before `table`, which swallows later ones. */
    cmark_parser_attach_syntax_extension(parser, extension);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, markdown->source->text + offset, markdown->source->size - offset);
    cmark_node *document = cmark_parser_finish(parser);
    report_open_divs(markdown);
    report_unused_footnotes(markdown, document);
    markdown_build(markdown, document);
    cmark_node_free(document);
    cmark_parser_free(parser);
    cmark_syntax_extension_free(cmark_get_default_mem_allocator(), extension);
}

static const struct node *find_title(const struct node *document) {
    for (const struct node *node = document->first; node; node = node->next)
        if (node->kind == NODE_HEADING && node->level == 1)
            return node;
    return NULL;
}

static void check_widths(struct markdown *markdown, const struct node *parent) {
    for (const struct node *node = parent->first; node; node = node->next) {
        const struct attribute *width =
            node->kind == NODE_IMAGE ? attributes_find(node->attributes, "width") : NULL;
        int32_t share, um;
        if (width && !picture_width(width->value, &share, &um))
            diag_report(markdown->diag, DIAG_IMAGE_WIDTH, width->value_at, width->value);
        check_widths(markdown, node);
    }
}

struct module *parse_module(struct arena *arena, struct diag *diag, const struct course *course,
                            const struct source *source, const char *name) {
    return parse_letter(arena, diag, course, source, name, NULL);
}

struct module *parse_letter(struct arena *arena, struct diag *diag, const struct course *course,
                            const struct source *source, const char *name, struct letter *letter) {
    struct module *module = ARENA_NEW(arena, struct module);
    module->letter = letter;
    module->id = name;
    module->id_at = (struct span){source, 0, 0, 0};
    module->source = source;
    struct markdown markdown = {.arena = arena,
                                .diag = diag,
                                .course = course,
                                .language = course ? course->language : "en-GB",
                                .source = source,
                                .module = module};
    size_t offset = markdown_front_matter(&markdown);
    struct span start = {source, markdown.first_line + 1, 1, 1};
    module->document = node_new(&markdown, NODE_DOCUMENT, start);
    if (offset < source->size && markdown_within_limits(&markdown, offset))
        parse_text(&markdown, offset);
    check_widths(&markdown, module->document);
    if (!module->title) {
        const struct node *heading = find_title(module->document);
        module->title = heading ? node_plain_text(arena, heading) : module->id;
    }
    return module;
}
