/* A log in one line, for the dashboard: how much of it there is, when the next is due, whether it is
 * kept up. All of it as formulas over the log's table, which read it however it is sorted but for
 * what speaks of rows in a row. */
#include "block/sheet_log.h"

/* Which columns a line reads. */
struct reading {
    struct log_table table;
    const struct column *date;  /* the one that is due, else the first; or NULL */
    const struct column *entry; /* that says that a row is written: words, else figures */
    const struct column *kept;  /* that says that a period was kept: a tick, else the entry */
    const struct column *due;
    const char *dates, *entries, *keeps, *dones; /* as formulas read them */
};

/* What the rows of a log say today. */
struct tally {
    int32_t entries, quarter, last, past, kept, start, streak, overdue;
    date_t next;
};

static const char *column_name(const struct reading *reading, const struct column *column) {
    struct buf out;
    buf_init(&out, reading->table.track->arena);
    sheet_log_print_column(&out, reading->table.place.table,
                           reading->table.place.headers[column - reading->table.log->columns],
                           false);
    return out.data;
}

static struct reading read_log(struct track *track, const struct block *log) {
    struct reading reading = {.table = sheet_log_table(track, log)};
    for (size_t i = 0; i < log->column_count; i++) {
        const struct column *column = &log->columns[i];
        if (column->calc)
            continue;
        bool date = column->type == SLOT_DATE, tick = column->type == SLOT_CHECK;
        if (date && (!reading.date || (column->due && !reading.due)))
            reading.date = column;
        reading.due = reading.due || !column->due ? reading.due : column;
        if (tick && !reading.kept)
            reading.kept = column;
        bool words = !date && !tick && column->type != SLOT_NUMBER && column->type != SLOT_MONEY &&
                     column->type != SLOT_PERCENT;
        if (words && !reading.entry)
            reading.entry = column;
    }
    for (size_t i = 0; i < log->column_count && !reading.entry; i++)
        if (log->columns[i].type != SLOT_DATE && log->columns[i].type != SLOT_CHECK &&
            !log->columns[i].calc)
            reading.entry = &log->columns[i];
    reading.entry = reading.entry ? reading.entry : reading.date;
    reading.entry = reading.entry ? reading.entry : &log->columns[0];
    reading.kept = reading.kept ? reading.kept : reading.entry;
    if (track->placing)
        return reading;
    reading.entries = column_name(&reading, reading.entry);
    reading.keeps = column_name(&reading, reading.kept);
    reading.dates = reading.date ? column_name(&reading, reading.date) : NULL;
    reading.dones = reading.due ? column_name(&reading, reading.due->due) : NULL;
    return reading;
}

/* --- today */

static date_t quarter_start(date_t date, int32_t later) {
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    return date_add_months(date_from_civil(year, (month - 1) / 3 * 3 + 1, 1), 3 * later);
}

static bool is_given(const struct reading *reading, const struct column *column, int32_t row) {
    struct value value =
        sheet_log_entry(&reading->table, (size_t)(column - reading->table.log->columns), row);
    if (column->type == SLOT_CHECK)
        return value.kind == VALUE_DATE || (value.kind == VALUE_BOOL && value.number != 0);
    return !value_is_missing(value) && (value.kind != VALUE_TEXT || *value.text);
}

static date_t row_date(const struct reading *reading, int32_t row) {
    if (!reading->date)
        return DATE_NONE;
    struct value value = sheet_log_entry(
        &reading->table, (size_t)(reading->date - reading->table.log->columns), row);
    bool known = value.kind == VALUE_DATE && date_is_serial((date_t)value.number);
    return known ? (date_t)value.number : DATE_NONE;
}

static struct tally tally_log(const struct reading *reading) {
    date_t today = reading->table.track->book->as_of;
    date_t from = quarter_start(today, 0), to = quarter_start(today, 1);
    struct tally tally = {.next = DATE_NONE};
    for (int32_t row = 0; row < reading->table.rows; row++) {
        date_t date = row_date(reading, row);
        bool entry = is_given(reading, reading->entry, row), dated = date != DATE_NONE;
        tally.entries += entry;
        tally.last = entry ? row + 1 : tally.last;
        tally.quarter += entry && dated && date >= from && date < to;
        tally.past += dated && date <= today;
        tally.kept += dated && date <= today && is_given(reading, reading->kept, row);
        if (dated && date >= today && (tally.next == DATE_NONE || date < tally.next))
            tally.next = date;
        tally.overdue +=
            reading->due && dated && date < today && !is_given(reading, reading->due->due, row);
    }
    tally.start = tally.past;
    if (tally.start && !is_given(reading, reading->kept, tally.start - 1))
        tally.start--;
    while (tally.streak < tally.start &&
           is_given(reading, reading->kept, tally.start - 1 - tally.streak))
        tally.streak++;
    return tally;
}

/* --- formulas */

static const char *print_work(const struct track *track, int32_t row, int32_t col) {
    struct buf out;
    buf_init(&out, track->arena);
    area_print_full(&out, track->work, area_cell(row, col));
    return out.data;
}

