/* What is refused before cmark sees it. Debian's cmark-gfm lacks some fixes for input that takes
 * quadratic time (CVE-2023-22483 to -22486, -24824, -26485, -37463): nesting and the marks in one
 * paragraph are bounded here, far above what anybody writes. */
#include "load/markdown.h"

enum {
    FILE_LIMIT = 1 << 20,      /* a module of a megabyte is a book of 500 pages */
    PARAGRAPH_LIMIT = 1 << 16, /* bytes without a blank line */
    COLUMN_LIMIT = 100         /* of a table: cmark fills short rows up with empty cells */
};

/* How deep a line's own marks nest: quotes, list markers, and indentation in steps of two. */
static int line_depth(const char *text, size_t length) {
    int depth = 0, indent = 0;
    for (size_t at = 0; at < length;) {
        char c = text[at];
        char next = at + 1 < length ? text[at + 1] : ' ';
        size_t digits = 0;
        while (at + digits < length && digits < 9 && text[at + digits] >= '0' &&
               text[at + digits] <= '9')
            digits++;
        if (c == ' ' || c == '\t') {
            indent += c == ' ' ? 1 : 4;
            at++;
        } else if (c == '>') {
            depth++;
            at++;
        } else if ((c == '-' || c == '*' || c == '+') && (next == ' ' || next == '\t')) {
            depth += 1 + indent / 2;
            indent = 0;
            at++;
        } else if (digits && at + digits < length &&
                   (text[at + digits] == '.' || text[at + digits] == ')')) {
            depth += 1 + indent / 2;
            indent = 0;
            at += digits + 1;
        } else {
            break;
        }
    }
    return depth;
}

/* Columns that a table's row of dashes would make, 0 for any other line. */
static size_t count_columns(const char *text, size_t length) {
    size_t bars = 0, dashes = 0;
    for (size_t i = 0; i < length; i++) {
        if (!strchr("|:- \t>", text[i]))
            return 0;
        bars += text[i] == '|';
        dashes += text[i] == '-';
    }
    return dashes ? bars : 0;
}

static bool is_blank(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] != ' ' && text[i] != '\t')
            return false;
    return true;
}

bool markdown_within_limits(struct markdown *markdown, size_t offset) {
    const struct source *source = markdown->source;
    if (source->size - offset > FILE_LIMIT) {
        diag_report(markdown->diag, DIAG_FILE_TOO_LARGE, ((struct span){source, 0, 0, 0}), "1 MiB");
        return false;
    }
    size_t paragraph = 0;
    for (int32_t line = markdown->first_line + 1; line <= source->line_count; line++) {
        size_t length;
        const char *text = source_line(source, line, &length);
        paragraph = is_blank(text, length) ? 0 : paragraph + length + 1;
        struct span at = {source, line, 1, 1};
        if (paragraph > PARAGRAPH_LIMIT) {
            diag_report(markdown->diag, DIAG_PARAGRAPH_TOO_LONG, at, "64 KiB");
            return false;
        }
        if (count_columns(text, length) > COLUMN_LIMIT) {
            diag_report(markdown->diag, DIAG_TABLE_COLUMNS, at,
                        arena_printf(markdown->arena, "%d", COLUMN_LIMIT));
            return false;
        }
        if (line_depth(text, length) > NESTING_LIMIT) {
            diag_report(markdown->diag, DIAG_NESTING, at,
                        arena_printf(markdown->arena, "%d", NESTING_LIMIT));
            return false;
        }
    }
    return true;
}
