/* What stands before and after the chapters: opening, imprint, contents, colophon, and the fields
 * that say who filled a copy in. */
#include "block/print_parts.h"
#include "calc/format.h"

enum { IMPRINT_UM = 40000, LOGO_STRIP_UM = 12000 };

/* ---- who ---- */

const char *print_name_of(struct print *print, int32_t respondent) {
    const struct participant *participant = print->edition->participant;
    int32_t field = course_find_profile(
        print->course,
        arena_printf(print->arena, "%s.name", print->course->respondents.at[respondent].id));
    if (field < 0 || !participant || participant->profile[field].kind != VALUE_TEXT)
        return NULL;
    return participant->profile[field].text;
}

const char *print_names(struct print *print) {
    struct buf names;
    buf_init(&names, print->arena);
    for (size_t r = 0; r < print->course->respondents.count; r++) {
        const char *name = print_name_of(print, (int32_t)r);
        if (name)
            buf_printf(&names, "%s%s", names.len ? " \u00b7 " : "", name);
    }
    return names.len ? names.data : NULL;
}

static struct flow *identity_line(struct print *print, const char *name, enum word word,
                                  const char *value, int32_t weight) {
    struct field *field = ARENA_NEW(print->arena, struct field);
    *field = (struct field){.kind = FIELD_TEXT,
                            .respondent = RESPONDENT_NONE,
                            .row = -1,
                            .name = name,
                            .tooltip = print_word(print, word),
                            .value = value};
    if (word == WORD_DATE)
        field_set_format(print, field, SLOT_DATE, false);
    struct flow *cell = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    cell->width = (struct width){WIDTH_FRACTION, weight};
    struct flow *caption = paragraph_text(print, ROLE_P, STYLE_HINT, print_word(print, word));
    caption->keep_with_next = true;
    flow_add(cell, caption);
    flow_add(cell, flow_line(print, field));
    return cell;
}

/* Circles, one a respondent: who holds the pen. */
static struct flow *identity_respondent(struct print *print) {
    struct flow *cell = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    cell->width = (struct width){WIDTH_FRACTION, 4};
    struct flow *caption =
        paragraph_text(print, ROLE_P, STYLE_HINT, print_word(print, WORD_FILLED_IN_BY));
    caption->keep_with_next = true;
    flow_add(cell, caption);
    struct flow *line = paragraph_new(print, ROLE_P, STYLE_LABEL);
    struct inlines inlines;
    inlines_init(&inlines, print, &line->style->text);
    for (size_t r = 0; r < print->course->respondents.count; r++) {
        const struct respondent *respondent = &print->course->respondents.at[r];
        struct field *field = ARENA_NEW(print->arena, struct field);
        *field = (struct field){.kind = FIELD_RADIO,
                                .respondent = RESPONDENT_NONE,
                                .row = -1,
                                .name = "_respondent",
                                .option = respondent->id,
                                .tooltip = respondent->label,
                                .group = print_word(print, WORD_FILLED_IN_BY),
                                .on = print->edition->respondent == (int32_t)r};
        inlines_field(&inlines, field, BUTTON_UM);
        inlines_space(&inlines, 1400);
        inlines_text(&inlines, respondent->label, 0);
        inlines_space(&inlines, 5000);
    }
    inlines_finish(&inlines, line);
    struct paragraph_style *style = ARENA_NEW(print->arena, struct paragraph_style);
    *style = *line->style; /* where they take two lines, as far apart as buttons in a list */
    style->leading_um = BUTTON_UM + BUTTON_GAP_UM;
    line->space_before_um = 2200 - (style->leading_um - line->style->leading_um) / 2;
    line->style = style;
    flow_add(cell, line);
    return cell;
}

/* Whether there is anything in it to fill in or to sign. */
static bool print_asks(const struct print *print) {
    const struct material *material = print->edition->material;
    for (size_t i = 0; i < print->course->blocks.count; i++) {
        const struct block *block = print->course->blocks.at[i];
        bool asks = block->slot_count || block->used || strcmp(block->type->name, "sign") == 0;
        for (size_t m = 0; asks && m < material->modules.count; m++)
            if (material->module_list[m] == block->module)
                return true;
    }
    return false;
}

bool print_is_report(const struct print *print) {
    return print->edition->participant && !print->edition->material->blank && !print_asks(print);
}

static date_t last_day(const struct participant *participant) {
    return participant && participant->sitting_count
               ? participant->sittings[participant->sitting_count - 1].date
               : DATE_NONE;
}

struct flow *print_identity(struct print *print) {
    const struct edition *edition = print->edition;
    const struct participant *participant = edition->participant;
    if (edition->material->facilitator || edition->material->each == EACH_COHORT ||
        print_is_report(print))
        return NULL;
    if ((print->theme->opening != OPENING_PLAIN || !edition->material->filled) &&
        !print_asks(print))
        return NULL; /* a poster, a card, a guide that is nobody's */
    const char *date = NULL;
    if (last_day(participant) != DATE_NONE)
        date = date_format_short(print->arena, print->course, last_day(participant));
    struct flow *row = flow_new(print->arena, FLOW_COLUMNS, ROLE_NONE);
    row->gap_um = 7000;
    row->space_after_um = 9000;
    row->keep_together = true;
    flow_add(row, identity_line(print, "_participant", WORD_PARTICIPANT,
                                participant ? participant->id : NULL, 5));
    bool one_copy = edition->respondent != RESPONDENT_NONE || print_is_for_anyone(print);
    if (print->course->respondents.count > 1 && one_copy)
        flow_add(row, identity_respondent(print));
    flow_add(row, identity_line(print, "_date", WORD_DATE, date, 3));
    return row;
}

