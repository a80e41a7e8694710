/* The dashboard: where everything stands now and what comes next, on one page. It is made of what
 * the course has: scores with bands and sums give tiles, scores a table, ratings with two views
 * their widest gaps, logs a line each, scores by dimension a radar. */
#include "stage/track_internal.h"

#include "calc/expr.h"
#include "calc/format.h"

enum {
    STEP = 4, /* now, band, before, change */
    LABEL_WIDTH = 32,
    COL_WIDTH = 12,
    LAST_COL = 8,
    LAST_WIDTH = 24,
    TILES_ACROSS = 5,
    TILES_MOST = 10,
    GAP_COL = 5, /* of a gap's two views */
    GAP_TABLES_MOST = 6,
    CHART_PX = 480,
    CHART_COL = 4, /* of the second chart in a row */
};

/* Scores of ratings that this workbook holds: settled by the course alone, as passes must agree. */
static bool is_shown(const struct track *track, const struct score *score) {
    for (size_t p = 0; p < score->part_count; p++)
        if (!track_holds(track, score->parts[p].rating))
            return false;
    return score->part_count > 0;
}

/* The first score with bands is what the course is about: now, and over time. */
static const struct score *main_score(const struct track *track) {
    const struct score *first = NULL;
    for (size_t i = 0; i < track->course->scores.count; i++) {
        const struct score *score = &track->course->scores.at[i];
        if (!is_shown(track, score) || score->by_dimension)
            continue;
        if (score->band_count)
            return score;
        first = first ? first : score;
    }
    return first;
}

static void heading(struct track *track, enum word word) {
    track->row++;
    track_text(track, track->row, 0, LOOK_HEADING, track_word(track, word));
    track->row++;
}

/* --- the table of scores */

static void score_heads(struct track *track) {
    track_text(track, track->row + 1, 0, LOOK_HEAD_LEFT, track_word(track, WORD_SCORE));
    for (size_t r = 0; r < track->course->respondents.count; r++) {
        static const enum word words[STEP] = {WORD_TRACK_NOW, WORD_STAGE, WORD_TRACK_BEFORE,
                                              WORD_TRACK_CHANGE};
        int32_t col = 1 + (int32_t)r * STEP;
        track_text(track, track->row, col, LOOK_HEAD, track->course->respondents.at[r].label);
        track_merge(track, (struct area){track->row, col, track->row, col + STEP - 1});
        for (int32_t i = 0; i < STEP; i++) {
            track_text(track, track->row + 1, col + i, LOOK_HEAD, track_word(track, words[i]));
            if (col + i > LAST_COL)
                track_width(track, col + i, COL_WIDTH);
        }
    }
    track->row += 2;
}

static void score_line(struct track *track, const struct score *score) {
    struct score_place home = track->places.scores[score->index];
    track_text(track, track->row, 0, LOOK_LABEL, score->title);
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count && !track->placing; r++) {
        bool has = score_has_respondent(track, score, r) && home.sheet >= 0 && home.cols[r] >= 0;
        if (has)
            sheet_now_cells(track, score, home, 0, r, track->row, 1 + r * STEP, true);
        for (int32_t i = 0; i < STEP && !has; i++)
            track_text(track, track->row, 1 + r * STEP + i, LOOK_VALUE, "");
    }
    track->row++;
}

/* Rows of the main score and of the others; returns that of the main one. */
static int32_t score_table(struct track *track) {
    int32_t main_row = -1;
    const struct score *main = main_score(track);
    if (!main)
        return -1;
    track->row++;
    score_heads(track);
    for (size_t i = 0; i < track->course->scores.count; i++) {
        const struct score *score = &track->course->scores.at[i];
        if (!is_shown(track, score) || score->by_dimension)
            continue;
        if (score == main)
            main_row = track->row;
        score_line(track, score);
    }
    return main_row;
}

/* --- tiles */

struct tile {
    const char *label, *formula, *format, *note;
    struct value value, note_value;
    bool note_is_formula;
};

static struct area tile_area(int32_t row, int32_t index) {
    int32_t across = index % TILES_ACROSS;
    return (struct area){row, across ? across * 2 - 1 : 0, row, across * 2};
}

