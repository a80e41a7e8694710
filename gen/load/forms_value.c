/* Cells of forms as values: days, figures, ticks, several options in one cell. */
#include "load/forms.h"

#include "calc/format.h"

#include <stdlib.h>

/* ---- days ---- */

static int month_named(const char *word, size_t length) {
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    for (int m = 0; length >= 3 && m < 12; m++) {
        bool same = true;
        for (int i = 0; i < 3; i++)
            same = same && (word[i] | 32) == months[m][i];
        if (same)
            return m + 1;
    }
    return 0;
}

/* Up to three parts of digits or one month's name among them, parted by - / . or spaces. */
static int read_parts(const char *text, int part[3], int digits[3], int *named) {
    int count = 0;
    *named = -1;
    while (count < 3 && *text) {
        text += strspn(text, " ");
        size_t length = strspn(text, "0123456789");
        if (length > 4)
            return 0;
        if (length) {
            part[count] = atoi(text);
            digits[count] = (int)length;
        } else {
            while ((text[length] | 32) >= 'a' && (text[length] | 32) <= 'z')
                length++;
            part[count] = month_named(text, length);
            if (!part[count] || *named >= 0)
                return 0;
            *named = count;
            digits[count] = 2;
        }
        count++;
        text += length;
        if (count < 3)
            text += strspn(text, "-/., ");
    }
    /* A time may follow, and where it was taken. */
    return *text == 0 || *text == ' ' || *text == 'T' || *text == ',' ? count : 0;
}

date_t form_date(const char *text, bool month_first) {
    int part[3], digits[3], named;
    if (read_parts(text, part, digits, &named) != 3)
        return DATE_NONE;
    int year, month, day;
    if (digits[0] == 4) {
        year = part[0];
        month = part[1];
        day = part[2];
    } else {
        bool first = named >= 0 ? named == 0 : month_first;
        year = part[2] + (digits[2] == 2 ? 2000 : 0);
        month = part[first ? 0 : 1];
        day = part[first ? 1 : 0];
        if (digits[2] != 4 && digits[2] != 2)
            return DATE_NONE;
    }
    return date_is_valid(year, month, day) ? date_from_civil(year, month, day) : DATE_NONE;
}

/* ---- figures ---- */

/* "1.234,5" and "1,234.5" alike: the last mark parts the decimals, unless it can only group. */
static char decimal_mark(const char *text, char usual) {
    const char *comma = strrchr(text, ','), *point = strrchr(text, '.');
    if (comma && point)
        return comma > point ? ',' : '.';
    const char *mark = comma ? comma : point;
    if (!mark)
        return usual;
    bool several = strchr(text, *mark) != mark;
    bool groups = several || (*mark != usual && strspn(mark + 1, "0123456789") == 3 && !mark[4] &&
                              mark > text && mark - text <= 4);
    return groups ? (*mark == ',' ? '.' : ',') : *mark;
}

static const char *clean_number(struct reader *reader, const struct course *course,
                                const char *text) {
    char mark = decimal_mark(text, number_style_find(course->language)->point[0]);
    const char *symbol = course->currency ? currency_symbol(course->currency) : "";
    char *out = arena_alloc(reader->arena, strlen(text) + 1);
    size_t length = 0;
    while (*text) {
        size_t skip = 0;
        if (*symbol && strncmp(text, symbol, strlen(symbol)) == 0)
            skip = strlen(symbol);
        else if (course->currency && strncmp(text, course->currency, strlen(course->currency)) == 0)
            skip = strlen(course->currency);
        else if (strncmp(text, "\u00a0", 2) == 0)
            skip = 2;
        else if (strncmp(text, "\u202f", 3) == 0)
            skip = 3;
        else if (*text == ' ' || *text == '\'' || ((*text == ',' || *text == '.') && *text != mark))
            skip = 1;
        if (!skip)
            out[length++] = *text == mark ? '.' : *text;
        text += skip ? skip : 1;
    }
    out[length] = 0;
    return out;
}

/* ---- ticks and options ---- */

static const char *tick(const char *text) {
    static const char *const yes[] = {"true",    "yes", "x",   "1", "on",
                                      "checked", "ja",  "oui", "✓", "☑"};
    static const char *const no[] = {"false", "no", "0", "off", "unchecked", "nein", "non", "☐"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (same_words(text, yes[i]))
            return "true";
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (same_words(text, no[i]))
            return "false";
    return text;
}

/* The longest option that the text begins with, followed by its end or what parts options. */
static size_t option_length(struct reader *reader, const struct slot *slot, const char *text) {
    size_t best = 0;
    for (size_t i = 0; i < slot->option_count; i++) {
        const char *names[] = {slot->options[i].label, slot->options[i].id};
        for (size_t n = 0; n < 2; n++) {
            size_t length = strlen(names[n]);
            bool ends = length <= strlen(text) && (!text[length] || strchr(",;\n", text[length]));
            if (ends && length > best &&
                same_words(arena_strndup(reader->arena, text, length), names[n]))
                best = length;
        }
    }
    return best;
}

/* Several options in a cell, parted by commas, semicolons or line breaks; labels may hold these. */
static void split_options(struct reader *reader, const struct slot *slot, const char *text,
                          struct yaml *value) {
    VEC(struct yaml) items = {0};
    while (*(text += strspn(text, " ,;\n"))) {
        size_t length = option_length(reader, slot, text);
        if (!length)
            length = strcspn(text, ",;\n");
        struct yaml *item = VEC_ADD(reader->arena, &items);
        *item = (struct yaml){
            .kind = YAML_TEXT, .at = value->at, .text = arena_strndup(reader->arena, text, length)};
        text += length;
    }
    value->kind = items.count ? YAML_LIST : YAML_NULL;
    value->items = items.at;
    value->count = items.count;
}

struct yaml form_value(struct reader *reader, const struct course *course, const struct form *form,
                       const struct slot *slot, const struct csv_cell *cell) {
    struct yaml value = {.kind = YAML_TEXT, .at = csv_span(&form->csv, cell), .text = cell->text};
    if (!cell->text[strspn(cell->text, " \n\t")])
        return (struct yaml){.kind = YAML_NULL, .at = value.at};
    date_t date;
    switch (slot->type) {
    case SLOT_CHOICES:
        split_options(reader, slot, cell->text, &value);
        break;
    case SLOT_CHECK:
        value.text = tick(cell->text);
        break;
    case SLOT_NUMBER:
    case SLOT_MONEY:
    case SLOT_PERCENT:
        value.text = clean_number(reader, course, cell->text);
        break;
    case SLOT_DATE:
        date = form_date(cell->text, form->month_first);
        if (date != DATE_NONE) {
            char *iso = arena_alloc(reader->arena, 16);
            date_format_iso(date, iso);
            value.text = iso;
        }
        break;
    default:
        break;
    }
    return value;
}
