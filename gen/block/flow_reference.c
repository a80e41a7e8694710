/* Places and references to them: which ids an edition holds, numbers of figures and tables, the
 * words of links that have none of their own, captions, and the terms of the index. */
#include "block/print_parts.h"

/* A node with a number: a figure or table of this edition. */
static int32_t number_of(struct print *print, const struct node *node) {
    /* Printing meets them in the order in which they were numbered. */
    for (size_t i = 0; i < print->numbered.count; i++) {
        size_t at = (print->numbered_next + i) % print->numbered.count;
        if (print->numbered.at[at].node != node)
            continue;
        print->numbered_next = at + 1;
        return print->numbered.at[at].number;
    }
    return 0;
}

static bool is_chapter(const struct module *module, const struct node *node) {
    return !node || node == print_chapter_heading(module);
}

/* ---- what an edition holds ---- */

static int32_t add_number(struct print *print, const struct node *node) {
    int32_t number = node->kind == NODE_TABLE ? ++print->tables : ++print->figures;
    VEC_PUSH(print->arena, &print->numbered, ((struct numbered_node){node, number}));
    return number;
}

static void add_place(struct print *print, const char *id, const struct module *module,
                      const struct node *node, int32_t number) {
    struct print_place *place = ARENA_NEW(print->arena, struct print_place);
    *place = (struct print_place){{module, node}, number};
    map_set(&print->places, id, place);
}

static void gather(struct print *print, const struct module *module, const struct node *parent,
                   int32_t chapter) {
    for (const struct node *node = parent->first; node; node = node->next) {
        if (node->block && !print_shows(print, node->block))
            continue;
        const char *id = node_place_id(node);
        int32_t number = node_is_numbered(node)           ? add_number(print, node)
                         : id && is_chapter(module, node) ? chapter
                                                          : 0;
        if (id)
            add_place(print, id, module, node, number);
        gather(print, module, node, chapter);
    }
}

void print_gather_places(struct print *print) {
    const struct material *material = print->edition->material;
    bool counted = print_is_numbered(print);
    map_init(&print->places, print->arena);
    for (size_t i = 0; i < material->modules.count; i++) {
        const struct module *module = material->module_list[i];
        int32_t chapter = counted ? (int32_t)i + 1 : 0;
        add_place(print, module->id, module, NULL, chapter);
        gather(print, module, module->document, chapter);
    }
}

bool print_reaches(const struct print *print, const char *url) {
    return url[0] != '#' || map_find(&print->places, url + 1) != NULL;
}

/* ---- words ---- */

const char *target_title(struct arena *arena, const struct place_target *target) {
    const struct node *node = target->node;
    if (is_chapter(target->module, node))
        return target->module->title;
    const char *title = NULL;
    if (node->block)
        return node->block->title    ? node->block->title
               : node->block->prompt ? node->block->label
                                     : NULL;
    switch (node->kind) {
    case NODE_HEADING:
    case NODE_ITEM:
    case NODE_SPAN:
        title = node_plain_text(arena, node);
        break;
    case NODE_IMAGE:
        title = node->title && node->title[0] ? node->title : node_plain_text(arena, node);
        break;
    case NODE_TABLE:
        title = node->legend ? node_plain_text(arena, node->legend) : NULL;
        break;
    default:
        break;
    }
    return title && *title ? title : NULL;
}

/* "Figure 3" with a space that lines are not broken at. */
static const char *tied_phrase(const struct print *print, enum word word, int32_t number) {
    struct buf out;
    buf_init(&out, print->arena);
    const char *text = print_phrase(print, word, arena_printf(print->arena, "%d", number), NULL);
    for (; *text; text++)
        buf_puts(&out, *text == ' ' ? "\u00a0" : (const char[2]){*text, 0});
    return out.data;
}

const char *print_reference_words(struct print *print, const char *url) {
    const char *id = url[0] == '#' ? url + 1 : "";
    const struct print_place *place = map_find(&print->places, id);
    const struct place_target *target =
        place ? &place->target : map_find(&print->course->places, id);
    if (!target)
        return "";
    if (place && place->number) {
        enum word word = is_chapter(target->module, target->node) ? WORD_MODULE
                         : target->node->kind == NODE_TABLE       ? WORD_TABLE
                                                                  : WORD_FIGURE;
        return tied_phrase(print, word, place->number);
    }
    const char *title = target_title(print->arena, target);
    return title ? title : id;
}

