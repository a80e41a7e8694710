/* Scores now and before. */
#include "block/sheet_parts.h"

#include "calc/format.h"

/* The respondents of a score, in order; how many. */
static size_t list_respondents(const struct track *track, const struct score *score,
                               int32_t *respondents) {
    size_t count = 0;
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
        if (score_has_respondent(track, score, r))
            respondents[count++] = r;
    return count;
}

const struct result *score_last_result(const struct track *track, const struct score *score,
                                       int32_t row, int32_t respondent) {
    for (int32_t k = track->sitting_count - 1; k >= 0; k--) {
        const struct result *result =
            score_result(track, score, row, respondent, track->sittings[k].index);
        if (score_cached(track, result).kind != VALUE_MISSING)
            return result;
    }
    return NULL;
}

const struct result *score_result_before(const struct track *track, const struct score *score,
                                         int32_t row, const struct result *last) {
    for (int32_t k = track->sitting_count - 1; k >= 0 && last; k--) {
        const struct result *result =
            score_result(track, score, row, last->respondent, track->sittings[k].index);
        if (result && result->sitting < last->sitting && !value_is_missing(result->value))
            return result;
    }
    return NULL;
}

/* A row of sittings as formulas see it. */
struct strip {
    struct arena *arena;
    const char *values, *bands; /* ranges; bands NULL without */
    int32_t first_col;
};

static struct strip strip_of(struct track *track, struct score_place from, int32_t respondent,
                             int32_t d) {
    struct buf values, bands;
    int32_t col = from.cols[respondent];
    struct area area = {from.row + d, col, from.row + d, col + from.sittings - 1};
    buf_init(&values, track->arena);
    track_print_area(track, &values, from.sheet, area);
    area.row = area.last_row = area.row + from.band_step;
    buf_init(&bands, track->arena);
    track_print_area(track, &bands, from.sheet, area);
    return (struct strip){track->arena, values.data, from.band_step ? bands.data : NULL, col};
}

/* Which of its cells is the last that shows anything, from 1; 0 if none does. */
static char *strip_last(const struct strip *strip) {
    return arena_printf(strip->arena, "SUMPRODUCT(MAX((%s<>\"\")*(COLUMN(%s)-%d)))", strip->values,
                        strip->values, strip->first_col);
}

/* Which is the last number before that one; 0 if there is none. */
static char *strip_before(const struct strip *strip) {
    return arena_printf(strip->arena,
                        "SUMPRODUCT(MAX(ISNUMBER(%s)*(COLUMN(%s)-%d)*(COLUMN(%s)-%d<%s)))",
                        strip->values, strip->values, strip->first_col, strip->values,
                        strip->first_col, strip_last(strip));
}

/* Which is the first number; 1 if there is none. */
static char *strip_first(const struct strip *strip) {
    return arena_printf(strip->arena,
                        "IF(COUNT(%s)=0,1,SUMPRODUCT(MIN(COLUMN(%s)-%d+99999*(1-ISNUMBER(%s)))))",
                        strip->values, strip->values, strip->first_col, strip->values);
}

static char *pick(const struct strip *strip, const char *cells, const char *position) {
    return arena_printf(strip->arena, "IF(%s=0,\"\",INDEX(%s,1,%s))", position, cells, position);
}

/* A number or nothing: "7 of 12 answered" is for people. */
static char *numbers_only(const struct strip *strip, const char *position) {
    const char *cell = arena_printf(strip->arena, "INDEX(%s,1,MAX(1,%s))", strip->values, position);
    return arena_printf(strip->arena, "IF(AND(%s>0,ISNUMBER(%s)),%s,\"\")", position, cell, cell);
}

char *score_latest_formula(struct track *track, const struct score *score, int32_t d,
                           int32_t respondent) {
    struct strip strip = strip_of(track, track->places.scores[score->index], respondent, d);
    return arena_printf(track->arena, "INDEX(%s,1,MAX(1,%s))", strip.values, strip_last(&strip));
}

static char *named_position(const struct track *track, const struct strip *strip,
                            const struct reference *reference) {
    size_t index = (size_t)reference->sitting_index;
    for (int32_t k = 0; k < track->sitting_count && index < track->course->sittings.count; k++)
        if (track->sittings[k].index >= 0 &&
            strcmp(track->edition->participant->sittings[track->sittings[k].index].id,
                   track->course->sittings.at[index].id) == 0)
            return arena_printf(strip->arena, "%d", k + 1);
    return NULL;
}

char *score_reference_formula(struct track *track, const struct reference *reference,
                              int32_t respondent) {
    const struct score *score = reference->score;
    const struct score_place *home = &track->places.scores[score->index];
    int32_t d = score->by_dimension ? reference->dimension : 0;
    bool whole = score->by_dimension && reference->dimension < 0;
    if (home->sheet < 0 || whole || home->cols[respondent] < 0)
        return NULL;
    struct sheet *sheet = track->sheet;
    track->sheet = track->work;
    struct strip strip = strip_of(track, *home, respondent, d);
    track->sheet = sheet;
    const char *position = reference->sitting == SITTING_FIRST      ? strip_first(&strip)
                           : reference->sitting == SITTING_PREVIOUS ? strip_before(&strip)
                           : reference->sitting == SITTING_NAMED
                               ? named_position(track, &strip, reference)
                           : reference->sitting == SITTING_LATEST ? strip_last(&strip)
                                                                  : NULL;
    if (position && reference->property == PROPERTY_VALUE)
        return numbers_only(&strip, position);
    if (position && reference->property == PROPERTY_NAME && strip.bands)
        return pick(&strip, strip.bands, position);
    if (reference->property != PROPERTY_CHANGE || reference->sitting != SITTING_LATEST)
        return NULL;
    const char *now = numbers_only(&strip, position);
    const char *before = numbers_only(&strip, strip_before(&strip));
    return arena_printf(track->arena, "IF(COUNT(%s,%s)=2,ROUND(%s-%s,%d),\"\")", now, before, now,
                        before, score_places(score));
}

