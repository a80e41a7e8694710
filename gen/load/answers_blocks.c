/* One file's keys: blocks with their items and asks. */
#include "load/answers.h"

#include <stdlib.h>

static const char *const head_keys[] = {"participant", "date", "respondent", "sitting"};

static bool is_head(const char *key) {
    for (size_t i = 0; i < sizeof head_keys / sizeof *head_keys; i++)
        if (strcmp(key, head_keys[i]) == 0)
            return true;
    return false;
}

static void report_unknown(struct answers_reader *reader, enum diag_code code, struct span at,
                           const char *name, const struct strings *known, const char *where) {
    diag_report(reader->reader.diag, code, at, name, diag_nearest(name, known->at, known->count),
                diag_list(reader->reader.arena, known->at, known->count), where);
}

/* Ids of all blocks that take answers, and what else may stand at the top of a file. */
static void report_unknown_block(struct answers_reader *reader, const struct yaml_pair *pair) {
    struct strings known = {0};
    for (size_t i = 0; i < reader->course->blocks.count; i++) {
        const struct block *block = reader->course->blocks.at[i];
        if (block->id && block->slot_count)
            VEC_PUSH(reader->reader.arena, &known, block->id);
    }
    for (size_t i = 0; i < sizeof head_keys / sizeof *head_keys; i++)
        VEC_PUSH(reader->reader.arena, &known, head_keys[i]);
    diag_report(reader->reader.diag, DIAG_ANSWER_UNKNOWN, pair->key_at, pair->key,
                diag_nearest(pair->key, known.at, known.count), pair->key);
}

static void read_value(struct answers_reader *reader, const struct answer_file *file,
                       const struct slot *slot, const struct yaml *node) {
    struct value value;
    if (answers_parse(&reader->reader, slot, node, &value))
        answers_add(reader, file, slot, reader->period, value, node->at);
}

/* The slot of an item (and ask) of a block, or NULL. */
static const struct slot *find_slot(const struct block *block, const char *item, const char *ask) {
    for (size_t i = 0; i < block->slot_count; i++) {
        const struct slot *slot = block->slots[i];
        if (slot->item && strcmp(slot->item->id, item) == 0 &&
            (!ask || !slot->ask || strcmp(slot->ask, ask) == 0))
            return slot;
    }
    return NULL;
}

static void read_asks(struct answers_reader *reader, const struct answer_file *file,
                      const struct block *block, const struct yaml_pair *item) {
    struct strings known = {0};
    for (size_t i = 0; i < block->ask_count; i++)
        VEC_PUSH(reader->reader.arena, &known, block->asks[i].id);
    if (item->value.kind == YAML_NULL)
        return;
    if (item->value.kind != YAML_MAP) {
        yaml_report_type(&reader->reader, &item->value,
                         arena_printf(reader->reader.arena, "{%s: …}", known.at[0]));
        return;
    }
    for (size_t i = 0; i < item->value.count; i++) {
        const struct yaml_pair *pair = &item->value.pairs[i];
        bool found = false;
        for (size_t k = 0; k < known.count && !found; k++)
            found = strcmp(known.at[k], pair->key) == 0;
        const struct slot *slot = found ? find_slot(block, item->key, pair->key) : NULL;
        if (slot)
            read_value(reader, file, slot, &pair->value);
        else
            diag_report(reader->reader.diag, DIAG_ASK_UNKNOWN, pair->key_at, block->id, pair->key,
                        diag_nearest(pair->key, known.at, known.count),
                        diag_list(reader->reader.arena, known.at, known.count));
    }
}

