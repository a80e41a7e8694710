/* A choice: a drop-down a sitting, or, where several may be chosen, a row of TRUE and FALSE an
 * option. */
#include "block/sheet_parts.h"

static bool list_holds(struct value list, const char *id) {
    if (list.kind == VALUE_TEXT)
        return list.text && strcmp(list.text, id) == 0;
    for (size_t i = 0; list.kind == VALUE_LIST && i < list.count; i++)
        if (list.items[i].text && strcmp(list.items[i].text, id) == 0)
            return true;
    return false;
}

/* One row of a respondent's sittings: the choice, or one option of several. */
static void choice_cells(struct track *track, const struct slot *slot, const struct option *option,
                         int32_t respondent, int32_t row, int32_t col) {
    for (int32_t k = 0; k < track->choice_sittings; k++) {
        int32_t sitting = track->sittings[k].index;
        struct value value =
            sitting < 0 ? VALUE_NONE : track_value(track, slot, respondent, sitting, 0);
        if (!option)
            track_answer(track, row, col + k, slot, value);
        else
            track_tick(track, row, col + k, LOOK_INPUT_CENTRE,
                       value_is_missing(value) ? value : value_bool(list_holds(value, option->id)));
    }
}

void sheet_choice(struct track *track, const struct block *block) {
    if (!track_begin(track, block) || !block->slot_count)
        return;
    const struct slot *slot = block->slots[0];
    track_space(track);
    track_wide(track, LOOK_LEAD, block->label);
    const int32_t *cols = track_columns(track, block, 1);
    track_sitting_heads(track, block, cols, true);
    track_text(track, track->row - 1, 0, LOOK_HEAD_LEFT, track_word(track, WORD_TRACK_ANSWER));
    int32_t rows = block->many ? (int32_t)block->option_count : 1;
    for (int32_t i = 0; i < rows; i++)
        track_text(track, track->row + i, 0, LOOK_LABEL,
                   block->many    ? block->options[i].label
                   : block->title ? block->title
                                  : block->label);
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++) {
        if (cols[r] < 0)
            continue;
        struct area area = {track->row, cols[r], track->row + rows - 1,
                            cols[r] + track->choice_sittings - 1};
        for (int32_t i = 0; i < rows; i++)
            choice_cells(track, slot, block->many ? &block->options[i] : NULL, r, track->row + i,
                         cols[r]);
        track_slot_rule(track, area, slot, track->course->respondents.at[r].label);
        track_place(track, slot, slot->own ? r : RESPONDENT_NONE, track->row, cols[r],
                    track->choice_sittings, true);
    }
    if (!block->many)
        track_height(track, track->row, 2.0 * SHEET_LINE_POINTS);
    track->row += rows + 1;
}
