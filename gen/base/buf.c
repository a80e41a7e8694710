#include "base/buf.h"

#include <stdio.h>
#include <string.h>

void buf_init(struct buf *buf, struct arena *arena) {
    buf->arena = arena;
    buf->room = 64;
    buf->data = arena_alloc(arena, buf->room);
    buf->len = 0;
}

void buf_clear(struct buf *buf) {
    buf->len = 0;
    buf->data[0] = 0;
}

char *buf_reserve(struct buf *buf, size_t more) {
    if (buf->room - buf->len <= more) {
        size_t room = buf->room * 2;
        while (room - buf->len <= more)
            room *= 2;
        buf->data = arena_resize(buf->arena, buf->data, buf->room, room);
        buf->room = room;
    }
    return buf->data + buf->len;
}

void buf_put(struct buf *buf, const void *bytes, size_t count) {
    char *at = buf_reserve(buf, count);
    if (count)
        memcpy(at, bytes, count);
    buf->len += count;
    buf->data[buf->len] = 0;
}

void buf_puts(struct buf *buf, const char *text) { buf_put(buf, text, strlen(text)); }

void buf_printf(struct buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = buf->room - buf->len;
    int length = vsnprintf(buf->data + buf->len, room, format, args);
    va_end(args);
    if (length > 0 && (size_t)length >= room)
        vsnprintf(buf_reserve(buf, (size_t)length), (size_t)length + 1, format, again);
    if (length > 0)
        buf->len += (size_t)length;
    va_end(again);
}

void buf_put_int(struct buf *buf, int64_t number) {
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (number < 0)
        *--at = '-';
    buf_put(buf, at, (size_t)(digits + sizeof digits - at));
}

void buf_put_fixed(struct buf *buf, int64_t number, int decimals) {
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    if (number < 0) {
        buf_putc(buf, '-');
        number = -number;
    }
    buf_put_int(buf, number / unit);
    int64_t part = number % unit;
    if (!part)
        return;
    char digits[20];
    int length = decimals;
    for (int i = decimals - 1; i >= 0; i--) {
        digits[i] = (char)('0' + part % 10);
        part /= 10;
    }
    while (digits[length - 1] == '0')
        length--;
    buf_putc(buf, '.');
    buf_put(buf, digits, (size_t)length);
}
