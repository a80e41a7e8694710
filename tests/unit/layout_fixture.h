/* For tests of layout: a typesetter whose every character is half as wide as its type is high, so
 * that figures can be reckoned by hand, and short makers of flow. It stands in for type/ at link
 * time. Lines are broken greedily. */
#ifndef TANDEM_TEST_LAYOUT_FIXTURE_H
#define TANDEM_TEST_LAYOUT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/units.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "stage/layout.h"

/* ---- the typesetter ---- */

static int32_t char_um(const struct text_style *style) { return um_from_cpt(style->size_cpt) / 2; }

static int32_t text_um(const struct text_style *style, const char *text, size_t length) {
    return (int32_t)utf8_count(text, length) * char_um(style);
}

/* A contrary setter gives page "1" so much room that what it names moves to page 2. */
static bool contrary;

struct setter {
    struct arena *arena;
    const struct paragraph_request *request;
    VEC(struct line) lines;
    VEC(struct line_span) spans;
    VEC(struct text_piece) pieces;
    int32_t x_um;
    bool space;
};

static int32_t line_room(const struct setter *setter) {
    return setter->request->width_um - (setter->lines.count ? setter->request->hanging_um : 0);
}

static void close_line(struct setter *setter, bool last) {
    struct line *line = VEC_ADD(setter->arena, &setter->lines);
    line->spans = setter->spans.at;
    line->count = setter->spans.count;
    line->width_um = setter->x_um;
    line->column_um = setter->request->width_um;
    line->last = last;
    int32_t free_um = setter->request->width_um - setter->x_um, shift = 0;
    if (setter->request->align == LINE_RIGHT)
        shift = free_um;
    else if (setter->request->align == LINE_CENTRE)
        shift = free_um / 2;
    else if (setter->lines.count > 1)
        shift = setter->request->hanging_um;
    for (size_t i = 0; i < setter->spans.count; i++) {
        struct line_span *span = &setter->spans.at[i];
        span->x_um += shift;
        for (size_t p = 0; p < span->piece_count; p++)
            ((struct text_piece *)&span->pieces[p])->x_um += shift;
    }
    memset(&setter->spans, 0, sizeof setter->spans);
    memset(&setter->pieces, 0, sizeof setter->pieces);
    setter->x_um = 0;
    setter->space = false;
}

static struct text_piece *add_piece(struct setter *setter, const struct inline_item *item,
                                    const char *text, size_t length) {
    struct line_span *span =
        setter->spans.count ? &setter->spans.at[setter->spans.count - 1] : NULL;
    if (!span || span->item != item) {
        span = VEC_ADD(setter->arena, &setter->spans);
        span->item = item;
        span->x_um = setter->x_um;
        memset(&setter->pieces, 0, sizeof setter->pieces);
    }
    struct glyph_run *run = ARENA_NEW(setter->arena, struct glyph_run);
    run->text = text;
    run->length = (uint32_t)length;
    run->units = 1000;
    run->width = 500 * (int32_t)utf8_count(text, length);
    struct text_piece *piece = VEC_ADD(setter->arena, &setter->pieces);
    piece->run = run;
    piece->x_um = setter->x_um;
    setter->x_um += text_um(item->style, text, length);
    span->pieces = setter->pieces.at;
    span->piece_count = setter->pieces.count;
    span->width_um = setter->x_um - span->x_um;
    return piece;
}

static void add_word(struct setter *setter, const struct inline_item *item, const char *text,
                     size_t length) {
    int32_t width = text_um(item->style, text, length),
            gap = setter->space ? char_um(item->style) : 0;
    if (setter->x_um && setter->x_um + gap + width > line_room(setter)) {
        close_line(setter, false);
        gap = 0;
    }
    bool space = gap > 0;
    setter->x_um += gap;
    setter->space = false;
    add_piece(setter, item, text, length)->space_before = space;
}

static void add_thing(struct setter *setter, const struct inline_item *item, int32_t width) {
    if (setter->x_um && setter->x_um + width > line_room(setter))
        close_line(setter, false);
    struct line_span *span = VEC_ADD(setter->arena, &setter->spans);
    *span = (struct line_span){.item = item, .x_um = setter->x_um, .width_um = width};
    setter->x_um += width;
}

