#include "load/csv.h"

#include "base/utf8.h"
#include "base/vec.h"

static const char delimiters[] = ",;\t";

static bool at_line_end(char c) { return c == '\n' || c == '\r' || c == 0; }

/* "sep=;" as a first line of its own says what parts the cells, as spreadsheets have it. */
static bool read_separator(struct csv *csv) {
    const char *text = csv->source->text;
    if (strncmp(text, "sep=", 4) != 0 || !text[4] || !at_line_end(text[5]))
        return false;
    csv->delimiter = text[4];
    csv->offset = 5;
    csv->offset += text[csv->offset] == '\r';
    csv->offset += text[csv->offset] == '\n';
    csv->line = 2;
    return true;
}

struct csv csv_open(const struct source *source) {
    struct csv csv = {.source = source, .delimiter = ',', .line = 1};
    if (read_separator(&csv))
        return csv;
    size_t count[sizeof delimiters] = {0}, most = 0;
    bool quoted = false;
    for (const char *at = source->text; *at && (quoted || !at_line_end(*at)); at++) {
        quoted ^= *at == '"';
        const char *found = quoted ? NULL : strchr(delimiters, *at);
        if (found && ++count[found - delimiters] > most) {
            most = count[found - delimiters];
            csv.delimiter = *found;
        }
    }
    return csv;
}

struct span csv_span(const struct csv *csv, const struct csv_cell *cell) {
    size_t length = 0;
    while (length < cell->length && !at_line_end(csv->source->text[cell->offset + length]))
        length++;
    return source_span(csv->source, cell->offset, length ? length : 1);
}

static void pass_line_end(struct csv *csv) {
    const char *text = csv->source->text + csv->offset;
    csv->offset += text[0] == '\r' && text[1] == '\n' ? 2 : text[0] != 0;
    csv->line++;
}

/* A cell that is longer than any spreadsheet's has lost a quotation mark somewhere. */
static bool is_too_long(const struct csv *csv, struct reader *reader, struct csv_cell *cell,
                        const char *text, size_t length) {
    if (length <= CSV_CELL_CHARACTERS || utf8_count(text, length) <= CSV_CELL_CHARACTERS)
        return false;
    char limit[16];
    snprintf(limit, sizeof limit, "%d", CSV_CELL_CHARACTERS);
    diag_report(reader->diag, DIAG_CSV_CELL_LONG, csv_span(csv, cell), limit);
    cell->text = "";
    return true;
}

/* The quote that ends a cell, or the source's end; counts its lines. */
static const char *find_quote(struct csv *csv, const char *at, const char *end) {
    for (; at < end && (*at != '"' || at[1] == '"'); at++) {
        csv->line += *at == '\n' || (*at == '\r' && at[1] != '\n');
        at += *at == '"';
    }
    return at;
}

static const char *unquoted(struct reader *reader, const char *from, const char *end) {
    char *out = arena_alloc(reader->arena, (size_t)(end - from) + 1);
    size_t length = 0;
    for (const char *at = from; at < end; at++) {
        if (*at == '\r' && at[1] == '\n')
            continue;
        out[length++] = *at == '\r' ? '\n' : *at;
        at += *at == '"';
    }
    return out;
}

static bool read_quoted(struct csv *csv, struct reader *reader, struct csv_cell *cell) {
    const char *text = csv->source->text, *from = text + cell->offset + 1;
    const char *end = text + csv->source->size, *at = find_quote(csv, from, end);
    if (at >= end) {
        diag_report(reader->diag, DIAG_CSV_QUOTE_OPEN, source_span(csv->source, cell->offset, 1));
        csv->offset = csv->source->size;
        return false;
    }
    cell->length = (size_t)(at - from) + 2;
    if (!is_too_long(csv, reader, cell, from, (size_t)(at - from)))
        cell->text = unquoted(reader, from, at);
    at++;
    at += strspn(at, " ");
    cell->length = (size_t)(at - text) - cell->offset;
    csv->offset = cell->offset + cell->length;
    if (*at == csv->delimiter || at_line_end(*at))
        return true;
    diag_report(reader->diag, DIAG_CSV_QUOTE_END, source_span(csv->source, csv->offset, 1));
    while (*at && *at != csv->delimiter && !at_line_end(*at))
        at++;
    csv->offset = (size_t)(at - text);
    return true;
}

static void read_plain(struct csv *csv, struct reader *reader, struct csv_cell *cell) {
    const char *text = csv->source->text + cell->offset;
    size_t length = 0;
    while (text[length] != csv->delimiter && !at_line_end(text[length]))
        length++;
    csv->offset = cell->offset + length;
    while (length && (*text == ' ' || *text == '\t')) {
        text++;
        cell->offset++;
        length--;
    }
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    cell->length = length;
    if (!is_too_long(csv, reader, cell, text, length))
        cell->text = arena_strndup(reader->arena, text, length);
}

static bool read_cell(struct csv *csv, struct reader *reader, struct csv_row *row) {
    struct csv_cell *cell = VEC_ADD(reader->arena, row);
    cell->offset = csv->offset;
    if (csv->source->text[csv->offset] == '"')
        return read_quoted(csv, reader, cell);
    read_plain(csv, reader, cell);
    return true;
}

static void skip_empty_lines(struct csv *csv) {
    const char *text = csv->source->text;
    while (csv->offset < csv->source->size && at_line_end(text[csv->offset]))
        pass_line_end(csv);
}

bool csv_read(struct csv *csv, struct reader *reader, struct csv_row *row) {
    *row = (struct csv_row){0};
    skip_empty_lines(csv);
    if (csv->offset >= csv->source->size)
        return false;
    row->offset = csv->offset;
    row->line = csv->line;
    for (;;) {
        if (!read_cell(csv, reader, row))
            return false;
        if (csv->source->text[csv->offset] != csv->delimiter)
            break;
        csv->offset++;
        if (row->count == CSV_CELL_LIMIT) {
            char limit[16];
            snprintf(limit, sizeof limit, "%d", CSV_CELL_LIMIT);
            diag_report(reader->diag, DIAG_CSV_CELLS_LIMIT,
                        source_span(csv->source, csv->offset, 1), limit);
            csv->offset = csv->source->size;
            return false;
        }
    }
    pass_line_end(csv);
    return true;
}

bool csv_row_is_empty(const struct csv_row *row) {
    for (size_t i = 0; i < row->count; i++)
        if (*row->at[i].text)
            return false;
    return true;
}
