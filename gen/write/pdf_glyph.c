#include "write/pdf_glyph.h"

#include "base/utf8.h"

#include <stdlib.h>

/* What the glyphs of a group that stand for nothing by themselves are said to be: invisible, and no
 * place to break a word. */
#define JOINER "\xCD\x8F" /* U+034F COMBINING GRAPHEME JOINER */

/* Fonts number at most 255 texts a glyph; more take the last variant's. */
enum { VARIANT_LIMIT = 26 };

void glyph_set_init(struct glyph_set *set, struct arena *arena, const struct fonts *fonts) {
    set->arena = arena;
    set->fonts = fonts;
    set->faces = ARENA_ARRAY(arena, struct face_use, fonts->face_count);
    for (size_t i = 0; i < fonts->face_count; i++)
        set->faces[i].face = &fonts->faces[i];
}

/* In millionths of an em. */
static int32_t glyph_width(const struct face *face, uint16_t glyph) {
    int64_t advance = hb_font_get_glyph_h_advance(face->hb_font, glyph);
    return (int32_t)((advance * 1000000 + face->units_per_em / 2) / face->units_per_em);
}

const struct glyph_use *glyph_set_find(const struct glyph_set *set, const struct face *face,
                                       uint16_t glyph, const char *text, size_t length) {
    if (!set->faces || glyph >= set->faces[face->index].room)
        return NULL;
    for (const struct glyph_use *use = set->faces[face->index].by_glyph[glyph]; use;
         use = use->next)
        if (use->length == length && memcmp(use->text, text, length) == 0)
            return use;
    return NULL;
}

static bool is_nominal(const struct face *face, uint16_t glyph, const char *text, size_t length) {
    const char *at = text;
    hb_codepoint_t found = 0;
    uint32_t code = utf8_next(&at, text + length);
    return at == text + length && hb_font_get_nominal_glyph(face->hb_font, code, &found) &&
           found == glyph;
}

void glyph_set_add(struct glyph_set *set, const struct face *face, uint16_t glyph, const char *text,
                   size_t length) {
    if (glyph_set_find(set, face, glyph, text, length))
        return;
    struct face_use *faces = &set->faces[face->index];
    if (!faces->by_glyph) {
        faces->room = hb_face_get_glyph_count(face->hb_face);
        faces->by_glyph = ARENA_ARRAY(set->arena, struct glyph_use *, faces->room);
    }
    if (glyph >= faces->room)
        return;
    if (!faces->by_glyph[glyph])
        VEC_PUSH(set->arena, &faces->glyphs, glyph);
    struct glyph_use *use = ARENA_NEW(set->arena, struct glyph_use);
    use->text = arena_strndup(set->arena, text, length);
    use->length = (uint32_t)length;
    use->glyph = use->code = glyph;
    use->nominal = is_nominal(face, glyph, text, length);
    use->width = glyph_width(face, glyph);
    use->next = faces->by_glyph[glyph];
    faces->by_glyph[glyph] = use;
}

void glyph_set_add_all(struct glyph_set *set, const struct glyph_set *others) {
    for (size_t i = 0; i < others->fonts->face_count; i++) {
        const struct face_use *faces = &others->faces[i];
        for (size_t k = 0; k < faces->glyphs.count; k++)
            for (const struct glyph_use *use = faces->by_glyph[faces->glyphs.at[k]]; use;
                 use = use->next)
                glyph_set_add(set, faces->face, use->glyph, use->text, use->length);
    }
}

static int compare_uses(const void *left, const void *right) {
    const struct glyph_use *a = *(const struct glyph_use *const *)left;
    const struct glyph_use *b = *(const struct glyph_use *const *)right;
    if (a->nominal != b->nominal)
        return a->nominal ? -1 : 1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return memcmp(a->text, b->text, a->length);
}

static int compare_glyphs(const void *left, const void *right) {
    return *(const uint16_t *)left - *(const uint16_t *)right;
}

