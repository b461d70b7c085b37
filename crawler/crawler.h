#ifndef CRAWLER_CRAWLER_H
#define CRAWLER_CRAWLER_H
#include "core/http.h"
#include "model/capture.h"

#include <signal.h>

/*
 * The crawler's facade: page -> capture. Targets are queued by host; a host
 * has one connection and a delay between two requests, and its robots.txt is
 * read first (RFC 9309). Redirects are followed here, each hop checked anew.
 */

/* The product token by which robots.txt names us. */
#define CRAWLER_TOKEN "Dateline"
#define HOPS_MAX      5 /* redirects of a page; RFC 9309 has 5 for robots */

struct target {
	struct slice url, host; /* href; host as the URL has it */
	struct slice etag, last_modified; /* of the last text, or none */
	bool allow_private; /* the operator added the host */
	int delay_ms;	    /* between requests to the host; -1: the conf's */
	void *tag;	    /* the caller's */
};

/* What the crawler needs to know and where it leaves what it brought. */
struct frontier {
	void *self;
	/* The host's kept robots.txt: 1 if there is one, with its status and
	 * time; the text in a. 0: none, -1: error. */
	int (*robots_get)(void *self, struct slice host, struct arena *a,
	    struct slice *text, int *status, usec_t *at, struct err *err);
	int (*robots_put)(void *self, struct slice host, struct slice text,
	    int status, usec_t at, struct err *err);
	/* Did the operator add this host? For redirects into private ranges. */
	bool (*is_operators)(void *self, struct slice host);
	/* The outcome of a target: capture's slices live until it returns.
	 * noindex: X-Robots-Tag says so. */
	int (*done)(void *self, struct target *t, const struct capture *c,
	    bool noindex, struct err *err);
};

struct crawler_conf {
	struct http_conf http;
	const struct clock *clock;
	const struct log *log;
	int delay_ms;	/* between two requests to a host */
	int in_flight;	/* transfers at once, over all hosts */
};

struct crawler;

struct crawler *crawler_new(const struct crawler_conf *conf,
    const struct frontier *frontier, struct err *err) MUST_CHECK;
void crawler_free(struct crawler *c);
/* Queues a target; all of it is copied. */
void crawler_add(struct crawler *c, const struct target *t);
/* Fetches until the queues are empty; after *stop what is in flight is
 * finished and nothing begun. */
int crawler_run(struct crawler *c, const volatile sig_atomic_t *stop,
    struct err *err) MUST_CHECK;
/* Targets that were not begun. */
size_t crawler_left(const struct crawler *c);

#endif
