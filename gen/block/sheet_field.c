/* A field: its label, and a typed cell for everybody or for each respondent. */
#include "block/sheet_parts.h"

enum { FIELD_WIDTH = 24 };

uint32_t sheet_respondent_heads(struct track *track, const struct slot *slot, int32_t step) {
    if (!slot->own)
        return 0;
    uint32_t who = track_respondents(track, slot->block);
    int32_t col = 1;
    for (size_t r = 0; r < track->course->respondents.count; r++) {
        if (!(who >> r & 1))
            continue;
        track_text(track, track->row, col, LOOK_HEAD, track->course->respondents.at[r].label);
        track_merge(track, (struct area){track->row, col, track->row, col + step - 1});
        col += step;
    }
    track->row++;
    return who;
}

static void field_cell(struct track *track, const struct slot *slot, int32_t respondent,
                       int32_t col) {
    track_answer(track, track->row, col, slot, track_value(track, slot, respondent, -1, 0));
    track_slot_rule(track, area_cell(track->row, col), slot, slot->label);
    track_place(track, slot, respondent, track->row, col, 1, true);
    track_width(track, col, FIELD_WIDTH);
}

void sheet_field(struct track *track, const struct block *block) {
    if (!track_begin(track, block) || !block->slot_count)
        return;
    const struct slot *slot = block->slots[0];
    uint32_t who = sheet_respondent_heads(track, slot, 1);
    track_text(track, track->row, 0, LOOK_LABEL, block->label);
    if (!who)
        field_cell(track, slot, RESPONDENT_NONE, 1);
    int32_t col = 1;
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
        if (who >> r & 1)
            field_cell(track, slot, r, col++);
    track->row += who ? 2 : 1;
}
