#include "load/yaml.h"

#include "base/utf8.h"

#include <libfyaml.h>
#include <math.h>
#include <stdlib.h>

struct builder {
    struct reader *reader;
    const struct source *source;
    size_t offset, size;
};

/* libfyaml counts lines from 0 in its marks and bytes from the start of what it was given. */
static struct span token_span(const struct builder *builder, struct fy_token *token) {
    const struct fy_mark *from = token ? fy_token_start_mark(token) : NULL;
    const struct fy_mark *to = token ? fy_token_end_mark(token) : NULL;
    if (!from || !to || from->input_pos > builder->size)
        return (struct span){0};
    size_t start = builder->offset + from->input_pos, end = builder->offset + to->input_pos;
    const char *text = builder->source->text;
    /* A block scalar begins on its first line, indentation included. */
    while (start < end && (text[start] == ' ' || text[start] == '\n' || text[start] == '\r'))
        start++;
    size_t stop = start;
    while (stop < end && text[stop] != '\n' && text[stop] != '\r')
        stop++;
    struct span at = source_span(builder->source, start, stop - start);
    bool quoted = at.col > 1 && (text[start - 1] == '"' || text[start - 1] == '\'');
    if (quoted) {
        at.col--;
        at.length += 1 + (stop == end && text[start - 1] == text[stop]);
    }
    return at;
}

/* Copies a scalar. Escapes can bring in what file_load keeps out: NUL and other controls. */
static bool build_text(struct builder *builder, struct fy_node *node, struct yaml *out) {
    size_t length = 0;
    const char *text = fy_node_get_scalar(node, &length);
    enum fy_node_style style = fy_node_get_style(node);
    out->kind = YAML_TEXT;
    out->plain = style == FYNS_PLAIN;
    const char *end = text + length;
    size_t bad = utf8_find_bad(text, length);
    uint32_t code = 0xFFFE;
    bool clean = bad == length;
    for (const char *at = text; clean && at < end;) {
        code = utf8_next(&at, end);
        clean = !utf8_is_control(code) || (code == '\r' && at < end && *at == '\n');
    }
    if (!clean) {
        char hex[8];
        snprintf(hex, sizeof hex, "%04X", bad < length && !text[bad] ? 0u : (unsigned)code & 0xFFFF);
        diag_report(builder->reader->diag, DIAG_FILE_CONTROL, out->at, hex);
        length = 0;
    }
    /* The line break that ends a block scalar ends the block, not the text. */
    if (style == FYNS_LITERAL || style == FYNS_FOLDED)
        while (length && text[length - 1] == '\n')
            length--;
    char *copy = arena_alloc(builder->reader->arena, length + 1), *put = copy;
    for (size_t i = 0; i < length; i++)
        if (text[i] != '\r')
            *put++ = text[i];
    out->text = copy;
    bool null = out->plain && (!*copy || strcmp(copy, "~") == 0 || strcmp(copy, "null") == 0);
    if (null)
        out->kind = YAML_NULL;
    return clean;
}

static bool build(struct builder *builder, struct fy_node *node, struct span near, int depth,
                  struct yaml *out);

static bool build_key(struct builder *builder, struct fy_node *node, struct yaml_pair *pair,
                      struct span near) {
    struct yaml key = {0};
    if (!node || !fy_node_is_scalar(node)) {
        diag_report(builder->reader->diag, DIAG_YAML_KEY, near);
        return false;
    }
    bool good = build(builder, node, near, 0, &key);
    pair->key = key.text ? key.text : "";
    pair->key_at = key.at;
    return good;
}

static bool build_map(struct builder *builder, struct fy_node *node, int depth, struct yaml *out) {
    struct arena *arena = builder->reader->arena;
    int count = fy_node_mapping_item_count(node);
    out->kind = YAML_MAP;
    out->pairs = ARENA_ARRAY(arena, struct yaml_pair, count > 0 ? count : 0);
    struct map seen;
    map_init(&seen, arena);
    bool good = true, first = true;
    void *at = NULL;
    for (struct fy_node_pair *pair; (pair = fy_node_mapping_iterate(node, &at));) {
        struct yaml_pair *made = &out->pairs[out->count];
        *made = (struct yaml_pair){0};
        if (!build_key(builder, fy_node_pair_key(pair), made, out->at)) {
            good = false;
            continue;
        }
        if (first)
            out->at = made->key_at;
        first = false;
        struct span *before = map_find(&seen, made->key);
        if (before) {
            diag_report(builder->reader->diag, DIAG_YAML_DUPLICATE, made->key_at, made->key,
                        arena_printf(arena, "%d", before->line));
            good = false;
            continue;
        }
        map_set(&seen, made->key, &made->key_at);
        good &= build(builder, fy_node_pair_value(pair), made->key_at, depth + 1, &made->value);
        out->count++;
    }
    return good;
}

