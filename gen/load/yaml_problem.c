#include "load/yaml_problem.h"

#include <stddef.h>
#include <string.h>

static const struct row {
    const char *problem; /* how libyaml's text begins */
    const char *found;   /* characters that may stand there, or NULL: any */
    bool inside;         /* not at the beginning of a line */
    struct yaml_problem means;
} rows[] = {
    {"mapping values are not allowed",
     NULL,
     false,
     {"a ': ' is not expected here",
      "put quotes around a text that holds ': ', and begin each key below the one before", false}},
    {"found character that cannot start any token",
     "\t",
     false,
     {"this line is indented with a tab", "use spaces", false}},
    {"found a tab character",
     NULL,
     false,
     {"this line is indented with a tab", "use spaces", false}},
    {"found character that cannot start any token",
     "@`%",
     false,
     {"a text cannot begin with this character", "put quotes around the text", false}},
    {"could not find expected ':'",
     NULL,
     false,
     {"this line has no ': '", "write it as 'key: value', or in a list as '- value'", true}},
    {"did not find expected ',' or ']'",
     NULL,
     false,
     {"this '[' is not closed", "put a ']' at the end of the list", true}},
    {"did not find expected ',' or '}'",
     NULL,
     false,
     {"this '{' is not closed", "put a '}' after the last value", true}},
    {"found unexpected end of stream",
     NULL,
     false,
     {"these quotes are not closed", "put the same quote after the text", true}},
    {"found unexpected document indicator",
     NULL,
     false,
     {"these quotes are not closed", "put the same quote after the text", true}},
    {"found unknown escape character",
     NULL,
     false,
     {"a backslash in double quotes needs another one",
      "write \\\\, or put the text in single quotes", false}},
    {"did not find expected key",
     NULL,
     true,
     {"nothing may follow the closing quote", "put all of the text in double quotes", false}},
    {"did not find expected key",
     NULL,
     false,
     {"this does not line up with the lines above it", "indent it like them", false}},
    {"did not find expected '-' indicator",
     NULL,
     false,
     {"this does not line up with the list above it",
      "begin it with '- ', or indent it like the key of the list", false}},
    {"did not find expected node content",
     NULL,
     false,
     {"a value is missing here", "write one, or take out the bracket", false}},
    {"block sequence entries are not allowed",
     NULL,
     false,
     {"a list cannot begin here", "begin it on the line below its key", false}},
    {"did not find expected <document start>",
     NULL,
     false,
     {"this does not belong to what is above it", "write it as 'key: value', not indented", false}},
};

static const struct yaml_problem other = {
    "this cannot be read", "look for a quote, bracket or indentation gone wrong", false};

const struct yaml_problem *yaml_problem_find(const char *problem, char found, bool inside) {
    for (size_t i = 0; problem && i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        if (strncmp(problem, row->problem, strlen(row->problem)) == 0 && (inside || !row->inside) &&
            (!row->found || (found && strchr(row->found, found))))
            return &row->means;
    }
    return &other;
}
