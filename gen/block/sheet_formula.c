/* Expressions as formulas: where each name stands in this workbook. What is in no single cell (the
 * latest answer of a rating, a score's change) gets a cell on the hidden sheet. */
#include "block/sheet_parts.h"

#include "calc/expr.h"

void track_print_phrase(const struct track *track, enum word word, const char *formula,
                        const char *text, struct buf *out) {
    struct buf piece;
    buf_init(&piece, track->arena);
    bool first = true;
    for (const char *at = track_word(track, word);; at++) {
        bool is_formula = strncmp(at, "{0}", 3) == 0, is_text = strncmp(at, "{1}", 3) == 0;
        if (is_text)
            buf_puts(&piece, text);
        else if (!is_formula && *at)
            buf_putc(&piece, *at);
        at += is_formula || is_text ? 2 : 0;
        if ((is_formula || !*at) && piece.len) {
            buf_puts(out, first ? "" : "&");
            formula_print_text(out, piece.data);
            buf_clear(&piece);
            first = false;
        }
        if (is_formula) {
            buf_printf(out, "%s%s", first ? "" : "&", formula);
            first = false;
        }
        if (!*at)
            return;
    }
}

struct target {
    struct track *track;
    const char *table;
};

static bool print_place(const struct track *track, struct place place, struct buf *out) {
    if (place.sheet < 0)
        return false;
    track_print_area(track, out, place.sheet, place_area(place));
    return true;
}

/* Whose answer is meant; RESPONDENT_NONE if nobody's in particular. */
static int32_t whose(const struct track *track, const struct reference *reference, uint32_t who) {
    if (reference->respondent != RESPONDENT_NONE)
        return reference->respondent;
    if (track->scope.respondent != RESPONDENT_NONE)
        return track->scope.respondent;
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
        if (who == 1u << r)
            return r;
    return RESPONDENT_NONE;
}

/* The next cell of the hidden sheet, with a formula. */
static struct place work_cell(struct track *track, const char *name, const char *formula,
                              struct value cached) {
    int32_t row = track_work_row(track, 1);
    struct sheet *sheet = track->sheet;
    track->sheet = track->work;
    track_text(track, row, 0, LOOK_TEXT, name);
    track_formula(track, row, 1, LOOK_TEXT, NULL, formula, cached);
    track->sheet = sheet;
    return (struct place){track->work->index, row, 1, 1, true};
}

/* The whole block of a respondent's answers to a rating or choice: its rows are together. */
static struct area answers_area(const struct track *track, const struct block *block,
                                int32_t respondent) {
    struct area area = place_area(track_find(track, block->slots[0], respondent));
    for (size_t i = 0; i < block->slot_count; i++) {
        struct area row = place_area(track_find(track, block->slots[i], respondent));
        area.last_row = row.last_row > area.last_row ? row.last_row : area.last_row;
        area.last_col = row.last_col > area.last_col ? row.last_col : area.last_col;
        area.col = row.col < area.col ? row.col : area.col;
    }
    return area;
}

/* Answers of a sitting belong together: the latest is the last column of the block that holds any.
 * With several asks the columns of the asks lie side by side. */
char *latest_formula(const struct track *track, const struct slot *slot, int32_t respondent) {
    struct place place = track_find(track, slot, respondent);
    if (place.sheet < 0 || slot->type == SLOT_CHOICES)
        return NULL;
    struct buf block, row;
    buf_init(&block, track->arena);
    buf_init(&row, track->arena);
    struct area area = answers_area(track, slot->block, respondent);
    area_print_full(&block, track->book->sheets.at[place.sheet], area);
    area_print_full(&row, track->book->sheets.at[place.sheet], place_area(place));
    const char *last =
        arena_printf(track->arena, "SUMPRODUCT(MAX((%s<>\"\")*(MOD(COLUMN(%s)-%d,%d)+1)))",
                     block.data, block.data, area.col + 1, track_sittings_of(track, slot->block));
    const char *cell = arena_printf(track->arena, "INDEX(%s,1,MAX(1,%s))", row.data, last);
    return arena_printf(track->arena, "IF(%s=\"\",\"\",%s)", cell, cell);
}

struct value latest_cached(const struct track *track, const struct slot *slot, int32_t respondent) {
    struct value value = scope_answer(&track->scope, slot, respondent, -1, 0);
    for (size_t i = 0; value.kind == VALUE_TEXT && i < slot->option_count; i++)
        if (strcmp(slot->options[i].id, value.text) == 0)
            return value_text(slot->options[i].label);
    return value;
}

static bool latest_answer(struct track *track, const struct reference *reference,
                          const struct slot *slot, struct place *found) {
    int32_t respondent = whose(track, reference, track_respondents(track, slot->block));
    if (reference->sitting != SITTING_LATEST || respondent == RESPONDENT_NONE)
        return false;
    char *formula = latest_formula(track, slot, respondent);
    if (formula)
        *found = work_cell(track, slot->name, formula, latest_cached(track, slot, respondent));
    return formula != NULL;
}

