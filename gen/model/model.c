#include "model/course.h"
#include "model/answers.h"
#include "model/result.h"
#include "model/role.h"

#include <stdlib.h>
#include <string.h>

static const char *const slot_type_names[] = {
    [SLOT_POINT] = "point",     [SLOT_CHOICE] = "choice", [SLOT_CHOICES] = "choices",
    [SLOT_CHECK] = "check",     [SLOT_PROSE] = "prose",   [SLOT_TEXT] = "text",
    [SLOT_DATE] = "date",       [SLOT_NUMBER] = "number", [SLOT_MONEY] = "money",
    [SLOT_PERCENT] = "percent", [SLOT_EMAIL] = "email",   [SLOT_REF] = "ref",
};

const char *slot_type_name(enum slot_type type) { return slot_type_names[type]; }

bool slot_type_parse(const char *word, enum slot_type *type) {
    for (size_t i = 0; i < sizeof slot_type_names / sizeof *slot_type_names; i++) {
        bool written = i != SLOT_POINT && i != SLOT_CHOICES && i != SLOT_PROSE;
        if (written && strcmp(word, slot_type_names[i]) == 0) {
            *type = (enum slot_type)i;
            return true;
        }
    }
    return false;
}

const struct attribute *attributes_find(const struct attributes *attributes, const char *key) {
    for (size_t i = 0; attributes && i < attributes->count; i++)
        if (strcmp(attributes->items[i].key, key) == 0)
            return &attributes->items[i];
    return NULL;
}

bool attributes_has_class(const struct attributes *attributes, const char *name) {
    for (size_t i = 0; attributes && i < attributes->class_count; i++)
        if (strcmp(attributes->classes[i], name) == 0)
            return true;
    return false;
}

const struct scale *course_find_scale(const struct course *course, const char *id) {
    for (size_t i = 0; i < course->scales.count; i++)
        if (strcmp(course->scales.at[i].id, id) == 0)
            return &course->scales.at[i];
    return NULL;
}

const struct score *course_find_score(const struct course *course, const char *id) {
    for (size_t i = 0; i < course->scores.count; i++)
        if (strcmp(course->scores.at[i].id, id) == 0)
            return &course->scores.at[i];
    return NULL;
}

const struct module *course_find_module(const struct course *course, const char *id) {
    for (size_t i = 0; i < course->modules.count; i++)
        if (strcmp(course->modules.at[i]->id, id) == 0)
            return course->modules.at[i];
    return NULL;
}

const struct block *course_find_block(const struct course *course, const char *id) {
    return map_find(&course->block_by_id, id);
}

const struct slot *course_find_slot(const struct course *course, const char *name) {
    return map_find(&course->slot_by_name, name);
}

int32_t course_find_respondent(const struct course *course, const char *id) {
    for (size_t i = 0; i < course->respondents.count; i++)
        if (strcmp(course->respondents.at[i].id, id) == 0)
            return (int32_t)i;
    return RESPONDENT_NONE;
}

int32_t course_find_profile(const struct course *course, const char *name) {
    for (size_t i = 0; i < course->profile.count; i++)
        if (strcmp(course->profile.at[i].name, name) == 0)
            return (int32_t)i;
    return -1;
}

uint32_t course_all_respondents(const struct course *course) {
    return (1u << course->respondents.count) - 1;
}

int32_t score_find_band(const struct score *score, double value) {
    for (size_t i = 0; i < score->band_count; i++)
        if (value <= score->bands[i].to)
            return (int32_t)i;
    return score->band_count ? (int32_t)score->band_count - 1 : -1;
}

date_t block_period_start(const struct block *block, int32_t index) {
    switch (block->every) {
    case EVERY_DAY:
        return block->from + index;
    case EVERY_WEEK:
        return block->from + 7 * index;
    case EVERY_MONTH:
        return date_add_months(block->from, index);
    case EVERY_QUARTER:
        return date_add_months(block->from, 3 * index);
    case EVERY_YEAR:
        return date_add_months(block->from, 12 * index);
    default:
        return block->from;
    }
}

/* Answers are sorted by slot, respondent, sitting, row: see answers.h. */
static int answer_order(const struct answer *answer, uint32_t slot, int32_t respondent,
                        int32_t sitting, int32_t row) {
    if (answer->slot->index != slot)
        return answer->slot->index < slot ? -1 : 1;
    if (answer->respondent != respondent)
        return answer->respondent < respondent ? -1 : 1;
    if (answer->sitting != sitting)
        return answer->sitting < sitting ? -1 : 1;
    return answer->row < row ? -1 : answer->row > row;
}

int answer_compare(const void *left, const void *right) {
    const struct answer *b = right;
    return answer_order(left, b->slot->index, b->respondent, b->sitting, b->row);
}

const struct answer *answers_find(const struct participant *participant, const struct slot *slot,
                                  int32_t respondent, int32_t sitting, int32_t row) {
    size_t low = 0, high = participant ? participant->answer_count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order =
            answer_order(&participant->answers[middle], slot->index, respondent, sitting, row);
        if (order == 0)
            return &participant->answers[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct result *results_find(const struct results *results, const struct score *score,
                                  int32_t dimension, int32_t respondent, int32_t sitting) {
    for (size_t i = 0; results && i < results->count; i++) {
        const struct result *result = &results->at[i];
        if (result->score == score && result->dimension == dimension &&
            result->respondent == respondent && result->sitting == sitting)
            return result;
    }
    return NULL;
}

const char *role_name(enum role role) {
    static const char *const names[] = {
#define ROLE(code, name) name,
#include "model/role.def"
#undef ROLE
    };
    return names[role];
}