static void write_tile(struct track *track, const struct tile *tile, int32_t top, int32_t index) {
    int32_t row = top + index / TILES_ACROSS * 4, col = tile_area(row, index).col;
    for (int32_t i = 0; i < 3; i++)
        track_merge(track, tile_area(row + i, index));
    track_height(track, row, 29);
    track_height(track, row + 1, 30);
    track_text(track, row, col, LOOK_TILE_LABEL, tile->label);
    track_formula(track, row + 1, col, LOOK_TILE, tile->format, tile->formula, tile->value);
    if (tile->note_is_formula)
        track_formula(track, row + 2, col, LOOK_TILE_NOTE, NULL, tile->note, tile->note_value);
    else
        track_text(track, row + 2, col, LOOK_TILE_NOTE, tile->note);
}

static const char *cell_name(struct track *track, int32_t row, int32_t col) {
    struct buf out;
    buf_init(&out, track->arena);
    cell_print(&out, row, col, false);
    return out.data;
}

static const char *plain_number(struct track *track, double number) {
    struct buf out;
    buf_init(&out, track->arena);
    formula_print_number(&out, number);
    return out.data;
}

/* "3.3 (+0.5)" of the cells of now and of change; a share as "75% (+8%)". */
static void tile_note(struct track *track, const struct score *score, int32_t respondent,
                      int32_t row, int32_t col, struct tile *tile) {
    const char *now = cell_name(track, row, col), *change = cell_name(track, row, col + 3);
    bool percent = score->method == SCORE_PERCENT;
    const char *times = percent ? "*100" : "", *unit = percent ? "&\"%\"" : "";
    int32_t places = score->decimals;
    tile->note_is_formula = true;
    tile->note = arena_printf(
        track->arena,
        "IF(ISNUMBER(%s),ROUND(%s%s,%d)%s&IF(ISNUMBER(%s),\" (\"&IF(%s>0,\"+\",\"\")&ROUND(%s%s,%d)"
        "%s&\")\",\"\"),%s&\"\")",
        now, now, times, places, unit, change, change, change, times, places, unit, now);
    const struct result *last = score_last_result(track, score, 0, respondent);
    const struct result *before = score_result_before(track, score, 0, last);
    struct value value = score_cached(track, last);
    tile->note_value = value;
    if (value.kind != VALUE_NUMBER)
        return;
    double scale = percent ? 100 : 1;
    struct buf out;
    buf_init(&out, track->arena);
    buf_printf(&out, "%s%s", plain_number(track, number_round(value.number * scale, places)),
               percent ? "%" : "");
    if (before) {
        double moved =
            number_round(value.number - before->value.number, score_places(score)) * scale;
        buf_printf(&out, " (%s%s%s)", moved > 0 ? "+" : "",
                   plain_number(track, number_round(moved, places)), percent ? "%" : "");
    }
    tile->note_value = value_text(out.data);
}

/* The band of the main score, or without bands its value. */
static struct tile score_tile(struct track *track, const struct score *score, int32_t respondent,
                              int32_t row) {
    int32_t col = 1 + respondent * STEP;
    const char *missing = track_word(track, WORD_MISSING);
    const char *cell = cell_name(track, row, score->band_count ? col + 1 : col);
    struct buf dash;
    buf_init(&dash, track->arena);
    formula_print_text(&dash, missing);
    struct tile tile = {.label = arena_printf(track->arena, "%s · %s", score->title,
                                              track->course->respondents.at[respondent].label),
                        .format = score->band_count ? NULL : score_format(track, score)};
    tile.formula = arena_printf(track->arena, "IF(%s=\"\",%s,%s)", cell, dash.data, cell);
    const struct result *last = score_last_result(track, score, 0, respondent);
    tile.value = score->band_count ? score_band_cached(last) : score_cached(track, last);
    if (tile.value.kind == VALUE_MISSING)
        tile.value = value_text(missing);
    tile_note(track, score, respondent, row, col, &tile);
    return tile;
}

/* Sums with a unit of their own, on a sheet of this workbook. */
static bool is_figure(const struct track *track, const struct block *block) {
    return block->expr && block->format_given && track_holds(track, block);
}

