/* Formulas: the page's expressions and scores as functions of a document's own fields, for scripts.
 * Stage: lay out, first half. Owner: the print's arena. Nothing here fails: NULL stands for what
 * reads no field of the edition, and is kept as that. */
#ifndef TANDEM_BLOCK_PRINT_FORMULA_H
#define TANDEM_BLOCK_PRINT_FORMULA_H

#include "block/print_parts.h"

/* What the fields of an edition share; made when first asked for. */
const struct form_scripts *print_scripts(struct print *print);

/* A formula while it is written. */
struct script {
    struct print *print;
    const struct block *log; /* whose row r is worked out, or NULL */
    bool reads;              /* some field of this document */
    int32_t depth;
    VEC(const struct formula *) needs;
};

/* print_formula.c */

/* True if the answers of a respondent (NONE: the reader) to a block are fields here; *after is what
 * their names end with. */
bool formula_find_place(struct print *print, const struct block *block, int32_t respondent,
                        const char **after);
/* True if a name was looked at before; what it is then is in *formula. */
bool formula_is_known(struct print *print, const char *name, const struct formula **formula);
/* Keeps what was written under its name; NULL if it reads nothing here. */
const struct formula *formula_keep(struct script *script, const char *name, const char *arguments,
                                   const struct buf *body);
const struct formula *formula_of_calc(struct print *print, const struct block *calc);
/* Of a row, whose number is the function's argument. */
const struct formula *formula_of_column(struct print *print, const struct block *log,
                                        const struct column *column);
const struct formula *formula_of_total(struct print *print, const struct block *log,
                                       const struct column *column);
/* The answers to one or two questions of a block, each by one respondent: the one, or how far they
 * are apart; the second taken from the first if `is_signed`. */
const struct formula *formula_of_answers(struct print *print, const char *name,
                                         const struct slot *const *slots,
                                         const int32_t *respondents, size_t count, bool is_signed);
/* print_formula_score.c: `respondent` NONE is the reader. */
const struct formula *formula_of_score(struct print *print, const struct score *score,
                                       int32_t dimension, int32_t respondent);

#endif
