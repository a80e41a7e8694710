/* Arenas, buffers, maps, UTF-8, dates, paths, diagnostics. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/units.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void arena_zeroes_and_keeps_one_chunk(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 200000; size = size * 3 + 1) {
            unsigned char *bytes = arena_alloc(&arena, size);
            assert_int_equal((uintptr_t)bytes % 16, 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xAB, size);
        }
        arena_reset(&arena);
        assert_int_equal(arena.total, 0);
        assert_non_null(arena.spare); /* the memory is kept */
    }
    arena_release(&arena);
    assert_int_equal(arena.total, 0);
}

static void arena_resizes_in_place_where_it_can(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    char *text = arena_alloc(&arena, 10);
    memcpy(text, "012345678", 10);
    char *longer = arena_resize(&arena, text, 10, 1000);
    assert_ptr_equal(longer, text); /* the last one: nothing moves */
    assert_string_equal(longer, "012345678");
    for (int i = 10; i < 1000; i++)
        assert_int_equal(longer[i], 0);
    arena_alloc(&arena, 1);
    char *moved = arena_resize(&arena, longer, 1000, 2000);
    assert_ptr_not_equal(moved, longer);
    assert_string_equal(moved, "012345678");
    assert_int_equal(moved[1999], 0);
    arena_release(&arena);
}

static void vec_grows_and_keeps_its_items(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        VEC_PUSH(&arena, &numbers, i);
    assert_int_equal(numbers.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.at[i], i);
    arena_release(&arena);
}

