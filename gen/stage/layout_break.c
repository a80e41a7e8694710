/* Page breaks: chosen for a chapter (all between two forced breaks) at once, so that the sum of
 * what its pages cost is least: a dynamic programme over its slices, as Knuth & Plass's over lines
 * (Plass, "Optimal Pagination Techniques", 1981), forwards, because where a slice comes to stand on
 * a grid follows from its page's first one. A page costs the square of its emptiness, what its
 * spaces are tightened by and the penalty of the break that ends it; lines to write on fill a page
 * almost for nothing. Footnotes count on the page of the slice that refers to them; where even that
 * cannot be, the rest of a note goes over to the next page. */
#include "stage/layout_parts.h"

enum {
    NOTE_RULE_UM = 5000, /* white and rule above footnotes */
    COST_OVERFULL = 2000000000,
    COST_NOTE_SPLIT = 4000, /* twice as much as one more page */
    COST_PAGE = 2000,       /* one more: as much as a page that is less than half full */
    COST_SHORT_END = 2500,  /* a last page with nothing on it; one with a fifth is none */
    COST_TIGHT = 40,        /* spaces are made smaller */
    COST_TIGHTEST = 200,    /* and more the smaller, up to this */
    GROWN_SHARE = 10,       /* of its cost, that of white that becomes lines to write on */
};

/* The best way to end a page before a slice. */
struct ending {
    int64_t cost;
    uint32_t from; /* the page's first slice */
    uint32_t note; /* the first note slice not set yet */
};

/* Of all slices before each. */
struct sums {
    int64_t *give, *take; /* how much their spaces may grow, and shrink */
    int64_t *grow;        /* of lines to write on that may follow them */
    int64_t *note_height;
    int32_t *open, *close; /* of the slice itself */
};

/* A page, while it is thought of. */
struct candidate {
    uint32_t from, end;
    bool last; /* its chapter ends there */
    int64_t text_um, area_um;
};

int32_t note_gap_um(void) { return NOTE_RULE_UM; }

int32_t break_open_um(const struct lay *lay, uint32_t slice) {
    int32_t open_um = 0;
    for (uint32_t f = lay->body.slices.at[slice].frame; f; f = lay->frames.at[f].parent)
        if (lay->frames.at[f].first < slice)
            open_um += lay->frames.at[f].pad_top_um + lay->frames.at[f].head_um;
    return open_um;
}

int32_t break_close_um(const struct lay *lay, uint32_t slice) {
    int32_t close_um = 0;
    for (uint32_t f = lay->body.slices.at[slice].frame; f; f = lay->frames.at[f].parent)
        if (lay->frames.at[f].first < slice)
            close_um += lay->frames.at[f].pad_bottom_um;
    return close_um;
}

static struct sums sums_of(struct lay *lay) {
    const struct list *body = &lay->body, *notes = &lay->notes;
    size_t count = body->slices.count;
    struct sums sums = {
        .give = ARENA_ARRAY(lay->scratch, int64_t, count + 1),
        .take = ARENA_ARRAY(lay->scratch, int64_t, count + 1),
        .grow = ARENA_ARRAY(lay->scratch, int64_t, count + 1),
        .open = ARENA_ARRAY(lay->scratch, int32_t, count + 1),
        .close = ARENA_ARRAY(lay->scratch, int32_t, count + 1),
        .note_height = ARENA_ARRAY(lay->scratch, int64_t, notes->slices.count + 1),
    };
    for (size_t i = 0; i < count; i++) {
        const struct slice *slice = &body->slices.at[i];
        sums.give[i + 1] = sums.give[i] + slice_give_um(lay, slice);
        sums.take[i + 1] = sums.take[i] + slice_take_um(lay, slice);
        sums.grow[i + 1] = sums.grow[i] + (int64_t)slice->grow_most * slice->grow_um;
        sums.open[i] = break_open_um(lay, (uint32_t)i);
        sums.close[i] = break_close_um(lay, (uint32_t)i);
    }
    for (size_t i = 0; i < notes->slices.count; i++)
        sums.note_height[i + 1] =
            sums.note_height[i] + notes->slices.at[i].space_um + notes->slices.at[i].height_um;
    return sums;
}

static int64_t notes_um(const struct lay *lay, const struct sums *sums, uint32_t first,
                        uint32_t end) {
    if (end <= first)
        return 0;
    return NOTE_RULE_UM + sums->note_height[end] - sums->note_height[first] -
           lay->notes.slices.at[first].space_um;
}

