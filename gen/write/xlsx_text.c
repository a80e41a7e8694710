/* Text made safe for the parts of an XLSX file (XML 1.0 §2.2; ECMA-376 22.9.2.19, ST_Xstring). */
#include "write/xlsx_internal.h"

#include "base/utf8.h"

#include <ctype.h>

/* "_x0041_" at `at`: a reader would turn it into "A". */
static bool is_escape(const char *at) {
    if (at[0] != '_' || at[1] != 'x')
        return false;
    for (int i = 2; i < 6; i++)
        if (!isxdigit((unsigned char)at[i]))
            return false;
    return at[6] == '_';
}

static bool is_plain(const char *text, size_t size, int32_t units) {
    if (size > (size_t)units)
        return false;
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x7F || (byte < 0x20 && byte != '\n' && byte != '\t') ||
            (byte == '_' && text[i + 1] == 'x'))
            return false;
    }
    return true;
}

static char *clean(struct arena *arena, const char *text, int32_t units, bool escape) {
    size_t size = strlen(text);
    if (is_plain(text, size, units))
        return (char *)(uintptr_t)text; /* the library takes char * for what it only reads */
    struct buf out;
    buf_init(&out, arena);
    for (const char *at = text, *end = text + size; at < end;) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);
        bool malformed = code == 0xFFFD && at - from == 1;
        if (malformed || utf8_is_control(code) || (code & 0xFFFE) == 0xFFFE)
            continue;
        const char *prefix = escape && is_escape(from) ? "_x005F" : "";
        int32_t taken = (int32_t)strlen(prefix) + (code > 0xFFFF ? 2 : 1);
        units -= taken;
        if (units < 0)
            break;
        buf_puts(&out, prefix);
        buf_put(&out, from, (size_t)(at - from));
    }
    return out.data;
}

char *xlsx_text(struct arena *arena, const char *text, int32_t units) {
    return clean(arena, text ? text : "", units, true);
}

char *xlsx_label(struct arena *arena, const char *text, int32_t units) {
    char *label = clean(arena, text ? text : "", units - 1, false);
    return *label == '=' ? arena_printf(arena, " %s", label) : label;
}

char *xlsx_running(struct arena *arena, const char *text, int32_t units) {
    struct buf out;
    buf_init(&out, arena);
    for (const char *at = clean(arena, text ? text : "", units, true); *at; at++) {
        if (*at == '\n')
            buf_putc(&out, ' ');
        else
            buf_putc(&out, *at);
        if (*at == '&')
            buf_putc(&out, '&');
    }
    return out.data;
}
