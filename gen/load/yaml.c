/* libyaml's events → a tree. libfyaml would give the same, but its 0.7.12 frees some keys twice
 * when they are malformed; libyaml has been fuzzed for years. */
#include "load/yaml.h"
#include "load/yaml_problem.h"

#include "base/utf8.h"

#include <yaml.h>

enum { DEPTH_LIMIT = 64 };

struct builder {
    struct reader *reader;
    const struct source *source;
    size_t offset, size; /* the part of the source that is read */
    yaml_parser_t parser;
    /* libyaml's marks count characters; they ascend, and so does this place. */
    size_t characters, bytes;
    bool failed; /* no more events */
};

/* Source offset of the character that a mark counts to. */
static size_t offset_of(struct builder *builder, yaml_mark_t mark) {
    const char *text = builder->source->text + builder->offset;
    if (mark.index < builder->characters)
        builder->characters = builder->bytes = 0;
    const char *at = text + builder->bytes, *end = text + builder->size;
    for (; builder->characters < mark.index && at < end; builder->characters++)
        utf8_next(&at, end);
    builder->bytes = (size_t)(at - text);
    return builder->offset + builder->bytes;
}

/* From a mark to the end of its line, at most `characters` long. */
static struct span mark_span(struct builder *builder, yaml_mark_t mark, size_t characters) {
    size_t from = offset_of(builder, mark);
    const char *at = builder->source->text + from;
    const char *end = builder->source->text + builder->offset + builder->size;
    for (; characters && at < end && *at != '\n' && *at != '\r'; characters--)
        utf8_next(&at, end);
    return source_span(builder->source, from, (size_t)(at - builder->source->text) - from);
}

static void report_syntax(struct builder *builder) {
    const yaml_parser_t *parser = &builder->parser;
    size_t place = offset_of(builder, parser->problem_mark);
    struct span noticed = source_span(builder->source, place, 1);
    const char *found = builder->source->text + place, *line = found - (noticed.col - 1);
    bool inside = line + strspn(line, " \t") < found;
    const struct yaml_problem *problem = yaml_problem_find(parser->problem, *found, inside);
    yaml_mark_t mark =
        problem->at_context && parser->context ? parser->context_mark : parser->problem_mark;
    diag_report(builder->reader->diag, DIAG_YAML_SYNTAX, mark_span(builder, mark, 1),
                problem->words, problem->hint);
    builder->failed = true;
}

/* The next event; false at the end and after an error, which is reported. */
static bool next_event(struct builder *builder, yaml_event_t *event) {
    if (builder->failed)
        return false;
    if (yaml_parser_parse(&builder->parser, event))
        return true;
    report_syntax(builder);
    return false;
}

/* Scalars take the place of their text: a block scalar's is its first line. */
static struct span scalar_span(struct builder *builder, const yaml_event_t *event) {
    const char *text = builder->source->text;
    size_t characters = event->end_mark.index - event->start_mark.index;
    yaml_scalar_style_t style = event->data.scalar.style;
    struct span at = mark_span(builder, event->start_mark, characters);
    if (style != YAML_LITERAL_SCALAR_STYLE && style != YAML_FOLDED_SCALAR_STYLE)
        return at;
    size_t from = offset_of(builder, event->start_mark), end = builder->offset + builder->size;
    while (from < end && text[from] != '\n')
        from++;
    while (from < end && strchr(" \n\r", text[from]))
        from++;
    size_t stop = from;
    while (stop < end && text[stop] != '\n' && text[stop] != '\r')
        stop++;
    return event->data.scalar.length ? source_span(builder->source, from, stop - from) : at;
}

/* Escapes can bring in what file_load keeps out: NUL and other controls. */
static bool text_is_clean(struct builder *builder, struct span at, const char *text,
                          size_t length) {
    uint32_t bad = 0;
    size_t first = utf8_find_bad(text, length);
    bool clean = first == length;
    for (const char *p = text; clean && p < text + length;) {
        bad = utf8_next(&p, text + length);
        clean = !utf8_is_control(bad) || (bad == '\r' && p < text + length && *p == '\n');
    }
    if (!clean) {
        char hex[16];
        const char *p = text + first;
        if (first < length)
            bad = *p ? utf8_next(&p, text + length) : 0;
        snprintf(hex, sizeof hex, "%04X", (unsigned)bad);
        diag_report(builder->reader->diag, DIAG_FILE_CONTROL, at, hex);
    }
    return clean;
}

static void build_text(struct builder *builder, const yaml_event_t *event, struct yaml *out) {
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    yaml_scalar_style_t style = event->data.scalar.style;
    out->kind = YAML_TEXT;
    out->plain = style == YAML_PLAIN_SCALAR_STYLE;
    if (!text_is_clean(builder, out->at, text, length))
        length = 0;
    /* The line break that ends a block scalar ends the block, not the text. */
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        while (length && text[length - 1] == '\n')
            length--;
    out->text = arena_strndup(builder->reader->arena, text, length);
    if (out->plain && (!length || strcmp(out->text, "~") == 0 || strcmp(out->text, "null") == 0))
        out->kind = YAML_NULL;
}

static void refuse_extras(struct builder *builder, struct span at, const yaml_char_t *anchor,
                          const yaml_char_t *tag) {
    if (anchor)
        diag_report(builder->reader->diag, DIAG_YAML_ANCHOR, at);
    else if (tag)
        diag_report(builder->reader->diag, DIAG_YAML_TAG, at);
}

static void build(struct builder *builder, yaml_event_t *event, struct span near, int depth,
                  struct yaml *out);

