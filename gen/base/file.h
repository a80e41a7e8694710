/* Files: reading whole, writing whole or not at all, and walking a folder in a fixed order.
 *
 * Errors of the system (permission, disk full) come back as text, in the caller's arena. */
#ifndef TANDEM_BASE_FILE_H
#define TANDEM_BASE_FILE_H

#include "base/diag.h"
#include "base/vec.h"

/* Reads a file into `arena`, NUL-terminated. NULL on error with *error set. */
char *file_read(struct arena *arena, const char *path, size_t limit, size_t *size,
                const char **error);

/* Reads a text source: at most 4 MiB of valid UTF-8 without control characters (a BOM is dropped).
 * `shown` is the path for messages. NULL after reporting. */
struct source *file_load(struct arena *arena, struct diag *diag, const char *path,
                         const char *shown);

/* The same with another limit, which `words` names in the message. */
struct source *file_load_within(struct arena *arena, struct diag *diag, const char *path,
                                const char *shown, size_t limit, const char *words);

/* Writes to a temporary file beside `path`, then renames it over. No fsync: outputs can be made again,
 * and a crash of the program never leaves half a file under its name. Folders are made. False with *error
 * set; then nothing of it remains. */
bool file_write(struct arena *scratch, const char *path, const void *bytes, size_t size,
                const char **error);

/* The same piece by piece, for what is too long to be held in memory. */
struct file_out {
    int fd;
    const char *path, *temporary;
    const char *error; /* the first that happened, or NULL: then no more is written */
    struct arena *scratch;
};
/* Always to be followed by file_out_close; *out need not be initialised. */
void file_out_open(struct file_out *out, struct arena *scratch, const char *path);
void file_out_put(struct file_out *out, const void *bytes, size_t size);
/* Gives the file its name. False with out->error set; then nothing of it remains. */
bool file_out_close(struct file_out *out);

bool file_exists(const char *path);
bool folder_exists(const char *path);
/* Makes a folder and those above it. */
bool folder_make(struct arena *scratch, const char *path, const char **error);
/* Names in a folder, sorted by byte, without those starting with a dot. False if unreadable. */
bool folder_list(struct arena *arena, const char *path, struct strings *names);

/* "a/b" from "a" and "b"; "b" alone if `folder` is "" or ".". */
char *path_join(struct arena *arena, const char *folder, const char *name);
/* True if a source's relative path stays below its folder: not absolute, no "..", no backslash,
 * no control characters. Links are checked by path_resolves_inside. */
bool path_is_inside(const char *path);
/* True if `path`, its links followed, lies in `folder`, its links followed. */
bool path_resolves_inside(const char *folder, const char *path);
/* The last part of a path, borrowed. */
const char *path_name(const char *path);

#endif
