/* Exports of web forms (content/answers/NAME.csv): found, their columns understood, their rows sorted
 * by participant, so that each job can read its own again.
 *
 * Stage: load, after check: columns are told by what blocks ask. Owner: the run arena; read-only
 * once loaded. Errors: reported with the place of the header or cell. */
#ifndef TANDEM_LOAD_FORMS_H
#define TANDEM_LOAD_FORMS_H

#include "load/answers.h"
#include "load/csv.h"

enum form_kind {
    FORM_SKIP,
    FORM_PARTICIPANT,
    FORM_DATE,
    FORM_RESPONDENT,
    FORM_SITTING,
    FORM_COHORT,
    FORM_PROFILE,
    FORM_SLOT,
    FORM_OPTION, /* a column an option: ticked or not */
};

struct form_column {
    enum form_kind kind;
    const struct slot *slot;
    const struct option *option;
    int32_t profile; /* index of the field */
    int32_t
        respondent; /* NAME@RESPONDENT: whose answer, whoever sent the form; or RESPONDENT_NONE */
};

struct form {
    struct csv csv;     /* before its first row of answers */
    const char *cohort; /* of the file's name, or NULL */
    struct form_column *columns;
    size_t count;
    bool month_first; /* 9/7/2026 is 7 September */
};

/* One row: who it is of and where it stands. */
struct form_row {
    const char *id;
    uint32_t form;
    int32_t line;
    size_t offset;
};

struct forms {
    VEC(struct form) at;
    VEC(struct form_row) rows; /* by id, then file and line */
};

/* Reads the CSV files among `names`, the content of content/answers/. Every participant's id is added
 * to `ids`, which may then hold some twice. */
const struct forms *forms_load(struct arena *run, struct diag *diag, const struct course *course,
                               const struct strings *names, struct strings *ids);
/* A participant's rows: the first, and how many. */
const struct form_row *forms_find(const struct forms *forms, const char *id, size_t *count);

/* Reports what `columns:` in course.yml names and nothing is called (forms_columns.c). */
void forms_check_targets(struct reader *reader, const struct course *course);
/* What columns are (forms_columns.c). False after reporting that rows cannot be placed. */
bool form_read_header(struct reader *reader, const struct course *course, struct form *form,
                      const struct csv_row *header);
/* A participant's id out of a cell: letters' case and blanks do not matter. NULL after reporting. */
const char *form_participant(struct reader *reader, const struct form *form,
                             const struct csv_cell *cell);

/* The parts of load_participant that forms have (forms_rows.c): answers as files of their own, fields
 * of the profile that profile.yml leaves out, the cohort. */
void answers_read_forms(struct answers_reader *reader);
void answers_fill_profile(struct answers_reader *reader, struct participant *participant,
                          struct value *values);

/* A day out of a timestamp as forms write it, DATE_NONE if it is none (forms_value.c). */
date_t form_date(const char *text, bool month_first);
/* A cell as the value a file of answers would have: figures without their currency and grouping, days
 * as year-month-day, ticks as true or false, several options as a list. */
struct yaml form_value(struct reader *reader, const struct course *course, const struct form *form,
                       const struct slot *slot, const struct csv_cell *cell);

#endif
