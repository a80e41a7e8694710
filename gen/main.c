/* The program: what concerns the whole process, then the command line. */
#include "command/command.h"

#include <malloc.h>
#include <signal.h>

/* The libraries allocate and free thousands of small things: memory that is given back to the system
 * after each document and asked for again costs a tenth of a tracker's time. */
static void keep_memory(void) {
    mallopt(M_TOP_PAD, 256 << 10);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

int main(int count, char **words) {
    keep_memory();
    signal(SIGXFSZ, SIG_IGN); /* a write past a limit is an error to tell, not a reason to die */
    return command_main(count, words);
}
