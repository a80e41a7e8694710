/* What the files of check share. */
#ifndef TANDEM_STAGE_CHECK_INTERNAL_H
#define TANDEM_STAGE_CHECK_INTERNAL_H

#include "block/check.h"
#include "stage/check.h"

/* Finds blocks in a module's tree and declares their slots. */
void check_module_blocks(struct check *check, struct module *module);
/* Resolves what may point forward: expressions, ratings, logs, variables. */
void check_references(struct check *check);
/* Scores: what they pool, their dimensions and ranges. */
void check_scores(struct check *check);
/* Gives headings the names by which links of their own file ask for them (check_slugs.c). */
void check_name_headings(struct check *check, const struct module *module);
/* Letters: who they go to, what goes with them, and what their text may not hold (check_letters.c). */
void check_letters(struct check *check);
/* Places, links and attributes of prose; the languages of its words. */
void check_prose(struct check *check);
/* True if a term for the index is marked below the node. */
bool prose_has_term(const struct node *node);
/* Terms of the index that send the reader to others (check_terms.c). */
void check_terms(struct check *check);
/* Materials: sheets, inputs that no sheet holds, and the views of those for several respondents. */
void check_materials(struct check *check);
/* What belongs to reports on cohorts and what does not (check_cohort.c). */
void check_cohorts(struct check *check);
/* Scores and answers that could be any respondent's. */
void check_views(struct check *check, const struct material *material);

#endif
