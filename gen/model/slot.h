/* Answer slots: every place of a course that can hold an answer, declared once by its block.
 *
 * The printed box, the form field, the spreadsheet cell with its validation, the reader of answers
 * and the collector all derive from the slot, so that they cannot disagree. */
#ifndef TANDEM_MODEL_SLOT_H
#define TANDEM_MODEL_SLOT_H

#include "base/diag.h"
#include "model/value.h"

#include <stdint.h>

enum slot_type {
    SLOT_POINT,   /* a point of a scale: number */
    SLOT_CHOICE,  /* one option */
    SLOT_CHOICES, /* several options: list */
    SLOT_CHECK,   /* done or not: bool, or the date it was done */
    SLOT_PROSE,   /* several lines of text */
    SLOT_TEXT,    /* one line */
    SLOT_DATE,
    SLOT_NUMBER,
    SLOT_MONEY,
    SLOT_PERCENT, /* typed 8, means 0.08 */
    SLOT_EMAIL,
    SLOT_REF, /* a row of another log, by its first column's text */
};

struct option {
    const char *id;
    const char *label;       /* plain text */
    const struct node *node; /* the item in the source, or NULL for a log's option list */
    struct span at;
};

struct slot {
    uint32_t index;    /* in course->slots */
    const char *name;  /* block, block.item, block.item.ask, log.column: unique in a course */
    const char *label; /* the question as plain text */
    enum slot_type type;
    const struct block *block;
    const struct item *item;     /* rating and checklist, else NULL */
    const struct column *column; /* log, else NULL */
    const char *ask;             /* id, or NULL */
    const struct scale *scale;   /* SLOT_POINT */
    const struct option *options;
    size_t option_count;
    uint32_t respondents; /* bit r: respondent r may answer */
    bool own;             /* each respondent has an answer of their own; else the pair shares one */
    bool by_sitting;      /* one answer a sitting; else the latest counts */
    bool rows;            /* a log's column: one answer a row */
    bool required, is_private;
    bool computed;              /* a log's calc column: never answered */
    int32_t most;               /* characters that a text may have; 0: no limit */
    const struct block *repeat; /* inside a .repeat: one answer a period, in its row; or NULL */
};

/* "SLOT_MONEY" as authors write it: "money". */
const char *slot_type_name(enum slot_type type);
/* From an author's word (text date number money percent email check choice ref); false if unknown.
 */
bool slot_type_parse(const char *word, enum slot_type *type);

#endif
