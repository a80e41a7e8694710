/* The hidden sheet `_meta`: what this file is, then one line an answer (or a stretch of them: its
 * sittings to the right, its rows downwards) with slot, respondent, sittings or rows, sheet, cells
 * and type. Whoever reads the file back goes by these lines and names, never by position. A name is
 * made of slot, option, respondent and, of a day, "done-on" (model/address.h), and so not written
 * once more; "-" stands where it was taken already. */
#include "stage/track_internal.h"

#include "model/address.h"

enum {
    COL_SLOT,
    COL_OPTION,
    COL_RESPONDENT,
    COL_SITTINGS,
    COL_ROWS,
    COL_SHEET,
    COL_CELLS,
    COL_NAME,
    COL_TYPE
};

struct line {
    const char *slot, *option, *respondent, *type;
    const char *name; /* id that a defined name is made of */
    struct place place;
    bool rows; /* the stretch runs over rows of a log, not over sittings */
};

static const char *number(struct track *track, int32_t value) {
    return arena_printf(track->arena, "%d", value);
}

static void write_line(struct track *track, const struct line *line) {
    const struct sheet *sheet = track->book->sheets.at[line->place.sheet];
    struct area area = place_area(line->place);
    struct buf cells;
    buf_init(&cells, track->arena);
    area_print(&cells, area, false);
    char *name = address_defined_name(track->arena, line->name);
    bool defined = !track->placing && workbook_define(track->book, name, sheet, area);
    const char *stretch = line->place.count > 1
                              ? arena_printf(track->arena, "1-%d", line->place.count)
                              : number(track, line->place.count);
    const char *texts[] = {
        [COL_SLOT] = line->slot,
        [COL_OPTION] = line->option,
        [COL_RESPONDENT] = line->respondent,
        [COL_SITTINGS] = line->rows ? "" : stretch,
        [COL_ROWS] = line->rows ? stretch : "",
        [COL_SHEET] = sheet->name,
        [COL_CELLS] = cells.data,
        [COL_NAME] = defined || track->placing ? "" : "-",
        [COL_TYPE] = line->type,
    };
    for (int32_t i = 0; i <= COL_TYPE; i++)
        if (texts[i] && *texts[i])
            track_text(track, track->row, i, LOOK_TEXT, texts[i]);
    track->row++;
}

static const char *respondent_id(const struct track *track, int32_t respondent) {
    return respondent == RESPONDENT_NONE ? "" : track->course->respondents.at[respondent].id;
}

static const char *named(struct track *track, const char *id, const char *more) {
    return more && *more ? arena_printf(track->arena, "%s.%s", id, more) : id;
}

/* Where several may be chosen, an option is a row of its own. */
static void choice_lines(struct track *track, const struct slot *slot, struct line line) {
    const char *respondent = line.respondent;
    for (size_t i = 0; i < slot->option_count; i++) {
        line.option = slot->options[i].id;
        line.name = named(track, named(track, slot->name, line.option), respondent);
        write_line(track, &line);
        line.place.row++;
    }
}

static void slot_lines(struct track *track, const struct slot *slot, int32_t respondent) {
    struct place place =
        track->places
            .slots[slot->index * (track->course->respondents.count + 1) + (size_t)(respondent + 1)];
    if (place.sheet < 0)
        return;
    struct line line = {.slot = slot->name,
                        .respondent = respondent_id(track, respondent),
                        .type = slot_type_name(slot->type),
                        .place = place,
                        .rows = slot->rows};
    line.name = named(track, slot->name, line.respondent);
    if (slot->type == SLOT_CHOICES) {
        choice_lines(track, slot, line);
        return;
    }
    write_line(track, &line);
    if (slot->type != SLOT_CHECK || slot->rows)
        return;
    line.place.col++;
    line.type = "done-on";
    line.name = named(track, line.name, "done-on");
    write_line(track, &line);
}

static void date_lines(struct track *track) {
    for (size_t i = 0; i < track->dates.count; i++) {
        const struct track_date *date = &track->dates.at[i];
        struct line line = {.slot = named(track, "_date", date->block->id),
                            .respondent = respondent_id(track, date->respondent),
                            .type = "date",
                            .place = date->place};
        line.name = named(track, line.slot, line.respondent);
        write_line(track, &line);
    }
}

