/* The structure tree as objects: raw dictionaries, for there are thousands of them. */
#include "write/pdf_structure.h"
#include "write/pdf_text.h"

#define NOTE_ID "(n%08u)"

struct putting {
    struct pdf_structure *structure;
    struct pdf_file *file;
    const uint32_t *pages;
    uint32_t root;     /* object number of the StructTreeRoot */
    uint32_t *numbers; /* of the elements, 0 for those that are not in the tree */
};

static void set_raw(const struct putting *putting, uint32_t number, struct buf entries) {
    pdf_file_set_raw(putting->file, number, entries.data, entries.len);
}

static void put_reference(struct buf *out, uint32_t number) {
    buf_put_int(out, number);
    buf_puts(out, " 0 R");
}

static void put_text(struct buf *out, const char *key, const char *text) {
    buf_puts(out, key);
    pdf_text_put_string(out, text, strlen(text));
}

static void put_object(struct buf *out, const struct putting *putting,
                       const struct structure_kid *kid) {
    buf_printf(out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", putting->pages[kid->page], kid->number);
}

static void put_kid(struct buf *out, const struct putting *putting, const struct structure_kid *kid,
                    uint32_t first_page) {
    switch (kid->kind) {
    case KID_SEQUENCE:
        if (kid->page == first_page)
            buf_put_int(out, kid->number);
        else
            buf_printf(out, "<</Type/MCR/Pg %u 0 R/MCID %u>>", putting->pages[kid->page],
                       kid->number);
        break;
    case KID_ELEMENT:
        put_reference(out, putting->numbers[kid->number]);
        break;
    case KID_OBJECT:
        if (kid->form)
            put_reference(out, kid->form);
        else
            put_object(out, putting, kid);
        break;
    }
}

static void put_kids(struct buf *out, const struct putting *putting,
                     const struct structure_node *node) {
    if (node->first_page != UINT32_MAX) {
        buf_puts(out, "/Pg ");
        put_reference(out, putting->pages[node->first_page]);
    }
    if (!node->kids)
        return;
    if (!node->kids->next && node->kids->kind == KID_SEQUENCE) {
        buf_puts(out, "/K ");
        buf_put_int(out, node->kids->number);
        return;
    }
    buf_puts(out, "/K[");
    const char *between = "";
    for (const struct structure_kid *kid = node->kids; kid; kid = kid->next) {
        if (kid->kind == KID_ELEMENT && !putting->numbers[kid->number])
            continue;
        buf_puts(out, between);
        put_kid(out, putting, kid, node->first_page);
        between = " ";
    }
    buf_putc(out, ']');
}

static void put_box(struct buf *out, const struct putting *putting,
                    const struct structure_node *node) {
    uint32_t page = node->first_page != UINT32_MAX ? node->first_page : 0;
    int32_t height_um = putting->structure->layout->pages[page].paper->height_um;
    int32_t box[4] = {node->box_um[0], height_um - node->box_um[3], node->box_um[2],
                      height_um - node->box_um[1]};
    buf_puts(out, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) {
        buf_put_fixed(out, (int64_t)box[i] * 36 / 127, 2);
        buf_puts(out, i < 3 ? " " : "]>>");
    }
}

static size_t count_widgets(const struct structure_node *node) {
    size_t count = 0;
    for (const struct structure_kid *kid = node->kids; kid; kid = kid->next)
        count += kid->kind == KID_OBJECT;
    return count;
}

/* A Form holds one widget (ISO 14289-1, 7.18.4): a field over several pages, with one on each, is a
 * Div with a Form for each. */
static bool is_split(const struct element *element, const struct structure_node *node) {
    return element->role == ROLE_FORM && count_widgets(node) > 1;
}

/* A widget says by itself what it asks and how it stands. A box or circle that is drawn says nothing by itself: its alternative text is its state, as a
 * character that is the same in all languages, and the question. PrintField attributes
 * (§14.8.5.6) are meant for this, but poppler complains about every one of them. An answer that is
 * set speaks for itself: an alternative text would be read in its place. */
static const char *alternative(const struct putting *putting, const struct structure_node *node,
                               const struct element *element) {
    const struct field *field = element->role == ROLE_FORM ? node->field : NULL;
    const char *text = element->alt ? element->alt : field ? field->tooltip : NULL;
    if (!field)
        return text;
    if (count_widgets(node))
        return NULL;
    if (field->kind != FIELD_CHECK && field->kind != FIELD_RADIO)
        return node->kids ? NULL : text;
    const char *state = field->kind == FIELD_CHECK ? field->on ? "\u2611" : "\u2610"
                        : field->on                ? "\u25C9"
                                                   : "\u25CB";
    struct buf out;
    buf_init(&out, putting->structure->job);
    buf_puts(&out, state);
    buf_puts(&out, text ? " " : "");
    buf_puts(&out, text ? text : "");
    return out.data;
}

static void put_attributes(struct buf *out, const struct putting *putting,
                           const struct structure_node *node, const struct element *element) {
    if (element->role == ROLE_TH || (element->role == ROLE_TD && element->span > 1)) {
        buf_puts(out, "/A<</O/Table");
        if (element->role == ROLE_TH)
            buf_puts(out, element->row_header ? "/Scope/Row" : "/Scope/Column");
        if (element->span > 1)
            buf_printf(out, "/ColSpan %d", element->span);
        buf_puts(out, ">>");
    } else if (element->role == ROLE_FIGURE && node->has_box) {
        put_box(out, putting, node);
    }
}

static struct buf element_entries(const struct putting *putting, uint32_t index) {
    const struct structure_node *node = &putting->structure->nodes[index];
    const struct element *element = &putting->structure->layout->elements[index];
    struct buf out;
    buf_init(&out, putting->structure->job);
    buf_puts(&out, "/S/");
    buf_puts(&out, role_name(is_split(element, node) ? ROLE_DIV
                                                     : structure_role(putting->structure, index)));
    buf_puts(&out, "/P ");
    put_reference(&out, node->parent ? putting->numbers[node->parent] : putting->root);
    put_kids(&out, putting, node);
    if (element->lang &&
        (index == 1 || structure_lang_beyond(putting->structure, node->parent, element->lang)))
        put_text(&out, "/Lang", element->lang);
    const char *alt = alternative(putting, node, element);
    if (alt)
        put_text(&out, "/Alt", alt);
    if (element->expansion)
        put_text(&out, "/E", element->expansion);
    if (element->title)
        put_text(&out, "/T", element->title);
    if (element->role == ROLE_NOTE)
        buf_printf(&out, "/ID" NOTE_ID, index);
    put_attributes(&out, putting, node, element);
    return out;
}

/* Notes have an ID each (ISO 14289-1, 7.9), by which the tree finds them (§14.7.2). Written with as
 * many digits, they are sorted as the elements are. */
static void put_note_tree(struct buf *out, const struct putting *putting) {
    const struct layout *layout = putting->structure->layout;
    struct buf names;
    buf_init(&names, putting->structure->job);
    for (uint32_t i = 1; i < layout->element_count; i++)
        if (layout->elements[i].role == ROLE_NOTE && putting->numbers[i])
            buf_printf(&names, NOTE_ID " %u 0 R", i, putting->numbers[i]);
    if (names.len)
        buf_printf(out, "/IDTree<</Names[%s]>>", names.data);
}

/* A page's leaf of the parent tree: the elements of its MCIDs (§14.7.4.4). */
static struct buf page_leaf(const struct putting *putting, size_t page) {
    const struct structure_page *sequences = &putting->structure->pages[page];
    struct buf out;
    buf_init(&out, putting->structure->job);
    buf_printf(&out, "/Limits[%zu %zu]/Nums[%zu[", page, page, page);
    for (size_t i = 0; i < sequences->sequences.count; i++) {
        if (i)
            buf_putc(&out, ' ');
        put_reference(&out, putting->numbers[sequences->sequences.at[i]]);
    }
    buf_puts(&out, "]]");
    return out;
}

static struct buf annotations_leaf(const struct putting *putting) {
    const struct pdf_structure *structure = putting->structure;
    const struct structure_annotation *annotations = structure->annotations.at;
    size_t first = structure->layout->page_count, count = structure->annotations.count;
    struct buf out;
    buf_init(&out, structure->job);
    buf_printf(&out, "/Limits[%zu %zu]/Nums[", first, first + count - 1);
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s%zu %u 0 R", i ? " " : "", first + i,
                   annotations[i].kid->form ? annotations[i].kid->form
                                            : putting->numbers[annotations[i].element]);
    buf_puts(&out, "]");
    return out;
}

