/* Imposition: the order of folding, and geometry that files of a few papers do not show. */
#include "write/impose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* A sheet is folded and the sheets laid in each other: then pages come in order. */
static void folds_in_order(void **state) {
    (void)state;
    for (size_t count = 1; count <= 41; count++) {
        size_t sides = impose_side_count(IMPOSE_BOOKLET, count), room = 2 * sides, seen = 0;
        assert_int_equal(room % 4, 0);
        assert_true(room >= count && room < count + 4);
        for (size_t side = 0; side < sides; side++) {
            size_t pages[2];
            impose_side(IMPOSE_BOOKLET, count, side, false, pages);
            /* Both halves of a side are as far from the ends of the booklet; odd pages, counted
             * from 1, are on the right. */
            size_t sum = 0, found = 0;
            for (int i = 0; i < 2; i++) {
                if (pages[i] == IMPOSE_BLANK)
                    continue;
                assert_int_equal(pages[i] % 2, i == 0);
                assert_true(pages[i] == side || pages[i] == room - 1 - side);
                sum += pages[i];
                found++;
            }
            if (found == 2)
                assert_int_equal(sum, room - 1);
            seen += found;
        }
        assert_int_equal(seen, count);
    }
}

/* What is read from right to left is bound on the right: each side is the other way round. */
static void binds_on_the_right(void **state) {
    (void)state;
    for (int kind = IMPOSE_SINGLE; kind <= IMPOSE_BOOKLET; kind++)
        for (size_t count = 1; count <= 40; count++)
            for (size_t side = 0; side < impose_side_count((enum imposition_kind)kind, count);
                 side++) {
                size_t left[2], right[2];
                int turned = kind != IMPOSE_SINGLE;
                impose_side((enum imposition_kind)kind, count, side, false, left);
                impose_side((enum imposition_kind)kind, count, side, true, right);
                assert_true(right[turned] == left[0] && right[!turned] == left[1]);
            }
}

/* All sheets laid in each other and folded: the pages of the stack, turned over one by one. */
static void leaves_of_a_booklet(void **state) {
    (void)state;
    for (size_t count = 1; count <= 40; count++) {
        size_t sides = impose_side_count(IMPOSE_BOOKLET, count), read[80], next = 0;
        for (size_t sheet = 0; sheet < sides / 2; sheet++) { /* right halves, from the outside */
            size_t front[2], back[2];
            impose_side(IMPOSE_BOOKLET, count, 2 * sheet, false, front);
            impose_side(IMPOSE_BOOKLET, count, 2 * sheet + 1, false, back);
            read[next++] = front[1];
            read[next++] = back[0];
        }
        for (size_t sheet = sides / 2; sheet-- > 0;) { /* left halves, from the inside */
            size_t front[2], back[2];
            impose_side(IMPOSE_BOOKLET, count, 2 * sheet, false, front);
            impose_side(IMPOSE_BOOKLET, count, 2 * sheet + 1, false, back);
            read[next++] = back[1];
            read[next++] = front[0];
        }
        assert_int_equal(next, 2 * sides);
        for (size_t page = 0; page < next; page++)
            assert_true(read[page] == (page < count ? page : IMPOSE_BLANK));
    }
}

static void reads_in_order(void **state) {
    (void)state;
    size_t pages[2];
    assert_int_equal(impose_side_count(IMPOSE_TWO_UP, 7), 4);
    impose_side(IMPOSE_TWO_UP, 7, 3, false, pages);
    assert_int_equal(pages[0], 6);
    assert_true(pages[1] == IMPOSE_BLANK);
    assert_int_equal(impose_side_count(IMPOSE_SINGLE, 7), 7);
    impose_side(IMPOSE_SINGLE, 7, 6, false, pages);
    assert_int_equal(pages[0], 6);
    assert_true(pages[1] == IMPOSE_BLANK);
}

static const struct paper a4 = {"a4", 210000, 297000}, letter = {"letter", 215900, 279400},
                          wide = {"a4-landscape", 297000, 210000};

static struct imposed_sheet sheet_of(const char *name, const struct paper *page, bool marks) {
    struct imposition imposition = {IMPOSE_BOOKLET, name ? impose_find_sheet(name) : NULL, 0,
                                    marks};
    return impose_sheet(&imposition, page);
}

