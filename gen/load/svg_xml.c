/* XML to a tree, by expat: no entities of its own, no other files, everything counted. */
#include "load/svg.h"

#include "base/buf.h"

#include <expat.h>
#include <stdlib.h>

struct building {
    struct svg_reading *reading;
    XML_Parser parser;
    struct svg_element *parent;
    int depth;
    struct buf text;   /* since the last tag */
    const char *error; /* a reason to stop that is not the parser's */
    enum diag_code error_code;
};

static void stop(struct building *building, enum diag_code code, const char *error) {
    if (!building->error) {
        building->error = error;
        building->error_code = code;
        XML_StopParser(building->parser, XML_FALSE);
    }
}

/* Other prefixes are notes of the drawing program. */
static const char *attribute_name(const char *name) {
    return strncmp(name, "xlink:", 6) == 0 ? name + 6 : name;
}

static struct svg_element *add_element(struct building *building, const char *name) {
    struct svg_reading *reading = building->reading;
    struct svg_element *element = ARENA_NEW(reading->arena, struct svg_element);
    element->name = name;
    element->line = (int32_t)XML_GetCurrentLineNumber(building->parser);
    element->col = (int32_t)XML_GetCurrentColumnNumber(building->parser) + 1;
    element->parent = building->parent;
    if (building->parent) {
        if (building->parent->last)
            building->parent->last->next = element;
        else
            building->parent->first = element;
        building->parent->last = element;
    } else {
        reading->root = element;
    }
    if (++reading->element_count > SVG_ELEMENTS_LIMIT)
        stop(building, DIAG_IMAGE_SVG_LIMIT,
             arena_printf(reading->arena, "%d elements", SVG_ELEMENTS_LIMIT));
    return element;
}

static void flush_text(struct building *building) {
    if (building->text.len && building->parent)
        add_element(building, "#text")->text =
            arena_strndup(building->reading->arena, building->text.data, building->text.len);
    buf_clear(&building->text);
}

static const char *element_name(const char *name) {
    return strncmp(name, "svg:", 4) == 0 ? name + 4 : name;
}

