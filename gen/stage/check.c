#include "stage/check_internal.h"

#include "calc/expr.h"
#include "model/address.h"

/* Ids of slots, blocks and scores share the defined names of a workbook. */
static void check_defined_names(struct check *check) {
    struct course *course = check->course;
    struct map names;
    map_init(&names, check->arena);
    for (size_t i = 0; i < course->slots.count; i++) {
        const struct slot *slot = course->slots.at[i];
        const char *other =
            map_set(&names, address_defined_name(check->arena, slot->name), (void *)slot->name);
        if (other && strcmp(other, slot->name) != 0)
            diag_report(check->diag, DIAG_NAME_COLLISION, slot->block->at, slot->name, other);
    }
    for (size_t i = 0; i < course->blocks.count; i++) {
        const struct block *block = course->blocks.at[i];
        if (!block->id)
            continue;
        const char *other =
            map_set(&names, address_defined_name(check->arena, block->id), (void *)block->id);
        if (other && strcmp(other, block->id) != 0)
            diag_report(check->diag, DIAG_NAME_COLLISION, block->at, block->id, other);
    }
}

void check_course(struct course *course, struct diag *diag) {
    struct check check = {.course = course, .arena = course->arena, .diag = diag};
    map_init(&course->block_by_id, course->arena);
    map_init(&course->slot_by_name, course->arena);
    for (size_t i = 0; i < course->modules.count; i++) {
        check.module = course->modules.at[i];
        check_module_blocks(&check, check.module);
    }
    check_scores(&check);
    check_references(&check);
    expr_check_circles(course, diag);
    check_materials(&check);
    check_defined_names(&check);
}