static void read_items(struct answers_reader *reader, const struct answer_file *file,
                       const struct block *block, const struct yaml *map) {
    struct strings known = {0};
    for (size_t i = 0; i < block->item_count; i++)
        if (block->items[i].id)
            VEC_PUSH(reader->reader.arena, &known, block->items[i].id);
    if (!yaml_is_map(&reader->reader, map, "'item: answer' lines"))
        return;
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        const struct slot *slot = find_slot(block, pair->key, NULL);
        if (!slot)
            report_unknown(reader, DIAG_ANSWER_ITEM, pair->key_at, pair->key, &known, block->id);
        else if (slot->ask)
            read_asks(reader, file, block, pair);
        else
            read_value(reader, file, slot, &pair->value);
    }
}

/* "assistant" or "assistant and executive", for the message. */
static const char *who(struct answers_reader *reader, uint32_t mask) {
    const char *text = NULL;
    for (size_t i = 0; i < reader->course->respondents.count; i++) {
        const char *id = reader->course->respondents.at[i].id;
        if (mask >> i & 1)
            text = text ? arena_printf(reader->reader.arena, "%s and %s", text, id) : id;
    }
    return text ? text : "nobody";
}

static void read_one(struct answers_reader *reader, const struct answer_file *file,
                     const struct block *block, const struct yaml *node) {
    if (block->slots[0]->item)
        read_items(reader, file, block, node);
    else
        read_value(reader, file, block->slots[0], node);
}

/* The period, from 0, that a date lies in, or a number from 1 means; -1 if none. */
static int32_t find_period(const struct block *repeat, const char *key) {
    date_t date = date_parse_iso(key, strlen(key));
    if (date == DATE_NONE) {
        char *end;
        long number = strtol(key, &end, 10);
        return *end || end == key || number < 1 || number > repeat->rows ? -1 : (int32_t)number - 1;
    }
    for (int32_t i = 0; i < repeat->rows; i++)
        if (date >= block_period_start(repeat, i) && date < block_period_start(repeat, i + 1))
            return i;
    return -1;
}

/* One answer a period: {2026-09-07: …}, by any day in it or by its number. */
static void read_periods(struct answers_reader *reader, const struct answer_file *file,
                         const struct block *block, const struct yaml *map) {
    const struct block *repeat = block->slots[0]->repeat;
    char from[16], to[16];
    date_format_iso(block_period_start(repeat, 0), from);
    date_format_iso(block_period_start(repeat, repeat->rows) - 1, to);
    if (!yaml_is_map(&reader->reader, map, arena_printf(reader->reader.arena, "{%s: …}", from)))
        return;
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        reader->period = find_period(repeat, pair->key);
        if (reader->period < 0)
            diag_report(reader->reader.diag, DIAG_ANSWER_PERIOD, pair->key_at, pair->key, from, to);
        else if (pair->value.kind != YAML_NULL)
            read_one(reader, file, block, &pair->value);
    }
    reader->period = 0;
}

static void read_block(struct answers_reader *reader, const struct answer_file *file,
                       const struct yaml_pair *pair) {
    const struct block *block = course_find_block(reader->course, pair->key);
    if (!block) {
        report_unknown_block(reader, pair);
        return;
    }
    if (block->slot_count == 0) {
        diag_report(reader->reader.diag, DIAG_ANSWER_NOT_TAKEN, pair->key_at, pair->key);
        return;
    }
    const struct slot *slot = block->slots[0];
    if (!(slot->respondents >> file->respondent & 1)) {
        diag_report(reader->reader.diag, DIAG_ANSWER_NOT_ASKED, pair->key_at, pair->key,
                    reader->course->respondents.at[file->respondent].id,
                    who(reader, slot->respondents));
        return;
    }
    if (pair->value.kind == YAML_NULL)
        return;
    if (slot->rows)
        answers_read_log(reader, file, block, &pair->value);
    else if (slot->repeat)
        read_periods(reader, file, block, &pair->value);
    else
        read_one(reader, file, block, &pair->value);
}

void answers_read_blocks(struct answers_reader *reader, const struct answer_file *file) {
    for (size_t i = 0; i < file->root->count; i++)
        if (!is_head(file->root->pairs[i].key))
            read_block(reader, file, &file->root->pairs[i]);
}