/* ---- the opening of a material without a cover ---- */

/* "Amara Okafor · Henrik Lind · 9 December 2026": whose report, and the day of the last answers. */
static const char *report_of(struct print *print) {
    const struct participant *participant = print->edition->participant;
    const char *names = print_names(print), *who = names ? names : participant->id;
    if (last_day(participant) == DATE_NONE)
        return who;
    return arena_printf(print->arena, "%s \u00b7 %s", who,
                        date_format_long(print->arena, print->course, last_day(participant)));
}

/* The course, the material and the logo on the cover's colour. */
static struct flow *opening_strip(struct print *print) {
    uint32_t ink = print_colour(print, COLOUR_COVER_TEXT);
    struct flow *strip = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    strip->box = box_new(print, print_colour(print, COLOUR_COVER), COLOUR_NONE, COLOUR_NONE);
    strip->keep_together = true;
    strip->space_after_um = print_um(print, 4000);
    struct flow *row = flow_add(strip, flow_new(print->arena, FLOW_COLUMNS, ROLE_NONE));
    row->gap_um = print_um(print, 6000);
    struct flow *words = flow_add(row, flow_new(print->arena, FLOW_STACK, ROLE_NONE));
    words->width = (struct width){WIDTH_FRACTION, 1};
    flow_add(words, print_coloured(print, STYLE_COVER_SMALL, print->course->title, ink))
        ->space_after_um = 0;
    struct flow *title = flow_add(
        words, print_coloured(print, STYLE_COVER_SUBTITLE, print->edition->material->title, ink));
    title->space_before_um = title->space_after_um = 0;
    if (print_is_report(print))
        flow_add(words, print_coloured(print, STYLE_COVER_SMALL, report_of(print), ink))
            ->space_after_um = 0;
    int32_t height_um = print->theme->logo_cover_um;
    struct flow *logo = print_logo(print, height_um < LOGO_STRIP_UM ? height_um : LOGO_STRIP_UM);
    if (logo)
        flow_add(row, logo);
    return strip;
}

void print_opening(struct print *print, struct flow *document) {
    if (print->theme->opening == OPENING_STRIP)
        flow_add(document, opening_strip(print));
    else if (print_is_report(print))
        flow_add(document, paragraph_text(print, ROLE_P, STYLE_SMALL, report_of(print)));
    struct flow *identity = print_identity(print);
    if (identity)
        flow_add(document, identity);
}

/* ---- imprint, contents, colophon ---- */

static void add_small(struct print *print, struct flow *stack, const char *text) {
    if (text && *text)
        flow_add(stack, paragraph_text(print, ROLE_P, STYLE_SMALL, text));
}

/* The back of the cover: what this is, whose, and which version. */
struct flow *print_imprint(struct print *print) {
    const struct course *course = print->course;
    const struct paper *paper = print->edition->paper;
    struct flow *page = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
    page->full_page = true;
    page->box = ARENA_NEW(print->arena, struct box_style);
    *(struct box_style *)page->box =
        (struct box_style){.pad_left_um = print->theme->margin_outer_um,
                           .pad_right_um = print->theme->margin_inner_um,
                           .fill = COLOUR_NONE,
                           .border = COLOUR_NONE,
                           .bar = COLOUR_NONE};
    if (paper)
        flow_add(page,
                 flow_space(print, paper->height_um - print->theme->margin_bottom_um - IMPRINT_UM));
    flow_add(page, print_label(print, course->title));
    add_small(print, page, print->edition->material->title);
    if (course->version)
        add_small(print, page, print_phrase(print, WORD_VERSION, course->version, NULL));
    if (course->as_of != DATE_NONE)
        add_small(print, page, date_format_long(print->arena, course, course->as_of));
    add_small(print, page, course->publisher);
    add_small(print, page, course->licence);
    return page;
}

struct flow *print_contents(struct print *print) {
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
    if (print_has_cover(print) || print->theme->chapter_new_page)
        stack->break_before = print->theme->facing ? BREAK_RIGHT_PAGE : BREAK_PAGE;
    struct flow *title = paragraph_text(print, ROLE_H1, STYLE_H1, print_word(print, WORD_CONTENTS));
    title->keep_with_next = true;
    title->hyphenate_off = true;
    flow_add(stack, title);
    struct flow *contents = flow_new(print->arena, FLOW_CONTENTS, ROLE_TOC);
    contents->level = print->theme->contents_depth;
    flow_add(stack, contents);
    return stack;
}

struct flow *print_colophon(struct print *print) {
    const struct course *course = print->course;
    struct buf line;
    buf_init(&line, print->arena);
    const char *version =
        course->version ? print_phrase(print, WORD_VERSION, course->version, NULL) : NULL;
    const char *parts[] = {course->title, version, course->publisher, course->licence};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] && *parts[i])
            buf_printf(&line, "%s%s", line.len ? " \u00b7 " : "", parts[i]);
    struct flow *colophon = paragraph_text(print, ROLE_P, STYLE_HINT, line.data);
    colophon->space_before_um = print_um(print, 8000);
    return colophon;
}
