/* E-mail addresses, as they are written into files and typed into forms: hostile until looked at here.
 *
 * Source: RFC 5321 §4.1.2 and RFC 5322 §3.4.1, without what no server that people use knows (quoted
 * local parts, comments, address literals). Errors: as an enum; what to say of it is the caller's. */
#ifndef TANDEM_BASE_ADDRESS_H
#define TANDEM_BASE_ADDRESS_H

#include "base/arena.h"

#include <stdbool.h>

enum address_fault {
    ADDRESS_GOOD,
    ADDRESS_EMPTY,
    ADDRESS_CONTROL, /* a line break or another control character */
    ADDRESS_NO_AT,   /* not one "@" with something on both sides */
    ADDRESS_LOCAL,   /* what stands before it has characters that it may not have */
    ADDRESS_DOMAIN,  /* or what stands behind it */
    ADDRESS_LONG,    /* more than 64 bytes before it, or 254 altogether */
    ADDRESS_BRACKETS /* "Name <a@b" and the like */
};

struct address {
    const char *name;    /* as text, "" without; never with control characters */
    const char *mailbox; /* "ada@example.org"; a domain may hold letters beyond ASCII */
};

/* Reads "ada@example.org" or "Ada Okonjo <ada@example.org>"; white space around is dropped, and
 * quotation marks around the name. Texts are in `arena`. */
enum address_fault address_parse(struct arena *arena, const char *text, struct address *address);
/* What is wrong with a mailbox alone. */
enum address_fault address_check(const char *mailbox);
/* The fault in words that end a sentence: "it has a line break in it". */
const char *address_fault_words(enum address_fault fault);

#endif
