#include "block/cohort_view.h"

#include "block/gap.h"
#include "calc/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Coarser of two ways of joining neighbours. */
static void join_both(const uint8_t *left, const uint8_t *right, uint8_t *out, size_t count) {
    out[0] = 0;
    for (size_t c = 1; c < count; c++)
        out[c] = left[c] == c && right[c] == c ? (uint8_t)c : out[c - 1];
}

static bool is_apart(const uint8_t *joined, size_t count) {
    for (size_t c = 1; c < count; c++)
        if (joined[c] == c)
            return true;
    return false;
}

/* Rows that the latest column has, joined further for earlier ones as long as any are left. */
static void find_rows(struct distribution *view) {
    uint8_t rows[WITHHOLD_CATEGORIES];
    bool found = false;
    for (size_t i = view->column_count; i-- > 0;) {
        const struct told *told = &view->columns[i];
        uint8_t both[WITHHOLD_CATEGORIES];
        if (!told->shown || !told->apart)
            continue;
        join_both(told->joined, found ? rows : told->joined, both, view->category_count);
        if (!is_apart(both, view->category_count))
            continue;
        memcpy(rows, both, sizeof rows);
        view->in_rows[i] = found = true;
    }
    for (size_t c = 0; found && c < view->category_count; c++)
        if (rows[c] == c)
            view->starts[view->row_count++] = c;
    view->joined = view->row_count < view->category_count;
}

static void add_column(struct distribution *view, const struct told *told) {
    view->columns[view->column_count++] = *told;
    view->left_out = view->left_out || told->left_out;
    view->withheld = view->withheld || !told->shown || !told->counted;
}

static bool anybody_has(const struct cohorts *cohorts, int32_t key, int32_t respondent,
                        int32_t sitting) {
    for (size_t i = 0; i < cohorts->members.count; i++)
        if (member_result(cohorts, &cohorts->members.at[i], key, respondent, sitting))
            return true;
    return false;
}

struct distribution distribution_of(struct arena *arena, const struct edition *edition,
                                    const struct block *block, int32_t respondent,
                                    int32_t dimension) {
    const struct cohort *cohort = edition->cohort;
    struct distribution view = {
        .score = block->score, .respondent = respondent, .moved = block->moved};
    size_t sittings = (size_t)cohort->of->sitting_count;
    bool strict = edition->material->anonymous;
    int32_t key = cohort_key_find(cohort->of, block->score, dimension);
    view.category_count = block->moved ? MOVED_COUNT : score_categories(block->score);
    view.columns = ARENA_ARRAY(arena, struct told, sittings + 1);
    view.in_rows = ARENA_ARRAY(arena, bool, sittings + 1);
    struct told told;
    if (key >= 0 && block->moved) {
        if (cohort_tell_moved(arena, cohort, key, respondent, strict, &told))
            add_column(&view, &told);
    } else {
        for (int32_t s = 0; key >= 0 && s < (int32_t)sittings; s++) {
            if ((block->sitting >= 0 && block->sitting != s) ||
                !anybody_has(cohort->of, key, respondent, s))
                continue;
            cohort_tell(arena, cohort, key, respondent, s, strict, &told);
            add_column(&view, &told);
        }
    }
    find_rows(&view);
    return view;
}

bool distribution_is_whole(const struct distribution *view) {
    for (size_t i = 0; i < view->column_count; i++)
        if (view->columns[i].shown && view->columns[i].apart && !view->in_rows[i])
            return false;
    return true;
}

struct distribution distribution_part(struct arena *arena, const struct distribution *view,
                                      size_t column) {
    struct distribution part = {.score = view->score,
                                .respondent = view->respondent,
                                .moved = view->moved,
                                .category_count = view->category_count};
    part.columns = ARENA_ARRAY(arena, struct told, 1);
    part.in_rows = ARENA_ARRAY(arena, bool, 1);
    add_column(&part, &view->columns[column]);
    find_rows(&part);
    return part;
}

int32_t distribution_count(const struct distribution *view, size_t column, size_t row) {
    const struct told *told = &view->columns[column];
    size_t end = row + 1 < view->row_count ? view->starts[row + 1] : view->category_count;
    int32_t count = 0;
    if (!view->in_rows[column] ||
        (told->hidden >= (int32_t)view->starts[row] && told->hidden < (int32_t)end))
        return -1;
    for (size_t c = view->starts[row]; c < end; c++)
        count += told->joined[c] == c ? told->counts[c] : 0;
    return count;
}

struct value distribution_value(const struct distribution *view, double number) {
    struct value value = value_number(number);
    if (view->score->method == SCORE_PERCENT)
        value.unit = UNIT_PERCENT;
    return value;
}

