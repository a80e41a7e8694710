#define _GNU_SOURCE /* realpath, O_CLOEXEC */
#include "base/file.h"

#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SOURCE_LIMIT = 4 << 20 };

static const char too_large[] = "it is too large";

/* The system's words, begun small like ours: "permission denied". */
static const char *system_error(struct arena *arena) {
    char text[128];
    /* The GNU variant: no locale is ever set, so the words are English. */
    char *words = arena_strdup(arena, strerror_r(errno, text, sizeof text));
    bool is_word = words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a' && words[1] <= 'z';
    words[0] = (char)(is_word ? words[0] + 'a' - 'A' : words[0]);
    return words;
}

static bool read_all(int fd, char *bytes, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t got = read(fd, bytes + done, size - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            return false;
        }
        done += (size_t)got;
    }
    return true;
}

char *file_read(struct arena *arena, const char *path, size_t limit, size_t *size,
                const char **error) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    char *bytes = NULL;
    if (fd < 0 || fstat(fd, &info) != 0) {
        *error = system_error(arena);
    } else if (!S_ISREG(info.st_mode)) {
        *error = "it is not a regular file";
    } else if ((uintmax_t)info.st_size > limit) {
        *error = too_large;
    } else {
        bytes = arena_alloc(arena, (size_t)info.st_size + 1);
        *size = (size_t)info.st_size;
        if (!read_all(fd, bytes, *size)) {
            *error = system_error(arena);
            bytes = NULL;
        }
    }
    if (fd >= 0)
        close(fd);
    return bytes;
}

static bool source_is_clean(struct diag *diag, const struct source *source) {
    size_t bad = utf8_find_bad(source->text, source->size);
    if (bad < source->size) {
        diag_report(diag, DIAG_FILE_NOT_UTF8, source_span(source, bad, 1));
        return false;
    }
    const char *end = source->text + source->size;
    for (const char *at = source->text; at < end;) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);
        if (utf8_is_control(code) && !(code == '\r' && at < end && *at == '\n')) {
            char hex[8];
            snprintf(hex, sizeof hex, "%04X", (unsigned)code & 0xFFFF);
            diag_report(diag, DIAG_FILE_CONTROL,
                        source_span(source, (size_t)(from - source->text), 1), hex);
            return false;
        }
    }
    return true;
}

struct source *file_load(struct arena *arena, struct diag *diag, const char *path,
                         const char *shown) {
    return file_load_within(arena, diag, path, shown, SOURCE_LIMIT, "4 MiB");
}

struct source *file_load_within(struct arena *arena, struct diag *diag, const char *path,
                                const char *shown, size_t limit, const char *words) {
    const char *error = NULL;
    size_t size = 0;
    char *text = file_read(arena, path, limit, &size, &error);
    struct source *source =
        source_new(arena, arena_strdup(arena, shown), text ? text : "", text ? size : 0);
    if (!text) {
        bool large = error == too_large;
        diag_report(diag, large ? DIAG_FILE_TOO_LARGE : DIAG_FILE_UNREADABLE,
                    ((struct span){source, 0, 0, 0}), large ? words : error);
        return NULL;
    }
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        source = source_new(arena, source->path, text + 3, size - 3);
    return source_is_clean(diag, source) ? source : NULL;
}

bool file_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool folder_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool folder_make(struct arena *scratch, const char *path, const char **error) {
    char *part = arena_strdup(scratch, path);
    for (char *at = part + 1;; at++) {
        if (*at != '/' && *at != 0)
            continue;
        char kept = *at;
        *at = 0;
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            *error = system_error(scratch);
            return false;
        }
        *at = kept;
        if (!kept)
            break;
    }
    if (!folder_exists(path)) {
        *error = "a file of that name is in the way";
        return false;
    }
    return true;
}

static bool write_all(int fd, const char *bytes, size_t size) {
    while (size) {
        ssize_t put = write(fd, bytes, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

void file_out_open(struct file_out *out, struct arena *scratch, const char *path) {
    *out = (struct file_out){.fd = -1, .path = path, .scratch = scratch};
    const char *name = path_name(path);
    char *folder = arena_strndup(scratch, path, (size_t)(name - path));
    if (name > path + 1) {
        folder[name - path - 1] = 0;
        if (!folder_make(scratch, folder, &out->error))
            return;
    }
    /* Beside the file, hidden, and unlike any name that the program gives to an output. */
    out->temporary =
        arena_printf(scratch, "%.*s.%s.%ld.tmp", (int)(name - path), path, name, (long)getpid());
    out->fd = open(out->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (out->fd < 0)
        out->error = system_error(scratch);
}

void file_out_put(struct file_out *out, const void *bytes, size_t size) {
    if (!out->error && !write_all(out->fd, bytes, size))
        out->error = system_error(out->scratch);
}

bool file_out_close(struct file_out *out) {
    if (out->fd < 0)
        return false;
    if (close(out->fd) != 0 && !out->error)
        out->error = system_error(out->scratch);
    if (!out->error && rename(out->temporary, out->path) != 0)
        out->error = system_error(out->scratch);
    if (out->error)
        unlink(out->temporary);
    return !out->error;
}

bool file_write(struct arena *scratch, const char *path, const void *bytes, size_t size,
                const char **error) {
    struct file_out out;
    file_out_open(&out, scratch, path);
    file_out_put(&out, bytes, size);
    bool written = file_out_close(&out);
    if (!written)
        *error = out.error;
    return written;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool folder_list(struct arena *arena, const char *path, struct strings *names) {
    DIR *folder = opendir(path);
    if (!folder)
        return false;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            VEC_PUSH(arena, names, arena_strdup(arena, entry->d_name));
    closedir(folder);
    if (names->count)
        qsort(names->at, names->count, sizeof *names->at, compare_names);
    return true;
}

char *path_join(struct arena *arena, const char *folder, const char *name) {
    if (!*folder || strcmp(folder, ".") == 0)
        return arena_strdup(arena, name);
    return arena_printf(arena, "%s/%s", folder, name);
}

bool path_is_inside(const char *path) {
    if (!*path || *path == '/')
        return false;
    for (const char *at = path; *at; at++)
        if (*at == '\\' || (unsigned char)*at < 0x20 || *at == 0x7F)
            return false;
    for (const char *at = path; at; at = strchr(at, '/') ? strchr(at, '/') + 1 : NULL)
        if (at[0] == '.' && at[1] == '.' && (at[2] == '/' || at[2] == 0))
            return false;
    return true;
}

bool path_resolves_inside(const char *folder, const char *path) {
    char *outer = realpath(folder, NULL), *inner = realpath(path, NULL);
    size_t length = outer ? strlen(outer) : 0;
    bool inside = outer && inner && strncmp(inner, outer, length) == 0 &&
                  (inner[length] == '/' || inner[length] == 0 || (length == 1 && *outer == '/'));
    free(outer);
    free(inner);
    return inside;
}

const char *path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
