#include "model/address.h"

char *address_field_name(struct arena *arena, const struct course *course, const struct slot *slot,
                         int32_t respondent, int32_t row) {
    char *name = arena_strdup(arena, slot->name);
    if (row >= 0)
        name = arena_printf(arena, "%s.r%d", name, row + 1);
    if (respondent != RESPONDENT_NONE)
        name = arena_printf(arena, "%s.%s", name, course->respondents.at[respondent].id);
    return name;
}

char *address_defined_name(struct arena *arena, const char *id) {
    size_t length = strlen(id), extra = 0;
    for (size_t i = 0; i < length; i++)
        extra += id[i] == '.';
    char *name = arena_alloc(arena, length + extra + 3);
    char *out = name;
    *out++ = 't';
    *out++ = '_';
    for (size_t i = 0; i < length; i++) {
        *out++ = id[i] == '-' || id[i] == '.' ? '_' : id[i];
        if (id[i] == '.')
            *out++ = '_';
    }
    return name;
}
