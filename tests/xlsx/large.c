/* A tracker far beyond any real one: a thousand items, two hundred sittings, two respondents. It
 * must come out whole, with the values that scoring gives, in seconds. */
#define _GNU_SOURCE /* mkdtemp */
#include "../unit/track_fixture.h"

#include "write/xlsx.h"

#include <unistd.h>

enum { ITEMS = 1000, SITTINGS = 200 };

static struct fixture *large_course(void) {
    static struct item_row rows[ITEMS];
    static struct sitting sittings[SITTINGS];
    struct fixture *fixture = track_fixture_bare();
    struct arena *arena = &fixture->arena;
    for (int i = 0; i < ITEMS; i++)
        rows[i] = (struct item_row){arena_printf(arena, "item-%d", i), i % 2 ? "odd" : "even",
                                    i % 7 == 0, 1 + i % 3};
    struct block *block = add_rating(fixture, "large", "frequency", true, 3, rows, ITEMS, NULL);
    add_score(fixture, "large-score", SCORE_MEAN, "large", NULL);
    track_fixture_types(fixture);
    fixture->course.sittings.count = 0;
    for (int s = 0; s < SITTINGS; s++)
        sittings[s] = (struct sitting){.id = arena_printf(arena, "%d", s + 1),
                                       .title = arena_printf(arena, "%d", s + 1),
                                       .date = day("2020-01-01") + s,
                                       .answered = 3};
    fixture->participant =
        (struct participant){.id = "many", .sittings = sittings, .sitting_count = SITTINGS};
    for (int i = 0; i < ITEMS; i++)
        for (int s = 0; s < SITTINGS; s++)
            for (int r = 0; r < 2; r++)
                if ((i + s + r) % 11)
                    *VEC_ADD(arena, &fixture->answers) =
                        (struct answer){.slot = block->slots[i],
                                        .respondent = r,
                                        .sitting = s,
                                        .date = sittings[s].date,
                                        .value = value_number(1 + (i * 3 + s + r) % 5)};
    settle(fixture);
    return fixture;
}

static void test_large(void **state) {
    (void)state;
    struct fixture *fixture = large_course();
    struct edition edition = track_fixture_edition(fixture, (const char *const[]){"large", NULL});
    struct arena job;
    arena_init(&job);
    const struct workbook *book = track_edition(&job, &edition);
    const struct sheet *sheet = book->sheets.at[0];
    assert_true(sheet->cells.count > 2 * 2 * ITEMS * SITTINGS);
    char folder[] = "/tmp/tandem-large-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct buf out;
    const char *error = NULL;
    buf_init(&out, &job);
    assert_true(xlsx_write(&job, book, folder, &out, &error));
    assert_null(error);
    assert_true(out.len > 1000000 && memcmp(out.data, "PK", 2) == 0);
    assert_int_equal(rmdir(folder), 0); /* nothing was left in it */
    arena_release(&job);
    fixture_free(fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_large)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
