#include "write/manifest.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct manifest_entry entry(const char *path, const char *participant, size_t pages) {
    struct manifest_entry made = {.path = path,
                                  .material = "workbook",
                                  .participant = participant,
                                  .size = 12,
                                  .pages = pages};
    memcpy(made.sha256, "ab", 3);
    return made;
}

static void put(void *context, const char *text, size_t size) { buf_put(context, text, size); }

static void test_sorted_and_complete(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct course course = {.title = "A \"course\" of Größe", .version = "1.0"};
    struct manifest_entry entries[] = {entry("okafor/b.pdf", "okafor", 40),
                                       entry("blank/a.pdf", NULL, 2)};
    struct buf text;
    buf_init(&text, &arena);
    manifest_render(&course, entries, 2, put, &text);
    assert_string_equal(text.data, "{\n"
                                   "  \"course\": \"A \\\"course\\\" of Größe\",\n"
                                   "  \"files\": [\n"
                                   "    {\n"
                                   "      \"pages\": 2,\n"
                                   "      \"path\": \"blank/a.pdf\",\n"
                                   "      \"sha256\": \"ab\",\n"
                                   "      \"size\": 12,\n"
                                   "      \"source\": \"workbook\"\n"
                                   "    },\n"
                                   "    {\n"
                                   "      \"pages\": 40,\n"
                                   "      \"participant\": \"okafor\",\n"
                                   "      \"path\": \"okafor/b.pdf\",\n"
                                   "      \"sha256\": \"ab\",\n"
                                   "      \"size\": 12,\n"
                                   "      \"source\": \"workbook\"\n"
                                   "    }\n"
                                   "  ],\n"
                                   "  \"generator\": \"tandem " TANDEM_VERSION "\",\n"
                                   "  \"version\": \"1.0\"\n"
                                   "}\n");
    arena_release(&arena);
}

static void test_empty(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct course course = {.title = "C"};
    struct buf text;
    buf_init(&text, &arena);
    manifest_render(&course, NULL, 0, put, &text);
    assert_non_null(strstr(text.data, "\"files\": []"));
    arena_release(&arena);
}

/* What is long comes in pieces that are the whole when put together. */
static void count_piece(void *context, const char *text, size_t size) {
    size_t *counts = context;
    counts[0]++;
    counts[1] += size;
    assert_in_range(size, 1, 64 << 10);
    (void)text;
}

static void test_pieces(void **state) {
    (void)state;
    enum { MANY = 1000 };
    struct arena arena;
    arena_init(&arena);
    struct course course = {.title = "C", .version = "1"};
    struct manifest_entry *entries = ARENA_ARRAY(&arena, struct manifest_entry, MANY);
    for (size_t i = 0; i < MANY; i++)
        entries[i] = entry(arena_printf(&arena, "p%04zu/a.pdf", MANY - i), "p", 3);
    size_t counts[2] = {0};
    struct buf text;
    buf_init(&text, &arena);
    manifest_render(&course, entries, MANY, count_piece, counts);
    manifest_render(&course, entries, MANY, put, &text);
    assert_true(counts[0] > 3);
    assert_int_equal(counts[1], text.len);
    assert_true(strstr(text.data, "p0001/") < strstr(text.data, "p0002/"));
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sorted_and_complete),
                                       cmocka_unit_test(test_empty), cmocka_unit_test(test_pieces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
