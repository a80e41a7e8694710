/* What stands before and after the chapters: cover, imprint, contents, colophon, and the fields that
 * say who filled a copy in. */
#include "block/chart.h"
#include "calc/format.h"

#include <math.h>

enum {
    SIDE_UM = 27000, /* of the cover's text from the paper's edges */
    MOTIF_UM = 142000,
    MOTIF_RADIUS_UM = 39000,
    MOTIF_APART_UM = 23500, /* of each circle's centre from the middle */
    MOTIF_CENTRE_UM = 74000,
    MOTIF_RING_UM = 9500,
    LENS_POINTS = 25, /* on each arc */
    IMPRINT_UM = 40000,
};

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

/* "Amara Okafor · Henrik Lind", or NULL in a blank edition. */
static const char *print_names(struct print *print) {
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
    *field = (struct field){.kind = FIELD_TEXT, .respondent = RESPONDENT_NONE, .row = -1,
                            .name = name, .tooltip = print_word(print, word), .value = value};
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
        *field = (struct field){.kind = FIELD_RADIO, .respondent = RESPONDENT_NONE, .row = -1,
                                .name = "_respondent", .option = respondent->id,
                                .tooltip = respondent->label,
                                .on = print->edition->respondent == (int32_t)r};
        inlines_field(&inlines, field, 3600);
        inlines_space(&inlines, 1400);
        inlines_text(&inlines, respondent->label, 0);
        inlines_space(&inlines, 5000);
    }
    inlines_finish(&inlines, line);
    line->space_before_um = 2200;
    flow_add(cell, line);
    return cell;
}

struct flow *print_identity(struct print *print) {
    const struct edition *edition = print->edition;
    const struct participant *participant = edition->participant;
    if (edition->material->facilitator || edition->material->each == EACH_COHORT)
        return NULL;
    const char *date = NULL;
    if (participant && participant->sitting_count)
        date = date_format_short(print->arena, print->course,
                                 participant->sittings[participant->sitting_count - 1].date);
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

/* ---- the cover ---- */

static struct shape *new_shape(struct canvas *canvas) {
    return VEC_ADD(canvas->print->arena, &canvas->shapes);
}

static void add_circle(struct canvas *canvas, int32_t x, int32_t radius, uint32_t fill,
                       uint32_t stroke, int32_t weight) {
    *new_shape(canvas) = (struct shape){.kind = SHAPE_CIRCLE,
                                        .fill = fill,
                                        .stroke = stroke,
                                        .weight_um = weight,
                                        .at = chart_point(5000, x, MOTIF_CENTRE_UM),
                                        .width = {0, radius}};
}

/* What two circles have in common, as a polygon along both arcs. */
static void add_lens(struct canvas *canvas, uint32_t fill) {
    double half = acos((double)MOTIF_APART_UM / MOTIF_RADIUS_UM);
    struct point corners[2 * LENS_POINTS];
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < LENS_POINTS; i++) {
            double angle = half * (2.0 * i / (LENS_POINTS - 1) - 1);
            double x = cos(angle) * MOTIF_RADIUS_UM - MOTIF_APART_UM;
            double y = sin(angle) * MOTIF_RADIUS_UM;
            corners[side * LENS_POINTS + i] =
                chart_point(5000, (int32_t)lround(side ? -x : x),
                            MOTIF_CENTRE_UM + (int32_t)lround(side ? -y : y));
        }
    draw_polygon(canvas, corners, 2 * LENS_POINTS, fill, COLOUR_NONE, 0, 0);
}

/* Two circles that share a part: two people, one piece of work. */
static struct flow *cover_motif(struct print *print) {
    struct canvas canvas;
    chart_canvas_init(&canvas, print);
    uint32_t ground = print_colour(print, COLOUR_COVER);
    uint32_t pale = chart_tint(print, ground, 72), warm = print_colour(print, COLOUR_SERIES_2);
    uint32_t thin = chart_tint(print, ground, 55);
    for (int32_t ring = 1; ring <= 3; ring++) { /* echoes */
        add_circle(&canvas, -MOTIF_APART_UM, MOTIF_RADIUS_UM + ring * MOTIF_RING_UM, COLOUR_NONE, pale, 350);
        add_circle(&canvas, MOTIF_APART_UM, MOTIF_RADIUS_UM + ring * MOTIF_RING_UM, COLOUR_NONE, pale, 350);
    }
    add_circle(&canvas, -MOTIF_APART_UM, MOTIF_RADIUS_UM, thin, COLOUR_NONE, 0);
    add_circle(&canvas, MOTIF_APART_UM, MOTIF_RADIUS_UM, warm, COLOUR_NONE, 0);
    add_lens(&canvas, chart_tint(print, warm, 25));
    struct flow *motif = canvas_finish(&canvas, MOTIF_UM);
    motif->role = ROLE_ARTIFACT;
    motif->alt = NULL;
    motif->space_before_um = motif->space_after_um = 0;
    return motif;
}

