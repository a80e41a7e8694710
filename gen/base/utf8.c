#include "base/utf8.h"

static size_t utf8_decode(const unsigned char *at, size_t left, uint32_t *code) {
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = at[0];
    size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
    if (length == 0 || length > left || lead > 0xF4)
        return 0;
    uint32_t value = length == 1 ? lead : lead & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3F);
    }
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return length;
}

uint32_t utf8_next_long(const char **at, const char *end) {
    if (*at >= end)
        return 0;
    uint32_t code;
    size_t length = utf8_decode((const unsigned char *)*at, (size_t)(end - *at), &code);
    if (length == 0) {
        *at += 1;
        return 0xFFFD;
    }
    *at += length;
    return code;
}

size_t utf8_encode(uint32_t code, char out[4]) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

size_t utf8_count(const char *text, size_t size) {
    size_t count = 0;
    for (const char *at = text, *end = text + size; at < end; count++)
        utf8_next(&at, end);
    return count;
}

size_t utf8_find_bad(const char *text, size_t size) {
    size_t at = 0;
    while (at < size) {
        if (text[at] && (unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t code;
        size_t length = utf8_decode((const unsigned char *)text + at, size - at, &code);
        if (length == 0 || code == 0 || (code & 0xFFFE) == 0xFFFE)
            return at;
        at += length;
    }
    return size;
}
