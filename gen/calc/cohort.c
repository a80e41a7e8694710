/* Participants to compact rows, and looking things up in them. */
#include "calc/cohort.h"

#include "calc/score.h"

#include <stdlib.h>

struct cohorts *cohorts_new(struct arena *run, const struct course *course) {
    struct cohorts *cohorts = ARENA_NEW(run, struct cohorts);
    cohorts->course = course;
    cohorts->arena = run;
    size_t keys = 0;
    for (size_t i = 0; i < course->scores.count; i++)
        keys += 1 + course->scores.at[i].dimension_count;
    cohorts->keys = ARENA_ARRAY(run, struct cohort_key, keys);
    for (size_t i = 0; i < course->scores.count; i++) {
        const struct score *score = &course->scores.at[i];
        int32_t dimensions = score->by_dimension ? (int32_t)score->dimension_count : 0;
        for (int32_t d = -1; d < dimensions; d++)
            cohorts->keys[cohorts->key_count++] = (struct cohort_key){score, d};
    }
    cohorts->slots = ARENA_ARRAY(run, const struct slot *, course->slots.count);
    cohorts->places = ARENA_ARRAY(run, int32_t, course->slots.count);
    for (size_t i = 0; i < course->slots.count; i++) {
        const struct slot *slot = course->slots.at[i];
        bool kept = slot->type == SLOT_POINT && slot->scale && !slot->rows && !slot->repeat &&
                    !slot->is_private;
        cohorts->places[slot->index] = kept ? (int32_t)cohorts->slot_count : -1;
        if (kept)
            cohorts->slots[cohorts->slot_count++] = slot;
    }
    return cohorts;
}

static size_t seat(const struct cohorts *cohorts, int32_t sitting, int32_t respondent) {
    return (size_t)sitting * cohorts->course->respondents.count + (size_t)respondent;
}

static void keep_dates(const struct cohorts *cohorts, struct member *member,
                       const struct participant *participant) {
    size_t respondents = cohorts->course->respondents.count;
    for (size_t i = 0; i < participant->sitting_count * respondents; i++)
        member->dates[i] = DATE_NONE;
    for (size_t i = 0; i < participant->answer_count; i++) {
        const struct answer *answer = &participant->answers[i];
        date_t *date = &member->dates[seat(cohorts, answer->sitting, answer->respondent)];
        if (*date == DATE_NONE || answer->date > *date)
            *date = answer->date;
    }
    for (size_t s = 0; s < participant->sitting_count; s++)
        for (size_t r = 0; r < respondents; r++) {
            date_t *date = &member->dates[seat(cohorts, (int32_t)s, (int32_t)r)];
            if (*date == DATE_NONE && participant->sittings[s].answered >> r & 1)
                *date = participant->sittings[s].date; /* a file that says nothing */
        }
}

static void keep_results(const struct cohorts *cohorts, struct member *member,
                         const struct results *results) {
    for (size_t i = 0; i < results->count; i++) {
        const struct result *result = &results->at[i];
        int32_t key = cohort_key_find(cohorts, result->score, result->dimension);
        if (key < 0)
            continue;
        size_t at = seat(cohorts, result->sitting, result->respondent) * cohorts->key_count;
        member->results[at + (size_t)key] = (struct member_result){
            .value = (float)result->value.number,
            .answered = (int16_t)(result->answered < INT16_MAX ? result->answered : INT16_MAX),
            .band = (int8_t)result->band,
            .known = !value_is_missing(result->value)};
    }
}

static void keep_points(const struct cohorts *cohorts, struct member *member,
                        const struct participant *participant) {
    size_t seats = participant->sitting_count * cohorts->course->respondents.count;
    memset(member->points, POINT_NONE, seats * cohorts->slot_count);
    for (size_t i = 0; i < participant->answer_count; i++) {
        const struct answer *answer = &participant->answers[i];
        int32_t place = cohorts->places[answer->slot->index];
        if (place >= 0 && answer->value.kind == VALUE_NUMBER)
            member
                ->points[seat(cohorts, answer->sitting, answer->respondent) * cohorts->slot_count +
                         (size_t)place] = (int8_t)answer->value.number;
    }
}

/* "Amara Okafor, Henrik Lind": the fields of the profile that are names, in its order. */
static const char *names_of(struct arena *arena, const struct course *course,
                            const struct participant *participant) {
    const char *names = NULL;
    for (size_t i = 0; i < course->profile.count; i++) {
        const char *field = course->profile.at[i].name, *dot = strrchr(field, '.');
        if (strcmp(dot ? dot + 1 : field, "name") == 0 &&
            participant->profile[i].kind == VALUE_TEXT)
            names = names ? arena_printf(arena, "%s, %s", names, participant->profile[i].text)
                          : arena_strdup(arena, participant->profile[i].text);
    }
    return names;
}

/* One text a cohort, however many are in it. */
static const char *intern(struct cohorts *cohorts, const char *name) {
    for (size_t i = 0; name && i < cohorts->names.count; i++)
        if (strcmp(cohorts->names.at[i], name) == 0)
            return cohorts->names.at[i];
    if (!name)
        return NULL;
    name = arena_strdup(cohorts->arena, name);
    VEC_PUSH(cohorts->arena, &cohorts->names, name);
    return name;
}

