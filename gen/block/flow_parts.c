#include "block/print_parts.h"
#include "calc/format.h"

#include "base/utf8.h"
#include "model/address.h"

int32_t print_um(const struct print *print, int32_t length_um) {
    return (int32_t)((int64_t)length_um * print->theme->scale / 100);
}

struct flow *flow_space(struct print *print, int32_t height_um) {
    struct flow *space = flow_new(print->arena, FLOW_SPACE, ROLE_ARTIFACT);
    space->height_um = height_um;
    return space;
}

struct flow *flow_rule(struct print *print, uint32_t colour, int32_t weight_um) {
    struct flow *rule = flow_new(print->arena, FLOW_RULE, ROLE_ARTIFACT);
    rule->colour = colour;
    rule->weight_um = weight_um;
    return rule;
}

struct box_style *box_new(struct print *print, uint32_t fill, uint32_t border, uint32_t bar) {
    struct box_style *box = ARENA_NEW(print->arena, struct box_style);
    *box = (struct box_style){.pad_top_um = print_um(print, 3500),
                              .pad_right_um = print_um(print, 4500),
                              .pad_bottom_um = print_um(print, 3500),
                              .pad_left_um = print_um(print, 4500),
                              .fill = fill,
                              .border = border,
                              .border_um = border == COLOUR_NONE ? 0 : print->theme->rule_um,
                              .radius_um = print->theme->radius_um,
                              .bar = bar,
                              .bar_um = bar == COLOUR_NONE ? 0 : print_um(print, 900)};
    return box;
}

struct flow *block_stack(struct print *print, const struct block *block, enum role role) {
    struct flow *stack = flow_new(print->arena, FLOW_STACK, role);
    stack->at = block->at;
    stack->anchor = block->id;
    stack->space_before_um = stack->space_after_um = print_um(print, APART_UM);
    stack->stretch = 2;
    return stack;
}

struct flow *print_label(struct print *print, const char *text) {
    struct flow *label = paragraph_text(print, ROLE_P, STYLE_CALLOUT_TITLE, text);
    label->keep_with_next = true;
    label->hyphenate_off = true;
    return label;
}

void block_prompt(struct print *print, struct flow *into, const struct block *block) {
    if (block->title)
        flow_add(into, print_label(print, block->title));
    if (block->prompt)
        print_nodes(print, into, block->prompt, block->prompt_end, STYLE_PROMPT);
    for (struct flow *part = into->first; part; part = part->next)
        part->keep_with_next = true;
    if (block->is_private)
        flow_add(into, private_hint(print));
}

void block_note(struct print *print, struct flow *into, const struct block *block) {
    if (block->note)
        print_nodes(print, into, block->note, NULL, STYLE_SMALL);
}

static int32_t reader_of(const struct print *print) {
    const struct edition *edition = print->edition;
    return edition->respondent != RESPONDENT_NONE ? edition->respondent
                                                  : edition->material->respondent;
}

bool print_is_for_anyone(const struct print *print) {
    const struct material *material = print->edition->material;
    return !print->edition->participant &&
           (material->each == EACH_RESPONDENT || material->facilitator);
}

struct voices print_voices(const struct print *print, const struct block *block) {
    struct voices voices = {.count = 1, .at = {RESPONDENT_NONE}};
    if (!block->own)
        return voices;
    int32_t reader = reader_of(print);
    if (reader != RESPONDENT_NONE && (block->by & (1u << reader))) {
        voices.at[0] = reader;
        return voices;
    }
    if (print_is_for_anyone(print))
        return voices;
    size_t count = 0;
    for (size_t r = 0; r < print->course->respondents.count; r++)
        if (block->by & (1u << r))
            voices.at[count++] = (int32_t)r;
    voices.count = count ? count : 1;
    voices.named = count > 1;
    return voices;
}

const char *voice_label(const struct print *print, int32_t voice) {
    return voice == RESPONDENT_NONE ? NULL : print->course->respondents.at[voice].label;
}

void add_voice_label(struct print *print, struct flow *into, const struct voices *voices,
                     size_t index) {
    if (!voices->named)
        return;
    struct flow *label =
        paragraph_text(print, ROLE_P, STYLE_HINT, voice_label(print, voices->at[index]));
    label->keep_with_next = true;
    label->space_before_um = index ? 3500 : label->space_before_um;
    flow_add(into, label);
}

struct value print_answer(struct print *print, const struct slot *slot, int32_t voice,
                          int32_t row) {
    return scope_answer(&print->scope, slot, voice, -1, slot->repeat ? print->scope.period : row);
}

static struct field *field_bare(struct print *print, enum field_kind kind, const struct slot *slot,
                                const struct voices *voices, int32_t voice, int32_t row) {
    struct field *field = ARENA_NEW(print->arena, struct field);
    int32_t shown = voices && voices->named ? voice : RESPONDENT_NONE;
    bool many = slot->rows || slot->repeat;
    if (slot->repeat)
        row = print->scope.period;
    *field = (struct field){
        .kind = kind,
        .slot = slot,
        .respondent = voice,
        .row = row,
        .name = address_field_name(print->arena, print->course, slot, shown, many ? row : -1),
        .tooltip = slot->label,
        .required = slot->required,
        .most = slot->most};
    return field;
}