static void add_words(struct setter *setter, const struct inline_item *item, const char *text,
                      size_t length) {
    for (size_t at = 0; at < length;) {
        if (text[at] == ' ') {
            setter->space = setter->x_um > 0;
            at++;
            continue;
        }
        size_t end = at;
        while (end < length && text[end] != ' ')
            end++;
        add_word(setter, item, text + at, end - at);
        at = end;
    }
}

static void set_item(struct setter *setter, const struct inline_item *item) {
    const struct paragraph_request *request = setter->request;
    const char *label;
    switch (item->kind) {
    case INLINE_TEXT:
        add_words(setter, item, item->text, item->length);
        break;
    case INLINE_BREAK:
        close_line(setter, true);
        break;
    case INLINE_NOTE:
        add_word(setter, item, "1", 1);
        break;
    case INLINE_PAGE_OF:
        label = request->page_of ? request->page_of(request->page_context, item->text) : NULL;
        for (int i = 0; contrary && label && strcmp(label, "1") == 0 && i < 60; i++)
            close_line(setter, true);
        add_words(setter, item, label ? label : "?", strlen(label ? label : "?"));
        break;
    default:
        add_thing(setter, item, item->width_um);
        break;
    }
}

struct paragraph_lines typeset_paragraph(struct typesetter *typesetter, struct arena *arena,
                                         const struct paragraph_request *request) {
    (void)typesetter;
    struct setter setter = {.arena = arena, .request = request};
    for (size_t i = 0; i < request->count; i++)
        set_item(&setter, &request->items[i]);
    if (setter.spans.count || setter.lines.count == 0)
        close_line(&setter, true);
    struct paragraph_lines lines = {setter.lines.at, setter.lines.count, 0};
    for (size_t i = 0; i < lines.count; i++)
        if (lines.lines[i].width_um - request->width_um > lines.overfull_um)
            lines.overfull_um = lines.lines[i].width_um - request->width_um;
    return lines;
}

void typeset_extent(struct typesetter *typesetter, struct arena *arena,
                    const struct paragraph_request *request, int32_t *least_um, int32_t *most_um) {
    struct paragraph_request wide = *request;
    wide.width_um = 100000000;
    wide.align = LINE_LEFT;
    struct paragraph_lines one = typeset_paragraph(typesetter, arena, &wide);
    *most_um = one.lines[0].width_um;
    wide.width_um = 1;
    struct paragraph_lines all = typeset_paragraph(typesetter, arena, &wide);
    *least_um = all.overfull_um + 1;
}

struct line typeset_line(struct typesetter *typesetter, struct arena *arena, const char *text,
                         size_t length, const struct text_style *style, const char *lang) {
    (void)lang;
    struct inline_item *item = ARENA_NEW(arena, struct inline_item);
    *item =
        (struct inline_item){.kind = INLINE_TEXT, .style = style, .text = text, .length = length};
    struct paragraph_request request = {
        .items = item, .count = 1, .width_um = 100000000, .align = LINE_LEFT};
    struct line line = typeset_paragraph(typesetter, arena, &request).lines[0];
    line.ascent_um = um_from_cpt(style->size_cpt) * 3 / 4;
    line.descent_um = um_from_cpt(style->size_cpt) / 4;
    return line;
}

/* ---- an edition ---- */

/* Text area 100 × 200 mm; body type 10 pt (a character is 1.764 mm) on 5 mm. */
enum { WIDTH_UM = 100000, HEIGHT_UM = 200000, LEADING_UM = 5000, LEFT_UM = 20000, TOP_UM = 25000 };

struct fixture {
    struct arena job, scratch, run;
    struct diag *diag;
    struct paper paper;
    struct theme theme;
    struct course course;
    struct material material;
    struct edition edition;
    struct flow *root;
    struct layout *layout;
};