static void whole_sizes_are_exact(void **state) {
    (void)state;
    struct imposed_sheet sheet = sheet_of("a3", &a4, false);
    assert_int_equal(sheet.scale, 1000000);
    assert_int_equal(sheet.width_um, 420000);
    assert_int_equal(sheet.trim.width_um, 420000);
    assert_int_equal(sheet.pages[1].x_um, 210000);
    sheet = sheet_of("tabloid", &letter, false);
    assert_int_equal(sheet.scale, 1000000);
    assert_int_equal(sheet.trim.x_um, 0);
    assert_null(impose_find_sheet("A4"));
}

/* Pages that lie down are put beside each other all the same: they are to be folded. */
static void sheets_are_held_the_better_way(void **state) {
    (void)state;
    struct imposed_sheet sheet = sheet_of(NULL, &wide, false);
    assert_int_equal(sheet.width_um, 297000);
    assert_int_equal(sheet.height_um, 210000);
    assert_int_equal(sheet.scale, 500000);
    assert_int_equal(sheet.trim.height_um, 105000);
    assert_int_equal(sheet.trim.y_um, 52500);
}

/* Letter pages leave room on their sheet above and below: there it does not grow. */
static void sheets_grow_only_where_needed(void **state) {
    (void)state;
    struct imposed_sheet without = sheet_of(NULL, &letter, false);
    struct imposed_sheet with = sheet_of(NULL, &letter, true);
    assert_int_equal(without.width_um, 279400);
    assert_int_equal(without.height_um, 215900);
    assert_int_equal(with.height_um, 215900);
    assert_int_equal(with.width_um, with.trim.width_um + 2 * 7000);
    assert_int_equal(with.scale, without.scale);
}

static void marks_keep_off_the_bleed(void **state) {
    (void)state;
    struct imposition imposition = {IMPOSE_TWO_UP, NULL, 4000, true};
    struct imposed_sheet sheet = impose_sheet(&imposition, &a4);
    struct imposed_line lines[IMPOSE_LINES];
    assert_int_equal(impose_crop_marks(&imposition, &sheet, lines), 10);
    for (int i = 0; i < 10; i++) {
        const struct imposed_line *line = &lines[i];
        const struct imposed_box *bleed = &sheet.bleed;
        assert_true(line->x_um >= 0 && line->y_um >= 0);
        assert_true(line->to_x_um <= sheet.width_um && line->to_y_um <= sheet.height_um);
        assert_true(line->to_x_um <= bleed->x_um || line->x_um >= bleed->x_um + bleed->width_um ||
                    line->to_y_um <= bleed->y_um || line->y_um >= bleed->y_um + bleed->height_um);
    }
    imposition.kind = IMPOSE_SINGLE;
    assert_int_equal(impose_crop_marks(&imposition, &sheet, lines), 8);
    imposition.crop_marks = false;
    assert_int_equal(impose_crop_marks(&imposition, &sheet, lines), 0);
}

static void grounds_at_the_edge_bleed(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    struct mark marks[4] = {
        {.kind = MARK_RECT,
         .width_um = 210000,
         .height_um = 100000,
         .fill = 0x102030,
         .stroke = COLOUR_NONE},
        {.kind = MARK_RECT, .x_um = 9000, .y_um = 9000, .width_um = 10, .height_um = 10},
        {.kind = MARK_RECT, .width_um = 210000, .height_um = 100000, .fill = COLOUR_NONE},
        {.kind = MARK_RECT, .y_um = 290000, .width_um = 5000, .height_um = 7000, .radius_um = 900}};
    const struct mark *out = impose_bleed(&arena, &a4, marks, 4, 3000);
    assert_ptr_not_equal(out, marks);
    assert_int_equal(marks[0].x_um, 0);
    assert_int_equal(out[0].x_um, -3000);
    assert_int_equal(out[0].y_um, -3000);
    assert_int_equal(out[0].width_um, 216000);
    assert_int_equal(out[0].height_um, 103000);
    for (int i = 1; i < 4; i++)
        assert_int_equal(out[i].width_um, marks[i].width_um);
    /* Nothing to do: the same array, whose bytes are compressed already. */
    assert_ptr_equal(impose_bleed(&arena, &a4, marks, 4, 0), marks);
    assert_ptr_equal(impose_bleed(&arena, &a4, marks + 1, 3, 3000), marks + 1);
    arena_release(&arena);
}