static const char *category_label(const struct course *course, const struct distribution *view,
                                  size_t category) {
    static const enum word moves[] = {WORD_COHORT_DOWN, WORD_COHORT_STAYED, WORD_COHORT_UP};
    return view->moved ? word_text(course->words, moves[category])
                       : view->score->bands[category].name;
}

const char *distribution_label(struct arena *arena, const struct course *course,
                               const struct distribution *view, size_t row) {
    size_t first = view->starts[row];
    size_t last = row + 1 < view->row_count ? view->starts[row + 1] - 1 : view->category_count - 1;
    if (view->moved || view->score->band_count)
        return first == last
                   ? category_label(course, view, first)
                   : arena_printf(arena, "%s \u2013 %s", category_label(course, view, first),
                                  category_label(course, view, last));
    double from = first ? score_category_to(view->score, first - 1) : view->score->low;
    double to = score_category_to(view->score, last);
    return arena_printf(arena, "%s\u2013%s",
                        value_format(arena, course, distribution_value(view, from), -1),
                        value_format(arena, course, distribution_value(view, to), -1));
}

const char *distribution_head(struct arena *arena, const struct course *course,
                              const struct distribution *view, size_t column) {
    int32_t sitting = view->columns[column].sitting;
    const char *title = cohort_sitting_title(arena, course, sitting);
    if (!view->moved)
        return title;
    return word_fill(arena, word_text(course->words, WORD_COHORT_FROM_TO),
                     cohort_sitting_title(arena, course, 0), title);
}

size_t distribution_respondents(const struct course *course, const struct block *block,
                                int32_t respondents[RESPONDENT_LIMIT]) {
    int32_t one = block->view != RESPONDENT_NONE ? block->view : block->score->respondent;
    if (one != RESPONDENT_NONE) {
        respondents[0] = one;
        return 1;
    }
    uint32_t by = 0;
    size_t count = 0;
    for (size_t i = 0; i < block->score->part_count; i++)
        by |= block->score->parts[i].rating->by;
    for (size_t r = 0; r < course->respondents.count; r++)
        if (by >> r & 1)
            respondents[count++] = (int32_t)r;
    return count;
}

/* ---- gaps ---- */

static int by_gap(const void *left, const void *right) {
    const struct cohort_gap *a = left, *b = right;
    if (a->gap != b->gap)
        return a->gap > b->gap ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* The latest answer of a member to one side of a gap, NAN if there is none. */
static double latest_point(const struct cohorts *cohorts, const struct member *member,
                           const struct slot *slot, int32_t respondent) {
    for (int32_t sitting = member->sitting_count - 1; sitting >= 0; sitting--) {
        int32_t point = member_point(cohorts, member, slot, respondent, sitting);
        for (size_t r = 0;
             !slot->own && point == POINT_NONE && r < cohorts->course->respondents.count; r++)
            point = member_point(cohorts, member, slot, (int32_t)r, sitting);
        if (point != POINT_NONE)
            return point;
    }
    return NAN;
}

struct cohort_gap *cohort_gaps(struct arena *arena, const struct edition *edition,
                               const struct block *gap, int32_t respondent, size_t *count,
                               size_t *withheld) {
    const struct cohort *cohort = edition->cohort;
    const struct cohorts *cohorts = cohort->of;
    struct gap_sides sides = gap_sides_of(edition->course, gap, respondent);
    size_t members = cohorts->members.count;
    struct cohort_gap *rows = ARENA_ARRAY(arena, struct cohort_gap, gap->rating->item_count);
    double *values[3];
    for (size_t s = 0; s < 3; s++)
        values[s] = ARENA_ARRAY(arena, double, members);
    *count = *withheld = 0;
    for (size_t item = 0; item < gap->rating->item_count; item++) {
        struct cohort_gap row = {.item = item};
        for (size_t m = 0; m < members; m++) {
            double both[2];
            for (size_t s = 0; s < 2; s++)
                both[s] = latest_point(cohorts, &cohorts->members.at[m],
                                       gap_slot(gap, &sides, item, s), sides.respondent[s]);
            bool known = !isnan(both[0]) && !isnan(both[1]);
            for (size_t s = 0; s < 2; s++)
                values[s][m] = known ? both[s] : (double)NAN;
            values[2][m] = known ? gap_between(&sides, both) : (double)NAN;
        }
        bool shown = cohort_tell_mean(arena, cohort, values[2], &row.gap, &row.people);
        for (size_t s = 0; s < 2 && shown; s++)
            cohort_tell_mean(arena, cohort, values[s], &row.mean[s], &row.people);
        row.gap = number_round(row.gap, 1);
        if (shown)
            rows[(*count)++] = row;
        *withheld += !shown;
    }
    if (*count)
        qsort(rows, *count, sizeof *rows, by_gap);
    return rows;
}
