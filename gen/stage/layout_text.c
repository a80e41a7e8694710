/* Text: lines of a paragraph to slices, pieces of a line to marks, what stands in a line beside
 * words, and footnotes. */
#include "stage/layout_parts.h"

#include "base/units.h"

enum {
    UNBOUNDED_UM = 10000000,
    NOTE_INDENT_UM = 4500,
    NOTE_SPACE_UM = 700,
    GAP_WEIGHT_UM = 180,
};

struct text_metrics text_metrics(struct lay *lay, const struct text_style *style) {
    for (size_t i = 0; i < lay->metrics.count; i++) {
        const struct text_metrics *known = &lay->metrics.at[i];
        if (known->family == style->family && known->face == style->face &&
            known->size_cpt == style->size_cpt)
            return *known;
    }
    struct text_style plain = {
        .family = style->family, .face = style->face, .size_cpt = style->size_cpt};
    struct line line = typeset_line(lay->typesetter, lay->scratch, "x", 1, &plain, NULL);
    struct text_metrics metrics = {style->family, style->face, style->size_cpt, line.ascent_um,
                                   line.descent_um};
    VEC_PUSH(lay->scratch, &lay->metrics, metrics);
    return metrics;
}

int32_t text_baseline(struct lay *lay, const struct text_style *style, int32_t leading_um) {
    struct text_metrics metrics = text_metrics(lay, style);
    return (leading_um - metrics.ascent_um - metrics.descent_um) / 2 + metrics.ascent_um;
}

/* A page's label as the last pass had it. Where labels of different width have followed one
 * another, figure spaces keep the room of the widest, so that the text comes to rest. */
static const char *label_of(void *context, const char *name) {
    struct lay *lay = context;
    if (name[0] == '#')
        name++;
    if (!lay->labels)
        return "00"; /* as wide as most will be */
    const char *label = map_find(lay->labels, name);
    const char *widest = lay->reserve ? map_find(lay->widest, name) : NULL;
    if (!label)
        return "?";
    size_t lacking = widest && strlen(widest) > strlen(label) ? strlen(widest) - strlen(label) : 0;
    for (; lacking; lacking--)
        label = arena_printf(lay->job, "\u2007%s", label);
    return label;
}

/* A paragraph that is all in one language is set by that one's rules, direction included. */
static const char *paragraph_lang(const struct lay *lay, const struct flow *node) {
    const char *lang = node->item_count ? node->items[0].lang : NULL;
    for (size_t i = 1; lang && i < node->item_count; i++)
        if (!node->items[i].lang || strcmp(node->items[i].lang, lang) != 0)
            lang = NULL;
    return lang ? lang : lay->lang ? lay->lang : lay->edition->course->language;
}

struct paragraph_request paragraph_request(struct lay *lay, const struct flow *node,
                                           int32_t width_um) {
    return (struct paragraph_request){
        .items = node->items,
        .count = node->item_count,
        .style = node->style,
        .align = node->align,
        .lang = paragraph_lang(lay, node),
        .width_um = width_um,
        .hanging_um = node->hanging_um,
        .hyphenate = node->style->hyphenate && !node->hyphenate_off,
        .page_of = label_of,
        .page_context = lay,
    };
}

/* ---- marks of a line ---- */

/* The element of an inline item: its group's, made when first met, or the paragraph's. */
static uint32_t item_element(struct lay *lay, const struct inline_item *item) {
    enum role role = item->role;
    if (item->kind == INLINE_FIELD && role == ROLE_NONE)
        role = ROLE_FORM;
    if (lay->element == 0 || role == ROLE_NONE || role == ROLE_ARTIFACT)
        return role == ROLE_ARTIFACT ? 0 : lay->element;
    for (size_t i = lay->groups.count; item->group && i > lay->group_base; i--)
        if (lay->groups.at[i - 1].group == item->group)
            return lay->groups.at[i - 1].element;
    uint32_t element =
        element_new(lay, role, item->field && role == ROLE_FORM ? item->field->tooltip : NULL);
    lay->elements.at[element].lang = item->lang ? item->lang : lay->lang;
    lay->elements.at[element].expansion = item->expansion;
    if (item->group) {
        struct group_element group = {item->group, element};
        VEC_PUSH(lay->scratch, &lay->groups, group);
    }
    return element;
}

/* A mark being gathered from the spans of a line that look alike. */
struct gathering {
    struct mark *mark; /* or NULL */
    const struct text_style *style;
    const struct face *face;
};

