#include "block/check.h"

#include "base/utf8.h"
#include "calc/expr.h"

#include <stdlib.h>

const struct attribute *check_find(const struct block *block, const char *key) {
    return attributes_find(block->node->attributes, key);
}

const struct attribute *check_need(struct check *check, const struct block *block, const char *key,
                                   const char *example) {
    const struct attribute *found = check_find(block, key);
    if (!found)
        diag_report(check->diag, DIAG_ATTRIBUTE_MISSING, block->at, block->type->name, key,
                    example);
    return found;
}

bool check_switch(struct check *check, const struct attribute *attribute) {
    if (!attribute)
        return false;
    const char *value = attribute->value;
    if (!value || !*value || strcmp(value, "true") == 0)
        return true;
    if (strcmp(value, "false") != 0)
        diag_report(check->diag, DIAG_ATTRIBUTE_SWITCH, attribute->value_at, attribute->key, value);
    return false;
}

int32_t check_int(struct check *check, const struct attribute *attribute, int32_t low, int32_t high,
                  int32_t otherwise) {
    if (!attribute)
        return otherwise;
    char *end;
    long number = strtol(attribute->value, &end, 10);
    if (*end || end == attribute->value || number < low || number > high) {
        diag_report(check->diag, DIAG_ATTRIBUTE_NUMBER, attribute->value_at, attribute->value,
                    arena_printf(check->arena, "%d", low), arena_printf(check->arena, "%d", high));
        return otherwise;
    }
    return (int32_t)number;
}

void check_unknown(struct check *check, enum diag_code code, struct span at, const char *name,
                   const char *const *names, size_t count) {
    diag_report(check->diag, code, at, name, diag_nearest(name, names, count),
                diag_list(check->arena, names, count));
}

int32_t check_word(struct check *check, const struct attribute *attribute, const char *const *words,
                   size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], attribute->value) == 0)
            return (int32_t)i;
    diag_report(check->diag, DIAG_WORD_UNKNOWN, attribute->value_at, attribute->key,
                attribute->value, diag_nearest(attribute->value, words, count),
                diag_list(check->arena, words, count));
    return -1;
}

/* The place of a part of an attribute's value, which stands on one line as written. */
static struct span value_part(const struct attribute *attribute, const char *part, size_t length) {
    struct span at = attribute->value_at;
    at.col += (int32_t)(part - attribute->value);
    at.length = (int32_t)length;
    return at;
}

uint32_t check_respondents(struct check *check, const struct attribute *attribute,
                           uint32_t otherwise) {
    if (!attribute)
        return otherwise;
    const struct course *course = check->course;
    const char **ids = ARENA_ARRAY(check->arena, const char *, course->respondents.count);
    for (size_t i = 0; i < course->respondents.count; i++)
        ids[i] = course->respondents.at[i].id;
    uint32_t mask = 0;
    for (const char *at = attribute->value; *at;) {
        size_t length = strcspn(at, " ,;");
        if (length) {
            char *word = arena_strndup(check->arena, at, length);
            int32_t found = course_find_respondent(course, word);
            if (found == RESPONDENT_NONE)
                check_unknown(check, DIAG_RESPONDENT_UNKNOWN, value_part(attribute, at, length),
                              word, ids, course->respondents.count);
            else
                mask |= 1u << found;
        }
        at += length;
        at += *at != 0;
    }
    return mask ? mask : otherwise;
}

date_t check_date(struct check *check, const struct attribute *attribute) {
    if (strcmp(attribute->value, "start") == 0) {
        if (check->course->start == DATE_NONE)
            diag_report(check->diag, DIAG_DATE_NO_START, attribute->value_at);
        return check->course->start;
    }
    date_t date = date_parse_iso(attribute->value, strlen(attribute->value));
    if (date == DATE_NONE)
        diag_report(check->diag,
                    date_is_written(attribute->value) ? DIAG_DATE_NONEXISTENT : DIAG_DATE_MALFORMED,
                    attribute->value_at, attribute->value);
    return date;
}

