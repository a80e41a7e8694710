/* pdf_write: the parts of a document, in the order in which its objects are numbered. */
#include "write/pdf_document.h"

#include "base/pool.h"
#include "base/units.h"
#include "base/utf8.h"
#include "write/pdf_metadata.h"
#include "write/pdf_navigation.h"
#include "write/pdf_profile.h"

/* What is shared is kept up to this many bytes; a 40-page workbook takes a fifth of a megabyte. */
enum { STREAMS_LIMIT = 32 << 20 };

struct pdf_batch {
    struct arena arena;        /* of the base: glyphs */
    struct arena *font_arenas; /* and fonts, by the thread that made them */
    size_t threads;
    size_t document_threads; /* that each document may use */
    struct pdf_fonts base;
    struct pdf_fonts blank;             /* the base without its texts */
    VEC(const struct layout *) layouts; /* of the base */
    bool has_texts;
    struct form_font form_font; /* of the base's answers */
    struct pdf_streams *streams;
    const struct fonts *fonts;
    bool frozen;
};

struct pdf_batch *pdf_batch_new(struct arena *run, const struct fonts *fonts) {
    struct pdf_batch *batch = ARENA_NEW(run, struct pdf_batch);
    arena_init(&batch->arena);
    batch->fonts = fonts;
    batch->document_threads = 1;
    batch->base.letter = batch->blank.letter = 'F';
    glyph_set_init(&batch->base.glyphs, &batch->arena, fonts);
    glyph_set_init(&batch->blank.glyphs, &batch->arena, fonts);
    batch->streams = pdf_streams_new(run, STREAMS_LIMIT);
    return batch;
}

/* Notes the glyphs of a drawing's text. */
static void collect_words(struct run_table *runs, const struct vector_words *words) {
    struct mark mark = {.kind = MARK_TEXT, .pieces = words->pieces, .count = words->count};
    for (size_t i = 0; i < words->count; i++)
        run_collect(runs, words->pieces[i].run, run_reading_of(&mark, i, false));
}

/* Notes the glyphs of all text of a page. */
static void collect_marks(struct run_table *runs, const struct mark *marks, size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; marks[i].words && k < marks[i].image->vector->text_count; k++)
            collect_words(runs, &marks[i].words[k]);
        if (marks[i].kind != MARK_TEXT)
            continue;
        bool breaks = line_breaks_after(marks, count, i);
        for (size_t k = 0; k < marks[i].count; k++)
            run_collect(runs, marks[i].pieces[k].run, run_reading_of(&marks[i], k, breaks));
    }
}

static void collect_layout(struct run_table *runs, const struct layout *layout) {
    for (size_t i = 0; i < layout->page_count; i++) {
        collect_marks(runs, layout->pages[i].body, layout->pages[i].body_count);
        collect_marks(runs, layout->pages[i].furniture, layout->pages[i].furniture_count);
    }
}

void pdf_batch_add_base(struct pdf_batch *batch, const struct layout *layout) {
    struct arena scratch;
    struct pdf_fonts none = {0};
    struct run_table runs;
    arena_init(&scratch);
    glyph_set_init(&none.glyphs, &scratch, batch->fonts);
    run_table_init(&runs, &scratch, &none, &batch->blank);
    collect_layout(&runs, layout);
    arena_release(&scratch);
    VEC_PUSH(&batch->arena, &batch->layouts, layout);
}

void pdf_batch_add_text(struct pdf_batch *batch, const struct face *face, const char *text) {
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        const char *start = at;
        hb_codepoint_t glyph;
        if (hb_font_get_nominal_glyph(face->hb_font, utf8_next(&at, end), &glyph))
            glyph_set_add(&batch->base.glyphs, face, (uint16_t)glyph, start, (size_t)(at - start));
    }
    batch->has_texts = true;
}

/* The two parts of a batch's fonts, which know nothing of one another: the form's, in the last arena,
 * and the pages', in the others. */
struct freezing {
    struct pdf_batch *batch;
    struct pdf_deflater *deflaters;
};