static inline int begin(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    arena_init(&f->job);
    arena_init(&f->scratch);
    arena_init(&f->run);
    f->diag = diag_new(&f->run);
    f->paper = (struct paper){"test", LEFT_UM + WIDTH_UM + 10000, TOP_UM + HEIGHT_UM + 15000};
    f->theme.margin_top_um = TOP_UM;
    f->theme.margin_bottom_um = 15000;
    f->theme.margin_inner_um = LEFT_UM;
    f->theme.margin_outer_um = 10000;
    f->theme.header_um = 10000;
    f->theme.footer_um = 8000;
    f->theme.rule_um = 200;
    f->theme.write_line_um = 8000;
    f->theme.contents_depth = 2;
    for (int i = 0; i < STYLE_COUNT; i++) {
        f->theme.styles[i].text.size_cpt = 1000;
        f->theme.styles[i].leading_um = LEADING_UM;
        f->theme.styles[i].align = LINE_LEFT;
    }
    f->theme.styles[STYLE_NOTE].text.size_cpt = 800;
    f->theme.styles[STYLE_NOTE].leading_um = 4000;
    f->course.title = "Course";
    f->course.language = "en-GB";
    f->material.title = "Workbook";
    f->edition = (struct edition){.course = &f->course,
                                  .material = &f->material,
                                  .theme = &f->theme,
                                  .paper = &f->paper,
                                  .respondent = RESPONDENT_NONE};
    f->root = flow_new(&f->job, FLOW_STACK, ROLE_DOCUMENT);
    *state = f;
    return 0;
}

static inline int end(void **state) {
    struct fixture *f = *state;
    arena_release(&f->job);
    arena_release(&f->scratch);
    arena_release(&f->run);
    free(f);
    return 0;
}

/* True if the diagnostics hold this code. */
static inline bool is_reported(const struct fixture *f, enum diag_code code) {
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    diag_print(f->diag, out, false);
    fclose(out);
    static const char *const words[] = {
        [DIAG_LAYOUT_TOO_WIDE] = "sticks out of its column",
        [DIAG_LAYOUT_TOO_TALL] = "taller than a page",
        [DIAG_LAYOUT_TARGET_UNKNOWN] = "nothing in this document is called",
        [DIAG_LAYOUT_UNSETTLED] = "changes with every attempt",
    };
    bool found = strstr(text, words[code]) != NULL;
    free(text);
    return found;
}

static inline struct layout *lay_out(struct fixture *f) {
    f->layout = layout_edition(NULL, &f->job, &f->scratch, f->diag, &f->edition, f->root);
    return f->layout;
}

/* ---- flow ---- */

static inline struct flow *paragraph(struct fixture *f, struct flow *into, enum style_id style,
                                     const char *text) {
    struct inline_item *item = ARENA_NEW(&f->job, struct inline_item);
    *item = (struct inline_item){.kind = INLINE_TEXT,
                                 .style = &f->theme.styles[style].text,
                                 .text = text,
                                 .length = strlen(text)};
    struct flow *flow = flow_new(&f->job, FLOW_PARAGRAPH, ROLE_P);
    flow->style = &f->theme.styles[style];
    flow->align = LINE_LEFT;
    flow->items = item;
    flow->item_count = 1;
    return into ? flow_add(into, flow) : flow;
}

/* `count` lines of text: one word of 50 characters fills a line alone. Words end in "PREFIXn". */
static inline struct flow *lines_of(struct fixture *f, struct flow *into, const char *prefix,
                                    int count) {
    char *text = arena_alloc(&f->job, (size_t)count * 52 + 1), *at = text;
    for (int i = 0; i < count; i++) {
        char word[24];
        int length = snprintf(word, sizeof word, "%s%d", prefix, i);
        memset(at, '_', 50);
        memcpy(at, word, (size_t)length);
        at += 50;
        *at++ = ' ';
    }
    return paragraph(f, into, STYLE_BODY, text);
}