/* What a page's looks cost, whose text leaves so much of it free (below 0: is tightened so much). */
static int64_t look_cost(const struct lay *lay, const struct sums *sums,
                         const struct candidate *page, int64_t slack_um) {
    int64_t area_um = page->area_um;
    int64_t grow_um = sums->grow[page->end] - sums->grow[page->from];
    int64_t cost = 0;
    if (slack_um < 0) {
        int64_t take_um = sums->take[page->end] - sums->take[page->from + 1];
        return COST_TIGHT - COST_TIGHTEST * slack_um / take_um;
    }
    int64_t white_um = slack_um > grow_um ? slack_um - grow_um : 0;
    if (page->last) {
        int64_t lacking_um = area_um / 5 - (area_um - white_um);
        return page->from > 0 && lacking_um > 0 ? COST_SHORT_END * lacking_um / (area_um / 5) : 0;
    }
    cost = slack_um * slack_um / area_um * PAGE_COST / area_um;
    if (grow_um > 0)
        return cost / GROWN_SHARE + white_um * white_um / area_um * PAGE_COST / area_um;
    int64_t give_um = sums->give[page->end] - sums->give[page->from + 1];
    return walk_steps_um(lay, (int32_t)slack_um) <= give_um ? cost / 4 : cost;
}

static struct ending page_cost(const struct lay *lay, const struct sums *sums,
                               const struct ending *before, const struct candidate *plan) {
    const struct slice *slices = lay->body.slices.at;
    uint32_t note_end = slices[plan->end - 1].notes_end;
    struct ending page = {before->cost + COST_PAGE, plan->from,
                          note_end > before->note ? note_end : before->note};
    int64_t used_um = plan->text_um + notes_um(lay, sums, before->note, page.note);
    int64_t take_um = sums->take[plan->end] - sums->take[plan->from + 1];
    int64_t most_um = plan->area_um + take_um;
    if (used_um > most_um && page.note > before->note) {
        uint32_t due = page.note;
        while (page.note > before->note && used_um > most_um)
            used_um = plan->text_um + notes_um(lay, sums, before->note, --page.note);
        int64_t over_um = sums->note_height[due] - sums->note_height[page.note];
        page.cost += COST_NOTE_SPLIT + PAGE_COST * over_um / plan->area_um;
        /* What an earlier page left over comes before all other text. */
        due = plan->from > 0 ? slices[plan->from - 1].notes_end : 0;
        if (due > page.note)
            page.cost += PENALTY_KEEP * (sums->note_height[due] - sums->note_height[page.note]) /
                         plan->area_um;
    }
    if (used_um > most_um) {
        page.cost += COST_OVERFULL;
        return page;
    }
    page.cost += look_cost(lay, sums, plan, plan->area_um - used_um);
    if (!plan->last)
        page.cost += slices[plan->end].penalty;
    return page;
}

static void add_plan(struct lay *lay, struct page_plan plan) {
    plan.number = lay->plans.count - lay->beyond;
    VEC_PUSH(lay->scratch, &lay->plans, plan);
}

/* Fills `best`: of each slice of [first, end], the best way to end a page before it. */
static void find_breaks(const struct lay *lay, const struct sums *sums, uint32_t first,
                        uint32_t end, int32_t area_um, struct ending *best) {
    const struct slice *slices = lay->body.slices.at;
    for (uint32_t j = first + 1; j <= end; j++)
        best[j - first].cost = INT64_MAX;
    for (uint32_t i = first; i < end; i++) {
        int32_t end_um = sums->open[i];
        if (best[i - first].cost == INT64_MAX)
            continue;
        for (uint32_t j = i + 1; j <= end; j++) {
            const struct slice *slice = &slices[j - 1];
            end_um = walk_top_um(lay, end_um, slice, j == i + 1) + slice->height_um;
            int64_t take_um = sums->take[j] - sums->take[i + 1];
            if (end_um - take_um > area_um && i + 1 < j)
                break;
            int32_t text_um = end_um + (j < end ? sums->close[j] : 0);
            if (text_um - take_um > area_um && i + 1 < j)
                continue;
            struct candidate plan = {i, j, j == end, text_um, area_um};
            struct ending page = page_cost(lay, sums, &best[i - first], &plan);
            if (page.cost < best[j - first].cost)
                best[j - first] = page;
        }
    }
}

