/* Values of answers by the type of their slot. */
#include "load/answers.h"

#include "base/utf8.h"

#include <math.h>

/* Letters alike but for case, and marks alike but for typography, fold to one code. */
static uint32_t fold(uint32_t code) {
    if (code >= 'A' && code <= 'Z')
        return code + 32;
    if ((code >= 0xC0 && code <= 0xDE && code != 0xD7) || (code >= 0x391 && code <= 0x3A9) ||
        (code >= 0x410 && code <= 0x42F))
        return code + 32;
    if (code >= 0x100 && code <= 0x17F && code % 2 == 0 && code != 0x130 && code != 0x138 &&
        (code < 0x139 || code > 0x148) && code != 0x178)
        return code + 1;
    switch (code) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014:
        return '-';
    case 0xA0:
    case 0x202F:
        return ' ';
    default:
        return code;
    }
}

/* Next folded code; runs of hyphens and of spaces count as one. */
static uint32_t next_folded(const char **at, const char *end) {
    uint32_t code = fold(utf8_next(at, end));
    while (*at < end && (code == '-' || code == ' ')) {
        const char *after = *at;
        if (fold(utf8_next(&after, end)) != code)
            break;
        *at = after;
    }
    return code;
}

bool same_words(const char *left, const char *right) {
    const char *left_end = left + strlen(left), *right_end = right + strlen(right);
    for (;;) {
        uint32_t a = next_folded(&left, left_end), b = next_folded(&right, right_end);
        if (a != b)
            return false;
        if (a == 0)
            return true;
    }
}

const char *fold_words(struct arena *arena, const char *text) {
    size_t length = strlen(text);
    char *folded = arena_alloc(arena, length * 2 + 1), *put = folded;
    for (const char *end = text + length; text < end;)
        put += utf8_encode(next_folded(&text, end), put);
    return folded;
}

static bool parse_point(struct reader *reader, const struct slot *slot, const struct yaml *node,
                        struct value *value) {
    const struct scale *scale = slot->scale;
    double number;
    if (node->kind != YAML_TEXT) {
        yaml_report_type(reader, node, "a point of the scale");
        return false;
    }
    if (parse_number(node->text, &number) && number == floor(number) && number >= scale->from &&
        number < scale->from + (double)scale->count) {
        *value = value_number(number);
        return true;
    }
    for (size_t i = 0; i < scale->count; i++) {
        if (same_words(scale->points[i], node->text)) {
            *value = value_number(scale->from + (double)i);
            return true;
        }
    }
    diag_report(reader->diag, DIAG_ANSWER_POINT, node->at, node->text,
                diag_nearest(node->text, scale->points, scale->count),
                arena_printf(reader->arena, "%d", scale->from),
                arena_printf(reader->arena, "%d", scale->from + (int32_t)scale->count - 1),
                diag_list(reader->arena, scale->points, scale->count));
    return false;
}

static bool parse_option(struct reader *reader, const struct slot *slot, const struct yaml *node,
                         struct value *value) {
    if (node->kind != YAML_TEXT) {
        yaml_report_type(reader, node, "one of the options");
        return false;
    }
    struct strings known = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < slot->option_count; i++) {
            const struct option *option = &slot->options[i];
            bool same = pass == 0 ? strcmp(option->id, node->text) == 0
                                  : same_words(option->label, node->text) ||
                                        same_words(option->id, node->text);
            if (same) {
                *value = value_text(option->id);
                value->number = (double)i + 1;
                return true;
            }
            if (pass == 0)
                VEC_PUSH(reader->arena, &known, option->id);
        }
    }
    diag_report(reader->diag, DIAG_ANSWER_OPTION, node->at, node->text,
                diag_nearest(node->text, known.at, known.count),
                diag_list(reader->arena, known.at, known.count));
    return false;
}

static bool parse_options(struct reader *reader, const struct slot *slot, const struct yaml *node,
                          struct value *value) {
    const struct yaml *nodes = node->kind == YAML_LIST ? node->items : node;
    size_t count = node->kind == YAML_LIST ? node->count : 1;
    struct value *items = ARENA_ARRAY(reader->arena, struct value, count);
    size_t kept = 0;
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        if (!parse_option(reader, slot, &nodes[i], &items[kept])) {
            good = false;
            continue;
        }
        bool twice = false;
        for (size_t k = 0; k < kept; k++)
            twice |= strcmp(items[k].text, items[kept].text) == 0;
        if (twice)
            diag_report(reader->diag, DIAG_GIVEN_TWICE, nodes[i].at, "option", nodes[i].text);
        kept += !twice;
    }
    /* In the order of the options, however they were typed. */
    for (size_t i = 1; i < kept; i++) {
        struct value item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].number > item.number; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
    if (kept)
        *value = (struct value){.kind = VALUE_LIST, .items = items, .count = kept};
    return good;
}

