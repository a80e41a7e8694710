/* From fenced divs (and task lists with an id) to blocks: kind, attributes, parts, slots. */
#include "stage/check_internal.h"

static const char *const common_keys[] = {"for", "title", "lang"};
static const char *const answer_keys[] = {"required", "private", "by"};

static const struct block_type *find_type(struct check *check, const struct node *node) {
    const struct attributes *attributes = node->attributes;
    if (!attributes) /* load could not read them, and said so */
        return NULL;
    if (!attributes->class_count && attributes_find(attributes, "lang"))
        return NULL; /* only says in which language its text is */
    if (!attributes->class_count) {
        diag_report(check->diag, DIAG_BLOCK_UNNAMED, node->at);
        return NULL;
    }
    const char *name = attributes->classes[0];
    const struct block_type *type = block_type_find(name);
    if (type)
        return type;
    size_t count;
    const char *const *names = block_type_names(&count);
    check_unknown(check, DIAG_BLOCK_UNKNOWN, attributes->class_at[0], name, names, count);
    return NULL;
}

static size_t collect_keys(const struct block_type *type, const char *keys[16]) {
    size_t count = 0;
    for (size_t i = 0; i < sizeof common_keys / sizeof *common_keys; i++)
        keys[count++] = common_keys[i];
    for (size_t i = 0; type->answerable && i < sizeof answer_keys / sizeof *answer_keys; i++)
        keys[count++] = answer_keys[i];
    for (size_t i = 0; type->keys && type->keys[i]; i++)
        keys[count++] = type->keys[i];
    return count;
}

