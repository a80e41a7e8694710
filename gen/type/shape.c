#include "type/shape.h"

#include "base/map.h"
#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>

/* ---- words ---- */

uint16_t typesetter_lang(struct typesetter *typesetter, const char *lang) {
    if (!lang)
        lang = "";
    size_t count = typesetter->langs.count;
    for (size_t i = 0; i < count; i++)
        if (strcmp(typesetter->langs.at[i].text, lang) == 0)
            return (uint16_t)i;
    if (count == UINT16_MAX)
        return 0;
    struct lang entry = {.text = arena_strdup(&typesetter->held, lang),
                         .hb = hb_language_from_string(*lang ? lang : "und", -1),
                         .dictionary = hyphenation_find(typesetter->hyphenation, lang)};
    VEC_PUSH(&typesetter->held, &typesetter->langs, entry);
    return (uint16_t)count;
}

static void grow_words(struct typesetter *typesetter) {
    size_t room = typesetter->word_room ? typesetter->word_room * 2 : 1024;
    struct text_word **words = ARENA_ARRAY(&typesetter->cache, struct text_word *, room);
    for (size_t i = 0; i < typesetter->word_room; i++) {
        struct text_word *word = typesetter->words[i];
        if (!word)
            continue;
        size_t at = word->hash & (room - 1);
        while (words[at])
            at = (at + 1) & (room - 1);
        words[at] = word;
    }
    typesetter->words = words;
    typesetter->word_room = room;
}

/* Where a word is in the table, or would be. */
static struct text_word **find_place(const struct typesetter *typesetter, uint64_t hash,
                                     const char *text, uint32_t length, uint16_t lang) {
    size_t at = hash & (typesetter->word_room - 1);
    for (; typesetter->words[at]; at = (at + 1) & (typesetter->word_room - 1)) {
        const struct text_word *word = typesetter->words[at];
        if (word->hash == hash && word->length == length && word->lang == lang &&
            memcmp(word->text, text, length) == 0)
            break;
    }
    return &typesetter->words[at];
}

struct text_word *word_find(struct typesetter *typesetter, const char *text, uint32_t length,
                            uint16_t lang) {
    if (typesetter->word_count * 2 >= typesetter->word_room)
        grow_words(typesetter);
    uint64_t hash = hash_bytes(text, length) + lang * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
    struct text_word **place = find_place(typesetter, hash, text, length, lang);
    if (*place)
        return *place;
    const struct typesetter *elder = typesetter->elder;
    const struct text_word *known =
        elder && elder->word_room ? *find_place(elder, hash, text, length, lang) : NULL;
    struct text_word *word = ARENA_NEW(&typesetter->cache, struct text_word);
    if (known)
        *word = *known; /* what is found out about it from now on is added to the copy */
    else
        *word = (struct text_word){.hash = hash,
                                   .text = arena_strndup(&typesetter->cache, text, length),
                                   .length = length,
                                   .lang = lang};
    *place = word;
    typesetter->word_count++;
    return word;
}

/* ---- which face ---- */

