#include "type/typeset_parts.h"

/* What a cache may grow by over twice what the first job needed before typesetter_trim empties it:
 * the course's own words come again with every job, the rest is participants'. */
enum { CACHE_MORE = 512 << 10 };

/* Tolerances of the passes, as stretch ratios: first without hyphens, then with, then any. */
#define TOLERANCE_PLAIN 1.7
#define TOLERANCE_HYPHENS 2.0
#define TOLERANCE_RAGGED 2.0
#define TOLERANCE_ANY 1e9

struct typesetter *typesetter_new(const struct fonts *fonts,
                                  const struct hyphenation *hyphenation) {
    struct arena held;
    arena_init(&held);
    struct typesetter *typesetter = ARENA_NEW(&held, struct typesetter);
    typesetter->fonts = fonts;
    typesetter->hyphenation = hyphenation;
    arena_init(&typesetter->cache);
    arena_init(&typesetter->scratch);
    typesetter->buffer = hb_buffer_create();
    typesetter->space_units = ARENA_ARRAY(&held, int32_t, fonts->face_count);
    for (size_t i = 0; i < fonts->face_count; i++)
        typesetter->space_units[i] = -1;
    typesetter->held = held; /* the typesetter itself is in it */
    return typesetter;
}

struct typesetter *typesetter_new_beside(const struct typesetter *elder) {
    struct typesetter *typesetter = typesetter_new(elder->fonts, elder->hyphenation);
    typesetter->elder = elder;
    for (size_t i = 0; i < elder->langs.count; i++) /* words name them by number */
        VEC_PUSH(&typesetter->held, &typesetter->langs, elder->langs.at[i]);
    return typesetter;
}

void typesetter_free(struct typesetter *typesetter) {
    if (!typesetter)
        return;
    if (typesetter->line_breaks)
        ubrk_close(typesetter->line_breaks);
    for (size_t i = 0; i < typesetter->plans.count; i++)
        hb_shape_plan_destroy(typesetter->plans.at[i].hb);
    hb_buffer_destroy(typesetter->buffer);
    arena_release(&typesetter->cache);
    arena_release(&typesetter->scratch);
    struct arena held = typesetter->held;
    arena_release(&held);
}

void typesetter_trim(struct typesetter *typesetter) {
    if (!typesetter->cache_first)
        typesetter->cache_first = typesetter->cache.total;
    if (typesetter->cache.total <= 2 * typesetter->cache_first + CACHE_MORE)
        return;
    arena_reset(&typesetter->cache);
    typesetter->words = NULL;
    typesetter->word_room = typesetter->word_count = 0;
}

/* Word spaces of neighbouring lines that are no further apart than that look like one. */
enum { RIVER_UM = 1500 };

static struct setting new_setting(struct typesetter *typesetter,
                                  const struct paragraph_request *request) {
    arena_reset(&typesetter->scratch);
    struct setting setting = {
        .typesetter = typesetter, .scratch = &typesetter->scratch, .request = request};
    setting_add_items(&setting);
    return setting;
}

/* ---- choosing lines ---- */

static int64_t em_nm(const struct setting *setting) {
    return units_to_nm(1, 1, setting->request->style->text.size_cpt);
}

/* How far a ragged margin may easily be from its column's edge. */
static int64_t rag_nm(const struct setting *setting) {
    int64_t by_type = em_nm(setting) * 5 / 2, by_width = other_width_nm(setting->request) / 10;
    return by_type > by_width ? by_type : by_width;
}

static size_t try_pass(struct setting *setting, struct line_rules *rules, double tolerance,
                       uint32_t **chosen) {
    *chosen = ARENA_ARRAY(setting->scratch, uint32_t, setting->breaks.count);
    rules->tolerance = tolerance;
    return knuth_plass(setting->scratch, setting->breaks.at, setting->breaks.count, rules, *chosen);
}

