/* `tandem check`: reads everything, reports, makes nothing. */
#include "command/build.h"

int command_check(const struct options *options) {
    struct build build;
    int code;
    bool clean = build_load(&build, options, &code);
    command_print_diagnostics(build.diag);
    size_t errors = diag_errors(build.diag), warnings = diag_warnings(build.diag);
    if (clean && !errors) {
        printf("%zu modules, %zu blocks, %zu participants: no mistakes", build.course->modules.count,
               build.course->blocks.count, build.participants.count);
        if (warnings)
            printf(", %zu warnings", warnings);
        putchar('\n');
    }
    build_release(&build);
    return clean && !errors ? EXIT_CLEAN : code;
}
