/* Scores sitting by sitting, as live formulas over answers as scored:
 *   mean     Σ weight·scored / Σ weight over answered items
 *   percent  (Σ weight·scored − Σ weight·lowest) / (Σ weight·highest − Σ weight·lowest)
 *   sum      Σ weight·scored
 * and, with fewer answers than needed, "7 of 12 answered" instead. */
#include "block/sheet_parts.h"

#include "calc/format.h"

#include <float.h>

enum { FORMULA_LIMIT = 8000 }; /* a spreadsheet takes 8,192 characters */

/* The answers that one part of a score reads in one column. */
struct term {
    const struct block *rating;
    const struct rating_place *place;
    int32_t col;
};

struct pool {
    struct track *track;
    const struct score *score;
    int32_t row;            /* of values, from 0 */
    const char *label_cell; /* "$A$50": the dimension's name */
    struct term *terms;
    size_t count;
};

bool score_has_respondent(const struct track *track, const struct score *score,
                          int32_t respondent) {
    if (score->respondent != RESPONDENT_NONE)
        return score->respondent == respondent;
    for (size_t p = 0; p < score->part_count; p++)
        if (track_respondents(track, score->parts[p].rating) >> respondent & 1)
            return true;
    return false;
}

int32_t score_rows(const struct score *score) {
    return score->by_dimension ? (int32_t)score->dimension_count : 1;
}

const char *score_row_label(const struct track *track, const struct score *score, int32_t row) {
    return score->by_dimension ? track_dimension(track, score->dimensions[row]) : score->title;
}

static bool is_hidden(const struct track *track, const struct score *score, int32_t respondent) {
    for (size_t p = 0; p < score->part_count; p++)
        if (score->parts[p].rating->is_private && track->edition->respondent != respondent)
            return true;
    return false;
}

const struct result *score_result(const struct track *track, const struct score *score, int32_t row,
                                  int32_t respondent, int32_t sitting) {
    if (sitting < 0 || is_hidden(track, score, respondent))
        return NULL;
    return results_find(track->edition->results, score, score->by_dimension ? row : -1, respondent,
                        sitting);
}

struct value score_cached(const struct track *track, const struct result *result) {
    if (!result)
        return VALUE_NONE;
    if (!value_is_missing(result->value))
        return value_number(result->value.number);
    if (result->answered && result->answered + 1e-9 >= result->score->answered * result->total)
        return VALUE_NONE; /* weights that add up to nothing */
    return value_text(track_phrase(track, WORD_ANSWERED,
                                   arena_printf(track->arena, "%d", result->answered),
                                   arena_printf(track->arena, "%d", result->total)));
}

const char *score_format(const struct track *track, const struct score *score) {
    struct buf out;
    buf_init(&out, track->arena);
    buf_putc(&out, '0');
    for (int32_t i = 0; i < score->decimals; i++)
        buf_puts(&out, i ? "0" : ".0");
    if (score->method == SCORE_PERCENT)
        buf_putc(&out, '%');
    return out.data;
}

static bool counts_item(const struct pool *pool, const struct item *item) {
    return !pool->score->by_dimension ||
           (item->dimension && strcmp(item->dimension, pool->score->dimensions[pool->row]) == 0);
}

static int32_t pool_total(const struct pool *pool) {
    int32_t total = 0;
    for (size_t t = 0; t < pool->count; t++)
        for (size_t i = 0; i < pool->terms[t].rating->item_count; i++)
            total += counts_item(pool, &pool->terms[t].rating->items[i]);
    return total;
}

static int32_t least_answers(const struct pool *pool) {
    int32_t total = pool_total(pool), need = 0;
    while (need < total && need < pool->score->answered * total - 1e-9)
        need++;
    return need ? need : 1;
}

/* The columns that a respondent's k-th sitting of a score reads; false if one of its ratings is not
 * in this workbook. */
