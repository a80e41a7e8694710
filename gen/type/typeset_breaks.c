/* Atoms to breakpoints: where lines may end, and what each end would cost. */
#include "type/typeset_parts.h"

#include "base/utf8.h"

enum {
    PENALTY_SPACE_BEFORE_DASH = 100, /* a line should not begin with a dash */
    BOUNDARY_CONTEXT = 24,           /* bytes on each side that UAX #14 is shown */
};

struct finding {
    struct setting *setting;
    bool hyphens, resort;
    bool justified;
    int64_t narrowest_nm;
    struct sums sums;
    int64_t last_after_nm; /* of the breakpoint found last */
};

/* ---- hanging punctuation ---- */

/* How much of a character may stand in the margin, in hundredths of its width: little enough that
 * the edge looks straight rather than ragged. */
static int32_t hang_percent(uint32_t code, bool right) {
    switch (code) {
    case '-':
    case 0x2010:
        return right ? 60 : 0;
    case '.':
    case ',':
        return right ? 60 : 0;
    case ':':
    case ';':
        return right ? 30 : 0;
    case '"':
    case '\'':
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
        return 50;
    case 0xAB:
    case 0xBB:
    case 0x2039:
    case 0x203A:
        return 30;
    case 0x2013:
    case 0x2014:
        return right ? 20 : 0;
    default:
        return 0;
    }
}

static int32_t hang_of(const struct atom *atom, uint32_t code, bool right) {
    int32_t percent = hang_percent(code, right);
    hb_codepoint_t glyph;
    if (percent == 0 || !hb_font_get_nominal_glyph(atom->run->face->hb_font, code, &glyph))
        return 0;
    int64_t units = hb_font_get_glyph_h_advance(atom->run->face->hb_font, glyph);
    return (int32_t)(units_to_nm(units, atom->run->units, atom->look->size_cpt) * percent / 100);
}

static uint32_t code_before(const char *text, uint32_t offset) {
    uint32_t start = offset - 1;
    while (start > 0 && ((unsigned char)text[start] & 0xC0) == 0x80)
        start--;
    const char *at = text + start;
    return utf8_next(&at, text + offset);
}

/* The last character before (atom, offset), and the first one after; 0 if that is no text. */
static uint32_t last_code(const struct setting *setting, uint32_t atom, uint32_t offset) {
    const struct atom *at = &setting->atoms.at[atom];
    if (offset == 0 && atom > 0) {
        at--;
        offset = at->kind == ATOM_TEXT ? at->run->length : 0;
    }
    return at->kind == ATOM_TEXT && offset ? code_before(at->run->text, offset) : 0;
}

static bool ends_in_dash(const struct setting *setting, uint32_t atom, uint32_t offset) {
    uint32_t code = last_code(setting, atom, offset);
    return code == '-' || (code >= 0x2010 && code <= 0x2014);
}

static uint32_t first_code(const struct setting *setting, uint32_t atom, uint32_t offset) {
    const struct atom *at = &setting->atoms.at[atom];
    if (at->kind != ATOM_TEXT)
        return 0;
    const char *text = at->run->text + offset;
    return utf8_next(&text, at->run->text + at->run->length);
}

static void hang(struct finding *finding, struct breakpoint *added) {
    const struct setting *setting = finding->setting;
    if (!finding->justified || setting->levels)
        return;
    uint32_t first = first_code(setting, added->next_atom, added->next_offset);
    if (first)
        added->left_hang_nm = hang_of(&setting->atoms.at[added->next_atom], first, false);
    if (added->put_hyphen) {
        added->right_hang_nm =
            hang_of(&setting->atoms.at[added->atom - (added->offset == 0)], '-', true);
        return;
    }
    uint32_t last = setting->breaks.count > 1 ? last_code(setting, added->atom, added->offset) : 0;
    if (last)
        added->right_hang_nm =
            hang_of(&setting->atoms.at[added->atom - (added->offset == 0)], last, true);
}

