/* The manifest: every file of a build, for machines. Sorted by path, so that the same build gives
 * the same bytes. Owner: the arena given. Errors: none. */
#ifndef TANDEM_WRITE_MANIFEST_H
#define TANDEM_WRITE_MANIFEST_H

#include "base/hash.h"
#include "model/course.h"

struct manifest_entry {
    const char *path;        /* below out/, with '/' */
    const char *material;    /* or NULL: not of a material */
    const char *participant; /* or NULL: the blank edition, a cohort's file */
    const char *cohort;      /* or NULL; "all" is everybody */
    const char *respondent;  /* or NULL */
    const char *imposed;     /* "booklet" and the like, or NULL: pages as they are */
    char sha256[SHA256_HEX];
    char key[SHA256_HEX]; /* of all that the file is made from; the same key, the same bytes */
    size_t size;          /* bytes */
    size_t pages, sheets; /* 0: not shown */
};

/* Sorts `entries` by path and passes the JSON text, which ends in a line feed, to `put` piece by piece:
 * the whole of ten thousand people's would take more memory than one of their files. */
void manifest_render(const struct course *course, struct manifest_entry *entries, size_t count,
                     void (*put)(void *context, const char *text, size_t size), void *context);

#endif