static bool find_terms(struct pool *pool, int32_t respondent, int32_t k) {
    const struct score *score = pool->score;
    size_t room = 0;
    for (size_t p = 0; p < score->part_count; p++)
        room += score->parts[p].rating->ask_count + 1;
    pool->terms = ARENA_ARRAY(pool->track->arena, struct term, room);
    pool->count = 0;
    for (size_t p = 0; p < score->part_count; p++) {
        const struct block *rating = score->parts[p].rating;
        const struct rating_place *place = &pool->track->places.ratings[rating->index];
        if (place->sheet < 0) {
            pool->count = 0;
            return false;
        }
        size_t asks = rating->ask_count ? rating->ask_count : 1;
        for (size_t a = 0; a < asks; a++) {
            bool wanted =
                !score->parts[p].ask || strcmp(score->parts[p].ask, rating->asks[a].id) == 0;
            int32_t col = place->cols[(size_t)respondent * asks + a];
            if (wanted && col >= 0)
                pool->terms[pool->count++] = (struct term){rating, place, col + k};
        }
    }
    return pool->count > 0;
}

static bool has_weights(const struct term *term) { return term->place->weight_col >= 0; }

static void print_scored(const struct pool *pool, const struct term *term, int32_t col,
                         struct buf *out) {
    track_print_area(pool->track, out, term->place->sheet,
                     (struct area){term->place->row, col, term->place->last_row, col});
}

/* SUMPRODUCT(--(dimensions=name),weights,<last>), leaving out what the rating has not. */
static void print_product(const struct pool *pool, const struct term *term, bool answered_only,
                          bool weighted, struct buf *out) {
    bool dimension = pool->score->by_dimension, weights = weighted && has_weights(term);
    if (!dimension && !weights) {
        buf_puts(out, answered_only ? "COUNT(" : "SUM(");
        print_scored(pool, term, term->col, out);
        buf_putc(out, ')');
        return;
    }
    buf_puts(out, "SUMPRODUCT(");
    if (dimension) {
        buf_puts(out, "--(");
        print_scored(pool, term, term->place->dimension_col, out);
        buf_printf(out, "=%s),", pool->label_cell);
    }
    if (weights) {
        print_scored(pool, term, term->place->weight_col, out);
        buf_putc(out, ',');
    }
    buf_puts(out, answered_only ? "--ISNUMBER(" : "");
    print_scored(pool, term, term->col, out);
    buf_puts(out, answered_only ? "))" : ")");
}

static void print_terms(const struct pool *pool, bool answered_only, bool weighted,
                        struct buf *out) {
    for (size_t t = 0; t < pool->count; t++) {
        buf_puts(out, t ? "+" : "");
        print_product(pool, &pool->terms[t], answered_only, weighted, out);
    }
}

/* Σ weight · (the scale's lowest, or its span). */
static void print_ends(const struct pool *pool, bool span, struct buf *out) {
    for (size_t t = 0; t < pool->count; t++) {
        const struct scale *scale = pool->terms[t].rating->scale;
        int32_t factor = span ? (int32_t)scale->count - 1 : scale->from;
        buf_printf(out, "%s%d*", t ? "+" : "", factor);
        print_product(pool, &pool->terms[t], true, true, out);
    }
}

static void print_quotient(const struct pool *pool, struct buf *out) {
    if (pool->score->method == SCORE_MEAN) {
        buf_putc(out, '(');
        print_terms(pool, false, true, out);
        buf_puts(out, ")/(");
        print_terms(pool, true, true, out);
        buf_putc(out, ')');
    } else if (pool->score->method == SCORE_PERCENT) {
        buf_puts(out, "((");
        print_terms(pool, false, true, out);
        buf_puts(out, ")-(");
        print_ends(pool, false, out);
        buf_puts(out, "))/(");
        print_ends(pool, true, out);
        buf_putc(out, ')');
    } else {
        print_terms(pool, false, true, out);
    }
}

/* How much of the score is answered at all: without that, a sitting has no result; with it, each
 * dimension has one, if only "0 of 3 answered". */
static void print_any(const struct pool *pool, struct buf *out) {
    for (size_t t = 0; t < pool->count; t++) {
        buf_puts(out, t ? "+COUNT(" : "COUNT(");
        print_scored(pool, &pool->terms[t], pool->terms[t].col, out);
        buf_putc(out, ')');
    }
}

static void print_answered(const struct pool *pool, struct buf *out) {
    struct buf count;
    buf_init(&count, pool->track->arena);
    buf_putc(&count, '(');
    print_terms(pool, true, false, &count);
    buf_putc(&count, ')');
    track_print_phrase(pool->track, WORD_ANSWERED, count.data,
                       arena_printf(pool->track->arena, "%d", pool_total(pool)), out);
}

