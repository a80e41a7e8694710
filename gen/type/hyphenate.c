#include "type/hyphenate.h"

#include "base/file.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

enum { LEVELS = 2, DICTIONARY_LIMIT = 8 << 20 };

/* The beginning of a pattern, or a whole one. It stays where it lies in the file: letters with
 * digits among them. */
struct prefix {
    uint32_t hash;        /* of its letters; 0: a free place */
    uint32_t offset : 31; /* of a pattern that begins so, in dictionary->text */
    uint32_t whole : 1;   /* that pattern has no more letters */
};

/* Compounds are divided by a first level, their parts by the next (NEXTLEVEL of the format). */
struct level {
    struct prefix *prefixes; /* open addressing, `mask` + 1 places */
    uint32_t mask;
    uint32_t count;
};

struct dictionary {
    const char *lang; /* as asked for: "en-GB" */
    const char *text;
    struct level levels[LEVELS];
    size_t level_count;
    size_t left_min, right_min; /* letters before and after a hyphen, of a whole word … */
    size_t compound_left_min, compound_right_min; /* … and of a compound's parts */
};

struct hyphenation {
    struct dictionary *dictionaries;
    size_t count;
};

/* Polynomial, so that the hash of any part of a word comes from those of its beginnings. */
#define HASH_BASE 0x9E3779B1u

static uint32_t hash_step(uint32_t hash, char byte) {
    return hash * HASH_BASE + (unsigned char)byte + 1;
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static bool is_end(char byte) { return byte == 0 || byte == '\n' || byte == '\r' || byte == ' '; }

static bool begins_with(const char *pattern, const char *letters, size_t length) {
    for (size_t i = 0; i < length; pattern++)
        if (!is_digit(*pattern)) {
            if (*pattern != letters[i])
                return false;
            i++;
        }
    return true;
}

/* The place of the prefix `letters`, taken or free. */
static struct prefix *find_place(const struct level *level, const char *text, uint32_t hash,
                                 const char *letters, size_t length) {
    hash = hash ? hash : 1;
    for (uint32_t at = (hash ^ hash >> 15) & level->mask;; at = (at + 1) & level->mask) {
        struct prefix *place = &level->prefixes[at];
        if (place->hash == 0 ||
            (place->hash == hash && begins_with(text + place->offset, letters, length)))
            return place;
    }
}

/* ---- loading ---- */

/* Room for the patterns of so many bytes; in the files at hand no more is needed. */
static void init_level(struct arena *run, struct level *level, size_t bytes) {
    size_t places = 64;
    while (places < bytes / 3)
        places *= 2;
    level->prefixes = ARENA_ARRAY(run, struct prefix, places);
    level->mask = (uint32_t)places - 1;
    level->count = 0;
}

static void grow_level(struct arena *run, struct level *level) {
    struct level old = *level;
    init_level(run, level, ((size_t)old.mask + 1) * 6);
    level->count = old.count;
    for (size_t i = 0; i <= old.mask; i++)
        if (old.prefixes[i].hash) {
            uint32_t at = (old.prefixes[i].hash ^ old.prefixes[i].hash >> 15) & level->mask;
            while (level->prefixes[at].hash)
                at = (at + 1) & level->mask;
            level->prefixes[at] = old.prefixes[i];
        }
}

/* Adds a pattern and all its beginnings, but for those it shares with the pattern before it, whose
 * letters are in `before` and are replaced. */
static void add_pattern(struct arena *run, struct level *level, const char *text, size_t offset,
                        char before[HYPHENATE_LIMIT + 2]) {
    char letters[HYPHENATE_LIMIT + 2];
    size_t length = 0;
    for (const char *at = text + offset; !is_end(*at); at++)
        if (!is_digit(*at)) {
            if (length == HYPHENATE_LIMIT)
                return; /* longer than any word that is looked up */
            letters[length++] = *at;
        }
    letters[length] = 0;
    uint32_t hash = 0;
    bool shared = true;
    for (size_t i = 0; i < length; i++) {
        hash = hash_step(hash, letters[i]);
        bool whole = i + 1 == length;
        shared = shared && before[i] == letters[i];
        if (shared && !whole)
            continue;
        struct prefix *place = find_place(level, text, hash, letters, i + 1);
        if (place->hash == 0) {
            place->hash = hash ? hash : 1;
            place->offset = (uint32_t)offset;
            level->count++;
        }
        if (whole) {
            place->offset = (uint32_t)offset;
            place->whole = 1;
        }
        if ((uint64_t)level->count * 4 > (uint64_t)level->mask * 3)
            grow_level(run, level);
    }
    memcpy(before, letters, length + 1);
}

static bool take_number(const char *line, size_t length, const char *key, size_t *number) {
    size_t key_length = strlen(key);
    if (length <= key_length || memcmp(line, key, key_length) != 0 || line[key_length] != ' ')
        return false;
    *number = (size_t)strtoul(line + key_length, NULL, 10);
    return true;
}

/* Lines of the file: a charset, settings in capitals, comments, patterns. Patterns with '/' change
 * the spelling at a break (README.nonstandard): left out, for text is never respelled here. */
static void parse_dictionary(struct arena *run, struct dictionary *dictionary, const char *text,
                             size_t size) {
    char before[HYPHENATE_LIMIT + 2] = "";
    dictionary->text = text;
    dictionary->level_count = 1;
    init_level(run, &dictionary->levels[0], size);
    for (size_t at = 0, first = 1; at < size; first = 0) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t next = end ? (size_t)(end - text) + 1 : size;
        size_t length = next - at - (end != NULL);
        while (length && (text[at + length - 1] == '\r' || text[at + length - 1] == ' '))
            length--;
        const char *line = text + at;
        if (first || length == 0 || *line == '#' || *line == '%') {
            /* nothing */
        } else if (*line >= 'A' && *line <= 'Z') {
            if (length == 9 && memcmp(line, "NEXTLEVEL", 9) == 0 &&
                dictionary->level_count < LEVELS) {
                init_level(run, &dictionary->levels[dictionary->level_count++], size - at);
                before[0] = 0;
            } else if (!take_number(line, length, "LEFTHYPHENMIN", &dictionary->left_min) &&
                       !take_number(line, length, "RIGHTHYPHENMIN", &dictionary->right_min) &&
                       !take_number(line, length, "COMPOUNDLEFTHYPHENMIN",
                                    &dictionary->compound_left_min)) {
                take_number(line, length, "COMPOUNDRIGHTHYPHENMIN",
                            &dictionary->compound_right_min);
            }
        } else if (!memchr(line, '/', length)) {
            add_pattern(run, &dictionary->levels[dictionary->level_count - 1], text, at, before);
        }
        at = next;
    }
}

