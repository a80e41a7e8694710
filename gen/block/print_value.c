/* Values as text on a page. */
#include "block/print_parts.h"
#include "calc/format.h"

const char *print_number(const struct print *print, double number, int32_t decimals) {
    return value_format(print->arena, print->course, value_number(number), decimals);
}

static const char *option_label(const struct slot *slot, struct value value) {
    for (size_t i = 0; value.text && i < slot->option_count; i++)
        if (strcmp(slot->options[i].id, value.text) == 0)
            return slot->options[i].label;
    return value.text;
}

static const char *point_label(const struct scale *scale, double number) {
    double place = number - scale->from;
    return place >= 0 && place < (double)scale->count ? scale->points[(size_t)place] : NULL;
}

const char *print_value(const struct print *print, const struct slot *slot, struct value value,
                        int32_t decimals) {
    if (slot && slot->type == SLOT_POINT && slot->scale && value.kind == VALUE_NUMBER) {
        const char *label = point_label(slot->scale, value.number);
        if (label)
            return label;
    }
    if (slot && slot->type == SLOT_CHOICE && value.kind == VALUE_TEXT)
        return option_label(slot, value);
    if (slot && slot->type == SLOT_CHOICES && value.kind == VALUE_LIST) {
        struct buf list;
        buf_init(&list, print->arena);
        for (size_t i = 0; i < value.count; i++)
            buf_printf(&list, "%s%s", i ? ", " : "", option_label(slot, value.items[i]));
        return list.data;
    }
    return value_format(print->arena, print->course, value, decimals);
}

const char *print_field_value(const struct print *print, const struct slot *slot,
                              struct value value) {
    if (value_is_missing(value))
        return NULL;
    if (slot->type == SLOT_POINT || slot->type == SLOT_CHECK)
        return value_format(print->arena, print->course, value, -1);
    return print_value(print, slot, value, -1);
}