static void freeze_part(void *context, size_t worker, size_t part) {
    struct freezing *freezing = context;
    struct pdf_batch *batch = freezing->batch;
    size_t threads = batch->threads;
    (void)worker;
    if (part == 0) {
        batch->form_font =
            form_font_make(batch->fonts, batch->layouts.count ? batch->layouts.at[0]->answer : NULL,
                           &batch->font_arenas[threads], &freezing->deflaters[threads]);
        return;
    }
    pdf_fonts_make(&batch->blank, batch->font_arenas, freezing->deflaters, threads);
    if (!batch->has_texts)
        return;
    glyph_set_add_all(&batch->base.glyphs, &batch->blank.glyphs);
    pdf_fonts_make(&batch->base, batch->font_arenas, freezing->deflaters, threads);
}

void pdf_batch_freeze(struct pdf_batch *batch, size_t threads) {
    if (threads > batch->fonts->face_count)
        threads = batch->fonts->face_count;
    batch->font_arenas = ARENA_ARRAY(&batch->arena, struct arena, threads + 1);
    batch->threads = threads;
    struct pdf_deflater *deflaters = ARENA_ARRAY(&batch->arena, struct pdf_deflater, threads + 1);
    for (size_t i = 0; i <= threads; i++) {
        arena_init(&batch->font_arenas[i]);
        pdf_deflater_init(&deflaters[i], NULL, &batch->font_arenas[i]);
    }
    struct freezing freezing = {batch, deflaters};
    pool_run(threads > 1 ? 2 : 1, 2, freeze_part, &freezing);
    if (!batch->has_texts)
        batch->base = batch->blank;
    for (size_t i = 0; i <= threads; i++)
        pdf_deflater_end(&deflaters[i]);
    batch->frozen = true;
}

static bool is_blank(const struct pdf_batch *batch, const struct layout *layout) {
    for (size_t i = 0; i < batch->layouts.count; i++)
        if (batch->layouts.at[i] == layout)
            return batch->frozen;
    return false;
}

void pdf_batch_allow_threads(struct pdf_batch *batch, size_t threads) {
    batch->document_threads = threads;
}

void pdf_batch_free(struct pdf_batch *batch) {
    if (!batch)
        return;
    pdf_streams_free(batch->streams);
    for (size_t i = 0; batch->font_arenas && i <= batch->threads; i++)
        arena_release(&batch->font_arenas[i]);
    arena_release(&batch->arena);
}

/* ---- one document ---- */

void document_note_marks(struct document *document, size_t page, const struct mark *marks,
                         size_t count, bool body) {
    for (size_t i = 0; i < count; i++) {
        uint32_t element = body ? structure_resolve(&document->structure, marks[i].element) : 0;
        if (marks[i].kind == MARK_IMAGE && marks[i].image)
            pdf_images_add(&document->images, &marks[i]);
        if (element)
            structure_note_mark(&document->structure, page, element, &marks[i]);
    }
}

static void write_content(struct document *document, struct buf *out, size_t page,
                          const struct mark *marks, size_t count, bool furniture,
                          const unsigned char *uses) {
    content_write(out, &(struct content_request){.runs = &document->runs,
                                                 .images = &document->images,
                                                 .stamps = &document->stamps,
                                                 .codes = &document->codes,
                                                 .structure = &document->structure,
                                                 .page = page,
                                                 .page_height_um =
                                                     document->layout->pages[page].paper->height_um,
                                                 .marks = marks,
                                                 .count = count,
                                                 .uses = uses,
                                                 .furniture = furniture});
}

static struct pdf_dict *put_stream(struct document *document, const struct buf *bytes) {
    return pdf_stream_new_packed(document->file, bytes->data, bytes->len);
}

struct pdf_dict *document_put_content(struct document *document, size_t page,
                                      const struct mark *marks, size_t count, bool furniture) {
    buf_clear(&document->content);
    write_content(document, &document->content, page, marks, count, furniture, NULL);
    return put_stream(document, &document->content);
}

/* Body and furniture: apart if other documents may have the same body, so that it is compressed
 * only once. */
