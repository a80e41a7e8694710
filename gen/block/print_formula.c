/* Expressions as functions of the edition's own fields. What is not asked in this edition is put in
 * as it was answered. */
#include "block/print_formula.h"
#include "block/print_log.h"
#include "calc/expr.h"
#include "calc/score.h"

/* ---- where answers stand ---- */

/* Inside .repeat every name stands for several fields. */
static bool is_repeated(const struct block *block) {
    for (const struct block *outer = block; outer; outer = outer->parent)
        if (strcmp(block_type_of(outer)->name, "repeat") == 0)
            return true;
    return false;
}

static bool is_in_edition(struct print *print, const struct block *block) {
    const struct material *material = print->edition->material;
    bool found = false;
    for (size_t i = 0; i < material->modules.count && !found; i++)
        found = material->module_list[i] == block->module;
    for (const struct block *outer = block; found && outer; outer = outer->parent)
        found = print_shows(print, outer);
    return found && !is_repeated(block);
}

/* True if the edition asks for a block's answers: in its place, or where it is printed again. */
static bool holds(struct print *print, const struct block *block) {
    unsigned char *held = &print->held[block->index];
    if (*held)
        return *held == 2;
    bool found = is_in_edition(print, block);
    for (size_t i = 0; i < print->course->blocks.count && !found; i++) {
        const struct block *other = print->course->blocks.at[i];
        found = other->used == block && is_in_edition(print, other);
    }
    *held = found ? 2 : 1;
    return found;
}

bool formula_find_place(struct print *print, const struct block *block, int32_t respondent,
                        const char **after) {
    if (!holds(print, block))
        return false;
    struct voices voices = print_voices(print, block);
    *after = "";
    if (!voices.named)
        return !block->own || respondent == voices.at[0] || respondent == RESPONDENT_NONE;
    for (size_t v = 0; v < voices.count; v++)
        if (voices.at[v] == respondent) {
            *after =
                arena_printf(print->arena, ".%s", print->course->respondents.at[respondent].id);
            return true;
        }
    return false;
}

/* ---- expressions ---- */

static const struct formula none; /* in the map: looked at, and there is none */

static bool put_expr(struct script *script, const struct expr *expr, struct buf *out);

static const char *kind_of(enum slot_type type) {
    switch (type) {
    case SLOT_NUMBER:
    case SLOT_MONEY:
    case SLOT_POINT:
        return "number";
    case SLOT_PERCENT:
        return "percent";
    case SLOT_DATE:
        return "date";
    case SLOT_CHECK:
        return "check";
    default:
        return "text";
    }
}

static void put_get(struct script *script, struct buf *out, const struct slot *slot,
                    const char *after) {
    script->reads = true;
    if (slot->type != SLOT_CHOICES) {
        buf_printf(out, "tandem.get(\"%s%s\",\"%s\")", slot->name, after, kind_of(slot->type));
        return;
    }
    buf_printf(out, "tandem.many(\"%s.\",\"", slot->name);
    for (size_t i = 0; i < slot->option_count; i++)
        buf_printf(out, "%s%s", i ? " " : "", slot->options[i].id);
    buf_printf(out, "\",\"%s\")", after);
}

static void put_known(struct script *script, struct buf *out, const struct reference *reference) {
    value_print_script(out, reference_eval(reference, &script->print->scope));
}

/* A copy that anybody may take: an answer that is asked of one respondent by name counts once they
 * have said that they hold it. Returns what closes the condition. */
static const char *put_condition(struct script *script, struct buf *out, int32_t respondent) {
    buf_printf(out, "(tandem.get(\"_respondent\",\"text\")===\"%s\"?",
               script->print->course->respondents.at[respondent].id);
    return ":null)";
}

static bool is_asked_of_one(struct print *print, const struct block *block, int32_t respondent) {
    return block->own && respondent != RESPONDENT_NONE && print_is_for_anyone(print) &&
           print_voices(print, block).at[0] == RESPONDENT_NONE && holds(print, block);
}

static void put_slots(struct script *script, struct buf *out, const struct reference *reference,
                      const char *after) {
    const struct block *block = reference->block;
    const char *between = "[";
    for (size_t i = 0; i < block->slot_count; i++) {
        const struct slot *slot = block->slots[i];
        if (reference->ask && (!slot->ask || strcmp(slot->ask, reference->ask) != 0))
            continue;
        buf_puts(out, between);
        put_get(script, out, slot, after);
        between = ",";
    }
    buf_puts(out, *between == '[' ? "[]" : "]");
}

static void need(struct script *script, const struct formula *formula) {
    script->reads = true;
    if (formula->depth >= script->depth)
        script->depth = formula->depth + 1;
    VEC_PUSH(script->print->arena, &script->needs, formula);
}

