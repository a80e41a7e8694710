#include "write/pdf_impose.h"

#include "base/units.h"
#include "write/pdf_canvas.h"
#include "write/pdf_document.h"
#include "write/pdf_metadata.h"

#include <stdio.h>

enum { MARK_WEIGHT_UM = 88 }; /* a quarter of a point */

struct imposer {
    struct document document;
    const struct imposition *imposition;
    struct imposed_sheet sheet;
    struct pdf_dict *resources; /* of all pages */
};

/* What of a page's surroundings may be seen: its bleed, but not past the edge where another page
 * begins. `place`: 0 on the left, 1 on the right. */
static void put_clip(struct imposer *imposer, struct pdf_dict *form, const struct paper *paper,
                     size_t place, int32_t bleed_um) {
    bool single = imposer->imposition->kind == IMPOSE_SINGLE;
    double bleed = pt_from_um(bleed_um);
    double left = place == 0 ? bleed : 0, right = single || place == 1 ? bleed : 0;
    double box[4] = {-left, -bleed, pt_from_um(paper->width_um) + right,
                     pt_from_um(paper->height_um) + bleed};
    pdf_put_rect(imposer->document.file, form, "BBox", box);
}

static struct pdf_dict *put_form(struct imposer *imposer, size_t index, size_t place,
                                 bool furniture) {
    struct document *document = &imposer->document;
    const struct page *page = &document->layout->pages[index];
    const struct mark *marks = furniture ? page->furniture : page->body;
    size_t count = furniture ? page->furniture_count : page->body_count;
    int32_t bleed_um =
        (int32_t)((int64_t)imposer->imposition->bleed_um * 1000000 / imposer->sheet.scale);
    marks = impose_bleed(pdf_file_arena(document->file), page->paper, marks, count, bleed_um);
    document_note_marks(document, index, marks, count, !furniture);
    struct pdf_dict *form = document_put_content(document, index, marks, count, furniture);
    pdf_put_name(form, "Type", "XObject");
    pdf_put_name(form, "Subtype", "Form");
    put_clip(imposer, form, page->paper, place, bleed_um);
    pdf_put_dict(form, "Resources", imposer->resources);
    return form;
}

/* Places a page on its sheet: body, then furniture. */
static void put_place(struct imposer *imposer, struct buf *out, struct pdf_dict *forms,
                      size_t index, size_t place) {
    const struct page *page = &imposer->document.layout->pages[index];
    const struct imposed_box *box = &imposer->sheet.pages[place];
    char name[32];
    buf_puts(out, "q ");
    buf_put_fixed(out, imposer->sheet.scale, 6);
    buf_puts(out, " 0 0 ");
    buf_put_fixed(out, imposer->sheet.scale, 6);
    int64_t x_um = box->x_um, y_um = imposer->sheet.height_um - box->y_um - box->height_um;
    buf_putc(out, ' ');
    buf_put_fixed(out, x_um * 7200000 / 25400, 5);
    buf_putc(out, ' ');
    buf_put_fixed(out, y_um * 7200000 / 25400, 5);
    buf_puts(out, " cm");
    for (int furniture = 0; furniture < 2; furniture++) {
        if (!(furniture ? page->furniture_count : page->body_count))
            continue;
        snprintf(name, sizeof name, "%c%zu", furniture ? 'F' : 'B', index + 1);
        pdf_put_dict(forms, name, put_form(imposer, index, place, furniture));
        buf_printf(out, "/%s Do", name);
    }
    buf_puts(out, " Q\n");
}

static void put_crop_marks(struct imposer *imposer, struct buf *out) {
    struct imposed_line lines[IMPOSE_LINES];
    size_t count = impose_crop_marks(imposer->imposition, &imposer->sheet, lines);
    struct pdf_canvas canvas;
    pdf_canvas_init(&canvas, out, imposer->sheet.height_um, true);
    for (size_t i = 0; i < count; i++) {
        pdf_canvas_look(&canvas, (struct look){COLOUR_NONE, 0x000000, MARK_WEIGHT_UM, 0});
        pdf_canvas_point(&canvas, lines[i].x_um, lines[i].y_um, "m");
        pdf_canvas_point(&canvas, lines[i].to_x_um, lines[i].to_y_um, "l");
        pdf_canvas_paint(&canvas);
    }
}

