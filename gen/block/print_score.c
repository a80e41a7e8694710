/* .score: a result panel. Filled: the value, its band, what is missing, a chart. Blank: the steps to
 * work it out by hand, a place for the result, the chart to be drawn in. */
#include "block/print_parts.h"

const struct result *print_result(const struct print *print, const struct score *score,
                                  int32_t dimension, int32_t respondent) {
    const struct results *results = print->edition->results;
    const struct result *latest = NULL;
    for (size_t i = 0; results && i < results->count; i++) {
        const struct result *result = &results->at[i];
        if (result->score == score && result->dimension == dimension &&
            (respondent == RESPONDENT_NONE || result->respondent == respondent) &&
            (!latest || result->sitting > latest->sitting))
            latest = result;
    }
    return latest;
}

/* Whose results are shown: the score's respondent, else all that may answer; a private rating's to
 * its own reader only. */
static struct voices score_voices(struct print *print, const struct score *score) {
    struct voices voices = {.count = 1, .at = {RESPONDENT_NONE}};
    if (score->respondent != RESPONDENT_NONE) {
        voices.at[0] = score->respondent;
        return voices;
    }
    uint32_t by = 0;
    bool is_private = false;
    for (size_t i = 0; i < score->part_count; i++) {
        by |= score->parts[i].rating->by;
        is_private = is_private || score->parts[i].rating->is_private;
    }
    int32_t reader = print->edition->respondent;
    if (print_is_for_anyone(print) || (is_private && reader == RESPONDENT_NONE))
        return voices;
    if (is_private) {
        voices.at[0] = reader;
        return voices;
    }
    size_t count = 0;
    for (size_t r = 0; r < print->course->respondents.count; r++)
        if (by & (1u << r))
            voices.at[count++] = (int32_t)r;
    voices.count = count ? count : 1;
    voices.named = count > 1;
    return voices;
}

int32_t print_score_reader(struct print *print, const struct score *score) {
    struct voices voices = score_voices(print, score);
    return voices.named || print_is_for_anyone(print) ? RESPONDENT_NONE : voices.at[0];
}

/* The name of a result's field, with the respondent where an edition shows several. */
static const char *result_name(struct print *print, const char *stem, const struct score *score,
                               int32_t respondent) {
    return respondent == RESPONDENT_NONE
               ? arena_printf(print->arena, "%s.%s", stem, score->id)
               : arena_printf(print->arena, "%s.%s.%s", stem, score->id,
                              print->course->respondents.at[respondent].id);
}

/* "2.6 Explain" as a field that follows the answers of this edition; NULL if it has none of them. */
static struct flow *result_field(struct print *print, const struct score *score,
                                 const struct result *result, const char *figure) {
    struct field *field = ARENA_NEW(print->arena, struct field);
    *field = (struct field){.kind = FIELD_TEXT,
                            .respondent = result->respondent,
                            .row = -1,
                            .name = result_name(print, "_score", score, RESPONDENT_NONE),
                            .tooltip = score->title,
                            .value = figure};
    if (!field_set_score(print, field, score, -1, result->respondent, RESULT_FILLED))
        return NULL;
    if (result->band >= 0)
        field->value = arena_printf(print->arena, "%s %s", figure, score->bands[result->band].name);
    struct flow *line = flow_line(print, field);
    const struct paragraph_style *style = print_style(print, STYLE_RESULT);
    line->answer_style = &style->text;
    line->height_um = um_from_cpt((int64_t)style->text.size_cpt * 14 / 10);
    line->colour = COLOUR_NONE;
    line->space_before_um = style->space_before_um;
    line->space_after_um = style->space_after_um;
    line->keep_with_next = true;
    return line;
}

/* "2.6  Explain", large. */
static struct flow *result_line(struct print *print, const struct score *score,
                                const struct result *result, const char *voice) {
    struct value value = result->value;
    if (score->method == SCORE_PERCENT && !value_is_missing(value))
        value.unit = UNIT_PERCENT;
    const char *figure = print_value(print, NULL, value, score->decimals);
    struct flow *field = voice ? NULL : result_field(print, score, result, figure);
    if (field)
        return field;
    struct flow *line = paragraph_new(print, ROLE_P, STYLE_RESULT);
    struct inlines inlines;
    inlines_init(&inlines, print, &line->style->text);
    if (voice) {
        inlines_styled(&inlines, voice, &print_style(print, STYLE_LABEL)->text);
        inlines_space(&inlines, 3000);
    }
    inlines_text(&inlines, figure, 0);
    if (result->band >= 0) {
        inlines_space(&inlines, 3500);
        inlines_text(&inlines, score->bands[result->band].name, 0);
    }
    inlines_finish(&inlines, line);
    line->keep_with_next = true;
    return line;
}

static void add_missing(struct print *print, struct flow *panel, const struct result *result,
                        const char *voice) {
    if (!result || result->answered >= result->total)
        return;
    const char *text =
        print_phrase(print, WORD_ANSWERED, arena_printf(print->arena, "%d", result->answered),
                     arena_printf(print->arena, "%d", result->total));
    if (voice) {
        text = arena_printf(print->arena, "%s: %s", voice, text);
        flow_add(panel, paragraph_text(print, ROLE_P, STYLE_HINT, text));
        return;
    }
    struct field *field = ARENA_NEW(print->arena, struct field);
    *field = (struct field){.kind = FIELD_TEXT,
                            .respondent = result->respondent,
                            .row = -1,
                            .name = result_name(print, "_answered", result->score, RESPONDENT_NONE),
                            .tooltip = result->score->title,
                            .value = text};
    if (!field_set_score(print, field, result->score, -1, result->respondent, RESULT_LACKING)) {
        flow_add(panel, paragraph_text(print, ROLE_P, STYLE_HINT, text));
        return;
    }
    const struct paragraph_style *style = print_style(print, STYLE_HINT);
    struct flow *line = flow_add(panel, flow_line(print, field));
    line->answer_style = &style->text;
    line->height_um = style->leading_um;
    line->colour = COLOUR_NONE;
    line->space_before_um = style->space_before_um;
    line->space_after_um = style->space_after_um;
}

