/* The sheet hooks of the block types: each writes its block at the track's next free row and leaves
 * that row behind it. Stage: track. See block/track.h. */
#ifndef TANDEM_BLOCK_SHEETS_H
#define TANDEM_BLOCK_SHEETS_H

#include "block/track.h"

void sheet_rating(struct track *track, const struct block *block);
void sheet_choice(struct track *track, const struct block *block);
void sheet_checklist(struct track *track, const struct block *block);
void sheet_write(struct track *track, const struct block *block);
void sheet_field(struct track *track, const struct block *block);
void sheet_log(struct track *track, const struct block *block);
void sheet_calc(struct track *track, const struct block *block);
void sheet_score(struct track *track, const struct block *block);
void sheet_gap(struct track *track, const struct block *block);
void sheet_group(struct track *track, const struct block *block);

#endif
