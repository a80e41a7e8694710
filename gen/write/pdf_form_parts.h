/* What pdf_form.c gathers and pdf_form_put.c writes. Owner: the job's arena. */
#ifndef TANDEM_WRITE_PDF_FORM_PARTS_H
#define TANDEM_WRITE_PDF_FORM_PARTS_H

#include "write/pdf_canvas.h"
#include "write/pdf_form.h"

/* A place where a field is filled in. */
struct widget {
    struct widget *next; /* of the same field */
    struct form_node *node;
    const struct field *field;
    uint32_t number, page_number;
    size_t page;
    int32_t left_um, top_um, right_um, bottom_um; /* its Rect, from the page's top left corner */
    uint32_t parent_key;                          /* StructParent */
    /* buttons */
    const char *on;                /* name of the state, escaped */
    const struct stamp *stamps[2]; /* off, on */
    /* texts; 0 if nothing is filled in */
    uint32_t value; /* the appearance */
    int32_t size_cpt;
    uint32_t colour;
};

/* A part of a name: a field, or what stands above fields. */
struct form_node {
    struct form_node *parent; /* or NULL */
    const char *part;
    uint32_t number; /* of its object; a text or check box in one place is one with its widget */
    const struct field *field; /* the first of its places; NULL: not a field */
    struct widget *widgets, *last_widget;
    const char *value, *state; /* or NULL */
    bool many_lines, unison;
    struct buf kids; /* references, of nodes above fields */
};

/* ---- pdf_form_script.c ---- */

/* The array of what a combo box offers, as text. */
const char *form_options(struct pdf_form *form, const struct field *field);
/* What a field does when it is typed into, or when others are: its AA entry, if it has one. */
void form_put_actions(struct pdf_form *form, struct buf *out, const struct field *field);
/* The document's scripts, and the order in which fields are worked out. */
void form_put_scripts(struct pdf_form *form, struct pdf_dict *acro_form, struct pdf_dict *names);

#endif