/* The values of a column: those of filled rows are known, the others are fields. */
static void put_column(struct script *script, struct buf *out, const struct block *log,
                       const struct column *column) {
    struct print *print = script->print;
    int32_t from = 1, to = 0, rows = scope_log_rows(&print->scope, log);
    struct buf known;
    buf_init(&known, print->arena);
    for (int32_t r = 0; r < rows; r++) {
        buf_puts(&known, r ? "," : "");
        value_print_script(&known, log_value(print, column, r));
    }
    if (holds(print, log))
        log_field_numbers(print, log, &from, &to);
    bool dated = log->every != EVERY_NONE && column == &log->columns[0];
    const struct formula *formula = column->calc ? formula_of_column(print, log, column) : NULL;
    if (to < from || dated || (column->calc && !formula)) {
        buf_printf(out, "[%s]", known.data);
        return;
    }
    buf_printf(out, "tandem.rows([%s],%d,%d,", known.data, from, to);
    if (formula) {
        need(script, formula);
        buf_printf(out, "tandem.of[\"%s\"])", formula->name);
        return;
    }
    script->reads = true;
    buf_printf(out, "function(r){return tandem.get(\"%s.r\"+r,\"%s\");})", column->slot->name,
               kind_of(column->type));
}

static bool put_own_row(struct script *script, struct buf *out, const struct column *column) {
    if (column->calc)
        return put_expr(script, column->calc, out);
    bool dated = script->log->every != EVERY_NONE && column == &script->log->columns[0];
    script->reads = script->reads || !dated;
    if (dated)
        buf_puts(out, "null");
    else
        buf_printf(out, "tandem.get(\"%s.r\"+r,\"%s\")", column->slot->name, kind_of(column->type));
    return true;
}

static void put_score(struct script *script, struct buf *out, const struct reference *reference) {
    static const char *const properties[] = {
        [PROPERTY_VALUE] = "value",       [PROPERTY_NAME] = "name",
        [PROPERTY_ANSWERED] = "answered", [PROPERTY_MISSING] = "missing",
        [PROPERTY_CHANGE] = "value",
    };
    size_t property = (size_t)reference->property;
    struct print *print = script->print;
    bool anyone = print_is_for_anyone(print);
    bool mine = reference->respondent == RESPONDENT_NONE || anyone;
    bool asked = anyone && reference->respondent != reference->score->respondent;
    const struct formula *formula =
        reference->sitting == SITTING_LATEST && property < sizeof properties / sizeof *properties
            ? formula_of_score(print, reference->score, reference->dimension,
                               mine ? print->scope.respondent : reference->respondent)
            : NULL;
    if (!formula) {
        put_known(script, out, reference);
        return;
    }
    need(script, formula);
    const char *end = asked && reference->respondent != RESPONDENT_NONE
                          ? put_condition(script, out, reference->respondent)
                          : "";
    bool change = reference->property == PROPERTY_CHANGE;
    buf_printf(out, "%standem.of[\"%s\"]().%s", change ? "tandem.change(" : "", formula->name,
               properties[property]);
    if (!change) {
        buf_puts(out, end);
        return;
    }
    struct reference before = *reference;
    before.property = PROPERTY_VALUE;
    before.sitting = SITTING_PREVIOUS;
    buf_putc(out, ',');
    put_known(script, out, &before);
    buf_printf(out, ",%d)%s", score_places(reference->score), end);
}

/* The answers that a reference to one question, or to all of a block, means. */
static void put_answers(struct script *script, struct buf *out, const struct reference *reference) {
    struct print *print = script->print;
    const struct block *block =
        reference->kind == REFERENCE_SLOT ? reference->slot->block : reference->block;
    int32_t respondent =
        reference->respondent != RESPONDENT_NONE ? reference->respondent : print->scope.respondent;
    const char *after = "", *end = "";
    if (reference->sitting == SITTING_LATEST && is_asked_of_one(print, block, respondent)) {
        end = put_condition(script, out, respondent);
    } else if (reference->sitting != SITTING_LATEST ||
               !formula_find_place(print, block, respondent, &after)) {
        put_known(script, out, reference);
        return;
    }
    if (reference->kind == REFERENCE_SLOT)
        put_get(script, out, reference->slot, after);
    else
        put_slots(script, out, reference, after);
    buf_puts(out, end);
}

