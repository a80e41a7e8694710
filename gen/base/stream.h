/* Streams: a file that is written as it comes, for what is too large to be held in memory. It appears
 * under its name whole or not at all.
 *
 * Owner: the arena given, until stream_end, which is always called. Errors: the first one is kept
 * and told by stream_end. */
#ifndef TANDEM_BASE_STREAM_H
#define TANDEM_BASE_STREAM_H

#include "base/hash.h"

#include <stdbool.h>

struct stream;

/* Begins the file; folders are made. */
struct stream *stream_begin(struct arena *arena, const char *path);
void stream_put(struct stream *stream, const void *bytes, size_t count);
/* Gives the file its name; *size and the hash are of all bytes. False with *error, and no file. */
bool stream_end(struct stream *stream, size_t *size, char hash[SHA256_HEX], const char **error);

#endif
