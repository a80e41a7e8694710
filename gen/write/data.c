#include "write/data.h"

#include <stdio.h>
#include <string.h>

enum { COLUMN_COUNT = 12 };
static const char *const columns[COLUMN_COUNT] = {
    "participant", "cohort", "respondent", "sitting", "date",  "question",
    "item",        "ask",    "row",        "value",   "label", "scored"};

/* A number so that it reads back the same, with as few digits as that takes. */
static void put_number(struct buf *out, double number) {
    char text[40];
    for (int digits = 6; digits <= 17; digits++) {
        double back;
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (sscanf(text, "%lf", &back) == 1 && back == number)
            break;
    }
    buf_puts(out, text);
}

/* ---- CSV ---- */

static void csv_text(struct buf *out, const char *text) {
    if (!text || !*text)
        return;
    bool risky = strchr("=+-@\t\r\n", text[0]) != NULL;
    bool quoted = risky || strpbrk(text, "\",\r\n;") != NULL;
    if (quoted)
        buf_putc(out, '"');
    if (risky)
        buf_putc(out, '\'');
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            buf_putc(out, '"');
        buf_putc(out, *at);
    }
    if (quoted)
        buf_putc(out, '"');
}

static void csv_value(struct buf *out, struct value value) {
    char date[16];
    switch (value.kind) {
    case VALUE_NUMBER:
        put_number(out, value.number);
        break;
    case VALUE_BOOL:
        buf_puts(out, value.number != 0 ? "TRUE" : "FALSE");
        break;
    case VALUE_DATE:
        date_format_iso((date_t)value.number, date);
        buf_puts(out, date);
        break;
    default:
        csv_text(out, value.text);
        break;
    }
}

void data_csv_head(struct buf *out) {
    buf_puts(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        buf_printf(out, "%s%s", i ? "," : "", columns[i]);
    buf_puts(out, "\r\n");
}

static void row_texts(const struct long_row *row, const char *texts[8]) {
    const char *const all[8] = {row->participant, row->cohort,   row->respondent, row->sitting,
                                row->date,        row->question, row->item,       row->ask};
    memcpy(texts, all, sizeof all);
}

void data_csv_row(struct buf *out, const struct long_row *row) {
    const char *texts[8];
    row_texts(row, texts);
    for (size_t i = 0; i < 8; i++) {
        csv_text(out, texts[i]);
        buf_putc(out, ',');
    }
    if (row->row)
        buf_put_int(out, row->row);
    buf_putc(out, ',');
    csv_value(out, row->value);
    buf_putc(out, ',');
    csv_text(out, row->label);
    buf_putc(out, ',');
    csv_value(out, row->scored);
    buf_puts(out, "\r\n");
}

/* ---- JSON ---- */

static void json_text(struct buf *out, const char *text) {
    buf_putc(out, '"');
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '"' || *at == '\\')
            buf_printf(out, "\\%c", *at);
        else if (*at < 0x20)
            buf_printf(out, "\\u%04x", *at);
        else
            buf_putc(out, (char)*at);
    }
    buf_putc(out, '"');
}

static void json_key(struct buf *out, size_t column) {
    buf_printf(out, "%s\"%s\": ", column ? ", " : "", columns[column]);
}

static void json_value(struct buf *out, struct value value) {
    char date[16];
    switch (value.kind) {
    case VALUE_NUMBER:
        put_number(out, value.number);
        break;
    case VALUE_BOOL:
        buf_puts(out, value.number != 0 ? "true" : "false");
        break;
    case VALUE_DATE:
        date_format_iso((date_t)value.number, date);
        json_text(out, date);
        break;
    default:
        if (value.text)
            json_text(out, value.text);
        else
            buf_puts(out, "null");
        break;
    }
}

void data_json_row(struct buf *out, const struct long_row *row, bool first) {
    const char *texts[8];
    row_texts(row, texts);
    buf_puts(out, first ? "[\n{" : ",\n{");
    for (size_t i = 0; i < 8; i++) {
        json_key(out, i);
        json_value(out, texts[i] ? value_text(texts[i]) : VALUE_NONE);
    }
    json_key(out, 8);
    json_value(out, row->row ? value_number(row->row) : VALUE_NONE);
    json_key(out, 9);
    json_value(out, row->value);
    json_key(out, 10);
    json_value(out, row->label ? value_text(row->label) : VALUE_NONE);
    json_key(out, 11);
    json_value(out, row->scored);
    buf_putc(out, '}');
}

void data_json_end(struct buf *out, size_t rows) { buf_puts(out, rows ? "\n]\n" : "[]\n"); }
