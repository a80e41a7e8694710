/* .choice: pick one option, or several with .many. Fills options, many; one slot. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"

static void check_choice(struct check *check, struct block *block) {
    block->own = true;
    block->many = attributes_has_class(block->node->attributes, "many");
    block->options = check_list_options(check, block->body, &block->option_count);
    size_t first = check->course->slots.count;
    struct slot *slot =
        check_slot(check, block, block->many ? SLOT_CHOICES : SLOT_CHOICE, block->id, block->label);
    slot->options = block->options;
    slot->option_count = block->option_count;
    slot->by_sitting = true;
    check_take_slots(check, block, first);
}

const struct block_type type_choice = {
    .name = "choice",
    .body = BODY_LIST,
    .needs_id = true,
    .answerable = true,
    .flags = (const char *const[]){"many", NULL},
    .check = check_choice,
    .print = print_choice,
    .sheet = sheet_choice,
};
