#include "block/print_parts.h"

enum {
    LIST_INDENT_UM = 6500,
    LIST_GAP_UM = 2200, /* between loose items */
    ITEM_GAP_UM = 900,  /* between tight ones */
};

const struct paragraph_style *print_style(const struct print *print, enum style_id id) {
    return &print->theme->styles[id];
}

uint32_t print_colour(const struct print *print, enum colour_id id) {
    return print->theme->colours[id];
}

struct flow *paragraph_new(struct print *print, enum role role, enum style_id id) {
    const struct paragraph_style *style = print_style(print, id);
    struct flow *paragraph = flow_new(print->arena, FLOW_PARAGRAPH, role);
    paragraph->style = style;
    paragraph->align = style->align;
    paragraph->hyphenate_off = !style->hyphenate;
    paragraph->space_before_um = style->space_before_um;
    paragraph->space_after_um = style->space_after_um;
    return paragraph;
}

struct flow *paragraph_text(struct print *print, enum role role, enum style_id id,
                            const char *text) {
    struct flow *paragraph = paragraph_new(print, role, id);
    struct inlines inlines;
    inlines_init(&inlines, print, &paragraph->style->text);
    inlines_text(&inlines, text, 0);
    inlines_finish(&inlines, paragraph);
    return paragraph;
}

/* The same with the pictures that stood in it, which the caller sets. */
static struct flow *paragraph_of(struct print *print, enum role role, enum style_id id,
                                 const struct node *node, struct inlines *inlines) {
    struct flow *paragraph = paragraph_new(print, role, id);
    paragraph->at = node->at;
    inlines_init(inlines, print, &paragraph->style->text);
    inlines_nodes(inlines, node);
    inlines_finish(inlines, paragraph);
    return paragraph;
}

struct flow *paragraph_node(struct print *print, enum role role, enum style_id id,
                            const struct node *node) {
    struct inlines inlines;
    return paragraph_of(print, role, id, node, &inlines);
}

/* What a node's attributes say of its language. */
static const char *own_language(const struct node *node) {
    const struct attribute *lang = attributes_find(node->attributes, "lang");
    return lang ? lang->value : NULL;
}

struct flow *print_block(struct print *print, const struct block *block) {
    if (!print_shows(print, block))
        return NULL;
    const struct block_type *type = block_type_of(block);
    struct flow *flow = NULL;
    if (type && type->print) {
        flow = type->print(print, block);
    } else {
        flow = block_stack(print, block, ROLE_NONE);
        print_nodes(print, flow, block->node->first, NULL, STYLE_BODY);
    }
    const char *lang = own_language(block->node);
    if (flow && lang)
        flow->lang = lang;
    return flow;
}

/* A heading as the outline shows it: its words with what variables stand for. */
static const char *outline_text(struct print *print, const struct flow *heading) {
    struct buf text;
    buf_init(&text, print->arena);
    for (size_t i = 0; i < heading->item_count; i++) {
        const struct inline_item *item = &heading->items[i];
        if (item->kind == INLINE_TEXT)
            buf_printf(&text, "%.*s", (int)item->length, item->text);
        else if (item->kind == INLINE_GAP)
            buf_puts(&text, "…");
        else if (item->kind == INLINE_BREAK)
            buf_puts(&text, " ");
    }
    return text.data ? text.data : "";
}

struct flow *print_heading(struct print *print, const struct node *heading) {
    static const enum style_id styles[] = {STYLE_H1, STYLE_H2, STYLE_H3,
                                           STYLE_H4, STYLE_H4, STYLE_H4};
    int32_t level = heading->level < 1 ? 1 : heading->level > 6 ? 6 : heading->level;
    struct flow *flow =
        paragraph_node(print, (enum role)(ROLE_H1 + level - 1), styles[level - 1], heading);
    flow->level = level;
    flow->lang = own_language(heading);
    flow->keep_with_next = flow->keep_together = true;
    flow->hyphenate_off = true;
    flow->stretch = level <= 2 ? 4 : 2;
    print->headings++;
    if (heading->attributes && heading->attributes->id)
        flow->anchor = heading->attributes->id;
    else if (print->module)
        flow->anchor = arena_printf(print->arena, "%s.%d", print->module->id, print->headings);
    flow->outline = outline_text(print, flow);
    return flow;
}

