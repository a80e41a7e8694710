/* .distribution: of a cohort, a chart and a table of how many have which result, sitting beside
 * sitting; blank: the empty table. */
#include "block/print_cohort.h"

#include <math.h>

enum { SITTING_UM = 27000, MOVED_UM = 40000 };

struct flow *cohort_table(struct print *print, const struct block *block, size_t columns,
                          int32_t width_um) {
    struct table_column *column = ARENA_ARRAY(print->arena, struct table_column, columns);
    for (size_t i = 0; i < columns; i++)
        column[i] = (struct table_column){{WIDTH_FIXED, width_um}, LINE_CENTRE};
    column[0] = (struct table_column){{WIDTH_FRACTION, 1}, LINE_LEFT};
    struct flow *table = flow_table_new(print, ROLE_TABLE, column, columns);
    table->at = block->at;
    table->rules_between = true;
    table->cell_pad_um = 1000;
    table->header_rows = 1;
    return table;
}

struct flow *cohort_cell(struct print *print, struct flow *row, enum style_id style,
                         const char *text, enum line_align align, bool header) {
    struct flow *paragraph = paragraph_text(print, ROLE_P, style, text);
    paragraph->align = align;
    paragraph->space_before_um = paragraph->space_after_um = 0;
    paragraph->hyphenate_off = style == STYLE_TABLE_HEAD;
    return flow_cell(print, row, paragraph, header);
}

void cohort_note(struct print *print, struct flow *into, enum word word) {
    flow_add(into, paragraph_text(print, ROLE_P, STYLE_HINT, print_word(print, word)));
}

static struct flow *head_row(struct print *print, struct flow *table,
                             const struct distribution *view, const char *first) {
    struct flow *head = flow_row(print, table);
    head->keep_with_next = true;
    cohort_cell(print, head, STYLE_TABLE_HEAD, first, LINE_LEFT, true)->vertical = VERTICAL_BOTTOM;
    for (size_t i = 0; i < view->column_count; i++)
        cohort_cell(print, head, STYLE_TABLE_HEAD,
                    distribution_head(print->arena, print->course, view, i), LINE_CENTRE, true)
            ->vertical = VERTICAL_BOTTOM;
    return head;
}

static struct flow *label_row(struct print *print, struct flow *table, const char *label) {
    struct flow *row = flow_row(print, table);
    row->keep_together = true;
    cohort_cell(print, row, STYLE_TABLE, label, LINE_LEFT, true)->row_header = true;
    return row;
}

static void add_figure(struct print *print, struct flow *row, bool told, const char *text) {
    cohort_cell(print, row, told ? STYLE_TABLE : STYLE_HINT,
                told ? text : print_word(print, WORD_COHORT_NOT_SHOWN), LINE_CENTRE, false);
}

static const char *response(const struct print *print, const struct told *told) {
    struct value share = value_number(told->size ? (double)told->people / told->size : 0);
    share.unit = UNIT_PERCENT;
    return print_value(print, NULL, share, 0);
}

static const char *mean_text(const struct print *print, const struct distribution *view,
                             const struct told *told) {
    const char *text = print_value(print, NULL, distribution_value(view, told->mean),
                                   view->score->decimals > 1 ? view->score->decimals : 1);
    return view->moved && told->mean > 0 ? arena_printf(print->arena, "+%s", text) : text;
}

static struct flow *counts_table(struct print *print, const struct block *block,
                                 const struct distribution *view) {
    struct flow *table =
        cohort_table(print, block, view->column_count + 1, view->moved ? MOVED_UM : SITTING_UM);
    head_row(print, table, view, print_word(print, WORD_COHORT_RESULT));
    for (size_t r = 0; r < view->row_count; r++) {
        struct flow *row =
            label_row(print, table, distribution_label(print->arena, print->course, view, r));
        row->keep_with_next = true;
        for (size_t i = 0; i < view->column_count; i++) {
            int32_t count = distribution_count(view, i, r);
            add_figure(print, row, count >= 0, print_number(print, count, 0));
        }
    }
    struct flow *people = label_row(print, table, print_word(print, WORD_COHORT_PEOPLE));
    struct flow *share = label_row(print, table, print_word(print, WORD_COHORT_RESPONSE));
    struct flow *mean = label_row(
        print, table, print_word(print, view->moved ? WORD_COHORT_CHANGE : WORD_COHORT_MEAN));
    people->keep_with_next = share->keep_with_next = true;
    for (size_t i = 0; i < view->column_count; i++) {
        const struct told *told = &view->columns[i];
        bool counted = told->shown && told->counted;
        add_figure(print, people, counted, print_number(print, told->people, 0));
        add_figure(print, share, counted, response(print, told));
        add_figure(print, mean, told->shown, mean_text(print, view, told));
    }
    return table;
}

static void add_notes(struct print *print, struct flow *stack, bool withheld, bool joined,
                      bool left_out) {
    if (withheld)
        cohort_note(print, stack, WORD_COHORT_WITHHELD);
    if (joined)
        cohort_note(print, stack, WORD_COHORT_JOINED);
    if (left_out)
        cohort_note(print, stack, WORD_COHORT_LEFT_OUT);
}

