/* Items to atoms: texts are cut at spaces, shaped, and gathered into chunks. */
#include "type/typeset_parts.h"

#include "base/buf.h"
#include "base/utf8.h"

/* U+FFFC may have a break on either side (class CB), U+2060 has none (WJ). */
#define OBJECT_TEXT "\xEF\xBF\xBC"
#define JOINER_TEXT "\xE2\x81\xA0"
enum { STAND_IN_LENGTH = 3 };

/* Longer words are shaped in parts, for HarfBuzz takes time by the square of a run of marks. They
 * are cut between characters, or anywhere at twice that. */
enum { PART_LIMIT = 1024 };

int64_t units_to_nm(int64_t units, uint16_t units_per_em, int32_t size_cpt) {
    /* 1/100 pt is 25,400,000 / 7,200 nm, or 31,750 / 9. */
    int64_t numerator = units * size_cpt * 31750;
    int64_t denominator = (int64_t)9 * units_per_em;
    return (numerator + (numerator < 0 ? -denominator : denominator) / 2) / denominator;
}

int64_t run_width(const struct glyph_run *run, const struct look *look) {
    int32_t size_cpt = run_size_cpt(run, look->size_cpt);
    return units_to_nm(run->width, run->units, size_cpt) + look->tracking_nm * run->count;
}

/* The chunk being gathered. Its text is joined only if it has several parts. */
struct gathering {
    struct setting *setting;
    bool open;
    uint32_t first;
    uint32_t length;
    struct text_word *only; /* the one part so far, if it stands for itself */
    struct buf text;
    int64_t width_nm;
};

static struct atom *add_atom(struct setting *setting, enum atom_kind kind,
                             const struct inline_item *item, const struct look *look,
                             uint8_t level) {
    struct atom *atom = VEC_ADD(setting->scratch, &setting->atoms);
    atom->kind = kind;
    atom->item = item;
    atom->look = look;
    atom->level = level;
    return atom;
}

static void close_chunk(struct gathering *chunk) {
    struct setting *setting = chunk->setting;
    if (!chunk->open)
        return;
    chunk->open = false;
    struct text_word *word = chunk->only;
    if (!word)
        word = word_find(setting->typesetter, chunk->text.data, chunk->length,
                         setting->atoms.at[chunk->first].look->lang);
    struct chunk *added = VEC_ADD(setting->scratch, &setting->chunks);
    *added = (struct chunk){.first = chunk->first,
                            .end = (uint32_t)setting->atoms.count,
                            .word = word,
                            .width_nm = chunk->width_nm};
}

/* Opens a chunk if none is, and adds a part's text to it. */
static void join_part(struct gathering *chunk, const char *text, uint32_t length,
                      struct text_word *word) {
    if (!chunk->open) {
        chunk->open = true;
        chunk->first = (uint32_t)chunk->setting->atoms.count;
        chunk->length = 0;
        chunk->width_nm = 0;
        chunk->only = word;
        buf_clear(&chunk->text);
        if (!word)
            buf_put(&chunk->text, text, length);
    } else {
        if (chunk->only)
            buf_put(&chunk->text, chunk->only->text, chunk->only->length);
        chunk->only = NULL;
        buf_put(&chunk->text, text, length);
    }
    chunk->length += length;
}

static void add_text(struct gathering *chunk, const struct inline_item *item,
                     const struct look *look, const char *text, uint32_t length, uint8_t level,
                     bool wide) {
    struct setting *setting = chunk->setting;
    struct text_word *word = word_find(setting->typesetter, text, length, look->lang);
    const struct word_runs *runs =
        word_shape(setting->typesetter, word, look->face, look->variant, level & 1);
    bool note = item->kind == INLINE_NOTE;
    uint32_t start = chunk->open ? chunk->length : 0;
    if (note)
        join_part(chunk, JOINER_TEXT, STAND_IN_LENGTH, NULL);
    else
        join_part(chunk, text, length, word);
    for (uint32_t i = 0; i < runs->count; i++) {
        struct atom *atom = add_atom(setting, ATOM_TEXT, item, look, level);
        const struct glyph_run *run = &runs->runs[i];
        atom->run = run;
        atom->start = note ? start : start + (uint32_t)(run->text - word->text);
        atom->end = note ? start + STAND_IN_LENGTH : atom->start + run->length;
        atom->width_nm = run_width(run, look);
        atom->wide = wide;
        setting->has_wide |= wide;
        chunk->width_nm += atom->width_nm;
    }
}

