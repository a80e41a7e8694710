/* Check: a loaded course becomes one whose every name is resolved, or a list of mistakes.
 *
 * After check_course without errors the course is complete and read-only: blocks, slots, scores,
 * materials, expressions and variables point to what they mean. Runs on one thread. */
#ifndef TANDEM_STAGE_CHECK_H
#define TANDEM_STAGE_CHECK_H

#include "model/course.h"

/* Reports all it finds and carries on. */
void check_course(struct course *course, struct diag *diag);

#endif
