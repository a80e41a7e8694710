#include "command/command.h"

#include <errno.h>
#include <getopt.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: tandem COMMAND [OPTION]…\n"
    "\n"
    "Turns a folder of Markdown and answers into PDF workbooks and Excel trackers.\n"
    "\n"
    "Commands\n"
    "  build              make every material into out/\n"
    "  check              read everything, report mistakes, make nothing\n"
    "  answers            who has answered what, and what is missing\n"
    "  new DIR            begin a course in a new folder\n"
    "\n"
    "Options\n"
    "  --course DIR       the folder that holds content/ and templates/ (default: .)\n"
    "  --out DIR          where the files go (default: out/ in the course's folder)\n"
    "  --only MATERIAL    only this one\n"
    "  --participant ID   only this participant's files, or answers\n"
    "  --cohort NAME      'answers': only this cohort's participants\n"
    "  --jobs N           threads (default: one a core)\n"
    "  --keep-going       build what can be built although some answers are wrong\n"
    "  --json             the summary or table as JSON\n"
    "  --times            how long each stage took, to stderr\n"
    "  --help, --version\n"
    "\n"
    "Files for printing, which 'build' makes beside the others\n"
    "  --booklet          two pages a side, in the order for folding: NAME.booklet.pdf\n"
    "  --n-up 2           two pages side by side: NAME.2up.pdf\n"
    "  --sheet PAPER      the paper of these two (default: the pages' own): a3, a4, tabloid …\n"
    "  --crop-marks       marks where to cut; alone, a page a sheet: NAME.print.pdf\n"
    "  --bleed LENGTH     grounds go on past the cut, by 3mm for example\n"
    "\n"
    "Exit codes: 0 all is well, 1 mistakes in the sources, 2 wrong usage, 3 the system failed.\n";

enum {
    OPTION_COURSE = 256,
    OPTION_OUT,
    OPTION_ONLY,
    OPTION_PARTICIPANT,
    OPTION_COHORT,
    OPTION_KEEP_GOING,
    OPTION_JSON,
    OPTION_TIMES,
    OPTION_BOOKLET,
    OPTION_N_UP,
    OPTION_SHEET,
    OPTION_CROP_MARKS,
    OPTION_BLEED,
    OPTION_VERSION
};

static const struct option long_options[] = {
    {"course", required_argument, NULL, OPTION_COURSE},
    {"out", required_argument, NULL, OPTION_OUT},
    {"only", required_argument, NULL, OPTION_ONLY},
    {"participant", required_argument, NULL, OPTION_PARTICIPANT},
    {"cohort", required_argument, NULL, OPTION_COHORT},
    {"jobs", required_argument, NULL, 'j'},
    {"keep-going", no_argument, NULL, OPTION_KEEP_GOING},
    {"json", no_argument, NULL, OPTION_JSON},
    {"times", no_argument, NULL, OPTION_TIMES},
    {"booklet", no_argument, NULL, OPTION_BOOKLET},
    {"n-up", required_argument, NULL, OPTION_N_UP},
    {"sheet", required_argument, NULL, OPTION_SHEET},
    {"crop-marks", no_argument, NULL, OPTION_CROP_MARKS},
    {"bleed", required_argument, NULL, OPTION_BLEED},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};

static int wrong_usage(const char *what, const char *name) {
    fprintf(stderr, "tandem: error: %s%s\nhint: 'tandem --help' lists the commands and options\n",
            what, name);
    return EXIT_USAGE;
}

static bool parse_jobs(const char *text, size_t *jobs) {
    char *end;
    errno = 0;
    unsigned long number = strtoul(text, &end, 10);
    if (errno || *end || end == text || number < 1 || number > 256 || *text == '-')
        return false;
    *jobs = number;
    return true;
}

/* 0 to go on, else the exit code plus 1. */
static int parse_options(int count, char **words, struct options *options) {
    for (int letter; (letter = getopt_long(count, words, "hj:", long_options, NULL)) != -1;) {
        switch (letter) {
        case OPTION_COURSE:
            options->course = optarg;
            break;
        case OPTION_OUT:
            options->out = optarg;
            break;
        case OPTION_ONLY:
            options->only = optarg;
            break;
        case OPTION_PARTICIPANT:
            options->participant = optarg;
            break;
        case OPTION_COHORT:
            options->cohort = optarg;
            break;
        case OPTION_KEEP_GOING:
            options->keep_going = true;
            break;
        case OPTION_JSON:
            options->json = true;
            break;
        case OPTION_TIMES:
            options->times = true;
            break;
        case OPTION_BOOKLET:
            options->booklet = true;
            break;
        case OPTION_N_UP:
            options->n_up = optarg;
            break;
        case OPTION_SHEET:
            options->sheet = optarg;
            break;
        case OPTION_CROP_MARKS:
            options->crop_marks = true;
            break;
        case OPTION_BLEED:
            options->bleed = optarg;
            break;
        case 'j':
            if (!parse_jobs(optarg, &options->jobs))
                return wrong_usage("--jobs takes a number from 1 to 256, not ", optarg) + 1;
            break;
        case 'h':
            fputs(usage, stdout);
            return EXIT_CLEAN + 1;
        case OPTION_VERSION:
            puts("tandem " TANDEM_VERSION);
            return EXIT_CLEAN + 1;
        default:
            fputs("hint: 'tandem --help' lists the commands and options\n", stderr);
            return EXIT_USAGE + 1;
        }
    }
    return 0;
}

static bool is_for_printing(const struct options *options) {
    return options->booklet || options->n_up || options->sheet || options->crop_marks ||
           options->bleed;
}

/* The libraries allocate and free thousands of small things: memory that is given back to the system
 * after each document and asked for again costs a tenth of a tracker's time. */
static void keep_memory(void) {
    mallopt(M_TOP_PAD, 256 << 10);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

int main(int count, char **words) {
    static const struct {
        const char *name;
        int (*run)(const struct options *options);
        bool takes_argument;
    } commands[] = {
        {"build", command_build, false},
        {"check", command_check, false},
        {"answers", command_answers, false},
        {"new", command_new, true},
    };
    struct options options = {.course = "."};
    keep_memory();
    signal(SIGXFSZ, SIG_IGN); /* a write past a limit is an error to tell, not a reason to die */
    int stop = parse_options(count, words, &options);
    if (stop)
        return stop - 1;
    if (optind >= count)
        return wrong_usage("no command given", "");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(words[optind], commands[i].name) != 0)
            continue;
        if (commands[i].run != command_build && is_for_printing(&options))
            return wrong_usage("only 'build' makes files for printing, not ", words[optind]);
        if (options.cohort && commands[i].run != command_answers)
            return wrong_usage("only 'answers' takes --cohort, not ", words[optind]);
        int wanted = commands[i].takes_argument ? 2 : 1;
        if (count - optind < wanted)
            return wrong_usage("a folder's name is missing after ", words[optind]);
        if (count - optind > wanted)
            return wrong_usage("one word too many: ", words[optind + wanted]);
        options.argument = commands[i].takes_argument ? words[optind + 1] : NULL;
        return commands[i].run(&options);
    }
    return wrong_usage("unknown command ", words[optind]);
}
