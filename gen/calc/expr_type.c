/* What kinds of values meet in an expression, known before anybody answers. */
#include "calc/expr_node.h"

#include <string.h>

static enum expr_type slot_value_type(enum slot_type type) {
    switch (type) {
    case SLOT_POINT:
    case SLOT_NUMBER:
    case SLOT_MONEY:
    case SLOT_PERCENT:
        return TYPE_NUMBER;
    case SLOT_CHECK:
        return TYPE_BOOL;
    case SLOT_DATE:
        return TYPE_DATE;
    default:
        return TYPE_TEXT;
    }
}

static enum expr_type constant_type(struct value value) {
    switch (value.kind) {
    case VALUE_NUMBER:
        return TYPE_NUMBER;
    case VALUE_BOOL:
        return TYPE_BOOL;
    case VALUE_TEXT:
        return TYPE_TEXT;
    default:
        return TYPE_DATE; /* course.as-of, read later, is one too */
    }
}

enum expr_type reference_type(const struct reference *reference, bool *list) {
    *list = reference->kind == REFERENCE_SLOTS || reference->kind == REFERENCE_COLUMN;
    const struct expr *expr = reference_expr(reference);
    switch (reference->kind) {
    case REFERENCE_COURSE:
        return constant_type(reference->constant);
    case REFERENCE_PERIOD:
        return reference->period == PERIOD_NUMBER ? TYPE_NUMBER : TYPE_DATE;
    case REFERENCE_COHORT:
        return reference->cohort == COHORT_COUNT ? TYPE_NUMBER : TYPE_TEXT;
    case REFERENCE_SCORE:
        return reference->property == PROPERTY_DAY ? TYPE_DATE
               : reference->property == PROPERTY_NAME || reference->property == PROPERTY_SITTING
                   ? TYPE_TEXT
                   : TYPE_NUMBER;
    case REFERENCE_CALC:
        return expr && expr->state == EXPR_RESOLVED ? expr->root->type : TYPE_ANY;
    case REFERENCE_SLOTS:
        return slot_value_type(reference->block->slots[0]->type);
    case REFERENCE_COLUMN:
    case REFERENCE_OWN_ROW:
        return slot_value_type(reference->column->type);
    case REFERENCE_SLOT:
        *list = reference->slot->type == SLOT_CHOICES;
        return slot_value_type(reference->slot->type);
    default:
        return TYPE_ANY; /* profile: the course knows, see name_type */
    }
}

void expr_name_type(const struct course *course, struct expr_node *node) {
    node->type = reference_type(node->reference, &node->list);
    if (node->reference->kind == REFERENCE_PROFILE)
        node->type = slot_value_type(course->profile.at[node->reference->profile].type);
}

const char *expr_type_words(const struct expr_node *node) {
    static const char *const words[] = {"a value", "a number", "a yes or no", "a date", "a text"};
    return words[node->type];
}

static const char *const op_names[] = {
    [OP_NEGATE] = "minus",     [OP_PERCENT] = "%", [OP_ADD] = "+",         [OP_SUBTRACT] = "-",
    [OP_MULTIPLY] = "*",       [OP_DIVIDE] = "/",  [OP_POWER] = "^",       [OP_EQUAL] = "==",
    [OP_UNEQUAL] = "!=",       [OP_LESS] = "<",    [OP_LESS_EQUAL] = "<=", [OP_GREATER] = ">",
    [OP_GREATER_EQUAL] = ">=", [OP_AND] = "and",   [OP_OR] = "or",         [OP_NOT] = "not",
};

static const char *node_name(const struct expr_node *node) {
    return node->op == OP_CALL ? function_name(node->function) : op_names[node->op];
}

struct checker {
    struct arena *arena;
    struct diag *diag;
    const struct course *course;
    const struct expr_node *node;
};

static bool one_value(const struct checker *checker, const struct expr_node *operand) {
    if (!operand->list)
        return true;
    diag_report(checker->diag, DIAG_EXPR_LIST, operand->at, operand->text ? operand->text : "this",
                node_name(checker->node));
    return false;
}

