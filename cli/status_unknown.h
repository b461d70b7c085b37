#ifndef CLI_STATUS_UNKNOWN_H
#define CLI_STATUS_UNKNOWN_H
#include "cli/cli.h"
#include "store/db.h"

/* status URL where the page has no row: NOT_FOUND, with what kept it from being
 * enrolled, or would keep it from being fetched, as far as that is known. */
int status_unknown(struct cli *cli, struct db *db, const char *url,
    struct err *err) MUST_CHECK;

#endif