static inline struct flow *heading(struct fixture *f, struct flow *into, int32_t level,
                                   const char *text) {
    struct flow *flow = paragraph(f, into, level == 1 ? STYLE_H1 : STYLE_H2, text);
    flow->role = level == 1 ? ROLE_H1 : ROLE_H2;
    flow->level = level;
    flow->outline = text;
    flow->keep_with_next = true;
    return flow;
}

static inline struct flow *stack(struct fixture *f, struct flow *into, enum role role) {
    return flow_add(into, flow_new(&f->job, FLOW_STACK, role));
}

/* Ends a paragraph with a footnote of so many short lines: "noteNUMBER.LINE". */
static inline void with_note(struct fixture *f, struct flow *paragraph_flow, int number,
                             int lines) {
    struct flow *note = flow_new(&f->job, FLOW_STACK, ROLE_NOTE);
    for (int i = 0; i < lines; i++)
        paragraph(f, note, STYLE_NOTE, arena_printf(&f->job, "note%d.%d", number, i));
    struct inline_item *items = ARENA_ARRAY(&f->job, struct inline_item, 2);
    items[0] = paragraph_flow->items[0];
    items[1] = (struct inline_item){.kind = INLINE_NOTE,
                                    .style = items[0].style,
                                    .note = note,
                                    .number = number,
                                    .role = ROLE_REFERENCE,
                                    .group = 1};
    paragraph_flow->items = items;
    paragraph_flow->item_count = 2;
}

/* ---- what came out ---- */

static inline bool piece_is(const struct text_piece *piece, const char *word) {
    size_t length = strlen(word);
    return piece->run->length >= length && memcmp(piece->run->text, word, length) == 0 &&
           (piece->run->length == length || piece->run->text[length] == '_');
}

/* The text mark that holds a word; *page its page from 0; NULL if none. */
static inline const struct mark *find_word(const struct fixture *f, const char *word,
                                           size_t *page) {
    for (size_t p = 0; p < f->layout->page_count; p++)
        for (size_t m = 0; m < f->layout->pages[p].body_count; m++) {
            const struct mark *mark = &f->layout->pages[p].body[m];
            for (size_t i = 0; mark->kind == MARK_TEXT && i < mark->count; i++)
                if (piece_is(&mark->pieces[i], word)) {
                    if (page)
                        *page = p;
                    return mark;
                }
        }
    return NULL;
}

static inline size_t page_of(const struct fixture *f, const char *word) {
    size_t page = 9999;
    if (!find_word(f, word, &page))
        print_message("'%s' is nowhere\n", word);
    return page;
}

static inline size_t count_kind(const struct fixture *f, size_t page, enum mark_kind kind) {
    size_t count = 0;
    for (size_t m = 0; m < f->layout->pages[page].body_count; m++)
        count += f->layout->pages[page].body[m].kind == kind;
    return count;
}

/* Every mark of the text area lies in it; every mark but decoration belongs to an element. */
static inline void check_pages(const struct fixture *f) {
    for (size_t p = 0; p < f->layout->page_count; p++)
        for (size_t m = 0; m < f->layout->pages[p].body_count; m++) {
            const struct mark *mark = &f->layout->pages[p].body[m];
            int32_t left = f->theme.facing && p % 2 ? 10000 : LEFT_UM;
            bool down = mark->kind == MARK_LINE && mark->to_y_um > TOP_UM + HEIGHT_UM;
            int32_t bottom = mark->y_um + (mark->kind == MARK_PATH ? 0 : mark->height_um);
            if (mark->y_um < TOP_UM || bottom > TOP_UM + HEIGHT_UM || mark->x_um < left || down ||
                mark->x_um + mark->width_um > left + WIDTH_UM) {
                layout_dump(f->layout, stderr);
                fail_msg("page %zu, mark %zu of kind %d leaves the text area", p + 1, m,
                         mark->kind);
            }
            if (mark->kind == MARK_TEXT || mark->kind == MARK_LINK)
                assert_true(mark->element < f->layout->element_count);
        }
    for (size_t e = 2; e < f->layout->element_count; e++) {
        assert_true(f->layout->elements[e].parent < e);
        assert_true(f->layout->elements[e].parent > 0);
    }
}

#endif
