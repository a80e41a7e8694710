/* Checking blocks: what a block's check hook may ask and tell. Stage: check. One thread. */
#ifndef TANDEM_BLOCK_CHECK_H
#define TANDEM_BLOCK_CHECK_H

#include "block/block.h"

struct check {
    struct course *course;
    struct arena *arena; /* run */
    struct diag *diag;
    struct module *module; /* being walked */
};

#endif
