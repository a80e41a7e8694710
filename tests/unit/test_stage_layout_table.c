/* Layout: tables and columns over pages, and that nothing is ever lost in any mixture of parts. */
#include "layout_fixture.h"

static struct flow *table_of(struct fixture *f, struct flow *into, int rows, int columns) {
    struct flow *table = flow_add(into, flow_new(&f->job, FLOW_TABLE, ROLE_TABLE));
    struct table_column *column = ARENA_ARRAY(&f->job, struct table_column, columns);
    table->columns = column;
    table->column_count = (size_t)columns;
    table->header_rows = 1;
    table->rules_between = true;
    table->cell_pad_um = 1000;
    for (int r = 0; r < rows; r++) {
        struct flow *row = flow_add(table, flow_new(&f->job, FLOW_ROW, ROLE_TR));
        for (int c = 0; c < columns; c++) {
            struct flow *cell = flow_add(row, flow_new(&f->job, FLOW_CELL, r ? ROLE_TD : ROLE_TH));
            cell->header = r == 0;
            paragraph(f, cell, STYLE_TABLE,
                      r ? arena_printf(&f->job, "r%d.%d", r, c) : arena_printf(&f->job, "h%d", c));
        }
    }
    return table;
}

static void heads_are_repeated(void **state) {
    struct fixture *f = *state;
    struct flow *table = table_of(f, f->root, 60, 2);
    table->first->ground = 0xDDDDDD;
    lay_out(f);
    /* Rows of 7 mm: 28 a page, the head one of them. */
    assert_int_equal(f->layout->page_count, 3);
    for (size_t p = 0; p < 3; p++) {
        const struct page *page = &f->layout->pages[p];
        size_t heads = 0, grounds = 0;
        for (size_t m = 0; m < page->body_count; m++) {
            const struct mark *mark = &page->body[m];
            grounds += mark->kind == MARK_RECT;
            if (mark->kind == MARK_TEXT && piece_is(&mark->pieces[0], "h0")) {
                heads++;
                assert_int_equal(mark->y_um, TOP_UM + 1000 + 3382);
                assert_int_equal(mark->element == 0, p > 0);
            }
        }
        assert_int_equal(heads, 1);
        assert_int_equal(grounds, 1);
    }
    assert_int_equal(page_of(f, "r27.1"), 0);
    assert_int_equal(page_of(f, "r28.1"), 1);
    const struct element *cell =
        &f->layout->elements[f->layout->elements[find_word(f, "r5.1", NULL)->element].parent];
    assert_int_equal(cell->role, ROLE_TD);
    assert_int_equal(f->layout->elements[f->layout->elements[cell->parent].parent].role,
                     ROLE_TBODY);
    check_pages(f);
}

static void columns_take_what_they_need(void **state) {
    struct fixture *f = *state;
    struct flow *table = table_of(f, f->root, 2, 4);
    struct table_column *columns = ARENA_ARRAY(&f->job, struct table_column, 4);
    columns[0].width = (struct width){WIDTH_FIXED, 30000};
    columns[1].width = (struct width){WIDTH_FRACTION, 1};
    columns[2].width = (struct width){WIDTH_FRACTION, 3};
    columns[3].width = (struct width){WIDTH_MIN_CONTENT, 0};
    table->columns = columns;
    lay_out(f);
    int32_t x[4];
    for (int c = 0; c < 4; c++) {
        const struct mark *mark = find_word(f, arena_printf(&f->job, "r1.%d", c), NULL);
        x[c] = mark->x_um - LEFT_UM - 1000;
    }
    int32_t least = 4 * 1764 + 2000; /* "r1.3" and its padding */
    assert_int_equal(x[0], 0);
    assert_int_equal(x[1], 30000);
    assert_int_equal(x[3], WIDTH_UM - least);
    assert_in_range(x[2], 30000 + (70000 - least) / 4 - 1, 30000 + (70000 - least) / 4 + 1);
}

