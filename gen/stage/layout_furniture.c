/* Running heads and feet: a template's strings with {{course}} {{title}} {{chapter}} {{page}}
 * {{pages}} {{version}} {{participant}}, its logo, and a code that says what the sheet is, at the
 * page's edges, artifacts all. */
#include "base/buf.h"
#include "base/utf8.h"
#include "stage/layout_parts.h"

enum { APART_UM = 8000, LOGO_GAP_UM = 4000 };

/* The code's side without its quiet zone of four modules, for which the gap has room; what printers
 * leave white at the paper's edge; how far above a baseline the middle of a figure is. */
enum {
    CODE_UM = 13000,
    CODE_LEAST_UM = 10000,
    CODE_GAP_UM = 3000,
    CODE_CLEAR_UM = 2000, /* to the text above it */
    CODE_EDGE_UM = 4000,
    FIGURE_MIDDLE_UM = 1000,
};

static const char *profile_text(const struct edition *edition, const char *name) {
    int32_t index = course_find_profile(edition->course, name);
    if (index < 0 || !edition->participant->profile)
        return NULL;
    struct value value = edition->participant->profile[index];
    return value.kind == VALUE_TEXT && value.text && value.text[0] ? value.text : NULL;
}

/* The reader's name as the profile has it, both names for a pair's copy, else the id; "" in a
 * blank edition. */
static const char *participant_name(struct lay *lay) {
    const struct edition *edition = lay->edition;
    if (!edition->participant)
        return edition->cohort ? edition->cohort->name : "";
    struct buf names;
    buf_init(&names, lay->job);
    for (size_t r = 0; r < edition->course->respondents.count; r++) {
        if (edition->respondent != RESPONDENT_NONE && (size_t)edition->respondent != r)
            continue;
        const char *name = profile_text(
            edition, arena_printf(lay->job, "%s.name", edition->course->respondents.at[r].id));
        if (name)
            buf_printf(&names, "%s%s", names.len ? ", " : "", name);
    }
    return names.len ? names.data : edition->participant->id;
}

static const char *variable(struct lay *lay, const char *name, size_t length, size_t index,
                            const char *chapter) {
    const struct edition *edition = lay->edition;
    switch (running_find(name, length)) {
    case RUNNING_COURSE:
        return edition->course->title;
    case RUNNING_TITLE:
        return edition->material->title ? edition->material->title : edition->course->title;
    case RUNNING_CHAPTER:
        return chapter ? chapter : "";
    case RUNNING_PAGE:
        return lay->plans.at[index].label;
    case RUNNING_PAGES:
        return lay->plans.at[lay->plans.count - 1].label;
    case RUNNING_VERSION:
        return edition->course->version ? edition->course->version : "";
    case RUNNING_PARTICIPANT:
        return participant_name(lay);
    case RUNNING_COUNT:
        break;
    }
    return NULL;
}

/* What is no name of ours stays as it is written. */
static const char *expand(struct lay *lay, const char *template, size_t index,
                          const char *chapter) {
    struct buf out;
    buf_init(&out, lay->job);
    for (const char *at = template ? template : ""; *at;) {
        const char *end = at[0] == '{' && at[1] == '{' ? strstr(at, "}}") : NULL;
        const char *text =
            end ? variable(lay, at + 2, (size_t)(end - at - 2), index, chapter) : NULL;
        if (text) {
            buf_puts(&out, text);
            at = end + 2;
        } else {
            buf_putc(&out, *at++);
        }
    }
    /* An empty variable takes the separator beside it along. */
    const char *from = out.data;
    size_t length = out.len;
    static const char dot[] = " \u00b7 ";
    while (length >= 4 && memcmp(from, dot, 4) == 0) {
        from += 4;
        length -= 4;
    }
    while (length >= 4 && memcmp(from + length - 4, dot, 4) == 0)
        length -= 4;
    return arena_strndup(lay->job, from, length);
}

