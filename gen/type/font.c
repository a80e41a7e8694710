#include "type/font.h"

#include "base/hash.h"
#include "base/vec.h"

#include <hb-ot.h>

/* Big-endian fields of a table; those past its end are 0. */
static uint16_t table_u16(hb_blob_t *table, unsigned int offset) {
    unsigned int size;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(table, &size);
    return offset + 2 <= size ? (uint16_t)(bytes[offset] << 8 | bytes[offset + 1]) : 0;
}

static int16_t table_i16(hb_blob_t *table, unsigned int offset) {
    return (int16_t)table_u16(table, offset);
}

static bool has_table(hb_face_t *face, hb_tag_t tag) {
    hb_blob_t *table = hb_face_reference_table(face, tag);
    bool found = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return found;
}

/* The metrics that HarfBuzz does not hand out: ISO/IEC 14496-22, head, post and OS/2. */
static void read_metrics(struct face *face) {
    hb_blob_t *head = hb_face_reference_table(face->hb_face, HB_TAG('h', 'e', 'a', 'd'));
    for (unsigned int i = 0; i < 4; i++)
        face->bbox[i] = table_i16(head, 36 + 2 * i);
    hb_blob_destroy(head);

    hb_blob_t *post = hb_face_reference_table(face->hb_face, HB_TAG('p', 'o', 's', 't'));
    int32_t angle = (int32_t)((uint32_t)table_u16(post, 4) << 16 | table_u16(post, 6));
    face->italic_angle_centideg = (int16_t)((int64_t)angle * 100 / 65536);
    face->fixed_pitch = table_u16(post, 12) || table_u16(post, 14);
    hb_blob_destroy(post);

    hb_blob_t *os2 = hb_face_reference_table(face->hb_face, HB_TAG('O', 'S', '/', '2'));
    face->weight = table_i16(os2, 4);
    int family_class = table_u16(os2, 30) >> 8;
    int panose_style = table_u16(os2, 32) & 0xFF; /* bSerifStyle follows bFamilyType */
    face->serif = (family_class >= 1 && family_class <= 7 && family_class != 6) ||
                  (panose_style >= 2 && panose_style <= 10);
    if (table_u16(os2, 0) >= 2) {
        face->x_height = table_i16(os2, 86);
        face->cap_height = table_i16(os2, 88);
    }
    hb_blob_destroy(os2);

    hb_font_extents_t extents;
    hb_font_get_h_extents(face->hb_font, &extents);
    face->ascender = (int16_t)extents.ascender;
    face->descender = (int16_t)extents.descender;
    if (face->cap_height == 0)
        face->cap_height = (int16_t)(face->units_per_em * 7 / 10);
    if (face->x_height == 0)
        face->x_height = (int16_t)(face->units_per_em / 2);
}

static void read_features(struct face *face) {
    static const struct {
        hb_tag_t tag;
        uint32_t feature;
    } known[] = {
        {HB_TAG('s', 'm', 'c', 'p'), FEATURE_SMALL_CAPS},
        {HB_TAG('t', 'n', 'u', 'm'), FEATURE_TABULAR},
        {HB_TAG('o', 'n', 'u', 'm'), FEATURE_OLD_STYLE},
        {HB_TAG('l', 'n', 'u', 'm'), FEATURE_LINING},
    };
    hb_tag_t tags[64];
    unsigned int total =
        hb_ot_layout_table_get_feature_tags(face->hb_face, HB_OT_TAG_GSUB, 0, NULL, NULL);
    for (unsigned int start = 0; start < total;) {
        unsigned int count = sizeof tags / sizeof *tags;
        hb_ot_layout_table_get_feature_tags(face->hb_face, HB_OT_TAG_GSUB, start, &count, tags);
        if (count == 0)
            break;
        for (unsigned int i = 0; i < count; i++)
            for (size_t k = 0; k < sizeof known / sizeof *known; k++)
                if (tags[i] == known[k].tag)
                    face->features |= known[k].feature;
        start += count;
    }
}

