/* .gap of a cohort: the mean of both views over all who have both, the widest gap first. */
#include "block/gap.h"
#include "block/print_cohort.h"

enum { VIEW_UM = 21000 };

static struct flow *gaps_table(struct print *print, const struct block *block,
                               const struct gap_sides *sides, const struct cohort_gap *rows,
                               size_t count) {
    /* How many gave both says how many did not: not in a report that travels. */
    size_t columns = print->edition->material->anonymous ? 4 : 5;
    struct flow *table = cohort_table(print, block, columns, VIEW_UM);
    struct flow *head = flow_row(print, table);
    head->keep_with_next = true;
    const char *labels[] = {print_word(print, WORD_STATEMENT), sides->label[0], sides->label[1],
                            print_word(print, WORD_GAP), print_word(print, WORD_COHORT_PEOPLE)};
    for (size_t i = 0; i < columns; i++)
        cohort_cell(print, head, STYLE_TABLE_HEAD, labels[i], i ? LINE_CENTRE : LINE_LEFT, true)
            ->vertical = VERTICAL_BOTTOM;
    for (size_t r = 0; r < count; r++) {
        struct flow *row = flow_row(print, table);
        row->keep_together = true;
        flow_cell(print, row,
                  print_statement(print, &block->rating->items[rows[r].item], rows[r].item + 1),
                  true)
            ->row_header = true;
        const char *figures[] = {
            print_number(print, rows[r].mean[0], 1), print_number(print, rows[r].mean[1], 1),
            print_number(print, rows[r].gap, 1), print_number(print, rows[r].people, 0)};
        for (size_t i = 0; i + 1 < columns; i++)
            cohort_cell(print, row, STYLE_TABLE, figures[i], LINE_CENTRE, false);
    }
    return table;
}

struct flow *print_gap_cohort(struct print *print, const struct block *block) {
    struct flow *stack = block_stack(print, block, ROLE_NONE);
    if (block->title)
        flow_add(stack, print_label(print, block->title));
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    struct voices voices = print_voices(print, block->rating);
    if (!block->between_asks[0]) /* one table holds both respondents */
        voices = (struct voices){.count = 1, .at = {RESPONDENT_NONE}};
    for (size_t v = 0; v < voices.count; v++) {
        int32_t voice = voices.at[v] == RESPONDENT_NONE ? 0 : voices.at[v];
        struct gap_sides sides = gap_sides_of(print->course, block, voice);
        size_t count, withheld;
        const struct cohort_gap *rows =
            cohort_gaps(print->arena, print->edition, block, voice, &count, &withheld);
        size_t shown = block->top > 0 && (size_t)block->top < count ? (size_t)block->top : count;
        if (voices.named)
            flow_add(stack, print_label(print, voice_label(print, voices.at[v])));
        if (shown)
            flow_add(stack, gaps_table(print, block, &sides, rows, shown));
        if (withheld)
            cohort_note(print, stack, WORD_COHORT_WITHHELD);
    }
    return stack;
}
