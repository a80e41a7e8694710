/* Words and signs of an expression. */
#include "calc/expr_node.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

/* Letters of names: Latin, Greek and Cyrillic, without the signs × and ÷ among them. */
static bool is_letter(uint32_t code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) ||
           (code >= 0x370 && code <= 0x4FF);
}

/* Bytes of the letter, digit or '_' at `at`; 0 if there is none. */
static size_t word_length(const char *at) {
    if (is_digit(*at) || *at == '_')
        return 1;
    const char *past = at;
    uint32_t code = utf8_next(&past, at + strlen(at));
    return code && is_letter(code) ? (size_t)(past - at) : 0;
}

static struct span token_span(const struct tokens *tokens, const char *from, const char *to) {
    struct span at = tokens->at;
    at.col += (int32_t)(from - tokens->text);
    at.length = to > from ? (int32_t)(to - from) : 1;
    return at;
}

static struct token token_make(struct tokens *tokens, enum token_kind kind, const char *to) {
    struct token token = {
        .kind = kind,
        .text = arena_strndup(tokens->arena, tokens->next, (size_t)(to - tokens->next)),
        .at = token_span(tokens, tokens->next, to)};
    tokens->next = to;
    return token;
}

/* "2026-09-07" */
static struct token token_date(struct tokens *tokens, const char *end) {
    struct token token = token_make(tokens, TOKEN_DATE, end);
    date_t date = date_parse_iso(token.text, strlen(token.text));
    if (date == DATE_NONE) {
        diag_report(tokens->diag, DIAG_DATE_NONEXISTENT, token.at, token.text);
        token.kind = TOKEN_BAD;
    }
    token.number = date;
    return token;
}

static struct token number_bad(struct tokens *tokens, const char *end, const char *hint) {
    struct token token = token_make(tokens, TOKEN_BAD, end);
    diag_report(tokens->diag, DIAG_EXPR_NUMBER, token.at, token.text, hint);
    return token;
}

/* The end of the run of letters, digits and hyphens in words at `at`. */
static const char *word_end(const char *at) {
    for (;;) {
        size_t length = word_length(at);
        if (!length && (*at == '-' || *at == '.') && word_length(at + 1))
            length = 1;
        if (!length)
            return at;
        at += length;
    }
}

static struct token token_number(struct tokens *tokens) {
    const char *at = tokens->next, *whole = at;
    while (is_digit(*at))
        at++;
    if (at - whole == 4 && at[0] == '-' && is_digit(at[1]) && is_digit(at[2]) && at[3] == '-' &&
        is_digit(at[4]) && is_digit(at[5]) && !word_length(at + 6))
        return token_date(tokens, at + 6);
    size_t digits = (size_t)(at - whole);
    if (*at == '.' && is_digit(at[1]))
        for (at++; is_digit(*at); at++)
            ;
    if (*at == '-' && word_length(at + 1))
        return number_bad(tokens, word_end(at), "a minus has spaces around it, as in 3 - 2");
    if (*at == '.' || word_length(at))
        return number_bad(tokens, *at == '.' ? at + 1 : word_end(at),
                          "write numbers with digits and one point, and multiply with *");
    if (digits > 1 && *whole == '0')
        return number_bad(tokens, at, "write thousands without a separator, as in 1000");
    struct token token = token_make(tokens, TOKEN_NUMBER, at);
    token.number = strtod(token.text, NULL);
    if (token.number > 1e300) {
        diag_report(tokens->diag, DIAG_EXPR_NUMBER, token.at, token.text, "it is too large");
        token.kind = TOKEN_BAD;
    }
    return token;
}

/* name[@selector]…: hyphens and points stand between letters or digits. */
static struct token token_name(struct tokens *tokens) {
    const char *at = word_end(tokens->next);
    while (*at == '@' && word_length(at + 1))
        at = word_end(at + 1);
    return token_make(tokens, TOKEN_NAME, at);
}

