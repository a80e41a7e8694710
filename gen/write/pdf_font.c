#include "write/pdf_font.h"

#include "base/hash.h"
#include "base/pool.h"
#include "write/pdf_cff.h"
#include "write/pdf_text.h"

#include <hb-subset.h>
#include <stdio.h>
#include <stdlib.h>

/* What a reader of PDF needs of a TrueType font (§9.9), and where a CFF program is found. */
static const hb_tag_t kept_tables[] = {
    HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('h', 'e', 'a', 'd'),
    HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'),
    HB_TAG('C', 'F', 'F', ' '),
};

static hb_subset_input_t *subset_input(const struct face_use *use) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return NULL;
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    hb_set_add(glyphs, 0);
    for (size_t i = 0; i < use->glyphs.count; i++)
        hb_set_add(glyphs, use->glyphs.at[i]);
    hb_set_t *dropped = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    hb_set_clear(dropped);
    for (size_t i = 0; i < sizeof kept_tables / sizeof *kept_tables; i++)
        hb_set_add(dropped, kept_tables[i]);
    hb_set_invert(dropped);
    unsigned flags = HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    hb_subset_input_set_flags(input, use->face->cff ? flags : flags | HB_SUBSET_FLAGS_RETAIN_GIDS);
    return input;
}

/* A CFF program's glyphs are numbered anew, and a reader finds them by the charset's character
 * identifiers if the font has them, else by number (§9.7.4.2). */
static void set_cff_codes(const struct face_use *use, const hb_map_t *new_glyphs,
                          struct pdf_bytes program) {
    for (size_t i = 0; i < use->glyphs.count; i++) {
        uint16_t glyph = use->glyphs.at[i];
        uint32_t renumbered = new_glyphs ? hb_map_get(new_glyphs, glyph) : glyph;
        uint16_t code = cff_character_id(program.data, program.size, (uint16_t)renumbered);
        for (struct glyph_use *text = use->by_glyph[glyph]; text; text = text->next)
            text->code = code;
    }
}

static struct pdf_bytes copy_blob(struct arena *arena, hb_blob_t *blob) {
    unsigned size;
    const char *data = hb_blob_get_data(blob, &size);
    return (struct pdf_bytes){arena_strndup(arena, data, size), size};
}

/* The subset's font program; all of the font if it cannot be subset. */
static struct pdf_bytes make_program(const struct face_use *use, struct arena *arena) {
    hb_subset_input_t *input = subset_input(use);
    hb_subset_plan_t *plan =
        input ? hb_subset_plan_create_or_fail(use->face->hb_face, input) : NULL;
    hb_face_t *subset = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    hb_face_t *face = subset ? subset : use->face->hb_face;
    hb_blob_t *blob = use->face->cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '))
                                     : hb_face_reference_blob(face);
    struct pdf_bytes program = copy_blob(arena, blob);
    if (use->face->cff)
        set_cff_codes(use, subset ? hb_subset_plan_old_to_new_glyph_mapping(plan) : NULL, program);
    hb_blob_destroy(blob);
    hb_face_destroy(subset);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return program;
}

/* Uses of a face in order of their codes. */
struct coded {
    uint16_t code;
    const struct glyph_use *first; /* of the glyph */
};

static int compare_coded(const void *left, const void *right) {
    return ((const struct coded *)left)->code - ((const struct coded *)right)->code;
}

static struct coded *list_codes(const struct face_use *use, struct arena *arena) {
    struct coded *list = ARENA_ARRAY(arena, struct coded, use->glyphs.count);
    for (size_t i = 0; i < use->glyphs.count; i++) {
        const struct glyph_use *first = use->by_glyph[use->glyphs.at[i]];
        list[i] = (struct coded){first->code, first};
    }
    qsort(list, use->glyphs.count, sizeof *list, compare_coded);
    return list;
}

static const char *make_widths(const struct coded *list, size_t count, struct arena *arena) {
    struct buf out;
    buf_init(&out, arena);
    buf_putc(&out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || list[i].code != list[i - 1].code + 1) {
            if (i)
                buf_putc(&out, ']');
            buf_put_int(&out, list[i].code);
            buf_putc(&out, '[');
        } else {
            buf_putc(&out, ' ');
        }
        buf_put_fixed(&out, list[i].first->width, 3);
    }
    buf_puts(&out, count ? "]]" : "]");
    return out.data;
}

/* The text of a glyph in a variant: its own there, or its first. */
static const struct glyph_use *use_in_variant(const struct glyph_use *first, uint8_t variant) {
    for (const struct glyph_use *use = first; use; use = use->next)
        if (use->variant == variant)
            return use;
    return first;
}

