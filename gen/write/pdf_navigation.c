#include "write/pdf_navigation.h"

#include "base/units.h"

#include <string.h>

enum { DESTINATIONS_PER_LEAF = 64 };

static double page_y(const struct layout *layout, size_t page, int32_t y_um) {
    return pt_from_um((int64_t)layout->pages[page].paper->height_um - y_um);
}

/* [page /XYZ left top zoom]: to a height, without a change of zoom. */
static struct pdf_array *new_destination(struct pdf_file *file, const struct layout *layout,
                                         struct pdf_dict *const *pages, size_t page, int32_t y_um) {
    struct pdf_array *array = pdf_array_new(file);
    pdf_push_dict(array, pages[page]);
    pdf_push_name(array, "XYZ");
    pdf_push_null(file, array);
    pdf_push_real(array, page_y(layout, page, y_um));
    pdf_push_null(file, array);
    return array;
}

/* ---- outline ---- */

static void link_entries(struct pdf_dict *before, struct pdf_dict *item) {
    pdf_put_dict(before, "Next", item);
    pdf_put_dict(item, "Prev", before);
}

/* Puts the entries from *at that are deeper than `level` below `parent`; *at moves past them.
 * Returns how many are its children. */
static int32_t put_entries(struct pdf_file *file, const struct layout *layout,
                           struct pdf_dict *const *pages, struct pdf_dict *parent, int32_t level,
                           size_t *at) {
    struct pdf_dict *last = NULL;
    int32_t children = 0;
    while (*at < layout->outline_count && layout->outline[*at].level > level) {
        const struct outline_entry *entry = &layout->outline[(*at)++];
        if (entry->page >= layout->page_count)
            continue;
        struct pdf_dict *item = pdf_dict_new_indirect(file);
        pdf_put_text(file, item, "Title", entry->title);
        pdf_put_dict(item, "Parent", parent);
        pdf_put_array(item, "Dest", new_destination(file, layout, pages, entry->page, entry->y_um));
        if (last)
            link_entries(last, item);
        else
            pdf_put_dict(parent, "First", item);
        last = item;
        children++;
        int32_t below = put_entries(file, layout, pages, item, entry->level, at);
        if (below)
            pdf_put_int(item, "Count", -below); /* closed */
    }
    if (last)
        pdf_put_dict(parent, "Last", last);
    return children;
}

void outline_put(struct pdf_file *file, const struct layout *layout,
                 struct pdf_dict *const *pages) {
    if (!layout->outline_count)
        return;
    struct pdf_dict *outline = pdf_dict_new_indirect(file);
    pdf_put_name(outline, "Type", "Outlines");
    size_t at = 0;
    pdf_put_int(outline, "Count", put_entries(file, layout, pages, outline, 0, &at));
    pdf_put_dict(pdf_file_catalog(file), "Outlines", outline);
    pdf_put_name(pdf_file_catalog(file), "PageMode", "UseOutlines");
}

/* ---- page labels ---- */

/* A label as a prefix and, if it ends in one, a number in Arabic or small Roman figures. */
struct label {
    char style; /* 'D', 'r', or 0 */
    int32_t number;
    size_t prefix;
};