static bool is_ignorable(uint32_t code) {
    return code >= 0xAD && u_hasBinaryProperty((UChar32)code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool text_extends(uint32_t code, uint32_t before) {
    if (code < 0x300)
        return code == 0xAD;
    return before == 0x200D || is_ignorable(code) || (code >= 0x1F3FB && code <= 0x1F3FF) ||
           (U_GET_GC_MASK((UChar32)code) & U_GC_M_MASK);
}

static bool has_glyph(const struct face *face, uint32_t code) {
    hb_codepoint_t glyph;
    if (code < 0x80)
        return face->ascii[code / 32] >> code % 32 & 1;
    return hb_font_get_nominal_glyph(face->hb_font, code, &glyph);
}

/* True if the face can show all of a base and its extenders, composed where that helps. */
static bool covers(const struct face *face, const char *text, const char *end) {
    uint32_t base = 0;
    for (const char *at = text; at < end;) {
        uint32_t code = utf8_next(&at, end);
        hb_codepoint_t composed;
        if (!has_glyph(face, code) && !is_ignorable(code) &&
            !(base && hb_unicode_compose(hb_unicode_funcs_get_default(), base, code, &composed) &&
              has_glyph(face, composed)))
            return false;
        base = code;
    }
    return true;
}

static hb_script_t script_of(uint32_t code) {
    if (code < 0x80)
        return (code | 0x20) >= 'a' && (code | 0x20) <= 'z' ? HB_SCRIPT_LATIN : HB_SCRIPT_COMMON;
    return hb_unicode_script(hb_unicode_funcs_get_default(), code);
}

/* The first fallback that can show a text: in the style, else in its regular face. */
static const struct face *find_fallback(const struct fonts *fonts, uint8_t style, const char *text,
                                        const char *end) {
    const char *after = text;
    hb_script_t script = script_of(utf8_next(&after, end));
    for (size_t i = 0; i < fonts->fallback_count; i++) {
        const struct face *const *faces = fonts->fallbacks[i].faces;
        if (fonts->fallbacks[i].script && fonts->fallbacks[i].script != script)
            continue;
        if (covers(faces[style], text, end))
            return faces[style];
        if (faces[style] != faces[FACE_REGULAR] && covers(faces[FACE_REGULAR], text, end))
            return faces[FACE_REGULAR];
    }
    return NULL;
}

static const struct face *choose_face(const struct fonts *fonts, const struct face *wanted,
                                      const char *text, const char *end) {
    if (covers(wanted, text, end))
        return wanted;
    const struct face *face = find_fallback(fonts, wanted->style, text, end);
    if (face)
        return face;
    const char *base_end = text;
    utf8_next(&base_end, end);
    if (!covers(wanted, text, base_end))
        face = find_fallback(fonts, wanted->style, text, base_end);
    return face ? face : wanted;
}

/* A stretch of a word in one face and script. */
struct segment {
    uint32_t start, end;
    const struct face *face;
    hb_script_t script;
    bool small; /* letters that smaller capitals stand for, in a face without small capitals */
};

/* True for a small letter of a text in small capitals that the face has none for. */
static bool needs_small(const struct face *face, uint32_t code, uint8_t variant) {
    return (variant & VARIANT_SMALL_CAPS) && !(variant & VARIANT_UPPER) &&
           !(face->features & FEATURE_SMALL_CAPS) &&
           u_hasBinaryProperty((UChar32)code, UCHAR_CHANGES_WHEN_UPPERCASED);
}

/* Splits a word; `segments` has room for one a byte. */
static size_t split_word(const struct fonts *fonts, const struct face *wanted,
                         const struct text_word *word, uint8_t variant, struct segment *segments) {
    const char *end = word->text + word->length;
    size_t count = 0;
    for (const char *at = word->text; at < end;) {
        const char *start = at;
        uint32_t code = utf8_next(&at, end), last = code;
        hb_script_t script = script_of(code);
        bool neutral = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
        for (const char *next = at; next < end; at = next) {
            uint32_t extender = utf8_next(&next, end);
            if (!text_extends(extender, last))
                break;
            last = extender;
        }
        const struct face *face = choose_face(fonts, wanted, start, at);
        struct segment *open = count ? &segments[count - 1] : NULL;
        bool open_neutral = open && open->script == HB_SCRIPT_COMMON;
        bool small = needs_small(face, code, variant);
        if (open && open->face == face && open->small == small &&
            (neutral || open_neutral || open->script == script)) {
            open->end = (uint32_t)(at - word->text);
            if (open_neutral && !neutral)
                open->script = script;
            continue;
        }
        segments[count++] = (struct segment){.start = (uint32_t)(start - word->text),
                                             .end = (uint32_t)(at - word->text),
                                             .face = face,
                                             .small = small,
                                             .script = neutral ? HB_SCRIPT_COMMON : script};
    }
    return count;
}

/* ---- shaping ---- */

enum { SMALL_TRACKING = 3 }; /* smaller capitals stand further apart, in percent of their size */

uint8_t style_variant(const struct text_style *style) {
    return (
        uint8_t)((style->small_caps ? VARIANT_SMALL_CAPS : 0) |
                 (style->tabular ? VARIANT_TABULAR : 0) |
                 (style->old_style ? VARIANT_OLD_STYLE : 0) |
                 (style->tracking_cpt || style->family == FAMILY_MONO ? VARIANT_NO_LIGATURES : 0) |
                 (style->upper ? VARIANT_UPPER : 0));
}

static unsigned int list_features(const struct face *face, uint8_t variant,
                                  hb_feature_t features[6]) {
    unsigned int count = 0;
#define FEATURE(a, b, c, d, on)                                                \
    features[count++] = (hb_feature_t) {                                       \
        HB_TAG(a, b, c, d), on, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END \
    }
    if ((variant & VARIANT_SMALL_CAPS) && (face->features & FEATURE_SMALL_CAPS))
        FEATURE('s', 'm', 'c', 'p', 1);
    if ((variant & VARIANT_TABULAR) && (face->features & FEATURE_TABULAR))
        FEATURE('t', 'n', 'u', 'm', 1);
    if ((variant & VARIANT_OLD_STYLE) && (face->features & FEATURE_OLD_STYLE))
        FEATURE('o', 'n', 'u', 'm', 1);
    if (!(variant & VARIANT_OLD_STYLE) && (face->features & FEATURE_LINING))
        FEATURE('l', 'n', 'u', 'm', 1);
    if (variant & VARIANT_NO_LIGATURES) {
        FEATURE('l', 'i', 'g', 'a', 0);
        FEATURE('c', 'l', 'i', 'g', 0);
    }
#undef FEATURE
    return count;
}

/* HarfBuzz keeps plans too, but finds them by comparing all that they were made from: a tenth of
 * what shaping a word takes. */
static hb_shape_plan_t *find_plan(struct typesetter *typesetter, const struct segment *segment,
                                  hb_script_t script, uint16_t lang, uint8_t variant,
                                  bool right_to_left, const hb_feature_t *features,
                                  unsigned int feature_count) {
    for (size_t i = 0; i < typesetter->plans.count; i++) {
        const struct shape_plan *known = &typesetter->plans.at[i];
        if (known->face == segment->face && known->script == script && known->lang == lang &&
            known->variant == variant && known->right_to_left == right_to_left)
            return known->hb;
    }
    hb_segment_properties_t properties = {.direction =
                                              right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR,
                                          .script = script,
                                          .language = typesetter->langs.at[lang].hb};
    struct shape_plan plan = {.face = segment->face,
                              .script = script,
                              .lang = lang,
                              .variant = variant,
                              .right_to_left = right_to_left,
                              .hb = hb_shape_plan_create_cached(segment->face->hb_face, &properties,
                                                                features, feature_count, NULL)};
    VEC_PUSH(&typesetter->held, &typesetter->plans, plan);
    return plan.hb;
}

/* Capitals, each with the place of the letter it stands for: what is copied stays as written. */
static void add_upper(hb_buffer_t *buffer, const char *text, uint32_t start, uint32_t end) {
    for (const char *at = text + start, *stop = text + end; at < stop;) {
        uint32_t cluster = (uint32_t)(at - text);
        uint32_t code = utf8_next(&at, stop);
        UChar small[2], capital[8];
        int32_t units = 0;
        U16_APPEND_UNSAFE(small, units, code);
        UErrorCode error = U_ZERO_ERROR;
        int32_t made = u_strToUpper(capital, 8, small, units, "", &error);
        if (U_FAILURE(error) || made > 8) {
            hb_buffer_add(buffer, code, cluster);
            continue;
        }
        for (int32_t i = 0; i < made;) {
            UChar32 out;
            U16_NEXT(capital, i, made, out);
            hb_buffer_add(buffer, (hb_codepoint_t)out, cluster);
        }
    }
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
}

static int16_t clamp16(int32_t value) {
    return (int16_t)(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
}

static void shape_segment(struct typesetter *typesetter, const struct text_word *word,
                          const struct segment *segment, uint8_t variant, bool right_to_left,
                          struct glyph_run *run) {
    hb_buffer_t *buffer = typesetter->buffer;
    hb_buffer_clear_contents(buffer);
    if (segment->small)
        variant = (uint8_t)((variant & ~VARIANT_SMALL_CAPS) | VARIANT_UPPER);
    if (variant & VARIANT_UPPER)
        add_upper(buffer, word->text, segment->start, segment->end);
    else
        hb_buffer_add_utf8(buffer, word->text, (int)word->length, segment->start,
                           (int)(segment->end - segment->start));
    hb_script_t script = segment->script == HB_SCRIPT_COMMON ? HB_SCRIPT_LATIN : segment->script;
    hb_buffer_set_direction(buffer, right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, script);
    hb_buffer_set_language(buffer, typesetter->langs.at[word->lang].hb);
    hb_feature_t features[6];
    unsigned int feature_count = list_features(segment->face, variant, features);
    hb_shape_plan_t *plan = find_plan(typesetter, segment, script, word->lang, variant,
                                      right_to_left, features, feature_count);
    hb_shape_plan_execute(plan, segment->face->hb_font, buffer, features, feature_count);

    unsigned int count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    struct glyph *glyphs = ARENA_ARRAY(&typesetter->cache, struct glyph, count);
    int32_t width = 0;
    bool missing = false;
    int32_t apart = segment->small ? segment->face->units_per_em * SMALL_TRACKING / 100 : 0;
    for (unsigned int i = 0; i < count; i++) {
        glyphs[i] = (struct glyph){.id = (uint16_t)infos[i].codepoint,
                                   .x_offset = clamp16(positions[i].x_offset),
                                   .y_offset = clamp16(positions[i].y_offset),
                                   .advance = positions[i].x_advance + apart,
                                   .cluster = infos[i].cluster - segment->start};
        width += glyphs[i].advance;
        missing |= infos[i].codepoint == 0;
    }
    *run = (struct glyph_run){.face = segment->face,
                              .glyphs = glyphs,
                              .count = count,
                              .width = width,
                              .units = segment->face->units_per_em,
                              .right_to_left = right_to_left,
                              .missing = missing,
                              .small = segment->small,
                              .text = word->text + segment->start,
                              .length = segment->end - segment->start};
}

const struct word_runs *word_shape(struct typesetter *typesetter, struct text_word *word,
                                   const struct face *face, uint8_t variant, bool right_to_left) {
    for (struct word_runs *known = word->runs; known; known = known->next)
        if (known->face == face && known->variant == variant &&
            known->right_to_left == right_to_left)
            return known;
    enum { SMALL = 64 };
    struct segment few[SMALL];
    struct segment *segments =
        word->length <= SMALL ? few
                              : ARENA_ARRAY(&typesetter->scratch, struct segment, word->length);
    size_t count = split_word(typesetter->fonts, face, word, variant, segments);
    struct word_runs *runs =
        arena_alloc(&typesetter->cache, sizeof *runs + count * sizeof runs->runs[0]);
    runs->face = face;
    runs->variant = variant;
    runs->right_to_left = right_to_left;
    runs->count = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        shape_segment(typesetter, word, &segments[i], variant, right_to_left, &runs->runs[i]);
    runs->next = word->runs;
    word->runs = runs;
    return runs;
}

int32_t space_units(struct typesetter *typesetter, const struct face *face) {
    int32_t *units = &typesetter->space_units[face->index];
    if (*units < 0) {
        hb_codepoint_t glyph;
        *units = hb_font_get_nominal_glyph(face->hb_font, ' ', &glyph)
                     ? hb_font_get_glyph_h_advance(face->hb_font, glyph)
                     : face->units_per_em / 4;
    }
    return *units;
}
