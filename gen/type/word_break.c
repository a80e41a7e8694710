/* Where a word may be divided: UAX #14 through ICU, addresses, hyphenation. */
#include "type/shape.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

/* What a break costs, on the scale of Knuth and Plass's penalties. */
enum {
    PENALTY_PLAIN = 0,
    PENALTY_AFTER_HYPHEN = 50,   /* one that is written */
    PENALTY_HYPHENATED = 120,    /* one that is put in */
    PENALTY_BEFORE_DASH = 250,   /* a line should not begin with a dash */
    PENALTY_ADDRESS = 90,        /* after / ? & in an address … */
    PENALTY_ADDRESS_POINT = 140, /* … and after . - _ @ … */
    PENALTY_ADDRESS_START = 400, /* … and after :// */
    PENALTY_HANGUL = 2000,       /* inside a Korean word: for columns that are narrower than it */
};

static bool is_ascii_alnum(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

/* True for words that UAX #14 never divides: letters, figures and apostrophes (AL, NU, QU, and IS
 * between them), opening marks only before, closing marks only after. */
static bool is_solid(const char *text, uint32_t length) {
    uint32_t start = 0, end = length;
    while (start < end && (text[start] == '(' || text[start] == '"'))
        start++;
    while (end > start && strchr(").,;:!?\"", text[end - 1]))
        end--;
    for (uint32_t i = start; i < end; i++)
        if (!is_ascii_alnum((unsigned char)text[i]) && text[i] != '\'' && text[i] != '.' &&
            text[i] != ',')
            return false;
    return true;
}

static bool is_address(const char *text, uint32_t length) {
    if (length < 8 || memchr(text, 0, length))
        return false;
    bool at = false, point = false;
    for (uint32_t i = 0; i < length; i++) {
        if (i + 2 < length && memcmp(text + i, "://", 3) == 0)
            return true;
        at |= text[i] == '@';
        point |= text[i] == '.';
    }
    return (at && point) || memcmp(text, "www.", 4) == 0;
}

/* Breaks by byte: -1 for none, else the penalty. */
struct marks {
    int32_t *penalties;
    bool *hyphens;
};

/* A short name of a host is kept whole, if it goes on a line at all. It follows "://" or "@", or begins with "www.". */
enum { HOST_LIMIT = 24 };

static void keep_short_host(const char *text, uint32_t length, struct marks marks) {
    uint32_t start = 0;
    bool found = memcmp(text, "www.", 4) == 0;
    for (uint32_t i = 0; i + 1 < length && !found; i++) {
        bool scheme = i >= 2 && memcmp(text + i - 2, "://", 3) == 0;
        found = scheme || text[i] == '@';
        start = i + 1;
    }
    uint32_t end = start;
    while (end < length && !strchr("/?#", text[end]))
        end++;
    if (found && end - start <= HOST_LIMIT)
        for (uint32_t i = start + 1; i < end; i++)
            marks.penalties[i] = -1;
}

static void mark_address(const char *text, uint32_t length, struct marks marks) {
    for (uint32_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text[i - 1], next = (unsigned char)text[i];
        bool start = i >= 3 && memcmp(text + i - 3, "://", 3) == 0;
        int32_t penalty = start                    ? PENALTY_ADDRESS_START
                          : strchr("/?&=", byte)   ? PENALTY_ADDRESS
                          : strchr(".-_@#~", byte) ? PENALTY_ADDRESS_POINT
                                                   : -1;
        bool near_end = i < 3 || i + 2 >= length;
        if (marks.penalties[i] >= 0)
            marks.penalties[i] = near_end || penalty < 0 ? PENALTY_ADDRESS_START : penalty;
        else if (!near_end && penalty >= 0 && (is_ascii_alnum(next) || next >= 0x80))
            marks.penalties[i] = penalty;
    }
    keep_short_host(text, length, marks);
}

/* Syllables; what is written in single letters is rare, and short. */
static bool is_hangul(uint32_t code) { return code >= 0xAC00 && code <= 0xD7A3; }

static int32_t penalty_between(uint32_t before, uint32_t after) {
    if (is_hangul(before) && is_hangul(after))
        return PENALTY_HANGUL;
    if (after == 0x2013 || after == 0x2014 || after == 0x2015)
        return PENALTY_BEFORE_DASH;
    if (before == '-' || before == '/' || before == 0xAD || (before >= 0x2010 && before <= 0x2015))
        return PENALTY_AFTER_HYPHEN;
    return PENALTY_PLAIN;
}

/* Asks ICU. The rules are the root's, whatever the language: the tailorings for Chinese and
 * Japanese change only how loosely they break. Korean is set with spaces between words, and those
 * stay whole. */
static void mark_uax14(struct typesetter *typesetter, const char *text, uint32_t length,
                       struct marks marks) {
    UErrorCode code = U_ZERO_ERROR;
    if (!typesetter->line_breaks)
        typesetter->line_breaks = ubrk_open(UBRK_LINE, "", NULL, 0, &code);
    UChar *units = ARENA_ARRAY(&typesetter->scratch, UChar, length + 1);
    uint32_t *offsets = ARENA_ARRAY(&typesetter->scratch, uint32_t, length + 1);
    int32_t count = 0;
    for (const char *at = text, *end = text + length; at < end;) {
        uint32_t offset = (uint32_t)(at - text);
        int32_t first = count;
        uint32_t point = utf8_next(&at, end);
        U16_APPEND_UNSAFE(units, count, point);
        while (first < count)
            offsets[first++] = offset;
    }
    ubrk_setText(typesetter->line_breaks, units, count, &code);
    if (U_FAILURE(code))
        return;
    for (int32_t at = ubrk_next(typesetter->line_breaks); at != UBRK_DONE && at < count;
         at = ubrk_next(typesetter->line_breaks)) {
        UChar32 before, after;
        U16_GET(units, 0, at - 1, count, before);
        U16_GET(units, 0, at, count, after);
        marks.penalties[offsets[at]] = penalty_between((uint32_t)before, (uint32_t)after);
        marks.hyphens[offsets[at]] = before == 0xAD;
    }
}

static const struct word_break *list_marks(struct typesetter *typesetter, uint32_t length,
                                           struct marks marks, uint32_t *count) {
    *count = 0;
    for (uint32_t i = 1; i < length; i++)
        *count += marks.penalties[i] >= 0;
    if (*count == 0)
        return NULL;
    struct word_break *breaks = ARENA_ARRAY(&typesetter->cache, struct word_break, *count);
    for (uint32_t i = 1, at = 0; i < length; i++)
        if (marks.penalties[i] >= 0)
            breaks[at++] = (struct word_break){i, marks.penalties[i], marks.hyphens[i]};
    return breaks;
}

static struct marks new_marks(struct arena *scratch, uint32_t length) {
    struct marks marks = {.penalties = ARENA_ARRAY(scratch, int32_t, length + 1),
                          .hyphens = ARENA_ARRAY(scratch, bool, length + 1)};
    for (uint32_t i = 0; i <= length; i++)
        marks.penalties[i] = -1;
    return marks;
}

void word_find_breaks(struct typesetter *typesetter, struct text_word *word) {
    if (word->has_breaks)
        return;
    word->has_breaks = true;
    if (is_solid(word->text, word->length) && !is_address(word->text, word->length))
        return;
    struct marks marks = new_marks(&typesetter->scratch, word->length);
    mark_uax14(typesetter, word->text, word->length, marks);
    if (is_address(word->text, word->length))
        mark_address(word->text, word->length, marks);
    word->breaks = list_marks(typesetter, word->length, marks, &word->break_count);
}

/* ---- hyphens ---- */

/* Hyphenates the letters [start, end) of a word, which stand between others or its ends. Capitals
 * past the first letter tell of initials and names of things: those stay whole. */
static void mark_letters(const struct typesetter *typesetter, const struct text_word *word,
                         uint32_t start, uint32_t end, struct marks marks) {
    const char *at = word->text + start, *stop = word->text + end;
    utf8_next(&at, stop);
    while (at < stop)
        if (u_isupper((UChar32)utf8_next(&at, stop)))
            return;
    bool points[HYPHENATE_LIMIT];
    if (end - start > HYPHENATE_LIMIT ||
        hyphenate_word(typesetter->hyphenation, typesetter->langs.at[word->lang].dictionary,
                       word->text + start, end - start, points) == 0)
        return;
    for (uint32_t i = 0; i + 1 < end - start; i++)
        if (points[i]) {
            marks.penalties[start + i + 1] = PENALTY_HYPHENATED;
            marks.hyphens[start + i + 1] = true;
        }
}

void word_find_hyphens(struct typesetter *typesetter, struct text_word *word) {
    if (word->has_hyphens)
        return;
    word->has_hyphens = true;
    if (word->length < 5 || typesetter->langs.at[word->lang].dictionary < 0 ||
        is_address(word->text, word->length) ||
        strstr(word->text, "\xC2\xAD")) /* its author has said where */
        return;
    struct marks marks = new_marks(&typesetter->scratch, word->length);
    const char *end = word->text + word->length;
    uint32_t start = 0;
    bool inside = false, after_figure = false;
    for (const char *at = word->text; at < end;) {
        uint32_t offset = (uint32_t)(at - word->text);
        uint32_t code = utf8_next(&at, end);
        bool letter = u_isalpha((UChar32)code);
        if (letter && !inside)
            start = offset;
        if (!letter && inside && !after_figure && !u_isdigit((UChar32)code) && code != '_')
            mark_letters(typesetter, word, start, offset, marks);
        if (!letter)
            after_figure = u_isdigit((UChar32)code) || code == '_';
        inside = letter;
    }
    if (inside && !after_figure)
        mark_letters(typesetter, word, start, word->length, marks);
    word->hyphens = list_marks(typesetter, word->length, marks, &word->hyphen_count);
}
