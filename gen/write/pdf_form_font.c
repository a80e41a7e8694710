#include "write/pdf_form_font.h"

#include <hb-subset.h>

enum { SYMBOLIC = 4 };

/* Latin with its extensions for Europe's, Turkey's and Vietnam's languages, Greek, Cyrillic, marks
 * that combine, punctuation: what keyboards and word processors there give. */
static const struct range {
    uint16_t first, last;
} ranges[] = {{0x20, 0x7E},     {0xA0, 0x17F},    {0x192, 0x192},   {0x218, 0x21B},
              {0x2C6, 0x2DD},   {0x300, 0x328},   {0x384, 0x3CE},   {0x400, 0x45F},
              {0x490, 0x491},   {0x1E9E, 0x1E9E}, {0x1EA0, 0x1EF9}, {0x2010, 0x2027},
              {0x202F, 0x203A}, {0x20AC, 0x20AC}, {0x20B4, 0x20BD}, {0x2122, 0x2122},
              {0x2212, 0x2212}};

static const struct face *choose_face(const struct fonts *fonts, const struct text_style *answer) {
    const struct face *face = answer ? fonts_face(fonts, answer) : NULL;
    for (size_t i = 0; (!face || face->cff) && i < fonts->face_count; i++)
        face = &fonts->faces[i];
    return face && !face->cff ? face : NULL;
}

/* The characters that the face has. */
static hb_set_t *list_characters(const struct face *face) {
    hb_set_t *wanted = hb_set_create(), *found = hb_set_create();
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        hb_set_add_range(wanted, ranges[i].first, ranges[i].last);
    hb_face_collect_unicodes(face->hb_face, found);
    hb_set_intersect(found, wanted);
    hb_set_destroy(wanted);
    return found;
}

/* With the map from characters, which page fonts do without. */
static hb_face_t *make_subset(const struct face *face, const hb_set_t *characters) {
    static const hb_tag_t kept[] = {HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
                                    HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
                                    HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
                                    HB_TAG('c', 'm', 'a', 'p')};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_set(hb_subset_input_unicode_set(input), characters);
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_clear(dropped);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        hb_set_add(dropped, kept[i]);
    hb_set_invert(dropped);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_face_t *subset = hb_subset_or_fail(face->hb_face, input);
    hb_subset_input_destroy(input);
    return subset;
}

static const char *make_widths(const struct face *face, const hb_set_t *characters,
                               struct arena *arena) {
    struct buf out;
    buf_init(&out, arena);
    buf_putc(&out, '[');
    hb_codepoint_t first = HB_SET_VALUE_INVALID, last = HB_SET_VALUE_INVALID;
    while (hb_set_next_range(characters, &first, &last)) {
        buf_put_int(&out, first);
        for (hb_codepoint_t code = first; code <= last; code++) {
            hb_codepoint_t glyph = 0;
            hb_font_get_nominal_glyph(face->hb_font, code, &glyph);
            int64_t units = hb_font_get_glyph_h_advance(face->hb_font, glyph);
            buf_putc(&out, code == first ? '[' : ' ');
            buf_put_int(&out, (units * 1000 + face->units_per_em / 2) / face->units_per_em);
        }
        buf_putc(&out, ']');
    }
    buf_putc(&out, ']');
    return out.data;
}

static struct pdf_bytes make_glyphs(hb_face_t *subset, const hb_set_t *characters,
                                    struct arena *arena, struct pdf_deflater *deflater) {
    size_t size = 2 * ((size_t)hb_set_get_max(characters) + 1);
    unsigned char *map = arena_alloc_array(arena, size, 1);
    memset(map, 0, size);
    hb_font_t *font = hb_font_create(subset);
    for (hb_codepoint_t code = HB_SET_VALUE_INVALID; hb_set_next(characters, &code);) {
        hb_codepoint_t glyph = 0;
        hb_font_get_nominal_glyph(font, code, &glyph);
        map[2 * code] = (unsigned char)(glyph >> 8);
        map[2 * code + 1] = (unsigned char)glyph;
    }
    hb_font_destroy(font);
    return pdf_deflate(deflater, map, size);
}

