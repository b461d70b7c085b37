#ifndef CLI_CRASH_H
#define CLI_CRASH_H
#include "cli/cli.h"
#include "model/capture.h"

/*
 * A page that kills the parser would kill worker after worker: what was not
 * judged stays due. So a process that dies in the parser (SIGSEGV, SIGBUS,
 * SIGFPE, SIGILL, SIGABRT) first starts another one, which writes down what
 * stood there (`quarantine crashed`), and then dies as it would have. Nothing
 * but the page in the parser is blamed, and kill -9 blames nobody.
 *
 * A crawl reads pages in one thread; what stands in the parser is the process's.
 */

/* From now on, for as long as the process lives. */
void crash_watch(const struct cli *cli);
/*
 * The parser gets bytes of the page, borrowed until crash_leave. SLICE_NONE:
 * they are not what came now; and what its owner wants kept nowhere is not
 * kept here either. Does nothing unless crash_watch was called.
 */
void crash_enter(const struct capture *c, struct slice bytes);
void crash_leave(void);

#endif