/* Fills setting->breaks and writes which of them end a line. */
static size_t choose_lines(struct setting *setting, uint32_t **chosen) {
    const struct paragraph_request *request = setting->request;
    bool ragged = request->align != LINE_JUSTIFY;
    struct line_rules rules = {.first_width = first_width_nm(request),
                               .width = other_width_nm(request),
                               .ragged = ragged,
                               .balance = request->align == LINE_CENTRE,
                               .looseness = request->looseness,
                               .background_stretch = ragged ? rag_nm(setting) : 0};
    setting_find_breaks(setting, false, false);
    size_t count = setting->breaks.count;
    const struct breakpoint *end = &setting->breaks.at[count - 1];
    bool forced = false;
    for (size_t i = 1; i + 1 < count && !forced; i++)
        forced = setting->breaks.at[i].forced;
    if (!forced && end->before.width <= rules.first_width && request->looseness <= 0) {
        *chosen = ARENA_ARRAY(setting->scratch, uint32_t, 1);
        **chosen = (uint32_t)(count - 1);
        return 1;
    }
    if (!ragged && end->before.width > 2 * rules.width)
        rules.river = RIVER_UM * NM_PER_UM;
    bool fits = setting->widest_nm <= rules.width && setting->widest_nm <= rules.first_width;
    size_t lines = 0;
    if (fits)
        lines = try_pass(setting, &rules, ragged ? TOLERANCE_RAGGED : TOLERANCE_PLAIN, chosen);
    /* A word that is longer than its line is rather hyphenated than cut anywhere. */
    bool hyphenate = request->hyphenate || !fits;
    if (lines == 0 && hyphenate) {
        setting_find_breaks(setting, true, false);
        fits = setting->widest_nm <= rules.width && setting->widest_nm <= rules.first_width;
        if (fits)
            lines =
                try_pass(setting, &rules, ragged ? TOLERANCE_RAGGED : TOLERANCE_HYPHENS, chosen);
    }
    if (lines)
        return lines;
    if (!fits)
        setting_find_breaks(setting, hyphenate, true);
    rules.last_pass = true;
    rules.background_stretch += em_nm(setting) / 3;
    return try_pass(setting, &rules, TOLERANCE_ANY, chosen);
}

struct paragraph_lines typeset_paragraph(struct typesetter *typesetter, struct arena *arena,
                                         const struct paragraph_request *request) {
    struct setting setting = new_setting(typesetter, request);
    uint32_t *chosen;
    struct paragraph_lines lines = {.count = choose_lines(&setting, &chosen)};
    lines.lines = ARENA_ARRAY(arena, struct line, lines.count);
    for (size_t i = 0; i < lines.count; i++)
        lines.lines[i] =
            setting_make_line(&setting, arena, &setting.breaks.at[i ? chosen[i - 1] : 0],
                              &setting.breaks.at[chosen[i]], i == 0, &lines.overfull_um);
    return lines;
}

void typeset_extent(struct typesetter *typesetter, struct arena *arena,
                    const struct paragraph_request *request, int32_t *least_um, int32_t *most_um) {
    (void)arena;
    struct setting setting = new_setting(typesetter, request);
    setting_find_breaks(&setting, false, false);
    int64_t most = 0, start = 0;
    for (size_t i = 0; i < setting.breaks.count; i++) {
        const struct breakpoint *at = &setting.breaks.at[i];
        if (!at->forced)
            continue;
        if (at->before.width - start > most)
            most = at->before.width - start;
        start = at->after.width;
    }
    /* Rounded up, so that a column of that width is wide enough. */
    int32_t indent_um = request->style->first_indent_um > request->hanging_um
                            ? request->style->first_indent_um
                            : request->hanging_um;
    *least_um = (int32_t)((setting.widest_nm + NM_PER_UM - 1) / NM_PER_UM) + indent_um;
    *most_um = (int32_t)((most + NM_PER_UM - 1) / NM_PER_UM) + indent_um;
}

struct line typeset_line(struct typesetter *typesetter, struct arena *arena, const char *text,
                         size_t length, const struct text_style *style, const char *lang) {
    struct inline_item *item = ARENA_NEW(arena, struct inline_item);
    item->kind = INLINE_TEXT;
    item->style = style;
    item->text = text;
    item->length = length;
    item->no_break = true;
    struct paragraph_style paragraph = {.text = *style};
    struct paragraph_request request = {.items = item,
                                        .count = 1,
                                        .style = &paragraph,
                                        .align = LINE_LEFT,
                                        .lang = lang,
                                        .width_um = INT32_MAX};
    struct setting setting = new_setting(typesetter, &request);
    bool turned = setting.base_level & 1;
    setting.base_level = 0; /* a line by itself has no margin to stand at */
    setting_find_breaks(&setting, false, false);
    int32_t overfull_um = 0;
    struct line line =
        setting_make_line(&setting, arena, &setting.breaks.at[0],
                          &setting.breaks.at[setting.breaks.count - 1], true, &overfull_um);
    line.column_um = line.width_um;
    line.right_to_left = turned;
    return line;
}
