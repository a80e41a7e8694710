/* Spreadsheet formulas (ECMA-376 part 1, 18.17).
 *
 * A missing cell is blank or "", and arithmetic on "" is an error there. So every node is printed
 * as a value, right only where its guards hold, and the whole becomes IF(guards, value, ""). Guards
 * have levels: those of level 0 (is there a number in this cell?) are always safe to ask, those of
 * level n only where all lower ones hold (is this divisor 0?), for AND evaluates all it holds. */
#include "calc/excel_guard.h"
#include "calc/expr_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `value` may stand as an operand of anything. */
struct printed {
    const char *value; /* NULL: cannot be printed */
    const struct guard *guards;
};

struct excel {
    struct arena *arena;
    const struct formula_target *target;
};

static struct printed print(const struct excel *excel, const struct expr_node *node);

static const struct printed unprintable = {NULL, NULL};

/* Formulas over the limit are given up as soon as a part is over it. */
static struct printed give(const char *value, const struct guard *guards) {
    return value && strlen(value) <= EXPR_FORMULA_LIMIT ? (struct printed){value, guards}
                                                        : unprintable;
}

/* The guards as one condition that is always safe to ask; "TRUE" if there are none. */
static const char *known(const struct excel *excel, const struct printed *printed) {
    return guards_wrap(excel->arena, printed->guards, "TRUE", "FALSE");
}

/* --- literals and references --- */

/* The shortest digits that stand for the number. */
static const char *number_text(struct arena *arena, double number) {
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*G", digits, number);
        if (digits == 17 || number == strtod(text, NULL))
            break;
    }
    return arena_strdup(arena, text);
}

/* Texts in formulas have at most 255 characters. */
static const char *text_literal(struct arena *arena, const char *text) {
    if (strlen(text) > 255)
        return NULL;
    struct buf out;
    buf_init(&out, arena);
    buf_putc(&out, '"');
    for (; *text; text++) {
        if (*text == '"')
            buf_putc(&out, '"');
        buf_putc(&out, *text);
    }
    buf_putc(&out, '"');
    return out.data;
}

static const char *date_literal(struct arena *arena, date_t date) {
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    return arena_printf(arena, "DATE(%d,%d,%d)", year, month, day);
}

static struct printed print_constant(const struct excel *excel, struct value value) {
    switch (value.kind) {
    case VALUE_NUMBER:
        return give(value.number < 0 ? arena_printf(excel->arena, "(%s)",
                                                    number_text(excel->arena, value.number))
                                     : number_text(excel->arena, value.number),
                    NULL);
    case VALUE_TEXT:
        return give(text_literal(excel->arena, value.text), NULL);
    case VALUE_BOOL:
        return give(value.number != 0 ? "TRUE" : "FALSE", NULL);
    case VALUE_DATE:
        return give(date_literal(excel->arena, (date_t)value.number), NULL);
    default: /* course.as-of */
        return give(excel->target->as_of, NULL);
    }
}

static const char *reference_text(const struct excel *excel, const struct expr_node *name) {
    struct buf out;
    buf_init(&out, excel->arena);
    if (!excel->target->print_reference(excel->target->context, name->reference, &out))
        return NULL;
    return out.data;
}

static bool is_counted(const struct expr_node *node) {
    return node->type == TYPE_NUMBER || node->type == TYPE_DATE || node->type == TYPE_ANY;
}

/* Several options are ticks, a cell an option. */
static bool is_ticks(const struct expr_node *node) {
    return node->type == TYPE_BOOL || (node->list && node->reference->kind == REFERENCE_SLOT);
}

static struct printed print_name(const struct excel *excel, const struct expr_node *name) {
    if (name->reference->kind == REFERENCE_COURSE)
        return print_constant(excel, name->reference->constant);
    const char *cell = reference_text(excel, name);
    if (!cell)
        return unprintable;
    const char *filled = is_counted(name) ? NULL : arena_printf(excel->arena, "%s<>\"\"", cell);
    return give(cell, guard_add(excel->arena, NULL, 0, filled ? NULL : cell, filled));
}

