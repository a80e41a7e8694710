/* Characters that no face of the template has: a warning for each place. */
#include "stage/layout_parts.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "type/font.h"

enum { NAMED = 6 };

struct naming {
    uint32_t codes[NAMED];
    size_t count;
    bool more;
};

static void name_code(struct naming *naming, uint32_t code) {
    for (size_t i = 0; i < naming->count; i++)
        if (naming->codes[i] == code)
            return;
    if (naming->count == NAMED)
        naming->more = true;
    else
        naming->codes[naming->count++] = code;
}

/* The first character of each cluster that shows as a box. */
static void name_run(struct naming *naming, const struct glyph_run *run) {
    for (uint32_t g = 0; g < run->count; g++) {
        const char *at = run->text + run->glyphs[g].cluster;
        if (run->glyphs[g].id == 0 && run->glyphs[g].cluster < run->length)
            name_code(naming, utf8_next(&at, run->text + run->length));
    }
}

void report_lacking(const struct lay *lay) {
    for (size_t i = 0; i < lay->lacking.count;) {
        const struct flow *node = lay->lacking.at[i].node;
        struct naming naming = {0};
        for (; i < lay->lacking.count && lay->lacking.at[i].node == node; i++)
            name_run(&naming, lay->lacking.at[i].run);
        struct buf list;
        buf_init(&list, lay->scratch);
        for (size_t k = 0; k < naming.count; k++) {
            if (k)
                buf_puts(&list, k + 1 == naming.count && !naming.more ? " and " : ", ");
            buf_printf(&list, "U+%04X", (unsigned)naming.codes[k]);
        }
        if (naming.more)
            buf_puts(&list, " and others");
        diag_report(lay->diag, DIAG_FONT_NO_GLYPH, node ? node->at : (struct span){0},
                    list.data ? list.data : "");
    }
}
