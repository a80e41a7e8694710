/* A workbook as text, for golden files: one line a fact, cells row by row. */
#include "model/sheet.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

const char *cell_look_name(enum cell_look look) {
    static const char *const names[] = {
        [LOOK_TEXT] = "text",
        [LOOK_TITLE] = "title",
        [LOOK_HEADING] = "heading",
        [LOOK_LEAD] = "lead",
        [LOOK_NOTE] = "note",
        [LOOK_HEAD] = "head",
        [LOOK_HEAD_LEFT] = "head-left",
        [LOOK_HEAD_INPUT] = "head-input",
        [LOOK_LABEL] = "label",
        [LOOK_INPUT] = "input",
        [LOOK_INPUT_LINE] = "input-line",
        [LOOK_INPUT_CENTRE] = "input-centre",
        [LOOK_INPUT_NUMBER] = "input-number",
        [LOOK_VALUE] = "value",
        [LOOK_VALUE_LEFT] = "value-left",
        [LOOK_RESULT] = "result",
        [LOOK_BAND] = "band",
        [LOOK_TOTAL] = "total",
        [LOOK_LINK] = "link",
        [LOOK_MARKS] = "marks",
        [LOOK_SAMPLE] = "sample",
        [LOOK_TILE_LABEL] = "tile-label",
        [LOOK_TILE] = "tile",
        [LOOK_TILE_NOTE] = "tile-note",
    };
    return names[look];
}

/* In quotes, with line breaks and controls made visible. */
static void dump_text(struct buf *out, const char *text) {
    buf_putc(out, '"');
    for (; text && *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '\n')
            buf_puts(out, "\\n");
        else if (byte == '"' || byte == '\\')
            buf_printf(out, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7F)
            buf_printf(out, "\\x%02x", byte);
        else
            buf_putc(out, (char)byte);
    }
    buf_putc(out, '"');
}

static void dump_number(struct buf *out, double number) {
    if (isfinite(number))
        formula_print_number(out, number);
    else
        buf_putc(out, '-');
}

static int compare_cells(const void *left, const void *right) {
    const struct cell *a = *(const struct cell *const *)left,
                      *b = *(const struct cell *const *)right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->col != b->col)
        return a->col < b->col ? -1 : 1;
    return a < b ? -1 : a > b; /* in order of writing: both stand in one array */
}

static void dump_cell(const struct workbook *book, const struct cell *cell, struct buf *out) {
    buf_puts(out, "  ");
    cell_print(out, cell->row, cell->col, false);
    buf_printf(out, " %s", cell_look_name(cell->look));
    if (cell->format)
        buf_printf(out, " [%s]", cell->format);
    buf_putc(out, ' ');
    if (cell->kind == CELL_FORMULA)
        buf_printf(out, "=%s -> ", cell->formula);
    bool formula = cell->kind == CELL_FORMULA;
    if (cell->kind == CELL_TEXT || (formula && cell->cached == CACHED_TEXT))
        dump_text(out, cell->text);
    else if (formula && cell->cached == CACHED_ERROR)
        buf_puts(out, "#N/A");
    else if (cell->kind == CELL_NUMBER || (formula && cell->cached == CACHED_NUMBER))
        dump_number(out, cell->number);
    else if (cell->kind == CELL_BOOL || formula)
        buf_puts(out, cell->number != 0 ? "TRUE" : "FALSE");
    else if (cell->kind == CELL_BLANK)
        buf_putc(out, '.');
    else {
        dump_text(out, cell->text);
        buf_printf(out, " -> %s", book->sheets.at[cell->target]->name);
    }
    buf_putc(out, '\n');
}

static void dump_area(struct buf *out, const char *what, struct area area) {
    buf_printf(out, "  %s ", what);
    area_print(out, area, false);
}

static void dump_rule(const struct rule *rule, struct buf *out) {
    static const char *const names[] = {"any",     "list", "range",  "whole",
                                        "decimal", "date", "length", "custom"};
    dump_area(out, "rule", rule->area);
    buf_printf(out, " %s", names[rule->kind]);
    for (size_t i = 0; i < rule->item_count; i++) {
        buf_putc(out, ' ');
        dump_text(out, rule->items[i]);
    }
    if (rule->formula)
        buf_printf(out, " =%s", rule->formula);
    if (rule->kind == RULE_WHOLE || rule->kind == RULE_DECIMAL || rule->kind == RULE_DATE ||
        rule->kind == RULE_LENGTH) {
        buf_putc(out, ' ');
        dump_number(out, rule->low);
        buf_puts(out, "..");
        dump_number(out, rule->high);
    }
    buf_putc(out, '\n');
}

static void dump_paint(const struct sheet_paint *paint, struct buf *out) {
    static const char *const names[] = {"scale", "formula", "alarm"};
    dump_area(out, "paint", paint->area);
    buf_printf(out, " %s ", names[paint->kind]);
    if (paint->formula) {
        buf_printf(out, "=%s", paint->formula);
    } else {
        dump_number(out, paint->low);
        buf_puts(out, "..");
        dump_number(out, paint->high);
    }
    buf_putc(out, '\n');
}

