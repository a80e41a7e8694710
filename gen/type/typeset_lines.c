/* From a line's breakpoints to its spans: what stands where. */
#include "type/typeset_parts.h"

/* A word, space or object of a line, in logical order. */
struct cell {
    const struct atom *atom;
    const struct glyph_run *run; /* TEXT: all of the atom's, or the part that is on this line */
    int64_t x_nm, width_nm;      /* a filler's with what it fills */
    int32_t widening;
    bool hyphen;
};

struct making {
    struct setting *setting;
    VEC(struct cell) cells;
    int64_t natural_nm;
    int64_t elastic_nm; /* widths of the spaces that give */
    int64_t glyphs_nm;  /* widths of what can be widened, and … */
    int32_t widening;   /* … by how many thousandths it is */
    int64_t wide_nm;    /* what wide characters give beside them, if a line is stretched */
    int32_t fills;
};

static bool is_fill(const struct atom *atom) {
    return atom->kind == ATOM_OBJECT && atom->item->kind == INLINE_FILL;
}

static void add_cell(struct making *making, const struct atom *atom, const struct glyph_run *run,
                     int64_t width_nm) {
    struct cell *cell = VEC_ADD(making->setting->scratch, &making->cells);
    *cell = (struct cell){.atom = atom, .run = run, .width_nm = width_nm};
    making->natural_nm += width_nm;
    making->fills += is_fill(atom);
    making->wide_nm += 2 * wide_stretch_nm(atom);
    if (atom->kind == ATOM_SPACE && atom->elastic)
        making->elastic_nm += width_nm;
    if (atom_widens(making->setting, atom))
        making->glyphs_nm += width_nm;
}

static const struct word_runs *shape_part(struct setting *setting, const struct atom *atom,
                                          const char *text, uint32_t length) {
    struct text_word *word = word_find(setting->typesetter, text, length, atom->look->lang);
    return word_shape(setting->typesetter, word, atom->look->face, atom->look->variant,
                      atom->level & 1);
}

/* Bytes [from, to) of an atom: shaped anew if that is not all of it. */
static void add_part(struct making *making, const struct atom *atom, uint32_t from, uint32_t to) {
    if (from == 0 && to == atom->run->length) {
        add_cell(making, atom, atom->run, atom->width_nm);
        return;
    }
    if (from >= to)
        return;
    const struct word_runs *runs =
        shape_part(making->setting, atom, atom->run->text + from, to - from);
    for (uint32_t i = 0; i < runs->count; i++)
        add_cell(making, atom, &runs->runs[i], run_width(&runs->runs[i], atom->look));
}

static void gather_cells(struct making *making, const struct breakpoint *start,
                         const struct breakpoint *end) {
    const struct atom *atoms = making->setting->atoms.at;
    for (uint32_t i = start->next_atom; i < end->atom; i++) {
        uint32_t from = i == start->next_atom ? start->next_offset : 0;
        if (atoms[i].kind == ATOM_TEXT)
            add_part(making, &atoms[i], from, atoms[i].run->length);
        else
            add_cell(making, &atoms[i], NULL, atoms[i].width_nm);
    }
    if (end->offset)
        add_part(making, &atoms[end->atom], end->atom == start->next_atom ? start->next_offset : 0,
                 end->offset);
    if (end->put_hyphen) {
        const struct atom *atom = &atoms[end->atom - (end->offset == 0)];
        const struct word_runs *runs = shape_part(making->setting, atom, "-", 1);
        add_cell(making, atom, &runs->runs[0], run_width(&runs->runs[0], atom->look));
        making->cells.at[making->cells.count - 1].hyphen = true;
    }
    if (making->cells.count) /* behind the last is the margin */
        making->wide_nm -= 2 * wide_stretch_nm(making->cells.at[making->cells.count - 1].atom);
}

/* What the slack of a line is shared out by: spaces, and wide characters if there is too much. */
static int64_t giving_nm(const struct making *making, int64_t slack_nm) {
    return making->elastic_nm + (slack_nm > 0 ? making->wide_nm : 0);
}