static struct buf put_parent_tree(const struct putting *putting) {
    const struct pdf_structure *structure = putting->structure;
    size_t pages = structure->layout->page_count;
    size_t leaves = pages + (structure->annotations.count ? 1 : 0);
    uint32_t first = pdf_file_reserve(putting->file, leaves);
    struct buf out;
    buf_init(&out, structure->job);
    buf_puts(&out, "/Kids[");
    for (size_t i = 0; i < leaves; i++) {
        set_raw(putting, first + (uint32_t)i,
                i < pages ? page_leaf(putting, i) : annotations_leaf(putting));
        buf_printf(&out, "%s%zu 0 R", i ? " " : "", first + i);
    }
    buf_puts(&out, "]");
    return out;
}

/* Gives each widget of such an element its own Form. */
static void put_forms(const struct putting *putting) {
    struct pdf_structure *structure = putting->structure;
    for (size_t i = 0; i < structure->annotations.count; i++) {
        const struct structure_annotation *annotation = &structure->annotations.at[i];
        if (!is_split(&structure->layout->elements[annotation->element],
                      &structure->nodes[annotation->element]))
            continue;
        annotation->kid->form = pdf_file_reserve(putting->file, 1);
        struct buf out;
        buf_init(&out, structure->job);
        buf_printf(&out, "/S/Form/P %u 0 R/K ", putting->numbers[annotation->element]);
        put_object(&out, putting, annotation->kid);
        set_raw(putting, annotation->kid->form, out);
    }
}

