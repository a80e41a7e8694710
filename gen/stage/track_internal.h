/* What the files of the track stage share. */
#ifndef TANDEM_STAGE_TRACK_INTERNAL_H
#define TANDEM_STAGE_TRACK_INTERNAL_H

#include "block/sheet_parts.h"
#include "stage/track.h"

enum plan_kind { PLAN_GUIDE, PLAN_DASHBOARD, PLAN_BLOCK, PLAN_SCORE };

/* A sheet to be filled. */
struct plan {
    enum plan_kind kind;
    const struct block *block;
    const struct score *score;
    struct sheet *sheet;
};

struct plans {
    struct plan *at;
    size_t count;
};

/* True if a block stands on some sheet of the workbook, answers and all. */
bool track_holds(const struct track *track, const struct block *block);
/* One line of what a sheet holds, for the guide. */
const char *track_about(const struct track *track, const struct plan *plan);
void track_guide(struct track *track, const struct plans *plans);
void track_dashboard(struct track *track);
/* The hidden sheet that says what this file is and where every answer stands; defines the names. */
void track_meta(struct track *track, struct sheet *meta, bool has_guide);
/* "Amara Okafor, Henrik Lind", or the participant's id; "" in a blank edition. */
const char *track_names(const struct track *track);
/* The sittings that columns are made for. */
void track_plan_sittings(struct track *track);
/* Heights of rows whose text runs over merged cells, widths of columns nobody asked for. */
void track_finish(struct workbook *book);

#endif