static struct width image_width(const struct node *image) {
    const struct attribute *width = attributes_find(image->attributes, "width");
    int32_t share, um;
    if (!width || !picture_width(width->value, &share, &um))
        return (struct width){WIDTH_AUTO, 0};
    return um ? (struct width){WIDTH_FIXED, um} : (struct width){WIDTH_FRACTION, share};
}

/* Where the link leads that a picture stands in; NULL where it stands in none. */
static const char *image_url(const struct print *print, const struct node *image) {
    const struct node *link = image->parent;
    while (link && link->kind != NODE_LINK)
        link = link->parent;
    return link && link->url && print_reaches(print, link->url) ? link->url : NULL;
}

struct flow *print_image(struct print *print, const struct node *image) {
    if (!image->image)
        return NULL;
    const char *alt = node_plain_text(print->arena, image);
    struct flow *figure = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    struct flow *picture = flow_new(print->arena, FLOW_IMAGE, alt[0] ? ROLE_FIGURE : ROLE_ARTIFACT);
    picture->at = image->at;
    picture->alt = alt[0] ? alt : NULL;
    picture->image =
        print->theme->greyscale && image->image->grey ? image->image->grey : image->image;
    picture->width = image_width(image);
    picture->height_um = 180 * UM_PER_MM;
    figure->keep_together = true;
    figure->space_before_um = figure->space_after_um = print_um(print, APART_UM);
    picture->url = image_url(print, image);
    if (picture->url)
        flow_add(flow_add(figure, flow_new(print->arena, FLOW_STACK, ROLE_LINK)), picture);
    else
        flow_add(figure, picture);
    figure->anchor = node_place_id(image);
    struct flow *caption = print_caption(print, image);
    if (caption) {
        picture->keep_with_next = true;
        flow_add(figure, caption);
    }
    return figure;
}

struct flow *paragraph_add(struct print *print, struct flow *into, enum style_id style,
                           const struct node *node) {
    struct inlines inlines;
    struct flow *paragraph = paragraph_of(print, ROLE_P, style, node, &inlines);
    bool words = paragraph->item_count > 0;
    if (words)
        flow_add(into, paragraph);
    for (size_t i = 0; i < inlines.pictures.count; i++) {
        struct flow *figure = print_image(print, inlines.pictures.at[i]);
        if (figure)
            flow_add(into, figure);
    }
    return words ? paragraph : NULL;
}

/* A box as it stands in a task list without an id: drawn, nothing to answer in a form. */
static struct flow *task_label(struct print *print, const struct node *item) {
    struct field *box = ARENA_NEW(print->arena, struct field);
    *box = (struct field){
        .kind = FIELD_CHECK, .respondent = RESPONDENT_NONE, .row = -1, .on = item->ticked};
    struct flow *label = paragraph_new(print, ROLE_LBL, STYLE_BODY);
    struct inlines inlines;
    inlines_init(&inlines, print, &label->style->text);
    inlines_field(&inlines, box, BUTTON_UM);
    inlines_finish(&inlines, label);
    return label;
}

static struct flow *item_label(struct print *print, const struct node *list,
                               const struct node *item, int32_t number, int32_t depth,
                               enum style_id style) {
    if (item->task)
        return task_label(print, item);
    struct text_style *look = ARENA_NEW(print->arena, struct text_style);
    *look = print_style(print, style)->text;
    look->colour = print_colour(print, COLOUR_ACCENT);
    look->tabular = true;
    const char *text = depth % 2 ? "\u2013" : "\u2022";
    if (list->ordered)
        text = arena_printf(print->arena, "%d.", number);
    struct flow *label = paragraph_new(print, ROLE_LBL, style);
    struct inlines inlines;
    inlines_init(&inlines, print, look);
    inlines_text(&inlines, text, 0);
    inlines_finish(&inlines, label);
    label->align = LINE_LEFT;
    return label;
}

