/* The parts of load_participant. Owner: the job arena. Errors: see load.h.
 *
 * Each answer keeps who gave it, in which sitting and when; whose counts is the reader's business
 * (calc/scope.h). A later file of the same respondent and sitting replaces what it answers too. */
#ifndef TANDEM_LOAD_ANSWERS_H
#define TANDEM_LOAD_ANSWERS_H

#include "load/yaml.h"
#include "model/answers.h"

enum { ROW_LIMIT = 10000 };

/* One file of answers. */
struct answer_file {
    const char *shown; /* its path, for messages */
    const struct source *source;
    int32_t line; /* of a form's row; 0: the whole file */
    const struct yaml *root;
    date_t date;
    int32_t respondent;
    int32_t sitting;
    struct name sitting_name; /* `sitting:`, or text NULL */
};

/* A log while its rows are gathered over the files. */
struct log_rows {
    const struct block *log;
    int32_t rows;
    struct map known; /* a row as text → its number + 1 */
};

struct answers_reader {
    struct reader reader;
    const struct course *course;
    const char *id;                /* the participant's */
    const char *folder;            /* on this machine */
    const char *shown;             /* content/answers/ID */
    VEC(struct answer_file) files; /* by date, then name */
    VEC(struct answer) answers;
    VEC(struct log_rows) logs;
    VEC(struct sitting) sittings;
    int32_t period; /* of a .repeat, while its answers are read; else 0 */
};

/* answers_files.c: finds, reads and orders the files, and settles their sittings. */
void answers_read_files(struct answers_reader *reader);
/* answers_blocks.c: all keys of one file that name blocks. */
void answers_read_blocks(struct answers_reader *reader, const struct answer_file *file);
/* answers_log.c: one log's list of rows. */
void answers_read_log(struct answers_reader *reader, const struct answer_file *file,
                      const struct block *block, const struct yaml *list);
/* Rows of other logs that ref columns name, once all files are read. */
void answers_check_refs(struct answers_reader *reader);
/* answers_profile.c */
void answers_read_profile(struct answers_reader *reader, struct participant *participant);

/* answers_value.c: a value by its slot's type. False after reporting; true with a missing value for
 * an empty one, which is no answer. */
bool answers_parse(struct reader *reader, const struct slot *slot, const struct yaml *node,
                   struct value *value);
/* The same for a type without scale and options: profile fields. */
bool answers_parse_type(struct reader *reader, enum slot_type type, const struct yaml *node,
                        struct value *value);
/* True if two texts are the same words: letters' case, kinds of quotes and dashes apart. */
bool same_words(const char *left, const char *right);
/* The one text that stands for all the same words: a key for maps. */
const char *fold_words(struct arena *arena, const char *text);

void answers_add(struct answers_reader *reader, const struct answer_file *file,
                 const struct slot *slot, int32_t row, struct value value, struct span at);

#endif
