/* Answers that are longer than their boxes: a box shows what it has room for and says on which page
 * the rest is, in an appendix that is measured after the flow. Nothing is cut: the rest begins
 * where the last line that was shown ends. */
#include "stage/layout_parts.h"

enum { POINTER_SPACE_UM = 500, ENTRY_SPACE_UM = 6000 };

/* ---- where the rest begins ---- */

enum { SIGNS = 12 }; /* bytes that may stand before a run and are not set */

/* The end of `run` in `text` from `at` on: between the two is white space, or a few signs that are
 * not set, such as those of direction. `at` itself if it is not there: text may then be shown
 * twice, but is never lost. */
static size_t pass_run(const char *text, size_t length, size_t at, const struct glyph_run *run) {
    size_t signs = 0;
    for (size_t from = at; run->length && from + run->length <= length && signs <= SIGNS; from++) {
        if (memcmp(text + from, run->text, run->length) == 0)
            return from + run->length;
        signs += strchr(" \t\n", text[from]) == NULL;
    }
    return at;
}

static const char *rest_of(const char *text, const struct paragraph_lines *lines, size_t shown) {
    size_t length = strlen(text), at = 0;
    for (size_t i = 0; i < shown; i++)
        for (size_t s = 0; s < lines->lines[i].count; s++) {
            const struct line_span *span = &lines->lines[i].spans[s];
            for (size_t p = 0; p < span->piece_count; p++)
                if (!span->pieces[p].hyphen)
                    at = pass_run(text, length, at, span->pieces[p].run);
        }
    return text + at + strspn(text + at, " \t\n");
}

/* ---- pointers ---- */

/* A phrase with the number of a page in it, all of it a link to the place. */
static struct flow *page_phrase(struct lay *lay, enum word word, const char *name,
                                const struct paragraph_style *style) {
    const char *phrase = word_text(lay->edition->course->words, word), *gap = strstr(phrase, "{0}");
    size_t before = gap ? (size_t)(gap - phrase) : strlen(phrase);
    struct inline_item *items = ARENA_ARRAY(lay->job, struct inline_item, 3);
    items[0] = (struct inline_item){.kind = INLINE_TEXT, .text = phrase, .length = before};
    items[1] = (struct inline_item){.kind = INLINE_PAGE_OF, .text = name, .length = strlen(name)};
    items[2] = (struct inline_item){.kind = INLINE_TEXT, .text = gap ? gap + 3 : ""};
    items[2].length = strlen(items[2].text);
    for (size_t i = 0; i < 3; i++) {
        items[i].style = &style->text;
        items[i].url = arena_printf(lay->job, "#%s", name);
        items[i].group = 1;
        items[i].role = ROLE_LINK;
    }
    struct flow *flow = flow_new(lay->job, FLOW_PARAGRAPH, ROLE_P);
    flow->items = items;
    flow->item_count = items[2].length ? 3 : 2;
    flow->style = style;
    flow->align = LINE_LEFT;
    flow->hyphenate_off = true;
    return flow;
}

static struct continued *find_continued(struct lay *lay, const struct field *field) {
    for (size_t i = 0; i < lay->continued.count; i++) {
        struct continued *known = &lay->continued.at[i];
        if (known->field == field ||
            (known->field->name && field->name && strcmp(known->field->name, field->name) == 0))
            return known;
    }
    struct continued *continued = VEC_ADD(lay->scratch, &lay->continued);
    size_t number = lay->continued.count;
    *continued = (struct continued){.field = field,
                                    .name = arena_printf(lay->job, "~more-%zu", number),
                                    .box = arena_printf(lay->job, "~box-%zu", number)};
    return continued;
}

const struct flow *continue_field(struct lay *lay, const struct flow *node,
                                  const struct paragraph_lines *lines, size_t shown, int32_t x_um) {
    const char *rest = rest_of(node->field->value, lines, shown);
    struct continued *continued = find_continued(lay, node->field);
    if (!continued->rest) {
        struct place *place = VEC_ADD(lay->scratch, &lay->places);
        *place = (struct place){.name = continued->box,
                                .level = 1,
                                .slice = (uint32_t)lay->list->slices.count,
                                .x_um = x_um};
    }
    /* The same question asked again may have shown less of the answer. */
    if (!continued->rest || rest < continued->rest)
        continued->rest = rest;
    struct flow *pointer =
        page_phrase(lay, WORD_CONTINUES_ON, continued->name, &lay->theme->styles[STYLE_HINT]);
    pointer->at = node->at;
    pointer->space_before_um = POINTER_SPACE_UM;
    return pointer;
}

/* ---- the appendix ---- */

static struct flow *paragraph(struct lay *lay, struct flow *into, enum role role,
                              enum style_id style, const char *text, size_t length) {
    struct inline_item *item = ARENA_NEW(lay->job, struct inline_item);
    *item = (struct inline_item){.kind = INLINE_TEXT,
                                 .style = &lay->theme->styles[style].text,
                                 .text = text,
                                 .length = length};
    struct flow *flow = flow_add(into, flow_new(lay->job, FLOW_PARAGRAPH, role));
    flow->items = item;
    flow->item_count = 1;
    flow->style = &lay->theme->styles[style];
    flow->align = LINE_LEFT;
    flow->hyphenate_off = true;
    flow->space_before_um = flow->style->space_before_um;
    flow->space_after_um = flow->style->space_after_um;
    return flow;
}

/* The question, whose answer it is and where it begins, the rest of it line by line. */
static void add_entry(struct lay *lay, struct flow *into, const struct continued *continued) {
    const struct course *course = lay->edition->course;
    const struct field *field = continued->field;
    struct flow *entry = flow_add(into, flow_new(lay->job, FLOW_STACK, ROLE_DIV));
    entry->anchor = continued->name;
    entry->space_before_um = ENTRY_SPACE_UM;
    const char *question = field->tooltip ? field->tooltip : field->name;
    paragraph(lay, entry, ROLE_P, STYLE_PROMPT, question, strlen(question))->keep_with_next = true;
    if (field->respondent >= 0 && course->respondents.count > 1) {
        const char *who = course->respondents.at[field->respondent].label;
        paragraph(lay, entry, ROLE_P, STYLE_HINT, who, strlen(who))->keep_with_next = true;
    }
    struct flow *from =
        page_phrase(lay, WORD_CONTINUED_FROM, continued->box, &lay->theme->styles[STYLE_HINT]);
    from->keep_with_next = true;
    from->space_after_um = ENTRY_SPACE_UM / 3;
    flow_add(entry, from);
    for (const char *at = continued->rest; *at;) {
        size_t length = strcspn(at, "\n");
        if (length)
            paragraph(lay, entry, ROLE_P, STYLE_ANSWER, at, length)->space_after_um =
                ENTRY_SPACE_UM / 3;
        at += length + (at[length] == '\n');
    }
}

void measure_appendix(struct lay *lay) {
    if (lay->continued.count == 0)
        return;
    const char *title = word_text(lay->edition->course->words, WORD_CONTINUED_ANSWERS);
    struct flow *appendix = flow_new(lay->job, FLOW_STACK, ROLE_SECT);
    appendix->break_before = BREAK_PAGE;
    struct flow *heading = paragraph(lay, appendix, ROLE_H1, STYLE_H1, title, strlen(title));
    heading->level = 1;
    heading->outline = title;
    heading->anchor = "~more";
    heading->keep_with_next = true;
    for (size_t i = 0; i < lay->continued.count; i++)
        add_entry(lay, appendix, &lay->continued.at[i]);
    measure_node(lay, appendix, 0, lay->column_um);
    lay->appendix = appendix;
}
