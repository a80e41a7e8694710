/* course.yml: values, profile, respondents, sittings, scales, columns. */
#include "load/course.h"

#include "load/typography.h"

/* True if the id is well-formed and new; `seen` remembers its place. */
static bool id_is_new(struct reader *reader, struct map *seen, const char *id, struct span at) {
    if (!id_check(reader, id, at))
        return false;
    struct span *kept = ARENA_NEW(reader->arena, struct span);
    *kept = at;
    struct span *before = map_set(seen, id, kept);
    if (before)
        diag_report(reader->diag, DIAG_ID_TWICE, at, id,
                    arena_printf(reader->arena, "%s:%d", before->source->path, before->line));
    return !before;
}

/* 46 is a number, 8% is 0.08, 2026-09-01 a date, anything else a text. */
static struct value constant(const char *text, bool plain) {
    double number;
    if (plain && parse_number(text, &number))
        return value_number(number);
    size_t length = strlen(text);
    if (plain && length > 1 && length < 32 && text[length - 1] == '%') {
        char digits[32];
        memcpy(digits, text, length - 1);
        digits[length - 1] = 0;
        if (parse_number(digits, &number))
            return (struct value){
                .kind = VALUE_NUMBER, .unit = UNIT_PERCENT, .number = number / 100};
    }
    date_t date = plain ? date_parse_iso(text, length) : DATE_NONE;
    return date != DATE_NONE ? value_date(date) : value_text(text);
}

void course_read_values(struct reader *reader, struct course *course, const struct yaml *root) {
    const struct yaml *map = yaml_find(root, "values");
    if (!map || !yaml_is_map(reader, map, "'key: value' lines for the values"))
        return;
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        const char *text = yaml_text(reader, &pair->value);
        if (!id_check(reader, pair->key, pair->key_at) || !text)
            continue;
        struct named_value *value = VEC_ADD(reader->arena, &course->values);
        value->name = pair->key;
        value->value = constant(text, pair->value.plain);
        value->at = pair->key_at;
    }
}

/* "assistant.name": ids joined by dots. */
static bool profile_name_check(struct reader *reader, const char *name, struct span at) {
    for (const char *part = name;;) {
        const char *dot = strchr(part, '.');
        const char *id = dot ? arena_strndup(reader->arena, part, (size_t)(dot - part)) : part;
        if (!id_check(reader, id, at))
            return false;
        if (!dot)
            return true;
        part = dot + 1;
    }
}

static bool profile_type(struct reader *reader, const struct yaml *node, enum slot_type *type) {
    static const char *const words[] = {"text", "number", "money", "percent", "date", "email"};
    enum { COUNT = sizeof words / sizeof *words };
    const char *word = yaml_text(reader, node);
    if (!word)
        return false;
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(word, words[i]) == 0)
            return slot_type_parse(word, type);
    diag_report(reader->diag, DIAG_WORD_UNKNOWN, node->at, "type", word,
                diag_nearest(word, words, COUNT), diag_list(reader->arena, words, COUNT));
    return false;
}

void course_read_profile(struct reader *reader, struct course *course, const struct yaml *root) {
    static const char *const keys[] = {"type", "required", NULL};
    const struct yaml *map = yaml_find(root, "profile");
    if (!map || !yaml_is_map(reader, map, "'key: value' lines for the profile fields"))
        return;
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        if (!profile_name_check(reader, pair->key, pair->key_at))
            continue;
        struct profile_field *field = VEC_ADD(reader->arena, &course->profile);
        *field = (struct profile_field){pair->key, SLOT_TEXT, true, pair->key_at};
        if (pair->value.kind != YAML_MAP) {
            profile_type(reader, &pair->value, &field->type);
            continue;
        }
        yaml_check_keys(reader, &pair->value, keys);
        const struct yaml *type = yaml_find(&pair->value, "type");
        if (type)
            profile_type(reader, type, &field->type);
        yaml_read_bool(reader, &pair->value, "required", &field->required);
    }
}

static bool is_reserved(struct reader *reader, const char *id, struct span at) {
    bool reserved =
        strcmp(id, "first") == 0 || strcmp(id, "previous") == 0 || strcmp(id, "latest") == 0;
    if (reserved)
        diag_report(reader->diag, DIAG_ID_RESERVED, at, id);
    return reserved;
}

void course_read_respondents(struct reader *reader, struct course *course,
                             const struct yaml *root) {
    static const char *const keys[] = {"label", NULL};
    const struct yaml *map = yaml_find(root, "respondents");
    for (size_t i = 0; map && yaml_is_map(reader, map, "'key: value' lines for the respondents") &&
                       i < map->count;
         i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        if (!id_check(reader, pair->key, pair->key_at) ||
            is_reserved(reader, pair->key, pair->key_at))
            continue;
        if (course->respondents.count == RESPONDENT_LIMIT) {
            diag_report(reader->diag, DIAG_RESPONDENT_LIMIT, pair->key_at,
                        arena_printf(reader->arena, "%d", RESPONDENT_LIMIT));
            break;
        }
        struct respondent *respondent = VEC_ADD(reader->arena, &course->respondents);
        *respondent = (struct respondent){pair->key, pair->key, pair->key_at};
        if (pair->value.kind == YAML_MAP) {
            yaml_check_keys(reader, &pair->value, keys);
            yaml_read_text(reader, &pair->value, "label", &respondent->label);
        } else {
            const char *label = yaml_text(reader, &pair->value);
            respondent->label = label ? label : respondent->label;
        }
    }
    /* A course that names nobody is for one person. */
    if (course->respondents.count == 0)
        VEC_PUSH(reader->arena, &course->respondents,
                 ((struct respondent){"participant", "Participant", root->at}));
}

