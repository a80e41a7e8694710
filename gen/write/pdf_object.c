#include "write/pdf_object.h"

#include "base/hash.h"
#include "base/vec.h"
#include "write/pdf_text.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <string.h>

/* Object streams of 200: larger ones save little more and slow down readers that want one object.
 */
enum { OBJECTS_PER_STREAM = 200, OBJECTS_OF_LIBHARU = 3, XREF_ROW = 7 };

struct pdf_file {
    struct arena *job;
    HPDF_Doc doc;
    size_t pages;
    VEC(struct stream_body *) to_pack; /* streams to compress when the file is saved */
    bool failed;
};

/* What stands behind a stream dictionary's `attr`. */
struct stream_body {
    struct pdf_bytes bytes;
    bool deflated;
    HPDF_Stream out; /* where its dictionary was just written: after_write_fn is not told */
};

/* Only records: the error stays in the document and pdf_file_save asks for it. */
static void ignore_error(HPDF_STATUS error, HPDF_STATUS detail, void *user) {
    (void)error, (void)detail, (void)user;
}

static HPDF_Dict hpdf(struct pdf_dict *dict) { return (HPDF_Dict)(void *)dict; }
static HPDF_Array hpdf_array(struct pdf_array *array) { return (HPDF_Array)(void *)array; }

struct pdf_file *pdf_file_new(struct arena *job) {
    struct pdf_file *file = ARENA_NEW(job, struct pdf_file);
    file->job = job;
    file->doc = HPDF_NewEx(ignore_error, NULL, NULL, 0, NULL);
    if (!file->doc)
        return NULL;
    file->doc->root_pages->before_write_fn = NULL; /* counts only pages of libharu's making */
    return file;
}

void pdf_file_free(struct pdf_file *file) {
    if (file)
        HPDF_Free(file->doc);
}

struct arena *pdf_file_arena(const struct pdf_file *file) {
    return file->job;
}
struct pdf_dict *pdf_file_catalog(struct pdf_file *file) {
    return (void *)file->doc->catalog;
}
struct pdf_dict *pdf_file_info(struct pdf_file *file) {
    return (void *)file->doc->info;
}

struct pdf_dict *pdf_file_add_page(struct pdf_file *file) {
    struct pdf_dict *page = pdf_dict_new_indirect(file);
    struct pdf_dict *root = (void *)file->doc->root_pages;
    pdf_put_name(page, "Type", "Page");
    pdf_put_dict(page, "Parent", root);
    HPDF_Array kids = HPDF_Dict_GetItem(file->doc->root_pages, "Kids", HPDF_OCLASS_ARRAY);
    pdf_push_dict((void *)kids, page);
    pdf_put_int(root, "Count", (int32_t)++file->pages);
    return page;
}

struct pdf_dict *pdf_dict_new(struct pdf_file *file) {
    return (void *)HPDF_Dict_New(file->doc->mmgr);
}

struct pdf_dict *pdf_dict_new_indirect(struct pdf_file *file) {
    HPDF_Dict dict = HPDF_Dict_New(file->doc->mmgr);
    /* Xref_Add frees what it cannot take. */
    if (dict && HPDF_Xref_Add(file->doc->xref, dict) != HPDF_OK)
        dict = NULL;
    if (!dict)
        file->failed = true;
    return (void *)dict;
}

struct pdf_array *pdf_array_new(struct pdf_file *file) {
    HPDF_Array array = HPDF_Array_New(file->doc->mmgr);
    if (array)
        array->list->items_per_block = 256; /* lists grow by this many: 20 by default */
    return (void *)array;
}

static HPDF_STATUS write_stream_entries(HPDF_Dict dict, HPDF_Stream out) {
    struct stream_body *body = dict->attr;
    body->out = out;
    if (body->deflated)
        HPDF_Stream_WriteStr(out, "/Filter /FlateDecode ");
    HPDF_Stream_WriteStr(out, "/Length ");
    return HPDF_Stream_WriteUInt(out, (HPDF_UINT)body->bytes.size);
}

static HPDF_STATUS write_stream_bytes(HPDF_Dict dict) {
    struct stream_body *body = dict->attr;
    HPDF_Stream_WriteStr(body->out, "\nstream\n");
    HPDF_Stream_Write(body->out, body->bytes.data, (HPDF_UINT)body->bytes.size);
    return HPDF_Stream_WriteStr(body->out, "\nendstream");
}

