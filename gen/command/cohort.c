/* Cohorts in a build: rows while participants are read, then what there are jobs for. */
#include "command/build.h"

#include "calc/score.h"

bool build_has_cohorts(const struct build *build) {
    for (size_t i = 0; i < build->course->materials.count; i++)
        if (build->course->materials.at[i].each == EACH_COHORT)
            return true;
    return false;
}

void build_keep_row(struct build *build, struct arena *scratch,
                    const struct participant *participant, const struct answer_key *key) {
    if (!build->cohorts)
        return;
    struct results results = {0};
    score_participant(scratch, build->course, participant, &results);
    char hash[SHA256_HEX];
    sha256_print(key->sha256, hash);
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
