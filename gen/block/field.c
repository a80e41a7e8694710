/* .field: one line of an answer, typed. Fills field_type; one slot. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

static void check_field(struct check *check, struct block *block) {
    static const char *const types[] = {"text", "date", "number", "money", "percent", "email"};
    block->field_type = SLOT_TEXT;
    const struct attribute *type = check_find(block, "type");
    if (type) {
        int32_t index = check_word(check, type, types, 6);
        if (index >= 0)
            slot_type_parse(types[index], &block->field_type);
    }
    size_t first = check->course->slots.count;
    struct slot *slot = check_slot(check, block, block->field_type, block->id, block->label);
    const struct attribute *most = check_find(block, "max");
    if (most && block->field_type != SLOT_TEXT && block->field_type != SLOT_EMAIL)
        diag_report(check->diag, DIAG_MAX_UNFIT, most->key_at, slot_type_name(block->field_type));
    else
        slot->most = check_int(check, most, 1, CHECK_MOST_CHARACTERS, 0);
    check_take_slots(check, block, first);
}

const struct block_type type_field = {
    .name = "field",
    .body = BODY_NONE,
    .needs_id = true,
    .answerable = true,
    .keys = (const char *const[]){"type", "max", NULL},
    .check = check_field,
    .print = print_field,
    .sheet = sheet_field,
};