/* --- operators --- */

static const char *const signs[] = {
    [OP_ADD] = "+",         [OP_SUBTRACT] = "-", [OP_MULTIPLY] = "*",       [OP_DIVIDE] = "/",
    [OP_POWER] = "^",       [OP_EQUAL] = "=",    [OP_UNEQUAL] = "<>",       [OP_LESS] = "<",
    [OP_LESS_EQUAL] = "<=", [OP_GREATER] = ">",  [OP_GREATER_EQUAL] = ">=",
};

/* Binding strength there, strongest highest; 0 for what never needs brackets. */
static int strength(enum expr_op op) {
    switch (op) {
    case OP_NEGATE:
        return 7;
    case OP_PERCENT:
        return 6;
    case OP_POWER:
        return 5;
    case OP_MULTIPLY:
    case OP_DIVIDE:
        return 4;
    case OP_ADD:
    case OP_SUBTRACT:
        return 3;
    case OP_EQUAL:
    case OP_UNEQUAL:
    case OP_LESS:
    case OP_LESS_EQUAL:
    case OP_GREATER:
    case OP_GREATER_EQUAL:
        return 1;
    default:
        return 0;
    }
}

static const char *operand(const struct excel *excel, const struct expr_node *node,
                           const struct expr_node *child, const char *value) {
    int inner = strength(child->op), outer = strength(node->op);
    bool brackets = inner && (inner < outer || (inner == outer && child != node->first) ||
                              child->op == OP_NEGATE);
    return brackets ? arena_printf(excel->arena, "(%s)", value) : value;
}

/* What makes a power a number, as power() of expr_eval.c has it. Small whole exponents always do,
 * but for overflow. Asked beforehand, for spreadsheets differ: some take odd roots of negatives. */
static const char *power_guard(const struct excel *excel, const struct expr_node *node,
                               const char *base, const char *exponent) {
    const struct expr_node *left = node->first, *right = left->next;
    if (right->op == OP_NUMBER && right->number > 0 && right->number <= 9 &&
        right->number == (int)right->number && !guard_may_overflow(node))
        return NULL;
    if (left->op == OP_NUMBER && left->number > 0)
        return arena_printf(excel->arena, "ABS(%s*LN(%s))<700", exponent, base);
    return arena_printf(excel->arena,
                        "IF(%s=0,%s>0,AND(OR(%s>0,%s=INT(%s)),ABS(%s*LN(ABS(%s)))<700))", base,
                        exponent, base, exponent, exponent, exponent, base);
}

static struct printed print_signed(const struct excel *excel, const struct expr_node *node) {
    struct printed inner = print(excel, node->first);
    if (!inner.value)
        return unprintable;
    const char *value = operand(excel, node, node->first, inner.value);
    return give(arena_printf(excel->arena, node->op == OP_NEGATE ? "-%s" : "%s%%", value),
                inner.guards);
}

static struct printed print_pair(const struct excel *excel, const struct expr_node *node) {
    const struct expr_node *left_node = node->first, *right_node = left_node->next;
    struct printed left = print(excel, left_node), right = print(excel, right_node);
    if (!left.value || !right.value)
        return unprintable;
    const char *a = operand(excel, node, left_node, left.value);
    const char *b = operand(excel, node, right_node, right.value);
    const struct guard *guards = guards_join(excel->arena, left.guards, right.guards);
    const char *guard = NULL;
    if (node->op == OP_DIVIDE && !(right_node->op == OP_NUMBER && right_node->number != 0))
        guard = arena_printf(excel->arena, "%s<>0", b);
    else if (node->op == OP_POWER)
        guard = power_guard(excel, node, a, b);
    if (guard) {
        int level = 1 + guards_level(node->op == OP_DIVIDE ? right.guards : guards);
        guards = guard_add(excel->arena, guards, level, NULL, guard);
    }
    guard = guard_overflow(excel->arena, node, a, b);
    if (guard)
        guards = guard_add(excel->arena, guards, 1 + guards_level(guards), NULL, guard);
    bool texts = left_node->type == TYPE_TEXT && right_node->type == TYPE_TEXT;
    if (texts) /* "=" there takes capitals and small letters for the same */
        return give(arena_printf(excel->arena,
                                 node->op == OP_EQUAL ? "EXACT(%s,%s)" : "NOT(EXACT(%s,%s))",
                                 left.value, right.value),
                    guards);
    return give(arena_printf(excel->arena, "%s%s%s", a, signs[node->op], b), guards);
}