static bool is_stream(const HPDF_Dict_Rec *dict) {
    return dict->after_write_fn == write_stream_bytes;
}

struct pdf_dict *pdf_stream_new(struct pdf_file *file, struct pdf_bytes bytes, bool deflated) {
    HPDF_Dict dict = hpdf(pdf_dict_new_indirect(file));
    if (!dict)
        return NULL;
    struct stream_body *body = ARENA_NEW(file->job, struct stream_body);
    *body = (struct stream_body){bytes, deflated, NULL};
    dict->attr = body;
    dict->write_fn = write_stream_entries;
    dict->after_write_fn = write_stream_bytes;
    return (void *)dict;
}

struct pdf_dict *pdf_stream_new_packed(struct pdf_file *file, const void *bytes, size_t size) {
    struct pdf_bytes copy = {arena_strndup(file->job, bytes, size), size};
    struct pdf_dict *dict = pdf_stream_new(file, copy, true);
    if (dict)
        VEC_PUSH(file->job, &file->to_pack, hpdf(dict)->attr);
    return dict;
}

uint32_t pdf_dict_number(const struct pdf_dict *dict) {
    const HPDF_Dict_Rec *record = (const void *)dict;
    return record ? record->header.obj_id & 0x00FFFFFF : 0;
}

static HPDF_STATUS write_raw_entries(HPDF_Dict dict, HPDF_Stream out) {
    const struct pdf_bytes *entries = dict->attr;
    return entries ? HPDF_Stream_Write(out, entries->data, (HPDF_UINT)entries->size) : HPDF_OK;
}

static void set_entries(struct pdf_file *file, HPDF_Dict dict, const char *entries, size_t size) {
    struct pdf_bytes *bytes = ARENA_NEW(file->job, struct pdf_bytes);
    *bytes = (struct pdf_bytes){entries, size};
    dict->attr = bytes;
}

struct pdf_dict *pdf_dict_new_raw_tail(struct pdf_file *file, const char *entries) {
    HPDF_Dict dict = hpdf(pdf_dict_new_indirect(file));
    if (dict) {
        dict->write_fn = write_raw_entries;
        if (entries)
            set_entries(file, dict, entries, strlen(entries));
    }
    return (void *)dict;
}

uint32_t pdf_file_reserve(struct pdf_file *file, size_t count) {
    uint32_t first = file->doc->xref->entries->count;
    for (size_t i = 0; i < count && !file->failed; i++)
        pdf_dict_new_raw_tail(file, NULL);
    return first;
}

static HPDF_Dict object_at(struct pdf_file *file, uint32_t number) {
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(file->doc->xref, number);
    if (!entry || !entry->obj)
        file->failed = true;
    return entry ? entry->obj : NULL;
}

void pdf_file_set_raw(struct pdf_file *file, uint32_t number, const char *entries, size_t size) {
    HPDF_Dict dict = object_at(file, number);
    if (dict)
        set_entries(file, dict, entries, size);
}

/* The adders of libharu record their errors in the document; a missing dictionary was recorded
 * when it could not be made. */
void pdf_put_name(struct pdf_dict *dict, const char *key, const char *name) {
    if (dict)
        HPDF_Dict_AddName(hpdf(dict), key, name);
}

void pdf_put_int(struct pdf_dict *dict, const char *key, int32_t number) {
    if (dict)
        HPDF_Dict_AddNumber(hpdf(dict), key, number);
}

void pdf_put_real(struct pdf_dict *dict, const char *key, double number) {
    if (dict)
        HPDF_Dict_AddReal(hpdf(dict), key, (HPDF_REAL)number);
}

void pdf_put_bool(struct pdf_dict *dict, const char *key, bool value) {
    if (dict)
        HPDF_Dict_AddBoolean(hpdf(dict), key, value ? HPDF_TRUE : HPDF_FALSE);
}

static void *new_text(struct pdf_file *file, const char *text) {
    size_t size = strlen(text);
    if (pdf_text_is_ascii(text, size))
        return HPDF_String_New(file->doc->mmgr, text, NULL);
    struct buf utf16;
    buf_init(&utf16, file->job);
    pdf_text_utf16(&utf16, text, size);
    return HPDF_Binary_New(file->doc->mmgr, (HPDF_BYTE *)utf16.data, (HPDF_UINT)utf16.len);
}