/* Long values are paths, pictures and styles, which are read once; others could be many times. */
static bool may_be_long(const char *name) {
    static const char *const names[] = {"d", "points", "href", "style"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void add_attributes(struct building *building, struct svg_element *element,
                           const XML_Char **pairs) {
    struct svg_reading *reading = building->reading;
    size_t count = 0;
    while (pairs[2 * count])
        count++;
    struct svg_attribute *attributes = ARENA_ARRAY(reading->arena, struct svg_attribute, count);
    element->attributes = attributes;
    for (size_t i = 0; i < count; i++) {
        const char *name = attribute_name(pairs[2 * i]), *value = pairs[2 * i + 1];
        if (strlen(value) > SVG_VALUE_LIMIT && !may_be_long(name)) {
            if (!strchr(name, ':'))
                svg_warn(reading, element, DIAG_IMAGE_SVG_VALUE,
                         arena_printf(reading->arena, "'%.40s', which is very long", name), NULL);
            continue;
        }
        struct svg_attribute *attribute = &attributes[element->attribute_count++];
        attribute->name = arena_strdup(reading->arena, name);
        attribute->value = arena_strdup(reading->arena, value);
        if (strcmp(name, "id") == 0) {
            element->id = attribute->value;
            VEC_PUSH(reading->arena, &reading->by_id, element);
        }
    }
}

static void on_start(void *user, const XML_Char *name, const XML_Char **pairs) {
    struct building *building = user;
    struct arena *arena = building->reading->arena;
    if (building->error)
        return;
    flush_text(building);
    struct svg_element *element = add_element(building, arena_strdup(arena, element_name(name)));
    building->parent = element;
    if (++building->depth > SVG_DEPTH_LIMIT)
        stop(building, DIAG_IMAGE_SVG_LIMIT,
             arena_printf(arena, "%d levels of elements", SVG_DEPTH_LIMIT));
    add_attributes(building, element, pairs);
}

static void on_end(void *user, const XML_Char *name) {
    struct building *building = user;
    (void)name;
    if (building->error)
        return;
    flush_text(building);
    building->depth--;
    building->parent = building->parent->parent;
}

static void on_text(void *user, const XML_Char *text, int length) {
    struct building *building = user;
    if (!building->error && building->parent)
        buf_put(&building->text, text, (size_t)length);
}

/* "<!DOCTYPE svg PUBLIC …>" alone is common and says nothing; what it names is never fetched. */
static void on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int internal) {
    struct building *building = user;
    (void)name, (void)system, (void)public;
    if (internal)
        stop(building, DIAG_IMAGE_SVG_ENTITY, "");
}

static void on_skipped(void *user, const XML_Char *name, int parameter) {
    (void)name, (void)parameter;
    stop(user, DIAG_IMAGE_SVG_ENTITY, "");
}

static int compare_ids(const void *a, const void *b) {
    const struct svg_element *const *x = a, *const *y = b;
    int order = strcmp((*x)->id, (*y)->id);
    return order                      ? order
           : (*x)->line != (*y)->line ? ((*x)->line > (*y)->line) * 2 - 1
                                      : ((*x)->col > (*y)->col) - ((*x)->col < (*y)->col);
}

static void report(struct building *building) {
    struct svg_reading *reading = building->reading;
    struct svg_element here = {.line = (int32_t)XML_GetCurrentLineNumber(building->parser),
                               .col = (int32_t)XML_GetCurrentColumnNumber(building->parser) + 1};
    if (building->error)
        svg_fail(reading, &here, building->error_code, building->error, NULL);
    else
        svg_fail(reading, &here, DIAG_IMAGE_SVG_BROKEN,
                 XML_ErrorString(XML_GetErrorCode(building->parser)), NULL);
}

bool svg_read_tree(struct svg_reading *reading) {
    XML_Parser parser = XML_ParserCreate(NULL);
    struct building building = {.reading = reading, .parser = parser};
    buf_init(&building.text, reading->arena);
    XML_SetHashSalt(parser, 0x5EED1E55);
    XML_SetUserData(parser, &building);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    XML_SetSkippedEntityHandler(parser, on_skipped);
    enum XML_Status status =
        XML_Parse(parser, (const char *)reading->file->bytes, (int)reading->file->size, 1);
    bool read = status == XML_STATUS_OK && !building.error;
    if (!read)
        report(&building);
    XML_ParserFree(parser);
    if (read && reading->by_id.count)
        qsort(reading->by_id.at, reading->by_id.count, sizeof *reading->by_id.at, compare_ids);
    return read;
}

const char *svg_attribute(const struct svg_element *element, const char *name) {
    for (size_t i = 0; i < element->attribute_count; i++)
        if (strcmp(element->attributes[i].name, name) == 0)
            return element->attributes[i].value;
    return NULL;
}

struct svg_element *svg_find(const struct svg_reading *reading, const char *id) {
    size_t low = 0, high = reading->by_id.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(reading->by_id.at[middle]->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < reading->by_id.count && strcmp(reading->by_id.at[low]->id, id) == 0
               ? reading->by_id.at[low]
               : NULL;
}

struct span svg_place(const struct svg_reading *reading, const struct svg_element *element) {
    if (!reading->source)
        return reading->file->at;
    struct span at = {reading->source, element->line, element->col, 1};
    if (element->name && element->name[0] != '#')
        at.length = (int32_t)strlen(element->name) + 1;
    return at;
}

void svg_warn(struct svg_reading *reading, const struct svg_element *element, enum diag_code code,
              const char *what, const char *advice) {
    const char *key = arena_printf(reading->arena, "%d %s", (int)code, what);
    for (size_t i = 0; i < reading->warned.count; i++)
        if (strcmp(reading->warned.at[i], key) == 0)
            return;
    enum { WARNINGS = 20 };
    if (reading->warned.count == WARNINGS)
        return;
    VEC_PUSH(reading->arena, &reading->warned, key);
    diag_report(reading->file->diag, code, svg_place(reading, element), what, advice);
}

void svg_fail(struct svg_reading *reading, const struct svg_element *element, enum diag_code code,
              const char *what, const char *advice) {
    if (!reading->failed)
        diag_report(reading->file->diag, code, svg_place(reading, element), what, advice);
    reading->failed = true;
}