static struct tile figure_tile(struct track *track, const struct block *block) {
    struct place place = track->places.calcs[block->index];
    struct buf ref, dash;
    buf_init(&ref, track->arena);
    buf_init(&dash, track->arena);
    track_print_area(track, &ref, place.sheet, place_area(place));
    formula_print_text(&dash, track_word(track, WORD_MISSING));
    struct value value = calc_eval(block, &track->scope);
    struct tile tile = {
        .label = block->label,
        .formula = arena_printf(track->arena, "IF(%s=\"\",%s,%s)", ref.data, dash.data, ref.data),
        .format = sheet_calc_format(track, block, value),
        .note = track->book->sheets.at[place.sheet]->name,
        .value = value};
    if (value_is_missing(value))
        tile.value = value_text(track_word(track, WORD_MISSING));
    return tile;
}

/* How many tiles there are: a view of the main score each, then figures. */
static int32_t count_tiles(const struct track *track) {
    int32_t count = 0;
    const struct score *main = main_score(track);
    for (int32_t r = 0; main && r < (int32_t)track->course->respondents.count; r++)
        count += score_has_respondent(track, main, r);
    for (size_t i = 0; i < track->course->blocks.count; i++)
        count += is_figure(track, track->course->blocks.at[i]);
    return count < TILES_MOST ? count : TILES_MOST;
}

static void write_tiles(struct track *track, int32_t top, int32_t count, int32_t main_row) {
    const struct score *main = main_score(track);
    int32_t index = 0;
    for (int32_t r = 0; main && r < (int32_t)track->course->respondents.count && index < count;
         r++) {
        if (!score_has_respondent(track, main, r))
            continue;
        struct tile tile = score_tile(track, main, r, main_row);
        write_tile(track, &tile, top, index++);
    }
    for (size_t i = 0; i < track->course->blocks.count && index < count; i++) {
        const struct block *block = track->course->blocks.at[i];
        if (!is_figure(track, block) || track->places.calcs[block->index].sheet < 0)
            continue;
        struct tile tile = figure_tile(track, block);
        write_tile(track, &tile, top, index++);
    }
}

/* --- gaps */

/* The .gap of a rating, or one between respondents where two of them rate the same. */
static bool find_gap(const struct track *track, const struct block *rating, struct block *gap) {
    if (!rating->scale || rating->item_count < 2 || !track_holds(track, rating))
        return false;
    for (size_t i = 0; i < track->course->blocks.count; i++) {
        const struct block *block = track->course->blocks.at[i];
        if (block->type->sheet == sheet_gap && block->rating == rating) {
            *gap = *block;
            return block->between_asks[0] || track->course->respondents.count > 1;
        }
    }
    *gap = (struct block){.rating = rating};
    return !rating->ask_count && (track_respondents(track, rating) & 3) == 3;
}

static void gap_table(struct track *track, const struct block *gap, int32_t respondent) {
    struct gap_sides sides = gap_sides_of(track->course, gap, respondent);
    const struct block *rating = gap->rating;
    const char *title = rating->title ? rating->title : rating->label;
    if (gap->between_asks[0])
        title = arena_printf(track->arena, "%s · %s", title,
                             track->course->respondents.at[respondent].label);
    sheet_gap_table(track, gap, &sides, title, GAP_COL);
}

static void gap_tables(struct track *track) {
    int32_t drawn = 0;
    for (size_t i = 0; i < track->course->blocks.count; i++) {
        struct block gap;
        if (!find_gap(track, track->course->blocks.at[i], &gap))
            continue;
        gap.top = 3;
        for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++) {
            bool wanted =
                gap.between_asks[0] ? track_respondents(track, gap.rating) >> r & 1 : r == 0;
            if (!wanted || drawn == GAP_TABLES_MOST)
                continue;
            if (!drawn++)
                heading(track, WORD_TRACK_GAPS);
            gap_table(track, &gap, gap.between_asks[0] ? r : RESPONDENT_NONE);
        }
    }
    track->row -= drawn > 0; /* the heading that follows leaves a row free itself */
}

/* --- logs */

