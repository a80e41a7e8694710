/* Fields of a form that show what was typed as the page does, and those that are worked out while
 * others are filled in: the expressions and scores of the page as functions of the document's own
 * fields. What is not asked in this edition is put in as it was answered. */
#include "block/print_parts.h"

#include "block/print_log.h"
#include "calc/expr.h"
#include "calc/format.h"
#include "calc/score.h"
#include "model/address.h"

/* ---- formats ---- */

static const char *const kinds[FORMAT_COUNT] = {
    [FORMAT_NUMBER] = "number", [FORMAT_MONEY] = "money",        [FORMAT_PERCENT] = "percent",
    [FORMAT_DATE] = "date",     [FORMAT_DATE_LONG] = "dateLong", [FORMAT_EMAIL] = "email",
};

static enum field_format format_of(enum slot_type type, bool in_full) {
    switch (type) {
    case SLOT_NUMBER:
        return FORMAT_NUMBER;
    case SLOT_MONEY:
        return FORMAT_MONEY;
    case SLOT_PERCENT:
        return FORMAT_PERCENT;
    case SLOT_DATE:
        return in_full ? FORMAT_DATE_LONG : FORMAT_DATE;
    case SLOT_EMAIL:
        return FORMAT_EMAIL;
    default:
        return FORMAT_NONE;
    }
}

static const struct form_scripts *find_scripts(struct print *print) {
    if (print->scripts)
        return print->scripts;
    static const enum slot_type types[] = {SLOT_NUMBER, SLOT_MONEY, SLOT_PERCENT, SLOT_DATE,
                                           SLOT_EMAIL};
    struct form_scripts *scripts = ARENA_NEW(print->arena, struct form_scripts);
    for (size_t i = 0; i < 2 * sizeof types / sizeof *types; i++) {
        enum field_format format = format_of(types[i / 2], i % 2);
        scripts->show[format] =
            script_show_action(print->arena, print->course, types[i / 2], kinds[format]);
        scripts->check[format] = arena_printf(
            print->arena, "if(typeof tandem==\"object\")tandem.check(\"%s\");", kinds[format]);
    }
    scripts->library = expr_script_library(print->arena, print->course);
    map_init(&print->formulas, print->arena);
    print->held = ARENA_ARRAY(print->arena, unsigned char, print->course->blocks.count + 1);
    return print->scripts = scripts;
}

void field_set_format(struct print *print, struct field *field, enum slot_type type, bool in_full) {
    field->format = format_of(type, in_full);
    if (field->format != FORMAT_NONE)
        field->scripts = find_scripts(print);
}

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

/* True if the answers of a respondent (NONE: the reader) to a block are fields here; *after is what
 * their names end with. */
static bool find_place(struct print *print, const struct block *block, int32_t respondent,
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

/* ---- formulas ---- */

struct script {
    struct print *print;
    const struct block *log; /* whose row r is worked out, or NULL */
    bool reads;              /* some field of this document */
    int32_t depth;
    VEC(const struct formula *) needs;
};

static const struct formula none; /* in the map: looked at, and there is none */

static const struct formula *formula_of_calc(struct print *print, const struct block *calc);
static const struct formula *formula_of_column(struct print *print, const struct block *log,
                                               const struct column *column);
static const struct formula *formula_of_score(struct print *print, const struct score *score,
                                              int32_t dimension, int32_t respondent);
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
    bool mine = reference->respondent == RESPONDENT_NONE || print_is_for_anyone(print);
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
    bool change = reference->property == PROPERTY_CHANGE;
    buf_printf(out, "%standem.of[\"%s\"]().%s", change ? "tandem.change(" : "", formula->name,
               properties[property]);
    if (!change)
        return;
    struct reference before = *reference;
    before.property = PROPERTY_VALUE;
    before.sitting = SITTING_PREVIOUS;
    buf_putc(out, ',');
    put_known(script, out, &before);
    buf_printf(out, ",%d)", score_places(reference->score));
}