/* ISO 32000-1 §9.10.3; blocks hold at most 100 entries. */
static struct pdf_bytes make_to_unicode(const struct coded *list, size_t count, uint8_t variant,
                                        struct arena *arena, struct pdf_deflater *deflater) {
    struct buf out;
    buf_init(&out, arena);
    buf_puts(&out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                   "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (size_t i = 0; i < count; i++) {
        if (i % 100 == 0)
            buf_printf(&out, "%s%zu beginbfchar\n", i ? "endbfchar\n" : "",
                       count - i < 100 ? count - i : 100);
        const struct glyph_use *use = use_in_variant(list[i].first, variant);
        buf_printf(&out, "<%04X><", list[i].code);
        pdf_text_utf16_hex(&out, use->text, use->length);
        buf_puts(&out, ">\n");
    }
    buf_puts(&out, count ? "endbfchar\n" : "");
    buf_puts(&out, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend");
    return pdf_deflate(deflater, out.data, out.len);
}

/* Six letters that say which subset this is (§9.6.4), then the name without what a name object
 * would have to escape. */
const char *pdf_font_subset_name(const struct face *face, struct pdf_bytes program,
                                 struct arena *arena) {
    unsigned char digest[32];
    char tag[7] = "";
    sha256_bytes(program.data, program.size, digest);
    for (int i = 0; i < 6; i++)
        tag[i] = (char)('A' + digest[i] % 26);
    struct buf name;
    buf_init(&name, arena);
    buf_printf(&name, "%s+", tag);
    const char *plain =
        face->postscript_name && *face->postscript_name ? face->postscript_name : "Font";
    for (const char *at = plain; *at && name.len < 100; at++)
        if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
            (*at >= '0' && *at <= '9') || *at == '-')
            buf_putc(&name, *at);
    return name.data;
}

static void make_font(struct pdf_font *font, const struct face_use *use, struct arena *arena,
                      struct pdf_deflater *deflater) {
    struct pdf_bytes program = make_program(use, arena);
    font->face = use->face;
    face_note_embedded(font->face);
    font->variants = use->variants;
    font->name = pdf_font_subset_name(use->face, program, arena);
    font->program_size = program.size;
    font->program = pdf_deflate(deflater, program.data, program.size);
    struct coded *list = list_codes(use, arena);
    font->widths = make_widths(list, use->glyphs.count, arena);
    font->to_unicode = ARENA_ARRAY(arena, struct pdf_bytes, font->variants);
    for (uint8_t k = 0; k < font->variants; k++)
        font->to_unicode[k] = make_to_unicode(list, use->glyphs.count, k, arena, deflater);
}

/* What its worker needs to make some of the fonts. */
struct font_making {
    struct pdf_fonts *fonts;
    const struct face_use **uses; /* of each font */
    struct arena *arenas;         /* by worker */
    struct pdf_deflater *deflaters;
};

static void make_one(void *context, size_t worker, size_t font) {
    struct font_making *making = context;
    make_font(&making->fonts->fonts[font], making->uses[font], &making->arenas[worker],
              &making->deflaters[worker]);
}

void pdf_fonts_make(struct pdf_fonts *fonts, struct arena *arenas, struct pdf_deflater *deflaters,
                    size_t threads) {
    glyph_set_freeze(&fonts->glyphs);
    size_t faces = fonts->glyphs.fonts->face_count;
    struct font_making making = {fonts, ARENA_ARRAY(arenas, const struct face_use *, faces), arenas,
                                 deflaters};
    for (size_t i = 0; i < faces; i++)
        if (fonts->glyphs.faces[i].glyphs.count)
            making.uses[fonts->count++] = &fonts->glyphs.faces[i];
    fonts->fonts = ARENA_ARRAY(arenas, struct pdf_font, fonts->count);
    pool_run(threads, fonts->count, make_one, &making);
}

const char *pdf_font_resource(const struct pdf_fonts *fonts, const struct face *face,
                              uint8_t variant, char out[16]) {
    snprintf(out, 16, "%c%u%.*s", fonts->letter, face->index % 100000, variant ? 1 : 0,
             &"abcdefghijklmnopqrstuvwxyz"[variant ? variant - 1 : 0]);
    return out;
}

/* ---- into a file ---- */

/* §9.8.2: FixedPitch 1, Serif 2, Symbolic 4, Nonsymbolic 32, Italic 64. */
enum { FLAG_SYMBOLIC = 4 };
static int32_t descriptor_flags(const struct face *face) {
    return (face->fixed_pitch ? 1 : 0) | (face->serif ? 2 : 0) |
           (face->italic_angle_centideg ? 64 : 0);
}

