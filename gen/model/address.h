/* The address map: from an answer's place in the model to its name in a form and in a workbook. */
#ifndef TANDEM_MODEL_ADDRESS_H
#define TANDEM_MODEL_ADDRESS_H

#include "model/course.h"

/* PDF field: "block.item[.ask][.respondent]", a log's row as ".r1" from 1 at the end of the slot's
 * name. `respondent` RESPONDENT_NONE leaves it out; `row` -1 too. */
char *address_field_name(struct arena *arena, const struct course *course, const struct slot *slot,
                         int32_t respondent, int32_t row);
/* Excel defined name: "t_" and the id with '-' as '_' and '.' as '__'. */
char *address_defined_name(struct arena *arena, const char *id);

#endif
