#include "base/hash.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

void sha256_bytes(const void *bytes, size_t count, unsigned char out[32]) {
    unsigned int length = 32;
    if (EVP_Digest(bytes, count, out, &length, EVP_sha256(), NULL) != 1) {
        fputs("tandem: error: the SHA-256 of the system's OpenSSL does not work\n", stderr);
        exit(3);
    }
}

void sha256_hex(const void *bytes, size_t count, char out[SHA256_HEX]) {
    unsigned char digest[32];
    sha256_bytes(bytes, count, digest);
    for (int i = 0; i < 32; i++) {
        out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out[64] = 0;
}
