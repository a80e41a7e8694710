/* content/mail.yml: who letters come from and the server that takes them. A password never stands in
 * it: a command may print one, and the environment may say everything.
 *
 * Stage: load. Owner: the arena given. Errors: reported with their place. */
#ifndef TANDEM_LOAD_MAIL_SETTINGS_H
#define TANDEM_LOAD_MAIL_SETTINGS_H

#include "base/address.h"
#include "load/yaml.h"

enum mail_tls { MAIL_STARTTLS, MAIL_TLS, MAIL_PLAIN };

struct mail_settings {
    bool given;                   /* the file is there */
    const char *source;           /* its path, as shown to people */
    struct address from;          /* mailbox "" if it is not given */
    struct address reply_to;      /* mailbox "" without */
    const char *host;             /* NULL if no server is named */
    int32_t port;                 /* 587, or 465 with tls: tls, unless it says another */
    enum mail_tls tls;            /* what is required; starttls unless it says another */
    const char *user;             /* or NULL */
    const char *password_command; /* its first line of output is the password; or NULL */
    int32_t rate;                 /* most messages a minute; 0: no limit */
    int64_t size_limit;           /* of a message, bytes */
};

/* Always fills *settings, with what is usual where nothing is said. `folder` is the course's. */
void load_mail_settings(struct arena *arena, struct diag *diag, const char *folder,
                        struct mail_settings *settings);
/* Reads "smtp.example.org", "smtp.example.org:2525" or the same after "smtp://" or "smtps://", as
 * mail.yml and the environment have it. False if it is no such name; then nothing is changed. */
bool mail_parse_server(struct arena *arena, const char *text, struct mail_settings *settings);

#endif