static const struct place *find_known(const struct track *track,
                                      const struct reference *reference) {
    for (size_t i = 0; i < track->known.count; i++)
        if (track->known.at[i].reference == reference)
            return &track->known.at[i].place;
    return NULL;
}

static bool print_new(struct track *track, const struct reference *reference, struct place place,
                      struct buf *out) {
    VEC_PUSH(track->arena, &track->known, ((struct track_known){reference, place}));
    return print_place(track, place, out);
}

static bool print_slot(struct track *track, const struct reference *reference, struct buf *out) {
    const struct slot *slot = reference->slot;
    if (slot->by_sitting) {
        struct place place;
        return latest_answer(track, reference, slot, &place) &&
               print_new(track, reference, place, out);
    }
    int32_t respondent = slot->own ? whose(track, reference, track_respondents(track, slot->block))
                                   : RESPONDENT_NONE;
    bool unclear =
        slot->own ? respondent == RESPONDENT_NONE : reference->respondent != RESPONDENT_NONE;
    if (unclear || reference->sitting != SITTING_LATEST)
        return false;
    struct place place = track_find(track, slot, respondent);
    return place.count <= 1 && print_place(track, place, out);
}

static bool print_slots(struct track *track, const struct reference *reference, struct buf *out) {
    const struct block *block = reference->block;
    struct place first = {.sheet = -1};
    if (reference->sitting != SITTING_LATEST || !block->slot_count)
        return false;
    int32_t count = 0;
    for (size_t i = 0; i < block->slot_count; i++) {
        const struct slot *slot = block->slots[i];
        struct place place;
        if (reference->ask && (!slot->ask || strcmp(slot->ask, reference->ask) != 0))
            continue;
        if (slot->by_sitting) {
            if (!latest_answer(track, reference, slot, &place))
                return false;
        } else {
            place =
                track_find(track, slot, whose(track, reference, track_respondents(track, block)));
        }
        if (place.sheet < 0)
            return false;
        first = count++ ? first : place;
    }
    first.count = count;
    first.across = false;
    return print_new(track, reference, first, out);
}

static bool print_calc(struct track *track, const struct block *calc, struct buf *out) {
    struct place *place = &track->places.calcs[calc->index];
    if (place->sheet < 0) {
        struct buf formula;
        buf_init(&formula, track->arena);
        struct sheet *sheet = track->sheet;
        track->sheet = track->work; /* so that names of sheets stand where they must */
        bool printed = track_print_expr(track, calc->expr, NULL, &formula);
        track->sheet = sheet;
        if (!printed)
            return false;
        *place = work_cell(track, calc->id, formula.data, calc_eval(calc, &track->scope));
    }
    return print_place(track, *place, out);
}

static bool print_score(struct track *track, const struct reference *reference, struct buf *out) {
    const struct score *score = reference->score;
    uint32_t who = 0;
    for (int32_t r = 0; r < (int32_t)track->course->respondents.count; r++)
        who |= score_has_respondent(track, score, r) ? 1u << r : 0;
    int32_t respondent = whose(track, reference, who);
    char *formula = respondent == RESPONDENT_NONE
                        ? NULL
                        : score_reference_formula(track, reference, respondent);
    if (!formula)
        return false;
    struct place place =
        work_cell(track, reference->text, formula, reference_eval(reference, &track->scope));
    return print_new(track, reference, place, out);
}

static bool print_reference(void *context, const struct reference *reference, struct buf *out) {
    const struct target *target = context;
    struct track *track = target->track;
    const struct place *known = find_known(track, reference);
    if (known)
        return print_place(track, *known, out);
    switch (reference->kind) {
    case REFERENCE_PROFILE:
        return print_place(track, track->places.profile[reference->profile], out);
    case REFERENCE_SLOT:
        return print_slot(track, reference, out);
    case REFERENCE_SLOTS:
        return print_slots(track, reference, out);
    case REFERENCE_COLUMN:
        return track_print_column(track, reference->block, reference->column, NULL, out);
    case REFERENCE_OWN_ROW:
        return target->table &&
               track_print_column(track, reference->block, reference->column, target->table, out);
    case REFERENCE_CALC:
        return print_calc(track, reference->block, out);
    case REFERENCE_SCORE:
        return print_score(track, reference, out);
    case REFERENCE_COURSE:
    case REFERENCE_PERIOD:
    case REFERENCE_COHORT:
        break;
    }
    return false;
}

bool track_print_expr(struct track *track, const struct expr *expr, const char *table,
                      struct buf *out) {
    struct target target = {track, table};
    struct formula_target printer = {print_reference, &target, "as_of"};
    return !track->placing && expr_print_excel(expr, &printer, out);
}
