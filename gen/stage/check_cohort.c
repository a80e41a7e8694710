/* Reports on cohorts: they hold what can be told of one and nothing of single participants; other
 * materials hold nothing of cohorts; what would give single people away is refused. */
#include "stage/check_internal.h"

#include "calc/expr.h"
#include "calc/withhold.h"
#include "stage/track.h"

struct walk {
    struct check *check;
    const struct material *material;
    VEC(const struct block *) distributions; /* of this material */
    struct map calcs;                        /* by id: those that have been looked at */
};

static const char *each_word(const struct material *material) {
    return material->each == EACH_RESPONDENT ? "respondent" : "participant";
}

static void check_expression(struct walk *walk, const struct expr *expr);

static void check_cohort_reference(void *context, const struct reference *reference) {
    struct walk *walk = context;
    struct diag *diag = walk->check->diag;
    bool cohort = walk->material->each == EACH_COHORT;
    switch (reference->kind) {
    case REFERENCE_COHORT:
        if (!cohort)
            diag_report(diag, DIAG_COHORT_VARIABLE, reference->at, reference->text,
                        walk->material->name, each_word(walk->material));
        break;
    case REFERENCE_COURSE:
    case REFERENCE_PERIOD:
    case REFERENCE_OWN_ROW:
        break;
    case REFERENCE_CALC:
        if (reference->block->expr && !map_set(&walk->calcs, reference->block->id, walk))
            check_expression(walk, reference->block->expr);
        break;
    default:
        if (cohort)
            diag_report(diag, DIAG_COHORT_SINGLE, reference->at, reference->text,
                        walk->material->name);
        break;
    }
}

static void check_expression(struct walk *walk, const struct expr *expr) {
    if (expr)
        expr_visit(expr, check_cohort_reference, walk);
}

static bool is_kind(const struct block *block, const char *name) {
    return strcmp(block->type->name, name) == 0;
}

static bool has_private_part(const struct score *score) {
    for (size_t i = 0; i < score->part_count; i++)
        if (score->parts[i].rating->is_private)
            return true;
    return false;
}

static void check_in_cohort(struct walk *walk, const struct block *block) {
    static const char *const singles[] = {"score", "advice", "rows"};
    struct diag *diag = walk->check->diag;
    const struct material *material = walk->material;
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        if (is_kind(block, singles[i]))
            diag_report(diag, DIAG_COHORT_BLOCK, block->at, singles[i], material->name);
    if (block->band) /* .when score=… is=… */
        diag_report(diag, DIAG_COHORT_BLOCK, block->at, block->type->name, material->name);
    if (is_kind(block, "roster") && material->anonymous)
        diag_report(diag, DIAG_COHORT_ANONYMOUS, block->at, material->name, "a '.roster'");
    if (is_kind(block, "gap") && block->rating && block->rating->is_private)
        diag_report(diag, DIAG_COHORT_PRIVATE, block->at, block->rating->id);
    if (is_kind(block, "distribution") && block->score) {
        if (has_private_part(block->score))
            diag_report(diag, DIAG_COHORT_PRIVATE, block->at, block->score->id);
        VEC_PUSH(walk->check->arena, &walk->distributions, block);
    }
}

static void check_node(struct walk *walk, const struct node *node) {
    const struct block *block = node->block;
    if (node->reference)
        check_cohort_reference(walk, node->reference);
    if (block) {
        if (walk->material->each == EACH_COHORT)
            check_in_cohort(walk, block);
        else if (is_kind(block, "distribution") || is_kind(block, "roster"))
            diag_report(walk->check->diag, DIAG_COHORT_ONLY, block->at, block->type->name,
                        walk->material->name, each_word(walk->material));
        check_expression(walk, block->condition);
        if (is_kind(block, "calc"))
            check_expression(walk, block->expr);
    }
    if (node->legend)
        check_node(walk, node->legend);
    for (const struct node *child = node->first; child; child = child->next)
        check_node(walk, child);
}

static bool have_common_view(const struct block *left, const struct block *right) {
    return left->score == right->score &&
           (left->view == right->view || left->view == RESPONDENT_NONE ||
            right->view == RESPONDENT_NONE);
}

/* A score's bands in two sittings and how people moved between its bands: from both together it
 * could be worked out how few stayed in one. */
static void check_views_together(struct walk *walk) {
    for (size_t i = 0; i < walk->distributions.count; i++)
        for (size_t k = 0; k < walk->distributions.count; k++) {
            const struct block *moved = walk->distributions.at[i];
            const struct block *other = walk->distributions.at[k];
            if (moved->moved && !other->moved && have_common_view(moved, other)) {
                diag_report(walk->check->diag, DIAG_COHORT_TWO_VIEWS, moved->at,
                            walk->material->name, moved->score->id);
                return;
            }
        }
}

static void check_material(struct walk *walk) {
    const struct material *material = walk->material;
    map_init(&walk->calcs, walk->check->arena);
    for (size_t m = 0; m < material->modules.count; m++) {
        const struct module *module = material->module_list ? material->module_list[m] : NULL;
        if (!module || !module->document)
            continue;
        check_node(walk, module->document);
        for (size_t i = 0; i < module->footnote_count; i++)
            if (module->footnotes[i])
                check_node(walk, module->footnotes[i]);
    }
    check_views_together(walk);
}

static bool has_sheet(const struct material *material, const char *name) {
    for (size_t i = 0; i < material->sheets.count; i++)
        if (strcmp(material->sheets.at[i].text, name) == 0)
            return true;
    return false;
}

/* The sheets of a workbook on a cohort. Where single participants stand in it anyway, nothing can be
 * given away. */
