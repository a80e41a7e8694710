/* Pictures: what they are by their first bytes, and the limits that hold for all. */
#include "load/image.h"

#include "base/file.h"
#include "base/hash.h"
#include "load/load.h"

#include <strings.h>

enum { IMAGE_FILE_LIMIT = 64 << 20 };

bool image_size_fits(struct image_file *file, uint32_t width, uint32_t height) {
    uint64_t points = (uint64_t)width * height + file->points_used;
    if (width && height && points <= IMAGE_POINTS_LIMIT && width < 65536 && height < 65536)
        return true;
    struct arena *arena = file->arena;
    diag_report(file->diag, DIAG_IMAGE_TOO_LARGE, file->at, file->shown,
                arena_printf(arena, "%u", width), arena_printf(arena, "%u", height),
                arena_printf(arena, "%d", IMAGE_POINTS_LIMIT / 1000000));
    return false;
}

static bool begins(const struct image_file *file, const char *magic, size_t size) {
    return file->size >= size && memcmp(file->bytes, magic, size) == 0;
}

static bool is_svg(const struct image_file *file) {
    const char *name = path_name(file->shown), *dot = strrchr(name, '.');
    return (dot && strcasecmp(dot, ".svg") == 0) || begins(file, "<svg", 4) ||
           begins(file, "<?xml", 5);
}

bool image_read_raster(struct image_file *file, struct image *image) {
    if (begins(file, "\x89PNG\r\n\x1a\n", 8))
        return image_read_png(file, image);
    if (begins(file, "\xFF\xD8\xFF", 3))
        return image_read_jpeg(file, image);
    diag_report(file->diag, DIAG_IMAGE_KIND, file->at, file->shown);
    return false;
}

const struct image *load_image(struct arena *arena, struct diag *diag, const char *path,
                               const char *shown, struct span at) {
    return load_image_of(arena, diag, path, shown, shown, at);
}

const struct image *load_image_of(struct arena *arena, struct diag *diag, const char *path,
                                  const char *place, const char *shown, struct span at) {
    struct image_file file = {
        .arena = arena, .diag = diag, .shown = shown, .place = place, .at = at};
    const char *error = NULL;
    file.bytes = (unsigned char *)file_read(arena, path, IMAGE_FILE_LIMIT, &file.size, &error);
    if (!file.bytes) {
        diag_report(diag, DIAG_IMAGE_UNREADABLE, at, shown, error);
        return NULL;
    }
    struct image *image = ARENA_NEW(arena, struct image);
    image->path = arena_strdup(arena, shown);
    sha256_bytes(file.bytes, file.size, image->sha256);
    bool read = is_svg(&file) ? image_read_svg(&file, image) : image_read_raster(&file, image);
    return read ? image : NULL;
}