static bool numeric(const struct checker *checker, const struct expr_node *operand) {
    if (operand->type == TYPE_NUMBER || operand->type == TYPE_ANY)
        return true;
    if (operand->type == TYPE_DATE) {
        diag_report(checker->diag, DIAG_EXPR_DATES, operand->at, node_name(checker->node));
        return false;
    }
    const char *hint = operand->type == TYPE_BOOL ? operand->list
                                                        ? "count(…) counts those that hold"
                                                        : "write if(…, 1, 0) to make a number of it"
                       : operand->op == OP_TEXT   ? "numbers stand without quotes"
                                                  : "use a field of type=number, or count(…)";
    diag_report(checker->diag, DIAG_EXPR_NOT_NUMBER, operand->at, expr_type_words(operand),
                node_name(checker->node), hint);
    return false;
}

static bool check_sum(const struct checker *checker, struct expr_node *node) {
    struct expr_node *left = node->first, *right = left->next;
    if (!one_value(checker, left) || !one_value(checker, right))
        return false;
    bool left_date = left->type == TYPE_DATE, right_date = right->type == TYPE_DATE;
    if (left_date && right_date) {
        node->type = TYPE_NUMBER;
        if (node->op == OP_SUBTRACT)
            return true;
        diag_report(checker->diag, DIAG_EXPR_DATES, node->at, "adding two");
        return false;
    }
    node->type = left_date || right_date ? TYPE_DATE : TYPE_NUMBER;
    if (right_date && node->op == OP_SUBTRACT) {
        diag_report(checker->diag, DIAG_EXPR_DATES, node->at, "taking a date from a number");
        return false;
    }
    bool ok = left_date || numeric(checker, left);
    return (right_date || numeric(checker, right)) && ok;
}

static bool check_numbers(const struct checker *checker, struct expr_node *node) {
    bool ok = true;
    node->type = TYPE_NUMBER;
    for (struct expr_node *operand = node->first; operand; operand = operand->next)
        ok = one_value(checker, operand) && numeric(checker, operand) && ok;
    return ok;
}

static bool holds_or_not(const struct checker *checker, const struct expr_node *operand) {
    if (!one_value(checker, operand))
        return false;
    if (operand->type == TYPE_BOOL || operand->type == TYPE_ANY)
        return true;
    diag_report(checker->diag, DIAG_EXPR_CONDITION, operand->at, expr_type_words(operand),
                node_name(checker->node));
    return false;
}

static bool check_conditions(const struct checker *checker, struct expr_node *node) {
    bool ok = true;
    node->type = TYPE_BOOL;
    for (struct expr_node *operand = node->first; operand; operand = operand->next)
        ok = holds_or_not(checker, operand) && ok;
    return ok;
}

/* --- a quoted text beside a name with fixed answers stands for one of them --- */

static const struct slot *name_slot(const struct expr_node *name) {
    const struct reference *reference = name->reference;
    if (!reference)
        return NULL;
    return reference->slot ? reference->slot : reference->column ? reference->column->slot : NULL;
}

static bool report_option(const struct checker *checker, const struct expr_node *text,
                          const struct expr_node *name, const char *const *answers, size_t count) {
    diag_report(checker->diag, DIAG_EXPR_OPTION, text->at, text->text, name->text,
                diag_nearest(text->text, answers, count),
                diag_list(checker->arena, answers, count));
    return false;
}

static bool adopt_option(const struct checker *checker, struct expr_node *text,
                         const struct expr_node *name, const struct slot *slot) {
    const char **labels = ARENA_ARRAY(checker->arena, const char *, slot->option_count);
    for (size_t i = 0; i < slot->option_count; i++) {
        const struct option *option = &slot->options[i];
        labels[i] = option->label;
        if (strcmp(option->id, text->text) == 0 || strcmp(option->label, text->text) == 0) {
            text->text = option->id;
            text->label = option->label;
            return true;
        }
    }
    return report_option(checker, text, name, labels, slot->option_count);
}

