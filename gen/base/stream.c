#include "base/stream.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { STREAM_ROOM = 1 << 16 };

struct stream {
    struct arena *arena;
    const char *path, *temporary;
    int fd;
    const char *error;
    struct sha256 *hash;
    size_t size, held;
    char bytes[STREAM_ROOM];
};

static void fail(struct stream *stream) {
    if (!stream->error)
        stream->error = arena_strdup(stream->arena, strerror(errno));
}

struct stream *stream_begin(struct arena *arena, const char *path) {
    struct stream *stream = ARENA_NEW(arena, struct stream);
    const char *name = path_name(path);
    char *folder = arena_strndup(arena, path, (size_t)(name - path));
    *stream = (struct stream){.arena = arena, .path = path, .fd = -1, .hash = sha256_new(arena)};
    if (name > path + 1) {
        folder[name - path - 1] = 0;
        if (!folder_make(arena, folder, &stream->error))
            return stream;
    }
    stream->temporary =
        arena_printf(arena, "%.*s.%s.%ld.tmp", (int)(name - path), path, name, (long)getpid());
    stream->fd = open(stream->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (stream->fd < 0)
        fail(stream);
    return stream;
}

static void flush(struct stream *stream) {
    const char *at = stream->bytes;
    sha256_add(stream->hash, at, stream->held);
    stream->size += stream->held;
    while (!stream->error && stream->held) {
        ssize_t written = write(stream->fd, at, stream->held);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            fail(stream);
            break;
        }
        at += written;
        stream->held -= (size_t)written;
    }
    stream->held = 0;
}

void stream_put(struct stream *stream, const void *bytes, size_t count) {
    const char *at = bytes;
    while (count) {
        size_t part = STREAM_ROOM - stream->held;
        part = part < count ? part : count;
        memcpy(stream->bytes + stream->held, at, part);
        stream->held += part;
        at += part;
        count -= part;
        if (stream->held == STREAM_ROOM)
            flush(stream);
    }
}

bool stream_end(struct stream *stream, size_t *size, char hash[SHA256_HEX], const char **error) {
    flush(stream);
    if (stream->fd >= 0 && close(stream->fd) != 0)
        fail(stream);
    if (!stream->error && rename(stream->temporary, stream->path) != 0)
        fail(stream);
    if (stream->error && stream->fd >= 0)
        unlink(stream->temporary);
    sha256_end(stream->hash, hash);
    *size = stream->size;
    *error = stream->error;
    return !stream->error;
}