static bool joins(const struct lay *lay, const struct gathering *open, const struct line_span *span,
                  const struct text_style *style, uint32_t element, const char *lang) {
    const struct text_style *other = open->style;
    return open->mark && !lay->mirrored && open->face == span->face &&
           open->mark->element == element && open->mark->lang == lang &&
           open->mark->widening == span->widening && other->size_cpt == style->size_cpt &&
           open->mark->pieces[0].run->small == span->pieces[0].run->small &&
           other->colour == style->colour && other->tracking_cpt == style->tracking_cpt &&
           other->rise_cpt == style->rise_cpt;
}

static void note_lacking(struct lay *lay, const struct line_span *span) {
    const struct list *list = lay->list;
    for (size_t i = 0; i < span->piece_count; i++)
        if (span->pieces[i].run->missing) {
            const struct flow *node = list->slices.at[list->slices.count - 1].node;
            VEC_PUSH(lay->scratch, &lay->lacking, ((struct lacking){node, span->pieces[i].run}));
        }
}

static void add_text(struct lay *lay, struct gathering *open, const struct line_span *span,
                     const struct text_style *style, uint32_t element, const char *lang,
                     int32_t x_um, int32_t baseline_um) {
    if (span->piece_count == 0)
        return;
    note_lacking(lay, span);
    int32_t right_um = span->x_um + span->width_um;
    if (joins(lay, open, span, style, element, lang)) {
        struct mark *mark = open->mark;
        struct text_piece *pieces =
            ARENA_ARRAY(lay->job, struct text_piece, mark->count + span->piece_count);
        memcpy(pieces, mark->pieces, mark->count * sizeof *pieces);
        memcpy(pieces + mark->count, span->pieces, span->piece_count * sizeof *pieces);
        mark->pieces = pieces;
        mark->count += span->piece_count;
        mark->width_um = right_um > mark->width_um ? right_um : mark->width_um;
        return;
    }
    struct mark *mark = mark_new(lay, MARK_TEXT);
    mark->element = element;
    mark->lang = lang;
    mark->x_um = x_um;
    mark->y_um = baseline_um - um_from_cpt(style->rise_cpt);
    mark->width_um = right_um;
    mark->fill = style->colour;
    mark->pieces = span->pieces;
    mark->count = span->piece_count;
    mark->size_cpt = run_size_cpt(span->pieces[0].run, style->size_cpt);
    mark->tracking_cpt = style->tracking_cpt;
    mark->widening = span->widening;
    *open = (struct gathering){mark, style, span->face};
}

static void add_strokes(struct lay *lay, const struct line_span *span,
                        const struct text_style *style, int32_t x_um, int32_t baseline_um) {
    int32_t size_um = um_from_cpt(style->size_cpt), left = x_um + span->x_um;
    int32_t y_um = baseline_um - um_from_cpt(style->rise_cpt);
    if (style->underline)
        mark_line(lay, left, y_um + size_um * 12 / 100, left + span->width_um,
                  y_um + size_um * 12 / 100, style->colour, size_um * 5 / 100);
    if (style->strike)
        mark_line(lay, left, y_um - size_um * 26 / 100, left + span->width_um,
                  y_um - size_um * 26 / 100, style->colour, size_um * 5 / 100);
}

static void add_gap(struct lay *lay, const struct line_span *span, int32_t x_um,
                    int32_t baseline_um) {
    const struct paragraph_style *hint = &lay->theme->styles[STYLE_HINT];
    int32_t left = x_um + span->x_um, y_um = baseline_um + 600;
    struct mark *before =
        lay->list->marks.count ? &lay->list->marks.at[lay->list->marks.count - 1] : NULL;
    if (before && before->kind == MARK_TEXT && before->element == lay->element)
        before->line_end = true; /* heard as "Seen by the assistant", not "Seen bythe assistant" */
    mark_line(lay, left, y_um, left + span->width_um, y_um, lay->theme->colours[COLOUR_LINE],
              lay->theme->rule_um ? lay->theme->rule_um : GAP_WEIGHT_UM);
    if (span->item->field)
        set_field(lay, span->item->field, span->item->style, left,
                  y_um - um_from_cpt(span->item->style->size_cpt) * 3 / 2, span->width_um,
                  um_from_cpt(span->item->style->size_cpt) * 3 / 2);
    if (span->item->text && span->item->length)
        set_short_text(lay, span->item->text, &hint->text, left + span->width_um / 2,
                       y_um + text_baseline(lay, &hint->text, hint->leading_um), span->width_um, 0,
                       ANCHOR_MIDDLE);
}

