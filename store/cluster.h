#ifndef STORE_CLUSTER_H
#define STORE_CLUSTER_H
#include "core/log.h"
#include "core/err.h"

/*
 * The private PostgreSQL (contract.md, "The database is, in this order"): a
 * cluster of our own under DATELINE_HOME, reached by a unix socket alone.
 */
#define CLUSTER_URL 512

/* Makes it if it is not there, starts it if it does not run; url is for
 * db_open. Two first starts at once: one makes it, the other waits. */
int cluster_start(const struct log *log, char url[CLUSTER_URL],
    struct err *err) MUST_CHECK;
/* Stops it cleanly and waits; 0 as well if it did not run. */
int cluster_stop(const struct log *log, struct err *err) MUST_CHECK;
/* Does it run? *made: is it there at all? url as cluster_start. */
int cluster_status(bool *made, bool *running, char url[CLUSTER_URL],
    struct err *err) MUST_CHECK;

#endif
