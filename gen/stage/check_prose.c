/* Prose outside of blocks: the ids that links may point to, links, attributes that nothing reads,
 * languages, terms for the index. */
#include "stage/check_internal.h"

#include "block/print_parts.h"

/* What a kind of node takes in braces. */
struct rule {
    enum node_kind kind;
    const char *what;
    bool id;
    const char *const *classes, *const *keys; /* NULL-terminated, or NULL */
    const char *takes;                        /* for the hint */
};

static const char *const only_language[] = {"lang", NULL};

static const struct rule rules[] = {
    {NODE_DIV, "fenced texts without a kind", false, NULL, only_language, "lang="},
    {NODE_HEADING, "headings", true, NULL, only_language, "#id and lang="},
    {NODE_LIST, "lists", true, NULL, only_language, "#id and lang="},
    {NODE_ITEM, "items of plain lists", true, NULL, only_language, "#id and lang="},
    {NODE_QUOTE, "quotations", true, NULL, only_language, "#id and lang="},
    {NODE_CODE_BLOCK, "code blocks", true, NULL, NULL, "#id and a language"},
    {NODE_TABLE, "tables", true, NULL, NULL, "#id"},
    {NODE_CELL, "header cells outside of logs", false, NULL, NULL, "nothing"},
    {NODE_IMAGE, "pictures", true, NULL, (const char *const[]){"width", NULL}, "#id and width="},
    {NODE_LINK, "links", false, (const char *const[]){"page", NULL}, NULL,
     ".page; with a space before it, the brace belongs to the whole line"},
    {NODE_SPAN, "words in brackets", true,
     (const char *const[]){"term", "smallcaps", "sub", "sup", NULL},
     (const char *const[]){"key", "lang", "see", "see-also", "title", NULL},
     "#id, .term, key=, see=, see-also=, .smallcaps, .sub, .sup, lang= and title=; with a space "
     "before it, the "
     "brace belongs "
     "to the whole line"},
};

static bool is_among(const char *word, const char *const *words) {
    for (; words && *words; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static size_t count_of(const char *const *words) {
    size_t count = 0;
    while (words && words[count])
        count++;
    return count;
}

static void report_mark(struct check *check, const struct rule *rule, struct span at,
                        const char *sign, const char *name, const char *const *words) {
    const char *nearest = diag_nearest(name, words, count_of(words));
    diag_report(check->diag, DIAG_MARK_UNKNOWN, at, rule->what,
                arena_printf(check->arena, "%s%s", sign, name),
                nearest ? arena_printf(check->arena, "%s%s", sign, nearest) : NULL, rule->takes);
}

static const struct rule *rule_of(const struct node *node) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].kind == node->kind)
            return &rules[i];
    return NULL;
}

static void check_marks(struct check *check, const struct node *node) {
    const struct attributes *attributes = node->attributes;
    const struct rule *rule = rule_of(node);
    if (!attributes || !rule || node->block || node_is_of_block(node))
        return;
    if (node->kind == NODE_DIV && (attributes->class_count || !attributes_find(attributes, "lang")))
        return; /* of no kind there is: reported */
    if (attributes->id && !rule->id)
        report_mark(check, rule, attributes->id_at, "#", attributes->id, NULL);
    for (size_t i = 0; i < attributes->class_count; i++) {
        /* A code block's first class is its language. */
        bool known = is_among(attributes->classes[i], rule->classes) ||
                     (node->kind == NODE_CODE_BLOCK && i == 0);
        if (!known)
            report_mark(check, rule, attributes->class_at[i], ".", attributes->classes[i],
                        rule->classes);
    }
    for (size_t i = 0; i < attributes->count; i++) {
        const struct attribute *attribute = &attributes->items[i];
        if (!is_among(attribute->key, rule->keys))
            report_mark(check, rule, attribute->key_at, "", attribute->key, rule->keys);
        else if (attributes_find(attributes, attribute->key) != attribute)
            diag_report(check->diag, DIAG_GIVEN_TWICE, attribute->key_at, "attribute",
                        attribute->key);
    }
}

/* ---- places ---- */

static void add_place(struct check *check, const char *id, struct span at,
                      const struct module *module, const struct node *node) {
    struct map *places = &check->course->places;
    const struct place_target *other = map_find(places, id);
    if (!other) {
        struct place_target *target = ARENA_NEW(check->arena, struct place_target);
        *target = (struct place_target){module, node};
        map_set(places, id, target);
        return;
    }
    /* A chapter may hold the block it is named after; two blocks have been reported. */
    if (!node || !other->node || (node->block && other->node->block))
        return;
    diag_report(
        check->diag, DIAG_ID_TWICE, at, id,
        arena_printf(check->arena, "%s:%d", other->node->at.source->path, other->node->at.line),
        arena_printf(check->arena, "%s-2", id));
}

static void gather_places(struct check *check, const struct module *module,
                          const struct node *parent) {
    for (const struct node *node = parent->first; node; node = node->next) {
        const char *id = node_place_id(node);
        if (id)
            add_place(check, id, node->attributes ? node->attributes->id_at : node->at, module,
                      node);
        gather_places(check, module, node);
    }
}

/* Headings that were named since. */
static void gather_slugs(struct check *check, const struct module *module,
                         const struct node *parent) {
    for (const struct node *node = parent->first; node; node = node->next) {
        const char *id = node->kind == NODE_HEADING ? node_place_id(node) : NULL;
        if (id && !map_find(&check->course->places, id))
            add_place(check, id, node->at, module, node);
        gather_slugs(check, module, node);
    }
}

