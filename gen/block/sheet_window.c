/* Which sittings a panel and its lines show: the last few that were filled in, so that neither grows
 * with the years. Where they begin is worked out on the hidden sheet, once a score. */
#include "block/sheet_parts.h"

int32_t track_work_row(struct track *track, int32_t count) {
    struct sheet *sheet = track->sheet;
    track->sheet = track->work;
    if (!track->work_rows) { /* the names of all sittings head the sheet */
        for (int32_t k = 0; k < track->sitting_count; k++)
            track_text(track, 0, k + 1, LOOK_TEXT, track->sittings[k].title);
        track->work_rows = 1;
    }
    track->sheet = sheet;
    int32_t row = track->work_rows;
    track->work_rows += count;
    return row;
}

/* How many sittings any respondent has a result of, or words on it. */
static int32_t reached(const struct track *track, const struct score *score) {
    for (int32_t k = track->sitting_count - 1; k >= 0; k--)
        for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
            for (int32_t d = 0; d < score_rows(score); d++)
                if (score_has_respondent(track, score, r) &&
                    score_cached(track, score_result(track, score, d, r, track->sittings[k].index))
                            .kind != VALUE_MISSING)
                    return k + 1;
    return 0;
}

/* MAX(0,MAX(the last column that shows anything, a respondent each)-count) */
static char *start_formula(const struct track *track, const struct score_place *home,
                           int32_t count) {
    struct buf out;
    buf_init(&out, track->arena);
    buf_puts(&out, "MAX(0,MAX(");
    bool first = true;
    for (size_t r = 0; r < track->course->respondents.count; r++) {
        if (home->cols[r] < 0)
            continue;
        struct buf area;
        buf_init(&area, track->arena);
        area_print_full(&area, track->book->sheets.at[home->sheet],
                        (struct area){home->row, home->cols[r], home->row + home->count - 1,
                                      home->cols[r] + home->sittings - 1});
        buf_printf(&out, "%sSUMPRODUCT(MAX((%s<>\"\")*(COLUMN(%s)-%d)))", first ? "" : ",",
                   area.data, area.data, home->cols[r]);
        first = false;
    }
    buf_printf(&out, ")-%d)", count);
    return out.data;
}

static void write_window(struct track *track, const struct score *score,
                         struct score_window *window) {
    const struct score_place *home = &track->places.scores[score->index];
    int32_t last = reached(track, score);
    window->start = last > window->count ? last - window->count : 0;
    window->row = track_work_row(track, 1);
    struct sheet *sheet = track->sheet;
    track->sheet = track->work;
    if (home->sheet >= 0)
        track_formula(track, window->row, 0, LOOK_TEXT, NULL,
                      start_formula(track, home, window->count), value_number(window->start));
    else
        track_number(track, window->row, 0, LOOK_TEXT, NULL, window->start);
    struct buf titles;
    buf_init(&titles, track->arena);
    area_print(&titles, (struct area){0, 1, 0, track->sitting_count}, true);
    for (int32_t k = 0; k < window->count; k++)
        track_formula(
            track, window->row, k + 1, LOOK_TEXT, NULL,
            arena_printf(track->arena, "INDEX(%s,1,$A$%d+%d)", titles.data, window->row + 1, k + 1),
            value_text(track->sittings[window->start + k].title));
    track->sheet = sheet;
}

const struct score_window *score_window(struct track *track, const struct score *score) {
    struct score_window *window = &track->windows[score->index];
    window->count = track->sitting_count < WINDOW_SITTINGS ? track->sitting_count : WINDOW_SITTINGS;
    if (!track->placing && !window->row)
        write_window(track, score, window);
    return window;
}

char *window_formula(const struct track *track, const struct score_window *window, const char *row,
                     int32_t k) {
    struct buf start;
    buf_init(&start, track->arena);
    area_print_full(&start, track->work, area_cell(window->row, 0));
    return arena_printf(track->arena, "INDEX(%s,1,%s+%d)", row, start.data, k + 1);
}
