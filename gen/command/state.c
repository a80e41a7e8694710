#define _GNU_SOURCE /* dl_iterate_phdr */
#include "command/state.h"

#include "base/file.h"

#include <dirent.h>
#include <link.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Stamps of time are as coarse as a tick of the kernel: a file that was changed within one tick of
 * the state's writing may look the same, and its bytes are read. */
enum { TICK_NS = 20000000, STATE_LIMIT = 256 << 20, OUTPUT_LIMIT = 1 << 30 };
static const char head[] = "tandem state 1";

static int64_t nanoseconds(struct timespec time) {
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static bool stamp_of(const char *path, struct stamp *stamp) {
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    *stamp = (struct stamp){.size = info.st_size,
                            .mtime_ns = nanoseconds(info.st_mtim),
                            .ctime_ns = nanoseconds(info.st_ctim),
                            .inode = (int64_t)info.st_ino};
    return true;
}

static bool same_stamp(const struct stamp *a, const struct stamp *b) {
    return a->size == b->size && a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns &&
           a->inode == b->inode;
}

/* ---- the program and its surroundings ---- */

static void put_stamp(struct buf *out, const char *path) {
    struct stat info;
    buf_printf(out, "%s ", path);
    if (stat(path, &info) == 0)
        buf_printf(out, "%lld %lld %lld", (long long)info.st_size,
                   (long long)nanoseconds(info.st_mtim), (long long)nanoseconds(info.st_ctim));
    buf_putc(out, '\n');
}

static int put_library(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size;
    if (info->dlpi_name && info->dlpi_name[0] == '/')
        put_stamp(context, info->dlpi_name);
    return 0;
}

static void put_theme(struct buf *out, const struct theme *theme) {
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (int face = 0; face < FACE_COUNT; face++)
            if (theme->fonts[family][face].path)
                put_stamp(out, theme->fonts[family][face].path);
    for (size_t i = 0; i < theme->fallback_count; i++)
        for (int face = 0; face < FACE_COUNT; face++)
            if (theme->fallbacks[i].faces[face].path)
                put_stamp(out, theme->fallbacks[i].faces[face].path);
}

/* What decides bytes and is no source: the program, libraries, fonts, hyphenation. */
static void hash_environment(struct build *build, char hash[SHA256_HEX]) {
    struct arena arena;
    arena_init(&arena);
    struct buf text;
    buf_init(&text, &arena);
    put_stamp(&text, "/proc/self/exe");
    dl_iterate_phdr(put_library, &text);
    put_stamp(&text, "/usr/share/hyphen");
    for (size_t i = 0; i < build->course->materials.count; i++)
        if (i == 0 ||
            build->course->materials.at[i].theme != build->course->materials.at[i - 1].theme)
            put_theme(&text, build->course->materials.at[i].theme);
    sha256_hex(text.data, text.len, hash);
    arena_release(&arena);
}

/* ---- reading ---- */

/* The state of an out/ that lies in the course's folder goes with it wherever that is moved. */
static const char *state_path(struct build *build) {
    const char *folder = path_join(&build->run, build->course->folder, ".tandem");
    if (!build->options->out)
        return path_join(&build->run, folder, "out.state");
    char *real = realpath(build->out, NULL);
    char *home = realpath(build->course->folder, NULL);
    size_t length = home ? strlen(home) : 0;
    const char *name = real ? real : build->out;
    if (real && home && strncmp(real, home, length) == 0 && strcmp(real + length, "/out") == 0) {
        name = path_join(&build->run, folder, "out.state");
    } else {
        char hash[SHA256_HEX];
        sha256_hex(name, strlen(name), hash);
        name = arena_printf(&build->run, "%s/%.16s.state", folder, hash);
    }
    free(real);
    free(home);
    return name;
}

static bool is_hash(const char *text) {
    return strlen(text) == SHA256_HEX - 1 && strspn(text, "0123456789abcdef") == SHA256_HEX - 1;
}

enum { FIELDS = 9 };

static bool parse_row(struct arena *arena, struct state *state, char *line) {
    char *field[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
        field[i] = line;
        line = strchr(line, i + 1 < FIELDS ? ' ' : 0);
        if (!line)
            return false;
        if (i + 1 < FIELDS)
            *line++ = 0;
    }
    if (!is_hash(field[0]) || !is_hash(field[1]) || !path_is_inside(field[8]))
        return false;
    struct state_row *row = VEC_ADD(arena, &state->rows);
    memcpy(row->key, field[0], SHA256_HEX);
    memcpy(row->sha256, field[1], SHA256_HEX);
    row->stamp = (struct stamp){strtoll(field[2], NULL, 10), strtoll(field[3], NULL, 10),
                                strtoll(field[4], NULL, 10), strtoll(field[5], NULL, 10)};
    row->pages = strtoull(field[6], NULL, 10);
    row->sheets = strtoull(field[7], NULL, 10);
    row->path = field[8];
    return true;
}

static bool parse_state(struct arena *arena, struct state *state, char *text, size_t size) {
    enum { TAIL = SHA256_HEX };
    char hash[SHA256_HEX], was[SHA256_HEX];
    long long written;
    int used = 0;
    if (size < TAIL || text[size - 1] != '\n')
        return false;
    sha256_hex(text, size - TAIL, hash);
    if (memcmp(hash, text + size - TAIL, TAIL - 1) != 0)
        return false;
    text[size - TAIL] = 0;
    if (strncmp(text, head, strlen(head)) != 0 ||
        sscanf(text + strlen(head), " %64s %lld %*[^\n]\n%n", was, &written, &used) != 2 || !used)
        return false;
    state->same_environment = strcmp(was, state->environment) == 0;
    state->written_ns = written;
    for (char *line = text + strlen(head) + used, *end; (end = strchr(line, '\n'));
         line = end + 1) {
        *end = 0;
        if (!parse_row(arena, state, line))
            return false;
    }
    return true;
}

struct state *state_load(struct build *build) {
    struct state *state = ARENA_NEW(&build->run, struct state);
    state->path = state_path(build);
    hash_environment(build, state->environment);
    map_init(&state->by_path, &build->run);
    size_t size;
    const char *error;
    char *text = file_read(&build->run, state->path, STATE_LIMIT, &size, &error);
    if (!text || !parse_state(&build->run, state, text, size)) {
        state->rows.count = 0;
        state->written_ns = 0;
    }
    size_t kept = 0; /* one row a file: the first, in case a path is there twice */
    for (size_t i = 0; i < state->rows.count; i++) {
        if (map_find(&state->by_path, state->rows.at[i].path))
            continue;
        state->rows.at[kept] = state->rows.at[i];
        map_set(&state->by_path, state->rows.at[kept].path, &state->rows.at[kept]);
        kept++;
    }
    state->rows.count = kept;
    return state;
}

/* True if a file is as it was made: by its stamp if that can be relied on, else by its bytes. */
static bool is_untouched(struct build *build, const struct state *state,
                         const struct state_row *row) {
    struct arena scratch;
    arena_init(&scratch);
    const char *path = path_join(&scratch, build->out, row->path), *error;
    struct stamp now;
    bool same = stamp_of(path, &now) && now.size == row->stamp.size;
    if (same && (!same_stamp(&now, &row->stamp) || now.ctime_ns > state->written_ns - TICK_NS)) {
        size_t size;
        const char *bytes = file_read(&scratch, path, OUTPUT_LIMIT, &size, &error);
        char hash[SHA256_HEX];
        sha256_hex(bytes ? bytes : "", bytes ? size : 0, hash);
        same = bytes && strcmp(hash, row->sha256) == 0;
    }
    arena_release(&scratch);
    return same;
}

const struct state_row *state_find(struct build *build, const struct state *state,
                                   const char *path) {
    struct state_row *row = map_find(&state->by_path, path);
    return row && is_untouched(build, state, row) ? row : NULL;
}

/* ---- what has no place any more ---- */

static void mark_planned(struct build *build, struct state *state) {
    for (size_t i = 0; i < build->entries.count; i++) {
        struct state_row *row = map_find(&state->by_path, build->entries.at[i].path);
        if (row && *build->entries.at[i].sha256)
            row->planned = true;
    }
}

size_t state_sweep(struct build *build, struct state *state, bool stopped) {
    mark_planned(build, state);
    if (stopped || build->options->only || build->options->participant || build->shard.of ||
        diag_errors(build->diag))
        return 0;
    size_t removed = 0;
    for (size_t i = 0; i < state->rows.count; i++) {
        struct state_row *row = &state->rows.at[i];
        const char *path = path_join(&build->run, build->out, row->path);
        if (row->planned || !file_exists(path))
            continue;
        if (!is_untouched(build, state, row)) {
            fprintf(stderr,
                    "tandem: '%s' is not made any more; it was changed since, so it stays\n", path);
        } else if (unlink(path) == 0) {
            fprintf(stderr, "tandem: removed '%s', which is not made any more\n", path);
            removed++;
            char *folder = arena_strdup(&build->run, path);
            folder[path_name(path) - path - 1] = 0;
            rmdir(folder); /* stays if it holds anything */
        }
        row->planned = true; /* told once */
    }
    return removed;
}

/* ---- writing ---- */

static void put_row(struct buf *out, const char *key, const char *sha256, const struct stamp *stamp,
                    size_t pages, size_t sheets, const char *path) {
    if (strpbrk(path, "\n\r"))
        return;
    buf_printf(out, "%s %s %lld %lld %lld %lld %zu %zu %s\n", key, sha256, (long long)stamp->size,
               (long long)stamp->mtime_ns, (long long)stamp->ctime_ns, (long long)stamp->inode,
               pages, sheets, path);
}

/* States of out folders that are gone go as well. */
static void prune(struct build *build, const struct state *state) {
    struct arena *arena = &build->run;
    struct strings names = {0};
    const char *folder = path_join(arena, build->course->folder, ".tandem");
    folder_list(arena, folder, &names);
    for (size_t i = 0; i < names.count; i++) {
        const char *path = path_join(arena, folder, names.at[i]);
        FILE *file = strcmp(path, state->path) == 0 ? NULL : fopen(path, "r");
        char line[4096];
        const char *out = file && fgets(line, sizeof line, file) ? strchr(line, '/') : NULL;
        if (file)
            fclose(file);
        if (!out || !strchr(out, '\n'))
            continue;
        *strchr(out, '\n') = 0;
        if (!folder_exists(out))
            unlink(path);
    }
}

void state_write(struct build *build, const struct state *state) {
    struct buf text;
    buf_init(&text, &build->run);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    char *real = realpath(build->out, NULL);
    buf_printf(&text, "%s %s %lld %s\n", head, state->warned ? "warned" : state->environment,
               (long long)nanoseconds(now), real && !strpbrk(real, "\n\r") ? real : "-");
    free(real);
    for (size_t i = 0; i < build->entries.count; i++) {
        const struct manifest_entry *entry = &build->entries.at[i];
        struct stamp stamp;
        if (*entry->sha256 && stamp_of(path_join(&build->run, build->out, entry->path), &stamp))
            put_row(&text, entry->key, entry->sha256, &stamp, entry->pages, entry->sheets,
                    entry->path);
    }
    for (size_t i = 0; i < state->rows.count; i++) {
        const struct state_row *row = &state->rows.at[i];
        if (!row->planned)
            put_row(&text, row->key, row->sha256, &row->stamp, row->pages, row->sheets, row->path);
    }
    char hash[SHA256_HEX];
    sha256_hex(text.data, text.len, hash);
    buf_printf(&text, "%s\n", hash);
    const char *error; /* a course that cannot be written to is built all the same */
    if (!file_write(&build->run, state->path, text.data, text.len, &error))
        return;
    const char *ignore = path_join(&build->run, build->course->folder, ".tandem/.gitignore");
    if (!file_exists(ignore))
        file_write(&build->run, ignore, "*\n", 2, &error);
    prune(build, state);
}
