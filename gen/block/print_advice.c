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

/* An item to speak of: `weight` sorts, the most pressing first; `whose` are those whose answers say
 * so most plainly. */
struct need {
    size_t item;
    double weight;
    uint32_t whose;
};

/* Most pressing first; equal ones in the rating's order. */
static int by_weight(const void *left, const void *right) {
    const struct need *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* "Honesty", and where several answered, "Honesty · Assistant". */
static const char *need_label(struct print *print, const struct block *block,
                              const struct need *need) {
    const char *label = block->rating->items[need->item].label;
    for (size_t r = 0, said = 0; r < print->course->respondents.count; r++)
        if (need->whose & (1u << r))
            label = arena_printf(print->arena, "%s%s%s", label, said++ ? ", " : " · ",
                                 print->course->respondents.at[r].label);
    return label;
}

static void add_advice(struct print *print, struct flow *into, const struct block *block,
                       const struct need *need) {
    const struct node *node = advice_for(block, need->item);
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    stack->at = node->at;
    stack->keep_together = true;
    flow_add(stack, print_label(print, need_label(print, block, need)));
    print_nodes(print, stack, node->first, NULL, STYLE_BODY);
    flow_add(into, stack);
}

/* One answer's need among those of its item: the greatest counts. */
static void add_need(struct need *needs, size_t item, double weight, uint32_t whose) {
    struct need *need = &needs[item];
    if (weight < need->weight)
        return;
    need->whose = weight > need->weight ? whose : need->whose | whose;
    need->weight = weight;
}

/* Answers below the scale's best, as scored; true if there is any answer. */
static bool add_low(struct print *print, const struct block *block, int32_t respondent,
                    uint32_t whose, struct need *needs) {
    const struct block *rating = block->rating;
    double best = rating->scale->from + (double)rating->scale->count - 1;
    bool known = false;
    for (size_t i = 0; i < rating->slot_count; i++) {
        const struct slot *slot = rating->slots[i];
        if (block->ask && (!slot->ask || strcmp(slot->ask, block->ask) != 0))
            continue;
        struct value value = score_item(slot, print_answer(print, slot, respondent, 0));
        known = known || value.kind == VALUE_NUMBER;
        if (value.kind == VALUE_NUMBER && value.number < best)
            add_need(needs, (size_t)(slot->item - rating->items), best - value.number, whose);
    }
    return known;
}

static bool add_gaps(struct print *print, const struct block *block, int32_t respondent,
                     uint32_t whose, struct need *needs) {
    struct gap_sides sides = gap_sides_of(print->course, block, respondent);
    size_t count;
    const struct known_gap *rows = gap_rows(print, block, &sides, &count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].gap > 0)
            add_need(needs, rows[i].item, rows[i].gap, whose);
    return count > 0;
}

/* What a filled edition speaks of, the most pressing first; false if nothing is known yet. */
static bool chosen_needs(struct print *print, const struct block *block,
                         const struct voices *voices, struct need *needs, size_t *count) {
    size_t items = block->rating->item_count;
    bool known = print->edition->participant != NULL;
    for (size_t i = 0; i < items; i++)
        needs[i] = (struct need){.item = i};
    for (size_t v = 0; v < voices->count; v++) {
        uint32_t whose = voices->named ? 1u << voices->at[v] : 0;
        known |= block->by_gap ? add_gaps(print, block, voices->at[v], whose, needs)
                               : add_low(print, block, voices->at[v], whose, needs);
    }
    *count = 0;
    for (size_t i = 0; i < items; i++)
        if (needs[i].weight > 0 && advice_for(block, i))
            needs[(*count)++] = needs[i];
    qsort(needs, *count, sizeof *needs, by_weight);
    if (*count > (size_t)block->top)
        *count = (size_t)block->top;
    return known;
}

struct flow *print_advice(struct print *print, const struct block *block) {
    if (!block->rating || block->advice_count == 0)
        return NULL;
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    block_prompt(print, stack, block);
    struct need *needs =
        ARENA_ARRAY(print->arena, struct need, block->rating->item_count + block->advice_count);
    struct voices voices = print_voices(print, block->rating);
    if (block->by_gap && !block->between_asks[0]) /* a gap is both respondents' own */
        voices = (struct voices){.count = 1, .at = {RESPONDENT_NONE}};
    size_t count;
    if (!chosen_needs(print, block, &voices, needs, &count))
        for (count = 0; count < block->advice_count; count++)
            needs[count] = (struct need){.item = block->advices[count].item};
    for (size_t i = 0; i < count; i++)
        add_advice(print, stack, block, &needs[i]);
    block_note(print, stack, block);
    return count ? stack : NULL; /* nothing to advise: nor is it announced */
}
