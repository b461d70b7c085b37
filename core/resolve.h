#ifndef CORE_RESOLVE_H
#define CORE_RESOLVE_H
#include "core/address.h"
#include "core/err.h"

/*
 * The only door of c-ares: names to addresses, many at once. A name that hangs
 * keeps nobody waiting but those who asked for it, and these for timeout_ms at
 * most. Each name is asked for from a socket of its own, so that a forged
 * answer has its port to guess as well.
 *
 * Addresses are told as they came; whether one may be used is for the caller
 * to judge, and to use no other than it judged. Driven by the caller's loop:
 * when resolver_fd is readable, and now and then, it calls resolver_tick.
 */
struct resolver_conf {
	/* "192.0.2.1:53,[2001:db8::1]:53"; NULL or "": the system's */
	const char *servers;
	int timeout_ms; /* for one name; 0: 10 s */
};

/* Of a name's addresses so many are used, half of them of either family. */
#define RESOLVED_MAX 16

struct resolved {
	void *tag;
	struct err err; /* E_DNS; else there is at least one address */
	struct address addresses[RESOLVED_MAX];
	size_t n;
};

struct resolver;

/* What conf points to must outlive it. */
struct resolver *resolver_new(
    const struct resolver_conf *conf, struct err *err) MUST_CHECK;
void resolver_free(struct resolver *r); /* who still waits is not told */

/* Asks for a name (a URL's host, no literal). What is known comes at once from
 * resolver_next; so do /etc/hosts and localhost, which is never asked for. */
void resolver_ask(struct resolver *r, struct slice name, void *tag);
/* Takes an answer: true, or false where there is none now. */
bool resolver_next(struct resolver *r, struct resolved *out);

/* Readable when resolver_tick has something to do. The resolver's. */
int resolver_fd(const struct resolver *r);
/* Does what is due: answers, time limits, names that wait for their turn. */
void resolver_tick(struct resolver *r);
/* How long to poll at most; most if nothing is being asked for. */
int resolver_wait_ms(const struct resolver *r, int most);

#endif
