/* The library writes a workbook without cells; here the sheets' parts are unpacked, get their cells and
 * the lines in them, and the archive is put together anew (APPNOTE.TXT 6.3, without ZIP64: the library
 * was told to make none). */
#include "write/xlsx_internal.h"

#include <zlib.h>

enum { LOCAL = 0x04034B50, CENTRAL = 0x02014B50, END = 0x06054B50 };
enum { LOCAL_SIZE = 30, CENTRAL_SIZE = 46, END_SIZE = 22, DEFLATED = 8 };
enum { LEVEL = 5 }; /* a sixth faster than 6, and half a per cent larger */

struct entry {
    const unsigned char *central;
    const unsigned char *data;   /* as packed */
    size_t name_size, tail_size; /* tail: extra field and comment */
    uint32_t packed, size, crc;
};

static uint32_t read16(const unsigned char *at) { return (uint32_t)at[0] | (uint32_t)at[1] << 8; }

static uint32_t read32(const unsigned char *at) { return read16(at) | read16(at + 2) << 16; }

static void put16(struct buf *out, uint32_t value) {
    buf_putc(out, (char)(value & 0xFF));
    buf_putc(out, (char)(value >> 8 & 0xFF));
}

static void put32(struct buf *out, uint32_t value) {
    put16(out, value & 0xFFFF);
    put16(out, value >> 16);
}

static const unsigned char *find_end(const unsigned char *zip, size_t size) {
    for (size_t back = END_SIZE; back <= size && back <= END_SIZE + 65535; back++)
        if (read32(zip + size - back) == END)
            return zip + size - back;
    return NULL;
}

/* False if the archive is not what the library makes. */
static bool read_entry(const unsigned char *zip, size_t size, size_t *at, struct entry *entry) {
    if (*at + CENTRAL_SIZE > size || read32(zip + *at) != CENTRAL)
        return false;
    const unsigned char *central = zip + *at;
    *entry = (struct entry){.central = central,
                            .name_size = read16(central + 28),
                            .tail_size = read16(central + 30) + read16(central + 32),
                            .crc = read32(central + 16),
                            .packed = read32(central + 20),
                            .size = read32(central + 24)};
    *at += CENTRAL_SIZE + entry->name_size + entry->tail_size;
    size_t local = read32(central + 42);
    if (*at > size || local + LOCAL_SIZE > size || read32(zip + local) != LOCAL)
        return false;
    size_t data = local + LOCAL_SIZE + read16(zip + local + 26) + read16(zip + local + 28);
    entry->data = zip + data;
    return data <= size && entry->packed <= size - data;
}

/* The sheet of "xl/worksheets/sheet3.xml", NULL for another part. */
static const struct sheet *sheet_of(const struct xlsx *xlsx, const struct entry *entry) {
    static const char folder[] = "xl/worksheets/sheet";
    const char *name = (const char *)entry->central + CENTRAL_SIZE;
    if (entry->name_size <= sizeof folder || read16(entry->central + 10) != DEFLATED ||
        memcmp(name, folder, sizeof folder - 1) != 0)
        return NULL;
    size_t number = 0;
    for (size_t i = sizeof folder - 1; i < entry->name_size && name[i] >= '0' && name[i] <= '9';
         i++)
        number = number * 10 + (size_t)(name[i] - '0');
    return number > 0 && number <= xlsx->book->sheets.count ? xlsx->book->sheets.at[number - 1]
                                                            : NULL;
}

static bool unpack(struct arena *arena, const struct entry *entry, char **text) {
    z_stream stream = {0};
    *text = arena_alloc(arena, (size_t)entry->size + 1);
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return false;
    stream.next_in = (unsigned char *)(uintptr_t)entry->data;
    stream.avail_in = entry->packed;
    stream.next_out = (unsigned char *)*text;
    stream.avail_out = entry->size;
    int code = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    return code == Z_STREAM_END && stream.avail_out == 0;
}

/* A part in the pieces that it is packed from: what the library wrote, our cells instead of its own, the
 * rest with lines before its last tag, where extensions stand. */
struct pieces {
    struct piece {
        const char *text;
        size_t size;
    } at[4];
};