/* Words of different sizes stand on one line; what begins with a picture or box does not count. */
static void baselines_of_a_row_agree(void **state) {
    struct fixture *f = *state;
    struct flow *table = table_of(f, f->root, 1, 3);
    static const enum vertical_align vertical[] = {VERTICAL_TOP, VERTICAL_MIDDLE, VERTICAL_BOTTOM};
    for (int v = 0; v < 3; v++) {
        struct flow *row = flow_add(table, flow_new(&f->job, FLOW_ROW, ROLE_TR));
        for (int c = 0; c < 3; c++) {
            struct flow *cell = flow_add(row, flow_new(&f->job, FLOW_CELL, ROLE_TD));
            cell->vertical = vertical[v];
            if (c == 2 && v != 1) /* lines away from the shared one */
                paragraph(f, cell, STYLE_BODY, v ? "above" : "large");
            paragraph(f, cell, c == 1 ? STYLE_NOTE : STYLE_BODY,
                      c == 2 && v == 0 ? "below" : arena_printf(&f->job, "v%d.%d", v, c));
        }
    }
    lay_out(f);
    assert_int_equal(find_word(f, "v0.0", NULL)->y_um, find_word(f, "v0.1", NULL)->y_um);
    assert_int_equal(find_word(f, "v0.0", NULL)->y_um, find_word(f, "large", NULL)->y_um);
    for (int v = 1; v < 3; v++)
        for (int c = 1; c < 3; c++)
            assert_int_equal(find_word(f, arena_printf(&f->job, "v%d.%d", v, c), NULL)->y_um,
                             find_word(f, arena_printf(&f->job, "v%d.0", v), NULL)->y_um);
    check_pages(f);
}

/* A word as long as the page leaves the others their room. */
static void long_words_yield(void **state) {
    struct fixture *f = *state;
    struct flow *table = table_of(f, f->root, 2, 3);
    struct flow *cell = table->first->next->first;
    char *word = arena_alloc(&f->job, 121);
    memset(word, 'm', 120);
    word[120] = 0;
    cell->first = cell->last = NULL;
    paragraph(f, cell, STYLE_TABLE, word);
    lay_out(f);
    int32_t second = find_word(f, "r1.1", NULL)->x_um, third = find_word(f, "r1.2", NULL)->x_um;
    assert_true(third - second >= 4 * 1764 + 2000);
    assert_true(LEFT_UM + WIDTH_UM - third >= 4 * 1764 + 1000);
    assert_true(second - LEFT_UM > WIDTH_UM / 2); /* and takes what they leave */
}

static int32_t end_of(struct fixture *f, const char *word) {
    const struct mark *mark = find_word(f, word, NULL);
    return mark->x_um + mark->pieces[0].x_um + (int32_t)strlen(word) * 1764;
}

static void points_stand_below_one_another(void **state) {
    struct fixture *f = *state;
    static const char *const words[][2] = {
        {"12.5", "4.5"}, {"3", "1"}, {"1,000.25", "x"}, {"7.5%", "2.25"}};
    struct flow *table = table_of(f, f->root, 1, 2);
    struct table_column *columns = ARENA_ARRAY(&f->job, struct table_column, 2);
    columns[0] = columns[1] = (struct table_column){{WIDTH_AUTO, 0}, LINE_RIGHT};
    table->columns = columns;
    for (int r = 0; r < 4; r++) {
        struct flow *row = flow_add(table, flow_new(&f->job, FLOW_ROW, ROLE_TR));
        for (int c = 0; c < 2; c++) {
            struct flow *cell = flow_add(row, flow_new(&f->job, FLOW_CELL, ROLE_TD));
            paragraph(f, cell, STYLE_TABLE, words[r][c])->align = LINE_RIGHT;
        }
    }
    lay_out(f);
    int32_t unit = end_of(f, "3"), digit = 1764;
    assert_int_equal(end_of(f, "12.5"), unit + 2 * digit);
    assert_int_equal(end_of(f, "1,000.25"), unit + 3 * digit);
    assert_int_equal(end_of(f, "7.5%"), unit + 3 * digit);
    /* A word among them: they stay at the right. */
    assert_int_equal(end_of(f, "1"), end_of(f, "2.25"));
    assert_int_equal(end_of(f, "4.5"), end_of(f, "x"));
}

