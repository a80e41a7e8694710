/* The tree of an expression: private to calc/.
 *
 * Owner: the run arena. Changed by parsing and resolving only; read-only afterwards. */
#ifndef TANDEM_CALC_EXPR_NODE_H
#define TANDEM_CALC_EXPR_NODE_H

#include "calc/expr.h"

enum {
    EXPR_LENGTH_LIMIT = 2000,   /* bytes of source */
    EXPR_DEPTH_LIMIT = 60,      /* brackets and signs inside each other: spreadsheets allow 64 */
    EXPR_FORMULA_LIMIT = 8192,  /* characters of a spreadsheet's formula */
    EXPR_ARGUMENT_LIMIT = 250,  /* arguments of a spreadsheet's function, of 255 */
    EXPR_CALC_DEPTH_LIMIT = 32, /* calcs that read calcs that read … */
};

/* Half of what a double holds: two such numbers can still be added to ask whether they may be. What
 * is larger has no value. */
#define EXPR_LARGEST 8.9e307

enum expr_op {
    OP_NUMBER, /* number, unit */
    OP_TEXT,   /* text; number and label once it stands for an option */
    OP_DATE,   /* number is a date_t */
    OP_BOOL,   /* number is 0 or 1 */
    OP_NAME,   /* text as written; reference once resolved */
    OP_NEGATE,
    OP_PERCENT,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_POWER,
    OP_EQUAL,
    OP_UNEQUAL,
    OP_LESS,
    OP_LESS_EQUAL,
    OP_GREATER,
    OP_GREATER_EQUAL,
    OP_AND, /* two or more operands */
    OP_OR,
    OP_NOT,
    OP_CALL, /* function */
};

enum expr_function {
    FUNCTION_IF,
    FUNCTION_MIN,
    FUNCTION_MAX,
    FUNCTION_SUM,
    FUNCTION_MEAN,
    FUNCTION_COUNT,
    FUNCTION_ROUND,
    FUNCTION_ABS,
    FUNCTION_HAS,
    FUNCTION_MISSING,
    FUNCTION_STREAK,
    FUNCTION_TODAY,
    FUNCTION_COUNT_,
};

/* What a node gives, as far as it can be known before anybody answers. */
enum expr_type { TYPE_ANY, TYPE_NUMBER, TYPE_BOOL, TYPE_DATE, TYPE_TEXT };

struct expr_node {
    enum expr_op op;
    enum expr_function function;
    struct span at;
    double number;
    const char *text;
    const char *label; /* TEXT that stands for an option: what a cell shows */
    const struct reference *reference;
    enum expr_type type;
    bool list;
    struct expr_node *first, *next; /* operands, in order */
};

enum expr_state { EXPR_PARSED, EXPR_RESOLVING, EXPR_RESOLVED, EXPR_FAILED };

struct expr {
    struct expr_node *root;
    enum expr_state state;
    bool may_be_missing; /* once resolved */
};

/* expr_token.c */
enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_DATE,
    TOKEN_TEXT,
    TOKEN_NAME,
    TOKEN_SIGN,
    TOKEN_BAD
};

/* Signs of two characters stand for themselves by these. */
enum { SIGN_EQUAL = 256, SIGN_UNEQUAL, SIGN_LESS_EQUAL, SIGN_GREATER_EQUAL };

struct token {
    enum token_kind kind;
    int sign;
    double number;
    const char *text; /* NAME, TEXT: in the arena; others: as written */
    struct span at;
};

struct tokens {
    struct arena *arena;
    struct diag *diag;
    const char *text, *next;
    struct span at; /* of text's first byte */
};

/* The next token; TOKEN_BAD after reporting. */
struct token token_next(struct tokens *tokens);

/* expr_type.c: the type of a reference, and what resolving checks about a node whose operands are
 * done. False after reporting. */
enum expr_type reference_type(const struct reference *reference, bool *list);
/* "a number", "a text" … */
const char *expr_type_words(const struct expr_node *node);
void expr_name_type(const struct course *course, struct expr_node *name);
bool expr_check_node(struct arena *arena, struct diag *diag, const struct course *course,
                     struct expr_node *node);

/* reference.c: resolves calcs ahead of their turn, `depth` calcs deep. */
struct reference *reference_resolve_at(struct arena *arena, struct diag *diag,
                                       const struct course *course, const struct block *log,
                                       const char *text, struct span at, int depth);
bool expr_resolve_at(struct expr *expr, struct arena *arena, struct diag *diag,
                     const struct course *course, const struct block *log, int depth);

/* expr_eval.c */
/* The unit of a sum, a product, a quotient. */
enum value_unit unit_joined(struct value left, struct value right);
enum value_unit unit_multiplied(struct value left, struct value right);
enum value_unit unit_divided(struct value left, struct value right);
struct value expr_eval_node(const struct expr_node *node, struct scope *scope);
/* Two numbers that a spreadsheet calls equal: alike to 15 significant digits. */
bool number_alike(double left, double right);
/* "min", "mean" … */
const char *function_name(enum expr_function function);
/* The expression behind a calc or a computed column, else NULL. */
const struct expr *reference_expr(const struct reference *reference);

#endif
