#ifndef CRAWLER_CRAWLER_H
#define CRAWLER_CRAWLER_H
#include "core/http.h"
#include "crawler/frontier.h"

#include <signal.h>

/*
 * The crawler's facade: page -> capture. Targets are queued by host, by
 * whatever schemes and ports it is asked: each has one connection and a delay
 * between two requests, and the robots.txt of each scheme and port is read
 * first (RFC 9309). Redirects are
 * followed here, each hop checked anew. Delays run in real time, whatever the
 * program's clock says; a crawler that is kept between rounds keeps them.
 */

/* The product token by which robots.txt names us, unless the operator sends
 * another; of "DatelineBot" or other names nothing is taken. */
#define CRAWLER_TOKEN "Dateline"

struct crawler_conf {
	struct http_conf http;
	const struct clock *clock;
	const struct log *log;
	struct slice token; /* of http.user_agent; none: CRAWLER_TOKEN */
	int delay_ms;  /* between two requests to a host */
	/* Transfers at once, over all hosts; 0: 1. Those that take much longer
	 * than others leave their place, up to eight times as many, so that
	 * hosts that hang keep none waiting. */
	int in_flight;
	/* How long a host that another worker has is tried for; 0: 30 s. */
	int claim_patience_ms;
};

struct crawler_stats {
	size_t requests;   /* sent, of all kinds */
	size_t robots;	   /* of these for robots.txt */
	size_t redirects;  /* followed */
	size_t given_back; /* targets not asked for: the host wants a rest */
	int64_t bytes;	   /* received */
};

struct crawler;

/* conf and frontier are copied; what they point to must outlive it. */
struct crawler *crawler_new(const struct crawler_conf *conf,
    const struct frontier *frontier, struct err *err) MUST_CHECK;
/* Targets still queued or in flight are dropped, their outcome never told. */
void crawler_free(struct crawler *c);
/* Drops targets and transfers likewise, but goes on with its hosts: their
 * delays and robots.txt are kept. */
int crawler_drop(struct crawler *c, struct err *err) MUST_CHECK;
/* Targets are pulled from s, as many as keep the hosts busy. */
void crawler_supply(struct crawler *c, const struct supply *s);
/* Queues a target; all of it but tag is copied. */
void crawler_add(struct crawler *c, const struct target *t);
/* Fetches until the queues are empty and the supply is; after *stop what is in
 * flight is finished and nothing begun. May be called again. */
int crawler_run(struct crawler *c, const volatile sig_atomic_t *stop,
    struct err *err) MUST_CHECK;
/* Targets that were not begun, or stopped between two redirects. */
size_t crawler_left(const struct crawler *c);
const struct crawler_stats *crawler_stats(const struct crawler *c);

#endif
