/* Precedence, lowest first: or, and, not, comparison, + -, * /, ^, sign, %. All group to the left,
 * and a sign binds tighter than ^, as in spreadsheets. */
#include "calc/expr_node.h"

#include <string.h>

struct parser {
    struct tokens tokens;
    struct token token; /* the one ahead */
    struct arena *arena;
    struct diag *diag;
    int depth;
    bool failed; /* one error an expression: what follows it would be guesses */
};

static const char *const function_names[FUNCTION_COUNT_] = {
    "if", "min", "max", "sum", "mean", "count", "round", "abs", "has", "missing", "streak", "today",
};

const char *function_name(enum expr_function function) { return function_names[function]; }

static void advance(struct parser *parser) {
    if (parser->failed)
        return;
    parser->token = token_next(&parser->tokens);
    if (parser->token.kind == TOKEN_BAD)
        parser->failed = true;
}

static bool at_sign(const struct parser *parser, int sign) {
    return !parser->failed && parser->token.kind == TOKEN_SIGN && parser->token.sign == sign;
}

static bool at_word(const struct parser *parser, const char *word) {
    return !parser->failed && parser->token.kind == TOKEN_NAME &&
           strcmp(parser->token.text, word) == 0;
}

static struct expr_node *fail(struct parser *parser) {
    parser->failed = true;
    return NULL;
}

static struct expr_node *expected(struct parser *parser, const char *what, const char *hint) {
    if (parser->failed)
        return NULL;
    const char *found = parser->token.kind == TOKEN_END
                            ? "the end"
                            : arena_printf(parser->arena, "'%s'", parser->token.text);
    diag_report(parser->diag, DIAG_EXPR_EXPECTED, parser->token.at, what, found, hint);
    return fail(parser);
}

static struct expr_node *node_new(struct parser *parser, enum expr_op op, struct span at) {
    struct expr_node *node = ARENA_NEW(parser->arena, struct expr_node);
    node->op = op;
    node->at = at;
    return node;
}

static struct span span_join(struct span from, struct span to) {
    from.length = to.col + to.length - from.col;
    return from;
}

static struct expr_node *node_pair(struct parser *parser, enum expr_op op, struct expr_node *left,
                                   struct expr_node *right) {
    if (!left || !right)
        return NULL;
    struct expr_node *node = node_new(parser, op, span_join(left->at, right->at));
    node->first = left;
    left->next = right;
    return node;
}

static bool deeper(struct parser *parser, struct span at) {
    if (++parser->depth <= EXPR_DEPTH_LIMIT)
        return true;
    diag_report(parser->diag, DIAG_EXPR_DEEP, at,
                arena_printf(parser->arena, "%d", EXPR_DEPTH_LIMIT));
    fail(parser);
    return false;
}

static struct expr_node *parse_or(struct parser *parser);

static struct expr_node *parse_brackets(struct parser *parser) {
    struct span open = parser->token.at;
    if (!deeper(parser, open))
        return NULL;
    advance(parser);
    struct expr_node *node = parse_or(parser);
    if (!node)
        return NULL;
    if (!at_sign(parser, ')')) {
        if (!parser->failed && parser->token.kind == TOKEN_END) {
            diag_report(parser->diag, DIAG_EXPR_UNCLOSED, open);
            return fail(parser);
        }
        return expected(parser, "an operator or ')'", NULL);
    }
    node->at = span_join(open, parser->token.at);
    parser->depth--;
    advance(parser);
    return node;
}

/* How a function is written, by the number of its arguments. */
struct arity {
    int least, most;
    const char *takes, *example;
};

static const struct arity arities[FUNCTION_COUNT_] = {
    [FUNCTION_IF] = {3, 3, "three values", "if(condition, this, that)"},
    [FUNCTION_MIN] = {1, 1000, "at least one value", "min(a, b)"},
    [FUNCTION_MAX] = {1, 1000, "at least one value", "max(a, b)"},
    [FUNCTION_SUM] = {1, 1000, "at least one value", "sum(log.column)"},
    [FUNCTION_MEAN] = {1, 1000, "at least one value", "mean(log.column)"},
    [FUNCTION_COUNT] = {1, 1000, "at least one value", "count(log.column)"},
    [FUNCTION_ROUND] = {1, 2, "one or two values", "round(x, 2)"},
    [FUNCTION_ABS] = {1, 1, "one value", "abs(x)"},
    [FUNCTION_HAS] = {1, 1, "one value", "has(x)"},
    [FUNCTION_MISSING] = {1, 1, "one value", "missing(x)"},
    [FUNCTION_STREAK] = {1, 1, "one value", "streak(log.column)"},
    [FUNCTION_TODAY] = {0, 0, "no value", "today()"},
};