static int32_t list_depth(const struct node *list) {
    int32_t depth = 0;
    for (const struct node *at = list->parent; at; at = at->parent)
        depth += at->kind == NODE_LIST;
    return depth;
}

static struct flow *print_list(struct print *print, const struct node *list, enum style_id style) {
    struct flow *flow = flow_new(print->arena, FLOW_STACK, ROLE_L);
    flow->at = list->at;
    flow->lang = own_language(list);
    flow->anchor = node_place_id(list);
    const struct paragraph_style *text = print_style(print, style);
    flow->space_before_um = list->tight ? print_um(print, ITEM_GAP_UM) : text->space_before_um;
    flow->space_after_um = text->space_after_um;
    int32_t number = list->ordered ? list->start : 0, depth = list_depth(list);
    for (const struct node *item = list->first; item; item = item->next, number++) {
        struct flow *row = flow_new(print->arena, FLOW_ITEM, ROLE_LI);
        row->at = item->at;
        row->lang = own_language(item);
        row->indent_um = print_um(print, LIST_INDENT_UM);
        row->space_after_um = item->task    ? BUTTON_GAP_UM
                              : list->tight ? print_um(print, ITEM_GAP_UM)
                                            : print_um(print, LIST_GAP_UM);
        row->stretch = list->tight ? 0 : 1;
        row->anchor = node_place_id(item);
        struct flow *label = item_label(print, list, item, number, depth, style);
        label->space_before_um = label->space_after_um = 0;
        flow_add(row, label);
        struct flow *body = flow_new(print->arena, FLOW_STACK, ROLE_LBODY);
        print_nodes(print, body, item->first, NULL, style);
        for (struct flow *part = body->first; part && list->tight; part = part->next)
            if (part->kind == FLOW_PARAGRAPH)
                part->space_before_um = part->space_after_um = 0;
            else if (part->role == ROLE_L) /* as far from the next item as the others */
                part->space_after_um = 0;
        flow_add(row, body);
        flow_add(flow, row);
    }
    return flow;
}

static struct flow *print_quote(struct print *print, const struct node *quote) {
    struct flow *flow = flow_new(print->arena, FLOW_STACK, ROLE_BLOCK_QUOTE);
    flow->at = quote->at;
    flow->lang = own_language(quote);
    flow->anchor = node_place_id(quote);
    struct box_style *box =
        box_new(print, COLOUR_NONE, COLOUR_NONE, print_colour(print, COLOUR_ACCENT_2));
    box->pad_top_um = box->pad_bottom_um = 800;
    flow->box = box;
    flow->space_before_um = flow->space_after_um = print_um(print, APART_UM);
    flow->stretch = 2;
    print_quotation(print, flow, quote->first);
    return flow;
}

/* Spaces that count are made unbreakable, so that no one collapses them; a single one between words
 * is where a long line may be divided. */
static const char *code_line(struct print *print, const char *text, size_t length) {
    struct buf line;
    buf_init(&line, print->arena);
    for (size_t i = 0; i < length; i++) {
        bool inside = i > 0 && text[i - 1] != ' ' && text[i - 1] != '\t' && i + 1 < length;
        if (text[i] == '\t')
            buf_puts(&line, "\u00a0\u00a0\u00a0\u00a0");
        else if (text[i] == ' ' && !(inside && text[i + 1] != ' ' && text[i + 1] != '\t'))
            buf_puts(&line, "\u00a0");
        else
            buf_putc(&line, text[i]);
    }
    return line.len ? line.data : "\u00a0";
}

