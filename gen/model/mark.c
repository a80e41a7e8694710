#include "model/mark.h"

#include "model/dump.h"

#include <string.h>

/* Micrometres as hundredths of a millimetre, rounded to the nearest. */
static int32_t hundredths(int32_t um) { return (um + (um < 0 ? -5 : 5)) / 10; }

static void dump_place(const struct mark *mark, FILE *out) {
    fprintf(out, " %d,%d", hundredths(mark->x_um), hundredths(mark->y_um));
}

static void dump_size(const struct mark *mark, FILE *out) {
    fprintf(out, " %dx%d", hundredths(mark->width_um), hundredths(mark->height_um));
}

static void dump_look(const struct mark *mark, FILE *out) {
    if (mark->fill != COLOUR_NONE)
        fprintf(out, " fill #%06X", mark->fill);
    if (mark->stroke != COLOUR_NONE)
        fprintf(out, " stroke #%06X %d", mark->stroke, hundredths(mark->weight_um));
    if (mark->dash_um)
        fprintf(out, " dash %d", hundredths(mark->dash_um));
    if (mark->radius_um)
        fprintf(out, " radius %d", hundredths(mark->radius_um));
}

/* Words with their spaces; a hyphen put in shows as U+2010, a line that goes on as a trailing
 * space. */
static void dump_words(const struct mark *mark, FILE *out) {
    fputs(" \"", out);
    for (size_t i = 0; i < mark->count; i++) {
        const struct text_piece *piece = &mark->pieces[i];
        if (piece->space_before)
            putc(' ', out);
        if (piece->hyphen)
            fputs("\u2010", out);
        else
            dump_text(piece->run->text, piece->run->length, out);
    }
    fputs(mark->line_end ? " \"" : "\"", out);
}

static void dump_field(const struct field *field, FILE *out) {
    static const char *const kinds[] = {"text", "prose", "check", "radio", "combo"};
    fprintf(out, " %s %s", kinds[field->kind], field->name ? field->name : "-");
    if (field->option && field->option[0])
        fprintf(out, "=%s", field->option);
    if (field->on)
        fputs(" on", out);
}

static void dump_steps(const struct mark *mark, FILE *out) {
    static const char letters[] = {'M', 'L', 'C', 'Z'};
    for (size_t i = 0; i < mark->count; i++) {
        const struct path_step *step = &mark->steps[i];
        fprintf(out, " %c", letters[step->op]);
        int points = step->op == PATH_CURVE ? 3 : step->op == PATH_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++)
            fprintf(out, "%s%d,%d", k ? " " : "", hundredths(step->x[k]), hundredths(step->y[k]));
    }
}

static void dump_mark(const struct layout *layout, const struct mark *mark, FILE *out) {
    static const char *const names[] = {"text",  "rect",  "line", "path",
                                        "image", "field", "link", "code"};
    fprintf(out, "  %s", names[mark->kind]);
    switch (mark->kind) {
    case MARK_TEXT:
        fprintf(out, " %d,%d", hundredths(mark->x_um + (mark->count ? mark->pieces[0].x_um : 0)),
                hundredths(mark->y_um));
        fprintf(out, " %d.%02dpt #%06X", mark->size_cpt / 100, mark->size_cpt % 100, mark->fill);
        dump_words(mark, out);
        break;
    case MARK_LINE:
        dump_place(mark, out);
        fprintf(out, " to %d,%d", hundredths(mark->to_x_um), hundredths(mark->to_y_um));
        dump_look(mark, out);
        break;
    case MARK_PATH:
        dump_steps(mark, out);
        dump_look(mark, out);
        break;
    case MARK_RECT:
        dump_place(mark, out);
        dump_size(mark, out);
        dump_look(mark, out);
        break;
    case MARK_IMAGE:
        dump_place(mark, out);
        dump_size(mark, out);
        fprintf(out, " %s", mark->image && mark->image->path ? mark->image->path : "-");
        break;
    case MARK_FIELD:
        dump_place(mark, out);
        dump_size(mark, out);
        dump_field(mark->field, out);
        break;
    case MARK_LINK:
        dump_place(mark, out);
        dump_size(mark, out);
        fprintf(out, " %s%s", mark->internal ? "#" : "", mark->url);
        break;
    case MARK_CODE:
        dump_place(mark, out);
        dump_size(mark, out);
        fprintf(out, " %s", mark->code);
        break;
    }
    if (mark->lang)
        fprintf(out, " lang %s", mark->lang);
    if (mark->element)
        fprintf(out, " %s/%u", role_name(layout->elements[mark->element].role), mark->element);
    putc('\n', out);
}

static void dump_element(const struct layout *layout, size_t index, FILE *out) {
    const struct element *element = &layout->elements[index];
    int depth = 1;
    for (uint32_t at = element->parent; at; at = layout->elements[at].parent)
        depth++;
    fprintf(out, "%*s%zu %s", 2 * depth, "", index, role_name(element->role));
    if (element->span > 1)
        fprintf(out, " span %d", element->span);
    if (element->row_header)
        fputs(" row", out);
    if (element->lang)
        fprintf(out, " lang %s", element->lang);
    if (element->expansion) {
        fputs(" means \"", out);
        dump_text(element->expansion, strlen(element->expansion), out);
        putc('"', out);
    }
    if (element->alt) {
        fputs(" \"", out);
        dump_text(element->alt, strlen(element->alt), out);
        putc('"', out);
    }
    if (index > 1 && element->parent + 1 != index)
        fprintf(out, " in %u", element->parent);
    putc('\n', out);
}

void layout_dump(const struct layout *layout, FILE *out) {
    for (size_t p = 0; p < layout->page_count; p++) {
        const struct page *page = &layout->pages[p];
        fprintf(out, "page %zu \"%s\" %s\n", p + 1, page->label, page->paper->name);
        for (size_t m = 0; m < page->body_count; m++)
            dump_mark(layout, &page->body[m], out);
        if (page->furniture_count)
            fputs(" furniture\n", out);
        for (size_t m = 0; m < page->furniture_count; m++)
            dump_mark(layout, &page->furniture[m], out);
    }
    fputs("structure\n", out);
    for (size_t i = 1; i < layout->element_count; i++)
        dump_element(layout, i, out);
    if (layout->outline_count)
        fputs("outline\n", out);
    for (size_t i = 0; i < layout->outline_count; i++) {
        const struct outline_entry *entry = &layout->outline[i];
        fprintf(out, "%*s\"%s\" page %zu %d\n", 2 * entry->level, "", entry->title, entry->page + 1,
                hundredths(entry->y_um));
    }
    if (layout->destination_count)
        fputs("destinations\n", out);
    for (size_t i = 0; i < layout->destination_count; i++) {
        const struct destination *to = &layout->destinations[i];
        fprintf(out, "  #%s page %zu %d,%d\n", to->name, to->page + 1, hundredths(to->x_um),
                hundredths(to->y_um));
    }
}