/* Points agree also where the table is measured as its mirror image. */
static void points_of_a_mirrored_table(void **state) {
    struct fixture *f = *state;
    static const char *const words[] = {"12.5", "3", "1,000.25", "-7.5%"};
    f->course.language = "he";
    struct flow *table = table_of(f, f->root, 1, 1);
    struct table_column *column = ARENA_NEW(&f->job, struct table_column);
    *column = (struct table_column){{WIDTH_AUTO, 0}, LINE_RIGHT};
    table->columns = column;
    for (int r = 0; r < 4; r++) {
        struct flow *row = flow_add(table, flow_new(&f->job, FLOW_ROW, ROLE_TR));
        struct flow *cell = flow_add(row, flow_new(&f->job, FLOW_CELL, ROLE_TD));
        paragraph(f, cell, STYLE_TABLE, words[r])->align = LINE_RIGHT;
    }
    lay_out(f);
    int32_t unit = end_of(f, "3"), digit = 1764;
    assert_int_equal(end_of(f, "12.5"), unit + 2 * digit);
    assert_int_equal(end_of(f, "1,000.25"), unit + 3 * digit);
    assert_int_equal(end_of(f, "-7.5%"), unit + 4 * digit); /* seen as 7.5%- */
}

static void rows_are_not_torn(void **state) {
    struct fixture *f = *state;
    struct flow *table = table_of(f, f->root, 12, 2);
    for (struct flow *row = table->first->next; row; row = row->next)
        for (int i = 0; i < 4; i++) /* rows of 27 mm: seven a page below the head */
            paragraph(f, row->first, STYLE_TABLE, "more");
    lay_out(f);
    for (int r = 1; r < 12; r++)
        assert_int_equal(page_of(f, arena_printf(&f->job, "r%d.0", r)), r > 7);
    size_t more[2] = {0};
    for (size_t p = 0; p < 2; p++)
        for (size_t m = 0; m < f->layout->pages[p].body_count; m++) {
            const struct mark *mark = &f->layout->pages[p].body[m];
            more[p] += mark->kind == MARK_TEXT && piece_is(&mark->pieces[0], "more");
        }
    assert_int_equal(more[0], 7 * 4);
    assert_int_equal(more[1], 4 * 4);
    check_pages(f);
}

static void rows_taller_than_a_page_are_split(void **state) {
    struct fixture *f = *state;
    struct flow *table = table_of(f, f->root, 4, 2);
    struct table_column columns[2] = {{{WIDTH_FRACTION, 1}, LINE_LEFT},
                                      {{WIDTH_FRACTION, 1}, LINE_LEFT}};
    table->columns = columns;
    struct flow *row = table->first->next->next;
    for (int i = 0; i < 90; i++)
        paragraph(f, row->first, STYLE_BODY, arena_printf(&f->job, "left%d", i));
    for (int i = 0; i < 50; i++)
        paragraph(f, row->first->next, STYLE_NOTE, arena_printf(&f->job, "right%d", i));
    lay_out(f);
    for (int i = 0; i < 90; i++)
        assert_int_not_equal(page_of(f, arena_printf(&f->job, "left%d", i)), 9999);
    for (int i = 0; i < 50; i++)
        assert_int_not_equal(page_of(f, arena_printf(&f->job, "right%d", i)), 9999);
    assert_int_equal(page_of(f, "left89"), 2);
    assert_int_equal(page_of(f, "right0"), page_of(f, "left0"));
    check_pages(f);
    /* Where it goes on, as far below the head as a row that begins there. */
    const struct mark *head = NULL, *first = NULL;
    for (size_t m = 0; m < f->layout->pages[1].body_count && !first; m++) {
        const struct mark *mark = &f->layout->pages[1].body[m];
        if (mark->kind == MARK_TEXT && piece_is(&mark->pieces[0], "h0"))
            head = mark;
        else if (mark->kind == MARK_TEXT && strncmp(mark->pieces[0].run->text, "left", 4) == 0)
            first = mark;
    }
    assert_non_null(head);
    assert_non_null(first);
    assert_int_equal(first->y_um - head->y_um, LEADING_UM + 2 * 1000);
}

static void columns_stand_side_by_side(void **state) {
    struct fixture *f = *state;
    static const struct box_style card = {2000,        2000, 2000, 2000,        0xEEEEEE,
                                          COLOUR_NONE, 0,    0,    COLOUR_NONE, 0};
    lines_of(f, f->root, "a", 35);
    struct flow *columns = flow_add(f->root, flow_new(&f->job, FLOW_COLUMNS, ROLE_NONE));
    columns->gap_um = 10000;
    for (int c = 0; c < 2; c++) {
        struct flow *side = stack(f, columns, ROLE_DIV);
        side->box = &card;
        for (int i = 0; i < (c ? 4 : 8); i++)
            paragraph(f, side, STYLE_BODY, arena_printf(&f->job, "c%d.%d", c, i));
    }
    lay_out(f);
    assert_int_equal(page_of(f, "c0.0"), 1); /* kept together */
    assert_int_equal(page_of(f, "c1.3"), 1);
    assert_int_equal(find_word(f, "c1.0", NULL)->x_um, LEFT_UM + 55000 + 2000);
    assert_int_equal(find_word(f, "c1.0", NULL)->y_um, find_word(f, "c0.0", NULL)->y_um);
    const struct mark *body = f->layout->pages[1].body; /* cards of one row are equally high */
    assert_int_equal(body[0].height_um, body[1].height_um);
    assert_int_equal(body[0].height_um, 8 * LEADING_UM + 4000);
    check_pages(f);
}