/* Begin of this quarter and of the next one, on the hidden sheet. */
static int32_t quarter_row(struct track *track) {
    if (track->quarter_row)
        return track->quarter_row;
    int32_t row = track->quarter_row = track_work_row(track, 1);
    struct sheet *sheet = track->sheet;
    track->sheet = track->work;
    track_text(track, row, 0, LOOK_TEXT, track_word(track, WORD_TRACK_QUARTER));
    track_formula(track, row, 1, LOOK_TEXT, track_date_format(track),
                  "DATE(YEAR(as_of),3*INT((MONTH(as_of)-1)/3)+1,1)",
                  value_date(quarter_start(track->book->as_of, 0)));
    track_formula(track, row, 2, LOOK_TEXT, track_date_format(track),
                  arena_printf(track->arena, "EDATE(%s,3)", print_work(track, row, 1)),
                  value_date(quarter_start(track->book->as_of, 1)));
    track->sheet = sheet;
    return row;
}

/* ISNUMBER(dates)*(dates>=from)*(dates<to) */
static const char *in_quarter(struct track *track, const char *dates) {
    int32_t row = quarter_row(track);
    return arena_printf(track->arena, "ISNUMBER(%s)*(%s>=%s)*(%s<%s)", dates, dates,
                        print_work(track, row, 1), dates, print_work(track, row, 2));
}

/* Whether `column` says yes, as an array. */
static const char *given(struct track *track, const struct column *column, const char *cells) {
    return arena_printf(track->arena, column->type == SLOT_CHECK ? "(%s=TRUE)" : "(%s<>\"\")",
                        cells);
}

/* On the hidden sheet: the last row with an entry, the periods begun, and the one from which to
 * count back, for the one that today falls in has time. */
static int32_t row_work(struct track *track, const struct reading *reading,
                        const struct tally *tally) {
    int32_t row = track_work_row(track, 1);
    struct sheet *sheet = track->sheet;
    track->sheet = track->work;
    track_text(track, row, 0, LOOK_TEXT, reading->table.log->id);
    int32_t above = reading->table.place.row;
    track_formula(track, row, 1, LOOK_TEXT, NULL,
                  arena_printf(track->arena, "SUMPRODUCT(MAX((%s<>\"\")*(ROW(%s)-%d)))",
                               reading->entries, reading->entries, above),
                  value_number(tally->last));
    if (reading->table.log->every) {
        const char *past = print_work(track, row, 2);
        const char *cell = arena_printf(track->arena, "INDEX(%s,MAX(1,%s))", reading->keeps, past);
        track_formula(track, row, 2, LOOK_TEXT, NULL,
                      arena_printf(track->arena, "COUNTIF(%s,\"<=\"&as_of)", reading->dates),
                      value_number(tally->past));
        track_formula(track, row, 3, LOOK_TEXT, NULL,
                      arena_printf(track->arena, "MAX(0,%s-IF(%s,0,1))", past,
                                   given(track, reading->kept, cell)),
                      value_number(tally->start));
    }
    track->sheet = sheet;
    return row;
}

static void count_cells(struct track *track, const struct reading *reading,
                        const struct tally *tally) {
    const char *written = given(track, reading->entry, reading->entries);
    track_formula(track, track->row, 1, LOOK_VALUE, NULL,
                  arena_printf(track->arena, "SUMPRODUCT(--%s)", written),
                  value_number(tally->entries));
    if (!reading->dates) {
        track_text(track, track->row, 2, LOOK_VALUE, "");
        return;
    }
    track_formula(
        track, track->row, 2, LOOK_VALUE, NULL,
        arena_printf(track->arena, "SUMPRODUCT(%s*%s)", in_quarter(track, reading->dates), written),
        value_number(tally->quarter));
}

static void date_cells(struct track *track, const struct reading *reading,
                       const struct tally *tally, const char *last) {
    const char *format = track_date_format(track);
    date_t date = tally->last ? row_date(reading, tally->last - 1) : DATE_NONE;
    const char *cell = arena_printf(track->arena, "INDEX(%s,MAX(1,%s))", reading->dates, last);
    track_formula(
        track, track->row, 3, LOOK_VALUE, format,
        arena_printf(track->arena, "IF(AND(%s>0,ISNUMBER(%s)),%s,\"\")", last, cell, cell),
        date == DATE_NONE ? VALUE_NONE : value_date(date));
    track_formula(track, track->row, 4, LOOK_VALUE, format,
                  arena_printf(track->arena,
                               "IF(COUNTIF(%s,\">=\"&as_of)=0,\"\",SMALL(%s,COUNTIF(%s,\"<\"&as_"
                               "of)+1))",
                               reading->dates, reading->dates, reading->dates),
                  tally->next == DATE_NONE ? VALUE_NONE : value_date(tally->next));
}

