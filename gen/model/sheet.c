#include "model/sheet.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

/* The case folding that spreadsheets apply to names, for the scripts in which our texts are
 * likely: Latin, Greek, Cyrillic. A spreadsheet refuses a file with two names that fold alike. */
static uint32_t fold(uint32_t code) {
    if ((code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7) ||
        (code >= 0x391 && code <= 0x3A9) || (code >= 0x410 && code <= 0x42F))
        return code + 32;
    if (code >= 0x400 && code <= 0x40F)
        return code + 80;
    if ((code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177))
        return code | 1;
    if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E))
        return code & 1 ? code + 1 : code;
    return code;
}

static char *fold_name(struct arena *arena, const char *prefix, const char *name) {
    struct buf out;
    buf_init(&out, arena);
    buf_puts(&out, prefix);
    for (const char *at = name, *end = name + strlen(name); at < end;) {
        char bytes[4];
        buf_put(&out, bytes, utf8_encode(fold(utf8_next(&at, end)), bytes));
    }
    return out.data;
}

char *workbook_fold(struct arena *arena, const char *name) { return fold_name(arena, "", name); }

struct workbook *workbook_make(struct arena *arena) {
    struct workbook *book = ARENA_NEW(arena, struct workbook);
    book->arena = arena;
    map_init(&book->taken, arena);
    return book;
}

static int32_t utf16_units(uint32_t code) { return code > 0xFFFF ? 2 : 1; }

/* The first `units` UTF-16 units of a text, never half a character. */
static char *cut_units(struct arena *arena, const char *text, int32_t units) {
    const char *at = text, *end = text + strlen(text), *cut = text;
    while (at < end) {
        units -= utf16_units(utf8_next(&at, end));
        if (units < 0)
            break;
        cut = at;
    }
    return arena_strndup(arena, text, (size_t)(cut - text));
}

static void trim_name(char *name) {
    size_t length = strlen(name), start = 0;
    while (length && (name[length - 1] == ' ' || name[length - 1] == '\''))
        name[--length] = 0;
    while (name[start] == ' ' || name[start] == '\'')
        start++;
    memmove(name, name + start, length + 1 > start ? length + 1 - start : 1);
}

char *sheet_name_clean(struct arena *arena, const char *wanted) {
    struct buf out;
    buf_init(&out, arena);
    for (const char *at = wanted, *end = wanted + strlen(wanted); at < end;) {
        uint32_t code = utf8_next(&at, end);
        if (code < 0x80 && strchr("[]:*?/\\", (int)code))
            code = code == '/' || code == '\\' || code == ':' ? '-' : ' ';
        if (utf8_is_control(code) || code == '\t' || code == '\n' || code == 0xFFFE ||
            code == 0xFFFF)
            code = ' ';
        char bytes[4];
        size_t size = utf8_encode(code, bytes);
        if (code != ' ' || (out.len && out.data[out.len - 1] != ' '))
            buf_put(&out, bytes, size);
    }
    trim_name(out.data);
    char *name = cut_units(arena, out.data, SHEET_NAME_UNITS);
    trim_name(name);
    if (!*name)
        return arena_strdup(arena, "Sheet");
    if (strcmp(fold_name(arena, "", name), "history") == 0)
        return arena_printf(arena, "%s 1", name);
    return name;
}

struct sheet *workbook_add_sheet(struct workbook *book, const char *wanted) {
    char *base = sheet_name_clean(book->arena, wanted), *name = base;
    for (int32_t n = 2; map_find(&book->taken, fold_name(book->arena, "s:", name)); n++) {
        char suffix[16];
        int length = snprintf(suffix, sizeof suffix, " %d", n);
        name = arena_printf(book->arena, "%s%s",
                            cut_units(book->arena, base, SHEET_NAME_UNITS - length), suffix);
    }
    struct sheet *sheet = ARENA_NEW(book->arena, struct sheet);
    map_set(&book->taken, fold_name(book->arena, "s:", name), sheet);
    sheet->name = name;
    sheet->index = (int32_t)book->sheets.count;
    sheet->repeat_first_row = sheet->repeat_last_row = -1;
    sheet->pages_across = 1;
    sheet->zoom = 100;
    sheet->tab_colour = COLOUR_NONE;
    VEC_PUSH(book->arena, &book->sheets, sheet);
    return sheet;
}

