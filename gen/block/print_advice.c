/* .advice: in a filled edition what is said about the widest gaps or the lowest answers; blank: all
 * of it, each under the item that it is about. */
#include "block/gap.h"
#include "block/print_parts.h"
#include "calc/score.h"

#include <stdlib.h>

static const struct node *advice_for(const struct block *block, size_t item) {
    for (size_t i = 0; i < block->advice_count; i++)
        if (block->advices[i].item == item)
            return block->advices[i].node;
    return NULL;
}

static void add_advice(struct print *print, struct flow *into, const struct block *block,
                       size_t item) {
    const struct node *node = advice_for(block, item);
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    stack->at = node->at;
    stack->keep_together = true;
    flow_add(stack, print_label(print, block->rating->items[item].label));
    print_nodes(print, stack, node->first, NULL, STYLE_BODY);
    flow_add(into, stack);
}

struct low_row {
    size_t item;
    double value;
};

/* Lowest first; equal ones in the rating's order. */
static int by_value(const void *left, const void *right) {
    const struct low_row *a = left, *b = right;
    if (a->value != b->value)
        return a->value < b->value ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* The rating's items of which there is advice and an answer below the scale's best, as scored. */
static struct low_row *low_rows(struct print *print, const struct block *block, int32_t respondent,
                                size_t *count) {
    const struct block *rating = block->rating;
    struct low_row *rows = ARENA_ARRAY(print->arena, struct low_row, rating->item_count);
    double best = rating->scale->from + (double)rating->scale->count - 1;
    *count = 0;
    for (size_t i = 0; i < rating->slot_count; i++) {
        const struct slot *slot = rating->slots[i];
        size_t item = (size_t)(slot->item - rating->items);
        bool meant = !block->ask || (slot->ask && strcmp(slot->ask, block->ask) == 0);
        if (!meant || !advice_for(block, item))
            continue;
        struct value value = score_item(slot, print_answer(print, slot, respondent, 0));
        if (value.kind == VALUE_NUMBER && value.number < best)
            rows[(*count)++] = (struct low_row){item, value.number};
    }
    if (*count)
        qsort(rows, *count, sizeof *rows, by_value);
    return rows;
}

/* Items to speak of, best first; false if nothing is known yet. */
static bool chosen_items(struct print *print, const struct block *block, int32_t respondent,
                         size_t *items, size_t *count) {
    size_t known;
    *count = 0;
    if (!block->by_gap) {
        const struct low_row *rows = low_rows(print, block, respondent, &known);
        for (size_t i = 0; i < known && *count < (size_t)block->top; i++)
            items[(*count)++] = rows[i].item;
        return known > 0 || print->edition->participant;
    }
    struct gap_sides sides = gap_sides_of(print->course, block, respondent);
    const struct known_gap *rows = gap_rows(print, block, &sides, &known);
    for (size_t i = 0; i < known && *count < (size_t)block->top; i++)
        if (rows[i].gap > 0 && advice_for(block, rows[i].item))
            items[(*count)++] = rows[i].item;
    return known > 0 || print->edition->participant;
}

struct flow *print_advice(struct print *print, const struct block *block) {
    if (!block->rating || block->advice_count == 0)
        return NULL;
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    block_prompt(print, stack, block);
    size_t *items = ARENA_ARRAY(print->arena, size_t, block->rating->item_count), said = 0, count;
    struct voices voices = print_voices(print, block->rating);
    if (block->by_gap && !block->between_asks[0]) /* a gap is both respondents' own */
        voices = (struct voices){.count = 1, .at = {RESPONDENT_NONE}};
    if (!print->edition->participant)
        voices.count = 1;
    for (size_t v = 0; v < voices.count; v++) {
        if (!chosen_items(print, block, voices.at[v], items, &count)) {
            for (count = 0; count < block->advice_count; count++)
                items[count] = block->advices[count].item;
        } else if (count && voices.named) {
            flow_add(stack, print_label(print, voice_label(print, voices.at[v])));
        }
        for (size_t i = 0; i < count; i++)
            add_advice(print, stack, block, items[i]);
        said += count;
    }
    block_note(print, stack, block);
    return said ? stack : NULL; /* nothing to advise: nor is it announced */
}