static struct pdf_array *put_contents(struct document *document, size_t index,
                                      const unsigned char *uses) {
    const struct page *page = &document->layout->pages[index];
    struct pdf_array *contents = pdf_array_new(document->file);
    struct buf *content = &document->content;
    buf_clear(content);
    write_content(document, content, index, page->body, page->body_count, false, uses);
    if (page->furniture_count && !document->blank) {
        pdf_push_dict(contents, put_stream(document, content));
        buf_clear(content);
    }
    if (page->furniture_count)
        write_content(document, content, index, page->furniture, page->furniture_count, true, NULL);
    pdf_push_dict(contents, put_stream(document, content));
    return contents;
}

/* Links and widgets, in the order of reading. */
static void put_annotations(struct document *document, size_t index, const unsigned char *uses) {
    const struct page *page = &document->layout->pages[index];
    struct pdf_file *file = document->file;
    struct pdf_dict *dict = document->pages[index];
    struct pdf_array *annotations = NULL;
    for (size_t i = 0; i < page->body_count + page->furniture_count; i++) {
        bool body = i < page->body_count;
        const struct mark *mark = body ? &page->body[i] : &page->furniture[i - page->body_count];
        uint32_t number = 0;
        if (body && uses[i] == FORM_FIELD) {
            number = form_add_widget(&document->form, index, pdf_dict_number(dict), mark);
        } else if (mark->kind == MARK_LINK) {
            uint32_t element = body ? structure_resolve(&document->structure, mark->element) : 0;
            number = pdf_dict_number(
                link_put(file, document->layout, &document->structure, index, mark, element));
        }
        if (!number)
            continue;
        if (!annotations)
            annotations = pdf_array_new(file);
        pdf_push_ref(file, annotations, number);
    }
    if (annotations)
        pdf_put_array(dict, "Annots", annotations);
}

static void put_page(struct document *document, size_t index, struct pdf_dict *resources) {
    const struct page *page = &document->layout->pages[index];
    struct pdf_dict *dict = document->pages[index];
    double box[4] = {0, 0, pt_from_um(page->paper->width_um), pt_from_um(page->paper->height_um)};
    pdf_put_rect(document->file, dict, "MediaBox", box);
    pdf_put_dict(dict, "Resources", resources);
    const unsigned char *uses =
        form_uses(pdf_file_arena(document->file), &document->structure, page);
    document_note_marks(document, index, page->body, page->body_count, true);
    document_note_marks(document, index, page->furniture, page->furniture_count, false);
    pdf_put_array(dict, "Contents", put_contents(document, index, uses));
    pdf_put_int(dict, "StructParents", (int32_t)index);
    pdf_put_name(dict, "Tabs", "S");
    put_annotations(document, index, uses);
}

struct pdf_dict *document_put_resources(struct document *document, struct pdf_dict *resources) {
    struct pdf_dict *fonts = pdf_dict_new_indirect(document->file);
    struct pdf_dict *images = pdf_dict_new(document->file);
    pdf_fonts_put(document->base, document->file, fonts);
    pdf_fonts_put(&document->own, document->file, fonts);
    pdf_images_put(&document->images, document->file, &document->deflater, &document->runs, fonts,
                   images);
    pdf_stamps_put(&document->stamps, document->file, &document->deflater, images);
    pdf_codes_put(&document->codes, document->file, &document->deflater, images);
    pdf_put_dict(resources, "Font", fonts);
    pdf_put_dict(resources, "XObject", images);
    return fonts;
}

static void put_catalog(struct document *document, const struct pdf_identity *identity) {
    struct pdf_file *file = document->file;
    const struct layout *layout = document->layout;
    struct pdf_dict *catalog = pdf_file_catalog(file);
    if (layout->language && *layout->language)
        pdf_put_text(file, catalog, "Lang", layout->language);
    struct pdf_dict *preferences = pdf_dict_new(file);
    pdf_put_bool(preferences, "DisplayDocTitle", true);
    if (layout->right_to_left)
        pdf_put_name(preferences, "Direction", "R2L");
    pdf_put_dict(catalog, "ViewerPreferences", preferences);
    output_intent_put(file);
    metadata_put(file, layout, identity, structure_is_accessible(&document->structure));
}

