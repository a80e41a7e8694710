#include "load/typography.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"

/* Marks of a language, with the narrow no-break spaces that belong to them. */
struct marks {
    const char *language; /* its first two letters */
    const char *open, *close, *open_single, *close_single;
};

static const struct marks all_marks[] = {
    {"en", "\u201C", "\u201D", "\u2018", "\u2019"},
    {"de", "\u201E", "\u201C", "\u201A", "\u2018"},
    {"fr", "\u00AB\u202F", "\u202F\u00BB", "\u201C", "\u201D"},
    {"ar", "\u00AB", "\u00BB", "\u2039", "\u203A"},
    {"he", "\u201D", "\u201D", "\u2019", "\u2019"}, /* as CLDR 42 has it */
};
#define APOSTROPHE "\u2019"

static const struct marks *marks_find(const char *language) {
    for (size_t i = 1; i < sizeof all_marks / sizeof *all_marks; i++)
        if (strncmp(language, all_marks[i].language, 2) == 0)
            return &all_marks[i];
    return &all_marks[0];
}

enum { OBJECT = 0xFFFC }; /* stands for code, variables, pictures */

struct change {
    size_t at, length;
    const char *with;
};

struct quote {
    size_t change; /* index of its change */
    char mark;
    bool can_open, can_close, inside_word;
};

struct typesetter {
    struct arena *arena;
    const struct marks *marks;
    bool french;
    struct buf flat; /* all pieces, objects as U+FFFC */
    struct buf escaped;
    VEC(struct change) changes; /* in order of place */
    VEC(struct quote) quotes;
};

static bool is_space(uint32_t code) {
    return code == 0 || code == ' ' || code == '\t' || code == '\n' || code == 0xA0 ||
           code == 0x202F || (code >= 0x2000 && code <= 0x200A);
}

static bool is_punctuation(uint32_t code) {
    return (code > 0x20 && code < 0x30) || (code >= 0x3A && code <= 0x40) ||
           (code >= 0x5B && code <= 0x60) || (code >= 0x7B && code <= 0x7E) || code == 0xA1 ||
           code == 0xAB || code == 0xBB || code == 0xBF || (code >= 0x2010 && code <= 0x2027) ||
           (code >= 0x2030 && code <= 0x205E);
}

static uint32_t code_before(const struct typesetter *set, size_t at) {
    size_t from = at;
    while (from && (set->flat.data[from - 1] & 0xC0) == 0x80)
        from--;
    if (!from)
        return 0;
    const char *p = set->flat.data + from - 1;
    return utf8_next(&p, set->flat.data + at);
}

static uint32_t code_after(const struct typesetter *set, size_t at) {
    const char *p = set->flat.data + at;
    return utf8_next(&p, set->flat.data + set->flat.len);
}

static bool is_plain(const struct typesetter *set, size_t at, char c) {
    return at < set->flat.len && set->flat.data[at] == c && !set->escaped.data[at];
}

static void change(struct typesetter *set, size_t at, size_t length, const char *with) {
    VEC_PUSH(set->arena, &set->changes, ((struct change){at, length, with}));
}

/* CommonMark 0.30 §6.2, left- and right-flanking. */
static void note_quote(struct typesetter *set, size_t at) {
    uint32_t before = code_before(set, at), after = code_after(set, at + 1);
    bool before_space = is_space(before), after_space = is_space(after);
    bool before_mark = is_punctuation(before), after_mark = is_punctuation(after);
    bool left = !after_space && !(after_mark && !before_space && !before_mark);
    bool right = !before_space && !(before_mark && !after_space && !after_mark);
    struct quote quote = {.change = set->changes.count, .mark = set->flat.data[at]};
    quote.can_open =
        left && (!right || before == '(' || before == '[') && before != ']' && before != ')';
    quote.can_close = right;
    quote.inside_word = !before_space && !after_space && !before_mark && !after_mark;
    VEC_PUSH(set->arena, &set->quotes, quote);
    change(set, at, 1, "");
}

