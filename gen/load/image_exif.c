/* The one thing that matters here of a photograph's Exif data: how the camera was held. */
#include "load/image.h"

#include <string.h>

struct tiff {
    const unsigned char *bytes;
    size_t size;
    bool little;
};

static uint32_t number_at(const struct tiff *tiff, size_t at, size_t count) {
    uint32_t value = 0;
    if (at > tiff->size || count > tiff->size - at)
        return 0;
    for (size_t i = 0; i < count; i++)
        value |= (uint32_t)tiff->bytes[at + i] << 8 * (tiff->little ? i : count - 1 - i);
    return value;
}

int32_t exif_orientation(const unsigned char *bytes, size_t size) {
    enum { ORIENTATION = 274, SHORT = 3, ENTRY = 12 };
    if (size < 14 || memcmp(bytes, "Exif\0\0", 6) != 0)
        return 1;
    struct tiff tiff = {bytes + 6, size - 6, bytes[6] == 'I'};
    if (number_at(&tiff, 2, 2) != 42)
        return 1;
    size_t directory = number_at(&tiff, 4, 4);
    uint32_t count = number_at(&tiff, directory, 2);
    for (uint32_t i = 0; i < count; i++) {
        size_t entry = directory + 2 + (size_t)i * ENTRY;
        if (number_at(&tiff, entry, 2) != ORIENTATION || number_at(&tiff, entry + 2, 2) != SHORT)
            continue;
        uint32_t value = number_at(&tiff, entry + 8, 2);
        return value >= 1 && value <= 8 ? (int32_t)value : 1;
    }
    return 1;
}