static void dump_table(const struct sheet_table *table, struct buf *out) {
    static const char *const totals[] = {"", " sum", " count"};
    dump_area(out, "table", table->area);
    buf_printf(out, " %s%s\n", table->name, table->totals ? " totals" : "");
    for (int32_t i = 0; i <= table->area.last_col - table->area.col; i++) {
        buf_puts(out, "    column ");
        dump_text(out, table->columns[i].header);
        buf_puts(out, totals[table->columns[i].total]);
        if (table->columns[i].total_label)
            dump_text(out, table->columns[i].total_label);
        if (table->columns[i].formula)
            buf_printf(out, " =%s", table->columns[i].formula);
        buf_putc(out, '\n');
    }
}

static void dump_chart(const struct workbook *book, const struct sheet_chart *chart,
                       struct buf *out) {
    static const char *const names[] = {"bar", "column", "line", "radar"};
    buf_printf(out, "  chart %s at ", names[chart->kind]);
    cell_print(out, chart->row, chart->col, false);
    buf_putc(out, ' ');
    dump_text(out, chart->title);
    buf_putc(out, ' ');
    dump_text(out, chart->description);
    buf_putc(out, '\n');
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct series *series = &chart->series[i];
        buf_puts(out, "    series ");
        dump_text(out, series->name);
        buf_putc(out, ' ');
        area_print_full(out, book->sheets.at[series->sheet], series->values);
        buf_puts(out, " by ");
        area_print(out, series->categories, true);
        for (size_t k = 0; k < series->count; k++) {
            buf_putc(out, ' ');
            dump_text(out, series->category_texts[k]);
            buf_putc(out, ' ');
            dump_number(out, series->numbers[k]);
        }
        buf_putc(out, '\n');
    }
}

static void dump_spark(const struct sheet_spark *spark, struct buf *out) {
    buf_puts(out, "  spark ");
    cell_print(out, spark->row, spark->col, false);
    buf_puts(out, " of ");
    area_print(out, spark->values, false);
    buf_putc(out, '\n');
}

static void dump_sheet(const struct workbook *book, const struct sheet *sheet, struct buf *out) {
    buf_puts(out, "sheet ");
    dump_text(out, sheet->name);
    buf_printf(out, "%s%s%s\n", sheet->hidden ? " hidden" : "",
               sheet->landscape ? " landscape" : "", sheet->is_protected ? " protected" : "");
    if (sheet->freeze_row || sheet->freeze_col) {
        buf_puts(out, "  freeze ");
        cell_print(out, sheet->freeze_row, sheet->freeze_col, false);
        buf_putc(out, '\n');
    }
    if (sheet->repeat_first_row >= 0)
        buf_printf(out, "  repeat rows %" PRId32 "..%" PRId32 "\n", sheet->repeat_first_row + 1,
                   sheet->repeat_last_row + 1);
    if (sheet->pages_across > 1)
        buf_printf(out, "  pages across %" PRId32 "\n", sheet->pages_across);
    if (sheet->one_page)
        buf_puts(out, "  on one page\n");
    const struct cell **sorted = ARENA_ARRAY(out->arena, const struct cell *, sheet->cells.count);
    for (size_t i = 0; i < sheet->cells.count; i++)
        sorted[i] = &sheet->cells.at[i];
    if (sheet->cells.count)
        qsort(sorted, sheet->cells.count, sizeof *sorted, compare_cells);
    for (size_t i = 0; i < sheet->cells.count; i++)
        dump_cell(book, sorted[i], out);
    for (size_t i = 0; i < sheet->merges.count; i++) {
        dump_area(out, "merge", sheet->merges.at[i]);
        buf_putc(out, '\n');
    }
    for (size_t i = 0; i < sheet->rules.count; i++)
        dump_rule(&sheet->rules.at[i], out);
    for (size_t i = 0; i < sheet->paints.count; i++)
        dump_paint(&sheet->paints.at[i], out);
    for (size_t i = 0; i < sheet->tables.count; i++)
        dump_table(&sheet->tables.at[i], out);
    for (size_t i = 0; i < sheet->charts.count; i++)
        dump_chart(book, &sheet->charts.at[i], out);
    for (size_t i = 0; i < sheet->sparks.count; i++)
        dump_spark(&sheet->sparks.at[i], out);
}

void workbook_dump(const struct workbook *book, struct buf *out) {
    buf_puts(out, "workbook ");
    dump_text(out, book->title);
    buf_puts(out, book->right_to_left ? " right-to-left\n" : "\n");
    for (size_t i = 0; i < book->identity_count; i++) {
        buf_printf(out, "identity %s ", book->identity[i].key);
        dump_text(out, book->identity[i].value);
        buf_putc(out, '\n');
    }
    for (size_t i = 0; i < book->names.count; i++) {
        const struct defined_name *name = &book->names.at[i];
        buf_printf(out, "name %s ", name->name);
        area_print_full(out, book->sheets.at[name->sheet], name->area);
        buf_putc(out, '\n');
    }
    for (size_t i = 0; i < book->sheets.count; i++)
        dump_sheet(book, book->sheets.at[i], out);
}