void cohorts_add(struct cohorts *cohorts, const struct participant *participant,
                 const struct results *results, const char *answers_id) {
    struct arena *arena = cohorts->arena;
    struct member *member = VEC_ADD(arena, &cohorts->members);
    size_t seats = participant->sitting_count * cohorts->course->respondents.count;
    *member = (struct member){
        .id = arena_strdup(arena, participant->id),
        .name = names_of(arena, cohorts->course, participant),
        .cohort = intern(cohorts, participant->cohort),
        .sitting_count = (int32_t)participant->sitting_count,
        .dates = ARENA_ARRAY(arena, date_t, seats),
        .results = ARENA_ARRAY(arena, struct member_result, seats * cohorts->key_count),
        .points = ARENA_ARRAY(arena, int8_t, seats * cohorts->slot_count + 1),
        .answers_id = arena_strdup(arena, answers_id),
    };
    keep_dates(cohorts, member, participant);
    keep_results(cohorts, member, results);
    keep_points(cohorts, member, participant);
    if (member->sitting_count > cohorts->sitting_count)
        cohorts->sitting_count = member->sitting_count;
}

static int by_bytes(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

void cohorts_finish(struct cohorts *cohorts) {
    if (cohorts->names.count)
        qsort(cohorts->names.at, cohorts->names.count, sizeof *cohorts->names.at, by_bytes);
    for (size_t i = 0; i < cohorts->members.count; i++) {
        struct member *member = &cohorts->members.at[i];
        member->group = (int32_t)cohorts->names.count;
        for (size_t g = 0; g < cohorts->names.count; g++)
            if (member->cohort == cohorts->names.at[g])
                member->group = (int32_t)g;
    }
}

struct cohort cohort_of(const struct cohorts *cohorts, int32_t group) {
    struct cohort cohort = {.of = cohorts, .group = group};
    cohort.name = group < 0 ? "all" : cohorts->names.at[group];
    for (size_t i = 0; i < cohorts->members.count; i++)
        cohort.count += cohort_holds(&cohort, &cohorts->members.at[i]);
    return cohort;
}

int32_t cohort_key_find(const struct cohorts *cohorts, const struct score *score,
                        int32_t dimension) {
    for (size_t i = 0; i < cohorts->key_count; i++)
        if (cohorts->keys[i].score == score && cohorts->keys[i].dimension == dimension)
            return (int32_t)i;
    return -1;
}

const struct member_result *member_result(const struct cohorts *cohorts,
                                          const struct member *member, int32_t key,
                                          int32_t respondent, int32_t sitting) {
    if (key < 0 || sitting < 0 || sitting >= member->sitting_count)
        return NULL;
    const struct member_result *result =
        &member->results[seat(cohorts, sitting, respondent) * cohorts->key_count + (size_t)key];
    return result->known ? result : NULL;
}

int32_t member_point(const struct cohorts *cohorts, const struct member *member,
                     const struct slot *slot, int32_t respondent, int32_t sitting) {
    int32_t place = cohorts->places[slot->index];
    if (place < 0 || sitting < 0 || sitting >= member->sitting_count)
        return POINT_NONE;
    return member->points[seat(cohorts, sitting, respondent) * cohorts->slot_count + (size_t)place];
}

date_t member_date(const struct cohorts *cohorts, const struct member *member, int32_t respondent,
                   int32_t sitting) {
    return sitting < 0 || sitting >= member->sitting_count
               ? DATE_NONE
               : member->dates[seat(cohorts, sitting, respondent)];
}

const char *cohort_sitting_title(struct arena *arena, const struct course *course,
                                 int32_t sitting) {
    return (size_t)sitting < course->sittings.count ? course->sittings.at[sitting].title
                                                    : arena_printf(arena, "%d", sitting + 1);
}

static bool is_there(const struct cohorts *cohorts, const struct member *member, int32_t sitting) {
    for (size_t r = 0; r < cohorts->course->respondents.count; r++)
        if (member_date(cohorts, member, (int32_t)r, sitting) != DATE_NONE)
            return true;
    return false;
}

/* Those of a group, or of everybody (-1), who have a file of a sitting. */
static int32_t count_there(const struct cohorts *cohorts, int32_t group, int32_t sitting) {
    int32_t count = 0;
    for (size_t i = 0; i < cohorts->members.count; i++) {
        const struct member *member = &cohorts->members.at[i];
        count += (group < 0 || member->group == group) && is_there(cohorts, member, sitting);
    }
    return count;
}

int32_t cohort_answered(const struct cohort *cohort) {
    for (int32_t sitting = cohort->of->sitting_count - 1; sitting >= 0; sitting--) {
        int32_t count = count_there(cohort->of, cohort->group, sitting);
        if (count)
            return count;
    }
    return 0;
}

bool cohort_may_tell_answered(const struct cohort *cohort, bool strict) {
    const struct cohorts *cohorts = cohort->of;
    int32_t groups = (int32_t)cohorts->names.count + 1;
    for (int32_t g = 0; strict && g < groups; g++) {
        if (cohort->group >= 0 && cohort->group != g)
            continue;
        struct cohort part = {.of = cohorts, .group = g};
        for (size_t i = 0; i < cohorts->members.count; i++)
            part.count += cohorts->members.at[i].group == g;
        int32_t answered = cohort_answered(&part);
        if (!withhold_is_enough(answered) || !withhold_is_enough((int64_t)part.count - answered))
            return false;
    }
    return true;
}
