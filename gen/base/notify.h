/* Being told when files below some folders change (inotify). Folders are watched, not files, for
 * editors save by renaming. Names that begin with a dot or end in "~" are editors' own and not told.
 *
 * Owner: the caller, from notify_open to notify_close. Not for several threads at once.
 * Errors: of the system, as text in the arena given. */
#ifndef TANDEM_BASE_NOTIFY_H
#define TANDEM_BASE_NOTIFY_H

#include "base/arena.h"

#include <stdbool.h>

struct notify;

/* NULL with *error set. Small things are kept in `arena` while it is open. */
struct notify *notify_open(struct arena *arena, const char **error);
/* Watches a folder and all below it, and those that come to be there later. False with *error set:
 * too many folders for the system's limit, as a rule, or no such folder. */
bool notify_add(struct notify *notify, const char *folder, const char **error);

enum notify_news { NOTIFY_QUIET, NOTIFY_CHANGED, NOTIFY_STOPPED };

/* Waits until something has changed and then nothing more for a moment, so that a program that writes
 * ten files wakes its watcher once. `timeout_ms` below 0: for ever. `wake` is a descriptor that
 * becomes readable to end the wait (NOTIFY_STOPPED), or -1. */
enum notify_news notify_wait(struct notify *notify, int timeout_ms, int wake);
void notify_close(struct notify *notify);

#endif