/* A number as a form keeps it: without groups and units, which readers take for points. */
static const char *plain_number(struct print *print, struct value value) {
    double number =
        value.unit == UNIT_PERCENT ? number_round(value.number * 100, 12) : value.number;
    char *text = arena_printf(print->arena, "%.15g", number), *point = strchr(text, '.');
    if (point)
        *point = number_style_find(print->course->language)->point[0];
    return text;
}

struct field *field_new(struct print *print, enum field_kind kind, const struct slot *slot,
                        const struct voices *voices, int32_t voice, int32_t row) {
    struct field *field = field_bare(print, kind, slot, voices, voice, row);
    struct value answer = print_answer(print, slot, voice, row);
    field->value = print_field_value(print, slot, answer);
    if (kind != FIELD_TEXT)
        return field;
    field_set_format(print, field, slot->type, !slot->rows);
    if (answer.kind == VALUE_NUMBER && field->format != FORMAT_NONE)
        field->stored = plain_number(print, answer);
    return field;
}

const char *print_question(struct print *print, const char *question, const char *part) {
    static const char *const ends[] = {".", "?", "!", ":", "…", "؟", "。", "？"};
    size_t length = question ? strlen(question) : 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t size = strlen(ends[i]);
        if (length >= size && memcmp(question + length - size, ends[i], size) == 0)
            return arena_printf(print->arena, "%s %s", question, part);
    }
    return arena_printf(print->arena, "%s: %s", question ? question : "", part);
}

struct field *field_button(struct print *print, enum field_kind kind, const struct slot *slot,
                           const struct voices *voices, int32_t voice, const char *option,
                           const char *option_label, bool on) {
    struct field *field = field_bare(print, kind, slot, voices, voice, 0);
    field->option = option;
    field->group = slot->label;
    field->on = on;
    if (option_label)
        field->tooltip = print_question(print, slot->label, option_label);
    return field;
}

void flow_drop_anchors(struct flow *flow) {
    flow->anchor = NULL;
    for (struct flow *child = flow->first; child; child = child->next)
        flow_drop_anchors(child);
}

struct flow *flow_line(struct print *print, const struct field *field) {
    struct flow *line = flow_new(print->arena, FLOW_FIELD, ROLE_FORM);
    line->field = field;
    line->alt = field->tooltip;
    line->height_um = print->theme->write_line_um;
    line->colour = print_colour(print, COLOUR_LINE);
    line->weight_um = print->theme->rule_um;
    line->answer_style = &print_style(print, STYLE_ANSWER)->text;
    return line;
}

struct flow *flow_pair(struct print *print, struct flow *left, int32_t left_weight,
                       struct flow *right, int32_t right_weight) {
    struct table_column *columns = ARENA_ARRAY(print->arena, struct table_column, 2);
    columns[0] = (struct table_column){{WIDTH_FRACTION, left_weight}, LINE_LEFT};
    columns[1] = (struct table_column){{WIDTH_FRACTION, right_weight}, LINE_LEFT};
    struct flow *table = flow_table_new(print, ROLE_NONE, columns, 2);
    table->cell_pad_um = 0;
    table->space_before_um = table->space_after_um = print_um(print, APART_UM);
    struct flow *row = flow_row(print, table);
    row->keep_together = true;
    flow_cell(print, row, left, false)->vertical = VERTICAL_BOTTOM;
    flow_cell(print, row, right, false)->vertical = VERTICAL_BOTTOM;
    return table;
}

bool flow_join(struct flow *table, struct flow *next) {
    bool alike = table && table->kind == FLOW_TABLE && next->kind == FLOW_TABLE &&
                 table->role == ROLE_NONE && next->role == ROLE_NONE && next->first &&
                 table->column_count == 2 && next->column_count == 2 &&
                 table->cell_pad_um == next->cell_pad_um &&
                 table->columns[0].width.amount == next->columns[0].width.amount;
    if (!alike)
        return false;
    table->last->next = next->first;
    table->last = next->last;
    return true;
}

int32_t text_width_um(const struct print *print) {
    const struct paper *paper = print->edition->paper ? print->edition->paper : paper_find("a4");
    return paper->width_um - print->theme->margin_inner_um - print->theme->margin_outer_um;
}

int32_t chart_width_um(const struct print *print) {
    int32_t panel_um = 9000;
    return text_width_um(print) - panel_um;
}

static int32_t glyphs_room_um(size_t glyphs, const struct text_style *style) {
    int32_t share = style->face & FACE_BOLD ? 60 : 54; /* of the size: a wide letter's advance */
    return um_from_cpt((int64_t)glyphs * (style->size_cpt * share / 100 + style->tracking_cpt));
}

int32_t text_room_um(const char *text, const struct text_style *style) {
    return glyphs_room_um(utf8_count(text, strlen(text)), style);
}

int32_t word_room_um(const char *text, const struct text_style *style) {
    int32_t widest = 0;
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, " \n\t");
        int32_t room = glyphs_room_um(utf8_count(at, length), style);
        widest = room > widest ? room : widest;
        at += length + (at[length] != 0);
    }
    return widest;
}