static bool put_reference(void *context, const struct reference *reference, struct buf *out) {
    struct script *script = context;
    struct print *print = script->print;
    int32_t respondent =
        reference->respondent != RESPONDENT_NONE ? reference->respondent : print->scope.respondent;
    bool latest = reference->sitting == SITTING_LATEST;
    const char *after;
    switch (reference->kind) {
    case REFERENCE_SLOT:
        if (latest && find_place(print, reference->slot->block, respondent, &after))
            put_get(script, out, reference->slot, after);
        else
            put_known(script, out, reference);
        return true;
    case REFERENCE_SLOTS:
        if (latest && find_place(print, reference->block, respondent, &after))
            put_slots(script, out, reference, after);
        else
            put_known(script, out, reference);
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

/* Keeps what was found under its name; NULL if it reads nothing here. */
static const struct formula *keep_formula(struct script *script, const char *name,
                                          const char *arguments, const struct buf *body) {
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

static bool is_known(struct print *print, const char *name, const struct formula **formula) {
    find_scripts(print);
    *formula = map_find(&print->formulas, name);
    bool known = *formula != NULL;
    if (*formula == &none)
        *formula = NULL;
    return known;
}

static const struct formula *formula_of_expr(struct print *print, const struct expr *expr,
                                             const struct block *log, const char *name) {
    const struct formula *formula;
    if (is_known(print, name, &formula))
        return formula;
    struct script script = {.print = print, .log = log};
    struct buf body;
    buf_init(&body, print->arena);
    script.reads = expr && put_expr(&script, expr, &body) && script.reads;
    return keep_formula(&script, name, log ? "r" : "", &body);
}

static const struct formula *formula_of_calc(struct print *print, const struct block *calc) {
    return formula_of_expr(print, is_repeated(calc) ? NULL : calc->expr, NULL, calc->id);
}

static const struct formula *formula_of_column(struct print *print, const struct block *log,
                                               const struct column *column) {
    return holds(print, log) ? formula_of_expr(print, column->calc, log, column->name) : NULL;
}

/* ---- scores ---- */

static const char *dimension_id(const struct score *score, int32_t dimension) {
    return dimension < 0 ? NULL : score->dimensions[dimension];
}

static bool counts(const struct slot *slot, const struct score_part *part, const char *dimension,
                   int32_t respondent) {
    bool asked = respondent == RESPONDENT_NONE || (slot->respondents >> respondent & 1);
    return slot->type == SLOT_POINT && slot->scale && slot->item && asked &&
           (!part->ask || (slot->ask && strcmp(slot->ask, part->ask) == 0)) &&
           (!dimension || (slot->item->dimension && strcmp(slot->item->dimension, dimension) == 0));
}

/* ["rating.",".respondent",1,5,"item !reversed item*weight"] */
static void put_part(struct script *script, struct buf *out, const struct score_part *part,
                     const char *dimension, int32_t respondent) {
    struct print *print = script->print;
    const struct block *rating = part->rating;
    const char *after = "";
    bool here = find_place(print, rating, respondent, &after);
    script->reads = script->reads || here;
    buf_printf(out, "[\"%s.\",\"%s\",%d,%d,\"", rating->id, after, rating->scale->from,
               rating->scale->from + (int32_t)rating->scale->count - 1);
    size_t before = strlen(rating->id) + 1;
    bool first = true;
    for (size_t i = 0; i < rating->slot_count; i++) {
        const struct slot *slot = rating->slots[i];
        if (!counts(slot, part, dimension, respondent))
            continue;
        buf_printf(out, "%s%s%s", first ? "" : " ", slot->item->reverse ? "!" : "",
                   slot->name + before);
        first = false;
        if (slot->item->weight != 1)
            buf_printf(out, "*%.15g", slot->item->weight);
        if (here)
            continue;
        struct value known = print_answer(print, slot, respondent, 0);
        buf_putc(out, '=');
        if (known.kind == VALUE_NUMBER)
            buf_printf(out, "%.15g", known.number);
    }
    buf_puts(out, "\"]");
}

static bool has_items(const struct score_part *part, const char *dimension, int32_t respondent) {
    for (size_t i = 0; i < part->rating->slot_count; i++)
        if (counts(part->rating->slots[i], part, dimension, respondent))
            return true;
    return false;
}

static void put_bands(struct buf *out, const struct score *score) {
    buf_puts(out, "],bands:[");
    for (size_t i = 0; i < score->band_count; i++) {
        buf_puts(out, i ? ",[" : "[");
        value_print_script(out, value_number(score->bands[i].to));
        buf_putc(out, ',');
        expr_script_text(out, score->bands[i].name);
        buf_putc(out, ']');
    }
}

static const struct formula *formula_of_score(struct print *print, const struct score *score,
                                              int32_t dimension, int32_t respondent) {
    static const char *const methods[] = {
        [SCORE_MEAN] = "mean", [SCORE_SUM] = "sum", [SCORE_PERCENT] = "percent"};
    const char *part = dimension_id(score, dimension);
    const char *name = arena_printf(
        print->arena, "score.%s%s%s%s%s", score->id, part ? "." : "", part ? part : "",
        respondent == RESPONDENT_NONE ? "" : "@",
        respondent == RESPONDENT_NONE ? "" : print->course->respondents.at[respondent].id);
    const struct formula *formula;
    if (is_known(print, name, &formula))
        return formula;
    struct script script = {.print = print};
    struct buf body;
    buf_init(&body, print->arena);
    buf_puts(&body, "tandem.score({parts:[");
    bool first = true;
    for (size_t p = 0; p < score->part_count; p++) {
        if (!has_items(&score->parts[p], part, respondent))
            continue;
        buf_puts(&body, first ? "" : ",");
        first = false;
        put_part(&script, &body, &score->parts[p], part, respondent);
    }
    put_bands(&body, score);
    buf_printf(&body, "],method:\"%s\",share:", methods[score->method]);
    value_print_script(&body, value_number(score->answered));
    buf_printf(&body, ",places:%d})", score_places(score));
    return keep_formula(&script, name, "", &body);
}

/* ---- fields ---- */

static const char *unit_word(enum value_unit unit) {
    return unit == UNIT_MONEY ? "money" : unit == UNIT_PERCENT ? "percent" : "number";
}

static bool set_formula(struct print *print, struct field *field, const struct formula *formula,
                        const char *calculate) {
    field->scripts = print->scripts;
    field->formula = formula;
    field->calculate = calculate;
    return true;
}

bool field_set_calc(struct print *print, struct field *field, const struct block *calc) {
    const struct formula *formula = formula_of_calc(print, calc);
    if (!formula)
        return false;
    enum value_unit unit = calc->format_given ? calc->format : expr_unit(calc->expr);
    return set_formula(print, field, formula,
                       arena_printf(print->arena, "tandem.put(\"%s\",\"%s\",%d);", formula->name,
                                    expr_is_date(calc->expr) ? "date" : unit_word(unit),
                                    calc->decimals));
}

static const struct formula *formula_of_total(struct print *print, const struct block *log,
                                              const struct column *column) {
    static const char *const totals[] = {[TOTAL_SUM] = "sum",
                                         [TOTAL_MEAN] = "mean",
                                         [TOTAL_COUNT] = "count",
                                         [TOTAL_MIN] = "min",
                                         [TOTAL_MAX] = "max"};
    const char *name = arena_printf(print->arena, "%s.total", column->name);
    const struct formula *formula;
    if (is_known(print, name, &formula))
        return formula;
    struct script script = {.print = print};
    struct buf body;
    buf_init(&body, print->arena);
    buf_puts(&body, "tandem.total(");
    put_column(&script, &body, log, column);
    buf_printf(&body, ",\"%s\")", totals[column->total]);
    return keep_formula(&script, name, "", &body);
}

bool field_set_cell(struct print *print, struct field *field, const struct block *log,
                    const struct column *column, int32_t row) {
    const struct formula *formula =
        row < 0 ? formula_of_total(print, log, column) : formula_of_column(print, log, column);
    if (!formula)
        return false;
    bool count = row < 0 && column->total == TOTAL_COUNT;
    const char *unit = count                          ? "number"
                       : column->type == SLOT_DATE    ? "date"
                       : column->type == SLOT_MONEY   ? "money"
                       : column->type == SLOT_PERCENT ? "percent"
                                                      : "number";
    const char *call = row < 0 ? arena_printf(print->arena, "tandem.putRow(\"%s\",0,\"%s\",-1);",
                                              formula->name, unit)
                               : arena_printf(print->arena, "tandem.putRow(\"%s\",%d,\"%s\",-1);",
                                              formula->name, row + 1, unit);
    return set_formula(print, field, formula, call);
}

bool field_set_score(struct print *print, struct field *field, const struct score *score,
                     int32_t dimension, int32_t respondent, enum result_text text) {
    static const char *const how[] = {
        [RESULT_ALONE] = "alone", [RESULT_FILLED] = "filled", [RESULT_ALL] = "all"};
    const struct formula *formula = formula_of_score(print, score, dimension, respondent);
    if (!formula)
        return false;
    const char *call =
        text == RESULT_LACKING
            ? arena_printf(print->arena, "tandem.answered(\"%s\");", formula->name)
            : arena_printf(print->arena, "tandem.result(\"%s\",\"%s\",%d,\"%s\");", formula->name,
                           score->method == SCORE_PERCENT ? "percent" : "number", score->decimals,
                           how[text]);
    return set_formula(print, field, formula, call);
}
