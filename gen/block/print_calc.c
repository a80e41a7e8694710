/* .calc: a label and its figure, worked out where it can be, else a gap to write it in. */
#include "block/print_parts.h"
#include "calc/expr.h"

static void note_variable(void *context, const struct reference *reference) {
    bool *constant = context;
    if (reference->kind == REFERENCE_CALC)
        *constant = *constant && print_is_constant(reference->block);
    else if (reference->kind != REFERENCE_COURSE)
        *constant = false;
}

bool print_is_constant(const struct block *calc) {
    bool constant = true;
    if (calc->expr)
        expr_visit(calc->expr, note_variable, &constant);
    return constant;
}

/* A place for the figure: worked out on screen from other fields, written by hand on paper. */
static struct flow *calc_gap(struct print *print, const struct block *block, struct value value,
                             const struct text_style *style) {
    struct field *field = ARENA_NEW(print->arena, struct field);
    *field = (struct field){.kind = FIELD_TEXT,
                            .respondent = RESPONDENT_NONE,
                            .row = -1,
                            .name = block->id,
                            .tooltip = block->label};
    field->at_right = field_set_calc(print, field, block);
    if (!field->formula && !value_is_missing(value))
        return NULL;
    struct flow *line = flow_line(print, field);
    line->colour = COLOUR_NONE; /* the cell is tinted, and the row has its rule */
    if (value_is_missing(value))
        return line;
    field->value = print_value(print, NULL, value, block->decimals);
    line->answer_style = style;
    line->height_um = um_from_cpt((int64_t)style->size_cpt * 14 / 10);
    return line;
}

static struct flow *calc_value(struct print *print, const struct block *block, struct value value) {
    struct flow *figure = paragraph_new(print, ROLE_P, STYLE_LABEL);
    struct text_style *style = ARENA_NEW(print->arena, struct text_style);
    *style = figure->style->text;
    style->face |= FACE_BOLD;
    style->tabular = true;
    style->colour = print_colour(print, COLOUR_ACCENT);
    struct flow *gap = calc_gap(print, block, value, style);
    if (gap)
        return gap;
    struct inlines inlines;
    inlines_init(&inlines, print, style);
    inlines_text(&inlines, print_value(print, NULL, value, block->decimals), 0);
    inlines_finish(&inlines, figure);
    figure->align = LINE_RIGHT;
    figure->space_before_um = figure->space_after_um = 0;
    return figure;
}

/* The label, and below it the sum, where a reader may want to do it or to follow it. */
static struct flow *calc_label(struct print *print, const struct block *block, bool shown) {
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    struct flow *label = paragraph_text(print, ROLE_P, STYLE_LABEL, block->label);
    label->align = LINE_LEFT;
    label->space_before_um = label->space_after_um = 0;
    flow_add(stack, label);
    struct buf sum;
    buf_init(&sum, print->arena);
    if (!shown || !block->expr || !expr_print_words(block->expr, print->arena, print->course, &sum))
        return stack;
    struct flow *hint =
        paragraph_text(print, ROLE_P, STYLE_HINT, arena_printf(print->arena, "= %s", sum.data));
    hint->space_before_um = hint->space_after_um = 0;
    flow_add(stack, hint);
    return stack;
}

struct flow *print_calc(struct print *print, const struct block *block) {
    bool constant = print_is_constant(block);
    /* Nobody's answers give nobody's result: not even the 0 of a count. */
    struct value value =
        constant || print->edition->participant ? calc_eval(block, &print->scope) : VALUE_NONE;
    bool shown = constant || value_is_missing(value);
    struct flow *pair =
        flow_pair(print, calc_label(print, block, shown), 7, calc_value(print, block, value), 3);
    pair->at = block->at;
    pair->first->anchor = block->id;
    pair->rules_between = true;
    if (value_is_missing(value))
        pair->first->last->ground = print_colour(print, COLOUR_PANEL);
    pair->cell_pad_um = 1100;
    return pair;
}