static double em_thousandths(const struct face *face, int32_t units) {
    return (double)((int64_t)units * 1000 / face->units_per_em);
}

struct pdf_dict *pdf_font_put_descriptor(struct pdf_file *file, const struct face *face,
                                         const char *name, int32_t flags) {
    struct pdf_dict *descriptor = pdf_dict_new_indirect(file);
    pdf_put_name(descriptor, "Type", "FontDescriptor");
    pdf_put_name(descriptor, "FontName", name);
    pdf_put_int(descriptor, "Flags", descriptor_flags(face) | flags);
    double box[4];
    for (int i = 0; i < 4; i++)
        box[i] = em_thousandths(face, face->bbox[i]);
    pdf_put_rect(file, descriptor, "FontBBox", box);
    pdf_put_real(descriptor, "ItalicAngle", face->italic_angle_centideg / 100.0);
    pdf_put_real(descriptor, "Ascent", em_thousandths(face, face->ascender));
    pdf_put_real(descriptor, "Descent", em_thousandths(face, face->descender));
    pdf_put_real(descriptor, "CapHeight", em_thousandths(face, face->cap_height));
    pdf_put_real(descriptor, "XHeight", em_thousandths(face, face->x_height));
    /* Fonts do not tell their stems; this is the usual guess from the weight class. */
    pdf_put_int(descriptor, "StemV", 50 + face->weight * face->weight / 4225);
    return descriptor;
}

static struct pdf_dict *put_descriptor(struct pdf_file *file, const struct pdf_font *font) {
    const struct face *face = font->face;
    struct pdf_dict *descriptor = pdf_font_put_descriptor(file, face, font->name, FLAG_SYMBOLIC);
    struct pdf_dict *program = pdf_stream_new(file, font->program, true);
    if (face->cff)
        pdf_put_name(program, "Subtype", "CIDFontType0C");
    else
        pdf_put_int(program, "Length1", (int32_t)font->program_size);
    pdf_put_dict(descriptor, face->cff ? "FontFile3" : "FontFile2", program);
    return descriptor;
}

struct pdf_dict *pdf_font_put_cid(struct pdf_file *file, const char *kind, const char *name,
                                  const char *widths, struct pdf_dict *descriptor) {
    struct pdf_dict *cid =
        pdf_dict_new_raw_tail(file, arena_printf(pdf_file_arena(file), "/W%s", widths));
    pdf_put_name(cid, "Type", "Font");
    pdf_put_name(cid, "Subtype", kind);
    pdf_put_name(cid, "BaseFont", name);
    struct pdf_dict *system = pdf_dict_new(file);
    pdf_put_text(file, system, "Registry", "Adobe");
    pdf_put_text(file, system, "Ordering", "Identity");
    pdf_put_int(system, "Supplement", 0);
    pdf_put_dict(cid, "CIDSystemInfo", system);
    pdf_put_dict(cid, "FontDescriptor", descriptor);
    return cid;
}

static struct pdf_dict *put_descendant(struct pdf_file *file, const struct pdf_font *font) {
    struct pdf_dict *descriptor = put_descriptor(file, font);
    struct pdf_dict *cid = pdf_font_put_cid(file, font->face->cff ? "CIDFontType0" : "CIDFontType2",
                                            font->name, font->widths, descriptor);
    if (!font->face->cff)
        pdf_put_name(cid, "CIDToGIDMap", "Identity");
    return cid;
}

void pdf_fonts_put(const struct pdf_fonts *fonts, struct pdf_file *file,
                   struct pdf_dict *resources) {
    for (size_t i = 0; i < fonts->count; i++) {
        const struct pdf_font *font = &fonts->fonts[i];
        struct pdf_dict *descendant = put_descendant(file, font);
        for (uint8_t k = 0; k < font->variants; k++) {
            char resource[16];
            struct pdf_dict *type0 = pdf_dict_new_indirect(file);
            pdf_put_name(type0, "Type", "Font");
            pdf_put_name(type0, "Subtype", "Type0");
            pdf_put_name(type0, "BaseFont", font->name);
            pdf_put_name(type0, "Encoding", "Identity-H");
            struct pdf_array *descendants = pdf_array_new(file);
            pdf_push_dict(descendants, descendant);
            pdf_put_array(type0, "DescendantFonts", descendants);
            pdf_put_dict(type0, "ToUnicode", pdf_stream_new(file, font->to_unicode[k], true));
            pdf_put_dict(resources, pdf_font_resource(fonts, font->face, k, resource), type0);
        }
    }
}
