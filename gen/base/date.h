/* Civil dates in the proleptic Gregorian calendar, without time zones or the C library's clock. */
#ifndef TANDEM_BASE_DATE_H
#define TANDEM_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A date is the count of days since 1970-01-01. */
typedef int32_t date_t;
#define DATE_NONE INT32_MIN

date_t date_from_civil(int year, int month, int day);
void date_to_civil(date_t date, int *year, int *month, int *day);
bool date_is_valid(int year, int month, int day);
/* The same day some months on, or the month's last day if it has no such day. */
date_t date_add_months(date_t date, int months);
/* Reads YYYY-MM-DD and nothing else; DATE_NONE if it is not that or no such day exists. */
date_t date_parse_iso(const char *text, size_t length);
/* True for 2026-02-30 too: written as a date, whether or not the calendar has it. */
bool date_is_written(const char *text);
/* Writes YYYY-MM-DD and a NUL. */
void date_format_iso(date_t date, char out[16]);
/* Serial number of a spreadsheet's 1900 date system (1900-03-01 is 61). */
double date_to_excel(date_t date);

#endif