/* Adds a pair unless its key is no text or stands there already; its value is read in any case. */
static void build_pair(struct builder *builder, yaml_event_t *event, struct map *seen, int depth,
                       struct yaml *key, struct yaml *value, bool *good) {
    struct diag *diag = builder->reader->diag;
    bool scalar = event->type == YAML_SCALAR_EVENT;
    struct span near = mark_span(builder, event->start_mark, 1);
    build(builder, event, near, depth + 1, key);
    if (!scalar)
        diag_report(diag, DIAG_YAML_KEY, near);
    key->text = key->text ? key->text : "";
    yaml_event_t next;
    if (next_event(builder, &next))
        build(builder, &next, key->at, depth + 1, value);
    const struct span *before = scalar ? map_find(seen, key->text) : NULL;
    if (before)
        diag_report(diag, DIAG_KEY_TWICE, key->at, key->text,
                    arena_printf(builder->reader->arena, "%d", before->line));
    *good = scalar && !before;
}

static void build_map(struct builder *builder, int depth, struct yaml *out) {
    struct arena *arena = builder->reader->arena;
    VEC(struct yaml_pair) pairs = {0};
    struct map seen;
    map_init(&seen, arena);
    yaml_event_t event;
    while (next_event(builder, &event) && event.type != YAML_MAPPING_END_EVENT) {
        struct yaml key = {0}, value = {0};
        bool good;
        build_pair(builder, &event, &seen, depth, &key, &value, &good);
        if (!good)
            continue;
        struct span *kept = ARENA_NEW(arena, struct span);
        *kept = key.at;
        map_set(&seen, key.text, kept);
        VEC_PUSH(arena, &pairs, ((struct yaml_pair){key.text, key.at, value}));
    }
    out->kind = YAML_MAP;
    out->pairs = pairs.at;
    out->count = pairs.count;
}

static void build_list(struct builder *builder, int depth, struct yaml *out) {
    struct arena *arena = builder->reader->arena;
    VEC(struct yaml) items = {0};
    yaml_event_t event;
    while (next_event(builder, &event) && event.type != YAML_SEQUENCE_END_EVENT) {
        struct yaml item = {0};
        build(builder, &event, mark_span(builder, event.start_mark, 1), depth + 1, &item);
        VEC_PUSH(arena, &items, item);
    }
    out->kind = YAML_LIST;
    out->items = items.at;
    out->count = items.count;
}

/* Builds the node that an event begins, and deletes the event. What has no text of its own, an
 * empty value, stands `near` its key. */
static void build(struct builder *builder, yaml_event_t *event, struct span near, int depth,
                  struct yaml *out) {
    struct span start = mark_span(builder, event->start_mark, 1);
    yaml_event_type_t type = event->type;
    out->at = near;
    if (type == YAML_SCALAR_EVENT) {
        if (event->end_mark.index > event->start_mark.index)
            out->at = scalar_span(builder, event);
        refuse_extras(builder, out->at, event->data.scalar.anchor, event->data.scalar.tag);
        build_text(builder, event, out);
    } else if (type == YAML_ALIAS_EVENT) {
        out->at = start;
        out->refused = true;
        diag_report(builder->reader->diag, DIAG_YAML_ANCHOR, start);
    } else if (type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT) {
        out->at = start;
        if (type == YAML_MAPPING_START_EVENT)
            refuse_extras(builder, start, event->data.mapping_start.anchor,
                          event->data.mapping_start.tag);
        else
            refuse_extras(builder, start, event->data.sequence_start.anchor,
                          event->data.sequence_start.tag);
    }
    yaml_event_delete(event);
    if (type != YAML_MAPPING_START_EVENT && type != YAML_SEQUENCE_START_EVENT)
        return;
    if (depth >= DEPTH_LIMIT) {
        diag_report(builder->reader->diag, DIAG_NESTING, start,
                    arena_printf(builder->reader->arena, "%d", DEPTH_LIMIT));
        builder->failed = true;
    } else if (type == YAML_MAPPING_START_EVENT) {
        build_map(builder, depth, out);
    } else {
        build_list(builder, depth, out);
    }
}

static struct yaml *build_document(struct builder *builder) {
    struct yaml *root = NULL;
    int documents = 0;
    yaml_event_t event;
    while (next_event(builder, &event)) {
        yaml_event_type_t type = event.type;
        struct span at = mark_span(builder, event.start_mark, 1);
        bool node = type == YAML_SCALAR_EVENT || type == YAML_ALIAS_EVENT ||
                    type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT;
        if (node && documents == 1) {
            root = ARENA_NEW(builder->reader->arena, struct yaml);
            build(builder, &event, at, 0, root);
            continue;
        }
        yaml_event_delete(&event);
        if (type == YAML_DOCUMENT_START_EVENT && documents++ == 1) {
            diag_report(builder->reader->diag, DIAG_YAML_SECOND, at);
            break;
        }
        if (type == YAML_STREAM_END_EVENT)
            break;
    }
    return root;
}

const struct yaml *yaml_parse(struct reader *reader, const struct source *source, size_t offset,
                              size_t size) {
    struct builder builder = {.reader = reader, .source = source, .offset = offset, .size = size};
    if (!yaml_parser_initialize(&builder.parser)) {
        diag_report(reader->diag, DIAG_YAML_SYNTAX, source_span(source, offset, 1),
                    "out of memory");
        return NULL;
    }
    yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&builder.parser, (const unsigned char *)source->text + offset,
                                 size);
    struct yaml *root = build_document(&builder);
    bool failed = builder.failed;
    yaml_parser_delete(&builder.parser);
    return root && !failed && root->kind != YAML_NULL ? root : NULL;
}