static void add_object(struct gathering *chunk, const struct inline_item *item,
                       const struct look *look, uint8_t level) {
    uint32_t start = chunk->open ? chunk->length : 0;
    bool glued = item->kind == INLINE_FILL;
    join_part(chunk, glued ? JOINER_TEXT : OBJECT_TEXT, STAND_IN_LENGTH, NULL);
    struct atom *atom = add_atom(chunk->setting, ATOM_OBJECT, item, look, level);
    atom->start = start;
    atom->end = start + STAND_IN_LENGTH;
    atom->width_nm = glued ? 0 : (int64_t)item->width_um * NM_PER_UM;
    chunk->width_nm += atom->width_nm;
}

static void add_space(struct gathering *chunk, const struct inline_item *item,
                      const struct look *look, uint8_t level, bool breakable) {
    close_chunk(chunk);
    struct atom *atom = add_atom(chunk->setting, ATOM_SPACE, item, look, level);
    atom->breakable = breakable && !item->no_break;
    bool fixed = item->kind == INLINE_SPACE;
    atom->elastic = !fixed && !atom_is_code(atom);
    atom->width_nm = fixed ? (int64_t)item->width_um * NM_PER_UM : look->space_nm;
}

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_no_break_space(const char *text, const char *end) {
    return (unsigned char)text[0] == 0xC2 && text + 1 < end && (unsigned char)text[1] == 0xA0;
}

static bool must_cut(const char *start, const char *at, const char *end) {
    if (at - start < PART_LIMIT || ((unsigned char)*at & 0xC0) == 0x80)
        return false;
    const char *before = at - 1, *next = at;
    while (((unsigned char)*before & 0xC0) == 0x80)
        before--;
    uint32_t last = utf8_next(&before, at);
    return at - start >= 2 * PART_LIMIT || !text_extends(utf8_next(&next, end), last);
}

/* No wide character's first byte in UTF-8 is less. */
enum { WIDE_LEAD = 0xE2 };

/* The end of an ideograph, kana, bopomofo or full-width mark at `at`, with what belongs to it; NULL
 * if none is there. Each is an atom of its own, for justified lines are spread between them. Hangul
 * is none: Korean has word spaces. */
