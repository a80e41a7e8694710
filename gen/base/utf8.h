/* UTF-8 (RFC 3629): decoding and checking. Text inside the program is valid UTF-8 without NUL,
 * checked where it enters (file_load, the YAML and CSV readers). */
#ifndef TANDEM_BASE_UTF8_H
#define TANDEM_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads the code point at *at, moves *at past it; at the end returns 0 and does not move.
 * A malformed byte counts as U+FFFD, one byte long. */
uint32_t utf8_next(const char **at, const char *end);
/* Writes 1..4 bytes, returns how many. */
size_t utf8_encode(uint32_t code, char out[4]);
/* Code points in `size` bytes. */
size_t utf8_count(const char *text, size_t size);
/* Byte offset of the first malformed sequence, surrogate, U+FFFE/U+FFFF or NUL; size if none. */
size_t utf8_find_bad(const char *text, size_t size);
/* True for C0 and C1 controls other than tab and line feed. */
bool utf8_is_control(uint32_t code);

#endif