/* A square or circle to tick, centred on the capitals of its line; else a short line. */
static void add_inline_field(struct lay *lay, const struct line_span *span, int32_t x_um,
                             int32_t baseline_um) {
    const struct inline_item *item = span->item;
    int32_t size_um = um_from_cpt(item->style->size_cpt), left = x_um + span->x_um;
    uint32_t element = lay->element;
    lay->element = item_element(lay, item);
    if (is_button(item->field)) {
        int32_t side = span->width_um;
        set_field(lay, item->field, item->style, left, baseline_um - size_um * 34 / 100 - side / 2,
                  side, side);
    } else {
        int32_t height = size_um * 3 / 2;
        set_field(lay, item->field, item->style, left, baseline_um + size_um / 4 - height,
                  span->width_um, height);
        mark_line(lay, left, baseline_um + size_um / 4, left + span->width_um,
                  baseline_um + size_um / 4, lay->theme->colours[COLOUR_LINE], lay->theme->rule_um);
    }
    lay->element = element;
}

/* One link mark for each run of spans that belong to the same link. */
static void add_links(struct lay *lay, const struct line *line, int32_t x_um, int32_t baseline_um) {
    for (size_t i = 0; i < line->count; i++) {
        const struct inline_item *item = line->spans[i].item;
        if (!item || !item->url)
            continue;
        int32_t left = line->spans[i].x_um, right = left + line->spans[i].width_um;
        for (; i + 1 < line->count; i++) {
            const struct inline_item *next = line->spans[i + 1].item;
            if (!next || next->url != item->url || next->group != item->group)
                break;
            int32_t end = line->spans[i + 1].x_um + line->spans[i + 1].width_um;
            right = end > right ? end : right;
            left = line->spans[i + 1].x_um < left ? line->spans[i + 1].x_um : left;
        }
        if (right <= left)
            continue;
        struct text_metrics metrics = text_metrics(lay, item->style);
        struct mark *mark = mark_new(lay, MARK_LINK);
        mark->element = item_element(lay, item);
        mark->x_um = x_um + left;
        mark->y_um = baseline_um - metrics.ascent_um;
        mark->width_um = right - left;
        mark->height_um = metrics.ascent_um + metrics.descent_um;
        mark->internal = item->url[0] == '#';
        mark->url = item->url + mark->internal;
    }
}

void set_text_line(struct lay *lay, const struct line *set, const struct text_style *style,
                   int32_t x_um, int32_t baseline_um) {
    struct gathering open = {0};
    const struct line seen = line_mirrored(lay, set), *line = &seen;
    for (size_t i = 0; i < line->count; i++) {
        const struct line_span *span = &line->spans[i];
        const struct text_style *look = style ? style : span->item->style;
        enum inline_kind kind = style ? INLINE_TEXT : span->item->kind;
        switch (kind) {
        case INLINE_TEXT:
        case INLINE_NOTE:
        case INLINE_PAGE_OF: {
            const char *lang = !style && span->item->lang ? span->item->lang : lay->lang;
            uint32_t element = style ? lay->element : item_element(lay, span->item);
            add_text(lay, &open, span, look, element, lang, x_um, baseline_um);
            if (look->underline || look->strike) {
                add_strokes(lay, span, look, x_um, baseline_um);
                open.mark = NULL;
            }
            break;
        }
        case INLINE_GAP:
            add_gap(lay, span, x_um, baseline_um);
            open.mark = NULL;
            break;
        case INLINE_FIELD:
            add_inline_field(lay, span, x_um, baseline_um);
            open.mark = NULL;
            break;
        case INLINE_FILL: /* its leader is decoration */
            add_text(lay, &open, span, look, 0, NULL, x_um, baseline_um);
            open.mark = NULL;
            break;
        case INLINE_SPACE:
        case INLINE_BREAK:
            break;
        }
    }
    if (!style)
        add_links(lay, line, x_um, baseline_um);
}

