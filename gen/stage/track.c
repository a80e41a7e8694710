#include "stage/track_internal.h"

#include "type/typeset.h"

static bool names_block(const struct edition *edition, const struct block *block) {
    for (size_t i = 0; block->id && i < edition->material->sheets.count; i++)
        if (strcmp(edition->material->sheets.at[i].text, block->id) == 0)
            return true;
    return false;
}

bool track_holds(const struct track *track, const struct block *block) {
    if (track_leaves_out(track, block))
        return false;
    for (; block; block = block->parent) {
        if (!edition_shows(track->edition, block))
            return false;
        if (names_block(track->edition, block))
            return true;
    }
    return false;
}

static void fill_places(struct track *track) {
    const struct course *course = track->course;
    struct arena *arena = track->arena;
    struct places *places = &track->places;
    size_t slots = course->slots.count * (course->respondents.count + 1);
    places->slots = ARENA_ARRAY(arena, struct place, slots);
    places->calcs = ARENA_ARRAY(arena, struct place, course->blocks.count);
    places->ratings = ARENA_ARRAY(arena, struct rating_place, course->blocks.count);
    places->logs = ARENA_ARRAY(arena, struct log_place, course->blocks.count);
    places->scores = ARENA_ARRAY(arena, struct score_place, course->scores.count);
    places->profile = ARENA_ARRAY(arena, struct place, course->profile.count);
    for (size_t i = 0; i < slots; i++)
        places->slots[i].sheet = -1;
    for (size_t i = 0; i < course->blocks.count; i++)
        places->calcs[i].sheet = places->ratings[i].sheet = places->logs[i].sheet = -1;
    for (size_t i = 0; i < course->scores.count; i++)
        places->scores[i].sheet = -1;
    for (size_t i = 0; i < course->profile.count; i++)
        places->profile[i].sheet = -1;
    places->as_of.sheet = -1;
}

/* --- which sheets */

static bool plan_find(const struct edition *edition, const char *id, struct plan *plan) {
    const struct course *course = edition->course;
    plan->block = course_find_block(course, id);
    plan->score = course_find_score(course, id);
    if (strcmp(id, "guide") == 0)
        plan->kind = PLAN_GUIDE;
    else if (strcmp(id, "dashboard") == 0)
        plan->kind = PLAN_DASHBOARD;
    else if (plan->block && plan->block->type->sheet)
        plan->kind = PLAN_BLOCK;
    else if (plan->score)
        plan->kind = PLAN_SCORE;
    else
        return false;
    return plan->kind != PLAN_BLOCK || edition_shows(edition, plan->block);
}

static const char *plan_title(const struct track *track, const struct plan *plan) {
    switch (plan->kind) {
    case PLAN_GUIDE:
        return track_word(track, WORD_TRACK_GUIDE);
    case PLAN_DASHBOARD:
        return track_word(track, WORD_TRACK_DASHBOARD);
    case PLAN_SCORE:
        return plan->score->title;
    default:
        break;
    }
    const struct block *block = plan->block;
    if (block->title)
        return block->title;
    /* What a group holds is no name for it; the chapter that it stands in has one. */
    bool group = block->type->sheet == sheet_group;
    if (group && block->module && block->module->title)
        return block->module->title;
    return block->label ? block->label : block->id;
}

/* A score may be called like its rating: then the sheet's name says that it is the score. */
static const char *sheet_title(const struct track *track, const struct plans *plans,
                               const struct plan *plan) {
    const char *title = plan_title(track, plan);
    for (const struct plan *other = plans->at; plan->kind == PLAN_SCORE && other < plan; other++)
        if (strcmp(plan_title(track, other), title) == 0)
            return arena_printf(track->arena, "%s: %s", track_word(track, WORD_SCORE), title);
    return title;
}

static uint32_t tab_colour(const struct theme *theme, const struct plan *plan) {
    enum colour_id colour = COLOUR_ACCENT;
    if (!theme)
        return COLOUR_NONE;
    if (plan->kind == PLAN_BLOCK)
        colour = plan->block->column_count ? COLOUR_SERIES_2
                 : plan->block->scale      ? COLOUR_SERIES_1
                                           : COLOUR_SERIES_3;
    if (plan->kind == PLAN_SCORE)
        colour = COLOUR_SERIES_4;
    return theme->colours[colour];
}

