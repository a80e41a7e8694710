/* Dates in words: names of months by language (Unicode CLDR 42, dateFormats long and medium). */
#include "calc/format.h"

#include <stdio.h>
#include <string.h>

static const char *const english[] = {"January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December"};
static const char *const german[] = {"Januar",    "Februar", "März",     "April",
                                     "Mai",       "Juni",    "Juli",     "August",
                                     "September", "Oktober", "November", "Dezember"};
static const char *const french[] = {"janvier",   "février", "mars",     "avril",
                                     "mai",       "juin",    "juillet",  "août",
                                     "septembre", "octobre", "novembre", "décembre"};

/* Both as CLDR has them; Arabic with the names of the Gregorian months used in Egypt and the Gulf. */
static const char *const arabic[] = {"يناير", "فبراير", "مارس",   "أبريل",  "مايو",   "يونيو",
                                     "يوليو", "أغسطس",  "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"};
static const char *const hebrew[] = {"בינואר",  "בפברואר",  "במרץ",    "באפריל",
                                     "במאי",    "ביוני",    "ביולי",   "באוגוסט",
                                     "בספטמבר", "באוקטובר", "בנובמבר", "בדצמבר"};

static const struct date_style date_styles[] = {
    {"en-US", true, "", NULL, NULL, english}, {"en", false, "", NULL, NULL, english},
    {"de", false, ".", NULL, ".", german},    {"fr", false, "", "1er", "/", french},
    {"ar", false, "", NULL, "/", arabic},     {"he", false, "", NULL, ".", hebrew},
};

const struct date_style *date_style_find(const char *language) {
    for (size_t i = 0; language && i < sizeof date_styles / sizeof *date_styles; i++) {
        size_t length = strlen(date_styles[i].language);
        if (strncmp(language, date_styles[i].language, length) == 0 &&
            (language[length] == 0 || language[length] == '-'))
            return &date_styles[i];
    }
    return &date_styles[1];
}

/* `letters` of the month's name, all if 0. */
static char *date_in_words(struct arena *arena, const struct date_style *style, date_t date,
                           int letters) {
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    const char *name = style->months[month - 1];
    const char *shown = letters ? arena_strndup(arena, name, (size_t)letters) : name;
    if (style->month_first)
        return arena_printf(arena, "%s %d, %d", shown, day, year);
    if (day == 1 && style->first_of_month)
        return arena_printf(arena, "%s %s %d", style->first_of_month, shown, year);
    return arena_printf(arena, "%d%s %s %d", day, style->after_day, shown, year);
}

char *date_format_long(struct arena *arena, const struct course *course, date_t date) {
    return date_in_words(arena, date_style_find(course->language), date, 0);
}

char *date_format_short(struct arena *arena, const struct course *course, date_t date) {
    const struct date_style *style = date_style_find(course->language);
    if (!style->numeric)
        return date_in_words(arena, style, date, 3);
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    return arena_printf(arena, "%02d%s%02d%s%04d", day, style->numeric, month, style->numeric,
                        year);
}

bool date_is_month_first(const struct course *course) {
    return date_style_find(course->language)->month_first;
}
