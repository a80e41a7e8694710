/* Numbers, money and dates as people read them, by the course's language: without the C locale.
 *
 * Stage: any that shows values. Owner of texts: the caller's arena. Errors: none; a language that
 * is not known is shown as en-GB, a currency that is not known by its code. */
#ifndef TANDEM_CALC_FORMAT_H
#define TANDEM_CALC_FORMAT_H

#include "base/buf.h"
#include "model/course.h"

/* Half away from zero, decided on 15 significant digits, as spreadsheets show: 2.675 to 2 decimals
 * is 2.68, 1.005 is 1.01. NaN and infinities come back as they are. `decimals` may be negative. */
double number_round(double number, int decimals);
/* How many decimals it takes to show a number, `most` at most. */
int number_decimals(double number, int most);

/* How a language writes numbers. Spaces are no-break ones. */
struct number_style {
    const char *group, *point;
    const char *before_percent;  /* "" or a space */
    bool currency_first;         /* "£1", else "1 €" */
    const char *before_currency; /* the space in "1 €" */
};
const struct number_style *number_style_find(const char *language);

/* "1,234.50", "£1,234.50", "8 %" ("8%" in English), "7 September 2026" (dates by language, in
 * full), yes/no; lists joined by commas; the missing dash for a missing value. A minus is U+2212.
 * decimals -1: as many as needed up to 2 for plain numbers; 2 for money unless whole; 1 for percent
 * unless whole. */
char *value_format(struct arena *arena, const struct course *course, struct value value,
                   int32_t decimals);
/* "7 Sep 2026" or numeric by language, for tables. */
char *date_format_short(struct arena *arena, const struct course *course, date_t date);
/* "7 September 2026". */
char *date_format_long(struct arena *arena, const struct course *course, date_t date);
/* How a language writes dates. */
struct date_style {
    const char *language;
    bool month_first;
    const char *after_day;      /* "." in German */
    const char *first_of_month; /* "1er" in French, else NULL */
    const char *numeric;        /* separator of the short form, NULL: month in letters */
    const char *const *months;
};
const struct date_style *date_style_find(const char *language);
/* True where people write the month before the day. */
bool date_is_month_first(const struct course *course);
/* The symbol of a currency code: "£" for GBP; the code itself if it has none here. */
const char *currency_symbol(const char *currency);
/* A spreadsheet number format for a unit: "#,##0.00", "[$£-809]#,##0.00", "0.0%", "d mmm yyyy".
 * decimals -1: "General" for plain numbers, 2 for money, 1 for percent. */
const char *number_format_excel(struct arena *arena, const struct course *course,
                                enum slot_type type, int32_t decimals);

#endif
