/* The guide: whose workbook this is, how to use it, what is where. */
#include "stage/track_internal.h"

enum { GUIDE_LABEL = 30, GUIDE_TEXT = 78 };

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
    const char *what =
        strcmp(dot + 1, "name") == 0 ? track_word(track, WORD_NAME) : dot + 1;
    return arena_printf(track->arena, "%s · %s", who, what);
}

static void profile_lines(struct track *track) {
    const struct participant *participant = track->edition->participant;
    for (size_t i = 0; i < track->course->profile.count; i++) {
        if (track->placing)
            track->places.profile[i] =
                (struct place){track->sheet->index, track->row, 1, 1, true};
        track_text(track, track->row, 0, LOOK_LABEL,
                   profile_label(track, track->course->profile.at[i].name));
        if (!participant)
            track_blank(track, track->row, 1, LOOK_INPUT, "@");
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
        guide_line(track, track_word(track, WORD_TRACK_PARTICIPANT), track->edition->participant->id);
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
        if (plans->at[i].kind == PLAN_BLOCK && (logs ? block->column_count > 0 : block->scale != NULL))
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

static void sheet_list(struct track *track, const struct plans *plans) {
    guide_text(track, LOOK_HEADING, track_word(track, WORD_TRACK_SHEETS));
    for (size_t i = 0; i < plans->count; i++) {
        const struct sheet *sheet = plans->at[i].sheet;
        if (plans->at[i].kind == PLAN_GUIDE)
            continue;
        track_link(track, track->row, 0, sheet->name, sheet->index);
        track_text(track, track->row, 1, LOOK_TEXT, sheet->about ? sheet->about : "");
        track->row++;
    }
}

void track_guide(struct track *track, const struct plans *plans) {
    track_width(track, 0, GUIDE_LABEL);
    track_width(track, 1, GUIDE_TEXT);
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
    sheet_list(track, plans);
}
