/* Tracking blocks: what a block's sheet hook may ask and tell. Stage: track.
 *
 * Hooks run twice. In the first pass (`placing`) they only say where their answers and results
 * stand; cells and the rest are dropped. In the second they are written, and formulas find every
 * place. So a hook's layout must depend on the course and the answers alone, never on places.
 *
 * Columns of a sheet: A holds labels and is wide; answers begin at B or behind the few columns that
 * a rating adds. Owner of all that is made: the job arena. */
#ifndef TANDEM_BLOCK_TRACK_H
#define TANDEM_BLOCK_TRACK_H

#include "block/block.h"
#include "calc/scope.h"
#include "model/edition.h"
#include "model/sheet.h"

/* `count` cells to the right of the first one, or down from it. sheet -1: nowhere. */
struct place {
    int32_t sheet, row, col, count;
    bool across;
};

/* A column of sittings' answers: reached by the participant, or spare. */
struct track_sitting {
    int32_t index; /* in participant->sittings, -1 for a spare one */
    const char *title;
};

/* Where a rating's answers as scored stand: rows of items, from `row`; each respondent's sittings
 * for an ask from `cols[respondent * asks + ask]`. Columns are -1 where there are none. */
struct rating_place {
    int32_t sheet, row, last_row;
    int32_t dimension_col, weight_col;
    const int32_t *cols;
};

/* Where a score's values stand: a row a dimension (one without), each respondent's sittings from
 * `cols[respondent]`; bands `band_step` rows below each value, 0 without bands. */
struct score_place {
    int32_t sheet, row, count;
    int32_t sittings; /* columns a respondent */
    bool windowed;    /* these are the window's sittings, else all */
    int32_t band_step;
    const int32_t *cols;
};

/* Where a log's table stands: its rows of answers. */
struct log_place {
    int32_t sheet, row, last_row, col;
    const char *table;
    const char *const *headers; /* by column, as the table calls them */
};

struct places {
    struct place *slots; /* slot index × (respondents + 1), the first for shared answers */
    struct place *calcs; /* by block index */
    struct rating_place *ratings; /* by block index */
    struct log_place *logs;       /* by block index */
    struct score_place *scores;   /* by score index */
    struct place *profile;        /* by profile index */
    struct place as_of;
};

/* The date that heads a column of sittings. */
struct track_date {
    const struct block *block;
    int32_t respondent;
    struct place place;
};

/* The sittings of a score that its panel and its lines show: `count` of them from the `start`-th, in
 * a row of the hidden sheet (0: not written yet) that holds the start in column A, and their names
 * behind it. */
struct score_window {
    int32_t row, count, start;
};

/* The two views of a rating's items on the hidden sheet, from row `first`. */
struct track_gap {
    const struct block *rating;
    size_t ask[2];
    int32_t respondent[2], first;
};

/* A reference that has its cells on the hidden sheet already. */
struct track_known {
    const struct reference *reference;
    struct place place;
};

struct track {
    struct arena *arena; /* job */
    const struct edition *edition;
    const struct course *course;
    struct scope shown; /* answers as they are shown */
    struct scope scope; /* answers as formulas see them: without dates that cells cannot hold */
    struct workbook *book;
    struct sheet *sheet;        /* the one being filled */
    struct sheet *lists, *work; /* hidden: drop-downs, figures behind formulas and charts */
    const struct block *own;    /* the block that the sheet is made of, or NULL */
    int32_t row;                /* next free row */
    int32_t used_row;           /* last row that anything was written to */
    int32_t list_count, work_rows;
    int32_t quarter_row;    /* on the hidden sheet, 0: not there yet */
    int32_t chart_width_px; /* of the charts of this sheet */
    const char *tick_list;  /* where TRUE and FALSE stand, once they do */
    bool placing;
    struct places places;
    const struct track_sitting *sittings;
    int32_t sitting_count;
    int32_t choice_sittings; /* the first of them that a choice has room for */
    bool *written;           /* by block index: stands on the sheet already, or on an earlier one */
    VEC(struct track_date) dates;
    VEC(struct track_known) known;
    VEC(struct track_gap) gaps;
    struct score_window *windows; /* by score index */
};

enum {
    TRACK_LABEL_WIDTH = 46, /* characters of column A */
    TRACK_CELL_WIDTH = 11,
    TRACK_WIDE_COLS = 9, /* A and those that a long text runs over */
    WINDOW_SITTINGS = 6, /* that a panel shows */
};

/* --- walking */

/* Every block inside `node`, in source order, that the edition shows. */
void track_inside(struct track *track, const struct node *node);
/* One block: its hook, or what is inside it. */
void track_block(struct track *track, const struct block *block);
/* True once for a block; the second time a link to its first place is written instead. */
bool track_begin(struct track *track, const struct block *block);

/* A free row above what comes next, unless there is one. */
void track_space(struct track *track);
/* True if a block's answers are private and this workbook is not one person's own. */
bool track_leaves_out(const struct track *track, const struct block *block);

/* --- words */

const char *track_word(const struct track *track, enum word word);
/* {0} and {1} filled in. */
const char *track_phrase(const struct track *track, enum word word, const char *first,
                         const char *second);
/* "time-and-projects" as people read it: "Time and projects". */
const char *track_dimension(const struct track *track, const char *id);

