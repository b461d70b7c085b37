#ifndef CRAWLER_SCHEDULE_H
#define CRAWLER_SCHEDULE_H
#include "model/capture.h"

/*
 * When a page is visited next: a pure function of what is known of it. The
 * operator's interval goes before everything, and to the microsecond; all else
 * is up to a tenth earlier or later, always the same for one page.
 */
struct schedule_input {
	usec_t now;		/* of the visit that ended */
	struct hash128 url_key; /* jitter is a function of it */
	usec_t every;		/* the operator's interval; 0: by age */
	bool feed;		/* a feed, sitemap or front */
	usec_t first_seen;
	usec_t changed; /* TIME_NONE: never since first seen */
	int failures;	/* in a row, before this visit */
	enum outcome outcome;
	bool confirm; /* a confirming visit is wanted (timeline.md, 0 and 2) */
	bool gone;    /* confirmed; changed is then when it went */
};

/* TIME_NONE: never by itself. */
usec_t schedule_next(const struct schedule_input *in);

#endif
