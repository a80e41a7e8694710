#include "calc/scope_find.h"

#include <stdio.h>
#include <string.h>

/* Answers are sorted by slot first: a slot's are one stretch. */
struct stretch {
    const struct answer *at, *end;
};

static struct stretch slot_answers(const struct participant *participant, const struct slot *slot) {
    size_t low = 0, high = participant->answer_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (participant->answers[middle].slot->index < slot->index)
            low = middle + 1;
        else
            high = middle;
    }
    struct stretch stretch = {participant->answers + low, participant->answers + low};
    const struct answer *end = participant->answers + participant->answer_count;
    while (stretch.end < end && stretch.end->slot == slot)
        stretch.end++;
    return stretch;
}

/* True if `answer` was given later than the best so far (or earlier, for `first`). On a tie the
 * respondent named first in the course stays. */
static bool beats(const struct answer *answer, const struct answer *best, bool first) {
    if (!best)
        return true;
    if (answer->sitting != best->sitting)
        return (answer->sitting > best->sitting) != first;
    if (answer->date != best->date)
        return answer->date > best->date;
    return answer->respondent < best->respondent;
}

static const struct answer *pick(const struct participant *participant, const struct slot *slot,
                                 const struct moment *moment, const struct answer *best) {
    struct stretch stretch = slot_answers(participant, slot);
    for (const struct answer *answer = stretch.at; answer < stretch.end; answer++) {
        if (value_is_missing(answer->value) || answer->row != moment->row ||
            (moment->respondent != RESPONDENT_NONE && answer->respondent != moment->respondent) ||
            answer->sitting < moment->from || answer->sitting > moment->to)
            continue;
        if (beats(answer, best, moment->first))
            best = answer;
    }
    return best;
}

/* Items of a rating are looked at together: those that a later sitting leaves out are missing, and
 * are not filled up from an earlier one or by somebody else. */
const struct answer *scope_find_moment(const struct scope *scope, const struct slot *slot,
                                       const struct moment *moment) {
    const struct answer *best = NULL;
    if (!slot->by_sitting || slot->rows)
        return pick(scope->participant, slot, moment, NULL);
    for (size_t i = 0; i < slot->block->slot_count; i++)
        best = pick(scope->participant, slot->block->slots[i], moment, best);
    return best;
}

bool scope_find_whose(const struct scope *scope, const struct slot *slot, int32_t respondent,
                      struct moment *moment) {
    if (!scope->participant)
        return false;
    moment->respondent = slot->rows ? RESPONDENT_NONE : respondent;
    if (slot->is_private) {
        moment->respondent = scope->respondent;
        return scope->respondent != RESPONDENT_NONE &&
               (respondent == RESPONDENT_NONE || respondent == scope->respondent);
    }
    /* What a pair shares has one answer, the latest, whoever reads it: two copies never disagree. */
    if (!slot->own && moment->respondent != RESPONDENT_NONE &&
        !scope_find_moment(scope, slot, moment))
        moment->respondent = RESPONDENT_NONE;
    return true;
}

struct value scope_value_at(const struct scope *scope, const struct slot *slot,
                            const struct moment *moment) {
    const struct answer *answer = scope_find_moment(scope, slot, moment);
    if (answer && slot->by_sitting && !slot->rows)
        answer = answers_find(scope->participant, slot, answer->respondent, answer->sitting,
                              moment->row);
    struct value value = answer ? answer->value : VALUE_NONE;
    return slot_value(slot->type, value);
}

struct value scope_answer(const struct scope *scope, const struct slot *slot, int32_t respondent,
                          int32_t sitting, int32_t row) {
    struct moment moment = {
        .from = 0, .to = INT32_MAX, .row = slot->rows || slot->repeat ? row : 0};
    if (sitting >= 0) {
        moment.from = slot->by_sitting ? sitting : 0;
        moment.to = sitting;
    }
    if (!scope_find_whose(scope, slot, respondent, &moment))
        return VALUE_NONE;
    return scope_value_at(scope, slot, &moment);
}

int32_t scope_log_rows(const struct scope *scope, const struct block *log) {
    for (size_t i = 0; scope->participant && i < scope->participant->log_count; i++)
        if (scope->participant->logs[i].log == log)
            return scope->participant->logs[i].rows;
    return 0;
}

struct value slot_value(enum slot_type type, struct value value) {
    if (value.kind == VALUE_NUMBER && type == SLOT_MONEY)
        value.unit = UNIT_MONEY;
    if (value.kind == VALUE_NUMBER && type == SLOT_PERCENT)
        value.unit = UNIT_PERCENT;
    return value;
}

/* --- sittings by name and date --- */

static int32_t find_sitting(const struct participant *participant, const char *id) {
    for (size_t i = 0; i < participant->sitting_count; i++)
        if (strcmp(participant->sittings[i].id, id) == 0)
            return (int32_t)i;
    return -1;
}

static int32_t find_sitting_on(const struct scope *scope, date_t date) {
    const struct course *course = scope->course;
    const struct participant *participant = scope->participant;
    for (size_t i = 0; i < course->sittings.count; i++)
        if (course->sittings.at[i].from <= date && date <= course->sittings.at[i].to)
            return find_sitting(participant, course->sittings.at[i].id);
    for (size_t i = 0; i < participant->sitting_count; i++)
        if (participant->sittings[i].date == date)
            return (int32_t)i;
    for (size_t i = 0; i < participant->answer_count; i++)
        if (participant->answers[i].date == date)
            return participant->answers[i].sitting;
    return -1;
}

int32_t scope_find_sitting(const struct scope *scope, const struct reference *reference) {
    if (!scope->participant)
        return -1;
    if (reference->sitting == SITTING_ON_DATE)
        return find_sitting_on(scope, reference->date);
    char number[16];
    snprintf(number, sizeof number, "%d", reference->sitting_index + 1);
    size_t index = (size_t)reference->sitting_index;
    return find_sitting(scope->participant, index < scope->course->sittings.count
                                                ? scope->course->sittings.at[index].id
                                                : number);
}
