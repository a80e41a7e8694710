#include "block/print_parts.h"
#include "calc/expr.h"

void inlines_init(struct inlines *inlines, struct print *print, const struct text_style *base) {
    *inlines = (struct inlines){.print = print, .base = base, .after_space = true};
    inlines->variants[0] = base;
}

static const struct text_style *variant(struct inlines *inlines, unsigned marks) {
    bool kept = marks <= MARKED_ALL;
    if (kept && inlines->variants[marks])
        return inlines->variants[marks];
    struct text_style *style = ARENA_NEW(inlines->print->arena, struct text_style);
    *style = *inlines->base;
    if (marks & MARKED_EMPHASIS)
        style->face ^= FACE_ITALIC;
    if (marks & MARKED_STRONG)
        style->face |= FACE_BOLD;
    if (marks & MARKED_STRIKE)
        style->strike = true;
    if (marks & MARKED_CODE) {
        style->family = FAMILY_MONO;
        style->size_cpt = style->size_cpt * 88 / 100; /* as tall to the eye as text beside it */
    }
    if (marks & MARKED_SMALL_CAPS)
        style->small_caps = true;
    if (marks & (MARKED_SUB | MARKED_SUP)) {
        style->rise_cpt = style->size_cpt * (marks & MARKED_SUP ? 34 : -15) / 100;
        style->size_cpt = style->size_cpt * 70 / 100;
        style->old_style = false;
    }
    if (marks & MARKED_LINK)
        style->colour = print_colour(inlines->print, COLOUR_LINK);
    if (kept)
        inlines->variants[marks] = style;
    return style;
}

/* What an item beside its words is made of. */
struct wrap {
    unsigned marks;
    uint16_t group;
    enum role role;
    const char *url, *lang, *expansion;
};

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void add_text(struct inlines *inlines, const char *text, size_t length,
                     const struct text_style *style, struct wrap wrap) {
    struct arena *arena = inlines->print->arena;
    char *out = arena_alloc(arena, length + 1);
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        bool space = is_space(text[i]);
        if (space && inlines->after_space)
            continue;
        out[count++] = space ? ' ' : text[i];
        inlines->after_space = space;
    }
    if (count == 0)
        return;
    struct inline_item *last =
        inlines->items.count ? &inlines->items.at[inlines->items.count - 1] : NULL;
    if (last && last->kind == INLINE_TEXT && last->style == style && last->group == wrap.group &&
        last->url == wrap.url && last->lang == wrap.lang && !inlines->anchor) {
        char *joined = arena_alloc(arena, last->length + count + 1);
        memcpy(joined, last->text, last->length);
        memcpy(joined + last->length, out, count);
        last->text = joined;
        last->length += count;
        return;
    }
    struct inline_item *item = VEC_ADD(arena, &inlines->items);
    *item = (struct inline_item){.kind = INLINE_TEXT,
                                 .style = style,
                                 .text = out,
                                 .length = count,
                                 .group = wrap.group,
                                 .role = wrap.role,
                                 .url = wrap.url,
                                 .lang = wrap.lang,
                                 .expansion = wrap.expansion,
                                 .anchor = inlines->anchor};
    inlines->anchor = NULL;
}

void inlines_text(struct inlines *inlines, const char *text, unsigned marks) {
    add_text(inlines, text, strlen(text), variant(inlines, marks), (struct wrap){.marks = marks});
}

void inlines_styled(struct inlines *inlines, const char *text, const struct text_style *style) {
    add_text(inlines, text, strlen(text), style, (struct wrap){0});
}

static struct inline_item *add_item(struct inlines *inlines, enum inline_kind kind) {
    struct inline_item *item = VEC_ADD(inlines->print->arena, &inlines->items);
    *item = (struct inline_item){.kind = kind, .style = inlines->base};
    inlines->after_space = kind == INLINE_BREAK || kind == INLINE_SPACE;
    return item;
}

void inlines_space(struct inlines *inlines, int32_t width_um) {
    add_item(inlines, INLINE_SPACE)->width_um = width_um;
}

