/* What a sheet's QR code says, so that a loose one finds its way back to its file: in capitals,
 * digits and "$%*+-./:" alone, which QR codes hold in little room (ISO/IEC 18004, 7.4.4):
 *     TANDEM:1/C:THE-STRATEGIC-PARTNERSHIP/V:1.0/M:WORKBOOK/P:OKAFOR-LIND/R:ASSISTANT/S:2/H:1A2B3C4D
 * The page is printed beside it: a code for each page would take 13 kB and 7 ms of 60 pages. */
#include "base/buf.h"
#include "stage/layout_parts.h"

enum { HASH_DIGITS = 8, SLUG_LENGTH = 40 };

static bool is_plain(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

static char capital(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c; }

/* "/K:TEXT"; what the code's alphabet lacks as %XX of its bytes. */
static void put_part(struct buf *out, char key, const char *text, size_t most) {
    if (!text || !*text)
        return;
    buf_putc(out, '/');
    buf_putc(out, key);
    buf_putc(out, ':');
    for (size_t i = 0; i < most && text[i]; i++) {
        char c = capital(text[i]);
        if (is_plain(c))
            buf_putc(out, c);
        else
            buf_printf(out, "%%%02X", (unsigned char)c);
    }
}

/* A title's letters and digits, words parted by hyphens. Letters that are not of ASCII are left
 * out: the hash tells courses apart, this is for people. */
static const char *slug(struct arena *job, const char *title) {
    struct buf out;
    buf_init(&out, job);
    for (const char *at = title ? title : ""; *at && out.len < SLUG_LENGTH; at++) {
        char c = capital(*at);
        if (is_plain(c) && c != '-' && c != '.')
            buf_putc(&out, c);
        else if (out.len && out.data[out.len - 1] != '-' && (c == ' ' || c == '-'))
            buf_putc(&out, '-');
    }
    while (out.len && out.data[out.len - 1] == '-')
        out.len--;
    return arena_strndup(job, out.data ? out.data : "", out.len);
}

const char *sheet_code(struct lay *lay) {
    const struct edition *edition = lay->edition;
    const struct course *course = edition->course;
    struct buf out;
    buf_init(&out, lay->job);
    buf_puts(&out, "TANDEM:1");
    put_part(&out, 'C', slug(lay->job, course->title), SIZE_MAX);
    put_part(&out, 'V', course->version, SIZE_MAX);
    put_part(&out, 'M', edition->material->name, SIZE_MAX);
    put_part(&out, 'P', edition->participant ? edition->participant->id : NULL, SIZE_MAX);
    if (edition->respondent != RESPONDENT_NONE)
        put_part(&out, 'R', course->respondents.at[edition->respondent].id, SIZE_MAX);
    put_part(&out, 'S', edition->sitting, SIZE_MAX);
    put_part(&out, 'H', edition->source_hash, HASH_DIGITS);
    return out.data;
}