static void now_heads(struct track *track, const struct score *score, const int32_t *respondents,
                      size_t count, int32_t step) {
    track_text(track, track->row + 1, 0, LOOK_HEAD_LEFT, score->title);
    for (size_t i = 0; i < count; i++) {
        int32_t col = 1 + (int32_t)i * step, offset = 0;
        track_text(track, track->row, col, LOOK_HEAD,
                   track->course->respondents.at[respondents[i]].label);
        track_merge(track, (struct area){track->row, col, track->row, col + step - 1});
        track_text(track, track->row + 1, col + offset++, LOOK_HEAD,
                   track_word(track, WORD_TRACK_NOW));
        if (score->band_count)
            track_text(track, track->row + 1, col + offset++, LOOK_HEAD,
                       track_word(track, WORD_STAGE));
        track_text(track, track->row + 1, col + offset++, LOOK_HEAD,
                   track_word(track, WORD_TRACK_BEFORE));
        track_text(track, track->row + 1, col + offset, LOOK_HEAD,
                   track_word(track, WORD_TRACK_CHANGE));
    }
    track->row += 2;
}

static void change_cell(struct track *track, const struct score *score, int32_t row,
                        int32_t now_col, int32_t before_col, const struct result *now,
                        const struct result *before) {
    struct buf formula;
    buf_init(&formula, track->arena);
    buf_puts(&formula, "IF(COUNT(");
    cell_print(&formula, row, now_col, false);
    buf_putc(&formula, ',');
    cell_print(&formula, row, before_col, false);
    buf_puts(&formula, ")=2,ROUND(");
    cell_print(&formula, row, now_col, false);
    buf_putc(&formula, '-');
    cell_print(&formula, row, before_col, false);
    buf_printf(&formula, ",%d),\"\")", score_places(score));
    struct value cached = VALUE_NONE;
    if (now && before && !value_is_missing(now->value) && !value_is_missing(before->value))
        cached = value_number(
            number_round(now->value.number - before->value.number, score_places(score)));
    const char *plain = score_format(track, score);
    track_formula(track, row, before_col + 1, LOOK_VALUE,
                  arena_printf(track->arena, "+%s;-%s;%s", plain, plain, plain), formula.data,
                  cached);
}

void sheet_now_cells(struct track *track, const struct score *score, struct score_place from,
                     int32_t d, int32_t respondent, int32_t row, int32_t col, bool band_column) {
    const char *format = score_format(track, score);
    const struct result *now = score_last_result(track, score, d, respondent);
    const struct result *before = score_result_before(track, score, d, now);
    struct strip strip = strip_of(track, from, respondent, d);
    int32_t before_col = col + (band_column ? 2 : 1);
    track_formula(track, row, col, LOOK_RESULT, format,
                  pick(&strip, strip.values, strip_last(&strip)), score_cached(track, now));
    if (band_column && !score->band_count)
        track_text(track, row, col + 1, LOOK_BAND, "");
    if (score->band_count) {
        bool known = now && now->band >= 0 && !value_is_missing(now->value);
        track_formula(track, row, col + 1, LOOK_BAND, NULL,
                      pick(&strip, strip.bands, strip_last(&strip)),
                      known ? value_text(score->bands[now->band].name) : VALUE_NONE);
    }
    track_formula(track, row, before_col, LOOK_VALUE, format,
                  pick(&strip, strip.values, strip_before(&strip)), score_cached(track, before));
    change_cell(track, score, row, col, before_col, now, before);
}

struct now_place sheet_now(struct track *track, const struct score *score,
                           struct score_place from) {
    int32_t *respondents = ARENA_ARRAY(track->arena, int32_t, track->course->respondents.count);
    size_t count = list_respondents(track, score, respondents);
    int32_t step = score->band_count ? 4 : 3, rows = score_rows(score);
    int32_t *cols = ARENA_ARRAY(track->arena, int32_t, track->course->respondents.count);
    now_heads(track, score, respondents, count, step);
    struct now_place place = {track->row, cols};
    for (size_t i = 0; i < track->course->respondents.count; i++)
        cols[i] = -1;
    for (size_t i = 0; i < count; i++) {
        cols[respondents[i]] = 1 + (int32_t)i * step;
        for (int32_t d = 0; d < rows && !track->placing; d++)
            sheet_now_cells(track, score, from, d, respondents[i], track->row + d,
                            cols[respondents[i]], score->band_count > 0);
        for (int32_t c = 0; c < step; c++)
            track_width(track, cols[respondents[i]] + c, TRACK_CELL_WIDTH);
    }
    for (int32_t d = 0; d < rows; d++)
        track_text(track, track->row + d, 0, LOOK_LABEL, score_row_label(track, score, d));
    track->row += rows;
    return place;
}
