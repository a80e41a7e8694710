/* Blocks that make a form: fields, reflections, choices, checklists, calcs, and the group of them.
 * Labels stand in column A, answers begin in B. */
#include "block/sheet_parts.h"

#include "calc/expr.h"
#include "calc/format.h"

enum { FIELD_WIDTH = 24, PROSE_COLS = 8, LINE_POINTS = 15, PROSE_LINES = 3 };

void sheet_group(struct track *track, const struct block *block) {
    if (!track_begin(track, block))
        return;
    track_space(track);
    if (track->own != block && block->title)
        track_text(track, track->row++, 0, LOOK_HEADING, block->title);
    track_inside(track, block->node);
}

/* --- who answers, across */

/* A head of respondents over the columns from B, `step` each, if there is more than one answer.
 * Returns the mask of those who have a column; 0 for a shared answer. */
static uint32_t respondent_heads(struct track *track, const struct slot *slot, int32_t step) {
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

/* --- .field */

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
    uint32_t who = respondent_heads(track, slot, 1);
    track_text(track, track->row, 0, LOOK_LABEL, block->label);
    if (!who)
        field_cell(track, slot, RESPONDENT_NONE, 1);
    int32_t col = 1;
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
        if (who >> r & 1)
            field_cell(track, slot, r, col++);
    track->row += who ? 2 : 1;
}

/* --- .write */

/* A row a sitting: those reached, one ahead, at least two. Words want width, not columns. */
static int32_t prose_rows(const struct track *track) {
    int32_t reached = 0;
    while (reached < track->sitting_count && track->sittings[reached].index >= 0)
        reached++;
    int32_t rows = reached ? reached + 1 : 2;
    return rows < track->sitting_count ? rows : track->sitting_count;
}

static void prose_row(struct track *track, const struct slot *slot, int32_t respondent, int32_t k,
                      int32_t lines) {
    const char *who = respondent == RESPONDENT_NONE
                          ? NULL
                          : track->course->respondents.at[respondent].label;
    const char *label = track->sittings[k].title;
    track_text(track, track->row, 0, LOOK_LABEL,
               who ? arena_printf(track->arena, "%s · %s", who, label) : label);
    int32_t sitting = track->sittings[k].index;
    struct value value = VALUE_NONE;
    if (sitting >= 0)
        value = track_value(track, slot, respondent, sitting, 0);
    track_answer(track, track->row, 1, slot, value);
    track_merge(track, (struct area){track->row, 1, track->row, PROSE_COLS});
    track_height(track, track->row, (double)LINE_POINTS * lines);
    track->row++;
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
    }
    track->row++;
}

/* --- .choice */

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
    for (int32_t k = 0; k < track->sitting_count; k++) {
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
                   block->many ? block->options[i].label
                               : block->title ? block->title : block->label);
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++) {
        if (cols[r] < 0)
            continue;
        struct area area = {track->row, cols[r], track->row + rows - 1,
                            cols[r] + track->sitting_count - 1};
        for (int32_t i = 0; i < rows; i++)
            choice_cells(track, slot, block->many ? &block->options[i] : NULL, r, track->row + i,
                         cols[r]);
        track_slot_rule(track, area, slot, track->course->respondents.at[r].label);
        track_place(track, slot, slot->own ? r : RESPONDENT_NONE, track->row, cols[r],
                    track->sitting_count, true);
    }
    if (!block->many)
        track_height(track, track->row, 2.0 * LINE_POINTS);
    track->row += rows + 1;
}

/* --- .checklist */

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
    uint32_t who = respondent_heads(track, block->slots[0], 2);
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

/* --- .calc */

static enum slot_type calc_type(const struct block *block, struct value value) {
    if (value.kind == VALUE_DATE)
        return SLOT_DATE;
    enum value_unit unit = block->format_given ? block->format : value.unit;
    return unit == UNIT_MONEY ? SLOT_MONEY : unit == UNIT_PERCENT ? SLOT_PERCENT : SLOT_NUMBER;
}

void sheet_calc(struct track *track, const struct block *block) {
    if (!track_begin(track, block) || !block->expr)
        return;
    if (track->placing)
        track->places.calcs[block->index] =
            (struct place){track->sheet->index, track->row, 1, 1, true};
    track_text(track, track->row, 0, LOOK_LABEL, block->label);
    track_width(track, 1, FIELD_WIDTH);
    if (!track->placing) {
        struct value value = calc_eval(block, &track->scope);
        struct buf formula;
        buf_init(&formula, track->arena);
        enum slot_type type = calc_type(block, value);
        int32_t decimals = block->decimals < 0 && type == SLOT_NUMBER ? 2 : block->decimals;
        const char *format = number_format_excel(track->arena, track->course, type, decimals);
        if (track_print_expr(track, block->expr, NULL, &formula))
            track_formula(track, track->row, 1, LOOK_RESULT, format, formula.data, value);
        else
            track_static(track, track->row, 1, LOOK_RESULT, format, value);
    }
    track->row++;
}
