/* References to values, for one participant. */
#include "calc/expr_node.h"
#include "calc/cohort.h"
#include "calc/format.h"
#include "calc/scope_find.h"
#include "calc/score.h"

#include <string.h>

/* --- answers --- */

/* The moment of a reference: false if there was no such sitting, or nothing may be seen. */
static bool find_moment(const struct scope *scope, const struct reference *reference,
                        const struct slot *slot, struct moment *moment) {
    int32_t respondent =
        reference->respondent != RESPONDENT_NONE ? reference->respondent : scope->respondent;
    *moment = (struct moment){.from = 0, .to = INT32_MAX};
    if (reference->sitting == SITTING_NAMED || reference->sitting == SITTING_ON_DATE) {
        int32_t sitting = scope_find_sitting(scope, reference);
        if (sitting < 0)
            return false;
        moment->from = slot->by_sitting ? sitting : 0;
        moment->to = sitting;
    }
    if (!scope_find_whose(scope, slot, respondent, moment))
        return false;
    moment->first = reference->sitting == SITTING_FIRST;
    if (reference->sitting != SITTING_PREVIOUS)
        return true;
    const struct answer *latest = scope_find_moment(scope, slot, moment);
    if (!latest)
        return false;
    if (slot->own)
        moment->respondent = latest->respondent;
    moment->to = latest->sitting - 1;
    return true;
}

static struct value slot_eval(const struct reference *reference, const struct slot *slot,
                              const struct scope *scope) {
    struct moment moment;
    return find_moment(scope, reference, slot, &moment) ? scope_value_at(scope, slot, &moment)
                                                        : VALUE_NONE;
}

static struct value slots_eval(const struct reference *reference, const struct scope *scope) {
    const struct block *block = reference->block;
    struct value *items = ARENA_ARRAY(scope->arena, struct value, block->slot_count);
    size_t count = 0;
    for (size_t i = 0; i < block->slot_count; i++)
        if (!reference->ask ||
            (block->slots[i]->ask && strcmp(block->slots[i]->ask, reference->ask) == 0))
            items[count++] = slot_eval(reference, block->slots[i], scope);
    return (struct value){.kind = VALUE_LIST, .items = items, .count = count};
}

static struct value cell_eval(const struct reference *reference, struct scope *scope, int32_t row) {
    if (row < 0)
        return VALUE_NONE;
    if (!reference->column->calc) {
        struct value value = reference->slot
                                 ? scope_answer(scope, reference->slot, RESPONDENT_NONE, -1, row)
                                 : VALUE_NONE;
        bool unticked = reference->column->type == SLOT_CHECK && value_is_missing(value);
        return unticked && scope->unticked_is_no ? value_bool(false) : value;
    }
    struct scope inside = *scope;
    inside.row = row;
    struct value value = expr_eval(reference->column->calc, &inside);
    return slot_value(reference->column->type, value);
}

static struct value column_eval(const struct reference *reference, struct scope *scope) {
    int32_t rows = scope_log_rows(scope, reference->block);
    struct value *items = ARENA_ARRAY(scope->arena, struct value, rows > 0 ? rows : 1);
    for (int32_t row = 0; row < rows; row++)
        items[row] = cell_eval(reference, scope, row);
    return (struct value){.kind = VALUE_LIST, .items = items, .count = (size_t)rows};
}

/* --- scores --- */

static bool is_of(const struct result *result, const struct reference *reference,
                  int32_t respondent) {
    return result->score == reference->score && result->dimension == reference->dimension &&
           (respondent == RESPONDENT_NONE || result->respondent == respondent);
}

/* Whose result is meant: named, the reader's, or of whoever has the latest. */
static int32_t result_respondent(const struct reference *reference, const struct scope *scope) {
    if (reference->respondent != RESPONDENT_NONE)
        return reference->respondent;
    const struct result *best = NULL;
    for (size_t i = 0; i < scope->results->count; i++) {
        const struct result *result = &scope->results->at[i];
        if (!is_of(result, reference, RESPONDENT_NONE))
            continue;
        if (result->respondent == scope->respondent)
            return scope->respondent;
        if (!best || result->sitting > best->sitting)
            best = result;
    }
    return best ? best->respondent : RESPONDENT_NONE;
}

/* The nearest result before `sitting` that has a value. */
static const struct result *result_before(const struct reference *reference,
                                          const struct scope *scope, int32_t respondent,
                                          int32_t sitting) {
    const struct result *best = NULL;
    for (size_t i = 0; i < scope->results->count; i++) {
        const struct result *result = &scope->results->at[i];
        if (is_of(result, reference, respondent) && !value_is_missing(result->value) &&
            result->sitting < sitting && (!best || result->sitting > best->sitting))
            best = result;
    }
    return best;
}

/* The result at a sitting (-1: any, the last), or the first that has a value. */
static const struct result *result_at(const struct reference *reference, const struct scope *scope,
                                      int32_t respondent, int32_t sitting, bool first) {
    const struct result *best = NULL;
    for (size_t i = 0; i < scope->results->count; i++) {
        const struct result *result = &scope->results->at[i];
        if (!is_of(result, reference, respondent) || (sitting >= 0 && result->sitting != sitting) ||
            (first && value_is_missing(result->value)))
            continue;
        if (!best || (result->sitting > best->sitting) != first)
            best = result;
    }
    return best;
}