static bool parse_check(struct reader *reader, const struct yaml *node, struct value *value) {
    const char *text = node->kind == YAML_TEXT ? node->text : "";
    date_t date = date_parse_iso(text, strlen(text));
    bool yes = same_words(text, "true") || same_words(text, "yes");
    bool no = same_words(text, "false") || same_words(text, "no");
    if (date != DATE_NONE)
        *value = value_date(date);
    else if (yes || no)
        *value = value_bool(yes);
    else if (date_is_written(text))
        diag_report(reader->diag, DIAG_DATE_NONEXISTENT, node->at, text);
    else
        yaml_report_type(reader, node, "true, false or the date it was done");
    return date != DATE_NONE || yes || no;
}

static bool is_email(const char *text) {
    size_t length = strlen(text), local = strcspn(text, "@");
    const char *domain = text + local + 1;
    if (length > 254 || local == 0 || local > 64 || local >= length || strchr(domain, '@'))
        return false;
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at <= 0x20 || *at == 0x7F || strchr("<>()[],;:\\\"", *at))
            return false;
    const char *dot = strrchr(domain, '.');
    return dot && dot > domain && dot[1] && domain[0] != '.' && !strstr(text, "..") &&
           text[local - 1] != '.' && text[0] != '.';
}

static bool parse_email(struct reader *reader, const struct yaml *node, struct value *value) {
    const char *text = yaml_text(reader, node);
    if (!text)
        return false;
    *value = value_text(text);
    if (is_email(text))
        return true;
    diag_report(reader->diag, DIAG_ANSWER_EMAIL, node->at, text);
    return false;
}

/* Typed 8, or 8%, it means 0.08. */
static bool parse_percent(struct reader *reader, const struct yaml *node, struct value *value) {
    double number;
    if (node->kind == YAML_TEXT) {
        size_t length = strlen(node->text);
        while (length && (node->text[length - 1] == '%' || node->text[length - 1] == ' '))
            length--;
        const char *digits = arena_strndup(reader->arena, node->text, length);
        if (parse_number(digits, &number)) {
            *value = value_number(number / 100);
            return true;
        }
    }
    yaml_report_type(reader, node, "a percentage such as 8");
    return false;
}

bool answers_parse_type(struct reader *reader, enum slot_type type, const struct yaml *node,
                        struct value *value) {
    double number;
    date_t date;
    if (node->kind == YAML_NULL)
        return true;
    switch (type) {
    case SLOT_CHECK:
        return parse_check(reader, node, value);
    case SLOT_DATE:
        if (!yaml_date(reader, node, &date))
            return false;
        *value = value_date(date);
        return true;
    case SLOT_NUMBER:
    case SLOT_MONEY:
        if (!yaml_number(reader, node, &number))
            return false;
        *value = value_number(number);
        return true;
    case SLOT_PERCENT:
        return parse_percent(reader, node, value);
    case SLOT_EMAIL:
        return parse_email(reader, node, value);
    default: {
        const char *text = yaml_text(reader, node);
        if (text && *text)
            *value = value_text(text);
        return text != NULL;
    }
    }
}

/* Told of: a text that is longer than its question allows. */
static bool check_length(struct reader *reader, const struct slot *slot, const struct yaml *node,
                         const struct value *value) {
    if (!slot->most || value->kind != VALUE_TEXT)
        return true;
    int32_t count = 0;
    const char *at = value->text;
    for (const char *end = at + strlen(at); at < end; count++)
        utf8_next(&at, end);
    if (count <= slot->most)
        return true;
    diag_report(reader->diag, DIAG_ANSWER_LONG, node->at, arena_printf(reader->arena, "%d", count),
                arena_printf(reader->arena, "%d", slot->most));
    return false;
}

bool answers_parse(struct reader *reader, const struct slot *slot, const struct yaml *node,
                   struct value *value) {
    *value = VALUE_NONE;
    if (node->kind == YAML_NULL)
        return true;
    switch (slot->type) {
    case SLOT_POINT:
        return parse_point(reader, slot, node, value);
    case SLOT_CHOICE:
        return parse_option(reader, slot, node, value);
    case SLOT_CHOICES:
        return parse_options(reader, slot, node, value);
    default:
        return answers_parse_type(reader, slot->type, node, value) &&
               check_length(reader, slot, node, value);
    }
}
