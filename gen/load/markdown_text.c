#include "load/markdown_text.h"

#include "base/buf.h"
#include "base/file.h"
#include "load/typography.h"

static bool is_mark(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Bytes of "&name;" or "&#…;", 0 if there is none. */
static size_t entity_length(const char *text, size_t size) {
    size_t at = 1;
    if (size < 3 || text[0] != '&')
        return 0;
    at += text[at] == '#';
    while (at < size && at < 40 && is_word(text[at]))
        at++;
    return at > 1 && at < size && text[at] == ';' ? at + 1 : 0;
}

static size_t code_point_length(const char *text, size_t size) {
    size_t length = 1;
    while (length < size && (text[length] & 0xC0) == 0x80)
        length++;
    return length;
}

struct matched_text text_match(struct arena *arena, const char *literal, size_t size,
                               const char *content, size_t content_size, size_t at) {
    unsigned char *escaped = arena_alloc(arena, size);
    uint32_t *places = ARENA_ARRAY(arena, uint32_t, size); /* files have at most 4 MiB */
    size_t i = 0;
    bool after_entity = false;
    while (i < size && at < content_size) {
        char c = content[at];
        size_t entity = c == '&' ? entity_length(content + at, content_size - at) : 0;
        if (entity && (size - i < entity || memcmp(literal + i, content + at, entity) != 0)) {
            for (size_t n = code_point_length(literal + i, size - i); n; n--, i++) {
                escaped[i] = 1;
                places[i] = (uint32_t)at;
            }
            at += entity;
            after_entity = true;
            continue;
        }
        bool escape = c == '\\' && at + 1 < content_size && is_mark(content[at + 1]) &&
                      content[at + 1] == literal[i];
        if (!escape && c != literal[i]) {
            if (!after_entity)
                break;
            /* A few entities mean two characters. */
            for (size_t n = code_point_length(literal + i, size - i); n; n--, i++) {
                escaped[i] = 1;
                places[i] = (uint32_t)at;
            }
            after_entity = false;
            continue;
        }
        after_entity = false;
        escaped[i] = escape;
        places[i++] = (uint32_t)at;
        at += escape ? 2 : 1;
    }
    bool whole = i == size;
    for (; i < size; i++) {
        escaped[i] = 1;
        places[i] = (uint32_t)at;
    }
    return (struct matched_text){escaped, places, at, whole};
}

static bool is_unescaped(const struct matched_text *matched, const char *literal, size_t size,
                         size_t at, char c) {
    return at < size && literal[at] == c && !matched->escaped[at];
}

static void report_footnote(struct markdown *markdown, struct span at, const char *text,
                            size_t size) {
    size_t length = 2;
    while (length < size && length < 100 && text[length] != ']' && text[length] != ' ')
        length++;
    if (length > 2 && length < size && text[length] == ']') {
        at.length = (int32_t)length + 1;
        diag_report(markdown->diag, DIAG_FOOTNOTE_UNKNOWN, at,
                    arena_strndup(markdown->arena, text + 2, length - 2));
    }
}

void text_report_leftovers(struct markdown *markdown, const struct leaf *leaf, const char *literal,
                           size_t size, const struct matched_text *matched) {
    for (size_t i = 0; i + 1 < size; i++) {
        if (matched->escaped[i] || (literal[i] != '{' && literal[i] != '['))
            continue;
        struct span at = leaf_span(leaf, matched->places[i], 2);
        if (literal[i] == '[') {
            if (is_unescaped(matched, literal, size, i + 1, '^'))
                report_footnote(markdown, at, literal + i, size - i);
        } else if (is_unescaped(matched, literal, size, i + 1, '{')) {
            /* What follows is as a rule the rest of the same mistake. */
            diag_report(markdown->diag, DIAG_VARIABLE_OPEN, at);
            return;
        } else if ((literal[i + 1] == '#' || literal[i + 1] == '.') &&
                   attributes_are_meant(literal + i, size - i)) {
            size_t length = attributes_scan(literal + i, size - i);
            at = leaf_span(leaf, matched->places[i], length ? length : 2);
            diag_report(markdown->diag, length ? DIAG_ATTRIBUTES_MIDDLE : DIAG_ATTRIBUTES_OPEN, at);
        }
    }
}

/* After "](": an address with balanced parentheses, and a title in quotes. */
size_t text_link_end(const char *content, size_t size, size_t at) {
    if (at < size && content[at] == '>')
        return at + 1;
    if (at >= size || content[at] != ']')
        return at;
    at++;
    if (at < size && content[at] == '[') {
        while (at < size && content[at] != ']')
            at += content[at] == '\\' && at + 1 < size ? 2 : 1;
        return at < size ? at + 1 : size;
    }
    if (at >= size || content[at] != '(')
        return at;
    size_t start = at;
    int depth = 0;
    char quote = 0;
    for (; at < size; at++) {
        char c = content[at];
        if (c == '\\' && at + 1 < size)
            at++;
        else if (quote)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && strchr(" \t\n", content[at - 1]))
            quote = c;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            return at + 1;
    }
    return start;
}

