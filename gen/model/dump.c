#include "model/dump.h"

void dump_text(const char *text, size_t length, FILE *out) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"' || text[i] == '\\')
            putc('\\', out);
        if (text[i] == '\n')
            fputs("\\n", out);
        else
            putc(text[i], out);
    }
}
