#include "write/pdf_run.h"

void run_table_init(struct run_table *table, struct arena *job, const struct pdf_fonts *base,
                    struct pdf_fonts *own) {
    *table = (struct run_table){.job = job, .base = base, .own = own, .room = 1024};
    table->slots = ARENA_ARRAY(job, struct encoded_run *, table->room);
    table->spaces = ARENA_ARRAY(job, const struct encoded_run *, own->glyphs.fonts->face_count);
    buf_init(&table->bytes, job);
}

static size_t find_slot(struct encoded_run *const *slots, size_t room, const struct glyph_run *run,
                        enum run_reading reading) {
    size_t at = ((uintptr_t)run >> 4) * 0x9E3779B97F4A7C15u >> 20;
    for (at &= room - 1; slots[at]; at = (at + 1) & (room - 1))
        if (slots[at]->run == run && slots[at]->reading == reading)
            break;
    return at;
}

static void grow(struct run_table *table) {
    size_t room = table->room * 2;
    struct encoded_run **slots = ARENA_ARRAY(table->job, struct encoded_run *, room);
    for (size_t i = 0; i < table->room; i++)
        if (table->slots[i])
            slots[find_slot(slots, room, table->slots[i]->run, table->slots[i]->reading)] =
                table->slots[i];
    table->slots = slots;
    table->room = room;
}

/* The table's record of a run; *fresh if it was made now. */
static struct encoded_run *find_run(struct run_table *table, const struct glyph_run *run,
                                    enum run_reading reading, bool *fresh) {
    size_t at = find_slot(table->slots, table->room, run, reading);
    *fresh = !table->slots[at];
    if (!*fresh)
        return table->slots[at];
    struct encoded_run *encoded = ARENA_NEW(table->job, struct encoded_run);
    *encoded = (struct encoded_run){.run = run, .reading = reading};
    table->slots[at] = encoded;
    if (++table->count > table->room / 2)
        grow(table);
    return encoded;
}

bool line_breaks_after(const struct mark *marks, size_t count, size_t at) {
    for (size_t i = at + 1; i < count; i++)
        if (marks[i].kind == MARK_TEXT)
            return marks[i].y_um != marks[at].y_um;
    return true;
}

enum run_reading run_reading_of(const struct mark *mark, size_t piece, bool breaks) {
    const struct glyph_run *run = mark->pieces[piece].run;
    if (mark->pieces[piece].hyphen)
        return READ_HYPHENATION;
    bool hard = breaks && !mark->line_end && piece + 1 == mark->count && run->length > 1 &&
                run->text[run->length - 1] == '-' && !run->right_to_left;
    return hard ? READ_HARD_HYPHEN : READ_AS_IS;
}

static uint16_t space_glyph(const struct face *face) {
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(face->hb_font, ' ', &glyph);
    return (uint16_t)glyph;
}

/* ---- encoding ---- */

/* Strings are binary, two bytes a glyph: a fifth smaller than hexadecimal ones when compressed.
 * Four bytes cannot stand for themselves in them (§7.3.4.2). */
static void put_code(struct buf *out, uint16_t code) {
    for (int shift = 8; shift >= 0; shift -= 8) {
        char byte = (char)(code >> shift);
        if (byte == '(' || byte == ')' || byte == '\\') {
            buf_putc(out, '\\');
            buf_putc(out, byte);
        } else if (byte == '\r') {
            buf_puts(out, "\\r");
        } else {
            buf_putc(out, byte);
        }
    }
}

struct encoder {
    struct run_table *table; /* whose `parts` are filled, and `bytes` for the one being made */
    const struct glyph_run *run;
    int64_t pen;        /* where showing has got to, from the run's start */
    uint32_t span_left; /* glyphs still to come of an ActualText */
};

static int64_t millionths(const struct glyph_run *run, int64_t units) {
    return units * 1000000 / run->units;
}

static void close_part(struct encoder *encoder) {
    struct run_table *table = encoder->table;
    if (!table->parts.count)
        return;
    struct run_part *part = &table->parts.at[table->parts.count - 1];
    part->bytes = arena_strndup(table->job, table->bytes.data, table->bytes.len);
    part->length = (uint32_t)table->bytes.len;
    part->advance = encoder->pen - part->start;
    buf_clear(&table->bytes);
}

static struct run_part *open_part(struct encoder *encoder, const struct pdf_fonts *fonts,
                                  const struct glyph_use *use, uint32_t index, int64_t x) {
    close_part(encoder);
    struct run_part *part = VEC_ADD(encoder->table->job, &encoder->table->parts);
    *part = (struct run_part){.fonts = fonts,
                              .face = encoder->run->face,
                              .variant = use->variant,
                              .before = index,
                              .start = x};
    encoder->pen = x;
    return part;
}

