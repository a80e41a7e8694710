/* Print hooks, one a block type, each in print_<name>.c; the table in block.c names them.
 *
 * Stage: lay out, first half. Each returns a flow in the job arena, or NULL for nothing to show.
 * Whether a block belongs into the edition at all has been asked before (edition_shows). */
#ifndef TANDEM_BLOCK_PRINTS_H
#define TANDEM_BLOCK_PRINTS_H

#include "block/print.h"

struct flow *print_rating(struct print *print, const struct block *block);
struct flow *print_choice(struct print *print, const struct block *block);
struct flow *print_checklist(struct print *print, const struct block *block);
struct flow *print_write(struct print *print, const struct block *block);
struct flow *print_field(struct print *print, const struct block *block);
struct flow *print_log(struct print *print, const struct block *block);
struct flow *print_calc(struct print *print, const struct block *block);
struct flow *print_score(struct print *print, const struct block *block);
struct flow *print_gap(struct print *print, const struct block *block);
struct flow *print_advice(struct print *print, const struct block *block);
struct flow *print_rows(struct print *print, const struct block *block);
struct flow *print_repeat(struct print *print, const struct block *block);
struct flow *print_distribution(struct print *print, const struct block *block);
struct flow *print_roster(struct print *print, const struct block *block);
struct flow *print_use(struct print *print, const struct block *block);
struct flow *print_when(struct print *print, const struct block *block);
struct flow *print_otherwise(struct print *print, const struct block *block);
struct flow *print_group(struct print *print, const struct block *block);
/* .note .tip .example .quote .warning: which of them is the type's name. */
struct flow *print_callout(struct print *print, const struct block *block);
struct flow *print_columns(struct print *print, const struct block *block);
struct flow *print_column(struct print *print, const struct block *block);
struct flow *print_card(struct print *print, const struct block *block);
struct flow *print_keep(struct print *print, const struct block *block);
struct flow *print_page_break(struct print *print, const struct block *block);
struct flow *print_sign(struct print *print, const struct block *block);
struct flow *print_facilitator(struct print *print, const struct block *block);

#endif
