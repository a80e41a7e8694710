/* .rating: statements rated on a scale, one answer an item, or one an item and ask. Fills items,
 * scale, asks; slots in item × ask order. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

/* ask="importance: How important; now: How it is now" */
static void check_asks(struct check *check, struct block *block,
                       const struct attribute *attribute) {
    size_t room = 1;
    for (const char *at = attribute->value; *at; at++)
        room += *at == ';';
    block->asks = ARENA_ARRAY(check->arena, struct ask, room);
    for (const char *at = attribute->value; *at;) {
        at += strspn(at, " ;");
        size_t length = strcspn(at, ";"), id_length = strcspn(at, ":");
        if (!length)
            break;
        struct ask *ask = &block->asks[block->ask_count];
        ask->at = attribute->value_at;
        ask->at.col += (int32_t)(at - attribute->value);
        ask->at.length = (int32_t)length;
        const char *label = at + id_length + (id_length < length);
        label += strspn(label, " ");
        const char *end = at + length;
        while (end > label && end[-1] == ' ')
            end--;
        if (id_length >= length || label >= end) {
            diag_report(check->diag, DIAG_ASK_MALFORMED, ask->at,
                        arena_strndup(check->arena, at, length));
        } else {
            ask->id = arena_strndup(check->arena, at, id_length);
            ask->label = arena_strndup(check->arena, label, (size_t)(end - label));
            bool good = check_id(check, ask->id, ask->at);
            for (size_t i = 0; i < block->ask_count; i++)
                if (strcmp(block->asks[i].id, ask->id) == 0) {
                    diag_report(check->diag, DIAG_ITEM_ID_TWICE, ask->at, ask->id);
                    good = false;
                }
            block->ask_count += good;
        }
        at += length;
    }
}

static void check_rating_scale(struct check *check, struct block *block) {
    const struct attribute *scale = check_need(check, block, "scale", "frequency");
    if (!scale)
        return;
    block->scale = course_find_scale(check->course, scale->value);
    if (block->scale)
        return;
    size_t count = check->course->scales.count;
    const char **ids = ARENA_ARRAY(check->arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        ids[i] = check->course->scales.at[i].id;
    check_unknown(check, DIAG_SCALE_UNKNOWN, scale->value_at, scale->value, ids, count);
}

static void check_rating(struct check *check, struct block *block) {
    block->own = true;
    check_rating_scale(check, block);
    const struct attribute *ask = check_find(block, "ask");
    if (ask)
        check_asks(check, block, ask);
    check_items(check, block, "item", true);
    size_t first = check->course->slots.count;
    for (size_t i = 0; i < block->item_count; i++) {
        const struct item *item = &block->items[i];
        for (size_t a = 0; a < (block->ask_count ? block->ask_count : 1); a++) {
            const struct ask *asked = block->ask_count ? &block->asks[a] : NULL;
            const char *name =
                asked ? arena_printf(check->arena, "%s.%s", item->name, asked->id) : item->name;
            const char *label =
                asked ? arena_printf(check->arena, "%s (%s)", item->label, asked->label)
                      : item->label;
            struct slot *slot = check_slot(check, block, SLOT_POINT, name, label);
            slot->item = item;
            slot->ask = asked ? asked->id : NULL;
            slot->scale = block->scale;
            slot->by_sitting = true;
        }
    }
    check_take_slots(check, block, first);
}

const struct block_type type_rating = {
    .name = "rating",
    .body = BODY_LIST,
    .needs_id = true,
    .answerable = true,
    .keys = (const char *const[]){"scale", "ask", NULL},
    .check = check_rating,
    .print = print_rating,
    .sheet = sheet_rating,
};
