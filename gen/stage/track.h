/* Tracking: an edition as a workbook. Stage: track, second half of the flow beside layout.
 *
 * Two passes over the same sheets: the first learns where everything stands, the second writes the
 * cells, so that a formula may point to a sheet that comes later. Pure data; owner: the job arena.
 */
#ifndef TANDEM_STAGE_TRACK_H
#define TANDEM_STAGE_TRACK_H

#include "model/edition.h"
#include "model/sheet.h"

/* The workbook of a cohort's edition (track_cohort.c): what of it may be told, and for the trainer
 * its participants and their answers. Never NULL. */
struct workbook *track_cohort(struct arena *job, const struct edition *edition);
/* The names of its sheets in course.yml; *count of them. */
const char *const *track_cohort_sheets(size_t *count);
/* Never NULL; a sheet id that check did not accept is left out. */
struct workbook *track_edition(struct arena *job, const struct edition *edition);

#endif
