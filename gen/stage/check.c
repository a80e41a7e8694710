#include "stage/check_internal.h"

#include "calc/expr.h"
#include "model/address.h"

/* A name that another one has taken in the workbooks is reported once, with the later of the two. */
static void take_name(struct check *check, struct map *names, const char *name, struct span at) {
    const char *defined = address_defined_name(check->arena, name);
    const char *owner = map_find(names, defined);
    if (!owner)
        map_set(names, defined, (void *)name);
    else if (strcmp(owner, name) != 0)
        diag_report(check->diag, DIAG_NAME_COLLISION, at, name, owner);
}

/* Ids of slots, blocks and scores share the defined names of a workbook. */
static void check_defined_names(struct check *check) {
    struct course *course = check->course;
    struct map names;
    map_init(&names, check->arena);
    for (size_t i = 0; i < course->slots.count; i++)
        take_name(check, &names, course->slots.at[i]->name, course->slots.at[i]->block->at);
    for (size_t i = 0; i < course->blocks.count; i++)
        if (course->blocks.at[i]->id)
            take_name(check, &names, course->blocks.at[i]->id, course->blocks.at[i]->at);
}

void check_course(struct course *course, struct diag *diag) {
    struct check check = {.course = course, .arena = course->arena, .diag = diag};
    map_init(&course->block_by_id, course->arena);
    map_init(&course->slot_by_name, course->arena);
    for (size_t i = 0; i < course->modules.count; i++) {
        check.module = course->modules.at[i];
        check_module_blocks(&check, check.module);
    }
    check_prose(&check);
    check_scores(&check);
    check_references(&check);
    expr_check_circles(course, diag);
    check_materials(&check);
    check_cohorts(&check);
    check_letters(&check);
    check_defined_names(&check);
}
