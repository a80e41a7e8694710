/* .calc: a result from an expression. Fills label, expr, format, decimals. Its one line is read from
 * the source as it stands, for to Markdown a '*' between figures is emphasis. */
#include "block/check.h"
#include "block/prints.h"
#include "block/sheets.h"
#include "calc/expr.h"

/* The last " = " of a line, or NULL. */
static const char *find_equals(const char *line, size_t length) {
    for (size_t i = length; i >= 3; i--)
        if (memcmp(line + i - 3, " = ", 3) == 0)
            return line + i - 3;
    return NULL;
}

/* The label as Markdown reads it, with the quotes of the language; as written where it has marks
 * that Markdown may have taken for its own. */
static const char *label_of(struct check *check, const struct node *paragraph, const char *raw) {
    if (strpbrk(raw, "*_`~[]\\<&"))
        return raw;
    const char *text = node_plain_text(check->arena, paragraph);
    const char *equals = find_equals(text, strlen(text));
    while (equals && equals > text && equals[-1] == ' ')
        equals--;
    return equals ? arena_strndup(check->arena, text, (size_t)(equals - text)) : raw;
}

static void check_equation(struct check *check, struct block *block, const struct node *paragraph) {
    struct span at = paragraph->at;
    size_t length;
    const char *line = source_line(at.source, at.line, &length);
    size_t from = at.col > 1 ? (size_t)at.col - 1 : 0;
    while (from < length && (line[from] == ' ' || line[from] == '\t'))
        from++;
    while (length > from && (line[length - 1] == ' ' || line[length - 1] == '\t'))
        length--;
    const char *equals = find_equals(line + from, length - from);
    bool several = paragraph->next != NULL;
    for (const struct node *child = paragraph->first; child; child = child->next)
        several = several || child->kind == NODE_SOFT_BREAK || child->kind == NODE_LINE_BREAK;
    if (!equals || several) {
        bool unlabelled = !several && length - from > 1 && memcmp(line + from, "= ", 2) == 0;
        diag_report(check->diag, unlabelled ? DIAG_CALC_LABEL : DIAG_CALC_SHAPE, at);
        return;
    }
    const char *label_end = equals;
    while (label_end > line + from && label_end[-1] == ' ')
        label_end--;
    block->label =
        label_of(check, paragraph,
                 arena_strndup(check->arena, line + from, (size_t)(label_end - line) - from));
    const char *text = equals + 3;
    at.col = (int32_t)(text - line) + 1;
    at.length = (int32_t)(line + length - text);
    block->expr = expr_parse(check->arena, check->diag,
                             arena_strndup(check->arena, text, (size_t)(line + length - text)), at);
}

static void check_calc(struct check *check, struct block *block) {
    static const char *const formats[] = {"number", "money", "percent", "days"};
    const struct attribute *format = check_find(block, "format");
    if (format) {
        int32_t index = check_word(check, format, formats, 4);
        block->format = index < 0 ? UNIT_NONE : (enum value_unit)index;
        block->format_given = index >= 0;
    }
    block->decimals = check_int(check, check_find(block, "decimals"), 0, 10, -1);
    const struct node *paragraph = block->node->first;
    if (paragraph && paragraph->kind == NODE_PARAGRAPH)
        check_equation(check, block, paragraph);
    else
        diag_report(check->diag, DIAG_CALC_SHAPE, block->at);
}

const struct block_type type_calc = {
    .name = "calc",
    .body = BODY_EQUATION,
    .needs_id = true,
    .keys = (const char *const[]){"format", "decimals", NULL},
    .check = check_calc,
    .print = print_calc,
    .sheet = sheet_calc,
};