static struct plans plan_sheets(struct track *track) {
    const struct material *material = track->edition->material;
    struct plans plans = {ARENA_ARRAY(track->arena, struct plan, material->sheets.count + 1), 0};
    for (size_t i = 0; i < material->sheets.count; i++)
        if (plan_find(track->edition, material->sheets.at[i].text, &plans.at[plans.count]))
            plans.count++;
    if (!plans.count)
        plans.at[plans.count++] = (struct plan){.kind = PLAN_GUIDE};
    for (size_t i = 0; i < plans.count; i++) {
        struct plan *plan = &plans.at[i];
        plan->sheet = workbook_add_sheet(track->book, sheet_title(track, &plans, plan));
        plan->sheet->freeze_row = 1; /* the title; ratings and logs say more */
        plan->sheet->repeat_first_row = plan->sheet->repeat_last_row = 0;
        plan->sheet->one_page = plan->kind == PLAN_SCORE || plan->kind == PLAN_DASHBOARD;
        plan->sheet->is_protected = true;
        plan->sheet->landscape = plan->kind != PLAN_GUIDE && plan->kind != PLAN_DASHBOARD;
        plan->sheet->tab_colour = tab_colour(track->edition->theme, plan);
        plan->sheet->about = track_about(track, plan);
    }
    return plans;
}

static struct sheet *add_hidden(struct track *track, const char *name) {
    struct sheet *sheet = workbook_add_sheet(track->book, name);
    sheet->hidden = sheet->is_protected = true;
    return sheet;
}

/* --- filling them */

static void write_title(struct track *track, const struct plan *plan) {
    track_text(track, 0, 0, LOOK_TITLE, plan_title(track, plan));
    track->row = 1;
}

/* Back to the guide, beside the title: where a long one does not reach. */
static void write_back(struct track *track, const struct plans *plans) {
    enum { BACK_COL = 3 };
    for (size_t i = 0; i < plans->count; i++)
        if (plans->at[i].kind == PLAN_GUIDE && plans->at[i].sheet != track->sheet)
            track_link(track, 0, BACK_COL,
                       arena_printf(track->arena, "← %s", track_word(track, WORD_TRACK_GUIDE)),
                       plans->at[i].sheet->index);
}

static void fill_sheet(struct track *track, const struct plans *plans, const struct plan *plan) {
    track->sheet = plan->sheet;
    track->row = 0;
    track->used_row = -1;
    track->chart_width_px = CHART_WIDTH_PX;
    track->own = plan->kind == PLAN_BLOCK ? plan->block : NULL;
    write_title(track, plan);
    write_back(track, plans);
    if (plan->kind == PLAN_GUIDE)
        track_guide(track, plans);
    else if (plan->kind == PLAN_DASHBOARD)
        track_dashboard(track);
    else if (plan->kind == PLAN_SCORE)
        sheet_score_panel(track, plan->score, score_chart(track->course, plan->score));
    else
        track_block(track, plan->block);
}

static void fill_sheets(struct track *track, const struct plans *plans, bool placing) {
    track->placing = placing;
    memset(track->written, 0, track->course->blocks.count * sizeof *track->written);
    for (size_t i = 0; i < plans->count; i++)
        fill_sheet(track, plans, &plans->at[i]);
}

/* --- what the file says of itself */

static const char *or_empty(const char *text) { return text ? text : ""; }

const char *track_names(const struct track *track) {
    const struct participant *participant = track->edition->participant;
    struct buf out;
    buf_init(&out, track->arena);
    for (size_t i = 0; participant && participant->profile && i < track->course->profile.count;
         i++) {
        const char *name = track->course->profile.at[i].name;
        size_t length = strlen(name);
        bool is_name =
            strcmp(name, "name") == 0 || (length > 5 && strcmp(name + length - 5, ".name") == 0);
        if (is_name && participant->profile[i].kind == VALUE_TEXT)
            buf_printf(&out, "%s%s", out.len ? ", " : "", participant->profile[i].text);
    }
    return out.len || !participant ? out.data : participant->id;
}

static void add_identity(struct workbook *book, const char *key, const char *value) {
    book->identity[book->identity_count++] = (struct identity){key, or_empty(value)};
}

