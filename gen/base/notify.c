#include "base/notify.h"

#include "base/file.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    SETTLE_MS = 5,     /* quiet for so long: whoever wrote is done */
    PATIENCE_MS = 100, /* but a program that never stops writing is not waited for longer */
    DEEPEST = 64,
};

/* A write is told when the file is closed; what is only created is not whole yet. */
static const uint32_t what = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE |
                             IN_DELETE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;

struct watched {
    int descriptor;
    const char *path;
};

struct notify {
    struct arena *arena;
    int inotify;
    VEC(struct watched) folders;
};

struct notify *notify_open(struct arena *arena, const char **error) {
    struct notify *notify = arena_alloc(arena, sizeof *notify);
    notify->arena = arena;
    notify->inotify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (notify->inotify < 0) {
        *error = arena_strdup(arena, strerror(errno));
        return NULL;
    }
    return notify;
}

void notify_close(struct notify *notify) { close(notify->inotify); }

static struct watched *find_watched(struct notify *notify, int descriptor) {
    for (size_t i = 0; i < notify->folders.count; i++)
        if (notify->folders.at[i].descriptor == descriptor)
            return &notify->folders.at[i];
    return NULL;
}

/* Below a folder that is watched already the kernel gives the same descriptor again: it may have been
 * moved, and then its new path is kept. */
static bool add(struct notify *notify, const char *folder, int depth) {
    int descriptor = inotify_add_watch(notify->inotify, folder, what);
    if (descriptor < 0 || depth > DEEPEST)
        return false;
    struct watched *known = find_watched(notify, descriptor);
    if (!known)
        known = VEC_ADD(notify->arena, &notify->folders);
    *known = (struct watched){descriptor, arena_strdup(notify->arena, folder)};
    struct strings names = {0};
    if (!folder_list(notify->arena, folder, &names))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        const char *path = path_join(notify->arena, folder, names.at[i]);
        if (folder_exists(path))
            add(notify, path, depth + 1); /* may be gone again by now: its parent tells */
    }
    return true;
}

bool notify_add(struct notify *notify, const char *folder, const char **error) {
    errno = 0;
    if (add(notify, folder, 0))
        return true;
    *error =
        arena_strdup(notify->arena, errno == ENOSPC ? "the system watches too many folders already "
                                                      "(fs.inotify.max_user_watches)"
                                                    : strerror(errno ? errno : ELOOP));
    return false;
}

/* A file that is created and stays empty, or is written to later, says so when it is closed; a link
 * is never closed. */
static bool is_whole(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && (S_ISLNK(status.st_mode) || status.st_nlink > 1);
}

/* Whether an event is worth telling. */
static bool take_event(struct notify *notify, const struct inotify_event *event) {
    if (event->mask & IN_Q_OVERFLOW)
        return true;
    struct watched *folder = find_watched(notify, event->wd);
    if (event->mask & IN_IGNORED) {
        if (folder)
            folder->descriptor = -1;
        return false;
    }
    if (!folder || !event->len)
        return event->mask & IN_DELETE_SELF;
    size_t length = strlen(event->name);
    if (event->name[0] == '.' || event->name[length - 1] == '~')
        return false;
    const char *path = path_join(notify->arena, folder->path, event->name);
    if (event->mask & IN_ISDIR) {
        if (event->mask & (IN_CREATE | IN_MOVED_TO))
            add(notify, path, 0);
        return true;
    }
    return !(event->mask & IN_CREATE) || is_whole(path);
}

static bool take_events(struct notify *notify) {
    bool told = false;
    _Alignas(struct inotify_event) char bytes[16384];
    for (ssize_t count; (count = read(notify->inotify, bytes, sizeof bytes)) > 0;)
        for (char *at = bytes; at < bytes + count;) {
            const struct inotify_event *event = (const struct inotify_event *)(void *)at;
            told |= take_event(notify, event);
            at += sizeof *event + event->len;
        }
    return told;
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum notify_news notify_wait(struct notify *notify, int timeout_ms, int wake) {
    struct pollfd both[2] = {{.fd = notify->inotify, .events = POLLIN},
                             {.fd = wake, .events = POLLIN}};
    int64_t began = now_ms(), changed = -1;
    for (;;) {
        int64_t left = changed >= 0     ? SETTLE_MS
                       : timeout_ms < 0 ? -1
                                        : began + timeout_ms - now_ms();
        if (left < 0 && timeout_ms >= 0)
            left = 0;
        int ready = poll(both, wake >= 0 ? 2 : 1, (int)left);
        if (ready < 0 && errno != EINTR)
            return NOTIFY_STOPPED;
        if (ready > 0 && both[1].revents)
            return NOTIFY_STOPPED;
        if (ready > 0 && take_events(notify) && changed < 0)
            changed = now_ms();
        if (changed >= 0 && (ready == 0 || now_ms() - changed > PATIENCE_MS))
            return NOTIFY_CHANGED;
        if (changed < 0 && timeout_ms >= 0 && now_ms() - began >= timeout_ms)
            return NOTIFY_QUIET;
    }
}