/* "A1" to "XFD1048576", "R", "C", "R1", "R1C1": read as addresses. */
static bool looks_like_address(const char *name) {
    size_t letters = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    size_t digits = strspn(name + letters, "0123456789");
    if (letters <= 3 && letters && digits && !name[letters + digits])
        return true;
    if (toupper((unsigned char)name[0]) == 'R') {
        size_t rows = strspn(name + 1, "0123456789");
        name += 1 + rows;
        if (!*name)
            return true;
    }
    return toupper((unsigned char)name[0]) == 'C' && !name[1 + strspn(name + 1, "0123456789")];
}

bool defined_name_is_legal(const char *name) {
    size_t length = strlen(name);
    if (length == 0 || length > 255 || looks_like_address(name))
        return false;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)name[i];
        bool first = isalpha(byte) || byte == '_';
        if (!first && (i == 0 || (!isdigit(byte) && byte != '.')))
            return false;
    }
    return true;
}

char *workbook_take_name(struct workbook *book, const char *wanted) {
    char *base = arena_strndup(book->arena, wanted, strnlen(wanted, 200));
    for (char *at = base; *at; at++)
        if (!isalnum((unsigned char)*at) && *at != '_')
            *at = '_';
    if (!defined_name_is_legal(base))
        base = arena_printf(book->arena, "t_%s", base);
    char *name = base;
    for (int32_t n = 2; map_find(&book->taken, fold_name(book->arena, "n:", name)); n++)
        name = arena_printf(book->arena, "%s_%d", base, n);
    map_set(&book->taken, fold_name(book->arena, "n:", name), book);
    return name;
}

bool workbook_define(struct workbook *book, const char *name, const struct sheet *sheet,
                     struct area area) {
    char *key = fold_name(book->arena, "n:", name);
    if (!defined_name_is_legal(name) || map_find(&book->taken, key))
        return false;
    map_set(&book->taken, key, book);
    VEC_PUSH(book->arena, &book->names,
             ((struct defined_name){.name = name, .sheet = sheet->index, .area = area}));
    return true;
}

void cell_print(struct buf *out, int32_t row, int32_t col, bool absolute) {
    char letters[8];
    int32_t at = sizeof letters;
    for (int32_t rest = col + 1; rest > 0; rest = (rest - 1) / 26)
        letters[--at] = (char)('A' + (rest - 1) % 26);
    if (absolute)
        buf_putc(out, '$');
    buf_put(out, letters + at, sizeof letters - (size_t)at);
    if (absolute)
        buf_putc(out, '$');
    buf_put_int(out, row + 1);
}

void area_print(struct buf *out, struct area area, bool absolute) {
    cell_print(out, area.row, area.col, absolute);
    if (area.row == area.last_row && area.col == area.last_col)
        return;
    buf_putc(out, ':');
    cell_print(out, area.last_row, area.last_col, absolute);
}

void area_print_full(struct buf *out, const struct sheet *sheet, struct area area) {
    buf_putc(out, '\'');
    for (const char *at = sheet->name; *at; at++) {
        if (*at == '\'')
            buf_putc(out, '\'');
        buf_putc(out, *at);
    }
    buf_puts(out, "'!");
    area_print(out, area, true);
}

void formula_print_text(struct buf *out, const char *text) {
    const char *at = text, *end = text + strlen(text);
    bool several = utf8_count(text, (size_t)(end - text)) > 250;
    if (several)
        buf_putc(out, '(');
    do {
        if (at > text)
            buf_putc(out, '&');
        buf_putc(out, '"');
        for (int32_t units = 0; at < end && units < 250; units += 2) {
            const char *from = at;
            uint32_t code = utf8_next(&at, end);
            if (code == '"')
                buf_putc(out, '"');
            buf_put(out, from, (size_t)(at - from));
        }
        buf_putc(out, '"');
    } while (at < end);
    if (several)
        buf_putc(out, ')');
}

void formula_print_number(struct buf *out, double number) {
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    buf_puts(out, text);
}