static size_t sort_uses(struct glyph_set *set, struct glyph_use **list) {
    size_t count = 0;
    for (struct glyph_use *use = *list; use; use = use->next)
        count++;
    if (count == 1)
        return 1;
    struct glyph_use **sorted = ARENA_ARRAY(set->arena, struct glyph_use *, count);
    size_t at = 0;
    for (struct glyph_use *use = *list; use; use = use->next)
        sorted[at++] = use;
    qsort(sorted, count, sizeof *sorted, compare_uses);
    for (at = 0; at < count; at++) {
        sorted[at]->variant = (uint8_t)(at < VARIANT_LIMIT ? at : VARIANT_LIMIT - 1);
        sorted[at]->next = at + 1 < count ? sorted[at + 1] : NULL;
    }
    *list = sorted[0];
    return count < VARIANT_LIMIT ? count : VARIANT_LIMIT;
}

void glyph_set_freeze(struct glyph_set *set) {
    for (size_t i = 0; i < set->fonts->face_count; i++) {
        struct face_use *faces = &set->faces[i];
        if (!faces->glyphs.count)
            continue;
        qsort(faces->glyphs.at, faces->glyphs.count, sizeof *faces->glyphs.at, compare_glyphs);
        for (size_t k = 0; k < faces->glyphs.count; k++) {
            size_t variants = sort_uses(set, &faces->by_glyph[faces->glyphs.at[k]]);
            if (variants > faces->variants)
                faces->variants = (uint8_t)variants;
        }
    }
}

/* ---- clusters ---- */

/* Soft hyphens, joiners and marks of direction, which a shaper keeps as a glyph without width. */
static bool is_ignorable(const char *text, size_t length) {
    const char *at = text;
    uint32_t code = utf8_next(&at, text + length);
    return at == text + length &&
           (code == 0xAD || code == 0x34F || code == 0xFEFF || (code >= 0x200B && code <= 0x200F) ||
            (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069));
}

/* End of the text of the cluster that begins at `start`: the next larger one of the run. */
static uint32_t cluster_end(const struct glyph_run *run, uint32_t first, uint32_t last) {
    uint32_t start = run->glyphs[first].cluster, end = run->length;
    if (run->right_to_left ? first > 0 : last + 1 < run->count)
        end = run->glyphs[run->right_to_left ? first - 1 : last + 1].cluster;
    return end > start && end <= run->length ? end : start;
}

/* Glyphs first..last share one text. One glyph has all of it (a ligature); as many glyphs as
 * characters have one each, in order; else it belongs to the group, and the logically first glyph
 * stands for it where ActualText is not known. */
static void share_text(const struct glyph_run *run, uint32_t first, uint32_t last, const char *text,
                       uint32_t length, struct glyph_meaning *meanings) {
    uint32_t count = last - first + 1;
    if (count == 1) {
        meanings[first] = (struct glyph_meaning){.text = text, .length = length};
        return;
    }
    if (utf8_count(text, length) == count) {
        const char *at = text;
        for (uint32_t i = 0; i < count; i++) {
            struct glyph_meaning *meaning = &meanings[run->right_to_left ? last - i : first + i];
            meaning->text = at;
            utf8_next(&at, text + length);
            meaning->length = (uint32_t)(at - meaning->text);
        }
        return;
    }
    for (uint32_t i = first; i <= last; i++)
        meanings[i] = (struct glyph_meaning){.text = JOINER, .length = 2};
    struct glyph_meaning *chief = &meanings[run->right_to_left ? last : first];
    chief->text = text;
    chief->length = length;
    meanings[first].span = count;
    meanings[first].span_text = text;
    meanings[first].span_length = length;
}

void glyph_run_meanings(const struct glyph_run *run, bool hyphen, struct glyph_meaning *meanings) {
    memset(meanings, 0, run->count * sizeof *meanings);
    for (uint32_t first = 0, last; first < run->count; first = last + 1) {
        last = first;
        while (last + 1 < run->count && run->glyphs[last + 1].cluster == run->glyphs[first].cluster)
            last++;
        uint32_t start = run->glyphs[first].cluster, end = cluster_end(run, first, last);
        const char *text = run->text + start;
        if (hyphen) {
            share_text(run, first, last, "\xC2\xAD", 2, meanings);
        } else if (start >= end) {
            share_text(run, first, last, JOINER, 2, meanings);
        } else if (first == last && !run->glyphs[first].advance &&
                   is_ignorable(text, end - start)) {
            meanings[first].text = NULL;
        } else {
            share_text(run, first, last, text, end - start, meanings);
        }
    }
}
