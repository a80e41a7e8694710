/* The guide: whose workbook this is, how to use it, what is where. */
#include "stage/track_internal.h"

#include "calc/format.h"

enum { GUIDE_LABEL = 34, GUIDE_TEXT = 86, ABOUT_LIMIT = 90 };

static void guide_text(struct track *track, enum cell_look look, const char *text) {
    track_text(track, track->row, 0, look, text);
    track_merge(track, (struct area){track->row, 0, track->row, 1});
    track->row++;
}

static void guide_line(struct track *track, const char *label, const char *value) {
    track_text(track, track->row, 0, LOOK_LABEL, label);
    track_text(track, track->row, 1, LOOK_VALUE_LEFT, value);
    track->row++;
}

/* "assistant.name" as "Assistant name"; with the respondent's label where it is one. */
static const char *profile_label(const struct track *track, const char *name) {
    const char *dot = strchr(name, '.');
    if (!dot)
        return track_dimension(track, name);
    const char *id = arena_strndup(track->arena, name, (size_t)(dot - name));
    int32_t respondent = course_find_respondent(track->course, id);
    const char *who = respondent == RESPONDENT_NONE
                          ? track_dimension(track, id)
                          : track->course->respondents.at[respondent].label;
    const char *what = strcmp(dot + 1, "name") == 0 ? track_word(track, WORD_NAME) : dot + 1;
    return arena_printf(track->arena, "%s · %s", who, what);
}

static void profile_lines(struct track *track) {
    const struct participant *participant = track->edition->participant;
    for (size_t i = 0; i < track->course->profile.count; i++) {
        if (track->placing)
            track->places.profile[i] = (struct place){track->sheet->index, track->row, 1, 1, true};
        track_text(track, track->row, 0, LOOK_LABEL,
                   profile_label(track, track->course->profile.at[i].name));
        if (!participant)
            track_blank(track, track->row, 1, LOOK_INPUT_LINE, "@");
        else
            track_static(track, track->row, 1, LOOK_VALUE_LEFT, NULL,
                         participant->profile ? participant->profile[i] : VALUE_NONE);
        track->row++;
    }
}

static void about(struct track *track) {
    const struct course *course = track->course;
    guide_text(track, LOOK_HEADING, track_word(track, WORD_TRACK_ABOUT));
    guide_line(track, track_word(track, WORD_TRACK_COURSE), course->title);
    if (course->publisher)
        guide_line(track, "", course->publisher);
    if (track->edition->participant)
        guide_line(track, track_word(track, WORD_TRACK_PARTICIPANT),
                   track->edition->participant->id);
    profile_lines(track);
    if (track->placing)
        track->places.as_of = (struct place){track->sheet->index, track->row, 1, 1, true};
    track_text(track, track->row, 0, LOOK_LABEL, track_word(track, WORD_TRACK_TODAY));
    track_formula(track, track->row, 1, LOOK_VALUE_LEFT, track_date_format(track), "TODAY()",
                  value_date(track->book->as_of));
    track->row += 2;
}

static bool has_kind(const struct plans *plans, bool logs) {
    for (size_t i = 0; i < plans->count; i++) {
        const struct block *block = plans->at[i].block;
        if (plans->at[i].kind == PLAN_BLOCK &&
            (logs ? block->column_count > 0 : block->scale != NULL))
            return true;
    }
    return false;
}

static bool has_private(const struct track *track) {
    for (size_t i = 0; i < track->course->slots.count; i++)
        if (track->course->slots.at[i]->is_private)
            return true;
    return false;
}

/* Adds one more of a list; false once the line is long enough. */
static bool add_part(struct buf *out, const char *part) {
    if (out->len + strlen(part) > ABOUT_LIMIT) {
        buf_puts(out, out->len ? " …" : "");
        return false;
    }
    buf_printf(out, "%s%s", out->len ? " · " : "", part);
    return true;
}

static bool add_blocks(const struct track *track, const struct node *node, struct buf *out) {
    for (const struct node *child = node->first; child; child = child->next) {
        const struct block *block = child->block;
        if (block && !edition_shows(track->edition, block))
            continue;
        bool names = block && block->slot_count && block->label;
        if (names ? !add_part(out, block->title ? block->title : block->label)
                  : !add_blocks(track, child, out))
            return false;
    }
    return true;
}

static void add_block_parts(const struct track *track, const struct block *block, struct buf *out) {
    bool more = true;
    for (size_t i = 0; i < block->column_count && more; i++)
        more = add_part(out, block->columns[i].label);
    for (size_t i = 0; block->scale && i < block->scale->count && more; i++)
        more = add_part(out, block->scale->points[i]);
    for (size_t i = 0; !block->scale && i < block->item_count && more; i++)
        more = add_part(out, block->items[i].label);
    if (!out->len)
        add_blocks(track, block->node, out);
}

const char *track_about(const struct track *track, const struct plan *plan) {
    struct buf out;
    bool more = true;
    buf_init(&out, track->arena);
    if (plan->kind == PLAN_BLOCK)
        add_block_parts(track, plan->block, &out);
    for (size_t i = 0; plan->kind == PLAN_SCORE && i < plan->score->band_count && more; i++)
        more = add_part(&out, plan->score->bands[i].name);
    bool dimensions = plan->kind == PLAN_SCORE && !plan->score->band_count;
    for (size_t i = 0; dimensions && i < plan->score->dimension_count && more; i++)
        more = add_part(&out, track_dimension(track, plan->score->dimensions[i]));
    return out.data;
}

/* --- what to do when */

static void when_line(struct track *track, const char *when, const struct plan *plan) {
    track_text(track, track->row, 0, LOOK_LABEL, when);
    track_link(track, track->row, 1, plan->sheet->name, plan->sheet->index);
    track->row++;
}

