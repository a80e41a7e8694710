/* Values: what an answer, a profile field or an expression holds. */
#ifndef TANDEM_MODEL_VALUE_H
#define TANDEM_MODEL_VALUE_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

enum value_kind {
    VALUE_MISSING, /* not answered: makes arithmetic missing, is skipped by aggregates */
    VALUE_NUMBER,
    VALUE_BOOL, /* number is 0 or 1 */
    VALUE_DATE, /* number is a date_t */
    VALUE_TEXT, /* a participant's words, or a label: never markup */
    VALUE_LIST, /* items */
};

/* How a number is shown, carried through arithmetic. */
enum value_unit { UNIT_NONE, UNIT_MONEY, UNIT_PERCENT, UNIT_DAYS };

struct value {
    enum value_kind kind;
    enum value_unit unit;
    double number;
    const char *text; /* VALUE_TEXT; for an option chosen: its id, with `number` its place from 1 */
    const struct value *items;
    size_t count;
};

#define VALUE_NONE ((struct value){.kind = VALUE_MISSING})

static inline struct value value_number(double number) {
    return (struct value){.kind = VALUE_NUMBER, .number = number};
}
static inline struct value value_text(const char *text) {
    return (struct value){.kind = VALUE_TEXT, .text = text};
}
static inline struct value value_bool(bool on) {
    return (struct value){.kind = VALUE_BOOL, .number = on};
}
static inline struct value value_date(date_t date) {
    return (struct value){.kind = VALUE_DATE, .number = date};
}
static inline bool value_is_missing(struct value value) { return value.kind == VALUE_MISSING; }

#endif
