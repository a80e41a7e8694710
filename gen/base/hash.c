/* EVP, which OpenSSL would have used instead, reads its configuration and fetches providers first:
 * a millisecond of a run that takes forty. The algorithm is the same. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/hash.h"

#include <openssl/sha.h>

void sha256_bytes(const void *bytes, size_t count, unsigned char out[32]) {
    SHA256_CTX context; /* none of the three can fail for bytes in memory */
    SHA256_Init(&context);
    SHA256_Update(&context, bytes, count);
    SHA256_Final(out, &context);
}

void sha256_print(const unsigned char digest[32], char out[SHA256_HEX]) {
    for (int i = 0; i < 32; i++) {
        out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out[64] = 0;
}

void sha256_hex(const void *bytes, size_t count, char out[SHA256_HEX]) {
    unsigned char digest[32];
    sha256_bytes(bytes, count, digest);
    sha256_print(digest, out);
}

struct sha256 {
    SHA256_CTX context;
};

struct sha256 *sha256_new(struct arena *arena) {
    struct sha256 *hash = ARENA_NEW(arena, struct sha256);
    SHA256_Init(&hash->context);
    return hash;
}

void sha256_add(struct sha256 *hash, const void *bytes, size_t count) {
    SHA256_Update(&hash->context, bytes, count);
}

void sha256_end(struct sha256 *hash, char out[SHA256_HEX]) {
    unsigned char digest[32];
    SHA256_Final(digest, &hash->context);
    sha256_print(digest, out);
}

void sha256_end_bytes(struct sha256 *hash, unsigned char out[32]) {
    SHA256_Final(out, &hash->context);
}