/* --- cells; nothing is written while placing */

/* Room for `more` cells at once, for sheets so long that growing bit by bit would leave megabytes. */
void track_reserve(struct track *track, size_t more);
void track_text(struct track *track, int32_t row, int32_t col, enum cell_look look,
                const char *text);
void track_number(struct track *track, int32_t row, int32_t col, enum cell_look look,
                  const char *format, double number);
void track_blank(struct track *track, int32_t row, int32_t col, enum cell_look look,
                 const char *format);
/* A date, or as text one that spreadsheets do not know (before March 1900). */
void track_date(struct track *track, int32_t row, int32_t col, enum cell_look look, date_t date);
/* A date that a cell can hold as one. */
static inline bool date_is_serial(date_t date) {
    return date_to_excel(date) > 60; /* there was no 29 February 1900, the day 60 of spreadsheets */
}
/* A formula, without "=", with its value: number, date, yes or no, text, or missing. */
void track_formula(struct track *track, int32_t row, int32_t col, enum cell_look look,
                   const char *format, const char *formula, struct value cached);
/* Yes, no, or blank if it is not known. */
void track_tick(struct track *track, int32_t row, int32_t col, enum cell_look look,
                struct value value);
/* A value that no formula stands behind. */
void track_static(struct track *track, int32_t row, int32_t col, enum cell_look look,
                  const char *format, struct value value);
/* One on the hidden sheet whose value is #N/A. */
void track_formula_na(struct track *track, int32_t row, int32_t col, const char *formula);
void track_link(struct track *track, int32_t row, int32_t col, const char *text, int32_t sheet);
/* An answer as its slot's type is shown. */
void track_answer(struct track *track, int32_t row, int32_t col, const struct slot *slot,
                  struct value value);
void track_merge(struct track *track, struct area area);
/* Text over A and the columns beside it, in the next row. */
void track_wide(struct track *track, enum cell_look look, const char *text);
/* Title and prompt of a block. */
void track_heading(struct track *track, const struct block *block, enum cell_look look);
/* At least so wide. */
void track_width(struct track *track, int32_t col, double chars);
void track_height(struct track *track, int32_t row, double points);
const char *track_date_format(const struct track *track);

/* --- what may be typed */

/* A rule to fill in further, or one that goes nowhere while placing. */
struct rule *track_rule(struct track *track, struct area area, enum rule_kind kind,
                        const char *title, const char *message);
void track_date_rule(struct track *track, struct area area, const char *title);
/* By the slot's type; `title` is shown on entering. */
void track_slot_rule(struct track *track, struct area area, const struct slot *slot,
                     const char *title);
void track_paint(struct track *track, struct area area, enum paint_kind kind, double low,
                 double high);
/* Painted where the formula holds for the area's first cell, relative to it for the others. */
void track_paint_if(struct track *track, struct area area, enum paint_kind kind,
                    const char *formula);

/* A line in a cell, of the figures in a row. */
void track_spark(struct track *track, int32_t row, int32_t col, struct area values, double low,
                 double high);

/* --- places */

static inline struct area area_cell(int32_t row, int32_t col) {
    return (struct area){row, col, row, col};
}
struct area place_area(struct place place);
/* Notes where a slot's answers stand: `respondent` RESPONDENT_NONE for one that is shared. */
void track_place(struct track *track, const struct slot *slot, int32_t respondent, int32_t row,
                 int32_t col, int32_t count, bool across);
/* The place of a slot's answer, sheet -1 if the workbook does not hold it. */
struct place track_find(const struct track *track, const struct slot *slot, int32_t respondent);
/* "$B$7:$F$7", with the sheet's name if it is not the one being filled. */
void track_print_area(const struct track *track, struct buf *out, int32_t sheet, struct area area);

/* --- formulas */

/* A phrase as a formula: {0} is a formula, {1} a text. */
void track_print_phrase(const struct track *track, enum word word, const char *formula,
                        const char *text, struct buf *out);
/* An expression as a formula that reads this workbook; false if something that it reads has no
 * place here. `table` is the name of the table whose row it stands in, or NULL. */
bool track_print_expr(struct track *track, const struct expr *expr, const char *table,
                      struct buf *out);

/* --- answers */

/* What this workbook may show of a respondent's answer (RESPONDENT_NONE: anybody's) in the k-th
 * column of sittings; sitting -1: the latest. */
struct value track_value(const struct track *track, const struct slot *slot, int32_t respondent,
                         int32_t sitting, int32_t row);
/* Those who answer a block, as far as this workbook goes: a mask. */
uint32_t track_respondents(const struct track *track, const struct block *block);

/* --- columns of sittings */

/* How many sittings a block of theirs has columns for. */
static inline int32_t track_sittings_of(const struct track *track, const struct block *block) {
    return block->scale ? track->sitting_count : track->choice_sittings;
}

/* Heads for a group of columns an answering respondent and ask: who, which sitting, which date. A
 * head takes three rows. `cols[respondent * asks + ask]` says where each begins. */
const int32_t *track_columns(struct track *track, const struct block *block, int32_t first_col);
/* What stands at the k-th sitting of a row of dates. */
struct value track_date_value(const struct track *track, const struct track_date *date, int32_t k);
void track_sitting_heads(struct track *track, const struct block *block, const int32_t *cols,
                         bool with_dates);

#endif
