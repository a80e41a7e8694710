#include "load/attributes.h"

#include "base/vec.h"

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static bool is_key_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_key(char c) {
    return is_key_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

static size_t skip_key(const char *text, size_t at, size_t size) {
    while (at < size && is_key(text[at]))
        at++;
    return at;
}

size_t attributes_scan(const char *text, size_t size) {
    char quote = 0;
    for (size_t i = 1; size && text[0] == '{' && i < size; i++) {
        char c = text[i];
        if (quote && c == '\\' && i + 1 < size)
            i++;
        else if (quote)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && text[i - 1] == '=')
            quote = c;
        else if (c == '}')
            return i + 1;
        else if (c == '{')
            return 0;
    }
    return 0;
}

bool attributes_are_meant(const char *text, size_t size) {
    size_t at = 1;
    while (at < size && is_space(text[at]))
        at++;
    if (size < 2 || text[0] != '{' || at >= size)
        return false;
    if (text[at] == '#' || text[at] == '.')
        return at + 1 < size && is_key_start(text[at + 1]);
    if (!is_key_start(text[at]))
        return false;
    at = skip_key(text, at, size);
    return at < size && text[at] == '=';
}

struct parser {
    struct arena *arena;
    struct diag *diag;
    const char *text;
    size_t at, end; /* end: the closing brace */
    struct place_finder places;
    struct attributes *made;
    struct strings classes;
    VEC(struct span) class_at;
    VEC(struct attribute) items;
};

static struct span place(const struct parser *parser, size_t from, size_t to) {
    return parser->places.find(parser->places.context, from, to > from ? to - from : 1);
}

static const char *piece(const struct parser *parser, size_t from, size_t to) {
    return arena_strndup(parser->arena, parser->text + from, to - from);
}

/* A bare value ends at a space; a quoted one at its quote, with \" and \\ inside. */
static bool read_value(struct parser *parser, struct attribute *item) {
    size_t from = parser->at;
    char quote = from < parser->end ? parser->text[from] : 0;
    if (quote != '"' && quote != '\'') {
        while (parser->at < parser->end && !is_space(parser->text[parser->at]))
            parser->at++;
        item->value = piece(parser, from, parser->at);
        item->value_at = place(parser, from, parser->at);
        return parser->at > from;
    }
    char *value = arena_alloc(parser->arena, parser->end - from + 1), *put = value;
    parser->at++;
    for (; parser->at < parser->end && parser->text[parser->at] != quote; parser->at++) {
        char c = parser->text[parser->at];
        char next = parser->at + 1 < parser->end ? parser->text[parser->at + 1] : 0;
        if (c == '\\' && (next == quote || next == '\\'))
            c = parser->text[++parser->at];
        *put++ = c == '\n' ? ' ' : c;
    }
    bool closed = parser->at < parser->end;
    item->value = value;
    item->value_at = place(parser, from + 1, parser->at);
    parser->at += closed;
    return closed && (parser->at == parser->end || is_space(parser->text[parser->at]));
}

static bool read_pair(struct parser *parser) {
    size_t from = parser->at;
    parser->at = skip_key(parser->text, from, parser->end);
    struct attribute item = {.key = piece(parser, from, parser->at),
                             .value = "",
                             .key_at = place(parser, from, parser->at)};
    item.value_at = item.key_at;
    bool good = parser->at == parser->end || is_space(parser->text[parser->at]);
    if (parser->at < parser->end && parser->text[parser->at] == '=') {
        parser->at++;
        good = read_value(parser, &item);
    }
    if (good)
        VEC_PUSH(parser->arena, &parser->items, item);
    return good;
}

static bool read_one(struct parser *parser) {
    size_t from = parser->at;
    char c = parser->text[from];
    if (c != '#' && c != '.')
        return is_key_start(c) && read_pair(parser);
    while (parser->at < parser->end && !is_space(parser->text[parser->at]))
        parser->at++;
    const char *name = piece(parser, from + 1, parser->at);
    struct span at = place(parser, from, parser->at);
    if (!*name || strcspn(name, "#{}\"'=") != strlen(name) || (c == '.' && strchr(name, '.')))
        return false;
    if (c == '.') {
        VEC_PUSH(parser->arena, &parser->classes, name);
        VEC_PUSH(parser->arena, &parser->class_at, at);
        return true;
    }
    if (parser->made->id)
        diag_report(parser->diag, DIAG_ATTRIBUTE_TWO_IDS, at, name, parser->made->id);
    parser->made->id = name;
    parser->made->id_at = at;
    return true;
}

const struct attributes *attributes_parse(struct arena *arena, struct diag *diag, const char *text,
                                          size_t size, struct place_finder places) {
    struct parser parser = {
        .arena = arena, .diag = diag, .text = text, .at = 1, .end = size - 1, .places = places};
    parser.made = ARENA_NEW(arena, struct attributes);
    parser.made->at = place(&parser, 0, size);
    while (parser.at < parser.end) {
        if (is_space(text[parser.at])) {
            parser.at++;
            continue;
        }
        size_t from = parser.at;
        if (read_one(&parser))
            continue;
        while (parser.at < parser.end && !is_space(text[parser.at]))
            parser.at++;
        parser.at += parser.at == from;
        diag_report(diag, DIAG_ATTRIBUTE_SYNTAX, place(&parser, from, parser.at),
                    piece(&parser, from, parser.at));
    }
    parser.made->classes = parser.classes.at;
    parser.made->class_at = parser.class_at.at;
    parser.made->class_count = parser.classes.count;
    parser.made->items = parser.items.at;
    parser.made->count = parser.items.count;
    return parser.made;
}