bool set_short_text(struct lay *lay, const char *text, const struct text_style *style, int32_t x_um,
                    int32_t baseline_um, int32_t width_um, int32_t least_percent,
                    enum text_anchor anchor) {
    const char *lang = lay->lang ? lay->lang : lay->edition->course->language;
    struct text_style *fitted = (struct text_style *)style;
    struct line line = typeset_line(lay->typesetter, lay->job, text, strlen(text), style, lang);
    for (int32_t tries = 0; width_um > 0 && line.width_um > width_um && tries < 3; tries++) {
        int32_t size_cpt = (int32_t)((int64_t)fitted->size_cpt * width_um / line.width_um);
        if (tries)
            size_cpt -= size_cpt / 50 + 1;
        if (size_cpt < style->size_cpt * least_percent / 100)
            return false;
        fitted = ARENA_NEW(lay->job, struct text_style);
        *fitted = *style;
        fitted->size_cpt = size_cpt > 10 ? size_cpt : 10;
        line = typeset_line(lay->typesetter, lay->job, text, strlen(text), fitted, lang);
    }
    int32_t shift = anchor == ANCHOR_MIDDLE ? line.width_um / 2
                    : anchor == ANCHOR_END  ? line.width_um
                                            : 0;
    /* What is read from right to left begins at the right of its room. */
    if (anchor == ANCHOR_START && line.right_to_left && !lay->mirrored && width_um > line.width_um)
        shift = line.width_um - width_um;
    set_text_line(lay, &line, fitted, x_um - shift, baseline_um);
    return true;
}

/* ---- footnotes ---- */

static void measure_note(struct lay *lay, const struct inline_item *item) {
    const struct paragraph_style *style = &lay->theme->styles[STYLE_NOTE];
    struct inline_item *number = ARENA_NEW(lay->job, struct inline_item);
    number->kind = INLINE_TEXT;
    number->style = &style->text;
    number->text = arena_printf(lay->job, "%d", item->number);
    number->length = strlen(number->text);
    struct flow *label = flow_new(lay->job, FLOW_PARAGRAPH, ROLE_LBL);
    label->items = number;
    label->item_count = 1;
    label->style = style;
    label->align = LINE_LEFT;
    struct flow *body = flow_new(lay->job, FLOW_STACK, ROLE_NONE);
    *body = *item->note;
    body->role = ROLE_NONE;
    body->next = NULL;
    struct flow *note = flow_new(lay->job, FLOW_ITEM, ROLE_NOTE);
    note->indent_um = NOTE_INDENT_UM;
    note->space_after_um = NOTE_SPACE_UM;
    flow_add(note, label);
    flow_add(note, body);
    measure_node(lay, note, 0, lay->column_um);
}

static void drain_notes(struct lay *lay) {
    struct list *list = lay->list;
    uint32_t frame = lay->frame, element = lay->element;
    int32_t limit_um = lay->limit_um;
    bool in_full = lay->in_full;
    lay->in_full = false;
    lay->list = &lay->notes;
    lay->frame = 0;
    lay->limit_um = lay->area_um / 3;
    if (element > 1) /* beside the paragraph, not in it */
        lay->element = lay->elements.at[element].parent;
    for (size_t i = 0; i < lay->note_queue.count; i++)
        measure_note(lay, lay->note_queue.at[i]);
    lay->note_queue.count = 0;
    lay->list = list;
    lay->frame = frame;
    lay->element = element;
    lay->limit_um = limit_um;
    lay->in_full = in_full;
}

static bool queue_notes(struct lay *lay, const struct line *line) {
    bool any = false;
    for (size_t i = 0; i < line->count; i++) {
        const struct inline_item *item = line->spans[i].item;
        if (item && item->kind == INLINE_NOTE && item->note) {
            VEC_PUSH(lay->scratch, &lay->note_queue, item);
            any = true;
        }
    }
    return any && lay->list != &lay->notes;
}

/* ---- lines ---- */

/* How much more than its style's leading a line needs: for larger type, buttons, captions. */
static void line_height(struct lay *lay, const struct line *line, int32_t leading_um,
                        const struct text_style *style, int32_t *height_um, int32_t *below_um) {
    *height_um = leading_um;
    *below_um = 0;
    for (size_t i = 0; i < line->count; i++) {
        const struct inline_item *item = line->spans[i].item;
        if (!item)
            continue;
        int32_t needed = leading_um;
        if (item->style && item->style->rise_cpt == 0 && item->style->size_cpt > style->size_cpt)
            needed = (int32_t)((int64_t)leading_um * item->style->size_cpt / style->size_cpt);
        if (item->kind == INLINE_FIELD && is_button(item->field))
            needed = line->spans[i].width_um + 600;
        if (item->kind == INLINE_GAP && item->text && item->length)
            *below_um = lay->theme->styles[STYLE_HINT].leading_um;
        *height_um = needed > *height_um ? needed : *height_um;
    }
}