/* ---- links ---- */

static const char *nearest_place(struct check *check, const char *id) {
    const struct map *places = &check->course->places;
    const char **ids = ARENA_ARRAY(check->arena, const char *, places->count + 1);
    for (size_t i = 0; i < places->count; i++)
        ids[i] = places->entries[i].key;
    return diag_nearest(id, ids, places->count);
}

static void check_link(struct check *check, const struct node *link) {
    bool inside = link->url && link->url[0] == '#';
    bool page = attributes_has_class(link->attributes, "page");
    const struct place_target *target =
        inside ? map_find(&check->course->places, link->url + 1) : NULL;
    if (inside && !target) {
        diag_report(check->diag, DIAG_LINK_UNKNOWN, link->at, link->url + 1,
                    nearest_place(check, link->url + 1));
        return;
    }
    if (page && !inside)
        diag_report(check->diag, DIAG_LINK_PAGE, link->at);
    else if (!link->first && !(target && target_title(check->arena, target)) &&
             !(target && target->node && node_is_numbered(target->node)) && !page)
        diag_report(check->diag, DIAG_LINK_WORDS, link->at);
}

/* ---- words in brackets ---- */

/* BCP 47 as far as its shape goes: letters, then parts of letters and digits. */
static bool is_language(const char *text) {
    size_t part = 0, parts = 0;
    for (const char *at = text;; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        bool digit = *at >= '0' && *at <= '9';
        if (letter || (digit && parts)) {
            part++;
            continue;
        }
        if (part < (parts ? 1 : 2) || part > 8 || (*at && *at != '-'))
            return false;
        if (!*at)
            return true;
        part = 0;
        parts++;
    }
}

static void add_language(struct check *check, const char *language) {
    struct course *course = check->course;
    for (size_t i = 0; i < course->languages.count; i++)
        if (strcmp(course->languages.at[i], language) == 0)
            return;
    VEC_PUSH(check->arena, &course->languages, language);
}

/* On any node that takes it; who does not has been reported. */
static void check_language(struct check *check, const struct node *node) {
    const struct attribute *lang = attributes_find(node->attributes, "lang");
    if (lang && is_language(lang->value))
        add_language(check, lang->value);
    else if (lang)
        diag_report(check->diag, DIAG_LANGUAGE_MALFORMED, lang->value_at, lang->value);
}

static void check_span(struct check *check, const struct node *span) {
    static const char *const of_terms[] = {"key", "see", "see-also"};
    if (!span->first)
        diag_report(check->diag, DIAG_SPAN_EMPTY, span->at);
    for (size_t i = 0; i < sizeof of_terms / sizeof *of_terms; i++) {
        const struct attribute *key = attributes_find(span->attributes, of_terms[i]);
        if (key && !attributes_has_class(span->attributes, "term"))
            diag_report(check->diag, DIAG_KEY_WITHOUT_TERM, key->key_at, of_terms[i]);
    }
}

/* What a picture stands in that has no room for it; NULL if all is well. */
static const char *cramped_place(const struct node *image) {
    const struct node *inside = image;
    for (const struct node *at = image->parent; at; inside = at, at = at->parent) {
        if (at->kind == NODE_HEADING)
            return "a heading";
        if (!at->block)
            continue;
        if (attributes_has_class(at->attributes, "field"))
            return "a field's label";
        if (attributes_has_class(at->attributes, "rating"))
            return inside->kind == NODE_LIST ? "a rating's list" : NULL;
        if (attributes_has_class(at->attributes, "log"))
            return inside->kind == NODE_TABLE ? "a log's header" : NULL;
        return NULL;
    }
    return NULL;
}

static void check_image(struct check *check, const struct node *image) {
    const char *place = cramped_place(image);
    if (place)
        diag_report(check->diag, DIAG_IMAGE_NO_PLACE, image->at, place);
}

static void check_node(struct check *check, const struct node *node) {
    check_marks(check, node);
    check_language(check, node);
    if (node->kind == NODE_LINK)
        check_link(check, node);
    else if (node->kind == NODE_SPAN)
        check_span(check, node);
    else if (node->kind == NODE_IMAGE)
        check_image(check, node);
    if (node->legend)
        check_node(check, node->legend);
    for (const struct node *child = node->first; child; child = child->next)
        check_node(check, child);
}

void check_prose(struct check *check) {
    struct course *course = check->course;
    map_init(&course->places, course->arena);
    add_language(check, course->language);
    for (size_t i = 0; i < course->modules.count; i++) {
        const struct module *module = course->modules.at[i];
        add_place(check, module->id, module->id_at, module, NULL);
        if (module->document)
            gather_places(check, module, module->document);
    }
    for (size_t i = 0; i < course->modules.count; i++) { /* after all that have ids */
        const struct module *module = course->modules.at[i];
        if (!module->document)
            continue;
        check_name_headings(check, module);
        gather_slugs(check, module, module->document);
    }
    for (size_t i = 0; i < course->modules.count; i++) {
        const struct module *module = course->modules.at[i];
        if (module->document)
            check_node(check, module->document);
        for (size_t f = 0; f < module->footnote_count; f++)
            if (module->footnotes[f])
                check_node(check, module->footnotes[f]);
    }
    check_terms(check);
}

bool prose_has_term(const struct node *node) {
    if (node->kind == NODE_SPAN && attributes_has_class(node->attributes, "term"))
        return true;
    for (const struct node *child = node->first; child; child = child->next)
        if (prose_has_term(child))
            return true;
    return node->legend && prose_has_term(node->legend);
}