static bool check_arity(struct parser *parser, const struct expr_node *call, int count) {
    const struct arity *arity = &arities[call->function];
    if (count >= arity->least && count <= arity->most)
        return true;
    const char *here = count == 1 ? "is one" : arena_printf(parser->arena, "are %d", count);
    diag_report(parser->diag, DIAG_EXPR_ARGUMENTS, call->at, function_names[call->function],
                arity->takes, count == 0 ? "is none" : here, arity->example);
    fail(parser);
    return false;
}

static struct expr_node *parse_arguments(struct parser *parser, struct expr_node *call) {
    struct expr_node **tail = &call->first;
    struct span open = parser->token.at;
    int count = 0;
    advance(parser); /* over '(' */
    while (!at_sign(parser, ')')) {
        if (count) {
            if (!parser->failed && parser->token.kind == TOKEN_END) {
                diag_report(parser->diag, DIAG_EXPR_UNCLOSED, open);
                return fail(parser);
            }
            if (!at_sign(parser, ','))
                return expected(parser, "',' or ')'", NULL);
            advance(parser);
        }
        struct expr_node *argument = parse_or(parser);
        if (!argument)
            return NULL;
        *tail = argument;
        tail = &argument->next;
        count++;
    }
    call->at = span_join(call->at, parser->token.at);
    advance(parser);
    return check_arity(parser, call, count) ? call : NULL;
}

static struct expr_node *parse_call(struct parser *parser, struct token name) {
    for (int i = 0; i < FUNCTION_COUNT_; i++) {
        if (strcmp(name.text, function_names[i]) != 0)
            continue;
        struct expr_node *call = node_new(parser, OP_CALL, name.at);
        call->function = (enum expr_function)i;
        if (!deeper(parser, name.at))
            return NULL;
        call = parse_arguments(parser, call);
        parser->depth--;
        return call;
    }
    diag_report(parser->diag, DIAG_EXPR_FUNCTION, name.at, name.text,
                diag_nearest(name.text, function_names, FUNCTION_COUNT_));
    return fail(parser);
}

static struct expr_node *parse_word(struct parser *parser) {
    struct token name = parser->token;
    static const char *const operators[] = {"and", "or", "not"};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strcmp(name.text, operators[i]) == 0)
            return expected(parser, "a value",
                            i == 2 ? "put the whole of not … into brackets" : NULL);
    advance(parser);
    if (at_sign(parser, '('))
        return parse_call(parser, name);
    if (parser->failed)
        return NULL;
    bool yes = strcmp(name.text, "true") == 0;
    struct expr_node *node =
        node_new(parser, yes || strcmp(name.text, "false") == 0 ? OP_BOOL : OP_NAME, name.at);
    node->text = name.text;
    node->number = yes;
    return node;
}

static struct expr_node *parse_primary(struct parser *parser) {
    if (parser->failed)
        return NULL;
    struct token token = parser->token;
    struct expr_node *node = NULL;
    switch (token.kind) {
    case TOKEN_NUMBER:
    case TOKEN_DATE:
    case TOKEN_TEXT:
        node = node_new(parser,
                        token.kind == TOKEN_NUMBER ? OP_NUMBER
                        : token.kind == TOKEN_DATE ? OP_DATE
                                                   : OP_TEXT,
                        token.at);
        node->number = token.number;
        node->text = token.text;
        advance(parser);
        return parser->failed ? NULL : node;
    case TOKEN_NAME:
        return parse_word(parser);
    case TOKEN_SIGN:
        if (token.sign == '(')
            return parse_brackets(parser);
        return expected(parser, "a value",
                        token.sign == '%' ? "% follows its number, as in 8%" : NULL);
    default:
        return expected(parser, "a value", NULL);
    }
}

static struct expr_node *parse_percent(struct parser *parser) {
    struct expr_node *node = parse_primary(parser);
    while (node && at_sign(parser, '%')) {
        struct expr_node *percent =
            node_new(parser, OP_PERCENT, span_join(node->at, parser->token.at));
        percent->first = node;
        node = percent;
        advance(parser);
    }
    return parser->failed ? NULL : node;
}

static struct expr_node *parse_signed(struct parser *parser) {
    if (!at_sign(parser, '-') && !at_sign(parser, '+'))
        return parse_percent(parser);
    struct token sign = parser->token;
    if (!deeper(parser, sign.at))
        return NULL;
    advance(parser);
    struct expr_node *operand = parse_signed(parser);
    parser->depth--;
    if (!operand)
        return NULL;
    struct expr_node *node = sign.sign == '-' ? node_new(parser, OP_NEGATE, sign.at) : operand;
    node->at = span_join(sign.at, operand->at);
    if (sign.sign == '-')
        node->first = operand;
    return node;
}

