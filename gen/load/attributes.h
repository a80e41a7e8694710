/* Pandoc's attributes in braces: {#id .class key=value key="two words" flag}.
 *
 * Stage: load. Owner: the caller's arena. Errors: reported at the byte that cannot be read. */
#ifndef TANDEM_LOAD_ATTRIBUTES_H
#define TANDEM_LOAD_ATTRIBUTES_H

#include "base/arena.h"
#include "model/document.h"

#include <stddef.h>

/* Finds the place of bytes [offset, offset + length) of a text that was taken out of a source. */
struct place_finder {
    struct span (*find)(const void *context, size_t offset, size_t length);
    const void *context;
};

/* Bytes of the braces that begin at text[0], quotes respected; 0 if they do not close. */
size_t attributes_scan(const char *text, size_t size);
/* True if what begins at text[0] is meant as attributes: {#…, {.… or {key=…. */
bool attributes_are_meant(const char *text, size_t size);
/* Parses text[0, size), braces included. A flag without value gets the value "". What cannot be
 * read is reported and left out; never NULL. */
const struct attributes *attributes_parse(struct arena *arena, struct diag *diag, const char *text,
                                          size_t size, struct place_finder places);

#endif
