/* A score worked out by hand: which answers to turn round, which count more, what to divide by. */
#include "block/print_parts.h"

#include <float.h>

/* What the sums of some answers come to. */
struct sums {
    size_t items;      /* answers */
    double weight;     /* Σ weight */
    double low, range; /* Σ weight × the scale's ends */
    bool reversed, weighted;
};

static bool counts(const struct item *item, const char *dimension) {
    return !dimension || (item->dimension && strcmp(item->dimension, dimension) == 0);
}

static struct sums sum_of(const struct score *score, const char *dimension) {
    struct sums sums = {0};
    for (size_t p = 0; p < score->part_count; p++) {
        const struct block *rating = score->parts[p].rating;
        size_t asks = rating->ask_count && !score->parts[p].ask ? rating->ask_count : 1;
        for (size_t i = 0; i < rating->item_count; i++) {
            const struct item *item = &rating->items[i];
            if (!counts(item, dimension))
                continue;
            double weight = item->weight * (double)asks;
            sums.items += asks;
            sums.weight += weight;
            sums.low += weight * rating->scale->from;
            sums.range += weight * ((double)rating->scale->count - 1);
            sums.reversed = sums.reversed || item->reverse;
            sums.weighted = sums.weighted || item->weight != 1;
        }
    }
    return sums;
}

/* "3, 7 and 9" of the items that `pick` takes; the numbers are those of the printed rating. */
static const char *item_numbers(struct print *print, const struct block *rating,
                                bool (*pick)(const struct item *item, const void *context),
                                const void *context, size_t *count) {
    struct buf out;
    buf_init(&out, print->arena);
    *count = 0;
    for (size_t i = 0; i < rating->item_count; i++)
        if (pick(&rating->items[i], context)) {
            buf_printf(&out, "%s%zu", *count ? ", " : "", i + 1);
            ++*count;
        }
    return out.data;
}

static bool is_reversed(const struct item *item, const void *context) {
    (void)context;
    return item->reverse;
}

static bool has_weight(const struct item *item, const void *context) {
    return item->weight == *(const double *)context;
}

static bool has_dimension(const struct item *item, const void *context) {
    return counts(item, context);
}

static void add_step(struct print *print, struct flow *list, const char *text) {
    int32_t number = 1;
    for (const struct flow *item = list->first; item; item = item->next)
        number++;
    struct flow *item = flow_new(print->arena, FLOW_ITEM, ROLE_LI);
    item->indent_um = 5000;
    item->space_after_um = 600;
    struct flow *label =
        paragraph_text(print, ROLE_LBL, STYLE_SMALL, arena_printf(print->arena, "%d.", number));
    struct flow *body = paragraph_text(print, ROLE_P, STYLE_SMALL, text);
    label->space_before_um = label->space_after_um = 0;
    body->space_before_um = body->space_after_um = 0;
    body->align = label->align = LINE_LEFT;
    flow_add(item, label);
    flow_add(flow_add(item, flow_new(print->arena, FLOW_STACK, ROLE_LBODY)), body);
    flow_add(list, item);
}

static const char *scale_text(struct print *print, const struct scale *scale) {
    struct buf out;
    buf_init(&out, print->arena);
    for (size_t p = 0; p < scale->count; p++)
        buf_printf(&out, "%s%d\u00a0%s", p ? ", " : "", scale->from + (int32_t)p, scale->points[p]);
    return out.data;
}

/* Statements that count more, weight by weight, the first item of each giving its turn. */
static void add_weights(struct print *print, struct flow *list, const struct block *rating) {
    for (size_t i = 0; i < rating->item_count; i++) {
        double weight = rating->items[i].weight;
        bool first = weight != 1;
        for (size_t k = 0; k < i; k++)
            first = first && rating->items[k].weight != weight;
        if (!first)
            continue;
        size_t count;
        const char *numbers = item_numbers(print, rating, has_weight, &weight, &count);
        add_step(print, list,
                 print_phrase(print, WORD_HAND_WEIGHT, numbers, print_number(print, weight, -1)));
    }
}