static bool is_among(const char *word, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static void check_attributes(struct check *check, const struct block_type *type,
                             const struct attributes *attributes) {
    const char *keys[16];
    size_t count = collect_keys(type, keys);
    for (size_t i = 0; i < attributes->count; i++) {
        const struct attribute *attribute = &attributes->items[i];
        if (!is_among(attribute->key, keys, count))
            diag_report(check->diag, DIAG_ATTRIBUTE_UNKNOWN, attribute->key_at, type->name,
                        attribute->key, diag_nearest(attribute->key, keys, count),
                        diag_list(check->arena, keys, count));
        else if (attributes_find(attributes, attribute->key) != attribute)
            diag_report(check->diag, DIAG_GIVEN_TWICE, attribute->key_at, "attribute",
                        attribute->key);
    }
    size_t flag_count = 0;
    while (type->flags && type->flags[flag_count])
        flag_count++;
    for (size_t i = 0; i < attributes->class_count; i++) {
        const char *class = attributes->classes[i];
        if (strcmp(class, type->name) != 0 && !is_among(class, type->flags, flag_count))
            diag_report(check->diag, DIAG_CLASS_UNKNOWN, attributes->class_at[i], type->name, class,
                        diag_nearest(class, type->flags, flag_count));
    }
}

static bool is_body(enum block_body body, const struct node *node) {
    switch (body) {
    case BODY_LIST:
    case BODY_TASKS:
        return node->kind == NODE_LIST;
    case BODY_TABLE:
        return node->kind == NODE_TABLE;
    default:
        return false;
    }
}

/* Prompt, body and note; the prompt's words are the block's label. */
static void split_parts(struct check *check, struct block *block) {
    static const enum diag_code missing[] = {[BODY_LIST] = DIAG_BLOCK_NEEDS_LIST,
                                             [BODY_TASKS] = DIAG_BLOCK_NEEDS_TASKS,
                                             [BODY_TABLE] = DIAG_BLOCK_NEEDS_TABLE};
    const struct block_type *type = block->type;
    bool wants_body =
        type->body == BODY_LIST || type->body == BODY_TASKS || type->body == BODY_TABLE;
    const struct node *node = block->node;
    if (node->kind == NODE_LIST) {
        block->body = node;
    } else {
        const struct node *at = node->first;
        while (at && !is_body(type->body, at))
            at = at->next;
        block->body = at;
        block->prompt = node->first != at ? node->first : NULL;
        block->prompt_end = at;
        block->note = at ? at->next : NULL;
        if (wants_body && !at)
            diag_report(check->diag, missing[type->body], block->at, type->name);
    }
    if (type->body == BODY_NONE && !block->prompt)
        diag_report(check->diag, DIAG_BLOCK_NEEDS_TEXT, block->at, type->name);
    block->label = block->title;
    if (!block->label && block->prompt)
        block->label = node_plain_text(check->arena, block->prompt);
    if (!block->label)
        block->label = block->id ? block->id : type->name;
}

static void check_block_id(struct check *check, struct block *block) {
    const struct attributes *attributes = block->node->attributes;
    block->id = attributes->id;
    if (!block->id) {
        if (!block->type->needs_id)
            return;
        const char *words =
            block->prompt ? node_plain_text(check->arena, block->prompt) : block->type->name;
        const char *proposed = check_propose_id(check, words);
        if (map_find(&check->course->block_by_id, proposed))
            proposed = arena_printf(check->arena, "%s-2", proposed);
        diag_report(check->diag, DIAG_BLOCK_NEEDS_ID, block->at, block->type->name, proposed);
        block->id = proposed; /* stands in, so that its items can be checked */
    } else if (check_id(check, block->id, attributes->id_at) &&
               is_among(block->id,
                        (const char *const[]){"score", "course", "period", "guide", "dashboard",
                                              "participant", "respondent"},
                        7)) {
        diag_report(check->diag, DIAG_ID_RESERVED, attributes->id_at, block->id);
    }
    struct block *other = map_find(&check->course->block_by_id, block->id);
    if (other)
        diag_report(check->diag, DIAG_ID_TWICE, attributes->id ? attributes->id_at : block->at,
                    block->id,
                    arena_printf(check->arena, "%s:%d", other->at.source->path, other->at.line),
                    arena_printf(check->arena, "%s-2", block->id));
    else
        map_set(&check->course->block_by_id, block->id, block);
}

static void check_common(struct check *check, struct block *block) {
    const struct attribute *title = check_find(block, "title");
    uint32_t all = course_all_respondents(check->course);
    block->title = title ? title->value : NULL;
    block->shown_to = check_respondents(check, check_find(block, "for"), all);
    block->facilitator = strcmp(block->type->name, "facilitator") == 0;
    if (block->parent) {
        block->shown_to &= block->parent->shown_to;
        block->facilitator |= block->parent->facilitator;
    }
    const struct attribute *by = check_find(block, "by");
    block->by = check_respondents(check, by, all);
    block->own = by && (block->by & (block->by - 1)) != 0;
    block->required = check_switch(check, check_find(block, "required"));
    block->is_private = check_switch(check, check_find(block, "private"));
    if (block->is_private)
        block->own = true;
}

static void walk(struct check *check, struct node *node, struct block *parent);

static void walk_children(struct check *check, struct node *node, struct block *parent) {
    for (struct node *child = node->first; child; child = child->next)
        walk(check, child, parent);
}

static const struct block *repeat_around(const struct block *block) {
    while (block && strcmp(block->type->name, "repeat") != 0)
        block = block->parent;
    return block;
}

/* What is asked inside a .repeat has one answer a period; some kinds have rows, sittings or
 * results of their own, and cannot. */
static void check_repeated(struct check *check, struct block *block) {
    static const char *const never[] = {"rating", "log", "calc", "sign", "repeat"};
    const struct block *repeat = repeat_around(block->parent);
    if (!repeat)
        return;
    if (is_among(block->type->name, never, sizeof never / sizeof *never))
        diag_report(check->diag, DIAG_REPEAT_HOLDS, block->at, block->type->name);
    for (size_t i = 0; i < block->slot_count; i++) {
        block->slots[i]->repeat = repeat;
        block->slots[i]->by_sitting = false;
    }
}

static void check_block(struct check *check, struct node *node, const struct block_type *type,
                        struct block *parent) {
    struct block *block = ARENA_NEW(check->arena, struct block);
    block->type = type;
    block->node = node;
    block->at = node->attributes->at.source ? node->attributes->at : node->at;
    block->module = check->module;
    block->parent = parent;
    block->decimals = -1;
    block->from = DATE_NONE;
    block->index = check->course->blocks.count;
    node->block = block;
    VEC_PUSH(check->arena, &check->course->blocks, block);
    check_attributes(check, type, node->attributes);
    check_common(check, block);
    split_parts(check, block);
    check_block_id(check, block);
    if (type->check)
        type->check(check, block);
    check_repeated(check, block);
    if (type->body == BODY_ANY) {
        walk_children(check, node, block);
        return;
    }
    for (const struct node *child = node->first; child; child = child->next)
        if (child->kind == NODE_DIV)
            diag_report(check->diag, DIAG_BLOCK_IN_BLOCK, child->at, type->name);
}

static void walk(struct check *check, struct node *node, struct block *parent) {
    bool named_tasks = node->kind == NODE_LIST && node->attributes && node->attributes->id &&
                       node->first && node->first->task;
    if (named_tasks) {
        check_block(check, node, block_type_find("checklist"), parent);
    } else if (node->kind == NODE_DIV) {
        const struct block_type *type = find_type(check, node);
        if (type)
            check_block(check, node, type, parent);
        else
            walk_children(check, node, parent);
    } else {
        walk_children(check, node, parent);
    }
}

void check_module_blocks(struct check *check, struct module *module) {
    if (module->document)
        walk_children(check, module->document, NULL);
}
