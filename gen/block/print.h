/* Printing: an edition as a flow. Stage: lay out, first half. Pure data, nothing is measured.
 * Owner of the flow: the job arena. */
#ifndef TANDEM_BLOCK_PRINT_H
#define TANDEM_BLOCK_PRINT_H

#include "base/map.h"
#include "base/vec.h"
#include "block/block.h"
#include "calc/scope.h"
#include "model/edition.h"
#include "model/flow.h"

struct print_place {
    struct place_target target;
    int32_t number; /* a figure's, table's or chapter's, or 0 */
};

struct numbered_node {
    const struct node *node;
    int32_t number;
};

struct print {
    struct arena *arena; /* job */
    const struct edition *edition;
    const struct course *course;
    const struct theme *theme;
    struct scope scope;
    const struct module *module; /* being printed */
    int32_t chapter;             /* its number, from 1 */
    struct map places; /* id → struct print_place that this edition holds: links elsewhere
                                    are plain text */
    VEC(struct numbered_node) numbered; /* figures and tables, in the order of the text */
    size_t numbered_next;               /* likely the next to be printed */
    int32_t figures, tables;            /* numbered so far */
    VEC(struct index_term) terms;       /* met so far, if the material has an index */
    bool *notes_done;     /* the module's footnotes that have been set, by number - 1 */
    struct map explained; /* scores whose working by hand has been shown */
    const struct form_scripts *scripts; /* of the fields, once one asks for some */
    struct map formulas;                /* by name, once the scripts are there */
    unsigned char *held; /* by block: 0 not asked yet, 1 its fields are elsewhere, 2 here */
    int32_t headings;    /* met so far in the module, for anchors of those without an id */
};

/* A letter as one edition of it reads. */
struct letter_print {
    bool wanted;                   /* its `if` holds, or it has none */
    const char *to, *cc, *subject; /* cc NULL without */
    const struct flow *body;       /* paragraphs, lists, tables; nothing to fill in */
    const char *lacking;           /* what is named and not known: nobody gets a letter with a hole
                                        in it; or NULL */
};
struct letter;
/* A part of `to` or `cc`, once the line has been divided into addresses, as it was typed. */
const char *letter_line_restore(struct arena *arena, const char *text);
struct letter_print print_letter(struct arena *job, const struct edition *edition,
                                 const struct letter *letter);

/* The whole edition: cover, contents, chapters. */
struct flow *print_edition(struct arena *job, const struct edition *edition);

#endif
