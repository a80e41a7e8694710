#include "base/date.h"

#include <stdio.h>
#include <string.h>

/* Days from civil, Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
date_t date_from_civil(int year, int month, int day) {
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void date_to_civil(date_t date, int *year, int *month, int *day) {
    int days = date + 719468;
    int era = (days >= 0 ? days : days - 146096) / 146097;
    int day_of_era = days - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_index = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * month_index + 2) / 5 + 1;
    *month = month_index < 10 ? month_index + 3 : month_index - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

bool date_is_valid(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    int y, m, d;
    date_to_civil(date_from_civil(year, month, day), &y, &m, &d);
    return y == year && m == month && d == day;
}

static bool digits(const char *text, int count, int *number) {
    *number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

bool date_is_written(const char *text) {
    int number;
    return strlen(text) == 10 && text[4] == '-' && text[7] == '-' && digits(text, 4, &number) &&
           digits(text + 5, 2, &number) && digits(text + 8, 2, &number);
}

date_t date_parse_iso(const char *text, size_t length) {
    int year, month, day;
    if (length != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &year) ||
        !digits(text + 5, 2, &month) || !digits(text + 8, 2, &day) ||
        !date_is_valid(year, month, day))
        return DATE_NONE;
    return date_from_civil(year, month, day);
}

void date_format_iso(date_t date, char out[16]) {
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    snprintf(out, 16, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
             (unsigned)day % 100);
}

double date_to_excel(date_t date) { return date + 25569.0; }

date_t date_add_months(date_t date, int months) {
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    int place = year * 12 + month - 1 + months;
    year = place / 12;
    month = place % 12 + 1;
    while (!date_is_valid(year, month, day))
        day--;
    return date_from_civil(year, month, day);
}