/* ---- breakpoints ---- */

/* Adds a breakpoint that ends a line before (atom, offset), with the sums as they are. */
static struct breakpoint *add_break(struct finding *finding, uint32_t atom, uint32_t offset,
                                    int32_t penalty) {
    struct setting *setting = finding->setting;
    struct breakpoint *added = VEC_ADD(setting->scratch, &setting->breaks);
    *added = (struct breakpoint){.before = finding->sums,
                                 .after = finding->sums,
                                 .atom = atom,
                                 .next_atom = atom,
                                 .offset = offset,
                                 .next_offset = offset,
                                 .penalty = penalty};
    return added;
}

/* To be called once a breakpoint's `after` and hyphen are known. */
static void finish_break(struct finding *finding, struct breakpoint *added) {
    struct setting *setting = finding->setting;
    int64_t width = added->before.width - finding->last_after_nm + added->hyphen_nm;
    if (width > setting->widest_nm)
        setting->widest_nm = width;
    finding->last_after_nm = added->after.width;
    hang(finding, added);
}

static void put_hyphen(struct finding *finding, struct breakpoint *added) {
    struct setting *setting = finding->setting;
    const struct atom *atom = &setting->atoms.at[added->atom - (added->offset == 0)];
    const struct look *look = atom->look;
    struct text_word *word = word_find(setting->typesetter, "-", 1, look->lang);
    const struct word_runs *runs =
        word_shape(setting->typesetter, word, look->face, look->variant, atom->level & 1);
    added->hyphen_nm = (int32_t)run_width(&runs->runs[0], look);
    added->put_hyphen = added->hyphen = true;
}

/* ---- inside a chunk ---- */