static bool adopt_point(const struct checker *checker, struct expr_node *text,
                        const struct expr_node *name, const struct scale *scale) {
    for (size_t i = 0; i < scale->count; i++)
        if (strcmp(scale->points[i], text->text) == 0) {
            text->op = OP_NUMBER;
            text->type = TYPE_NUMBER;
            text->number = scale->from + (double)i;
            return true;
        }
    return report_option(checker, text, name, scale->points, scale->count);
}

static bool adopt_band(const struct checker *checker, const struct expr_node *text,
                       const struct expr_node *name, const struct score *score) {
    const char **names = ARENA_ARRAY(checker->arena, const char *, score->band_count);
    for (size_t i = 0; i < score->band_count; i++) {
        names[i] = score->bands[i].name;
        if (strcmp(names[i], text->text) == 0)
            return true;
    }
    return report_option(checker, text, name, names, score->band_count);
}

/* By id or title, where the course names its sittings. */
static bool adopt_sitting(const struct checker *checker, struct expr_node *text,
                          const struct expr_node *name) {
    size_t count = checker->course->sittings.count;
    const char **titles = ARENA_ARRAY(checker->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const struct sitting_rule *sitting = &checker->course->sittings.at[i];
        titles[i] = sitting->title;
        if (strcmp(sitting->id, text->text) == 0 || strcmp(sitting->title, text->text) == 0) {
            text->text = sitting->title;
            return true;
        }
    }
    return count == 0 || report_option(checker, text, name, titles, count);
}

static bool adopt_text(const struct checker *checker, struct expr_node *text,
                       const struct expr_node *other) {
    if (text->op != OP_TEXT || other->op != OP_NAME || !other->reference)
        return true;
    const struct slot *slot = name_slot(other);
    if (slot && slot->type == SLOT_POINT && slot->scale)
        return adopt_point(checker, text, other, slot->scale);
    if (slot && slot->type == SLOT_CHOICE)
        return adopt_option(checker, text, other, slot);
    if (other->reference->kind == REFERENCE_SCORE && other->reference->property == PROPERTY_SITTING)
        return adopt_sitting(checker, text, other);
    if (other->reference->kind == REFERENCE_SCORE && other->type == TYPE_TEXT)
        return adopt_band(checker, text, other, other->reference->score);
    date_t date =
        other->type == TYPE_DATE ? date_parse_iso(text->text, strlen(text->text)) : DATE_NONE;
    if (date != DATE_NONE) {
        text->op = OP_DATE;
        text->type = TYPE_DATE;
        text->number = date;
    }
    return true;
}

static bool check_comparison(const struct checker *checker, struct expr_node *node) {
    struct expr_node *left = node->first, *right = left->next;
    node->type = TYPE_BOOL;
    if (!one_value(checker, left) || !one_value(checker, right) ||
        !adopt_text(checker, left, right) || !adopt_text(checker, right, left))
        return false;
    if (left->type != right->type && left->type != TYPE_ANY && right->type != TYPE_ANY) {
        bool dated = left->type == TYPE_DATE || right->type == TYPE_DATE;
        bool quoted = left->op == OP_TEXT || right->op == OP_TEXT;
        diag_report(checker->diag, DIAG_EXPR_COMPARE, node->at, expr_type_words(left),
                    expr_type_words(right),
                    dated    ? "write dates as 2026-09-01"
                    : quoted ? "numbers stand without quotes"
                             : NULL);
        return false;
    }
    bool order = node->op != OP_EQUAL && node->op != OP_UNEQUAL;
    if (order && left->type == TYPE_TEXT && right->type == TYPE_TEXT) {
        diag_report(checker->diag, DIAG_EXPR_TEXT_ORDER, node->at);
        return false;
    }
    if (order && (left->type == TYPE_BOOL || right->type == TYPE_BOOL)) {
        diag_report(checker->diag, DIAG_EXPR_NOT_NUMBER, node->at, "a yes or no", node_name(node),
                    "use it as it is, or with not");
        return false;
    }
    return true;
}

