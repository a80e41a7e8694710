/* A letter: Markdown in content/letters/, with who it goes to in its front matter. Made by load,
 * resolved by check. Owner: the run arena. */
#ifndef TANDEM_MODEL_LETTER_H
#define TANDEM_MODEL_LETTER_H

#include "model/course.h"

struct expr;
struct reference;

/* A line of text with names in it: "{{assistant.name}} <{{assistant.email}}>". */
struct letter_piece {
    const char *text;                  /* as it is, or NULL */
    const struct reference *reference; /* or what it stands for */
};

struct letter_line {
    struct name written; /* text NULL: not given */
    struct letter_piece *pieces;
    size_t count;
};

/* A material that goes with a letter: the reader's own edition if there is one, or the blank one. */
struct letter_attached {
    const struct material *material;
    bool blank; /* written "blank/NAME": the blank one whatever there is */
};

struct letter {
    const char *id; /* its file's name */
    struct module *module;
    struct letter_line to, cc, subject;
    struct name_list attach; /* as written */
    struct letter_attached *attached;
    size_t attached_count;
    struct name condition_text; /* `if`; text NULL: everybody */
    const struct expr *condition;
    bool each_respondent;
    struct material material; /* the edition it is printed as */
};

#endif