/* A block of the map holds a hundred entries at most, and an entry one high byte (§9.10.3). */
static struct pdf_bytes make_to_unicode(const hb_set_t *characters, struct arena *arena,
                                        struct pdf_deflater *deflater) {
    enum { BLOCK = 100 };
    VEC(struct range) entries = {0};
    hb_codepoint_t first = HB_SET_VALUE_INVALID, last = HB_SET_VALUE_INVALID;
    while (hb_set_next_range(characters, &first, &last))
        for (hb_codepoint_t from = first, to; from <= last; from = to + 1) {
            to = last < (from | 255) ? last : (from | 255);
            VEC_PUSH(arena, &entries, ((struct range){(uint16_t)from, (uint16_t)to}));
        }
    struct buf out;
    buf_init(&out, arena);
    buf_puts(&out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                   "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < entries.count; i++) {
        size_t left = entries.count - i;
        if (i % BLOCK == 0)
            buf_printf(&out, "%zu beginbfrange\n", left < BLOCK ? left : (size_t)BLOCK);
        const struct range *entry = &entries.at[i];
        buf_printf(&out, "<%04X><%04X><%04X>\n", (unsigned)entry->first, (unsigned)entry->last,
                   (unsigned)entry->first);
        if (left == 1 || i % BLOCK == BLOCK - 1)
            buf_puts(&out, "endbfrange\n");
    }
    buf_puts(&out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
    return pdf_deflate(deflater, out.data, out.len);
}

struct form_font form_font_make(const struct fonts *fonts, const struct text_style *answer,
                                struct arena *arena, struct pdf_deflater *deflater) {
    struct form_font font = {.face = choose_face(fonts, answer)};
    if (!font.face)
        return font;
    hb_set_t *characters = list_characters(font.face);
    hb_face_t *subset = make_subset(font.face, characters);
    if (!subset || hb_set_is_empty(characters)) {
        hb_face_destroy(subset);
        hb_set_destroy(characters);
        return (struct form_font){0};
    }
    hb_blob_t *blob = hb_face_reference_blob(subset);
    unsigned size;
    const char *data = hb_blob_get_data(blob, &size);
    struct pdf_bytes program = {arena_strndup(arena, data, size), size};
    hb_blob_destroy(blob);
    face_note_embedded(font.face);
    font.name = pdf_font_subset_name(font.face, program, arena);
    font.program_size = size;
    font.program = pdf_deflate(deflater, program.data, program.size);
    font.widths = make_widths(font.face, characters, arena);
    font.glyphs = make_glyphs(subset, characters, arena, deflater);
    font.to_unicode = make_to_unicode(characters, arena, deflater);
    hb_face_destroy(subset);
    hb_set_destroy(characters);
    return font;
}

static struct pdf_dict *put_descendant(const struct form_font *font, struct pdf_file *file) {
    struct pdf_dict *program = pdf_stream_new(file, font->program, true);
    pdf_put_int(program, "Length1", (int32_t)font->program_size);
    struct pdf_dict *descriptor = pdf_font_put_descriptor(file, font->face, font->name, SYMBOLIC);
    pdf_put_dict(descriptor, "FontFile2", program);
    struct pdf_dict *cid =
        pdf_font_put_cid(file, "CIDFontType2", font->name, font->widths, descriptor);
    pdf_put_dict(cid, "CIDToGIDMap", pdf_stream_new(file, font->glyphs, true));
    return cid;
}

struct pdf_dict *form_font_put(const struct form_font *font, struct pdf_file *file,
                               struct pdf_dict *resources) {
    if (!font->face)
        return NULL;
    struct pdf_dict *dict = pdf_dict_new_indirect(file);
    pdf_put_name(dict, "Type", "Font");
    pdf_put_name(dict, "Subtype", "Type0");
    pdf_put_name(dict, "BaseFont", font->name);
    pdf_put_name(dict, "Encoding", "Identity-H");
    struct pdf_array *descendants = pdf_array_new(file);
    pdf_push_dict(descendants, put_descendant(font, file));
    pdf_put_array(dict, "DescendantFonts", descendants);
    pdf_put_dict(dict, "ToUnicode", pdf_stream_new(file, font->to_unicode, true));
    pdf_put_dict(resources, FORM_FONT, dict);
    return dict;
}
