#define _GNU_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/document.h"
#include "model/vector.h"
#include "write/xlsx_internal.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

static struct arena arena;
static char folder[] = "/tmp/tandem-xlsx-XXXXXX";

static int set_up(void **state) {
    (void)state;
    arena_init(&arena);
    return mkdtemp(folder) ? 0 : 1;
}

static int tear_down(void **state) {
    (void)state;
    arena_release(&arena);
    return rmdir(folder); /* fails if a writer left anything in it */
}

static void test_text(void **state) {
    (void)state;
    const char *plain = "plain text\nin two lines";
    assert_ptr_equal(xlsx_text(&arena, plain, 100), plain);
    assert_string_equal(xlsx_text(&arena, "a\x01\x1F\rb\x7F", 100), "ab");
    assert_string_equal(xlsx_text(&arena,
                                  "a\xEF\xBF\xBE\xEF\xBF\xBF"
                                  "b",
                                  100),
                        "ab"); /* U+FFFE */
    assert_string_equal(xlsx_text(&arena,
                                  "a\xED\xA0\x80"
                                  "b\xFF\xC3",
                                  100),
                        "ab"); /* surrogate */
    assert_string_equal(xlsx_text(&arena, "é☂🙂", 100), "é☂🙂");
    assert_string_equal(xlsx_text(&arena, "_x0041_", 100), "_x005F_x0041_");
    assert_string_equal(xlsx_text(&arena, "_x004g_ _x0041", 100), "_x004g_ _x0041");
    assert_string_equal(xlsx_text(&arena, "abcdef", 3), "abc");
    assert_string_equal(xlsx_text(&arena, "ab🙂", 3), "ab");
    assert_string_equal(xlsx_text(&arena, NULL, 3), "");
    assert_string_equal(xlsx_label(&arena, "=A1", 10), " =A1");
    assert_string_equal(xlsx_running(&arena, "R&D\nand &P", 50), "R&&D and &&P");
}

/* One part of an archive, unpacked: central directory, local entry, inflate. */
static char *part(const struct buf *zip, const char *name) {
    const unsigned char *bytes = (const unsigned char *)zip->data;
    for (size_t at = 0; at + 46 < zip->len; at++) {
        if (memcmp(bytes + at, "PK\1\2", 4) != 0)
            continue;
        size_t length = bytes[at + 28] | bytes[at + 29] << 8;
        uint32_t numbers[3]; /* packed, unpacked, offset */
        memcpy(numbers, bytes + at + 20, 8);
        memcpy(numbers + 2, bytes + at + 42, 4);
        if (length != strlen(name) || memcmp(bytes + at + 46, name, length) != 0)
            continue;
        const unsigned char *local = bytes + numbers[2];
        const unsigned char *data =
            local + 30 + (local[26] | local[27] << 8) + (local[28] | local[29] << 8);
        char *text = arena_alloc(&arena, numbers[1] + 1);
        z_stream stream = {0};
        assert_int_equal(inflateInit2(&stream, -MAX_WBITS), Z_OK);
        stream.next_in = (unsigned char *)(uintptr_t)data;
        stream.avail_in = numbers[0];
        stream.next_out = (unsigned char *)text;
        stream.avail_out = numbers[1];
        assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
        inflateEnd(&stream);
        uint32_t crc;
        memcpy(&crc, bytes + at + 16, 4);
        assert_int_equal(crc, crc32(0, (const unsigned char *)text, numbers[1]));
        return text;
    }
    fail_msg("no part %s", name);
    return NULL;
}

