/* Compressed streams: zlib's format, made once for the same bytes.
 *
 * A store is shared by all threads that write; it keeps what is asked for, up to its limit, by
 * SHA-256. Bytes found there are the bytes that compressing would give, so a hit
 * changes nothing but time.
 * Owner: bytes from the store live until pdf_streams_free; others in the deflater's arena.
 * Errors: none; without memory the program ends. */
#ifndef TANDEM_WRITE_PDF_STREAM_H
#define TANDEM_WRITE_PDF_STREAM_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct pdf_bytes {
    const void *data;
    size_t size;
};

struct pdf_streams;
struct pdf_streams *pdf_streams_new(struct arena *run, size_t limit);
void pdf_streams_free(struct pdf_streams *streams);

/* One thread's tool for one document. */
struct pdf_deflater {
    struct pdf_streams *streams; /* or NULL: nothing is shared */
    struct arena *job;
    void *compressor;
    size_t threads;                 /* that pdf_deflate_all may use: 1 */
    struct deflate_helper *helpers; /* on the threads beyond the first, or NULL */
};

void pdf_deflater_init(struct pdf_deflater *deflater, struct pdf_streams *streams,
                       struct arena *job);
void pdf_deflater_end(struct pdf_deflater *deflater);
struct pdf_bytes pdf_deflate(struct pdf_deflater *deflater, const void *bytes, size_t size);
/* Replaces each by what it is compressed. The results live until pdf_deflater_end. */
void pdf_deflate_all(struct pdf_deflater *deflater, struct pdf_bytes *const *items, size_t count);
/* Pixels of the course, which stay where they are longer than the store lives: known by their
 * address. Each row is filtered as in PNG (§7.4.4.4, predictor 15), `pixel` bytes a pixel. */
struct pdf_bytes pdf_deflate_pixels(struct pdf_deflater *deflater, const unsigned char *pixels,
                                    size_t rows, size_t row_size, size_t pixel);

#endif
