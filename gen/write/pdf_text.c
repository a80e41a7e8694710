#include "write/pdf_text.h"

#include "base/utf8.h"

bool pdf_text_is_ascii(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (text[i] < 0x20 || text[i] > 0x7E)
            return false;
    return true;
}

static size_t utf16_units(uint32_t code, uint32_t units[2]) {
    if (code < 0x10000) {
        units[0] = code;
        return 1;
    }
    units[0] = 0xD800 | (code - 0x10000) >> 10;
    units[1] = 0xDC00 | ((code - 0x10000) & 0x3FF);
    return 2;
}

void pdf_text_utf16(struct buf *out, const char *text, size_t size) {
    /* A byte of UTF-8 gives at most two of UTF-16. */
    char *to = buf_reserve(out, 2 + 2 * size), *start = to;
    *to++ = (char)0xFE;
    *to++ = (char)0xFF;
    for (const char *at = text, *end = text + size; at < end;) {
        uint32_t units[2];
        size_t count = utf16_units(utf8_next(&at, end), units);
        for (size_t i = 0; i < count; i++) {
            *to++ = (char)(units[i] >> 8);
            *to++ = (char)units[i];
        }
    }
    out->len += (size_t)(to - start);
    *to = 0;
}

void pdf_text_utf16_hex(struct buf *out, const char *text, size_t size) {
    for (const char *at = text, *end = text + size; at < end;) {
        uint32_t units[2];
        size_t count = utf16_units(utf8_next(&at, end), units);
        for (size_t i = 0; i < count; i++)
            for (int shift = 12; shift >= 0; shift -= 4)
                buf_putc(out, "0123456789ABCDEF"[units[i] >> shift & 15]);
    }
}

/* What cannot stand for itself in a literal string (§7.3.4.2): a carriage return would be read as
 * a line feed. */
static void put_literal(struct buf *out, const char *bytes, size_t size) {
    char *to = buf_reserve(out, 2 + 2 * size), *start = to;
    *to++ = '(';
    for (size_t i = 0; i < size; i++) {
        char byte = bytes[i];
        if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
            *to++ = '\\';
        *to++ = byte == '\r' ? 'r' : byte;
    }
    *to++ = ')';
    *to = 0;
    out->len += (size_t)(to - start);
}

void pdf_text_put_string(struct buf *out, const char *text, size_t size) {
    if (pdf_text_is_ascii(text, size)) {
        put_literal(out, text, size);
        return;
    }
    struct buf utf16;
    buf_init(&utf16, out->arena);
    pdf_text_utf16(&utf16, text, size);
    put_literal(out, utf16.data, utf16.len);
}