static struct workbook *hostile_book(void) {
    struct workbook *book = workbook_make(&arena);
    struct sheet *sheet = workbook_add_sheet(book, "It's & <all>");
    const struct cell cells[] = {
        {.row = 0, .col = 0, .kind = CELL_TEXT, .text = "=1+1"},
        {.row = 0, .col = 1, .kind = CELL_TEXT, .text = "<b> & \"q\" \x02 ]]>"},
        {.row = 0, .col = 2, .kind = CELL_NUMBER, .number = NAN},
        {.row = 0, .col = 3, .kind = CELL_NUMBER, .number = INFINITY},
        {.row = 1,
         .col = 0,
         .kind = CELL_FORMULA,
         .formula = "1=1",
         .cached = CACHED_BOOL,
         .number = 1},
        {.row = 1, .col = 1, .kind = CELL_FORMULA, .formula = "1=2", .cached = CACHED_BOOL},
        {.row = 1, .col = 2, .kind = CELL_FORMULA, .formula = "NA()", .cached = CACHED_ERROR},
        {.row = 1,
         .col = 3,
         .kind = CELL_FORMULA,
         .formula = "\"a\"&\"<\"",
         .cached = CACHED_TEXT,
         .text = "a<"},
        {.row = 1, .col = 4, .kind = CELL_FORMULA, .formula = "1/4", .number = 0.25},
        {.row = 1, .col = 5, .kind = CELL_FORMULA, .formula = "1/0", .number = NAN},
        {.row = 1, .col = 6, .kind = CELL_BOOL, .number = 1},
        {.row = 2, .col = 0, .kind = CELL_LINK, .look = LOOK_LINK, .text = "here", .target = 0},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        VEC_PUSH(&arena, &sheet->cells, cells[i]);
    book->title = "=T()";
    book->header_left = "R&D";
    book->page_words = "Page {0} / {1}";
    book->as_of = 20000;
    workbook_define(book, "as_of", sheet, (struct area){0, 0, 0, 0});
    return book;
}

static struct buf written(const struct workbook *book) {
    struct buf out;
    const char *error = NULL;
    buf_init(&out, &arena);
    assert_true(xlsx_write(&arena, book, folder, &out, &error));
    assert_null(error);
    return out;
}

static void expect_part(const char *text, const char *wanted) {
    if (!strstr(text, wanted))
        fail_msg("no %s in %s", wanted, text);
}

static void test_hostile_cells(void **state) {
    (void)state;
    struct buf out = written(hostile_book());
    char *sheet = part(&out, "xl/worksheets/sheet1.xml");
    expect_part(sheet, "t=\"b\"><f>1=1</f><v>1</v>");
    expect_part(sheet, "t=\"b\"><f>1=2</f><v>0</v>");
    expect_part(sheet, "t=\"e\"><f>NA()</f><v>#N/A</v>");
    expect_part(sheet, "t=\"str\"><f>\"a\"&amp;\"&lt;\"</f><v>a&lt;</v>");
    expect_part(sheet, "<f>1/4</f><v>0.25</v>");
    expect_part(sheet, "<f>1/0</f><v></v>");
    expect_part(sheet, "R&amp;&amp;D");
    expect_part(sheet, "Page &amp;P / &amp;N");
    assert_null(strstr(sheet, "NAN"));
    assert_null(strstr(sheet, "nan"));
    assert_null(strstr(sheet, "inf"));
    char *strings = part(&out, "xl/sharedStrings.xml");
    expect_part(strings, "<t>=1+1</t>");
    expect_part(strings, "&lt;b&gt; &amp; \"q\"  ]]&gt;");
}

/* Small columns in cells are an extension at the sheet's end, one group a scale. */
static void test_lines_in_cells(void **state) {
    (void)state;
    struct workbook *book = hostile_book();
    struct sheet *sheet = book->sheets.at[0];
    for (int32_t row = 0; row < 3; row++)
        VEC_PUSH(&arena, &sheet->sparks,
                 ((struct sheet_spark){row, 7, {row, 0, row, 6}, row == 2 ? -1 : 0, 5}));
    struct buf out = written(book);
    char *text = part(&out, "xl/worksheets/sheet1.xml");
    expect_part(text, "t=\"b\"><f>1=1</f><v>1</v>");
    expect_part(text, "<xm:f>'It''s &amp; &lt;all&gt;'!$A$1:$G$1</xm:f><xm:sqref>H1</xm:sqref>");
    expect_part(text, "manualMax=\"5\" manualMin=\"-1\"");
    expect_part(text, "</x14:sparklineGroups></ext></extLst></worksheet>");
    size_t groups = 0;
    for (const char *at = text; (at = strstr(at, "<x14:sparklineGroup ")); at++)
        groups++;
    assert_int_equal(groups, 2);
}

/* A logo of four pixels, one of them clear, stands at the end of the first sheet's first row. */
static void test_logo(void **state) {
    (void)state;
    static const unsigned char pixels[] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9};
    static const unsigned char alpha[] = {255, 255, 255, 0};
    static const struct image logo = {.kind = IMAGE_PIXELS,
                                      .width_px = 2,
                                      .height_px = 2,
                                      .channels = 3,
                                      .data = pixels,
                                      .alpha = alpha};
    static const struct theme theme = {.logo = &logo, .logo_alt = "A & B", .logo_head_um = 6350};
    struct workbook *book = hostile_book();
    book->theme = &theme;
    struct buf out = written(book);
    assert_null(memmem(out.data, out.len, "xl/media/", 9)); /* no sheet has a place for it */
    book = hostile_book();
    book->theme = &theme;
    book->sheets.at[0]->logo = true;
    out = written(book);
    assert_non_null(memmem(out.data, out.len, "xl/media/image1.png", 19));
    expect_part(part(&out, "xl/drawings/drawing1.xml"), "descr=\"A &amp; B\"");
    static const struct vector nothing;
    static const struct image drawing = {
        .kind = IMAGE_VECTOR, .width_px = 2, .height_px = 2, .vector = &nothing};
    static const struct theme drawn = {.logo = &drawing};
    book = hostile_book();
    book->theme = &drawn;
    book->sheets.at[0]->logo = true;
    out = written(book);
    assert_null(memmem(out.data, out.len, "xl/media/", 9));
}

static void test_same_bytes(void **state) {
    (void)state;
    struct buf first = written(hostile_book()), second = written(hostile_book());
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
}

static void test_no_folder(void **state) {
    (void)state;
    struct buf out;
    const char *error = NULL;
    buf_init(&out, &arena);
    assert_false(xlsx_write(&arena, hostile_book(), "/tmp/tandem/no/such/folder", &out, &error));
    assert_non_null(error);
    assert_int_equal(out.len, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),           cmocka_unit_test(test_hostile_cells),
        cmocka_unit_test(test_lines_in_cells), cmocka_unit_test(test_logo),
        cmocka_unit_test(test_same_bytes),     cmocka_unit_test(test_no_folder),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
