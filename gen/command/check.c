/* `tandem check`: reads everything, reports, makes nothing. */
#include "command/build.h"

static void print_count(size_t count, const char *what, const char *then) {
    printf("%zu %s%s%s", count, what, count == 1 ? "" : "s", then);
}

int command_check(const struct options *options) {
    struct build build;
    int code;
    bool clean = build_load(&build, options, &code);
    command_print_diagnostics(build.diag);
    size_t errors = diag_errors(build.diag), warnings = diag_warnings(build.diag);
    if (clean && !errors) {
        print_count(build.course->modules.count, "module", ", ");
        print_count(build.course->blocks.count, "block", ", ");
        print_count(build.participants.count, "participant", ": no mistakes");
        if (warnings) {
            fputs(", ", stdout);
            print_count(warnings, "warning", "");
        }
        putchar('\n');
    }
    build_release(&build);
    return clean && !errors ? EXIT_CLEAN : code;
}