/* The file's bytes as UTF-8; its first line names its charset. NULL if ICU does not know it. */
static const char *to_utf8(struct arena *run, struct arena *scratch, const char *bytes,
                           size_t *size) {
    char charset[32];
    size_t length = strcspn(bytes, "\r\n ");
    if (length >= sizeof charset)
        return NULL;
    memcpy(charset, bytes, length);
    charset[length] = 0;
    if (strcmp(charset, "UTF-8") == 0)
        return arena_strndup(run, bytes, *size);
    char *text = arena_alloc(scratch, *size * 3 + 1);
    UErrorCode code = U_ZERO_ERROR;
    int32_t made = ucnv_convert("UTF-8", charset, text, (int32_t)(*size * 3 + 1), bytes,
                                (int32_t)*size, &code);
    const char *kept = U_SUCCESS(code) ? arena_strndup(run, text, (size_t)made) : NULL;
    *size = (size_t)made;
    return kept;
}

static bool load_dictionary(struct arena *run, struct dictionary *dictionary, const char *lang) {
    char name[16];
    size_t length = 0;
    for (; lang[length] && length < sizeof name - 1; length++)
        name[length] = lang[length] == '-' ? '_' : lang[length];
    name[length] = 0;
    char *path = arena_printf(run, "/usr/share/hyphen/hyph_%s.dic", name);
    if (!file_exists(path))
        path = arena_printf(run, "/usr/share/hyphen/hyph_%.*s.dic", (int)strcspn(name, "_"), name);
    if (strchr(name, '/') || !file_exists(path))
        return false;
    struct arena scratch;
    arena_init(&scratch);
    size_t size;
    const char *error;
    const char *bytes = file_read(&scratch, path, DICTIONARY_LIMIT, &size, &error);
    const char *text = bytes ? to_utf8(run, &scratch, bytes, &size) : NULL;
    arena_release(&scratch);
    if (!text)
        return false;
    dictionary->lang = arena_strdup(run, lang);
    parse_dictionary(run, dictionary, text, size);
    if (dictionary->left_min < 2)
        dictionary->left_min = 2;
    if (dictionary->right_min < 2)
        dictionary->right_min = 2;
    return true;
}

struct hyphenation *hyphenation_open(struct arena *run, const char *const *languages,
                                     size_t count) {
    struct hyphenation *hyphenation = ARENA_NEW(run, struct hyphenation);
    hyphenation->dictionaries = ARENA_ARRAY(run, struct dictionary, count);
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (size_t k = 0; k < i && !known; k++)
            known = strcmp(languages[i], languages[k]) == 0;
        if (!known &&
            load_dictionary(run, &hyphenation->dictionaries[hyphenation->count], languages[i]))
            hyphenation->count++;
    }
    return hyphenation;
}

int hyphenation_find(const struct hyphenation *hyphenation, const char *lang) {
    if (!hyphenation || !lang)
        return -1;
    size_t language = strcspn(lang, "-");
    int near = -1;
    for (size_t i = 0; i < hyphenation->count; i++) {
        const char *known = hyphenation->dictionaries[i].lang;
        if (strcmp(known, lang) == 0)
            return (int)i;
        if (near < 0 && strcspn(known, "-") == language && memcmp(known, lang, language) == 0)
            near = (int)i;
    }
    return near;
}

