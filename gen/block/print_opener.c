/* The opening of a chapter: number, title, what it is about, how long it takes, what for. */
#include "block/print_parts.h"

enum { BLOCK_PAD_UM = 7000 };

bool print_is_numbered(const struct print *print) {
    return print->theme->chapter_numbers && print->edition->material->modules.count > 1;
}

static struct flow *opener_title(struct print *print, const struct node *heading) {
    struct flow *title;
    if (heading) {
        title = print_heading(print, heading);
    } else {
        title = paragraph_text(print, ROLE_H1, STYLE_H1, print->module->title);
        title->level = 1;
        title->outline = print->module->title;
        title->keep_with_next = true;
        title->hyphenate_off = true;
    }
    if (print_is_numbered(print))
        title->number = arena_printf(print->arena, "%d", print->chapter);
    return title;
}

static struct flow *opener_objectives(struct print *print) {
    const struct text_list *objectives = &print->module->objectives;
    if (objectives->count == 0)
        return NULL;
    struct flow *panel = flow_new(print->arena, FLOW_STACK, ROLE_DIV);
    panel->box = box_new(print, print_colour(print, COLOUR_PANEL), COLOUR_NONE, COLOUR_NONE);
    panel->keep_together = true;
    panel->space_before_um = 5000;
    panel->space_after_um = 7000;
    struct flow *label = print_label(print, print_word(print, WORD_OBJECTIVES));
    flow_add(panel, label);
    struct flow *list = flow_new(print->arena, FLOW_STACK, ROLE_L);
    for (size_t i = 0; i < objectives->count; i++) {
        struct flow *item = flow_new(print->arena, FLOW_ITEM, ROLE_LI);
        item->indent_um = 5000;
        item->space_after_um = 1200;
        struct flow *bullet = paragraph_text(print, ROLE_LBL, STYLE_LABEL, "\u2022");
        struct flow *text = paragraph_text(print, ROLE_P, STYLE_LABEL, objectives->at[i]);
        bullet->space_before_um = bullet->space_after_um = 0;
        text->space_before_um = text->space_after_um = 0;
        flow_add(item, bullet);
        flow_add(flow_add(item, flow_new(print->arena, FLOW_STACK, ROLE_LBODY)), text);
        flow_add(list, item);
    }
    flow_add(panel, list);
    return panel;
}

/* Number, title, lead and minutes stand on the cover's colour. */
static struct flow *opener_block(struct print *print, struct flow *words) {
    struct flow *block = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    struct box_style *box =
        box_new(print, print_colour(print, COLOUR_COVER), COLOUR_NONE, COLOUR_NONE);
    box->pad_top_um = box->pad_bottom_um = print_um(print, BLOCK_PAD_UM);
    box->pad_left_um = box->pad_right_um = print_um(print, BLOCK_PAD_UM);
    block->box = box;
    block->keep_together = block->keep_with_next = true;
    block->space_after_um = print_um(print, BLOCK_PAD_UM);
    print_recolour(print, words, print_colour(print, COLOUR_COVER_TEXT));
    flow_add(block, words);
    return block;
}

struct flow *print_opener(struct print *print, const struct node *heading) {
    const struct module *module = print->module;
    struct flow *opener = flow_new(print->arena, FLOW_STACK, ROLE_NONE), *words = opener;
    if (print->theme->chapter_block)
        words = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    if (print_is_numbered(print)) {
        struct flow *number = paragraph_text(print, ROLE_P, STYLE_CHAPTER_NUMBER,
                                             arena_printf(print->arena, "%d", print->chapter));
        number->keep_with_next = true;
        flow_add(words, number);
    }
    flow_add(words, opener_title(print, heading));
    if (module->summary) {
        struct flow *lead = paragraph_text(print, ROLE_P, STYLE_LEAD, module->summary);
        lead->keep_with_next = true;
        flow_add(words, lead);
    }
    if (module->minutes > 0) {
        const char *minutes = arena_printf(print->arena, "%d", module->minutes);
        struct flow *line = paragraph_text(print, ROLE_P, STYLE_HINT,
                                           print_phrase(print, WORD_MINUTES, minutes, NULL));
        line->keep_with_next = true;
        flow_add(words, line);
    }
    if (words != opener)
        flow_add(opener, opener_block(print, words));
    struct flow *objectives = opener_objectives(print);
    if (objectives)
        flow_add(opener, objectives);
    return opener;
}

struct flow *print_sources(struct print *print) {
    const struct text_list *sources = &print->module->sources;
    if (sources->count == 0)
        return NULL;
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_DIV);
    stack->space_before_um = 8000;
    stack->keep_together = true;
    struct flow *label = print_label(print, print_word(print, WORD_SOURCES));
    flow_add(stack, label);
    for (size_t i = 0; i < sources->count; i++)
        flow_add(stack, paragraph_text(print, ROLE_P, STYLE_SMALL, sources->at[i]));
    return stack;
}
