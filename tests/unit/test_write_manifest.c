#include "write/manifest.h"

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

static void test_sorted_and_complete(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct course course = {.title = "A \"course\" of Größe", .version = "1.0"};
    struct manifest_entry entries[] = {entry("okafor/b.pdf", "okafor", 40),
                                       entry("blank/a.pdf", NULL, 2)};
    size_t size;
    const char *text = manifest_render(&arena, &course, entries, 2, &size);
    assert_int_equal(size, strlen(text));
    assert_string_equal(text, "{\n"
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
    size_t size;
    assert_non_null(strstr(manifest_render(&arena, &course, NULL, 0, &size), "\"files\": []"));
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sorted_and_complete),
                                       cmocka_unit_test(test_empty)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