static const struct result *find_result(const struct reference *reference,
                                        const struct scope *scope, int32_t respondent) {
    const struct result *latest;
    int32_t sitting;
    switch (reference->sitting) {
    case SITTING_NAMED:
    case SITTING_ON_DATE:
        sitting = scope_find_sitting(scope, reference);
        return sitting < 0 ? NULL : result_at(reference, scope, respondent, sitting, false);
    case SITTING_FIRST:
        return result_at(reference, scope, respondent, -1, true);
    case SITTING_PREVIOUS:
        latest = result_at(reference, scope, respondent, -1, false);
        return latest ? result_before(reference, scope, respondent, latest->sitting) : NULL;
    default:
        return result_at(reference, scope, respondent, -1, false);
    }
}

static struct value result_change(const struct reference *reference, const struct scope *scope,
                                  const struct result *result) {
    const struct result *before =
        result_before(reference, scope, result->respondent, result->sitting);
    if (!before || value_is_missing(result->value))
        return VALUE_NONE;
    struct value change = result->value;
    change.number =
        number_round(result->value.number - before->value.number, score_places(reference->score));
    return change;
}

static struct value score_eval(const struct reference *reference, const struct scope *scope) {
    if (!scope->results)
        return VALUE_NONE;
    int32_t respondent = result_respondent(reference, scope);
    if (respondent == RESPONDENT_NONE)
        return VALUE_NONE;
    const struct result *result = find_result(reference, scope, respondent);
    if (!result)
        return VALUE_NONE;
    switch (reference->property) {
    case PROPERTY_NAME:
        return result->band < 0 ? VALUE_NONE
                                : value_text(reference->score->bands[result->band].name);
    case PROPERTY_ANSWERED:
        return value_number(result->answered);
    case PROPERTY_MISSING:
        return value_number(result->total - result->answered);
    case PROPERTY_CHANGE:
        return result_change(reference, scope, result);
    case PROPERTY_SITTING:
        return value_text(scope->participant->sittings[result->sitting].title);
    case PROPERTY_DAY:
        return value_date(scope->participant->sittings[result->sitting].date);
    default:
        return result->value;
    }
}

/* --- the rest --- */

static struct value course_eval(const struct reference *reference, const struct course *course) {
    if (!value_is_missing(reference->constant))
        return reference->constant;
    return course->as_of == DATE_NONE ? VALUE_NONE : value_date(course->as_of);
}

struct value calc_eval(const struct block *calc, struct scope *scope) {
    if (!calc->expr)
        return VALUE_NONE;
    struct scope outside = *scope;
    outside.row = -1;
    struct value value = expr_eval(calc->expr, &outside);
    if (value.kind == VALUE_NUMBER && calc->format_given)
        value.unit = calc->format;
    return value;
}

/* The last day of a period is the one before the next one's first. */
static struct value period_eval(const struct reference *reference, const struct scope *scope) {
    if (!scope->repeat)
        return VALUE_NONE;
    switch (reference->period) {
    case PERIOD_FROM:
        return value_date(block_period_start(scope->repeat, scope->period));
    case PERIOD_TO:
        return value_date(block_period_start(scope->repeat, scope->period + 1) - 1);
    default:
        return value_number(scope->period + 1);
    }
}

static struct value cohort_eval(const struct reference *reference, const struct scope *scope) {
    const struct cohort *cohort = scope->cohort;
    const char *const *words = scope->course->words;
    if (!cohort)
        return VALUE_NONE;
    switch (reference->cohort) {
    case COHORT_NAME:
        return value_text(cohort->group < 0 ? word_text(words, WORD_COHORT_EVERYBODY)
                                            : cohort->name);
    case COHORT_COUNT:
        return value_number((double)cohort->count);
    default:
        return cohort_may_tell_answered(cohort, scope->anonymous)
                   ? value_number(cohort_answered(cohort))
                   : value_text(word_text(words, WORD_COHORT_NOT_SHOWN));
    }
}

struct value reference_eval(const struct reference *reference, struct scope *scope) {
    switch (reference->kind) {
    case REFERENCE_PROFILE:
        return scope->participant && scope->participant->profile
                   ? slot_value(scope->course->profile.at[reference->profile].type,
                                scope->participant->profile[reference->profile])
                   : VALUE_NONE;
    case REFERENCE_COURSE:
        return course_eval(reference, scope->course);
    case REFERENCE_SLOT:
        return slot_eval(reference, reference->slot, scope);
    case REFERENCE_SLOTS:
        return slots_eval(reference, scope);
    case REFERENCE_COLUMN:
        return column_eval(reference, scope);
    case REFERENCE_OWN_ROW:
        return cell_eval(reference, scope, scope->row);
    case REFERENCE_CALC:
        return calc_eval(reference->block, scope);
    case REFERENCE_PERIOD:
        return period_eval(reference, scope);
    case REFERENCE_COHORT:
        return cohort_eval(reference, scope);
    default:
        return score_eval(reference, scope);
    }
}
