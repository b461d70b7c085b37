#ifndef STORE_SERVER_H
#define STORE_SERVER_H
#include <stdbool.h>
#include <sys/types.h>

/*
 * The processes of a PostgreSQL cluster, told by /proc: every one of them runs
 * a program named postgres in the cluster's folder. A zombie is no process:
 * where nobody reaps, as in many a container, it stays for ever.
 */

/* Does it run, and has it not ended? */
bool server_runs(pid_t pid);
/* The process of DATA/postmaster.pid, if it is a server of DATA; else 0. */
pid_t server_postmaster(const char *data);
/* Has DATA any process left? The children of a postmaster that was killed hold
 * its shared memory for a moment, and no other may start meanwhile. */
bool server_has_process(const char *data);

#endif