static bool build_list(struct builder *builder, struct fy_node *node, int depth,
                       struct yaml *out) {
    int count = fy_node_sequence_item_count(node);
    out->kind = YAML_LIST;
    out->items = ARENA_ARRAY(builder->reader->arena, struct yaml, count > 0 ? count : 0);
    bool good = true;
    void *at = NULL;
    for (struct fy_node *item; (item = fy_node_sequence_iterate(node, &at));) {
        struct yaml *made = &out->items[out->count];
        good &= build(builder, item, out->at, depth + 1, made);
        if (out->count++ == 0 && made->at.line)
            out->at = made->at;
    }
    return good;
}

/* libfyaml gives scalars a place, collections none: they take that of their first scalar, and what
 * has none (an empty value) that of its key. */
static bool build(struct builder *builder, struct fy_node *node, struct span near, int depth,
                  struct yaml *out) {
    struct diag *diag = builder->reader->diag;
    out->at = near;
    if (!node) {
        out->kind = YAML_NULL;
        return true;
    }
    if (fy_node_is_scalar(node)) {
        struct span at = token_span(builder, fy_node_get_scalar_token(node));
        if (at.source)
            out->at = at;
    }
    size_t tag_length = 0;
    if (fy_node_is_alias(node) || fy_node_get_anchor(node)) {
        diag_report(diag, DIAG_YAML_ANCHOR, out->at);
        return false;
    }
    if (fy_node_get_tag(node, &tag_length)) {
        diag_report(diag, DIAG_YAML_TAG, out->at);
        return false;
    }
    if (fy_node_is_mapping(node))
        return build_map(builder, node, depth, out);
    if (fy_node_is_sequence(node))
        return build_list(builder, node, depth, out);
    return build_text(builder, node, out);
}

/* Errors come with a line and a column in characters, both from 1. */
static void report_syntax(struct builder *builder, struct fy_diag *errors) {
    void *at = NULL;
    for (struct fy_diag_error *error; (error = fy_diag_errors_iterate(errors, &at));) {
        if (error->type != FYET_ERROR)
            continue;
        struct span start = source_span(builder->source, builder->offset, 1);
        int32_t line = start.line + (error->line > 0 ? error->line - 1 : 0);
        size_t length;
        const char *text = source_line(builder->source, line, &length);
        const char *place = text;
        for (int i = 1; i < error->column && place < text + length; i++)
            utf8_next(&place, text + length);
        struct span span = {builder->source, line, (int32_t)(place - text) + 1, 1};
        diag_report(builder->reader->diag, DIAG_YAML_SYNTAX, span, error->msg);
    }
}

const struct yaml *yaml_parse(struct reader *reader, const struct source *source, size_t offset,
                              size_t size) {
    struct builder builder = {reader, source, offset, size};
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    struct fy_diag *errors = fy_diag_create(&diag_config);
    fy_diag_set_collect_errors(errors, true);
    /* Duplicate keys would end the parse at the first: build_map finds them all. */
    struct fy_parse_cfg config = {
        .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_ALLOW_DUPLICATE_KEYS |
                 FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE,
        .diag = errors,
    };
    struct fy_parser *parser = fy_parser_create(&config);
    struct yaml *root = NULL;
    if (parser && size && fy_parser_set_string(parser, source->text + offset, size) == 0) {
        struct fy_document *document = fy_parse_load_document(parser);
        if (document) {
            root = ARENA_NEW(reader->arena, struct yaml);
            struct span near = source_span(source, offset, 1);
            build(&builder, fy_document_root(document), near, 0, root);
            struct fy_document *second = fy_parse_load_document(parser);
            if (second)
                diag_report(reader->diag, DIAG_YAML_SECOND, near);
            fy_parse_document_destroy(parser, second);
            fy_parse_document_destroy(parser, document);
        }
        report_syntax(&builder, errors);
    }
    fy_parser_destroy(parser);
    fy_diag_destroy(errors);
    return root && root->kind != YAML_NULL ? root : NULL;
}