static bool put_reference(void *context, const struct reference *reference, struct buf *out) {
    struct script *script = context;
    struct print *print = script->print;
    switch (reference->kind) {
    case REFERENCE_SLOT:
    case REFERENCE_SLOTS:
        put_answers(script, out, reference);
        return true;
    case REFERENCE_COLUMN:
        put_column(script, out, reference->block, reference->column);
        return true;
    case REFERENCE_OWN_ROW:
        return script->log && put_own_row(script, out, reference->column);
    case REFERENCE_CALC: {
        const struct formula *formula = formula_of_calc(print, reference->block);
        if (formula) {
            need(script, formula);
            buf_printf(out, "tandem.of[\"%s\"]()", formula->name);
        } else {
            put_known(script, out, reference);
        }
        return true;
    }
    case REFERENCE_SCORE:
        put_score(script, out, reference);
        return true;
    default:
        put_known(script, out, reference);
        return true;
    }
}

static bool put_expr(struct script *script, const struct expr *expr, struct buf *out) {
    date_t as_of = script->print->course->as_of;
    struct formula_target target = {
        .print_reference = put_reference,
        .context = script,
        .as_of = as_of == DATE_NONE ? "null" : arena_printf(script->print->arena, "%d", as_of),
    };
    return expr_print_script(expr, &target, out);
}

const struct formula *formula_keep(struct script *script, const char *name, const char *arguments,
                                   const struct buf *body) {
    struct print *print = script->print;
    if (!script->reads) {
        map_set(&print->formulas, name, (void *)&none);
        return NULL;
    }
    struct formula *formula = ARENA_NEW(print->arena, struct formula);
    *formula = (struct formula){
        .name = name,
        .definition = arena_printf(print->arena, "tandem.of[\"%s\"]=function(%s){return %s;};\n",
                                   name, arguments, body->data),
        .needs = script->needs.at,
        .need_count = script->needs.count,
        .depth = script->depth};
    map_set(&print->formulas, name, formula);
    return formula;
}

bool formula_is_known(struct print *print, const char *name, const struct formula **formula) {
    print_scripts(print);
    *formula = map_find(&print->formulas, name);
    bool known = *formula != NULL;
    if (*formula == &none)
        *formula = NULL;
    return known;
}

static const struct formula *formula_of_expr(struct print *print, const struct expr *expr,
                                             const struct block *log, const char *name) {
    const struct formula *formula;
    if (formula_is_known(print, name, &formula))
        return formula;
    struct script script = {.print = print, .log = log};
    struct buf body;
    buf_init(&body, print->arena);
    script.reads = expr && put_expr(&script, expr, &body) && script.reads;
    return formula_keep(&script, name, log ? "r" : "", &body);
}

const struct formula *formula_of_calc(struct print *print, const struct block *calc) {
    return formula_of_expr(print, is_repeated(calc) ? NULL : calc->expr, NULL, calc->id);
}

const struct formula *formula_of_column(struct print *print, const struct block *log,
                                        const struct column *column) {
    return holds(print, log) ? formula_of_expr(print, column->calc, log, column->name) : NULL;
}

const struct formula *formula_of_total(struct print *print, const struct block *log,
                                       const struct column *column) {
    static const char *const totals[] = {[TOTAL_SUM] = "sum",
                                         [TOTAL_MEAN] = "mean",
                                         [TOTAL_COUNT] = "count",
                                         [TOTAL_MIN] = "min",
                                         [TOTAL_MAX] = "max"};
    const char *name = arena_printf(print->arena, "%s.total", column->name);
    const struct formula *formula;
    if (formula_is_known(print, name, &formula))
        return formula;
    struct script script = {.print = print};
    struct buf body;
    buf_init(&body, print->arena);
    buf_puts(&body, "tandem.total(");
    put_column(&script, &body, log, column);
    buf_printf(&body, ",\"%s\")", totals[column->total]);
    return formula_keep(&script, name, "", &body);
}

const struct formula *formula_of_answers(struct print *print, const char *name,
                                         const struct slot *const *slots,
                                         const int32_t *respondents, size_t count, bool is_signed) {
    const struct formula *formula;
    if (formula_is_known(print, name, &formula))
        return formula;
    struct script script = {.print = print};
    struct buf body;
    buf_init(&body, print->arena);
    buf_puts(&body, count < 2   ? "("
                    : is_signed ? "(tandem.subtract("
                                : "(tandem.abs(tandem.subtract(");
    size_t found = 0;
    for (; found < count; found++) {
        const char *after;
        if (!formula_find_place(print, slots[found]->block, respondents[found], &after))
            break;
        buf_puts(&body, found ? "," : "");
        put_get(&script, &body, slots[found], after);
    }
    script.reads = found == count;
    buf_puts(&body, count < 2 ? ")" : is_signed ? "))" : ")))");
    return formula_keep(&script, name, "", &body);
}
