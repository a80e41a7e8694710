/* PDF objects: the one door to libharu, whose objects and cross-reference list hold the document.
 *
 * Owner: a file's objects belong to it and go with pdf_file_free; bytes of streams and raw entries
 * are borrowed until then, so they live in the job's arena or in the batch.
 * Errors: libharu reports limits and lack of memory by NULL and codes. Every function here accepts
 * the NULL of one that failed; the first failure is kept and pdf_file_save reports it. */
#ifndef TANDEM_WRITE_PDF_OBJECT_H
#define TANDEM_WRITE_PDF_OBJECT_H

#include "base/buf.h"
#include "write/pdf_stream.h"

#include <stdbool.h>

struct pdf_file;
struct pdf_dict;
struct pdf_array;

/* NULL if libharu cannot start, for want of memory. */
struct pdf_file *pdf_file_new(struct arena *job);
void pdf_file_free(struct pdf_file *file);
struct arena *pdf_file_arena(const struct pdf_file *file);

/* The three dictionaries every file has. The page tree's root takes pages by pdf_file_add_page. */
struct pdf_dict *pdf_file_catalog(struct pdf_file *file);
struct pdf_dict *pdf_file_info(struct pdf_file *file);
/* An indirect page dictionary with Type and Parent, the last of the pages. */
struct pdf_dict *pdf_file_add_page(struct pdf_file *file);

/* Direct dictionaries and arrays must be put into exactly one other; indirect ones are referred to
 * wherever they are put. */
struct pdf_dict *pdf_dict_new(struct pdf_file *file);
struct pdf_dict *pdf_dict_new_indirect(struct pdf_file *file);
struct pdf_array *pdf_array_new(struct pdf_file *file);
/* Indirect, with raw entries (borrowed text) after those that are put into it. */
struct pdf_dict *pdf_dict_new_raw_tail(struct pdf_file *file, const char *entries);
/* A stream of bytes that are borrowed; `deflated` says that they are compressed already. */
struct pdf_dict *pdf_stream_new(struct pdf_file *file, struct pdf_bytes bytes, bool deflated);
/* A stream of bytes that are copied, and compressed when the file is saved. */
struct pdf_dict *pdf_stream_new_packed(struct pdf_file *file, const void *bytes, size_t size);
/* The object's number, for references in raw entries; 0 for a direct one. */
uint32_t pdf_dict_number(const struct pdf_dict *dict);

/* Raw objects: dictionaries whose entries are given as text, for the thousands of structure
 * elements. Reserves `count` numbers in a row and returns the first. */
uint32_t pdf_file_reserve(struct pdf_file *file, size_t count);
/* `entries` is what stands between << and >>: borrowed. */
void pdf_file_set_raw(struct pdf_file *file, uint32_t number, const char *entries, size_t size);

/* Keys and names are plain ASCII without delimiters, at most 127 bytes: pdf_name_plain. */
void pdf_put_name(struct pdf_dict *dict, const char *key, const char *name);
void pdf_put_int(struct pdf_dict *dict, const char *key, int32_t number);
void pdf_put_real(struct pdf_dict *dict, const char *key, double number);
void pdf_put_bool(struct pdf_dict *dict, const char *key, bool value);
/* A text string from UTF-8: as it is if it is ASCII, else UTF-16. */
void pdf_put_text(struct pdf_file *file, struct pdf_dict *dict, const char *key, const char *text);
void pdf_put_dict(struct pdf_dict *dict, const char *key, struct pdf_dict *value);
void pdf_put_array(struct pdf_dict *dict, const char *key, struct pdf_array *value);
/* A reference to an object that was reserved. */
void pdf_put_ref(struct pdf_file *file, struct pdf_dict *dict, const char *key, uint32_t number);
void pdf_put_rect(struct pdf_file *file, struct pdf_dict *dict, const char *key,
                  const double corners[4]);
void pdf_push_name(struct pdf_array *array, const char *name);
void pdf_push_int(struct pdf_array *array, int32_t number);
void pdf_push_real(struct pdf_array *array, double number);
void pdf_push_bool(struct pdf_file *file, struct pdf_array *array, bool value);
void pdf_push_null(struct pdf_file *file, struct pdf_array *array);
void pdf_push_text(struct pdf_file *file, struct pdf_array *array, const char *text);
void pdf_push_dict(struct pdf_array *array, struct pdf_dict *value);
/* A reference to an object that was reserved. */
void pdf_push_ref(struct pdf_file *file, struct pdf_array *array, uint32_t number);
void pdf_push_array(struct pdf_array *array, struct pdf_array *value);

/* COMPACT: objects in compressed object streams, a cross-reference stream (ISO 32000-1 §7.5.7,
 * §7.5.8). CLASSIC: each object readable by itself, a cross-reference table: for debugging. */
enum pdf_layout { PDF_COMPACT, PDF_CLASSIC };

/* Appends the file to `out`; /ID is the SHA-256 of what stands before it. False with *error set. */
bool pdf_file_save(struct pdf_file *file, struct pdf_deflater *deflater, enum pdf_layout layout,
                   struct buf *out, const char **error);

#endif
