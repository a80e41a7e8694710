/* What may be typed into the cells of a slot. */
#include "block/track.h"

#include "calc/format.h"

#include <float.h>

struct rule *track_rule(struct track *track, struct area area, enum rule_kind kind,
                        const char *title, const char *message) {
    static _Thread_local struct rule dropped;
    if (track->placing)
        return &dropped;
    struct rule *rule = VEC_ADD(track->arena, &track->sheet->rules);
    *rule = (struct rule){
        .area = area, .kind = kind, .title = title, .message = message, .error = message};
    return rule;
}

void track_paint(struct track *track, struct area area, enum paint_kind kind, double low,
                 double high) {
    if (!track->placing)
        VEC_PUSH(track->arena, &track->sheet->paints,
                 ((struct sheet_paint){.area = area, .kind = kind, .low = low, .high = high}));
}

void track_paint_if(struct track *track, struct area area, enum paint_kind kind,
                    const char *formula) {
    if (!track->placing)
        VEC_PUSH(track->arena, &track->sheet->paints,
                 ((struct sheet_paint){.area = area, .kind = kind, .formula = formula}));
}

void track_spark(struct track *track, int32_t row, int32_t col, struct area values, double low,
                 double high) {
    if (!track->placing)
        VEC_PUSH(track->arena, &track->sheet->sparks,
                 ((struct sheet_spark){row, col, values, low, high}));
}

void track_date_rule(struct track *track, struct area area, const char *title) {
    date_t sample = track->book->as_of;
    const char *message = track_phrase(
        track, WORD_TRACK_TYPE_DATE, date_format_short(track->arena, track->course, sample), NULL);
    struct rule *rule = track_rule(track, area, RULE_DATE, title, message);
    rule->low = 61;       /* 1 March 1900 */
    rule->high = 2958465; /* 31 December 9999 */
}

static const char *print_int(struct track *track, int64_t number) {
    return arena_printf(track->arena, "%lld", (long long)number);
}

static void point_rule(struct track *track, struct area area, const struct slot *slot,
                       const char *title) {
    const struct scale *scale = slot->scale;
    struct buf message;
    buf_init(&message, track->arena);
    const char **items = ARENA_ARRAY(track->arena, const char *, scale->count);
    size_t length = 0;
    for (size_t i = 0; i < scale->count; i++) {
        items[i] = print_int(track, scale->from + (int64_t)i);
        length += strlen(items[i]) + 1;
        buf_printf(&message, "%s%s %s", i ? ", " : "", items[i], scale->points[i]);
    }
    bool fits = length <= 255;
    struct rule *rule = track_rule(track, area, fits ? RULE_LIST : RULE_WHOLE, title, message.data);
    rule->items = items;
    rule->item_count = fits ? scale->count : 0;
    rule->low = scale->from;
    rule->high = scale->from + (double)scale->count - 1;
    rule->error = track_phrase(track, WORD_TRACK_TYPE_POINT, items[0], items[scale->count - 1]);
}

/* A new column of the hidden sheet of lists, `count` cells high, as a formula. */
static char *list_range(struct track *track, size_t count) {
    int32_t col = track->list_count++;
    struct buf formula;
    buf_init(&formula, track->arena);
    area_print_full(&formula, track->lists, (struct area){0, col, (int32_t)count - 1, col});
    return formula.data;
}

/* Options stand in a column of the hidden sheet: a list in the rule itself ends at 255 characters
 * and at every comma. */
static void option_rule(struct track *track, struct area area, const struct slot *slot,
                        const char *title) {
    struct rule *rule =
        track_rule(track, area, RULE_RANGE, title, track_word(track, WORD_TRACK_TYPE_LIST));
    if (track->placing)
        return;
    struct sheet *sheet = track->sheet;
    track->sheet = track->lists;
    for (size_t i = 0; i < slot->option_count; i++)
        track_text(track, (int32_t)i, track->list_count, LOOK_TEXT, slot->options[i].label);
    track->sheet = sheet;
    rule->formula = list_range(track, slot->option_count);
}

/* TRUE and FALSE as cells: a list of the words would give texts where these are called otherwise.
 */
static void check_rule(struct track *track, struct area area, const char *title) {
    struct rule *rule =
        track_rule(track, area, RULE_RANGE, title, track_word(track, WORD_TRACK_TYPE_CHECK));
    if (track->placing)
        return;
    if (!track->tick_list) {
        struct sheet *sheet = track->sheet;
        track->sheet = track->lists;
        track_tick(track, 0, track->list_count, LOOK_TEXT, value_bool(true));
        track_tick(track, 1, track->list_count, LOOK_TEXT, value_bool(false));
        track->sheet = sheet;
        track->tick_list = list_range(track, 2);
    }
    rule->formula = track->tick_list;
}

static void email_rule(struct track *track, struct area area, const char *title) {
    struct buf formula;
    buf_init(&formula, track->arena);
    buf_puts(&formula, "ISNUMBER(FIND(\"@\",");
    cell_print(&formula, area.row, area.col, false);
    buf_puts(&formula, ",2))");
    track_rule(track, area, RULE_CUSTOM, title, track_word(track, WORD_TRACK_TYPE_EMAIL))->formula =
        formula.data;
}

static void figure_rule(struct track *track, struct area area, enum word word, const char *title) {
    struct rule *rule = track_rule(track, area, RULE_DECIMAL, title, track_word(track, word));
    rule->low = -1e15; /* beyond 15 digits a spreadsheet does not keep them */
    rule->high = 1e15;
}

void track_slot_rule(struct track *track, struct area area, const struct slot *slot,
                     const char *title) {
    switch (slot->type) {
    case SLOT_POINT:
        point_rule(track, area, slot, title);
        break;
    case SLOT_CHOICE:
        if (slot->option_count)
            option_rule(track, area, slot, title);
        break;
    case SLOT_CHECK:
    case SLOT_CHOICES:
        check_rule(track, area, title);
        break;
    case SLOT_DATE:
        track_date_rule(track, area, title);
        break;
    case SLOT_NUMBER:
    case SLOT_MONEY:
        figure_rule(track, area, WORD_TRACK_TYPE_NUMBER, title);
        break;
    case SLOT_PERCENT:
        figure_rule(track, area, WORD_TRACK_TYPE_PERCENT, title);
        break;
    case SLOT_EMAIL:
        email_rule(track, area, title);
        break;
    case SLOT_TEXT:
    case SLOT_PROSE: {
        struct rule *rule =
            track_rule(track, area, RULE_LENGTH, title, track_word(track, WORD_TRACK_TYPE_TEXT));
        rule->low = 0;
        rule->high = SHEET_TEXT_UNITS;
        rule->message = rule->title = NULL; /* anything goes: no words on entering */
        break;
    }
    case SLOT_REF: /* the log sets it: it knows where the other one stands */
        break;
    }
}
