/* Materials: what their sheets and modules need of the course. */
#include "stage/check_internal.h"

static bool block_makes_sheet(const struct block *block) {
    static const char *const kinds[] = {"rating", "log", "checklist", "group"};
    for (size_t i = 0; block && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(block->type->name, kinds[i]) == 0)
            return true;
    return false;
}

static const char *const *sheet_names(struct check *check, size_t *count) {
    const struct course *course = check->course;
    const char **names =
        ARENA_ARRAY(check->arena, const char *, course->blocks.count + course->scores.count + 2);
    *count = 0;
    names[(*count)++] = "guide";
    names[(*count)++] = "dashboard";
    for (size_t i = 0; i < course->blocks.count; i++)
        if (course->blocks.at[i]->id && block_makes_sheet(course->blocks.at[i]))
            names[(*count)++] = course->blocks.at[i]->id;
    for (size_t i = 0; i < course->scores.count; i++)
        names[(*count)++] = course->scores.at[i].id;
    return names;
}

/* False after reporting a name that is none of a sheet's, or is there already. */
static bool check_sheets(struct check *check, const struct material *material) {
    size_t count, before = diag_errors(check->diag);
    const char *const *names = sheet_names(check, &count);
    for (size_t i = 0; i < material->sheets.count; i++) {
        struct name sheet = material->sheets.at[i];
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known = known || strcmp(names[k], sheet.text) == 0;
        if (!known)
            diag_report(check->diag, DIAG_SHEET_UNKNOWN, sheet.at, sheet.text,
                        diag_nearest(sheet.text, names, count));
        for (size_t k = 0; k < i; k++)
            if (strcmp(material->sheets.at[k].text, sheet.text) == 0)
                diag_report(check->diag, DIAG_GIVEN_TWICE, sheet.at, "sheet", sheet.text);
    }
    return material->sheets.count && diag_errors(check->diag) == before;
}

static bool has_sheet(const struct material *material, const struct block *block) {
    for (; block; block = block->parent)
        for (size_t i = 0; block->id && i < material->sheets.count; i++)
            if (strcmp(material->sheets.at[i].text, block->id) == 0)
                return true;
    return false;
}

/* An input that a tracker leaves out is likely forgotten; a private one is left out on purpose, and
 * dated pages are for paper. */
static void check_inputs(struct check *check, const struct material *material) {
    for (size_t i = 0; i < check->course->blocks.count; i++) {
        const struct block *block = check->course->blocks.at[i];
        if (block->slot_count && !block->is_private && !block->slots[0]->repeat &&
            !has_sheet(material, block))
            diag_report(check->diag, DIAG_INPUT_NO_SHEET, block->at, material->name, block->id);
    }
}

static void check_index(struct check *check, const struct material *material) {
    bool found = !material->index;
    for (size_t m = 0; m < material->modules.count && !found; m++)
        found = material->module_list[m]->document &&
                prose_has_term(material->module_list[m]->document);
    if (!found)
        diag_report(check->diag, DIAG_INDEX_EMPTY, material->at, material->name);
}

void check_materials(struct check *check) {
    for (size_t i = 0; i < check->course->materials.count; i++) {
        const struct material *material = &check->course->materials.at[i];
        if (material->kind == MATERIAL_DATA ||
            (material->kind == MATERIAL_XLSX && material->each == EACH_COHORT))
            continue; /* see check_cohort.c */
        if (material->kind == MATERIAL_XLSX) {
            /* A wrong name may be meant for what seems left out. */
            if (check_sheets(check, material))
                check_inputs(check, material);
            continue;
        }
        check_index(check, material);
        if (material->filled && material->each == EACH_PARTICIPANT &&
            material->respondent == RESPONDENT_NONE && check->course->respondents.count > 1)
            check_views(check, material);
    }
}
