/* Checking blocks: what a block's check hook may ask and tell. Stage: check. One thread; everything
 * made here lives in the run arena.
 *
 * Hooks carry on after a mistake: what could not be understood is reported and left at its
 * default, so that one run names every mistake. */
#ifndef TANDEM_BLOCK_CHECK_H
#define TANDEM_BLOCK_CHECK_H

#include "block/block.h"

struct check {
    struct course *course;
    struct arena *arena; /* run */
    struct diag *diag;
    struct module *module; /* being walked */
};

enum { CHECK_MOST_CHARACTERS = 32000 }; /* of max=: fewer than a cell of a spreadsheet takes */

/* An attribute of the block's own braces, or NULL. */
const struct attribute *check_find(const struct block *block, const char *key);
/* The same, reported if missing; `example` is shown in the hint. */
const struct attribute *check_need(struct check *check, const struct block *block, const char *key,
                                   const char *example);
/* A switch: `reverse`, reverse=true, or false if not there. */
bool check_switch(struct check *check, const struct attribute *attribute);
int32_t check_int(struct check *check, const struct attribute *attribute, int32_t low, int32_t high,
                  int32_t otherwise);
/* Index of the attribute's value among `words`, -1 after reporting. */
int32_t check_word(struct check *check, const struct attribute *attribute, const char *const *words,
                   size_t count);
/* "assistant executive" to a mask; `otherwise` if the attribute is NULL or wholly wrong. */
uint32_t check_respondents(struct check *check, const struct attribute *attribute,
                           uint32_t otherwise);
date_t check_date(struct check *check, const struct attribute *attribute);
/* True if `id` is an id; else reports at `at`. */
bool check_id(struct check *check, const char *id, struct span at);
/* "a-few-words" out of any text, for hints. */
const char *check_propose_id(struct check *check, const char *text);
/* Reports a name that is not among `names`. */
void check_unknown(struct check *check, enum diag_code code, struct span at, const char *name,
                   const char *const *names, size_t count);
/* Ids of all blocks of a type, for hints. */
const char *const *check_block_ids(struct check *check, const char *type, size_t *count);

/* The list's items with their ids and attributes into block->items; `scored` ones take dimension,
 * reverse and weight. */
void check_items(struct check *check, struct block *block, const char *what, bool scored);
/* A list's items, or "A; B; C", as options. */
const struct option *check_list_options(struct check *check, const struct node *list,
                                        size_t *count);
const struct option *check_text_options(struct check *check, const struct attribute *attribute,
                                        size_t *count);
/* The score an attribute names, NULL after reporting. */
const struct score *check_score_name(struct check *check, const struct attribute *attribute);
/* Parses an expression that stands in an attribute. */
const struct expr *check_expr(struct check *check, const struct attribute *attribute);

/* Declares an answer slot of the block; `name` must be unique. The caller may set further members. */
struct slot *check_slot(struct check *check, struct block *block, enum slot_type type,
                        const char *name, const char *label);
/* Ends a block's slots: block->slots are those declared since `first` (course->slots.count then). */
void check_take_slots(struct check *check, struct block *block, size_t first);

#endif