static void put_box(struct imposer *imposer, struct pdf_dict *dict, const char *key,
                    const struct imposed_box *box) {
    int32_t bottom_um = imposer->sheet.height_um - box->y_um - box->height_um;
    double corners[4] = {pt_from_um(box->x_um), pt_from_um(bottom_um),
                         pt_from_um(box->x_um + box->width_um),
                         pt_from_um(bottom_um + box->height_um)};
    pdf_put_rect(imposer->document.file, dict, key, corners);
}

/* Boxes (§14.11.2): a sheet with neither marks nor bleed is the paper as it comes out. */
static void put_boxes(struct imposer *imposer, struct pdf_dict *dict) {
    const struct imposed_sheet *sheet = &imposer->sheet;
    put_box(imposer, dict, "MediaBox",
            &(struct imposed_box){0, 0, sheet->width_um, sheet->height_um});
    if (!imposer->imposition->bleed_um && !imposer->imposition->crop_marks)
        return;
    put_box(imposer, dict, "BleedBox", &sheet->bleed);
    put_box(imposer, dict, "TrimBox", &sheet->trim);
}

static void put_side(struct imposer *imposer, size_t side) {
    struct document *document = &imposer->document;
    struct pdf_dict *dict = pdf_file_add_page(document->file);
    struct pdf_dict *resources = pdf_dict_new(document->file);
    struct pdf_dict *forms = pdf_dict_new(document->file);
    struct buf out;
    size_t pages[2];
    buf_init(&out, pdf_file_arena(document->file));
    impose_side(imposer->imposition->kind, document->layout->page_count, side,
                document->layout->right_to_left, pages);
    for (size_t place = 0; place < 2; place++)
        if (pages[place] != IMPOSE_BLANK)
            put_place(imposer, &out, forms, pages[place], place);
    put_crop_marks(imposer, &out);
    put_boxes(imposer, dict);
    pdf_put_dict(resources, "XObject", forms);
    pdf_put_dict(dict, "Resources", resources);
    pdf_put_dict(
        dict, "Contents",
        pdf_stream_new(document->file, pdf_deflate(&document->deflater, out.data, out.len), true));
}

/* Printed as it is, and a booklet's sheets turned over their short edge. */
static void put_catalog(struct imposer *imposer, const struct pdf_identity *identity) {
    struct document *document = &imposer->document;
    struct pdf_dict *catalog = pdf_file_catalog(document->file);
    struct pdf_dict *preferences = pdf_dict_new(document->file);
    const char *language = document->layout->language;
    if (language && *language)
        pdf_put_text(document->file, catalog, "Lang", language);
    pdf_put_bool(preferences, "DisplayDocTitle", true);
    if (document->layout->right_to_left)
        pdf_put_name(preferences, "Direction", "R2L");
    pdf_put_name(preferences, "PrintScaling", "None");
    if (imposer->imposition->kind == IMPOSE_BOOKLET)
        pdf_put_name(preferences, "Duplex", "DuplexFlipShortEdge");
    pdf_put_dict(catalog, "ViewerPreferences", preferences);
    metadata_put(document->file, document->layout, identity, false);
}

bool pdf_impose(struct pdf_batch *batch, struct arena *job, const struct layout *layout,
                const struct pdf_identity *identity, const struct imposition *imposition,
                struct buf *out, size_t *sides, const char **error) {
    struct imposer imposer;
    if (!document_begin(&imposer.document, batch, job, layout, error))
        return false;
    imposer.imposition = imposition;
    imposer.sheet = impose_sheet(imposition, layout->pages[0].paper);
    imposer.resources = pdf_dict_new_indirect(imposer.document.file);
    *sides = impose_side_count(imposition->kind, layout->page_count);
    for (size_t side = 0; side < *sides; side++)
        put_side(&imposer, side);
    document_put_resources(&imposer.document, imposer.resources);
    put_catalog(&imposer, identity);
    return document_end(&imposer.document, PDF_COMPACT, out, error);
}
