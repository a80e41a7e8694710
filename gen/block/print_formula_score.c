/* Scores as functions of the edition's own fields, in the library's short form. */
#include "block/print_formula.h"
#include "calc/expr.h"
#include "calc/score.h"

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
    bool here = formula_find_place(print, rating, respondent, &after);
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

const struct formula *formula_of_score(struct print *print, const struct score *score,
                                       int32_t dimension, int32_t respondent) {
    static const char *const methods[] = {
        [SCORE_MEAN] = "mean", [SCORE_SUM] = "sum", [SCORE_PERCENT] = "percent"};
    const char *part = dimension_id(score, dimension);
    const char *name = arena_printf(
        print->arena, "score.%s%s%s%s%s", score->id, part ? "." : "", part ? part : "",
        respondent == RESPONDENT_NONE ? "" : "@",
        respondent == RESPONDENT_NONE ? "" : print->course->respondents.at[respondent].id);
    const struct formula *formula;
    if (formula_is_known(print, name, &formula))
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
    return formula_keep(&script, name, "", &body);
}