/* "11/13", and how many of them in a row. */
static void kept_cells(struct track *track, const struct reading *reading,
                       const struct tally *tally, int32_t work) {
    const char *past = print_work(track, work, 2), *start = print_work(track, work, 3);
    const char *kept = given(track, reading->kept, reading->keeps);
    track_formula(
        track, track->row, 5, LOOK_VALUE, NULL,
        arena_printf(track->arena, "IF(%s=0,\"\",SUMPRODUCT(ISNUMBER(%s)*(%s<=as_of)*%s)&\"/\"&%s)",
                     past, reading->dates, reading->dates, kept, past),
        tally->past ? value_text(arena_printf(track->arena, "%d/%d", tally->kept, tally->past))
                    : VALUE_NONE);
    int32_t above = reading->table.place.row;
    const char *row = arena_printf(track->arena, "(ROW(%s)-%d)", reading->keeps, above);
    track_formula(track, track->row, 6, LOOK_RESULT, NULL,
                  arena_printf(track->arena, "%s-SUMPRODUCT(MAX((1-%s)*(%s<=%s)*%s))", start, kept,
                               row, start, row),
                  value_number(tally->streak));
}

static void last_entry(struct track *track, const struct reading *reading,
                       const struct tally *tally, const char *last) {
    size_t column = (size_t)(reading->entry - reading->table.log->columns);
    struct value value =
        tally->last ? sheet_log_entry(&reading->table, column, tally->last - 1) : VALUE_NONE;
    for (size_t i = 0; value.kind == VALUE_TEXT && i < reading->entry->option_count; i++)
        if (strcmp(reading->entry->options[i].id, value.text) == 0)
            value = value_text(reading->entry->options[i].label);
    track_formula(track, track->row, 8, LOOK_VALUE_LEFT,
                  reading->entry->type == SLOT_DATE ? track_date_format(track) : NULL,
                  arena_printf(track->arena, "IF(%s=0,\"\",INDEX(%s,MAX(1,%s)))", last,
                               reading->entries, last),
                  value);
}

void sheet_log_line(struct track *track, const struct block *log) {
    if (track->placing)
        return;
    struct reading reading = read_log(track, log);
    struct tally tally = tally_log(&reading);
    int32_t work = row_work(track, &reading, &tally);
    const char *last = print_work(track, work, 1);
    for (int32_t col = 3; col <= LOG_LINE_COLS; col++)
        track_text(track, track->row, col, LOOK_VALUE, "");
    count_cells(track, &reading, &tally);
    if (reading.dates)
        date_cells(track, &reading, &tally, last);
    if (log->every)
        kept_cells(track, &reading, &tally, work);
    if (reading.due) {
        track_formula(track, track->row, 7, LOOK_RESULT, NULL,
                      arena_printf(track->arena, "SUMPRODUCT(ISNUMBER(%s)*(%s<as_of)*(%s<>TRUE))",
                                   reading.dates, reading.dates, reading.dones),
                      value_number(tally.overdue));
        struct buf cell;
        buf_init(&cell, track->arena);
        cell_print(&cell, track->row, 7, false);
        track_paint_if(track, area_cell(track->row, 7), PAINT_ALARM,
                       arena_printf(track->arena, "N(%s)>0", cell.data));
    }
    last_entry(track, &reading, &tally, last);
}

/* --- what is summed */

static double sum_column(const struct reading *reading, size_t index, date_t from, date_t to) {
    const struct column *column = &reading->table.log->columns[index];
    double sum = 0;
    for (int32_t row = 0; row < reading->table.rows; row++) {
        date_t date = row_date(reading, row);
        struct value value = column->calc ? sheet_log_computed(&reading->table, column, row)
                                          : sheet_log_entry(&reading->table, index, row);
        bool counts = from == DATE_NONE || (date != DATE_NONE && date >= from && date < to);
        sum += counts && value.kind == VALUE_NUMBER ? value.number : 0;
    }
    return sum;
}

void sheet_log_sums(struct track *track, const struct block *log, int32_t col) {
    struct reading reading = read_log(track, log);
    for (size_t i = 0; i < log->column_count; i++) {
        const struct column *column = &log->columns[i];
        if (column->total != TOTAL_SUM)
            continue;
        track_text(track, track->row, 0, LOOK_LABEL,
                   arena_printf(track->arena, "%s: %s", log->title ? log->title : log->label,
                                column->label));
        track_merge(track, (struct area){track->row, 0, track->row, col - 1});
        if (!track->placing) {
            sheet_log_settle(&reading.table);
            const char *name = column_name(&reading, column);
            const char *format = sheet_log_format(track, column);
            date_t today = track->book->as_of;
            if (reading.dates)
                track_formula(track, track->row, col, LOOK_RESULT, format,
                              arena_printf(track->arena, "SUMPRODUCT(%s,%s)",
                                           in_quarter(track, reading.dates), name),
                              value_number(sum_column(&reading, i, quarter_start(today, 0),
                                                      quarter_start(today, 1))));
            else
                track_text(track, track->row, col, LOOK_RESULT, "");
            track_formula(track, track->row, col + 1, LOOK_VALUE, format,
                          arena_printf(track->arena, "SUM(%s)", name),
                          value_number(sum_column(&reading, i, DATE_NONE, DATE_NONE)));
        }
        track->row++;
    }
}
