/* Text in PDF objects (ISO 32000-1 §7.9.2.2): UTF-8 becomes ASCII or UTF-16BE with a byte order
 * mark. Errors: none. */
#ifndef TANDEM_WRITE_PDF_TEXT_H
#define TANDEM_WRITE_PDF_TEXT_H

#include "base/buf.h"

#include <stdbool.h>

/* True if all bytes are printable ASCII, which PDFDocEncoding shares. */
bool pdf_text_is_ascii(const char *text, size_t size);
/* Appends a byte order mark and the code units, as bytes. */
void pdf_text_utf16(struct buf *out, const char *text, size_t size);
/* Appends the code units as hex digits, without mark or brackets: ToUnicode maps. */
void pdf_text_utf16_hex(struct buf *out, const char *text, size_t size);
/* Appends a literal string object, of ASCII or of UTF-16 as bytes: half of what hexadecimal digits
 * take. It may hold NUL. */
void pdf_text_put_string(struct buf *out, const char *text, size_t size);

#endif
