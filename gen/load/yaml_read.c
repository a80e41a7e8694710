/* Typed reading of the YAML tree. */
#include "load/yaml.h"

#include <math.h>
#include <stdlib.h>

const struct yaml *yaml_find(const struct yaml *map, const char *key) {
    for (size_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++)
        if (strcmp(map->pairs[i].key, key) == 0)
            return &map->pairs[i].value;
    return NULL;
}

void yaml_report_type(struct reader *reader, const struct yaml *node, const char *expected) {
    if (node->refused)
        return;
    const char *found = node->kind == YAML_MAP    ? "'key: value' lines"
                        : node->kind == YAML_LIST ? "a list"
                        : node->kind == YAML_NULL ? "nothing"
                                                  : NULL;
    if (!found) {
        size_t length = strcspn(node->text, "\n");
        bool cut = length > 40 || node->text[length];
        length = length > 40 ? 40 : length;
        while (length && (node->text[length] & 0xC0) == 0x80)
            length--;
        found = arena_printf(reader->arena, "'%.*s%s'", (int)length, node->text, cut ? "…" : "");
    }
    diag_report(reader->diag, DIAG_YAML_TYPE, node->at, expected, found);
}

bool yaml_is_map(struct reader *reader, const struct yaml *node, const char *what) {
    if (node->kind == YAML_MAP)
        return true;
    yaml_report_type(reader, node, what);
    return false;
}

bool yaml_is_list(struct reader *reader, const struct yaml *node, const char *what) {
    if (node->kind == YAML_LIST)
        return true;
    yaml_report_type(reader, node, what);
    return false;
}

void yaml_check_keys(struct reader *reader, const struct yaml *map, const char *const *known) {
    size_t count = 0;
    while (known[count])
        count++;
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        bool found = false;
        for (size_t k = 0; k < count && !found; k++)
            found = strcmp(pair->key, known[k]) == 0;
        if (!found)
            diag_report(reader->diag, DIAG_KEY_UNKNOWN, pair->key_at, pair->key,
                        diag_nearest(pair->key, known, count),
                        diag_list(reader->arena, known, count));
    }
}

const char *yaml_text(struct reader *reader, const struct yaml *node) {
    if (node->kind == YAML_TEXT)
        return node->text;
    yaml_report_type(reader, node, "a text");
    return NULL;
}

struct name yaml_name(struct reader *reader, const struct yaml *node) {
    return (struct name){yaml_text(reader, node), node->at};
}

bool yaml_names(struct reader *reader, const struct yaml *node, struct name_list *names) {
    if (node->kind != YAML_LIST) {
        if (node->kind != YAML_TEXT) {
            yaml_report_type(reader, node, "a name or a list of names");
            return false;
        }
        VEC_PUSH(reader->arena, names, ((struct name){node->text, node->at}));
        return true;
    }
    bool good = true;
    for (size_t i = 0; i < node->count; i++) {
        struct name name = yaml_name(reader, &node->items[i]);
        if (name.text)
            VEC_PUSH(reader->arena, names, name);
        else
            good = false;
    }
    return good;
}

bool parse_number(const char *text, double *number) {
    const char *at = text;
    at += *at == '-' || *at == '+';
    size_t whole = strspn(at, "0123456789");
    at += whole;
    size_t fraction = 0;
    if (*at == '.') {
        fraction = strspn(at + 1, "0123456789");
        at += 1 + fraction;
    }
    if (whole + fraction == 0)
        return false;
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '-' || *at == '+';
        size_t exponent = strspn(at, "0123456789");
        if (!exponent)
            return false;
        at += exponent;
    }
    if (*at)
        return false;
    double read = strtod(text, NULL); /* no setlocale: the point is a point */
    if (!isfinite(read))
        return false;
    *number = read;
    return true;
}

bool yaml_number(struct reader *reader, const struct yaml *node, double *number) {
    if (node->kind == YAML_TEXT && parse_number(node->text, number))
        return true;
    yaml_report_type(reader, node, "a number");
    return false;
}

bool yaml_integer(struct reader *reader, const struct yaml *node, int32_t low, int32_t high,
                  int32_t *number) {
    double read;
    if (node->kind == YAML_TEXT && parse_number(node->text, &read) && read == floor(read) &&
        read >= low && read <= high) {
        *number = (int32_t)read;
        return true;
    }
    yaml_report_type(reader, node,
                     arena_printf(reader->arena, "a whole number from %d to %d", low, high));
    return false;
}

bool yaml_bool(struct reader *reader, const struct yaml *node, bool *on) {
    if (node->kind == YAML_TEXT && strcmp(node->text, "true") == 0) {
        *on = true;
        return true;
    }
    if (node->kind == YAML_TEXT && strcmp(node->text, "false") == 0) {
        *on = false;
        return true;
    }
    yaml_report_type(reader, node, "true or false");
    return false;
}

bool yaml_date(struct reader *reader, const struct yaml *node, date_t *date) {
    date_t read = DATE_NONE;
    if (node->kind == YAML_TEXT)
        read = date_parse_iso(node->text, strlen(node->text));
    if (read == DATE_NONE) {
        if (node->kind == YAML_TEXT && date_is_written(node->text))
            diag_report(reader->diag, DIAG_DATE_NONEXISTENT, node->at, node->text);
        else
            yaml_report_type(reader, node, "a date such as 2026-09-01");
        return false;
    }
    *date = read;
    return true;
}

void yaml_read_text(struct reader *reader, const struct yaml *map, const char *key,
                    const char **text) {
    const struct yaml *node = yaml_find(map, key);
    const char *read = node ? yaml_text(reader, node) : NULL;
    if (read)
        *text = read;
}

void yaml_read_name(struct reader *reader, const struct yaml *map, const char *key,
                    struct name *name) {
    const struct yaml *node = yaml_find(map, key);
    struct name read = node ? yaml_name(reader, node) : (struct name){0};
    if (read.text)
        *name = read;
}

void yaml_read_bool(struct reader *reader, const struct yaml *map, const char *key, bool *on) {
    const struct yaml *node = yaml_find(map, key);
    if (node)
        yaml_bool(reader, node, on);
}

void yaml_read_date(struct reader *reader, const struct yaml *map, const char *key, date_t *date) {
    const struct yaml *node = yaml_find(map, key);
    if (node)
        yaml_date(reader, node, date);
}

void yaml_read_integer(struct reader *reader, const struct yaml *map, const char *key, int32_t low,
                       int32_t high, int32_t *number) {
    const struct yaml *node = yaml_find(map, key);
    if (node)
        yaml_integer(reader, node, low, high, number);
}

bool id_is_valid(const char *id) {
    size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return length > 0 && length <= 64 && !id[length] && id[0] >= 'a' && id[0] <= 'z';
}

const char *id_propose(struct arena *arena, const char *text) {
    char *id = arena_alloc(arena, 66);
    size_t length = 0;
    for (const char *at = text; *at && length < 40; at++) {
        char c = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (letter || (digit && length))
            id[length++] = c;
        else if (length && id[length - 1] != '-' && (unsigned char)c < 0x80)
            id[length++] = '-';
    }
    while (length && id[length - 1] == '-')
        id[--length] = 0;
    return length ? id : "name";
}

bool id_check(struct reader *reader, const char *id, struct span at) {
    if (id_is_valid(id))
        return true;
    diag_report(reader->diag, DIAG_ID_MALFORMED, at, id, id_propose(reader->arena, id));
    return false;
}
