/* Page content: marks as operators (ISO 32000-1 §8, §9), with marked content for the structure.
 *
 * Coordinates come out in points with at most two decimals, from the lower left corner.
 * Owner: the buffer's arena. Errors: none. */
#ifndef TANDEM_WRITE_PDF_CONTENT_H
#define TANDEM_WRITE_PDF_CONTENT_H

#include "write/pdf_image.h"
#include "write/pdf_qr.h"
#include "write/pdf_run.h"
#include "write/pdf_stamp.h"
#include "write/pdf_structure.h"

struct content_request {
    struct run_table *runs;
    struct pdf_images *images;
    struct pdf_stamps *stamps;
    struct pdf_codes *codes;
    struct pdf_structure *structure; /* told of each marked-content sequence */
    size_t page;
    int32_t page_height_um;
    const struct mark *marks;
    size_t count;
    /* What each mark is in a form (enum form_use), for what widgets show is not drawn; NULL: all is
     * drawn. */
    const unsigned char *uses;
    /* Furniture: artifacts of pagination, in a stream that follows another on the page, so that
     * nothing is known of the graphics state. */
    bool furniture;
};

/* Appends the operators. The same marks give the same bytes, whatever document they are in. */
void content_write(struct buf *out, const struct content_request *request);

#endif
