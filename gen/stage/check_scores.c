/* Scores: what they pool, by which dimensions, and between which ends their values lie. */
#include "stage/check_internal.h"

#include <float.h>

/* "rating" or "rating.ask". */
static bool resolve_part(struct check *check, struct name of, struct score_part *part) {
    const char *dot = strchr(of.text, '.');
    const char *id = dot ? arena_strndup(check->arena, of.text, (size_t)(dot - of.text)) : of.text;
    const struct block *block = course_find_block(check->course, id);
    if (!block) {
        size_t count;
        const char *const *ids = check_block_ids(check, "rating", &count);
        check_unknown(check, DIAG_RATING_UNKNOWN, of.at, id, ids, count);
        return false;
    }
    if (strcmp(block->type->name, "rating") != 0) {
        size_t count;
        const char *const *ids = check_block_ids(check, "rating", &count);
        diag_report(check->diag, DIAG_RATING_EXPECTED, of.at, id, block->type->name,
                    diag_list(check->arena, ids, count));
        return false;
    }
    part->rating = block;
    if (!dot)
        return true;
    const char **asks = ARENA_ARRAY(check->arena, const char *, block->ask_count);
    for (size_t i = 0; i < block->ask_count; i++) {
        asks[i] = block->asks[i].id;
        if (strcmp(asks[i], dot + 1) == 0)
            part->ask = asks[i];
    }
    if (!part->ask)
        diag_report(check->diag, DIAG_ASK_UNKNOWN, of.at, id, dot + 1,
                    diag_nearest(dot + 1, asks, block->ask_count),
                    diag_list(check->arena, asks, block->ask_count));
    return part->ask != NULL;
}

static void resolve_parts(struct check *check, struct score *score) {
    struct score_part *parts = ARENA_ARRAY(check->arena, struct score_part, score->of.count);
    for (size_t i = 0; i < score->of.count; i++)
        if (resolve_part(check, score->of.at[i], &parts[score->part_count]))
            score->part_count++;
    score->parts = parts;
}

static void add_dimension(struct check *check, struct strings *dimensions, const char *name) {
    for (size_t i = 0; i < dimensions->count; i++)
        if (strcmp(dimensions->at[i], name) == 0)
            return;
    VEC_PUSH(check->arena, dimensions, name);
}

static void collect_dimensions(struct check *check, struct score *score) {
    struct strings dimensions = {0};
    for (size_t p = 0; p < score->part_count; p++) {
        const struct block *rating = score->parts[p].rating;
        for (size_t i = 0; i < rating->item_count; i++) {
            if (rating->items[i].dimension)
                add_dimension(check, &dimensions, rating->items[i].dimension);
            else
                diag_report(check->diag, DIAG_SCORE_DIMENSION, rating->items[i].node->at, score->id,
                            rating->items[i].name);
        }
    }
    score->dimensions = dimensions.at;
    score->dimension_count = dimensions.count;
}

static void find_range(struct check *check, struct score *score) {
    const struct scale *first = NULL;
    double low = 0, high = 0;
    bool mixed = false;
    for (size_t p = 0; p < score->part_count; p++) {
        const struct score_part *part = &score->parts[p];
        const struct scale *scale = part->rating->scale;
        if (!scale || !scale->count)
            continue;
        double least = scale->from, most = scale->from + (double)scale->count - 1;
        first = first ? first : scale;
        mixed = mixed || scale->from != first->from || scale->count != first->count;
        size_t asks = part->ask || !part->rating->ask_count ? 1 : part->rating->ask_count;
        for (size_t i = 0; i < part->rating->item_count; i++) {
            low += least * part->rating->items[i].weight * (double)asks;
            high += most * part->rating->items[i].weight * (double)asks;
        }
    }
    if (score->method == SCORE_MEAN && first) {
        if (mixed)
            diag_report(check->diag, DIAG_SCORE_SCALES, score->at, score->id);
        low = first->from;
        high = first->from + (double)first->count - 1;
    } else if (score->method == SCORE_PERCENT) {
        low = 0;
        high = 1;
    }
    score->low = low;
    score->high = high;
}

/* A percent is written 50 and means 0.5, for bands as for answers. */
static void scale_percent_bands(struct check *check, struct score *score) {
    struct band *bands = ARENA_ARRAY(check->arena, struct band, score->band_count);
    for (size_t i = 0; i < score->band_count; i++) {
        bands[i] = score->bands[i];
        if (bands[i].to < DBL_MAX)
            bands[i].to /= 100;
    }
    score->bands = bands;
}

void check_scores(struct check *check) {
    for (size_t i = 0; i < check->course->scores.count; i++) {
        struct score *score = &check->course->scores.at[i];
        resolve_parts(check, score);
        if (score->by_dimension)
            collect_dimensions(check, score);
        find_range(check, score);
        if (score->method == SCORE_PERCENT)
            scale_percent_bands(check, score);
    }
}