static struct line set(struct lay *lay, const char *text) {
    return typeset_line(lay->typesetter, lay->job, text, strlen(text),
                        &lay->theme->styles[STYLE_RUNNING].text, lay->edition->course->language);
}

/* Shortened with an ellipsis to at most width_um. */
static struct line set_within(struct lay *lay, const char *text, int32_t width_um) {
    struct line line = set(lay, text);
    const char *end = text + strlen(text);
    size_t low = 0, high = utf8_count(text, strlen(text));
    if (line.width_um <= width_um)
        return line;
    while (low < high) { /* the most characters that fit */
        size_t middle = (low + high + 1) / 2, skipped = 0;
        const char *at = text;
        while (skipped++ < middle)
            utf8_next(&at, end);
        line = set(lay, arena_printf(lay->job, "%.*s\u2026", (int)(at - text), text));
        if (line.width_um <= width_um)
            low = middle;
        else
            high = middle - 1;
    }
    const char *at = text;
    for (size_t i = 0; i < low; i++)
        utf8_next(&at, end);
    return set(lay, arena_printf(lay->job, "%.*s\u2026", (int)(at - text), text));
}

static void add_line(struct lay *lay, struct page *page, const struct line *set, int32_t x_um,
                     int32_t y_um) {
    const struct line seen = line_mirrored(lay, set), *line = &seen;
    const struct text_style *style = &lay->theme->styles[STYLE_RUNNING].text;
    for (size_t i = 0; i < line->count; i++) {
        if (line->spans[i].piece_count == 0)
            continue;
        page->furniture[page->furniture_count++] = (struct mark){
            .kind = MARK_TEXT,
            .x_um = x_um,
            .y_um = y_um,
            .width_um = line->spans[i].x_um + line->spans[i].width_um,
            .fill = style->colour,
            .stroke = COLOUR_NONE,
            .pieces = line->spans[i].pieces,
            .count = line->spans[i].piece_count,
            .size_cpt = run_size_cpt(line->spans[i].pieces[0].run, style->size_cpt),
            .tracking_cpt = style->tracking_cpt,
        };
    }
}

/* The logo's width in the head, 0 without one. */
static int32_t logo_width_um(const struct theme *theme) {
    const struct image *logo = theme->logo;
    if (!logo || theme->logo_head_um <= 0 || logo->height_px <= 0)
        return 0;
    return (int32_t)((int64_t)theme->logo_head_um * logo->width_px / logo->height_px);
}

/* At the outer edge of the head, its foot on the words' baseline. */
static void add_logo(struct lay *lay, struct page *page, int32_t x_um) {
    const struct theme *theme = lay->theme;
    page->furniture[page->furniture_count++] = (struct mark){
        .kind = MARK_IMAGE,
        .x_um = x_um,
        .y_um = theme->header_um - theme->logo_head_um,
        .width_um = logo_width_um(theme),
        .height_um = theme->logo_head_um,
        .fill = COLOUR_NONE,
        .stroke = COLOUR_NONE,
        .image = theme->logo,
        .words = picture_words(lay, theme->logo),
    };
}

/* A code's box from the outer end of the running foot; side 0: there is none. */
struct code_place {
    int32_t side_um, x_um, bottom_um; /* x outwards, bottom from the paper's edge */
    int32_t taken_um;                 /* of the foot's line */
};

/* In the outer margin if that is wide enough, else at the foot's end, which makes way. A book to
 * read alone has none: nobody sends its sheets back. */
