/* Helpers of the sheet hooks: words, cells, places. */
#include "block/track.h"

#include "base/utf8.h"
#include "calc/format.h"

/* Some programs show a yes as 1 unless its format says otherwise. */
#define TICK_FORMAT "\"TRUE\";\"TRUE\";\"FALSE\""

const char *track_word(const struct track *track, enum word word) {
    return word_text(track->course->words, word);
}

const char *track_phrase(const struct track *track, enum word word, const char *first,
                         const char *second) {
    return word_fill(track->arena, track_word(track, word), first, second);
}

const char *track_dimension(const struct track *track, const char *id) {
    char *text = arena_strdup(track->arena, id);
    if (*text >= 'a' && *text <= 'z')
        *text = (char)(*text - 'a' + 'A');
    for (char *at = text; *at; at++)
        if (*at == '-')
            *at = ' ';
    return text;
}

void track_reserve(struct track *track, size_t more) {
    struct sheet *sheet = track->sheet;
    size_t wanted = sheet->cells.count + more;
    if (wanted <= sheet->cells.room)
        return;
    struct cell *cells = ARENA_ARRAY(track->arena, struct cell, wanted);
    for (size_t i = 0; i < sheet->cells.count; i++)
        cells[i] = sheet->cells.at[i];
    sheet->cells.at = cells;
    sheet->cells.room = wanted;
}

static struct cell *add_cell(struct track *track, int32_t row, int32_t col, enum cell_kind kind,
                             enum cell_look look, const char *format) {
    static _Thread_local struct cell dropped;
    if (!track->sheet->hidden && row > track->used_row)
        track->used_row = row;
    if (track->placing || row >= SHEET_ROWS || col >= SHEET_COLS)
        return &dropped;
    struct cell *cell = VEC_ADD(track->arena, &track->sheet->cells);
    *cell = (struct cell){.row = row, .col = col, .kind = kind, .look = look, .format = format};
    return cell;
}

void track_text(struct track *track, int32_t row, int32_t col, enum cell_look look,
                const char *text) {
    add_cell(track, row, col, CELL_TEXT, look, NULL)->text = text;
}

void track_number(struct track *track, int32_t row, int32_t col, enum cell_look look,
                  const char *format, double number) {
    add_cell(track, row, col, CELL_NUMBER, look, format)->number = number;
}

void track_blank(struct track *track, int32_t row, int32_t col, enum cell_look look,
                 const char *format) {
    add_cell(track, row, col, CELL_BLANK, look, format);
}

const char *track_date_format(const struct track *track) {
    return number_format_excel(track->arena, track->course, SLOT_DATE, -1);
}

static const char *date_text(const struct track *track, struct value value) {
    char text[16];
    date_format_iso((date_t)value.number, text);
    return arena_strdup(track->arena, text);
}

void track_date(struct track *track, int32_t row, int32_t col, enum cell_look look, date_t date) {
    const char *format = track_date_format(track);
    if (date == DATE_NONE) {
        track_blank(track, row, col, look, format);
    } else if (date_is_serial(date)) {
        track_number(track, row, col, look, format, date_to_excel(date));
    } else {
        track_text(track, row, col, look, date_text(track, value_date(date)));
    }
}

void track_formula(struct track *track, int32_t row, int32_t col, enum cell_look look,
                   const char *format, const char *formula, struct value cached) {
    struct cell *cell = add_cell(track, row, col, CELL_FORMULA, look, format);
    cell->formula = formula;
    cell->number = cached.number;
    cell->cached = CACHED_NUMBER;
    if (cached.kind == VALUE_DATE)
        cell->number = date_to_excel((date_t)cached.number);
    if (cached.kind == VALUE_BOOL) {
        cell->cached = CACHED_BOOL;
        cell->format = NULL; /* a number's format would turn it into one */
    }
    bool lost = cached.kind == VALUE_DATE && !date_is_serial((date_t)cached.number);
    if (cached.kind == VALUE_TEXT || cached.kind == VALUE_MISSING || cached.kind == VALUE_LIST ||
        lost) {
        cell->cached = CACHED_TEXT;
        cell->text = lost ? date_text(track, cached) : cached.kind == VALUE_TEXT ? cached.text : "";
    }
}

void track_formula_na(struct track *track, int32_t row, int32_t col, const char *formula) {
    struct cell *cell = add_cell(track, row, col, CELL_FORMULA, LOOK_TEXT, NULL);
    cell->formula = formula;
    cell->cached = CACHED_ERROR;
}

void track_link(struct track *track, int32_t row, int32_t col, const char *text, int32_t sheet) {
    struct cell *cell = add_cell(track, row, col, CELL_LINK, LOOK_LINK, NULL);
    cell->text = text;
    cell->target = sheet;
}

void track_tick(struct track *track, int32_t row, int32_t col, enum cell_look look,
                struct value value) {
    bool known = value.kind == VALUE_BOOL || value.kind == VALUE_DATE;
    add_cell(track, row, col, known ? CELL_BOOL : CELL_BLANK, look, TICK_FORMAT)->number =
        value.kind == VALUE_DATE || value.number != 0;
}

void track_static(struct track *track, int32_t row, int32_t col, enum cell_look look,
                  const char *format, struct value value) {
    if (value.kind == VALUE_NUMBER)
        track_number(track, row, col, look, format, value.number);
    else if (value.kind == VALUE_DATE)
        track_date(track, row, col, look, (date_t)value.number);
    else if (value.kind == VALUE_BOOL)
        track_tick(track, row, col, look, value);
    else
        track_text(track, row, col, look, value.kind == VALUE_TEXT ? value.text : "");
}

