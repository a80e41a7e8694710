/* A checklist: a row a task, with the day on which it was done. */
#include "block/sheet_parts.h"

static void check_cells(struct track *track, const struct slot *slot, int32_t respondent,
                        int32_t row, int32_t col) {
    struct value value = track_value(track, slot, respondent, -1, 0);
    track_answer(track, row, col, slot, value);
    track_date(track, row, col + 1, LOOK_INPUT_CENTRE,
               value.kind == VALUE_DATE ? (date_t)value.number : DATE_NONE);
    track_place(track, slot, respondent, row, col, 1, true);
}

/* COUNTIF(ticks,TRUE)&" of 5 done" */
static void done_cell(struct track *track, const struct block *block, int32_t respondent,
                      int32_t first, int32_t last, int32_t col) {
    int32_t done = 0;
    for (size_t i = 0; i < block->slot_count; i++) {
        struct value value = track_value(track, block->slots[i], respondent, -1, 0);
        done += value.kind == VALUE_DATE || (value.kind == VALUE_BOOL && value.number != 0);
    }
    struct buf count, text;
    buf_init(&count, track->arena);
    buf_puts(&count, "COUNTIF(");
    area_print(&count, (struct area){first, col, last, col}, true);
    buf_puts(&count, ",TRUE)");
    buf_init(&text, track->arena);
    const char *total = arena_printf(track->arena, "%zu", block->slot_count);
    track_print_phrase(track, WORD_TRACK_DONE_OF, count.data, total, &text);
    track_formula(track, last + 1, col, LOOK_RESULT, NULL, text.data,
                  value_text(track_phrase(track, WORD_TRACK_DONE_OF,
                                          arena_printf(track->arena, "%d", done), total)));
    track_merge(track, (struct area){last + 1, col, last + 1, col + 1});
}

static void check_column(struct track *track, const struct block *block, int32_t respondent,
                         int32_t first, int32_t col) {
    int32_t last = first + (int32_t)block->slot_count - 1;
    track_text(track, first - 1, col, LOOK_HEAD, track_word(track, WORD_TRACK_DONE));
    track_text(track, first - 1, col + 1, LOOK_HEAD, track_word(track, WORD_TRACK_DONE_ON));
    for (size_t i = 0; i < block->slot_count; i++)
        check_cells(track, block->slots[i], respondent, first + (int32_t)i, col);
    track_slot_rule(track, (struct area){first, col, last, col}, block->slots[0],
                    track_word(track, WORD_TRACK_DONE));
    track_date_rule(track, (struct area){first, col + 1, last, col + 1},
                    track_word(track, WORD_TRACK_DONE_ON));
    track_width(track, col, TRACK_CELL_WIDTH);
    track_width(track, col + 1, TRACK_CELL_WIDTH + 1);
    done_cell(track, block, respondent, first, last, col);
}

void sheet_checklist(struct track *track, const struct block *block) {
    if (!track_begin(track, block) || !block->slot_count)
        return;
    track_heading(track, block, LOOK_HEADING);
    uint32_t who = sheet_respondent_heads(track, block->slots[0], 2);
    track_text(track, track->row++, 0, LOOK_HEAD_LEFT, "");
    int32_t first = track->row, col = 1;
    for (size_t i = 0; i < block->slot_count; i++)
        track_text(track, first + (int32_t)i, 0, LOOK_LABEL, block->slots[i]->label);
    if (!who)
        check_column(track, block, RESPONDENT_NONE, first, 1);
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
        if (who >> r & 1) {
            check_column(track, block, r, first, col);
            col += 2;
        }
    track->row = first + (int32_t)block->slot_count + 2;
}