/* Lets the glyphs take what they can of the slack, so that the spaces need give only the rest. */
static void widen(struct making *making, int64_t slack_nm) {
    if (making->glyphs_nm == 0 || (slack_nm >= 0 && making->elastic_nm == 0))
        return;
    /* Rounded so that the spaces have room for what is left. */
    int64_t taken = glyphs_take(slack_nm, making->glyphs_nm * WIDENING_LIMIT / 1000);
    making->widening = (int32_t)(taken * 1000 / making->glyphs_nm) - (slack_nm < 0);
    if (making->widening < -WIDENING_LIMIT)
        making->widening = -WIDENING_LIMIT;
    for (size_t i = 0; i < making->cells.count; i++) {
        struct cell *cell = &making->cells.at[i];
        if (!atom_widens(making->setting, cell->atom))
            continue;
        int64_t more = cell->width_nm * making->widening / 1000;
        cell->widening = making->widening;
        cell->width_nm += more;
        making->natural_nm += more;
    }
}

/* ---- spans ---- */

static int32_t um_from_nm(int64_t nm) {
    return (int32_t)((nm + (nm < 0 ? -NM_PER_UM : NM_PER_UM) / 2) / NM_PER_UM);
}

struct laying {
    struct line_span *spans;
    size_t span_count;
    struct text_piece *pieces;
    size_t piece_count;
    bool space; /* since the last piece */
};

static void lay_text(struct laying *laying, const struct cell *cell) {
    int32_t x_um = um_from_nm(cell->x_nm), end_um = um_from_nm(cell->x_nm + cell->width_nm);
    struct line_span *span = laying->span_count ? &laying->spans[laying->span_count - 1] : NULL;
    if (!span || span->item != cell->atom->item || span->face != cell->run->face ||
        span->pieces[0].run->small != cell->run->small) {
        span = &laying->spans[laying->span_count++];
        span->item = cell->atom->item;
        span->face = cell->run->face;
        span->x_um = x_um;
        span->width_um = 0;
        span->widening = cell->widening;
        span->pieces = &laying->pieces[laying->piece_count];
    }
    laying->pieces[laying->piece_count++] = (struct text_piece){
        .run = cell->run, .x_um = x_um, .space_before = laying->space, .hyphen = cell->hyphen};
    span->piece_count++;
    if (end_um < span->x_um + span->width_um)
        end_um = span->x_um + span->width_um;
    span->x_um = x_um < span->x_um ? x_um : span->x_um;
    span->width_um = end_um - span->x_um;
    laying->space = false;
}

static void lay_object(struct laying *laying, const struct cell *cell) {
    int32_t x_um = um_from_nm(cell->x_nm);
    laying->spans[laying->span_count++] =
        (struct line_span){.item = cell->atom->item,
                           .x_um = x_um,
                           .width_um = um_from_nm(cell->x_nm + cell->width_nm) - x_um};
}

static void lay_cell(struct laying *laying, const struct cell *cell) {
    if (cell->atom->kind == ATOM_TEXT)
        lay_text(laying, cell);
    else if (cell->atom->kind == ATOM_OBJECT)
        lay_object(laying, cell);
    else
        laying->space = true;
}

/* Sets the cells from x_nm on: placed in `order`, told in their own. `slack_nm` goes to fillers if there are any, else to the spaces that
 * give. Positions come from the line's start, so that no rounding adds up. */
static void lay_cells(const struct making *making, const uint32_t *order, int64_t x_nm,
                      int64_t slack_nm, struct laying *laying) {
    int64_t natural = 0, elastic = 0, giving = giving_nm(making, slack_nm);
    int32_t fills = 0;
    for (size_t i = 0; i < making->cells.count; i++) {
        struct cell *cell = &making->cells.at[order ? order[i] : i];
        int64_t given = making->fills ? slack_nm * fills / making->fills
                        : giving      ? slack_nm * elastic / giving
                                      : 0;
        cell->x_nm = x_nm + natural + given;
        natural += cell->width_nm;
        if (cell->atom->kind == ATOM_SPACE && cell->atom->elastic) {
            elastic += cell->width_nm;
        } else if (is_fill(cell->atom)) {
            fills++;
            cell->width_nm += slack_nm * fills / making->fills - given;
        } else if (giving > making->elastic_nm) {
            elastic += 2 * wide_stretch_nm(cell->atom);
        }
        if (!order)
            lay_cell(laying, cell);
    }
    for (size_t i = 0; order && i < making->cells.count; i++)
        lay_cell(laying, &making->cells.at[i]);
}

