/* SHA-256 (FIPS 180-4), by OpenSSL. */
#ifndef TANDEM_BASE_HASH_H
#define TANDEM_BASE_HASH_H

#include <stddef.h>

enum { SHA256_HEX = 65 };

/* Writes 64 lower-case hex digits and a NUL. */
void sha256_hex(const void *bytes, size_t count, char out[SHA256_HEX]);
void sha256_bytes(const void *bytes, size_t count, unsigned char out[32]);

#endif
