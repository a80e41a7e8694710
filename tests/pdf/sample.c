#include "sample.h"

#include "base/units.h"

#include <stdio.h>
#include <string.h>

static const struct paper a4 = {"a4", 210000, 297000};

const struct fonts *sample_fonts(struct arena *arena, const char *const paths[], size_t count) {
    struct theme *theme = ARENA_NEW(arena, struct theme);
    struct theme_fallback *fallback = ARENA_NEW(arena, struct theme_fallback);
    theme->name = "sample";
    for (size_t i = 0; i < count && i < 3; i++)
        theme->fonts[FAMILY_TEXT][i].path = paths[i];
    if (count > 3) {
        fallback->faces[FACE_REGULAR].path = paths[3];
        theme->fallbacks = fallback;
        theme->fallback_count = 1;
    }
    return fonts_open(arena, diag_new(arena), theme);
}

void sample_init(struct sample *sample, struct arena *arena, const struct fonts *fonts) {
    memset(sample, 0, sizeof *sample);
    sample->arena = arena;
    sample->fonts = fonts;
    map_init(&sample->runs, arena);
    VEC_ADD(arena, &sample->elements);
    sample_element(sample, ROLE_DOCUMENT, 0);
}

void sample_page(struct sample *sample) { VEC_ADD(sample->arena, &sample->pages); }

uint32_t sample_element(struct sample *sample, enum role role, uint32_t parent) {
    struct element *element = VEC_ADD(sample->arena, &sample->elements);
    element->role = role;
    element->parent = parent;
    return (uint32_t)(sample->elements.count - 1);
}

const struct glyph_run *sample_run(struct sample *sample, const struct face *face, const char *text,
                                   const char *shown, const char *features) {
    char *key = arena_printf(sample->arena, "%u %s|%s|%s", face->index, text, shown ? shown : "",
                             features ? features : "");
    const struct glyph_run *known = map_find(&sample->runs, key);
    if (known)
        return known;
    const char *set = shown ? shown : text;
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, set, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_feature_t feature;
    hb_bool_t with = features && hb_feature_from_string(features, -1, &feature);
    hb_shape(face->hb_font, buffer, with ? &feature : NULL, with ? 1 : 0);
    struct glyph_run *run = ARENA_NEW(sample->arena, struct glyph_run);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, &count);
    struct glyph *glyphs = ARENA_ARRAY(sample->arena, struct glyph, count);
    for (unsigned i = 0; i < count; i++) {
        glyphs[i] =
            (struct glyph){(uint16_t)infos[i].codepoint, (int16_t)places[i].x_offset,
                           (int16_t)places[i].y_offset, places[i].x_advance, infos[i].cluster};
        run->width += places[i].x_advance;
    }
    run->right_to_left = hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL;
    hb_buffer_destroy(buffer);
    run->face = face;
    run->glyphs = glyphs;
    run->count = count;
    run->units = face->units_per_em;
    run->text = arena_strdup(sample->arena, text);
    run->length = (uint32_t)strlen(text);
    map_set(&sample->runs, key, run);
    return run;
}

static int32_t run_width_um(const struct glyph_run *run, int32_t size_cpt) {
    return (int32_t)((int64_t)run->width * size_cpt * 25400 / run->units / 7200);
}

struct mark *sample_mark(struct sample *sample, enum mark_kind kind, uint32_t element) {
    struct mark *mark = VEC_ADD(sample->arena, &sample->pages.at[sample->pages.count - 1].body);
    mark->kind = kind;
    mark->element = element;
    mark->fill = mark->stroke = COLOUR_NONE;
    return mark;
}

struct mark sample_line(struct sample *sample, const struct face *face, const char *text,
                        int32_t x_um, int32_t y_um, int32_t size_cpt, int32_t stretch_um) {
    struct text_piece *pieces = ARENA_ARRAY(sample->arena, struct text_piece, strlen(text) + 2);
    int32_t at = 0, space = run_width_um(sample_run(sample, face, " ", NULL, NULL), size_cpt);
    char *words = arena_strdup(sample->arena, text), *state;
    size_t count = 0;
    for (char *word = strtok_r(words, " ", &state); word; word = strtok_r(NULL, " ", &state)) {
        struct text_piece *piece = &pieces[count++];
        piece->run = sample_run(sample, face, word, NULL, NULL);
        piece->space_before = count > 1;
        at += count > 1 ? space + stretch_um : 0;
        piece->x_um = at;
        at += run_width_um(piece->run, size_cpt);
    }
    return (struct mark){.kind = MARK_TEXT,
                         .pieces = pieces,
                         .count = count,
                         .x_um = x_um,
                         .y_um = y_um,
                         .width_um = at,
                         .size_cpt = size_cpt,
                         .fill = 0x202020,
                         .stroke = COLOUR_NONE};
}

struct mark *sample_text(struct sample *sample, const struct face *face, const char *text,
                         int32_t x_um, int32_t y_um, int32_t size_cpt, int32_t stretch_um,
                         uint32_t element) {
    struct mark *mark = sample_mark(sample, MARK_TEXT, element);
    *mark = sample_line(sample, face, text, x_um, y_um, size_cpt, stretch_um);
    mark->element = element;
    return mark;
}

void sample_hyphenate(struct sample *sample, struct mark *line, const struct face *face) {
    struct text_piece *pieces = (struct text_piece *)(uintptr_t)line->pieces;
    pieces[line->count++] = (struct text_piece){
        .run = sample_run(sample, face, "-", NULL, NULL), .x_um = line->width_um, .hyphen = true};
}

struct layout *sample_layout(struct sample *sample) {
    struct layout *layout = ARENA_NEW(sample->arena, struct layout);
    layout->title = "Größe & Übung – a sample";
    layout->author = "The tests";
    layout->language = "en-GB";
    layout->page_count = sample->pages.count;
    layout->pages = ARENA_ARRAY(sample->arena, struct page, layout->page_count);
    for (size_t i = 0; i < layout->page_count; i++)
        layout->pages[i] = (struct page){.paper = &a4,
                                         .label = arena_printf(sample->arena, i ? "%zu" : "i", i),
                                         .body = sample->pages.at[i].body.at,
                                         .body_count = sample->pages.at[i].body.count,
                                         .furniture = sample->pages.at[i].furniture.at,
                                         .furniture_count = sample->pages.at[i].furniture.count};
    layout->elements = sample->elements.at;
    layout->element_count = sample->elements.count;
    layout->outline = sample->outline.at;
    layout->outline_count = sample->outline.count;
    layout->destinations = sample->destinations.at;
    layout->destination_count = sample->destinations.count;
    return layout;
}
