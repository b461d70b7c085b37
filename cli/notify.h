#ifndef CLI_NOTIFY_H
#define CLI_NOTIFY_H
#include "core/attr.h"
#include "core/clock.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

/*
 * systemd's notify protocol, sd_notify(3): datagrams to $NOTIFY_SOCKET, a path
 * or, with @ before it, an abstract name. Without that variable all of this
 * does nothing. The watchdog ($WATCHDOG_USEC) is fed by who works: a worker
 * that hangs feeds it no more. Where several work for a supervisor, each has a
 * slot in shared memory, and the supervisor feeds for all.
 */
struct notify_slot {
	_Atomic int64_t alive_at; /* monotonic */
	_Atomic int64_t judged;	  /* captures */
};

struct notify {
	int fd; /* -1: nobody listens */
	struct sockaddr_un to;
	socklen_t to_n;
	usec_t watchdog; /* fed at least so often; 0: nobody watches */
	usec_t fed_at;	 /* monotonic */
	struct notify_slot *slot; /* a worker's; NULL: speaks for itself */
};

/* From the environment, whose variables are taken away: children of ours are
 * none of systemd's. NULL as n is fine for all that follow. */
void notify_open(struct notify *n);
void notify_close(struct notify *n);
/* Sends assignments, one a line: "READY=1\nSTATUS=..." */
void notify_send(const struct notify *n, const char *fmt, ...)
    PRINTF_LIKE(2, 3);
/* The one that works goes on; judged: so far, by this process. */
void notify_alive(struct notify *n, size_t judged);

/* Slots in memory that forked processes share; NULL if there is none. */
struct notify_slot *notify_slots(size_t n);
/* The calling process is the slot's worker from now on. */
void notify_become(struct notify *n, struct notify_slot *slot);

#endif