static void put_roman(char out[16], int32_t number) {
    static const struct {
        int32_t value;
        const char *figures;
    } parts[] = {{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"},
                 {9, "ix"},  {5, "v"},   {4, "iv"}, {1, "i"}};
    size_t length = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            for (const char *at = parts[i].figures; *at && length < 15; at++)
                out[length++] = *at;
    out[length] = 0;
}

static struct label read_label(const char *text) {
    size_t length = strlen(text), digits = 0;
    struct label label = {0, 0, length};
    while (digits < length && digits < 6 && text[length - digits - 1] >= '0' &&
           text[length - digits - 1] <= '9')
        digits++;
    while (digits && text[length - digits] == '0')
        digits--;
    if (digits) {
        label = (struct label){'D', 0, length - digits};
        for (size_t i = length - digits; i < length; i++)
            label.number = label.number * 10 + (text[i] - '0');
        return label;
    }
    char roman[16];
    for (int32_t number = 1; number < 100; number++) {
        put_roman(roman, number);
        if (strcmp(roman, text) == 0)
            return (struct label){'r', number, 0};
    }
    return label;
}

void page_labels_put(struct pdf_file *file, const struct layout *layout) {
    struct pdf_array *numbers = pdf_array_new(file);
    struct label before = {0};
    const char *prefix = NULL;
    for (size_t i = 0; i < layout->page_count; i++) {
        const char *text = layout->pages[i].label ? layout->pages[i].label : "";
        struct label label = read_label(text);
        if (prefix && label.style && label.style == before.style && label.prefix == before.prefix &&
            label.number == before.number + 1 && memcmp(text, prefix, label.prefix) == 0) {
            before.number++;
            continue;
        }
        struct pdf_dict *range = pdf_dict_new(file);
        if (label.style)
            pdf_put_name(range, "S", (char[]){label.style, 0});
        if (label.style && label.number != 1)
            pdf_put_int(range, "St", label.number);
        if (label.prefix)
            pdf_put_text(file, range, "P", arena_strndup(pdf_file_arena(file), text, label.prefix));
        pdf_push_int(numbers, (int32_t)i);
        pdf_push_dict(numbers, range);
        before = label;
        prefix = text;
    }
    struct pdf_dict *labels = pdf_dict_new(file);
    pdf_put_array(labels, "Nums", numbers);
    pdf_put_dict(pdf_file_catalog(file), "PageLabels", labels);
}

/* ---- destinations and links ---- */

static const struct destination *find_destination(const struct layout *layout, const char *name) {
    size_t low = 0, high = layout->destination_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(layout->destinations[middle].name, name);
        if (order == 0)
            return &layout->destinations[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

void destinations_put(struct pdf_file *file, const struct layout *layout,
                      struct pdf_dict *const *pages, struct pdf_dict *names) {
    if (!layout->destination_count)
        return;
    struct pdf_array *kids = pdf_array_new(file);
    for (size_t first = 0; first < layout->destination_count; first += DESTINATIONS_PER_LEAF) {
        size_t end = first + DESTINATIONS_PER_LEAF;
        if (end > layout->destination_count)
            end = layout->destination_count;
        struct pdf_dict *leaf = pdf_dict_new_indirect(file);
        struct pdf_array *limits = pdf_array_new(file), *leaves = pdf_array_new(file);
        pdf_push_text(file, limits, layout->destinations[first].name);
        pdf_push_text(file, limits, layout->destinations[end - 1].name);
        for (size_t i = first; i < end; i++) {
            const struct destination *to = &layout->destinations[i];
            pdf_push_text(file, leaves, to->name);
            pdf_push_array(leaves, new_destination(file, layout, pages, to->page, to->y_um));
        }
        pdf_put_array(leaf, "Limits", limits);
        pdf_put_array(leaf, "Names", leaves);
        pdf_push_dict(kids, leaf);
    }
    struct pdf_dict *tree = pdf_dict_new(file);
    pdf_put_array(tree, "Kids", kids);
    pdf_put_dict(names, "Dests", tree);
}

/* A URI action takes ASCII only (§12.6.4.7): other bytes of the UTF-8, and what no URI may hold,
 * are percent-encoded (RFC 3986 §2.1, RFC 3987 §3.1). */
static const char *ascii_uri(struct arena *arena, const char *url) {
    struct buf out;
    buf_init(&out, arena);
    for (const char *at = url; *at; at++) {
        if (*at > 0x20 && *at < 0x7F && !strchr("\"<>\\^`{|}", *at))
            buf_putc(&out, *at);
        else
            buf_printf(&out, "%%%02X", (unsigned char)*at);
    }
    return out.data;
}

/* What a picture inside a link shows; NULL if there is none. */
static const char *link_picture(const struct layout *layout, const struct mark *link) {
    for (size_t i = link->element; link->element && i < layout->element_count; i++)
        if (layout->elements[i].parent == link->element && layout->elements[i].role == ROLE_FIGURE)
            return layout->elements[i].alt;
    return NULL;
}

/* What a link is called aloud (ISO 14289-1, 7.18.5): its words on the page, what its picture shows,
 * or where it leads. */
static const char *link_words(struct arena *arena, const struct layout *layout,
                              const struct page *page, const struct mark *link) {
    struct buf words;
    buf_init(&words, arena);
    for (size_t i = 0; link->element && i < page->body_count; i++) {
        const struct mark *mark = &page->body[i];
        if (mark->kind != MARK_TEXT || mark->element != link->element)
            continue;
        for (size_t k = 0; k < mark->count; k++) {
            const struct text_piece *piece = &mark->pieces[k];
            if (piece->hyphen)
                continue;
            if (piece->space_before && words.len)
                buf_putc(&words, ' ');
            buf_put(&words, piece->run->text, piece->run->length);
        }
        if (mark->line_end)
            buf_putc(&words, ' ');
    }
    if (words.len)
        return words.data;
    const char *picture = link_picture(layout, link);
    return picture ? picture : link->url;
}

static struct pdf_dict *new_link(struct pdf_file *file, const struct layout *layout, size_t page,
                                 const struct mark *mark) {
    struct pdf_dict *link = pdf_dict_new_indirect(file);
    pdf_put_name(link, "Type", "Annot");
    pdf_put_name(link, "Subtype", "Link");
    double corners[4] = {pt_from_um(mark->x_um), page_y(layout, page, mark->y_um + mark->height_um),
                         pt_from_um((int64_t)mark->x_um + mark->width_um),
                         page_y(layout, page, mark->y_um)};
    pdf_put_rect(file, link, "Rect", corners);
    pdf_put_rect(file, link, "Border", (double[4]){0});
    pdf_put_int(link, "F", 4); /* printed: PDF/UA wants annotations that are shown to be so */
    pdf_put_text(file, link, "Contents",
                 link_words(pdf_file_arena(file), layout, &layout->pages[page], mark));
    if (mark->internal) {
        pdf_put_text(file, link, "Dest", mark->url);
    } else {
        struct pdf_dict *action = pdf_dict_new(file);
        pdf_put_name(action, "S", "URI");
        pdf_put_text(file, action, "URI", ascii_uri(pdf_file_arena(file), mark->url));
        pdf_put_dict(link, "A", action);
    }
    return link;
}

struct pdf_dict *link_put(struct pdf_file *file, const struct layout *layout,
                          struct pdf_structure *structure, size_t page, const struct mark *mark,
                          uint32_t element) {
    if (!mark->url || (mark->internal && !find_destination(layout, mark->url)))
        return NULL;
    struct pdf_dict *link = new_link(file, layout, page, mark);
    if (element)
        pdf_put_int(
            link, "StructParent",
            (int32_t)structure_add_annotation(structure, page, element, pdf_dict_number(link)));
    return link;
}
