/* The totals row of a log. */
#include "block/sheet_log.h"

struct sum {
    double sum, min, max;
    int32_t numbers, filled;
};

static struct sum add_up(const struct log_table *table, size_t index) {
    const struct column *column = &table->log->columns[index];
    struct sum sum = {0};
    for (int32_t row = 0; row < table->rows; row++) {
        struct value value = column->calc ? sheet_log_computed(table, column, row)
                                          : sheet_log_entry(table, index, row);
        bool date = value.kind == VALUE_DATE && date_is_serial((date_t)value.number);
        bool number = value.kind == VALUE_NUMBER || date;
        bool tick = column->type == SLOT_CHECK && value.kind != VALUE_MISSING;
        double figure =
            value.kind == VALUE_DATE ? date_to_excel((date_t)value.number) : value.number;
        sum.filled +=
            tick ? value.kind == VALUE_DATE || value.number != 0 : value.kind != VALUE_MISSING;
        if (!number || tick)
            continue;
        sum.min = !sum.numbers || figure < sum.min ? figure : sum.min;
        sum.max = !sum.numbers || figure > sum.max ? figure : sum.max;
        sum.sum += figure;
        sum.numbers++;
    }
    return sum;
}

static void total_cell(struct log_table *table, size_t index) {
    static const int functions[] = {[TOTAL_SUM] = 109,
                                    [TOTAL_MEAN] = 101,
                                    [TOTAL_COUNT] = 103,
                                    [TOTAL_MIN] = 105,
                                    [TOTAL_MAX] = 104};
    struct track *track = table->track;
    const struct column *column = &table->log->columns[index];
    struct sum sum = add_up(table, index);
    struct buf name;
    buf_init(&name, track->arena);
    sheet_log_print_column(&name, table->place.table, table->place.headers[index], false);
    struct value value = value_number(sum.sum);
    const char *formula =
        arena_printf(track->arena, "SUBTOTAL(%d,%s)", functions[column->total], name.data);
    if (column->total == TOTAL_COUNT) {
        value.number = column->calc ? sum.numbers : sum.filled;
        if (column->type == SLOT_CHECK)
            formula = arena_printf(track->arena, "COUNTIF(%s,TRUE)", name.data);
        else if (column->calc)
            formula = arena_printf(track->arena, "SUBTOTAL(102,%s)", name.data);
    } else if (column->total != TOTAL_SUM) {
        formula = arena_printf(track->arena, "IF(SUBTOTAL(102,%s)=0,\"\",%s)", name.data, formula);
        value.number = column->total == TOTAL_MEAN  ? sum.sum / (sum.numbers ? sum.numbers : 1)
                       : column->total == TOTAL_MIN ? sum.min
                                                    : sum.max;
        value = sum.numbers ? value : VALUE_NONE;
    }
    const char *format = column->total == TOTAL_COUNT ? NULL : sheet_log_format(track, column);
    track_formula(track, table->place.last_row + 1, table->place.col + (int32_t)index, LOOK_TOTAL,
                  format, formula, value);
}

bool sheet_log_has_totals(const struct block *log) {
    for (size_t i = 0; i < log->column_count; i++)
        if (log->columns[i].total != TOTAL_NONE)
            return true;
    return false;
}

/* What the totals row says of itself, for the table: sums and counts are its own functions, the
 * rest are formulas that it does not know. */
static void total_columns(const struct log_table *table, struct sheet_column *columns) {
    size_t label = 0;
    while (label < table->log->column_count && table->log->columns[label].total != TOTAL_NONE)
        label++;
    columns[label].total_label = track_word(table->track, WORD_TOTAL);
    for (size_t i = 0; i < table->log->column_count; i++) {
        const struct column *column = &table->log->columns[i];
        if (column->total == TOTAL_SUM)
            columns[i].total = TABLE_TOTAL_SUM;
        if (column->total == TOTAL_COUNT && column->type != SLOT_CHECK && !column->calc)
            columns[i].total = TABLE_TOTAL_COUNT;
    }
}

void sheet_log_totals(struct log_table *table, struct sheet_column *columns) {
    struct track *track = table->track;
    int32_t count = (int32_t)table->log->column_count + (table->child != NULL);
    bool labelled = false;
    for (int32_t i = 0; i < count && !track->placing; i++) {
        bool total =
            i < (int32_t)table->log->column_count && table->log->columns[i].total != TOTAL_NONE;
        if (total)
            total_cell(table, (size_t)i);
        else
            track_text(track, table->place.last_row + 1, table->place.col + i, LOOK_TOTAL,
                       labelled ? "" : track_word(track, WORD_TOTAL));
        labelled = labelled || !total;
    }
    total_columns(table, columns);
    track->row++;
}