void pdf_put_text(struct pdf_file *file, struct pdf_dict *dict, const char *key, const char *text) {
    if (dict)
        HPDF_Dict_Add(hpdf(dict), key, new_text(file, text));
}

void pdf_put_dict(struct pdf_dict *dict, const char *key, struct pdf_dict *value) {
    if (dict)
        HPDF_Dict_Add(hpdf(dict), key, value);
}

void pdf_put_array(struct pdf_dict *dict, const char *key, struct pdf_array *value) {
    if (dict)
        HPDF_Dict_Add(hpdf(dict), key, value);
}

void pdf_put_ref(struct pdf_file *file, struct pdf_dict *dict, const char *key, uint32_t number) {
    if (dict)
        HPDF_Dict_Add(hpdf(dict), key, object_at(file, number));
}

void pdf_put_rect(struct pdf_file *file, struct pdf_dict *dict, const char *key,
                  const double corners[4]) {
    struct pdf_array *array = pdf_array_new(file);
    for (int i = 0; i < 4; i++)
        pdf_push_real(array, corners[i]);
    pdf_put_array(dict, key, array);
}

void pdf_push_name(struct pdf_array *array, const char *name) {
    if (array)
        HPDF_Array_AddName(hpdf_array(array), name);
}

void pdf_push_int(struct pdf_array *array, int32_t number) {
    if (array)
        HPDF_Array_AddNumber(hpdf_array(array), number);
}

void pdf_push_real(struct pdf_array *array, double number) {
    if (array)
        HPDF_Array_AddReal(hpdf_array(array), (HPDF_REAL)number);
}

void pdf_push_bool(struct pdf_file *file, struct pdf_array *array, bool value) {
    if (array)
        HPDF_Array_Add(hpdf_array(array),
                       HPDF_Boolean_New(file->doc->mmgr, value ? HPDF_TRUE : HPDF_FALSE));
}

void pdf_push_null(struct pdf_file *file, struct pdf_array *array) {
    if (array)
        HPDF_Array_Add(hpdf_array(array), HPDF_Null_New(file->doc->mmgr));
}

void pdf_push_text(struct pdf_file *file, struct pdf_array *array, const char *text) {
    if (array)
        HPDF_Array_Add(hpdf_array(array), new_text(file, text));
}

void pdf_push_dict(struct pdf_array *array, struct pdf_dict *value) {
    if (array)
        HPDF_Array_Add(hpdf_array(array), value);
}

void pdf_push_ref(struct pdf_file *file, struct pdf_array *array, uint32_t number) {
    if (array)
        HPDF_Array_Add(hpdf_array(array), object_at(file, number));
}

void pdf_push_array(struct pdf_array *array, struct pdf_array *value) {
    if (array)
        HPDF_Array_Add(hpdf_array(array), value);
}

/* ---- saving ---- */

static HPDF_STATUS write_to_buf(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT count) {
    buf_put(stream->attr, bytes, count);
    return HPDF_OK;
}

/* Where each object stands: an offset in the file, or an object stream and a place in it. */
struct place {
    unsigned char kind; /* 1: offset in `at`; 2: in stream number `at`, `index` */
    uint32_t at;
    uint16_t index;
};

struct object_stream {
    uint32_t number, count; /* its own, and of the objects in it */
    size_t first;           /* where the objects begin, after their numbers and places */
    struct pdf_bytes bytes;
};

struct saving {
    struct pdf_file *file;
    struct pdf_deflater *deflater;
    struct buf *out;
    size_t start; /* of the file in out */
    struct place *places;
    uint32_t count;         /* objects of libharu, number 0 included */
    uint32_t next;          /* number for the next object stream */
    struct buf index, body; /* of the object stream being filled */
    VEC(struct object_stream) object_streams;
    HPDF_Stream to_out, to_body;
    uint32_t filled;
    HPDF_STATUS status;
};

static void write_value(struct saving *saving, uint32_t number, HPDF_Stream stream) {
    HPDF_Dict dict = object_at(saving->file, number);
    HPDF_STATUS status = dict ? HPDF_Obj_WriteValue(dict, stream, NULL) : HPDF_INVALID_OBJECT;
    if (status != HPDF_OK)
        saving->status = status;
}

