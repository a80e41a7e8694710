/* Withholding, by force: for thousands of small tables every set of people is tried that could be
 * had by adding and subtracting what is told. */
#include "calc/withhold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { GROUPS = 4, CELLS = 12 };

/* Published figures as sums over cells (group × category), reduced to row echelon form. Small whole
 * numbers: exact. */
struct span_of {
    double rows[64][CELLS];
    size_t count, cells;
};

static bool is_zero(double x) { return x < 1e-9 && x > -1e-9; }

/* Takes away what the rows know; true if nothing is left. */
static bool reduce(const struct span_of *span, double *vector) {
    for (size_t r = 0; r < span->count; r++) {
        size_t lead = 0;
        while (is_zero(span->rows[r][lead]))
            lead++;
        double factor = vector[lead] / span->rows[r][lead];
        for (size_t c = 0; c < span->cells; c++)
            vector[c] -= factor * span->rows[r][c];
    }
    for (size_t c = 0; c < span->cells; c++)
        if (!is_zero(vector[c]))
            return false;
    return true;
}

static void publish(struct span_of *span, const double *figure) {
    double vector[CELLS];
    memcpy(vector, figure, sizeof vector);
    if (!reduce(span, vector))
        memcpy(span->rows[span->count++], vector, sizeof vector);
}

static size_t joins(const struct withhold *table, size_t level) {
    size_t count = 0;
    for (size_t c = 0; c < table->category_count; c++)
        count += table->joined[level][c] == c;
    return count;
}

/* What reports tell: of each group its categories as joined, of all theirs. Where those who did not
 * answer are no more told, how many people a group has is known all the same. */
static void publish_all(const struct withhold *table, struct span_of *span) {
    size_t categories = table->category_count;
    span->cells = table->group_count * categories;
    for (size_t first = 0; first < categories; first++) {
        double all[CELLS] = {0};
        for (size_t g = 0; g < table->group_count; g++) {
            double own[CELLS] = {0};
            for (size_t c = 0; c < categories; c++) {
                if (table->among[g] && table->joined[table->all][c] == first)
                    all[g * categories + c] = 1;
                if (table->joined[table->level[g]][c] == first)
                    own[g * categories + c] = 1;
            }
            if (table->shown[g])
                publish(span, own);
        }
        if (table->all_shown)
            publish(span, all);
    }
}

/* True if some set of 1 to 4 people can be had. */
static bool leaks(const struct withhold *table) {
    static struct span_of span;
    memset(&span, 0, sizeof span);
    publish_all(table, &span);
    for (uint32_t set = 1; set < 1u << span.cells; set++) {
        int64_t people = 0;
        double vector[CELLS];
        for (size_t c = 0; c < span.cells; c++) {
            vector[c] = set >> c & 1;
            people += vector[c] > 0 ? table->counts[c] : 0;
        }
        if (people >= 1 && people < WITHHOLD_LEAST && reduce(&span, vector))
            return true;
    }
    return false;
}

static uint32_t seed = 12345;
static int32_t draw(int32_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (int32_t)(seed >> 8) % below;
}

static struct withhold table_of(size_t groups, size_t categories, const int32_t *counts,
                                const bool *told, bool absent) {
    return (struct withhold){.group_count = groups,
                             .category_count = categories,
                             .counts = counts,
                             .told = told,
                             .absent = absent};
}

static void nobody_is_told_of(void **state) {
    (void)state;
    static const int32_t highest[] = {3, 6, 9, 14, 30};
    struct arena arena;
    arena_init(&arena);
    size_t apart = 0;
    for (int round = 0; round < 3000; round++) {
        size_t groups = 1 + (size_t)draw(GROUPS), categories = 2 + (size_t)draw(3);
        if (groups * categories > CELLS)
            continue;
        int32_t counts[CELLS];
        bool told[GROUPS];
        for (size_t i = 0; i < groups * categories; i++)
            counts[i] = draw(3) ? draw(highest[draw(5)]) : 0;
        for (size_t g = 0; g < groups; g++)
            told[g] = draw(5) > 0;
        struct withhold table = table_of(groups, categories, counts, told, draw(2));
        withhold(&arena, &table);
        if (leaks(&table)) {
            for (size_t g = 0; g < groups; g++) {
                print_message("%d level %zu:", told[g], table.level[g]);
                for (size_t c = 0; c < categories; c++)
                    print_message(" %d", counts[g * categories + c]);
                print_message("\n");
            }
            fail_msg("round %d, absent %d", round, table.absent);
        }
        for (size_t g = 0; g < groups; g++)
            apart += table.shown[g] && joins(&table, table.level[g]) > 1;
        arena_reset(&arena);
    }
    assert_true(apart > 500); /* not by telling nothing */
    arena_release(&arena);
}

/* The test itself can fail: a table told in full. */
static void force_finds_a_leak(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const int32_t counts[] = {7, 5, 2, 1};
    const bool told[] = {true, false};
    struct withhold table = table_of(2, 2, counts, told, false);
    withhold(&arena, &table);
    assert_false(leaks(&table));
    table.shown[1] = true;
    assert_true(leaks(&table));
    arena_release(&arena);
}

static void a_cohort_of_three_is_not_among_all(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const int32_t counts[] = {7, 5, 2, 1};
    const bool told[] = {true, true};
    struct withhold table = table_of(2, 2, counts, told, false);
    withhold(&arena, &table);
    assert_true(table.all_shown && table.among[0]);
    assert_false(table.among[1]);
    assert_int_equal(joins(&table, table.level[0]), 2);
    arena_release(&arena);
}

/* 14 of 15 answered: in a report that travels neither that nor the largest band is told. */
static void one_absent_is_not_told_of(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const int32_t counts[] = {8, 6, 1};
    const bool told[] = {true};
    struct withhold table = table_of(1, 3, counts, told, true);
    withhold(&arena, &table);
    assert_int_equal(table.joined[table.level[0]][2], 0);
    assert_int_equal(table.joined[table.level[0]][1], 1);
    table = table_of(1, 2, counts, told, false);
    withhold(&arena, &table);
    assert_int_equal(joins(&table, table.level[0]), 2);
    arena_release(&arena);
}

static void neighbours_are_joined(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const int32_t counts[] = {0, 7, 2, 6};
    const bool told[] = {true};
    struct withhold table = table_of(1, 4, counts, told, false);
    withhold(&arena, &table);
    const uint8_t *joined = table.joined[table.level[0]];
    assert_int_equal(joined[0], 0);
    assert_int_equal(joined[1], 1);
    assert_int_equal(joined[2], 2);
    assert_int_equal(joined[3], 2);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_told_of),
        cmocka_unit_test(force_finds_a_leak),
        cmocka_unit_test(a_cohort_of_three_is_not_among_all),
        cmocka_unit_test(one_absent_is_not_told_of),
        cmocka_unit_test(neighbours_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
