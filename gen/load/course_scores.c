/* course.yml: scores. What they pool is resolved by check. */
#include "load/course.h"

#include "load/typography.h"

#include <float.h>

static const char *const score_keys[] = {"title",    "mean",     "sum", "percent", "respondent",
                                         "answered", "decimals", "by",  "bands",   NULL};

/* "relationship" or "expectations.now". */
static bool part_is_valid(struct arena *arena, const char *text) {
    const char *dot = strchr(text, '.');
    if (!dot)
        return id_is_valid(text);
    return id_is_valid(arena_strndup(arena, text, (size_t)(dot - text))) && id_is_valid(dot + 1);
}

static void read_method(struct reader *reader, struct score *score, const struct yaml *node) {
    static const char *const methods[] = {"mean", "sum", "percent"};
    size_t given = 0;
    for (size_t i = 0; i < 3; i++) {
        const struct yaml *of = yaml_find(node, methods[i]);
        if (!of)
            continue;
        score->method = (enum score_method)i;
        if (given++ == 0)
            yaml_names(reader, of, &score->of);
    }
    if (given != 1)
        diag_report(reader->diag, DIAG_SCORE_METHOD, score->at, score->id);
    size_t kept = 0;
    for (size_t i = 0; i < score->of.count; i++) {
        struct name of = score->of.at[i];
        if (part_is_valid(reader->arena, of.text))
            score->of.at[kept++] = of;
        else
            diag_report(reader->diag, DIAG_SCORE_PART_SYNTAX, of.at, of.text);
    }
    score->of.count = kept;
}

static void read_bands(struct reader *reader, struct score *score, const struct yaml *list) {
    static const char *const keys[] = {"to", "name", NULL};
    if (!list || !yaml_is_list(reader, list, "a list of bands"))
        return;
    VEC(struct band) bands = {0};
    double below = -DBL_MAX;
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml *node = &list->items[i];
        if (!yaml_is_map(reader, node, "{to: …, name: …}"))
            continue;
        yaml_check_keys(reader, node, keys);
        struct band band = {DBL_MAX, NULL, node->at};
        const struct yaml *to = yaml_find(node, "to");
        yaml_read_text(reader, node, "name", &band.name);
        if (!yaml_find(node, "name"))
            diag_report(reader->diag, DIAG_KEY_MISSING, node->at, "name");
        if (!band.name)
            continue;
        if (!to && i + 1 < list->count)
            diag_report(reader->diag, DIAG_BAND_OPEN, node->at);
        if (to && yaml_number(reader, to, &band.to) && band.to <= below)
            diag_report(reader->diag, DIAG_BAND_ORDER, to->at, band.name, to->text);
        below = to ? band.to : below;
        VEC_PUSH(reader->arena, &bands, band);
    }
    score->bands = bands.at;
    score->band_count = bands.count;
}

static void read_score(struct reader *reader, struct course *course, struct score *score,
                       const struct yaml *node) {
    yaml_check_keys(reader, node, score_keys);
    yaml_read_text(reader, node, "title", &score->title);
    score->title = typography_text(reader->arena, course->language, score->title);
    read_method(reader, score, node);
    struct name respondent = {0}, by = {0};
    yaml_read_name(reader, node, "respondent", &respondent);
    if (respondent.text)
        score->respondent = respondent_find(reader, course, respondent);
    const struct yaml *answered = yaml_find(node, "answered");
    if (answered && yaml_number(reader, answered, &score->answered) &&
        (score->answered < 0 || score->answered > 1))
        diag_report(reader->diag, DIAG_SCORE_SHARE, answered->at, answered->text);
    yaml_read_integer(reader, node, "decimals", 0, 6, &score->decimals);
    yaml_read_name(reader, node, "by", &by);
    score->by_dimension = by.text != NULL;
    if (by.text && strcmp(by.text, "dimension") != 0)
        diag_report(reader->diag, DIAG_SCORE_BY, by.at, by.text);
    read_bands(reader, score, yaml_find(node, "bands"));
}

void course_read_scores(struct reader *reader, struct course *course, const struct yaml *root) {
    const struct yaml *map = yaml_find(root, "scores");
    if (!map || !yaml_is_map(reader, map, "'key: value' lines for the scores"))
        return;
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        if (!id_check(reader, pair->key, pair->key_at) ||
            !yaml_is_map(reader, &pair->value, "{mean: RATING, …}"))
            continue;
        struct score *score = VEC_ADD(reader->arena, &course->scores);
        score->id = score->title = pair->key;
        score->at = pair->key_at;
        score->respondent = RESPONDENT_NONE;
        score->answered = 0.8;
        score->decimals = 1;
        score->index = course->scores.count - 1;
        read_score(reader, course, score, &pair->value);
    }
}
