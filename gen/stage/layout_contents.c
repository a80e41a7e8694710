/* The contents: headings with dotted leaders and page numbers. Their lines are measured with room
 * kept for the numbers, which are set once pages are known, so that they never move anything. */
#include "stage/layout_parts.h"

#include "base/units.h"

enum {
    LABEL_ROOM_UM = 13000, /* at the right of every line */
    NUMBER_UM = 8000,      /* chapter numbers */
    STEP_UM = 4000,        /* of levels from the second on */
    HANGING_UM = 4000,     /* of a title's further lines */
    LEADER_STEP_UM = 1800,
    LEADER_GAP_UM = 1500,
    MOST_TOGETHER_PERCENT = 15,
};

struct entries {
    struct lay *lay;
    const struct flow *contents;
    int32_t x_um, width_um, depth, number_um;
    size_t unnamed;
    int32_t last_level;
};

/* `walk` visits headings in the order of the flow: the order in which measuring names them. */
static void walk_headings(struct entries *entries, const struct flow *node,
                          void (*visit)(struct entries *, const struct flow *, const char *)) {
    if (node->outline) {
        const char *name = node->anchor;
        if (!name)
            name = arena_printf(entries->lay->job, "~%zu", ++entries->unnamed);
        if (node->level <= entries->depth)
            visit(entries, node, name);
    }
    for (const struct flow *child = node->first; child; child = child->next)
        walk_headings(entries, child, visit);
}

static void see_number(struct entries *entries, const struct flow *heading, const char *name) {
    (void)name;
    if (heading->number)
        entries->number_um = NUMBER_UM;
}

/* The last line's leader and number, to be filled in. */
static void add_late(struct lay *lay, const struct text_style *style, const char *name,
                     int32_t left_um, int32_t right_um) {
    struct list *list = lay->list;
    int32_t baseline_um = list->slices.at[list->slices.count - 1].baseline_um;
    struct mark *leader = mark_new(lay, MARK_TEXT);
    leader->element = 0;
    leader->y_um = baseline_um;
    struct mark *label = mark_new(lay, MARK_TEXT);
    label->y_um = baseline_um;
    struct late_label *late = VEC_ADD(lay->scratch, &lay->late);
    *late = (struct late_label){
        .mark = (uint32_t)list->marks.count - 2,
        .name = name,
        .style = style,
        .left_um = left_um,
        .right_um = right_um,
    };
}

/* The heading's words as a paragraph of one item. */
static struct flow *entry_paragraph(struct lay *lay, const struct entries *entries,
                                    const struct flow *heading,
                                    const struct paragraph_style *style) {
    struct inline_item *item = ARENA_NEW(lay->job, struct inline_item);
    item->kind = INLINE_TEXT;
    item->style = &style->text;
    item->text = heading->outline;
    item->length = strlen(heading->outline);
    struct flow *entry = flow_new(lay->job, FLOW_PARAGRAPH, ROLE_NONE);
    entry->at = entries->contents->at;
    entry->items = item;
    entry->item_count = 1;
    entry->style = style;
    entry->align = LINE_LEFT;
    entry->hyphenate_off = true;
    entry->hanging_um = HANGING_UM;
    return entry;
}

static void add_lines(struct entries *entries, const struct flow *heading, const char *name,
                      const struct paragraph_style *style) {
    struct lay *lay = entries->lay;
    struct list *list = lay->list;
    int32_t x_um = entries->x_um + entries->number_um;
    if (heading->level > 1)
        x_um += STEP_UM * (heading->level - (entries->number_um ? 2 : 1));
    int32_t right_um = entries->x_um + entries->width_um;
    const struct flow *entry = entry_paragraph(lay, entries, heading, style);
    struct paragraph_request request =
        paragraph_request(lay, entry, right_um - LABEL_ROOM_UM - x_um);
    struct paragraph_lines lines = typeset_paragraph(lay->typesetter, lay->job, &request);
    int32_t baseline_um = text_baseline(lay, &style->text, style->leading_um);
    for (size_t i = 0; i < lines.count; i++) {
        bool last = i + 1 == lines.count;
        struct slice *slice = slice_new(lay, entry, style->leading_um);
        slice->baseline_um = baseline_um;
        slice->penalty += i ? PENALTY_SINGLE : 0;
        /* Number, words and page are one link: to be heard as words, not "1How to begin3". */
        if (i == 0 && heading->number) {
            set_short_text(lay, heading->number, &style->text, entries->x_um, baseline_um, 0, 0,
                           ANCHOR_START);
            list->marks.at[list->marks.count - 1].line_end = true;
        }
        set_text_line(lay, &lines.lines[i], NULL, x_um, baseline_um);
        if (list->marks.at[list->marks.count - 1].kind == MARK_TEXT)
            list->marks.at[list->marks.count - 1].line_end = true;
        int32_t left_um = x_um + (i ? HANGING_UM : 0) + lines.lines[i].width_um;
        if (last)
            add_late(lay, &style->text, name, left_um, right_um);
        struct mark *link = mark_new(lay, MARK_LINK);
        link->x_um = entries->x_um;
        link->width_um = entries->width_um;
        link->height_um = style->leading_um;
        link->url = name;
        link->internal = true;
    }
}

