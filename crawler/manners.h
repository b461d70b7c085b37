#ifndef CRAWLER_MANNERS_H
#define CRAWLER_MANNERS_H
#include "model/owed.h"

/*
 * How long a host is left alone between two requests. Plain values, no I/O;
 * times that end in _at are clock_monotonic's.
 */
struct manners {
	int delay_ms;	    /* ours, or the operator's for this host */
	int crawl_delay_ms; /* robots.txt's, -1: none */
	int failures;	    /* refusals and faults in a row */
	usec_t next_at;	    /* not before; 0: at once */
	bool rests;	    /* the wait is for a refusal or a fault */
	usec_t sent_at;	    /* the last request; 0: none yet */
};

/* A delay that robots.txt asks for, or that grew with slow answers, is at most a
 * minute: at more the news would be old. The operator's is what it is. */
#define MANNERS_DELAY_MAX_MS 60000
/* Retry-After is believed up to an hour; a later visit will ask again. */
#define MANNERS_RETRY_MAX (1 * USEC_HOUR)
/* A host that rests for longer than this is not waited for. More than the
 * longest delay, so that slow hosts are served to the end. */
#define MANNERS_PATIENCE (90 * USEC_SECOND)

struct manners_answer {
	int status; /* 0: none came, code says why */
	enum code code;
	struct slice retry_after; /* the header, or none */
	usec_t duration;
};

/* The usual pause: the longer of our delay and robots.txt's. Microseconds. */
usec_t manners_delay(const struct manners *m);
/* A request leaves at mono: how long after the one before it; 0: the first. */
usec_t manners_sent(struct manners *m, usec_t mono);
/* What is owed as of now (the wall clock, at mono), but for why; and back, of a
 * host that nobody has asked since. Clocks may have been set: it is left alone
 * for as long as it was owed then, and MANNERS_RETRY_MAX, at most. */
struct owed manners_owed(const struct manners *m, usec_t mono, usec_t now);
void manners_recall(
    struct manners *m, const struct owed *o, usec_t mono, usec_t now);
/* An answer came at mono; now is the wall clock, for dates. Sets next_at:
 * the usual pause, or as long as the answer took where that is longer; after
 * 429, 5xx and lost connections a rest that doubles, or Retry-After's. */
void manners_after(
    struct manners *m, const struct manners_answer *a, usec_t mono, usec_t now);

/* Retry-After (RFC 9110, 10.2.3): seconds or a date -> how long from now, 0 to
 * MANNERS_RETRY_MAX; TIME_NONE: unreadable. */
usec_t manners_retry_after(struct slice value, usec_t now);
/* HTTP-date (RFC 9110, 5.6.7), its three forms: 0, or -1. now decides the
 * century of the two-digit form. */
int manners_date(struct slice s, usec_t now, usec_t *t);

#endif