static const char *trimmed(struct arena *arena, const char *text, size_t size) {
    while (size && (*text == ' ' || *text == '\t'))
        text++, size--;
    while (size && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        size--;
    return arena_strndup(arena, text, size);
}

struct node *text_variable(struct markdown *markdown, const char *text, size_t size,
                           struct span at) {
    struct node *node = node_new(markdown, NODE_VARIABLE, at);
    const char *inside = text + 2;
    size_t length = size - 4;
    const char *bar = memchr(inside, '|', length);
    node->text = trimmed(markdown->arena, inside, bar ? (size_t)(bar - inside) : length);
    if (bar) {
        size_t from = (size_t)(bar + 1 - inside);
        const char *caption = trimmed(markdown->arena, bar + 1, length - from);
        node->caption = typography_text(markdown->arena, markdown->language, caption);
    }
    if (!*node->text)
        diag_report(markdown->diag, DIAG_VARIABLE_EMPTY, at);
    return node;
}

struct span text_find_place(const void *token_places, size_t offset, size_t length) {
    const struct token_places *places = token_places;
    return leaf_span(places->leaf, places->from + offset, length);
}

/* The name of a tag, for the message. */
static const char *tag_name(struct arena *arena, const char *html) {
    size_t from = html[0] == '<' ? 1 : 0;
    from += html[from] == '/';
    size_t length = 0;
    while ((is_word(html[from + length]) || html[from + length] == '-') && length < 20)
        length++;
    return length ? arena_strndup(arena, html + from, length) : "…";
}

/* True for the end of an element whose beginning was reported: that is the same mistake. */
static bool closes_reported(struct markdown *markdown, const char *html, const char *tag) {
    if (html[0] != '<' || html[1] != '/') {
        VEC_PUSH(markdown->arena, &markdown->tags, tag);
        return false;
    }
    for (size_t i = markdown->tags.count; i-- > 0;)
        if (strcmp(markdown->tags.at[i], tag) == 0) {
            markdown->tags.count = i;
            return true;
        }
    return false;
}

void markdown_html(struct markdown *markdown, const char *html, struct span at) {
    if (!html)
        return;
    bool comment = strncmp(html, "<!--", 4) == 0;
    const char *end = comment ? strstr(html + 4, "-->") : NULL;
    if (comment) {
        const char *rest = end ? end + 3 : "";
        if (rest[strspn(rest, " \t\r\n")])
            diag_report(markdown->diag, DIAG_COMMENT_TAIL, at);
        return;
    }
    const char *tag = tag_name(markdown->arena, html);
    if (closes_reported(markdown, html, tag))
        return;
    const char *advice =
        strcmp(tag, "br") == 0  ? "end the line with a backslash to break it"
        : strcmp(tag, "u") == 0 ? "use *emphasis* or **strong**"
        : strcmp(tag, "div") == 0
            ? "write a fenced block: ::: {.note}"
            : "write it in Markdown, or with a backslash before < if it is meant as text";
    diag_report(markdown->diag, DIAG_RAW_HTML, at, tag, advice);
}

/* "../images/x.png" beside content/modules/y.md is content/images/x.png. NULL if it leaves. */
static const char *join_inside(struct arena *arena, const char *folder, const char *path) {
    const char *joined = *folder ? arena_printf(arena, "%s/%s", folder, path) : path;
    char *made = arena_alloc(arena, strlen(joined) + 2);
    size_t length = 0;
    for (const char *part = joined; *part;) {
        size_t size = strcspn(part, "/");
        if (size == 2 && part[0] == '.' && part[1] == '.') {
            if (!length)
                return NULL;
            while (length && made[--length] != '/')
                continue;
            made[length] = 0;
        } else if (size && !(size == 1 && *part == '.')) {
            if (length)
                made[length++] = '/';
            memcpy(made + length, part, size);
            length += size;
        }
        part += size + (part[size] == '/');
    }
    made[length] = 0;
    return length ? made : NULL;
}

void markdown_picture(struct markdown *markdown, struct node *node) {
    const struct course *course = markdown->course;
    struct arena *arena = markdown->arena;
    if (!*node->url) {
        diag_report(markdown->diag, DIAG_IMAGE_NO_PATH, node->at);
        return;
    }
    if (strstr(node->url, "://")) {
        diag_report(markdown->diag, DIAG_IMAGE_REMOTE, node->at, node->url);
        return;
    }
    const char *inside = node->url[0] == '/' || strpbrk(node->url, "\\:")
                             ? NULL
                             : join_inside(arena, "modules", node->url);
    if (!inside || !path_is_inside(inside)) {
        diag_report(markdown->diag, DIAG_PATH_LEAVES_COURSE, node->at, node->url);
        return;
    }
    if (!course)
        return;
    const char *content = path_join(arena, course->folder, "content");
    const char *path = path_join(arena, content, inside);
    const char *plain = path_is_inside(node->url) ? path_join(arena, content, node->url) : path;
    /* Beside the module first, then from content/ on. */
    if (!file_exists(path) && file_exists(plain))
        path = plain;
    if (!file_exists(path)) {
        diag_report(markdown->diag, DIAG_IMAGE_MISSING, node->at, node->url);
        return;
    }
    if (!path_resolves_inside(content, path)) {
        diag_report(markdown->diag, DIAG_LINK_LEAVES_COURSE, node->at, node->url);
        return;
    }
    const char *place = path_join(arena, "content", path + strlen(content) + 1);
    node->image = load_image_of(arena, markdown->diag, path, place, node->url, node->at);
}

/* "id: Label; id: Label": of each piece the label alone, or French would set a space before the
 * marks that keep them apart. */
static const char *list_words(struct arena *arena, const char *lang, const char *list) {
    struct buf out;
    buf_init(&out, arena);
    for (const char *at = list; *at;) {
        size_t length = strcspn(at, ";"), id = strspn(at, " abcdefghijklmnopqrstuvwxyz0123456789-");
        id = id < length && at[id] == ':' ? id + 1 : 0;
        buf_put(&out, at, id);
        buf_puts(&out, typography_text(arena, lang, arena_strndup(arena, at + id, length - id)));
        at += length;
        if (*at)
            buf_putc(&out, *at++);
    }
    return out.data;
}

void text_attribute_words(struct markdown *markdown, const struct attributes *attributes) {
    static const char *const keys[] = {"title", "label", "ask", "options"};
    const struct attribute *lang = attributes_find(attributes, "lang");
    for (size_t i = 0; attributes && i < attributes->count; i++) {
        /* The parser made them for us, and nobody else has seen them yet. */
        struct attribute *attribute = (struct attribute *)(uintptr_t)&attributes->items[i];
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            if (strcmp(attribute->key, keys[k]) == 0)
                attribute->value = (k < 2 ? typography_text : list_words)(
                    markdown->arena, lang ? lang->value : markdown->language, attribute->value);
    }
}