/* An operand that decides is enough. Where any may be missing, it counts as what does not decide,
 * and the whole is known if all are, or one decides. */
static struct printed print_chain(const struct excel *excel, const struct expr_node *node) {
    struct buf values, knowns;
    buf_init(&values, excel->arena);
    buf_init(&knowns, excel->arena);
    const char *neutral = node->op == OP_AND ? "TRUE" : "FALSE";
    const char *comma = "", *known_comma = "";
    int count = 0;
    for (const struct expr_node *child = node->first; child; child = child->next) {
        struct printed inner = print(excel, child);
        const char *value = guards_wrap(excel->arena, inner.guards, inner.value, neutral);
        if (!value || ++count > EXPR_ARGUMENT_LIMIT)
            return unprintable;
        buf_printf(&values, "%s%s", comma, value);
        comma = ",";
        if (!inner.guards)
            continue;
        const char *condition = known(excel, &inner);
        if (!condition)
            return unprintable;
        buf_printf(&knowns, "%s%s", known_comma, condition);
        known_comma = ",";
    }
    const char *value =
        arena_printf(excel->arena, "%s(%s)", node->op == OP_AND ? "AND" : "OR", values.data);
    if (!knowns.len)
        return give(value, NULL);
    const char *decided = node->op == OP_AND ? arena_printf(excel->arena, "NOT(%s)", value) : value;
    return give(value,
                guard_add(excel->arena, NULL, 0, NULL,
                          arena_printf(excel->arena, "OR(AND(%s),%s)", knowns.data, decided)));
}

/* --- functions --- */

static struct printed print_if(const struct excel *excel, const struct expr_node *node) {
    const struct expr_node *yes_node = node->first->next;
    struct printed condition = print(excel, node->first);
    struct printed yes = print(excel, yes_node), no = print(excel, yes_node->next);
    if (!condition.value || !yes.value || !no.value)
        return unprintable;
    const struct guard *guards = condition.guards;
    if (yes.guards || no.guards) {
        const char *yes_known = known(excel, &yes), *no_known = known(excel, &no);
        if (!yes_known || !no_known)
            return unprintable;
        guards = guard_add(
            excel->arena, guards, 1 + guards_level(guards), NULL,
            arena_printf(excel->arena, "IF(%s,%s,%s)", condition.value, yes_known, no_known));
    }
    return give(arena_printf(excel->arena, "IF(%s,%s,%s)", condition.value, yes.value, no.value),
                guards);
}

static struct printed print_plain_call(const struct excel *excel, const struct expr_node *node) {
    const struct expr_node *second = node->first->next;
    struct printed inner = print(excel, node->first);
    struct printed places = second ? print(excel, second) : give("0", NULL);
    if (!inner.value || !places.value)
        return unprintable;
    if (node->function == FUNCTION_ABS)
        return give(arena_printf(excel->arena, "ABS(%s)", inner.value), inner.guards);
    return give(arena_printf(excel->arena, "ROUND(%s,%s)", inner.value, places.value),
                guards_join(excel->arena, inner.guards, places.guards));
}

/* Cells and ranges stand as they are: SUM and its like skip texts and blanks in them. Other
 * arguments that may be missing give way to what does not matter. */
struct arguments {
    struct buf values; /* for SUM, MIN, MAX, AVERAGE */
    struct buf counts; /* a number: how many there are */
    bool certain;      /* one is never missing */
    bool cells;        /* all are cells */
};

static void put_count(struct arguments *arguments, const char *format, const char *text) {
    if (arguments->counts.len)
        buf_putc(&arguments->counts, '+');
    buf_puts(&arguments->counts, format);
    if (text)
        buf_printf(&arguments->counts, "%s)", text);
}