static void write_object(struct saving *saving, uint32_t number) {
    saving->places[number].kind = 1;
    saving->places[number].at = (uint32_t)(saving->out->len - saving->start);
    buf_put_int(saving->out, number);
    buf_puts(saving->out, " 0 obj\n");
    write_value(saving, number, saving->to_out);
    buf_puts(saving->out, "\nendobj\n");
}

static void end_object_stream(struct saving *saving) {
    if (!saving->filled)
        return;
    struct object_stream *stream = VEC_ADD(saving->file->job, &saving->object_streams);
    stream->number = saving->next++;
    stream->count = saving->filled;
    stream->first = saving->index.len;
    buf_put(&saving->index, saving->body.data, saving->body.len);
    stream->bytes.size = saving->index.len;
    stream->bytes.data = arena_strndup(saving->file->job, saving->index.data, saving->index.len);
    buf_clear(&saving->index);
    buf_clear(&saving->body);
    saving->filled = 0;
}

static void write_object_stream(struct saving *saving, const struct object_stream *stream) {
    saving->places[stream->number].kind = 1;
    saving->places[stream->number].at = (uint32_t)(saving->out->len - saving->start);
    buf_printf(saving->out,
               "%u 0 obj\n<</Type/ObjStm/N %u/First %zu/Filter/FlateDecode/Length %zu>>\nstream\n",
               stream->number, stream->count, stream->first, stream->bytes.size);
    buf_put(saving->out, stream->bytes.data, stream->bytes.size);
    buf_puts(saving->out, "\nendstream\nendobj\n");
}

static void pack_object(struct saving *saving, uint32_t number) {
    saving->places[number] = (struct place){2, saving->next, (uint16_t)saving->filled};
    buf_put_int(&saving->index, number);
    buf_putc(&saving->index, ' ');
    buf_put_int(&saving->index, (int64_t)saving->body.len);
    buf_putc(&saving->index, ' ');
    write_value(saving, number, saving->to_body);
    buf_putc(&saving->body, '\n');
    if (++saving->filled == OBJECTS_PER_STREAM)
        end_object_stream(saving);
}

static void put_trailer_entries(struct saving *saving, uint32_t size) {
    unsigned char digest[32];
    char hex[33];
    sha256_bytes(saving->out->data + saving->start, saving->out->len - saving->start, digest);
    for (int i = 0; i < 16; i++) {
        hex[2 * i] = "0123456789ABCDEF"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789ABCDEF"[digest[i] & 15];
    }
    hex[32] = 0;
    HPDF_Doc doc = saving->file->doc;
    buf_printf(saving->out, "/Size %u/Root %u 0 R/Info %u 0 R/ID[<%s><%s>]", size,
               doc->catalog->header.obj_id & 0x00FFFFFF, doc->info->header.obj_id & 0x00FFFFFF, hex,
               hex);
}

static void write_xref_stream(struct saving *saving) {
    uint32_t number = saving->next, size = number + 1;
    size_t offset = saving->out->len;
    saving->places[number] = (struct place){1, (uint32_t)(offset - saving->start), 0};
    /* Each row as its difference from the one above, PNG's "Up" (§7.4.4.4): a tenth of the size. */
    unsigned char *rows = arena_alloc(saving->file->job, (size_t)size * (XREF_ROW + 1));
    unsigned char above[XREF_ROW] = {0};
    for (uint32_t i = 0; i < size; i++) {
        const struct place *place = &saving->places[i];
        unsigned char row[XREF_ROW] = {place->kind,
                                       (unsigned char)(place->at >> 24),
                                       (unsigned char)(place->at >> 16),
                                       (unsigned char)(place->at >> 8),
                                       (unsigned char)place->at,
                                       (unsigned char)(place->index >> 8),
                                       (unsigned char)place->index};
        unsigned char *out = rows + (size_t)i * (XREF_ROW + 1);
        out[0] = 2;
        for (int k = 0; k < XREF_ROW; k++)
            out[1 + k] = (unsigned char)(row[k] - above[k]);
        memcpy(above, row, XREF_ROW);
    }
    struct pdf_bytes packed = pdf_deflate(saving->deflater, rows, (size_t)size * (XREF_ROW + 1));
    buf_printf(saving->out,
               "%u 0 obj\n<</Type/XRef/W[1 4 2]/Filter/FlateDecode"
               "/DecodeParms<</Predictor 12/Columns %d>>/Length %zu",
               number, XREF_ROW, packed.size);
    put_trailer_entries(saving, size);
    buf_puts(saving->out, ">>\nstream\n");
    buf_put(saving->out, packed.data, packed.size);
    buf_printf(saving->out, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n",
               offset - saving->start);
}

