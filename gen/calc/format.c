#include "calc/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_BREAK "\xC2\xA0"
#define NARROW "\xE2\x80\xAF" /* U+202F, as French sets it (CLDR) */
#define MINUS "\xE2\x88\x92"
#define DASH "\xE2\x80\x94"

/* --- rounding --- */

/* 15 significant digits of |number| and the power of ten of the first one. */
static int number_digits(double number, char digits[16]) {
    char text[40];
    snprintf(text, sizeof text, "%.14e", fabs(number));
    digits[0] = text[0];
    memcpy(digits + 1, text + 2, 14);
    digits[15] = 0;
    return atoi(text + 17);
}

double number_round(double number, int decimals) {
    if (!isfinite(number) || number == 0)
        return number;
    char digits[16], text[48];
    int exponent = number_digits(number, digits);
    int kept = decimals > 400 ? 15 : exponent + 1 + decimals; /* significant digits that stay */
    if (kept >= 15) {
        snprintf(text, sizeof text, "%.14e", number);
        double near = strtod(text, NULL);
        return isfinite(near) ? near : number;
    }
    if (kept < 0)
        return 0;
    bool up = digits[kept] >= '5';
    digits[kept] = 0;
    snprintf(text, sizeof text, "%se%d", kept ? digits : "0", -decimals);
    double rounded = strtod(text, NULL);
    if (up) {
        long long last = kept ? atoll(digits) : 0;
        snprintf(text, sizeof text, "%llde%d", last + 1, -decimals);
        rounded = strtod(text, NULL);
    }
    return number < 0 && rounded != 0 ? -rounded : rounded;
}

/* --- languages --- */

static const struct {
    const char *language;
    struct number_style style;
} number_styles[] = {
    {"en", {",", ".", "", true, NO_BREAK}},
    {"de", {".", ",", NO_BREAK, false, NO_BREAK}},
    {"fr", {NARROW, ",", NARROW, false, NARROW}},
};

static bool is_language(const char *language, const char *of) {
    size_t length = strlen(of);
    return language && strncmp(language, of, length) == 0 &&
           (language[length] == 0 || language[length] == '-');
}

const struct number_style *number_style_find(const char *language) {
    for (size_t i = 0; i < sizeof number_styles / sizeof *number_styles; i++)
        if (is_language(language, number_styles[i].language))
            return &number_styles[i].style;
    return &number_styles[0].style;
}

static const struct {
    const char *code, *symbol;
} currencies[] = {{"GBP", "£"}, {"EUR", "€"}, {"USD", "$"}};

const char *currency_symbol(const char *currency) {
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
        if (currency && strcmp(currency, currencies[i].code) == 0)
            return currencies[i].symbol;
    return currency ? currency : "";
}

/* --- numbers --- */

/* Digits of a rounded, non-negative number with its groups. From 1e15 on there are no digits that
 * a double could vouch for, and a power of ten is clearer. */
static void put_grouped(struct buf *out, double number, int decimals, const char *group,
                        const char *point) {
    char text[64];
    if (number >= 1e15) {
        int length = snprintf(text, sizeof text, "%.14g", number);
        buf_put(out, text, (size_t)length);
        return;
    }
    int length = snprintf(text, sizeof text, "%.*f", decimals, number);
    int whole = decimals ? length - decimals - 1 : length;
    for (int i = 0; i < whole; i++) {
        buf_putc(out, text[i]);
        if (i + 1 < whole && (whole - i - 1) % 3 == 0)
            buf_puts(out, group);
    }
    if (decimals) {
        buf_puts(out, point);
        buf_puts(out, text + whole + 1);
    }
}

/* Decimals that `number`, rounded to at most `most`, really has. */
int number_decimals(double number, int most) {
    double rounded = number_round(number, most);
    int decimals = 0;
    while (decimals < most && number_round(number, decimals) != rounded)
        decimals++;
    return decimals;
}

static int decimals_of(double number, enum value_unit unit, int32_t decimals) {
    if (decimals >= 0)
        return decimals > 14 ? 14 : decimals;
    if (unit == UNIT_MONEY)
        return number_decimals(number, 2) ? 2 : 0;
    if (unit == UNIT_PERCENT)
        return number_decimals(number, 1);
    return number_decimals(number, 2);
}