static struct code_place place_code(const struct lay *lay) {
    const struct theme *theme = lay->theme;
    struct code_place place = {.side_um = CODE_UM, .x_um = CODE_GAP_UM};
    bool asked_for = theme->sheet_code && (theme->footer_left[0] || theme->footer_right[0]);
    if (!asked_for || !lay->edition->source_hash || !lay->has_fields)
        return (struct code_place){0};
    if (theme->margin_outer_um < CODE_GAP_UM + CODE_UM + CODE_EDGE_UM) {
        int32_t room_um = theme->margin_bottom_um - CODE_EDGE_UM - CODE_CLEAR_UM;
        if (room_um < CODE_LEAST_UM)
            return (struct code_place){0};
        place.side_um = room_um < CODE_UM ? room_um : CODE_UM;
        place.x_um = -place.side_um;
        place.taken_um = place.side_um + CODE_GAP_UM;
    }
    place.bottom_um = theme->footer_um + FIGURE_MIDDLE_UM - place.side_um / 2;
    int32_t most_um = theme->margin_bottom_um - CODE_CLEAR_UM - place.side_um;
    if (place.taken_um && place.bottom_um > most_um)
        place.bottom_um = most_um;
    if (place.bottom_um < CODE_EDGE_UM)
        place.bottom_um = CODE_EDGE_UM;
    return place;
}

static void add_code(struct lay *lay, struct page *page, const struct code_place *place,
                     int32_t end_um, bool mirrored) {
    if (!lay->code)
        lay->code = sheet_code(lay);
    page->furniture[page->furniture_count++] = (struct mark){
        .kind = MARK_CODE,
        .x_um = mirrored ? end_um - place->x_um - place->side_um : end_um + place->x_um,
        .y_um = lay->paper->height_um - place->bottom_um - place->side_um,
        .width_um = place->side_um,
        .height_um = place->side_um,
        .fill = lay->theme->colours[COLOUR_TEXT],
        .stroke = COLOUR_NONE,
        .code = lay->code,
    };
}

void compose_furniture(struct lay *lay, size_t index, const char *chapter, struct page *page) {
    const struct page_plan *plan = &lay->plans.at[index];
    const struct theme *theme = lay->theme;
    if (plan->full || plan->furniture_off || plan->blank)
        return;
    const char *strings[2][2] = {{theme->header_left, theme->header_right},
                                 {theme->footer_left, theme->footer_right}};
    int32_t baselines[2] = {theme->header_um, lay->paper->height_um - theme->footer_um};
    struct line lines[2][2];
    size_t room = 0;
    bool mirrored = theme->facing && index % 2 == 1;
    int32_t logo_um = logo_width_um(theme);
    struct code_place code = place_code(lay);
    int32_t taken_um[2] = {logo_um ? logo_um + LOGO_GAP_UM : 0, code.taken_um};
    for (int row = 0; row < 2; row++) {
        const char *left = expand(lay, strings[row][mirrored], index, chapter);
        const char *right = expand(lay, strings[row][!mirrored], index, chapter);
        int32_t left_um = set(lay, left).width_um, right_um = set(lay, right).width_um;
        int32_t free_um = lay->column_um - APART_UM - taken_um[row], half_um = free_um / 2;
        int32_t left_room = right_um < half_um ? free_um - right_um : half_um;
        int32_t right_room = left_um < half_um ? free_um - left_um : half_um;
        lines[row][0] = set_within(lay, left, left_room);
        lines[row][1] = set_within(lay, right, right_room);
        room += lines[row][0].count + lines[row][1].count;
    }
    page->furniture = ARENA_ARRAY(lay->job, struct mark, room + 3);
    int32_t left_um = page_left_um(lay, plan, index), right_um = left_um + lay->column_um;
    if (logo_um)
        add_logo(lay, page, mirrored ? left_um : right_um - logo_um);
    for (int row = 0; row < 2; row++) {
        add_line(lay, page, &lines[row][0], left_um + (mirrored ? taken_um[row] : 0),
                 baselines[row]);
        add_line(lay, page, &lines[row][1],
                 right_um - (mirrored ? 0 : taken_um[row]) - lines[row][1].width_um,
                 baselines[row]);
    }
    if (code.side_um)
        add_code(lay, page, &code, mirrored ? left_um : right_um, mirrored);
}