static void describe(struct track *track) {
    const struct edition *edition = track->edition;
    const struct course *course = track->course;
    const struct participant *participant = edition->participant;
    struct workbook *book = track->book;
    char date[16];
    date_format_iso(book->as_of, date);
    book->title = edition->material->title ? edition->material->title : edition->material->name;
    book->subject = course->title;
    book->author = course->publisher;
    book->right_to_left = language_right_to_left(course->language);
    book->header_left = book->title;
    book->header_right = track_names(track);
    book->page_words = arena_printf(track->arena, "%s {0} / {1}", track_word(track, WORD_PAGE));
    book->identity = ARENA_ARRAY(track->arena, struct identity, 10);
    add_identity(book, "format", "tandem-tracker/1");
    add_identity(book, "course", course->title);
    add_identity(book, "version", course->version);
    add_identity(book, "material", edition->material->name);
    add_identity(book, "participant", participant ? participant->id : "");
    add_identity(book, "respondent",
                 edition->respondent == RESPONDENT_NONE
                     ? ""
                     : course->respondents.at[edition->respondent].id);
    add_identity(book, "sitting",
                 participant && participant->sitting_count
                     ? participant->sittings[participant->sitting_count - 1].id
                     : "");
    add_identity(book, "as-of", arena_strdup(track->arena, date));
    add_identity(book, "language", course->language);
    if (edition->source_hash)
        add_identity(book, "source", edition->source_hash);
}

static bool is_letter(const struct edition *edition) {
    const struct name_list *paper = &edition->material->paper;
    if (paper->count)
        return strcmp(paper->at[0].text, "letter") == 0;
    return edition->course->language && strcmp(edition->course->language, "en-US") == 0;
}

static bool is_lost(const struct value *value) {
    return value->kind == VALUE_DATE && !date_is_serial((date_t)value->number);
}

/* The participant without dates before March 1900: these stand in their cells as texts, and no
 * formula can reckon with them. */
static const struct participant *without_lost_dates(struct arena *arena,
                                                    const struct participant *participant) {
    size_t lost = 0;
    for (size_t i = 0; participant && i < participant->answer_count; i++)
        lost += is_lost(&participant->answers[i].value);
    if (!lost)
        return participant;
    struct participant *kept = ARENA_NEW(arena, struct participant);
    *kept = *participant;
    kept->answers = ARENA_ARRAY(arena, struct answer, participant->answer_count);
    kept->answer_count = 0;
    for (size_t i = 0; i < participant->answer_count; i++)
        if (!is_lost(&participant->answers[i].value))
            kept->answers[kept->answer_count++] = participant->answers[i];
    return kept;
}

struct workbook *track_edition(struct arena *job, const struct edition *edition) {
    const struct course *course = edition->course;
    struct track *track = ARENA_NEW(job, struct track);
    track->arena = job;
    track->edition = edition;
    track->course = course;
    track->shown = (struct scope){.arena = job,
                                  .course = course,
                                  .participant = edition->participant,
                                  .results = edition->results,
                                  .respondent = edition->respondent,
                                  .row = -1};
    track->scope = track->shown;
    track->scope.participant = without_lost_dates(job, edition->participant);
    track->book = workbook_make(job);
    track->book->theme = edition->theme;
    track->book->as_of = course->as_of == DATE_NONE ? 0 : course->as_of;
    track->book->letter = is_letter(edition);
    track->written = ARENA_ARRAY(job, bool, course->blocks.count);
    track->windows = ARENA_ARRAY(job, struct score_window, course->scores.count);
    describe(track);
    fill_places(track);
    track_plan_sittings(track);
    struct plans plans = plan_sheets(track);
    bool has_guide = false;
    for (size_t i = 0; i < plans.count; i++)
        has_guide = has_guide || plans.at[i].kind == PLAN_GUIDE;
    struct sheet *meta = add_hidden(track, "_meta");
    track->lists = add_hidden(track, "_lists");
    track->work = add_hidden(track, "_work");
    fill_sheets(track, &plans, true);
    track_meta(track, meta, has_guide);
    fill_sheets(track, &plans, false);
    track_meta(track, meta, has_guide);
    track_finish(track->book);
    return track->book;
}