static void put_document(struct document *document, const struct pdf_identity *identity) {
    struct pdf_file *file = document->file;
    const struct layout *layout = document->layout;
    uint32_t *numbers = ARENA_ARRAY(pdf_file_arena(file), uint32_t, layout->page_count);
    struct pdf_dict *resources = pdf_dict_new_indirect(file);
    document->form.resources = pdf_dict_number(resources);
    for (size_t i = 0; i < layout->page_count; i++) {
        document->pages[i] = pdf_file_add_page(file);
        numbers[i] = pdf_dict_number(document->pages[i]);
    }
    for (size_t i = 0; i < layout->page_count; i++)
        put_page(document, i, resources);
    outline_put(file, layout, document->pages);
    page_labels_put(file, layout);
    struct pdf_dict *names = NULL;
    if (layout->destination_count || document->form.scripts) {
        names = pdf_dict_new(file);
        pdf_put_dict(pdf_file_catalog(file), "Names", names);
    }
    destinations_put(file, layout, document->pages, names);
    structure_put(&document->structure, file, numbers);
    struct pdf_dict *fonts = document_put_resources(document, resources);
    form_put(&document->form, document->form_font, fonts, names);
    put_catalog(document, identity);
}

static const struct form_font *make_form_font(struct document *document,
                                              const struct pdf_batch *batch) {
    struct arena *job = pdf_file_arena(document->file);
    struct form_font *font = ARENA_NEW(job, struct form_font);
    *font = form_font_make(batch->fonts, document->layout->answer, job, &document->deflater);
    return font;
}

bool document_begin(struct document *document, struct pdf_batch *batch, struct arena *job,
                    const struct layout *layout, const char **error) {
    static const struct pdf_fonts no_base = {0};
    *document = (struct document){.layout = layout, .own.letter = 'G'};
    document->blank = is_blank(batch, layout);
    document->base = document->blank ? &batch->blank : batch->frozen ? &batch->base : &no_base;
    document->file = pdf_file_new(job);
    if (!document->file) {
        *error = "libharu cannot start: out of memory";
        return false;
    }
    pdf_deflater_init(&document->deflater, batch->streams, job);
    document->deflater.threads = batch->document_threads;
    glyph_set_init(&document->own.glyphs, job, batch->fonts);
    run_table_init(&document->runs, job, document->base, &document->own);
    pdf_images_init(&document->images, job);
    pdf_stamps_init(&document->stamps, job);
    pdf_codes_init(&document->codes, job);
    structure_init(&document->structure, job, layout);
    buf_init(&document->content, job);
    form_init(&document->form, &(struct pdf_form){.job = job,
                                                  .file = document->file,
                                                  .layout = layout,
                                                  .structure = &document->structure,
                                                  .stamps = &document->stamps,
                                                  .runs = &document->runs,
                                                  .deflater = &document->deflater});
    document->form_font = batch->frozen ? &batch->form_font : make_form_font(document, batch);
    document->pages = ARENA_ARRAY(job, struct pdf_dict *, layout->page_count);
    if (!document->blank) /* else the base has all its glyphs */
        collect_layout(&document->runs, layout);
    pdf_fonts_make(&document->own, job, &document->deflater, 1);
    return true;
}

bool document_end(struct document *document, enum pdf_layout as, struct buf *out,
                  const char **error) {
    bool saved = pdf_file_save(document->file, &document->deflater, as, out, error);
    pdf_deflater_end(&document->deflater);
    pdf_file_free(document->file);
    return saved;
}

bool pdf_write_as(struct pdf_batch *batch, struct arena *job, const struct layout *layout,
                  const struct pdf_identity *identity, enum pdf_layout as, struct buf *out,
                  const char **error) {
    struct document document;
    if (!document_begin(&document, batch, job, layout, error))
        return false;
    put_document(&document, identity);
    return document_end(&document, as, out, error);
}

bool pdf_write(struct pdf_batch *batch, struct arena *job, const struct layout *layout,
               const struct pdf_identity *identity, struct buf *out, const char **error) {
    return pdf_write_as(batch, job, layout, identity, PDF_COMPACT, out, error);
}