const char *check_propose_id(struct check *check, const char *text) {
    char *id = arena_alloc(check->arena, 32);
    size_t length = 0, words = 0;
    bool gap = false;
    for (const char *at = text; *at && length < 28 && words < 4; at++) {
        char c = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
        bool letter = (c >= 'a' && c <= 'z') || (length && c >= '0' && c <= '9');
        if (!letter) {
            /* An apostrophe or an accented letter does not end a word. */
            gap = gap || (length && (c == ' ' || c == '-' || c == '.' || c == ','));
            continue;
        }
        if (gap) {
            if (++words == 4)
                break;
            id[length++] = '-';
        }
        gap = false;
        id[length++] = c;
    }
    id[length] = 0;
    return length ? id : "a-name";
}

bool check_id(struct check *check, const char *id, struct span at) {
    bool good = id[0] >= 'a' && id[0] <= 'z';
    for (const char *p = id; *p && good; p++)
        good = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '-';
    if (!good) {
        const char *proposed = check_propose_id(check, id);
        diag_report(check->diag, DIAG_ID_MALFORMED, at, id,
                    strcmp(proposed, "a-name") == 0 ? NULL : proposed);
    }
    return good;
}

const char *const *check_block_ids(struct check *check, const char *type, size_t *count) {
    const char **ids = ARENA_ARRAY(check->arena, const char *, check->course->blocks.count);
    *count = 0;
    for (size_t i = 0; i < check->course->blocks.count; i++) {
        const struct block *block = check->course->blocks.at[i];
        if (block->id && strcmp(block->type->name, type) == 0)
            ids[(*count)++] = block->id;
    }
    return ids;
}

static double check_weight(struct check *check, const struct attribute *attribute) {
    if (!attribute)
        return 1;
    char *end;
    double weight = strtod(attribute->value, &end);
    if (*end || end == attribute->value || !(weight > 0) || weight > 1e6) {
        diag_report(check->diag, DIAG_ATTRIBUTE_WEIGHT, attribute->value_at, attribute->value);
        return 1;
    }
    return weight;
}

static void check_item_keys(struct check *check, const struct node *node, const char *what,
                            const char *const *keys, size_t count) {
    const struct attributes *attributes = node->attributes;
    for (size_t i = 0; attributes && i < attributes->count; i++) {
        const struct attribute *attribute = &attributes->items[i];
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known = known || strcmp(attribute->key, keys[k]) == 0;
        if (!known)
            diag_report(check->diag, DIAG_ITEM_ATTRIBUTE_UNKNOWN, attribute->key_at, what,
                        attribute->key, diag_nearest(attribute->key, keys, count),
                        diag_list(check->arena, keys, count));
    }
}

/* The id of an item, checked to be there, well-formed and new; a proposal stands in for a missing
 * one so that the rest can be checked. */
static const char *check_item_id(struct check *check, const struct node *node, const char *what,
                                 const char *label, struct map *taken, struct span *at) {
    const char *id = node->attributes ? node->attributes->id : NULL;
    *at = node->at;
    if (!id) {
        id = check_propose_id(check, label);
        diag_report(check->diag, DIAG_ITEM_NEEDS_ID, node->at, what, id);
    } else {
        *at = node->attributes->id_at;
        check_id(check, id, *at);
    }
    if (map_set(taken, id, (void *)id))
        diag_report(check->diag, DIAG_ITEM_ID_TWICE, *at, id);
    return id;
}

static size_t count_children(const struct node *node) {
    size_t count = 0;
    for (const struct node *child = node->first; child; child = child->next)
        count++;
    return count;
}

