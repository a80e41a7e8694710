/* Blocks: fenced divs (and task lists with an id) after check understood them.
 *
 * One flat record for all kinds: a block's file in block/ says which members it fills. */
#ifndef TANDEM_MODEL_BLOCK_H
#define TANDEM_MODEL_BLOCK_H

#include "model/document.h"
#include "model/slot.h"

struct block_type; /* block/block.h */
struct expr;       /* calc/expr.h */

/* An item of a rating or checklist. */
struct item {
    const char *id;
    const char *name;  /* block.item */
    const char *label; /* plain text */
    const struct node *node;
    const char *dimension; /* or NULL */
    bool reverse;
    double weight; /* 1 unless given */
    bool ticked;   /* a task list's [x] */
    struct span at;
};

struct ask {
    const char *id, *label;
    struct span at;
};

enum column_total { TOTAL_NONE, TOTAL_SUM, TOTAL_MEAN, TOTAL_COUNT, TOTAL_MIN, TOTAL_MAX };

struct column {
    const char *id;
    const char *name; /* log.column */
    const char *label;
    const struct node *node; /* the header cell */
    enum slot_type type;
    const struct option *options;
    size_t option_count;
    int32_t width; /* relative weight as written, 0 if not */
    enum column_total total;
    const struct expr *calc;  /* or NULL */
    const struct block *ref;  /* SLOT_REF */
    const struct column *due; /* of a date: the tick that says it is done; or NULL */
    const struct slot *slot;
    struct span at;
};

/* What .advice says about an item of its rating. */
struct advice {
    size_t item; /* in rating->items */
    const struct node *node;
};

enum chart_kind { CHART_NONE, CHART_GAUGE, CHART_BARS, CHART_RADAR, CHART_TREND };
enum period_unit { EVERY_NONE, EVERY_DAY, EVERY_WEEK, EVERY_MONTH, EVERY_QUARTER, EVERY_YEAR };

struct block {
    const struct block_type *type;
    const char *id; /* NULL where the kind needs none */
    const struct node *node;
    struct span at;
    const struct module *module;
    struct block *parent; /* enclosing block, or NULL */
    size_t index;         /* in course->blocks */

    /* Every answerable block. */
    const char *title; /* or NULL */
    const char
        *label; /* the prompt as plain text, or the title; never NULL for an answerable one */
    uint32_t shown_to; /* for=: mask; all if not given */
    uint32_t by;       /* who answers: mask */
    bool own;          /* by= was given or the kind implies it */
    bool required, is_private;
    bool facilitator; /* inside .facilitator */

    /* Children of `node` in three parts; NULL where empty. */
    const struct node *prompt, *prompt_end; /* [prompt, prompt_end) come before the body */
    const struct node *body;                /* list, table */
    const struct node *note;                /* what follows the body */

    /* rating, checklist */
    struct item *items;
    size_t item_count;
    const struct scale *scale;
    struct ask *asks; /* none: count 0, answers have no ask part */
    size_t ask_count;
    /* choice */
    const struct option *options;
    size_t option_count;
    bool many;
    /* field, write */
    enum slot_type field_type;
    int32_t lines;
    /* log */
    struct column *columns;
    size_t column_count;
    int32_t rows;
    enum period_unit every;
    date_t from; /* first dated row, DATE_NONE if not dated */
    /* repeat: every, from, and rows, how many periods there are */
    /* calc */
    const struct expr *expr;
    enum value_unit format;
    bool format_given;
    int32_t decimals; /* -1: by the format */
    /* score */
    const struct score *score;
    enum chart_kind chart;
    /* gap */
    const struct block *rating;
    const char *between_asks[2]; /* NULL: between respondents 0 and 1 */
    int32_t top;                 /* 0: all */
    /* advice, beside rating, between_asks and top */
    struct advice *advices;
    size_t advice_count;
    bool by_gap;     /* the widest gaps; else the lowest answers */
    const char *ask; /* lowest of this ask; NULL if the rating has none */
    /* rows, beside top */
    const struct block *log;
    const struct expr *where;          /* over the columns of a row; NULL: all rows */
    const struct column *const *shown; /* of the log */
    size_t shown_count;
    const struct column *sort; /* or NULL: the log's own order */
    bool descending;
    /* distribution, beside score and chart */
    int32_t view;      /* whose results; RESPONDENT_NONE: the score's, or each one's */
    int32_t sitting;   /* in course->sittings, or by number; -1: all */
    int32_t dimension; /* -1: the whole, or all of a score by dimension */
    bool moved;        /* how results moved, instead of what they are */
    /* use */
    const struct block *used; /* printed here again */
    /* when, otherwise */
    const struct expr *condition;
    const char *band;         /* is= */
    const struct block *when; /* otherwise: the block it answers to */

    struct slot *const *slots; /* in item × ask order; a log's in column order */
    size_t slot_count;
};

/* The first day of a dated log's period, counted from 0. */
date_t block_period_start(const struct block *block, int32_t index);

#endif
