/* Which sittings get a column: those reached, those of the course to come, and spare ones ahead. */
#include "stage/track_internal.h"

/* A rating has a year of months ahead of what is answered; a choice, which is read rather than
 * watched, a few. */
enum { SITTINGS_AHEAD = 12, CHOICES_LEAST = 6, CHOICES_AHEAD = 3, LEADING_COLS = 8 };

/* Columns that one sitting takes on the widest sheet: a respondent and ask each. */
static size_t columns_a_sitting(const struct course *course) {
    size_t most = 1;
    for (size_t i = 0; i < course->blocks.count; i++)
        most = course->blocks.at[i]->ask_count > most ? course->blocks.at[i]->ask_count : most;
    return most * (course->respondents.count ? course->respondents.count : 1);
}

static const char *title_of(const struct track *track, const struct sitting *sitting) {
    size_t rules = track->course->sittings.count;
    const char *title = sitting->title ? sitting->title : sitting->id;
    return rules ? title : track_phrase(track, WORD_TRACK_SITTING, sitting->id, NULL);
}

/* The course's sittings after the last one reached. */
static size_t first_rule_ahead(const struct track *track) {
    const struct course *course = track->course;
    const struct participant *participant = track->edition->participant;
    size_t ahead = 0;
    for (size_t i = 0; participant && i < participant->sitting_count; i++)
        for (size_t r = 0; r < course->sittings.count; r++)
            if (strcmp(course->sittings.at[r].id, participant->sittings[i].id) == 0 &&
                r + 1 > ahead)
                ahead = r + 1;
    return ahead;
}

void track_plan_sittings(struct track *track) {
    const struct course *course = track->course;
    const struct participant *participant = track->edition->participant;
    size_t reached = participant ? participant->sitting_count : 0;
    size_t rule = first_rule_ahead(track);
    size_t ahead = course->sittings.count - rule;
    size_t wanted = reached + (ahead > SITTINGS_AHEAD ? ahead : SITTINGS_AHEAD);
    size_t room =
        (SHEET_COLS - LEADING_COLS) / columns_a_sitting(course) - 1; /* one is the line's */
    size_t skipped = wanted > room ? wanted - room : 0; /* a sheet is full: the earliest give way */
    struct track_sitting *sittings = ARENA_ARRAY(track->arena, struct track_sitting, wanted);
    for (size_t i = skipped; i < wanted; i++) {
        struct track_sitting *sitting = &sittings[track->sitting_count++];
        sitting->index = i < reached ? (int32_t)i : -1;
        if (i < reached)
            sitting->title = title_of(track, &participant->sittings[i]);
        else if (rule < course->sittings.count)
            sitting->title = course->sittings.at[rule++].title;
        else
            sitting->title = track_phrase(track, WORD_TRACK_SITTING,
                                          arena_printf(track->arena, "%zu", i + 1), NULL);
    }
    track->sittings = sittings;
    int32_t choices = (int32_t)reached + CHOICES_AHEAD - (int32_t)skipped;
    choices = choices < CHOICES_LEAST ? CHOICES_LEAST : choices;
    track->choice_sittings = choices < track->sitting_count ? choices : track->sitting_count;
}