/* ---- matching ---- */

/* Raises the values of a word's gaps (gap j is before byte j) by the digits of a pattern. */
static void apply_pattern(const char *pattern, unsigned char *values) {
    size_t letters = 0;
    for (; !is_end(*pattern); pattern++)
        if (!is_digit(*pattern))
            letters++;
        else if ((unsigned char)(*pattern - '0') > values[letters])
            values[letters] = (unsigned char)(*pattern - '0');
}

/* The values of one level's patterns for a word between full stops. The files are made for the
 * library's automaton (its substrings.pl has put the values of short patterns into the longer ones
 * that hold them), so at each byte only the longest ending that begins a pattern counts, and only
 * if it is a whole one. */
static void match_level(const struct level *level, const char *text, const char *dotted,
                        size_t length, unsigned char *values) {
    uint32_t hashes[HYPHENATE_LIMIT + 3] = {0}, powers[HYPHENATE_LIMIT + 3] = {1};
    size_t start = 0;
    for (size_t end = 1; end <= length; end++) {
        hashes[end] = hash_step(hashes[end - 1], dotted[end - 1]);
        powers[end] = powers[end - 1] * HASH_BASE;
        for (; start < end; start++) {
            uint32_t hash = hashes[end] - hashes[start] * powers[end - start];
            const struct prefix *place = find_place(level, text, hash, dotted + start, end - start);
            if (place->hash) {
                if (place->whole)
                    apply_pattern(text + place->offset, values + start);
                break;
            }
        }
    }
}

/* Bytes that the first (or last) `letters` letters of a word take. */
static size_t bytes_of(const char *word, size_t length, size_t letters, bool at_end) {
    size_t bytes = 0;
    while (letters && bytes < length) {
        bytes++;
        char byte = at_end ? word[length - bytes] : bytes < length ? word[bytes] : 'a';
        bool starts = ((unsigned char)byte & 0xC0) != 0x80;
        letters -= starts;
    }
    return bytes;
}

/* Takes back the points too near a word's ends. */
static void keep_mins(const char *word, size_t length, size_t left_min, size_t right_min,
                      bool *points) {
    size_t left = bytes_of(word, length, left_min, false);
    size_t right = bytes_of(word, length, right_min, true);
    for (size_t i = 0; i < length; i++)
        if (i + 1 < left || i + right >= length)
            points[i] = false;
}

/* As the library does: the compound level divides a word and again its parts, until a part has no
 * more joints; that one is divided by the next level. */
static void divide(const struct dictionary *dictionary, size_t depth, const char *word,
                   size_t length, bool whole_start, bool whole_end, bool *points) {
    char dotted[HYPHENATE_LIMIT + 2];
    unsigned char values[HYPHENATE_LIMIT + 3] = {0};
    dotted[0] = dotted[length + 1] = '.';
    memcpy(dotted + 1, word, length);
    match_level(&dictionary->levels[depth], dictionary->text, dotted, length + 2, values);
    bool joints = false;
    for (size_t i = 0; i + 1 < length; i++)
        joints |= points[i] = values[i + 2] & 1;
    if (depth + 1 >= dictionary->level_count)
        return;
    if (!joints) {
        divide(dictionary, depth + 1, word, length, whole_start, whole_end, points);
        keep_mins(word, length, whole_start ? 0 : dictionary->compound_left_min,
                  whole_end ? 0 : dictionary->compound_right_min, points);
        return;
    }
    for (size_t start = 0, i = 0; i < length; i++)
        if (points[i] || i + 1 == length) {
            size_t part = i + 1 - start;
            bool inner[HYPHENATE_LIMIT] = {false};
            if (part > 1)
                divide(dictionary, depth, word + start, part, whole_start && start == 0,
                       whole_end && i + 1 == length, inner);
            memcpy(points + start, inner, part - 1);
            start = i + 1;
        }
}

/* Small letters; a letter whose small form takes other bytes stays as it is. */
static void lower(const char *word, size_t length, char *out) {
    for (const char *at = word, *end = word + length; at < end;) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);
        char small[4];
        size_t bytes = utf8_encode((uint32_t)u_tolower((UChar32)code), small);
        bool fits = bytes == (size_t)(at - from);
        memcpy(out + (from - word), fits ? small : from, (size_t)(at - from));
    }
}

size_t hyphenate_word(const struct hyphenation *hyphenation, int dictionary, const char *word,
                      size_t length, bool *points) {
    memset(points, 0, length);
    if (dictionary < 0 || length > HYPHENATE_LIMIT || length < 4)
        return 0;
    const struct dictionary *chosen = &hyphenation->dictionaries[dictionary];
    char small[HYPHENATE_LIMIT];
    lower(word, length, small);
    divide(chosen, 0, small, length, true, true, points);
    keep_mins(small, length, chosen->left_min, chosen->right_min, points);
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += points[i];
    return count;
}

void hyphenation_close(struct hyphenation *hyphenation) {
    if (hyphenation)
        hyphenation->count = 0;
}
