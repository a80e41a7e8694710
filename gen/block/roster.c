/* .roster: who of a cohort has answered, and when; what is missing. Fills nothing. */
#include "block/prints.h"

const struct block_type type_roster = {
    .name = "roster",
    .body = BODY_ANY,
    .print = print_roster,
};
