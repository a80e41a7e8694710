/* Ways through a document: outline, page labels, named destinations, links (ISO 32000-1 §12.3,
 * §12.4, §12.5.6.5). Owner: the file's arena. Errors: none; a link to nowhere becomes no
 * annotation. */
#ifndef TANDEM_WRITE_PDF_NAVIGATION_H
#define TANDEM_WRITE_PDF_NAVIGATION_H

#include "write/pdf_structure.h"

void outline_put(struct pdf_file *file, const struct layout *layout, struct pdf_dict *const *pages);
void page_labels_put(struct pdf_file *file, const struct layout *layout);
/* Into the catalogue's name trees. */
void destinations_put(struct pdf_file *file, const struct layout *layout,
                      struct pdf_dict *const *pages, struct pdf_dict *names);
/* A LINK mark's annotation, told to the structure if `element` is not 0; NULL if it leads nowhere. */
struct pdf_dict *link_put(struct pdf_file *file, const struct layout *layout,
                          struct pdf_structure *structure, size_t page, const struct mark *mark,
                          uint32_t element);

#endif
