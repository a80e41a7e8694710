/* Cohorts in a build: rows while participants are read, then what there are jobs for. */
#include "command/build.h"

#include "calc/score.h"

bool build_has_cohorts(const struct build *build) {
    for (size_t i = 0; i < build->course->materials.count; i++)
        if (build->course->materials.at[i].each == EACH_COHORT)
            return true;
    return false;
}

void put_answers(struct buf *text, const struct course *course,
                 const struct participant *participant) {
    for (size_t i = 0; i < course->profile.count; i++) {
        struct value value = participant->profile[i];
        buf_printf(text, "%d %.17g %s\n", value.kind, value.number, value.text ? value.text : "");
    }
    for (size_t i = 0; i < participant->answer_count; i++) {
        const struct answer *answer = &participant->answers[i];
        buf_printf(text, "%s %d %d %d %d %.17g %s\n", answer->slot->name, answer->respondent,
                   answer->sitting, answer->row, answer->value.kind, answer->value.number,
                   answer->value.text ? answer->value.text : "");
        for (size_t k = 0; k < answer->value.count; k++)
            buf_printf(text, " %.17g", answer->value.items[k].number);
    }
}

void build_keep_row(struct build *build, struct arena *scratch,
                    const struct participant *participant) {
    if (!build->cohorts)
        return;
    struct results results = {0};
    score_participant(scratch, build->course, participant, &results);
    struct buf text;
    char hash[SHA256_HEX];
    buf_init(&text, scratch);
    put_answers(&text, build->course, participant);
    sha256_hex(text.data ? text.data : "", text.len, hash);
    cohorts_add(build->cohorts, participant, &results, hash);
}

const struct cohort *build_cohorts(struct build *build, size_t *count) {
    *count = 0;
    if (!build->cohorts || !build->cohorts->members.count)
        return NULL;
    size_t names = build->cohorts->names.count;
    struct cohort *cohorts = ARENA_ARRAY(&build->run, struct cohort, names + 1);
    for (size_t g = 0; g < names; g++)
        cohorts[(*count)++] = cohort_of(build->cohorts, (int32_t)g);
    cohorts[(*count)++] = cohort_of(build->cohorts, -1);
    return cohorts;
}

const char *cohort_source_hash(const struct build *build, struct arena *arena,
                               const struct cohort *cohort) {
    struct buf text;
    buf_init(&text, arena);
    buf_printf(&text, "%s\ncohort %s\n", build->source_hash, cohort->name);
    for (size_t i = 0; i < build->cohorts->members.count; i++) {
        const struct member *member = &build->cohorts->members.at[i];
        buf_printf(&text, "%s %s %s\n", member->id, member->cohort ? member->cohort : "",
                   member->answers_id);
    }
    char *hash = arena_alloc(arena, SHA256_HEX);
    sha256_hex(text.data, text.len, hash);
    return hash;
}
