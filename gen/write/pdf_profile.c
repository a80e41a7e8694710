#include "write/pdf_profile.h"

#include <string.h>

enum { HEADER_SIZE = 128, ENTRY_SIZE = 12 };

/* Numbers are s15Fixed16, sixteen bits behind the point. The primaries and the white of
 * IEC 61966-2-1, adapted from D65 to the profile's D50 as Bradford does; the matrix that does it. */
#define D50 0xF6D6, 0x10000, 0xD32D
static const uint32_t white[] = {D50}, red[] = {0x6FA2, 0x38F5, 0x0390},
                      green[] = {0x6299, 0xB785, 0x18DA}, blue[] = {0x24A0, 0x0F84, 0xB6CF};
static const uint32_t adaptation[] = {0x10C45,    0x05E0,     0xFFFFF327, 0x0796, 0xFD8D,
                                      0xFFFFFBA1, 0xFFFFFDA2, 0x03DB,     0xC07B};
/* y = ((x + 0.055) / 1.055)^2.4 from 0.04045 on, x / 12.92 below: g, a, b, c, d of function 3. */
static const uint32_t curve[] = {3 << 16, 0x26666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B};

static const char description[] = "sRGB", licence[] = "CC0";

/* A tag's data: type, then words or a text. Tags that share data stand behind one another. */
struct tag {
    char name[5], type[5];
    const uint32_t *words;
    size_t count;
    const char *text;
};

#define WORDS(array) array, sizeof(array) / sizeof *(array), NULL
static const struct tag tags[] = {
    {"desc", "mluc", NULL, 0, description}, {"cprt", "mluc", NULL, 0, licence},
    {"wtpt", "XYZ ", WORDS(white)},         {"chad", "sf32", WORDS(adaptation)},
    {"rXYZ", "XYZ ", WORDS(red)},           {"gXYZ", "XYZ ", WORDS(green)},
    {"bXYZ", "XYZ ", WORDS(blue)},          {"rTRC", "para", WORDS(curve)},
    {"gTRC", "para", WORDS(curve)},         {"bTRC", "para", WORDS(curve)},
};
enum { TAG_COUNT = sizeof tags / sizeof *tags };

static void put_u32(struct buf *out, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_putc(out, (char)(value >> shift & 255));
}

static void put_words(struct buf *out, const uint32_t *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        put_u32(out, words[i]);
}

/* One text, in the English of the United States as all profiles have it; of ASCII, as UTF-16. */
static void put_text(struct buf *out, const char *text) {
    size_t length = strlen(text);
    put_words(out, (uint32_t[]){1, 12, 0x656E5553, (uint32_t)length * 2, 28}, 5);
    for (size_t i = 0; i < length; i++) {
        buf_putc(out, 0);
        buf_putc(out, text[i]);
    }
    while (out->len % 4)
        buf_putc(out, 0);
}

static void put_data(struct buf *out, const struct tag *tag) {
    buf_puts(out, tag->type);
    put_u32(out, 0);
    if (tag->text)
        put_text(out, tag->text);
    else
        put_words(out, tag->words, tag->count);
}

/* Size, no preferred module, version, a display's RGB to XYZ, made when sRGB was, and D50 light. */
static void put_header(struct buf *out, uint32_t size) {
    put_words(out, (uint32_t[]){size, 0, 0x04200000}, 3);
    buf_puts(out, "mntrRGB XYZ ");
    put_words(out, (uint32_t[]){1999 << 16 | 10, 18 << 16, 0}, 3);
    buf_puts(out, "acsp");
    put_words(out, (uint32_t[]){0, 0, 0, 0, 0, 0, 0, D50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 22);
}

void profile_put_srgb(struct buf *out) {
    struct buf data;
    uint32_t offsets[TAG_COUNT], sizes[TAG_COUNT];
    uint32_t first = HEADER_SIZE + 4 + TAG_COUNT * ENTRY_SIZE;
    buf_init(&data, out->arena);
    for (size_t i = 0; i < TAG_COUNT; i++) {
        bool shared = i > 0 && tags[i].words && tags[i].words == tags[i - 1].words;
        offsets[i] = shared ? offsets[i - 1] : first + (uint32_t)data.len;
        if (!shared)
            put_data(&data, &tags[i]);
        sizes[i] = first + (uint32_t)data.len - offsets[i];
    }
    put_header(out, first + (uint32_t)data.len);
    put_u32(out, TAG_COUNT);
    for (size_t i = 0; i < TAG_COUNT; i++) {
        buf_puts(out, tags[i].name);
        put_words(out, (uint32_t[]){offsets[i], sizes[i]}, 2);
    }
    buf_put(out, data.data, data.len);
}

void output_intent_put(struct pdf_file *file) {
    struct buf profile;
    buf_init(&profile, pdf_file_arena(file));
    profile_put_srgb(&profile);
    struct pdf_dict *stream = pdf_stream_new_packed(file, profile.data, profile.len);
    pdf_put_int(stream, "N", 3);
    struct pdf_dict *intent = pdf_dict_new(file);
    pdf_put_name(intent, "Type", "OutputIntent");
    pdf_put_name(intent, "S", "GTS_PDFA1");
    pdf_put_text(file, intent, "OutputConditionIdentifier", "sRGB");
    pdf_put_text(file, intent, "Info", "sRGB (IEC 61966-2-1)");
    pdf_put_dict(intent, "DestOutputProfile", stream);
    struct pdf_array *intents = pdf_array_new(file);
    pdf_push_dict(intents, intent);
    pdf_put_array(pdf_file_catalog(file), "OutputIntents", intents);
}
