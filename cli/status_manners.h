#ifndef CLI_STATUS_MANNERS_H
#define CLI_STATUS_MANNERS_H
#include "cli/cli.h"
#include "store/db.h"

/* status --manners: how each host (or one) is treated: what was asked of us,
 * what we kept to, what we got. */
int status_manners(struct cli *cli, struct db *db, const char *host, bool json,
    struct err *err) MUST_CHECK;
/* Until when a host rests, if it does. */
int status_rest(struct db *db, int64_t host_key, struct err *err) MUST_CHECK;
/* What of a host was refused as a trap. */
int status_traps(struct db *db, const char *host, struct err *err) MUST_CHECK;

#endif
