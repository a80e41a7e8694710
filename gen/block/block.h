/* Block types: one file each in block/, one row each in block.c's table.
 *
 * A hook left NULL means the default: check fills in only the common part; print sets the children
 * as prose; sheet writes nothing. Hooks emit data; they never measure and never see a PDF or
 * spreadsheet library. */
#ifndef TANDEM_BLOCK_BLOCK_H
#define TANDEM_BLOCK_BLOCK_H

#include "model/course.h"

struct check; /* block/check.h */
struct print; /* block/print.h */
struct track; /* block/track.h */
struct flow;

/* What a block's own content is, beside prompt and note. */
enum block_body {
    BODY_ANY,      /* any prose and blocks */
    BODY_NONE,     /* nothing but prose: the prompt */
    BODY_LIST,     /* a bullet or numbered list */
    BODY_TASKS,    /* a task list */
    BODY_TABLE,    /* a table with only its header row */
    BODY_EQUATION, /* one line: label = expression */
};

struct block_type {
    const char *name;
    enum block_body body;
    bool needs_id, answerable;
    const char *const *keys;  /* attributes it takes beside the common ones; NULL-terminated */
    const char *const *flags; /* further classes it takes (.many); NULL-terminated, or NULL */
    void (*check)(struct check *check, struct block *block);
    struct flow *(*print)(struct print *print, const struct block *block);
    void (*sheet)(struct track *track, const struct block *block);
};

/* NULL if unknown. */
const struct block_type *block_type_find(const char *name);
/* All names, for hints; *count of them. */
const char *const *block_type_names(size_t *count);
/* The type of a block that has been checked. */
static inline const struct block_type *block_type_of(const struct block *block) {
    return block->type;
}

#endif