static bool is_ascii_alnum(unsigned char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

/* Merges two ascending lists; of two at the same place the first list's counts. */
static struct word_break *merge(struct arena *scratch, const struct word_break *left,
                                uint32_t left_count, const struct word_break *right,
                                uint32_t right_count, uint32_t *count) {
    struct word_break *merged =
        ARENA_ARRAY(scratch, struct word_break, (size_t)left_count + right_count);
    uint32_t l = 0, r = 0, made = 0;
    while (l < left_count || r < right_count) {
        if (r == right_count || (l < left_count && left[l].offset <= right[r].offset)) {
            if (r < right_count && left[l].offset == right[r].offset)
                r++;
            merged[made++] = left[l++];
        } else {
            merged[made++] = right[r++];
        }
    }
    *count = made;
    return merged;
}

enum { RESORT_PENALTY = -1 }; /* marks a break of last resort in a list */

/* The beginnings of all clusters of a chunk, but for the first. */
static struct word_break *list_clusters(const struct setting *setting, const struct chunk *chunk,
                                        uint32_t *count) {
    struct word_break *clusters =
        ARENA_ARRAY(setting->scratch, struct word_break, chunk->word->length);
    *count = 0;
    for (uint32_t a = chunk->first; a < chunk->end; a++) {
        const struct atom *atom = &setting->atoms.at[a];
        uint32_t last = 0;
        if (atom->start > 0 && (*count == 0 || clusters[*count - 1].offset < atom->start))
            clusters[(*count)++] = (struct word_break){atom->start, RESORT_PENALTY, false};
        if (atom->kind != ATOM_TEXT || atom->item->kind != INLINE_TEXT)
            continue;
        for (uint32_t g = 0; g < atom->run->count; g++) {
            const struct glyph_run *run = atom->run;
            uint32_t cluster = run->glyphs[run->right_to_left ? run->count - 1 - g : g].cluster;
            if (cluster > last)
                clusters[(*count)++] =
                    (struct word_break){atom->start + cluster, RESORT_PENALTY, false};
            last = cluster > last ? cluster : last;
        }
    }
    return clusters;
}

/* Where a long name or path in code may be divided: after a mark that joins its parts. No hyphen is
 * put in, for it would be read as part of the code. */
static struct word_break *list_joints(const struct setting *setting, const struct chunk *chunk,
                                      uint32_t *count) {
    enum { PENALTY_JOINT = 140, MARGIN = 3 };
    const char *text = chunk->word->text;
    uint32_t length = chunk->word->length;
    struct word_break *joints = ARENA_ARRAY(setting->scratch, struct word_break, length);
    *count = 0;
    for (uint32_t a = chunk->first; a < chunk->end; a++) {
        const struct atom *atom = &setting->atoms.at[a];
        if (!atom_is_code(atom))
            continue;
        for (uint32_t i = atom->start + 1; i < atom->end; i++)
            if (i >= MARGIN && i + MARGIN <= length && is_ascii_alnum((unsigned char)text[i]) &&
                strchr("_./\\:(<[,;=", text[i - 1]))
                joints[(*count)++] = (struct word_break){i, PENALTY_JOINT, false};
    }
    return joints;
}

/* The places inside a chunk that count in this pass. */
static const struct word_break *list_places(const struct finding *finding,
                                            const struct chunk *chunk, uint32_t *count) {
    struct setting *setting = finding->setting;
    struct text_word *word = chunk->word;
    word_find_breaks(setting->typesetter, word);
    const struct word_break *places = word->breaks;
    *count = word->break_count;
    if (finding->hyphens) {
        word_find_hyphens(setting->typesetter, word);
        if (word->hyphen_count)
            places =
                merge(setting->scratch, places, *count, word->hyphens, word->hyphen_count, count);
    }
    bool too_wide = finding->resort && chunk->width_nm > finding->narrowest_nm;
    if (finding->hyphens || too_wide) {
        uint32_t joint_count;
        const struct word_break *joints = list_joints(setting, chunk, &joint_count);
        if (joint_count)
            places = merge(setting->scratch, places, *count, joints, joint_count, count);
    }
    if (too_wide) {
        uint32_t cluster_count;
        const struct word_break *clusters = list_clusters(setting, chunk, &cluster_count);
        places = merge(setting->scratch, places, *count, clusters, cluster_count, count);
    }
    return places;
}

/* How far a run goes up to a byte; the cursor moves on with growing offsets. */
struct run_cursor {
    uint32_t glyph;
    int64_t units;
};

static int64_t run_prefix(const struct atom *atom, uint32_t offset, struct run_cursor *cursor) {
    const struct glyph_run *run = atom->run;
    for (; cursor->glyph < run->count; cursor->glyph++) {
        const struct glyph *glyph =
            &run->glyphs[run->right_to_left ? run->count - 1 - cursor->glyph : cursor->glyph];
        if (glyph->cluster >= offset)
            break;
        cursor->units += glyph->advance;
    }
    return units_to_nm(cursor->units, run->units, run_size_cpt(run, atom->look->size_cpt)) +
           atom->look->tracking_nm * cursor->glyph;
}

/* A box or circle to tick: it stays with its label. */
static bool is_button(const struct atom *atom) {
    const struct inline_item *item = atom->item;
    return atom->kind == ATOM_OBJECT && item->kind == INLINE_FIELD && item->field &&
           (item->field->kind == FIELD_CHECK || item->field->kind == FIELD_RADIO);
}

/* True if a line must not end there, though UAX #14 allows it: inside what is kept together. */
static bool is_kept(const struct setting *setting, uint32_t atom, uint32_t offset) {
    const struct atom *at = &setting->atoms.at[atom];
    if (offset > 0)
        return at->kind != ATOM_TEXT || at->item->no_break || at->item->kind != INLINE_TEXT;
    return (at->item->no_break && at[-1].item == at->item) || is_button(at - 1);
}

/* True if a hyphen put in there would be read as part of code. */
static bool in_code(const struct setting *setting, uint32_t atom, uint32_t offset) {
    const struct atom *at = &setting->atoms.at[atom];
    return atom_is_code(at) || (offset == 0 && atom_is_code(at - 1));
}

static void pass_text(struct finding *finding, const struct atom *atom, int64_t width_nm) {
    finding->sums.width += width_nm;
    if (atom_widens(finding->setting, atom))
        finding->sums.widens += width_nm * WIDENING_LIMIT / 1000;
}

static void pass_atom(struct finding *finding, const struct atom *atom) {
    pass_text(finding, atom, atom->width_nm);
    finding->sums.stretch += wide_stretch_nm(atom);
    finding->sums.fills += atom->kind == ATOM_OBJECT && atom->item->kind == INLINE_FILL;
}

static void add_chunk(struct finding *finding, const struct chunk *chunk) {
    struct setting *setting = finding->setting;
    uint32_t count, atom = chunk->first;
    const struct word_break *places = list_places(finding, chunk, &count);
    struct run_cursor cursor = {0};
    for (uint32_t i = 0; i < count; i++) {
        bool resort = places[i].penalty == RESORT_PENALTY;
        while (setting->atoms.at[atom].end <= places[i].offset && atom + 1 < chunk->end) {
            pass_atom(finding, &setting->atoms.at[atom++]);
            cursor = (struct run_cursor){0};
        }
        const struct atom *at = &setting->atoms.at[atom];
        uint32_t offset = places[i].offset - at->start;
        if (!resort && (is_kept(setting, atom, offset) ||
                        (places[i].hyphen && in_code(setting, atom, offset))))
            continue;
        int32_t penalty = resort ? 0 : places[i].penalty;
        struct sums so_far = finding->sums;
        if (offset)
            pass_text(finding, at, run_prefix(at, offset, &cursor));
        struct breakpoint *added = add_break(finding, atom, offset, penalty);
        finding->sums = so_far;
        added->resort = resort;
        if (places[i].hyphen)
            put_hyphen(finding, added);
        else
            added->hyphen = ends_in_dash(setting, atom, offset);
        finish_break(finding, added);
    }
    for (; atom < chunk->end; atom++)
        pass_atom(finding, &setting->atoms.at[atom]);
}

/* ---- between chunks ---- */

static bool is_plain_end(const char *text, uint32_t length) {
    unsigned char last = (unsigned char)text[length - 1];
    if (last < 0x80)
        return is_ascii_alnum(last) || strchr(".,;:!?)'\"%", last);
    return length >= 3 && memcmp(text + length - 3, "\xE2\x80", 2) == 0 &&
           (last == 0x99 || last == 0x9D); /* closing quotation marks */
}

/* UAX #14 on the space between two chunks. Nearly always a letter follows, and then only opening
 * marks before the space forbid a break (rule LB14). */
static bool may_break_between(struct setting *setting, const struct chunk *left,
                              const struct chunk *right) {
    const char *before = left->word->text, *after = right->word->text;
    uint32_t before_length = left->word->length, after_length = right->word->length;
    unsigned char first = (unsigned char)after[0];
    if (is_ascii_alnum(first) && is_plain_end(before, before_length))
        return true;
    if (before_length > BOUNDARY_CONTEXT) {
        uint32_t cut = before_length - BOUNDARY_CONTEXT;
        while (cut < before_length && ((unsigned char)before[cut] & 0xC0) == 0x80)
            cut++;
        before += cut;
        before_length -= cut;
    }
    if (after_length > BOUNDARY_CONTEXT) {
        after_length = BOUNDARY_CONTEXT;
        while (after_length > 0 && ((unsigned char)after[after_length] & 0xC0) == 0x80)
            after_length--;
    }
    char joined[2 * BOUNDARY_CONTEXT + 2];
    memcpy(joined, before, before_length);
    joined[before_length] = ' ';
    memcpy(joined + before_length + 1, after, after_length);
    struct text_word *word =
        word_find(setting->typesetter, joined, before_length + 1 + after_length, left->word->lang);
    word_find_breaks(setting->typesetter, word);
    for (uint32_t i = 0; i < word->break_count; i++)
        if (word->breaks[i].offset == before_length + 1)
            return true;
    return false;
}

/* A third, as TeX has it, but in a face with narrow spaces not so far that words run into one
 * another: readers that copy text by its places take less than 0.15 em for no space at all. */
int64_t space_shrink(const struct atom *atom) {
    int64_t em_nm = units_to_nm(1, 1, atom->look->size_cpt);
    int64_t third = atom->width_nm / 3, spare = atom->width_nm - em_nm * 17 / 100;
    return third < spare ? third : spare > 0 ? spare : 0;
}

static void pass_space(struct finding *finding, const struct atom *atom) {
    finding->sums.width += atom->width_nm;
    if (atom->elastic) {
        finding->sums.stretch += atom->width_nm / 2;
        finding->sums.shrink += space_shrink(atom);
    }
}

/* Spaces [first, end) between two chunks (NULL: the line's start). */
static void add_spaces(struct finding *finding, uint32_t first, uint32_t end,
                       const struct chunk *left, const struct chunk *right) {
    struct setting *setting = finding->setting;
    bool breakable = false;
    for (uint32_t i = first; i < end; i++)
        breakable |= setting->atoms.at[i].breakable;
    if (left && breakable)
        breakable =
            !is_button(&setting->atoms.at[first - 1]) && may_break_between(setting, left, right);
    if (!left || (!breakable && !finding->resort)) {
        for (uint32_t i = first; i < end; i++)
            pass_space(finding, &setting->atoms.at[i]);
        return;
    }
    uint32_t code = first_code(setting, end, 0);
    int32_t penalty = code == 0x2013 || code == 0x2014 ? PENALTY_SPACE_BEFORE_DASH : 0;
    struct breakpoint *added = add_break(finding, first, 0, penalty);
    for (uint32_t i = first; i < end; i++)
        pass_space(finding, &setting->atoms.at[i]);
    added->resort = !breakable;
    added->hyphen = ends_in_dash(setting, first, 0);
    added->after = finding->sums;
    added->next_atom = end;
    finish_break(finding, added);
}

static void add_end(struct finding *finding, uint32_t atom, uint32_t end) {
    struct breakpoint *added = add_break(finding, atom, 0, 0);
    added->forced = true;
    for (uint32_t i = atom; i < end; i++)
        pass_space(finding, &finding->setting->atoms.at[i]);
    added->after = finding->sums;
    added->next_atom = end + 1 < finding->setting->atoms.count ? end + 1 : end;
    finish_break(finding, added);
}

void setting_find_breaks(struct setting *setting, bool hyphens, bool resort) {
    const struct paragraph_request *request = setting->request;
    int64_t first_nm = first_width_nm(request), others_nm = other_width_nm(request);
    struct finding finding = {.setting = setting,
                              .hyphens = hyphens,
                              .resort = resort,
                              .justified = request->align == LINE_JUSTIFY,
                              .narrowest_nm = first_nm < others_nm ? first_nm : others_nm};
    setting->breaks.count = 0;
    setting->widest_nm = 0;
    finish_break(&finding, add_break(&finding, 0, 0, 0));
    const struct chunk *left = NULL;
    size_t next = 0;
    for (uint32_t i = 0; i < setting->atoms.count;) {
        enum atom_kind kind = setting->atoms.at[i].kind;
        if (kind == ATOM_SPACE) {
            uint32_t end = i;
            while (setting->atoms.at[end].kind == ATOM_SPACE)
                end++;
            if (setting->atoms.at[end].kind == ATOM_END) {
                add_end(&finding, i, end);
                left = NULL;
                i = end + 1;
                continue;
            }
            add_spaces(&finding, i, end, left, left ? &setting->chunks.at[next] : NULL);
            i = end;
        } else if (kind == ATOM_END) {
            add_end(&finding, i, i);
            left = NULL;
            i++;
        } else {
            left = &setting->chunks.at[next++];
            add_chunk(&finding, left);
            i = left->end;
        }
    }
}
