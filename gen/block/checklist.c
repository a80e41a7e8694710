/* .checklist: things to tick; also any task list that has an id. Fills items; a slot an item. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

static void check_checklist(struct check *check, struct block *block) {
    check_items(check, block, "task", false);
    size_t first = check->course->slots.count;
    for (size_t i = 0; i < block->item_count; i++) {
        const struct item *item = &block->items[i];
        if (!item->node->task)
            diag_report(check->diag, DIAG_ITEM_NOT_TASK, item->node->at);
        struct slot *slot = check_slot(check, block, SLOT_CHECK, item->name, item->label);
        slot->item = item;
    }
    check_take_slots(check, block, first);
}

const struct block_type type_checklist = {
    .name = "checklist",
    .body = BODY_TASKS,
    .needs_id = true,
    .answerable = true,
    .check = check_checklist,
    .print = print_checklist,
    .sheet = sheet_checklist,
};