static const char *option_label(const struct slot *slot, struct value value) {
    for (size_t i = 0; value.text && i < slot->option_count; i++)
        if (strcmp(slot->options[i].id, value.text) == 0)
            return slot->options[i].label;
    return value.text;
}

/* How an open cell of a slot looks. */
static enum cell_look look_of(const struct slot *slot) {
    switch (slot->type) {
    case SLOT_POINT:
    case SLOT_CHECK:
    case SLOT_DATE:
        return LOOK_INPUT_CENTRE;
    case SLOT_NUMBER:
    case SLOT_MONEY:
    case SLOT_PERCENT:
        return LOOK_INPUT_NUMBER;
    case SLOT_PROSE:
        return LOOK_INPUT;
    default:
        return LOOK_INPUT_LINE;
    }
}

static const char *format_of(const struct track *track, const struct slot *slot) {
    bool typed = slot->type == SLOT_DATE || slot->type == SLOT_NUMBER || slot->type == SLOT_MONEY ||
                 slot->type == SLOT_PERCENT;
    if (typed)
        return number_format_excel(track->arena, track->course, slot->type, -1);
    bool words = slot->type == SLOT_TEXT || slot->type == SLOT_PROSE || slot->type == SLOT_EMAIL;
    return words ? "@" : NULL; /* so that what begins with "=" stays text when it is typed */
}

void track_answer(struct track *track, int32_t row, int32_t col, const struct slot *slot,
                  struct value value) {
    enum cell_look look = look_of(slot);
    const char *format = format_of(track, slot);
    if (slot->type == SLOT_CHECK) {
        track_tick(track, row, col, look, value);
    } else if (value.kind == VALUE_NUMBER) {
        track_number(track, row, col, look, format, value.number);
    } else if (value.kind == VALUE_DATE) {
        track_date(track, row, col, look, (date_t)value.number);
    } else if (value.kind == VALUE_TEXT) {
        struct cell *cell = add_cell(track, row, col, CELL_TEXT, look, format);
        cell->text = option_label(slot, value);
    } else {
        track_blank(track, row, col, look, format);
    }
}

void track_merge(struct track *track, struct area area) {
    if (!track->placing && (area.last_row > area.row || area.last_col > area.col))
        VEC_PUSH(track->arena, &track->sheet->merges, area);
}

void track_wide(struct track *track, enum cell_look look, const char *text) {
    track_text(track, track->row, 0, look, text);
    track_merge(track, (struct area){track->row, 0, track->row, TRACK_WIDE_COLS - 1});
    track->row++;
}

void track_space(struct track *track) {
    track->row += track->row > 1 && track->used_row == track->row - 1;
}

void track_heading(struct track *track, const struct block *block, enum cell_look look) {
    const char *title = block->title ? block->title : block->label;
    bool is_sheets_title = track->own == block && track->row > 0; /* stage/track wrote it */
    if (title && !is_sheets_title) {
        track_space(track);
        track_text(track, track->row, 0, look, title);
        track->row++;
    }
    if (block->title && block->label && strcmp(block->title, block->label) != 0)
        track_wide(track, LOOK_LEAD, block->label);
}

void track_width(struct track *track, int32_t col, double chars) {
    if (track->placing)
        return;
    for (size_t i = 0; i < track->sheet->widths.count; i++) {
        struct span_width *width = &track->sheet->widths.at[i];
        if (width->col == col) {
            width->chars = width->chars > chars ? width->chars : chars;
            return;
        }
    }
    VEC_PUSH(track->arena, &track->sheet->widths, ((struct span_width){col, chars}));
}

void track_height(struct track *track, int32_t row, double points) {
    if (!track->placing)
        VEC_PUSH(track->arena, &track->sheet->heights, ((struct row_height){row, points}));
}

struct area place_area(struct place place) {
    int32_t more = place.count > 1 ? place.count - 1 : 0;
    return (struct area){place.row, place.col, place.row + (place.across ? 0 : more),
                         place.col + (place.across ? more : 0)};
}

static size_t slot_at(const struct track *track, const struct slot *slot, int32_t respondent) {
    return slot->index * (track->course->respondents.count + 1) + (size_t)(respondent + 1);
}

void track_place(struct track *track, const struct slot *slot, int32_t respondent, int32_t row,
                 int32_t col, int32_t count, bool across) {
    if (track->placing)
        track->places.slots[slot_at(track, slot, respondent)] =
            (struct place){track->sheet->index, row, col, count, across};
}

struct place track_find(const struct track *track, const struct slot *slot, int32_t respondent) {
    return track->places.slots[slot_at(track, slot, slot->own ? respondent : RESPONDENT_NONE)];
}

void track_print_area(const struct track *track, struct buf *out, int32_t sheet, struct area area) {
    if (sheet == track->sheet->index)
        area_print(out, area, true);
    else
        area_print_full(out, track->book->sheets.at[sheet], area);
}

struct value track_value(const struct track *track, const struct slot *slot, int32_t respondent,
                         int32_t sitting, int32_t row) {
    if (sitting < 0)
        return scope_answer(&track->shown, slot, respondent, -1, row);
    int32_t reader = track->edition->respondent;
    if (slot->is_private && (reader == RESPONDENT_NONE || respondent != reader))
        return VALUE_NONE;
    const struct answer *answer =
        answers_find(track->edition->participant, slot, respondent, sitting, row);
    return answer ? answer->value : VALUE_NONE;
}

uint32_t track_respondents(const struct track *track, const struct block *block) {
    uint32_t all = course_all_respondents(track->course);
    return block->by & all ? block->by & all : all;
}
