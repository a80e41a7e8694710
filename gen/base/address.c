#include "base/address.h"

#include <string.h>

enum { LOCAL_MOST = 64, MAILBOX_MOST = 254, LABEL_MOST = 63 };

static bool is_control(unsigned char byte) { return byte < 0x20 || byte == 0x7F; }

static bool has_control(const char *text) {
    for (; *text; text++)
        if (is_control((unsigned char)*text) || /* C1 controls, U+0080..9F */
            ((unsigned char)text[0] == 0xC2 && (unsigned char)text[1] >= 0x80 &&
             (unsigned char)text[1] < 0xA0))
            return true;
    return false;
}

static bool is_letter_or_digit(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
}

/* dot-atom of RFC 5322 §3.2.3, in ASCII: mail beyond it needs servers that know SMTPUTF8. */
static bool is_local(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        bool dot = text[i] == '.';
        if (dot ? i == 0 || i + 1 == length || text[i - 1] == '.'
                : !is_letter_or_digit((unsigned char)text[i]) &&
                      !strchr("!#$%&'*+-/=?^_`{|}~", text[i]))
            return false;
    }
    return length > 0;
}

/* Labels of letters, digits and hyphens; letters beyond ASCII are for whoever turns them to ASCII. A
 * domain of one label is nobody's on the internet, but "localhost" is the tests'. */
static bool is_domain(const char *text) {
    size_t label = 0;
    for (const char *at = text;; at++) {
        unsigned char byte = (unsigned char)*at;
        if (is_letter_or_digit(byte) || byte >= 0x80 || byte == '-') {
            if (byte == '-' && (label == 0 || at[1] == '.' || !at[1]))
                return false;
            label++;
            continue;
        }
        if ((byte && byte != '.') || label == 0 || label > LABEL_MOST)
            return false;
        if (!byte)
            return true;
        label = 0;
    }
}

enum address_fault address_check(const char *mailbox) {
    if (!*mailbox)
        return ADDRESS_EMPTY;
    if (has_control(mailbox))
        return ADDRESS_CONTROL;
    const char *at = strchr(mailbox, '@');
    if (!at || at == mailbox || !at[1] || strchr(at + 1, '@'))
        return ADDRESS_NO_AT;
    if (at - mailbox > LOCAL_MOST || strlen(mailbox) > MAILBOX_MOST)
        return ADDRESS_LONG;
    if (!is_local(mailbox, (size_t)(at - mailbox)))
        return ADDRESS_LOCAL;
    return is_domain(at + 1) ? ADDRESS_GOOD : ADDRESS_DOMAIN;
}

/* A copy without blanks around, and without quotation marks if it has them on both ends. */
static const char *trimmed(struct arena *arena, const char *text, size_t length, bool quotes) {
    while (length && *text == ' ')
        text++, length--;
    while (length && text[length - 1] == ' ')
        length--;
    if (quotes && length > 1 && *text == '"' && text[length - 1] == '"')
        text++, length -= 2;
    return arena_strndup(arena, text, length);
}

enum address_fault address_parse(struct arena *arena, const char *text, struct address *address) {
    *address = (struct address){"", ""};
    if (has_control(text))
        return ADDRESS_CONTROL;
    size_t length = strlen(trimmed(arena, text, strlen(text), false));
    if (!length)
        return ADDRESS_EMPTY;
    const char *open = strrchr(text, '<');
    if (!open) {
        address->mailbox = trimmed(arena, text, strlen(text), false);
        return strchr(text, '>') ? ADDRESS_BRACKETS : address_check(address->mailbox);
    }
    const char *close = strchr(open, '>');
    if (!close || close[1 + strspn(close + 1, " ")])
        return ADDRESS_BRACKETS;
    address->name = trimmed(arena, text, (size_t)(open - text), true);
    address->mailbox = trimmed(arena, open + 1, (size_t)(close - open - 1), false);
    return address_check(address->mailbox);
}

const char *address_fault_words(enum address_fault fault) {
    static const char *const words[] = {
        [ADDRESS_GOOD] = "nothing is wrong with it",
        [ADDRESS_EMPTY] = "it is empty",
        [ADDRESS_CONTROL] = "it has a line break or another control character in it",
        [ADDRESS_NO_AT] = "it is not of the form name@example.org",
        [ADDRESS_LOCAL] = "what stands before the @ is no mailbox's name",
        [ADDRESS_DOMAIN] = "what stands behind the @ is no domain",
        [ADDRESS_LONG] = "it is too long",
        [ADDRESS_BRACKETS] = "its pointed brackets do not match",
    };
    return words[fault];
}