/* Labels of one line or two: the lines to fill in are at one height, row by row. */
static void fields_side_by_side_are_level(void **state) {
    struct fixture *f = *state;
    struct flow *columns = flow_add(f->root, flow_new(&f->job, FLOW_COLUMNS, ROLE_NONE));
    columns->gap_um = 10000;
    for (int c = 0; c < 2; c++) {
        struct flow *table =
            flow_add(stack(f, columns, ROLE_DIV), flow_new(&f->job, FLOW_TABLE, ROLE_NONE));
        struct table_column *halves = ARENA_ARRAY(&f->job, struct table_column, 2);
        halves[0].width = halves[1].width = (struct width){WIDTH_FRACTION, 1};
        table->columns = halves;
        table->column_count = 2;
        for (int r = 0; r < 2; r++) {
            struct flow *row = flow_add(table, flow_new(&f->job, FLOW_ROW, ROLE_NONE));
            struct flow *label = flow_add(row, flow_new(&f->job, FLOW_CELL, ROLE_NONE));
            struct flow *line = flow_add(row, flow_new(&f->job, FLOW_CELL, ROLE_NONE));
            label->vertical = line->vertical = VERTICAL_BOTTOM;
            paragraph(f, label, STYLE_BODY, c == r ? "one" : "more words than stand in a line");
            flow_add(line, flow_new(&f->job, FLOW_FIELD, ROLE_FORM))->height_um = 5000;
        }
    }
    lay_out(f);
    int32_t lines[4], count = 0;
    for (size_t m = 0; m < f->layout->pages[0].body_count; m++)
        if (f->layout->pages[0].body[m].kind == MARK_LINE)
            lines[count++] = f->layout->pages[0].body[m].y_um;
    assert_int_equal(count, 4);
    assert_int_equal(lines[0], lines[2]);
    assert_int_equal(lines[1], lines[3]);
    assert_true(lines[1] > lines[0]);
    check_pages(f);
}

/* ---- anything ---- */

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

struct crowd {
    struct fixture *f;
    uint32_t seed;
    int words;
};

static void add_word_to(struct crowd *crowd, struct flow *into) {
    struct fixture *f = crowd->f;
    int count = (int)(next_random(&crowd->seed) % 7) + 1;
    char *text = arena_alloc(&f->job, (size_t)count * 12 + 1);
    for (int i = 0; i < count; i++)
        sprintf(text + strlen(text), "w%d ", crowd->words++);
    struct flow *flow = paragraph(f, into, STYLE_BODY, text);
    flow->space_after_um = (int32_t)(next_random(&crowd->seed) % 4) * 1000;
    flow->keep_with_next = next_random(&crowd->seed) % 6 == 0;
    if (next_random(&crowd->seed) % 12 == 0)
        with_note(f, flow, 1, 2);
}

