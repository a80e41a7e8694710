#include "write/pdf_cff.h"

#include <stdbool.h>

struct cff {
    const unsigned char *data;
    size_t size;
};

static uint32_t number_at(struct cff cff, size_t at, size_t bytes) {
    uint32_t number = 0;
    for (size_t i = 0; i < bytes; i++)
        number = number << 8 | (at + i < cff.size ? cff.data[at + i] : 0);
    return number;
}

/* Finds item 0 of an INDEX (§5) and where the INDEX ends; false if it is broken. */
static bool index_first(struct cff cff, size_t at, size_t *start, size_t *length, size_t *end) {
    uint32_t count = number_at(cff, at, 2), width = number_at(cff, at + 2, 1);
    *start = *length = 0;
    *end = at + 2;
    if (!count)
        return at + 2 <= cff.size;
    if (width < 1 || width > 4)
        return false;
    size_t data = at + 3 + ((size_t)count + 1) * width - 1;
    *start = data + number_at(cff, at + 3, width);
    *length = data + number_at(cff, at + 3 + width, width) - *start;
    *end = data + number_at(cff, at + 3 + (size_t)count * width, width);
    return *start <= *end && *start + *length <= *end && *end <= cff.size;
}

struct top_dict {
    bool keyed;       /* has ROS (12 30) */
    uint32_t charset; /* offset, 15 */
};

/* Reads a DICT's operators and their last operands (§4). */
static struct top_dict read_top_dict(struct cff cff, size_t at, size_t end) {
    struct top_dict dict = {0};
    int64_t operand = 0;
    while (at < end) {
        uint32_t byte = number_at(cff, at, 1);
        if (byte == 12) {
            dict.keyed |= number_at(cff, at + 1, 1) == 30;
            at += 2;
        } else if (byte <= 21) {
            if (byte == 15)
                dict.charset = (uint32_t)operand;
            at++;
        } else if (byte == 28) {
            operand = (int16_t)number_at(cff, at + 1, 2);
            at += 3;
        } else if (byte == 29) {
            operand = (int32_t)number_at(cff, at + 1, 4);
            at += 5;
        } else if (byte == 30) { /* a real: nibbles up to 15 */
            do
                at++;
            while (at < end && (number_at(cff, at, 1) & 15) != 15 &&
                   number_at(cff, at, 1) >> 4 != 15);
            at++;
        } else if (byte <= 246) {
            operand = (int64_t)byte - 139;
            at++;
        } else {
            uint32_t next = number_at(cff, at + 1, 1);
            operand = byte <= 250 ? ((int64_t)byte - 247) * 256 + next + 108
                                  : -((int64_t)byte - 251) * 256 - next - 108;
            at += 2;
        }
    }
    return dict;
}

uint16_t cff_character_id(const void *program, size_t size, uint16_t glyph) {
    struct cff cff = {program, size};
    size_t start, length, end;
    /* Header, then the INDEX of names, then that of top DICTs. */
    if (!glyph || size < 4 || !index_first(cff, number_at(cff, 2, 1), &start, &length, &end) ||
        !index_first(cff, end, &start, &length, &end))
        return glyph;
    struct top_dict dict = read_top_dict(cff, start, start + length);
    if (!dict.keyed || dict.charset <= 2)
        return glyph;
    size_t at = dict.charset;
    uint32_t format = number_at(cff, at++, 1), before = 1;
    if (format == 0)
        return (uint16_t)number_at(cff, at + ((size_t)glyph - 1) * 2, 2);
    /* Formats 1 and 2: ranges of a first identifier and how many follow it (§13). */
    for (size_t width = format == 1 ? 1 : 2; at + 2 + width <= size; at += 2 + width) {
        uint32_t first = number_at(cff, at, 2), more = number_at(cff, at + 2, width);
        if (glyph < before + more + 1)
            return (uint16_t)(first + (glyph - before));
        before += more + 1;
    }
    return glyph;
}