/* Children that nothing was drawn for, such as empty cells, still count. */
static void attach_all(struct pdf_structure *structure) {
    for (uint32_t i = 2; i < structure->layout->element_count; i++)
        if (structure->nodes[i].resolved == i)
            structure_attach(structure, i);
}

/* Whether an element says anything by itself: an empty cell does, an empty paragraph does not. */
static bool says_something(const struct element *element, const struct structure_node *node) {
    for (const struct structure_kid *kid = node->kids; kid; kid = kid->next)
        if (kid->kind != KID_ELEMENT)
            return true;
    return element->role == ROLE_TD || element->role == ROLE_TH || element->role == ROLE_LBODY ||
           element->alt;
}

/* Numbers those that say something, or hold one that does. */
static void number_elements(struct putting *putting) {
    const struct pdf_structure *structure = putting->structure;
    const struct layout *layout = structure->layout;
    uint32_t used = 0;
    for (uint32_t i = (uint32_t)layout->element_count - 1; i > 0; i--) {
        const struct structure_node *node = &structure->nodes[i];
        if (node->resolved != i)
            continue;
        if (i > 1 && !putting->numbers[i] && !says_something(&layout->elements[i], node))
            continue;
        putting->numbers[i] = putting->numbers[node->parent] = 1;
        used++;
    }
    uint32_t next = pdf_file_reserve(putting->file, used);
    for (uint32_t i = 1; i < layout->element_count; i++)
        if (putting->numbers[i])
            putting->numbers[i] = next++;
}

void structure_put(struct pdf_structure *structure, struct pdf_file *file,
                   const uint32_t *page_numbers) {
    size_t count = structure->layout->element_count;
    if (count < 2)
        return;
    attach_all(structure);
    struct putting putting = {structure, file, page_numbers, pdf_file_reserve(file, 1),
                              ARENA_ARRAY(structure->job, uint32_t, count)};
    number_elements(&putting);
    put_forms(&putting);
    for (uint32_t i = 1; i < count; i++)
        if (putting.numbers[i])
            set_raw(&putting, putting.numbers[i], element_entries(&putting, i));
    uint32_t tree = pdf_file_reserve(file, 1);
    set_raw(&putting, tree, put_parent_tree(&putting));
    struct buf root;
    buf_init(&root, structure->job);
    buf_printf(&root,
               "/Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %zu"
               "/RoleMap<</Em/Span/Strong/Span>>",
               putting.numbers[1], tree,
               structure->layout->page_count + structure->annotations.count);
    put_note_tree(&root, &putting);
    set_raw(&putting, putting.root, root);
    struct pdf_dict *catalog = pdf_file_catalog(file);
    pdf_put_ref(file, catalog, "StructTreeRoot", putting.root);
    struct pdf_dict *marked = pdf_dict_new(file);
    pdf_put_bool(marked, "Marked", true);
    pdf_put_dict(catalog, "MarkInfo", marked);
}