void check_items(struct check *check, struct block *block, const char *what, bool scored) {
    static const char *const scored_keys[] = {"dimension", "reverse", "weight"};
    if (!block->body)
        return;
    struct map taken;
    map_init(&taken, check->arena);
    block->items = ARENA_ARRAY(check->arena, struct item, count_children(block->body));
    for (const struct node *node = block->body->first; node; node = node->next) {
        struct item *item = &block->items[block->item_count++];
        item->node = node;
        item->label = node_plain_text(check->arena, node);
        if (!*item->label)
            diag_report(check->diag, DIAG_ITEM_EMPTY, node->at, what);
        item->id = check_item_id(check, node, what, item->label, &taken, &item->at);
        item->name = arena_printf(check->arena, "%s.%s", block->id, item->id);
        item->ticked = node->ticked;
        item->weight = 1;
        check_item_keys(check, node, what, scored_keys, scored ? 3 : 0);
        if (!scored)
            continue;
        const struct attribute *dimension = attributes_find(node->attributes, "dimension");
        if (dimension && check_id(check, dimension->value, dimension->value_at))
            item->dimension = dimension->value;
        item->reverse = check_switch(check, attributes_find(node->attributes, "reverse"));
        item->weight = check_weight(check, attributes_find(node->attributes, "weight"));
    }
}

const struct option *check_list_options(struct check *check, const struct node *list,
                                        size_t *count) {
    *count = 0;
    if (!list)
        return NULL;
    struct map taken;
    map_init(&taken, check->arena);
    struct option *options = ARENA_ARRAY(check->arena, struct option, count_children(list));
    for (const struct node *node = list->first; node; node = node->next) {
        struct option *option = &options[(*count)++];
        option->node = node;
        option->label = node_plain_text(check->arena, node);
        if (!*option->label)
            diag_report(check->diag, DIAG_ITEM_EMPTY, node->at, "option");
        option->id = check_item_id(check, node, "option", option->label, &taken, &option->at);
        check_item_keys(check, node, "option", NULL, 0);
    }
    return options;
}

const struct option *check_text_options(struct check *check, const struct attribute *attribute,
                                        size_t *count) {
    size_t room = 1;
    for (const char *at = attribute->value; *at; at++)
        room += *at == ';';
    struct option *options = ARENA_ARRAY(check->arena, struct option, room);
    struct map taken;
    map_init(&taken, check->arena);
    *count = 0;
    for (const char *at = attribute->value;; at++) {
        at += strspn(at, " ");
        size_t length = strcspn(at, ";"), kept = length;
        while (kept && at[kept - 1] == ' ')
            kept--;
        struct option *option = &options[(*count)++];
        option->label = arena_strndup(check->arena, at, kept);
        option->id = check_propose_id(check, option->label);
        option->at = value_part(attribute, at, kept ? kept : 1);
        if (!kept || map_set(&taken, option->label, option))
            diag_report(check->diag, DIAG_OPTION_MALFORMED, option->at, attribute->value);
        at += length;
        if (!*at)
            return options;
    }
}

const struct expr *check_expr(struct check *check, const struct attribute *attribute) {
    return expr_parse(check->arena, check->diag, attribute->value, attribute->value_at);
}

struct slot *check_slot(struct check *check, struct block *block, enum slot_type type,
                        const char *name, const char *label) {
    struct course *course = check->course;
    struct slot *slot = ARENA_NEW(check->arena, struct slot);
    slot->index = (uint32_t)course->slots.count;
    slot->name = name;
    slot->label = label;
    slot->type = type;
    slot->block = block;
    slot->respondents = block->by & block->shown_to;
    slot->own = block->own;
    slot->required = block->required;
    slot->is_private = block->is_private;
    /* A name that is taken has been reported with its block's or item's id. */
    map_set(&course->slot_by_name, name, slot);
    VEC_PUSH(check->arena, &course->slots, slot);
    return slot;
}

void check_take_slots(struct check *check, struct block *block, size_t first) {
    block->slot_count = check->course->slots.count - first;
    struct slot **slots = ARENA_ARRAY(check->arena, struct slot *, block->slot_count);
    for (size_t i = 0; i < block->slot_count; i++)
        slots[i] = check->course->slots.at[first + i];
    block->slots = slots;
}
