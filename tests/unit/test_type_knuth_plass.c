/* The choice of breaks by itself, on made-up words: against every other choice there is, and
 * against first-fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "type/knuth_plass.h"

#include <stdlib.h>
#include <string.h>

enum { LIMIT = 20000, SPACE = 300, LINE = 6000 };

static struct breakpoint breaks[LIMIT];
static uint32_t chosen[LIMIT];

/* The same numbers on every machine. */
static uint32_t random_next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Words of random width with spaces between, some of which may be hyphenated in the middle. */
static size_t make_words(uint32_t seed, size_t words, bool hyphens) {
    struct sums sums = {0};
    size_t count = 0;
    memset(breaks, 0, sizeof breaks[0]);
    count++;
    for (size_t w = 0; w < words; w++) {
        int64_t width = 300 + random_next(&seed) % 1500;
        if (hyphens && random_next(&seed) % 4 == 0) {
            struct sums half = sums;
            half.width += width / 2;
            breaks[count++] = (struct breakpoint){.before = half,
                                                  .after = half,
                                                  .hyphen_nm = 150,
                                                  .penalty = 50,
                                                  .hyphen = true,
                                                  .put_hyphen = true};
        }
        sums.width += width;
        breaks[count] = (struct breakpoint){.before = sums, .forced = w + 1 == words};
        sums.width += SPACE;
        sums.stretch += SPACE / 2;
        sums.shrink += SPACE / 3;
        breaks[count++].after = sums;
    }
    return count;
}

static double square(double value) { return value * value; }

/* Demerits of a choice, added up from their definition; a negative number if it is not allowed. */
static double demerits_of(const uint32_t *ends, size_t lines, const struct line_rules *rules) {
    double total = 0;
    int last_class = 1, hyphens = 0;
    for (size_t i = 0; i < lines; i++) {
        const struct breakpoint *start = &breaks[i ? ends[i - 1] : 0], *end = &breaks[ends[i]];
        double width = (double)(end->before.width - start->after.width + end->hyphen_nm);
        double left = (double)(i ? rules->width : rules->first_width) - width;
        double ratio = 0;
        if (left < 0)
            ratio = left / (double)(end->before.shrink - start->after.shrink);
        else if (left > 0 && !end->forced)
            ratio = left / (double)(end->before.stretch - start->after.stretch);
        if (!(ratio >= -1) || ratio > rules->tolerance)
            return -1;
        double badness = 100 * (ratio < 0 ? -ratio : ratio) * ratio * ratio;
        total += square(10 + badness) + square(end->penalty);
        int class = ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
        if (class - last_class > 1 || last_class - class > 1)
            total += 10000;
        last_class = class;
        if (start->hyphen)
            total += end->forced ? 3e5 : !end->hyphen ? 0 : hyphens > 1 ? 1e8 : 1e5;
        hyphens = end->hyphen ? hyphens + 1 : 0;
        if (i > 0 && end->forced && end->before.width - start->after.width < rules->width / 6)
            total += start->hyphen ? 40000 + 1e6 : 40000;
    }
    return total;
}

struct search {
    const struct line_rules *rules;
    size_t count;
    uint32_t ends[32];
    double best;
};

static void search_all(struct search *search, size_t lines, uint32_t from) {
    for (uint32_t at = from + 1; at < search->count; at++) {
        search->ends[lines] = at;
        if (at + 1 == search->count) {
            double demerits = demerits_of(search->ends, lines + 1, search->rules);
            if (demerits >= 0 && (search->best < 0 || demerits < search->best))
                search->best = demerits;
        } else if (lines < 6 && breaks[at].before.width - breaks[from].after.width < LINE + 1000) {
            search_all(search, lines + 1, at);
        }
    }
}

static void none_is_better(void **state) {
    (void)state;
    size_t found = 0;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct arena scratch;
        arena_init(&scratch);
        size_t count = make_words(seed, 18, seed % 2);
        struct line_rules rules = {
            .first_width = seed % 3 ? LINE : LINE - 800, .width = LINE, .tolerance = 3};
        size_t lines = knuth_plass(&scratch, breaks, count, &rules, chosen);
        struct search search = {.rules = &rules, .count = count, .best = -1};
        search_all(&search, 0, 0);
        if (lines == 0) {
            assert_true(search.best < 0);
        } else {
            double ours = demerits_of(chosen, lines, &rules);
            assert_true(ours >= 0);
            assert_true(ours <= search.best * 1.0000001);
            found++;
        }
        arena_release(&scratch);
    }
    assert_true(found > 30);
}