static const uint32_t *visual_order(const struct making *making) {
    const struct setting *setting = making->setting;
    size_t count = making->cells.count;
    if (!setting->levels)
        return NULL;
    uint8_t *levels = ARENA_ARRAY(setting->scratch, uint8_t, count);
    uint32_t *order = ARENA_ARRAY(setting->scratch, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        levels[i] = making->cells.at[i].atom->level;
    bidi_reorder(levels, count, order);
    return order;
}

/* ---- the line ---- */

static void measure_height(const struct making *making, const struct look *fallback,
                           struct line *line) {
    for (size_t i = 0; i <= making->cells.count; i++) {
        bool none = i == making->cells.count;
        const struct look *look = none ? fallback : making->cells.at[i].atom->look;
        if (none && line->ascent_um)
            break;
        int64_t ascent =
            units_to_nm(look->face->ascender, look->face->units_per_em, look->size_cpt);
        int64_t descent =
            units_to_nm(-look->face->descender, look->face->units_per_em, look->size_cpt);
        if (um_from_nm(ascent) > line->ascent_um)
            line->ascent_um = um_from_nm(ascent);
        if (um_from_nm(descent) > line->descent_um)
            line->descent_um = um_from_nm(descent);
    }
}

/* A paragraph that is read from right to left stands on the right where others are on the left. */
static enum line_align alignment(const struct setting *setting) {
    enum line_align align = setting->request->align;
    return align == LINE_LEFT && setting->base_level & 1 ? LINE_RIGHT : align;
}

/* How much the spaces (or fillers) of a line get, and where it begins. */
static int64_t share_slack(const struct making *making, const struct breakpoint *end,
                           int64_t width_nm, int64_t *x_nm) {
    enum line_align align = alignment(making->setting);
    int64_t slack = width_nm - making->natural_nm;
    if (making->fills)
        return slack > 0 ? slack : 0;
    if (align == LINE_JUSTIFY) {
        if (slack < 0)
            return slack < -making->elastic_nm / 3 ? -(making->elastic_nm / 3) : slack;
        if (!end->forced)
            return giving_nm(making, slack) ? slack : 0;
        if (making->setting->base_level & 1)
            *x_nm += slack;
        return 0;
    }
    if (align == LINE_CENTRE)
        *x_nm += slack / 2;
    else if (align == LINE_RIGHT)
        *x_nm += slack;
    return 0;
}

struct line setting_make_line(struct setting *setting, struct arena *arena,
                              const struct breakpoint *start, const struct breakpoint *end,
                              bool first, int32_t *overfull_um) {
    const struct paragraph_request *request = setting->request;
    struct making making = {.setting = setting};
    gather_cells(&making, start, end);

    int64_t x_nm =
        first ? (request->first_width_um ? 0 : (int64_t)request->style->first_indent_um * NM_PER_UM)
              : (int64_t)request->hanging_um * NM_PER_UM;
    int64_t width_nm = first ? first_width_nm(request) : other_width_nm(request);
    if (setting->base_level & 1) /* what is taken off is on the right */
        x_nm = 0;
    if (request->align == LINE_JUSTIFY) {
        x_nm -= start->left_hang_nm;
        width_nm += start->left_hang_nm + end->right_hang_nm;
    }
    int64_t spare_nm = width_nm - making.natural_nm;
    if (request->align == LINE_JUSTIFY && !making.fills && (spare_nm < 0 || !end->forced))
        widen(&making, spare_nm);
    int64_t slack_nm = share_slack(&making, end, width_nm, &x_nm);
    int64_t set_nm =
        making.natural_nm + (making.fills || giving_nm(&making, slack_nm) ? slack_nm : 0);

    size_t count = making.cells.count;
    struct laying laying = {.spans = ARENA_ARRAY(setting->scratch, struct line_span, count + 1),
                            .pieces = ARENA_ARRAY(arena, struct text_piece, count)};
    lay_cells(&making, visual_order(&making), x_nm, slack_nm, &laying);
    struct line_span *spans = ARENA_ARRAY(arena, struct line_span, laying.span_count);
    memcpy(spans, laying.spans, laying.span_count * sizeof *spans);

    struct line line = {.spans = spans,
                        .count = laying.span_count,
                        .width_um = um_from_nm(set_nm),
                        .column_um = request->width_um,
                        .right_to_left = setting->base_level & 1,
                        .last = end->forced,
                        .hyphenated = !end->forced && end->atom == end->next_atom};
    measure_height(&making, setting->atoms.at[end->atom].look, &line);
    int32_t out_um = um_from_nm(set_nm - width_nm);
    if (out_um > *overfull_um)
        *overfull_um = out_um;
    return line;
}
