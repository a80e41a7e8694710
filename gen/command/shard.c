#include "command/shard.h"

#include "base/file.h"

#include <unistd.h>

bool shard_parse(const char *text, struct shard *shard) {
    size_t *parts[] = {&shard->number, &shard->of};
    for (int i = 0; i < 2; i++) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 4 || text[digits] != (i ? 0 : '/'))
            return false;
        *parts[i] = 0;
        for (size_t d = 0; d < digits; d++)
            *parts[i] = *parts[i] * 10 + (size_t)(text[d] - '0');
        text += digits + 1;
    }
    return shard->number >= 1 && shard->number <= shard->of;
}

bool shard_holds(const struct shard *shard, const char *material, const char *person,
                 const char *cohort) {
    char text[1024];
    unsigned char hash[32];
    int length = snprintf(text, sizeof text, "%s\n%s\n%s", material, person ? person : "",
                          cohort ? cohort : "");
    sha256_bytes(text, (size_t)length < sizeof text ? (size_t)length : sizeof text - 1, hash);
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number = number << 8 | hash[i];
    return number % shard->of == shard->number - 1;
}

/* What all shards of a build have in common: every file's key, whoever makes it. */
static void hash_build(struct build *build, char key[SHA256_HEX]) {
    struct sha256 *hash = sha256_new(&build->run);
    const char *asked[] = {build->options->only, build->options->participant};
    for (size_t i = 0; i < 2; i++) {
        sha256_add(hash, asked[i] ? asked[i] : "", asked[i] ? strlen(asked[i]) : 0);
        sha256_add(hash, "\n", 1);
    }
    for (size_t i = 0; i < build->batch_count; i++)
        sha256_add(hash, build->batches[i].key, SHA256_HEX);
    sha256_add(hash, build->everybody.sha256, sizeof build->everybody.sha256);
    for (size_t i = 0; i < build->answer_keys.count; i++)
        sha256_add(hash, build->answer_keys.at[i].sha256, sizeof(struct answer_key));
    int32_t imposition[] = {(int32_t)build->imposition.kind, build->imposition.bleed_um,
                            build->imposition.crop_marks};
    for (size_t i = 0; i < 3; i++)
        for (int byte = 0; byte < 4; byte++)
            sha256_add(hash, &(unsigned char){(unsigned char)((uint32_t)imposition[i] >> 8 * byte)},
                       1);
    const struct paper *sheet = build->imposition.sheet;
    sha256_add(hash, sheet ? sheet->name : "", sheet ? strlen(sheet->name) : 0);
    sha256_end(hash, key);
}

bool shard_write(struct build *build, const struct shard *shard) {
    size_t size;
    const char *error = "unknown reason";
    const char *path = path_join(&build->run, build->out, "manifest.json");
    const char *manifest = file_read(&build->run, path, 1 << 30, &size, &error);
    char key[SHA256_HEX], hash[SHA256_HEX];
    hash_build(build, key);
    if (manifest) {
        sha256_hex(manifest, size, hash);
        const char *text = arena_printf(&build->run,
                                        "{\n  \"build\": \"%s\",\n  \"manifest\": \"%s\",\n"
                                        "  \"shard\": \"%zu/%zu\"\n}\n",
                                        key, hash, shard->number, shard->of);
        path = path_join(&build->run, build->out, SHARD_FILE);
        if (file_write(&build->run, path, text, strlen(text), &error))
            return true;
    }
    build_fail(build, path, error);
    return false;
}

void shard_forget(struct build *build) { unlink(path_join(&build->run, build->out, SHARD_FILE)); }
