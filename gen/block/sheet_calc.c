/* A calc: a live formula that holds its value. */
#include "block/sheet_parts.h"

#include "calc/expr.h"
#include "calc/format.h"

enum { CALC_WIDTH = 24 };

static enum slot_type calc_type(const struct block *block, struct value value) {
    if (value.kind == VALUE_DATE)
        return SLOT_DATE;
    enum value_unit unit = block->format_given ? block->format : value.unit;
    return unit == UNIT_MONEY ? SLOT_MONEY : unit == UNIT_PERCENT ? SLOT_PERCENT : SLOT_NUMBER;
}

const char *sheet_calc_format(const struct track *track, const struct block *block,
                              struct value value) {
    enum slot_type type = calc_type(block, value);
    int32_t decimals = block->decimals < 0 && type == SLOT_NUMBER ? 2 : block->decimals;
    return number_format_excel(track->arena, track->course, type, decimals);
}

void sheet_calc(struct track *track, const struct block *block) {
    if (!track_begin(track, block) || !block->expr)
        return;
    if (track->placing)
        track->places.calcs[block->index] =
            (struct place){track->sheet->index, track->row, 1, 1, true};
    track_text(track, track->row, 0, LOOK_LABEL, block->label);
    track_width(track, 1, CALC_WIDTH);
    if (!track->placing) {
        struct value value = calc_eval(block, &track->scope);
        struct buf formula;
        buf_init(&formula, track->arena);
        const char *format = sheet_calc_format(track, block, value);
        if (track_print_expr(track, block->expr, NULL, &formula))
            track_formula(track, track->row, 1, LOOK_RESULT, format, formula.data, value);
        else
            track_static(track, track->row, 1, LOOK_RESULT, format, value);
    }
    track->row++;
}
