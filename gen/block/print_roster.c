/* .roster: a row a participant, a column a sitting: when each respondent answered, or a dash. */
#include "block/print_cohort.h"

#include "calc/format.h"

enum { SITTING_UM = 46000, SITTING_LEAST_UM = 24000, NAME_UM = 50000 };

/* "7 Sep 2026" where one respondent answers; else a line each, "Assistant: 7 Sep 2026". */
static struct flow *dates_cell(struct print *print, const struct member *member, int32_t sitting) {
    const struct course *course = print->course;
    struct flow *cell = flow_new(print->arena, FLOW_STACK, ROLE_NONE);
    for (size_t r = 0; r < course->respondents.count; r++) {
        date_t date = member_date(print->edition->cohort->of, member, (int32_t)r, sitting);
        const char *text = date == DATE_NONE ? print_word(print, WORD_MISSING)
                                             : date_format_short(print->arena, course, date);
        if (course->respondents.count > 1)
            text = arena_printf(print->arena, "%s: %s", course->respondents.at[r].label, text);
        struct flow *line = paragraph_text(print, ROLE_P, STYLE_TABLE, text);
        line->space_before_um = line->space_after_um = 0;
        flow_add(cell, line);
    }
    return cell;
}

static void add_member(struct print *print, struct flow *table, const struct member *member) {
    struct flow *row = flow_row(print, table);
    row->keep_together = true;
    const char *who =
        member->name ? arena_printf(print->arena, "%s (%s)", member->name, member->id) : member->id;
    cohort_cell(print, row, STYLE_TABLE, who, LINE_LEFT, true)->row_header = true;
    for (int32_t s = 0; s < print->edition->cohort->of->sitting_count; s++)
        flow_cell(print, row, dates_cell(print, member, s), false);
}

struct flow *print_roster(struct print *print, const struct block *block) {
    const struct cohort *cohort = print->edition->cohort;
    struct flow *stack = block_stack(print, block, ROLE_DIV);
    if (block->title)
        flow_add(stack, print_label(print, block->title));
    print_nodes(print, stack, block->node->first, NULL, STYLE_BODY);
    if (!cohort || !cohort->count) {
        cohort_note(print, stack, WORD_COHORT_NOBODY);
        return stack;
    }
    int32_t sittings = cohort->of->sitting_count > 0 ? cohort->of->sitting_count : 1;
    int32_t width_um = (text_width_um(print) - NAME_UM) / sittings;
    width_um = width_um > SITTING_UM ? SITTING_UM : width_um;
    width_um = width_um < SITTING_LEAST_UM ? SITTING_LEAST_UM : width_um;
    struct flow *table =
        cohort_table(print, block, (size_t)cohort->of->sitting_count + 1, width_um);
    struct flow *head = flow_row(print, table);
    head->keep_with_next = true;
    cohort_cell(print, head, STYLE_TABLE_HEAD, print_word(print, WORD_PARTICIPANT), LINE_LEFT,
                true);
    for (int32_t s = 0; s < cohort->of->sitting_count; s++)
        cohort_cell(print, head, STYLE_TABLE_HEAD,
                    cohort_sitting_title(print->arena, print->course, s), LINE_LEFT, true);
    for (size_t i = 0; i < cohort->of->members.count; i++)
        if (cohort_holds(cohort, &cohort->of->members.at[i]))
            add_member(print, table, &cohort->of->members.at[i]);
    flow_add(stack, table);
    return stack;
}
