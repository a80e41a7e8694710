/* Printing: an edition as a flow. Stage: lay out, first half. Pure data, nothing is measured.
 * Owner of the flow: the job arena. */
#ifndef TANDEM_BLOCK_PRINT_H
#define TANDEM_BLOCK_PRINT_H

#include "base/map.h"
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
    struct map anchors;          /* places that this edition holds: links elsewhere are plain text */
    bool *notes_done;            /* the module's footnotes that have been set, by number - 1 */
    struct map explained;        /* scores whose working by hand has been shown */
    int32_t headings;            /* met so far in the module, for anchors of those without an id */
};

/* The whole edition: cover, contents, chapters. */
struct flow *print_edition(struct arena *job, const struct edition *edition);

#endif