/* Breaks the slices [first, end), whose notes begin at `note`; returns the first note after. */
static uint32_t break_chapter(struct lay *lay, const struct sums *sums, uint32_t first,
                              uint32_t end, uint32_t note) {
    const struct slice *slices = lay->body.slices.at;
    bool full = slices[first].full_page;
    bool bleed = false;
    for (uint32_t f = full ? slices[first].frame : 0; f && !bleed; f = lay->frames.at[f].parent)
        bleed = lay->frames.at[f].bleed; /* the page's own box, or one around the first slice's */
    struct ending *best = ARENA_ARRAY(lay->scratch, struct ending, end - first + 1);
    best[0] = (struct ending){0, first, note};
    find_breaks(lay, sums, first, end, bleed ? lay->paper->height_um : lay->area_um, best);
    uint32_t count = 0;
    for (uint32_t j = end; j > first; j = best[j - first].from)
        count++;
    uint32_t *ends = ARENA_ARRAY(lay->scratch, uint32_t, count + 1);
    for (uint32_t j = end, k = count; j > first; j = best[j - first].from)
        ends[--k] = j;
    uint32_t from = first;
    for (uint32_t k = 0; k < count; k++) {
        add_plan(lay, (struct page_plan){
                          .first = from,
                          .end = ends[k],
                          .note_first = note,
                          .note_end = best[ends[k] - first].note,
                          .full = full,
                          .bleed = bleed,
                          .furniture_off = slices[from].furniture_off,
                          .filled = ends[k] < end,
                      });
        note = best[ends[k] - first].note;
        from = ends[k];
    }
    return note;
}

/* Notes that had no room on their chapter's last page. */
static uint32_t break_rest(struct lay *lay, const struct sums *sums, uint32_t end, uint32_t note,
                           uint32_t note_end) {
    while (note < note_end) {
        uint32_t to = note_end;
        while (to > note + 1 && notes_um(lay, sums, note, to) > lay->area_um)
            to--;
        add_plan(lay,
                 (struct page_plan){.first = end, .end = end, .note_first = note, .note_end = to});
        note = to;
    }
    return note;
}

void break_add_blank(struct lay *lay) {
    uint32_t at = lay->plans.count ? lay->plans.at[lay->plans.count - 1].end : 0;
    uint32_t note = lay->plans.count ? lay->plans.at[lay->plans.count - 1].note_end : 0;
    add_plan(lay, (struct page_plan){.first = at,
                                     .end = at,
                                     .note_first = note,
                                     .note_end = note,
                                     .furniture_off = true,
                                     .blank = true});
}

static uint32_t next_forced(const struct lay *lay, uint32_t slice) {
    const struct list *body = &lay->body;
    while (slice < body->slices.count && body->slices.at[slice].force == BREAK_AUTO)
        slice++;
    return slice;
}

/* The slice that ends the front matter: cover, imprint and contents, if a forced break ends it. */
static uint32_t front_end(const struct lay *lay) {
    uint32_t count = (uint32_t)lay->body.slices.count;
    if (count == 0 || !lay->body.slices.at[0].full_page)
        return 0;
    uint32_t end = 0;
    while (end < count && lay->body.slices.at[end].full_page) /* the cover and its back */
        end = next_forced(lay, end + 1);
    if (lay->contents_end == 0)
        return end;
    uint32_t contents = next_forced(lay, lay->contents_end);
    return contents < count ? contents : end;
}

void break_pages(struct lay *lay) {
    const struct list *body = &lay->body;
    uint32_t count = (uint32_t)body->slices.count, note = 0, front = front_end(lay);
    struct sums sums = sums_of(lay);
    for (uint32_t first = 0; first < count;) {
        uint32_t end = next_forced(lay, first + 1);
        bool right = body->slices.at[first].force == BREAK_RIGHT_PAGE || (front && first == front);
        if (right && lay->theme->facing && lay->plans.count % 2 == 1)
            break_add_blank(lay);
        stable_start(lay, first, end);
        if (first == front)
            lay->front_pages = lay->plans.count - lay->beyond;
        note = break_chapter(lay, &sums, first, end, note);
        note = break_rest(lay, &sums, end, note, body->slices.at[end - 1].notes_end);
        first = end;
    }
    if (lay->plans.count == 0)
        break_add_blank(lay);
}
