/* Ways through a document: outline, page labels, named destinations, links (ISO 32000-1 §12.3,
 * §12.4, §12.5.6.5). Owner: the file's arena. Errors: none; a link to nowhere becomes no
 * annotation. */
#ifndef TANDEM_WRITE_PDF_NAVIGATION_H
#define TANDEM_WRITE_PDF_NAVIGATION_H

#include "write/pdf_structure.h"

void outline_put(struct pdf_file *file, const struct layout *layout, struct pdf_dict *const *pages);
void page_labels_put(struct pdf_file *file, const struct layout *layout);
void destinations_put(struct pdf_file *file, const struct layout *layout,
                      struct pdf_dict *const *pages);
/* Adds the annotations of a page's LINK marks to its dictionary and to the structure. */
void links_put(struct pdf_file *file, const struct layout *layout, struct pdf_structure *structure,
               size_t page, struct pdf_dict *dict);

#endif