/* ---- captions ---- */

struct flow *print_caption(struct print *print, const struct node *node) {
    bool table = node->kind == NODE_TABLE;
    int32_t number = number_of(print, node);
    bool words = table ? node->legend != NULL : node->title && node->title[0];
    if (!number && !words)
        return NULL;
    struct flow *caption = paragraph_new(print, ROLE_CAPTION, STYLE_CAPTION);
    caption->at = node->at;
    struct inlines inlines;
    inlines_init(&inlines, print, &caption->style->text);
    if (number)
        inlines_text(&inlines, tied_phrase(print, table ? WORD_TABLE : WORD_FIGURE, number),
                     MARKED_STRONG);
    if (number && words) {
        inlines_text(&inlines, print_word(print, WORD_CAPTION_MARK), MARKED_STRONG);
        inlines_text(&inlines, " ", 0);
    }
    if (words && table)
        inlines_nodes(&inlines, node->legend);
    else if (words)
        inlines_text(&inlines, node->title, 0);
    inlines_finish(&inlines, caption);
    if (inlines.pictures.count == 0)
        return caption;
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_CAPTION);
    stack->at = node->at;
    stack->keep_together = true;
    caption->role = ROLE_P;
    caption->keep_with_next = true;
    flow_add(stack, caption);
    for (size_t i = 0; i < inlines.pictures.count; i++) {
        struct flow *figure = print_image(print, inlines.pictures.at[i]);
        if (!figure)
            continue;
        figure->space_before_um = figure->space_after_um = 1500;
        flow_align_pictures(figure, LINE_LEFT);
        flow_add(stack, figure);
    }
    return stack;
}

/* ---- the index ---- */

/* "delegation!of projects": an entry and one below it, as in LaTeX's \index. */
static void split_key(struct print *print, const char *key, const char *text[INDEX_LEVELS]) {
    size_t level = 0;
    for (const char *at = key; level + 1 < INDEX_LEVELS; level++) {
        const char *mark = strchr(at, '!');
        if (!mark || mark == at || !mark[1])
            break;
        text[level] = arena_strndup(print->arena, at, (size_t)(mark - at));
        key = at = mark + 1;
    }
    text[level] = key;
}

/* The same as words point to it: "delegation, of projects". */
static const char *key_in_words(struct print *print, const char *key) {
    struct buf words;
    buf_init(&words, print->arena);
    for (; *key; key++)
        if (*key == '!' && words.len && key[1])
            buf_puts(&words, ", ");
        else
            buf_putc(&words, *key);
    return words.len ? words.data : "";
}

const char *print_term(struct print *print, const struct node *span) {
    const struct attribute *key = attributes_find(span->attributes, "key");
    const struct attribute *see = attributes_find(span->attributes, "see");
    const struct attribute *also = attributes_find(span->attributes, "see-also");
    struct index_term *term = VEC_ADD(print->arena, &print->terms);
    const char *id = span->attributes->id;
    *term = (struct index_term){
        .anchor = id ? id : arena_printf(print->arena, "~t%zu", print->terms.count),
    };
    if (key && *key->value)
        split_key(print, key->value, term->text);
    else
        term->text[0] = node_plain_text(print->arena, span);
    term->also = also != NULL;
    term->see = also ? also->value : see ? see->value : NULL;
    if (term->see)
        term->see = key_in_words(print, term->see);
    return term->anchor;
}

struct flow *print_index(struct print *print) {
    struct flow *stack = flow_new(print->arena, FLOW_STACK, ROLE_SECT);
    stack->break_before = BREAK_PAGE;
    struct flow *title = paragraph_text(print, ROLE_H1, STYLE_H1, print_word(print, WORD_INDEX));
    title->level = 1;
    title->outline = print_word(print, WORD_INDEX);
    title->keep_with_next = true;
    title->hyphenate_off = true;
    flow_add(stack, title);
    struct flow *index = flow_new(print->arena, FLOW_INDEX, ROLE_INDEX);
    index->terms = print->terms.at;
    index->term_count = print->terms.count;
    flow_add(stack, index);
    return stack;
}