/* Fills each line as far as it goes without shrinking. */
static size_t first_fit(size_t count, uint32_t *ends) {
    size_t lines = 0;
    uint32_t start = 0, fits = 0;
    for (uint32_t at = 1; at < count; at++) {
        if (breaks[at].before.width + breaks[at].hyphen_nm - breaks[start].after.width > LINE) {
            ends[lines++] = start = fits;
        }
        fits = at;
    }
    ends[lines++] = (uint32_t)(count - 1);
    return lines;
}

static void beats_first_fit(void **state) {
    (void)state;
    static uint32_t greedy[LIMIT];
    for (uint32_t seed = 1; seed <= 20; seed++) {
        struct arena scratch;
        arena_init(&scratch);
        size_t count = make_words(seed * 7, 400, false);
        struct line_rules rules = {.first_width = LINE, .width = LINE, .tolerance = 100};
        size_t lines = knuth_plass(&scratch, breaks, count, &rules, chosen);
        double ours = demerits_of(chosen, lines, &rules);
        double theirs = demerits_of(greedy, first_fit(count, greedy), &rules);
        assert_true(ours >= 0 && theirs >= 0);
        assert_true(ours < theirs);
        arena_release(&scratch);
    }
}

static void keeps_forced_breaks(void **state) {
    (void)state;
    struct arena scratch;
    arena_init(&scratch);
    size_t count = make_words(5, 60, false);
    breaks[17].forced = breaks[41].forced = true;
    struct line_rules rules = {.first_width = LINE, .width = LINE, .tolerance = 100};
    size_t lines = knuth_plass(&scratch, breaks, count, &rules, chosen);
    int seen = 0;
    for (size_t i = 0; i < lines; i++)
        seen += chosen[i] == 17 || chosen[i] == 41;
    assert_int_equal(seen, 2);
    assert_int_equal(chosen[lines - 1], count - 1);
    arena_release(&scratch);
}

static void obeys_looseness(void **state) {
    (void)state;
    struct arena scratch;
    arena_init(&scratch);
    size_t count = make_words(11, 200, false);
    struct line_rules rules = {.first_width = LINE, .width = LINE, .tolerance = 100};
    size_t usual = knuth_plass(&scratch, breaks, count, &rules, chosen);
    rules.looseness = 1;
    assert_int_equal(knuth_plass(&scratch, breaks, count, &rules, chosen), usual + 1);
    rules.looseness = -1;
    assert_in_range(knuth_plass(&scratch, breaks, count, &rules, chosen), usual - 1, usual);
    arena_release(&scratch);
}

static void takes_what_there_is(void **state) {
    (void)state;
    struct arena scratch;
    arena_init(&scratch);
    size_t count = make_words(3, 40, false);
    struct line_rules rules = {.first_width = 500, .width = 500, .tolerance = 1e9};
    assert_int_equal(knuth_plass(&scratch, breaks, count, &rules, chosen), 0);
    rules.last_pass = true;
    size_t lines = knuth_plass(&scratch, breaks, count, &rules, chosen);
    assert_in_range(lines, 30, 40); /* hardly two words go on one line */
    assert_int_equal(chosen[lines - 1], count - 1);
    arena_release(&scratch);
}

/* Nodes made, as bytes of the arena, whose parts double: in proportion to the paragraph, not to its
 * square. */
static void grows_in_proportion(void **state) {
    (void)state;
    size_t bytes[2];
    for (int i = 0; i < 2; i++) {
        struct arena scratch;
        arena_init(&scratch);
        size_t count = make_words(9, i ? 12000 : 1500, true);
        struct line_rules rules = {.first_width = LINE, .width = LINE, .tolerance = 8};
        assert_true(knuth_plass(&scratch, breaks, count, &rules, chosen) > 0);
        bytes[i] = scratch.total;
        arena_release(&scratch);
    }
    assert_true(bytes[1] < bytes[0] * 24);
}

/* The most hyphens in a row, and chains of spaces at one place of three lines, in a choice. */
static int hyphens_in_a_row(const uint32_t *ends, size_t lines) {
    int most = 0, row = 0;
    for (size_t i = 0; i < lines; i++) {
        row = breaks[ends[i]].hyphen ? row + 1 : 0;
        most = row > most ? row : most;
    }
    return most;
}

/* Long words that could nearly all be divided: lines are better with a hyphen each, but no more
 * than two in a row have one. */