/* "Start: 1 Sep 2026 – 30 Sep 2026 · Middle: …", of sittings that have dates; "" without. */
static const char *sitting_dates(const struct track *track) {
    const struct course *course = track->course;
    struct buf out;
    buf_init(&out, track->arena);
    for (size_t i = 0; i < course->sittings.count; i++) {
        const struct sitting_rule *rule = &course->sittings.at[i];
        buf_printf(&out, "%s%s: %s – %s", i ? " · " : "", rule->title,
                   date_format_short(track->arena, course, rule->from),
                   date_format_short(track->arena, course, rule->to));
    }
    return out.data;
}

/* Dated logs by how often, ratings, other logs. */
enum occasion { OCCASION_SITTING = EVERY_YEAR + 1, OCCASION_ANY, OCCASION_COUNT };

static int occasion_of(const struct block *block) {
    if (block->column_count)
        return block->every ? (int)block->every : OCCASION_ANY;
    return block->scale ? OCCASION_SITTING : EVERY_NONE;
}

/* True if the sheet's block or one inside it wants something on this occasion. */
static bool has_occasion(const struct track *track, const struct plan *plan, int occasion) {
    for (size_t i = 0; plan->kind == PLAN_BLOCK && i < track->course->blocks.count; i++) {
        const struct block *block = track->course->blocks.at[i];
        if (occasion_of(block) != occasion || !edition_shows(track->edition, block))
            continue;
        for (const struct block *outer = block; outer; outer = outer->parent)
            if (outer == plan->block)
                return true;
    }
    return false;
}

static void when_lines(struct track *track, const struct plans *plans) {
    static const enum word words[OCCASION_COUNT] = {
        [EVERY_DAY] = WORD_TRACK_EVERY_DAY,     [EVERY_WEEK] = WORD_TRACK_EVERY_WEEK,
        [EVERY_MONTH] = WORD_TRACK_EVERY_MONTH, [EVERY_QUARTER] = WORD_TRACK_EVERY_QUARTER,
        [EVERY_YEAR] = WORD_TRACK_EVERY_YEAR,   [OCCASION_SITTING] = WORD_TRACK_AT_SITTINGS,
        [OCCASION_ANY] = WORD_TRACK_AS_IT_COMES};
    guide_text(track, LOOK_HEADING, track_word(track, WORD_TRACK_WHEN));
    for (int occasion = EVERY_DAY; occasion < OCCASION_COUNT; occasion++) {
        const char *when = track_word(track, words[occasion]);
        for (size_t i = 0; i < plans->count; i++) {
            if (!has_occasion(track, &plans->at[i], occasion))
                continue;
            const char *dates = occasion == OCCASION_SITTING ? sitting_dates(track) : "";
            if (*dates && *when)
                guide_line(track, when, dates);
            when_line(track, *dates ? "" : when, &plans->at[i]);
            when = ""; /* once is enough */
        }
    }
    track->row++;
}

/* --- what the cells' colours mean: a sample each */

static void legend(struct track *track) {
    guide_text(track, LOOK_HEADING, track_word(track, WORD_TRACK_LEGEND));
    int32_t row = track->row;
    track_text(track, row, 0, LOOK_SAMPLE, "");
    track_text(track, row, 1, LOOK_TEXT, track_word(track, WORD_TRACK_LEGEND_INPUT));
    track_text(track, row + 1, 0, LOOK_RESULT, "");
    track_text(track, row + 1, 1, LOOK_TEXT, track_word(track, WORD_TRACK_LEGEND_RESULT));
    track_text(track, row + 2, 0, LOOK_VALUE, "");
    track_paint_if(track, area_cell(row + 2, 0), PAINT_FORMULA, "TRUE");
    track_text(track, row + 2, 1, LOOK_TEXT, track_word(track, WORD_TRACK_LEGEND_NOW));
    track_text(track, row + 3, 0, LOOK_VALUE, "");
    track_paint_if(track, area_cell(row + 3, 0), PAINT_ALARM, "TRUE");
    track_text(track, row + 3, 1, LOOK_TEXT, track_word(track, WORD_TRACK_LEGEND_ALARM));
    track->row += 5;
}

static void sheet_list(struct track *track, const struct plans *plans) {
    guide_text(track, LOOK_HEADING, track_word(track, WORD_TRACK_SHEETS));
    for (size_t i = 0; i < plans->count; i++) {
        const struct sheet *sheet = plans->at[i].sheet;
        if (plans->at[i].kind == PLAN_GUIDE)
            continue;
        track_link(track, track->row, 0, sheet->name, sheet->index);
        track_text(track, track->row, 1, LOOK_NOTE, sheet->about ? sheet->about : "");
        track->row++;
    }
}

void track_guide(struct track *track, const struct plans *plans) {
    track_width(track, 0, GUIDE_LABEL);
    track_width(track, 1, GUIDE_TEXT);
    track->sheet->logo = true;
    track->sheet->logo_col = 1;
    guide_text(track, LOOK_LEAD, track_word(track, WORD_TRACK_INTRO));
    if (has_kind(plans, false))
        guide_text(track, LOOK_TEXT, track_word(track, WORD_TRACK_SITTINGS));
    if (has_kind(plans, true))
        guide_text(track, LOOK_TEXT, track_word(track, WORD_TRACK_LOGS));
    guide_text(track, LOOK_TEXT, track_word(track, WORD_TRACK_PROTECTED));
    if (has_private(track) && track->edition->respondent == RESPONDENT_NONE)
        guide_text(track, LOOK_TEXT, track_word(track, WORD_TRACK_PRIVATE));
    track->row++;
    about(track);
    when_lines(track, plans);
    sheet_list(track, plans);
    track->row++;
    legend(track);
}