static const char *skip_wide(const char *at, const char *end) {
    uint32_t code = utf8_next(&at, end);
    bool wide = (code >= 0x2E80 && code <= 0x312F) || (code >= 0x3190 && code <= 0x4DBF) ||
                (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
                (code >= 0xFE30 && code <= 0xFE4F) || (code >= 0xFF01 && code <= 0xFF60) ||
                (code >= 0x20000 && code <= 0x3FFFF);
    if (!wide)
        return NULL;
    for (const char *next = at; next < end; at = next) {
        uint32_t extender = utf8_next(&next, end);
        if (!text_extends(extender, code))
            break;
        code = extender;
    }
    return at;
}

/* `levels` are the text's, or NULL for all 0. */
static void add_words(struct gathering *chunk, const struct inline_item *item,
                      const struct look *look, const char *text, size_t length,
                      const uint8_t *levels) {
    for (const char *at = text, *end = text + length; at < end;) {
        uint8_t level = levels ? levels[at - text] : 0;
        if (is_space(*at)) {
            add_space(chunk, item, look, level, true);
            at++;
            continue;
        }
        if (is_no_break_space(at, end)) {
            add_space(chunk, item, look, level, false);
            at += 2;
            continue;
        }
        const char *start = at;
        const char *wide_end = NULL;
        while (at < end && !is_space(*at) && !is_no_break_space(at, end) &&
               (!levels || levels[at - text] == level) && !must_cut(start, at, end)) {
            if ((unsigned char)*at >= WIDE_LEAD && (wide_end = skip_wide(at, end)) != NULL)
                break;
            at++;
        }
        bool wide = at == start && wide_end;
        if (wide)
            at = wide_end;
        add_text(chunk, item, look, start, (uint32_t)(at - start), level, wide);
    }
}

/* ---- items ---- */

/* What an item says in letters; its stand-in for others, as far as bidi is concerned. */
static const char *item_text(const struct setting *setting, const struct inline_item *item,
                             size_t *length) {
    const struct paragraph_request *request = setting->request;
    const char *text = OBJECT_TEXT;
    switch (item->kind) {
    case INLINE_TEXT:
        *length = item->length;
        return item->text;
    case INLINE_NOTE:
        text = arena_printf(setting->scratch, "%d", item->number);
        break;
    case INLINE_PAGE_OF:
        text = request->page_of ? request->page_of(request->page_context, item->text) : NULL;
        if (!text)
            text = "000";
        break;
    case INLINE_BREAK:
        text = "\n";
        break;
    case INLINE_GAP:
    case INLINE_FIELD:
    case INLINE_FILL:
    case INLINE_SPACE:
        break;
    }
    *length = strlen(text);
    return text;
}

static const struct look *new_look(struct setting *setting, const struct text_style *style,
                                   const char *lang) {
    struct typesetter *typesetter = setting->typesetter;
    struct look *look = ARENA_NEW(setting->scratch, struct look);
    look->face = fonts_face(typesetter->fonts, style);
    look->variant = style_variant(style);
    look->lang = typesetter_lang(typesetter, lang);
    look->size_cpt = style->size_cpt;
    look->tracking_nm = units_to_nm(style->tracking_cpt, 1, 1);
    look->space_nm = units_to_nm(space_units(typesetter, look->face), look->face->units_per_em,
                                 style->size_cpt) +
                     look->tracking_nm;
    return look;
}

struct item_text {
    const char *text;
    size_t length;
    size_t start; /* in all texts joined */
};

static void find_levels(struct setting *setting, struct item_text *texts) {
    size_t total = 0, count = setting->request->count;
    bool turned = language_right_to_left(setting->request->lang), candidate = turned;
    for (size_t i = 0; i < count; i++) {
        texts[i].start = total;
        total += texts[i].length;
        for (size_t k = 0; k < texts[i].length && !candidate; k++)
            candidate = (unsigned char)texts[i].text[k] >= 0xD6;
    }
    if (!candidate)
        return;
    char *joined = arena_alloc(setting->scratch, total + 1);
    for (size_t i = 0; i < count; i++)
        if (texts[i].length)
            memcpy(joined + texts[i].start, texts[i].text, texts[i].length);
    setting->levels = bidi_levels(setting->scratch, joined, total, turned, &setting->base_level);
}

void setting_add_items(struct setting *setting) {
    const struct paragraph_request *request = setting->request;
    struct item_text *texts = ARENA_ARRAY(setting->scratch, struct item_text, request->count);
    for (size_t i = 0; i < request->count; i++)
        texts[i].text = item_text(setting, &request->items[i], &texts[i].length);
    find_levels(setting, texts);

    struct gathering chunk = {.setting = setting};
    buf_init(&chunk.text, setting->scratch);
    const struct look *look = NULL;
    const struct text_style *last_style = NULL;
    const char *last_lang = NULL;
    for (size_t i = 0; i < request->count; i++) {
        const struct inline_item *item = &request->items[i];
        const struct text_style *style = item->style ? item->style : &request->style->text;
        const char *lang = item->lang ? item->lang : request->lang;
        if (!look || style != last_style || lang != last_lang)
            look = new_look(setting, style, lang);
        last_style = style;
        last_lang = lang;
        const uint8_t *levels = setting->levels ? setting->levels + texts[i].start : NULL;
        uint8_t level = levels && texts[i].length ? levels[0] : setting->base_level;
        switch (item->kind) {
        case INLINE_TEXT:
        case INLINE_NOTE:
        case INLINE_PAGE_OF:
            add_words(&chunk, item, look, texts[i].text, texts[i].length, levels);
            break;
        case INLINE_BREAK:
            close_chunk(&chunk);
            add_atom(setting, ATOM_END, item, look, level);
            break;
        case INLINE_SPACE:
            add_space(&chunk, item, look, level, true);
            break;
        case INLINE_GAP:
        case INLINE_FIELD:
        case INLINE_FILL:
            add_object(&chunk, item, look, level);
            break;
        }
    }
    close_chunk(&chunk);
    if (!look)
        look = new_look(setting, &request->style->text, request->lang);
    add_atom(setting, ATOM_END, NULL, look, setting->base_level);
}