static void limits_hyphens_in_a_row(void **state) {
    (void)state;
    int longest = 0;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        struct arena scratch;
        arena_init(&scratch);
        size_t count = make_words(seed * 31, 300, true);
        struct line_rules rules = {.first_width = 4500, .width = 4500, .tolerance = 20};
        size_t lines = knuth_plass(&scratch, breaks, count, &rules, chosen);
        int row = lines ? hyphens_in_a_row(chosen, lines) : 0;
        longest = row > longest ? row : longest;
        arena_release(&scratch);
    }
    assert_int_equal(longest, 2);
}

/* Spaces in three lines in a row, each no further from the one above than REACH. */
enum { REACH = 250, LONG = 3 * LINE };

static size_t count_rivers(const uint32_t *ends, size_t lines) {
    static int64_t at[3][64];
    size_t counts[3] = {0}, rivers = 0;
    for (size_t i = 0; i + 1 < lines; i++) {
        const struct breakpoint *start = &breaks[i ? ends[i - 1] : 0], *end = &breaks[ends[i]];
        double left = (double)(LONG - (end->before.width - start->after.width));
        double ratio = left / (double)(end->before.stretch - start->after.stretch);
        if (left < 0)
            ratio = left / (double)(end->before.shrink - start->after.shrink);
        size_t row = i % 3, spaces = 0;
        for (uint32_t k = (i ? ends[i - 1] : 0) + 1; k < ends[i]; k++) {
            const struct sums *from = &breaks[k].before, *to = &breaks[k].after;
            double more = left < 0
                              ? (double)(from->shrink + to->shrink - 2 * start->after.shrink)
                              : (double)(from->stretch + to->stretch - 2 * start->after.stretch);
            at[row][spaces++] =
                (from->width + to->width) / 2 - start->after.width + (int64_t)(ratio * more / 2);
        }
        counts[row] = spaces;
        for (size_t a = 0; i >= 2 && a < spaces; a++)
            for (size_t b = 0; b < counts[(row + 2) % 3]; b++)
                for (size_t c = 0; c < counts[(row + 1) % 3]; c++)
                    rivers += llabs(at[row][a] - at[(row + 2) % 3][b]) <= REACH &&
                              llabs(at[(row + 2) % 3][b] - at[(row + 1) % 3][c]) <= REACH;
    }
    return rivers;
}

static void avoids_rivers(void **state) {
    (void)state;
    size_t rivers[2] = {0};
    for (uint32_t seed = 1; seed <= 40; seed++)
        for (int i = 0; i < 2; i++) {
            struct arena scratch;
            arena_init(&scratch);
            size_t count = make_words(seed * 13, 200, false);
            struct line_rules rules = {
                .first_width = LONG, .width = LONG, .tolerance = 3, .river = i ? REACH : 0};
            size_t lines = knuth_plass(&scratch, breaks, count, &rules, chosen);
            rivers[i] += count_rivers(chosen, lines);
            arena_release(&scratch);
        }
    assert_true(rivers[0] > 100);
    assert_true(rivers[1] * 2 < rivers[0]);
}

/* Ragged lines give the last one a word, though it stays shorter than a sixth of the column. */
static void ragged_runts_are_joined(void **state) {
    (void)state;
    static const int64_t widths[] = {2600, 2400, 300, 300};
    struct arena arena;
    arena_init(&arena);
    struct sums sums = {0};
    memset(breaks, 0, sizeof breaks[0] * 5);
    for (size_t w = 0; w < 4; w++) {
        sums.width += widths[w];
        breaks[w + 1] = (struct breakpoint){.before = sums, .forced = w == 3};
        sums.width += SPACE;
        breaks[w + 1].after = sums;
    }
    struct line_rules rules = {.first_width = LINE,
                               .width = LINE,
                               .tolerance = 10,
                               .ragged = true,
                               .background_stretch = LINE / 10};
    assert_int_equal(knuth_plass(&arena, breaks, 5, &rules, chosen), 2);
    assert_int_equal(chosen[0], 2);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ragged_runts_are_joined), cmocka_unit_test(none_is_better),
        cmocka_unit_test(beats_first_fit),         cmocka_unit_test(keeps_forced_breaks),
        cmocka_unit_test(obeys_looseness),         cmocka_unit_test(takes_what_there_is),
        cmocka_unit_test(grows_in_proportion),     cmocka_unit_test(limits_hyphens_in_a_row),
        cmocka_unit_test(avoids_rivers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