/* --- functions --- */

static bool check_if(const struct checker *checker, struct expr_node *node) {
    struct expr_node *condition = node->first, *yes = condition->next, *no = yes->next;
    bool ok = holds_or_not(checker, condition);
    ok = one_value(checker, yes) && ok;
    ok = one_value(checker, no) && ok;
    node->type = yes->type == TYPE_ANY ? no->type : yes->type;
    if (ok && yes->type != no->type && yes->type != TYPE_ANY && no->type != TYPE_ANY) {
        diag_report(checker->diag, DIAG_EXPR_BRANCHES, node->at, expr_type_words(yes),
                    expr_type_words(no));
        ok = false;
    }
    return ok;
}

/* sum and mean take numbers; min and max numbers or dates, but of one kind. */
static bool check_aggregate(const struct checker *checker, struct expr_node *node) {
    bool dates = node->first->type == TYPE_DATE &&
                 (node->function == FUNCTION_MIN || node->function == FUNCTION_MAX);
    bool ok = true;
    node->type = dates ? TYPE_DATE : TYPE_NUMBER;
    for (struct expr_node *operand = node->first; operand; operand = operand->next) {
        if (dates && operand->type != TYPE_DATE && operand->type != TYPE_ANY) {
            diag_report(checker->diag, DIAG_EXPR_COMPARE, operand->at, expr_type_words(operand),
                        "a date", "write dates as 2026-09-01");
            ok = false;
        } else if (!dates) {
            ok = numeric(checker, operand) && ok;
        }
    }
    return ok;
}

static bool check_streak(const struct checker *checker, struct expr_node *node) {
    const struct expr_node *column = node->first;
    node->type = TYPE_NUMBER;
    if (column->op == OP_NAME && column->reference->kind == REFERENCE_COLUMN)
        return true;
    diag_report(checker->diag, DIAG_EXPR_NOT_LIST, column->at);
    return false;
}

static bool check_call(const struct checker *checker, struct expr_node *node) {
    switch (node->function) {
    case FUNCTION_IF:
        return check_if(checker, node);
    case FUNCTION_MIN:
    case FUNCTION_MAX:
    case FUNCTION_SUM:
    case FUNCTION_MEAN:
        return check_aggregate(checker, node);
    case FUNCTION_ROUND:
    case FUNCTION_ABS:
        return check_numbers(checker, node);
    case FUNCTION_HAS:
    case FUNCTION_MISSING:
        node->type = TYPE_BOOL;
        return true;
    case FUNCTION_STREAK:
        return check_streak(checker, node);
    case FUNCTION_TODAY:
        node->type = TYPE_DATE;
        return true;
    default:
        node->type = TYPE_NUMBER;
        return true;
    }
}

bool expr_check_node(struct arena *arena, struct diag *diag, const struct course *course,
                     struct expr_node *node) {
    const struct checker checker = {arena, diag, course, node};
    switch (node->op) {
    case OP_NUMBER:
        node->type = TYPE_NUMBER;
        return true;
    case OP_TEXT:
        node->type = TYPE_TEXT;
        return true;
    case OP_DATE:
        node->type = TYPE_DATE;
        return true;
    case OP_BOOL:
        node->type = TYPE_BOOL;
        return true;
    case OP_NAME:
        return true;
    case OP_ADD:
    case OP_SUBTRACT:
        return check_sum(&checker, node);
    case OP_EQUAL:
    case OP_UNEQUAL:
    case OP_LESS:
    case OP_LESS_EQUAL:
    case OP_GREATER:
    case OP_GREATER_EQUAL:
        return check_comparison(&checker, node);
    case OP_AND:
    case OP_OR:
    case OP_NOT:
        return check_conditions(&checker, node);
    case OP_CALL:
        return check_call(&checker, node);
    default:
        return check_numbers(&checker, node);
    }
}