/* Pairs quotes by a stack; `open` counts each kind on it, so that a search never runs in vain. */
static void pair_quotes(struct typesetter *set) {
    const struct marks *marks = set->marks;
    size_t *stack = ARENA_ARRAY(set->arena, size_t, set->quotes.count), depth = 0;
    size_t open[2] = {0, 0};
    for (size_t i = 0; i < set->quotes.count; i++) {
        struct quote *quote = &set->quotes.at[i];
        bool single = quote->mark == '\'';
        const char **with = &set->changes.at[quote->change].with;
        if (single && quote->inside_word) {
            *with = APOSTROPHE;
        } else if (quote->can_close && open[single]) {
            struct quote *opener;
            do {
                opener = &set->quotes.at[stack[--depth]];
                open[opener->mark == '\'']--;
            } while (opener->mark != quote->mark);
            set->changes.at[opener->change].with = single ? marks->open_single : marks->open;
            *with = single ? marks->close_single : marks->close;
        } else if (quote->can_open) {
            stack[depth++] = i;
            open[single]++;
            *with = single ? APOSTROPHE : marks->open;
        } else {
            *with = single ? APOSTROPHE : marks->close;
        }
    }
}

/* As cmark's smart option: threes are em dashes, the rest en dashes. */
static size_t dashes(struct typesetter *set, size_t at) {
    size_t count = 0;
    while (is_plain(set, at + count, '-'))
        count++;
    if (count < 2)
        return 1;
    size_t en = count % 3 == 0 ? 0 : count % 2 == 0 ? count / 2 : count % 3 == 2 ? 1 : 2;
    size_t em = (count - en * 2) / 3;
    struct buf made;
    buf_init(&made, set->arena);
    for (size_t i = 0; i < em; i++)
        buf_puts(&made, "\u2014");
    for (size_t i = 0; i < en; i++)
        buf_puts(&made, "\u2013");
    change(set, at, count, made.data);
    return count;
}

/* French sets a narrow space before ; ! ? and inside guillemets, a full one before the colon. */
static void french_space(struct typesetter *set, size_t at) {
    uint32_t before = code_before(set, at), after = code_after(set, at + 1);
    if (is_space(before) || is_space(after))
        return;
    if (after == ';' || after == '!' || after == '?' || after == 0xBB || before == 0xAB)
        change(set, at, 1, "\u202F");
    else if (after == ':')
        change(set, at, 1, "\u00A0");
}

/* The same space where none was typed: after a word or what closes one, before what ends a clause;
 * not inside addresses, times and faces made of marks. */
static void french_mark(struct typesetter *set, size_t at) {
    char mark = set->flat.data[at];
    uint32_t before = code_before(set, at), after = code_after(set, at + 1);
    bool closed = before == ')' || before == ']' || before == 0xBB || before == '%' ||
                  before == '"' || before == '.' || before == 0x2026 || before == 0x2019;
    bool ends = is_space(after) || (mark != ':' && after != '/' && is_punctuation(after));
    if (is_space(before) || (is_punctuation(before) && !closed) || !ends)
        return;
    change(set, at, 1, arena_printf(set->arena, "%s%c", mark == ':' ? "\u00A0" : "\u202F", mark));
}

static void find_changes(struct typesetter *set) {
    for (size_t at = 0; at < set->flat.len;) {
        if (set->escaped.data[at]) {
            at++;
            continue;
        }
        switch (set->flat.data[at]) {
        case '"':
        case '\'':
            note_quote(set, at++);
            break;
        case '-':
            at += dashes(set, at);
            break;
        case '.':
            if (is_plain(set, at + 1, '.') && is_plain(set, at + 2, '.')) {
                change(set, at, 3, "\u2026");
                at += 2;
            }
            at++;
            break;
        case ';':
        case ':':
        case '!':
        case '?':
            if (set->french)
                french_mark(set, at);
            at++;
            break;
        case ' ':
            if (set->french)
                french_space(set, at);
            at++;
            break;
        default:
            at++;
        }
    }
}

