/* The index: terms sorted as their language does, under their letters, each with the pages it is
 * mentioned on. Pages are those of the last pass; layout goes on until they have come to rest. Two
 * columns, filled a page at a time, so that reading goes down both before the page is turned. */
#define _GNU_SOURCE /* qsort_r */
#include "stage/layout_parts.h"

#include "base/units.h"
#include "type/collate.h"

#include <stdlib.h>

enum {
    GUTTER_UM = 8000,
    LEAST_COLUMN_UM = 40000, /* narrower: one column */
    HANGING_UM = 4000,
    ENTRY_AFTER_UM = 500,
    LETTER_BEFORE_UM = 3500,
    LETTER_AFTER_UM = 800,
    TITLE_ROOM_UM = 45000, /* what the title may take of the first page */
};

/* What stands in the index as one: an entry below its letter, if it is the first, and the entries
 * it is part of, if none of their pages stand before it. */
enum { UNIT_PARTS = INDEX_LEVELS + 1 };
struct unit {
    struct flow *parts[UNIT_PARTS];
    size_t count;
    int32_t height_um;
};

struct mention {
    const struct index_term *term;
    size_t index; /* in the order of the text */
};

struct indexing {
    struct lay *lay;
    const struct flow *node;
    struct collation *collation;
    struct mention *mentions;
    size_t count;
    int32_t column_um;
    VEC(struct unit) units;
};

static int by_term(const void *left, const void *right, void *context) {
    const struct mention *a = left, *b = right;
    struct indexing *indexing = context;
    int order = 0;
    for (size_t i = 0; i < INDEX_LEVELS && order == 0; i++) {
        const char *one = a->term->text[i], *other = b->term->text[i];
        if (!one || !other) {
            order = (one != NULL) - (other != NULL);
            break;
        }
        order = collation_compare(indexing->collation, one, other, COLLATION_ACCENTS);
    }
    for (size_t i = 0; i < INDEX_LEVELS && order == 0 && a->term->text[i]; i++) {
        const char *one = a->term->text[i], *other = b->term->text[i];
        order = collation_compare(indexing->collation, one, other, COLLATION_CASES);
        if (order == 0)
            order = strcmp(one, other);
    }
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* How many levels two terms share. */
static size_t shared_levels(const struct indexing *indexing, const struct index_term *a,
                            const struct index_term *b) {
    size_t level = 0;
    while (level < INDEX_LEVELS && a->text[level] && b->text[level] &&
           collation_compare(indexing->collation, a->text[level], b->text[level],
                             COLLATION_ACCENTS) == 0)
        level++;
    return level;
}

static size_t levels_of(const struct index_term *term) {
    size_t level = 0;
    while (level < INDEX_LEVELS && term->text[level])
        level++;
    return level;
}

static int by_index(const void *left, const void *right) {
    const struct mention *a = left, *b = right;
    return (a->index > b->index) - (a->index < b->index);
}

/* ---- one entry ---- */

static struct inline_item *add_item(struct flow *entry, const char *text) {
    struct inline_item *items = (struct inline_item *)entry->items;
    struct inline_item *item = &items[entry->item_count++];
    *item = (struct inline_item){
        .kind = INLINE_TEXT, .style = &entry->style->text, .text = text, .length = strlen(text)};
    return item;
}

static void add_link(struct lay *lay, struct flow *entry, const char *text, const char *name) {
    struct inline_item *item = add_item(entry, text);
    item->role = ROLE_LINK;
    item->group = (uint16_t)entry->item_count;
    item->url = arena_printf(lay->job, "#%s", name);
    item->no_break = true;
}

/* A page's number, 0 if it is none in figures. */
static long number_of(const char *label) {
    char *end;
    long number = strtol(label, &end, 10);
    return *end ? 0 : number;
}

static const char *label_of(const struct lay *lay, const struct mention *mention) {
    return lay->labels ? map_find(lay->labels, mention->term->anchor) : "00";
}

/* "12, 14–16": three pages or more that follow one another are joined. */
static void add_pages(struct lay *lay, struct flow *entry, const struct mention *mentions,
                      size_t count) {
    const struct mention **pages = ARENA_ARRAY(lay->scratch, const struct mention *, count);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        const char *label = label_of(lay, &mentions[i]);
        if (!label) /* its words were not set in this edition */
            continue;
        if (mentions[i].term->see && !mentions[i].term->also)
            continue;
        struct reference_use use = {mentions[i].term->anchor, entry, true};
        VEC_PUSH(lay->scratch, &lay->uses, use);
        if (found == 0 || strcmp(label_of(lay, pages[found - 1]), label) != 0)
            pages[found++] = &mentions[i];
    }
    for (size_t i = 0; i < found;) {
        size_t end = i + 1;
        long number = number_of(label_of(lay, pages[i]));
        while (end < found && number &&
               number_of(label_of(lay, pages[end])) == number + (long)(end - i))
            end++;
        end = end - i >= 3 ? end : i + 1;
        add_item(entry, ", ");
        const char *text = label_of(lay, pages[i]);
        if (end - i >= 3)
            text = arena_printf(lay->job, "%s\u2013%s", text, label_of(lay, pages[end - 1]));
        add_link(lay, entry, text, pages[i]->term->anchor);
        i = end;
    }
}

