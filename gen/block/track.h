/* Tracking blocks: what a block's sheet hook may ask and tell. Stage: track.
 *
 * Hooks run twice. In the first pass (`placing`) they only say where their answers and results
 * stand; cells and the rest are dropped. In the second they are written, and formulas find every
 * place. So a hook's layout must depend on the course and the answers alone, never on places.
 *
 * Columns of a sheet: A holds labels and is wide; answers begin at B or behind the few columns that
 * a rating adds. Owner of all that is made: the job arena. */
#ifndef TANDEM_BLOCK_TRACK_H
#define TANDEM_BLOCK_TRACK_H

#include "block/block.h"
#include "calc/scope.h"
#include "model/edition.h"
#include "model/sheet.h"

/* `count` cells to the right of the first one, or down from it. sheet -1: nowhere. */
struct place {
    int32_t sheet, row, col, count;
    bool across;
};

/* A column of sittings' answers: reached by the participant, or spare. */
struct track_sitting {
    int32_t index; /* in participant->sittings, -1 for a spare one */
    const char *title;
};

/* Where a rating's answers as scored stand: rows of items, from `row`; each respondent's sittings
 * for an ask from `cols[respondent * asks + ask]`. Columns are -1 where there are none. */
struct rating_place {
    int32_t sheet, row, last_row;
    int32_t dimension_col, weight_col;
    const int32_t *cols;
};

/* Where a score's values stand: a row a dimension (one without), each respondent's sittings from
 * `cols[respondent]`; bands `band_step` rows below each value, 0 without bands. */
struct score_place {
    int32_t sheet, row, count;
    int32_t band_step;
    const int32_t *cols;
};

struct places {
    struct place *slots;          /* slot index × (respondents + 1), the first for shared answers */
    struct place *calcs;          /* by block index */
    struct rating_place *ratings; /* by block index */
    struct score_place *scores;   /* by score index */
    struct place *profile;        /* by profile index */
    struct place as_of;
};

struct track {
    struct arena *arena; /* job */
    const struct edition *edition;
    const struct course *course;
    struct scope scope;
    struct workbook *book;
    struct sheet *sheet, *lists; /* the one being filled; the hidden one that holds drop-downs */
    int32_t row;                 /* next free row of it */
    bool placing;
    struct places places;
    const struct track_sitting *sittings;
    int32_t sitting_count, reached;
    bool *written; /* by block index: stands on an earlier sheet already */
    int32_t list_count;
};

/* Every block inside `node`, in source order, that the edition shows. */
void track_inside(struct track *track, const struct node *node);
/* One block: its hook, or what is inside it. */
void track_block(struct track *track, const struct block *block);

#endif