/* "up to 2.0 Tell, 3.0 Explain" as ranges: "1.0–2.0 Tell, 2.1–3.0 Explain". */
static const char *band_text(struct print *print, const struct score *score) {
    struct buf out;
    buf_init(&out, print->arena);
    double step = 1;
    for (int32_t d = 0; d < score->decimals; d++)
        step /= 10;
    double from = score->low;
    for (size_t i = 0; i < score->band_count; i++) {
        bool open = score->bands[i].to == DBL_MAX || i + 1 == score->band_count;
        double to = open ? score->high : score->bands[i].to;
        buf_printf(&out, "%s%s\u2013%s\u00a0%s", i ? ", " : "",
                   print_number(print, from, score->decimals),
                   print_number(print, to, score->decimals), score->bands[i].name);
        from = to + step;
    }
    return out.data;
}

static void add_last(struct print *print, struct flow *list, const struct score *score,
                     const struct sums *sums) {
    if (score->by_dimension) {
        add_step(print, list, print_word(print, WORD_HAND_PARTS));
        return;
    }
    if (score->method == SCORE_MEAN)
        add_step(print, list,
                 print_phrase(print, WORD_HAND_MEAN, print_number(print, sums->weight, -1), NULL));
    else if (score->method == SCORE_SUM)
        add_step(print, list, print_word(print, WORD_HAND_SUM));
    else
        add_step(print, list,
                 print_phrase(print, WORD_HAND_PERCENT, print_number(print, sums->low, -1),
                              print_number(print, sums->range, -1)));
    if (score->method == SCORE_MEAN && score->decimals > 0)
        add_step(print, list,
                 print_phrase(print, WORD_HAND_ROUND,
                              arena_printf(print->arena, "%d", score->decimals), NULL));
    if (score->band_count)
        add_step(print, list, print_phrase(print, WORD_HAND_BANDS, band_text(print, score), NULL));
}

static const char *ask_label(const struct block *rating, const char *id) {
    for (size_t a = 0; a < rating->ask_count; a++)
        if (strcmp(rating->asks[a].id, id) == 0)
            return rating->asks[a].label;
    return id;
}

static void add_list(struct print *print, struct flow *panel, const struct score *score,
                     const struct sums *sums) {
    struct flow *list = flow_new(print->arena, FLOW_STACK, ROLE_L);
    list->keep_with_next = true;
    list->space_after_um = 2000;
    const struct block *rating = score->part_count ? score->parts[0].rating : NULL;
    if (rating && score->part_count == 1) {
        add_step(print, list,
                 print_phrase(print, WORD_HAND_NUMBERS, scale_text(print, rating->scale), NULL));
        if (score->parts[0].ask)
            add_step(
                print, list,
                print_phrase(print, WORD_HAND_ASK, ask_label(rating, score->parts[0].ask), NULL));
        if (sums->reversed) {
            size_t count;
            int32_t ends = 2 * rating->scale->from + (int32_t)rating->scale->count - 1;
            add_step(print, list,
                     print_phrase(print, WORD_HAND_REVERSE,
                                  item_numbers(print, rating, is_reversed, NULL, &count),
                                  arena_printf(print->arena, "%d", ends)));
        }
        if (sums->weighted)
            add_weights(print, list, rating);
    } else {
        struct buf names;
        buf_init(&names, print->arena);
        for (size_t p = 0; p < score->part_count; p++)
            buf_printf(&names, "%s%s", p ? ", " : "", score->parts[p].rating->label);
        add_step(print, list, print_phrase(print, WORD_HAND_POOLED, names.data, NULL));
    }
    add_last(print, list, score, sums);
    flow_add(panel, list);
}

static struct flow *small(struct print *print, enum style_id style, const char *text,
                          enum line_align align) {
    struct flow *paragraph = paragraph_text(print, ROLE_P, style, text);
    paragraph->align = align;
    paragraph->space_before_um = paragraph->space_after_um = 0;
    return paragraph;
}

