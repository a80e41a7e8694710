#include "write/pdf_structure.h"

#include "base/units.h"

static const struct element *element_at(const struct pdf_structure *structure, uint32_t element) {
    return &structure->layout->elements[element];
}

/* Counts the children of each element, those of elements without a role as their parent's. */
static const uint32_t *count_children(struct arena *job, const struct layout *layout) {
    uint32_t *counts = ARENA_ARRAY(job, uint32_t, layout->element_count + 1);
    uint32_t *around = ARENA_ARRAY(job, uint32_t, layout->element_count + 1);
    for (uint32_t i = 2; i < layout->element_count; i++) {
        const struct element *element = &layout->elements[i];
        uint32_t parent = element->parent;
        around[i] = layout->elements[parent].role == ROLE_NONE ? around[parent] : parent;
        counts[around[i]] += element->role != ROLE_NONE;
    }
    return counts;
}

/* A paragraph that is all there is in a cell or list item says no more than the cell does: its
 * text is the cell's own. A quarter of the elements of a workbook are such. */
static bool is_superfluous(const struct element *element, const struct element *around,
                           uint32_t siblings) {
    return element->role == ROLE_P && siblings == 1 && !element->lang && !element->title &&
           !element->alt &&
           (around->role == ROLE_TD || around->role == ROLE_TH || around->role == ROLE_LBODY);
}

static bool is_heading(const struct element *element) {
    return element->role >= ROLE_H1 && element->role <= ROLE_H6;
}

/* Levels as PDF wants them: the first is 1, and none is skipped on the way down (ISO 14289-1,
 * 7.4.2). A block's title is of the third level wherever it stands, and authors skip levels for
 * their looks; `open` holds the levels given of the headings that one is below. */
struct heading_levels {
    enum role open[6];
    int32_t depth;
};

static int32_t close_up(struct heading_levels *levels, enum role given) {
    while (levels->depth && levels->open[levels->depth - 1] >= given)
        levels->depth--;
    levels->open[levels->depth++] = given;
    return levels->depth;
}

void structure_init(struct pdf_structure *structure, struct arena *job,
                    const struct layout *layout) {
    *structure = (struct pdf_structure){.job = job, .layout = layout};
    structure->nodes = ARENA_ARRAY(job, struct structure_node, layout->element_count + 1);
    structure->pages = ARENA_ARRAY(job, struct structure_page, layout->page_count);
    const uint32_t *counts = count_children(job, layout);
    struct heading_levels levels = {.depth = 0};
    for (uint32_t i = 1; i < layout->element_count; i++) {
        const struct element *element = &layout->elements[i];
        struct structure_node *node = &structure->nodes[i],
                              *above = &structure->nodes[element->parent];
        node->first_page = UINT32_MAX;
        node->lang = element->lang ? element->lang : i > 1 ? above->lang : layout->language;
        if (element->role == ROLE_ARTIFACT || (i > 1 && !above->resolved))
            continue;
        node->parent = i > 1 ? above->resolved : 0;
        bool transparent =
            element->role == ROLE_NONE ||
            is_superfluous(element, &layout->elements[node->parent], counts[node->parent]);
        node->resolved = transparent ? node->parent : i;
        if (node->resolved != i || i == 1)
            continue;
        if (is_heading(element))
            node->heading = close_up(&levels, element->role);
        struct structure_node *parent = &structure->nodes[node->parent];
        if (parent->last_child)
            structure->nodes[parent->last_child].next_child = i;
        else
            parent->first_child = parent->waiting = i;
        parent->last_child = i;
    }
}

uint32_t structure_resolve(const struct pdf_structure *structure, uint32_t element) {
    return element < structure->layout->element_count ? structure->nodes[element].resolved : 0;
}

enum role structure_role(const struct pdf_structure *structure, uint32_t element) {
    int32_t heading = structure->nodes[element].heading;
    return heading ? ROLE_H1 + (enum role)(heading - 1) : element_at(structure, element)->role;
}

const char *structure_lang_beyond(const struct pdf_structure *structure, uint32_t element,
                                  const char *lang) {
    const char *known = structure->nodes[element].lang;
    return lang && (!known || strcmp(known, lang) != 0) ? lang : NULL;
}

static void add_kid(struct pdf_structure *structure, uint32_t element, struct structure_kid kid) {
    struct structure_node *node = &structure->nodes[element];
    struct structure_kid *added = ARENA_NEW(structure->job, struct structure_kid);
    *added = kid;
    if (node->last_kid)
        node->last_kid->next = added;
    else
        node->kids = added;
    node->last_kid = added;
}

/* Puts an element among its parent's kids, after the siblings before it, and so its parents: kids
 * come in the order of the layout's elements, and content between those it was seen between. */
