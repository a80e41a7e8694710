#include "write/pdf_qr.h"

#include "base/units.h"
#include "write/pdf_canvas.h"

#include <qrencode.h>
#include <stdio.h>

void pdf_codes_init(struct pdf_codes *codes, struct arena *job) {
    *codes = (struct pdf_codes){.job = job};
}

static bool same_code(const struct mark *a, const struct mark *b) {
    return a->width_um == b->width_um && a->fill == b->fill &&
           (a->code == b->code || strcmp(a->code, b->code) == 0);
}

const char *pdf_code_name(struct pdf_codes *codes, const struct mark *mark, char out[24]) {
    size_t index = 0;
    while (index < codes->list.count && !same_code(codes->list.at[index], mark))
        index++;
    if (index == codes->list.count)
        VEC_PUSH(codes->job, &codes->list, mark);
    snprintf(out, 24, "Q%zu", index);
    return out;
}

/* The fewest modules, with more correction if that takes no more: at the width of a thumbnail,
 * larger modules are read more easily than small ones are repaired. */
static QRcode *encode(const char *text) {
    QRcode *low = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
    QRcode *middle = low ? QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) : NULL;
    bool same = middle && middle->width == low->width;
    QRcode_free(same ? low : middle);
    return same ? middle : low;
}

/* Takes the largest rectangle of dark modules that begins at one, as wide as can be. */
static void put_run(struct buf *out, unsigned char *modules, int side, int x, int y) {
    int width = 0, height = 1;
    unsigned char *row = modules + y * side;
    while (x + width < side && (row[x + width] & 1))
        width++;
    for (; y + height < side; height++) {
        const unsigned char *below = row + height * side + x;
        int dark = 0;
        while (dark < width && (below[dark] & 1))
            dark++;
        if (dark < width)
            break;
    }
    for (int i = 0; i < height; i++)
        memset(row + i * side + x, 0, (size_t)width);
    buf_printf(out, "%d %d %d %d re\n", x, side - y - height, width, height);
}

/* One path, painted at once, so that no seams show between its rectangles. */
static void put_modules(struct buf *out, QRcode *code, const struct mark *mark) {
    int side = code->width;
    buf_put_fixed(out, (int64_t)mark->width_um * 7200000 / 25400 / side, 5);
    buf_puts(out, " 0 0 ");
    buf_put_fixed(out, (int64_t)mark->height_um * 7200000 / 25400 / side, 5);
    buf_puts(out, " 0 0 cm ");
    pdf_put_colour(out, mark->fill, false);
    buf_putc(out, '\n');
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            if (code->data[y * side + x] & 1)
                put_run(out, code->data, side, x, y);
    buf_putc(out, 'f');
}

void pdf_codes_put(const struct pdf_codes *codes, struct pdf_file *file,
                   struct pdf_deflater *deflater, struct pdf_dict *resources) {
    char name[24];
    for (size_t i = 0; i < codes->list.count; i++) {
        const struct mark *mark = codes->list.at[i];
        QRcode *code = encode(mark->code);
        struct buf out;
        buf_init(&out, codes->job);
        if (code)
            put_modules(&out, code, mark);
        QRcode_free(code);
        struct pdf_dict *form =
            pdf_stream_new(file, pdf_deflate(deflater, out.data, out.len), true);
        pdf_put_name(form, "Type", "XObject");
        pdf_put_name(form, "Subtype", "Form");
        pdf_put_rect(file, form, "BBox",
                     (double[4]){0, 0, pt_from_um(mark->width_um), pt_from_um(mark->height_um)});
        pdf_put_dict(form, "Resources", pdf_dict_new(file));
        snprintf(name, sizeof name, "Q%zu", i);
        pdf_put_dict(resources, name, form);
    }
}
