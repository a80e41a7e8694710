#include "calc/long_form.h"

#include "calc/score.h"

#include <string.h>

bool long_form_has(const struct slot *slot, bool texts) {
    switch (slot->type) {
    case SLOT_PROSE:
    case SLOT_TEXT:
    case SLOT_EMAIL:
    case SLOT_REF: /* the words of another log's row */
        return texts && !slot->is_private;
    default:
        return !slot->is_private;
    }
}

static const struct option *find_option(const struct slot *slot, const char *id) {
    for (size_t i = 0; id && i < slot->option_count; i++)
        if (strcmp(slot->options[i].id, id) == 0)
            return &slot->options[i];
    return NULL;
}

static void put_option(struct long_row *row, const struct slot *slot, struct value value) {
    const struct option *option = find_option(slot, value.text);
    row->value = value_text(value.text ? value.text : "");
    row->label = option ? option->label : NULL;
}

static const char *point_label(const struct slot *slot, double number) {
    double place = slot->scale ? number - slot->scale->from : -1;
    return place >= 0 && place < (double)slot->scale->count ? slot->scale->points[(size_t)place]
                                                            : NULL;
}

static struct long_row row_of(struct arena *arena, const struct course *course,
                              const struct participant *participant, const struct answer *answer) {
    const struct slot *slot = answer->slot;
    char *date = arena_alloc(arena, 16);
    date_format_iso(answer->date, date);
    return (struct long_row){
        .participant = participant->id,
        .cohort = participant->cohort,
        .respondent = course->respondents.at[answer->respondent].id,
        .sitting = participant->sittings[answer->sitting].id,
        .date = date,
        .question = slot->block->id,
        .item = slot->item     ? slot->item->id
                : slot->column ? slot->column->id
                               : NULL,
        .ask = slot->ask,
        .row = slot->rows || slot->repeat ? answer->row + 1 : 0,
        .value = answer->value,
        .scored = VALUE_NONE,
    };
}

void long_form(struct arena *arena, const struct course *course,
               const struct participant *participant, bool texts,
               void (*put)(void *context, const struct long_row *row), void *context) {
    for (size_t i = 0; i < participant->answer_count; i++) {
        const struct answer *answer = &participant->answers[i];
        const struct slot *slot = answer->slot;
        if (!long_form_has(slot, texts))
            continue;
        struct long_row row = row_of(arena, course, participant, answer);
        if (slot->type == SLOT_CHOICES) {
            for (size_t k = 0; k < answer->value.count; k++) {
                put_option(&row, slot, answer->value.items[k]);
                row.item = row.item ? row.item : row.value.text;
                put(context, &row);
                row.item = slot->column ? slot->column->id : NULL;
            }
            continue;
        }
        if (slot->type == SLOT_CHOICE)
            put_option(&row, slot, answer->value);
        if (slot->type == SLOT_POINT && answer->value.kind == VALUE_NUMBER) {
            row.label = point_label(slot, answer->value.number);
            row.scored = score_item(slot, answer->value);
        }
        put(context, &row);
    }
}