static void profile_lines(struct track *track, bool has_guide) {
    const struct participant *participant = track->edition->participant;
    for (size_t i = 0; i < track->course->profile.count; i++) {
        const struct profile_field *field = &track->course->profile.at[i];
        if (has_guide && !participant) {
            struct line line = {.slot = named(track, "profile", field->name),
                                .type = slot_type_name(field->type),
                                .place = track->places.profile[i]};
            line.name = line.slot;
            write_line(track, &line);
        }
        if (has_guide)
            continue;
        if (track->placing)
            track->places.profile[i] = (struct place){track->sheet->index, track->row, 1, 1, true};
        track_text(track, track->row, 0, LOOK_TEXT, named(track, "profile", field->name));
        track_static(track, track->row++, 1, LOOK_TEXT, NULL,
                     participant && participant->profile ? participant->profile[i] : VALUE_NONE);
    }
}

static void identity_lines(struct track *track, bool has_guide) {
    for (size_t i = 0; i < track->book->identity_count; i++) {
        track_text(track, track->row, 0, LOOK_TEXT, track->book->identity[i].key);
        track_text(track, track->row++, 1, LOOK_TEXT, track->book->identity[i].value);
    }
    if (has_guide)
        return;
    if (track->placing)
        track->places.as_of = (struct place){track->sheet->index, track->row, 1, 1, true};
    track_text(track, track->row, 0, LOOK_TEXT, "as_of");
    track_formula(track, track->row++, 1, LOOK_TEXT, track_date_format(track), "TODAY()",
                  value_date(track->book->as_of));
}

/* Results have names, too, so that formulas of one's own can read them: a calc's cell, and a score's
 * row of sittings, a respondent and dimension each. */
static void define_results(struct track *track) {
    const struct course *course = track->course;
    for (size_t i = 0; i < course->blocks.count; i++) {
        const struct block *block = course->blocks.at[i];
        struct place place = track->places.calcs[i];
        if (block->expr && block->id && place.sheet >= 0)
            workbook_define(track->book, address_defined_name(track->arena, block->id),
                            track->book->sheets.at[place.sheet], place_area(place));
    }
    for (size_t i = 0; i < course->scores.count; i++) {
        const struct score *score = &course->scores.at[i];
        const struct score_place *home = &track->places.scores[i];
        for (int32_t r = 0; home->sheet >= 0 && r < (int32_t)course->respondents.count; r++)
            for (int32_t d = 0; home->cols[r] >= 0 && d < home->count; d++) {
                const char *id = score->id;
                if (score->by_dimension)
                    id = named(track, id, score->dimensions[d]);
                struct area area = {home->row + d, home->cols[r], home->row + d,
                                    home->cols[r] + home->sittings - 1};
                id = named(track, id, respondent_id(track, r));
                workbook_define(track->book, address_defined_name(track->arena, id),
                                track->book->sheets.at[home->sheet], area);
            }
    }
}

void track_meta(struct track *track, struct sheet *meta, bool has_guide) {
    static const char *const heads[] = {"slot",  "option", "respondent", "sittings", "rows",
                                        "sheet", "cells",  "name",       "type"};
    track->sheet = meta;
    track->row = 0;
    identity_lines(track, has_guide);
    if (!track->placing)
        workbook_define(track->book, "as_of", track->book->sheets.at[track->places.as_of.sheet],
                        place_area(track->places.as_of));
    track->row++;
    for (int32_t i = 0; i <= COL_TYPE; i++)
        track_text(track, track->row, i, LOOK_TEXT, heads[i]);
    track->row++;
    profile_lines(track, has_guide);
    date_lines(track);
    for (size_t i = 0; i < track->course->slots.count; i++)
        for (int32_t r = RESPONDENT_NONE; r < (int32_t)track->course->respondents.count; r++)
            slot_lines(track, track->course->slots.at[i], r);
    if (!track->placing)
        define_results(track);
}