/* Writes the pieces out again; a change that spans two pieces belongs to the first. */
static void apply_changes(struct typesetter *set, struct text_piece *pieces, size_t count) {
    size_t at = 0, next = 0, skip_to = 0;
    for (size_t i = 0; i < count; i++) {
        struct text_piece *piece = &pieces[i];
        if (!piece->text) {
            at += 3;
            continue;
        }
        struct buf out;
        buf_init(&out, set->arena);
        for (size_t end = at + piece->size; at < end;) {
            bool changes = next < set->changes.count && set->changes.at[next].at == at;
            if (changes) {
                buf_puts(&out, set->changes.at[next].with);
                skip_to = at + set->changes.at[next++].length;
                at++;
            } else if (at < skip_to) {
                at++;
            } else {
                buf_putc(&out, set->flat.data[at++]);
            }
        }
        piece->made = out.data;
    }
}

static void set_pieces(struct arena *arena, const char *language, struct text_piece *pieces,
                       size_t count) {
    struct typesetter set = {.arena = arena, .marks = marks_find(language)};
    set.french = strncmp(language, "fr", 2) == 0;
    buf_init(&set.flat, arena);
    buf_init(&set.escaped, arena);
    bool needed = false;
    for (size_t i = 0; i < count; i++) {
        const struct text_piece *piece = &pieces[i];
        if (!piece->text) {
            buf_puts(&set.flat, "\uFFFC");
            buf_put(&set.escaped, "\1\1\1", 3);
            continue;
        }
        buf_put(&set.flat, piece->text, piece->size);
        char *escaped = buf_reserve(&set.escaped, piece->size);
        if (piece->escaped && piece->size)
            memcpy(escaped, piece->escaped, piece->size);
        else
            memset(escaped, 0, piece->size);
        set.escaped.len += piece->size;
        for (size_t k = 0; k < piece->size && !needed; k++)
            needed = set.french || strchr("\"'-.", piece->text[k]) != NULL;
    }
    if (needed) {
        find_changes(&set);
        pair_quotes(&set);
    }
    apply_changes(&set, pieces, count);
}

static bool is_in(const struct text_piece *piece, const char *language, const char *paragraphs) {
    const char *own = piece->language ? piece->language : paragraphs;
    return own == language || strcmp(own, language) == 0;
}

void typography_pieces(struct arena *arena, const char *language, struct text_piece *pieces,
                       size_t count) {
    bool mixed = false;
    for (size_t i = 0; i < count && !mixed; i++)
        mixed = !is_in(&pieces[i], language, language);
    if (!mixed) {
        set_pieces(arena, language, pieces, count);
        return;
    }
    struct text_piece *some = ARENA_ARRAY(arena, struct text_piece, count);
    for (size_t i = 0; i < count; i++) {
        const char *own = pieces[i].language ? pieces[i].language : language;
        if (pieces[i].made)
            continue; /* with an earlier one in its language */
        bool inner = strcmp(own, language) != 0;
        size_t from = inner ? i : 0, end = count;
        for (size_t k = from; inner && k < end; k++) /* as far as one goes on */
            if (!is_in(&pieces[k], own, language))
                end = k;
        for (size_t k = from; k < end; k++)
            some[k] = is_in(&pieces[k], own, language) ? pieces[k] : (struct text_piece){0};
        set_pieces(arena, own, some + from, end - from);
        for (size_t k = from; k < end; k++)
            if (is_in(&pieces[k], own, language))
                pieces[k].made = some[k].made ? some[k].made : "";
    }
}

const char *typography_text(struct arena *arena, const char *language, const char *text) {
    if (!text)
        return NULL;
    struct text_piece piece = {.text = text, .size = strlen(text)};
    typography_pieces(arena, language, &piece, 1);
    return piece.made;
}
