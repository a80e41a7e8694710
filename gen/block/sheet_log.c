/* The log's table: a real one, with typed columns, drop-downs, totals, computed columns, and room
 * to grow. A log that others refer to shows how much of each row they have done. */
#include "block/sheet_log.h"

#include "base/utf8.h"
#include "calc/expr.h"
#include "calc/format.h"

enum { SPARE_ROWS = 40, TEXT_WIDTH = 34, HEADER_LIMIT = 250 };

/* --- names */

static const char *clean_header(struct arena *arena, const char *label) {
    struct buf out;
    buf_init(&out, arena);
    for (const char *at = label, *end = label + strlen(label);
         at < end && out.len < HEADER_LIMIT;) {
        const char *from = at;
        uint32_t code = utf8_next(&at, end);
        if (code <= ' ' || utf8_is_control(code))
            buf_puts(&out, out.len && out.data[out.len - 1] != ' ' ? " " : "");
        else
            buf_put(&out, from, (size_t)(at - from));
    }
    return out.len ? out.data : "–";
}

/* Headers must differ: a spreadsheet repairs a table whose columns are called alike. `last` is one
 * more, behind the log's own. */
static const char *const *log_headers(struct arena *arena, const struct block *log,
                                      const char *last) {
    struct map taken;
    map_init(&taken, arena);
    const char **headers = ARENA_ARRAY(arena, const char *, log->column_count + 1);
    for (size_t i = 0; i <= log->column_count; i++) {
        const char *base =
            clean_header(arena, i < log->column_count ? log->columns[i].label : last);
        headers[i] = base;
        for (int n = 2; map_find(&taken, workbook_fold(arena, headers[i])); n++)
            headers[i] = arena_printf(arena, "%s %d", base, n);
        map_set(&taken, workbook_fold(arena, headers[i]), (void *)log);
    }
    return headers;
}

/* Brackets, '#', '@' and the escape itself are escaped in a reference to a column. */
static void print_header(struct buf *out, const char *header) {
    for (; *header; header++) {
        if (strchr("[]#'@", *header))
            buf_putc(out, '\'');
        buf_putc(out, *header);
    }
}

void sheet_log_print_column(struct buf *out, const char *table, const char *header, bool own_row) {
    buf_printf(out, own_row ? "%s[[#This Row],[" : "%s[", table);
    print_header(out, header);
    buf_puts(out, own_row ? "]]" : "]");
}

bool track_print_column(const struct track *track, const struct block *log,
                        const struct column *column, const char *table, struct buf *out) {
    const struct log_place *place = &track->places.logs[log->index];
    if (place->sheet < 0 || (!table && log->every && column == &log->columns[0]))
        return false; /* dates that stand there beforehand are no entries */
    sheet_log_print_column(out, place->table, place->headers[column - log->columns], table != NULL);
    return true;
}

/* --- dates that stand in the first column beforehand */

static date_t period_date(const struct block *log, int32_t row) {
    int year, month, day;
    if (log->from == DATE_NONE || log->every == EVERY_NONE)
        return DATE_NONE;
    if (log->every == EVERY_DAY || log->every == EVERY_WEEK)
        return log->from + row * (log->every == EVERY_DAY ? 1 : 7);
    int months = log->every == EVERY_MONTH ? 1 : log->every == EVERY_QUARTER ? 3 : 12;
    date_to_civil(log->from, &year, &month, &day);
    int64_t later = (int64_t)year * 12 + month - 1 + (int64_t)row * months;
    year = (int)(later / 12);
    month = (int)(later % 12) + 1;
    while (!date_is_valid(year, month, day) && day > 1)
        day--;
    return date_from_civil(year, month, day);
}

static bool is_dated(const struct log_table *table, size_t column) {
    return column == 0 && table->log->every && table->log->columns[0].type == SLOT_DATE;
}

struct value sheet_log_entry(const struct log_table *table, size_t column, int32_t row) {
    const struct slot *slot = table->log->columns[column].slot;
    struct value value = scope_answer(&table->track->shown, slot, RESPONDENT_NONE, -1, row);
    if (value_is_missing(value) && is_dated(table, column)) {
        date_t date = period_date(table->log, row);
        return date == DATE_NONE ? VALUE_NONE : value_date(date);
    }
    return value;
}

