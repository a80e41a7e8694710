/* A reflection: a wrapped cell a sitting, one below the other. */
#include "block/sheet_parts.h"

#include "base/utf8.h"

enum { PROSE_COLS = 8, PROSE_LINES = 3 };

/* A row a sitting: those reached, one ahead, at least two. Words want width, not columns. */
static int32_t prose_rows(const struct track *track) {
    int32_t reached = 0;
    while (reached < track->sitting_count && track->sittings[reached].index >= 0)
        reached++;
    int32_t rows = reached ? reached + 1 : 2;
    return rows < track->sitting_count ? rows : track->sitting_count;
}

/* A cell ends at 32,767 UTF-16 units, and nothing that a person wrote is cut: the rest stands
 * below, to be read. Returns what is left after one more cell. */
static const char *rest_of(const char *text) {
    const char *at = text, *end = text + strlen(text), *line = NULL, *last = text;
    for (int32_t units = 0; at < end; last = at) {
        uint32_t code = utf8_next(&at, end);
        units += code > 0xFFFF ? 2 : 1;
        if (units > SHEET_TEXT_UNITS)
            return line ? line : last;
        line = code == '\n' ? at : line;
    }
    return end;
}

static void prose_row(struct track *track, const struct slot *slot, int32_t respondent, int32_t k,
                      int32_t lines) {
    const char *who =
        respondent == RESPONDENT_NONE ? NULL : track->course->respondents.at[respondent].label;
    const char *label = track->sittings[k].title;
    track_text(track, track->row, 0, LOOK_LABEL,
               who ? arena_printf(track->arena, "%s · %s", who, label) : label);
    int32_t sitting = track->sittings[k].index;
    struct value value = VALUE_NONE;
    if (sitting >= 0)
        value = track_value(track, slot, respondent, sitting, 0);
    if (value.kind == VALUE_TEXT) {
        const char *rest = rest_of(value.text);
        if (*rest)
            value.text = arena_strndup(track->arena, value.text, (size_t)(rest - value.text));
    }
    track_answer(track, track->row, 1, slot, value);
    track_merge(track, (struct area){track->row, 1, track->row, PROSE_COLS});
    /* Sittings that went by without a word need no room for one. */
    bool open = value.kind == VALUE_TEXT || sitting < 0;
    track_height(track, track->row, (double)SHEET_LINE_POINTS * (open ? lines : 1));
    track->row++;
}

static void prose_rest(struct track *track, const struct slot *slot, int32_t respondent) {
    for (int32_t k = 0; k < track->sitting_count && track->sittings[k].index >= 0; k++) {
        struct value value = track_value(track, slot, respondent, track->sittings[k].index, 0);
        const char *rest = value.kind == VALUE_TEXT ? rest_of(value.text) : "";
        while (*rest) {
            const char *next = rest_of(rest);
            track_text(track, track->row, 0, LOOK_LABEL,
                       arena_printf(track->arena, "%s · %s", track->sittings[k].title,
                                    track_word(track, WORD_CONTINUED)));
            track_text(track, track->row, 1, LOOK_VALUE_LEFT,
                       arena_strndup(track->arena, rest, (size_t)(next - rest)));
            track_merge(track, (struct area){track->row, 1, track->row, PROSE_COLS});
            track->row++;
            rest = next;
        }
    }
}

void sheet_write(struct track *track, const struct block *block) {
    if (!track_begin(track, block) || !block->slot_count)
        return;
    const struct slot *slot = block->slots[0];
    int32_t lines = block->lines < PROSE_LINES ? block->lines : PROSE_LINES;
    int32_t rows = prose_rows(track);
    track_space(track);
    track_wide(track, LOOK_LEAD, block->label);
    uint32_t who = slot->own ? track_respondents(track, block) : 0;
    for (int32_t r = RESPONDENT_NONE; r < (int32_t)track->course->respondents.count; r++) {
        if (r == RESPONDENT_NONE ? slot->own : !(who >> r & 1))
            continue;
        track_place(track, slot, r, track->row, 1, rows, false);
        track_slot_rule(track, (struct area){track->row, 1, track->row + rows - 1, 1}, slot,
                        block->label);
        for (int32_t k = 0; k < rows; k++)
            prose_row(track, slot, r, k, lines);
        prose_rest(track, slot, r);
    }
    track->row++;
}