static struct flow *print_code(struct print *print, const struct node *code) {
    struct flow *flow = paragraph_new(print, ROLE_CODE, STYLE_CODE);
    flow->at = code->at;
    flow->align = LINE_LEFT;
    flow->hyphenate_off = true;
    flow->listing = true;
    struct inlines inlines;
    inlines_init(&inlines, print, &flow->style->text);
    const char *at = code->text ? code->text : "";
    while (*at) {
        size_t length = strcspn(at, "\n");
        if (inlines.items.count)
            inlines_break(&inlines);
        inlines_text(&inlines, code_line(print, at, length), 0);
        at += length + (at[length] == '\n');
    }
    inlines_finish(&inlines, flow);
    struct flow *panel = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    panel->box = box_new(print, print_colour(print, COLOUR_PANEL), COLOUR_NONE, COLOUR_NONE);
    panel->space_before_um = panel->space_after_um = print_um(print, BOX_APART_UM);
    panel->anchor = node_place_id(code);
    flow_add(panel, flow);
    return panel;
}

static struct flow *print_thematic_rule(struct print *print) {
    struct flow *rule = flow_rule(print, print_colour(print, COLOUR_RULE), print->theme->rule_um);
    rule->space_before_um = rule->space_after_um = 6000;
    return rule;
}

enum { SHORT_GLYPHS = 90, BETWEEN_GLYPHS = 180, INTRODUCTION_GLYPHS = 240 };

/* Words that announce what stands below them: they end in a colon, or are a label alone, such as
 * "Filename: build.sh". */
static bool announces(const struct flow *flow) {
    if (!flow || flow->kind != FLOW_PARAGRAPH || flow->item_count == 0)
        return false;
    size_t length = 0;
    bool label = false;
    for (size_t i = 0; i < flow->item_count; i++) {
        const struct inline_item *item = &flow->items[i];
        if (item->kind != INLINE_TEXT)
            return false;
        label = label || memchr(item->text, ':', item->length);
        length += item->length;
    }
    const struct inline_item *last = &flow->items[flow->item_count - 1];
    if (length > INTRODUCTION_GLYPHS || last->length == 0)
        return false;
    char end = last->text[last->length - 1];
    return end == ':' ||
           (label && length <= SHORT_GLYPHS && end != '.' && end != '!' && end != '?');
}

/* A line or two between two headings goes with the second one: the first would be left alone with
 * it at a page's foot. */
static bool is_between_headings(const struct flow *above, const struct flow *flow) {
    size_t length = 0;
    if (!above || above->level == 0 || flow->kind != FLOW_PARAGRAPH || flow->level > 0)
        return false;
    for (size_t i = 0; i < flow->item_count; i++)
        length += flow->items[i].length;
    return length <= BETWEEN_GLYPHS;
}

static bool is_announced(const struct node *node) {
    return node->kind == NODE_CODE_BLOCK || node->kind == NODE_TABLE || node->kind == NODE_LIST;
}

void print_nodes(struct print *print, struct flow *into, const struct node *first,
                 const struct node *end, enum style_id style) {
    const struct flow *above = NULL; /* what stands before the last */
    for (const struct node *node = first; node && node != end; node = node->next) {
        struct flow *flow = NULL, *last = into->last;
        if (node->block) {
            flow = print_block(print, node->block);
        } else {
            switch (node->kind) {
            case NODE_HEADING:
                flow = print_heading(print, node);
                break;
            case NODE_PARAGRAPH:
                paragraph_add(print, into, style, node);
                break;
            case NODE_LIST:
                flow = print_list(print, node, style);
                break;
            case NODE_QUOTE:
                flow = print_quote(print, node);
                break;
            case NODE_CODE_BLOCK:
                flow = print_code(print, node);
                break;
            case NODE_RULE:
                flow = print_thematic_rule(print);
                break;
            case NODE_TABLE:
                flow = print_table(print, node);
                break;
            case NODE_DIV:
                flow = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
                flow->at = node->at;
                flow->lang = own_language(node);
                print_nodes(print, flow, node->first, NULL, style);
                break;
            default:
                break;
            }
        }
        if (flow && is_announced(node) && announces(into->last))
            into->last->keep_with_next = true;
        if (flow && node->kind == NODE_HEADING && last && is_between_headings(above, last))
            last->keep_with_next = true;
        above = last;
        if (flow && (flow->lang || !flow_join(into->last, flow)))
            flow_add(into, flow);
    }
}