static bool put_argument(const struct excel *excel, struct arguments *arguments,
                         const struct expr_node *node, const char *neutral) {
    if (arguments->values.len)
        buf_putc(&arguments->values, ',');
    if (node->op == OP_NAME && node->reference->kind != REFERENCE_COURSE) {
        const char *cells = reference_text(excel, node);
        if (!cells)
            return false;
        buf_puts(&arguments->values, cells);
        put_count(arguments, "COUNT(", cells);
        return true;
    }
    struct printed inner = print(excel, node);
    const char *value = guards_wrap(excel->arena, inner.guards, inner.value, neutral);
    const char *there = value ? known(excel, &inner) : NULL;
    if (!there)
        return false;
    buf_puts(&arguments->values, value);
    arguments->cells = false;
    arguments->certain = arguments->certain || !inner.guards;
    if (inner.guards)
        put_count(arguments, "N(", there);
    else
        put_count(arguments, "1", NULL);
    return true;
}

static struct printed print_aggregate(const struct excel *excel, const struct expr_node *node) {
    static const char *const names[] = {[FUNCTION_MIN] = "MIN",
                                        [FUNCTION_MAX] = "MAX",
                                        [FUNCTION_SUM] = "SUM",
                                        [FUNCTION_MEAN] = "AVERAGE"};
    static const char *const neutrals[] = {[FUNCTION_MIN] = "9E+307",
                                           [FUNCTION_MAX] = "-9E+307",
                                           [FUNCTION_SUM] = "0",
                                           [FUNCTION_MEAN] = "0"};
    struct arguments arguments = {.cells = true};
    int count = 0;
    bool adds = node->function == FUNCTION_SUM || node->function == FUNCTION_MEAN;
    if (adds && guard_may_overflow(node))
        return unprintable;
    buf_init(&arguments.values, excel->arena);
    buf_init(&arguments.counts, excel->arena);
    for (const struct expr_node *child = node->first; child; child = child->next)
        if (++count > EXPR_ARGUMENT_LIMIT ||
            !put_argument(excel, &arguments, child, neutrals[node->function]))
            return unprintable;
    const struct guard *guards =
        arguments.certain ? NULL
                          : guard_add(excel->arena, NULL, 0, NULL,
                                      arena_printf(excel->arena, "%s>0", arguments.counts.data));
    if (node->function == FUNCTION_MEAN && !arguments.cells)
        return give(arena_printf(excel->arena, "(SUM(%s)/(%s))", arguments.values.data,
                                 arguments.counts.data),
                    guards);
    return give(arena_printf(excel->arena, "%s(%s)", names[node->function], arguments.values.data),
                guards);
}

/* How many values an argument of count holds. */
static const char *count_text(const struct excel *excel, const struct expr_node *node) {
    if (node->op == OP_NAME && node->reference->kind != REFERENCE_COURSE) {
        const char *cells = reference_text(excel, node);
        if (!cells)
            return NULL;
        return arena_printf(excel->arena,
                            is_ticks(node)            ? "COUNTIF(%s,TRUE)"
                            : node->type == TYPE_TEXT ? "SUMPRODUCT(--(%s<>\"\"))"
                                                      : "COUNT(%s)",
                            cells);
    }
    struct printed inner = print(excel, node);
    if (node->type == TYPE_BOOL) {
        const char *holds = guards_wrap(excel->arena, inner.guards, inner.value, "FALSE");
        return holds ? arena_printf(excel->arena, "N(%s)", holds) : NULL;
    }
    const char *there = inner.value ? known(excel, &inner) : NULL;
    return there ? arena_printf(excel->arena, "N(%s)", there) : NULL;
}

static struct printed print_count(const struct excel *excel, const struct expr_node *node) {
    struct buf sum;
    buf_init(&sum, excel->arena);
    for (const struct expr_node *child = node->first; child; child = child->next) {
        const char *text = count_text(excel, child);
        if (!text)
            return unprintable;
        buf_printf(&sum, "%s%s", sum.len ? "+" : "", text);
    }
    return give(node->first->next ? arena_printf(excel->arena, "(%s)", sum.data) : sum.data, NULL);
}

