/* Walking the blocks of a sheet, and the heads over columns of sittings. */
#include "block/sheets.h"

static bool is_shown(const struct track *track, const struct block *block) {
    return edition_shows(track->edition, block);
}

bool track_leaves_out(const struct track *track, const struct block *block) {
    const struct edition *edition = track->edition;
    bool own = edition->respondent != RESPONDENT_NONE ||
               edition->material->respondent != RESPONDENT_NONE ||
               edition->material->each == EACH_RESPONDENT;
    return block->is_private && block->slot_count && !own;
}

/* What is private is neither shown in a workbook for both nor asked for there. */
static void private_note(struct track *track, const struct block *block) {
    if (!track_begin(track, block))
        return;
    track_space(track);
    if (track->own != block)
        track_wide(track, LOOK_LEAD, block->label);
    track_wide(track, LOOK_NOTE, track_word(track, WORD_TRACK_PRIVATE));
}

void track_block(struct track *track, const struct block *block) {
    if (!is_shown(track, block))
        return;
    if (track_leaves_out(track, block))
        private_note(track, block);
    else if (block->type->sheet)
        block->type->sheet(track, block);
    else
        track_inside(track, block->node);
}

void track_inside(struct track *track, const struct node *node) {
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->block)
            track_block(track, child->block);
        else
            track_inside(track, child);
    }
}

void sheet_group(struct track *track, const struct block *block) {
    if (!track_begin(track, block))
        return;
    track_space(track);
    if (track->own != block && block->title)
        track_text(track, track->row++, 0, LOOK_HEADING, block->title);
    track_inside(track, block->node);
}

bool track_begin(struct track *track, const struct block *block) {
    if (!track->written[block->index]) {
        track->written[block->index] = true;
        return true;
    }
    int32_t sheet = block->slot_count ? -1 : track->sheet->index;
    for (size_t i = 0; i < block->slot_count && sheet < 0; i++)
        for (int32_t r = RESPONDENT_NONE; r < (int32_t)track->course->respondents.count; r++) {
            struct place place =
                track->places
                    .slots[block->slots[i]->index * (track->course->respondents.count + 1) +
                           (size_t)(r + 1)];
            sheet = place.sheet >= 0 ? place.sheet : sheet;
        }
    if (block->label && sheet >= 0 && sheet != track->sheet->index) {
        track_text(track, track->row, 0, LOOK_LABEL, block->title ? block->title : block->label);
        track_link(
            track, track->row, 1,
            track_phrase(track, WORD_TRACK_ELSEWHERE, track->book->sheets.at[sheet]->name, NULL),
            sheet);
        track->row++;
    }
    return false;
}

const int32_t *track_columns(struct track *track, const struct block *block, int32_t first_col) {
    size_t asks = block->ask_count ? block->ask_count : 1;
    size_t count = track->course->respondents.count * asks;
    int32_t *cols = ARENA_ARRAY(track->arena, int32_t, count);
    uint32_t who = track_respondents(track, block);
    for (size_t i = 0; i < count; i++) {
        bool answers = who >> (i / asks) & 1;
        cols[i] = answers ? first_col : -1;
        first_col += answers ? track_sittings_of(track, block) : 0;
    }
    return cols;
}

/* The date on which a respondent answered a block in a sitting. */
static date_t answered_on(const struct track *track, const struct block *block, int32_t respondent,
                          int32_t sitting) {
    date_t latest = DATE_NONE;
    for (size_t i = 0; i < block->slot_count; i++) {
        const struct answer *answer =
            answers_find(track->edition->participant, block->slots[i], respondent, sitting, 0);
        if (answer && answer->date > latest)
            latest = answer->date;
    }
    return latest;
}

struct value track_date_value(const struct track *track, const struct track_date *date, int32_t k) {
    int32_t sitting = track->sittings[k].index;
    date_t day =
        sitting < 0 ? DATE_NONE : answered_on(track, date->block, date->respondent, sitting);
    return day == DATE_NONE ? VALUE_NONE : value_date(day);
}

static void date_repeat(struct track *track, const struct track_date *date, int32_t k, int32_t row,
                        int32_t col) {
    struct buf ref;
    buf_init(&ref, track->arena);
    track_print_area(track, &ref, date->place.sheet,
                     area_cell(date->place.row, date->place.col + k));
    track_formula(track, row, col, LOOK_HEAD, track_date_format(track),
                  arena_printf(track->arena, "IF(%s=\"\",\"\",%s)", ref.data, ref.data),
                  track_date_value(track, date, k));
}

/* Over every few sittings again: so it is seen wherever one has scrolled to, and on each page. */
static void group_head(struct track *track, const struct block *block, int32_t respondent,
                       size_t ask, int32_t col) {
    const char *label = track->course->respondents.at[respondent].label;
    if (block->ask_count)
        label = arena_printf(track->arena, "%s: %s", label, block->asks[ask].label);
    int32_t end = col + track_sittings_of(track, block);
    for (int32_t next; col < end; col = next) {
        next = col + WINDOW_SITTINGS < end ? col + WINDOW_SITTINGS : end;
        track_text(track, track->row, col, LOOK_HEAD, label);
        track_merge(track, (struct area){track->row, col, track->row, next - 1});
    }
}

/* Dates are typed over the first ask and repeated over the others. */
static void date_heads(struct track *track, const struct block *block, int32_t respondent,
                       int32_t col, int32_t first) {
    int32_t row = track->row + 2;
    int32_t sittings = track_sittings_of(track, block);
    struct area area = {row, col, row, col + sittings - 1};
    for (int32_t k = 0; k < sittings; k++) {
        int32_t sitting = track->sittings[k].index;
        date_t date = sitting < 0 ? DATE_NONE : answered_on(track, block, respondent, sitting);
        if (col == first) {
            track_date(track, row, col + k, LOOK_HEAD_INPUT, date);
            continue;
        }
        const struct track_date typed = {
            block, respondent, {track->sheet->index, row, first, 0, true}};
        date_repeat(track, &typed, k, row, col + k);
    }
    if (col != first)
        return;
    track_date_rule(track, area, track_word(track, WORD_DATE));
    if (track->placing)
        VEC_PUSH(track->arena, &track->dates,
                 ((struct track_date){
                     block, respondent, {track->sheet->index, row, col, sittings, true}}));
}

void track_sitting_heads(struct track *track, const struct block *block, const int32_t *cols,
                         bool with_dates) {
    size_t asks = block->ask_count ? block->ask_count : 1;
    for (size_t i = 0; i < track->course->respondents.count * asks; i++) {
        if (cols[i] < 0)
            continue;
        group_head(track, block, (int32_t)(i / asks), i % asks, cols[i]);
        for (int32_t k = 0; k < track_sittings_of(track, block); k++) {
            track_text(track, track->row + 1, cols[i] + k, LOOK_HEAD, track->sittings[k].title);
            track_width(track, cols[i] + k, TRACK_CELL_WIDTH);
        }
        if (with_dates)
            date_heads(track, block, (int32_t)(i / asks), cols[i], cols[i - i % asks]);
    }
    track->row += with_dates ? 3 : 2;
}
