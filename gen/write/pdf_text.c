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
    buf_put(out, "\xFE\xFF", 2);
    for (const char *at = text, *end = text + size; at < end;) {
        uint32_t units[2];
        size_t count = utf16_units(utf8_next(&at, end), units);
        for (size_t i = 0; i < count; i++) {
            buf_putc(out, (char)(units[i] >> 8));
            buf_putc(out, (char)units[i]);
        }
    }
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
    buf_putc(out, '(');
    for (size_t i = 0; i < size; i++) {
        char byte = bytes[i];
        if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
            buf_putc(out, '\\');
        buf_putc(out, byte == '\r' ? 'r' : byte);
    }
    buf_putc(out, ')');
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
