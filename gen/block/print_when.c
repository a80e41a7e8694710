/* .when and .otherwise: one of them in a filled edition; both, under labels, in the blank one. */
#include "block/print_parts.h"
#include "calc/expr.h"

bool print_holds(struct print *print, const struct block *when) {
    if (when->condition) {
        struct value value = expr_eval(when->condition, &print->scope);
        return (value.kind == VALUE_BOOL || value.kind == VALUE_NUMBER) && value.number != 0;
    }
    if (!when->score || !when->band)
        return false;
    int32_t respondent = when->score->respondent != RESPONDENT_NONE ? when->score->respondent
                                                                    : print->scope.respondent;
    const struct result *result = print_result(print, when->score, -1, respondent);
    return result && result->band >= 0 &&
           strcmp(when->score->bands[result->band].name, when->band) == 0;
}

/* A blank edition, where nobody knows yet what holds. */
static bool is_open(const struct print *print) {
    return !print->edition->participant && !print->edition->cohort;
}

bool print_shows(struct print *print, const struct block *block) {
    if (!edition_shows(print->edition, block))
        return false;
    if (is_open(print))
        return true;
    if (block->when)
        return !print_holds(print, block->when);
    bool conditional = block->condition || block->band;
    return !conditional || print_holds(print, block);
}

static const char *label_of(struct print *print, const struct block *block) {
    const struct attribute *label = attributes_find(block->node->attributes, "label");
    if (label)
        return label->value;
    if (block->when)
        return print_word(print, WORD_OTHERWISE);
    if (block->score && block->band)
        return print_phrase(print, WORD_IF_BAND, block->score->title, block->band);
    return print_word(print, WORD_IF_SO);
}

static struct flow *print_either(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_DIV);
    if (is_open(print)) {
        stack->box = box_new(print, COLOUR_NONE, COLOUR_NONE, print_colour(print, COLOUR_RULE));
        stack->keep_together = true;
        flow_add(stack, print_label(print, label_of(print, block)));
    } else { /* stands in the text as if nothing were around it */
        stack->space_before_um = stack->space_after_um = 0;
    }
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    return stack;
}

struct flow *print_when(struct print *print, const struct block *block) {
    return print_either(print, block);
}

struct flow *print_otherwise(struct print *print, const struct block *block) {
    return print_either(print, block);
}
