#include "base/diag.h"

#include "base/utf8.h"
#include "base/vec.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct diag_row {
    const char *name;
    enum diag_level level;
    const char *text, *hint, *other;
};

static const struct diag_row rows[] = {
#define DIAG(code, level, text, hint, other) {#code, DIAG_##level, text, hint, other},
#include "base/diag_table.h"
#undef DIAG
};

/* A place, copied: the source of an answer is gone when its job is. */
struct diag_place {
    const char *path;          /* NULL: no place */
    int32_t line, col, length; /* as in the span */
    size_t shown_col;          /* in characters */
    const char *excerpt;       /* the line, or what lies around the place if it is long */
    size_t excerpt_from, excerpt_length, line_length;
};

struct diag_message {
    enum diag_code code;
    struct diag_place at;
    const char *text;
    const char *hint; /* or NULL */
    size_t order;
};

/* A million mistakes of one kind are one mistake: the first DIAG_SHOWN in the order of places are
 * kept, so that neither memory nor what is said depends on how many there are or who found them. */
struct diag_kind {
    size_t reported, held;
    bool full; /* DIAG_SHOWN are held, the last of them at `last` */
    struct diag_place last;
};

struct diag {
    struct arena *arena;
    pthread_mutex_t lock;
    VEC(struct diag_message) messages;
    struct diag_kind kinds[DIAG_CODE_COUNT];
    size_t counts[2];
};

struct diag *diag_new(struct arena *arena) {
    struct diag *diag = ARENA_NEW(arena, struct diag);
    diag->arena = arena;
    pthread_mutex_init(&diag->lock, NULL);
    return diag;
}

enum { DIAG_SHOWN = 1000, ARGUMENT = 500 };
#define ELLIPSIS "…"