void sheet_log_settle(struct log_table *table) {
    const struct participant *real = table->track->scope.participant;
    if (real)
        table->dated = *real;
    if (!is_dated(table, 0))
        return;
    const struct slot *slot = table->log->columns[0].slot;
    struct answer *answers = ARENA_ARRAY(table->track->arena, struct answer,
                                         table->dated.answer_count + (size_t)table->rows);
    size_t count = 0, at = 0;
    for (; at < table->dated.answer_count && table->dated.answers[at].slot->index < slot->index;
         at++)
        answers[count++] = table->dated.answers[at];
    while (at < table->dated.answer_count && table->dated.answers[at].slot == slot)
        at++;
    for (int32_t row = 0; row < table->rows; row++) {
        struct value value = sheet_log_entry(table, 0, row);
        if (value.kind == VALUE_DATE && date_is_serial((date_t)value.number))
            answers[count++] = (struct answer){.slot = slot, .row = row, .value = value};
    }
    for (; at < table->dated.answer_count; at++)
        answers[count++] = table->dated.answers[at];
    table->dated.answers = answers;
    table->dated.answer_count = count;
}

struct value sheet_log_computed(const struct log_table *table, const struct column *column,
                                int32_t row) {
    struct scope scope = table->track->scope;
    scope.participant = &table->dated;
    scope.row = row;
    return expr_eval(column->calc, &scope);
}

/* --- columns */

static double column_width(const struct column *column) {
    double width = TEXT_WIDTH, options = 0;
    switch (column->type) {
    case SLOT_DATE:
        width = 13;
        break;
    case SLOT_NUMBER:
    case SLOT_PERCENT:
    case SLOT_CHECK:
        width = 11;
        break;
    case SLOT_MONEY:
        width = 14;
        break;
    case SLOT_CHOICE:
        for (size_t i = 0; i < column->option_count; i++) {
            size_t label = strlen(column->options[i].label);
            options = (double)label > options ? (double)label : options;
        }
        width = options + 4 < 14 ? 14 : options + 4 > 30 ? 30 : options + 4;
        break;
    default:
        break;
    }
    double head = (double)utf8_count(column->label, strlen(column->label)) * 0.6 + 4;
    return head > width && head < 24 ? head : width;
}

static void ref_rule(struct track *track, const struct column *column, struct area area) {
    const struct log_place *parent = column->ref ? &track->places.logs[column->ref->index] : NULL;
    if (track->placing || !parent || parent->sheet < 0)
        return;
    struct buf formula;
    buf_init(&formula, track->arena);
    area_print_full(&formula, track->book->sheets.at[parent->sheet],
                    (struct area){parent->row, parent->col, parent->last_row, parent->col});
    track_rule(track, area, RULE_RANGE, column->label, track_word(track, WORD_TRACK_TYPE_LIST))
        ->formula = formula.data;
}

const char *sheet_log_format(const struct track *track, const struct column *column) {
    bool figure = column->calc && column->type == SLOT_NUMBER;
    return number_format_excel(track->arena, track->course, column->type, figure ? 2 : -1);
}

static struct area column_area(const struct log_table *table, int32_t column) {
    return (struct area){table->place.row, table->place.col + column, table->place.last_row,
                         table->place.col + column};
}

static void input_column(struct log_table *table, size_t index) {
    struct track *track = table->track;
    const struct column *column = &table->log->columns[index];
    struct area area = column_area(table, (int32_t)index);
    for (int32_t row = 0; row < table->rows && !track->placing; row++)
        track_answer(track, area.row + row, area.col, column->slot,
                     sheet_log_entry(table, index, row));
    if (column->type == SLOT_REF)
        ref_rule(track, column, area);
    else
        track_slot_rule(track, area, column->slot, column->label);
    track_place(track, column->slot, RESPONDENT_NONE, area.row, area.col, table->rows, false);
}

/* Returns the formula, or NULL if what it reads is not in this workbook. */
static const char *computed_column(struct log_table *table, size_t index) {
    struct track *track = table->track;
    const struct column *column = &table->log->columns[index];
    struct area area = column_area(table, (int32_t)index);
    struct buf formula;
    buf_init(&formula, track->arena);
    const char *format = sheet_log_format(track, column);
    bool live = track_print_expr(track, column->calc, table->place.table, &formula);
    for (int32_t row = 0; row < table->rows && !track->placing; row++) {
        struct value value = sheet_log_computed(table, column, row);
        if (live)
            track_formula(track, area.row + row, area.col, LOOK_VALUE, format, formula.data, value);
        else
            track_static(track, area.row + row, area.col, LOOK_VALUE, format, value);
    }
    return live ? formula.data : NULL;
}

/* --- rows of another log that refer to this one */

