/* YAML as a small read-only tree with a place on every key and value.
 *
 * Stage: load. Owner: the reader's arena. Errors: reported with what was expected and what is
 * there; readers then return false or NULL and leave their target as it was.
 * What YAML has beyond plain data is refused: anchors, aliases, tags, keys that are not text, a
 * second document, control characters from escapes. So no input is larger in memory than in its
 * file by more than a constant factor. */
#ifndef TANDEM_LOAD_YAML_H
#define TANDEM_LOAD_YAML_H

#include "model/course.h"

enum yaml_kind { YAML_NULL, YAML_TEXT, YAML_MAP, YAML_LIST };

struct yaml {
    enum yaml_kind kind;
    bool plain;   /* TEXT without quotes: `true` may be a boolean */
    bool refused; /* reported when it was parsed: nothing more is said of it */
    struct span at;
    const char *text;        /* TEXT: as written, escapes and folding undone */
    struct yaml_pair *pairs; /* MAP */
    struct yaml *items;      /* LIST */
    size_t count;
};

struct yaml_pair {
    const char *key;
    struct span key_at;
    struct yaml value;
};

/* Where loaders put things and report to. */
struct reader {
    struct arena *arena;
    struct diag *diag;
};

/* Parses bytes [offset, offset + size) of a source. NULL after reporting a syntax error, and for
 * an empty text (which is no error). */
const struct yaml *yaml_parse(struct reader *reader, const struct source *source, size_t offset,
                              size_t size);

/* The value of a key, or NULL; also NULL if `map` is NULL or no map. */
const struct yaml *yaml_find(const struct yaml *map, const char *key);
/* True if it is a map, else reports that `what` should be one ("a map of scales"). */
bool yaml_is_map(struct reader *reader, const struct yaml *node, const char *what);
bool yaml_is_list(struct reader *reader, const struct yaml *node, const char *what);
/* Reports every key that is not in `known` (NULL-terminated), with the nearest one. */
void yaml_check_keys(struct reader *reader, const struct yaml *map, const char *const *known);
/* Reports that `expected` should stand there. */
void yaml_report_type(struct reader *reader, const struct yaml *node, const char *expected);

const char *yaml_text(struct reader *reader, const struct yaml *node);
struct name yaml_name(struct reader *reader, const struct yaml *node);
/* One text or a list of them. */
bool yaml_names(struct reader *reader, const struct yaml *node, struct name_list *names);
bool yaml_number(struct reader *reader, const struct yaml *node, double *number);
/* A whole number from `low` to `high`. */
bool yaml_integer(struct reader *reader, const struct yaml *node, int32_t low, int32_t high,
                  int32_t *number);
bool yaml_bool(struct reader *reader, const struct yaml *node, bool *on);
bool yaml_date(struct reader *reader, const struct yaml *node, date_t *date);

/* The same for an optional key of a map: nothing happens if it is not there. */
void yaml_read_text(struct reader *reader, const struct yaml *map, const char *key,
                    const char **text);
void yaml_read_name(struct reader *reader, const struct yaml *map, const char *key,
                    struct name *name);
void yaml_read_bool(struct reader *reader, const struct yaml *map, const char *key, bool *on);
void yaml_read_date(struct reader *reader, const struct yaml *map, const char *key, date_t *date);
void yaml_read_integer(struct reader *reader, const struct yaml *map, const char *key, int32_t low,
                       int32_t high, int32_t *number);

/* Decimal number with optional sign, fraction and exponent, whole text; false if it is not one. */
bool parse_number(const char *text, double *number);
/* True for [a-z][a-z0-9-]* of at most 64 bytes. */
bool id_is_valid(const char *id);
/* id_is_valid, else reports with a proposal. */
bool id_check(struct reader *reader, const char *id, struct span at);
/* "Café au lait" → "cafe-au-lait": letters outside ASCII are dropped; never empty. */
const char *id_propose(struct arena *arena, const char *text);

#endif
