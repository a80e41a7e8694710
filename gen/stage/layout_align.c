/* Baselines of cells that stand in one row: words of different sizes stand on one line. */
#include "stage/layout_parts.h"

/* What of a side is above its baseline, and what below: `above_um` is -1 where it has none that
 * its neighbours could agree with. */
struct stance {
    int32_t above_um, below_um;
};

/* The first baseline of what begins with words, the last of what ends with them; of both, where a
 * single line stands in the middle. A circle or box there is in the middle by itself. */
static struct stance stance_of(const struct list *list, const struct side *side,
                               enum vertical_align vertical) {
    struct stance none = {-1, 0};
    if (side->slice == side->end || (vertical == VERTICAL_MIDDLE && side->end - side->slice > 1))
        return none;
    int32_t height_um = slices_height(list, side->slice, side->end), above_um;
    if (vertical == VERTICAL_BOTTOM) {
        const struct slice *last = &list->slices.at[side->end - 1];
        bool line =
            last->node && (last->node->kind == FLOW_PARAGRAPH || last->node->kind == FLOW_FIELD);
        if (!line || last->baseline_um < 0)
            return none;
        above_um = height_um - last->height_um + last->baseline_um;
    } else {
        const struct slice *first = &list->slices.at[side->slice];
        const struct field *field = first->node ? first->node->field : NULL;
        above_um = first->baseline_um;
        if (above_um < 0 || (vertical == VERTICAL_MIDDLE && field && is_button(field)))
            return none;
    }
    return (struct stance){above_um, height_um - above_um};
}

static enum vertical_align vertical_of(const struct abreast *abreast, size_t i) {
    return abreast->vertical ? abreast->vertical[i] : VERTICAL_TOP;
}

/* Heights above and below the baseline that all sides of one kind share. */
static struct stance shared(const struct list *list, const struct abreast *abreast,
                            enum vertical_align vertical) {
    struct stance shared = {-1, 0};
    for (size_t i = 0; i < abreast->count; i++) {
        if (vertical_of(abreast, i) != vertical)
            continue;
        struct stance stance = stance_of(list, &abreast->sides[i], vertical);
        if (stance.above_um < 0)
            continue;
        if (stance.above_um > shared.above_um)
            shared.above_um = stance.above_um;
        if (stance.below_um > shared.below_um)
            shared.below_um = stance.below_um;
    }
    return shared;
}

int32_t abreast_height(const struct lay *lay, const struct abreast *abreast) {
    const struct list *list = lay->list;
    int32_t height_um = 0;
    for (size_t i = 0; i < abreast->count; i++) {
        const struct side *side = &abreast->sides[i];
        int32_t tall = slices_height(list, side->slice, side->end);
        height_um = tall > height_um ? tall : height_um;
    }
    if (abreast->flow)
        return height_um;
    for (int kind = VERTICAL_TOP; kind <= VERTICAL_BOTTOM; kind++) {
        if (kind == VERTICAL_MIDDLE) /* gives way by what little is lacking */
            continue;
        struct stance stance = shared(list, abreast, (enum vertical_align)kind);
        if (stance.above_um >= 0 && stance.above_um + stance.below_um > height_um)
            height_um = stance.above_um + stance.below_um;
    }
    return height_um;
}

int32_t side_down(const struct lay *lay, const struct abreast *abreast, size_t index,
                  int32_t height_um) {
    const struct list *list = lay->list;
    const struct side *side = &abreast->sides[index];
    enum vertical_align vertical = vertical_of(abreast, index);
    int32_t free_um = height_um - slices_height(list, side->slice, side->end);
    struct stance own = {-1, 0}, all = {-1, 0};
    if (!abreast->flow) {
        own = stance_of(list, side, vertical);
        all = shared(list, abreast, vertical);
    }
    int32_t middle_um = (height_um - all.above_um - all.below_um) / 2 + all.above_um - own.above_um;
    switch (vertical) {
    case VERTICAL_TOP:
        return own.above_um < 0 ? 0 : all.above_um - own.above_um;
    case VERTICAL_MIDDLE:
        if (own.above_um < 0)
            return free_um / 2;
        return middle_um < 0 ? 0 : middle_um > free_um ? free_um : middle_um;
    case VERTICAL_BOTTOM:
        return own.above_um < 0 ? free_um : free_um - (all.below_um - own.below_um);
    }
    return 0;
}
