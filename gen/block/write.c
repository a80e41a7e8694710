/* .write: a reflection in one's own words. Fills lines; one slot. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

static void check_write(struct check *check, struct block *block) {
    block->own = true;
    block->field_type = SLOT_PROSE;
    block->lines = check_int(check, check_find(block, "lines"), 1, 200, 5);
    size_t first = check->course->slots.count;
    check_slot(check, block, SLOT_PROSE, block->id, block->label)->most =
        check_int(check, check_find(block, "max"), 1, CHECK_MOST_CHARACTERS, 0);
    check_take_slots(check, block, first);
}

const struct block_type type_write = {
    .name = "write",
    .body = BODY_NONE,
    .needs_id = true,
    .answerable = true,
    .keys = (const char *const[]){"lines", "max", NULL},
    .check = check_write,
    .print = print_write,
    .sheet = sheet_write,
};