static void check_workbook(struct check *check, const struct material *material) {
    static const char *const open[] = {"roster", "participants", "answers"};
    size_t count;
    const char *const *names = track_cohort_sheets(&count);
    for (size_t i = 0; i < material->sheets.count; i++) {
        struct name sheet = material->sheets.at[i];
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known = known || strcmp(names[k], sheet.text) == 0;
        if (!known)
            diag_report(check->diag, DIAG_COHORT_SHEET, sheet.at, sheet.text,
                        diag_nearest(sheet.text, names, count),
                        diag_list(check->arena, names, count));
        for (size_t k = 0; k < i; k++)
            if (strcmp(material->sheets.at[k].text, sheet.text) == 0)
                diag_report(check->diag, DIAG_GIVEN_TWICE, sheet.at, "sheet", sheet.text);
        for (size_t k = 0; material->anonymous && k < sizeof open / sizeof *open; k++)
            if (strcmp(open[k], sheet.text) == 0)
                diag_report(check->diag, DIAG_COHORT_ANONYMOUS, sheet.at, material->name,
                            arena_printf(check->arena, "the sheet '%s'", sheet.text));
    }
    if (has_sheet(material, "distribution") && has_sheet(material, "movement") &&
        !has_sheet(material, "participants") && !has_sheet(material, "answers") &&
        check->course->scores.count)
        diag_report(check->diag, DIAG_COHORT_TWO_VIEWS, material->at, material->name,
                    check->course->scores.at[0].id);
}

/* A score that a material shows distributed (or moved), of those that `like` shows the other way;
 * of any if `like` is NULL. A workbook's sheets show every score that is not private. */
static const struct score *shows(const struct walk *walk, bool moved, const struct block *like) {
    const struct course *course = walk->check->course;
    if (walk->material->kind == MATERIAL_XLSX) {
        if (!has_sheet(walk->material, moved ? "movement" : "distribution"))
            return NULL;
        for (size_t i = 0; i < course->scores.count; i++)
            if (!has_private_part(&course->scores.at[i]) &&
                (!like || like->score == &course->scores.at[i]))
                return &course->scores.at[i];
        return NULL;
    }
    for (size_t i = 0; i < walk->distributions.count; i++) {
        const struct block *block = walk->distributions.at[i];
        if (block->moved == moved && (!like || have_common_view(block, like)))
            return block->score;
    }
    return NULL;
}

/* What `moved` shows of movement, and `other` distributed; NULL if they have no score in common. */
static const struct score *shown_both_ways(const struct walk *moved, const struct walk *other) {
    if (moved->material->kind == MATERIAL_XLSX) {
        if (other->material->kind == MATERIAL_XLSX)
            return shows(other, false, NULL) ? shows(moved, true, NULL) : NULL;
        for (size_t i = 0; i < other->distributions.count; i++) {
            const struct block *block = other->distributions.at[i];
            if (!block->moved && shows(moved, true, block))
                return block->score;
        }
        return NULL;
    }
    for (size_t i = 0; i < moved->distributions.count; i++)
        if (moved->distributions.at[i]->moved && shows(other, false, moved->distributions.at[i]))
            return moved->distributions.at[i]->score;
    return NULL;
}

/* Reports that travel may meet in one hand: what must not stand in one may not stand in two. */
static void check_travellers(struct check *check, const struct walk *walks, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            const struct material *moved = walks[i].material, *other = walks[k].material;
            if (i == k || !moved->anonymous || !other->anonymous || moved->each != EACH_COHORT ||
                other->each != EACH_COHORT)
                continue;
            const struct score *score = shown_both_ways(&walks[i], &walks[k]);
            if (score)
                diag_report(check->diag, DIAG_COHORT_TWO_MATERIALS, moved->at, moved->name,
                            score->id, other->name);
        }
}

static void check_dimension(struct check *check, struct block *block) {
    const struct attribute *dimension = check_find(block, "dimension");
    const struct score *score = block->score;
    if (score->band_count >= WITHHOLD_CATEGORIES)
        diag_report(check->diag, DIAG_DISTRIBUTION_BANDS, block->at,
                    arena_printf(check->arena, "%d", WITHHOLD_CATEGORIES - 1), score->id);
    if (!dimension)
        return;
    size_t count = score->by_dimension ? score->dimension_count : 0;
    for (size_t d = 0; d < count; d++)
        if (strcmp(score->dimensions[d], dimension->value) == 0)
            block->dimension = (int32_t)d;
    if (block->dimension < 0)
        diag_report(check->diag, DIAG_DIMENSION_UNKNOWN, dimension->value_at, score->id,
                    dimension->value, diag_nearest(dimension->value, score->dimensions, count),
                    diag_list(check->arena, score->dimensions, count));
}

void check_cohorts(struct check *check) {
    struct course *course = check->course;
    for (size_t i = 0; i < course->blocks.count; i++)
        if (is_kind(course->blocks.at[i], "distribution") && course->blocks.at[i]->score)
            check_dimension(check, course->blocks.at[i]);
    size_t count = course->materials.count;
    struct walk *walks = ARENA_ARRAY(check->arena, struct walk, count + 1);
    for (size_t i = 0; i < count; i++) {
        walks[i] = (struct walk){.check = check, .material = &course->materials.at[i]};
        if (walks[i].material->kind == MATERIAL_PDF)
            check_material(&walks[i]);
    }
    for (size_t i = 0; i < count; i++)
        if (walks[i].material->kind == MATERIAL_XLSX && walks[i].material->each == EACH_COHORT)
            check_workbook(check, walks[i].material);
    check_travellers(check, walks, count);
}