void structure_attach(struct pdf_structure *structure, uint32_t element) {
    struct structure_node *node = &structure->nodes[element];
    if (node->attached || !node->parent)
        return;
    structure_attach(structure, node->parent);
    struct structure_node *parent = &structure->nodes[node->parent];
    while (!node->attached) {
        uint32_t child = parent->waiting;
        parent->waiting = structure->nodes[child].next_child;
        structure->nodes[child].attached = true;
        add_kid(structure, node->parent,
                (struct structure_kid){.kind = KID_ELEMENT, .number = child});
    }
}

uint32_t structure_add_sequence(struct pdf_structure *structure, size_t page, uint32_t element) {
    struct structure_page *sequences = &structure->pages[page];
    uint32_t number = (uint32_t)sequences->sequences.count;
    VEC_PUSH(structure->job, &sequences->sequences, element);
    structure_attach(structure, element);
    if (structure->nodes[element].first_page == UINT32_MAX)
        structure->nodes[element].first_page = (uint32_t)page;
    add_kid(structure, element,
            (struct structure_kid){.kind = KID_SEQUENCE, .page = (uint32_t)page, .number = number});
    return number;
}

uint32_t structure_add_annotation(struct pdf_structure *structure, size_t page, uint32_t element,
                                  uint32_t object) {
    structure_attach(structure, element);
    add_kid(structure, element,
            (struct structure_kid){.kind = KID_OBJECT, .page = (uint32_t)page, .number = object});
    VEC_PUSH(structure->job, &structure->annotations,
             ((struct structure_annotation){element, structure->nodes[element].last_kid}));
    return (uint32_t)(structure->layout->page_count + structure->annotations.count - 1);
}

static void widen_box(struct structure_node *node, const struct mark *mark) {
    int32_t box[4] = {mark->x_um, mark->y_um, mark->x_um + mark->width_um,
                      mark->y_um + mark->height_um};
    if (mark->kind == MARK_TEXT) { /* y is the baseline */
        box[1] = mark->y_um - um_from_cpt(mark->size_cpt);
        box[3] = mark->y_um + um_from_cpt(mark->size_cpt) / 4;
    } else if (mark->kind == MARK_LINE) {
        box[2] = mark->to_x_um;
        box[3] = mark->to_y_um;
    } else if (mark->kind == MARK_PATH && mark->count) {
        box[0] = box[2] = mark->steps[0].x[0];
        box[1] = box[3] = mark->steps[0].y[0];
        for (size_t i = 0; i < mark->count; i++)
            for (int k = 0;
                 k < (mark->steps[i].op == PATH_CURVE ? 3 : mark->steps[i].op != PATH_CLOSE); k++)
                for (int axis = 0; axis < 2; axis++) {
                    int32_t at = axis ? mark->steps[i].y[k] : mark->steps[i].x[k];
                    box[axis] = at < box[axis] ? at : box[axis];
                    box[2 + axis] = at > box[2 + axis] ? at : box[2 + axis];
                }
    }
    for (int axis = 0; axis < 2; axis++) {
        int32_t low = box[axis] < box[2 + axis] ? box[axis] : box[2 + axis];
        int32_t high = box[axis] < box[2 + axis] ? box[2 + axis] : box[axis];
        if (!node->has_box || low < node->box_um[axis])
            node->box_um[axis] = low;
        if (!node->has_box || high > node->box_um[2 + axis])
            node->box_um[2 + axis] = high;
    }
    node->has_box = true;
}

void structure_note_mark(struct pdf_structure *structure, size_t page, uint32_t element,
                         const struct mark *mark) {
    struct structure_node *node = &structure->nodes[element];
    if (mark->kind == MARK_FIELD && !node->field)
        node->field = mark->field;
    /* What stands inside a figure's parts is inside the figure. */
    for (uint32_t at = element; at; at = structure->nodes[at].parent)
        if (structure_role(structure, at) == ROLE_FIGURE) {
            node = &structure->nodes[at];
            if (node->first_page == UINT32_MAX || node->first_page == page)
                widen_box(node, mark);
        }
}

/* ISO 14289-1 as far as it can be seen here: a title, a language, figures with alternative text
 * (7.3). */
bool structure_is_accessible(const struct pdf_structure *structure) {
    const struct layout *layout = structure->layout;
    if (!layout->title || !*layout->title || !layout->language || !*layout->language ||
        layout->element_count < 2)
        return false;
    for (uint32_t i = 1; i < layout->element_count; i++) {
        const struct element *element = &layout->elements[i];
        if (structure->nodes[i].resolved != i)
            continue;
        if (element->role == ROLE_FIGURE && (!element->alt || !*element->alt))
            return false;
    }
    return true;
}
