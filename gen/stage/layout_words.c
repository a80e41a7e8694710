/* The texts of a drawing, set with the theme's fonts: what follows what on a line, and chunks
 * aligned by their anchors (SVG 1.1 §10.5, §10.9.1). */
#include "stage/layout_parts.h"

#include "model/vector.h"

/* Set large, so that micrometres are fine enough; scaled to the text's size. */
static double points(int32_t um) { return um * 72 / 25400.0; }

static struct line set_line(struct lay *lay, const struct text_style *style, const char *text,
                            size_t length) {
    const char *lang = lay->lang ? lay->lang : lay->edition->course->language;
    return typeset_line(lay->typesetter, lay->job, text, length, style, lang);
}

static double space_width(struct lay *lay, const struct text_style *style) {
    return points(set_line(lay, style, "n n", 3).width_um - set_line(lay, style, "nn", 2).width_um);
}

/* Tracking has to be a whole number of hundredths at the size that is set. */
static int32_t tracking_cpt(const struct vector_text *text) {
    double tracking = text->size > 0 ? text->tracking / text->size * VECTOR_WORDS_CPT : 0;
    return tracking > 5000 ? 5000 : tracking < -500 ? -500 : (int32_t)tracking;
}

/* Sets one text; returns how far it moves the pen, in the text's units. */
static double set_text(struct lay *lay, const struct vector_text *text,
                       struct vector_words *words) {
    struct text_style style = {.family = text->family,
                               .face = text->face,
                               .size_cpt = VECTOR_WORDS_CPT,
                               .tracking_cpt = tracking_cpt(text)};
    const char *from = text->text + strspn(text->text, " ");
    size_t length = strlen(from), before = (size_t)(from - text->text), after = 0;
    for (; length && from[length - 1] == ' '; after++)
        length--;
    words->scale = text->size * 100 / VECTOR_WORDS_CPT;
    words->tracking_cpt = style.tracking_cpt;
    words->stretch = 1;
    double space = before + after ? space_width(lay, &style) : 0;
    if (!length)
        return words->scale * space * (double)before;
    struct line line = set_line(lay, &style, from, length);
    size_t count = 0;
    for (size_t i = 0; i < line.count; i++)
        count += line.spans[i].piece_count;
    struct text_piece *pieces = ARENA_ARRAY(lay->job, struct text_piece, count);
    words->pieces = pieces;
    words->count = count;
    for (size_t i = 0; i < line.count; i++)
        for (size_t k = 0; k < line.spans[i].piece_count; k++)
            *pieces++ = line.spans[i].pieces[k];
    double width = points(line.width_um);
    if (text->length > 0 && width > 0) {
        double stretch = text->length / (width * words->scale);
        words->stretch = stretch < 0.5 ? 0.5 : stretch > 2 ? 2 : stretch;
    }
    words->x = words->scale * space * (double)before;
    return words->scale * (width * words->stretch + space * (double)(before + after));
}

/* True if a space of the text before, or of its own, parts it from that. */
static bool is_parted(const struct vector_text *before, const struct vector_text *text) {
    size_t length = strlen(before->text);
    return text->text[0] == ' ' || (length && before->text[length - 1] == ' ');
}

static void align_chunk(const struct vector_text *const *texts, struct vector_words *words,
                        size_t from, size_t to, double width) {
    uint8_t anchor = texts[from]->anchor;
    double shift = anchor == 1 ? width / 2 : anchor == 2 ? width : 0;
    for (size_t i = from; i < to; i++)
        words[i].x -= shift;
}

const struct vector_words *picture_words(struct lay *lay, const struct image *image) {
    const struct vector *vector = image->vector;
    if (image->kind != IMAGE_VECTOR || !vector->text_count)
        return NULL;
    struct vector_words *words = ARENA_ARRAY(lay->job, struct vector_words, vector->text_count);
    double x = 0, y = 0, start = 0;
    size_t chunk = 0;
    for (size_t i = 0; i < vector->text_count; i++) {
        const struct vector_text *text = vector->texts[i];
        if (text->starts && i) {
            align_chunk(vector->texts, words, chunk, i, x - start);
            chunk = i;
        }
        if (text->starts) {
            x = start = text->x;
            y = text->y;
        }
        x += text->dx;
        y += text->dy;
        double advance = set_text(lay, text, &words[i]);
        words[i].x += x;
        words[i].y = y;
        x += advance;
        if (words[i].count && !text->starts && is_parted(vector->texts[i - 1], text))
            ((struct text_piece *)words[i].pieces)->space_before = true;
    }
    align_chunk(vector->texts, words, chunk, vector->text_count, x - start);
    return words;
}
