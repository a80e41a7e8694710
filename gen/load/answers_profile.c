/* profile.yml: who a participant is. */
#include "load/forms.h"

#include "base/file.h"

static void report_unknown(struct answers_reader *reader, struct span at, const char *name) {
    struct strings known = {0};
    for (size_t i = 0; i < reader->course->profile.count; i++)
        VEC_PUSH(reader->reader.arena, &known, reader->course->profile.at[i].name);
    VEC_PUSH(reader->reader.arena, &known, "cohort");
    diag_report(reader->reader.diag, DIAG_PROFILE_UNKNOWN, at, name,
                diag_nearest(name, known.at, known.count),
                diag_list(reader->reader.arena, known.at, known.count));
}

static void read_cohort(struct answers_reader *reader, struct participant *participant,
                        const struct yaml *node) {
    const char *cohort = yaml_text(&reader->reader, node);
    if (!cohort || !id_check(&reader->reader, cohort, node->at))
        return;
    if (strcmp(cohort, "all") == 0)
        diag_report(reader->reader.diag, DIAG_ID_RESERVED, node->at, cohort);
    else
        participant->cohort = cohort;
}

/* `assistant: {name: …}` is the same as `assistant.name: …`. */
static void read_fields(struct answers_reader *reader, struct participant *participant,
                        const struct yaml *map, const char *prefix, struct value *values) {
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        const char *name = arena_printf(reader->reader.arena, "%s%s", prefix, pair->key);
        int32_t index = course_find_profile(reader->course, name);
        if (index >= 0)
            answers_parse_type(&reader->reader, reader->course->profile.at[index].type,
                               &pair->value, &values[index]);
        else if (pair->value.kind == YAML_MAP)
            read_fields(reader, participant, &pair->value,
                        arena_printf(reader->reader.arena, "%s.", name), values);
        else if (strcmp(name, "cohort") != 0)
            report_unknown(reader, pair->key_at, name);
        if (strcmp(name, "cohort") == 0)
            read_cohort(reader, participant, &pair->value);
    }
}

void answers_read_profile(struct answers_reader *reader, struct participant *participant) {
    const struct course *course = reader->course;
    struct arena *arena = reader->reader.arena;
    struct value *values = ARENA_ARRAY(arena, struct value, course->profile.count);
    participant->profile = values;
    const char *shown = path_join(arena, reader->shown, "profile.yml");
    const char *path = path_join(arena, reader->folder, "profile.yml");
    struct span at = {source_new(arena, shown, "", 0), 0, 0, 0};
    const struct yaml *map = NULL;
    if (file_exists(path)) {
        if (!path_resolves_inside(reader->folder, path)) {
            diag_report(reader->reader.diag, DIAG_LINK_LEAVES_COURSE, at, shown);
            return;
        }
        size_t before = diag_errors(reader->reader.diag);
        const struct source *source = file_load(arena, reader->reader.diag, path, shown);
        map = source ? yaml_parse(&reader->reader, source, 0, source->size) : NULL;
        if (!map && diag_errors(reader->reader.diag) != before)
            return;
        at = map ? (struct span){source, 1, 1, 1} : at;
    }
    if (map && yaml_is_map(&reader->reader, map, "'field: text' lines"))
        read_fields(reader, participant, map, "", values);
    size_t rows;
    const struct form_row *row = forms_find(course->forms, reader->id, &rows);
    if (!map && rows) /* what is missing, is missing there */
        at = source_span(course->forms->at.at[row->form].csv.source, row->offset, 1);
    answers_fill_profile(reader, participant, values);
    for (size_t i = 0; i < course->profile.count; i++)
        if (course->profile.at[i].required && value_is_missing(values[i]) &&
            (!map || !yaml_find(map, course->profile.at[i].name)))
            diag_report(reader->reader.diag, DIAG_PROFILE_MISSING, at, course->profile.at[i].name);
}
