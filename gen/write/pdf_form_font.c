#include "write/pdf_form_font.h"

#include <hb-subset.h>

enum { FIRST_CODE = 32, LAST_CODE = 255, NONSYMBOLIC = 32 };

/* WinAnsiEncoding's codes from 128 to 159; 0: none (Annex D.2). */
static const uint16_t high_codes[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static uint32_t unicode_of(int32_t code) {
    if (code >= 128 && code < 160)
        return high_codes[code - 128];
    return code == 127 ? 0 : (uint32_t)code;
}

static const struct face *choose_face(const struct fonts *fonts, const struct text_style *answer) {
    const struct face *face = answer ? fonts_face(fonts, answer) : NULL;
    for (size_t i = 0; (!face || face->cff) && i < fonts->face_count; i++)
        face = &fonts->faces[i];
    return face && !face->cff ? face : NULL;
}

/* What a simple font needs beside a Type0 font's tables is the map from characters. */
static hb_face_t *make_subset(const struct face *face) {
    static const hb_tag_t kept[] = {HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
                                    HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
                                    HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
                                    HB_TAG('c', 'm', 'a', 'p')};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    for (int32_t code = FIRST_CODE; code <= LAST_CODE; code++)
        if (unicode_of(code))
            hb_set_add(hb_subset_input_unicode_set(input), unicode_of(code));
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

static const char *make_widths(const struct face *face, struct arena *arena) {
    struct buf out;
    buf_init(&out, arena);
    for (int32_t code = FIRST_CODE; code <= LAST_CODE; code++) {
        hb_codepoint_t glyph = 0;
        hb_font_get_nominal_glyph(face->hb_font, unicode_of(code), &glyph);
        buf_putc(&out, code == FIRST_CODE ? '[' : ' ');
        int64_t units = glyph ? hb_font_get_glyph_h_advance(face->hb_font, glyph) : 0;
        buf_put_int(&out, (units * 1000 + face->units_per_em / 2) / face->units_per_em);
    }
    buf_putc(&out, ']');
    return out.data;
}

static struct pdf_bytes make_to_unicode(struct arena *arena, struct pdf_deflater *deflater) {
    struct buf out;
    buf_init(&out, arena);
    size_t count = 0;
    for (size_t i = 0; i < 32; i++)
        count += high_codes[i] != 0;
    buf_printf(&out,
               "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
               "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
               "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
               "1 begincodespacerange\n<00><FF>\nendcodespacerange\n"
               "2 beginbfrange\n<20><7E><0020>\n<A0><FF><00A0>\nendbfrange\n%zu beginbfchar\n",
               count);
    for (unsigned i = 0; i < 32; i++)
        if (high_codes[i])
            buf_printf(&out, "<%02X><%04X>\n", 128 + i, (unsigned)high_codes[i]);
    buf_puts(&out, "endbfchar\nendcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
    return pdf_deflate(deflater, out.data, out.len);
}

struct form_font form_font_make(const struct fonts *fonts, const struct text_style *answer,
                                struct arena *arena, struct pdf_deflater *deflater) {
    struct form_font font = {.face = choose_face(fonts, answer)};
    hb_face_t *subset = font.face ? make_subset(font.face) : NULL;
    if (!subset)
        return (struct form_font){0};
    hb_blob_t *blob = hb_face_reference_blob(subset);
    unsigned size;
    const char *data = hb_blob_get_data(blob, &size);
    struct pdf_bytes program = {arena_strndup(arena, data, size), size};
    hb_blob_destroy(blob);
    hb_face_destroy(subset);
    face_note_embedded(font.face);
    font.name = pdf_font_subset_name(font.face, program, arena);
    font.program_size = size;
    font.program = pdf_deflate(deflater, program.data, program.size);
    font.widths = make_widths(font.face, arena);
    font.to_unicode = make_to_unicode(arena, deflater);
    return font;
}

struct pdf_dict *form_font_put(const struct form_font *font, struct pdf_file *file,
                               struct pdf_dict *resources) {
    if (!font->face)
        return NULL;
    struct pdf_dict *program = pdf_stream_new(file, font->program, true);
    pdf_put_int(program, "Length1", (int32_t)font->program_size);
    struct pdf_dict *descriptor =
        pdf_font_put_descriptor(file, font->face, font->name, NONSYMBOLIC);
    pdf_put_dict(descriptor, "FontFile2", program);
    struct pdf_dict *dict =
        pdf_dict_new_raw_tail(file, arena_printf(pdf_file_arena(file), "/Widths%s", font->widths));
    pdf_put_name(dict, "Type", "Font");
    pdf_put_name(dict, "Subtype", "TrueType");
    pdf_put_name(dict, "BaseFont", font->name);
    pdf_put_name(dict, "Encoding", "WinAnsiEncoding");
    pdf_put_int(dict, "FirstChar", FIRST_CODE);
    pdf_put_int(dict, "LastChar", LAST_CODE);
    pdf_put_dict(dict, "FontDescriptor", descriptor);
    pdf_put_dict(dict, "ToUnicode", pdf_stream_new(file, font->to_unicode, true));
    pdf_put_dict(resources, FORM_FONT, dict);
    return dict;
}