/* Weights that could add up to nothing would divide by it. */
static bool may_divide_by_zero(const struct pool *pool) {
    for (size_t t = 0; t < pool->count; t++)
        for (size_t i = 0; i < pool->terms[t].rating->item_count; i++)
            if (pool->terms[t].rating->items[i].weight <= 0 ||
                (pool->score->method == SCORE_PERCENT && pool->terms[t].rating->scale->count < 2))
                return true;
    return false;
}

static char *value_formula(const struct pool *pool) {
    struct buf out;
    buf_init(&out, pool->track->arena);
    bool guard = pool->score->method != SCORE_SUM && may_divide_by_zero(pool);
    buf_puts(&out, "IF((");
    print_any(pool, &out);
    buf_puts(&out, ")=0,\"\",");
    int32_t need = least_answers(pool);
    bool counted = need > 1 || pool->score->by_dimension;
    if (counted) {
        buf_puts(&out, "IF((");
        print_terms(pool, true, false, &out);
        buf_printf(&out, ")<%d,", need);
        print_answered(pool, &out);
        buf_putc(&out, ',');
    }
    if (guard) {
        buf_puts(&out, "IF((");
        if (pool->score->method == SCORE_PERCENT)
            print_ends(pool, true, &out);
        else
            print_terms(pool, true, true, &out);
        buf_puts(&out, ")=0,\"\",");
    }
    buf_puts(&out, "ROUND(");
    print_quotient(pool, &out);
    buf_printf(&out, ",%d)%s%s)", score_places(pool->score), counted ? ")" : "", guard ? ")" : "");
    return out.data;
}

static char *cell_ref(const struct track *track, int32_t sheet, int32_t row, int32_t col) {
    struct buf out;
    buf_init(&out, track->arena);
    track_print_area(track, &out, sheet, area_cell(row, col));
    return out.data;
}

/* Repeats a cell of the score's home, or, if the workbook has none, its value alone. */
static void write_repeat(struct track *track, const struct score_place *home, int32_t home_row,
                         int32_t respondent, int32_t k, int32_t row, int32_t col,
                         enum cell_look look, const char *format, struct value value) {
    if (home->sheet < 0 || home->cols[respondent] < 0) {
        track_static(track, row, col, look, format, value);
        return;
    }
    const char *ref = cell_ref(track, home->sheet, home_row, home->cols[respondent] + k);
    track_formula(track, row, col, look, format,
                  arena_printf(track->arena, "IF(%s=\"\",\"\",%s)", ref, ref), value);
}

struct value score_band_cached(const struct result *result) {
    bool known = result && result->band >= 0 && !value_is_missing(result->value);
    return known ? value_text(result->score->bands[result->band].name) : VALUE_NONE;
}

const char *score_band_label(const struct track *track, const struct score *score, int32_t row) {
    const char *stage = track_word(track, WORD_STAGE);
    return score_rows(score) > 1
               ? arena_printf(track->arena, "%s: %s", score_row_label(track, score, row), stage)
               : stage;
}

/* The first band whose end is not below the value; the ends stand in the bands' table, which begins
 * at a place that the home knows: two rows below its last row of bands. */
static char *band_formula(const struct track *track, const struct score *score, int32_t row,
                          int32_t col, int32_t table_row) {
    struct buf out;
    buf_init(&out, track->arena);
    int32_t last = table_row + (int32_t)score->band_count - 1;
    buf_puts(&out, "IF(ISNUMBER(");
    cell_print(&out, row, col, false);
    buf_puts(&out, "),INDEX(");
    area_print(&out, (struct area){table_row, 0, last, 0}, true);
    buf_printf(&out, ",MIN(%zu,1+SUMPRODUCT(--(", score->band_count);
    area_print(&out, (struct area){table_row, 1, last, 1}, true);
    buf_putc(&out, '<');
    cell_print(&out, row, col, false);
    buf_puts(&out, ")))),\"\")");
    return out.data;
}