static bool any_shown(const struct distribution *view) {
    for (size_t i = 0; i < view->column_count; i++)
        if (view->columns[i].shown)
            return true;
    return false;
}

/* One respondent's results of the whole score or one dimension. */
static void add_counts(struct print *print, struct flow *stack, const struct block *block,
                       int32_t respondent, int32_t dimension) {
    struct distribution view =
        distribution_of(print->arena, print->edition, block, respondent, dimension);
    if (!any_shown(&view)) {
        cohort_note(print, stack, view.column_count ? WORD_COHORT_WITHHELD : WORD_COHORT_NOBODY);
        return;
    }
    bool whole = distribution_is_whole(&view);
    for (size_t i = 0; i < (whole ? 1 : view.column_count); i++) {
        struct distribution part = whole ? view : distribution_part(print->arena, &view, i);
        struct flow *chart = block->chart == CHART_BARS ? chart_counts(print, &part) : NULL;
        if (chart) {
            chart->keep_with_next = true;
            flow_add(stack, chart);
        }
        flow_add(stack, counts_table(print, block, &part));
    }
    add_notes(print, stack, view.withheld, view.joined || !whole, view.left_out);
}

/* A score by dimension: the means, a row a dimension. */
static void add_means(struct print *print, struct flow *stack, const struct block *block,
                      int32_t respondent) {
    struct distribution whole =
        distribution_of(print->arena, print->edition, block, respondent, -1);
    struct flow *table = NULL;
    bool withheld = false, left_out = false;
    for (size_t d = 0; d < block->score->dimension_count; d++) {
        struct distribution view =
            distribution_of(print->arena, print->edition, block, respondent, (int32_t)d);
        if (!table) {
            table = cohort_table(print, block, whole.column_count + 1,
                                 block->moved ? MOVED_UM : SITTING_UM);
            head_row(print, table, &whole, print_word(print, WORD_PART));
        }
        struct flow *row =
            label_row(print, table, print_dimension(print, block->score, (int32_t)d));
        for (size_t i = 0; i < whole.column_count; i++) {
            const struct told *told = NULL;
            for (size_t k = 0; k < view.column_count; k++)
                if (view.columns[k].sitting == whole.columns[i].sitting)
                    told = &view.columns[k];
            bool shown = told && told->shown;
            add_figure(print, row, shown, shown ? mean_text(print, &view, told) : NULL);
            withheld = withheld || !shown;
            left_out = left_out || (told && told->left_out);
        }
    }
    if (!any_shown(&whole)) {
        cohort_note(print, stack, whole.column_count ? WORD_COHORT_WITHHELD : WORD_COHORT_NOBODY);
        return;
    }
    flow_add(stack, table);
    add_notes(print, stack, withheld, false, left_out);
}

/* Nobody's report: what it will look like. */
static void add_empty(struct print *print, struct flow *stack, const struct block *block) {
    struct distribution view = {.score = block->score,
                                .moved = block->moved,
                                .category_count =
                                    block->moved ? MOVED_COUNT : score_categories(block->score)};
    view.row_count = view.category_count;
    for (size_t c = 0; c < view.category_count; c++)
        view.starts[c] = c;
    struct flow *table = cohort_table(print, block, 2, SITTING_UM);
    struct flow *head = flow_row(print, table);
    cohort_cell(print, head, STYLE_TABLE_HEAD, print_word(print, WORD_COHORT_RESULT), LINE_LEFT,
                true);
    cohort_cell(print, head, STYLE_TABLE_HEAD, print_word(print, WORD_COHORT_PEOPLE), LINE_CENTRE,
                true);
    for (size_t r = 0; r < view.row_count; r++) {
        struct flow *row =
            label_row(print, table, distribution_label(print->arena, print->course, &view, r));
        cohort_cell(print, row, STYLE_TABLE, "", LINE_CENTRE, false);
    }
    flow_add(stack, table);
}

struct flow *print_distribution(struct print *print, const struct block *block) {
    if (!block->score)
        return NULL;
    struct flow *stack = block_stack(print, block, ROLE_DIV);
    const char *title = block->title;
    if (title && block->dimension >= 0)
        title = arena_printf(print->arena, "%s: %s", title,
                             print_dimension(print, block->score, block->dimension));
    if (title)
        flow_add(stack, print_label(print, title));
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    if (!print->edition->cohort) {
        add_empty(print, stack, block);
        return stack;
    }
    int32_t respondents[RESPONDENT_LIMIT];
    size_t count = distribution_respondents(print->course, block, respondents);
    for (size_t r = 0; r < count; r++) {
        if (count > 1)
            flow_add(stack, print_label(print, voice_label(print, respondents[r])));
        if (block->score->by_dimension && block->dimension < 0)
            add_means(print, stack, block, respondents[r]);
        else
            add_counts(print, stack, block, respondents[r], block->dimension);
    }
    return stack;
}