/* Parts by rows: which statements, what to take away and divide by, room for the result. */
static struct flow *part_table(struct print *print, const struct score *score) {
    bool percent = score->method == SCORE_PERCENT, mean = score->method == SCORE_MEAN;
    size_t columns = 3 + mean + 2 * (size_t)percent;
    struct table_column *column = ARENA_ARRAY(print->arena, struct table_column, columns);
    for (size_t i = 0; i < columns; i++)
        column[i] = (struct table_column){{i < 2 ? WIDTH_FRACTION : WIDTH_FIXED, i < 2 ? 1 : 23000},
                                          i < 2 ? LINE_LEFT : LINE_CENTRE};
    column[1].width.amount = 2;
    struct flow *table = flow_table_new(print, ROLE_TABLE, column, columns);
    table->rules_between = true;
    table->cell_pad_um = 900;
    table->header_rows = 1;
    struct flow *head = flow_row(print, table);
    head->keep_with_next = true;
    const enum word words[] = {WORD_PART, WORD_STATEMENTS,
                               percent ? WORD_TAKE_AWAY : WORD_DIVIDE_BY, WORD_DIVIDE_BY};
    for (size_t i = 0; i + 1 < columns; i++)
        flow_cell(print, head,
                  small(print, STYLE_TABLE_HEAD, print_word(print, words[i]), column[i].align),
                  true);
    flow_cell(print, head,
              small(print, STYLE_TABLE_HEAD, print_word(print, WORD_YOUR_RESULT), LINE_CENTRE),
              true);
    const struct block *rating = score->parts[0].rating;
    for (size_t d = 0; d < score->dimension_count; d++) {
        struct sums sums = sum_of(score, score->dimensions[d]);
        struct flow *row = flow_row(print, table);
        row->min_height_um = print->theme->write_line_um - 500;
        const char *name = print_dimension(print, score, (int32_t)d);
        struct flow *cell = flow_cell(print, row, small(print, STYLE_SMALL, name, LINE_LEFT), true);
        cell->row_header = true;
        size_t count;
        flow_cell(print, row,
                  small(print, STYLE_SMALL,
                        item_numbers(print, rating, has_dimension, score->dimensions[d], &count),
                        LINE_LEFT),
                  false);
        if (percent)
            flow_cell(print, row,
                      small(print, STYLE_SMALL, print_number(print, sums.low, -1), LINE_CENTRE),
                      false);
        if (percent || mean)
            flow_cell(print, row,
                      small(print, STYLE_SMALL,
                            print_number(print, percent ? sums.range : sums.weight, -1),
                            LINE_CENTRE),
                      false);
        struct field *field = ARENA_NEW(print->arena, struct field);
        *field = (struct field){
            .kind = FIELD_TEXT,
            .respondent = RESPONDENT_NONE,
            .row = -1,
            .name = arena_printf(print->arena, "_score.%s.%s", score->id, score->dimensions[d]),
            .tooltip = arena_printf(print->arena, "%s: %s", score->title, name)};
        field_set_score(print, field, score, (int32_t)d, print_score_reader(print, score),
                        RESULT_ALONE);
        struct flow *line = flow_line(print, field);
        line->height_um = 5500;
        line->colour = COLOUR_NONE;
        flow_cell(print, row, line, false);
    }
    return table;
}

/* Scores over the same answers, worked out alike, are explained once. */
static const char *method_key(struct print *print, const struct score *score) {
    struct buf key;
    buf_init(&key, print->arena);
    buf_printf(&key, "%d.%d", (int)score->method, score->by_dimension);
    for (size_t p = 0; p < score->part_count; p++)
        buf_printf(&key, " %s.%s", score->parts[p].rating->id,
                   score->parts[p].ask ? score->parts[p].ask : "");
    return key.data;
}

void print_score_steps(struct print *print, struct flow *panel, const struct score *score) {
    const char *key = method_key(print, score), *earlier = map_find(&print->explained, key);
    if (!earlier) /* the first: one that refers to it explains nothing itself */
        map_set(&print->explained, key, (void *)score->title);
    if (earlier && !score->by_dimension) {
        flow_add(panel, small(print, STYLE_SMALL,
                              print_phrase(print, WORD_HAND_AS_FOR, earlier, NULL), LINE_LEFT));
        panel->last->keep_with_next = true;
        return;
    }
    struct sums sums = sum_of(score, NULL);
    flow_add(panel, small(print, STYLE_HINT, print_word(print, WORD_HAND), LINE_LEFT))
        ->keep_with_next = true;
    add_list(print, panel, score, &sums);
    if (score->by_dimension && score->part_count)
        flow_add(panel, part_table(print, score));
}