void inlines_break(struct inlines *inlines) {
    struct inline_item *last =
        inlines->items.count ? &inlines->items.at[inlines->items.count - 1] : NULL;
    if (last && last->kind == INLINE_TEXT && last->length && last->text[last->length - 1] == ' ')
        last->length--;
    add_item(inlines, INLINE_BREAK);
}

void inlines_field(struct inlines *inlines, const struct field *field, int32_t width_um) {
    struct inline_item *item = add_item(inlines, INLINE_FIELD);
    item->field = field;
    item->width_um = width_um;
    item->role = ROLE_FORM;
    item->group = ++inlines->groups;
}

/* A ruled gap to write in; `caption` may be NULL. */
static void add_gap(struct inlines *inlines, const char *caption, int32_t width_um) {
    struct inline_item *item = add_item(inlines, INLINE_GAP);
    item->width_um = width_um;
    item->text = caption;
    item->length = caption ? strlen(caption) : 0;
    item->no_break = true;
}

/* How much room a person needs to write what is missing. */
static int32_t gap_room_um(const struct print *print, const struct reference *reference) {
    enum slot_type type = SLOT_TEXT;
    if (reference->kind == REFERENCE_PROFILE && reference->profile >= 0)
        type = print->course->profile.at[reference->profile].type;
    else if (reference->kind == REFERENCE_SCORE)
        type = reference->property == PROPERTY_DAY ? SLOT_DATE
               : reference->property == PROPERTY_NAME || reference->property == PROPERTY_SITTING
                   ? SLOT_CHOICE
                   : SLOT_NUMBER;
    else if (reference->kind == REFERENCE_CALC)
        type = SLOT_MONEY;
    else if (reference->slot)
        type = reference->slot->type;
    switch (type) {
    case SLOT_POINT:
    case SLOT_NUMBER:
    case SLOT_CHECK:
        return 14000;
    case SLOT_PERCENT:
    case SLOT_MONEY:
        return 24000;
    case SLOT_DATE:
    case SLOT_CHOICE:
        return 32000;
    case SLOT_EMAIL:
        return 60000;
    default:
        return 46000;
    }
}

static int32_t reference_decimals(const struct reference *reference) {
    if (reference->kind == REFERENCE_SCORE && reference->property != PROPERTY_ANSWERED &&
        reference->property != PROPERTY_MISSING)
        return reference->score->decimals;
    if (reference->kind == REFERENCE_CALC)
        return reference->block->decimals;
    return -1;
}

const char *print_known(struct print *print, const struct reference *reference) {
    bool nobody = reference->kind == REFERENCE_CALC && !print->edition->participant &&
                  !print_is_constant(reference->block);
    struct value value = nobody ? VALUE_NONE : reference_eval(reference, &print->scope);
    if (value_is_missing(value))
        return NULL;
    const char *text = print_value(print, reference->slot, value, reference_decimals(reference));
    bool rise = reference->kind == REFERENCE_SCORE && reference->property == PROPERTY_CHANGE &&
                value.number > 0;
    return rise ? arena_printf(print->arena, "+%s", text) : text;
}

static void add_variable(struct inlines *inlines, const struct node *node, struct wrap wrap) {
    struct print *print = inlines->print;
    const struct reference *reference = node->reference;
    if (!reference) /* reported by check: never reached in a build that goes on */
        return;
    const char *text = print_known(print, reference);
    bool dash = node->caption && strcmp(node->caption, "—") == 0;
    if (!text && dash && print->edition->participant)
        text = node->caption;
    if (text)
        add_text(inlines, text, strlen(text), variant(inlines, wrap.marks), wrap);
    else
        add_gap(inlines, dash ? NULL : node->caption, gap_room_um(print, reference));
}

/* A raised small figure. */
static const struct text_style *note_style(struct inlines *inlines) {
    struct text_style *style = ARENA_NEW(inlines->print->arena, struct text_style);
    *style = *inlines->base;
    style->size_cpt = inlines->base->size_cpt * 66 / 100;
    style->rise_cpt = inlines->base->size_cpt * 34 / 100;
    style->face &= ~FACE_ITALIC;
    style->old_style = false;
    return style;
}

