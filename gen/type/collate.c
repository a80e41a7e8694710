#include "type/collate.h"

#include "base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>

struct collation {
    UCollator *collator; /* NULL: code points in order */
};

struct collation *collation_open(struct arena *arena, const char *language) {
    struct collation *collation = ARENA_NEW(arena, struct collation);
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    uloc_forLanguageTag(language, locale, sizeof locale, NULL, &status);
    UCollator *collator = ucol_open(U_SUCCESS(status) ? locale : "", &status);
    collation->collator = U_SUCCESS(status) ? collator : NULL;
    return collation;
}

void collation_close(struct collation *collation) {
    if (collation->collator)
        ucol_close(collation->collator);
}

int collation_compare(struct collation *collation, const char *left, const char *right,
                      enum collation_level level) {
    static const UCollationStrength strengths[] = {UCOL_PRIMARY, UCOL_SECONDARY, UCOL_TERTIARY};
    if (!collation->collator)
        return strcmp(left, right);
    UErrorCode status = U_ZERO_ERROR;
    ucol_setStrength(collation->collator, strengths[level]);
    return ucol_strcollUTF8(collation->collator, left, -1, right, -1, &status);
}

static const char *capital(struct arena *arena, uint32_t code) {
    UChar32 upper = u_toupper((UChar32)code);
    char bytes[8];
    int32_t length = 0;
    UBool failed = false;
    U8_APPEND((uint8_t *)bytes, length, (int32_t)sizeof bytes, upper, failed);
    return failed ? "" : arena_strndup(arena, bytes, (size_t)length);
}

/* What is left of a letter without its accents. */
static uint32_t bare(uint32_t code) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFDInstance(&status);
    UChar parts[8];
    int32_t count = U_SUCCESS(status)
                        ? unorm2_getDecomposition(normalizer, (UChar32)code, parts, 8, &status)
                        : -1;
    UChar32 first = (UChar32)code;
    if (U_SUCCESS(status) && count > 0) {
        int32_t at = 0;
        U16_NEXT(parts, at, count, first);
    }
    return (uint32_t)first;
}

const char *collation_letter(struct collation *collation, struct arena *arena, const char *text) {
    const char *at = text;
    uint32_t code = *at ? utf8_next(&at, text + strlen(text)) : 0;
    if (!u_isalpha((UChar32)code))
        return NULL;
    const char *letter = capital(arena, code), *plain = capital(arena, bare(code));
    return collation_compare(collation, letter, plain, COLLATION_LETTERS) == 0 ? plain : letter;
}