/* False if neither set has the glyph for that text. `own`: the document's set is ready, too. */
static bool encode_glyph(struct encoder *encoder, uint32_t index, int64_t x,
                         const struct glyph_meaning *meaning, bool own) {
    struct run_table *table = encoder->table;
    struct buf *bytes = &table->bytes;
    const struct glyph *glyph = &encoder->run->glyphs[index];
    const struct pdf_fonts *fonts = table->base;
    const struct glyph_use *use = glyph_set_find(&fonts->glyphs, encoder->run->face, glyph->id,
                                                 meaning->text, meaning->length);
    if (!use && own) {
        fonts = table->own;
        use = glyph_set_find(&fonts->glyphs, encoder->run->face, glyph->id, meaning->text,
                             meaning->length);
    }
    if (!use)
        return false;
    int32_t rise = (int32_t)millionths(encoder->run, glyph->y_offset);
    struct run_part *part = table->parts.count ? &table->parts.at[table->parts.count - 1] : NULL;
    bool span_ends = part && part->actual && !encoder->span_left;
    if (!part || part->fonts != fonts || part->variant != use->variant || meaning->span ||
        span_ends || part->rise != rise) {
        part = open_part(encoder, fonts, use, index, x);
        part->rise = rise;
        if (meaning->span) {
            part->actual = meaning->span_text;
            part->actual_length = meaning->span_length;
            encoder->span_left = meaning->span;
        } else if (encoder->span_left) {
            part->actual = ""; /* the text was given by the part before */
        }
    }
    /* Kerning as adjustments in thousandths of an em. What is off by less than one and a half stays
     * so: fonts are full of kerns that small, which take bytes and show nowhere. */
    int64_t off = x - encoder->pen;
    if (off >= RUN_SLACK || off <= -RUN_SLACK) {
        int64_t thousandths = (off + (off < 0 ? -500 : 500)) / 1000;
        buf_putc(bytes, ')');
        buf_put_int(bytes, -thousandths);
        buf_putc(bytes, '(');
        encoder->pen += thousandths * 1000;
    }
    put_code(bytes, use->code);
    encoder->pen += use->width;
    part->count++;
    if (encoder->span_left)
        encoder->span_left--;
    return true;
}

/* In the table's room: until the next run's. */
static const struct glyph_meaning *find_meanings(struct run_table *table,
                                                 const struct encoded_run *encoded) {
    const struct glyph_run *run = encoded->run;
    if (run->count > table->meaning_room) {
        table->meaning_room = run->count < 64 ? 64 : run->count;
        table->meanings = ARENA_ARRAY(table->job, struct glyph_meaning, table->meaning_room);
    }
    glyph_run_meanings(run, encoded->reading == READ_HYPHENATION, table->meanings);
    if (encoded->reading == READ_HARD_HYPHEN && run->count)
        table->meanings[run->count - 1] = (struct glyph_meaning){.text = "\u2010", .length = 3};
    return table->meanings;
}

/* Encodes a run; false, and nothing done, if the base lacks a glyph of it and may not be passed
 * over. Once the document's own set is ready, a glyph in neither set is none of the face's at all,
 * and left out. */
static bool encode(struct run_table *table, struct encoded_run *encoded,
                   const struct glyph_meaning *meanings, bool own) {
    static const struct run_part nothing = {0};
    const struct glyph_run *run = encoded->run;
    struct encoder encoder = {.table = table, .run = run};
    int64_t units = 0;
    table->parts.count = 0;
    buf_clear(&table->bytes);
    for (uint32_t i = 0; i < run->count; i++) {
        int64_t x = millionths(run, units + run->glyphs[i].x_offset);
        if (meanings[i].text && !encode_glyph(&encoder, i, x, &meanings[i], own) && !own)
            return false;
        units += run->glyphs[i].advance;
    }
    close_part(&encoder);
    encoded->parts = &nothing;
    encoded->part_count = table->parts.count;
    if (encoded->part_count) {
        struct run_part *parts = ARENA_ARRAY(table->job, struct run_part, encoded->part_count);
        memcpy(parts, table->parts.at, encoded->part_count * sizeof *parts);
        encoded->parts = parts;
    }
    return true;
}

static void collect(struct run_table *table, const struct face *face, uint16_t glyph,
                    const char *text, size_t length) {
    if (!glyph_set_find(&table->base->glyphs, face, glyph, text, length))
        glyph_set_add(&table->own->glyphs, face, glyph, text, length);
}

void run_collect(struct run_table *table, const struct glyph_run *run, enum run_reading reading) {
    bool fresh;
    struct encoded_run *encoded = find_run(table, run, reading, &fresh);
    if (!fresh)
        return;
    uint16_t space = space_glyph(run->face);
    if (space)
        collect(table, run->face, space, " ", 1);
    const struct glyph_meaning *meanings = find_meanings(table, encoded);
    if (encode(table, encoded, meanings, false))
        return;
    for (uint32_t i = 0; i < run->count; i++)
        if (meanings[i].text)
            collect(table, run->face, run->glyphs[i].id, meanings[i].text, meanings[i].length);
}

const struct encoded_run *run_encode(struct run_table *table, const struct glyph_run *run,
                                     enum run_reading reading) {
    bool fresh;
    struct encoded_run *encoded = find_run(table, run, reading, &fresh);
    if (!encoded->parts)
        encode(table, encoded, find_meanings(table, encoded), true);
    return encoded;
}

const struct run_part *run_space(struct run_table *table, const struct face *face) {
    const struct encoded_run **space = &table->spaces[face->index];
    if (!*space) {
        struct glyph_run *run = ARENA_NEW(table->job, struct glyph_run);
        struct glyph *glyph = ARENA_NEW(table->job, struct glyph);
        glyph->id = space_glyph(face);
        glyph->advance = hb_font_get_glyph_h_advance(face->hb_font, glyph->id);
        *run = (struct glyph_run){.face = face,
                                  .glyphs = glyph,
                                  .count = 1,
                                  .width = glyph->advance,
                                  .units = face->units_per_em,
                                  .text = " ",
                                  .length = 1};
        *space = run_encode(table, run, READ_AS_IS);
    }
    return (*space)->part_count && (*space)->run->glyphs[0].id ? (*space)->parts : NULL;
}
