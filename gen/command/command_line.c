/* The command line: options and commands are rows of options.def and commands.def. */
#include "command/command.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct command_row {
    const char *name;
    int (*run)(const struct options *options);
    const char *argument; /* what stands after the name, or NULL */
    size_t least, most;   /* how many of them */
    const char *help;
};

static const struct command_row commands[COMMAND_COUNT] = {
#define COMMAND(code, name, run, argument, least, most, help) \
    [COMMAND_##code] = {name, run, argument, least, most, help},
#include "command/commands.def"
#undef COMMAND
};

enum option_kind { FLAG, TEXT, NUMBER, HEADING };

struct option_row {
    enum option_kind kind;
    const char *name;
    const char *value; /* what stands after it, or NULL */
    size_t member;     /* offset in struct options */
    uint32_t commands; /* which take it, a bit a command */
    const char *help;
};

#define ON(code) (1u << COMMAND_##code)
#define EVERY (~0u)

static const struct option_row rows[] = {
#define GROUP(title) {HEADING, title, NULL, 0, 0, NULL},
#define OPTION(kind, member, name, value, takers, help) \
    {kind, name, value, offsetof(struct options, member), takers, help},
#include "command/options.def"
#undef GROUP
#undef OPTION
};

enum { ROW_COUNT = sizeof rows / sizeof *rows, FIRST_ROW = 256, NUMBER_MOST = 1000000 };

int command_wrong_usage(const char *what, const char *name) {
    fprintf(stderr, "tandem: error: %s%s\nhint: 'tandem --help' lists the commands and options\n",
            what, name);
    return EXIT_USAGE;
}

static bool is_taken_by(const struct option_row *row, const struct command_row *command) {
    return !command || row->commands & 1u << (command - commands);
}

/* A heading is printed before the first row that is. */
static void print_options(const struct command_row *command) {
    const char *heading = NULL;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct option_row *row = &rows[i];
        if (row->kind == HEADING) {
            heading = row->name;
            continue;
        }
        if (!is_taken_by(row, command))
            continue;
        if (heading)
            printf("\n%s\n", heading);
        heading = NULL;
        int width =
            printf("  --%s%s%s", row->name, row->value ? " " : "", row->value ? row->value : "");
        printf("%*s%s\n", width < 21 ? 21 - width : 1, "", row->help);
    }
}

static void print_help(const struct command_row *command) {
    if (command) {
        const char *dots = command->most > 1 ? "…" : "";
        printf("Usage: tandem %s%s%s%s [OPTION]…\n\n%s\n", command->name,
               command->argument ? " " : "", command->argument ? command->argument : "", dots,
               command->help);
    } else {
        printf("Usage: tandem COMMAND [OPTION]…\n\n"
               "Turns a folder of Markdown and answers into PDF workbooks and Excel trackers.\n\n"
               "Commands\n");
        for (size_t i = 0; i < COMMAND_COUNT; i++) {
            const struct command_row *row = &commands[i];
            int width = printf("  %s%s%s%s", row->name, row->argument ? " " : "",
                               row->argument ? row->argument : "", row->most > 1 ? "…" : "");
            printf("%*s%s\n", width < 21 ? 21 - width : 1, "", row->help);
        }
    }
    print_options(command);
    printf("\n"
           "  --help, --version  'tandem COMMAND --help' tells what one command takes\n\n"
           "Exit codes: 0 all is well, 1 mistakes in the sources, 2 wrong usage, 3 the system "
           "failed.\n");
}

static bool parse_number(const char *text, size_t *number) {
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (errno || *end || end == text || value < 1 || value > NUMBER_MOST || *text == '-')
        return false;
    *number = value;
    return true;
}

static bool set_option(struct options *options, const struct option_row *row, const char *value) {
    char *member = (char *)options + row->member;
    if (row->kind == FLAG)
        *(bool *)member = true;
    else if (row->kind == TEXT)
        *(const char **)member = value;
    else if (!parse_number(value, (size_t *)member)) {
        char what[64];
        snprintf(what, sizeof what, "--%s takes a whole number from 1, not ", row->name);
        command_wrong_usage(what, value);
        return false;
    }
    return true;
}

static void list_long_options(struct option *list) {
    size_t count = 0;
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].kind != HEADING)
            list[count++] = (struct option){
                .name = rows[i].name,
                .has_arg = rows[i].value ? required_argument : no_argument,
                .val = FIRST_ROW + (int)i,
            };
    list[count++] = (struct option){.name = "help", .val = 'h'};
    list[count++] = (struct option){.name = "version", .val = 'V'};
    list[count] = (struct option){0};
}

/* What was given, a bit a row. */
struct given {
    bool rows[ROW_COUNT];
    bool help, version;
};

static bool parse_options(int count, char **words, struct options *options, struct given *given) {
    struct option list[ROW_COUNT + 3];
    list_long_options(list);
    for (int code; (code = getopt_long(count, words, "hj:", list, NULL)) != -1;) {
        if (code == 'h') {
            given->help = true;
        } else if (code == 'V') {
            given->version = true;
        } else if (code == 'j') {
            if (!parse_number(optarg, &options->jobs)) {
                command_wrong_usage("-j takes a whole number from 1, not ", optarg);
                return false;
            }
        } else if (code >= FIRST_ROW) {
            given->rows[code - FIRST_ROW] = true;
            if (!set_option(options, &rows[code - FIRST_ROW], optarg))
                return false;
        } else {
            fputs("hint: 'tandem --help' lists the commands and options\n", stderr);
            return false;
        }
    }
    return true;
}

static const struct command_row *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* Whether the command takes what was given; else after saying what is wrong. */
static bool fits(const struct command_row *command, const struct options *options,
                 const struct given *given) {
    char what[160];
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (!given->rows[i] || is_taken_by(&rows[i], command))
            continue;
        snprintf(what, sizeof what, "--%s is not an option of ", rows[i].name);
        command_wrong_usage(what, command->name);
        return false;
    }
    if (options->jobs > 256) {
        command_wrong_usage("--jobs takes a number from 1 to 256", "");
        return false;
    }
    if (options->argument_count < command->least) {
        snprintf(what, sizeof what, "%s is missing after ", command->argument);
        command_wrong_usage(what, command->name);
        return false;
    }
    if (options->argument_count > command->most) {
        command_wrong_usage("one word too many: ", options->arguments[command->most]);
        return false;
    }
    return true;
}

int command_main(int count, char **words) {
    struct options options = {.course = "."};
    struct given given = {0};
    if (!parse_options(count, words, &options, &given))
        return EXIT_USAGE;
    if (given.version) {
        puts("tandem " TANDEM_VERSION);
        return EXIT_CLEAN;
    }
    const struct command_row *command = optind < count ? find_command(words[optind]) : NULL;
    if (optind < count && !command)
        return command_wrong_usage("unknown command ", words[optind]);
    if (given.help) {
        print_help(command);
        return EXIT_CLEAN;
    }
    if (!command)
        return command_wrong_usage("no command given", "");
    options.arguments = (const char *const *)words + optind + 1;
    options.argument_count = (size_t)(count - optind - 1);
    return fits(command, &options, &given) ? command->run(&options) : EXIT_USAGE;
}