static struct expr_node *parse_power(struct parser *parser) {
    struct expr_node *left = parse_signed(parser);
    while (left && at_sign(parser, '^')) {
        advance(parser);
        left = node_pair(parser, OP_POWER, left, parse_signed(parser));
    }
    return left;
}

static struct expr_node *parse_product(struct parser *parser) {
    struct expr_node *left = parse_power(parser);
    while (left && (at_sign(parser, '*') || at_sign(parser, '/'))) {
        enum expr_op op = parser->token.sign == '*' ? OP_MULTIPLY : OP_DIVIDE;
        advance(parser);
        left = node_pair(parser, op, left, parse_power(parser));
    }
    return left;
}

static struct expr_node *parse_sum(struct parser *parser) {
    struct expr_node *left = parse_product(parser);
    while (left && (at_sign(parser, '+') || at_sign(parser, '-'))) {
        enum expr_op op = parser->token.sign == '+' ? OP_ADD : OP_SUBTRACT;
        advance(parser);
        left = node_pair(parser, op, left, parse_product(parser));
    }
    return left;
}

static bool at_comparison(const struct parser *parser, enum expr_op *op) {
    static const struct {
        int sign;
        enum expr_op op;
    } comparisons[] = {{SIGN_EQUAL, OP_EQUAL}, {SIGN_UNEQUAL, OP_UNEQUAL},
                       {'<', OP_LESS},         {SIGN_LESS_EQUAL, OP_LESS_EQUAL},
                       {'>', OP_GREATER},      {SIGN_GREATER_EQUAL, OP_GREATER_EQUAL}};
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (at_sign(parser, comparisons[i].sign)) {
            *op = comparisons[i].op;
            return true;
        }
    return false;
}

static struct expr_node *parse_comparison(struct parser *parser) {
    struct expr_node *left = parse_sum(parser);
    enum expr_op op;
    if (!left || !at_comparison(parser, &op))
        return left;
    advance(parser);
    left = node_pair(parser, op, left, parse_sum(parser));
    if (left && at_comparison(parser, &op)) {
        diag_report(parser->diag, DIAG_EXPR_CHAIN, parser->token.at);
        return fail(parser);
    }
    return left;
}

static struct expr_node *parse_not(struct parser *parser) {
    if (!at_word(parser, "not"))
        return parse_comparison(parser);
    struct token word = parser->token;
    if (!deeper(parser, word.at))
        return NULL;
    advance(parser);
    struct expr_node *operand = parse_not(parser);
    parser->depth--;
    if (!operand)
        return NULL;
    struct expr_node *node = node_new(parser, OP_NOT, span_join(word.at, operand->at));
    node->first = operand;
    return node;
}

/* a and b and c is one node. */
static struct expr_node *parse_chain(struct parser *parser, const char *word, enum expr_op op,
                                     struct expr_node *(*parse)(struct parser *)) {
    struct expr_node *first = parse(parser);
    if (!first || !at_word(parser, word))
        return first;
    struct expr_node *node = node_new(parser, op, first->at), *last = first;
    node->first = first;
    while (at_word(parser, word)) {
        advance(parser);
        last->next = parse(parser);
        last = last->next;
        if (!last)
            return NULL;
    }
    node->at = span_join(first->at, last->at);
    return node;
}

static struct expr_node *parse_and(struct parser *parser) {
    return parse_chain(parser, "and", OP_AND, parse_not);
}

static struct expr_node *parse_or(struct parser *parser) {
    return parse_chain(parser, "or", OP_OR, parse_and);
}

struct expr *expr_parse(struct arena *arena, struct diag *diag, const char *text, struct span at) {
    size_t length = strlen(text);
    if (text[strspn(text, " \t")] == 0) {
        diag_report(diag, DIAG_EXPR_EMPTY, at);
        return NULL;
    }
    if (length > EXPR_LENGTH_LIMIT) {
        diag_report(diag, DIAG_EXPR_LONG, at, arena_printf(arena, "%d", EXPR_LENGTH_LIMIT));
        return NULL;
    }
    struct parser parser = {.tokens = {arena, diag, text, text, at}, .arena = arena, .diag = diag};
    advance(&parser);
    struct expr_node *root = parse_or(&parser);
    if (root && !parser.failed && parser.token.kind != TOKEN_END)
        root = expected(&parser, "an operator or the end",
                        parser.token.kind == TOKEN_SIGN && parser.token.sign == ')'
                            ? "no '(' is open here"
                            : NULL);
    if (!root || parser.failed)
        return NULL;
    struct expr *expr = ARENA_NEW(arena, struct expr);
    expr->root = root;
    return expr;
}
