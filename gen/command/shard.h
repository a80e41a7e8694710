/* Shards: the files of one build made by several machines, each its share. Beside its manifest a shard
 * has shard.json, which says which share it is, of what build, and the manifest's hash.
 *
 * Owner: the build's run arena. */
#ifndef TANDEM_COMMAND_SHARD_H
#define TANDEM_COMMAND_SHARD_H

#include "command/build.h"

enum { SHARD_LIMIT = 9999 };
#define SHARD_FILE "shard.json"

/* "2/7"; false if it is none. */
bool shard_parse(const char *text, struct shard *shard);
/* Whether a job is this shard's: by a hash of its material and whom it is for, the same everywhere. */
bool shard_holds(const struct shard *shard, const char *material, const char *person,
                 const char *cohort);
/* Writes shard.json once all its files are there. False after build_fail. */
bool shard_write(struct build *build, const struct shard *shard);
/* A folder that is being built is no finished shard. */
void shard_forget(struct build *build);

#endif
