/* Fillable forms (ISO 32000-1 §12.7; ISO 14289-1, 7.18): FIELD marks as widgets, their fields in a
 * tree by the parts of their names.
 *
 * A field becomes a widget if it has a name and a Form element to stand in. What was filled in is
 * shown by the widget, from the text marks that layout has set in its box: not by the page, where
 * it would stay behind when the answer is changed. Boxes and circles are shown by stamps.
 *
 * Owner: the job's arena. Errors: none. */
#ifndef TANDEM_WRITE_PDF_FORM_H
#define TANDEM_WRITE_PDF_FORM_H

#include "base/map.h"
#include "write/pdf_form_font.h"
#include "write/pdf_run.h"
#include "write/pdf_stamp.h"
#include "write/pdf_structure.h"

/* What a mark of a page's body is in the form. */
enum form_use { FORM_NOTHING, FORM_FIELD, FORM_VALUE };

struct form_node;
struct widget;

/* What combo boxes with the same options offer. */
struct form_list {
    const struct option *options;
    const char *text;
};

struct pdf_form {
    struct arena *job;
    struct pdf_file *file;
    const struct layout *layout;
    struct pdf_structure *structure;
    struct pdf_stamps *stamps;
    struct run_table *runs;
    struct pdf_deflater *deflater;
    uint32_t resources;          /* number of the pages' resources, for appearances */
    struct map branches, fields; /* by full name; of fields after a letter for their kind */
    struct map looks;            /* of buttons, by their entries: numbers of their dictionaries */
    const struct form_scripts *scripts; /* NULL: no field asks for any */
    uint32_t actions[FORMAT_COUNT];     /* numbers of what fields of a format do; 0: none yet */
    VEC(struct form_list) lists;
    VEC(struct form_node *) nodes;
    VEC(struct widget *) widgets;
};

/* A form without fields; `with` says what it works on. */
void form_init(struct pdf_form *form, const struct pdf_form *with);
/* Says of each mark of a page's body what it is in a form. */
const unsigned char *form_uses(struct arena *job, const struct pdf_structure *structure,
                               const struct page *page);
/* Adds the widget of a mark of a page's body that is a field; returns its object's number.
 * `page_number` is the page's. */
uint32_t form_add_widget(struct pdf_form *form, size_t page, uint32_t page_number,
                         const struct mark *mark);
/* Writes widgets, fields, scripts, and the catalogue's entry: after the stamps. `fonts` are the
 * pages' font resources, `names` the catalogue's name trees. */
void form_put(struct pdf_form *form, const struct form_font *font, struct pdf_dict *fonts,
              struct pdf_dict *names);

#endif
