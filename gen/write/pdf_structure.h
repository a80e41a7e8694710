/* The structure tree (ISO 32000-1 §14.7, §14.8; ISO 14289-1): elements of the layout with the
 * marked-content sequences and annotations that belong to them.
 *
 * Owner: the job's arena. Errors: none. */
#ifndef TANDEM_WRITE_PDF_STRUCTURE_H
#define TANDEM_WRITE_PDF_STRUCTURE_H

#include "model/mark.h"
#include "write/pdf_object.h"

/* What hangs on an element, in reading order. */
struct structure_kid {
    struct structure_kid *next;
    enum { KID_SEQUENCE, KID_ELEMENT, KID_OBJECT } kind;
    uint32_t page;   /* SEQUENCE, OBJECT */
    uint32_t number; /* SEQUENCE: its MCID; ELEMENT: index; OBJECT: the annotation's number */
    uint32_t form; /* OBJECT: number of a Form of its own, for a widget that is not the only one */
};

struct structure_node {
    uint32_t resolved; /* itself; the element around for one without a role; 0 for artifacts */
    uint32_t parent;   /* resolved */
    const char *lang;  /* in effect */
    int32_t heading;   /* its level, from 1; 0: none */
    bool attached;     /* among its parent's kids */
    uint32_t next_child, first_child; /* of the resolved tree, in order of index; 0: none */
    uint32_t last_child, waiting;     /* the first child that is not attached yet */
    struct structure_kid *kids, *last_kid;
    uint32_t first_page;       /* of its own sequences; UINT32_MAX */
    const struct field *field; /* of the first FIELD mark */
    int32_t box_um[4];         /* around its marks on first_page: left, top, right, bottom */
    bool has_box;
};

struct structure_page {
    VEC(uint32_t) sequences; /* element of each MCID */
};

struct structure_annotation {
    uint32_t element;
    struct structure_kid *kid;
};

struct pdf_structure {
    struct arena *job;
    const struct layout *layout;
    struct structure_node *nodes;
    struct structure_page *pages;
    VEC(struct structure_annotation)
    annotations; /* in order: their StructParent follows the pages' */
};

void structure_init(struct pdf_structure *structure, struct arena *job,
                    const struct layout *layout);
/* The element a mark's element counts as; 0: an artifact. */
uint32_t structure_resolve(const struct pdf_structure *structure, uint32_t element);
/* Of headings as PDF numbers them. */
enum role structure_role(const struct pdf_structure *structure, uint32_t element);
/* `lang` if it is not what is in effect in the element, else NULL. */
const char *structure_lang_beyond(const struct pdf_structure *structure, uint32_t element,
                                  const char *lang);
/* Puts an element, and those around it, among its parent's kids, if they are not yet. */
void structure_attach(struct pdf_structure *structure, uint32_t element);
/* Adds a marked-content sequence and returns its MCID. */
uint32_t structure_add_sequence(struct pdf_structure *structure, size_t page, uint32_t element);
/* Adds an annotation's object; returns its StructParent. */
uint32_t structure_add_annotation(struct pdf_structure *structure, size_t page, uint32_t element,
                                  uint32_t object);
/* Notes where a mark of an element stands, and its field: for Figures' BBox and fields' state. */
void structure_note_mark(struct pdf_structure *structure, size_t page, uint32_t element,
                         const struct mark *mark);
/* Writes elements, parent tree and role map; `page_numbers` are the pages' object numbers. */
void structure_put(struct pdf_structure *structure, struct pdf_file *file,
                   const uint32_t *page_numbers);
/* True if nothing that ISO 14289-1 asks of the structure is known to be missing. */
bool structure_is_accessible(const struct pdf_structure *structure);

#endif
