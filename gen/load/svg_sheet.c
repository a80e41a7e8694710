/* Style sheets: rules of elements, classes and ids. */
#include "load/svg.h"

#include <stdlib.h>

static void warn_rule(struct svg_reading *reading, const struct svg_element *at, const char *text,
                      size_t length) {
    while (length && strchr(" \t\r\n", text[length - 1]))
        length--;
    svg_warn(reading, at, DIAG_IMAGE_SVG_VALUE,
             arena_printf(reading->arena, "the style rule '%.*s'", (int)(length < 60 ? length : 60),
                          text),
             "write rules of one element, .class or #id");
}

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || (unsigned char)c >= 128;
}

/* One selector: element, .class, #id or these joined; false if it is anything else. */
static bool parse_selector(struct svg_reading *reading, const char *text, size_t length,
                           struct svg_rule *rule) {
    const char *end = text + length;
    while (text < end && strchr(" \t\r\n", *text))
        text++;
    while (end > text && strchr(" \t\r\n", end[-1]))
        end--;
    if (text == end)
        return false;
    if (*text == '*')
        text++;
    while (text < end) {
        char kind = *text == '.' || *text == '#' ? *text++ : 0;
        const char *start = text;
        while (text < end && is_name_byte(*text))
            text++;
        const char **into = kind == '.' ? &rule->class_name : kind ? &rule->id : &rule->element;
        if (text == start || *into)
            return false;
        *into = arena_strndup(reading->arena, start, (size_t)(text - start));
        rule->weight += kind == '.' ? 10 : kind ? 100 : 1;
    }
    return true;
}

static void read_rule(struct svg_reading *reading, const struct svg_element *at, const char *text,
                      size_t length, const char *declarations) {
    struct svg_values *values = ARENA_NEW(reading->arena, struct svg_values);
    svg_note_declarations(reading, values, declarations);
    for (const char *end = text + length; text < end;) {
        const char *comma = memchr(text, ',', (size_t)(end - text));
        size_t size = (size_t)((comma ? comma : end) - text);
        struct svg_rule rule = {.values = values, .order = (int32_t)reading->rules.count};
        if (!parse_selector(reading, text, size, &rule))
            warn_rule(reading, at, text, size);
        else if (reading->rules.count < SVG_RULES_LIMIT)
            VEC_PUSH(reading->arena, &reading->rules, rule);
        else
            svg_fail(reading, at, DIAG_IMAGE_SVG_LIMIT,
                     arena_printf(reading->arena, "%d style rules", SVG_RULES_LIMIT), NULL);
        text += size + (comma != NULL);
    }
}

/* Past an at-rule: to its ';', or the end of its braces. */
static const char *skip_at_rule(const char *text) {
    int depth = 0;
    for (; *text; text++) {
        if (*text == '{')
            depth++;
        else if ((*text == '}' && --depth <= 0) || (*text == ';' && !depth))
            return text + 1;
    }
    return text;
}

static const char *without_comments(struct arena *arena, const char *text) {
    char *out = arena_alloc(arena, strlen(text) + 1);
    size_t length = 0;
    while (*text) {
        if (text[0] == '/' && text[1] == '*') {
            const char *end = strstr(text + 2, "*/");
            text = end ? end + 2 : text + strlen(text);
        } else {
            out[length++] = *text++;
        }
    }
    return out;
}

static void read_sheet(struct svg_reading *reading, const struct svg_element *at,
                       const char *text) {
    text = without_comments(reading->arena, text);
    while (*(text += strspn(text, " \t\r\n")) && !reading->failed) {
        if (*text == '@') {
            warn_rule(reading, at, text, strcspn(text, "{;"));
            text = skip_at_rule(text);
            continue;
        }
        const char *open = strchr(text, '{'), *close = open ? strchr(open, '}') : NULL;
        if (!close) {
            warn_rule(reading, at, text, strlen(text));
            return;
        }
        read_rule(reading, at, text, (size_t)(open - text),
                  arena_strndup(reading->arena, open + 1, (size_t)(close - open) - 1));
        text = close + 1;
    }
}

static void find_sheets(struct svg_reading *reading, const struct svg_element *element) {
    if (strcmp(element->name, "style") == 0) {
        for (const struct svg_element *text = element->first; text; text = text->next)
            if (text->text)
                read_sheet(reading, element, text->text);
        return;
    }
    for (const struct svg_element *child = element->first; child; child = child->next)
        find_sheets(reading, child);
}

static int compare_rules(const void *a, const void *b) {
    const struct svg_rule *x = a, *y = b;
    return x->weight != y->weight ? x->weight - y->weight : x->order - y->order;
}

void svg_read_sheets(struct svg_reading *reading) {
    find_sheets(reading, reading->root);
    if (reading->rules.count)
        qsort(reading->rules.at, reading->rules.count, sizeof *reading->rules.at, compare_rules);
}