static void find_child(struct log_table *table) {
    const struct course *course = table->track->course;
    for (size_t b = 0; b < course->blocks.count && !table->child; b++) {
        const struct block *other = course->blocks.at[b];
        for (size_t i = 0; i < other->column_count; i++)
            if (other->columns[i].type == SLOT_REF && other->columns[i].ref == table->log &&
                edition_shows(table->track->edition, other)) {
                table->child = other;
                table->child_ref = &other->columns[i];
            }
        for (size_t i = 0; table->child == other && i < other->column_count; i++)
            if (other->columns[i].type == SLOT_CHECK && !table->child_check)
                table->child_check = &other->columns[i];
    }
}

/* What heads the count of them: whose rows are counted. */
static const char *child_title(const struct log_table *table) {
    const struct block *child = table->child;
    return child && child->title ? child->title : track_word(table->track, WORD_TRACK_DONE);
}

static bool same_text(struct value a, struct value b) {
    return a.kind == VALUE_TEXT && b.kind == VALUE_TEXT && strcmp(a.text, b.text) == 0;
}

/* "2/3": of the rows that refer to this one, how many are done. */
static struct value child_count(const struct log_table *table, int32_t row) {
    const struct scope *scope = &table->track->scope;
    struct value name = sheet_log_entry(table, 0, row);
    int32_t total = 0, done = 0;
    for (int32_t r = 0; r < scope_log_rows(scope, table->child); r++) {
        if (!same_text(name, scope_answer(scope, table->child_ref->slot, RESPONDENT_NONE, -1, r)))
            continue;
        total++;
        struct value tick = table->child_check ? scope_answer(scope, table->child_check->slot,
                                                              RESPONDENT_NONE, -1, r)
                                               : VALUE_NONE;
        done += tick.kind == VALUE_DATE || (tick.kind == VALUE_BOOL && tick.number != 0);
    }
    if (!total)
        return VALUE_NONE;
    return value_text(table->child_check ? arena_printf(table->track->arena, "%d/%d", done, total)
                                         : arena_printf(table->track->arena, "%d", total));
}

static const char *child_formula(const struct log_table *table) {
    const struct log_place *child = &table->track->places.logs[table->child->index];
    if (child->sheet < 0)
        return NULL;
    struct buf refs, own, ticks;
    buf_init(&refs, table->track->arena);
    buf_init(&own, table->track->arena);
    buf_init(&ticks, table->track->arena);
    sheet_log_print_column(&refs, child->table,
                           child->headers[table->child_ref - table->child->columns], false);
    sheet_log_print_column(&own, table->place.table, table->place.headers[0], true);
    const char *total = arena_printf(table->track->arena, "SUMPRODUCT((%s=%s)*(%s<>\"\"))",
                                     refs.data, own.data, refs.data);
    if (!table->child_check)
        return arena_printf(table->track->arena, "IF(%s=0,\"\",%s&\"\")", total, total);
    sheet_log_print_column(&ticks, child->table,
                           child->headers[table->child_check - table->child->columns], false);
    return arena_printf(table->track->arena,
                        "IF(%s=0,\"\",SUMPRODUCT((%s=%s)*(%s<>\"\")*(%s=TRUE))&\"/\"&%s)", total,
                        refs.data, own.data, refs.data, ticks.data, total);
}

static const char *child_column(struct log_table *table) {
    struct track *track = table->track;
    if (track->placing)
        return NULL;
    const char *formula = child_formula(table);
    int32_t col = table->place.col + (int32_t)table->log->column_count;
    for (int32_t row = 0; row < table->rows; row++) {
        struct value value = child_count(table, row);
        if (formula)
            track_formula(track, table->place.row + row, col, LOOK_VALUE, NULL, formula, value);
        else
            track_static(track, table->place.row + row, col, LOOK_VALUE, NULL, value);
    }
    return formula;
}

/* --- the whole */

/* The period that today falls in stands out. */
static void paint_current(struct log_table *table) {
    struct track *track = table->track;
    if (track->placing || !is_dated(table, 0))
        return;
    struct buf first, formula;
    buf_init(&first, track->arena);
    buf_putc(&first, '$');
    cell_print(&first, table->place.row, table->place.col, false);
    int months = table->log->every == EVERY_MONTH ? 1 : table->log->every == EVERY_QUARTER ? 3 : 12;
    buf_init(&formula, track->arena);
    buf_printf(&formula, "AND(ISNUMBER(%s),%s<=as_of,as_of<", first.data, first.data);
    if (table->log->every == EVERY_DAY || table->log->every == EVERY_WEEK)
        buf_printf(&formula, "%s+%d)", first.data, table->log->every == EVERY_DAY ? 1 : 7);
    else
        buf_printf(&formula, "EDATE(%s,%d))", first.data, months);
    track_paint_if(track, column_area(table, 0), PAINT_FORMULA, formula.data);
}

