#ifndef CLI_WORKERS_H
#define CLI_WORKERS_H
#include "core/log.h"

#include <stddef.h>

/*
 * n processes that do the same until SIGTERM or SIGINT, which each gets and
 * answers by draining. One that dies without having been asked to (a signal, an
 * internal error) is started again, WORKERS_REST_S later; one that ends by
 * itself with another code ends all. The highest exit code of them.
 */
#define WORKERS_MAX    64
#define WORKERS_REST_S 5
int workers_run(size_t n, int (*work)(void *arg), void *arg, struct log *log);

#endif
