/* Letters on the command line. Internal to command/. */
#ifndef TANDEM_COMMAND_MAIL_H
#define TANDEM_COMMAND_MAIL_H

#include "base/address.h"
#include "command/build.h"
#include "load/mail_settings.h"
#include "model/letter.h"
#include "model/message.h"

/* What of an earlier build may go with a letter: the manifest's entries by path. What they should be
 * now, the build's plan says. */
struct attachments {
    struct build *build;
    struct map made; /* path → struct made_file */
};

struct made_file {
    const char *sha256, *key;
};

/* Reads out/manifest.json. False after saying that there is none, or why it cannot be read. */
bool attachments_open(struct build *build, struct attachments *attachments);

/* One file that goes with a letter, read whole into `arena`. */
struct attachment {
    const char *path; /* below out/ */
    const char *name; /* as the reader sees it */
    const char *bytes;
    size_t size;
};
/* What a material is to a participant (and respondent): their own edition if there is one, else the
 * blank one, on the first paper. NULL with *why set if it is missing, stale, changed or not theirs. */
const struct attachment *attachments_find(struct attachments *attachments, struct arena *arena,
                                          const struct material *material, const char *participant,
                                          const char *respondent, const char **why);

#endif