/* An id with a capital and spaces: dimensions have no titles of their own. */
const char *print_dimension(struct print *print, const struct score *score, int32_t dimension) {
    if (dimension < 0)
        return score->title;
    char *name = arena_strdup(print->arena, score->dimensions[dimension]);
    for (char *at = name; *at; at++)
        *at = *at == '-' ? ' ' : *at;
    if (name[0] >= 'a' && name[0] <= 'z')
        name[0] = (char)(name[0] - 'a' + 'A');
    return name;
}

static bool has_result(struct print *print, const struct score *score, int32_t voice) {
    for (int32_t d = score->by_dimension ? 0 : -1;
         d < (score->by_dimension ? (int32_t)score->dimension_count : 0); d++)
        if (print_result(print, score, d, voice))
            return true;
    return false;
}

/* False if nobody has a result. A report shows those of whoever has; elsewhere there is room for
 * the others' too. */
static bool keep_results(struct print *print, const struct score *score, struct voices *voices) {
    size_t known = 0;
    int32_t at[RESPONDENT_LIMIT];
    for (size_t i = 0; i < voices->count; i++)
        if (has_result(print, score, voices->at[i]))
            at[known++] = voices->at[i];
    if (known && print_is_report(print)) {
        memcpy(voices->at, at, known * sizeof *at);
        voices->count = known;
    }
    return known > 0;
}

static void add_filled(struct print *print, struct flow *panel, const struct block *block,
                       const struct voices *voices) {
    const struct score *score = block->score;
    bool line = !score->by_dimension && (voices->count == 1 || block->chart == CHART_NONE);
    for (size_t i = 0; line && i < voices->count; i++) {
        const struct result *result = print_result(print, score, -1, voices->at[i]);
        if (result)
            flow_add(panel, result_line(print, score, result,
                                        voices->named ? voice_label(print, voices->at[i]) : NULL));
    }
    enum chart_kind kind =
        block->chart == CHART_NONE && score->by_dimension ? CHART_BARS : block->chart;
    struct flow *chart = print_chart(print, score, kind, voices);
    if (chart)
        flow_add(panel, chart);
    for (size_t i = 0; !score->by_dimension && i < voices->count; i++)
        add_missing(print, panel, print_result(print, score, -1, voices->at[i]),
                    voices->named ? voice_label(print, voices->at[i]) : NULL);
}

static struct flow *result_gap(struct print *print, const struct score *score,
                               const struct voices *voices, size_t index) {
    const char *label = print_word(print, WORD_YOUR_RESULT);
    const char *voice = voices->named ? voice_label(print, voices->at[index]) : NULL;
    if (voice)
        label = arena_printf(print->arena, "%s: %s", label, voice);
    struct field *field = ARENA_NEW(print->arena, struct field);
    *field = (struct field){
        .kind = FIELD_TEXT,
        .respondent = RESPONDENT_NONE,
        .row = -1,
        .name = result_name(print, "_score", score, voice ? voices->at[index] : RESPONDENT_NONE),
        .tooltip = arena_printf(print->arena, "%s: %s", score->title, label)};
    field_set_score(print, field, score, -1,
                    print_is_for_anyone(print) ? RESPONDENT_NONE : voices->at[index], RESULT_ALL);
    struct flow *text = paragraph_text(print, ROLE_P, STYLE_LABEL, label);
    text->space_before_um = text->space_after_um = 0;
    struct flow *pair = flow_pair(print, text, 2, flow_line(print, field), 1);
    pair->space_before_um = pair->space_after_um = 0;
    pair->keep_with_next = true;
    return pair;
}

static void add_blank(struct print *print, struct flow *panel, const struct block *block,
                      const struct voices *voices) {
    const struct score *score = block->score;
    print_score_steps(print, panel, score);
    for (size_t i = 0; !score->by_dimension && i < voices->count; i++)
        flow_add(panel, result_gap(print, score, voices, i));
    struct flow *chart = print_chart(print, score, block->chart, voices);
    if (chart)
        flow_add(panel, chart);
}

struct flow *print_score(struct print *print, const struct block *block) {
    struct flow *panel = block_stack(print, block, ROLE_DIV);
    panel->box = box_new(print, COLOUR_NONE, print_colour(print, COLOUR_RULE), COLOUR_NONE);
    panel->keep_together = true;
    panel->space_before_um = panel->space_after_um = print_um(print, BOX_APART_UM);
    flow_add(panel, print_label(print, block->title ? block->title : block->score->title));
    print_nodes(print, panel, block->node->first, NULL, STYLE_LABEL);
    struct voices voices = score_voices(print, block->score);
    if (keep_results(print, block->score, &voices))
        add_filled(print, panel, block, &voices);
    else
        add_blank(print, panel, block, &voices);
    return panel;
}
