#include "write/pdf_cff.h"
#include "write/pdf_glyph.h"
#include "write/pdf_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Meanings of a run as "text|text|": "-" for nothing, "{n:text}" before a group. */
static const char *meanings(struct arena *arena, const char *text, const uint32_t *clusters,
                            uint32_t count, bool right_to_left, bool hyphen) {
    struct glyph glyphs[8] = {0};
    struct glyph_meaning found[8];
    struct buf out;
    for (uint32_t i = 0; i < count; i++)
        glyphs[i] = (struct glyph){.id = (uint16_t)(i + 1), .cluster = clusters[i]};
    struct glyph_run run = {.glyphs = glyphs,
                            .count = count,
                            .right_to_left = right_to_left,
                            .text = text,
                            .length = (uint32_t)strlen(text)};
    glyph_run_meanings(&run, hyphen, found);
    buf_init(&out, arena);
    for (uint32_t i = 0; i < count; i++) {
        if (found[i].span)
            buf_printf(&out, "{%u:%.*s}", found[i].span, (int)found[i].span_length,
                       found[i].span_text);
        if (found[i].text)
            buf_put(&out, found[i].text, found[i].length);
        else
            buf_putc(&out, '-');
        buf_putc(&out, '|');
    }
    return out.data;
}

#define MEANINGS(text, rtl, hyphen, ...)                    \
    meanings(&arena, text, (const uint32_t[]){__VA_ARGS__}, \
             sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t), rtl, hyphen)

static void test_meanings(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    assert_string_equal(MEANINGS("abc", false, false, 0, 1, 2), "a|b|c|");
    /* a ligature in the middle, and at the end */
    assert_string_equal(MEANINGS("office", false, false, 0, 1, 4, 5), "o|ffi|c|e|");
    assert_string_equal(MEANINGS("off", false, false, 0, 1), "o|ff|");
    /* two characters, two glyphs in one cluster: one each */
    assert_string_equal(MEANINGS("e\u0301t", false, false, 0, 0, 3), "e|\u0301|t|");
    /* one character drawn by two glyphs: a group */
    assert_string_equal(MEANINGS("\u00E9t", false, false, 0, 0, 2), "{2:\u00E9}\u00E9|\u034F|t|");
    /* right to left: clusters fall, the text of each is its own */
    assert_string_equal(MEANINGS("\u05D0\u05D1", true, false, 2, 0), "\u05D1|\u05D0|");
    /* a soft hyphen inside a line shows and says nothing */
    assert_string_equal(MEANINGS("a\u00ADb", false, false, 0, 1, 3), "a|-|b|");
    assert_string_equal(MEANINGS("-", false, true, 0), "\u00AD|");
    assert_string_equal(MEANINGS("-", false, false, 0), "-|");
    arena_release(&arena);
}

static void test_strings(void **state) {
    (void)state;
    struct arena arena;
    struct buf out;
    arena_init(&arena);
    buf_init(&out, &arena);
    pdf_text_put_string(&out, "a(b)\\", 5);
    assert_string_equal(out.data, "(a\\(b\\)\\\\)");
    buf_clear(&out);
    /* U+0D28 and U+2800: bytes that are a carriage return and a bracket */
    pdf_text_put_string(&out, "\u0D28\u2800", 6);
    assert_int_equal(out.len, 11);
    assert_memory_equal(out.data, "(\xFE\xFF\\r\\(\\(\0)", 11);
    buf_clear(&out);
    pdf_text_utf16_hex(&out, "A\U0001F600", 5);
    assert_string_equal(out.data, "0041D83DDE00");
    arena_release(&arena);
}

/* Header, an INDEX of one name, one of a top DICT, then a charset. */
#define CFF_START 1, 0, 4, 1, 0, 1, 1, 1, 2, 'F', 0, 1, 1, 1

static void test_character_ids(void **state) {
    (void)state;
    /* ROS 391 392 0 (12 30), charset at 27 (15), format 2: from 1000 five, from 7 one */
    const unsigned char keyed[] = {CFF_START, 13,  248, 27,   248,  28, 139, 12, 30, 166, 15, 139,
                                   139,       139, 2,   0x03, 0xE8, 0,  4,   0,  7,  0,   0};
    assert_int_equal(cff_character_id(keyed, sizeof keyed, 0), 0);
    assert_int_equal(cff_character_id(keyed, sizeof keyed, 1), 1000);
    assert_int_equal(cff_character_id(keyed, sizeof keyed, 5), 1004);
    assert_int_equal(cff_character_id(keyed, sizeof keyed, 6), 7);
    /* not keyed: glyph numbers */
    const unsigned char plain[] = {CFF_START, 3, 156, 15, 0, 0, 0, 9};
    assert_int_equal(cff_character_id(plain, sizeof plain, 1), 1);
    /* cut short anywhere, it is no reason to read beyond */
    for (size_t size = 0; size < sizeof keyed; size++)
        cff_character_id(keyed, size, 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_meanings),
                                       cmocka_unit_test(test_strings),
                                       cmocka_unit_test(test_character_ids)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