static struct flow *paragraph(struct lay *lay, const struct flow *node, enum role role,
                              enum style_id style, size_t items) {
    struct flow *flow = flow_new(lay->job, FLOW_PARAGRAPH, role);
    flow->at = node->at;
    flow->style = &lay->theme->styles[style];
    flow->align = LINE_LEFT;
    flow->hyphenate_off = true;
    flow->items = ARENA_ARRAY(lay->job, struct inline_item, items);
    return flow;
}

static int32_t height_of(struct indexing *indexing, const struct flow *flow) {
    struct lay *lay = indexing->lay;
    struct paragraph_request request = paragraph_request(lay, flow, indexing->column_um);
    size_t lines = typeset_paragraph(lay->typesetter, lay->scratch, &request).count;
    return (int32_t)lines * flow->style->leading_um + flow->space_before_um + flow->space_after_um;
}

static bool was_set(const struct lay *lay, const struct mention *mention) {
    return label_of(lay, mention) != NULL;
}

/* ", see delegation", each once. */
static void add_see(struct lay *lay, struct flow *entry, const struct mention *mentions,
                    size_t count) {
    struct text_style *italic = ARENA_NEW(lay->job, struct text_style);
    *italic = entry->style->text;
    italic->face ^= FACE_ITALIC;
    for (size_t i = 0; i < count; i++) {
        const struct index_term *term = mentions[i].term;
        bool known = !term->see || !was_set(lay, &mentions[i]);
        for (size_t k = 0; k < i && !known; k++)
            known = mentions[k].term->see && strcmp(mentions[k].term->see, term->see) == 0;
        if (known)
            continue;
        const char *word =
            lay->edition->course->words[term->also ? WORD_INDEX_SEE_ALSO : WORD_INDEX_SEE];
        add_item(entry, ", ");
        add_item(entry, word)->style = italic;
        add_item(entry, arena_printf(lay->job, " %s", term->see));
    }
}

/* An entry of a level, without its pages. */
static struct flow *entry_of(struct indexing *indexing, const char *text, size_t level,
                             size_t items) {
    struct lay *lay = indexing->lay;
    struct flow *entry = paragraph(lay, indexing->node, ROLE_P, STYLE_SMALL, items + 1);
    entry->hanging_um = HANGING_UM * (int32_t)(level + 1);
    entry->space_after_um = ENTRY_AFTER_UM;
    if (level) {
        struct paragraph_style *style = ARENA_NEW(lay->job, struct paragraph_style);
        *style = *entry->style;
        style->first_indent_um = HANGING_UM * (int32_t)level;
        entry->style = style;
    }
    add_item(entry, text);
    return entry;
}

static void add_part(struct indexing *indexing, struct unit *unit, struct flow *part) {
    if (unit->count)
        unit->parts[unit->count - 1]->keep_with_next = true;
    unit->parts[unit->count++] = part;
    unit->height_um += height_of(indexing, part);
}

/* `shared` levels of the term stand already. False if it has no page in this edition. */
static bool add_entry(struct indexing *indexing, const char *letter, const struct mention *mentions,
                      size_t count, const struct index_term *name, size_t shared) {
    struct lay *lay = indexing->lay;
    size_t level = levels_of(name) - 1;
    struct flow *entry = entry_of(indexing, name->text[level], level, 5 * count);
    add_pages(lay, entry, mentions, count);
    add_see(lay, entry, mentions, count);
    if (entry->item_count == 1)
        return false;
    struct unit unit = {0};
    if (letter) {
        struct flow *head = paragraph(lay, indexing->node, ROLE_H2, STYLE_H4, 1);
        head->space_before_um = LETTER_BEFORE_UM;
        head->space_after_um = LETTER_AFTER_UM;
        add_item(head, letter);
        add_part(indexing, &unit, head);
    }
    for (size_t i = shared; i < level; i++)
        add_part(indexing, &unit, entry_of(indexing, name->text[i], i, 0));
    add_part(indexing, &unit, entry);
    VEC_PUSH(lay->scratch, &indexing->units, unit);
    return true;
}