/* 'text' or "text"; a doubled quote is one. */
static struct token token_quoted(struct tokens *tokens) {
    char quote = *tokens->next;
    struct buf text;
    buf_init(&text, tokens->arena);
    const char *at = tokens->next + 1;
    for (; *at && (*at != quote || at[1] == quote); at++) {
        buf_putc(&text, *at);
        if (*at == quote)
            at++;
    }
    if (!*at) {
        struct token token = token_make(tokens, TOKEN_BAD, at);
        diag_report(tokens->diag, DIAG_EXPR_QUOTE, token.at, quote == '"' ? "\"" : "'");
        return token;
    }
    struct token token = token_make(tokens, TOKEN_TEXT, at + 1);
    token.text = text.data;
    if (!text.len) {
        diag_report(tokens->diag, DIAG_EXPR_TEXT_EMPTY, token.at);
        token.kind = TOKEN_BAD;
    }
    return token;
}

struct sign_help {
    const char *sign, *hint;
};

static const struct sign_help sign_helps[] = {
    {"=", "compare with =="},
    {"<>", "write != for 'is not'"},
    {"!", "write != for 'is not', or the word not"},
    {"&&", "write the word and"},
    {"&", "write the word and"},
    {"||", "write the word or"},
    {"|", "write the word or"},
    {"×", "multiply with *"},
    {"·", "multiply with *"},
    {"÷", "divide with /"},
    {":", "divide with /"},
    {"−", "write minus as -, with spaces around it"},
    {"–", "write minus as -, with spaces around it"},
    {"≤", "write <="},
    {"≥", "write >="},
    {"≠", "write !="},
    {"“", "use straight quotes"},
    {"”", "use straight quotes"},
    {"„", "use straight quotes"},
    {"‘", "use straight quotes"},
    {"’", "use straight quotes"},
    {"£", "numbers stand without a currency"},
    {"€", "numbers stand without a currency"},
    {"$", "numbers stand without a currency"},
    {"[", "use round brackets"},
    {"]", "use round brackets"},
    {"{", "use round brackets"},
    {"}", "use round brackets"},
    {";", "separate values with commas"},
    {"@", "a selector follows its name without a space, as in score.stage.value@first"},
};

static struct token token_unknown(struct tokens *tokens) {
    const char *past = tokens->next, *hint = NULL;
    utf8_next(&past, past + strlen(past));
    for (size_t i = 0; !hint && i < sizeof sign_helps / sizeof *sign_helps; i++) {
        size_t length = strlen(sign_helps[i].sign);
        if (strncmp(tokens->next, sign_helps[i].sign, length) == 0) {
            hint = sign_helps[i].hint;
            past = tokens->next + length;
        }
    }
    struct token token = token_make(tokens, TOKEN_BAD, past);
    diag_report(tokens->diag, DIAG_EXPR_CHARACTER, token.at, token.text, hint);
    return token;
}

static struct token token_sign(struct tokens *tokens) {
    static const struct {
        const char *text;
        int sign;
    } doubles[] = {{"==", SIGN_EQUAL},
                   {"!=", SIGN_UNEQUAL},
                   {"<=", SIGN_LESS_EQUAL},
                   {">=", SIGN_GREATER_EQUAL}};
    int sign = 0;
    size_t length = 1;
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++)
        if (strncmp(tokens->next, doubles[i].text, 2) == 0) {
            sign = doubles[i].sign;
            length = 2;
        }
    if (!sign && strncmp(tokens->next, "<>", 2) != 0 && strchr("+-*/^%<>(),", *tokens->next))
        sign = *tokens->next;
    if (!sign)
        return token_unknown(tokens);
    struct token token = token_make(tokens, TOKEN_SIGN, tokens->next + length);
    token.sign = sign;
    return token;
}

struct token token_next(struct tokens *tokens) {
    while (*tokens->next == ' ' || *tokens->next == '\t')
        tokens->next++;
    char byte = *tokens->next;
    if (!byte)
        return token_make(tokens, TOKEN_END, tokens->next);
    if (is_digit(byte) || (byte == '.' && is_digit(tokens->next[1])))
        return token_number(tokens);
    if (byte == '"' || byte == '\'')
        return token_quoted(tokens);
    if (word_length(tokens->next))
        return token_name(tokens);
    return token_sign(tokens);
}
