#include "type/typeset_parts.h"

#include "base/utf8.h"

#include <fribidi.h>

/* Scripts written from right to left, and the controls that make text so. */
static bool turns_text(uint32_t code) {
    return (code >= 0x590 && code <= 0x8FF) || code == 0x200F || code == 0x202B || code == 0x202E ||
           code == 0x2067 || code == 0x2068 || (code >= 0xFB1D && code <= 0xFDFF) ||
           (code >= 0xFE70 && code <= 0xFEFE) || (code >= 0x10800 && code <= 0x10FFF) ||
           (code >= 0x1E800 && code <= 0x1EFFF);
}

static bool has_right_to_left(const char *text, size_t length) {
    for (const char *at = text, *end = text + length; at < end;) {
        /* Nothing below U+0580 is; most bytes are of such. */
        if ((unsigned char)*at < 0xD6)
            at++;
        else if (turns_text(utf8_next(&at, end)))
            return true;
    }
    return false;
}

bool language_right_to_left(const char *lang) {
    /* Those that CLDR 42's likely subtags write in Arabic, Hebrew, Syriac, Thaana, N'Ko. */
    static const char *const languages[] = {"ar",  "he",  "iw",  "fa",  "ur",  "ps",
                                            "sd",  "ug",  "yi",  "ckb", "dv",  "ks",
                                            "syr", "nqo", "bal", "azb", "glk", "mzn"};
    static const char *const scripts[] = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"};
    if (!lang || (lang[0] == 'e' && lang[1] == 'n')) /* nearly always */
        return false;
    size_t length = strcspn(lang, "-");
    const char *script = lang[length] ? lang + length + 1 : "";
    if (strcspn(script, "-") == 4) {
        for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
            if (memcmp(script, scripts[i], 4) == 0)
                return true;
        return false;
    }
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (strlen(languages[i]) == length && memcmp(lang, languages[i], length) == 0)
            return true;
    return false;
}

const uint8_t *bidi_levels(struct arena *scratch, const char *text, size_t length, bool turned,
                           uint8_t *base_level) {
    *base_level = turned;
    if ((!turned && !has_right_to_left(text, length)) || length == 0 || length > INT32_MAX / 8)
        return NULL;
    FriBidiChar *codes = ARENA_ARRAY(scratch, FriBidiChar, length);
    FriBidiStrIndex count = 0;
    for (const char *at = text, *end = text + length; at < end;)
        codes[count++] = utf8_next(&at, end);
    FriBidiCharType *types = ARENA_ARRAY(scratch, FriBidiCharType, count);
    FriBidiBracketType *brackets = ARENA_ARRAY(scratch, FriBidiBracketType, count);
    FriBidiLevel *found = ARENA_ARRAY(scratch, FriBidiLevel, count);
    fribidi_get_bidi_types(codes, count, types);
    fribidi_get_bracket_types(codes, count, types, brackets);
    FriBidiParType base = turned ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_WLTR;
    if (fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, found) == 0)
        return NULL;
    *base_level = FRIBIDI_IS_RTL(base) ? 1 : 0;
    uint8_t *levels = ARENA_ARRAY(scratch, uint8_t, length + 1);
    FriBidiStrIndex code = 0;
    for (const char *at = text, *end = text + length; at < end; code++) {
        size_t offset = (size_t)(at - text);
        utf8_next(&at, end);
        memset(levels + offset, found[code], (size_t)(at - text) - offset);
    }
    return levels;
}

void bidi_reorder(const uint8_t *levels, size_t count, uint32_t *order) {
    uint8_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        highest = levels[i] > highest ? levels[i] : highest;
    }
    for (uint8_t level = highest; level > 0; level--)
        for (size_t start = 0; start < count;) {
            if (levels[order[start]] < level) {
                start++;
                continue;
            }
            size_t end = start;
            while (end < count && levels[order[end]] >= level)
                end++;
            for (size_t left = start, right = end - 1; left < right; left++, right--) {
                uint32_t swapped = order[left];
                order[left] = order[right];
                order[right] = swapped;
            }
            start = end;
        }
}
