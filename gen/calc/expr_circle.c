/* Calcs and computed columns that depend on themselves, found by a walk in depth. */
#include "calc/expr_node.h"

#include <string.h>

enum { WALK_LIMIT = 1000, COST_LIMIT = 100000 };
enum visit_state { VISIT_NEW, VISIT_OPEN, VISIT_DONE };

struct vertex {
    const char *name;
    const struct expr *expr;
    struct span at;
    VEC(struct vertex *) reads;
    enum visit_state state;
    int depth;   /* calcs below it in the longest chain, itself included */
    double cost; /* calcs that one evaluation works out, counting repeats */
};

struct walk {
    struct arena arena;
    struct diag *diag;
    struct map by_name; /* in source order */
    struct vertex *reader;
    VEC(struct vertex *) path;
};

static void add_vertex(struct walk *walk, const char *name, const struct expr *expr,
                       struct span at) {
    if (!expr || !name || expr->state != EXPR_RESOLVED)
        return;
    struct vertex *vertex = ARENA_NEW(&walk->arena, struct vertex);
    vertex->name = name;
    vertex->expr = expr;
    vertex->at = at;
    map_set(&walk->by_name, name, vertex);
}

static void add_edge(void *context, const struct reference *reference) {
    struct walk *walk = context;
    const char *name = !reference_expr(reference)          ? NULL
                       : reference->kind == REFERENCE_CALC ? reference->block->id
                                                           : reference->column->name;
    struct vertex *vertex = name ? map_find(&walk->by_name, name) : NULL;
    if (vertex)
        VEC_PUSH(&walk->arena, &walk->reader->reads, vertex);
}

static void report_circle(struct walk *walk, const struct vertex *start) {
    struct buf circle;
    buf_init(&circle, &walk->arena);
    size_t from = walk->path.count - 1;
    while (walk->path.at[from] != start)
        from--;
    for (size_t i = from; i < walk->path.count; i++)
        buf_printf(&circle, "%s → ", walk->path.at[i]->name);
    buf_puts(&circle, start->name);
    diag_report(walk->diag, DIAG_EXPR_CIRCLE, start->at, start->name, circle.data);
}

static void walk_from(struct walk *walk, struct vertex *vertex) {
    vertex->state = VISIT_OPEN;
    vertex->depth = 1;
    vertex->cost = 1;
    VEC_PUSH(&walk->arena, &walk->path, vertex);
    for (size_t i = 0; i < vertex->reads.count && walk->path.count < WALK_LIMIT; i++) {
        struct vertex *read = vertex->reads.at[i];
        if (read->state == VISIT_OPEN)
            report_circle(walk, read);
        else if (read->state == VISIT_NEW)
            walk_from(walk, read);
        if (read->depth >= vertex->depth)
            vertex->depth = read->depth + 1;
        vertex->cost += read->cost;
    }
    walk->path.count--;
    vertex->state = VISIT_DONE;
}

/* Evaluation follows chains without remembering: bounded here, so that it need not. Only the first
 * calc past a limit is named, not all that read it. */
static void report_length(struct walk *walk, const struct vertex *vertex) {
    bool long_below = false, costly_below = false;
    for (size_t i = 0; i < vertex->reads.count; i++) {
        long_below = long_below || vertex->reads.at[i]->depth > EXPR_CALC_DEPTH_LIMIT;
        costly_below = costly_below || vertex->reads.at[i]->cost > COST_LIMIT;
    }
    if (vertex->depth > EXPR_CALC_DEPTH_LIMIT && !long_below)
        diag_report(walk->diag, DIAG_EXPR_CALC_CHAIN, vertex->at, vertex->name,
                    arena_printf(&walk->arena, "%d", EXPR_CALC_DEPTH_LIMIT));
    else if (vertex->cost > COST_LIMIT && !costly_below)
        diag_report(walk->diag, DIAG_EXPR_CALC_COST, vertex->at, vertex->name);
}

void expr_check_circles(const struct course *course, struct diag *diag) {
    struct walk walk = {.diag = diag};
    arena_init(&walk.arena);
    map_init(&walk.by_name, &walk.arena);
    for (size_t i = 0; i < course->blocks.count; i++) {
        const struct block *block = course->blocks.at[i];
        add_vertex(&walk, block->id, block->expr, block->at);
        for (size_t k = 0; k < block->column_count; k++)
            add_vertex(&walk, block->columns[k].name, block->columns[k].calc, block->columns[k].at);
    }
    for (size_t i = 0; i < walk.by_name.count; i++) {
        walk.reader = walk.by_name.entries[i].value;
        expr_visit(walk.reader->expr, add_edge, &walk);
    }
    size_t errors = diag_errors(diag);
    for (size_t i = 0; i < walk.by_name.count; i++) {
        struct vertex *vertex = walk.by_name.entries[i].value;
        if (vertex->state == VISIT_NEW)
            walk_from(&walk, vertex);
    }
    bool circles = diag_errors(diag) > errors; /* then no length can be told */
    for (size_t i = 0; i < walk.by_name.count && !circles; i++)
        report_length(&walk, walk.by_name.entries[i].value);
    arena_release(&walk.arena);
}