static void add_entry(struct entries *entries, const struct flow *heading, const char *name) {
    struct lay *lay = entries->lay;
    uint32_t element = lay->element;
    enum style_id id = heading->level <= 1   ? STYLE_CONTENTS_1
                       : heading->level == 2 ? STYLE_CONTENTS_2
                                             : STYLE_CONTENTS_3;
    const struct paragraph_style *style = &lay->theme->styles[id];
    struct ready *ready = &lay->list->ready;
    if (!ready->at_top && style->space_before_um > ready->space_um)
        ready->space_um = style->space_before_um;
    if (entries->last_level && heading->level > entries->last_level)
        ready->keep += PENALTY_EDGE;
    else if (heading->level > 1)
        ready->keep += PENALTY_LINE;
    entries->last_level = heading->level;
    lay->element = element_new(lay, ROLE_TOCI, NULL);
    lay->element = element_new(lay, ROLE_REFERENCE, NULL); /* a TOCI holds no Link (Table 333) */
    lay->element = element_new(lay, ROLE_LINK, NULL);
    add_lines(entries, heading, name, style);
    if (!ready->at_top && style->space_after_um > ready->space_um)
        ready->space_um = style->space_after_um;
    lay->element = element;
}

/* What of a page's area lies above a slice, where it begins a page below no more than a heading. */
static int64_t above_um(const struct list *list, uint32_t slice) {
    int64_t above_um = 0;
    for (uint32_t i = slice; i > 0 && list->slices.at[i].force == BREAK_AUTO; i--)
        above_um += list->slices.at[i - 1].height_um + list->slices.at[i].space_um;
    return above_um;
}

/* A few lines alone on a last page: all draw together by so much that they find room before it. */
static void draw_together(struct lay *lay, uint32_t first) {
    struct list *list = lay->list;
    uint32_t end = (uint32_t)list->slices.count;
    int64_t height_um = slices_height(list, first, end), above = above_um(list, first);
    int64_t area_um = lay->area_um, pages = (above + height_um) / area_um;
    int64_t lacking_um = (above + height_um) % area_um;
    if (pages == 0 || lay->area_um <= 0)
        return;
    lacking_um += pages * 2 * list->slices.at[first].height_um; /* pages do not end on any line */
    int64_t percent = (lacking_um * 100 + height_um - 1) / height_um;
    if (percent > MOST_TOGETHER_PERCENT)
        return;
    for (uint32_t i = first; i < end; i++) {
        struct slice *slice = &list->slices.at[i];
        int32_t less_um = (int32_t)(slice->height_um * percent / 100);
        if (i > first)
            slice->space_um -= (int32_t)(slice->space_um * percent / 100);
        slice->height_um -= less_um;
        slice->baseline_um -= less_um / 2;
        slice_move(list, slice, -less_um / 2);
        for (uint32_t m = 0; m < slice->mark_count; m++)
            if (list->marks.at[slice->first_mark + m].kind == MARK_LINK)
                list->marks.at[slice->first_mark + m].height_um = slice->height_um;
    }
}

void measure_contents(struct lay *lay, const struct flow *node, int32_t x_um, int32_t width_um) {
    struct entries entries = {
        .lay = lay,
        .contents = node,
        .x_um = x_um,
        .width_um = width_um,
        .depth = node->level > 0 ? node->level : lay->theme->contents_depth,
    };
    uint32_t first = (uint32_t)lay->list->slices.count;
    walk_headings(&entries, lay->flow, see_number);
    entries.unnamed = 0;
    walk_headings(&entries, lay->flow, add_entry);
    if (lay->appendix)
        walk_headings(&entries, lay->appendix, add_entry);
    if (lay->list == &lay->body && lay->list->slices.count > first)
        draw_together(lay, first);
    if (lay->list == &lay->body)
        lay->contents_end = (uint32_t)lay->body.slices.count;
}

static void set_leader(struct lay *lay, const struct late_label *late, struct mark *mark,
                       int32_t right_um) {
    struct line dot = typeset_line(lay->typesetter, lay->job, ".", 1, late->style, NULL);
    if (dot.count == 0 || dot.spans[0].piece_count == 0)
        return;
    /* Dots of all lines stand below one another: on a grid from the right edge. */
    int32_t last = (late->right_um - right_um + LEADER_GAP_UM) / LEADER_STEP_UM + 1;
    int32_t first = (late->right_um - late->left_um - LEADER_GAP_UM) / LEADER_STEP_UM;
    if (first <= last)
        return;
    size_t count = (size_t)(first - last + 1);
    struct text_piece *pieces = ARENA_ARRAY(lay->job, struct text_piece, count);
    for (size_t i = 0; i < count; i++) {
        pieces[i] = dot.spans[0].pieces[0];
        pieces[i].x_um = late->right_um - (first - (int32_t)i) * LEADER_STEP_UM;
    }
    mark->pieces = pieces;
    mark->count = count;
    mark->size_cpt = late->style->size_cpt;
    mark->fill = lay->theme->colours[COLOUR_MUTED];
    mark->width_um = pieces[count - 1].x_um + dot.width_um;
}

void contents_labels(struct lay *lay) {
    for (size_t i = 0; i < lay->late.count; i++) {
        const struct late_label *late = &lay->late.at[i];
        const char *text = map_find(lay->labels, late->name);
        if (!text)
            continue;
        struct line line = typeset_line(lay->typesetter, lay->job, text, strlen(text), late->style,
                                        lay->edition->course->language);
        if (line.count > 1) { /* a single mark is kept for it */
            struct text_style plain = *late->style;
            plain.small_caps = false;
            line = typeset_line(lay->typesetter, lay->job, text, strlen(text), &plain,
                                lay->edition->course->language);
        }
        struct mark *leader = &lay->body.marks.at[late->mark];
        struct mark *label = leader + 1;
        set_leader(lay, late, leader, late->right_um - line.width_um);
        if (line.count == 0)
            continue;
        label->pieces = line.spans[0].pieces;
        label->count = line.spans[0].piece_count;
        label->x_um = late->right_um - line.width_um;
        label->width_um = line.width_um;
        label->size_cpt = run_size_cpt(label->pieces[0].run, late->style->size_cpt);
        label->tracking_cpt = late->style->tracking_cpt;
        label->fill = late->style->colour;
    }
}
