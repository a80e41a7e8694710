/* A message as the bytes of an .eml file (RFC 5322, MIME), by GMime. The same parts give the same
 * bytes: its boundaries and its Message-ID come from a hash of them, its date is given.
 *
 * Stage: write. Owner: the arena given. Errors: as text. */
#ifndef TANDEM_WRITE_MAIL_MESSAGE_H
#define TANDEM_WRITE_MAIL_MESSAGE_H

#include "base/address.h"
#include "base/buf.h"
#include "base/date.h"

struct mail_file {
    const char *name; /* as the reader sees it; any characters */
    const char *type; /* "application/pdf" */
    const void *bytes;
    size_t size;
};

struct mail_parts {
    struct address from, reply_to; /* reply_to.mailbox "" without */
    const struct address *to, *cc; /* checked; domains in ASCII */
    size_t to_count, cc_count;
    const char *subject;
    date_t date; /* noon of that day, UTC */
    const char *text, *html;
    const struct mail_file *files;
    size_t file_count;
};

/* Called once before all others, on one thread: opens the library. False with *error set. */
bool mail_message_start(struct arena *arena, const char **error);
/* Appends the message, with CRLF line ends. False with *error set. */
bool mail_message_write(struct arena *arena, const struct mail_parts *parts, struct buf *out,
                        const char **error);
/* "ada@bücher.example" with its domain in ASCII (UTS #46); NULL if the domain cannot be had so. */
const char *mail_ascii_mailbox(struct arena *arena, const char *mailbox);

#endif