static void put_number(struct buf *out, const struct course *course, double number,
                       enum value_unit unit, int32_t decimals) {
    const struct number_style *style = number_style_find(course->language);
    if (unit == UNIT_PERCENT)
        number = number_round(number * 100, 12);
    int places = decimals_of(number, unit, decimals);
    number = number_round(number, places);
    if (number < 0)
        buf_puts(out, MINUS);
    const char *symbol = unit == UNIT_MONEY ? currency_symbol(course->currency) : "";
    if (*symbol && style->currency_first) {
        buf_puts(out, symbol);
        if (symbol[0] >= 'A' && symbol[0] <= 'Z')
            buf_puts(out, style->before_currency);
    }
    put_grouped(out, fabs(number), places, style->group, style->point);
    if (*symbol && !style->currency_first) {
        buf_puts(out, style->before_currency);
        buf_puts(out, symbol);
    }
    if (unit == UNIT_PERCENT) {
        buf_puts(out, style->before_percent);
        buf_putc(out, '%');
    }
}

static void put_value(struct buf *out, const struct course *course, struct value value,
                      int32_t decimals) {
    const char *word;
    switch (value.kind) {
    case VALUE_NUMBER:
        if (isfinite(value.number))
            put_number(out, course, value.number, value.unit, decimals);
        else
            put_value(out, course, VALUE_NONE, decimals);
        return;
    case VALUE_BOOL:
        word = course->words[value.number != 0 ? WORD_YES : WORD_NO];
        buf_puts(out, word ? word : value.number != 0 ? "yes" : "no");
        return;
    case VALUE_DATE:
        buf_puts(out, date_format_long(out->arena, course, (date_t)value.number));
        return;
    case VALUE_TEXT:
        buf_puts(out, value.text ? value.text : "");
        return;
    case VALUE_LIST:
        for (size_t i = 0, shown = 0; i < value.count; i++)
            if (!value_is_missing(value.items[i])) {
                buf_puts(out, shown++ ? ", " : "");
                put_value(out, course, value.items[i], decimals);
            }
        if (out->len)
            return;
        break;
    case VALUE_MISSING:
        break;
    }
    word = course->words[WORD_MISSING];
    buf_puts(out, word ? word : DASH);
}

char *value_format(struct arena *arena, const struct course *course, struct value value,
                   int32_t decimals) {
    struct buf out;
    buf_init(&out, arena);
    put_value(&out, course, value, decimals);
    return out.data;
}

/* --- spreadsheet formats --- */

static const char *locale_hex(const struct course *course) {
    if (course->language && strcmp(course->language, "en-US") == 0)
        return "409";
    if (is_language(course->language, "de"))
        return "407";
    return is_language(course->language, "fr") ? "40C" : "809";
}

static const char *format_money(struct arena *arena, const struct course *course,
                                const char *digits) {
    const char *symbol = currency_symbol(course->currency);
    if (!*symbol)
        return digits;
    const char *tag = arena_printf(arena, "[$%s-%s]", symbol, locale_hex(course));
    if (!number_style_find(course->language)->currency_first)
        return arena_printf(arena, "%s %s", digits, tag);
    bool code = symbol[0] >= 'A' && symbol[0] <= 'Z';
    return arena_printf(arena, "%s%s%s", tag, code ? " " : "", digits);
}

static const char *format_date(const struct course *course) {
    if (course->language && strcmp(course->language, "en-US") == 0)
        return "mmm d, yyyy";
    if (is_language(course->language, "de"))
        return "dd.mm.yyyy";
    return is_language(course->language, "fr") ? "dd/mm/yyyy" : "d mmm yyyy";
}

const char *number_format_excel(struct arena *arena, const struct course *course,
                                enum slot_type type, int32_t decimals) {
    int32_t places = decimals >= 0          ? decimals
                     : type == SLOT_MONEY   ? 2
                     : type == SLOT_PERCENT ? 1
                                            : 0;
    places = places > 14 ? 14 : places;
    const char *zeros =
        arena_printf(arena, "%s%.*s", places ? "." : "", (int)places, "00000000000000");
    switch (type) {
    case SLOT_DATE:
        return format_date(course);
    case SLOT_MONEY:
        return format_money(arena, course, arena_printf(arena, "#,##0%s", zeros));
    case SLOT_PERCENT:
        return arena_printf(arena, "0%s%%", zeros);
    case SLOT_NUMBER:
        return decimals < 0 ? "General" : arena_printf(arena, "#,##0%s", zeros);
    case SLOT_POINT:
    case SLOT_CHECK:
        return "General";
    default:
        return "@"; /* text, whatever it looks like */
    }
}