static void write_xref_table(struct saving *saving) {
    size_t offset = saving->out->len;
    buf_printf(saving->out, "xref\n0 %u\n0000000000 65535 f \n", saving->count);
    for (uint32_t i = 1; i < saving->count; i++)
        buf_printf(saving->out, "%010u 00000 n \n", saving->places[i].at);
    buf_puts(saving->out, "trailer\n<<");
    put_trailer_entries(saving, saving->count);
    buf_printf(saving->out, ">>\nstartxref\n%zu\n%%%%EOF\n", offset - saving->start);
}

/* Compresses what waits for it: contents, and the object streams. */
static void deflate_streams(struct saving *saving) {
    size_t contents = saving->file->to_pack.count, count = contents + saving->object_streams.count;
    struct pdf_bytes **all = ARENA_ARRAY(saving->file->job, struct pdf_bytes *, count);
    for (size_t i = 0; i < count; i++)
        all[i] = i < contents ? &saving->file->to_pack.at[i]->bytes
                              : &saving->object_streams.at[i - contents].bytes;
    pdf_deflate_all(saving->deflater, all, count);
}

/* Streams as they are, all else in object streams. Catalogue, page tree and information differ
 * between documents that are alike otherwise: they go last, so that the object streams before them
 * are the same bytes and compressed once. */
static void write_compact(struct saving *saving) {
    bool *apart = ARENA_ARRAY(saving->file->job, bool, saving->count);
    for (uint32_t i = 1; i < saving->count; i++) {
        HPDF_Dict dict = object_at(saving->file, i);
        apart[i] = dict && is_stream(dict);
    }
    for (uint32_t i = 1; i < saving->count; i++) {
        uint32_t number = 1 + (i - 1 + OBJECTS_OF_LIBHARU) % (saving->count - 1);
        if (!apart[number])
            pack_object(saving, number);
    }
    end_object_stream(saving);
    deflate_streams(saving);
    for (uint32_t i = 1; i < saving->count; i++)
        if (apart[i])
            write_object(saving, i);
    for (size_t i = 0; i < saving->object_streams.count; i++)
        write_object_stream(saving, &saving->object_streams.at[i]);
    write_xref_stream(saving);
}

static void write_classic(struct saving *saving) {
    deflate_streams(saving);
    for (uint32_t i = 1; i < saving->count; i++)
        write_object(saving, i);
    write_xref_table(saving);
}

bool pdf_file_save(struct pdf_file *file, struct pdf_deflater *deflater, enum pdf_layout layout,
                   struct buf *out, const char **error) {
    struct saving saving = {.file = file, .deflater = deflater, .out = out, .start = out->len};
    HPDF_MMgr memory = file->doc->mmgr;
    saving.count = saving.next = file->doc->xref->entries->count;
    saving.places =
        ARENA_ARRAY(file->job, struct place, saving.count + saving.count / OBJECTS_PER_STREAM + 3);
    buf_init(&saving.index, file->job);
    buf_init(&saving.body, file->job);
    saving.to_out = HPDF_CallbackWriter_New(memory, write_to_buf, out);
    saving.to_body = HPDF_CallbackWriter_New(memory, write_to_buf, &saving.body);
    /* The comment's bytes tell transfer programs that the file is not text (§7.5.2). */
    buf_puts(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    if (saving.to_out && saving.to_body && !file->failed && HPDF_GetError(file->doc) == HPDF_OK) {
        if (layout == PDF_CLASSIC)
            write_classic(&saving);
        else
            write_compact(&saving);
    }
    HPDF_STATUS status = saving.status ? saving.status : HPDF_GetError(file->doc);
    HPDF_Stream_Free(saving.to_out);
    HPDF_Stream_Free(saving.to_body);
    if (status == HPDF_OK && !file->failed && out->len - saving.start < UINT32_MAX)
        return true;
    *error = arena_printf(file->job, "libharu reports error 0x%04lX", (unsigned long)status);
    return false;
}
