/* Files inside the program: the starter course and the templates. The bytes are made by
 * embed.cmake; nobody owns them. */
#ifndef TANDEM_COMMAND_EMBEDDED_H
#define TANDEM_COMMAND_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *path; /* below the new course's folder */
    const unsigned char *bytes;
    size_t size;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_count;

#endif