/* What begins with no letter comes first, under a heading of its own. */
static void add_entries(struct indexing *indexing) {
    struct lay *lay = indexing->lay;
    const char *other = lay->edition->course->words[WORD_INDEX_OTHER], *last = NULL;
    const struct index_term *before = NULL;
    for (size_t i = 0; i < indexing->count;) {
        struct mention *first = &indexing->mentions[i];
        const struct index_term *name = first->term; /* the least in order: small letters */
        size_t end = i + 1, levels = levels_of(name);
        while (end < indexing->count && levels_of(indexing->mentions[end].term) == levels &&
               shared_levels(indexing, name, indexing->mentions[end].term) == levels)
            end++;
        qsort(first, end - i, sizeof *first, by_index);
        const char *letter = collation_letter(indexing->collation, lay->job, name->text[0]);
        letter = letter ? letter : other;
        bool same = last && (letter == last || (last != other && letter != other &&
                                                collation_compare(indexing->collation, letter, last,
                                                                  COLLATION_LETTERS) == 0));
        if (add_entry(indexing, same ? NULL : letter, first, end - i, name,
                      before ? shared_levels(indexing, before, name) : 0)) {
            last = same ? last : letter;
            before = name;
        }
        i = end;
    }
}

/* ---- columns ---- */

/* As many units from `first` on as fit: the end. At least one. */
static size_t fill(const struct indexing *indexing, size_t first, int32_t room_um) {
    size_t end = first;
    int32_t height_um = 0;
    while (end < indexing->units.count &&
           (end == first || height_um + indexing->units.at[end].height_um <= room_um))
        height_um += indexing->units.at[end++].height_um;
    return end;
}

static void add_units(const struct indexing *indexing, struct flow *into, size_t first,
                      size_t end) {
    for (size_t i = first; i < end; i++) {
        const struct unit *unit = &indexing->units.at[i];
        for (size_t p = 0; p < unit->count; p++)
            flow_add(into, unit->parts[p]);
    }
}

/* Where the left column ends on the last page: both about as long, the left one rather longer. */
static size_t balance(const struct indexing *indexing, size_t first, int32_t room_um) {
    int32_t rest_um = 0, left_um = 0;
    size_t end = first;
    for (size_t i = first; i < indexing->units.count; i++)
        rest_um += indexing->units.at[i].height_um;
    while (end < indexing->units.count && 2 * left_um < rest_um)
        left_um += indexing->units.at[end++].height_um;
    return left_um <= room_um ? end : fill(indexing, first, room_um);
}

static void set_columns(struct indexing *indexing, int32_t x_um, int32_t width_um) {
    struct lay *lay = indexing->lay;
    int32_t room_um =
        lay->limit_um > 2 * TITLE_ROOM_UM ? lay->limit_um - TITLE_ROOM_UM : lay->limit_um / 2;
    for (size_t first = 0; first < indexing->units.count; room_um = lay->limit_um) {
        size_t left = fill(indexing, first, room_um), right = fill(indexing, left, room_um);
        if (right == indexing->units.count)
            left = balance(indexing, first, room_um);
        struct flow *columns = flow_new(lay->job, FLOW_COLUMNS, ROLE_NONE);
        columns->at = indexing->node->at;
        columns->gap_um = GUTTER_UM;
        add_units(indexing, flow_add(columns, flow_new(lay->job, FLOW_STACK, ROLE_NONE)), first,
                  left);
        add_units(indexing, flow_add(columns, flow_new(lay->job, FLOW_STACK, ROLE_NONE)), left,
                  right);
        measure_node(lay, columns, x_um, width_um);
        first = right;
    }
}

void measure_index(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    struct indexing indexing = {
        .lay = lay, .node = node, .count = node->term_count, .column_um = width_um};
    indexing.collation = collation_open(lay->scratch, lay->edition->course->language);
    indexing.mentions = ARENA_ARRAY(lay->scratch, struct mention, node->term_count);
    for (size_t i = 0; i < node->term_count; i++)
        indexing.mentions[i] = (struct mention){&node->terms[i], i};
    if (indexing.count)
        qsort_r(indexing.mentions, indexing.count, sizeof *indexing.mentions, by_term, &indexing);
    int32_t half_um = (width_um - GUTTER_UM) / 2;
    bool abreast = half_um >= LEAST_COLUMN_UM;
    if (abreast)
        indexing.column_um = half_um;
    add_entries(&indexing);
    collation_close(indexing.collation);
    if (abreast) {
        set_columns(&indexing, x_um, width_um);
        return;
    }
    struct flow *stack = flow_new(lay->job, FLOW_STACK, ROLE_NONE);
    add_units(&indexing, stack, 0, indexing.units.count);
    measure_node(lay, stack, x_um, width_um);
}
