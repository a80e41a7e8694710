/* What the text dumps of the model share. For tests and for eyes: nothing reads a dump back. */
#ifndef TANDEM_MODEL_DUMP_H
#define TANDEM_MODEL_DUMP_H

#include <stddef.h>
#include <stdio.h>

/* `length` bytes on one line, to stand between double quotes: line ends, quotes and backslashes
 * are escaped. */
void dump_text(const char *text, size_t length, FILE *out);

#endif
