/* One e-mail, ready to be sent: a letter to one recipient. The message itself is a file, so that a
 * run over thousands holds none of them in memory. Made by `command/mail`.
 *
 * Owner: the arena it was made in. */
#ifndef TANDEM_MODEL_MESSAGE_H
#define TANDEM_MODEL_MESSAGE_H

#include "base/hash.h"
#include "base/vec.h"

struct message {
    const char *letter;      /* id of the letter: its file's name */
    const char *participant; /* id, or NULL: a letter to nobody's pair */
    const char *respondent;  /* id, or NULL: one letter to all of the pair */
    const char *sitting; /* id of the sitting it tells of, "" without; part of what is sent once */
    struct strings to, cc;   /* addresses alone, checked: the envelope */
    const char *subject;     /* as text, not encoded */
    const char *path;        /* of the file, from where the program runs */
    size_t size;             /* bytes of that file */
    char sha256[SHA256_HEX]; /* of that file */
    struct strings attached; /* paths below out/, in the message's order */
};

#endif