static void read_ascii(struct face *face) {
    for (hb_codepoint_t code = ' '; code < 0x7F; code++) {
        hb_codepoint_t glyph;
        if (hb_font_get_nominal_glyph(face->hb_font, code, &glyph))
            face->ascii[code / 32] |= 1u << code % 32;
    }
}

static void read_names(struct arena *run, struct face *face) {
    char name[128];
    unsigned int size = sizeof name;
    hb_ot_name_get_utf8(face->hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size,
                        name);
    if (size == 0)
        size = (unsigned int)snprintf(name, sizeof name, "Face%u", face->index);
    /* It becomes a PDF name: only what needs no escape there (ISO 32000-1, 7.3.5). */
    char *kept = arena_alloc(run, size + 1);
    size_t length = 0;
    for (unsigned int i = 0; i < size && i < sizeof name - 1 && name[i]; i++)
        if ((name[i] >= 'A' && name[i] <= 'Z') || (name[i] >= 'a' && name[i] <= 'z') ||
            (name[i] >= '0' && name[i] <= '9') || name[i] == '-')
            kept[length++] = name[i];
    face->postscript_name = length ? kept : arena_printf(run, "Face%u", face->index);
}

/* Fills a record whose path is set. False, with nothing held, if the file is no font. */
static bool face_open(struct arena *run, struct face *face, const char **reason) {
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(face->path);
    if (!blob) {
        *reason = "no such file, or no permission";
        return false;
    }
    hb_face_t *hb_face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    face->cff = has_table(hb_face, HB_TAG('C', 'F', 'F', ' '));
    if (hb_face_get_glyph_count(hb_face) == 0 || !has_table(hb_face, HB_TAG('c', 'm', 'a', 'p')) ||
        !(face->cff || has_table(hb_face, HB_TAG('g', 'l', 'y', 'f')))) {
        hb_face_destroy(hb_face);
        *reason = "not a TrueType or OpenType font";
        return false;
    }
    hb_face_make_immutable(hb_face);
    face->hb_face = hb_face;
    face->units_per_em = (uint16_t)hb_face_get_upem(hb_face);
    face->hb_font = hb_font_create(hb_face);
    hb_font_make_immutable(face->hb_font);
    read_metrics(face);
    read_features(face);
    read_ascii(face);
    read_names(run, face);
    return true;
}

struct opening {
    struct arena *run;
    struct diag *diag;
    struct fonts *fonts;
    bool failed;
};

/* The record of a file, opened if it is new; NULL if it cannot be. */
static const struct face *add_face(struct opening *opening, const struct theme_font *font,
                                   enum font_face style, bool needed) {
    struct fonts *fonts = opening->fonts;
    for (size_t i = 0; i < fonts->face_count; i++)
        if (!fonts->faces[i].embolden && strcmp(fonts->faces[i].path, font->path) == 0)
            return &fonts->faces[i];
    struct face *face = &fonts->faces[fonts->face_count];
    *face = (struct face){.index = (uint32_t)fonts->face_count,
                          .path = font->path,
                          .style = (uint8_t)style,
                          .at = font->at,
                          .sha256 = font->sha256,
                          .embedded = ARENA_NEW(opening->run, atomic_bool)};
    const char *reason;
    if (!face_open(opening->run, face, &reason)) {
        diag_report(opening->diag, needed ? DIAG_FONT_NOT_OPENED : DIAG_FONT_NO_FALLBACK, font->at,
                    font->path, reason);
        opening->failed |= needed;
        return NULL;
    }
    fonts->face_count++;
    return face;
}

/* A face that a family lacks is its regular one; a family that the theme lacks is the text's. */
static void fill_families(struct fonts *fonts) {
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (int face = 0; face < FACE_COUNT; face++) {
            const struct face **slot = &fonts->by_family[family][face];
            if (!*slot)
                *slot = fonts->by_family[family][FACE_REGULAR];
            if (!*slot)
                *slot = fonts->by_family[FAMILY_TEXT][face];
        }
}

/* The same outlines under a number of their own: as a font of the file they are another one. */
static const struct face *add_emboldened(struct opening *opening, const struct face *regular) {
    struct fonts *fonts = opening->fonts;
    struct face *face = &fonts->faces[fonts->face_count];
    *face = *regular;
    face->index = (uint32_t)fonts->face_count++;
    face->style = FACE_BOLD;
    face->embolden = true;
    hb_face_reference(face->hb_face);
    hb_font_reference(face->hb_font);
    return face;
}

