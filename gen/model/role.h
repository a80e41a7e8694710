/* Structure roles: what a node is to someone who hears it. */
#ifndef TANDEM_MODEL_ROLE_H
#define TANDEM_MODEL_ROLE_H

enum role {
#define ROLE(code, name) ROLE_##code,
#include "model/role.def"
#undef ROLE
    ROLE_COUNT
};

const char *role_name(enum role role);

#endif
