#include "model/words.h"

#include "base/buf.h"

#include <stdbool.h>

const char *word_key(enum word word) {
    static const char *const keys[] = {
#define WORD(code, key) key,
#include "model/words.def"
#undef WORD
    };
    return keys[word];
}

const char *word_text(const char *const *words, enum word word) {
    return words[word] ? words[word] : word_key(word);
}

const char *word_fill(struct arena *arena, const char *text, const char *first,
                      const char *second) {
    struct buf out;
    buf_init(&out, arena);
    for (const char *at = text; *at; at++) {
        bool argument = at[0] == '{' && (at[1] == '0' || at[1] == '1') && at[2] == '}';
        if (argument) {
            const char *filled = at[1] == '0' ? first : second;
            buf_puts(&out, filled ? filled : "");
            at += 2;
        } else {
            buf_putc(&out, *at);
        }
    }
    return out.data;
}
