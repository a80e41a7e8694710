/* The course of calc_fixture.h as a tracker sees it: with the kinds of its blocks. */
#ifndef TANDEM_TESTS_TRACK_FIXTURE_H
#define TANDEM_TESTS_TRACK_FIXTURE_H

#include "calc_fixture.h"

#include "block/block.h"
#include "stage/track.h"

static inline const char *track_fixture_kind(const struct block *block) {
    if (block->scale)
        return "rating";
    if (block->column_count)
        return "log";
    if (block->expr)
        return "calc";
    if (block->item_count)
        return "checklist";
    if (block->slot_count && block->slots[0]->type == SLOT_PROSE)
        return "write";
    if (block->slot_count &&
        (block->slots[0]->type == SLOT_CHOICE || block->slots[0]->type == SLOT_CHOICES))
        return "choice";
    return block->slot_count ? "field" : "group";
}

static inline void track_fixture_types(struct fixture *fixture) {
    for (size_t i = 0; i < fixture->course.blocks.count; i++) {
        struct block *block = fixture->course.blocks.at[i];
        block->type = block_type_find(track_fixture_kind(block));
        block->shown_to = 3;
        block->by = block->by ? block->by : 3;
        for (size_t s = 0; s < block->item_count; s++)
            block->items[s].label = block->items[s].id;
        for (size_t s = 0; s < block->slot_count; s++)
            block->own = block->own || block->slots[s]->own;
        if (!block->node)
            block->node = ARENA_NEW(&fixture->arena, struct node);
    }
    for (size_t i = 0; i < fixture->course.scores.count; i++)
        fixture->course.scores.at[i].low = 1, fixture->course.scores.at[i].high = 5;
    for (size_t i = 0; i < fixture->course.respondents.count; i++)
        fixture->course.respondents.at[i].label = i ? "Executive" : "Assistant";
}

/* A course with scales and respondents, and nothing in it. */
static inline struct fixture *track_fixture_bare(void) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    arena_init(&fixture->arena);
    arena_init(&fixture->diag_arena);
    fixture->diag = diag_new(&fixture->diag_arena);
    add_frame(fixture);
    return fixture;
}

/* A tracker of the given sheets; ids end with NULL. */
static inline struct edition track_fixture_edition(struct fixture *fixture,
                                                   const char *const *ids) {
    struct material *material = ARENA_NEW(&fixture->arena, struct material);
    material->kind = MATERIAL_XLSX;
    material->name = "tracker";
    material->title = "Tracker";
    material->respondent = RESPONDENT_NONE;
    for (; *ids; ids++)
        VEC_PUSH(&fixture->arena, &material->sheets, ((struct name){.text = *ids}));
    return (struct edition){.course = &fixture->course,
                            .material = material,
                            .participant = &fixture->participant,
                            .results = &fixture->results,
                            .respondent = RESPONDENT_NONE};
}

/* The first cell of a sheet, in order of writing, at a place; NULL if there is none. */
static inline const struct cell *cell_at(const struct sheet *sheet, int32_t row, int32_t col) {
    for (size_t i = 0; i < sheet->cells.count; i++)
        if (sheet->cells.at[i].row == row && sheet->cells.at[i].col == col)
            return &sheet->cells.at[i];
    return NULL;
}

static inline const struct sheet *find_sheet(const struct workbook *book, const char *name) {
    for (size_t i = 0; i < book->sheets.count; i++)
        if (strcmp(book->sheets.at[i]->name, name) == 0)
            return book->sheets.at[i];
    return NULL;
}

static inline const struct defined_name *find_name(const struct workbook *book, const char *name) {
    for (size_t i = 0; i < book->names.count; i++)
        if (strcmp(book->names.at[i].name, name) == 0)
            return &book->names.at[i];
    return NULL;
}

/* The k-th cell of a defined name. */
static inline const struct cell *named_cell(const struct workbook *book, const char *name,
                                            int32_t k) {
    const struct defined_name *found = find_name(book, name);
    if (!found)
        return NULL;
    bool across = found->area.last_col > found->area.col;
    return cell_at(book->sheets.at[found->sheet], found->area.row + (across ? 0 : k),
                   found->area.col + (across ? k : 0));
}

#endif