static void buf_prints_short_numbers(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    static const struct {
        int64_t number;
        int decimals;
        const char *text;
    } cases[] = {
        {0, 2, "0"},         {100, 2, "1"},    {-100, 2, "-1"},
        {150, 2, "1.5"},     {-5, 2, "-0.05"}, {12345, 3, "12.345"},
        {12340, 3, "12.34"}, {7, 0, "7"},      {INT64_C(900000000001), 2, "9000000000.01"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf buf;
        buf_init(&buf, &arena);
        buf_put_fixed(&buf, cases[i].number, cases[i].decimals);
        assert_string_equal(buf.data, cases[i].text);
    }
    struct buf buf;
    buf_init(&buf, &arena);
    buf_put_int(&buf, INT64_MIN);
    buf_putc(&buf, ' ');
    buf_printf(&buf, "%s-%d", "x", 12);
    assert_string_equal(buf.data, "-9223372036854775808 x-12");
    for (int i = 0; i < 5000; i++)
        buf_puts(&buf, "abc");
    assert_int_equal(buf.len, strlen(buf.data));
    arena_release(&arena);
}

static void map_finds_what_was_set(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct map map;
    map_init(&map, &arena);
    assert_null(map_find(&map, "nothing"));
    for (int i = 0; i < 3000; i++) {
        char *key = arena_printf(&arena, "key-%d", i);
        assert_null(map_set(&map, key, key));
    }
    for (int i = 0; i < 3000; i++) {
        char *key = arena_printf(&arena, "key-%d", i);
        assert_string_equal(map_find(&map, key), key);
        assert_string_equal(map.entries[i].key, key); /* the order of insertion is kept */
    }
    assert_string_equal(map_set(&map, "key-7", "other"), "key-7");
    assert_string_equal(map_find(&map, "key-7"), "other");
    assert_null(map_find(&map, "key-3000"));
    arena_release(&arena);
}

static void utf8_refuses_what_is_not(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t size, bad;
    } cases[] = {{"plain", 5, 5},     {"\xC3\xA9", 2, 2},     {"\xC3", 1, 0},
                 {"a\xC0\xAF", 3, 1}, {"\xED\xA0\x80", 3, 0}, {"\xF4\x90\x80\x80", 4, 0},
                 {"ok\0no", 5, 2},    {"\xEF\xBF\xBE", 3, 0}, {"\xF0\x9F\x98\x80", 4, 4},
                 {"\xE2\x82", 2, 0},  {"\x80", 1, 0},         {"\xF8\x88\x80\x80\x80", 5, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_find_bad(cases[i].text, cases[i].size), cases[i].bad);
    for (uint32_t code = 1; code < 0x110000; code += 97) {
        if (code >= 0xD800 && code < 0xE000)
            continue;
        char bytes[4];
        size_t length = utf8_encode(code, bytes);
        const char *at = bytes;
        assert_int_equal(utf8_next(&at, bytes + length), code);
        assert_ptr_equal(at, bytes + length);
    }
    assert_int_equal(utf8_count("naïve\xFF", 7), 6);
}

static void dates_go_there_and_back(void **state) {
    (void)state;
    assert_int_equal(date_from_civil(1970, 1, 1), 0);
    assert_int_equal(date_from_civil(2000, 3, 1), 11017);
    assert_true(date_to_excel(date_from_civil(1900, 3, 1)) == 61);
    for (date_t date = date_from_civil(1, 1, 1); date < date_from_civil(9999, 12, 31);
         date += 173) {
        int year, month, day;
        date_to_civil(date, &year, &month, &day);
        assert_true(date_is_valid(year, month, day));
        assert_int_equal(date_from_civil(year, month, day), date);
    }
    assert_false(date_is_valid(2026, 2, 29));
    assert_true(date_is_valid(2024, 2, 29));
    assert_false(date_is_valid(1900, 2, 29));
    assert_int_equal(date_parse_iso("2026-02-30", 10), DATE_NONE);
    assert_int_equal(date_parse_iso("2026-2-03", 9), DATE_NONE);
    assert_int_equal(date_parse_iso("2026-02-03x", 11), DATE_NONE);
    char text[16];
    date_format_iso(date_parse_iso("2026-02-03", 10), text);
    assert_string_equal(text, "2026-02-03");
}

static void units_round_to_the_nearest(void **state) {
    (void)state;
    assert_int_equal(um_from_cpt(7200), 25400);
    assert_int_equal(um_from_cpt(1), 4);
    assert_int_equal(um_from_cpt(-7200), -25400);
}

static void sha256_is_the_standards(void **state) {
    (void)state;
    char hex[SHA256_HEX];
    sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void paths_stay_inside(void **state) {
    (void)state;
    static const char *const inside[] = {"a", "a/b.png", "..a/b", "a..b", "a/..b/c"};
    static const char *const outside[] = {"", "/a", "..", "../a", "a/../b", "a/..", "a\\b", "a\nb"};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        assert_true(path_is_inside(inside[i]));
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_false(path_is_inside(outside[i]));
}

static void files_are_whole_or_not_there(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    char folder[] = "/tmp/tandem-unit-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *error = NULL;
    char *path = path_join(&arena, folder, "a/b/c.txt");
    assert_true(file_write(&arena, path, "hello", 5, &error));
    size_t size;
    assert_string_equal(file_read(&arena, path, 100, &size, &error), "hello");
    assert_int_equal(size, 5);
    assert_null(file_read(&arena, path, 4, &size, &error));
    assert_null(file_read(&arena, folder, 100, &size, &error));
    assert_false(file_write(&arena, path_join(&arena, path, "below"), "x", 1, &error));
    assert_false(file_write(&arena, path_join(&arena, folder, "a/b"), "x", 1, &error));
    struct strings names = {0};
    assert_true(folder_list(&arena, path_join(&arena, folder, "a"), &names));
    assert_int_equal(names.count, 1); /* no temporary file is left */
    assert_true(path_resolves_inside(folder, path));
    assert_int_equal(symlink("/etc/hosts", path_join(&arena, folder, "link")), 0);
    assert_false(path_resolves_inside(folder, path_join(&arena, folder, "link")));
    assert_int_equal(system(arena_printf(&arena, "rm -r %s", folder)), 0);
    arena_release(&arena);
}

/* A name of a file or a line of a source cannot command the terminal it is shown on. */
static void diagnostics_hold_no_controls(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diag *diag = diag_new(&arena);
    struct source *source = source_new(&arena, "\033[31m.yml", "a\033]0;x\007\xFF b\n", 11);
    diag_report(diag, DIAG_ID_MALFORMED, source_span(source, 9, 1), "\033c", "\033d");
    char *out;
    size_t size;
    FILE *file = open_memstream(&out, &size);
    diag_print(diag, file, false);
    fclose(file);
    assert_string_equal(out, "\uFFFD[31m.yml:1:10: error: '\uFFFDc' is not an id\n"
                             "    1 | a\uFFFD]0;x\uFFFD\uFFFD b\n"
                             "      |          ^\n"
                             "hint: use lower-case letters, digits and hyphens, such as "
                             "'\uFFFDd'\n");
    free(out);
    arena_release(&arena);
}

static void diagnostics_show_line_and_caret(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diag *diag = diag_new(&arena);
    const char *text = "title: x\n\tscälé: frequncy\n";
    struct source *source = source_new(&arena, "course.yml", text, strlen(text));
    size_t offset = (size_t)(strstr(text, "frequncy") - text);
    static const char *const scales[] = {"agreement", "frequency", "level"};
    diag_report(diag, DIAG_SCALE_UNKNOWN, source_span(source, offset, 8), "frequncy",
                diag_nearest("frequncy", scales, 3), diag_list(&arena, scales, 3));
    diag_report(diag, DIAG_SCALE_UNKNOWN, source_span(source, 0, 5), "zzz",
                diag_nearest("zzz", scales, 3), diag_list(&arena, scales, 3));
    diag_report(diag, DIAG_SCALE_UNKNOWN, source_span(source, 0, 5), "zzz", NULL,
                diag_list(&arena, scales, 3)); /* the same mistake is said once */
    char *out;
    size_t size;
    FILE *file = open_memstream(&out, &size);
    assert_int_equal(diag_print(diag, file, false), 2);
    fclose(file);
    assert_string_equal(out, "course.yml:1:1: error: unknown scale 'zzz'\n"
                             "    1 | title: x\n"
                             "      | ^~~~~\n"
                             "hint: the scales are: agreement, frequency or level\n"
                             "course.yml:2:9: error: unknown scale 'frequncy'\n"
                             "    2 | \tscälé: frequncy\n"
                             "      | \t       ^~~~~~~~\n"
                             "hint: did you mean 'frequency'?\n");
    free(out);
    assert_int_equal(diag_errors(diag), 3);
    assert_int_equal(diag_warnings(diag), 0);
    assert_null(diag_nearest("completely-else", scales, 3));
    arena_release(&arena);
}

/* Of thousands the first are shown, by their places and not by when they came; very long words are
 * cut between characters. */
static void diagnostics_have_an_end(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct diag *diag = diag_new(&arena);
    char *text = arena_alloc(&arena, 20001);
    memset(text, '\n', 20000);
    struct source *source = source_new(&arena, "a.csv", text, 20000);
    for (int32_t i = 0; i < 7000; i++) /* each line once */
        diag_report(diag, DIAG_ID_RESERVED, ((struct span){source, i * 1009 % 7000 + 1, 1, 1}),
                    "x");
    char *word = arena_alloc(&arena, 2001);
    for (int i = 0; i < 1000; i++)
        memcpy(word + 2 * i, i ? "é" : "aa", 2);
    word[0] = 'b';
    memmove(word + 1, word + 2, 1997);
    diag_report(diag, DIAG_ID_TWICE, ((struct span){source, 20000, 1, 1}), word, "there");
    char *out;
    size_t size;
    FILE *file = open_memstream(&out, &size);
    assert_int_equal(diag_print(diag, file, false), 1001);
    fclose(file);
    assert_int_equal(diag_count(diag, DIAG_ID_RESERVED), 7000);
    assert_int_equal(diag_errors(diag), 7001);
    assert_non_null(strstr(out, "a.csv:1:1:"));
    assert_non_null(strstr(out, "a.csv:1000:1:"));
    assert_null(strstr(out, "a.csv:1001:1:"));
    assert_non_null(strstr(out, "é…' is already taken, at there"));
    assert_non_null(strstr(out, "hint: of each kind the first 1000 are shown"));
    free(out);
    arena_release(&arena);
}

static void count_job(void *context, size_t worker, size_t job) {
    (void)worker;
    atomic_fetch_add((atomic_size_t *)context, job + 1);
}

static void pool_runs_every_job_once(void **state) {
    (void)state;
    for (size_t threads = 1; threads < 9; threads += 3) {
        atomic_size_t sum = 0;
        pool_run(threads, 1000, count_job, &sum);
        assert_int_equal(sum, 500500);
    }
    pool_run(4, 0, count_job, NULL);
    assert_true(pool_cores() >= 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_zeroes_and_keeps_one_chunk),
        cmocka_unit_test(arena_resizes_in_place_where_it_can),
        cmocka_unit_test(vec_grows_and_keeps_its_items),
        cmocka_unit_test(buf_prints_short_numbers),
        cmocka_unit_test(map_finds_what_was_set),
        cmocka_unit_test(utf8_refuses_what_is_not),
        cmocka_unit_test(dates_go_there_and_back),
        cmocka_unit_test(units_round_to_the_nearest),
        cmocka_unit_test(sha256_is_the_standards),
        cmocka_unit_test(paths_stay_inside),
        cmocka_unit_test(files_are_whole_or_not_there),
        cmocka_unit_test(diagnostics_hold_no_controls),
        cmocka_unit_test(diagnostics_show_line_and_caret),
        cmocka_unit_test(diagnostics_have_an_end),
        cmocka_unit_test(pool_runs_every_job_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