static void check_sitting_order(struct reader *reader, const struct sitting_rule *before,
                                const struct sitting_rule *sitting) {
    if (!before || sitting->from > before->to)
        return;
    char from[16], to[16];
    date_format_iso(sitting->from, from);
    date_format_iso(before->to, to);
    diag_report(reader->diag, DIAG_SITTING_OVERLAP, sitting->at, sitting->id, from, before->id, to);
}

void course_read_sittings(struct reader *reader, struct course *course, const struct yaml *root) {
    static const char *const keys[] = {"id", "title", "from", "to", NULL};
    const struct yaml *list = yaml_find(root, "sittings");
    if (!list || !yaml_is_list(reader, list, "a list of sittings"))
        return;
    struct map seen;
    map_init(&seen, reader->arena);
    for (size_t i = 0; i < list->count; i++) {
        const struct yaml *node = &list->items[i];
        if (!yaml_is_map(reader, node, "{id: …, from: …, to: …}"))
            continue;
        yaml_check_keys(reader, node, keys);
        struct name id = {0};
        date_t from = DATE_NONE, to = DATE_NONE;
        yaml_read_name(reader, node, "id", &id);
        yaml_read_date(reader, node, "from", &from);
        yaml_read_date(reader, node, "to", &to);
        for (size_t k = 0; k < 4; k++)
            if (k != 1 && !yaml_find(node, keys[k]))
                diag_report(reader->diag, DIAG_KEY_MISSING, node->at, keys[k]);
        if (!id.text || from == DATE_NONE || to == DATE_NONE ||
            !id_is_new(reader, &seen, id.text, id.at) || is_reserved(reader, id.text, id.at))
            continue;
        if (course_find_respondent(course, id.text) != RESPONDENT_NONE) {
            diag_report(reader->diag, DIAG_SITTING_RESPONDENT, id.at, id.text);
            continue;
        }
        if (to < from) {
            diag_report(reader->diag, DIAG_SITTING_ORDER, id.at, id.text);
            continue;
        }
        size_t count = course->sittings.count;
        struct sitting_rule made = {id.text, id.text, from, to, id.at};
        yaml_read_text(reader, node, "title", &made.title);
        check_sitting_order(reader, count ? &course->sittings.at[count - 1] : NULL, &made);
        VEC_PUSH(reader->arena, &course->sittings, made);
    }
}

enum { SCALE_LEAST = 2, SCALE_MOST = 11 };

static void read_points(struct reader *reader, struct scale *scale, const struct yaml *points) {
    if (!yaml_is_list(reader, points, "a list of points"))
        return;
    if (points->count < SCALE_LEAST || points->count > SCALE_MOST) {
        diag_report(reader->diag, DIAG_SCALE_POINTS, scale->at, scale->id,
                    arena_printf(reader->arena, "%zu", points->count));
        return;
    }
    const char **texts = ARENA_ARRAY(reader->arena, const char *, points->count);
    for (size_t i = 0; i < points->count; i++) {
        texts[i] = yaml_text(reader, &points->items[i]);
        if (!texts[i])
            return;
        for (size_t k = 0; k < i; k++)
            if (strcmp(texts[k], texts[i]) == 0)
                diag_report(reader->diag, DIAG_GIVEN_TWICE, points->items[i].at, "point", texts[i]);
    }
    scale->points = texts;
    scale->count = points->count;
}

void course_read_scales(struct reader *reader, struct course *course, const struct yaml *root) {
    static const char *const keys[] = {"from", "points", NULL};
    const struct yaml *map = yaml_find(root, "scales");
    if (!map || !yaml_is_map(reader, map, "'key: value' lines for the scales"))
        return;
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        const struct yaml *points = &pair->value;
        if (!id_check(reader, pair->key, pair->key_at))
            continue;
        /* One with mistakes is known by its name all the same. */
        struct scale *scale = VEC_ADD(reader->arena, &course->scales);
        *scale = (struct scale){.id = pair->key, .from = 1, .at = pair->key_at};
        if (points->kind == YAML_MAP) {
            yaml_check_keys(reader, points, keys);
            yaml_read_integer(reader, points, "from", -100, 100, &scale->from);
            points = yaml_find(points, "points");
            if (!points)
                diag_report(reader->diag, DIAG_KEY_MISSING, pair->key_at, "points");
        }
        if (points)
            read_points(reader, scale, points);
    }
}

void course_read_columns(struct reader *reader, struct course *course, const struct yaml *root) {
    const struct yaml *map = yaml_find(root, "columns");
    if (!map || !yaml_is_map(reader, map, "'question: id' lines"))
        return;
    for (size_t i = 0; i < map->count; i++) {
        struct name target = yaml_name(reader, &map->pairs[i].value);
        if (target.text)
            VEC_PUSH(reader->arena, &course->columns,
                     ((struct column_header){map->pairs[i].key, target}));
    }
}