static struct printed print_has(const struct excel *excel, const struct expr_node *node) {
    bool has = node->function == FUNCTION_HAS;
    const struct expr_node *asked = node->first;
    if (asked->list) {
        const char *cells = reference_text(excel, asked);
        if (!cells)
            return unprintable;
        return give(arena_printf(excel->arena,
                                 is_counted(asked) ? "(COUNT(%s)%s0)"
                                 : asked->type == TYPE_TEXT && is_ticks(asked)
                                     ? "(COUNTIF(%s,TRUE)%s0)"
                                     : "(SUMPRODUCT(--(%s<>\"\"))%s0)",
                                 cells, has ? ">" : "="),
                    NULL);
    }
    struct printed inner = print(excel, asked);
    const char *text = inner.value ? known(excel, &inner) : NULL;
    return give(text ? arena_printf(excel->arena, has ? "(%s)" : "NOT(%s)", text) : NULL, NULL);
}

/* From the last row with a value back to the one before it that breaks the streak. */
static struct printed print_streak(const struct excel *excel, const struct expr_node *node) {
    const char *cells = reference_text(excel, node->first);
    if (!cells)
        return unprintable;
    const char *last =
        arena_printf(excel->arena, "SUMPRODUCT(MAX((%s<>\"\")*ROW(%s)))", cells, cells);
    const char *breaks = node->first->type == TYPE_BOOL ? "<>TRUE" : "=\"\"";
    return give(arena_printf(excel->arena,
                             "MAX(0,%s-MAX(ROW(INDEX(%s,1))-1,"
                             "SUMPRODUCT(MAX((%s%s)*(ROW(%s)<=%s)*ROW(%s)))))",
                             last, cells, cells, breaks, cells, last, cells),
                NULL);
}

static struct printed print_call(const struct excel *excel, const struct expr_node *node) {
    switch (node->function) {
    case FUNCTION_IF:
        return print_if(excel, node);
    case FUNCTION_COUNT:
        return print_count(excel, node);
    case FUNCTION_ROUND:
    case FUNCTION_ABS:
        return print_plain_call(excel, node);
    case FUNCTION_HAS:
    case FUNCTION_MISSING:
        return print_has(excel, node);
    case FUNCTION_STREAK:
        return print_streak(excel, node);
    case FUNCTION_TODAY:
        return give(excel->target->as_of, NULL);
    default:
        return print_aggregate(excel, node);
    }
}

static struct printed print(const struct excel *excel, const struct expr_node *node) {
    struct printed inner;
    switch (node->op) {
    case OP_NUMBER:
        return print_constant(excel, value_number(node->number));
    case OP_TEXT:
        return print_constant(excel, value_text(node->label ? node->label : node->text));
    case OP_DATE:
        return print_constant(excel, value_date((date_t)node->number));
    case OP_BOOL:
        return print_constant(excel, value_bool(node->number != 0));
    case OP_NAME:
        return print_name(excel, node);
    case OP_NEGATE:
    case OP_PERCENT:
        return print_signed(excel, node);
    case OP_AND:
    case OP_OR:
        return print_chain(excel, node);
    case OP_NOT:
        inner = print(excel, node->first);
        return give(inner.value ? arena_printf(excel->arena, "NOT(%s)", inner.value) : NULL,
                    inner.guards);
    case OP_CALL:
        return print_call(excel, node);
    default:
        return print_pair(excel, node);
    }
}

bool expr_print_excel(const struct expr *expr, const struct formula_target *target,
                      struct buf *out) {
    if (expr->state != EXPR_RESOLVED)
        return false;
    const struct excel excel = {out->arena, target};
    struct printed whole = print(&excel, expr->root);
    const char *formula = guards_wrap(excel.arena, whole.guards, whole.value, "\"\"");
    if (!formula)
        return false;
    buf_puts(out, formula);
    return true;
}