static void add_note(struct inlines *inlines, const struct node *node) {
    struct print *print = inlines->print;
    const struct module *module = print->module;
    struct inline_item *item = add_item(inlines, INLINE_NOTE);
    item->style = note_style(inlines);
    item->number = node->number;
    item->role = ROLE_REFERENCE;
    item->group = ++inlines->groups;
    if (!module || node->number < 1 || (size_t)node->number > module->footnote_count)
        return;
    bool *done = print->notes_done ? &print->notes_done[node->number - 1] : NULL;
    if (done && *done)
        return; /* referred to again: its text stands where it was met first */
    if (done)
        *done = true;
    struct flow *note = flow_new(print->arena, FLOW_STACK, ROLE_NOTE);
    const struct node *definition = module->footnotes[node->number - 1];
    if (definition)
        print_nodes(print, note, definition->first, NULL, STYLE_NOTE);
    item->note = note;
}

static struct wrap opened(struct inlines *inlines, struct wrap wrap, unsigned mark, enum role role,
                          const char *url) {
    wrap.marks |= mark;
    /* One level of elements: a link stays a link whatever stands in it, else the innermost counts. */
    if (wrap.role != ROLE_LINK && role != ROLE_NONE) {
        wrap.role = role;
        wrap.group = ++inlines->groups;
    }
    if (url)
        wrap.url = url;
    return wrap;
}

static void add_nodes(struct inlines *inlines, const struct node *node, struct wrap wrap);

/* "page 12", the number put in by layout. */
static void add_page_of(struct inlines *inlines, const char *url, struct wrap wrap) {
    const struct text_style *style = variant(inlines, wrap.marks);
    const char *phrase = print_word(inlines->print, WORD_ON_PAGE), *number = strstr(phrase, "{0}");
    size_t before = number ? (size_t)(number - phrase) : strlen(phrase);
    size_t tied = before && phrase[before - 1] == ' ' ? before - 1 : before;
    add_text(inlines, phrase, tied, style, wrap);
    if (tied < before)
        add_text(inlines, "\u00a0", strlen("\u00a0"), style, wrap);
    struct inline_item *item = add_item(inlines, INLINE_PAGE_OF);
    item->style = style;
    item->text = url + 1;
    item->length = strlen(item->text);
    item->group = wrap.group;
    item->role = wrap.role;
    item->url = wrap.url;
    item->lang = wrap.lang;
    if (number)
        add_text(inlines, number + 3, strlen(number + 3), style, wrap);
}

/* A link without words of its own says what it leads to; .page adds on which page that is. */
static void add_link(struct inlines *inlines, const struct node *node, struct wrap wrap) {
    struct print *print = inlines->print;
    bool reached = node->url && print_reaches(print, node->url);
    bool page = reached && node->url[0] == '#' && attributes_has_class(node->attributes, "page");
    if (reached)
        wrap = opened(inlines, wrap, MARKED_LINK, ROLE_LINK, node->url);
    if (node->first) {
        add_nodes(inlines, node, wrap);
    } else if (node->url && !page) {
        const char *words = print_reference_words(print, node->url);
        add_text(inlines, words, strlen(words), variant(inlines, wrap.marks), wrap);
    }
    if (page && node->first)
        add_text(inlines, " (", 2, variant(inlines, wrap.marks), wrap);
    if (page)
        add_page_of(inlines, node->url, wrap);
    if (page && node->first)
        add_text(inlines, ")", 1, variant(inlines, wrap.marks), wrap);
}