/* A date that is past, in a row that is not done. */
static void paint_overdue(struct log_table *table) {
    struct track *track = table->track;
    for (size_t i = 0; i < table->log->column_count; i++) {
        const struct column *column = &table->log->columns[i];
        if (!column->due)
            continue;
        struct buf date, done;
        buf_init(&date, track->arena);
        buf_init(&done, track->arena);
        int32_t done_col = table->place.col + (int32_t)(column->due - table->log->columns);
        cell_print(&date, table->place.row, table->place.col + (int32_t)i, false);
        buf_putc(&done, '$');
        cell_print(&done, table->place.row, done_col, false);
        track_paint_if(track, column_area(table, (int32_t)i), PAINT_ALARM,
                       arena_printf(track->arena, "AND(ISNUMBER(%s),%s<as_of,%s<>TRUE)", date.data,
                                    date.data, done.data));
    }
}

static void write_head(struct log_table *table) {
    struct track *track = table->track;
    for (size_t i = 0; i < table->log->column_count; i++) {
        int32_t col = table->place.col + (int32_t)i;
        track_text(track, track->row, col, LOOK_HEAD_LEFT, table->place.headers[i]);
        track_width(track, col, column_width(&table->log->columns[i]));
    }
    if (table->child)
        track_text(track, track->row, table->place.col + (int32_t)table->log->column_count,
                   LOOK_HEAD_LEFT, table->place.headers[table->log->column_count]);
    if (track->own == table->log) {
        track->sheet->freeze_row = track->row + 1;
        track->sheet->freeze_col = 1;
        track->sheet->repeat_first_row = track->sheet->repeat_last_row = track->row;
        track->sheet->landscape = true;
    }
}

static void write_table(struct log_table *table) {
    struct track *track = table->track;
    const struct block *log = table->log;
    size_t count = log->column_count + (table->child != NULL);
    bool with_totals = sheet_log_has_totals(log);
    struct sheet_column *columns = ARENA_ARRAY(track->arena, struct sheet_column, count + 1);
    for (size_t i = 0; i < log->column_count; i++) {
        columns[i].header = table->place.headers[i];
        if (log->columns[i].calc)
            columns[i].formula = computed_column(table, i);
        else
            input_column(table, i);
    }
    if (table->child) {
        columns[count - 1].header = table->place.headers[count - 1];
        columns[count - 1].formula = child_column(table);
    }
    track->row = table->place.last_row + 1;
    if (with_totals)
        sheet_log_totals(table, columns);
    struct area area = {table->place.row - 1, table->place.col, track->row - 1,
                        table->place.col + (int32_t)count - 1};
    if (!track->placing)
        VEC_PUSH(track->arena, &track->sheet->tables,
                 ((struct sheet_table){table->place.table, area, columns, with_totals}));
}

/* A year of them, where the printed table is shorter: this one is not thrown away. */
static int32_t year_rows(const struct block *log) {
    static const int32_t rows[] = {
        [EVERY_WEEK] = 53, [EVERY_MONTH] = 12, [EVERY_QUARTER] = 4, [EVERY_YEAR] = 3};
    return log->every == EVERY_NONE || log->every == EVERY_DAY || log->from == DATE_NONE
               ? 0
               : rows[log->every];
}

struct log_table sheet_log_table(struct track *track, const struct block *log) {
    struct log_table table = {.track = track, .log = log};
    table.filled = scope_log_rows(&track->scope, log);
    int32_t room = table.filled + (log->every ? 0 : SPARE_ROWS), year = year_rows(log);
    room = room < log->rows ? log->rows : room;
    table.rows = room < year ? year : room > 0 ? room : 1;
    table.place = track->places.logs[log->index];
    return table;
}

void sheet_log(struct track *track, const struct block *block) {
    if (!track_begin(track, block) || !block->column_count)
        return;
    struct log_table table = sheet_log_table(track, block);
    track_heading(track, block, LOOK_HEADING);
    find_child(&table);
    struct log_place *place = &track->places.logs[block->index];
    if (track->placing)
        *place =
            (struct log_place){.sheet = track->sheet->index,
                               .row = track->row + 1,
                               .last_row = track->row + table.rows,
                               .table = workbook_take_name(
                                   track->book, arena_printf(track->arena, "tbl_%s", block->id)),
                               .headers = log_headers(track->arena, block, child_title(&table))};
    table.place = *place;
    sheet_log_settle(&table);
    write_head(&table);
    write_table(&table);
    paint_current(&table);
    paint_overdue(&table);
    track->row++;
}
