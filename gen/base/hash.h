/* SHA-256 (FIPS 180-4), by OpenSSL. */
#ifndef TANDEM_BASE_HASH_H
#define TANDEM_BASE_HASH_H

#include "base/arena.h"

#include <stddef.h>

enum { SHA256_HEX = 65 };

/* Writes 64 lower-case hex digits and a NUL. */
void sha256_hex(const void *bytes, size_t count, char out[SHA256_HEX]);
void sha256_bytes(const void *bytes, size_t count, unsigned char out[32]);
/* The digits of a hash. */
void sha256_print(const unsigned char digest[32], char out[SHA256_HEX]);

/* The same of bytes that come in parts. Lives in the arena. */
struct sha256;
struct sha256 *sha256_new(struct arena *arena);
void sha256_add(struct sha256 *hash, const void *bytes, size_t count);
void sha256_end(struct sha256 *hash, char out[SHA256_HEX]);
void sha256_end_bytes(struct sha256 *hash, unsigned char out[32]);

#endif
