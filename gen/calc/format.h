/* Numbers as people read them: rounding and formatting by language, without the C locale. */
#ifndef TANDEM_CALC_FORMAT_H
#define TANDEM_CALC_FORMAT_H

#include "base/buf.h"
#include "model/course.h"

/* Half away from zero, decided on 15 significant digits, as spreadsheets show: 2.675 to 2 decimals
 * is 2.68, 1.005 is 1.01. NaN and infinities come back as they are. */
double number_round(double number, int decimals);

/* "1,234.50", "£1,234.50", "8 %" ("8%" in English), "7 September 2026" (dates by language, in
 * full), yes/no; lists joined by commas; the missing dash for a missing value.
 * decimals -1: as many as needed up to 2 for plain numbers; 2 for money unless whole; 1 for percent
 * unless whole. */
char *value_format(struct arena *arena, const struct course *course, struct value value,
                   int32_t decimals);
/* "7 Sep 2026" or numeric by language, for tables. */
char *date_format_short(struct arena *arena, const struct course *course, date_t date);
char *date_format_long(struct arena *arena, const struct course *course, date_t date);
/* The symbol and its side: "£1" or "1 €". */
const char *currency_symbol(const char *currency);
/* A spreadsheet number format for a unit: "#,##0.00", "[$£-809]#,##0.00", "0.0%", "d mmm yyyy". */
const char *number_format_excel(struct arena *arena, const struct course *course,
                                enum slot_type type, int32_t decimals);

#endif
