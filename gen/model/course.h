/* A course: what course.yml, the modules and the template say, with every name resolved by check.
 *
 * Owner: the run arena. Read-only after check, so that threads may share it. */
#ifndef TANDEM_MODEL_COURSE_H
#define TANDEM_MODEL_COURSE_H

#include "base/map.h"
#include "base/vec.h"
#include "model/block.h"
#include "model/document.h"
#include "model/slot.h"
#include "model/words.h"

/* A name in a source, with its place, before and beside what it means. */
struct name {
    const char *text; /* NULL if not given */
    struct span at;
};

struct name_list {
    struct name *at;
    size_t count, room;
};

struct profile_field {
    const char *name; /* "assistant.name" */
    enum slot_type type;
    bool required;
    struct span at;
};

/* Respondents are numbered in the order of the source; masks use 1u << number. */
enum { RESPONDENT_NONE = -1, RESPONDENT_LIMIT = 16 };
struct respondent {
    const char *id, *label;
    struct span at;
};

struct sitting_rule {
    const char *id;
    const char *title; /* or the id */
    date_t from, to;
    struct span at;
};

struct scale {
    const char *id;
    int32_t from; /* the first point's number */
    const char *const *points;
    size_t count;
    struct span at;
};

enum score_method { SCORE_MEAN, SCORE_SUM, SCORE_PERCENT };

struct band {
    double to; /* DBL_MAX for a last one without `to` */
    const char *name;
    struct span at;
};

/* What a score pools: a rating, or one ask of it. */
struct score_part {
    const struct block *rating;
    const char *ask; /* NULL: all asks */
};

struct score {
    const char *id, *title;
    enum score_method method;
    struct name_list of;      /* as written: "relationship", "expectations.now" */
    struct score_part *parts; /* resolved by check */
    size_t part_count;
    int32_t respondent; /* RESPONDENT_NONE: each one's own */
    double answered;    /* least share, 0..1 */
    int32_t decimals;
    bool by_dimension;
    const char *const *dimensions; /* in order of first use; set by check */
    size_t dimension_count;
    const struct band *bands;
    size_t band_count;
    double low, high; /* the value's range: set by check */
    struct span at;
    size_t index;
};

enum material_kind { MATERIAL_PDF, MATERIAL_XLSX, MATERIAL_DATA };
enum material_each { EACH_PARTICIPANT, EACH_RESPONDENT, EACH_COHORT };

struct material {
    enum material_kind kind;
    const char *name, *title;
    struct span at;
    struct name_list modules; /* PDF */
    const struct module **module_list;
    struct name_list sheets; /* XLSX: ids, `guide`, `dashboard` */
    enum material_each each;
    struct name_list paper; /* "a4", "letter"; at least one for a PDF */
    struct name for_respondent;
    int32_t respondent; /* resolved `for`, or RESPONDENT_NONE */
    struct name template_name;
    const struct theme *theme;
    bool cover, contents, index, facilitator, blank, filled;
    bool folders;    /* filled only for participants with a folder of their own in answers/ */
    bool greyscale;  /* printed in grey whatever the template says */
    bool crop_marks; /* PDF: once more, with marks where to cut */
    bool texts;      /* data: what people wrote in their own words, too */
    bool anonymous;  /* cohort: it travels, so it names nobody */
};

/* What an id names that links may point to. */
struct place_target {
    const struct module *module; /* it is, or stands in */
    const struct node *node;     /* NULL: the module itself */
};

struct named_value {
    const char *name; /* "weeks" in {{course.weeks}} */
    struct value value;
    struct span at;
};

struct column_header {
    const char *text; /* the question in a CSV */
    struct name target;
};

struct forms;
struct letter;

struct course {
    struct arena *arena;
    const char *folder; /* that holds content/ and templates/ */
    const struct source *source;
    const char *title, *version, *publisher, *licence, *language, *currency;
    date_t start, as_of; /* DATE_NONE if not given; as_of is settled before any job runs */
    struct name template_name;
    const struct theme *theme;
    VEC(struct named_value) values;
    VEC(struct profile_field) profile;
    VEC(struct respondent) respondents;
    VEC(struct sitting_rule) sittings;
    VEC(struct scale) scales;
    VEC(struct score) scores;
    VEC(struct material) materials;
    VEC(struct column_header) columns;
    const struct forms *forms;    /* rows of web forms (load/forms.h), or NULL */
    VEC(struct module *) modules; /* sorted by id */
    VEC(struct letter *) letters; /* sorted by id */
    VEC(struct block *) blocks;   /* modules in order, source order inside */
    VEC(struct slot *) slots;
    struct map block_by_id, slot_by_name;
    const char *words[WORD_COUNT]; /* fixed words of `language` */
    struct map places; /* id → struct place_target: what links may point to; set by check */
    VEC(const char *) languages; /* `language`, then those of spans: by check */
};

const struct scale *course_find_scale(const struct course *course, const char *id);
const struct score *course_find_score(const struct course *course, const char *id);
const struct module *course_find_module(const struct course *course, const char *id);
const struct block *course_find_block(const struct course *course, const char *id);
const struct slot *course_find_slot(const struct course *course, const char *name);
/* Number of a respondent, RESPONDENT_NONE if there is none of that id. */
int32_t course_find_respondent(const struct course *course, const char *id);
/* Index of a profile field, -1 if none. */
int32_t course_find_profile(const struct course *course, const char *name);
/* All respondents as a mask. */
uint32_t course_all_respondents(const struct course *course);
/* Band of a value already rounded to the score's decimals: index, or -1 without bands. */
int32_t score_find_band(const struct score *score, double value);

#endif
