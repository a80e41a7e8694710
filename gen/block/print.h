/* Printing: an edition as a flow. Stage: lay out, first half. Pure data, nothing is measured.
 * Owner of the flow: the job arena. */
#ifndef TANDEM_BLOCK_PRINT_H
#define TANDEM_BLOCK_PRINT_H

#include "block/block.h"
#include "calc/scope.h"
#include "model/edition.h"
#include "model/flow.h"

struct print {
    struct arena *arena; /* job */
    const struct edition *edition;
    const struct course *course;
    const struct theme *theme;
    struct scope scope;
    const struct module *module; /* being printed */
    int32_t chapter;             /* its number, from 1 */
};

/* The whole edition: cover, contents, chapters. */
struct flow *print_edition(struct arena *job, const struct edition *edition);

#endif