static void add_span(struct inlines *inlines, const struct node *node, struct wrap wrap) {
    struct print *print = inlines->print;
    const struct attributes *attributes = node->attributes;
    const struct attribute *lang = attributes_find(attributes, "lang");
    const struct attribute *title = attributes_find(attributes, "title");
    if (attributes_has_class(attributes, "smallcaps"))
        wrap.marks |= MARKED_SMALL_CAPS;
    if (attributes_has_class(attributes, "sup"))
        wrap.marks = (wrap.marks & ~(unsigned)MARKED_SUB) | MARKED_SUP;
    else if (attributes_has_class(attributes, "sub"))
        wrap.marks = (wrap.marks & ~(unsigned)MARKED_SUP) | MARKED_SUB;
    if (lang || title)
        wrap = opened(inlines, wrap, 0, ROLE_SPAN, NULL);
    if (lang)
        wrap.lang = !wrap.lang && !node_language(node->parent) && print->course->language &&
                            strcmp(lang->value, print->course->language) == 0
                        ? NULL
                        : lang->value;
    if (title)
        wrap.expansion = title->value;
    const char *id = attributes ? attributes->id : NULL;
    if (print->edition->material->index && attributes_has_class(attributes, "term"))
        id = print_term(print, node);
    if (id)
        inlines->anchor = id;
    add_nodes(inlines, node, wrap);
    if (inlines->anchor == id)
        inlines->anchor = NULL;
}

static void add_node(struct inlines *inlines, const struct node *node, struct wrap wrap) {
    switch (node->kind) {
    case NODE_TEXT:
        add_text(inlines, node->text, strlen(node->text), variant(inlines, wrap.marks), wrap);
        break;
    case NODE_SOFT_BREAK:
        add_text(inlines, " ", 1, variant(inlines, wrap.marks), wrap);
        break;
    case NODE_LINE_BREAK:
        inlines_break(inlines);
        break;
    case NODE_CODE:
        wrap = opened(inlines, wrap, MARKED_CODE, ROLE_CODE, NULL);
        add_text(inlines, node->text, strlen(node->text), variant(inlines, wrap.marks), wrap);
        break;
    case NODE_EMPHASIS:
        /* Emphasis in emphasis is upright again, as a printer sets it. */
        wrap = opened(inlines, wrap, 0, ROLE_EM, NULL);
        wrap.marks ^= MARKED_EMPHASIS;
        add_nodes(inlines, node, wrap);
        break;
    case NODE_STRONG:
        add_nodes(inlines, node, opened(inlines, wrap, MARKED_STRONG, ROLE_STRONG, NULL));
        break;
    case NODE_STRIKE:
        add_nodes(inlines, node, opened(inlines, wrap, MARKED_STRIKE, ROLE_NONE, NULL));
        break;
    case NODE_LINK:
        add_link(inlines, node, wrap);
        break;
    case NODE_SPAN:
        add_span(inlines, node, wrap);
        break;
    case NODE_IMAGE:
        VEC_PUSH(inlines->print->arena, &inlines->pictures, node);
        break;
    case NODE_VARIABLE:
        add_variable(inlines, node, wrap);
        break;
    case NODE_FOOTNOTE_REF:
        add_note(inlines, node);
        break;
    default:
        add_nodes(inlines, node, wrap);
        break;
    }
}

static void add_nodes(struct inlines *inlines, const struct node *node, struct wrap wrap) {
    for (const struct node *child = node->first; child; child = child->next)
        add_node(inlines, child, wrap);
}

void inlines_nodes(struct inlines *inlines, const struct node *parent) {
    add_nodes(inlines, parent, (struct wrap){0});
}

void inlines_finish(struct inlines *inlines, struct flow *paragraph) {
    struct inline_item *last =
        inlines->items.count ? &inlines->items.at[inlines->items.count - 1] : NULL;
    if (last && last->kind == INLINE_TEXT && last->text[last->length - 1] == ' ' &&
        --last->length == 0)
        inlines->items.count--;
    /* A ruled gap leaves a justified line little else to stretch. */
    for (size_t i = 0; i < inlines->items.count && paragraph->align == LINE_JUSTIFY; i++)
        if (inlines->items.at[i].kind == INLINE_GAP)
            paragraph->align = LINE_LEFT;
    paragraph->items = inlines->items.at;
    paragraph->item_count = inlines->items.count;
}
