/* Growable bytes in an arena, always NUL-terminated. */
#ifndef TANDEM_BASE_BUF_H
#define TANDEM_BASE_BUF_H

#include "base/arena.h"

#include <stdint.h>

struct buf {
    struct arena *arena;
    char *data; /* never NULL after buf_init; data[len] is 0 */
    size_t len;
    size_t room;
};

void buf_init(struct buf *buf, struct arena *arena);
void buf_clear(struct buf *buf);
/* Makes room for `more` bytes past len and returns where they start. */
char *buf_reserve(struct buf *buf, size_t more);
void buf_put(struct buf *buf, const void *bytes, size_t count);
void buf_puts(struct buf *buf, const char *text);
static inline void buf_putc(struct buf *buf, char byte) {
    char *at = buf->room - buf->len > 1 ? buf->data + buf->len : buf_reserve(buf, 1);
    at[0] = byte;
    at[1] = 0;
    buf->len++;
}
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Decimal integer, faster than printf on hot paths. */
void buf_put_int(struct buf *buf, int64_t number);
/* Fixed-point: number / 10^decimals without trailing zeros, as PDF wants reals ("12.5", "-0.25"). */
void buf_put_fixed(struct buf *buf, int64_t number, int decimals);

#endif