static bool fill_part(const struct xlsx *xlsx, const struct sheet *sheet, const char *text,
                      size_t size, struct pieces *pieces) {
    static const char empty[] = "<sheetData/>", start[] = "<sheetData>", end[] = "</sheetData>",
                      tail[] = "</worksheet>";
    const struct buf *cells = &xlsx->cells[sheet->index];
    const char *from = strstr(text, empty), *rest = from ? from + strlen(empty) : NULL;
    const char *last = text + size - strlen(tail);
    if (!from && (from = strstr(text, start)) && (rest = strstr(from, end)))
        rest += strlen(end);
    if (!rest || last < rest || strcmp(last, tail) != 0)
        return false;
    struct buf lines;
    buf_init(&lines, xlsx->job);
    if (sheet->sparks.count) {
        buf_puts(&lines, "<extLst>");
        xlsx_put_sparks(xlsx, sheet, &lines);
        buf_puts(&lines, "</extLst>");
    }
    buf_puts(&lines, tail);
    *pieces = (struct pieces){{{text, (size_t)(from - text)},
                               {cells->data, cells->len},
                               {rest, (size_t)(last - rest)},
                               {lines.data, lines.len}}};
    return true;
}

/* One stream for all parts: making one clears a quarter of a megabyte. */
static bool pack(struct arena *arena, z_stream *stream, const struct pieces *pieces,
                 struct entry *entry) {
    enum { COUNT = sizeof pieces->at / sizeof *pieces->at };
    size_t size = 0;
    for (size_t i = 0; i < COUNT; i++)
        size += pieces->at[i].size;
    if (size > UINT32_MAX || deflateReset(stream) != Z_OK)
        return false;
    size_t room = deflateBound(stream, size);
    unsigned char *packed = arena_alloc(arena, room);
    stream->next_out = packed;
    stream->avail_out = (uInt)room;
    uLong crc = crc32(0, NULL, 0);
    int code = Z_OK;
    for (size_t i = 0; i < COUNT && code == Z_OK; i++) {
        stream->next_in = (unsigned char *)(uintptr_t)pieces->at[i].text;
        stream->avail_in = (uInt)pieces->at[i].size;
        crc = crc32(crc, stream->next_in, stream->avail_in);
        code = deflate(stream, i + 1 < COUNT ? Z_NO_FLUSH : Z_FINISH);
    }
    entry->data = packed;
    entry->packed = (uint32_t)stream->total_out;
    entry->size = (uint32_t)size;
    entry->crc = (uint32_t)crc;
    return code == Z_STREAM_END;
}

static void put_local(struct buf *out, const struct entry *entry) {
    put32(out, LOCAL);
    buf_put(out, entry->central + 6, 10); /* version needed, flags, method, time, date */
    put32(out, entry->crc);
    put32(out, entry->packed);
    put32(out, entry->size);
    put16(out, (uint32_t)entry->name_size);
    put16(out, 0);
    buf_put(out, entry->central + CENTRAL_SIZE, entry->name_size);
    buf_put(out, entry->data, entry->packed);
}

static void put_central(struct buf *out, const struct entry *entry, uint32_t offset) {
    buf_put(out, entry->central, 16);
    put32(out, entry->crc);
    put32(out, entry->packed);
    put32(out, entry->size);
    buf_put(out, entry->central + 28, 14); /* sizes of names, disk, attributes */
    put32(out, offset);
    buf_put(out, entry->central + CENTRAL_SIZE, entry->name_size + entry->tail_size);
}

/* Appends all `count` parts, whose directory begins at `at`, and notes them in a new one. */
static bool put_parts(const struct xlsx *xlsx, const unsigned char *zip, size_t size, size_t at,
                      uint32_t count, z_stream *stream, struct buf *directory, struct buf *out) {
    struct arena *arena = xlsx->job;
    size_t start = out->len;
    for (uint32_t i = 0; i < count; i++) {
        struct entry entry;
        char *text = NULL;
        if (!read_entry(zip, size, &at, &entry))
            return false;
        const struct sheet *sheet = sheet_of(xlsx, &entry);
        if (sheet && !unpack(arena, &entry, &text))
            return false;
        struct pieces pieces;
        if (sheet && (!fill_part(xlsx, sheet, text, entry.size, &pieces) ||
                      !pack(arena, stream, &pieces, &entry)))
            return false;
        uint32_t offset = (uint32_t)(out->len - start);
        put_local(out, &entry);
        put_central(directory, &entry, offset);
    }
    return true;
}

bool xlsx_patch(const struct xlsx *xlsx, const char *bytes, size_t size, struct buf *out) {
    const unsigned char *zip = (const unsigned char *)bytes, *end = find_end(zip, size);
    z_stream stream = {0};
    if (!end || deflateInit2(&stream, LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t start = out->len;
    struct buf directory;
    buf_init(&directory, xlsx->job);
    bool whole =
        put_parts(xlsx, zip, size, read32(end + 16), read16(end + 10), &stream, &directory, out);
    deflateEnd(&stream);
    if (!whole)
        return false;
    uint32_t offset = (uint32_t)(out->len - start);
    buf_put(out, directory.data, directory.len);
    buf_put(out, end, 12);
    put32(out, (uint32_t)directory.len);
    put32(out, offset);
    put16(out, 0);
    return true;
}