static void add_something(struct crowd *crowd, struct flow *into, int depth) {
    static const struct box_style panel = {2000,     2000, 2000, 2000,     0xEEEEEE,
                                           0x333333, 200,  1000, 0xFF0000, 900};
    struct fixture *f = crowd->f;
    uint32_t kind = next_random(&crowd->seed) % (depth > 3 ? 4 : 8);
    int count = (int)(next_random(&crowd->seed) % 6) + 1;
    struct flow *flow, *cell;
    switch (kind) {
    case 4:
        flow = stack(f, into, ROLE_DIV);
        flow->box = next_random(&crowd->seed) % 2 ? &panel : NULL;
        flow->keep_together = next_random(&crowd->seed) % 2;
        for (int i = 0; i < count; i++)
            add_something(crowd, flow, depth + 1);
        break;
    case 5:
        flow = flow_add(into, flow_new(&f->job, FLOW_ITEM, ROLE_LI));
        flow->indent_um = 6000;
        paragraph(f, flow, STYLE_BODY, "-")->role = ROLE_LBL;
        flow = stack(f, flow, ROLE_LBODY);
        for (int i = 0; i < count; i++)
            add_something(crowd, flow, depth + 1);
        break;
    case 6:
        flow = table_of(f, into, 1, 2);
        for (int r = 0; r < count; r++) {
            struct flow *row = flow_add(flow, flow_new(&f->job, FLOW_ROW, ROLE_TR));
            row->ground = r % 2 ? 0xEEEEEE : COLOUR_NONE;
            for (int c = 0; c < 2; c++) {
                cell = flow_add(row, flow_new(&f->job, FLOW_CELL, ROLE_TD));
                add_something(crowd, cell, depth + 2);
            }
        }
        break;
    case 7:
        flow = flow_add(into, flow_new(&f->job, FLOW_COLUMNS, ROLE_NONE));
        flow->gap_um = 4000;
        for (int c = 0; c < 2; c++) {
            cell = stack(f, flow, ROLE_DIV);
            for (int i = 0; i < (depth ? count : 5 * count); i++)
                add_something(crowd, cell, depth + 1);
        }
        break;
    default:
        add_word_to(crowd, into);
        break;
    }
}

/* Two texts that begin at the same x do not lie on top of one another. */
static bool lies_on_another(const struct page *page, size_t index) {
    const struct mark *mark = &page->body[index];
    for (size_t m = 0; m < index; m++) {
        const struct mark *other = &page->body[m];
        if (other->kind == MARK_TEXT && abs(other->y_um - mark->y_um) < 3500 &&
            other->x_um + other->pieces[0].x_um == mark->x_um + mark->pieces[0].x_um)
            return true;
    }
    return false;
}

/* Every word of a random document stands on exactly one page, in its text area. */
static void nothing_is_lost(void **state) {
    struct fixture *f = *state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        f->root = flow_new(&f->job, FLOW_STACK, ROLE_DOCUMENT);
        struct crowd crowd = {f, seed * 977, 0};
        for (int i = 0; i < 60; i++)
            add_something(&crowd, f->root, 0);
        lay_out(f);
        int *seen = calloc((size_t)crowd.words + 1, sizeof *seen);
        for (size_t p = 0; p < f->layout->page_count; p++) {
            const struct page *page = &f->layout->pages[p];
            for (size_t m = 0; m < page->body_count; m++) {
                const struct mark *mark = &page->body[m];
                int32_t foot_um = mark->y_um + mark->height_um;
                if (mark->y_um < TOP_UM || foot_um > TOP_UM + HEIGHT_UM)
                    fail_msg("seed %u, page %zu: mark %zu at %d", seed, p + 1, m, mark->y_um);
                if (mark->kind != MARK_TEXT)
                    continue;
                if (lies_on_another(page, m))
                    fail_msg("seed %u, page %zu: mark %zu lies on another", seed, p + 1, m);
                for (size_t i = 0; i < mark->count; i++)
                    if (mark->pieces[i].run->text[0] == 'w')
                        seen[atoi(mark->pieces[i].run->text + 1)]++;
            }
        }
        for (int i = 0; i < crowd.words; i++)
            if (seen[i] != 1)
                fail_msg("seed %u: word %d stands there %d times", seed, i, seen[i]);
        free(seen);
        arena_reset(&f->job);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(heads_are_repeated, begin, end),
        cmocka_unit_test_setup_teardown(columns_take_what_they_need, begin, end),
        cmocka_unit_test_setup_teardown(baselines_of_a_row_agree, begin, end),
        cmocka_unit_test_setup_teardown(long_words_yield, begin, end),
        cmocka_unit_test_setup_teardown(points_stand_below_one_another, begin, end),
        cmocka_unit_test_setup_teardown(points_of_a_mirrored_table, begin, end),
        cmocka_unit_test_setup_teardown(rows_are_not_torn, begin, end),
        cmocka_unit_test_setup_teardown(rows_taller_than_a_page_are_split, begin, end),
        cmocka_unit_test_setup_teardown(columns_stand_side_by_side, begin, end),
        cmocka_unit_test_setup_teardown(fields_side_by_side_are_level, begin, end),
        cmocka_unit_test_setup_teardown(nothing_is_lost, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
