/* CFF font programs: the one thing PDF needs to read from them.
 *
 * Source: Adobe Technical Note 5176, "The Compact Font Format Specification". Errors: a program
 * that cannot be followed counts as one without character identifiers. */
#ifndef TANDEM_WRITE_PDF_CFF_H
#define TANDEM_WRITE_PDF_CFF_H

#include <stddef.h>
#include <stdint.h>

/* The character identifier by which a reader finds a glyph: from the charset of a CID-keyed font,
 * else the glyph's number. */
uint16_t cff_character_id(const void *program, size_t size, uint16_t glyph);

#endif
