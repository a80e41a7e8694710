/* UTF-8 (RFC 3629): decoding and checking. Text inside the program is valid UTF-8 without NUL,
 * checked where it enters (file_load, the YAML and CSV readers). */
#ifndef TANDEM_BASE_UTF8_H
#define TANDEM_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What utf8_next does with all but ASCII. */
uint32_t utf8_next_long(const char **at, const char *end);
/* Reads the code point at *at, moves *at past it; at the end returns 0 and does not move.
 * A malformed byte counts as U+FFFD, one byte long. */
static inline uint32_t utf8_next(const char **at, const char *end) {
    if (*at < end && (unsigned char)**at < 0x80)
        return (unsigned char)*(*at)++;
    return utf8_next_long(at, end);
}
/* Writes 1..4 bytes, returns how many. */
size_t utf8_encode(uint32_t code, char out[4]);
/* Code points in `size` bytes. */
size_t utf8_count(const char *text, size_t size);
/* Byte offset of the first malformed sequence, surrogate, U+FFFE/U+FFFF or NUL; size if none. */
size_t utf8_find_bad(const char *text, size_t size);
/* True for C0 and C1 controls other than tab and line feed. */
static inline bool utf8_is_control(uint32_t code) {
    return (code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7F && code < 0xA0);
}

#endif