static struct flow *cover_text(struct print *print, enum style_id id, const char *text,
                               uint32_t colour) {
    struct flow *paragraph = paragraph_new(print, ROLE_P, id);
    struct text_style *style = ARENA_NEW(print->arena, struct text_style);
    *style = paragraph->style->text;
    style->colour = colour;
    struct inlines inlines;
    inlines_init(&inlines, print, style);
    inlines_text(&inlines, text, 0);
    inlines_finish(&inlines, paragraph);
    return paragraph;
}

/* The lower part: whose copy it is. */
static struct flow *cover_names(struct print *print) {
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    struct box_style *box = box_new(print, COLOUR_NONE, COLOUR_NONE, COLOUR_NONE);
    *box = (struct box_style){.pad_left_um = SIDE_UM, .pad_right_um = SIDE_UM, .pad_top_um = 14000,
                              .fill = COLOUR_NONE, .border = COLOUR_NONE, .bar = COLOUR_NONE};
    stack->box = box;
    uint32_t ink = print_colour(print, COLOUR_TEXT);
    const char *names = print_names(print);
    if (names)
        flow_add(stack, cover_text(print, STYLE_H2, names, ink))->space_before_um = 0;
    struct flow *identity = print_identity(print);
    if (identity) {
        identity->space_before_um = 5000;
        flow_add(stack, identity);
    }
    if (print->course->publisher)
        flow_add(stack, cover_text(print, STYLE_COVER_SMALL, print->course->publisher, ink))
            ->space_before_um = 12000;
    return stack;
}

struct flow *print_cover(struct print *print) {
    bool band = !print->theme->cover_kind || strcmp(print->theme->cover_kind, "plain") != 0;
    uint32_t ground = band ? print_colour(print, COLOUR_COVER) : COLOUR_NONE;
    uint32_t ink = print_colour(print, band ? COLOUR_COVER_TEXT : COLOUR_ACCENT);
    struct flow *cover = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
    cover->full_page = true;
    cover->box = ARENA_NEW(print->arena, struct box_style);
    *(struct box_style *)cover->box =
        (struct box_style){.fill = COLOUR_NONE, .border = COLOUR_NONE, .bar = COLOUR_NONE};
    struct flow *head = flow_add(cover, flow_new(print->arena, FLOW_STACK, ROLE_NONE));
    struct box_style *ground_box = ARENA_NEW(print->arena, struct box_style);
    *ground_box = (struct box_style){.fill = ground, .border = COLOUR_NONE, .bar = COLOUR_NONE};
    head->box = ground_box;
    if (band)
        flow_add(head, cover_motif(print));
    struct flow *title = flow_add(head, flow_new(print->arena, FLOW_STACK, ROLE_NONE));
    struct box_style *title_box = ARENA_NEW(print->arena, struct box_style);
    *title_box = (struct box_style){.pad_left_um = SIDE_UM, .pad_right_um = SIDE_UM,
                                    .pad_top_um = band ? 4000 : 70000, .pad_bottom_um = 16000,
                                    .fill = COLOUR_NONE, .border = COLOUR_NONE, .bar = COLOUR_NONE};
    title->box = title_box;
    flow_add(title, cover_text(print, STYLE_COVER_TITLE, print->course->title, ink));
    flow_add(title, cover_text(print, STYLE_COVER_SUBTITLE, print->edition->material->title, ink));
    flow_add(cover, cover_names(print));
    return cover;
}

/* ---- imprint, contents, colophon ---- */

static void add_small(struct print *print, struct flow *stack, const char *text) {
    if (text)
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
                           .fill = COLOUR_NONE, .border = COLOUR_NONE, .bar = COLOUR_NONE};
    if (paper)
        flow_add(page, flow_space(print, paper->height_um - print->theme->margin_bottom_um - IMPRINT_UM));
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
    stack->break_before = print->theme->facing ? BREAK_RIGHT_PAGE : BREAK_PAGE;
    struct flow *title =
        paragraph_text(print, ROLE_H1, STYLE_H1, print_word(print, WORD_CONTENTS));
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
        if (parts[i])
            buf_printf(&line, "%s%s", line.len ? " \u00b7 " : "", parts[i]);
    struct flow *colophon = paragraph_text(print, ROLE_P, STYLE_HINT, line.data);
    colophon->space_before_um = 8000;
    return colophon;
}