/* Bytes of an argument that are shown: what is very long is cut, between characters. */
static size_t argument_length(const char *text, bool *cut) {
    size_t length = strnlen(text, ARGUMENT + 1);
    *cut = length > ARGUMENT;
    if (!*cut)
        return length;
    length = ARGUMENT;
    while (length && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

/* Fills in {n}; NULL if an argument it names is missing and `whole` is asked for. */
static const char *diag_fill(struct arena *arena, const char *text, const char *const *args,
                             bool whole) {
    if (!text)
        return NULL;
    size_t size = 1;
    char *filled = NULL;
    for (int pass = 0; pass < 2; pass++) {
        char *out = filled;
        for (const char *at = text; *at; at++) {
            const char *piece = at;
            size_t length = 1;
            bool cut = false;
            if (at[0] == '{' && at[1] >= '0' && at[1] < '0' + DIAG_ARGS && at[2] == '}') {
                piece = args[at[1] - '0'];
                if (!piece && whole)
                    return NULL;
                piece = piece ? piece : "";
                length = argument_length(piece, &cut);
                at += 2;
            }
            size += length + (cut ? strlen(ELLIPSIS) : 0);
            if (pass == 0)
                continue;
            out = (char *)memcpy(out, piece, length) + length;
            if (cut)
                out = (char *)memcpy(out, ELLIPSIS, strlen(ELLIPSIS)) + strlen(ELLIPSIS);
        }
        if (pass == 0)
            filled = arena_alloc(arena, size);
    }
    return filled;
}

enum { EXCERPT = 240 };

static struct diag_place diag_keep_place(struct arena *arena, struct span at) {
    struct diag_place place = {.line = at.line, .col = at.col, .length = at.length};
    if (!at.source)
        return place;
    size_t length;
    const char *line = source_line(at.source, at.line, &length);
    size_t from = at.col > 0 ? (size_t)at.col - 1 : 0;
    from = from > length ? length : from;
    place.path = arena_strdup(arena, at.source->path);
    place.shown_col = utf8_count(line, from) + 1;
    place.line_length = length;
    place.excerpt_from = from > EXCERPT ? from - EXCERPT : 0;
    while (place.excerpt_from && ((unsigned char)line[place.excerpt_from] & 0xC0) == 0x80)
        place.excerpt_from--;
    size_t left = length - place.excerpt_from;
    place.excerpt_length = left > 3 * EXCERPT ? 3 * EXCERPT : left;
    place.excerpt = arena_strndup(arena, line + place.excerpt_from, place.excerpt_length);
    return place;
}

/* Negative if `a` comes before `b`. */
static int place_order(const char *a_path, int32_t a_line, int32_t a_col,
                       const struct diag_place *b) {
    int order = strcmp(a_path ? a_path : "", b->path ? b->path : "");
    if (order == 0)
        order = a_line < b->line ? -1 : a_line > b->line;
    return order ? order : a_col < b->col ? -1 : a_col > b->col;
}

static int diag_compare(const void *left, const void *right) {
    const struct diag_message *a = left, *b = right;
    int order = place_order(a->at.path, a->at.line, a->at.col, &b->at);
    if (order == 0)
        order = a->code < b->code ? -1 : a->code > b->code;
    if (order == 0)
        order = strcmp(a->text, b->text);
    if (order == 0)
        order = a->order < b->order ? -1 : 1;
    return order;
}

/* One mistake met on two ways is said once. */
static bool diag_same(const struct diag_message *a, const struct diag_message *b) {
    return a->code == b->code && place_order(a->at.path, a->at.line, a->at.col, &b->at) == 0 &&
           strcmp(a->text, b->text) == 0;
}

/* Sorts, and keeps of each kind the first, each once. */
static void diag_settle(struct diag *diag) {
    size_t kept = 0;
    struct diag_message *all = diag->messages.at;
    if (diag->messages.count)
        qsort(all, diag->messages.count, sizeof *all, diag_compare);
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++)
        diag->kinds[code].held = 0;
    for (size_t i = 0; i < diag->messages.count; i++) {
        struct diag_kind *kind = &diag->kinds[all[i].code];
        if ((kept && diag_same(&all[kept - 1], &all[i])) || kind->held == DIAG_SHOWN)
            continue;
        if (++kind->held == DIAG_SHOWN) {
            kind->full = true;
            kind->last = all[i].at;
        }
        all[kept++] = all[i];
    }
    diag->messages.count = kept;
}

void diag_report_args(struct diag *diag, enum diag_code code, struct span at,
                      const char *const args[DIAG_ARGS]) {
    const struct diag_row *row = &rows[code];
    pthread_mutex_lock(&diag->lock);
    struct diag_kind *kind = &diag->kinds[code];
    kind->reported++;
    diag->counts[row->level]++;
    const char *path = at.source ? at.source->path : NULL;
    if (!kind->full || place_order(path, at.line, at.col, &kind->last) <= 0) {
        struct diag_message *message = VEC_ADD(diag->arena, &diag->messages);
        message->code = code;
        message->at = diag_keep_place(diag->arena, at);
        message->text = diag_fill(diag->arena, row->text, args, false);
        message->hint = diag_fill(diag->arena, row->hint, args, true);
        if (!message->hint)
            message->hint = diag_fill(diag->arena, row->other, args, true);
        message->order = kind->reported;
        if (++kind->held == 2 * DIAG_SHOWN)
            diag_settle(diag);
    }
    pthread_mutex_unlock(&diag->lock);
}

size_t diag_errors(const struct diag *diag) { return diag->counts[DIAG_ERROR]; }
size_t diag_warnings(const struct diag *diag) { return diag->counts[DIAG_WARNING]; }

size_t diag_count(const struct diag *diag, enum diag_code code) {
    return diag->kinds[code].reported;
}

const char *diag_code_name(enum diag_code code) { return rows[code].name; }

/* Writes a text in which nothing is left that a terminal would obey, or not show. */
static void diag_put(FILE *out, const char *text, size_t length) {
    for (const char *at = text, *end = text + length; at < end;) {
        uint32_t code = utf8_next(&at, end);
        char bytes[4];
        fwrite(bytes, 1, utf8_encode(utf8_is_control(code) ? 0xFFFD : code, bytes), out);
    }
}

/* The source line with its caret. Tabs are shown as they are in both lines, so they align. */
static void diag_print_line(FILE *out, const struct diag_place *at, bool colour) {
    size_t length = at->excerpt_length;
    const char *line = at->excerpt;
    size_t from = at->col > 0 ? (size_t)at->col - 1 - at->excerpt_from : 0;
    from = from > length ? length : from;
    size_t to = from + (size_t)(at->length > 0 ? at->length : 1);
    to = to > length ? length : to;
    /* Long lines are shown around the caret. */
    size_t first = 0, last = length;
    if (at->line_length > 160) {
        first = from > 60 ? from - 60 : 0;
        last = first + 160 < length ? first + 160 : length;
        while (first > 0 && ((unsigned char)line[first] & 0xC0) == 0x80)
            first--;
        while (last < length && ((unsigned char)line[last] & 0xC0) == 0x80)
            last++;
        to = to > last ? last : to;
    }
    fprintf(out, "%5d | %s", at->line, first ? "…" : "");
    diag_put(out, line + first, last - first);
    fprintf(out, "%s\n      | ", last < length ? "…" : "");
    if (first)
        fputc(' ', out);
    for (const char *p = line + first; p < line + from;)
        fputc(utf8_next(&p, line + from) == '\t' ? '\t' : ' ', out);
    fputs(colour ? "\033[1;32m^" : "^", out);
    size_t width = utf8_count(line + from, to - from);
    for (size_t i = 1; i < width; i++)
        fputc('~', out);
    fputs(colour ? "\033[0m\n" : "\n", out);
}

static void diag_print_one(FILE *out, const struct diag_message *message, bool colour) {
    const struct diag_place *at = &message->at;
    bool error = rows[message->code].level == DIAG_ERROR;
    const char *path = at->path ? at->path : "tandem";
    diag_put(out, path, strlen(path));
    if (at->path && at->line > 0)
        fprintf(out, ":%d:%zu", at->line, at->shown_col);
    fprintf(out, ": %s%s:%s ", colour ? (error ? "\033[1;31m" : "\033[1;35m") : "",
            error ? "error" : "warning", colour ? "\033[0m" : "");
    diag_put(out, message->text, strlen(message->text));
    fputc('\n', out);
    if (at->path && at->line > 0)
        diag_print_line(out, at, colour);
    if (message->hint) {
        fputs("hint: ", out);
        diag_put(out, message->hint, strlen(message->hint));
        fputc('\n', out);
    }
}

size_t diag_print(struct diag *diag, FILE *out, bool colour) {
    diag_settle(diag);
    bool more = false;
    for (size_t i = 0; i < diag->messages.count; i++)
        diag_print_one(out, &diag->messages.at[i], colour);
    for (size_t code = 0; code < DIAG_CODE_COUNT; code++)
        more = more || diag->kinds[code].full;
    if (more)
        fprintf(out, "hint: of each kind the first %d are shown, in the order of the files\n",
                DIAG_SHOWN);
    return diag->messages.count;
}

/* Optimal string alignment distance (Damerau 1964), cut off at 64 bytes. */
static int edit_distance(const char *a, const char *b) {
    int a_len = (int)strlen(a), b_len = (int)strlen(b);
    if (a_len > 64 || b_len > 64)
        return 1000;
    int two[65], one[65], now[65];
    for (int j = 0; j <= b_len; j++)
        one[j] = j;
    memset(two, 0, sizeof two);
    for (int i = 1; i <= a_len; i++) {
        now[0] = i;
        for (int j = 1; j <= b_len; j++) {
            int best = one[j - 1] + (a[i - 1] != b[j - 1]);
            if (one[j] + 1 < best)
                best = one[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                two[j - 2] + 1 < best)
                best = two[j - 2] + 1;
            now[j] = best;
        }
        memcpy(two, one, sizeof two);
        memcpy(one, now, sizeof one);
    }
    return one[b_len];
}

const char *diag_nearest(const char *word, const char *const *candidates, size_t count) {
    const char *best = NULL;
    int least = (int)strlen(word) / 3 + 1;
    if (least > 4)
        least = 4;
    for (size_t i = 0; i < count; i++) {
        int distance = edit_distance(word, candidates[i]);
        if (distance < least || (distance == least && !best)) {
            best = candidates[i];
            least = distance;
        }
    }
    return best;
}

const char *diag_list(struct arena *arena, const char *const *names, size_t count) {
    if (count == 0)
        return NULL;
    size_t shown = count > 8 ? 8 : count;
    const char *list = names[0];
    for (size_t i = 1; i < shown; i++)
        list = arena_printf(arena, i + 1 == count ? "%s or %s" : "%s, %s", list, names[i]);
    return shown < count ? arena_printf(arena, "%s and %zu more", list, count - shown) : list;
}

struct source *source_new(struct arena *arena, const char *path, const char *text, size_t size) {
    struct source *source = ARENA_NEW(arena, struct source);
    source->path = path;
    source->text = text;
    source->size = size;
    VEC(uint32_t) starts = {0};
    VEC_PUSH(arena, &starts, 0);
    for (size_t i = 0; i < size; i++)
        if (text[i] == '\n' && i + 1 < size)
            VEC_PUSH(arena, &starts, (uint32_t)(i + 1));
    source->line_starts = starts.at;
    source->line_count = (int32_t)starts.count;
    return source;
}

const char *source_line(const struct source *source, int32_t line, size_t *length) {
    *length = 0;
    if (line < 1 || line > source->line_count)
        return "";
    size_t from = source->line_starts[line - 1];
    size_t to = line < source->line_count ? source->line_starts[line] : source->size;
    while (to > from && (source->text[to - 1] == '\n' || source->text[to - 1] == '\r'))
        to--;
    *length = to - from;
    return source->text + from;
}

struct span source_span(const struct source *source, size_t offset, size_t length) {
    int32_t low = 0, high = source->line_count - 1;
    while (low < high) {
        int32_t middle = (low + high + 1) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return (struct span){source, low + 1, (int32_t)(offset - source->line_starts[low]) + 1,
                         (int32_t)(length ? length : 1)};
}