/* False if the regular face cannot be opened. */
static bool add_fallback(struct opening *opening, const struct theme_fallback *theme,
                         struct fallback *fallback) {
    const struct face **faces = fallback->faces;
    for (int i = 0; i < FACE_COUNT; i++)
        faces[i] = theme->faces[i].path
                       ? add_face(opening, &theme->faces[i], (enum font_face)i, false)
                       : NULL;
    const struct face *regular = faces[FACE_REGULAR];
    if (!regular)
        return false;
    if (!faces[FACE_BOLD])
        faces[FACE_BOLD] = theme->embolden ? add_emboldened(opening, regular) : regular;
    if (!faces[FACE_ITALIC])
        faces[FACE_ITALIC] = regular;
    if (!faces[FACE_BOLD_ITALIC])
        faces[FACE_BOLD_ITALIC] = faces[FACE_BOLD];
    fallback->script = theme->script ? hb_script_from_string(theme->script, -1) : HB_SCRIPT_INVALID;
    return true;
}

struct fonts *fonts_open(struct arena *run, struct diag *diag, const struct theme *theme) {
    struct fonts *fonts = ARENA_NEW(run, struct fonts);
    struct opening opening = {.run = run, .diag = diag, .fonts = fonts};
    fonts->faces =
        ARENA_ARRAY(run, struct face, (FAMILY_COUNT + theme->fallback_count) * FACE_COUNT);
    for (int family = 0; family < FAMILY_COUNT; family++)
        for (int face = 0; face < FACE_COUNT; face++)
            if (theme->fonts[family][face].path)
                fonts->by_family[family][face] =
                    add_face(&opening, &theme->fonts[family][face], (enum font_face)face, true);
    if (!theme->fonts[FAMILY_TEXT][FACE_REGULAR].path) {
        struct span at = {.source = theme->source};
        diag_report(diag, DIAG_FONT_NEEDED, at, "text");
        opening.failed = true;
    }
    struct fallback *fallbacks = ARENA_ARRAY(run, struct fallback, theme->fallback_count);
    for (size_t i = 0; i < theme->fallback_count; i++)
        fonts->fallback_count +=
            add_fallback(&opening, &theme->fallbacks[i], &fallbacks[fonts->fallback_count]);
    fonts->fallbacks = fallbacks;
    if (opening.failed) {
        fonts_close(fonts);
        return NULL;
    }
    fill_families(fonts);
    return fonts;
}

void face_note_embedded(const struct face *face) {
    atomic_store_explicit(face->embedded, true, memory_order_relaxed);
}

void fonts_verify(struct fonts *fonts, struct diag *diag) {
    for (size_t i = 0; i < fonts->face_count; i++) {
        struct face *face = &fonts->faces[i];
        if (!face->sha256 || face->verified ||
            !atomic_load_explicit(face->embedded, memory_order_relaxed))
            continue;
        face->verified = true;
        hb_blob_t *blob = hb_face_reference_blob(face->hb_face);
        unsigned int size;
        const char *bytes = hb_blob_get_data(blob, &size);
        char hex[SHA256_HEX];
        sha256_hex(bytes, size, hex);
        hb_blob_destroy(blob);
        if (strcmp(hex, face->sha256) != 0)
            diag_report(diag, DIAG_FONT_CHANGED, face->at, face->path, hex);
    }
}

void fonts_close(struct fonts *fonts) {
    if (!fonts)
        return;
    for (size_t i = 0; i < fonts->face_count; i++) {
        hb_font_destroy(fonts->faces[i].hb_font);
        hb_face_destroy(fonts->faces[i].hb_face);
    }
    fonts->face_count = 0;
}

const struct face *fonts_face(const struct fonts *fonts, const struct text_style *style) {
    int family = style->family < FAMILY_COUNT ? style->family : FAMILY_TEXT;
    int face = style->face < FACE_COUNT ? style->face : FACE_REGULAR;
    return fonts->by_family[family][face];
}
