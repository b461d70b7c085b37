#ifndef CRAWLER_QUEUE_H
#define CRAWLER_QUEUE_H
#include "core/url.h"
#include "crawler/frontier.h"
#include "crawler/manners.h"
#include "crawler/robots.h"

/*
 * Who waits for whom: hosts with the jobs that wait for their turn. A host is a
 * name, whatever schemes and ports it is asked by: it has one connection and
 * one delay. A host that has targets on their way, jobs or a transfer is on the
 * table's active list; others are kept for their manners and robots.txt, until
 * there are too many.
 */

/* A target on its way, or a request for a robots.txt. */
struct job {
	struct job *next;
	struct arena arena;
	struct target target;
	struct authority *robots_of; /* asks for its robots.txt; else NULL */
	struct host *home;	     /* the target's, wherever it is led */
	struct authority *at;	     /* of this hop */
	struct url page;	     /* the target's; for robots.txt its first */
	struct url url;		     /* of this hop */
	int hops;
	bool allow_private; /* this hop may go to an allowed private range */
	bool conditional;   /* the hop has If-None-Match or its like */
	bool validates;	    /* a hop to whom the validators belong may */
	bool remembered;    /* this hop is target.moved_to, unasked for */
	bool misled;	    /* ... and has no text any more */
	bool for_good;	    /* all hops so far were 301 or 308 */
	bool cleared;	    /* robots.txt allows the hop */
	usec_t gap;	   /* between the hop and the host's request before */
	usec_t fetched_at; /* when the first hop was sent; TIME_NONE: not yet */
	usec_t sent_at;	   /* monotonic: this hop */
	struct err err;	   /* it cannot be asked for at all */
};

enum robots_state { ROBOTS_UNKNOWN, ROBOTS_FETCHING, ROBOTS_READY };

/* A scheme and port of a host: what a robots.txt speaks for (RFC 9309, 2.3). */
struct authority {
	struct authority *next; /* of the host */
	struct host *host;
	char *key;	   /* "https://example.com:443" */
	struct slice name; /* robots_get's: "example.com", "x.test:8080" */
	enum robots_state state;
	struct robots robots;
	struct arena arena;	  /* of robots */
	usec_t robots_until;	  /* monotonic: to be asked for again */
	bool deny;		  /* it could not be had: nothing is allowed */
	bool waits;		  /* ... just now, which is not its fault */
	bool asked_private;	  /* it was asked for with allow_private */
	struct err deny_err;	  /* why not */
	usec_t unreachable_since; /* by what is kept; TIME_NONE: is not */
};

struct host {
	struct host *next; /* in the table's bucket */
	char *name;	   /* "example.com": a target's host */
	struct authority *authorities;
	struct job *asks, *jobs, *jobs_last; /* robots.txt first of all */
	struct job *flying;		     /* the one transfer, or NULL */
	bool active;
	bool touched;	/* on the crawler's list of whom something came for */
	bool supplied;	/* its targets came from the supply */
	bool claimed;	/* by us, for a redirect to it */
	usec_t denied_at; /* monotonic: another has it since; 0: no */
	usec_t claim_at;  /* then: when to try again */
	size_t targets; /* of its own, whose outcome is not told yet */
	struct manners manners;
	struct err rest_err; /* why it rests */
	usec_t kept_at;	     /* next_at of the owed that was kept last */
	int put_off;	     /* targets, since it was asked last */
};

struct hosts {
	struct host **buckets;
	size_t buckets_n; /* a power of two */
	size_t n, sweep_at;
	struct host **active;
	size_t active_n, active_cap;
	size_t queued; /* jobs of targets that wait */
};

void hosts_init(struct hosts *hs);
/* Frees hosts and jobs, those in flight too. */
void hosts_release(struct hosts *hs);
/* Jobs are freed, hosts stay as they are known. */
void hosts_drop(struct hosts *hs);
/* A URL's authority, made where there is none, and its host. Valid while the
 * host is active, and else until the next hosts_get. */
struct authority *hosts_get(struct hosts *hs, const struct url *u);
/* Hosts that nothing is left of leave the active list; frontier and supply are
 * told. */
int hosts_retire(struct hosts *hs, const struct frontier *frontier,
    const struct supply *supply, struct err *err) MUST_CHECK;

/* On the active list, since targets of its own are on their way. */
void hosts_activate(struct hosts *hs, struct host *h);
void hosts_push(struct hosts *hs, struct host *h, struct job *j, bool front);
/* Jobs for robots.txt have a queue of their own, so that two hosts whose
 * robots.txt lead to each other cannot wait for ever. */
void hosts_push_ask(struct hosts *hs, struct host *h, struct job *j);
struct job *hosts_pop(struct hosts *hs, struct host *h);
struct job *hosts_pop_ask(struct host *h);

struct job *job_new(void);
void job_free(struct job *j);

#endif
