#ifndef CLI_WORKERS_H
#define CLI_WORKERS_H
#include "cli/cli.h"

/*
 * n processes that do the same until SIGTERM or SIGINT, which each gets and
 * answers by draining. One that dies without having been asked to (a signal, an
 * internal error) is started again, WORKERS_REST_S later; one that ends by
 * itself with another code ends all. One that gave no sign of life
 * (notify_alive) for the watchdog's time, else WORKERS_HUNG_S, is killed, so
 * that another follows. The highest exit code of them.
 */
#define WORKERS_MAX    64
#define WORKERS_REST_S 5
#define WORKERS_HUNG_S 900 /* three times a statement's longest (pipeline.c) */
int workers_run(size_t n, int (*work)(void *arg), void *arg, struct cli *cli);

#endif
