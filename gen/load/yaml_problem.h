/* libyaml's complaints in words for people who never heard of tokens and mappings.
 *
 * Stage: load. Owner: static texts. Errors: none. */
#ifndef TANDEM_LOAD_YAML_PROBLEM_H
#define TANDEM_LOAD_YAML_PROBLEM_H

#include <stdbool.h>

struct yaml_problem {
    const char *words, *hint;
    bool at_context; /* it shows where what is wrong began, not where that was noticed */
};

/* For what libyaml 0.2 says about the character `found`; `inside` if other than space stands before
 * it on its line. Never NULL. */
const struct yaml_problem *yaml_problem_find(const char *problem, char found, bool inside);

#endif
