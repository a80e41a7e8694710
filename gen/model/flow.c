#include "model/flow.h"

struct flow *flow_new(struct arena *arena, enum flow_kind kind, enum role role) {
    struct flow *flow = ARENA_NEW(arena, struct flow);
    flow->kind = kind;
    flow->role = role;
    flow->ground = COLOUR_NONE;
    flow->colour = COLOUR_NONE;
    return flow;
}

struct flow *flow_add(struct flow *parent, struct flow *child) {
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    return child;
}