static void log_heads(struct track *track) {
    static const enum word words[] = {WORD_TRACK_ENTRIES, WORD_TRACK_QUARTER,     WORD_TRACK_LAST,
                                      WORD_TRACK_NEXT,    WORD_TRACK_KEPT,        WORD_TRACK_STREAK,
                                      WORD_TRACK_OVERDUE, WORD_TRACK_LATEST_ENTRY};
    track->row++;
    track_text(track, track->row, 0, LOOK_HEAD_LEFT, track_word(track, WORD_TRACK_LOG));
    for (int32_t i = 0; i < LOG_LINE_COLS; i++)
        track_text(track, track->row, i + 1, i + 1 == LAST_COL ? LOOK_HEAD_LEFT : LOOK_HEAD,
                   track_word(track, words[i]));
    track->row++;
}

static bool is_log(const struct track *track, const struct block *block) {
    return block->column_count && track_holds(track, block);
}

static void log_lines(struct track *track) {
    bool any = false;
    for (size_t i = 0; i < track->course->blocks.count; i++) {
        const struct block *log = track->course->blocks.at[i];
        if (!is_log(track, log))
            continue;
        if (!any)
            log_heads(track);
        any = true;
        if (!track->placing)
            track_link(track, track->row, 0, log->title ? log->title : log->label,
                       track->places.logs[log->index].sheet);
        sheet_log_line(track, log);
        track->row++;
    }
}

static void log_sums(struct track *track) {
    bool any = false;
    for (size_t i = 0; i < track->course->blocks.count; i++) {
        const struct block *log = track->course->blocks.at[i];
        bool sums = false;
        for (size_t c = 0; c < log->column_count; c++)
            sums = sums || log->columns[c].total == TOTAL_SUM;
        if (!sums || !is_log(track, log))
            continue;
        if (!any) {
            track->row++;
            track_text(track, track->row, 0, LOOK_HEAD_LEFT, track_word(track, WORD_TOTAL));
            track_merge(track, (struct area){track->row, 0, track->row, GAP_COL - 1});
            track_text(track, track->row, GAP_COL, LOOK_HEAD,
                       track_word(track, WORD_TRACK_QUARTER));
            track_text(track, track->row, GAP_COL + 1, LOOK_HEAD, track_word(track, WORD_TOTAL));
            track->row++;
        }
        any = true;
        sheet_log_sums(track, log, GAP_COL);
    }
}

/* --- charts */

static void charts(struct track *track) {
    const struct score *main = main_score(track);
    int32_t drawn = 0;
    track->row++;
    if (main) {
        if (track->places.scores[main->index].sheet >= 0)
            sheet_trend_charts(track, main, track->places.scores[main->index], track->row, 0);
        drawn++;
    }
    for (size_t i = 0; i < track->course->scores.count; i++) {
        const struct score *score = &track->course->scores.at[i];
        if (!is_shown(track, score) || !score->by_dimension)
            continue;
        bool radar = score_rows(score) > 2 && score_chart(track->course, score) != CHART_BARS;
        sheet_home_chart(track, score, radar ? SHEET_CHART_RADAR : SHEET_CHART_BAR,
                         track->row + drawn / 2 * CHART_ROWS, drawn % 2 * CHART_COL);
        drawn++;
    }
    track->row += (drawn + 1) / 2 * CHART_ROWS;
    track->used_row = track->row;
}

void track_dashboard(struct track *track) {
    track->chart_width_px = CHART_PX;
    track_width(track, 0, LABEL_WIDTH);
    for (int32_t col = 1; col <= LAST_COL; col++)
        track_width(track, col, col == LAST_COL ? LAST_WIDTH : COL_WIDTH);
    track_text(track, track->row, 0, LOOK_LEAD, track_names(track));
    track_merge(track, (struct area){track->row, 0, track->row, LAST_COL});
    track->row++;
    int32_t top = track->row, tiles = count_tiles(track);
    track->row += (tiles + TILES_ACROSS - 1) / TILES_ACROSS * 4 - (tiles > 0);
    int32_t main_row = score_table(track);
    if (!track->placing)
        write_tiles(track, top, tiles, main_row);
    gap_tables(track);
    log_lines(track);
    log_sums(track);
    charts(track);
}