static void mark_line_end(struct lay *lay, const struct slice *slice) {
    for (uint32_t m = slice->mark_count; m > 0; m--) {
        struct mark *mark = &lay->list->marks.at[slice->first_mark + m - 1];
        if (mark->kind == MARK_TEXT) {
            mark->line_end = true;
            return;
        }
    }
}

void set_lines(struct lay *lay, const struct flow *node, struct paragraph_lines lines, int32_t x_um,
               int32_t leading_um, const struct text_style *style) {
    int32_t usual_um = text_baseline(lay, style, leading_um);
    for (size_t i = 0; i < lines.count; i++) {
        const struct line *line = &lines.lines[i];
        int32_t height_um, below_um;
        line_height(lay, line, leading_um, style, &height_um, &below_um);
        struct slice *slice = slice_new(lay, node, height_um + below_um);
        int32_t baseline_um = usual_um + (height_um - leading_um) / 2;
        slice->baseline_um = baseline_um;
        if (i > 0) {
            slice->penalty += PENALTY_LINE;
            if (i == 1 || i + 1 == lines.count)
                slice->penalty += PENALTY_SINGLE;
            if (lines.lines[i - 1].hyphenated)
                slice->penalty += PENALTY_HYPHEN;
        }
        set_text_line(lay, line, NULL, x_um, baseline_um);
        if (i + 1 < lines.count && !line->hyphenated)
            mark_line_end(lay, slice);
        if (queue_notes(lay, line)) {
            drain_notes(lay);
            slice->notes_end = (uint32_t)lay->notes.slices.count;
        }
    }
}

/* True if words of the paragraph can be pointed to. */
static bool note_uses(struct lay *lay, const struct flow *node) {
    bool anchored = false;
    for (size_t i = 0; i < node->item_count; i++) {
        const struct inline_item *item = &node->items[i];
        anchored |= item->anchor != NULL;
        const char *name = item->url && item->url[0] == '#' ? item->url + 1
                           : item->kind == INLINE_PAGE_OF   ? item->text
                                                            : NULL;
        if (!name)
            continue;
        struct reference_use use = {name[0] == '#' ? name + 1 : name, node,
                                    item->kind == INLINE_PAGE_OF};
        VEC_PUSH(lay->scratch, &lay->uses, use);
    }
    return anchored;
}

/* Words that can be pointed to are where their first line is; those of a footnote, where it is
 * referred to. */
static void add_anchors(struct lay *lay, struct paragraph_lines lines, uint32_t first,
                        int32_t x_um) {
    const struct inline_item *last = NULL;
    bool in_note = lay->list == &lay->notes;
    for (size_t i = 0; i < lines.count; i++) {
        for (size_t s = 0; s < lines.lines[i].count; s++) {
            const struct inline_item *item = lines.lines[i].spans[s].item;
            if (!item || !item->anchor || item == last)
                continue;
            last = item;
            uint32_t body = (uint32_t)lay->body.slices.count;
            struct place *place = VEC_ADD(lay->scratch, &lay->places);
            *place = (struct place){.name = item->anchor,
                                    .level = 1,
                                    .slice = in_note ? (body ? body - 1 : 0) : first + (uint32_t)i,
                                    .x_um = in_note ? 0 : x_um};
        }
    }
}

static bool ends_in_colon(const struct flow *node) {
    const struct inline_item *last = &node->items[node->item_count - 1];
    return last->kind == INLINE_TEXT && last->length && last->text[last->length - 1] == ':';
}

void measure_paragraph(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    if (node->item_count == 0)
        return;
    size_t base = lay->group_base;
    lay->group_base = lay->groups.count;
    bool anchored = note_uses(lay, node);
    uint32_t first = (uint32_t)lay->list->slices.count;
    struct paragraph_request request = paragraph_request(lay, node, width_um);
    struct paragraph_lines lines = typeset_paragraph(lay->typesetter, lay->job, &request);
    if (lines.overfull_um > 300)
        VEC_PUSH(lay->scratch, &lay->overfull, ((struct overfull){node, lines.overfull_um}));
    set_lines(lay, node, lines, x_um, node->style->leading_um, &node->style->text);
    if (anchored)
        add_anchors(lay, lines, first, x_um);
    if (ends_in_colon(node))
        lay->list->ready.keep += PENALTY_COLON;
    lay->groups.count = lay->group_base;
    lay->group_base = base;
}
