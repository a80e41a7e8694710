/* Layout: a flow becomes pages of marks. Measures every node at its column's width, chooses the
 * page breaks of each chapter together, then sets down marks, structure, outline and labels.
 *
 * Stage: lay out, second half. Units: micrometres. Owner: the layout and its arrays live in `job`;
 * glyph runs belong to the typesetter. `scratch` is reset before returning.
 * Errors: what cannot be set well (a part wider than its column, an unknown link target, page
 * references that never settle) is reported at the flow node's place; a layout always comes back
 * and holds everything the flow held. */
#ifndef TANDEM_STAGE_LAYOUT_H
#define TANDEM_STAGE_LAYOUT_H

#include "model/edition.h"
#include "model/mark.h"
#include "type/typeset.h"

/* Page labels: with a cover, the pages up to the end of the contents count i, ii, iii and the first
 * chapter begins at 1 (on a right-hand page if the theme has facing pages); without a cover all
 * pages count from 1. If the theme wants stable pages and the edition knows its blank one, chapters
 * keep that one's labels, and pages between two of them count 12a, 12b. BREAK_RIGHT_PAGE leaves a blank page only if the theme has facing pages. */
struct layout *layout_edition(struct typesetter *typesetter, struct arena *job,
                              struct arena *scratch, struct diag *diag,
                              const struct edition *edition, const struct flow *flow);

#endif