static void value_cell(struct track *track, const struct score *score, int32_t d,
                       int32_t respondent, int32_t k, int32_t row, int32_t col, bool is_home) {
    const struct result *result =
        score_result(track, score, d, respondent, track->sittings[k].index);
    struct value cached = score_cached(track, result);
    const char *format = score_format(track, score);
    const struct score_place *home = &track->places.scores[score->index];
    struct pool pool = {.track = track, .score = score, .row = d};
    if (!is_home) {
        write_repeat(track, home, home->row + d, respondent, k, row, col, LOOK_RESULT, format,
                     cached);
        return;
    }
    char *formula = NULL;
    if (find_terms(&pool, respondent, k)) {
        pool.label_cell = cell_ref(track, track->sheet->index, row, 0);
        formula = value_formula(&pool);
    }
    if (formula && strlen(formula) <= FORMULA_LIMIT)
        track_formula(track, row, col, LOOK_RESULT, format, formula, cached);
    else
        track_static(track, row, col, LOOK_RESULT, format, cached);
}

static void band_cell(struct track *track, const struct score *score, int32_t d, int32_t respondent,
                      int32_t k, int32_t row, int32_t col, bool is_home) {
    const struct result *result =
        score_result(track, score, d, respondent, track->sittings[k].index);
    struct value cached = score_band_cached(result);
    const struct score_place *home = &track->places.scores[score->index];
    int32_t rows = score_rows(score);
    if (is_home)
        track_formula(track, row, col, LOOK_BAND, NULL,
                      band_formula(track, score, row - rows, col, row - d + rows + 2), cached);
    else
        write_repeat(track, home, home->row + home->band_step + d, respondent, k, row, col,
                     LOOK_BAND, NULL, cached);
}

struct score_place sheet_score_grid(struct track *track, const struct score *score,
                                    const int32_t *cols, bool is_home) {
    int32_t rows = score_rows(score), first = track->row;
    struct score_place place = {.sheet = track->sheet->index,
                                .row = first,
                                .count = rows,
                                .sittings = track->sitting_count,
                                .band_step = score->band_count ? rows : 0,
                                .cols = cols};
    for (int32_t d = 0; d < rows; d++) {
        track_text(track, first + d, 0, LOOK_LABEL, score_row_label(track, score, d));
        if (score->band_count)
            track_text(track, first + rows + d, 0, LOOK_LABEL, score_band_label(track, score, d));
        for (int32_t r = 0; r < (int32_t)track->course->respondents.count && !track->placing; r++)
            for (int32_t k = 0; cols[r] >= 0 && k < track->sitting_count; k++) {
                value_cell(track, score, d, r, k, first + d, cols[r] + k, is_home);
                if (score->band_count)
                    band_cell(track, score, d, r, k, first + rows + d, cols[r] + k, is_home);
            }
    }
    if (is_home && track->placing)
        track->places.scores[score->index] = place;
    track->row = first + rows + place.band_step;
    return place;
}

void sheet_score_bands(struct track *track, const struct score *score) {
    track->row++;
    track_text(track, track->row, 0, LOOK_HEAD_LEFT, track_word(track, WORD_TRACK_BANDS));
    track_text(track, track->row++, 1, LOOK_HEAD, track_word(track, WORD_TRACK_UP_TO));
    for (size_t i = 0; i < score->band_count; i++) {
        track_text(track, track->row, 0, LOOK_LABEL, score->bands[i].name);
        if (score->bands[i].to < DBL_MAX)
            track_number(track, track->row, 1, LOOK_VALUE, score_format(track, score),
                         score->bands[i].to);
        else
            track_text(track, track->row, 1, LOOK_VALUE, track_word(track, WORD_TRACK_ABOVE));
        track->row++;
    }
}

void sheet_score_needed(struct track *track, const struct score *score) {
    struct pool pool = {.track = track, .score = score};
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count && !pool.count; r++)
        if (score_has_respondent(track, score, r) && !track->placing)
            find_terms(&pool, r, 0);
    if (!pool.count)
        track_text(track, track->row, 0, LOOK_NOTE, track_word(track, WORD_TRACK_NOT_LIVE));
    else if (!score->by_dimension)
        track_text(track, track->row, 0, LOOK_NOTE,
                   track_phrase(track, WORD_TRACK_NEEDED,
                                arena_printf(track->arena, "%d", least_answers(&pool)),
                                arena_printf(track->arena, "%d", pool_total(&pool))));
    track->row++;
}

void sheet_score_rows(struct track *track, const struct score *score, const int32_t *cols,
                      bool is_home) {
    track_text(track, track->row++, 0, LOOK_HEADING, score->title);
    sheet_score_needed(track, score);
    sheet_score_grid(track, score, cols, is_home);
    if (score->band_count && is_home)
        sheet_score_bands(track, score);
    track->row++;
}