static void pictures_at_the_edge_bleed(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const struct image photo = {.kind = IMAGE_JPEG}, drawing = {.kind = IMAGE_VECTOR};
    struct mark marks[2] = {{.kind = MARK_IMAGE,
                             .image = &photo,
                             .x_um = 60000,
                             .width_um = 150000,
                             .height_um = 90000,
                             .fill = COLOUR_NONE,
                             .stroke = COLOUR_NONE}};
    marks[1] = marks[0];
    marks[1].image = &drawing; /* its words must not be stretched */
    const struct mark *out = impose_bleed(&arena, &a4, marks, 2, 3000);
    assert_int_equal(out[0].x_um, 60000);
    assert_int_equal(out[0].y_um, -3000);
    assert_int_equal(out[0].width_um, 153000);
    assert_int_equal(out[0].height_um, 93000);
    assert_int_equal(out[1].width_um, 150000);
    arena_release(&arena);
}

/* Half a disc that stands on the left edge, and a triangle with a side on it and a corner in the
 * paper's. */
static void shapes_at_the_edge_bleed(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena);
    const struct path_step disc[] = {
        {PATH_MOVE, {0}, {10000}},
        {PATH_CURVE, {8000, 8000, 0}, {10000, 30000, 30000}},
        {PATH_CLOSE, {0}, {0}},
    };
    const struct path_step triangle[] = {
        {PATH_MOVE, {50000}, {50000}},
        {PATH_LINE, {0}, {90000}},
        {PATH_LINE, {0}, {0}},
        {PATH_LINE, {50000}, {50000}},
    };
    struct mark marks[3] = {
        {.kind = MARK_PATH, .fill = 1, .stroke = COLOUR_NONE, .steps = disc, .count = 3},
        {.kind = MARK_PATH, .fill = 1, .stroke = COLOUR_NONE, .steps = triangle, .count = 4},
        {.kind = MARK_PATH, .fill = 1, .stroke = 2, .steps = triangle, .count = 4},
    };
    const struct mark *out = impose_bleed(&arena, &a4, marks, 3, 3000);
    const int32_t disc_ends[][2] = {
        {0, 10000}, {0, 30000}, {-3000, 30000}, {-3000, 10000}, {0, 10000}};
    assert_int_equal(out[0].count, 6);
    for (int i = 0; i < 5; i++) {
        int last = out[0].steps[i].op == PATH_CURVE ? 2 : 0;
        assert_int_equal(out[0].steps[i].x[last], disc_ends[i][0]);
        assert_int_equal(out[0].steps[i].y[last], disc_ends[i][1]);
    }
    assert_int_equal(out[0].steps[1].op, PATH_CURVE);
    assert_int_equal(out[0].steps[5].op, PATH_CLOSE);
    const int32_t triangle_ends[][2] = {{50000, 50000}, {0, 90000}, {-3000, 90000},
                                        {-3000, -3000}, {0, 0},     {50000, 50000}};
    assert_int_equal(out[1].count, 6);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(out[1].steps[i].x[0], triangle_ends[i][0]);
        assert_int_equal(out[1].steps[i].y[0], triangle_ends[i][1]);
    }
    assert_ptr_equal(out[2].steps, triangle);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_in_order),
        cmocka_unit_test(reads_in_order),
        cmocka_unit_test(binds_on_the_right),
        cmocka_unit_test(leaves_of_a_booklet),
        cmocka_unit_test(whole_sizes_are_exact),
        cmocka_unit_test(sheets_are_held_the_better_way),
        cmocka_unit_test(sheets_grow_only_where_needed),
        cmocka_unit_test(marks_keep_off_the_bleed),
        cmocka_unit_test(grounds_at_the_edge_bleed),
        cmocka_unit_test(pictures_at_the_edge_bleed),
        cmocka_unit_test(shapes_at_the_edge_bleed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
